"""What the frame around every page shows: company, months, streams, state of the books, who may act."""

from roi.actors import Actor
from roi.reports import basis, books, history, steps
from roi.reports.shapes import Scope, ShellReport
from roi.store import read
from roi.store.database import Store


def build(store: Store, actor: Actor, scope: Scope) -> ShellReport:
    """The frame's facts; `months` are all months with actual cost, `span` those looked at."""
    with basis.opened(store, actor, scope) as base:
        coverage = books.of(base)
        actors = read.members(base.cursor)
        return ShellReport(
            base.version,
            store.path.stem,
            base.company,
            base.span,
            base.months,
            base.value_streams,
            base.currencies,
            books.state(coverage),
            history.latest(base, coverage),
            tuple(member.name for member in actors),
            steps.of(base),
            actors,
        )
