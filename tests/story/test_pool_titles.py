"""Rule V8, law T4: every part of a measured movement is said, and the printed parts make it."""

import pytest

from roi.domain.benefits import COUNTED_ONCE
from roi.reports.shapes.value import PoolRow
from roi.story import pool_titles
from tests.charts import value_views as made

ONE = (("o1", 1_042_342_70, ""),)


def pool(movement, counted, removed, claims):
    amounts = [made.money(amount) for amount in (movement, counted, removed, movement - counted)]
    return PoolRow("p", "m", "Margin", "Schools", *amounts, False, claims)


@pytest.mark.parametrize(
    ("found", "outcome", "told"),
    [
        (
            pool(1_876_800_00, 1_042_342_70, 83_737_30, ONE),
            "o1",
            "$1.042M counts, $0.084M overlap is removed and $0.751M is not due to this work.",
        ),
        (pool(1_000_00, 1_000_00, 0, ONE), "o1", "Of $1.00k in the period $1.00k counts."),
        (
            pool(
                2_754_000_00,
                1_424_000_00,
                90_000_00,
                (("o1", 1_424_000_00, ""), ("o2", 0, f"{COUNTED_ONCE}o1")),
            ),
            "o2",
            "$1.42M with the other claim, $0.09M overlap is removed and $1.24M is not due to any of them.",
        ),
        (
            pool(100_00, 0, 0, (("o1", 0, "dropped after the reading"),)),
            "o1",
            "$0 counts and $100 is claimed in vain or not due to this work.",
        ),
        (
            pool(-100_00, -80_00, 0, (("o1", -80_00, ""),)),
            "o1",
            "Of −$100 in the period −$80 counts and −$20 is not due to this work.",
        ),
    ],
)
def test_t4_every_part_of_a_movement_is_said(found, outcome, told):
    assert pool_titles.parts(found, outcome).endswith(told)
