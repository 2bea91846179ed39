"""The first page's figure alone, now or on the cursor of an import that is being looked at beforehand."""

from dataclasses import dataclass

from roi.actors import Actor
from roi.domain.figures import Figure
from roi.domain.periods import Span
from roi.reports import portfolio
from roi.reports.booked import work
from roi.reports.cost import tying
from roi.reports.ground import basis
from roi.reports.ground.basis import Basis
from roi.reports.shapes import Scope
from roi.store.database import Store
from roi.store.read import Cursor


@dataclass(frozen=True, slots=True)
class Headline:
    """Return per unit of team cost and that cost, in the months looked at; None: no cost yet."""

    returned: Figure
    cost: Figure
    span: Span | None
    currency: str = ""


def build(store: Store, actor: Actor, scope: Scope) -> Headline:
    """The headline as the first page shows it."""
    with basis.opened(store, actor, scope) as base:
        return _headline(base)


def on(cursor: Cursor, actor: Actor, scope: Scope) -> Headline:
    """The headline of what this cursor sees."""
    return _headline(basis.on(cursor, actor, scope))


def _headline(base: Basis) -> Headline:
    cost = tying.load(base)
    total = portfolio.total_row(cost, work.load(cost))
    return Headline(total.returned, total.cost, base.span, base.currency)
