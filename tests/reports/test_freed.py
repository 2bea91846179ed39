"""Rule V14: freed team-weeks at today's cost of delay of what waits; before it lands, in no total (T3, T8).

`finder` of Search promises £1,000 a month from June 2015 on. `paths` of Search frees 3 team-weeks a quarter
and is due 9 weeks before it, which brings it 63 × 21 ÷ (91.3125 + 21) = 11.8 days forward.
"""

from datetime import date, timedelta

import pytest

from roi.reports import epic, portfolio, trace
from roi.reports.shapes import Scope
from roi.story import capacity_titles, formulas, trust
from tests.reports import value_rows

TODAY = date(2015, 4, 10)
DUE = date(2015, 5, 20)
FREES = date(2015, 7, 22) - timedelta(63)
SOONER = round(63 * 21 / (91.3125 + 21) / 30.4375 * 1_000_000)
WORTH = round(100_000 * SOONER / 1_000_000)


@pytest.fixture
def freeing(returning):
    returning.put("setting", {"name": "discount_rate", "value": "0"})
    due(returning, "finder", FREES + timedelta(63))
    returning.epic("paths", "search", date(2015, 2, 1))
    due(returning, "paths", FREES)
    returning.outcome("days", "paths", metric="days to release", value_class="released_time", unit_value="")
    value_rows.put(returning, "outcome_plan", outcome="days", capacity_milliweeks=3_000)
    return returning


def due(built, key, on, **more):
    value_rows.put(built, "epic_plan", epic=key, due_on=on, owner="Olga", run_share=0, **more)


def freed(built, actor, key="paths", today=TODAY):
    return epic.build(built.store, actor, Scope(), key, today).view.details[0].freed


def test_v14_freed_weeks_are_worth_what_waits_sooner_at_its_own_cost_of_delay(freeing, executive):
    found = freed(freeing, executive)
    assert (found.worth.value, found.frees_on, found.milliweeks) == (WORTH, FREES, 3_000)
    assert [(row.epic, row.months, row.delay.value, row.worth) for row in found.rows] == [
        ("finder", SOONER, 100_000, WORTH)
    ]
    assert found.worth.low < WORTH < found.worth.high
    assert capacity_titles.worth(found).rule_id == "freed-worth"
    assert "12 days sooner" in capacity_titles.because(found)


def test_v14_it_is_expected_and_in_no_total(freeing, executive):
    with_it = portfolio.build(freeing.store, executive, Scope(), TODAY)
    assert [one.worth.value for one in with_it.freed_ahead] == [WORTH]
    value_rows.put(freeing, "outcome_plan", outcome="days", capacity_milliweeks=None)
    without = portfolio.build(freeing.store, executive, Scope(), TODAY)
    assert without.freed_ahead == ()
    assert freed(freeing, executive) is None
    for name in ("confirmed", "protected", "returned", "still_expected", "net", "net_if_lands", "classes"):
        assert getattr(with_it, name) == getattr(without, name)


def flow_of(built, actor):
    details = epic.build(built.store, actor, Scope(), "paths", TODAY).view.details
    return next(one.freed.flow for one in details if one.freed is not None)


def test_v14_flow_time_stands_beside_the_weeks_and_in_no_total(freeing, executive):
    assert flow_of(freeing, executive) is None, "it counts learners"
    without = portfolio.build(freeing.store, executive, Scope(), TODAY)
    time = {"metric": "days to release", "unit": "days", "direction": "down", "value_class": "not_financial"}
    levels = {"baseline": "12", "target_low": "8", "target_likely": "5", "target_high": "3", "unit_value": ""}
    freeing.outcome("flow", "paths", **time, **levels)
    value_rows.put(freeing, "outcome_plan", outcome="flow", leads_to="days")
    found = flow_of(freeing, executive)
    assert (found.outcome, found.baseline, found.actual) == ("flow", 12, None), "it leads to the weeks"
    read = {"actual": "7", "read_on": date(2015, 4, 1)}
    freeing.outcome("days", "paths", **{**time, "value_class": "released_time"}, **levels, **read)
    share = {"share_low": None, "share_likely": None, "share_high": None}
    effect = {"effect_low": "2", "effect_likely": "3", "effect_high": "4", "grade": "B"}
    row = {"outcome": "days", "evidence": "", "also_happened": "", **read, **share, **effect}
    freeing.put("reading", row)
    found = flow_of(freeing, executive)
    assert (found.outcome, found.actual, found.shorter) == ("days", 7, (2, 3, 4))
    with_it = portfolio.build(freeing.store, executive, Scope(), TODAY)
    assert with_it.flow_times == (found,)
    assert any("7 days, read 1 Apr 2015, against a baseline of 12" in note for note in trust.notes(with_it))
    for name in ("confirmed", "protected", "returned", "still_expected", "net", "net_if_lands", "classes"):
        assert getattr(with_it, name) == getattr(without, name)


def test_v14_once_it_has_landed_the_money_appears_in_later_epics(freeing, executive):
    freeing.epic("paths", "search", date(2015, 2, 1), delivered=date(2015, 4, 1))
    found = freed(freeing, executive)
    assert (found.worth.value, found.has_landed) == (None, True)
    assert found.worth.reason.startswith("it has landed")
    assert capacity_titles.worth(found).rule_id == "freed-landed"
    assert portfolio.build(freeing.store, executive, Scope(), TODAY).freed_ahead == ()
    due(freeing, "paths", FREES, ended_on=date(2015, 4, 2), ended_by="cancelled")
    assert freed(freeing, executive).worth.reason == "it has ended, so it frees nothing more"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"paths": None}, "no day is agreed for its delivery"),
        ({"finder": FREES}, "nothing else that waits in its team's plan is due after it"),
        ({"finder": None}, "no day is agreed for the delivery of what waits"),
    ],
)
def test_t3_what_cannot_be_told_is_never_nought(freeing, executive, changes, reason):
    for key, on in changes.items():
        due(freeing, key, on)
    found = freed(freeing, executive)
    assert found.worth.value is None
    assert found.worth.reason.startswith(reason)
    assert capacity_titles.worth(found).rule_id == "freed-unknown"


def test_t3_an_epic_without_a_cost_of_delay_is_named_and_counts_nothing(freeing, executive):
    freeing.epic("guess", "search", date(2015, 3, 1))
    due(freeing, "guess", FREES + timedelta(30))
    found = freed(freeing, executive)
    assert (found.worth.value, [row.worth for row in found.rows]) == (WORTH, [None, WORTH])
    assert found.worth.reason.startswith("one waiting epic has no day or no cost of delay")
    due(freeing, "finder", FREES)
    alone = freed(freeing, executive).worth
    assert alone.value is None
    assert alone.reason.startswith("the cost of delay of the epic that would come sooner is not known: ")


def test_v15_an_obligation_has_its_own_date_and_is_not_brought_forward(freeing, executive):
    freeing.epic("finder", "search", date(2015, 2, 1), is_obligation=True)
    assert freed(freeing, executive).worth.reason.startswith("nothing else that waits")


def test_t8_it_leads_to_the_epics_that_would_come_sooner_and_they_sum_to_it(freeing, executive):
    found = trace.build(freeing.store, executive, Scope(), "speed_worth", outcome="days", today=TODAY)
    assert found.figure == freed(freeing, executive).worth
    assert [(part.key, part.amount) for part in found.parts] == [("finder", WORTH)]
    assert found.sums_agree
    told = formulas.filled(found.figure)
    assert told.startswith("with 3 freed team-weeks a quarter, over 1 planned epic: ")
    none = trace.build(freeing.store, executive, Scope(), "speed_worth", outcome="clicks", today=TODAY)
    assert none.figure.reason == "it frees no capacity"
