"""The registry of figures (law T7)."""

import re

import pytest

from roi.domain.figures import REGISTRY, Figure, unknown


@pytest.mark.parametrize("definition", REGISTRY.values(), ids=str)
def test_t7_every_figure_is_defined_in_words(definition):
    assert definition.name
    assert definition.meaning.endswith(".")
    assert definition.does_not_say.endswith(".")
    assert definition.better in {"up", "down", "neither"}
    assert re.search(r"\{\w+\}", definition.formula), "a formula shows its numbers"


def test_t3_an_unknown_figure_has_a_reason_and_no_value():
    figure = unknown("team_cost", "no costs yet")
    assert (figure.value, figure.is_known, figure.reason) == (None, False, "no costs yet")
    assert Figure("team_cost", 0).is_known
