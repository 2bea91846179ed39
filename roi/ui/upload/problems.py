"""How many rows of a file have to be repaired, and its rejected rows as a file to correct."""

import csv
import io
from collections.abc import Sequence

from roi.commands.cost_files.costs_rejected import Rejected, lines_of
from roi.errors import Issue
from roi.reports import export


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
