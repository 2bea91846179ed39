"""Closing the loop: finance confirms, asks, adjusts; owners answer, and close with what was learned."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from roi.actors import Action, Actor
from roi.commands import outcomes
from roi.commands.changing import recording, records
from roi.commands.changing.held import Held
from roi.commands.changing.recording import Work, refuse
from roi.commands.changing.requests import Receipt
from roi.commands.checks import day_checks, outcome_checks, outcome_work, since
from roi.domain import closing_loop, value
from roi.domain.closing_loop import Milestones
from roi.domain.structure import Grade, Outcome, Tick, ValueClass
from roi.domain.value import Closure, Ending, Question
from roi.errors import INTACT, Issue, UnknownKeyError, blocker
from roi.store import seen
from roi.store.changes import End, NewChange
from roi.store.database import Store
from roi.store.read import Cursor

ASK, ANSWER, ADJUST = "ask about a claim", "answer a question", "adjust a share"
CLOSE, REOPEN = "close an outcome", "reopen an outcome"
"""The kinds of change that this module makes, besides that of `outcomes.confirm`."""

_ENDINGS = (Ending.CLOSED, Ending.WRITTEN_OFF, Ending.DROPPED)


def confirm_all(  # noqa: PLR0913, PLR0917 - a confirmation is these things
    store: Store,
    actor: Actor,
    outcome: str,
    confirmed_on: date,
    valid_to: date | None = None,
    ticks: Collection[Tick] = tuple(Tick),
    based_on: int | None = None,
    *,
    restatement: str = "",
) -> Receipt:
    """Give all three ticks, or those named, in one change (rule V10).

    Raises:
        RefusedError: one of them cannot be given; every issue is carried.
        UnknownKeyError: there is no such outcome.
        ConflictError: somebody changed what they rest on since it was opened (`based_on`).
    """
    days = (confirmed_on, valid_to)
    return outcomes.confirm_ticks(store, actor, outcome, days, ticks, based_on, restatement=restatement)


# Questions


def ask(  # noqa: PLR0913, PLR0917 - what is asked about which outcome, when, and what was seen
    store: Store, actor: Actor, outcome: str, asked_on: date, text: str, based_on: int | None = None
) -> Receipt:
    """Ask the owner about a claim; while nobody has answered, it is disputed and counts nothing.

    Raises:
        RefusedError: the question is empty, or one of that day is open already.
        UnknownKeyError: there is no such outcome.
        ConflictError: somebody changed the outcome, or asked too, since it was opened (`based_on`).
    """
    actor.require(Action.CONFIRM_VALUE)

    def decide(cursor: Cursor) -> Work:
        held = Held(cursor, outcome)
        metric = held.outcome(outcome).metric
        since.require_seen(held, outcome, based_on)
        before = next((one for one in held.questions.get(outcome, ()) if one.asked_on == asked_on), None)
        refuse(tuple(_question_issues(metric, text, before)))
        said = text.strip()
        if before is not None:  # a second question of that day goes on from the first
            said = f"{before.text}\n{before.answered_by}: {before.answer}\n{said}"
        return Work((records.put("question", (Question(outcome, asked_on, actor.name, said),), based_on),))

    return recording.record(store, NewChange(actor, ASK, detail={"outcome": outcome}), decide)


def _question_issues(metric: str, text: str, before: Question | None) -> Iterator[Issue]:
    if not text.strip():
        yield blocker("question", f"{metric}: the question is empty. {INTACT}", column="text")
    if before is not None and before.is_open:
        message = f"{metric}: {before.asked_by} asked on that day already and has no answer yet. {INTACT}"
        yield blocker("open", message, sent=before.text, fix="Wait for the answer, or undo that question.")


def answer(  # noqa: PLR0913, PLR0917 - which question, when and what
    store: Store,
    actor: Actor,
    outcome: str,
    asked_on: date,
    answered_on: date,
    answer: str,
    based_on: int | None = None,
) -> Receipt:
    """Answer a question of finance; the claim is disputed no longer.

    Raises:
        RefusedError: the answer is empty, from before the question, or given already.
        UnknownKeyError: nothing was asked about this outcome on that day.
        ConflictError: somebody answered, or asked anew, since it was opened (`based_on`).
    """
    actor.require(Action.RECORD_OUTCOME)

    def decide(cursor: Cursor) -> Work:
        held = Held(cursor, outcome)
        before = next((one for one in held.questions.get(outcome, ()) if one.asked_on == asked_on), None)
        if before is None:
            message = f"Nothing was asked about “{outcome}” on {asked_on.isoformat()}."
            raise UnknownKeyError(message)
        seen.require(cursor, "question", [(outcome, asked_on)], based_on)
        refuse(tuple(_answer_issues(before, answered_on, answer)))
        made = replace(before, answered_on=answered_on, answered_by=actor.name, answer=answer.strip())
        return Work((records.put("question", (made,), based_on),))

    return recording.record(store, NewChange(actor, ANSWER, detail={"outcome": outcome}), decide)


def _answer_issues(question: Question, answered_on: date, answer: str) -> Iterator[Issue]:
    if not answer.strip():
        yield blocker("answer", f"The answer is empty. {INTACT}", column="answer")
    if answered_on < question.asked_on:
        message = f"The answer would come before the question. {INTACT}"
        yield blocker("dates", message, column="answered_on", sent=answered_on.isoformat())
    if not question.is_open and question.answer != answer.strip():
        message = f"{question.answered_by} has answered already. {INTACT}"
        yield blocker("answered", message, sent=question.answer, fix="Ask again, or undo that answer.")


# The share


@dataclass(frozen=True, slots=True)
class OtherShare:
    """The share of an outcome that is due to this work, in parts per million, and why it is another one."""

    outcome: str
    low: int
    likely: int
    high: int
    reason: str


def adjust_share(store: Store, actor: Actor, share: OtherShare, based_on: int | None = None) -> Receipt:
    """Let finance set the share that is due to this work, with its reason.

    The tick of the share ends; the reason stands in the evidence and in the history.

    Raises:
        RefusedError: nothing was read yet, no reason, or a share out of order; every issue is carried.
        UnknownKeyError: there is no such outcome.
        ConflictError: somebody changed the outcome since it was opened (`based_on`).
    """
    actor.require(Action.CONFIRM_VALUE)
    reason = share.reason.strip()
    said = f"share set by {actor.name}: {reason}"

    def decide(cursor: Cursor) -> Work:
        held = Held(cursor, share.outcome)
        before = held.outcome(share.outcome)
        evidence = f"{before.evidence}; {said}" if before.evidence else said
        made = replace(
            before,
            share_low=share.low,
            share_likely=share.likely,
            share_high=share.high,
            evidence=evidence,
        )
        refuse(tuple(_share_issues(held, made, reason)))
        return outcome_work.work(held, (made,), based_on)

    new = NewChange(actor, ADJUST, reason, detail={"outcome": share.outcome})
    return recording.record(store, new, decide)


def _share_issues(held: Held, outcome: Outcome, reason: str) -> Iterator[Issue]:
    if not reason:
        yield blocker("reason", f"An adjusted share needs its reason. {INTACT}", column="reason")
    if outcome.actual is None:
        message = f"{outcome.metric} has not been read yet, so there is no share to adjust. {INTACT}"
        yield blocker("unread", message, fix="Record the reading first.")
    else:
        yield from outcome_checks.reading_issues(outcome, held.epics.get(outcome.epic))


# The end


def close(store: Store, actor: Actor, closure: Closure, based_on: int | None = None) -> Receipt:
    """End an outcome: closed, written off or dropped.

    Closing needs what was learned, and a reason while the loop is not complete; the others need a reason. A
    dropped claim keeps its loss and loses its gain (rule V12).

    Raises:
        RefusedError: something is missing, or it has ended already; every issue is carried.
        UnknownKeyError: there is no such outcome.
        ConflictError: somebody changed it, its end or what was asked since it was opened (`based_on`).
    """
    actor.require(Action.RECORD_OUTCOME)

    def decide(cursor: Cursor) -> Work:
        held = Held(cursor, closure.outcome)
        held.outcome(closure.outcome)
        since.require_seen(held, closure.outcome, based_on)
        refuse(tuple(closure_issues(held, closure)))
        return Work((records.put("closure", (closure,), based_on),))

    detail = {"outcome": closure.outcome, "ended_by": closure.ended_by.value}
    return recording.record(store, NewChange(actor, CLOSE, closure.reason.strip(), detail=detail), decide)


def closure_issues(held: Held, closure: Closure, line: int | None = None) -> Iterator[Issue]:
    """What keeps an outcome from ending like this."""
    outcome = held.outcome(closure.outcome)
    before = held.closures.get(closure.outcome)
    if before is not None and before != closure:
        words = before.ended_by.value.replace("_", " ")
        message = f"{outcome.metric} is {words} since {before.ended_on.isoformat()}. {INTACT}"
        yield blocker("ended", message, line=line, column="outcome", fix="Reopen it first.")
    if before is None or before.ended_on != closure.ended_on:
        what = f"{outcome.metric} cannot have ended"
        yield from day_checks.happened_issues(held.today, what, closure.ended_on, "ended_on", line)
    if closure.ended_by not in _ENDINGS:
        message = f"{outcome.metric}: an outcome is closed, written off or dropped. {INTACT}"
        yield blocker("ended_by", message, line=line, column="ended_by", sent=closure.ended_by.value)
    if closure.ended_by is Ending.CLOSED:
        yield from _closed_issues(held, outcome, closure, line)
    elif not closure.reason.strip():
        message = f"{outcome.metric} does not say why it ends. {INTACT}"
        yield blocker("reason", message, line=line, column="reason", fix="Give the reason.")


def _closed_issues(held: Held, outcome: Outcome, closure: Closure, line: int | None) -> Iterator[Issue]:
    if not closure.learned.strip():
        message = f"{outcome.metric}: nobody has said yet what was learned. {INTACT}"
        yield blocker("learned", message, line=line, column="learned", fix="Say what was learned.")
    if closure.landed is None:
        message = f"{outcome.metric}: it is not said whether it landed. {INTACT}"
        yield blocker("landed", message, line=line, column="landed", expected="met, partly, not, cannot tell")
    why = closing_loop.why_not_closed(milestones(held, outcome, closure.learned))
    if why and closure.learned.strip() and not closure.reason.strip():
        message = f"{outcome.metric} would be closed early: {why}. {INTACT}"
        yield blocker("early", message, line=line, column="reason", fix="Wait, or say why it is closed now.")


def milestones(held: Held, outcome: Outcome, learned: str = "") -> Milestones:
    """What happened to the outcome so far; one that is not money waits for no confirmation."""
    epic, plan = held.epics.get(outcome.epic), held.plans.get(outcome.key)
    days = {*held.readings.get(outcome.key, {}), *([outcome.read_on] if outcome.read_on else [])}
    is_unconfirmable = outcome.value_class is ValueClass.NOT_FINANCIAL or outcome.unit_value is None
    confirmed = max(days, default=None) if is_unconfirmable else _confirmed_on(held, outcome)
    delivered = epic.delivered if epic else None
    agreed_reading = (
        outcome.by_when if delivered and outcome.by_when and outcome.by_when > delivered else None
    )
    return Milestones(
        agreed_on=plan.agreed_on if plan else None,
        delivered_on=delivered,
        agreed_reading=agreed_reading,
        readings=tuple(sorted(days)),
        confirmed_on=confirmed,
        learned=learned,
        slices=value.delivered_before(held.slices.get(outcome.epic, ()), delivered),
    )


def _confirmed_on(held: Held, outcome: Outcome) -> date | None:
    """The day of the last tick, or of the reading where that is later: the reading was confirmed."""
    standing = held.standing(outcome.key)
    if outcome.grade is Grade.E or standing.why_not or outcome.read_on is None:
        return None
    given = [tick.confirmed_on for tick in held.ticks.get(outcome.key, {}).values()]
    return max([*given, outcome.read_on])


def reopen(store: Store, actor: Actor, outcome: str, reason: str, based_on: int | None = None) -> Receipt:
    """Take an outcome up again that was closed, written off or dropped.

    Raises:
        RefusedError: no reason, or it has not ended.
        UnknownKeyError: there is no such outcome.
        ConflictError: somebody changed its end since it was opened (`based_on`).
    """
    actor.require(Action.RECORD_OUTCOME)

    def decide(cursor: Cursor) -> Work:
        held = Held(cursor, outcome)
        metric = held.outcome(outcome).metric
        if outcome not in held.closures:
            refuse((blocker("open", f"{metric} has not ended. {INTACT}"),))
        if not reason.strip():
            refuse((blocker("reason", f"{metric} needs a reason to be reopened. {INTACT}", column="reason"),))
        return Work(ends=(End("closure", ((outcome,),), based_on),))

    new = NewChange(actor, REOPEN, reason.strip(), detail={"outcome": outcome})
    return recording.record(store, new, decide)
