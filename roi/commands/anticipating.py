"""An anticipated outcome with what is agreed about it, together with its epic where that is new."""

from dataclasses import replace
from datetime import date

from roi.actors import Action, Actor
from roi.commands import obligations, outcomes
from roi.commands.changing import recording, records
from roi.commands.changing.held import Held
from roi.commands.changing.recording import Work, refuse
from roi.commands.changing.requests import Receipt
from roi.commands.checks import epic_checks, frozen, outcome_checks, outcome_work, plan_checks, settled, since
from roi.commands.checks.outcome_work import New
from roi.commands.checks.plan_checks import Made
from roi.domain.structure import Epic, Outcome
from roi.domain.value import EpicPlan, OutcomePlan
from roi.errors import INTACT, Issue, blocker
from roi.store.changes import NewChange, Put
from roi.store.database import Store
from roi.store.read import Cursor

SAVE_ANTICIPATED, AGREE = "save an anticipated outcome", "agree on an outcome"
"""The kinds of change that this module makes."""


def save_anticipated(  # noqa: PLR0913, PLR0917 - an outcome comes with its plan and perhaps its epic
    store: Store,
    actor: Actor,
    outcome: Outcome,
    plan: OutcomePlan,
    epic: Epic | None = None,
    epic_plan: EpicPlan | None = None,
    based_on: int | None = None,
    *,
    restatement: str = "",
) -> Receipt:
    """Create or change an outcome with its plan; a new epic comes in the same change.

    The value of a unit is that of the driver that the plan names. The first version, or the one before the
    first edit after work started, is frozen as the forecast (law T11). With a `restatement`, what was wrong,
    closed months of the outcome move (see `recording.named`).

    Raises:
        RefusedError: something that it names is not there, contradicts itself or is frozen; with every issue.
        ClosedMonthError: it is frozen and no named restatement, and this person may name one (D11).
        ConflictError: somebody changed the outcome or its plan since it was opened (`based_on`).
    """
    actor.require(Action.RECORD_OUTCOME)
    own = replace(plan, outcome=outcome.key)

    def decide(cursor: Cursor) -> Work:
        held = Held(cursor, outcome.key)
        (made,) = outcomes.with_readings((outcome,), held.outcomes)
        made = plan_checks.with_driver(held, made, own)
        epics = {epic.key: epic} if epic else {}
        whole = Held(cursor) if epic and epic.key in held.epics else held  # its other outcomes count too
        moves = tuple(frozen.of_epic(whole, epic, epic_plan)) if epic else ()
        found = [*_issues(held, made, own, epics), *_epic_issues(whole, epic, epic_plan)]
        frozen.require(actor, [*found, *frozen.issues(moves, is_restated=bool(told))])
        new = New(epics, {made.key: own})
        work = outcome_work.work(held, (made,), based_on, new=new)
        puts = (*_epic_puts(epic, epic_plan, based_on), records.put("outcome_plan", (own,), based_on))
        ends = (*work.ends, *obligations.released(held, epics.values()))
        return Work((*puts, *work.puts), ends, notes=frozen.notes(moves))

    told = recording.named(actor, restatement)
    new = NewChange(actor, SAVE_ANTICIPATED, detail={"outcome": outcome.key}, restatement=told)
    return recording.record(store, new, decide)


def _issues(held: Held, outcome: Outcome, plan: OutcomePlan, epics: dict[str, Epic]) -> list[Issue]:
    known = tuple({**held.epics, **epics}.values())
    found = list(outcome_checks.outcome_issues((outcome,), known))
    return found + list(plan_checks.plan_issues(held, Made({outcome.key: outcome}, {outcome.key: plan})))


def _epic_issues(held: Held, epic: Epic | None, plan: EpicPlan | None) -> list[Issue]:
    if epic is None:
        return []
    found = [*outcome_checks.epic_issues(held, (epic,)), *settled.epic_issues(held, epic, plan)]
    return found + list(epic_checks.plan_issues(held, epic, replace(plan, epic=epic.key)) if plan else [])


def _epic_puts(epic: Epic | None, plan: EpicPlan | None, based_on: int | None) -> list[Put]:
    if epic is None:
        return []
    puts = [records.put("epic", (epic,), based_on)]
    if plan is not None:
        puts.append(records.put("epic_plan", (replace(plan, epic=epic.key),), based_on))
    return puts


def look(store: Store, actor: Actor, outcome: Outcome, plan: OutcomePlan) -> tuple[Issue, ...]:
    """What would stop the outcome from being saved, and as hints what it lacks to be measured.

    Stores nothing. The epic is not asked for: it may come in the same change.
    """
    actor.require(Action.RECORD_OUTCOME)
    with store.snapshot() as cursor:
        held = Held(cursor, outcome.key)
        own = replace(plan, outcome=outcome.key)
        made = plan_checks.with_driver(held, outcome, own)
        wrong = plan_checks.plan_issues(held, Made({made.key: made}, {made.key: own}))
        return (*wrong, *plan_checks.missing(held, made, own))


def agree(store: Store, actor: Actor, outcome: str, agreed_on: date, based_on: int | None = None) -> Receipt:
    """Say that an outcome is agreed: from a draft it becomes a promise.

    Raises:
        RefusedError: it is agreed already.
        UnknownKeyError: there is no such outcome.
        ConflictError: somebody changed the promise since it was opened (`based_on`).
    """
    actor.require(Action.RECORD_OUTCOME)

    def decide(cursor: Cursor) -> Work:
        held = Held(cursor, outcome)
        found = held.outcome(outcome)
        since.require_seen(held, outcome, based_on)
        plan = held.plans.get(outcome, OutcomePlan(outcome))
        if plan.agreed_on is not None and plan.agreed_on != agreed_on:
            message = f"{found.metric} was agreed on {plan.agreed_on.isoformat()} already. {INTACT}"
            refuse((blocker("agreed", message, column="agreed_on", sent=agreed_on.isoformat()),))
        promised = outcome_work.forecasts(held, (found,))
        puts = [records.put("outcome_plan", (replace(plan, agreed_on=agreed_on),), based_on)]
        return Work((*puts, *([records.put("forecast", promised)] if promised else [])))

    return recording.record(store, NewChange(actor, AGREE, detail={"outcome": outcome}), decide)
