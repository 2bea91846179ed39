"""Do these numbers agree with the books, and what was imported when, by whom?"""

from roi.actors import Actor
from roi.domain.suggestions import suggest
from roi.reports import basis, books, history
from roi.reports.basis import Basis
from roi.reports.shapes import AreaRow, DataReport, Scope
from roi.store import read
from roi.store.database import Store


def build(store: Store, actor: Actor, scope: Scope) -> DataReport:
    """Coverage, control totals, imports, cost areas and history of the whole ledger, all months."""
    with basis.opened(store, actor, scope) as base:
        coverage = books.load(base.cursor)
        sources = {row.source for row in books.grid(coverage)}
        sources |= {read.text(row["source"]) for row in read.table(base.cursor, "source")}
        return DataReport(
            version=base.version,
            books=books.state(coverage),
            months=coverage.months(),
            coverage=books.grid(coverage),
            controls=coverage.controls,
            imports=history.imports(base.cursor, coverage),
            areas=_areas(base),
            changes=history.changes(base.cursor),
            sources=tuple(sorted(sources)),
        )


def _areas(base: Basis) -> tuple[AreaRow, ...]:
    return tuple(_area(base, row) for row in read.rows(base.cursor, "cost_by_area"))


def _area(base: Basis, row: read.Row) -> AreaRow:
    """An area goes where it is mapped, else to the team that carries the cost centre of its name."""
    area, kind, target = (read.text(row[name]) for name in ("area", "mapped_kind", "mapped_value"))
    if not kind and row["centre_team"]:
        kind, target = "team", read.text(row["centre_team"])
    return AreaRow(
        read.text(row["source"]),
        area,
        read.whole(row["line_count"]),
        read.whole(row["amount_minor"]),
        read.text(row["currency"]),
        kind,
        target,
        "" if kind else suggest(area, base.teams),
    )
