"""Does the ledger agree with the books? Control totals against posting months, and the grid of coverage."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from roi.domain.periods import Span, in_years
from roi.reports.ground import kept
from roi.reports.ground.basis import Basis
from roi.reports.shapes import Books, ControlRow, CoverageCell, CoverageRow
from roi.store import read

ACTUAL = "actual"
AGREES, DIFFERS, NO_CONTROL, MISSING = "agrees", "differs", "no control", "missing"
LONGEST_GRID = 120
"""A grid with more months than this shows only those that have lines."""

Series = tuple[str, str, str]
"""Source, scenario, currency."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What each source delivered by month, and the control totals stated for it."""

    cells: dict[tuple[Series, int], tuple[int, int]]
    controls: tuple[ControlRow, ...]

    def months(self) -> tuple[int, ...]:
        """The months of the grid."""
        held = sorted({month for _, month in self.cells})
        if not held:
            return ()
        every = in_years(held)
        return every if len(every) <= LONGEST_GRID else tuple(held)

    def state(self, series: Series, month: int) -> str:
        """How one source stands in one month."""
        about = [row for row in self.controls if _series(row) == series and row.span.holds(month)]
        if any(row.difference for row in about):
            return DIFFERS
        if (series, month) not in self.cells:
            return MISSING
        return AGREES if about else NO_CONTROL

    def agreeing(self, scenario: str) -> set[tuple[Series, int]]:
        """The series of this scenario and the months in which they agree with the books."""
        held = {(series, month) for series, month in self.cells if series[1] == scenario}
        return {one for one in held if self.state(*one) == AGREES}


def _series(row: ControlRow) -> Series:
    return row.source, row.scenario, row.currency


def load(cursor: read.Cursor) -> Coverage:
    """Coverage and control totals at this version."""
    cells = {
        (
            (read.text(row["source"]), read.text(row["scenario"]), read.text(row["currency"])),
            read.whole(row["month"]),
        ): (read.whole(row["amount_minor"]), read.whole(row["line_count"]))
        for row in read.rows(cursor, "cost_by_source")
    }
    controls = tuple(
        ControlRow(
            read.text(row["source"]),
            read.text(row["scenario"]),
            read.text(row["currency"]),
            Span(read.whole(row["first_month"]), read.whole(row["last_month"])),
            read.whole(row["stated"]),
            read.whole(row["ledger"]),
            read.text(row["reason"]),
            read.whole(row["added_by"]),
        )
        for row in read.rows(cursor, "control_against_ledger")
    )
    return Coverage(cells, controls)


def of(base: Basis) -> Coverage:
    """The same, read once for each version of a store."""
    return kept.once(base, "coverage", (), lambda: load(base.cursor))


def sources_with_pay(base: Basis) -> frozenset[str]:
    """The sources whose sums the reader may not see, because they hold pay; none for finance."""
    if not base.at_standard_rates:
        return frozenset()
    return frozenset(read.text(row["source"]) for row in read.rows(base.cursor, "sources_with_pay"))


def state(coverage: Coverage) -> Books:
    """Whether the ledger of actual cost agrees with what finance stated, over all months and currencies."""
    held = [(series, month) for series, month in coverage.cells if series[1] == ACTUAL]
    stated = [row for row in coverage.controls if row.scenario == ACTUAL]
    if any(row.difference for row in stated):
        return Books.DIFFER
    if not held:
        return Books.EMPTY
    if not stated:
        return Books.NO_CONTROL
    states = {coverage.state(series, month) for series, month in held}
    return Books.PARTLY if NO_CONTROL in states else Books.AGREE


def grid(coverage: Coverage) -> tuple[CoverageRow, ...]:
    """One row per source, scenario and currency."""
    rows = sorted({series for series, _ in coverage.cells})
    return tuple(
        CoverageRow(*series, tuple(_cell(coverage, series, month) for month in coverage.months()))
        for series in rows
    )


def _cell(coverage: Coverage, series: Series, month: int) -> CoverageCell:
    amount, lines = coverage.cells.get((series, month), (None, 0))
    return CoverageCell(coverage.state(series, month), amount, lines)


def control_of(coverage: Coverage, series: Collection[Series], months: Collection[int]) -> str:
    """One word for an import: `agrees`, `differs`, `partly` (some of its months) or `no control`."""
    states = {
        coverage.state(one, month) for one in series for month in months if (one, month) in coverage.cells
    }
    if DIFFERS in states:
        return DIFFERS
    if states == {AGREES}:
        return AGREES
    return "partly" if AGREES in states else NO_CONTROL


def apart(controls: Sequence[ControlRow]) -> tuple[ControlRow, ...]:
    """Control totals that share no month: of those that overlap, the one over fewer months."""
    taken: list[ControlRow] = []
    for row in sorted(controls, key=lambda row: (len(row.span.months), row.span.first)):
        if not any(_series(row) == _series(other) and _meet(row.span, other.span) for other in taken):
            taken.append(row)
    return tuple(sorted(taken, key=lambda row: (_series(row), row.span.first)))


def _meet(first: Span, second: Span) -> bool:
    return first.first <= second.last and second.first <= first.last
