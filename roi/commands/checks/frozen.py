"""What is frozen of an epic since it started: its start, its planned shares, its teams and their effort (V3).

Cost and value are split by them, also in months that are closed. So they change only by a restatement that
finance names with its reason, and both numbers stay in the history (D11). What nobody had said yet may be
said at any time; work that has not begun, or has no share and no effort yet, may be planned otherwise.
The same holds of its last month, delivered or ended, where closed months would gain or lose its cost by it;
a first delivery in the newest closed month takes none from any, and is ordinary work.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from roi.actors import Action, Actor
from roi.commands.changing import recording
from roi.commands.changing.held import Held
from roi.commands.changing.recording import refuse
from roi.domain.periods import LAST_MONTH, iso_month, month_of
from roi.domain.structure import Epic
from roi.domain.value import Effort, EpicPlan, EpicTeam, Slice
from roi.errors import INTACT, ClosedMonthError, Issue, blocker, warning

CODE, RESTATED = "frozen_split", "restated"
_FIX = "Leave it as it is stored. If it was wrong, finance restates it with its reason on its page"
_OF_A_LIST = "; who has both roles says the reason where a list is dropped, or with --restatement"


_STARTED = "has started, and what its cost and value are split by is frozen since (rule V3)"
_RAN = "has cost in months that are closed, and they would gain or lose it (rules V3 and D11)"
_LOGGED = "has a log of this month, which is closed, and its cost is split by it (rules V3 and D11)"

_FIX_LOG = (
    "Leave the month out, or as it is stored. If it was wrong, who is of finance as well brings the list "
    "with --restatement and the reason."
)


_ENDING = ("ended_on", "ended_by", "ended_because")

Beside = tuple[EpicPlan, Sequence[EpicTeam] | None, Sequence[Slice] | None]
"""What is saved with an epic: its plan, and its teams and slices where they are given."""


@dataclass(frozen=True, slots=True)
class Move:
    """Something frozen that would change, in words: of which epic or team, what, from what, to what."""

    epic: str
    column: str
    what: str
    before: str
    after: str
    why: str = _STARTED

    @property
    def told(self) -> str:
        """`Pay by instalments: planned share 30 % → 10 %`."""
        return f"{self.epic}: {self.what} {self.before} → {self.after}"


def of_epic(held: Held, epic: Epic, plan: EpicPlan | None = None) -> Iterator[Move]:
    """What saving an epic like this, with its plan where one is given, would change of what is frozen."""
    before = held.epics.get(epic.key)
    if before is None:
        return
    yield from _of_end(held, before, epic, plan)
    if not is_begun(held, before):
        return
    if before.started != epic.started:
        yield Move(before.name, "started", "start", _day(before.started), _day(epic.started))
    if before.team != epic.team and not held.epic_teams.get(epic.key):
        yield Move(before.name, "team", "team", _team(held, before.team), _team(held, epic.team))
    if before.planned_share and before.planned_share != epic.planned_share:
        shares = _percent(before.planned_share), _percent(epic.planned_share)
        yield Move(before.name, "planned_share", "planned share", *shares)


def _of_end(held: Held, before: Epic, after: Epic, plan: EpicPlan | None) -> Iterator[Move]:
    """Another delivery or end, by which closed months would gain or lose cost of the epic."""
    old = _plan(held, before.key)
    new = plan or old
    first, last = sorted((_last_month(before, old), _last_month(after, new)))
    if not any(_has_cost(held, before, month) for month in held.closed if first < month <= last):
        return
    if before.delivered != after.delivered:
        days = _day(before.delivered), _day(after.delivered)
        yield Move(before.name, "delivered", "delivery", *days, _RAN)
    if old.ended_on != new.ended_on:
        yield Move(before.name, "ended_on", "end", _day(old.ended_on), _day(new.ended_on), _RAN)


def _plan(held: Held, key: str) -> EpicPlan:
    return held.epic_plans.get(key, EpicPlan(key))


def _last_month(epic: Epic, plan: EpicPlan) -> int:
    """The month in which it was delivered or ended; far away while it runs."""
    ends = [day for day in (epic.delivered, plan.ended_on) if day is not None]
    return month_of(min(ends)) if ends else LAST_MONTH


def _has_cost(held: Held, epic: Epic, month: int) -> bool:
    """Whether a team's month would be split by its planned share: no log says otherwise."""
    if month < month_of(epic.started):
        return False
    own = ((epic.team, epic.planned_share),)
    shares = [(one.team, one.planned_share) for one in held.epic_teams.get(epic.key, ())] or own
    return any(share and not any(held.logged.get((team, month), {}).values()) for team, share in shares)


def of_teams(held: Held, key: str, teams: Sequence[EpicTeam]) -> Iterator[Move]:
    """What these teams of an epic would change of what is frozen; the first that are named are no change."""
    epic = held.epics.get(key)
    if epic is None or not is_begun(held, epic):
        return
    stored = {one.team: one for one in held.epic_teams.get(key, ())}
    named = {one.team: one for one in teams}
    if stored:
        for team in sorted(stored.keys() | named.keys()):
            yield from _of_team(held, epic, stored.get(team), named.get(team))
    elif named and epic.planned_share:
        own = named.get(epic.team)
        if own is None or own.planned_share != epic.planned_share:
            now = _percent(own.planned_share) if own else "none"
            what = f"planned share of {_team(held, epic.team)}"
            yield Move(epic.name, "planned_share", what, _percent(epic.planned_share), now)


def _of_team(held: Held, epic: Epic, before: EpicTeam | None, after: EpicTeam | None) -> Iterator[Move]:
    its = before or after
    if its is None:
        return
    name = _team(held, its.team)
    old, new = before.planned_share if before else 0, after.planned_share if after else 0
    if old != new and (old or before is None):  # a share that nobody had said may be said
        yield Move(epic.name, "planned_share", f"planned share of {name}", _percent(old), _percent(new))
    old, new = before.effort if before else 0, after.effort if after else 0
    if old != new:
        yield Move(epic.name, "effort", f"part of the value of {name}", _percent(old), _percent(new))


def of_log(held: Held, sent: Effort) -> Iterator[Move]:
    """What a row of a log would change of a closed month of a team that has a log already."""
    logged = held.logged.get((sent.team, sent.month))
    if logged is None or logged.get(sent.epic, 0) == sent.milli_days:
        return
    before, after = (f"{days / 1000:g}" for days in (logged.get(sent.epic, 0), sent.milli_days))
    epic = held.epics[sent.epic].name if sent.epic in held.epics else "run and unplanned work"
    what = f"item-days on {epic} in {iso_month(sent.month)}"
    yield Move(_team(held, sent.team), "days", what, before, after, _LOGGED)


def is_begun(held: Held, epic: Epic) -> bool:
    """Whether it has started, with a share or effort by which cost and value are split since."""
    if epic.started > held.today:
        return False
    return is_split(epic, held.epic_teams.get(epic.key, ())) or epic.key in held.worked


def is_split(epic: Epic, teams: Iterable[EpicTeam]) -> bool:
    """Whether anybody has said a share of cost or a part of value of it."""
    return any((epic.planned_share, *(one.planned_share or one.effort for one in teams)))


def between(before: Held, after: Held, months: Collection[int] | None = None) -> Iterator[Move]:
    """What is frozen before and stands otherwise after, also of epics that are gone.

    Of some `months` alone: what by it moves the cost of one of them.
    """
    for key in before.epics:
        if months is None or _runs_in(before, key, months) or _runs_in(after, key, months):
            yield from _between(before, after, key)
    for (team, month), logged in before.logged.items():
        if months is None or month in months:
            days = after.logged.get((team, month), {})
            for key in sorted(logged.keys() | days.keys()):
                yield from of_log(before, Effort(team, month, key, days.get(key, 0)))


def _between(before: Held, after: Held, key: str) -> Iterator[Move]:
    epic, now = before.epics[key], after.epics.get(key)
    if now is None:
        if is_begun(before, epic):
            share = _percent(epic.planned_share)
            yield Move(epic.name, "planned_share", "the epic with its planned share", share, "none")
        return
    plan = _plan(after, key)
    if now != epic or plan != _plan(before, key):
        yield from of_epic(before, now, plan)
    teams = after.epic_teams.get(key, ())
    if teams != before.epic_teams.get(key, ()):
        yield from of_teams(before, key, teams)


def _runs_in(held: Held, key: str, months: Collection[int]) -> bool:
    """Whether the epic ran in one of these months, and so may have cost in it."""
    epic = held.epics.get(key)
    if epic is None:
        return False
    last = _last_month(epic, _plan(held, key))
    return any(month_of(epic.started) <= month <= last for month in months)


def named(actor: Actor, restatement: str) -> str:
    """The reason of a restatement; whoever may neither record epics nor restate them is refused.

    Raises:
        NotAllowedError: this person may do neither, or gives a reason without being of finance.
    """
    if not actor.may(Action.RECORD_OUTCOME):
        actor.require(Action.CONFIRM_VALUE)
    return recording.named(actor, restatement)


def require_recorder(actor: Actor, held: Held, epic: Epic, beside: Beside) -> None:
    """Who does not record work changes of an epic what is frozen, and nothing else.

    Raises:
        NotAllowedError: something else would change, such as a first delivery, which is no restatement.
    """
    if not actor.may(Action.RECORD_OUTCOME) and not _is_only_moved(held, epic, beside):
        actor.require(Action.RECORD_OUTCOME)


def _is_only_moved(held: Held, epic: Epic, beside: Beside) -> bool:
    """Whether nothing but what is frozen would be otherwise."""
    before, (plan, teams, slices) = held.epics.get(epic.key), beside
    if before is None:
        return False
    old = _plan(held, epic.key)
    moved = {one.column for one in of_epic(held, epic, plan)}
    ending = _ENDING if "ended_on" in moved else ()
    its = {name: getattr(before, name) for name in moved - {"ended_on"}}
    is_same = replace(epic, **its) == before
    is_same_plan = replace(plan, **{name: getattr(old, name) for name in ending}) == old
    if not is_same or not is_same_plan or not _is_same(slices, held.slices.get(epic.key)):
        return False
    return _is_same(teams, held.epic_teams.get(epic.key)) or any(of_teams(held, epic.key, teams or ()))


def _is_same(given: Iterable[object] | None, stored: Iterable[object] | None) -> bool:
    return given is None or set(given) == set(stored or ())


def require_recorders(actor: Actor, before: Held, after: Held) -> None:
    """The same of everything that stands otherwise after, as of an undo.

    Raises:
        NotAllowedError: something else than what is frozen changes, or an epic comes or goes.
    """
    if actor.may(Action.RECORD_OUTCOME):
        return
    if before.epics.keys() != after.epics.keys():
        actor.require(Action.RECORD_OUTCOME)
    for key, epic in after.epics.items():
        beside = (_plan(after, key), after.epic_teams.get(key, ()), after.slices.get(key, ()))
        require_recorder(actor, before, epic, beside)
    for place in before.efforts.keys() | after.efforts.keys():
        if not _is_only_moved_log(before, before.efforts.get(place), after.efforts.get(place)):
            actor.require(Action.RECORD_OUTCOME)


def _is_only_moved_log(held: Held, before: Effort | None, after: Effort | None) -> bool:
    """Whether a row of a log stays as it is, or is of a closed month and has another number of days."""
    its = before or after
    if before == after or its is None:
        return True
    now = after or replace(its, milli_days=0)
    return (its.team, its.month) in held.logged and any(of_log(held, now))


def issues(moves: Iterable[Move], line: int | None = None, *, is_restated: bool = False) -> Iterator[Issue]:
    """The moves as issues: they stop a change, or are only said where it is a named restatement."""
    for one in moves:
        told = {"line": line, "column": one.column, "sent": one.after, "expected": one.before}
        if is_restated:
            yield warning(RESTATED, f"Restated: {one.told}.", **told)
            continue
        message = f"{one.epic} {one.why}: {one.what} {one.before}, not {one.after}. {INTACT}"
        where = _OF_A_LIST if line is not None else ""
        yield blocker(CODE, message, fix=_FIX_LOG if one.why == _LOGGED else f"{_FIX}{where}.", **told)


def notes(moves: Iterable[Move]) -> tuple[str, ...]:
    """What a restatement moves, from what to what, for its receipt and the history."""
    return tuple(f"Restated: {one.told}." for one in moves)


def require(actor: Actor, found: Sequence[Issue], code: str = CODE) -> None:
    """Raise when one of the issues blocks; finance, where only what is frozen does, may restate it.

    `code` is that of the issues that a restatement lifts.

    Raises:
        ClosedMonthError: all that blocks is of that code, and this person may name a restatement.
        RefusedError: with every issue.
    """
    blockers = [issue for issue in found if issue.is_blocker]
    if blockers and all(issue.code == code for issue in blockers) and actor.may(Action.CONFIRM_VALUE):
        said = "; ".join(issue.message.removesuffix(f" {INTACT}").removesuffix(".") for issue in blockers[:3])
        more = f"; and {len(blockers) - 3} more" if len(blockers) > 3 else ""
        message = f"{said}{more}. Name it as a restatement, with its reason, or leave it as it is."
        raise ClosedMonthError(message)
    refuse(tuple(found))


def _percent(share: int) -> str:
    return f"{share / 10_000:g} %"


def _day(day: date | None) -> str:
    return day.isoformat() if day else "none"


def _team(held: Held, key: str) -> str:
    return held.teams[key].name if key in held.teams else key
