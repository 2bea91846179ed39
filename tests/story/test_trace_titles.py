"""The title of a trace: what the figure comes to and from what, on both sides of each boundary."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from roi.domain.figures import Figure, unknown
from roi.reports.shapes import Books, FileShare, PartRow, TraceReport
from roi.story import trace_titles
from tests.story.test_outcome_titles import UNREAD

COST = Figure("team_cost", 838_468_221, currency="USD")
FILE = FileShare(1, "a.csv", "", datetime(2026, 11, 26, tzinfo=UTC), "Fay", 3, 838_468_221)
FOUND = TraceReport(
    version=1,
    figure=COST,
    title="Own cost",
    span=None,
    currency="USD",
    files=(FILE, FILE),
    lines=(),
    total_lines=6,
    lines_hidden="",
    outcomes=(),
    books=Books.AGREE,
    sums_agree=True,
)
PLATFORM = PartRow("received", "Platform", 5)
PART = {"title": "Part of the cost"}
LONG = "Own cost: " + "A team with a very long name " * 4


@pytest.mark.parametrize(
    ("changes", "rule", "text"),
    [
        ({}, "trace-from", "“Own cost” comes to $8.38M, from two files"),
        (
            {"parts": (PLATFORM,)},
            "trace-from",
            "“Own cost” comes to $8.38M, from two files and one part",
        ),
        (
            {"parts": (replace(PLATFORM, kind="value"),), "files": ()},
            "trace-value",
            "“Own cost” comes to $8.38M",
        ),
        (
            {"title": "Own cost: Data"},
            "trace-from",
            "“Own cost: Data” comes to $8.38M, from two files",
        ),
        (
            {"sums_agree": False},
            "trace-open",
            "“Own cost” comes to $8.38M, but its sources do not add up to it",
        ),
        (
            {
                "title": "Confirmed cash value",
                "figure": unknown("confirmed_cash", "dropped after the reading"),
            },
            "trace-none",
            "“Confirmed cash value” is none: dropped after the reading",
        ),
        (
            {"title": "Confirmed cash value", "figure": unknown("confirmed_cash", "dropped " + "and " * 40)},
            "trace-none-short",
            "“Confirmed cash value” is none",
        ),
        (
            {"figure": unknown("team_cost", "no cost in the period")},
            "trace-unknown-because",
            "“Own cost” is not known: no cost in the period",
        ),
        ({"figure": unknown("team_cost", "because " * 12)}, "trace-unknown", "“Own cost” is not known"),
        (
            {"figure": replace(COST, scope=(("part", "202604"),))},
            "trace-from",
            "“Own cost: started in Q2 2026” comes to $8.38M, from two files",
        ),
        (
            {"figure": Figure("cost_part", 5_000, currency="USD", scope=(("part", "intent:grow"),)), **PART},
            "trace-from",
            "“Part of the cost: grow” comes to $50.00, from two files",
        ),
        (
            {"figure": Figure("cost_part", 5_000, currency="USD", scope=(("part", "area:"),)), **PART},
            "trace-from",
            "“Part of the cost: area not said” comes to $50.00, from two files",
        ),
        (
            {"figure": Figure("suspense_part", 5_000, currency="USD", scope=(("part", "erp ·  · why"),))}
            | {"title": "On no team yet, by name"},
            "trace-from",
            "“On no team yet, by name: erp, why” comes to $50.00, from two files",
        ),
        (
            {"title": LONG},
            "trace-long",
            "“Own cost: A team with a very long name A team w…” comes to $8.38M",
        ),
    ],
)
def test_t8_the_title_of_a_trace_says_what_the_figure_comes_to(changes, rule, text):
    said = trace_titles.trace(replace(FOUND, **changes))
    assert (said.rule_id, said.text) == (rule, text)


def test_outcomes_that_count_nothing_are_not_told_as_what_a_figure_comes_from():
    figure = replace(COST, inputs=(("outcomes", 5), ("confirmed", 838_468_221)))
    said = trace_titles.trace(replace(FOUND, figure=figure, files=(), outcomes=(UNREAD,) * 11))
    assert said.text == "“Own cost” comes to $8.38M, from five outcomes"
