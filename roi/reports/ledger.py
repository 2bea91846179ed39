"""The ledger's own lines, for finance: what a filter names, with count and exact sums."""

from dataclasses import replace

from roi.actors import Action, Actor
from roi.reports.cost import lines
from roi.reports.cost.costs import SUSPENSE
from roi.reports.ground import basis
from roi.reports.shapes import LedgerFilter, LedgerLine, LedgerReport, Scope
from roi.store.database import Store

Place = tuple[int, int, int]
"""Change, line of its file, month."""


def build(
    store: Store, actor: Actor, ledger_filter: LedgerFilter, limit: int = 500, offset: int = 0
) -> LedgerReport:
    """Live lines, largest first; sums and count are of all lines that the filter names, not of the page.

    Raises:
        NotAllowedError: only finance reads lines.
    """
    actor.require(Action.READ_LINES)
    with basis.opened(store, actor, Scope()) as base:
        return _report(base, ledger_filter, limit, offset)


def with_suspense(
    store: Store, actor: Actor, ledger_filter: LedgerFilter, limit: int
) -> tuple[LedgerReport, dict[Place, int]]:
    """The same, and what of each line no team carries yet: a person's month may be partly a team's.

    Raises:
        NotAllowedError: only finance reads lines.
    """
    actor.require(Action.READ_LINES)
    with basis.opened(store, actor, Scope()) as base:
        report = _report(base, ledger_filter, limit, 0)
        waiting: tuple[LedgerLine, ...] = ()
        if ledger_filter.placed in {None, SUSPENSE}:
            waiting = _report(base, replace(ledger_filter, placed=SUSPENSE), limit, 0).lines
        return report, {place_of(line): line.amount for line in waiting}


def place_of(line: LedgerLine) -> Place:
    """Which line of which file this is, of which month."""
    return line.change_id, line.line, line.month


def _report(base: basis.Basis, asked: LedgerFilter, limit: int, offset: int) -> LedgerReport:
    found = lines.behind(base.cursor, lines.wanted(asked), limit, offset)
    return LedgerReport(
        base.version,
        sum(count for _, _, count in found.totals),
        tuple((currency, amount) for currency, amount, _ in found.totals),
        found.lines,
    )
