"""The rules of the titles of outcomes, epics and initiatives, on both sides of each boundary."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from roi.domain.figures import Figure, unknown
from roi.domain.obligations import Obligation, ObligationKind, judge
from roi.domain.structure import Epic, EpicKind, Outcome, ValueClass
from roi.domain.value import Ending, EpicPlan, Initiative, SuccessMeasure
from roi.reports.shapes import (
    EpicReport,
    EpicRow,
    InitiativeReport,
    InitiativesReport,
    OutcomeRow,
    OutcomesReport,
)
from roi.reports.shapes.obligations import ObligationRow
from roi.reports.shapes.value import (
    AppraisalView,
    CalibrationRow,
    EpicView,
    InitiativeRow,
    MeasureRow,
    UnverifiedRow,
)
from roi.story import titles, told, written_titles
from roi.story.outcome_titles import record, worth

CODE = "GBP"
DAY = date(2015, 3, 31)


def money(figure_id, value, low=None, high=None):
    if value is None:
        return unknown(figure_id, "not known", currency=CODE)
    return Figure(figure_id, value, "", low, high, currency=CODE)


# Outcomes


def company(realisation=1_000_000, count=8, hits=6, *, is_overconfident=False):
    rate = (500_000, 750_000, 900_000)
    return CalibrationRow(
        "company", "", "Company", "Company", count, 0, hits, 0, realisation, rate, 1,
        is_overconfident=is_overconfident, haircut=realisation,
    )  # fmt: skip


def report(**more):
    given = {"total": 27, "read": 18, "confirmed": 9, "overdue": 0, "landed": 11, **more}
    return OutcomesReport(version=1, currency=CODE, epics=(), **given)


def as_written(total, met=0, missed=0, coming=0):
    """A report with so many outcomes, and others whose target stands as it was written."""
    counts = {"met": met, "not met": missed, "to come": coming}
    rows = tuple(
        MeasureRow(SuccessMeasure(f"{word}{place}", "", "", "ease"), word)
        for word, count in counts.items()
        for place in range(count)
    )
    read = 18 if total else 0
    return report(total=total, read=read, written=rows, written_counts=tuple(counts.items()))


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (as_written(5, met=39, missed=18, coming=54), "39 of 57 targets as written are met; 54 to come"),
        (as_written(5, met=2), "2 of 2 targets as written are met"),
        (as_written(5, coming=3), "Targets as written: 3 to come"),
    ],
)
def test_targets_as_written_are_counted_of_those_that_are_judged(given, text):
    assert written_titles.written(given).text == text


@pytest.mark.parametrize(
    ("given", "rule", "text"),
    [
        (report(total=0, read=0), "outcomes-empty", "No outcome is recorded yet"),
        (as_written(0, met=39, missed=18), "outcomes-written", "39 of 57 targets as written are met"),
        (as_written(0, met=1), "outcomes-written", "1 of 1 targets as written is met"),
        (as_written(0, coming=2), "outcomes-written-open", "Two targets as written, none judged yet"),
        (as_written(27, met=39), "outcomes-landed", "11 of 18 read outcomes landed; 9 confirmed"),
        (
            report(overdue=1, overdue_cost=money("overdue_cost", 90_000_000)),
            "outcomes-overdue-cost",
            "One reading is overdue and carries £900k of cost",
        ),
        (
            report(overdue=3, overdue_cost=money("overdue_cost", 90_000_000)),
            "outcomes-overdue-cost",
            "Three readings are overdue and carry £900k of cost",
        ),
        (
            report(overdue=3, overdue_cost=money("overdue_cost", 0)),
            "outcomes-overdue",
            "Three readings are overdue; 18 of 27 outcomes are read",
        ),
        (
            report(overdue=3, overdue_cost=money("overdue_cost", None)),
            "outcomes-overdue",
            "Three readings are overdue; 18 of 27 outcomes are read",
        ),
        (report(read=0), "outcomes-none-read", "None of 27 outcomes is read yet"),
        (
            report(calibration=(company(833_333),)),
            "outcomes-record",
            "11 of 18 read outcomes landed; we promise about 20% more than we get",
        ),
        (
            report(calibration=(company(count=7),)),
            "outcomes-landed",
            "11 of 18 read outcomes landed; 9 confirmed",
        ),
        (report(), "outcomes-landed", "11 of 18 read outcomes landed; 9 confirmed"),
    ],
)
def test_outcomes(given, rule, text):
    said = titles.outcomes(given)
    assert (said.rule_id, said.text) == (rule, text)


@pytest.mark.parametrize(
    ("realisation", "text"),
    [
        (0, "what we promise has not come"),
        (-200_000, "what we promise has not come"),
        (500_000, "we promise about 100% more than we get"),
        (949_999, "we promise about 5% more than we get"),
        (950_000, "together they brought what we promised"),
        (1_050_000, "together they brought what we promised"),
        (1_050_001, "we get about 5% more than we promise"),
        (2_234_000, "we get about 120% more than we promise"),
    ],
)
def test_a_record_within_five_percent_is_as_promised(realisation, text):
    assert record(company(realisation)) == text


@pytest.mark.parametrize(
    ("counts", "text"),
    [
        ((), "Promise against result by kind of work"),
        ((("feature", 5, 9), ("technical_debt", 2, 2)), "Promise against result by kind of work"),
        (
            (("feature", 5, 9), ("technical_debt", 6, 9)),
            "Technical-debt outcomes landed about as often as feature outcomes (6 of 9 vs 5 of 9)",
        ),
        (
            (("feature", 12, 20), ("technical_debt", 15, 20)),  # 15 points apart, and no more
            "Technical-debt outcomes landed about as often as feature outcomes (15 of 20 vs 12 of 20)",
        ),
        (
            (("feature", 12, 18), ("technical_debt", 4, 4)),
            "4 of 4 technical-debt and 12 of 18 feature outcomes landed: too few to tell apart",
        ),
        (
            (("feature", 1, 9), ("risk", 8, 9), ("defect", 3, 3)),
            "Risk outcomes landed more often than feature outcomes (8 of 9 vs 1 of 9)",
        ),
    ],
)
def test_kinds_are_compared_only_where_there_is_enough_and_chance_does_not_explain_it(counts, text):
    assert titles.kinds(report(landed_by_kind=counts)).text == text


def unverified(count, cost):
    row = UnverifiedRow(
        "o", "m", "e", "T", "Olga", 1, 91, money("explained_cost", 1), money("said_value", None)
    )
    return report(unverified=(row,) * count, unverified_cost=money("unverified_cost", cost))


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (unverified(0, 0), "Every delivered outcome is confirmed or younger than 90 days"),
        (unverified(2, 90_000_000), "£900k of cost has an effect that nobody has verified"),
        (unverified(1, None), "One outcome has an effect that nobody has verified"),
        (unverified(2, 0), "Two outcomes have an effect that nobody has verified"),
    ],
)
def test_unverified(given, text):
    assert titles.unverified(given).text == text


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ((), "A record of promises needs eight read outcomes"),
        ((company(None, 7),), "A record of promises needs eight read outcomes"),
        ((company(),), "6 of 8 results lie in their range; together they brought what we promised"),
        (
            (company(hits=3, is_overconfident=True),),
            "Only 3 of 8 results lie in their range of 8 in 10; ranges are too narrow",
        ),
    ],
)
def test_the_record(rows, text):
    assert titles.calibration(report(calibration=rows)).text == text


# An epic


def outcome_row(landed="met", actual="5", state="confirmed", ended_as=""):
    ten = Decimal(10)
    outcome = Outcome(
        "o", "e", "m", "", "up", Decimal(0), ten, ten, ten, ValueClass.REVENUE, "Olga",
        actual=Decimal(actual) if actual else None,
    )  # fmt: skip
    value = money("outcome_value", None)
    return OutcomeRow(
        outcome, "Guided setup", "t", "T", state, None, 0, None, landed if actual else "", value, (), "",
        ended_as=ended_as,
    )  # fmt: skip


UNREAD = outcome_row(actual="", state="delivered")


def view_of_worth(npv=0, low=0, high=0, chance=500_000, why="", payback=9, horizon=36, ends=(7, 13)):
    return AppraisalView(
        money("npv", npv, low, high),
        unknown("roi", "x"),
        Figure("payback", payback, "", *ends) if payback else unknown("payback", "x"),
        unknown("irr", "x"),
        unknown("forward_npv", "x"),
        chance,
        None,
        None,
        100_000,
        DAY,
        horizon,
        1,
        10_000,
        why_not=why,
    )


def epic_report(outcomes=(), cost=50_000_000, confirmed=None, low=None, *, obligation=False, **plan):
    delivered, deadline = plan.pop("delivered", DAY), plan.pop("deadline", None)
    name = plan.pop("name", "Guided setup")
    epic = Epic("e", name, "t", EpicKind.FEATURE, date(2015, 1, 1), delivered, 500_000, obligation)
    row = EpicRow(epic, "T", money("epic_cost", cost), tuple(outcomes))
    unsaid = money("expected_sum", None)
    view = EpicView(
        EpicPlan("e", **plan), "", (), (), (), (), (), money("confirmed_so_far", confirmed, low, confirmed),
        unsaid, unsaid, view_of_worth(),
    )  # fmt: skip
    its = Obligation("e", ObligationKind.LAW, deadline) if deadline else None
    judged = judge(deadline, delivered, None, date(2015, 3, 29))
    must = ObligationRow(epic, "T", "", its, judged, money("obligation_penalty", None), row.cost)
    return EpicReport(1, CODE, None, row, view, (), must if obligation else None)


@pytest.mark.parametrize(
    ("given", "rule", "text"),
    [
        (
            epic_report(ended_on=DAY, ended_by=Ending.WRITTEN_OFF),
            "epic-ended",
            "Guided setup was written off after £500k of cost; its gain counts nothing",
        ),
        (
            epic_report(ended_on=DAY, ended_by=Ending.CANCELLED, cost=None),
            "epic-ended",
            "Guided setup was cancelled; its gain counts nothing",
        ),
        (
            epic_report(obligation=True, deadline=DAY),
            "epic-obligation",
            "Guided setup, an obligation, has cost £500k; met on the day",
        ),
        (
            epic_report(obligation=True, deadline=date(2015, 3, 30)),
            "epic-obligation",
            "Guided setup, an obligation, has cost £500k; met 1 day after its deadline",
        ),
        (
            epic_report(obligation=True, deadline=DAY, delivered=None, cost=None),
            "epic-obligation",
            "Guided setup, an obligation, has no cost yet; due in 2 days",
        ),
        (
            epic_report(obligation=True, due_on=DAY, delivered=None),
            "epic-obligation",
            "Guided setup, an obligation, has cost £500k; no deadline recorded",
        ),
        (
            epic_report(
                obligation=True, deadline=date(2015, 3, 30), name="Invoices as companies must have them"
            ),
            "epic-obligation-date",
            "Invoices as companies must have them, an obligation: met 1 day after its deadline",
        ),
        (epic_report(), "epic-no-outcome", "Guided setup has cost £500k; no outcome is recorded yet"),
        (epic_report(cost=None), "epic-no-outcome", "Guided setup: no outcome is recorded yet"),
        (
            epic_report([outcome_row(actual="", state="overdue"), UNREAD]),
            "epic-due",
            "Guided setup has cost £500k; one reading is overdue",
        ),
        (
            epic_report(
                [outcome_row(actual="", state="overdue"), outcome_row(actual="", state="reading due")]
            ),
            "epic-due",
            "Guided setup has cost £500k; two readings are due",
        ),
        (
            epic_report([outcome_row()], confirmed=70_000_000, low=50_000_000),
            "epic-back",
            "Guided setup has paid back: £700k confirmed beside £500k of cost",
        ),
        (
            epic_report([outcome_row()], confirmed=70_000_000, low=49_999_999),
            "epic-one-read",
            "Guided setup has cost £500k; the promise was met",
        ),
        (
            epic_report([outcome_row("not")]),
            "epic-one-read",
            "Guided setup has cost £500k; the expected effect did not show",
        ),
        (
            epic_report([outcome_row("partly", state="written off")]),
            "epic-written-off",
            "Guided setup has cost £500k; its outcome was written off",
        ),
        (
            epic_report([outcome_row("partly", state="written off", ended_as="dropped")]),
            "epic-written-off",
            "Guided setup has cost £500k; its outcome was dropped",
        ),
        (
            epic_report([outcome_row("partly", state="written off"), outcome_row()]),
            "epic-landed",
            "Guided setup: 1 of 2 read outcomes landed; it has cost £500k",
        ),
        (epic_report([UNREAD]), "epic-not-read", "Guided setup has cost £500k; its effect is not read yet"),
        (
            epic_report([outcome_row(), outcome_row("partly")]),
            "epic-landed",
            "Guided setup: 1 of 2 read outcomes landed; it has cost £500k",
        ),
        (
            epic_report([outcome_row("cannot_tell")]),
            "epic-landed",
            "Guided setup: 0 of 1 read outcomes landed; it has cost £500k",
        ),
    ],
)
def test_epic(given, rule, text):
    said = titles.epic(given)
    assert (said.rule_id, said.text) == (rule, text)


def test_a_long_name_leaves_room_for_the_claim():
    given = epic_report()
    epic = replace(given.row.epic, name="An epic with a name that goes on and on and never ends")
    text = titles.epic(replace(given, row=replace(given.row, epic=epic))).text
    assert text == "An epic with a name that goes on and on… has cost £500k; no outcome is recorded yet"


@pytest.mark.parametrize(
    ("view", "rule", "text"),
    [
        (view_of_worth(why="not read"), "worth-unknown", "What it is worth cannot be said yet"),
        (
            view_of_worth(100_000, 0, 300_000),
            "worth-clear",
            "It is worth £1.00k after all cost, and pays back in 9 months (7–13 months)",
        ),
        (
            view_of_worth(100_000, 0, 300_000, ends=(9, 9)),
            "worth-clear",
            "It is worth £1.00k after all cost, and pays back in 9 months",
        ),
        (
            view_of_worth(100_000, -1, 300_000, 800_000),
            "worth-likely",
            "It is likely to pay back, worth £1.00k (−£0.01 to £3.00k) after all cost",
        ),
        (
            view_of_worth(100_000, -100_000, 300_000, 799_999),
            "worth-open",
            "Too close to call: worth £1.00k (−£1.00k to £3.00k) after all cost",
        ),
        (
            view_of_worth(-200_000, -300_000, -1, 0, payback=None),
            "worth-loss",
            "It is not likely to pay back within 3 years: −£2.00k after all cost",
        ),
        (
            view_of_worth(-200_000, -300_000, 0, 200_000, payback=None, horizon=30),
            "worth-unlikely",
            "It is not likely to pay back within 30 months",
        ),
        (
            view_of_worth(-200_000, -300_000, 0, 200_001, payback=None),
            "worth-open",
            "Too close to call: worth −£2.00k (−£3.00k to £0) after all cost",
        ),
    ],
)
def test_likely_is_said_only_for_eight_in_ten(view, rule, text):
    said = titles.appraisal(view)
    assert (said.rule_id, said.text) == (rule, text)


def test_v22_a_teams_appraisal_is_of_its_epics_and_says_so():
    said = titles.appraisal(view_of_worth(100_000, 0, 300_000), of_a_team=True)
    assert (
        said.text == "Its epics are worth £1.00k after their own cost, and pay back in 9 months (7–13 months)"
    )


# Initiatives


def initiative_row(cost=50_000_000, approved=None, confirmed=None, epics=2):
    return InitiativeRow(
        Initiative("i", "Enrol with ease", "Olga"), epics, 1, money("initiative_cost", cost),
        money("approved_cost", approved), money("confirmed_so_far", confirmed), 1, 3, 0,
    )  # fmt: skip


def initiative_report(**more):
    nothing = money("promised_month", None)
    return InitiativeReport(
        1, CODE, None, initiative_row(**more), (), (), nothing, nothing, (), view_of_worth(), ()
    )


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({"epics": 0}, "Enrol with ease: no epic belongs to it yet"),
        ({"cost": None}, "Enrol with ease: 1 of 3 outcomes are read"),
        ({"approved": 49_999_000}, "Enrol with ease has cost £10.00 more than approved"),
        ({"approved": 50_000_000}, "Enrol with ease has cost £500k of £500k approved"),
        ({"confirmed": 7_000_000}, "Enrol with ease has cost £500k; finance has confirmed £70.0k of cash"),
        ({}, "Enrol with ease has cost £500k; no cost was approved"),
    ],
)
def test_initiative(more, text):
    assert titles.initiative(initiative_report(**more)).text == text


def test_t8_what_an_initiative_cost_beyond_what_was_approved_opens_its_own_trace():
    said = titles.initiative(initiative_report(approved=49_999_000)).known
    assert ("£10.00", "over_approved initiative=i") in told.pieces(said)


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([], "No initiative is recorded yet"),
        ([{}], "One initiative; no cost was approved"),
        ([{"approved": 50_000_000}, {}], "Two initiatives; none has cost more than was approved"),
        ([{"approved": 49_999_999}, {}], "Two initiatives; 1 has cost more than was approved"),
    ],
)
def test_initiatives(rows, text):
    given = InitiativesReport(
        1, CODE, tuple(initiative_row(**row) for row in rows), money("without_initiative", 0)
    )
    assert titles.initiatives(given).text == text


# What value rests on


@pytest.mark.parametrize(
    ("lines", "drivers", "rule"),
    [
        (0, 0, "worth-nothing"),
        (0, 1, "worth-no-line"),
        (1, 0, "worth-no-driver"),
        (1, 1, "worth"),
    ],
)
def test_the_title_says_which_of_lines_and_drivers_are_missing(lines, drivers, rule):
    assert worth(lines, drivers).rule_id == rule


def test_one_line_caps_and_several_cap():
    assert worth(1, 1).text == (
        "One finance line caps what may be claimed; one driver says what a unit is worth"
    )
    assert worth(4, 18).text == (
        "Four finance lines cap what may be claimed; 18 drivers say what a unit is worth"
    )
