"""Lists of finance lines, their cells and months, value drivers with their inputs, and series of metrics."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from roi.commands import structure
from roi.commands.changing import records
from roi.commands.changing.recording import Work
from roi.commands.checks import day_checks, driver_checks, line_checks, outcome_work
from roi.commands.rows.list_kinds import Known, typed
from roi.commands.rows.value_merge import lines_of, merged, minor, unknown
from roi.domain.structure import Outcome, ValueBasis
from roi.domain.value import DriverInput, FinanceLine, LineCell, LineKind, LineMonth, ValueDriver
from roi.errors import Issue
from roi.ingest.lists import ListRow
from roi.store.changes import Row

Found = tuple[list[Row], list[Issue]]


def finance_lines(rows: Sequence[ListRow], known: Known) -> Found:
    """Finance lines as rows of the store."""
    made = []
    for row in rows:
        key = row.text("line") or structure.key_of(row.text("name"))
        base = FinanceLine(key, row.text("name"), typed(row, "kind", LineKind), row.text("currency"))
        made.append(merged(known.held.lines.get(key, base), row, "name kind currency source"))
    issues = list(line_checks.line_issues(known.held, made, lines_of(rows)))
    return [records.row("finance_line", one) for one in made], issues


def line_cells(rows: Sequence[ListRow], known: Known) -> Found:
    """Cells of finance lines as rows of the store; segments are separated by “|”."""
    made = []
    for row in rows:
        key = row.text("cell") or structure.key_of(row.text("name"))
        line = known.line_key(row.text("line"))
        base = known.held.cells.get((line, key)) or LineCell(line, key, row.text("name"))
        one = merged(base, row, "name")
        if "segments" in row.values:
            parts = row.text("segments").split("|")
            one = merged(one, row, "", segments=frozenset(part.strip() for part in parts if part.strip()))
        made.append(one)
    issues = list(line_checks.cell_issues(known.held, {}, made, lines_of(rows)))
    return [records.row("line_cell", one) for one in made], issues


def line_months(rows: Sequence[ListRow], known: Known) -> Found:
    """Months of cells as rows of the store; amounts in the line's currency."""
    made, issues = [], list[Issue]()
    for row in rows:
        line = known.line_key(row.text("line"))
        cell, its = known.cell_key(line, row.text("cell")), known.held.lines.get(line)
        if its is None:
            issues.append(unknown(row, "finance line", "line", line))
        baseline, wrong = minor(row, "baseline", its.currency) if its else (None, ())
        actual, more = minor(row, "actual", its.currency) if its else (None, ())
        issues += [*wrong, *more]
        made.append(LineMonth(line, cell, typed(row, "month", int), baseline or 0, actual or 0))
    issues += line_checks.month_issues(known.held, made, lines_of(rows))
    return [records.row("line_month", one) for one in made], issues


def value_drivers(rows: Sequence[ListRow], known: Known) -> Found:
    """Value drivers as rows of the store; their inputs come as a list of their own."""
    made = [_driver(row, known) for row in rows]
    places = {one.key: row.line for row, one in zip(rows, made, strict=True)}
    issues = list(driver_checks.driver_issues(made, places))
    whole = [one for one in made if one.key in known.held.inputs]
    issues += driver_checks.formula_issues(whole, known.held.inputs, places)
    issues += driver_checks.currency_issues(known.held, made, places)
    issues += driver_checks.worth_issues(known.held, _moved_by_drivers(made, known))
    return [records.row("value_driver", one) for one in made], issues


def _driver(row: ListRow, known: Known) -> ValueDriver:
    key = row.text("driver") or structure.key_of(row.text("name"))
    base = ValueDriver(
        key, row.text("name"), row.text("formula"), row.text("currency"), typed(row, "basis", ValueBasis)
    )
    return merged(known.held.drivers.get(key, base), row, "name formula currency basis owner source dated")


def beside_value_drivers(rows: Sequence[ListRow], known: Known) -> Work:
    """The outcomes that use one of these drivers, at its unit value."""
    made = [_driver(row, known) for row in rows]
    return outcome_work.work(known.held, _moved_by_drivers(made, known))


def _moved_by_drivers(made: Sequence[ValueDriver], known: Known) -> list[Outcome]:
    held, its = known.held, {one.key: one for one in made}
    return driver_checks.moved_outcomes(held, {**held.drivers, **its}, held.inputs, its)


def driver_inputs(rows: Sequence[ListRow], known: Known) -> Found:
    """Inputs of value drivers as rows of the store."""
    made, issues = [], list[Issue]()
    for row in rows:
        one = _input(row, known)
        if one.driver not in known.held.drivers:
            issues.append(unknown(row, "value driver", "driver", one.driver))
        made.append(one)
    places = {one.driver: row.line for row, one in zip(rows, made, strict=True)}
    touched = [known.held.drivers[key] for key in places if key in known.held.drivers]
    issues += driver_checks.formula_issues(touched, _with(known, made), places)
    issues += driver_checks.worth_issues(known.held, _moved_by_inputs(made, known))
    return [records.row("driver_input", one) for one in made], issues


def _input(row: ListRow, known: Known) -> DriverInput:
    likely = typed(row, "likely", Decimal)
    ends = {name: row.values.get(name) for name in ("low", "high")}
    low, high = (end if isinstance(end, Decimal) else likely for end in ends.values())
    base = DriverInput(known.driver_key(row.text("driver")), row.text("input"), low, likely, high)
    return merged(base, row, "owner source dated")


def _with(known: Known, made: Sequence[DriverInput]) -> dict[str, tuple[DriverInput, ...]]:
    """All inputs as they would stand, by driver."""
    found = {key: {one.key: one for one in its} for key, its in known.held.inputs.items()}
    every: dict[str, dict[str, DriverInput]] = defaultdict(dict, found)
    for one in made:
        every[one.driver][one.key] = one
    return {key: tuple(its.values()) for key, its in every.items()}


def beside_driver_inputs(rows: Sequence[ListRow], known: Known) -> Work:
    """The outcomes that use one of these drivers, at its unit value."""
    made = [_input(row, known) for row in rows]
    return outcome_work.work(known.held, _moved_by_inputs(made, known))


def _moved_by_inputs(made: Sequence[DriverInput], known: Known) -> list[Outcome]:
    held, touched = known.held, {one.driver for one in made if one.driver in known.held.drivers}
    return driver_checks.moved_outcomes(held, held.drivers, _with(known, made), touched)


def metric_series(rows: Sequence[ListRow], known: Known) -> Found:
    """Months of metrics' own series as rows of the store."""
    made: list[Row] = [
        {
            "series": row.text("series"),
            "month": typed(row, "month", int),
            "value": records.number_text(typed(row, "value", Decimal)),
            "source": row.text("source"),
        }
        for row in rows
    ]
    issues = [
        issue
        for row, one in zip(rows, made, strict=True)
        for issue in day_checks.month_issues(
            known.held.today, f"{one['series']} cannot have been measured", typed(row, "month", int), row.line
        )
        if not known.held.is_measured(one)
    ]
    return made, issues
