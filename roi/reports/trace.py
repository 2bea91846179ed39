"""Where does this number come from? Back to its formula, its files, and for finance its lines."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

from roi.actors import Action, Actor
from roi.domain.figures import REGISTRY, Figure, unknown
from roi.domain.outcomes import is_cash
from roi.domain.periods import Span, month_of
from roi.domain.structure import Epic, Team
from roi.errors import UnknownKeyError
from roi.reports import basis, books, costs, lines, returned, work
from roi.reports import team as team_report
from roi.reports.basis import Basis
from roi.reports.lines import Wanted
from roi.reports.shapes import FileShare, LedgerLine, Scope, TraceReport
from roi.store.database import Store

T = TypeVar("T")

SHOWN_LINES = 200
HIDDEN = (
    "Ledger lines are shown to finance only, because they can tell somebody's pay. Files and sums are exact."
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The figure asked for, and all that may answer it."""

    base: Basis
    cost: costs.Costs
    jobs: work.Work
    team: Team | None
    outcome: str | None
    epic: Epic | None

    @property
    def teams(self) -> frozenset[str]:
        """The team asked for, else those of the scope."""
        return frozenset([self.team.key] if self.team else [team.key for team in self.base.shown_teams])

    @property
    def keys(self) -> dict[str, str]:
        """What leads to the figure besides the scope."""
        return {"team": self.team.key} if self.team else {}


@dataclass(frozen=True, slots=True)
class _Found:
    """A figure, the lines behind it, what they must sum to, and the outcomes behind it."""

    figure: Figure
    wanted: tuple[Wanted, ...] = ()
    files_sum: int = 0
    outcomes: tuple[work.Valued, ...] = ()
    value_sum: int = 0


def build(  # noqa: PLR0913, PLR0917 - a figure is found by up to three keys beside its scope
    store: Store,
    actor: Actor,
    scope: Scope,
    figure_id: str,
    team: str | None = None,
    outcome: str | None = None,
    *,
    epic: str | None = None,
) -> TraceReport:
    """The figure as every page shows it, with the files and outcomes that make it.

    Raises:
        UnknownKeyError: no such figure, team, outcome or epic.
    """
    if figure_id not in REGISTRY:
        message = f"There is no figure {figure_id!r}."
        raise UnknownKeyError(message)
    with basis.opened(store, actor, scope) as base:
        cost = costs.load(base)
        jobs = work.load(cost)
        its_team = team_report.find(base, team) if team else None
        asked = _Asked(base, cost, jobs, its_team, outcome, _epic(jobs, epic, outcome))
        return _report(asked, _FINDERS[figure_id](asked), may_read=actor.may(Action.READ_LINES))


def _epic(jobs: work.Work, epic: str | None, outcome: str | None) -> Epic | None:
    if epic is None and outcome is None:
        return None
    key = epic or next((item.epic.key for item in jobs.valued if item.outcome.key == outcome), None)
    for found in jobs.epics:
        if found.key == key:
            return found
    message = f"There is no outcome {outcome!r}." if epic is None else f"There is no epic {epic!r}."
    raise UnknownKeyError(message)


def _report(asked: _Asked, found: _Found, *, may_read: bool) -> TraceReport:
    base = asked.base
    files = _files(base, found.wanted)
    value_sum = sum(item.value.likely for item in found.outcomes if item.value is not None)
    return TraceReport(
        version=base.version,
        figure=found.figure,
        title=_title(asked, found.figure),
        span=base.span,
        currency=found.figure.currency or base.currency,
        files=files,
        lines=_lines(base, found.wanted) if may_read else (),
        total_lines=sum(file.lines for file in files),
        lines_hidden="" if may_read or not files else HIDDEN,
        outcomes=tuple(work.outcome_row(asked.jobs, item) for item in found.outcomes),
        books=books.state(books.load(base.cursor)),
        sums_agree=sum(file.amount for file in files) == found.files_sum and value_sum == found.value_sum,
    )


def _title(asked: _Asked, figure: Figure) -> str:
    about = asked.team.name if asked.team else asked.base.value_stream or ""
    if asked.epic is not None:
        about = asked.epic.name
    return f"{figure.definition.name}: {about}" if about else figure.definition.name


def _files(base: Basis, wanted: Sequence[Wanted]) -> tuple[FileShare, ...]:
    """Files over all that is wanted, each named once."""
    found: dict[int, FileShare] = {}
    for want in wanted:
        for file in lines.files(base.cursor, want):
            other = found.get(file.change_id)
            found[file.change_id] = _together(other, file) if other else file
    return tuple(found[change_id] for change_id in sorted(found))


def _together(first: FileShare, second: FileShare) -> FileShare:
    return FileShare(
        first.change_id,
        first.file_name,
        first.sha256,
        first.at,
        first.actor,
        first.lines + second.lines,
        first.amount + second.amount,
    )


def _lines(base: Basis, wanted: Sequence[Wanted]) -> tuple[LedgerLine, ...]:
    found = [line for want in wanted for line in lines.lines(base.cursor, want, SHOWN_LINES)]
    found.sort(key=lambda line: (-abs(line.amount), line.month, line.change_id, line.line))
    return tuple(found[:SHOWN_LINES])


def _want(asked: _Asked, placed: str | None, teams: Collection[str] | None = None) -> tuple[Wanted, ...]:
    """Lines of the period in the report's currency."""
    if asked.base.span is None:
        return ()
    return (Wanted(span=asked.base.span, currency=asked.base.currency, placed=placed, teams=teams),)


def _ledger(asked: _Asked) -> _Found:
    figure = costs.ledger_total(asked.base)
    return _Found(figure, _want(asked, None), figure.value or 0)


def _team_cost(asked: _Asked) -> _Found:
    figure = costs.team_cost(asked.cost, asked.teams, **asked.keys)
    return _Found(figure, _want(asked, costs.TEAM, asked.teams), figure.value or 0)


def _suspense(asked: _Asked) -> _Found:
    figure = costs.suspense(asked.cost)
    return _Found(figure, _want(asked, costs.SUSPENSE), figure.value or 0)


def _excluded(asked: _Asked) -> _Found:
    figure = costs.excluded(asked.cost)
    return _Found(figure, _want(asked, costs.EXCLUDED), figure.value or 0)


def _difference(asked: _Asked) -> _Found:
    """The ledger's files stand behind it; they sum to the ledger in its formula."""
    return _Found(costs.difference(asked.cost), _want(asked, None), costs.ledger_total(asked.base).value or 0)


def _placed_share(asked: _Asked) -> _Found:
    figure = costs.placed_share(asked.cost)
    return _Found(figure, _want(asked, costs.TEAM), dict(figure.inputs).get("team_cost", 0))


def _control(asked: _Asked) -> _Found:
    """Control totals of the period's months; where two overlap, the one over fewer months counts."""
    base = asked.base
    about = [
        row
        for row in books.load(base.cursor).controls
        if row.scenario == books.ACTUAL and row.currency == base.currency and _is_in(row.span, base.span)
    ]
    if not about:
        why = "no control total is stated for these months"
        return _Found(unknown("control_difference", why, currency=base.currency, scope=base.keys()))
    rows = books.apart(about)
    ledger, stated = sum(row.ledger for row in rows), sum(row.stated for row in rows)
    inputs = (("ledger", ledger), ("control", stated), ("difference", ledger - stated))
    figure = Figure(
        "control_difference", ledger - stated, currency=base.currency, inputs=inputs, scope=base.keys()
    )
    wanted = tuple(Wanted(span=row.span, source=row.source, currency=row.currency) for row in rows)
    return _Found(figure, wanted, ledger)


def _is_in(inner: Span, outer: Span | None) -> bool:
    return outer is not None and outer.first <= inner.first and inner.last <= outer.last


def _epic_cost(asked: _Asked) -> _Found:
    """The team's lines in the epic's months: they sum to the team cost in the formula."""
    epic = _needed(asked.epic, "epic")
    figure = work.epic_cost(asked.jobs, epic)
    base = asked.base
    if base.span is None:
        return _Found(figure)
    last = min(base.span.last, month_of(epic.delivered)) if epic.delivered else base.span.last
    span = Span(month_of(epic.started), last)
    want = Wanted(span=span, currency=base.currency, placed=costs.TEAM, teams=[epic.team])
    return _Found(figure, (want,), dict(figure.inputs).get("team_cost", 0))


def _unplanned(asked: _Asked) -> _Found:
    team = _needed(asked.team, "team")
    cost = costs.team_cost(asked.cost, asked.teams, **asked.keys)
    return _Found(work.rest(asked.jobs, team, cost), _want(asked, costs.TEAM, asked.teams), cost.value or 0)


def _needed(found: T | None, what: str) -> T:
    if found is None:
        message = f"This figure belongs to one {what}; the link names none."
        raise UnknownKeyError(message)
    return found


def _outcome_figure(name: str) -> Callable[[_Asked], _Found]:
    def find(asked: _Asked) -> _Found:
        epic = _needed(asked.epic if asked.outcome else None, "outcome")
        item = next(
            item
            for item in asked.jobs.valued
            if item.epic.key == epic.key and item.outcome.key == asked.outcome
        )
        row = work.outcome_row(asked.jobs, item)
        figure = {"outcome_value": row.value, "measured_month": row.measured, "expected_month": row.expected}[
            name
        ]
        value = item.value.likely if item.value is not None else 0
        return _Found(_needed(figure, "outcome"), outcomes=(item,), value_sum=value)

    return find


def _value(asked: _Asked) -> _Found:
    items = asked.jobs.of_teams(asked.teams)
    figure = returned.confirmed(asked.jobs, items, asked.keys)
    return _Found(figure, outcomes=_counted(items, cash=True), value_sum=figure.value or 0)


def _protected(asked: _Asked) -> _Found:
    items = asked.jobs.of_teams(asked.teams)
    figure = returned.protected(asked.jobs, items, asked.keys)
    return _Found(figure, outcomes=_counted(items, cash=False), value_sum=figure.value or 0)


def _return(asked: _Asked) -> _Found:
    """Cost by file, and confirmed cash by outcome: the two numbers of its formula."""
    kind = asked.team.kind.value if asked.team else "portfolio"
    cost, value = _team_cost(asked), _value(asked)
    items = asked.jobs.of_teams(asked.teams)
    figure = returned.returned(asked.jobs, items, cost.figure, kind, asked.keys)
    return _Found(figure, cost.wanted, cost.files_sum, value.outcomes, value.value_sum)


def _counted(items: Sequence[work.Valued], *, cash: bool) -> tuple[work.Valued, ...]:
    """Outcomes of one kind, those that count first."""
    found = [item for item in items if is_cash(item.outcome) is cash]
    found.sort(
        key=lambda item: (item.value is None, -abs(item.value.likely) if item.value else 0, item.outcome.key)
    )
    return tuple(found)


_FINDERS: dict[str, Callable[[_Asked], _Found]] = {
    "ledger_total": _ledger,
    "team_cost": _team_cost,
    "suspense": _suspense,
    "excluded_cost": _excluded,
    "ledger_difference": _difference,
    "control_difference": _control,
    "placed_share": _placed_share,
    "epic_cost": _epic_cost,
    "unplanned_cost": _unplanned,
    "outcome_value": _outcome_figure("outcome_value"),
    "measured_month": _outcome_figure("measured_month"),
    "expected_month": _outcome_figure("expected_month"),
    "confirmed_cash": _value,
    "protected_value": _protected,
    "return_per_unit": _return,
}
