"""Reading what is agreed about value: the stored rows as the records of `roi.domain.value`."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import TypeVar

from roi.domain import value
from roi.domain.structure import Outcome
from roi.domain.value import Reading, Values
from roi.store import read
from roi.store.read import Cursor, Row

T = TypeVar("T")
K = TypeVar("K")


def values(cursor: Cursor) -> Values:
    """Everything that value is reckoned from, at the version that the cursor sees."""
    lines = _by(records(cursor, "finance_line", value.FinanceLine, key="line"), lambda one: one.key)
    cells = records(cursor, "line_cell", value.LineCell, key="cell")
    return Values(
        initiatives=_by(
            records(cursor, "initiative", value.Initiative, key="initiative"), lambda one: one.key
        ),
        measures=tuple(records(cursor, "success_measure", value.SuccessMeasure, key="measure")),
        epic_plans=_by(records(cursor, "epic_plan", value.EpicPlan), lambda one: one.epic),
        epic_teams=_lists(records(cursor, "epic_team", value.EpicTeam), lambda one: one.epic),
        slices=_lists(records(cursor, "epic_slice", value.Slice, key="slice"), lambda one: one.epic),
        efforts=tuple(records(cursor, "epic_effort", value.Effort)),
        plans=_by(records(cursor, "outcome_plan", value.OutcomePlan), lambda one: one.outcome),
        forecasts=_by(
            records(cursor, "forecast", value.FrozenForecast), lambda one: one.outcome, keep_first=True
        ),
        readings=readings(cursor, read.outcomes(cursor)),
        confirmed_readings=_lists(
            records(cursor, "confirmed_reading", value.ConfirmedReading), lambda one: one.outcome
        ),
        closures=_by(records(cursor, "closure", value.Closure), lambda one: one.outcome),
        questions=_lists(records(cursor, "question", value.Question), lambda one: one.outcome),
        lines=lines,
        cells={(one.line, one.key): one for one in cells},
        line_months=tuple(_line_month(row) for row in read.table(cursor, "line_month")),
        drivers=_by(records(cursor, "value_driver", value.ValueDriver, key="driver"), lambda one: one.key),
        inputs=_lists(
            records(cursor, "driver_input", value.DriverInput, key="input"), lambda one: one.driver
        ),
        series=_series(cursor),
    )


def readings(cursor: Cursor, outcomes: Iterable[Outcome]) -> dict[str, tuple[Reading, ...]]:
    """Every reading of each outcome, oldest first; one that only the outcome itself carries is among them."""
    found = _lists(records(cursor, "reading", Reading), lambda one: one.outcome)
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
