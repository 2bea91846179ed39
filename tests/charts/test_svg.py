"""Small drawings: where their marks stand, and what they say."""

import re

from roi.charts import svg
from roi.charts.svg import Axis, Range

ONE = 1_000_000


def test_the_axis_holds_break_even_and_the_highest_range():
    assert svg.axis_for([None, 400_000]).top == 1_500_000
    assert svg.axis_for([1_680_000]).top == 2_000_000
    assert svg.axis_for([90 * ONE]).top == 5 * ONE


def test_all_intervals_of_a_table_share_one_scale():
    axis = Axis(2 * ONE)
    assert axis.x(0) == 8
    assert axis.x(ONE) == axis.width / 2
    assert axis.x(2 * ONE) == axis.width - 8
    assert axis.x(9 * ONE) == axis.width - 8


def test_an_interval_draws_low_point_and_high_and_says_them():
    drawn = svg.interval(Range(500_000, ONE, 1_500_000, "likely $0.50–$1.50"), Axis(2 * ONE))
    assert 'aria-label="likely $0.50–$1.50"' in drawn
    assert re.search(r'class="ci" x1="41.5" x2="108.5"', drawn)
    assert 'cx="75.0"' in drawn
    assert "▸" not in drawn
    assert "▸" in svg.interval(Range(0, ONE, 9 * ONE, "x"), Axis(2 * ONE))


def test_dots_count_read_overdue_and_waiting():
    drawn = svg.dots(2, 1, 4)
    assert [drawn.count(f'class="{kind}"') for kind in ("dot", "dotover", "dotmiss")] == [2, 1, 1]
    assert 'aria-label="2 of 4 read, 1 overdue"' in drawn
    assert "<svg" not in svg.dots(9, 0, 9)


def test_an_outcome_that_is_read_and_overdue_for_its_next_reading_is_one_dot():
    marks = ("dot", "dotagain", "dotover", "dotmiss")
    cases = (
        ((4, 1, 4, 1), [3, 1, 0, 0]),
        ((1, 1, 2, 1), [0, 1, 0, 1]),
        ((4, 1, 4), [3, 1, 0, 0]),
        ((1, 1, 3), [1, 0, 1, 1]),
        ((2, 2, 4, 1), [1, 1, 1, 1]),
    )
    for counts, kinds in cases:
        drawn = svg.dots(*counts)
        assert [drawn.count(f'class="{kind}"') for kind in marks] == kinds
