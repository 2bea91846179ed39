"""The issues of a file grouped by how they are repaired, and its rejected rows as a file to correct."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from roi.commands.costs_rejected import Rejected, lines_of
from roi.errors import Issue
from roi.reports import export


@dataclass(frozen=True, slots=True)
class Group:
    """Issues with one repair; `lines` are the lines named, `count` all that there are."""

    code: str
    column: str
    issues: tuple[Issue, ...]

    @property
    def lines(self) -> tuple[int, ...]:
        """The lines that the issues name, in order."""
        return tuple(sorted({line for issue in self.issues for line in lines_of(issue)}))

    @property
    def count(self) -> int:
        """How many rows the issues speak of."""
        return sum(len(lines_of(issue)) + _unnamed(issue) for issue in self.issues)


def grouped(issues: Iterable[Issue]) -> tuple[Group, ...]:
    """The issues by code and field, the largest group first."""
    found: dict[tuple[str, str], list[Issue]] = {}
    for issue in issues:
        found.setdefault((issue.code, issue.column or ""), []).append(issue)
    groups = [Group(code, column, tuple(members)) for (code, column), members in found.items()]
    return tuple(sorted(groups, key=lambda group: (-group.count, group.code, group.column)))


def rows_to_fix(issues: Sequence[Issue]) -> int:
    """How many rows have to be repaired; 0 when only the file as a whole has to be."""
    named = {line for issue in issues for line in lines_of(issue)}
    return len(named) + sum(_unnamed(issue) for issue in issues if lines_of(issue))


def _unnamed(issue: Issue) -> int:
    """How many rows it speaks of beside those it names; a line of months across is named once a month."""
    return max(0, issue.count - max(len(issue.lines), len(lines_of(issue))))


def rejected_csv(found: Rejected) -> str:
    """The rows that stop the import, as they were sent, with their line and what is wrong.

    Cells that a spreadsheet would run as a formula get a leading apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["line", "problem", *map(export.safe_text, found.headers)])
    for row in found.rows:
        told = export.safe_text(" | ".join(row.problems))
        writer.writerow([row.line, told, *map(export.safe_cell, row.cells)])
    return out.getvalue()
