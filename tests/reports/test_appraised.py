"""Is it worth its money: NPV, ROI, payback, forward view, and every reason why there is no appraisal."""

from datetime import date

import pytest
from pyxirr import xnpv

from roi.domain.periods import Span, add_months
from roi.reports import epic, paybacks, team
from roi.reports.appraisal import appraised
from roi.reports.booked import work
from roi.reports.cost import tying
from roi.reports.ground import basis
from roi.reports.shapes import Scope
from roi.story import epic_titles, titles
from roi.story.words import day
from tests.reports.value_rows import put

TODAY = date(2015, 4, 15)
HORIZON = 12
YEAR = [add_months(201502, place) for place in range(HORIZON)]
"""Twelve months of benefit from the one after delivery."""


@pytest.fixture
def lesson(company):
    """Half of Onboarding's January (£500) for £500 a month: February and March confirmed, the year horizon.

    £100 more × £10 × share 0.4/0.5/0.6. Run cost is stated as none, so that every sum can be done by hand.
    """
    company.put("setting", {"name": "horizon_months", "value": str(HORIZON)})
    company.epic("lesson", "onboarding", date(2015, 1, 5), delivered=date(2015, 1, 20))
    company.outcome("learners", "lesson", actual="1100", read_on=date(2015, 3, 31))
    company.confirm("learners")
    put(company, "epic_plan", epic="lesson", run_share=0)
    return company


def look(built, actor, key="lesson", today=TODAY, **scope):
    return epic.build(built.store, actor, Scope(**scope), key, today).view.appraisal


def with_work(built, actor, ask, today=TODAY):
    with basis.opened(built.store, actor, Scope()) as base:
        costs = tying.load(base)
        return ask(work.load(costs, today), costs)


def benefits(confirmed=2, each=50_000):
    """Full months, then half as much after each twelve months; each month rounded by itself."""
    shares = [round(1_000_000 * 0.5 ** (max(place - confirmed + 1, 0) / 12)) for place in range(HORIZON)]
    return [(2 * each * share + 1_000_000) // 2_000_000 for share in shares]


def test_npv_is_cost_and_benefit_of_every_month_at_the_stated_rate(lesson, executive):
    found = look(lesson, executive)
    assert found.why_not == ""
    assert (found.build, found.launch, found.run) == (50_000, 0, 0)
    assert (found.confirmed, found.assumed, found.expected) == (100_000, sum(benefits()[2:]), 0)
    by_hand = sum(amount / 1.1 ** ((place + 1) / 12) for place, amount in enumerate(benefits())) - 50_000
    assert found.npv.figure_id == "npv"
    assert found.npv.value == round(by_hand)
    assert found.npv.low < found.npv.value < found.npv.high
    assert (found.rate, found.valued_on) == (100_000, date(2015, 1, 1))
    assert dict(found.npv.inputs)["costs"] == 50_000
    assert found.roi.figure_id == "roi"
    assert found.roi.value == round(by_hand / 50_000 * 1_000_000)


def test_npv_agrees_with_an_oracle_of_dated_flows(lesson, executive):
    """Months are twelfths of a year here and days of 365 there: a year apart they differ by little."""
    found = look(lesson, executive)
    days = [date(2015, 1, 1), *(date(month // 100, month % 100, 1) for month in YEAR)]
    theirs = xnpv(0.10, days, [-50_000, *benefits()])
    assert found.npv.value == pytest.approx(theirs, rel=2e-3)


def test_the_rate_is_the_company_s_setting(lesson, executive):
    lesson.put("setting", {"name": "discount_rate", "value": "0"})
    found = look(lesson, executive)
    assert found.rate == 0
    assert found.npv.value == sum(benefits()) - 50_000


def test_t6_ranges_come_from_the_share_and_are_the_same_each_time(lesson, executive):
    """The one driver is the share, 0.4 to 0.6: each end is a fifth of the benefits away."""
    first, second = look(lesson, executive), look(lesson, executive)
    assert first == second
    whole = first.npv.value + 50_000
    assert first.npv.low == pytest.approx(0.8 * whole - 50_000, rel=1e-3)
    assert first.npv.high == pytest.approx(1.2 * whole - 50_000, rel=1e-3)
    assert (first.seed, first.draws) == (20_150_401, 10_000)


def test_t7_the_table_of_teams_tells_the_payback_of_the_team_s_page(lesson, executive):
    whole = team.build(lesson.store, executive, Scope(), "onboarding", TODAY).appraisal
    table = paybacks.build(lesson.store, executive, Scope(), TODAY)
    assert whole.payback.is_known
    assert table.by_team["onboarding"] == whole.payback
    unknown = {key for key, figure in table.by_team.items() if not figure.is_known}
    assert unknown == set(table.by_team) - {"onboarding"}


def test_payback_is_the_month_in_which_the_money_is_back(lesson, executive):
    """£500 of cost, £500 a month: back after one month; with a share of 0.4 in the second."""
    found = look(lesson, executive)
    assert found.payback.figure_id == "payback"
    assert (found.payback.low, found.payback.value, found.payback.high) == (1, 1, 2)
    assert found.payback_on == date(2015, 2, 28)
    assert found.chance == 1_000_000
    assert found.irr.figure_id == "irr"


def test_quarters_hold_every_flow_and_end_at_the_sum(lesson, executive):
    rows = look(lesson, executive).rows
    assert [row.label for row in rows] == ["Q1 2015", "Q2 2015", "Q3 2015", "Q4 2015", "Q1 2016"]
    assert [row.is_past for row in rows] == [True, False, False, False, False]
    assert (rows[0].cost, rows[0].confirmed, rows[0].assumed) == (50_000, 100_000, 0)
    assert rows[-1].cumulative == sum(benefits()) - 50_000
    assert all(row.cumulative_low <= row.cumulative <= row.cumulative_high for row in rows)
    assert sum(row.cost for row in rows) == 50_000


def test_the_forward_view_leaves_out_what_is_spent_and_received(lesson, executive):
    found = look(lesson, executive)
    ahead = benefits()[2:]
    by_hand = sum(amount / 1.1 ** (place / 12) for place, amount in enumerate(ahead))
    assert found.forward_npv.figure_id == "forward_npv"
    assert found.forward_npv.value == round(by_hand)
    assert dict(found.forward_npv.inputs)["costs"] == 0
    assert found.forward_loss_chance == 0
    assert found.forward_from == date(2015, 4, 1)


def test_nothing_to_come_is_said_and_never_nought(lesson, executive):
    found = look(lesson, executive, today=date(2018, 1, 1))
    assert (found.forward_npv.value, found.forward_npv.reason) == (None, "nothing is still to come")
    assert found.forward_loss_chance is None


def test_the_period_looked_at_changes_nothing(lesson, executive):
    assert look(lesson, executive).npv.value == look(lesson, executive, span=Span(201503, 201503)).npv.value


# Run cost and launch (rule V4)


def test_v4_run_cost_is_charged_for_the_horizon_and_launch_at_delivery(lesson, executive):
    put(lesson, "epic_plan", epic="lesson", run_share=240_000, launch_minor=7_000, currency="GBP")
    found = look(lesson, executive)
    assert (found.launch, found.run) == (7_000, HORIZON * 1_000)
    assert found.notes == ()


def test_v4_a_product_without_a_stated_run_cost_is_charged_fifteen_percent_and_says_so(lesson, executive):
    put(lesson, "epic_plan", epic="lesson")
    found = look(lesson, executive)
    assert found.run == HORIZON * (50_000 * 150_000 // 12_000_000)
    assert "15% a year of build cost, as assumed where its plan states none" in found.notes[0]
    lesson.put("setting", {"name": "run_cost_share", "value": "100000"})
    assert look(lesson, executive).run == HORIZON * (50_000 * 100_000 // 12_000_000)
    lesson.put("setting", {"name": "run_cost_share", "value": "0"})
    assert (look(lesson, executive).run, look(lesson, executive).notes) == (0, ())
    lesson.epic("lesson", "onboarding", date(2015, 1, 5), delivered=date(2015, 1, 20), kind="technical_debt")
    assert look(lesson, executive).run == 0


# What is ahead


def test_an_unread_promise_is_expected_and_widens_the_range(lesson, executive):
    lesson.outcome("learners", "lesson")
    found = look(lesson, executive)
    assert (found.confirmed, found.assumed) == (0, 0)
    assert found.expected == HORIZON * 100_000  # 200 more × £10 × share 0.5, not fading before it is read
    assert found.npv.high - found.npv.value > found.npv.value - found.npv.low  # 1100, 1200, 1400


def test_an_epic_that_runs_costs_on_until_the_day_agreed(lesson, executive):
    """Search at 40 %: £160 in January, nothing in February, £240 in March; two months more as on average."""
    lesson.epic("finder", "search", date(2015, 1, 1), planned_share=400_000)
    lesson.outcome("clicks", "finder")
    put(lesson, "epic_plan", epic="finder", due_on=date(2015, 5, 20), run_share=0)
    found = look(lesson, executive, "finder")
    assert found.build == 16_000 + 24_000 + 2 * 20_000
    assert dict(found.forward_npv.inputs)["costs"] == 20_000 + round(20_000 / 1.1 ** (1 / 12))
    assert found.expected == HORIZON * 100_000


def test_an_epic_without_an_agreed_day_has_no_appraisal_of_what_is_ahead(lesson, executive):
    lesson.epic("finder", "search", date(2015, 1, 1), planned_share=400_000)
    lesson.outcome("clicks", "finder")
    assert look(lesson, executive, "finder").why_not.startswith("no day is agreed for its delivery")


# What has no verdict


def test_v15_an_obligation_has_no_verdict(lesson, executive):
    lesson.epic("lesson", "onboarding", date(2015, 1, 5), delivered=date(2015, 1, 20), is_obligation=True)
    found = look(lesson, executive)
    assert found.why_not == "an obligation is judged on its date and cost; no verdict is given"
    assert (found.npv.value, found.chance, found.rows) == (None, None, ())


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"value_class": "cost_avoided"}, "none of its outcomes is cash"),
        ({"value_class": "not_financial", "unit_value": ""}, "none of its outcomes is cash"),
    ],
)
def test_v6_what_is_not_cash_is_never_in_present_value(lesson, executive, change, why):
    lesson.outcome("learners", "lesson", actual="1100", read_on=date(2015, 3, 31), **change)
    assert look(lesson, executive).why_not.startswith(why)


def test_an_epic_without_an_outcome_or_without_cost_says_so(lesson, executive):
    lesson.epic("bare", "onboarding", date(2015, 2, 1), delivered=date(2015, 2, 10))
    assert look(lesson, executive, "bare").why_not == "no outcome says what it should bring"
    lesson.epic("far", "onboarding", date(2020, 2, 1), delivered=date(2020, 2, 10))
    lesson.outcome("later", "far")
    assert look(lesson, executive, "far").why_not == "no cost stands against it yet"


def test_a_disputed_claim_counts_nothing_while_it_is_open(lesson, executive):
    put(lesson, "question", outcome="learners")
    found = look(lesson, executive)
    assert (found.confirmed, found.assumed, found.expected) == (0, 0, 0)
    assert found.npv.value == -50_000
    assert found.chance == 0


def test_v12_a_written_off_epic_keeps_its_cost_and_brings_nothing(lesson, executive):
    put(lesson, "epic_plan", epic="lesson", ended_on=date(2015, 4, 10), ended_by="written_off", run_share=0)
    found = look(lesson, executive)
    assert (found.build, found.confirmed, found.assumed) == (50_000, 0, 0)


# Groups


def test_a_team_s_part_of_an_epic_is_its_effort_and_its_cost(lesson, executive):
    """Two teams, a quarter and three quarters of the value: their parts are the epic."""
    efforts = {"onboarding": 750_000, "search": 250_000}
    rows = [{"epic": "lesson", "team": key, "effort": effort} for key, effort in efforts.items()]
    lesson.put("epic_team", *({**row, "planned_share": 500_000} for row in rows))
    parts = [
        with_work(
            lesson, executive, lambda jobs, costs, key=key: appraised.of_teams(jobs, costs, {key}, TODAY)
        )
        for key in ("onboarding", "search")
    ]
    whole = look(lesson, executive)
    assert [part.build for part in parts] == [50_000, 20_000]
    assert [part.confirmed for part in parts] == [75_000, 25_000]
    assert sum(part.build for part in parts) == whole.build
    assert sum(part.assumed for part in parts) == whole.assumed
    assert abs(sum(part.npv.value for part in parts) - whole.npv.value) <= 1  # each is rounded once


def test_v2_teams_that_serve_others_have_no_appraisal(lesson, executive):
    def ask(jobs, costs):
        platform = next(one for one in jobs.basis.teams if one.key == "platform")
        return appraised.team(jobs, costs, platform, TODAY)

    assert with_work(lesson, executive, ask).why_not == "its value is booked by the teams it serves"


def test_an_obligation_is_left_out_of_a_group_and_named(lesson, executive):
    lesson.epic("law", "onboarding", date(2015, 2, 1), delivered=date(2015, 2, 10), is_obligation=True)

    def ask(jobs, costs):
        return appraised.of_epics(jobs, costs, ["law", "lesson"], TODAY)

    found = with_work(lesson, executive, ask)
    assert found.build == 50_000
    assert found.notes == ("1 obligation is left out: judged on date and cost",)


def test_a_team_s_report_holds_the_appraisal_of_its_part_and_its_record(lesson, executive):
    found = team.build(lesson.store, executive, Scope(), "onboarding", TODAY)
    assert found.appraisal.npv.value == look(lesson, executive).npv.value
    assert "fewer than 8 forecasts are read" in found.calibration.answer
    assert team.build(lesson.store, executive, Scope(), "onboarding").appraisal is None


# When it is back: a fact, or a hope (T12)


def test_it_is_paid_back_only_by_what_finance_confirmed(lesson, executive):
    found = look(lesson, executive)
    assert found.paid_back_on == found.payback_on
    assert titles.payback(found).text == "Paid back by 28 Feb 2015"


def test_before_its_day_it_is_not_paid_back(lesson, executive):
    found = look(lesson, executive, today=date(2015, 2, 20))
    assert found.paid_back_on is None
    assert titles.payback(found).text.startswith("Pays back by")


def test_what_nobody_confirmed_has_paid_nothing_back(company, executive):
    company.epic("lesson", "onboarding", date(2015, 1, 5), delivered=date(2015, 1, 20))
    company.outcome("learners", "lesson", actual="1100", read_on=date(2015, 3, 31))
    put(company, "epic_plan", epic="lesson", run_share=0)
    found = look(company, executive)
    assert found.payback_on < found.forward_from
    assert found.paid_back_on is None
    assert (
        titles.payback(found).text
        == f"Paid back by {day(found.payback_on)} if what is not confirmed came as well"
    )


def test_run_cost_that_ate_up_what_was_confirmed_is_no_payback(lesson, executive):
    """£500 + £50 a month beside £1,000 confirmed by March: back then, £100 short when all run cost came."""
    put(lesson, "epic_plan", epic="lesson", run_share=1_200_000)
    assert look(lesson, executive).paid_back_on is not None
    found = look(lesson, executive, today=date(2016, 2, 15))
    assert (found.payback_on.year, found.payback_on.month) == (2015, 3)
    assert found.paid_back_on is None


def test_the_day_is_that_of_confirmed_value_where_more_came_that_is_not(lesson, executive):
    """Value beside it that nobody confirmed makes the curve cross before confirmed value alone does."""
    lesson.outcome("more", "lesson", metric="more", actual="1020", read_on=date(2015, 3, 31))
    put(lesson, "epic_plan", epic="lesson", run_share=1_200_000)
    found = look(lesson, executive)
    assert found.payback_on < found.paid_back_on < found.forward_from
    told = titles.payback(found).text
    assert told == (
        f"Paid back by {day(found.paid_back_on)} by confirmed value alone, "
        f"by {day(found.payback_on)} with what is unconfirmed"
    )
    assert epic_titles.payback_day(found) == f"{day(found.payback_on)} with what is unconfirmed"
