"""What the frame around every page shows: company, months, streams, state of the books, who may act."""

from roi.actors import Actor
from roi.domain.structure import GroupedBy
from roi.reports.books import control, history, steps
from roi.reports.ground import basis
from roi.reports.ground.basis import Basis
from roi.reports.ground.structure import Structure
from roi.reports.shapes import RollUp, Scope, ShellReport
from roi.store import read
from roi.store.database import Store


def build(store: Store, actor: Actor, scope: Scope) -> ShellReport:
    """The frame's facts; `months` are all months with actual cost, `span` those looked at."""
    with basis.opened(store, actor, scope) as base:
        coverage = control.of(base)
        actors = read.members(base.cursor)
        return ShellReport(
            base.version,
            store.path.stem,
            base.company,
            base.span,
            base.months,
            base.currencies,
            control.state(coverage),
            history.latest(base, coverage),
            tuple(member.name for member in actors),
            steps.of(base),
            actors,
            _roll_ups(base),
        )


def _roll_ups(base: Basis) -> dict[RollUp, tuple[str, ...]]:
    """Value streams, and divisions where there are any; by today's structure where a team ever moved (D5)."""
    moves, now = base.structure.moves, base.months.last if base.months else None
    kinds: tuple[GroupedBy, ...] = ("value_stream", "division")
    found: dict[RollUp, tuple[str, ...]] = {}
    for by in kinds:
        found[by, "then"] = Structure(base.teams, moves, None, by).streams(base.every_month or [0])
        if moves and now is not None:
            found[by, "today"] = Structure(base.teams, moves, now, by).streams([now])
    return {roll_up: names for roll_up, names in found.items() if names or roll_up[0] == "value_stream"}
