"""The issues of a file grouped by how they are repaired, and its rejected rows as a file to correct."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from roi.domain.importing import ReadTable
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
        return sum(issue.count for issue in self.issues)


def lines_of(issue: Issue) -> tuple[int, ...]:
    """The lines that one issue names."""
    if issue.lines:
        return issue.lines
    return () if issue.line is None else (issue.line,)


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
    unnamed = sum(max(0, issue.count - len(lines_of(issue))) for issue in issues if lines_of(issue))
    return len(named) + unnamed


def rejected_csv(table: ReadTable, issues: Sequence[Issue], cells: dict[str, int]) -> str:
    """The rows that stop the import, as they were sent, with their line and what is wrong.

    Cells that a spreadsheet would run as a formula get a leading apostrophe.

    Args:
        table: the read file with its spooled records.
        issues: the blockers.
        cells: our field → index of its cell, to find rows that share a value which an issue only counts.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["line", "problem", *map(export.safe_text, table.headers)])
    for line, record in _records(table):
        told = [issue.message for issue in issues if _concerns(issue, line, record, cells)]
        if told:
            writer.writerow([line, export.safe_text(" | ".join(told)), *map(export.safe_cell, record)])
    return out.getvalue()


def _records(table: ReadTable) -> Iterator[tuple[int, list[str]]]:
    with table.spool.open(encoding="utf-8", newline="") as spooled:
        for number, record in enumerate(
            csv.reader(spooled, delimiter=table.delimiter), table.header_line + 1
        ):
            if table.is_numbered:
                yield int(record[0]), record[1:]
            else:
                yield number, record


def _concerns(issue: Issue, line: int, record: list[str], cells: dict[str, int]) -> bool:
    if line in lines_of(issue):
        return True
    cell = cells.get(issue.column or "")
    if issue.count <= len(lines_of(issue)) or issue.sent is None or cell is None:
        return False
    return cell < len(record) and record[cell].strip() == issue.sent.strip()
