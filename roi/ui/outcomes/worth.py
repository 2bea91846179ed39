"""What value rests on: the finance lines it is claimed on with their caps, and what a unit is worth."""

from collections.abc import Sequence

from roi.actors import Action
from roi.charts.markup import tag
from roi.domain import drivers as reckoned
from roi.domain.drivers import MENU
from roi.domain.value import FinanceLine, LineKind, LineMonth, ValueDriver
from roi.reports import choices as choices_report
from roi.reports.choices import ChoicesReport
from roi.story import outcome_titles, words
from roi.ui import parts, session
from roi.ui.outcomes import common, driver_form, line_form
from roi.ui.parts import Cell, Column, Row

KINDS = {
    LineKind.MARGIN: "margin: more is better",
    LineKind.COST_OUTSIDE: "cost outside engineering: less is better",
    LineKind.ENGINEERING_COST: "engineering cost: counts nothing beside itself",
}


def draw() -> None:
    """Lines with cells and months; drivers with inputs; the forms for whoever may change them."""
    choices = session.ask(choices_report.build)
    _lines(choices)
    if session.actor().may(Action.CONFIRM_VALUE):
        line_form.draw(choices)
    else:
        parts.foot("Finance keeps the lines, their cells and their months.", key="worth_who")
    _drivers(choices)
    if session.actor().may(Action.RECORD_OUTCOME) or session.actor().may(Action.CONFIRM_VALUE):
        driver_form.draw(choices)


def title() -> str:
    """How many lines and drivers carry the claims."""
    choices = session.ask(choices_report.build)
    return outcome_titles.worth(len(choices.lines), len(choices.drivers)).text


# Finance lines


def _lines(choices: ChoicesReport) -> None:
    if not choices.lines:
        told = "A line is a row of the company's own results, such as course margin, cut into segments."
        parts.section("No finance line yet", f"{told} Finance adds the first; then no claim can exceed it.")
        return
    parts.section(
        "Finance lines",
        "Every claim names one line and one segment. Together claims never exceed what the segment moved.",
    )
    columns = [
        Column("Line and segment", "text"),
        Column("Kind", "text", phone=False),
        Column("Claims"),
        Column("Months", "text", phone=False),
        Column("Moved since baseline"),
        Column("Source", "prose", phone=False),
    ]
    rows = [row for line in choices.lines.values() for row in _line_rows(choices, line)]
    parts.graphic_table("finance_lines", "Finance lines", columns, rows)


def _line_rows(choices: ChoicesReport, line: FinanceLine) -> list[Row]:
    """The line, then its cells where it is cut into several."""
    months, cells = choices.line_months.get(line.key, ()), choices.cells.get(line.key, ())
    plans = [one for one in choices.plans.values() if one.line == line.key]
    kind = KINDS[line.kind].split(":", maxsplit=1)[0]
    first = Row((Cell(line.name), Cell(kind), *_told(line, len(plans), months), Cell(line.source)), "group")
    rows = []
    for cell in cells if len(cells) > 1 else ():
        its = [one for one in months if one.cell == cell.key]
        claims = sum(one.cell == cell.key for one in plans)
        rows.append(Row((Cell(cell.name), Cell(), *_told(line, claims, its), Cell())))
    return [first, *rows]


def _told(line: FinanceLine, claims: int, months: Sequence[LineMonth]) -> tuple[Cell, Cell, Cell]:
    """How many claims, which months, and how far it moved the good way."""
    if not months:
        return Cell(f"{claims:,}"), Cell(words.DASH), Cell(tag("span", "no month yet", class_="neu"))
    moved = sum(one.movement(line.kind) for one in months)
    shown = f"{'+' if moved > 0 else ''}{words.money(moved, line.currency)}"
    return Cell(f"{claims:,}"), Cell(line_form.span_of(months)), Cell(shown)


# Drivers


def _drivers(choices: ChoicesReport) -> None:
    if not choices.drivers:
        told = "A driver says what one unit of a metric is worth a month, by a formula with sourced inputs."
        parts.section("No value driver yet", f"{told} Add one here, or while recording an outcome.")
        return
    parts.section(
        "What one unit is worth",
        "A formula of the menu, its inputs each with owner, source and date. Assumed is never confirmed.",
    )
    columns = [
        Column("Driver", "text"),
        Column("Formula", "prose", phone=False),
        Column("One unit, a month"),
        Column("Likely range", phone=False),
        Column("Basis", "text", phone=False),
        Column("Owner", "text", phone=False),
        Column("Of", "text", phone=False),
        Column("Used by"),
    ]
    rows = [_driver(choices, one) for one in choices.drivers.values()]
    parts.graphic_table("value_drivers", "Value drivers", columns, rows)


def _driver(choices: ChoicesReport, driver: ValueDriver) -> Row:
    used = sum(one.driver == driver.key for one in choices.plans.values())
    basis = common.BASES[driver.basis].split(":", maxsplit=1)[0]
    unit, likely = _worth(choices, driver)
    cells = (
        Cell(driver.name, phone_note=basis),
        Cell(MENU[driver.formula].name if driver.formula in MENU else driver.formula),
        Cell(unit, phone_note=likely),
        Cell(likely, tone="quiet"),
        Cell(basis),
        Cell(driver.owner or words.DASH),
        Cell(words.day(driver.dated) if driver.dated else words.DASH),
        Cell(f"{used:,}"),
    )
    return Row(cells, "flat")


def _worth(choices: ChoicesReport, driver: ValueDriver) -> tuple[str, str]:
    """What one unit is worth, and its range."""
    inputs = choices.inputs.get(driver.key, ())
    if reckoned.problems(driver, inputs):
        return words.NOT_KNOWN, ""
    worth = reckoned.worth(driver, inputs)
    likely = words.unit_range(worth.low, worth.high, driver.currency)
    return words.unit_worth(worth.likely, driver.currency), likely
