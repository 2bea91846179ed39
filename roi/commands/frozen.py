"""What is frozen of an epic since it started: its start, its planned shares, its teams and their effort (V3).

Cost and value are split by them, also in months that are closed. So they change only by a restatement that
finance names with its reason, and both numbers stay in the history (D11). What nobody had said yet may be
said at any time; work that has not begun, or has no share and no effort yet, may be planned otherwise.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from roi.actors import Action, Actor
from roi.commands import recording
from roi.commands.held import Held
from roi.commands.structure import refuse
from roi.domain.periods import iso_month, month_of
from roi.domain.structure import Epic
from roi.domain.value import Effort, EpicPlan, EpicTeam, Slice
from roi.errors import INTACT, ClosedMonthError, Issue, blocker, warning

CODE, RESTATED = "frozen_split", "restated"
_FIX = (
    "Leave it as it is stored. If it was wrong, finance restates it with its reason on the epic's page; "
    "who has both roles brings a list with --restatement."
)


_STARTED = "has started, and what its cost and value are split by is frozen since (rule V3)"
_LOGGED = "has a log of this month, which is closed, and its cost is split by it (rules V3 and D11)"

_FIX_LOG = (
    "Leave the month out, or as it is stored. If it was wrong, who is of finance as well brings the list "
    "with --restatement and the reason."
)


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


def of_epic(held: Held, epic: Epic) -> Iterator[Move]:
    """What saving an epic like this would change of what is frozen."""
    before = held.epics.get(epic.key)
    if before is None:
        return
    if _is_moved_in_closed(held, before.delivered, epic.delivered):
        yield Move(before.name, "delivered", "delivery", _day(before.delivered), _day(epic.delivered))
    if not is_begun(held, before):
        return
    if before.started != epic.started:
        yield Move(before.name, "started", "start", _day(before.started), _day(epic.started))
    if before.team != epic.team and not held.epic_teams.get(epic.key):
        yield Move(before.name, "team", "team", _team(held, before.team), _team(held, epic.team))
    if before.planned_share and before.planned_share != epic.planned_share:
        shares = _percent(before.planned_share), _percent(epic.planned_share)
        yield Move(before.name, "planned_share", "planned share", *shares)


def of_teams(held: Held, key: str, teams: Sequence[EpicTeam]) -> Iterator[Move]:
    """What these teams of an epic would change of what is frozen; the first that are named are no change."""
    epic = held.epics.get(key)
    if epic is None or epic.started > held.today:
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
    shares = (epic.planned_share, *(one.planned_share for one in held.epic_teams.get(epic.key, ())))
    return any(shares) or epic.key in held.worked


def _is_moved_in_closed(held: Held, before: date | None, after: date | None) -> bool:
    """Whether another delivery than was said gives closed months more or less of its cost."""
    if before is None or before == after:
        return False
    month = month_of(before)
    ends = sorted((month, month_of(after) if after else max(held.closed, default=month)))
    return any(ends[0] < month <= ends[1] for month in held.closed)


def between(before: Held, after: Held) -> Iterator[Move]:
    """What is frozen before and stands otherwise after, also of epics that are gone."""
    for key, epic in before.epics.items():
        now = after.epics.get(key)
        if now is None:
            if is_begun(before, epic):
                share = _percent(epic.planned_share)
                yield Move(epic.name, "planned_share", "the epic with its planned share", share, "none")
            continue
        if now != epic:
            yield from of_epic(before, now)
        teams = after.epic_teams.get(key, ())
        if teams != before.epic_teams.get(key, ()):
            yield from of_teams(before, key, teams)
    for (team, month), logged in before.logged.items():
        days = after.logged.get((team, month), {})
        for key in sorted(logged.keys() | days.keys()):
            yield from of_log(before, Effort(team, month, key, days.get(key, 0)))


def named(actor: Actor, restatement: str) -> str:
    """The reason of a restatement; whoever may neither record epics nor restate them is refused.

    Raises:
        NotAllowedError: this person may do neither, or gives a reason without being of finance.
    """
    if not actor.may(Action.RECORD_OUTCOME):
        actor.require(Action.CONFIRM_VALUE)
    return recording.named(actor, restatement)


def require_recorder(
    actor: Actor, held: Held, epic: Epic, beside: tuple[EpicPlan, Sequence[Slice] | None]
) -> None:
    """Who does not record work changes of an epic what is frozen, and nothing else.

    Raises:
        NotAllowedError: something else would change.
    """
    before, (plan, slices) = held.epics.get(epic.key), beside
    names = ("started", "team", "planned_share", "delivered")
    same = before and replace(epic, **{name: getattr(before, name) for name in names})
    is_other_plan = plan != held.epic_plans.get(epic.key, EpicPlan(epic.key))
    if before is None or before != same or slices is not None or is_other_plan:
        actor.require(Action.RECORD_OUTCOME)


def issues(moves: Iterable[Move], line: int | None = None, *, is_restated: bool = False) -> Iterator[Issue]:
    """The moves as issues: they stop a change, or are only said where it is a named restatement."""
    for one in moves:
        told = {"line": line, "column": one.column, "sent": one.after, "expected": one.before}
        if is_restated:
            yield warning(RESTATED, f"Restated: {one.told}.", **told)
            continue
        message = f"{one.epic} {one.why}: {one.what} {one.before}, not {one.after}. {INTACT}"
        yield blocker(CODE, message, fix=_FIX if one.why == _STARTED else _FIX_LOG, **told)


def notes(moves: Iterable[Move]) -> tuple[str, ...]:
    """What a restatement moves, from what to what, for its receipt and the history."""
    return tuple(f"Restated: {one.told}." for one in moves)


def require(actor: Actor, found: Sequence[Issue]) -> None:
    """Raise when one of the issues blocks; finance, where only what is frozen does, may restate it.

    Raises:
        ClosedMonthError: everything that blocks is frozen, and this person may name a restatement.
        RefusedError: with every issue.
    """
    blockers = [issue for issue in found if issue.is_blocker]
    if blockers and all(issue.code == CODE for issue in blockers) and actor.may(Action.CONFIRM_VALUE):
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
