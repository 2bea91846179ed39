"""One epic, one initiative, all initiatives: what was agreed, what came, and sums that hold at each level."""

from datetime import date

import pytest

from roi.errors import UnknownKeyError
from roi.reports import epic, initiative, initiatives, outcomes
from roi.reports.loop import sofar
from roi.reports.shapes import Scope
from tests.reports.value_rows import put

TODAY = date(2015, 4, 15)


@pytest.fixture
def begun(returning):
    """The returning Alder with an initiative of the two delivered epics, and one epic that has none."""
    put(
        returning,
        "initiative",
        initiative="enrol",
        approved_on=date(2014, 12, 1),
        due_on=date(2015, 6, 30),
        approved_minor=60_000,
    )
    for key in ("lesson", "desk"):
        put(returning, "epic_plan", epic=key, initiative="enrol", agreed_on=date(2015, 1, 2), run_share=0)
    return returning


def one(built, actor, key="lesson", today=TODAY):
    return epic.build(built.store, actor, Scope(), key, today)


def whole(built, actor, key="enrol", today=TODAY):
    return initiative.build(built.store, actor, Scope(), key, today)


# An epic


def test_an_epic_is_told_with_its_money_since_the_start_whatever_the_period(begun, executive):
    """£400, £500 or £600 a month, February and March confirmed."""
    found = one(begun, executive)
    assert (found.row.epic.key, found.row.cost.value) == ("lesson", 50_000)
    confirmed = found.view.confirmed
    assert confirmed.figure_id == "confirmed_so_far"
    assert confirmed.value == 100_000
    assert (confirmed.low, confirmed.high) == (
        pytest.approx(80_000, rel=1e-3),
        pytest.approx(120_000, rel=1e-3),
    )
    assert (found.view.protected.value, found.view.protected.reason) == (None, "no outcome of this kind")
    assert (found.view.expected.figure_id, found.view.expected.value) == ("expected_sum", 50_000)
    assert found.view.initiative_name == "Enrol with ease"


def test_t3_nothing_more_is_expected_of_what_was_given_up_and_that_is_told(begun, executive):
    """Its promise was told: to say that no outcome says what it should bring was untrue."""
    put(begun, "closure", outcome="learners", ended_by="written_off", ended_on=date(2015, 3, 1))
    found = one(begun, executive).view.expected
    assert (found.value, found.reason) == (
        None,
        "what was promised was given up: nothing more of it is expected",
    )


def test_v6_what_an_epic_protects_stands_beside_and_its_expected_month_says_that_it_is_not_cash(
    begun, executive
):
    view = one(begun, executive, "desk").view
    assert (view.protected.figure_id, view.protected.value) == ("protected_so_far", 50_000)
    assert view.confirmed.value is None
    assert (view.expected.value, view.expected.reason) == (25_000, "none of it is cash")


def test_the_time_line_holds_what_happened_and_what_is_to_come(begun, executive):
    found = [
        (moment.on.isoformat(), moment.label, moment.state) for moment in one(begun, executive).view.moments
    ]
    assert found == [
        ("2015-01-02", "agreed", "done"),
        ("2015-01-05", "started", "done"),
        ("2015-01-20", "delivered", "done"),
        ("2015-03-31", "read", "read"),
        ("2015-04-20", "3-month reading", "to come"),
        ("2015-07-20", "6-month reading", "to come"),
        ("2016-01-20", "12-month renewal", "to come"),
        ("2017-01-20", "24-month renewal", "to come"),
    ]


def test_a_reading_that_is_late_says_so_on_the_time_line(begun, executive):
    late = one(begun, executive, today=date(2015, 5, 5)).view.moments
    assert next(moment.state for moment in late if moment.label == "3-month reading") == "overdue"
    due = one(begun, executive, today=date(2015, 5, 4)).view.moments
    assert next(moment.state for moment in due if moment.label == "3-month reading") == "due"


def test_the_history_of_an_epic_is_its_own_and_that_of_its_outcomes(begun, executive):
    kinds = {change.kind for change in one(begun, executive).changes}
    assert kinds == {"save epic", "save outcome", "save confirmation", "save epic_plan"}
    assert {change.kind for change in one(begun, executive, "finder").changes} == {
        "save epic",
        "save outcome",
    }
    put(begun, "closure", outcome="clicks")
    assert one(begun, executive, "finder").changes[0].kind == "save closure"
    assert "save closure" not in {change.kind for change in one(begun, executive).changes}


def test_the_teams_of_an_epic_cost_what_it_costs(begun, executive):
    rows = [{"epic": "lesson", "team": team, "effort": 500_000} for team in ("onboarding", "search")]
    begun.put("epic_team", *({**row, "planned_share": 500_000} for row in rows))
    found = one(begun, executive)
    assert [(part.team, part.cost.value, part.basis) for part in found.view.teams] == [
        ("onboarding", 50_000, "planned share"),
        ("search", 20_000, "planned share"),
    ]
    assert sum(part.cost.value for part in found.view.teams) == found.row.cost.value
    assert sum(part.effort for part in found.view.teams) == 1_000_000


def test_an_unknown_epic_or_initiative_is_named(begun, executive):
    with pytest.raises(UnknownKeyError, match="There is no epic 'nobody'"):
        one(begun, executive, "nobody")
    with pytest.raises(UnknownKeyError, match="There is no initiative 'nobody'"):
        whole(begun, executive, "nobody")


def test_v13_a_saving_inside_engineering_is_known_to_be_no_cash_because_it_is_in_lower_cost(begun, executive):
    row = {"line": "sales", "name": "Cloud", "kind": "engineering_cost", "currency": "GBP", "source": ""}
    begun.put("finance_line", row)
    begun.put("line_cell", {"line": "sales", "cell": "all", "name": "All", "segments": ""})
    put(begun, "outcome_plan", outcome="learners", line="sales", cell="all")
    found = one(begun, executive).view
    assert found.confirmed.reason == sofar.LOWER_COST
    assert sofar.is_none(found.confirmed)
    detail_ = found.details[0]
    assert (detail_.treated, detail_.memo) == ("already in lower cost", 100_000)


def test_v14_what_frees_capacity_is_not_waited_for_as_protected_value(begun, executive):
    put(begun, "outcome_plan", outcome="hours", capacity_milliweeks=4_000)
    found = one(begun, executive, "desk").view
    assert sofar.is_none(found.protected), found.protected.reason
    assert found.confirmed.reason == sofar.NO_SUCH


def test_t3_what_nobody_has_read_is_not_known_and_not_none(begun, executive):
    assert not sofar.is_none(one(begun, executive, "finder").view.confirmed)
    assert sofar.is_none(one(begun, executive, "desk").view.confirmed)


def test_t3_what_is_not_financial_is_expected_to_bring_no_money_and_what_has_not_started_cost_none(
    begun, executive
):
    begun.outcome("learners", "lesson", value_class="not_financial", unit_value="", currency="")
    expected = one(begun, executive).view.expected
    assert (expected.reason, sofar.is_none(expected)) == (sofar.NOT_MONEY, True)
    begun.epic("finder", "onboarding", date(2015, 7, 1))
    before, after = one(begun, executive, "finder"), one(begun, executive, "finder", date(2015, 8, 1))
    assert [sofar.is_none(found.row.cost) for found in (before, after)] == [True, False]


# An outcome in detail


def detail(built, actor, key="lesson", outcome=""):
    return next(d for d in one(built, actor, key).view.details if outcome in {"", d.outcome})


def test_t11_the_promise_is_what_was_frozen_and_when(begun, executive):
    assert detail(begun, executive).promised == ("1,100", "1,200", "1,400")
    assert detail(begun, executive).promised_on is None
    put(begun, "forecast", outcome="learners", target_low="1150.50")
    assert detail(begun, executive).promised == ("1,150.5", "1,200", "1,400")
    assert detail(begun, executive).promised_on == date(2015, 1, 5)
    assert detail(begun, executive).is_hindsight, "it is read in 2015 and told here today"
    assert detail(begun, executive).entered_on > date(2015, 12, 31)
    assert outcomes.build(begun.store, executive, Scope(), TODAY).told_late == 1


def test_v9_a_chain_stands_from_the_leading_measure_to_the_money(begun, executive):
    plain = {"value_class": "not_financial", "unit_value": "", "currency": ""}
    begun.outcome("found", "lesson", metric="searches that find", grade="B", **plain)
    begun.outcome("weekly", "lesson", metric="weekly use", actual="1100", read_on=date(2015, 3, 1), **plain)
    put(begun, "outcome_plan", outcome="found", leads_to="weekly")
    put(begun, "outcome_plan", outcome="weekly", leads_to="learners")
    chain = detail(begun, executive, outcome="weekly").chain
    assert [(link.outcome, link.is_money, link.is_this) for link in chain] == [
        ("found", False, False),
        ("weekly", False, True),
        ("learners", True, False),
    ]
    assert [(link.grade, link.progress) for link in chain] == [("", None), ("C", 500_000), ("C", 500_000)]
    assert detail(begun, executive, "desk").chain == ()


def test_v8_the_pool_says_what_of_the_movement_counts_and_who_claims_it(begun, executive):
    """£1000 a month moved; two epics claim 0.5 and 0.7 of the same metric and share all of it."""
    begun.epic("twin", "onboarding", date(2015, 1, 5), delivered=date(2015, 1, 20), planned_share=100_000)
    shares = {"share_low": 600_000, "share_likely": 700_000, "share_high": 800_000}
    shares["metric"] = "weekly active learners"
    begun.outcome("twin", "twin", actual="1100", read_on=date(2015, 3, 31), **shares)
    begun.confirm("twin")
    pool = detail(begun, executive).pool
    assert (pool.movement.value, pool.counted.value) == (200_000, 200_000)
    assert (pool.overlap_removed.value, pool.unclaimed.value) == (40_000, 0)
    assert pool.movement.value == pool.counted.value + pool.unclaimed.value
    assert {
        figure.figure_id for figure in (pool.movement, pool.counted, pool.overlap_removed, pool.unclaimed)
    } == {
        "pool_movement",
        "pool_counted",
        "pool_overlap",
        "pool_unclaimed",
    }
    assert sum(amount for _, amount, _ in pool.claims) == 200_000


def test_the_haircut_stands_beside_the_raw_forecast_and_never_instead(begun, executive):
    """Eight outcomes of the team brought half of what they promised, one a quarter; the next is unread."""
    for place in range(7):
        begun.epic(f"e{place}", "onboarding", date(2015, 1, 5), delivered=date(2015, 1, 20), planned_share=1)
        begun.outcome(f"o{place}", f"e{place}", metric=f"m{place}", actual="1100", read_on=date(2015, 3, 31))
    begun.epic("next", "onboarding", date(2015, 3, 5), planned_share=1)
    begun.outcome("next", "next", metric="next")
    found = detail(begun, executive, "next")
    assert (found.raw_forecast.value, found.after_haircut.value) == (100_000, 47_222)
    assert found.after_haircut.figure_id == "after_record"
    assert found.haircut_from == "Onboarding (9 read forecasts)"
    read = detail(begun, executive)
    assert read.after_haircut.reason == "it is read; nothing is left to forecast"


def test_v11_what_is_assumed_to_persist_is_apart_from_what_is_confirmed(begun, executive):
    begun.lines({"month": 201504, "team": "search", "amount_minor": 100}, file="april.csv")
    found = detail(begun, executive)
    assert (found.assumed.figure_id, found.assumed.value) == ("assumed_value", 47_194)  # half in 12 months
    assert one(begun, executive).row.outcomes[0].value.value == 100_000


def test_why_the_loop_is_not_closed_is_said_step_by_step(begun, executive):
    """The ticks of the fixture are dated before the new reading, so they are given anew."""
    assert detail(begun, executive).why_not_closed == "the reading of 2015-04-20 is missing"
    begun.outcome("learners", "lesson", actual="1120", read_on=date(2015, 7, 20))
    assert detail(begun, executive).why_not_closed == "finance has not confirmed the last reading yet"
    begun.end("confirmation", *(("learners", tick) for tick in ("movement", "unit_value", "share")))
    rows = [{"outcome": "learners", "tick": tick} for tick in ("movement", "unit_value", "share")]
    given = {"confirmed_by": "Fiona", "confirmed_on": date(2015, 8, 1), "valid_to": None}
    begun.put("confirmation", *({**row, **given} for row in rows))
    assert detail(begun, executive).why_not_closed == "nobody has said yet what was learned"
    put(begun, "question", outcome="learners")
    assert detail(begun, executive).why_not_closed.startswith("finance asked something")
    put(begun, "question", outcome="learners", answered_on=date(2015, 8, 2), answered_by="Olga", answer="x")
    put(begun, "outcome_plan", outcome="learners", learning="Short lessons keep learners.")
    assert detail(begun, executive).why_not_closed == ""


def test_what_is_not_money_closes_without_finance(begun, executive):
    plain = {"value_class": "not_financial", "unit_value": "", "currency": ""}
    begun.outcome("glad", "lesson", actual="1100", read_on=date(2015, 7, 20), **plain)
    assert detail(begun, executive, outcome="glad").why_not_closed == "nobody has said yet what was learned"


# Initiatives


def test_an_initiative_costs_what_its_epics_cost_and_levels_sum(begun, executive):
    found = initiatives.build(begun.store, executive, Scope(), TODAY)
    (row,) = found.rows
    assert (row.cost.figure_id, row.cost.value) == ("initiative_cost", 75_000)
    assert (row.approved.figure_id, row.approved.value) == ("approved_cost", 60_000)
    assert (found.without.figure_id, found.without.value) == ("without_initiative", 24_000)
    assert (row.epics, row.delivered, row.outcomes_read, row.outcomes_total) == (2, 2, 2, 2)
    assert row.confirmed.value == 100_000
    report = whole(begun, executive)
    assert report.row == row
    assert sum(one.cost.value for one in report.epics) == row.cost.value
    assert sum(part.cost.value for part in report.teams) == row.cost.value
    assert report.teams[0].cost.figure_id == "team_part_cost"
    assert report.protected.value == 50_000


def test_promised_is_frozen_and_expected_is_as_read_and_no_low_ends_are_added(begun, executive):
    """Two cash outcomes promise £1000 each; their low ends lie together above the sum of both (V19)."""
    begun.epic("more", "onboarding", date(2015, 1, 5), delivered=date(2015, 1, 20), planned_share=1)
    begun.outcome("more", "more", metric="another")
    put(begun, "epic_plan", epic="more", initiative="enrol")
    put(begun, "forecast", outcome="learners", target_likely="1300")
    report = whole(begun, executive)
    assert (report.promised.figure_id, report.promised.value) == ("promised_month", 150_000 + 100_000)
    assert report.promised.low > 50_000 + 50_000
    assert report.expected.value == 50_000 + 100_000


def test_v9_success_measures_are_compared_or_shown_and_their_counts_sum(begun, executive):
    given = [
        ("a", "85%", "86%", date(2015, 4, 1)),
        ("b", "85%", "80%", date(2015, 4, 1)),
        ("c", "85%", "", date(2015, 4, 15)),
        ("d", "85%", "", date(2015, 4, 16)),
        ("e", "Learners are glad", "They are", None),
    ]
    for key, target, actual, read_on in given:
        put(
            begun,
            "success_measure",
            measure=key,
            initiative="enrol" if key < "d" else "",
            epic="" if key < "d" else "lesson",
            target=target,
            actual=actual,
            read_on=read_on,
        )
    report = whole(begun, executive)
    assert [row.status for row in report.measures] == [
        "met",
        "not met",
        "not available",
        "to come",
        "cannot be compared",
    ]
    assert [count for _, count in report.measure_counts] == [1, 1, 1, 1, 1]
    assert [one.key for one in one_measures(begun, executive)] == ["d", "e"]


def one_measures(built, actor):
    return one(built, actor).view.measures


def test_an_initiative_without_epics_says_so_and_is_listed_by_its_day(begun, executive):
    put(begun, "initiative", initiative="later", name="Later", due_on=None)
    put(begun, "initiative", initiative="sooner", name="Sooner", due_on=date(2015, 5, 1))
    rows = initiatives.build(begun.store, executive, Scope(), TODAY).rows
    assert [row.initiative.key for row in rows] == ["sooner", "enrol", "later"]
    report = whole(begun, executive, "later")
    assert report.row.cost.reason == "no epic belongs to it yet"
    assert report.appraisal.why_not == "no epic belongs to it yet"
    assert (report.epics, report.teams) == ((), ())


def test_an_initiative_is_appraised_as_its_cash_epics_together(begun, executive):
    """The desk protects and is not cash: its cost is in, its value beside."""
    found = whole(begun, executive).appraisal
    assert (found.build, found.confirmed) == (75_000, 100_000)
    assert dict(found.npv.scope)["initiative"] == "enrol"


def test_approval_in_another_currency_waits_for_a_rate(begun, executive):
    put(begun, "initiative", initiative="enrol", approved_minor=60_000, currency="EUR")
    (row,) = initiatives.build(begun.store, executive, Scope(), TODAY).rows
    assert row.approved.value is None
    assert "EUR" in row.approved.reason
