"""Rule V16: what is learned about closed months is booked in the open month; closed figures never move.

Alder's `learners` (see `conftest`): 100 more × £10 × share 0.5 = £500 in February and in March 2015.
"""

from datetime import date

import pytest

from roi.domain.periods import Span
from roi.reports import portfolio, team, trace
from roi.reports.shapes import Scope
from roi.story import formulas, trust
from tests import equations
from tests.reports import value_rows
from tests.reports.valuing import earlier

TODAY = date(2015, 4, 10)
TICKS = [("learners", tick) for tick in ("movement", "unit_value", "share")]
JANUARY, FEBRUARY, MARCH, APRIL = (201501, 201502, 201503, 201504)


def look(built, actor, first, last, **more):
    return portfolio.build(built.store, actor, Scope(span=Span(first, last), **more), TODAY)


def cash(built, actor, first, last=None, **more):
    return look(built, actor, first, last or first, **more).confirmed.value


def row(built, actor, month):
    report = team.build(built.store, actor, Scope(span=Span(month, month)), "onboarding", TODAY)
    return next(one for epic in report.epics for one in epic.outcomes if one.outcome.key == "learners")


def close(built, *months):
    return built.put("closed_month", *({"month": month, "reason": ""} for month in months))


def share(built, likely):
    """Another share of the same reading, confirmed again: a change of estimate."""
    ends = {"share_low": likely - 100_000, "share_likely": likely, "share_high": likely + 100_000}
    built.outcome("learners", "lesson", actual="1100", read_on=date(2015, 3, 31), **ends)
    built.end("confirmation", *TICKS)
    return built.confirm("learners")


@pytest.fixture
def closed(returning):
    """Alder with January and February closed when £500 of February was confirmed."""
    close(returning, JANUARY, FEBRUARY)
    return returning


def test_v16_nothing_moves_while_nothing_new_is_known(closed, executive):
    assert cash(closed, executive, FEBRUARY) == 50_000
    assert cash(closed, executive, MARCH) == 50_000
    assert look(closed, executive, JANUARY, MARCH).checks.true_up.value is None


def test_v16_a_new_share_leaves_the_closed_month_and_is_trued_up_in_the_open_one(closed, executive):
    share(closed, 600_000)
    assert cash(closed, executive, FEBRUARY) == 50_000
    assert cash(closed, executive, MARCH) == 60_000 + 10_000
    report = look(closed, executive, MARCH, MARCH)
    assert report.checks.true_up.value == 10_000
    assert any("trues up" in note and "£100" in note for note in trust.notes(report))


def test_t8_the_formula_of_a_value_with_a_true_up_adds_up(closed, executive):
    share(closed, 600_000)
    key = row(closed, executive, MARCH).outcome.key
    value = trace.build(closed.store, executive, Scope(span=Span(MARCH, MARCH)), "outcome_value", None, key)
    told = formulas.filled(value.figure)
    assert told == "£600.00 a month × 1 month + true-up of closed months £100.00 = £700.00"
    assert equations.holds(told)


def test_v16_over_all_months_the_total_and_its_range_are_those_of_what_is_known_now(closed, executive):
    share(closed, 600_000)
    found = look(closed, executive, JANUARY, MARCH).confirmed
    assert (found.low, found.value, found.high) == (100_000, 120_000, 140_000)


def test_v16_a_month_closed_before_anybody_confirmed_it_is_booked_whole_in_the_open_one(returning, executive):
    returning.end("confirmation", *TICKS)
    close(returning, JANUARY, FEBRUARY)
    returning.confirm("learners")
    february, march = (look(returning, executive, month, month) for month in (FEBRUARY, MARCH))
    assert february.confirmed.value is None
    assert march.confirmed.value == 100_000
    assert march.checks.true_up.value == 50_000
    assert "as a true-up" in row(returning, executive, FEBRUARY).value.reason
    assert "trued up in March 2015" in row(returning, executive, MARCH).value.reason


def test_v16_a_confirmation_that_falls_away_is_taken_back_in_the_open_month(closed, executive):
    closed.end("confirmation", *TICKS)
    assert cash(closed, executive, FEBRUARY) == 50_000
    march = look(closed, executive, MARCH, MARCH)
    assert march.confirmed.value == march.checks.true_up.value == -50_000
    assert any("takes back what closed months counted too much" in note for note in trust.notes(march))
    february = look(closed, executive, FEBRUARY, FEBRUARY)
    assert any("which counted too much, counts in March 2015" in note for note in trust.notes(february))
    assert cash(closed, executive, JANUARY, MARCH) == 0


def test_v16_a_question_asked_later_takes_nothing_out_of_a_closed_month(closed, executive):
    value_rows.put(closed, "question", outcome="learners")
    assert cash(closed, executive, FEBRUARY) == 50_000
    assert cash(closed, executive, JANUARY, MARCH) == 0
    answered = {"answered_on": date(2015, 4, 12), "answered_by": "Olga", "answer": "report 7"}
    value_rows.put(closed, "question", outcome="learners", **answered)
    assert (cash(closed, executive, FEBRUARY), cash(closed, executive, MARCH)) == (50_000, 50_000)


def test_v16_what_was_trued_up_in_a_month_stays_there_when_that_month_closes_too(closed, executive):
    share(closed, 600_000)
    close(closed, MARCH)
    share(closed, 700_000)
    assert cash(closed, executive, FEBRUARY) == 50_000
    assert cash(closed, executive, MARCH) == 70_000
    report = look(closed, executive, JANUARY, MARCH)
    assert report.confirmed.value == 120_000
    assert report.checks.true_up_ahead.value == 20_000
    assert any("April 2015" in note for note in trust.notes(report))
    april = look(closed, executive, APRIL, APRIL)
    assert april.confirmed.value == april.checks.true_up.value == 20_000
    assert cash(closed, executive, JANUARY, APRIL) == 140_000


def test_v16_a_month_opened_again_shows_what_is_known_now(closed, executive):
    share(closed, 600_000)
    closed.end("closed_month", (JANUARY,), (FEBRUARY,))
    assert cash(closed, executive, FEBRUARY) == cash(closed, executive, MARCH) == 60_000


def test_v16_one_of_two_months_opened_again_shows_what_is_known_now(closed, executive):
    share(closed, 600_000)
    assert cash(closed, executive, MARCH) == 70_000
    closed.end("closed_month", (FEBRUARY,))
    assert cash(closed, executive, FEBRUARY) == cash(closed, executive, MARCH) == 60_000


def test_t3_a_true_up_waits_for_the_rate_of_the_month_that_it_is_about(returning, executive):
    rate = {"currency": "EUR", "target": "GBP", "month": MARCH, "basis": "average"}
    returning.put("exchange_rate", {**rate, "rate_billionths": 800_000_000, "rate_source": "bank"})
    returning.lines({"month": MARCH, "team": "search", "currency": "EUR", "amount_minor": 100}, file="x.csv")
    returning.outcome("learners", "lesson", actual="1100", read_on=date(2015, 3, 31), currency="EUR")
    returning.end("confirmation", *TICKS)
    close(returning, JANUARY, FEBRUARY)
    returning.confirm("learners")
    value = row(returning, executive, MARCH).value
    assert (value.value, value.reason) == (None, "no exchange rate EUR to GBP for Feb 2015")


def test_v16_an_earlier_version_of_the_data_knows_nothing_of_later_true_ups(closed, executive):
    before = share(closed, 600_000)
    close(closed, MARCH)
    share(closed, 700_000)
    assert cash(closed, executive, MARCH, as_of=before) == 70_000
    assert cash(closed, executive, FEBRUARY, as_of=before) == 50_000
    assert cash(closed, executive, JANUARY, APRIL, as_of=before) == 120_000


def test_v16_teams_and_the_company_true_up_alike(closed, executive):
    share(closed, 600_000)
    report = look(closed, executive, MARCH, MARCH)
    teams = [team for stream in report.streams for team in stream.teams]
    assert sum(team.confirmed.value or 0 for team in teams) == report.confirmed.value == 70_000
    cohorts = sum(row.confirmed.value or 0 for row in report.cohorts)
    assert cohorts == report.confirmed.value


def standing_of(built, actor, month):
    """What a month counts, its range, and how much of it is graded A to C."""
    report = look(built, actor, month, month)
    figure = report.confirmed
    return figure.value, figure.low, figure.high, report.trust.grade_a_to_c


@pytest.mark.parametrize("grade", ["D", "E"])
def test_v16_a_closed_month_keeps_value_range_and_grade_when_a_later_reading_is_lower(
    returning, executive, grade
):
    """£300 of February as read at its end: £240 to £360, grade C. In April it reads lower, on worse evidence.

    By D the months from March on are worth £250 each; by E, a statement, finance confirms none of them.
    """
    returning.end("confirmation", *TICKS)
    earlier(returning, "learners", date(2015, 2, 27), "1060")
    close(returning, JANUARY, FEBRUARY)
    before = standing_of(returning, executive, FEBRUARY)
    assert before == (30_000, 24_000, 36_000, 1_000_000)
    returning.outcome("learners", "lesson", actual="1050", read_on=date(2015, 3, 31), grade=grade)
    returning.confirm("learners", ticks="movement unit_value share" if grade == "D" else "movement")
    assert standing_of(returning, executive, FEBRUARY) == before
    lower = standing_of(returning, executive, MARCH)
    assert (lower[0], lower[3]) == ((25_000, 0) if grade == "D" else (None, None))
    assert look(returning, executive, JANUARY, MARCH).checks.true_up.value is None, "nothing of it is new"


def test_v16_a_reading_that_is_lowered_is_trued_up_and_the_sum_has_the_range_of_what_is_known(
    closed, executive
):
    """£500 of closed February become £300 by a share of 20 to 40 %: March bears −£200 and its own £300."""
    share(closed, 300_000)
    assert standing_of(closed, executive, FEBRUARY)[0] == 50_000
    assert standing_of(closed, executive, MARCH)[0] == 30_000 - 20_000
    both = look(closed, executive, FEBRUARY, MARCH).confirmed
    assert (both.low, both.value, both.high) == (40_000, 60_000, 80_000)
