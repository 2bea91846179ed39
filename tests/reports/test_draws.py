"""Many ranges at once, and what a P90 is never above: the same answers with fewer draws (V19)."""

import numpy as np
import pytest

from roi.domain.returns import Range
from roi.reports.value import draws
from roi.reports.value.draws import Drawn
from roi.reports.value.true_ups import NO_TRUE_UPS


class _Kept:
    """What is agreed, of which nothing but the draws is asked."""

    def __init__(self):
        self.ratios, self.claimed, self.true_ups = {}, {}, NO_TRUE_UPS


@pytest.fixture
def drawn(monkeypatch):
    """Draws of a hundred ratios, some of them the same in every world."""
    rng = np.random.default_rng(11)
    ratios = {(f"o{number}", 0): rng.lognormal(0, 1, 1_000).astype(np.float32) for number in range(100)}
    ratios["o7", 0] = np.ones(1_000, dtype=np.float32)
    monkeypatch.setattr(Drawn, "ratio", lambda _, outcome, level: ratios[outcome, level])
    monkeypatch.setattr(Drawn, "count", 1_000)
    monkeypatch.setattr(Drawn, "_stated", lambda *_: (0.5, 3))
    return Drawn(_Kept(), None)


def _groups(seed: int, most: int, *, signs: bool = True) -> list[dict[tuple[str, int], int]]:
    rng = np.random.default_rng(seed)
    low = -(10**9) if signs else 0
    return [
        {(f"o{number}", 0): int(rng.integers(low, 10**9)) for number in rng.permutation(100)[:count]}
        for count in rng.integers(1, most, 300).tolist()
    ]


def test_v19_ranges_of_many_sums_are_those_one_by_one_to_the_last_bit(drawn):
    every = _groups(1, 40)
    assert drawn.each(every) == [drawn.range(sums, sum(sums.values())) for sums in every]
    assert drawn.each([]) == []


def test_v19_one_stated_driver_keeps_what_was_stated_among_many(drawn):
    assert drawn.each([{("o1", 0): 10}, {("o1", 0): 1, ("o2", 0): 1}])[0] == Range(5, 10, 30)


@pytest.mark.parametrize("signs", [True, False])
def test_v19_no_p90_is_above_what_its_parts_add_at_most(drawn, signs):
    for sums in _groups(2, 60, signs=signs):
        amounts = np.array([*sums.values()])
        most = draws.highest(amounts, drawn.tails([*sums])).sum()
        assert np.quantile(drawn.sum(sums), 0.9, method="hazen") <= most * (1 + 1e-9) + 1


def test_v19_tails_are_the_means_of_the_lowest_and_the_highest_tenth(drawn):
    found = drawn.tails([("o1", 0), ("o7", 0), ("o1", 0)])
    inner = np.sort(drawn.ratio("o1", 0)).astype(np.float64)
    assert found[0].tolist() == pytest.approx([inner[:100].mean(), inner[-100:].mean()])
    assert found[1].tolist() == [1, 1]
    assert found[2].tolist() == found[0].tolist()
