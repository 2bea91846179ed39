"""Of many teams the table of actual and plan shows the dozen that are farthest from their plan."""

from types import SimpleNamespace

import pytest

from roi.ui.views import teams_cost


def _rows(*apart):
    figures = [SimpleNamespace(value=value) for value in apart]
    return [SimpleNamespace(name=f"t{at}", variance=one) for at, one in enumerate(figures)]


@pytest.mark.parametrize("count", [1, 12])
def test_a_dozen_teams_are_all_shown(count):
    rows = _rows(*range(count))
    assert teams_cost.first_of(rows) == (rows, [])


def test_of_more_the_farthest_from_their_plan_are_shown_in_the_order_of_the_table():
    rows = _rows(None, *range(-6, 7))
    shown, folded = teams_cost.first_of(rows)
    assert [row.variance.value for row in shown] == [-6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6]
    assert [row.variance.value for row in folded] == [None, 0]
