"""What can be wrong with finance lines, their cells and their months (rule V8)."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from roi.commands.changing.held import Held
from roi.commands.checks import settled, size_checks
from roi.commands.checks.outcome_checks import line_of, named
from roi.domain.money import MINOR_DIGITS
from roi.domain.outcomes import counts_as_cash
from roi.domain.partitions import Partition, partition_problems
from roi.domain.periods import is_month, iso_month
from roi.domain.value import FinanceLine, LineCell, LineMonth
from roi.errors import INTACT, Issue, blocker


def line_issues(held: Held, made: Sequence[FinanceLine], lines: Sequence[int] = ()) -> Iterator[Issue]:
    """What is wrong with the lines; the currency of one that is claimed on does not change."""
    seen: set[str] = set()
    claimed = {plan.line for plan in held.plans.values()}
    for place, one in enumerate(made):
        line = line_of(lines, place)
        yield from named("line", one.key, one.name, seen, line)
        if one.currency not in MINOR_DIGITS:
            message = f"{one.name} needs a currency. {INTACT}"
            yield blocker("currency", message, line=line, column="currency", sent=one.currency)
        before = held.lines.get(one.key)
        if before is not None and one.key in claimed and before.currency != one.currency:
            message = f"{one.name} is claimed on in {before.currency}; its currency stays. {INTACT}"
            fix = "Add a line of its own for the other currency."
            yield blocker("currency", message, line=line, column="currency", sent=one.currency, fix=fix)
        if before is not None and before.kind is not one.kind:
            yield from _kind_issues(held, before, one, line)


def _kind_issues(held: Held, before: FinanceLine, made: FinanceLine, line: int | None) -> Iterator[Issue]:
    """No other kind of a line moves confirmed money into cash or out of it (rules V6, V12, V13)."""
    claims = [plan.outcome for plan in held.plans.values() if plan.line == made.key]
    its = [held.outcomes[key] for key in claims if key in held.outcomes]
    moved = [one for one in its if counts_as_cash(one, before.kind) is not counts_as_cash(one, made.kind)]
    confirmed = [one.key for one in moved if settled.confirmed_on(held, one) is not None]
    if confirmed:
        was, sent = (one.kind.value.replace("_", " ") for one in (before, made))
        message = (
            f"{before.name} bears what finance confirmed of {said(held, confirmed)} as {was}, a loss as well "
            f"as a gain; it stays that (rules V6, V12 and V13). {INTACT}"
        )
        yield blocker(settled.CODE, message, line=line, column="kind", sent=sent, fix=settled.BACK)


def line_claim_issues(held: Held, line: str) -> Iterator[Issue]:
    """The claims that keep a line from being taken away."""
    claims = [plan.outcome for plan in held.plans.values() if plan.line == line]
    if claims:
        yield _claimed(held, held.lines[line].name, line, claims)


def claim_issues(held: Held, cells: Collection[tuple[str, str]]) -> Iterator[Issue]:
    """The claims that keep cells (line, cell) from being taken away."""
    for key in sorted(cells):
        claims = [plan.outcome for plan in held.plans.values() if (plan.line, plan.cell) == key]
        if claims:
            name = f"{held.lines[key[0]].name} · {held.cells[key].name}" if key in held.cells else key[1]
            yield _claimed(held, name, key[1], claims)


def _claimed(held: Held, name: str, key: str, claims: Sequence[str]) -> Issue:
    message = f"{name} is still used by {said(held, claims)}. {INTACT}"
    return blocker("used", message, sent=key, fix="Let them claim on another line or segment first.")


def said(held: Held, outcomes: Sequence[str]) -> str:
    """Outcomes by their metric, as a sentence names them."""
    return ", ".join(f"“{held.outcomes[one].metric}”" for one in sorted(outcomes) if one in held.outcomes)


def cell_issues(
    held: Held,
    lines: Mapping[str, FinanceLine],
    made: Sequence[LineCell],
    places: Sequence[int] = (),
    gone: Collection[tuple[str, str]] = (),
) -> Iterator[Issue]:
    """What is wrong with the cells, beside those that stay: a segment lies in one cell of its line."""
    known, seen = {**held.lines, **lines}, dict[str, set[str]]()
    for place, one in enumerate(made):
        line = line_of(places, place)
        if one.line not in known:
            message = f"There is no finance line “{one.line}”. {INTACT}"
            fix = "Add the line first."
            yield blocker("unknown_line", message, line=line, column="line", sent=one.line, fix=fix)
        yield from named("cell", one.key, one.name, seen.setdefault(one.line, set()), line)
    at = {(one.line, one.key): line_of(places, place) for place, one in enumerate(made)}
    for partition in _partitions(held, made, gone):
        for issue in partition_problems((partition,)):
            line = at.get((partition.line, issue.sent or ""))
            yield replace(issue, message=f"{issue.message} {INTACT}", line=line, column="segments")


def _partitions(held: Held, made: Sequence[LineCell], gone: Collection[tuple[str, str]]) -> list[Partition]:
    """The one partition of each line that is touched, as it would stand."""
    cells: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    touched = {one.line for one in made}
    stay = [one for key, one in held.cells.items() if key not in gone]
    for one in (*stay, *made):
        if one.line in touched:
            cells[one.line][one.key] = one.segments
    return [Partition(line, line, its) for line, its in sorted(cells.items())]


def month_issues(held: Held, made: Sequence[LineMonth], lines: Sequence[int] = ()) -> Iterator[Issue]:
    """What is wrong with months of cells."""
    seen: set[tuple[str, str, int]] = set()
    for place, one in enumerate(made):
        line = line_of(lines, place)
        if one.line in held.lines and (one.line, one.cell) not in held.cells:
            message = f"The finance line “{one.line}” has no segment “{one.cell}”. {INTACT}"
            fix = "Add the segment first."
            yield blocker("unknown_cell", message, line=line, column="cell", sent=one.cell, fix=fix)
        if one.line in held.lines:
            amounts, its = {"baseline": one.baseline, "actual": one.actual}, held.lines[one.line]
            yield from size_checks.amount_issues(its.name, amounts, its.currency, line)
        if not is_month(one.month):
            message = f"{one.month} is no month. {INTACT}"
            yield blocker("month", message, line=line, column="month", sent=str(one.month))
        if not lines and one.line not in held.lines:
            message = f"There is no finance line “{one.line}”. {INTACT}"
            yield blocker("unknown_line", message, column="line", sent=one.line, fix="Add the line first.")
        key = (one.line, one.cell, one.month)
        if key in seen:
            cell = held.cells.get((one.line, one.cell))
            month = iso_month(one.month) if is_month(one.month) else str(one.month)
            message = f"The month {month} of {cell.name if cell else one.cell} is there twice. {INTACT}"
            yield blocker("twice", message, line=line, column="month", sent=str(one.month))
        seen.add(key)
