"""Titles over charts inside a page, on both sides of each boundary; the words of pages above them agree."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from roi.domain.figures import Figure
from roi.reports.shapes import PartRow
from roi.reports.shapes.value import MomentRow
from roi.story import section_titles, told
from tests.charts.value_views import outcome, outcome_row
from tests.story.test_cost_titles import plan_row
from tests.story.test_titles import team_report

GIVER = (PartRow("received", "Platform", 5),)


def planned(share, actual=103_000):
    """A plan of £1,000 by month, and how far the actual is from it."""
    row = plan_row(actual)
    share_of = Figure("plan_share", share, currency="GBP")
    return replace(row, share=share_of, by_month=(50_000, 50_000))


@pytest.mark.parametrize(
    ("changes", "rule", "text"),
    [
        ({"plan": planned(30_000)}, "months-plan", "Own cost is within 3% of the plan of £1.00k"),
        ({"plan": planned(30_001)}, "months-plan", "Own cost is £30.00 (3.0%) above plan"),
        ({"plan": planned(-45_000, 95_500)}, "months-plan", "Own cost is £45.00 (4.5%) below plan"),
        ({"by_month": (100, 301)}, "months-each", "Cost averages £2.00 a month over two months"),
        (
            {"by_month": (100, None, 300), "by_month_own": (50, None, 150), "givers": GIVER},
            "months-each",
            "Own cost averages £1.00 a month over two months",
        ),
        ({"by_month": (100, None)}, "months-neutral", "Cost by month"),
    ],
)
def test_the_columns_of_a_team_say_how_they_stand(changes, rule, text):
    said = section_titles.months(replace(team_report(), **changes))
    assert (said.rule_id, said.text) == (rule, text)


def test_t8_the_average_of_a_month_opens_its_own_trace():
    report = replace(team_report(), by_month=(100, 301))
    assert ("£2.00", f"team_cost_month team={report.team.key}") in told.pieces(
        section_titles.months(report).known
    )


def moment(day, label, state):
    return MomentRow(date(2026, day, 1), label, state)


DONE = (moment(1, "started", "done"), moment(3, "delivered", "done"), moment(4, "read", "read"))
LATE, DUE = moment(6, "3-month reading", "overdue"), moment(7, "6-month renewal", "due")
NEXT, DROPPED = moment(9, "delivery agreed", "to come"), moment(8, "dropped", "ended")


@pytest.mark.parametrize(
    ("moments", "rule", "text"),
    [
        ((*DONE, LATE, DUE, NEXT), "way-overdue", "Overdue since 1 Jun 2026: the 3-month reading"),
        ((*DONE, DUE, NEXT), "way-due", "Due since 1 Jul 2026: the 6-month renewal"),
        ((*DONE, DROPPED, NEXT), "way-to-come", "Next on 1 Sep 2026: delivery"),
        ((*DONE, DROPPED), "way-ended", "Ended on 1 Aug 2026: dropped"),
        (DONE, "way-done", "Nothing more is due; read on 1 Apr 2026 was the last"),
        ((), "way-neutral", "From agreed to closed"),
    ],
)
def test_a_way_says_what_is_late_first_then_what_comes_next(moments, rule, text):
    said = section_titles.way(moments)
    assert (said.rule_id, said.text) == (rule, text)


def read(landed):
    return outcome_row("a", outcome=outcome("a", actual=Decimal(80)), landed=landed)


@pytest.mark.parametrize(
    ("rows", "latest", "text"),
    [
        ([outcome_row("a", landed="")], False, "No outcome of these is read yet"),
        ([read("met"), outcome_row("b", landed="")], False, "1 of 1 read outcome landed"),
        ([read("met"), read("partly"), read("not")], False, "1 of 3 read outcomes landed"),
        ([read("met")] * 12, True, "12 of the 12 latest read outcomes landed"),
    ],
)
def test_promises_say_how_many_landed(rows, latest, text):
    assert section_titles.promises(rows, latest=latest).text == text
