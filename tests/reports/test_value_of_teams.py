"""Teams book value by frozen effort, and the parts are the whole at every level (V2, V3, T4).

Every company here is Alder in the first quarter of 2015 (see `valuing`).
"""

from datetime import date

from roi.domain.periods import Span
from roi.reports import team
from roi.reports.shapes import Scope
from tests.reports.valuing import (
    MONTHS,
    READ,
    TODAY,
    look,
)


def _two_teams(built):
    rows = [("onboarding", 500_000, 600_000), ("search", 250_000, 400_000)]
    built.put(
        "epic_team",
        *(
            {"epic": "lesson", "team": key, "planned_share": share, "effort": effort}
            for key, share, effort in rows
        ),
    )


def _uses_the_platform(built, **quantities):
    usage = {"platform": "platform", "first_month": MONTHS[0], "last_month": None}
    built.put("platform_usage", *({**usage, "consumer": key, "quantity": n} for key, n in quantities.items()))
    built.touch(MONTHS)


def test_v3_several_teams_book_an_epic_s_value_by_frozen_effort(returning, executive):
    _two_teams(returning)
    rows = {row.key: row for stream in look(returning, executive).streams for row in stream.teams}
    assert (rows["onboarding"].confirmed.value, rows["search"].confirmed.value) == (60_000, 40_000)
    assert (rows["onboarding"].outcomes_total, rows["search"].outcomes_total) == (2, 2)
    assert look(returning, executive).outcomes_total == 3


def test_v3_each_team_pays_its_own_part_of_an_epic(returning, executive):
    _two_teams(returning)
    rows = {
        row.epic.key: row for row in team.build(returning.store, executive, Scope(), "search", TODAY).epics
    }
    assert rows["lesson"].cost.value == 50_000 + 10_000  # half of Onboarding's January, a quarter of Search's


def test_v3_item_days_split_a_month_where_a_log_holds_it(returning, executive):
    days = [("lesson", 3_000), ("desk", 1_000), ("", 4_000)]
    returning.put(
        "epic_effort",
        *(
            {"team": "onboarding", "month": 201501, "epic": epic, "milli_days": count, "basis": "item-days"}
            for epic, count in days
        ),
    )
    report = team.build(returning.store, executive, Scope(), "onboarding", TODAY)
    costs = {row.epic.key: row.cost for row in report.epics}
    assert {key: cost.value for key, cost in costs.items()} == {"lesson": 37_500, "desk": 12_500}
    assert costs["lesson"].reason == "by item-days of its log in 1 of 1 months, else by planned share"
    assert report.rest.value == 350_000


def test_t4_value_sums_in_minor_units_at_every_level_and_grouping(returning, executive):
    _uses_the_platform(returning, onboarding=3, search=4)
    returning.epic("cluster", "platform", date(2015, 1, 1), delivered=date(2015, 1, 31))
    returning.outcome("uptime", "cluster", **{**READ, "actual": "1033"}, unit_value="9.99")
    returning.confirm("uptime")
    _two_teams(returning)
    report = look(returning, executive)
    rows = [row for stream in report.streams for row in stream.teams]
    total = report.confirmed.value
    assert total == 100_000 + 2 * 16_484  # 33 × £9.99 × half, rounded once a month
    assert sum(row.confirmed.value or 0 for row in rows) == total
    assert sum(stream.total.confirmed.value or 0 for stream in report.streams) == total
    assert sum(row.confirmed.value or 0 for row in report.classes if row.is_cash) == total
    assert sum(row.confirmed.value or 0 for row in report.cohorts) == total
    assert sum(row.cost.value for row in report.cohorts) == report.cost.value
    one_by_one = [
        look(returning, executive, span=Span(month, month)).confirmed.value or 0 for month in MONTHS
    ]
    assert sum(one_by_one) == total
    by_stream = [
        look(returning, executive, value_stream=stream.key).confirmed.value or 0 for stream in report.streams
    ]
    assert sum(by_stream) == total


def test_v19_cost_that_is_passed_on_is_weighed_once_with_the_work_of_those_who_bear_it(returning, executive):
    _uses_the_platform(returning, onboarding=1, search=1)
    before = look(returning, executive).trust.read_cost_share
    returning.epic("cluster", "platform", date(2015, 1, 1), delivered=date(2015, 1, 31))
    assert before is not None
    assert look(returning, executive).trust.read_cost_share == before
