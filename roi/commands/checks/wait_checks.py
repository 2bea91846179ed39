"""What can be wrong with what an epic waits for; all of it, at once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from roi.commands.changing.held import Held
from roi.commands.checks import day_checks
from roi.commands.checks.outcome_checks import line_of
from roi.commands.checks.text_checks import Said, one_line
from roi.domain.names import fold
from roi.domain.structure import Epic
from roi.domain.value import Wait
from roi.errors import INTACT, Issue, blocker

LONGEST, LONGEST_NOTE = 80, 300
"""How many letters a text says what is waited for, and how many a note has at most."""

_FIRST_YEAR = 1990

Key = tuple[str, str, str, date]


def key(wait: Wait) -> Key:
    """The natural key: the epic, what it waits for, and since when."""
    return (wait.epic, wait.team, wait.waits_for, wait.since)


class _Told(NamedTuple):
    """A wait with its epic and the line of a file on which it stands."""

    wait: Wait
    epic: Epic
    line: int | None

    @property
    def thing(self) -> str:
        return self.wait.team or self.wait.waits_for


def wait_issues(held: Held, waits: Sequence[Wait], lines: Sequence[int] = ()) -> Iterator[Issue]:
    """What is wrong with these waits beside what is stored; `lines` are the lines of a file, one for each.

    One that is stored as it is sent is no change: it is looked at only as what others may overlap.
    """
    told: list[_Told] = []
    for place, one in enumerate(waits):
        line, epic = line_of(lines, place), held.epics.get(one.epic)
        if epic is None:
            message = f"There is no epic “{one.epic}”. {INTACT}"
            fix = "Add the epic first."
            yield blocker("unknown_epic", message, line=line, column="epic", sent=one.epic, fix=fix)
            continue
        its = _Told(one, epic, line)
        stored = next((kept for kept in held.waits.get(one.epic, ()) if key(kept) == key(one)), None)
        told.append(its)
        if stored != one:
            yield from _for_what(held, its)
            yield from _texts(held, its)
            yield from _dates(held, its)
            yield from _opened_again(its, stored)
    yield from _overlaps(held, told)


def _opened_again(its: _Told, stored: Wait | None) -> Iterator[Issue]:
    """An end that somebody recorded is taken back by its undo, never by recording the wait once more (T9)."""
    if stored is None or stored.ended_on is None or its.wait.ended_on is not None:
        return
    since, ended = stored.since.isoformat(), stored.ended_on.isoformat()
    message = f"{its.epic.name} waited for “{its.thing}” since {since}, and that ended on {ended}. {INTACT}"
    fix = "If it waits again, say since which later day; if it never ended, undo the change that ended it."
    yield blocker("ended", message, line=its.line, column="ended_on", expected=ended, fix=fix)


def _for_what(held: Held, its: _Told) -> Iterator[Issue]:
    wait, name, line = its.wait, its.epic.name, its.line
    if bool(wait.team) == bool(wait.waits_for.strip()):
        message = f"{name}: a wait names either a team or, in a few words, what it waits for. {INTACT}"
        fix = "Name the one thing; for a second thing, record a second wait."
        yield blocker("for_what", message, line=line, column="team", sent=wait.team, fix=fix)
    if wait.team and wait.team not in held.teams:
        message = f"{name}: there is no team “{wait.team}”. {INTACT}"
        fix = "Add the team first, or say it as what it waits for."
        yield blocker("unknown_team", message, line=line, column="team", sent=wait.team, fix=fix)
    own = [one.team for one in held.epic_teams.get(wait.epic, ())] or [its.epic.team]
    if own == [wait.team]:
        message = f"{name} is worked on by this team alone; it does not wait for another. {INTACT}"
        fix = "Name the other team, or say in words what it waits for."
        yield blocker("own_team", message, line=line, column="team", sent=wait.team, fix=fix)


def _texts(held: Held, its: _Told) -> Iterator[Issue]:
    wait, line = its.wait, its.line
    for column, text, most in (("waits_for", wait.waits_for, LONGEST), ("note", wait.note, LONGEST_NOTE)):
        called = f"{its.epic.name}: this"
        person = f"{called} names a person. Work waits for a team or a thing."
        fix = "Name the team, the decision or the supplier, and nobody."
        yield from one_line(held, Said(text, called, column, line, most), person=person, fix=fix)


def _dates(held: Held, its: _Told) -> Iterator[Issue]:
    wait, epic, line = its.wait, its.epic, its.line
    if wait.since.year < _FIRST_YEAR:
        message = f"{epic.name}: say since when it waits. {INTACT}"
        yield blocker("dates", message, line=line, column="since", sent=wait.since.isoformat())
    yield from _ahead(held, its)
    if wait.ended_on is not None and wait.ended_on < wait.since:
        message = f"{epic.name}: this wait would end before it began. {INTACT}"
        fix = "Give a day from its beginning on."
        sent = wait.ended_on.isoformat()
        yield blocker("dates", message, line=line, column="ended_on", sent=sent, fix=fix)
    plan = held.epic_plans.get(epic.key)
    over = epic.delivered or (plan.ended_on if plan is not None else None)
    if over is not None and (wait.ended_on is None or wait.ended_on > over):
        how = "was delivered" if epic.delivered else "ended"
        message = f"{epic.name} {how} on {over.isoformat()}; it waits for nothing after that. {INTACT}"
        fix = "Give the day on which the wait ended."
        yield blocker("epic_over", message, line=line, column="ended_on", fix=fix)


def _ahead(held: Held, its: _Told) -> Iterator[Issue]:
    """A wait is told once it began, and its end once it came; what stood there before may stand."""
    wait, name = its.wait, its.epic.name
    stored = {key(one): one for one in held.waits.get(its.epic.key, ())}.get(key(wait))
    days = (
        ("since", "cannot have begun to wait", wait.since, stored.since if stored else None),
        ("ended_on", "cannot have stopped to wait", wait.ended_on, stored.ended_on if stored else None),
    )
    for column, what, day, before in days:
        if day != before:
            yield from day_checks.happened_issues(held.today, f"{name} {what}", day, column, its.line)


def _overlaps(held: Held, told: Sequence[_Told]) -> Iterator[Issue]:
    """Not twice for the same thing at the same time: what is sent beside what is stored and stays."""
    sent = {key(its.wait) for its in told}
    seen: dict[tuple[str, str], list[Wait]] = {}
    for epic in {its.epic.key for its in told}:
        for one in held.waits.get(epic, ()):
            if key(one) not in sent:
                seen.setdefault(_thing(one), []).append(one)
    for its in told:
        others = seen.setdefault(_thing(its.wait), [])
        other = next((one for one in others if _at_once(one, its.wait)), None)
        others.append(its.wait)
        if other is not None:
            when = other.since.isoformat()
            message = f"{its.epic.name} waits for “{its.thing}” already, since {when}. {INTACT}"
            fix = "End that wait, or leave this one out."
            yield blocker("twice", message, line=its.line, column="since", sent=its.thing, fix=fix)


def _thing(wait: Wait) -> tuple[str, str]:
    return (wait.epic, f"team {wait.team}" if wait.team else fold(wait.waits_for))


def _at_once(first: Wait, second: Wait) -> bool:
    return first.since < (second.ended_on or date.max) and second.since < (first.ended_on or date.max)


def tidied(waits: Iterable[Wait]) -> tuple[Wait, ...]:
    """The same with texts as they are stored."""
    return tuple(replace(one, waits_for=one.waits_for.strip(), note=one.note.strip()) for one in waits)
