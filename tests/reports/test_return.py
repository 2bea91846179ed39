"""The first return: cost of epics, confirmed value, verdicts, and every reason why there is none."""

from datetime import date

import pytest

from roi.domain.periods import Span
from roi.domain.structure import Verdict
from roi.reports import outcomes, portfolio, team, teams
from roi.reports.shapes import Scope
from tests.reports import value_rows

TODAY = date(2015, 4, 10)
MONTHS = (201501, 201502, 201503)


def near(*numbers):
    """Ranges come from draws, which meet the stated P10 and P90 to a few parts in a hundred thousand."""
    return pytest.approx(numbers, rel=5e-5)


def look(built, actor, **scope):
    return portfolio.build(built.store, actor, Scope(**scope), TODAY)


def rows_of(built, actor, **scope):
    report = outcomes.build(built.store, actor, Scope(**scope), TODAY)
    return {row.outcome.key: row for epic in report.epics for row in epic.outcomes}


def test_v6_the_headline_is_confirmed_cash_beside_cost(returning, executive):
    report = look(returning, executive)
    assert (report.confirmed.low, report.confirmed.value, report.confirmed.high) == near(
        80_000, 100_000, 120_000
    )
    assert (report.returned.low, report.returned.value, report.returned.high) == near(
        142_857, 178_571, 214_286
    )
    summed = {"outcomes": 1, "confirmed": 100_000, "team_cost": 560_000, "return": 178_571}
    assert dict(report.returned.inputs) == summed


def test_v6_what_is_not_cash_stands_beside_and_is_never_added(returning, executive):
    report = look(returning, executive)
    assert (report.protected.low, report.protected.value, report.protected.high) == near(
        40_000, 50_000, 60_000
    )


def test_a_team_s_return_is_beside_its_own_cost(alder_returning, executive):
    row = team.build(alder_returning.store, executive, Scope(), "onboarding").row
    assert (row.returned.low, row.returned.value, row.returned.high) == near(200_000, 250_000, 300_000)
    assert (row.outcomes_read, row.outcomes_total) == (2, 2)


def test_t7_portfolio_streams_teams_and_team_say_the_same(returning, executive):
    report = look(returning, executive)
    by_month = {row.key: row for row in teams.build(returning.store, executive, Scope()).teams}
    for stream in report.streams:
        for row in stream.teams:
            alone = team.build(returning.store, executive, Scope(), row.key, TODAY).row
            assert alone == row
            assert (by_month[row.key].total, by_month[row.key].returned) == (row.cost, row.returned)
            assert by_month[row.key].verdict == row.verdict


def test_value_sums_over_streams_to_the_portfolio(returning, executive):
    report = look(returning, executive)
    known = [stream.total.confirmed.value for stream in report.streams if stream.total.confirmed.is_known]
    assert sum(known) == report.confirmed.value


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [(201501, 201501, None), (201502, 201502, 50_000), (201502, 201503, 100_000)],
)
def test_v11_value_lies_in_the_months_after_delivery_up_to_the_reading(
    returning, executive, first, last, expected
):
    found = look(returning, executive, span=Span(first, last)).confirmed
    assert found.value == expected
    if expected is None:
        assert found.reason == "1 of 2 cash outcomes read; no confirmed month lies in Jan 2015"


def test_v22_epics_and_the_rest_are_exactly_the_team(alder_returning, executive):
    report = team.build(alder_returning.store, executive, Scope(), "onboarding", TODAY)
    costs = {row.epic.key: row.cost_in_period.value for row in report.epics if row.cost_in_period.is_known}
    assert costs == {"lesson": 50_000, "desk": 25_000}
    assert sum(costs.values()) + report.rest.value == report.row.cost.value
    assert report.rest.value == 325_000


def test_an_epic_costs_since_its_start_whatever_the_period(alder_returning, executive):
    report = team.build(
        alder_returning.store, executive, Scope(span=Span(201502, 201503)), "onboarding", TODAY
    )
    lesson = next(row for row in report.epics if row.epic.key == "lesson")
    assert lesson.cost.value == 50_000
    assert dict(lesson.cost.inputs) == {
        "planned_share": 500_000,
        "team_cost": 100_000,
        "months": 1,
        "epic_cost": 50_000,
    }
    assert (lesson.cost_in_period.value, lesson.cost_in_period.reason) == (
        None,
        "no month of the epic lies in the period",
    )
    assert report.rest.value == report.row.cost.value


def test_an_open_epic_costs_up_to_the_end_of_the_period(alder_returning, executive):
    rows = outcomes.build(alder_returning.store, executive, Scope(), TODAY).epics
    finder = next(row for row in rows if row.epic.key == "finder")
    assert finder.cost.value == 24_000  # 40 % of March; February has no line of Search
    assert finder.cost.reason == "its team has cost in 1 of the epic's 2 months"


def test_v12_a_cancelled_epic_has_no_months_after_its_end(returning, executive):
    returning.epic("tutor", "onboarding", date(2015, 1, 1), planned_share=200_000)
    value_rows.put(
        returning,
        "epic_plan",
        epic="tutor",
        ended_on=date(2015, 1, 20),
        ended_by="cancelled",
        ended_because="no",
    )
    rows = outcomes.build(returning.store, executive, Scope(), TODAY).epics
    tutor = next(row for row in rows if row.epic.key == "tutor")
    assert (tutor.cost.value, tutor.cost.reason) == (20_000, "")


def test_v22_planned_shares_above_the_team_are_scaled_and_said(returning, executive):
    returning.epic(
        "third", "onboarding", date(2015, 1, 1), delivered=date(2015, 1, 31), planned_share=750_000
    )
    report = team.build(returning.store, executive, Scope(), "onboarding", TODAY)
    costs = {row.epic.key: row.cost_in_period for row in report.epics}
    assert {key: cost.value for key, cost in costs.items()} == {
        "lesson": 33_333,
        "desk": 16_667,
        "third": 50_000,
    }
    assert all("above 100%" in cost.reason for cost in costs.values())
    assert report.rest.value == 300_000


def test_v19_verdicts_come_from_ranges(returning, executive):
    report = look(returning, executive)
    verdicts = {row.key: row.verdict for stream in report.streams for row in stream.teams}
    assert report.verdict is Verdict.NOT_THERE_YET
    assert verdicts == {
        "onboarding": Verdict.NOT_THERE_YET,
        "search": Verdict.TOO_EARLY,
        "platform": Verdict.NONE,
    }


@pytest.mark.parametrize(
    ("unit_value", "expected"),
    [("70", Verdict.PAST_BREAK_EVEN), ("69.99", Verdict.TOO_CLOSE), ("46.67", Verdict.TOO_CLOSE),
     ("46.66", Verdict.NOT_THERE_YET)],
)  # fmt: skip
def test_v19_both_sides_of_break_even_of_the_portfolio(returning, executive, unit_value, expected):
    # Low end: 2 months × 100 learners × 0.4 × £70 = £5600, the cost. High end at £46.67: £5600.40.
    returning.outcome("learners", "lesson", actual="1100", read_on=date(2015, 3, 31), unit_value=unit_value)
    returning.end("confirmation", ("learners", "unit_value"))
    returning.confirm("learners", ticks="unit_value")
    assert look(returning, executive).verdict is expected


def test_v19_what_is_open_keeps_it_too_close_to_call(returning, executive):
    returning.epic("finder", "search", date(2015, 1, 1), delivered=date(2015, 1, 31), planned_share=400_000)
    # At £11 two months of clicks have a P90 of £4400; with the £1200 of learners they would add up to the
    # cost of £5600, but the P90 of the sum does not reach it. At £12 it does.
    returning.outcome("clicks", "finder", unit_value="11")
    assert look(returning, executive).verdict is Verdict.NOT_THERE_YET
    returning.outcome("clicks", "finder", unit_value="12")
    assert look(returning, executive).verdict is Verdict.TOO_CLOSE
    returning.outcome("clicks", "finder", unit_value="")
    assert look(returning, executive).verdict is Verdict.TOO_CLOSE


def test_v2_a_team_that_serves_others_has_cost_and_no_return(returning, executive):
    returning.epic("cluster", "platform", date(2015, 1, 1), delivered=date(2015, 1, 31))
    returning.outcome("uptime", "cluster", actual="1100", read_on=date(2015, 3, 31))
    returning.confirm("uptime")
    row = team.build(returning.store, executive, Scope(), "platform").row
    assert (row.cost.value, row.confirmed.value) == (60_000, 100_000)
    assert (row.returned.value, row.returned.reason) == (None, "its value is booked by the teams it serves")
    assert row.verdict is Verdict.NONE


def test_v15_an_obligation_counts_in_cost_and_in_no_verdict(returning, executive):
    returning.epic("desk", "onboarding", date(2015, 1, 5), delivered=date(2015, 1, 25), is_obligation=True)
    report = look(returning, executive)
    assert report.verdict is Verdict.TOO_EARLY
    assert report.trust.read_cost_share == round(50_000 / 74_000 * 1_000_000)


def test_v20_trust_says_on_whose_word(returning, executive):
    trust = look(returning, executive).trust
    assert (trust.grade_a_to_c, trust.confirmers, trust.confirmed_to) == (1_000_000, 1, 201503)
    assert (trust.read_cost_share, trust.claims_without_confirmation) == (757_576, 0)
    returning.outcome("signups", "desk", actual="1300", read_on=date(2015, 2, 10), grade="D")
    returning.confirm("signups", by="Frank")
    trust = look(returning, executive).trust
    assert trust.grade_a_to_c == 400_000  # £1000 graded C beside £1500 graded D
    assert (trust.confirmers, trust.confirmed_to) == (2, 201503)
    returning.outcome("more", "desk", actual="1300", read_on=date(2015, 2, 10))
    assert look(returning, executive).trust.claims_without_confirmation == 1


def test_v20_trust_says_how_many_who_confirmed_are_no_members_now(returning, executive):
    """Without members everybody is who they say; with them a name that none has can be asked no more."""
    returning.outcome("signups", "desk", actual="1300", read_on=date(2015, 2, 10), grade="D")
    returning.confirm("signups", by="Frank")
    assert look(returning, executive).trust.confirmers_not_here == 0
    returning.put("member", {"name": "FRANK ", "roles": "finance"})
    trust = look(returning, executive).trust
    assert (trust.confirmers, trust.confirmers_not_here) == (2, 1)


def test_v20_without_confirmed_cash_there_is_nothing_to_count(company, executive):
    trust = look(company, executive).trust
    assert (trust.grade_a_to_c, trust.confirmed_to, trust.read_cost_share) == (None, None, None)


def test_t3_every_reason_why_there_is_no_return(company, executive):
    def reason():
        found = look(company, executive)
        assert found.returned.value is None
        return found.returned.reason

    assert reason() == "needs one outcome"
    company.epic("lesson", "onboarding", date(2015, 1, 5), delivered=date(2015, 1, 20))
    assert reason() == "needs one outcome"
    company.outcome("learners", "lesson")
    assert reason() == "its one outcome is not read yet"
    company.outcome("clicks", "lesson")
    assert reason() == "none of 2 outcomes is read yet"
    company.outcome("learners", "lesson", actual="1100", read_on=date(2015, 3, 31))
    assert reason() == "1 of 2 outcomes read; nothing confirmed by finance yet"
    company.confirm("learners", ticks="movement unit_value")
    assert reason() == "1 of 2 outcomes read; nothing confirmed by finance yet"
    company.confirm("learners", by="olga", ticks="share")
    assert reason() == "1 of 2 outcomes read; confirmed only by their own owner"
    assert dict(look(company, executive).returned.inputs) == {"team_cost": 560_000}
    company.confirm("learners", ticks="share")
    assert look(company, executive).returned.value == 178_571


def test_v10_self_confirmed_is_outside_the_headline(returning, executive):
    returning.confirm("learners", by="Olga", ticks="movement")
    rows = rows_of(returning, executive)
    assert rows["learners"].state == "self-confirmed"
    assert rows["learners"].value.value is None
    assert rows["learners"].why_not.startswith("self-confirmed")
    assert look(returning, executive).confirmed.value is None


def test_v10_a_unit_value_edited_after_its_tick_leaves_the_headline(returning, executive):
    returning.outcome("learners", "lesson", actual="1100", read_on=date(2015, 3, 31), unit_value="1000")
    assert rows_of(returning, executive)["learners"].why_not.startswith("the unit value changed")
    assert look(returning, executive).confirmed.value is None
    returning.outcome("learners", "lesson", actual="1100", read_on=date(2015, 3, 31), evidence="moved")
    assert look(returning, executive).confirmed.value == 100_000


def test_v10_a_delivery_moved_back_after_the_ticks_leaves_the_headline(returning, executive):
    returning.epic("lesson", "onboarding", date(2014, 1, 5), delivered=date(2014, 1, 20))
    assert look(returning, executive).confirmed.value is None
    returning.confirm("learners", by="Frank", ticks="movement")
    assert look(returning, executive).confirmed.value == 150_000  # now January counts too


def test_v13_a_saving_that_the_books_do_not_show_is_protected_not_cash(returning, executive):
    saved = {"actual": "1100", "read_on": date(2015, 3, 31), "value_class": "cost_reduction"}
    returning.outcome("learners", "lesson", value_basis="agreed", **saved)
    returning.confirm("learners", by="Frank")
    report = look(returning, executive)
    assert (report.confirmed.value, report.protected.value) == (None, 150_000)


def test_v18_value_in_another_currency_is_named_and_not_added(returning, executive):
    returning.outcome("learners", "lesson", actual="1100", read_on=date(2015, 3, 31), currency="EUR")
    returning.confirm("learners", by="Frank")
    report = look(returning, executive)
    assert report.confirmed.value is None
    why = "1 of 2 cash outcomes read; its value is in EUR, which is not converted to GBP yet"
    assert (report.confirmed.reason, report.returned.reason) == (why, why)
    returning.outcome("signups", "desk", actual="1100", read_on=date(2015, 3, 31))
    returning.confirm("signups")
    report = look(returning, executive)
    assert (report.confirmed.value, report.confirmed.reason) == (
        100_000,
        "one confirmed outcome is in another currency and not in this sum",
    )


def test_d3_without_the_rate_of_one_month_confirmed_value_is_unknown_and_not_smaller(returning, executive):
    rate = {"currency": "EUR", "target": "GBP", "basis": "average", "rate_source": "a bank"}
    rates = [{**rate, "month": month, "rate_billionths": 800_000_000} for month in MONTHS]
    returning.put("exchange_rate", *rates)
    returning.lines({"month": 201501, "amount_minor": 1_000, "currency": "EUR", "team": "search"})
    returning.outcome("signups", "desk", actual="1100", read_on=date(2015, 3, 31), currency="EUR")
    returning.confirm("signups")
    returning.touch(MONTHS)
    report = look(returning, executive)
    assert report.confirmed.value == 180_000
    assert sum(row.confirmed.value or 0 for row in report.classes if row.is_cash) == 180_000
    returning.end("exchange_rate", ("EUR", "GBP", 201503, "average"))
    returning.touch(MONTHS)
    report = look(returning, executive)
    why = "no exchange rate EUR to GBP for Mar 2015"
    for figure in (report.confirmed, report.returned, report.net):
        assert (figure.value, figure.reason) == (None, why)
    assert {row.confirmed.reason for row in report.classes if row.is_cash} == {why}
    desk = next(row for stream in report.streams for row in stream.teams if row.confirmed.reason == why)
    assert (report.verdict, desk.verdict) == (Verdict.NONE, Verdict.NONE)


def test_v12_a_movement_for_the_worse_lowers_the_return(returning, executive):
    returning.outcome("signups", "desk", actual="900", read_on=date(2015, 3, 31))
    returning.confirm("signups")
    report = look(returning, executive)
    assert report.confirmed.value == 0
    ends = (report.confirmed.low, report.confirmed.high)
    assert ends == pytest.approx((-28_284, 28_284), rel=0.04)  # two independent shares, not both low ends
    assert report.returned.value == 0


def test_the_list_of_outcomes_counts_states(returning, executive):
    returning.outcome("late", "lesson", by_when=date(2015, 4, 1))
    report = outcomes.build(returning.store, executive, Scope(), TODAY)
    assert (report.total, report.read, report.confirmed, report.overdue, report.landed) == (4, 2, 2, 1, 1)
    rows = rows_of(returning, executive)
    assert (rows["late"].state, rows["late"].days_late) == ("overdue", 49)
    assert (rows["learners"].progress, rows["learners"].landed) == (500_000, "met")
    assert (rows["hours"].progress, rows["hours"].landed) == (250_000, "partly")
    assert [tick for tick, _, _ in rows["learners"].ticks] == ["movement", "unit_value", "share"]
    assert (rows["clicks"].state, rows["clicks"].value.reason) == ("draft", "not read yet")
    assert rows["clicks"].expected.value == 100_000
    assert look(returning, executive).outcomes_overdue == 1


def test_the_list_shows_the_teams_of_the_value_stream(returning, executive):
    assert set(rows_of(returning, executive, value_stream="Catalogue")) == {"clicks"}
