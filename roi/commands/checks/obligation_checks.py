"""What can be wrong with the deadline and the penalty of an obligation; all of it, at once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from roi.commands.changing.held import Held
from roi.commands.checks.outcome_checks import line_of
from roi.commands.checks.text_checks import Said, one_line
from roi.domain.money import MINOR_DIGITS
from roi.domain.obligations import Met, Obligation
from roi.domain.structure import Epic
from roi.errors import INTACT, Issue, blocker

LONGEST_NOTE = 300
"""How many letters a note has at most."""

_FIRST_YEAR, _LAST_YEAR = 1990, 2199
_MOST = 10**17
"""In minor units: no penalty is that large, and the store could not sum more."""


def obligation_issues(
    held: Held, obligations: Sequence[Obligation], lines: Sequence[int] = ()
) -> Iterator[Issue]:
    """What is wrong with these beside what is stored; `lines` are the lines of a file, one for each."""
    seen = set[str]()
    for place, one in enumerate(obligations):
        line, epic = line_of(lines, place), held.epics.get(one.epic)
        yield from _of_an_obligation(one.epic, epic, line)
        if one.epic in seen:
            message = f"“{one.epic}” stands here twice; an epic has one deadline. {INTACT}"
            fix = "Keep the line with the earliest deadline."
            yield blocker("twice", message, line=line, column="epic", sent=one.epic, fix=fix)
        seen.add(one.epic)
        name = epic.name if epic is not None else f"“{one.epic}”"
        yield from _deadline(one, name, line)
        yield from _penalty(one, name, line)
        yield from _note(held, one, name, line)


def _deadline(one: Obligation, name: str, line: int | None) -> Iterator[Issue]:
    if not _FIRST_YEAR <= one.deadline.year <= _LAST_YEAR:
        message = f"{name}: say by which day it has to be met. {INTACT}"
        expected = f"a day from {_FIRST_YEAR} to {_LAST_YEAR}, such as 2027-03-14"
        fix = "Give the day that the law, the contract or the audit names."
        yield blocker("deadline", message, line=line, column="deadline", expected=expected, fix=fix)


def _penalty(one: Obligation, name: str, line: int | None) -> Iterator[Issue]:
    penalty = one.penalty_minor
    if penalty is None:
        return
    if one.currency not in MINOR_DIGITS:
        message = f"{name}: the penalty needs a currency. {INTACT}"
        fix = "Say in which currency it is, such as EUR."
        yield blocker("currency", message, line=line, column="currency", sent=one.currency, fix=fix)
    if not 0 < penalty < _MOST:
        what = "is an amount above zero" if penalty <= 0 else "of that size is no amount of money"
        message = f"{name}: a penalty {what}. {INTACT}"
        fix = "Give what is paid when the deadline is missed; leave it empty while nobody knows it."
        sent = f"{Decimal(penalty).scaleb(-MINOR_DIGITS.get(one.currency, 0)):f}"
        yield blocker("penalty", message, line=line, column="penalty", sent=sent, fix=fix)


def _note(held: Held, one: Obligation, name: str, line: int | None) -> Iterator[Issue]:
    called = f"{name}: the note"
    said = Said(one.note, called, "note", line, LONGEST_NOTE)
    fix = "Name the law, the contract or the audit, and nobody."
    yield from one_line(held, said, person=f"{called} names a person.", fix=fix)


def met_issues(held: Held, mets: Sequence[Met], lines: Sequence[int] = ()) -> Iterator[Issue]:
    """What is wrong with what is said to have come of obligations; `lines` are the lines of a file."""
    for place, one in enumerate(mets):
        line, epic = line_of(lines, place), held.epics.get(one.epic)
        yield from _of_an_obligation(one.epic, epic, line)
        name = epic.name if epic is not None else f"“{one.epic}”"
        if epic is not None and one.met_on is not None and not epic.started <= one.met_on <= held.today:
            message = f"{name}: it cannot have been met before its start or after today. {INTACT}"
            expected = f"a day from {epic.started.isoformat()} to {held.today.isoformat()}"
            fix = "Give the day on which it was accepted as met; before that day, leave it out."
            sent = one.met_on.isoformat()
            yield blocker(
                "met_on", message, line=line, column="met_on", sent=sent, expected=expected, fix=fix
            )
        yield from _paid(one, name, line)


def _of_an_obligation(key: str, epic: Epic | None, line: int | None) -> Iterator[Issue]:
    """There has to be an epic of that key, and it has to be marked as an obligation."""
    if epic is None:
        message = f"There is no epic “{key}”. {INTACT}"
        fix = "Add the epic first."
        yield blocker("unknown_epic", message, line=line, column="epic", sent=key, fix=fix)
    elif not epic.is_obligation:
        message = f"{epic.name} is not marked as an obligation. {INTACT}"
        fix = "Mark the epic as an obligation first, or leave this out."
        yield blocker("no_obligation", message, line=line, column="epic", sent=key, fix=fix)


def _paid(one: Met, name: str, line: int | None) -> Iterator[Issue]:
    if one.paid_minor is None:
        return
    if one.currency not in MINOR_DIGITS:
        message = f"{name}: the penalty that was paid needs a currency. {INTACT}"
        fix = "Say in which currency it was paid, such as EUR."
        yield blocker("currency", message, line=line, column="currency", sent=one.currency, fix=fix)
    if not 0 <= one.paid_minor < _MOST:
        message = f"{name}: what was paid is an amount of money, or 0 where nothing was. {INTACT}"
        fix = "Give what was paid; leave it empty while nobody has said."
        sent = f"{Decimal(one.paid_minor).scaleb(-MINOR_DIGITS.get(one.currency, 0)):f}"
        yield blocker("paid", message, line=line, column="paid", sent=sent, expected="0 or more", fix=fix)


def tidied(obligations: Iterable[Obligation]) -> tuple[Obligation, ...]:
    """The same as they are stored: texts without blanks around them, no currency without a penalty."""
    return tuple(
        replace(one, note=one.note.strip(), currency="" if one.penalty_minor is None else one.currency)
        for one in obligations
    )
