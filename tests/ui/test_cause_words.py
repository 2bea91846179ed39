"""What a card and the closing note say of the cause of a movement: as far as the evidence carries (T12)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from roi.domain import losses
from roi.domain.structure import Grade
from roi.domain.value import Landed, Reading
from roi.ui.outcomes import closing_note, promise
from tests.charts import value_views as made
from tests.ui.test_outcome_words import CLOSURE, detail, epic_report, text

READ_ON = date(2026, 9, 30)
WITHOUT_CLOSURE = detail(closure=None)


def row(actual="83", grade=Grade.B, **changes):
    its = made.outcome_row("o1")
    read = None if actual is None else Decimal(actual)
    return replace(its, outcome=replace(its.outcome, actual=read, read_on=READ_ON, grade=grade), **changes)


def read(effect, on=READ_ON):
    low, likely, high = (Decimal(end) for end in effect)
    return Reading(
        "o1", on, Decimal(83), Grade.B, "log", 0, 0, 0, effect_low=low, effect_likely=likely, effect_high=high
    )


def test_t12_a_result_is_told_with_its_epic_its_levels_and_its_grade():
    assert promise.cause(row(), WITHOUT_CLOSURE) == (
        "Guided first lesson contributed to the change in Share of o1, which went from 60% to 83% (grade B)"
    )
    assert promise.cause(row(actual=None), WITHOUT_CLOSURE) == "", "what is not read has no cause"


@pytest.mark.parametrize(("actual", "is_claimed"), [("60", False), ("59.9", False), ("60.1", True)])
def test_t12_what_did_not_move_the_promised_way_claims_no_cause(actual, is_claimed):
    assert bool(promise.cause(row(actual), WITHOUT_CLOSURE)) is is_claimed


def test_t12_a_measure_that_should_fall_is_claimed_when_it_falls():
    its = row("55")
    falling = replace(its, outcome=replace(its.outcome, direction="down"))
    assert "from 60% to 55%" in promise.cause(falling, WITHOUT_CLOSURE)


def test_d31_only_the_estimate_of_the_reading_that_is_told_counts():
    before = read((8, 12, 16), on=date(2026, 6, 30))
    assert "estimated" not in promise.cause(row(), detail(closure=None, readings=(before,)))
    told = promise.cause(row(), detail(closure=None, readings=(before, read((5, 9, 13)))))
    assert "its own part is estimated at 9 points (5–13)" in told


def test_v14_a_loss_that_nobody_counted_before_the_work_is_only_stated():
    told = promise.cause(row(why_not=losses.WHY), WITHOUT_CLOSURE)
    assert told.endswith("expects that Guided first lesson did it, and nothing is claimed (grade E)")


def test_t12_the_closing_note_says_the_cause_and_leaves_it_out_where_who_closed_it_saw_none():
    note = text(closing_note.page(row(), detail(), epic_report(row())))
    assert "went from 60% to 83% (grade B). Partly: a part of it came" in note
    unseen = detail(closure=replace(CLOSURE, landed=Landed.CANNOT_TELL))
    note = text(closing_note.page(row(), unseen, epic_report(row())))
    assert "contributed to" not in note
    assert "83%, met. Cannot tell" in note
