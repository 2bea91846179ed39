"""What can be wrong with the deadline and the penalty of an obligation; all of it, at once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from roi.commands.held import Held
from roi.commands.outcome_checks import line_of
from roi.domain.money import MINOR_DIGITS
from roi.domain.names import named_in
from roi.domain.obligations import Met, Obligation
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
        if epic is None:
            message = f"There is no epic “{one.epic}”. {INTACT}"
            fix = "Add the epic first."
            yield blocker("unknown_epic", message, line=line, column="epic", sent=one.epic, fix=fix)
        elif not epic.is_obligation:
            message = f"{epic.name} is not marked as an obligation. {INTACT}"
            fix = "Mark the epic as an obligation first, or leave this out."
            yield blocker("no_obligation", message, line=line, column="epic", sent=one.epic, fix=fix)
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
    if len(one.note) > LONGEST_NOTE or not one.note.isprintable():
        message = f"{name}: the note is one line of at most {LONGEST_NOTE} letters. {INTACT}"
        expected = f"one line of up to {LONGEST_NOTE} printable letters"
        sent = one.note[:LONGEST_NOTE]
        yield blocker("text", message, line=line, column="note", sent=sent, expected=expected)
    if "@" in one.note or named_in(one.note, held.people):
        message = f"{name}: the note names a person. {INTACT}"
        fix = "Name the law, the contract or the audit, and nobody."
        yield blocker("person", message, line=line, column="note", fix=fix)


def met_issues(held: Held, met: Met) -> Iterator[Issue]:
    """What is wrong with what is said to have come of an obligation."""
    epic = held.epics.get(met.epic)
    name = epic.name if epic is not None else f"“{met.epic}”"
    if epic is None or not epic.is_obligation:
        message = f"{name} is no epic that is an obligation. {INTACT}"
        fix = "Mark the epic as an obligation first."
        yield blocker("no_obligation", message, column="epic", sent=met.epic, fix=fix)
    if epic is not None and met.met_on is not None and not epic.started <= met.met_on <= held.today:
        message = f"{name}: it was met between its start and today. {INTACT}"
        expected = f"a day from {epic.started.isoformat()} to {held.today.isoformat()}"
        sent = met.met_on.isoformat()
        yield blocker("met_on", message, column="met_on", sent=sent, expected=expected)
    if met.paid_minor is not None and met.currency not in MINOR_DIGITS:
        message = f"{name}: the penalty that was paid needs a currency. {INTACT}"
        fix = "Say in which currency it was paid, such as EUR."
        yield blocker("currency", message, column="currency", sent=met.currency, fix=fix)
    if met.paid_minor is not None and not 0 <= met.paid_minor < _MOST:
        message = f"{name}: what was paid is an amount of money, or 0 where nothing was. {INTACT}"
        yield blocker("paid", message, column="paid", sent=str(met.paid_minor), expected="0 or more")


def tidied(obligations: Iterable[Obligation]) -> tuple[Obligation, ...]:
    """The same as they are stored: texts without blanks around them, no currency without a penalty."""
    return tuple(
        replace(one, note=one.note.strip(), currency="" if one.penalty_minor is None else one.currency)
        for one in obligations
    )
