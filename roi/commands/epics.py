"""An epic with its plan, its teams and its slices in one change; and the end of one that did not go on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from roi.actors import Actor
from roi.commands import obligations
from roi.commands.changing import recording, records
from roi.commands.changing.held import Held
from roi.commands.changing.recording import Work
from roi.commands.changing.requests import Receipt
from roi.commands.checks import epic_checks, frozen, outcome_checks, outcome_work, settled
from roi.domain.structure import Epic
from roi.domain.value import Ending, EpicPlan, EpicTeam, Slice
from roi.errors import Issue
from roi.store.changes import End, NewChange, Put
from roi.store.database import Store
from roi.store.read import Cursor

SAVE_EPIC, END_EPIC = "save an epic", "end an epic"
"""The kinds of change that this module makes."""


def save_epic(  # noqa: PLR0913, PLR0917 - an epic is saved with all that belongs to it
    store: Store,
    actor: Actor,
    epic: Epic,
    plan: EpicPlan,
    teams: Sequence[EpicTeam] | None = None,
    slices: Sequence[Slice] | None = None,
    based_on: int | None = None,
    *,
    unread: Sequence[Issue] = (),
    restatement: str = "",
) -> Receipt:
    """Create or change an epic with its plan; teams and slices that are given replace those that are held.

    None leaves them as they are, an empty list takes them away. `unread` is what a form could not read: it is
    refused together with all else. Start, planned shares, teams and their effort
    are frozen once work has started (rule V3), and so is what its outcomes promise (law T11): only finance
    restates them, with the reason (`restatement`), and that is all that finance alone changes of an epic.
    So it is with a delivery or an end by which closed months would gain or lose cost.

    Raises:
        NotAllowedError: this person may not record work, and something else than what is frozen would change.
        RefusedError: something that it names is not there, contradicts itself or is frozen; with every issue.
        ClosedMonthError: it is frozen and no named restatement, and this person may name one (D11).
        ConflictError: somebody changed the epic since it was opened (`based_on`).
    """
    said = frozen.named(actor, restatement)
    own = replace(plan, epic=epic.key)
    its_teams = None if teams is None else tuple(replace(one, epic=epic.key) for one in teams)
    its_slices = None if slices is None else tuple(replace(one, epic=epic.key) for one in slices)

    def decide(cursor: Cursor) -> Work:
        held = Held(cursor)
        frozen.require_recorder(actor, held, epic, (own, its_teams, its_slices))
        issues = [*unread, *outcome_checks.epic_issues(held, (epic,))]
        issues += epic_checks.plan_issues(held, epic, own)
        issues += [] if its_teams is None else epic_checks.team_issues(held, epic, its_teams)
        issues += epic_checks.slice_issues(held, epic, its_slices or ())
        issues += settled.epic_issues(held, epic, own)
        issues += [] if its_teams is None else settled.team_issues(held, epic, its_teams)
        issues += [] if its_slices is None else settled.slice_issues(held, epic, its_slices)
        moves = list(frozen.of_epic(held, epic, own))
        moves += [] if its_teams is None else frozen.of_teams(held, epic.key, its_teams)
        frozen.require(actor, [*issues, *frozen.issues(moves, is_restated=bool(said))])
        work = _work(held, (epic, own), (its_teams, its_slices), based_on)
        return replace(work, notes=frozen.notes(moves))

    new = NewChange(actor, SAVE_EPIC, detail={"epic": epic.key}, restatement=said)
    return recording.record(store, new, decide)


def _work(
    held: Held,
    saved: tuple[Epic, EpicPlan],
    parts: tuple[tuple[EpicTeam, ...] | None, tuple[Slice, ...] | None],
    based_on: int | None,
) -> Work:
    epic, plan = saved
    teams, slices = parts
    puts = [records.put("epic", (epic,), based_on), records.put("epic_plan", (plan,), based_on)]
    ends = []
    if teams is not None:
        puts.append(records.put("epic_team", teams, based_on))
        gone = {one.team for one in held.epic_teams.get(epic.key, ())} - {one.team for one in teams}
        ends.append(End("epic_team", tuple((epic.key, team) for team in sorted(gone)), based_on))
    if slices is not None:
        puts.append(records.put("epic_slice", slices, based_on))
        gone = {one.key for one in held.slices.get(epic.key, ())} - {one.key for one in slices}
        ends.append(End("epic_slice", tuple((epic.key, key) for key in sorted(gone)), based_on))
    return Work((*puts, *_forecasts(held, epic)), (*ends, *obligations.released(held, (epic,))))


def _forecasts(held: Held, epic: Epic) -> tuple[Put, ...]:
    promised = outcome_work.forecasts_of_epics(held, [epic.key])
    return (promised,) if promised else ()


@dataclass(frozen=True, slots=True)
class EpicEnd:
    """The end of an epic that did not go on: when, how and why."""

    epic: str
    ended_on: date
    ended_by: Ending
    because: str


def end_epic(
    store: Store, actor: Actor, end: EpicEnd, based_on: int | None = None, *, restatement: str = ""
) -> Receipt:
    """Cancel an epic or write it off: its cost stays, its claims count nothing from then on (rule V12).

    An end by which closed months would gain or lose cost is a restatement, which finance names (D11).

    Raises:
        NotAllowedError: this person may not record work, and no closed month would move.
        RefusedError: no reason is given, the day lies before its start, or closed months would move.
        ClosedMonthError: closed months would move, and this person may name a restatement.
        UnknownKeyError: there is no such epic.
        ConflictError: somebody changed its plan since it was opened (`based_on`).
    """
    said, because = frozen.named(actor, restatement), end.because.strip()

    def decide(cursor: Cursor) -> Work:
        held = Held(cursor)
        before = held.epic(end.epic)
        plan = held.epic_plans.get(end.epic, EpicPlan(end.epic))
        made = replace(plan, ended_on=end.ended_on, ended_by=end.ended_by, ended_because=because)
        frozen.require_recorder(actor, held, before, (made, None, None))
        moves = tuple(frozen.of_epic(held, before, made))
        found = epic_checks.plan_issues(held, before, made)
        frozen.require(actor, [*found, *frozen.issues(moves, is_restated=bool(said))])
        puts = (records.put("epic_plan", (made,), based_on), *_forecasts(held, before))
        return Work(puts, notes=frozen.notes(moves))

    detail = {"epic": end.epic, "ended_by": end.ended_by.value}
    new = NewChange(actor, END_EPIC, because, detail=detail, restatement=said)
    return recording.record(store, new, decide)
