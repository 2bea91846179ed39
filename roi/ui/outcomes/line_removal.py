"""Remove a finance line, or one of its segments with its months, where nothing is claimed on it."""

from collections.abc import Sequence

from roi.commands import finance_lines as commands
from roi.domain.periods import iso_month
from roi.domain.value import FinanceLine, LineCell, LineMonth
from roi.reports.choices import ChoicesReport
from roi.story import words
from roi.ui.outcomes import removing
from roi.ui.outcomes.removing import Removal


def draw(choices: ChoicesReport, line: FinanceLine, form: str) -> None:
    """The whole line, or one segment of several."""
    cells = choices.cells.get(line.key, ())
    months = choices.line_months.get(line.key, ())
    segments = [_cell(choices, line, one, form) for one in cells] if len(cells) > 1 else []
    removing.draw(form, [_line(choices, line, (cells, months), form), *segments])


def _line(
    choices: ChoicesReport,
    line: FinanceLine,
    held: tuple[Sequence[LineCell], Sequence[LineMonth]],
    form: str,
) -> Removal:
    cells, months = held
    counted = [words.counted(len(cells), "segment"), words.counted(len(months), "month")]
    along = f"Its {words.listed(counted)} go along."
    used = tuple(sorted(plan.outcome for plan in choices.plans.values() if plan.line == line.key))
    texts = {"Name": line.name, "Source": line.source, **_texts(months)}
    return Removal("", line.name, along, used, commands.remove_line, (line.key,), texts, form)


def _cell(choices: ChoicesReport, line: FinanceLine, cell: LineCell, form: str) -> Removal:
    months = [one for one in choices.line_months.get(line.key, ()) if one.cell == cell.key]
    along = f"Its {words.counted(len(months), 'month')} {'goes' if len(months) == 1 else 'go'} along."
    used = [one.outcome for one in choices.plans.values() if (one.line, one.cell) == (line.key, cell.key)]
    args, texts = ((line.key, cell.key),), {"Name": cell.name, **_texts(months)}
    name = f"the segment {cell.name}"
    return Removal(cell.key, name, along, tuple(sorted(used)), commands.remove_cell, args, texts, form)


def _texts(months: Sequence[LineMonth]) -> dict[str, str]:
    return {f"{one.cell} {iso_month(one.month)}": f"{one.actual} against {one.baseline}" for one in months}
