"""Do these numbers agree with the books, and what was imported when, by whom?"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from roi.actors import Actor
from roi.domain.suggestions import Suggestions
from roi.reports.books import control, coverage, history
from roi.reports.ground import basis
from roi.reports.ground.basis import Basis
from roi.reports.ground.hidden import HIDDEN_AMOUNTS
from roi.reports.shapes import AreaRow, CentreRow, CoverageRow, DataReport, Scope
from roi.store import read
from roi.store.database import Store

_CENTRE = "cost_centre"


def build(store: Store, actor: Actor, scope: Scope) -> DataReport:
    """Coverage, control totals, imports, cost areas, lists and history of the whole ledger, all months.

    Outside finance sums of sources, files and areas that hold pay are left out; states and dates are not.
    """
    with basis.opened(store, actor, scope) as base:
        held = control.of(base)
        secret = control.sources_with_pay(base)
        sources = {row.source for row in control.grid(held)}
        sources |= {read.text(row["source"]) for row in read.table(base.cursor, "source")}
        areas = read.rows(base.cursor, "cost_by_area", {"pay": not base.at_standard_rates})
        suggestions = Suggestions(base.teams)
        return DataReport(
            version=base.version,
            books=control.state(held),
            months=held.months(),
            coverage=tuple(_without_amounts(row, secret) for row in control.grid(held)),
            controls=tuple(row for row in held.controls if row.source not in secret),
            imports=history.imports(base, held),
            areas=tuple(_area(suggestions, row) for row in areas),
            changes=history.told(base.cursor),
            sources=tuple(sorted(sources)),
            team_months=coverage.months(base),
            team_coverage=coverage.of_teams(base, held),
            closed_months=coverage.closed_months(base),
            open_months=coverage.open_months(base),
            missing_rates=coverage.missing_rates(base),
            lists=coverage.lists(base),
            centres=_centres(base, areas),
            restatements=coverage.restatements(base),
            hidden=HIDDEN_AMOUNTS if secret else "",
        )


def _without_amounts(row: CoverageRow, secret: Collection[str]) -> CoverageRow:
    if row.source not in secret:
        return row
    return replace(row, cells=tuple(replace(cell, amount=None) for cell in row.cells))


def _area(suggestions: Suggestions, row: read.Row) -> AreaRow:
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
        "" if kind or row["left_out"] else suggestions.of(area),
        tuple(nature for nature in read.text(row["left_out"]).split(",") if nature),
    )


def _centres(base: Basis, areas: Sequence[read.Row]) -> tuple[CentreRow, ...]:
    """Every cost centre with a team or an area; an area that goes nowhere yet counts as one of its name."""
    teams = {
        read.text(row["cost_centre"]): read.text(row["team"]) for row in read.table(base.cursor, _CENTRE)
    }
    booked: dict[str, list[read.Row]] = {centre: [] for centre in teams}
    said = set(teams)
    for row in areas:
        kind, value = read.text(row["mapped_kind"]), read.text(row["mapped_value"])
        if kind in {"", _CENTRE}:
            centre = value or read.text(row["area"])
            booked.setdefault(centre, []).append(row)
            said |= {value} - {""}
    rows = [_centre(centre, teams.get(centre, ""), of, centre in said) for centre, of in booked.items()]
    return tuple(sorted(rows, key=lambda row: (bool(row.team), row.cost_centre)))


def _centre(centre: str, team: str, areas: Sequence[read.Row], is_said: bool) -> CentreRow:  # noqa: FBT001 - a row
    held: dict[str, int] = {}
    cost = [row for row in areas if not row["left_out"]]
    for row in cost:
        currency = read.text(row["currency"])
        held[currency] = held.get(currency, 0) + read.whole(row["amount_minor"])
    named = tuple(dict.fromkeys(read.text(row["area"]) for row in areas))
    lines = sum(read.whole(row["line_count"]) for row in cost)
    return CentreRow(centre, team, is_said, named, lines, tuple(held.items()))
