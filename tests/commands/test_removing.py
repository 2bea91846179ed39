"""What value rests on can be removed, unless something still uses it (V7, V8); undo brings it back (T9)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from roi.commands import anticipating, drivers, finance_lines, initiatives, undo
from roi.domain.structure import ValueBasis
from roi.domain.value import Initiative, LineMonth, OutcomePlan, SuccessMeasure
from roi.errors import ConflictError, NotAllowedError, RefusedError, UnknownKeyError
from roi.store import read_value
from tests import kept_company, saving
from tests.commands.test_promises import CELLS, DRIVER, EPIC, INPUTS, LINE, OUTCOME

THERE = {("growth", "all")}
"""The segment that the small company has before."""
MONTHS = (LineMonth("margin", "schools", 202601, 1, 2), LineMonth("margin", "rest", 202601, 1, 2))


@pytest.fixture(scope="module")
def begun(built, tmp_path_factory, una):
    """A line of two segments with a month each, and a driver."""

    def grow(store):
        finance_lines.save_lines(store, una, [LINE], CELLS)
        finance_lines.save_line_months(store, una, MONTHS)
        drivers.save_drivers(store, una, [DRIVER], INPUTS)

    return kept_company.grown(built, tmp_path_factory.mktemp("removing"), grow)


@pytest.fixture
def store(begun, tmp_path):
    with kept_company.opened(begun, tmp_path / "company") as company:
        yield company.store


def values(store):
    with store.snapshot() as cursor:
        return read_value.values(cursor)


def claim(store, una):
    """An outcome that is claimed on the schools' margin and worth what the driver says."""
    saving.save_epics(store, una, [EPIC])
    plan = OutcomePlan("found", line="margin", cell="schools", driver="learner")
    one = replace(OUTCOME, currency="USD", unit_value=Decimal(12))
    return anticipating.save_anticipated(store, una, one, plan)


def test_t9_a_line_goes_with_its_segments_and_months_and_comes_back_by_undo(store, una):
    receipt = finance_lines.remove_line(store, una, "margin")
    found = values(store)
    assert (set(found.lines), set(found.cells), found.line_months) == ({"growth"}, THERE, ())
    undo.undo(store, una, receipt.change_id)
    found = values(store)
    assert (set(found.lines), len(found.cells), len(found.line_months)) == ({"growth", "margin"}, 3, 2)


def test_v8_a_line_or_segment_that_is_claimed_on_stays_and_says_by_whom(store, una):
    claim(store, una)
    for remove, what in (
        (finance_lines.remove_line, "margin"),
        (finance_lines.remove_cell, ("margin", "schools")),
    ):
        with pytest.raises(RefusedError, match="still used by “learners who pay”"):
            remove(store, una, what)
    with pytest.raises(RefusedError, match="still used by “learners who pay”"):
        finance_lines.save_lines(store, una, [LINE], [], gone=[("margin", "schools")])
    finance_lines.remove_cell(store, una, ("margin", "rest"))
    assert set(values(store).cells) == {("margin", "schools"), *THERE}
    assert values(store).line_months == (MONTHS[0],)


def test_v8_a_segment_may_go_where_another_takes_its_place(store, una):
    """Schools leave their cell for another, in one change."""
    taken = replace(CELLS[1], segments=frozenset({"schools"}))
    finance_lines.save_lines(store, una, [], [taken], gone=[("margin", "schools")])
    found = values(store).cells
    assert (set(found), found["margin", "rest"]) == ({("margin", "rest"), *THERE}, taken)


def test_a_month_that_is_emptied_goes(store, una):
    finance_lines.save_line_months(store, una, [], gone=[("margin", "rest", 202601)])
    assert values(store).line_months == (MONTHS[0],)


def test_v7_a_driver_goes_with_its_inputs_unless_an_outcome_is_worth_what_it_says(store, una, owner):
    made = claim(store, una)
    with pytest.raises(RefusedError, match="still used by “learners who pay”"):
        drivers.remove_driver(store, una, "learner")
    undo.undo(store, una, made.change_id)
    with pytest.raises(NotAllowedError):
        drivers.remove_driver(store, owner, "learner")
    drivers.remove_driver(store, una, "learner")
    assert (values(store).drivers, values(store).inputs) == ({}, {})
    own = replace(DRIVER, key="own", name="My own", basis=ValueBasis.ASSUMED)
    drivers.save_drivers(store, owner, [own], [replace(one, driver="own") for one in INPUTS])
    drivers.remove_driver(store, owner, "own")
    assert values(store).drivers == {}


def test_v9_a_success_measure_goes(store, una):
    initiatives.save_initiatives(store, una, [Initiative("a", "A", "Olga")])
    initiatives.save_measures(store, una, [SuccessMeasure(key, "a", "", key.upper()) for key in "mn"])
    initiatives.save_measures(store, una, [SuccessMeasure("n", "a", "", "Name")], gone=["m"])
    assert [(one.key, one.name) for one in values(store).measures] == [("n", "Name")]


def test_what_somebody_changed_meanwhile_is_not_removed_unseen(store, una, finance):
    seen = store.version
    finance_lines.save_line_months(store, finance, [replace(MONTHS[0], actual=5)])
    with pytest.raises(ConflictError):
        finance_lines.remove_line(store, una, "margin", based_on=seen)
    drivers.save_drivers(store, finance, [replace(DRIVER, source="page 9")], [])
    with pytest.raises(ConflictError):
        drivers.remove_driver(store, una, "learner", based_on=seen)


def test_what_is_not_there_cannot_be_removed(store, una):
    for remove, what in (
        (finance_lines.remove_line, "x"),
        (finance_lines.remove_cell, ("margin", "x")),
        (drivers.remove_driver, "x"),
    ):
        with pytest.raises(UnknownKeyError):
            remove(store, una, what)
