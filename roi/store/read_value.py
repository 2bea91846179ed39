"""Reading what is agreed about value: the stored rows as the records of `roi.domain.value`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

from roi.domain import value
from roi.domain.obligations import Met, Obligation
from roi.domain.structure import Confirmation, Epic, Outcome
from roi.domain.value import Reading, Values
from roi.store import read, remembered
from roi.store.read import Cursor, Row
from roi.store.remembered import Remembered

T = TypeVar("T")
K = TypeVar("K")


CARRIED: remembered.Kinds = {
    "epic": (Epic, "epic"),
    "outcome": (Outcome, "outcome"),
    "confirmation": (Confirmation, "outcome"),
    "initiative": (value.Initiative, "initiative"),
    "success_measure": (value.SuccessMeasure, "measure"),
    "epic_plan": (value.EpicPlan, "key"),
    "epic_team": (value.EpicTeam, "key"),
    "epic_slice": (value.Slice, "slice"),
    "epic_wait": (value.Wait, "key"),
    "obligation": (Obligation, "key"),
    "obligation_met": (Met, "key"),
    "outcome_plan": (value.OutcomePlan, "key"),
    "forecast": (value.FrozenForecast, "key"),
    "reading": (Reading, "key"),
    "confirmed_reading": (value.ConfirmedReading, "key"),
    "closure": (value.Closure, "key"),
    "question": (value.Question, "key"),
}
"""The tables of which most changes touch a row or two; the others are read whole (see `remembered`)."""


def values(cursor: Cursor) -> Values:
    """Everything that value is reckoned from, at the version that the cursor sees."""
    return values_of(cursor, remembered.read(cursor, CARRIED, read.version(cursor)))


def values_of(cursor: Cursor, held: Remembered) -> Values:
    """The same, of records that were read already and what is read whole."""
    lines = _by(records(cursor, "finance_line", value.FinanceLine, key="line"), lambda one: one.key)
    cells = records(cursor, "line_cell", value.LineCell, key="cell")
    return Values(
        **{field: make(held) for field, (_, make) in _FIELDS.items()},
        efforts=tuple(records(cursor, "epic_effort", value.Effort)),
        lines=lines,
        cells={(one.line, one.key): one for one in cells},
        line_months=tuple(_line_month(row) for row in read.table(cursor, "line_month")),
        drivers=_by(records(cursor, "value_driver", value.ValueDriver, key="driver"), lambda one: one.key),
        inputs=_lists(
            records(cursor, "driver_input", value.DriverInput, key="input"), lambda one: one.driver
        ),
        series=_series(cursor),
    )


def values_since(before: Values, held: Remembered) -> Values:
    """What was read before, with what the latest changes touched of the carried tables."""
    fields = {
        field: make(held)
        for field, (tables, make) in _FIELDS.items()
        if not held.touched.keys().isdisjoint(tables)
    }
    return replace(before, **fields)


_FIELDS: dict[str, tuple[tuple[str, ...], Callable[[Remembered], Any]]] = {
    "initiatives": (("initiative",), lambda held: _by(held.records("initiative"), lambda one: one.key)),
    "measures": (("success_measure",), lambda held: tuple(held.records("success_measure"))),
    "epic_plans": (("epic_plan",), lambda held: _by(held.records("epic_plan"), lambda one: one.epic)),
    "epic_teams": (("epic_team",), lambda held: _lists(held.records("epic_team"), lambda one: one.epic)),
    "slices": (("epic_slice",), lambda held: _lists(held.records("epic_slice"), lambda one: one.epic)),
    "waits": (("epic_wait",), lambda held: _lists(held.records("epic_wait"), lambda one: one.epic)),
    "obligations": (("obligation",), lambda held: _by(held.records("obligation"), lambda one: one.epic)),
    "met": (("obligation_met",), lambda held: _by(held.records("obligation_met"), lambda one: one.epic)),
    "plans": (("outcome_plan",), lambda held: _by(held.records("outcome_plan"), lambda one: one.outcome)),
    "forecasts": (
        ("forecast",),
        lambda held: _by(held.records("forecast"), lambda one: one.outcome, keep_first=True),
    ),
    "readings": (
        ("reading", "outcome"),
        lambda held: _readings(held.records("reading"), held.records("outcome")),
    ),
    "confirmed_readings": (
        ("confirmed_reading",),
        lambda held: _lists(held.records("confirmed_reading"), lambda one: one.outcome),
    ),
    "closures": (("closure",), lambda held: _by(held.records("closure"), lambda one: one.outcome)),
    "questions": (("question",), lambda held: _lists(held.records("question"), lambda one: one.outcome)),
}
"""By field of `Values` the carried tables that it is made of, and how."""


def _readings(held_by: Iterable[Reading], outcomes: Iterable[Outcome]) -> dict[str, tuple[Reading, ...]]:
    """Every reading of each outcome, oldest first; one that only the outcome itself carries is among them."""
    found = _lists(held_by, lambda one: one.outcome)
    for outcome in outcomes:
        own = reading_of(outcome)
        held = found.get(outcome.key, ())
        if own is not None and all(one.read_on != own.read_on for one in held):
            found[outcome.key] = tuple(sorted((*held, own), key=lambda one: one.read_on))
    return found


def reading_of(outcome: Outcome) -> Reading | None:
    """The latest reading, as the outcome itself carries it."""
    if outcome.actual is None or outcome.read_on is None:
        return None
    return Reading(
        outcome.key,
        outcome.read_on,
        outcome.actual,
        outcome.grade,
        outcome.evidence,
        outcome.share_low,
        outcome.share_likely,
        outcome.share_high,
    )


def _line_month(row: Row) -> value.LineMonth:
    return value.LineMonth(
        read.text(row["line"]),
        read.text(row["cell"]),
        read.whole(row["month"]),
        read.whole(row["baseline_minor"]),
        read.whole(row["actual_minor"]),
    )


def _series(cursor: Cursor) -> dict[str, Mapping[int, Decimal]]:
    found: dict[str, dict[int, Decimal]] = {}
    for row in read.table(cursor, "metric_month"):
        its = found.setdefault(read.text(row["series"]), {})
        its[read.whole(row["month"])] = Decimal(read.text(row["value"]))
    return dict(found)


def records(
    cursor: Cursor, table: str, kind: type[T], key: str = "key", about: Iterable[str] | None = None
) -> list[T]:
    """The live rows of a table as records; `key` is the column that the record calls its key.

    `about` takes only rows of which the first part of the key is one of these.
    """
    return read.records(cursor, table, kind, key, about)


def _by(found: Iterable[T], key: Callable[[T], K], *, keep_first: bool = False) -> dict[K, T]:
    named: dict[K, T] = {}
    for one in found:
        if not (keep_first and key(one) in named):
            named[key(one)] = one
    return named


def _lists(found: Iterable[T], key: Callable[[T], K]) -> dict[K, tuple[T, ...]]:
    lists: dict[K, list[T]] = {}
    for one in found:
        lists.setdefault(key(one), []).append(one)
    return {name: tuple(its) for name, its in lists.items()}
