"""An epic may deliver most of what it promises first: what is expected ramps by its slices (V4, V21, slices).

`finder` of Search promises 200 more × £10 × share 0.5 = £1,000 a month. 80 % of it is delivered in February
2015, the rest is agreed for 20 May.
"""

from datetime import date

import pytest

from roi.domain.periods import Span
from roi.reports import epic as epic_report
from roi.reports.booked import work
from roi.reports.cost import tying
from roi.reports.ground import basis as basis_report
from roi.reports.shapes import Scope
from tests.reports import value_rows

TODAY = date(2015, 4, 10)
HALF_YEAR = Scope(span=Span(201501, 201507))


def item(built, actor, today=TODAY):
    with basis_report.opened(built.store, actor, HALF_YEAR) as base:
        return work.load(tying.load(base), today).by_key["clicks"]


def expected(built, actor, today=TODAY):
    return {one.month: one.amount for one in item(built, actor, today).expected_by_month}


def slices(built, *parts):
    rows = [
        {"epic": "finder", "slice": f"s{place}", "name": f"s{place}", "delivered": on, "share": share}
        for place, (on, share) in enumerate(parts)
    ]
    built.put("epic_slice", *rows)


@pytest.fixture
def sliced(returning):
    value_rows.put(returning, "epic_plan", epic="finder", due_on=date(2015, 5, 20))
    slices(returning, (date(2015, 2, 10), 800_000), (None, 200_000))
    return returning


def test_what_is_promised_comes_by_the_slices_that_are_delivered(sliced, executive):
    assert expected(sliced, executive) == dict.fromkeys((201503, 201504, 201505), 80_000) | dict.fromkeys(
        (201506, 201507), 100_000
    )


def test_a_rest_that_is_late_comes_after_today_and_one_without_a_day_never(sliced, executive):
    late = expected(sliced, executive, date(2015, 6, 3))
    assert (late[201506], late[201507]) == (80_000, 100_000)
    value_rows.put(sliced, "epic_plan", epic="finder", due_on=None)
    assert set(expected(sliced, executive).values()) == {80_000}


def test_a_slice_that_is_delivered_is_counted_from_the_month_after_it(sliced, executive):
    slices(sliced, (date(2015, 2, 10), 800_000), (date(2015, 3, 31), 200_000))
    found = expected(sliced, executive)
    assert (found[201503], found[201504]) == (80_000, 100_000)


def test_after_a_confirmed_reading_only_the_rest_is_expected_and_the_level_persists(sliced, executive):
    sliced.outcome("clicks", "finder", actual="1160", read_on=date(2015, 3, 31))
    sliced.confirm("clicks")
    value_rows.put(sliced, "outcome_plan", outcome="clicks", half_life_months=600)
    found = item(sliced, executive)
    assert [(one.month, one.amount) for one in found.by_month] == [(201503, 80_000)]
    assert {one.month for one in found.assumed_by_month} == {201504, 201505, 201506, 201507}
    assert max(one.amount for one in found.assumed_by_month) < 80_000
    assert expected(sliced, executive) == {201506: 20_000, 201507: 20_000}


def test_after_a_reading_that_nobody_confirmed_the_rest_comes_on_top_of_what_was_read(sliced, executive):
    sliced.outcome("clicks", "finder", actual="1160", read_on=date(2015, 3, 31))
    value_rows.put(sliced, "outcome_plan", outcome="clicks", half_life_months=600)
    by_month: dict[int, int] = {}
    for one in item(sliced, executive).expected_by_month:
        by_month[one.month] = by_month.get(one.month, 0) + one.amount
    assert by_month[201503] == 80_000
    assert by_month[201506] - 20_000 <= 80_000 < by_month[201506]


def test_v11_a_series_confirms_the_level_that_was_read_and_no_slice_after_it(sliced, executive):
    slices(sliced, (date(2015, 2, 10), 800_000), (date(2015, 4, 10), 200_000))
    sliced.outcome("clicks", "finder", actual="1160", read_on=date(2015, 3, 31))
    sliced.confirm("clicks")
    value_rows.put(sliced, "outcome_plan", outcome="clicks", series="clicks")
    point = {"series": "clicks", "value": "1170", "source": "log"}
    sliced.put("metric_month", *({**point, "month": month} for month in (201504, 201505)))
    found = item(sliced, executive)
    assert {one.month: one.amount for one in found.by_month} == dict.fromkeys(
        (201503, 201504, 201505), 80_000
    )


def test_slices_stand_in_the_order_of_their_delivery(sliced, executive):
    slices(sliced, (None, 200_000), (date(2015, 3, 31), 300_000), (date(2015, 2, 10), 500_000))
    shown = epic_report.build(sliced.store, executive, Scope(), "finder", TODAY).view.slices
    assert [one.key for one in shown] == ["s2", "s1", "s0"]
