"""Rows become records a column at a time, each cell as its type says (decision D4)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from roi.domain.structure import Grade
from roi.store.records import made


@dataclass(frozen=True, slots=True)
class Thing:
    key: str
    amount: int
    level: Decimal | None
    on: date | None
    grade: Grade
    parts: frozenset[str]


NAMES = ("thing", "on", "grade", "parts", "level", "amount", "added_by")
ROW = ("a", date(2026, 1, 2), "B", "x|y", "1.50", 7, 3)


def test_cells_are_read_by_name_whatever_their_order():
    bare = ("b", None, "E", "", "", 0, 4)
    assert made(Thing, NAMES, [ROW, bare], "thing") == [
        Thing("a", 7, Decimal("1.50"), date(2026, 1, 2), Grade.B, frozenset({"x", "y"})),
        Thing("b", 0, None, None, Grade.E, frozenset()),
    ]
    assert made(Thing, NAMES, []) == []


@pytest.mark.parametrize("amount", [1.0, "1", None])
def test_d4_an_amount_that_is_no_whole_number_is_refused(amount):
    with pytest.raises(TypeError, match="whole number"):
        made(Thing, NAMES, [(*ROW[:5], amount, 3)], "thing")


def test_a_word_outside_the_vocabulary_is_refused():
    with pytest.raises(ValueError, match="Z"):
        made(Thing, NAMES, [(ROW[0], ROW[1], "Z", *ROW[3:])], "thing")
