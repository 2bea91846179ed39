"""What a value stream is worth over its life, said on both sides of every boundary and for a long name."""

from dataclasses import replace

import pytest

from roi.reports.booked.returned import PASSES_ON
from roi.story import titles, told
from tests.story.test_outcome_titles import view_of_worth

LONG = "International enrolment of companies and schools"


@pytest.mark.parametrize(
    ("view", "rule", "text"),
    [
        (
            view_of_worth(why=PASSES_ON),
            "life-serves",
            "Enrolment has no verdict over its life: its value is booked by the teams it serves",
        ),
        (
            view_of_worth(why="no outcome says what it should bring"),
            "life-unknown",
            "What the epics of Enrolment are worth cannot be said",
        ),
        (
            view_of_worth(100_000, 0, 300_000, 1_000_000),
            "life-clear",
            "Over their life the epics of Enrolment are worth £1.00k, likely £0–£3.00k",
        ),
        (
            view_of_worth(100_000, -1, 300_000, 800_000),
            "life-likely",
            "Over their life the epics of Enrolment are likely to pay back, worth £1.00k",
        ),
        (
            view_of_worth(100_000, -1, 300_000, 799_999),
            "life-open",
            "Over their life the epics of Enrolment are worth £1.00k; too close to call",
        ),
        (
            view_of_worth(-200_000, -300_000, -1, 500_000),
            "life-unlikely",
            "Over their life the epics of Enrolment are not likely to pay back: −£2.00k",
        ),
        (
            view_of_worth(-200_000, -300_000, 0, 200_001),
            "life-open",
            "Over their life the epics of Enrolment are worth −£2.00k; too close to call",
        ),
        (
            view_of_worth(-200_000, -300_000, 0, 200_000),
            "life-unlikely",
            "Over their life the epics of Enrolment are not likely to pay back: −£2.00k",
        ),
    ],
)
def test_likely_is_said_only_for_eight_in_ten(view, rule, text):
    said = titles.life("Enrolment", view)
    assert (said.rule_id, said.text) == (rule, text)


@pytest.mark.parametrize(
    ("view", "rule"),
    [
        (view_of_worth(why=PASSES_ON), "life-serves-short"),
        (view_of_worth(100_000, 0, 300_000, 1_000_000), "life-clear-short"),
        (view_of_worth(100_000, -1, 300_000, 800_000), "life-likely-short"),
        (view_of_worth(-200_000, -300_000, -1, 0), "life-unlikely-short"),
        (view_of_worth(100_000, -1, 300_000), "life-open-short"),
    ],
)
def test_a_long_name_leaves_out_an_amount_and_never_turns_a_claim_round(view, rule):
    said = titles.life(LONG, view)
    assert said.rule_id == rule
    assert "International enrolment of co…" in said.text


def test_without_a_range_the_likely_amount_stands_alone():
    view = view_of_worth(100_000, 100_000, 100_000, 1_000_000)
    bare = replace(view, npv=replace(view.npv, low=0, high=None))
    assert titles.life("Enrolment", bare).text == "Over their life the epics of Enrolment are worth £1.00k"


def test_the_amount_opens_how_we_know():
    said = titles.life("Enrolment", view_of_worth(100_000, 0, 300_000, 1_000_000))
    assert [figure for _, figure in told.pieces(said.known) if figure] == ["npv"]
