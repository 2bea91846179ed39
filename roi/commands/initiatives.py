"""Initiatives, which are what boards approve, and the success measures of initiatives and epics."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from roi.actors import Action, Actor
from roi.commands.changing import recording, records
from roi.commands.changing.held import Held
from roi.commands.changing.recording import Work, refuse
from roi.commands.changing.requests import Receipt
from roi.commands.checks import outcome_checks, size_checks
from roi.domain.money import MINOR_DIGITS
from roi.domain.value import Initiative, SuccessMeasure
from roi.errors import INTACT, Issue, blocker
from roi.store.changes import End, NewChange
from roi.store.database import Store
from roi.store.read import Cursor

SAVE_INITIATIVES, SAVE_MEASURES = "save initiatives", "save success measures"
REMOVE_MEASURES = "remove success measures"
"""The kinds of change that this module makes."""


def save_initiatives(
    store: Store, actor: Actor, initiatives: Sequence[Initiative], based_on: int | None = None
) -> Receipt:
    """Create initiatives, or change those whose key exists, in one change.

    Raises:
        RefusedError: no name or owner, dates out of order, no currency; every issue is carried.
        ConflictError: somebody changed one of them since it was opened (`based_on`).
    """
    actor.require(Action.RECORD_OUTCOME)
    refuse(tuple(initiative_issues(initiatives)))
    new = NewChange(actor, SAVE_INITIATIVES, detail={"initiatives": len(initiatives)})
    puts = (records.put("initiative", initiatives, based_on),)
    return recording.record(store, new, lambda _: Work(puts))


def initiative_issues(initiatives: Sequence[Initiative], lines: Sequence[int] = ()) -> Iterator[Issue]:
    """What is wrong with these initiatives; `lines` are the lines of a file, one for each."""
    seen: set[str] = set()
    for place, one in enumerate(initiatives):
        line = outcome_checks.line_of(lines, place)
        yield from outcome_checks.named("initiative", one.key, one.name, seen, line)
        called = one.name or "The initiative"
        if not one.owner.strip():
            message = f"{called} has no owner. One person answers for it. {INTACT}"
            yield blocker("owner", message, line=line, column="owner", sent="", fix="Name the owner.")
        if one.approved_on and one.due_on and one.due_on < one.approved_on:
            message = f"{called} is due before it was approved. {INTACT}"
            sent, expected = one.due_on.isoformat(), f"{one.approved_on.isoformat()} or later"
            fix = "Set the day on which it was approved, or that on which it is due."
            yield blocker("dates", message, line=line, column="due_on", sent=sent, expected=expected, fix=fix)
        if one.approved_minor is not None and one.currency not in MINOR_DIGITS:
            message = f"{called}: the approved amount needs a currency. {INTACT}"
            yield blocker("currency", message, line=line, column="currency", sent=one.currency)
        amounts = {"approved_cost": one.approved_minor}
        yield from size_checks.amount_issues(called, amounts, one.currency, line)
        if one.approved_minor is not None and one.approved_minor < 0:
            message = f"{called}: the approved amount is not below zero. {INTACT}"
            yield blocker(
                "approved", message, line=line, column="approved_cost", fix="Enter what was approved."
            )


def save_measures(
    store: Store,
    actor: Actor,
    measures: Sequence[SuccessMeasure],
    based_on: int | None = None,
    gone: Collection[str] = (),
) -> Receipt:
    """Create success measures, or change those whose key exists, in one change; they are never money (V9).

    Those whose key is among the `gone` are taken away; nothing else refers to a measure.

    Raises:
        RefusedError: no name, of no initiative or epic that is there; every issue is carried.
        ConflictError: somebody changed one of them since it was opened (`based_on`).
    """
    actor.require(Action.RECORD_OUTCOME)

    def decide(cursor: Cursor) -> Work:
        held = Held(cursor)
        refuse(tuple(measure_issues(measures, held.initiatives, held.epics)))
        ends = (End("success_measure", tuple((key,) for key in gone), based_on),)
        return Work((records.put("success_measure", measures, based_on),), ends)

    detail = {"measures": len(measures), **({"removed": len(gone)} if gone else {})}
    kind = SAVE_MEASURES if measures else REMOVE_MEASURES
    return recording.record(store, NewChange(actor, kind, detail=detail), decide)


def remove_measures(
    store: Store, actor: Actor, keys: Collection[str], based_on: int | None = None
) -> Receipt:
    """Take success measures away; undo brings them back.

    Raises:
        ConflictError: somebody changed one of them since it was looked at (`based_on`).
    """
    return save_measures(store, actor, (), based_on, keys)


def measure_issues(
    measures: Sequence[SuccessMeasure],
    initiatives: Mapping[str, object],
    epics: Mapping[str, object],
    lines: Sequence[int] = (),
) -> Iterator[Issue]:
    """What is wrong with these success measures."""
    seen: set[str] = set()
    for place, one in enumerate(measures):
        line = outcome_checks.line_of(lines, place)
        yield from outcome_checks.named("measure", one.key, one.name, seen, line)
        called = one.name or "The measure"
        if not one.initiative and not one.epic:
            message = f"{called} is the measure of no initiative and no epic. {INTACT}"
            yield blocker("whose", message, line=line, column="initiative", fix="Name one of them.")
        for column, key, known in (("initiative", one.initiative, initiatives), ("epic", one.epic, epics)):
            if key and key not in known:
                message = f"{called}: there is no {column} “{key}”. {INTACT}"
                fix = f"Add the {column} first."
                yield blocker(f"unknown_{column}", message, line=line, column=column, sent=key, fix=fix)
        if one.actual and one.read_on is None:
            message = f"{called}: a reading needs its date. {INTACT}"
            yield blocker(
                "read_on", message, line=line, column="read_on", sent="", fix="Say when it was read."
            )
