"""What may be said about freed capacity, on both sides of each boundary (V14, T3, T6)."""

from datetime import date
from decimal import Decimal

import pytest

from roi.domain.figures import Figure, unknown
from roi.reports.shapes.delay import FlowTime, FreedCapacity, SoonerRow
from roi.story import capacity_titles
from tests.story import reports as made

FROM = date(2015, 5, 28)
WITHOUT = "Without the work it would be 25 (20–30) longer, as estimated."
NONE = unknown("speed_worth", "nothing else waits")


def cost(value, low, high, reason=""):
    return Figure("speed_worth", value, reason, low, high, made.CODE, ())


def row(name="Search", months=387_011, worth=100):
    return SoonerRow(name.lower(), name, months, NONE, worth)


def freed(figure, *rows, **more):
    return FreedCapacity(3_000, "Onboarding", figure, FROM, rows or (row(),), **more)


@pytest.mark.parametrize(
    ("found", "rule"),
    [
        (freed(cost(5, 1, 9)), "freed-worth"),
        (freed(cost(5, 0, 9)), "freed-open"),
        (freed(cost(-5, -9, 1)), "freed-open"),
        (freed(cost(-5, -9, 0)), "freed-nothing"),
        (freed(cost(5, None, None)), "freed-neutral"),
        (freed(NONE), "freed-unknown"),
        (freed(NONE, has_landed=True), "freed-landed"),
    ],
)
def test_what_a_quarter_of_it_is_worth(found, rule):
    said = capacity_titles.worth(found)
    assert said.rule_id == rule
    assert not said.text.endswith(".")
    assert ("worth about" in capacity_titles.ahead(found)) is (rule == "freed-worth")


@pytest.mark.parametrize(
    ("milliweeks", "said"),
    [
        (1_000, "1 team-week a quarter"),
        (9_500, "9.5 team-weeks a quarter"),
        (500, "0.5 team-weeks a quarter"),
    ],
)
def test_how_many_weeks(milliweeks, said):
    assert capacity_titles.weeks(milliweeks) == said


def test_because_names_range_what_comes_sooner_and_what_is_left_out():
    many = [row(name, months) for name, months in (("A", 32_854), ("B", 500_000), ("C", 1), ("D", 9))]
    told = capacity_titles.because(freed(cost(5_000_00, 1_000_00, 9_000_00, "one is left out"), *many))
    assert "A 1 day sooner, B 15 days sooner and two more epics." in told
    assert told.endswith("One is left out. Expected, in no total.")
    assert "C less than a day sooner." in capacity_titles.because(freed(cost(5, 1, 9), many[2]))
    assert capacity_titles.because(freed(NONE)) == "Nothing else waits."


def test_beside_the_freed_weeks_each_is_told_with_its_reason():
    assert capacity_titles.ahead(freed(NONE)) == (
        "3 team-weeks a quarter of Onboarding are expected from 28 May 2015; "
        "what they are worth is not known: nothing else waits."
    )
    assert "not expected to be worth anything" in capacity_titles.ahead(freed(cost(-5, -9, 0)))
    assert "too close to call" in capacity_titles.ahead(freed(cost(5, 0, 9)))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "46 hours at the baseline, 12 (6–20) promised; not read yet."),
        (
            {"actual": Decimal(14), "read_on": FROM},
            "14 hours, read 28 May 2015, against a baseline of 46: 32 shorter; 12 (6–20) promised.",
        ),
        ({"actual": Decimal(46)}, "46 hours against a baseline of 46: no change; 12 (6–20) promised."),
        ({"actual": Decimal("46.5")}, "46.5 hours against a baseline of 46: 0.5 longer; 12 (6–20) promised."),
        (
            {"actual": Decimal(14), "shorter": (Decimal(20), Decimal(25), Decimal(30))},
            f"14 hours against a baseline of 46: 32 shorter; 12 (6–20) promised. {WITHOUT}",
        ),
    ],
)
def test_v14_a_flow_time_is_told_beside_its_baseline_or_what_would_have_been(more, said):
    promised = Decimal(20), Decimal(12), Decimal(6)
    found = FlowTime("o", "hours to learners", "hours", Decimal(46), promised, **more)
    assert capacity_titles.flow(found) == f"Flow time, hours to learners: {said}"


def test_t3_where_no_flow_time_is_measured_that_is_said():
    assert capacity_titles.flow(None) == "No flow time is measured beside it."
