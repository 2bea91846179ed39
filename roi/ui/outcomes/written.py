"""Outcomes and success measures whose target stands as it was written, beside what came: never money (V9)."""

from collections.abc import Sequence

from roi.charts.markup import Child, join, tag
from roi.domain.success import Success
from roi.reports.shapes import OutcomesReport
from roi.reports.shapes.value import MeasureRow
from roi.story import words, written_titles
from roi.ui import links, parts
from roi.ui.outcomes import common
from roi.ui.parts import Cell, Column, Row

_MOST = 25
"""Rows on the page of outcomes; every initiative and epic shows all of its own."""

_TONES = {Success.MET.value: "good", Success.NOT_MET.value: ""}


def draw(report: OutcomesReport) -> None:
    """How many came out how, and those that somebody has to look at first."""
    if not report.written:
        return
    note = (
        "A number, a bound or a range is compared with what was read; a sentence is shown and not scored. "
        "None has a share of a promise, and none is money."
    )
    parts.section(written_titles.written(report).text, note)
    table(report.written[:_MOST], "written", is_wide=True)
    more = len(report.written) - _MOST
    if more > 0:
        parts.foot(f"{more:,} more stand with their epics and initiatives.", key="written_more")


def table(rows: Sequence[MeasureRow], key: str, *, is_wide: bool = False) -> None:
    """Each with target, what was read, and how it came out; the wide one says whose each is, and why."""
    columns = [
        Column("Outcome" if is_wide else "Measure", "prose"),
        *([Column("Target", "prose", phone=False)] if is_wide else []),
        Column("Read", "text"),
        Column("How it came out", "prose" if is_wide else "text"),
    ]
    shown = [_wide(row) if is_wide else _narrow(row) for row in rows]
    parts.graphic_table(key, "Targets as they were written, and what came", columns, shown)


def _wide(row: MeasureRow) -> Row:
    one = row.measure
    cells = (
        Cell(join(one.name, _whose(row)), phone_note=_target(row)),
        Cell(one.target or words.DASH),
        Cell(_read(row)),
        Cell(join(row.status, _second(row.why)), tone=_tone(row)),
    )
    return Row(cells, "flat")


def _narrow(row: MeasureRow) -> Row:
    """Beside other things there is no room for a column of targets."""
    target = _target(row)
    cells = (
        Cell(join(row.measure.name, _second(target)), phone_note=target),
        Cell(_read(row)),
        Cell(row.status, tone=_tone(row)),
    )
    return Row(cells, "flat")


def _tone(row: MeasureRow) -> str:
    return _TONES.get(row.status, "quiet")


def _target(row: MeasureRow) -> str:
    return f"target {row.measure.target or words.DASH}"


def _read(row: MeasureRow) -> Child:
    one = row.measure
    day = words.day(one.read_on) if one.read_on and one.actual else ""
    return join(one.actual or words.NOT_READ, _second(day))


def _second(text: Child, *, on_phone: bool = False) -> Child:
    where = "neu" if on_phone else "neu wide-only"
    return tag("span", tag("br"), text, class_=where) if text else None


def _whose(row: MeasureRow) -> Child:
    """The epic or initiative that it is of, under the measure."""
    one = row.measure
    if one.epic:
        return _second(common.epic_link(row.whose, one.epic), on_phone=True)
    address = links.href("initiative", initiative=one.initiative)
    return _second(parts.link(row.whose, address), on_phone=True)
