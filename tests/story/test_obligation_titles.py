"""The claim over the obligations is true on each side of each boundary, and gives no verdict (rule V15)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from roi.domain.figures import Figure, unknown
from roi.domain.obligations import Obligation, ObligationKind, judge
from roi.domain.structure import Epic, EpicKind
from roi.reports.shapes.obligations import ObligationRow
from roi.story import obligation_titles
from roi.story.rules import MOST_LETTERS

TODAY = date(2027, 2, 2)


def row(due=None, delivered=None, ended=None):
    """An obligation due so many days from today, delivered so many days after its deadline."""
    deadline = None if due is None else TODAY + timedelta(due)
    day = None if delivered is None else (deadline or TODAY) + timedelta(delivered)
    epic = Epic("a", "A", "t", EpicKind.RISK, date(2026, 1, 5), day, 100_000, True)
    its = None if deadline is None else Obligation("a", ObligationKind.LAW, deadline)
    judged = judge(deadline, day, ended, TODAY)
    cost = Figure("epic_cost", 100, currency="USD")
    return ObligationRow(epic, "T", "", its, judged, unknown("obligation_penalty", "none"), cost)


def planned_after(days):
    """One that is due in 40 days and whose own plan delivers it so many days after its deadline."""
    return replace(row(40), planned_on=TODAY + timedelta(40 + days))


MET, LATE, UNDATED = row(-90, -3), row(-90, 2), row()
ENDED = row(9, ended=date(2027, 1, 1))


@pytest.mark.parametrize(
    ("rows", "rule", "text"),
    [
        ([], "none", "No epic here is marked as an obligation"),
        (
            [row(40), row(50), MET, MET, LATE],
            "next",
            "Two of five obligations are not met yet; the next is due on 14 Mar 2027, in 40 days",
        ),
        ([row(1), MET], "next", "One of two obligations is not met yet; it is due on 3 Feb 2027, in 1 day"),
        ([row(0), MET], "next", "One of two obligations is not met yet; it is due today"),
        ([row(-1), MET], "overdue", "One of two obligations is not met yet; it is overdue by 1 day"),
        (
            [row(-12), row(3), MET],
            "overdue",
            "Two of three obligations are not met yet; one is overdue by 12 days",
        ),
        (
            [row(-12), row(-3)],
            "overdue",
            "Two obligations are not met yet; two are overdue, the longest by 12 days",
        ),
        ([row(40)], "next", "One obligation is not met yet; it is due on 14 Mar 2027, in 40 days"),
        ([UNDATED], "undated", "One obligation is not met yet; its deadline is not recorded"),
        (
            [UNDATED, UNDATED, MET],
            "undated",
            "Two of three obligations are not met yet; their deadlines are not recorded",
        ),
        (
            [UNDATED, row(40)],
            "next",
            "Two obligations are not met yet; the next is due on 14 Mar 2027, in 40 days",
        ),
        ([MET], "in-time", "One obligation is met, by the deadline"),
        ([MET, row(-1, 0)], "in-time", "Both obligations are met, by the deadline"),
        ([LATE], "late", "One obligation is met, 2 days after its deadline"),
        ([MET, LATE], "late", "Both obligations are met; one came after its deadline"),
        ([LATE, LATE], "late", "Both obligations are met; two came after their deadline"),
        ([MET, row(delivered=0)], "met", "Both obligations are met"),
        ([MET, MET, row(-1, 0)], "in-time", "All three obligations are met, by the deadline"),
        ([MET, ENDED], "ended", "No obligation is open; one of two obligations ended before delivery"),
        (
            [row(5), ENDED],
            "next",
            "One of two obligations is not met yet; it is due on 7 Feb 2027, in 5 days",
        ),
    ],
)
def test_v15_the_claim_over_the_list(rows, rule, text):
    said = obligation_titles.obligations(rows)
    assert (said.rule_id, said.text) == (f"obligations-{rule}", text)


def test_v15_of_very_many_nothing_untrue_is_said_where_the_sentence_would_be_too_long():
    """`12,000 of 12,100 …, in 54,321 days` is too long for a title; that none has a deadline is not said."""
    rows = [row(54_321)] * 12_000 + [MET] * 100
    said = obligation_titles.obligations(rows)
    assert said.rule_id in {"obligations-next", "obligations-open"}
    assert len(said.text) <= MOST_LETTERS
    overdue = [row(-54_321)] * 12_000 + [row(3)] * 10 + [MET] * 100
    assert obligation_titles.obligations(overdue).rule_id in {"obligations-overdue", "obligations-open"}


@pytest.mark.parametrize(
    ("one", "text"),
    [
        (row(24), "due in 24 days"),
        (row(1), "due in 1 day"),
        (row(0), "due today"),
        (row(-1), "overdue by 1 day"),
        (UNDATED, "no deadline recorded"),
        (row(-90, -29), "met 29 days before its deadline"),
        (row(-90, 0), "met on the day"),
        (row(-90, 1), "met 1 day after its deadline"),
        (row(delivered=0), "delivered, no deadline recorded"),
        (ENDED, "ended before it was delivered"),
    ],
)
def test_v15_how_one_stands_to_its_deadline(one, text):
    assert obligation_titles.on_date(one) == text


def test_v15_the_note_says_how_many_have_no_deadline_and_that_penalties_are_in_no_total():
    assert "no total" in obligation_titles.note([MET])
    assert "no deadline yet" not in obligation_titles.note([MET])
    assert "One has no deadline yet: it is recorded on its page." in obligation_titles.note([MET, UNDATED])
    assert "Two have no deadline yet: it is recorded on their pages." in obligation_titles.note(
        [UNDATED, UNDATED]
    )


def test_t7_in_brief_tells_the_penalty_as_the_report_does_and_as_recorded_where_that_is_unknown():
    with_one = replace(row(40).obligation, penalty_minor=4_000_000, currency="EUR")
    unknown_here = replace(row(40), obligation=with_one)
    converted = replace(unknown_here, penalty=Figure("obligation_penalty", 4_490_000, currency="USD"))
    assert obligation_titles.in_brief(unknown_here) == "law · 14 Mar 2027 · €40.0k if missed"
    assert obligation_titles.in_brief(converted) == "law · 14 Mar 2027 · $44.9k if missed"
    assert obligation_titles.in_brief(row(40)) == "law · 14 Mar 2027"
    assert obligation_titles.in_brief(UNDATED) == "T"


def test_v15_a_plan_that_misses_the_deadline_is_said_before_the_deadline_does():
    assert [obligation_titles.planned(planned_after(days)) for days in (-1, 0, 1, 12)] == [
        "due in 40 days",
        "due in 40 days",
        "due in 40 days; planned 1 day after",
        "due in 40 days; planned 12 days after",
    ]
    assert obligation_titles.on_date(planned_after(5)) == "due in 40 days; planned 5 days after its deadline"
    assert not replace(MET, planned_on=TODAY).planned_late
    assert not replace(UNDATED, planned_on=TODAY).planned_late


def test_v15_what_missed_its_deadline_or_will_is_counted_beneath_the_claim():
    told = obligation_titles.note([planned_after(3), MET, LATE])
    assert "One is planned after its deadline. One was met after its deadline." in told
    both = obligation_titles.note([planned_after(3), planned_after(9), LATE, LATE])
    assert "Two are planned after their deadlines. Two were met after their deadlines." in both
    assert "after" not in obligation_titles.note([planned_after(0), MET])


def test_v15_what_was_given_up_is_told_beneath_the_claim_that_does_not_count_it():
    assert "One was given up and never met." in obligation_titles.note([row(40), ENDED])
    assert "given up" not in obligation_titles.note([row(40), MET])
