"""What can be wrong with finance lines, their cells and their months (rule V8)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from roi.commands.held import Held
from roi.commands.outcome_checks import line_of, named
from roi.domain.money import MINOR_DIGITS
from roi.domain.partitions import Partition, partition_problems
from roi.domain.periods import is_month
from roi.domain.value import FinanceLine, LineCell, LineMonth
from roi.errors import Issue, blocker

_SAFE = "Nothing was changed."


def line_issues(held: Held, made: Sequence[FinanceLine], lines: Sequence[int] = ()) -> Iterator[Issue]:
    """What is wrong with the lines; the currency of one that is claimed on does not change."""
    seen: set[str] = set()
    claimed = {plan.line for plan in held.plans.values()}
    for place, one in enumerate(made):
        line = line_of(lines, place)
        yield from named("line", one.key, one.name, seen, line)
        if one.currency not in MINOR_DIGITS:
            message = f"{one.name} needs a currency. {_SAFE}"
            yield blocker("currency", message, line=line, column="currency", sent=one.currency)
        before = held.lines.get(one.key)
        if before is not None and one.key in claimed and before.currency != one.currency:
            message = f"{one.name} is claimed on in {before.currency}; its currency stays. {_SAFE}"
            fix = "Add a line of its own for the other currency."
            yield blocker("currency", message, line=line, column="currency", sent=one.currency, fix=fix)


def cell_issues(
    held: Held, lines: Mapping[str, FinanceLine], made: Sequence[LineCell], places: Sequence[int] = ()
) -> Iterator[Issue]:
    """What is wrong with the cells, beside those that are stored: a segment lies in one cell of its line."""
    known, seen = {**held.lines, **lines}, dict[str, set[str]]()
    for place, one in enumerate(made):
        line = line_of(places, place)
        if one.line not in known:
            message = f"There is no finance line “{one.line}”. {_SAFE}"
            fix = "Add the line first."
            yield blocker("unknown_line", message, line=line, column="line", sent=one.line, fix=fix)
        yield from named("cell", one.key, one.name, seen.setdefault(one.line, set()), line)
    at = {(one.line, one.key): line_of(places, place) for place, one in enumerate(made)}
    for partition in _partitions(held, made):
        for issue in partition_problems((partition,)):
            line = at.get((partition.line, issue.sent or ""))
            yield replace(issue, message=f"{issue.message} {_SAFE}", line=line, column="segments")


def _partitions(held: Held, made: Sequence[LineCell]) -> list[Partition]:
    """The one partition of each line that is touched, as it would stand."""
    cells: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    touched = {one.line for one in made}
    for one in (*held.cells.values(), *made):
        if one.line in touched:
            cells[one.line][one.key] = one.segments
    return [Partition(line, line, its) for line, its in sorted(cells.items())]


def month_issues(held: Held, made: Sequence[LineMonth], lines: Sequence[int] = ()) -> Iterator[Issue]:
    """What is wrong with months of cells."""
    seen: set[tuple[str, str, int]] = set()
    for place, one in enumerate(made):
        line = line_of(lines, place)
        if one.line in held.lines and (one.line, one.cell) not in held.cells:
            message = f"The finance line “{one.line}” has no cell “{one.cell}”. {_SAFE}"
            fix = "Add the cell first."
            yield blocker("unknown_cell", message, line=line, column="cell", sent=one.cell, fix=fix)
        if not is_month(one.month):
            message = f"{one.month} is no month. {_SAFE}"
            yield blocker("month", message, line=line, column="month", sent=str(one.month))
        if not lines and one.line not in held.lines:
            message = f"There is no finance line “{one.line}”. {_SAFE}"
            yield blocker("unknown_line", message, column="line", sent=one.line, fix="Add the line first.")
        key = (one.line, one.cell, one.month)
        if key in seen:
            message = f"The month {one.month} of {one.cell} is there twice. {_SAFE}"
            yield blocker("twice", message, line=line, column="month", sent=str(one.month))
        seen.add(key)
