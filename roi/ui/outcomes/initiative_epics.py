"""The epics of an initiative: what each cost, what finance confirmed of it, and what a month should bring."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roi.domain.figures import Figure
from roi.reports.loop import sofar
from roi.reports.shapes import EpicRow, InitiativeReport
from roi.reports.shapes.work import EpicValue
from roi.story import words
from roi.ui import links, parts
from roi.ui.outcomes import common
from roi.ui.parts import Cell, Column, Row


def draw(report: InitiativeReport) -> None:
    """One row an epic, and their sum: cost and confirmed cash print so that they add up."""
    key = {"initiative": report.row.initiative.key}
    whole = Whole(report.row.cost, report.row.confirmed, key)
    table(report.epics, report.by_epic, "initiative_epics", whole)


@dataclass(frozen=True, slots=True)
class Whole:
    """What all epics of the table cost and brought, and whose figures these are."""

    cost: Figure
    confirmed: Figure
    key: Mapping[str, str]


def table(
    epics: Sequence[EpicRow], by_epic: Sequence[EpicValue], key: str, whole: Whole | None = None
) -> None:
    """One row an epic, and their sum where all of them stand here."""
    columns = [
        Column("Epic", parts.kind_of_names(one.epic.name for one in epics)),
        Column("Team", "text", phone=False),
        Column("Cost so far"),
        Column("Confirmed cash"),
        Column("Likely", "text", phone=False),
        Column("Protected, not cash", phone=False),
        Column("Expected a month", phone=False),
    ]
    value = {one.epic: one for one in by_epic}
    every = [value[row.epic.key] for row in epics]
    costs = _column([row.cost for row in epics], whole.cost if whole else None)
    cash = _column([one.confirmed for one in every], whole.confirmed if whole else None)
    rows = [
        _row(row, value[row.epic.key], told)
        for row, *told in zip(epics, costs, cash, strict=False)  # the last of both may be the sum
    ]
    parts.graphic_table(key, "Epics", columns, rows + ([_sum(whole, costs[-1], cash[-1])] if whole else []))


def _sum(whole: Whole, cost: str, cash: str) -> Row:
    cells = (
        Cell("All epics"),
        Cell(),
        Cell(parts.cell_known(cost, whole.cost, **whole.key)),
        Cell(parts.cell_known(cash, whole.confirmed, **whole.key)),
        Cell(_range(whole.confirmed), tone="quiet"),
        Cell(),
        Cell(),
    )
    return Row(cells, "total")


def _row(row: EpicRow, value: EpicValue, told: list[str]) -> Row:
    key = row.epic.key
    cost, cash = told
    likely = common.likely(value.confirmed)
    cells = (
        Cell(row.epic.name),
        Cell(row.team_name),
        Cell(parts.cell_known(cost, row.cost, epic=key)),
        Cell(parts.cell_known(cash, value.confirmed, epic=key), phone_note=likely),
        Cell(_range(value.confirmed), tone="quiet"),
        Cell(common.shown(value.protected, epic=key) if value.protected.value else ""),
        Cell(common.shown(value.expected, epic=key)),
    )
    return Row(cells, "flat", links.href("epic", epic=key))


def _range(figure: Figure) -> str:
    return words.range_of(figure) if common.likely(figure) else ""


def _column(figures: list[Figure], whole: Figure | None) -> list[str]:
    """Figures and then their sum, in as many digits as they need to add up; a word where there is none."""
    every = [*figures, *([whole] if whole is not None else [])]
    sums = _sums([one.value for one in figures], whole.value) if whole is not None else []
    scale = words.scale_for([one.value for one in every], every[0].currency, sums)
    return [_told(scale, one) for one in every]


def _sums(amounts: list[int | None], whole: int | None) -> list[words.Sum]:
    known = [one for one in amounts if one is not None]
    return [(known, whole)] if whole is not None and sum(known) == whole else []


def _told(scale: words.Scale, figure: Figure) -> str:
    if figure.is_known:
        return scale.text(figure.value)
    return words.NONE if sofar.is_none(figure) else words.NOT_KNOWN
