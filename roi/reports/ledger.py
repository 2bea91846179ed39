"""The ledger's own lines, for finance: what a filter names, with count and exact sums."""

from roi.actors import Action, Actor
from roi.reports import basis, lines
from roi.reports.shapes import LedgerFilter, LedgerReport, Scope
from roi.store.database import Store


def build(
    store: Store, actor: Actor, ledger_filter: LedgerFilter, limit: int = 500, offset: int = 0
) -> LedgerReport:
    """Live lines, largest first; sums and count are of all lines that the filter names, not of the page.

    Raises:
        NotAllowedError: only finance reads lines.
    """
    actor.require(Action.READ_LINES)
    with basis.opened(store, actor, Scope()) as base:
        found = lines.behind(base.cursor, lines.wanted(ledger_filter), limit, offset)
        return LedgerReport(
            base.version,
            sum(count for _, _, count in found.totals),
            tuple((currency, amount) for currency, amount, _ in found.totals),
            found.lines,
        )
