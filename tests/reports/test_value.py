"""What each outcome counts: readings, pools, caps, chains, savings, capacity, teams, ends, disputes.

Every company here is Alder in the first quarter of 2015 (see `conftest`): Onboarding's epic `lesson` was
delivered in January; one month of `learners` is 100 × £10 × share.
"""

from datetime import date

import pytest

from roi.domain.structure import Verdict
from roi.reports import basis as basis_report
from roi.reports import outcomes, portfolio, sofar, team, tying, work
from roi.reports.shapes import Scope

TODAY = date(2015, 4, 10)
PLAN = {
    "line": "",
    "cell": "",
    "driver": "",
    "series": "",
    "leads_to": "",
    "copied_from": "",
    "agreed_on": date(2015, 1, 5),
    "horizon_months": None,
    "half_life_months": None,
    "confirmer": "",
    "evidence_planned": "",
    "planned_share": None,
    "capacity_milliweeks": None,
    "problem": "",
    "result": "",
    "learning": "",
}
EPIC_PLAN = {
    "initiative": "",
    "origin": "roadmap",
    "owner": "Olga",
    "agreed_on": date(2015, 1, 1),
    "due_on": None,
    "is_product_oriented": False,
    "copied_from": "",
    "ended_on": None,
    "ended_by": "",
    "ended_because": "",
    "run_share": None,
    "launch_minor": None,
    "currency": "",
}
MONTHS = (201501, 201502, 201503)
READ = {"actual": "1100", "read_on": date(2015, 3, 31)}


def look(built, actor, **scope):
    return portfolio.build(built.store, actor, Scope(**scope), TODAY)


def items(built, actor):
    with basis_report.opened(built.store, actor, Scope()) as base:
        return work.load(tying.load(base), TODAY).by_key


def plan(built, outcome, **more):
    built.put("outcome_plan", {**PLAN, "outcome": outcome, **more})


def line(built, *months, kind="margin", cell="all"):
    row = {"line": "sales", "name": "Sales", "kind": kind, "currency": "GBP", "source": ""}
    built.put("finance_line", row)
    built.put("line_cell", {"line": "sales", "cell": cell, "name": "All", "segments": ""})
    rows = [
        {"line": "sales", "cell": cell, "month": month, "baseline_minor": 0, "actual_minor": moved}
        for month, moved in months
    ]
    if rows:
        built.put("line_month", *rows)


def earlier(built, outcome, read_on, actual, **more):
    row = {
        "outcome": outcome,
        "read_on": read_on,
        "baseline": "1000",
        "actual": actual,
        "unit_value": "10",
        "currency": "GBP",
        "grade": "C",
        "share_low": 400_000,
        "share_likely": 500_000,
        "share_high": 600_000,
        "confirmed_by": "Fiona",
        "confirmed_on": read_on,
        "valid_to": None,
    }
    built.put("confirmed_reading", {**row, **more})


def confirmed(built, actor):
    return look(built, actor).confirmed.value


# Readings (V11)


def test_v11_each_reading_counts_for_the_months_up_to_its_own(returning, executive):
    earlier(returning, "learners", date(2015, 2, 27), "1060")
    found = items(returning, executive)["learners"]
    assert [(one.month, one.amount) for one in found.by_month] == [(201502, 30_000), (201503, 50_000)]


def test_v11_months_after_the_last_confirmed_reading_are_assumed_and_counted_in_nothing(returning, executive):
    returning.outcome("learners", "lesson", actual="1100", read_on=date(2015, 2, 20))
    returning.confirm("learners", by="Frank")
    plan(returning, "learners", half_life_months=1)
    found = items(returning, executive)["learners"]
    assert found.value == 50_000
    assert [(one.month, one.amount) for one in found.assumed_by_month] == [(201503, 25_000)]
    report = look(returning, executive)
    assert (report.confirmed.value, report.still_expected.value) == (50_000, 25_000)
    assert (report.net.figure_id, report.net.value) == ("net_cash", 50_000 - 560_000)
    assert report.net_if_lands.value == 50_000 + 25_000 - 560_000


def test_v11_a_later_reading_that_nobody_confirmed_leaves_the_earlier_one_standing(returning, executive):
    returning.end("confirmation", *(("learners", tick) for tick in ("movement", "unit_value", "share")))
    earlier(returning, "learners", date(2015, 2, 27), "1060")
    found = items(returning, executive)["learners"]
    assert (found.value, found.state) == (30_000, "measured")
    assert [(one.month, one.amount) for one in found.expected_by_month] == [(201503, 50_000)]


def test_d31_an_entered_effect_is_the_movement_and_has_its_range(returning, executive):
    reading = {
        "outcome": "learners",
        **READ,
        "grade": "B",
        "evidence": "",
        "share_low": 500_000,
        "share_likely": 500_000,
        "share_high": 500_000,
        "effect_low": "40",
        "effect_likely": "80",
        "effect_high": "120",
        "also_happened": "",
    }
    returning.put("reading", reading)
    shares = {"share_low": 500_000, "share_high": 500_000}
    returning.outcome("learners", "lesson", **READ, **shares)
    returning.confirm("learners", by="Frank")
    found = look(returning, executive).confirmed
    assert (found.low, found.value, found.high) == pytest.approx((40_000, 80_000, 120_000), rel=5e-5)


def test_v4_a_slice_delivered_first_counts_its_part_from_its_own_month(returning, executive):
    returning.epic("lesson", "onboarding", date(2015, 1, 5), delivered=date(2015, 2, 20))
    rows = [("first", date(2015, 1, 10), 800_000), ("rest", date(2015, 2, 20), 200_000)]
    returning.put(
        "epic_slice",
        *(
            {"epic": "lesson", "slice": key, "name": key, "delivered": on, "share": part}
            for key, on, part in rows
        ),
    )
    returning.confirm("learners", by="Frank")
    found = items(returning, executive)["learners"]
    assert [(one.month, one.amount) for one in found.by_month] == [(201502, 40_000), (201503, 50_000)]


# Pools, caps, copies (T4, V8, V12)


def test_t4_two_outcomes_on_one_metric_count_at_most_the_movement(returning, executive):
    same = {"metric": "weekly active learners", "share_likely": 700_000, "share_high": 700_000}
    returning.outcome("again", "desk", **READ, **same)
    returning.confirm("again")
    assert confirmed(returning, executive) == 200_000  # not 0.5 + 0.7 of it
    assert look(returning, executive).checks.overlap_removed.value == 40_000


def test_t4_a_copy_counts_nothing_even_when_it_says_so_through_its_epic(returning, executive):
    returning.epic("copy", "onboarding", date(2015, 1, 5), delivered=date(2015, 1, 20), planned_share=0)
    returning.put("epic_plan", {**EPIC_PLAN, "epic": "copy", "copied_from": "lesson"})
    returning.outcome("copied", "copy", **READ, metric="Weekly  ACTIVE learners")
    returning.confirm("copied")
    assert confirmed(returning, executive) == 100_000
    why = items(returning, executive)["copied"].why_not
    assert why == "counted once, with “weekly active learners” of Epic lesson"


def test_v8_a_cap_cuts_claims_of_different_metrics_on_one_cell(returning, executive):
    line(returning, (201502, 60_000), (201503, 500_000))
    returning.outcome("signups", "desk", **READ)
    for key in ("learners", "signups"):
        plan(returning, key, line="sales", cell="all")
    returning.confirm("signups")
    assert confirmed(returning, executive) == 60_000 // 2 + 100_000  # pools of £1000 each are cut to £300
    assert look(returning, executive).checks.overlap_removed.value > 0


def test_v8_a_month_without_a_cap_is_not_cut(returning, executive):
    line(returning, (201502, 60_000))
    plan(returning, "learners", line="sales", cell="all")
    months = items(returning, executive)["learners"].by_month
    assert [one.amount for one in months] == [30_000, 50_000]


def test_v8_room_in_one_month_does_not_undo_the_cap_of_another(returning, executive):
    line(returning, (201502, 60_000))
    plan(returning, "learners", line="sales", cell="all")
    found = look(returning, executive).confirmed
    assert found.value == 80_000
    assert found.low == pytest.approx(80_000 * 400 / 500, rel=0.01)
    assert found.high == pytest.approx(80_000 * 600 / 500, rel=0.01)


def test_v12_a_frozen_share_holds_a_loss_and_does_not_lift_a_gain(returning, executive):
    plan(returning, "learners", planned_share=300_000)
    assert confirmed(returning, executive) == 60_000
    plan(returning, "learners", planned_share=800_000)
    assert confirmed(returning, executive) == 100_000
    returning.outcome("learners", "lesson", actual="900", read_on=date(2015, 3, 31))
    returning.confirm("learners", by="Frank", ticks="movement")
    assert confirmed(returning, executive) == -160_000


def test_v12_a_written_off_claim_keeps_its_loss_and_loses_its_gain(returning, executive):
    closure = {
        "ended_on": date(2015, 4, 5),
        "ended_by": "written_off",
        "landed": "",
        "learned": "",
        "reason": "x",
    }
    returning.put("closure", {**closure, "outcome": "learners"})
    assert confirmed(returning, executive) is None
    assert items(returning, executive)["learners"].state == "written off"
    returning.outcome("learners", "lesson", actual="900", read_on=date(2015, 3, 31))
    returning.confirm("learners", by="Frank", ticks="movement")
    assert confirmed(returning, executive) == -100_000


def test_v12_a_cancelled_epic_keeps_its_cost_and_counts_nothing(returning, executive):
    ended = {"ended_on": date(2015, 2, 10), "ended_by": "cancelled", "ended_because": "no demand"}
    returning.put("epic_plan", {**EPIC_PLAN, "epic": "lesson", **ended})
    report = look(returning, executive)
    assert (report.confirmed.value, report.cost.value) == (None, 560_000)


def test_v12_a_claim_registered_after_the_reading_counts_nothing(returning, executive):
    plan(returning, "learners", agreed_on=date(2015, 4, 1))
    assert items(returning, executive)["learners"].why_not == "registered after the reading"
    plan(returning, "learners", agreed_on=date(2015, 3, 31))
    assert confirmed(returning, executive) == 100_000


# Chains, savings, capacity, disputes (V9, V13, V14)


def test_v9_the_money_of_a_chain_takes_its_weakest_grade(returning, executive):
    returning.outcome("searches", "lesson", **READ, value_class="not_financial", grade="D")
    plan(returning, "searches", leads_to="learners")
    assert items(returning, executive)["learners"].claim.grade == "D"
    assert look(returning, executive).trust.grade_a_to_c == 0
    returning.outcome("searches", "lesson", **READ, value_class="not_financial", grade="E")
    found = items(returning, executive)["learners"]
    assert (found.value, found.why_not.startswith("a link of its chain is only stated")) == (None, True)


def test_v13_a_saving_inside_engineering_counts_nothing_and_is_named(returning, executive):
    line(returning, kind="engineering_cost")
    plan(returning, "learners", line="sales", cell="all")
    report = look(returning, executive)
    assert (report.confirmed.value, report.protected.value) == (None, 50_000)
    assert report.checks.already_in_lower_cost.value == 100_000


@pytest.mark.parametrize(("booked", "cash"), [("booked", True), ("agreed", False)])
def test_v13_a_saving_outside_is_cash_only_when_the_books_show_it(returning, executive, booked, cash):
    line(returning, kind="cost_outside")
    returning.outcome("learners", "lesson", **READ, value_class="cost_reduction", value_basis=booked)
    plan(returning, "learners", line="sales", cell="all")
    returning.confirm("learners", by="Frank", ticks="unit_value")
    assert items(returning, executive)["learners"].is_cash is cash


def test_v14_speed_frees_capacity_and_is_never_money(returning, executive):
    plan(returning, "learners", capacity_milliweeks=4_000)
    report = look(returning, executive)
    assert (report.confirmed.value, report.checks.capacity_milliweeks) == (None, 4_000)
    assert report.trust.claims_without_confirmation == 0  # it claims no money
    assert items(returning, executive)["learners"].why_not.startswith("it frees capacity")


def test_v10_a_disputed_claim_counts_nothing_while_the_question_is_open(returning, executive):
    asked = {
        "outcome": "learners",
        "asked_on": date(2015, 4, 3),
        "asked_by": "Fiona",
        "text": "Which series?",
    }
    returning.put("question", {**asked, "answered_on": None, "answered_by": "", "answer": ""})
    assert confirmed(returning, executive) is None
    assert items(returning, executive)["learners"].state == "disputed"
    returning.put(
        "question", {**asked, "answered_on": date(2015, 4, 4), "answered_by": "Olga", "answer": "B"}
    )
    assert confirmed(returning, executive) == 100_000


def test_t3_what_waits_for_an_answer_beside_others_is_not_known_and_not_none(returning, executive):
    returning.outcome("lessons", "lesson", **READ)
    returning.confirm("lessons")
    asked = {"asked_on": date(2015, 4, 3), "asked_by": "Fiona", "text": "Which series?", "answered_on": None}
    asked |= {"answered_by": "", "answer": ""}
    for disputed in (["learners"], ["lessons"]):
        returning.put("question", *({**asked, "outcome": key} for key in disputed))
        found = team.build(returning.store, executive, Scope(), "onboarding", TODAY).row.confirmed
    assert not found.is_known
    assert "; disputed: finance asked" in found.reason
    assert not sofar.is_none(found)


# Teams (V2, V3)


def _two_teams(built):
    rows = [("onboarding", 500_000, 600_000), ("search", 250_000, 400_000)]
    built.put(
        "epic_team",
        *(
            {"epic": "lesson", "team": key, "planned_share": share, "effort": effort}
            for key, share, effort in rows
        ),
    )


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
    usage = {"platform": "platform", "first_month": 201501, "last_month": None}
    shares = (("onboarding", 3), ("search", 4))
    returning.put("platform_usage", *({**usage, "consumer": key, "quantity": n} for key, n in shares))
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
        look(returning, executive, span=_span(month, month)).confirmed.value or 0 for month in MONTHS
    ]
    assert sum(one_by_one) == total
    by_stream = [
        look(returning, executive, value_stream=stream.key).confirmed.value or 0 for stream in report.streams
    ]
    assert sum(by_stream) == total


# What stands beside the headline


def test_v22_cohorts_and_the_rest_are_exactly_the_cost_of_teams(returning, executive):
    report = look(returning, executive)
    assert [(row.label, row.cost.value) for row in report.cohorts] == [
        ("Started in Q1 2015", 50_000 + 25_000 + 24_000),
        ("Run, unplanned, unassigned", 461_000),
    ]
    assert sum(row.cost.value for row in report.cohorts) == report.cost.value


def test_v22_old_harvest_is_told_apart_from_work_of_the_period(returning, executive):
    later = look(returning, executive, span=_span(201502, 201503))
    assert later.checks.old_harvest.value == 100_000
    assert later.checks.started_in_period.value == 0
    now = look(returning, executive)
    assert now.checks.old_harvest.value is None
    assert now.checks.started_in_period.value == round(100_000 / 99_000 * 1_000_000)


def _span(first, last):
    from roi.domain.periods import Span

    return Span(first, last)


@pytest.mark.parametrize(
    ("moved", "share"), [(100_000, 1_000_000), (99_999, 1_000_010), (200_000, 500_000), (0, None)]
)
def test_claims_beside_the_company_s_own_results(returning, executive, moved, share):
    line(returning, (201503, 0), (201502, moved))
    report = look(returning, executive)
    assert report.checks.share_of_results.value == share
    free = dict(report.checks.share_of_results.inputs)["on_no_line"]
    assert free == report.confirmed.value == 100_000, "it names no line: nothing caps it"


def test_v8_cash_that_nothing_caps_is_counted_and_told_with_the_next_step(returning, executive):
    def told():
        checks = look(returning, executive).checks
        rows = outcomes.build(returning.store, executive, Scope(), TODAY)
        return checks.uncapped, rows.row("learners").uncapped

    count, why = told()
    assert (count, why.partition(":")[0]) == (
        1,
        "It names no finance line, so nothing caps what it counts (V8)",
    )
    line(returning)
    plan(returning, "learners", line="sales", cell="all")
    count, why = told()
    assert count == 1
    assert why.startswith("Finance has not set what Sales moved to March 2015")
    line(returning, (201502, 1_000_000))
    assert told()[0] == 1, "March has no cap yet"
    line(returning, (201503, 1_000_000))
    assert told() == (0, "")


@pytest.mark.parametrize(("capped", "february", "march"), [(201502, 0, 1), (201503, 1, 0)])
def test_v8_what_nothing_caps_is_told_of_the_months_of_the_period_alone(
    returning, executive, capped, february, march
):
    """It counts £500 a month in February and March; finance has set one of the two."""
    line(returning, (capped, 1_000_000))
    plan(returning, "learners", line="sales", cell="all")
    told = [look(returning, executive, span=_span(one, one)).checks.uncapped for one in (201502, 201503)]
    assert told == [february, march]
    row = outcomes.build(returning.store, executive, Scope(), TODAY).row("learners").uncapped
    assert ("February" in row, "March" in row) == (bool(february), bool(march))


def test_what_is_on_no_line_is_told_of_the_months_that_are_compared_alone(returning, executive):
    """£500 a month in February and March; the company's lines cover March only."""
    line(returning, (201503, 200_000))
    inputs = dict(look(returning, executive).checks.share_of_results.inputs)
    assert (inputs["confirmed"], inputs["on_no_line"]) == (50_000, 50_000)


def test_without_result_lines_it_says_what_is_needed(returning, executive):
    found = look(returning, executive).checks.share_of_results
    assert found.reason.startswith("needs the company's result lines by month")


def test_v17_the_value_plan_is_the_frozen_p50_of_what_fell_due(returning, executive):
    frozen = {
        "outcome": "learners",
        "frozen_on": date(2015, 1, 5),
        "baseline": "1000",
        "target_low": "1050",
        "target_likely": "1150",
        "target_high": "1200",
        "by_when": None,
        "unit_value": "10",
        "currency": "GBP",
        "share_likely": 500_000,
    }
    returning.put("forecast", frozen)
    checks = look(returning, executive).checks
    assert (checks.planned_value.value, checks.planned_actual.value) == (150_000, 100_000)
    returning.epic("copy", "onboarding", date(2015, 1, 5), delivered=date(2015, 1, 20), planned_share=0)
    returning.put("epic_plan", {**EPIC_PLAN, "epic": "copy", "copied_from": "lesson"})
    returning.outcome("copied", "copy", **READ, metric="Weekly  ACTIVE learners")
    returning.put("forecast", {**frozen, "outcome": "copied"})
    again = look(returning, executive).checks
    assert again.planned_value.value == 150_000, "a copied promise is no second one (T4)"


def test_v19_a_team_with_one_reading_is_too_early(returning, executive):
    returning.outcome("clicks", "finder", actual="1100", read_on=date(2015, 3, 31))
    rows = {row.key: row for stream in look(returning, executive).streams for row in stream.teams}
    assert rows["search"].verdict is Verdict.TOO_EARLY


def test_v21_pausing_is_a_decision_only_where_the_forward_view_is_a_loss(returning, executive):
    returning.put("epic_plan", {**EPIC_PLAN, "epic": "finder", "due_on": date(2015, 9, 30)})
    returning.outcome("clicks", "finder", unit_value="0.01")
    (decision,) = look(returning, executive).decisions
    assert (decision.kind, decision.epic, decision.chance) == ("pause or reshape", "finder", 1_000_000)
    assert 0 < decision.per_month.low <= decision.per_month.value <= decision.per_month.high
    returning.outcome("clicks", "finder", unit_value="100")
    assert look(returning, executive).decisions == ()


def test_v7_one_driver_behind_two_outcomes_moves_them_together(returning, executive):
    driver = {"driver": "margin", "name": "Margin", "formula": "stated", "currency": "GBP", "basis": "booked"}
    returning.put("value_driver", {**driver, "owner": "Fiona", "source": "books", "dated": None})
    ends = {"low": "8", "likely": "10", "high": "12", "owner": "", "source": "", "dated": None}
    returning.put("driver_input", {"driver": "margin", "input": "amount", **ends})
    sure = {**READ, "share_low": 500_000, "share_high": 500_000}
    for key, epic in (("learners", "lesson"), ("signups", "desk")):
        returning.outcome(key, epic, **sure)
        plan(returning, key, driver="margin")
        returning.confirm(key, by="Frank")
    found = look(returning, executive).confirmed
    assert (found.low, found.value, found.high) == pytest.approx((160_000, 200_000, 240_000), rel=5e-5)
