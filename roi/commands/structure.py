"""Who the company is: its name and currency, its teams, its members with their roles."""

import itertools
import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace

from roi.actors import Action, Actor, Role
from roi.commands.changing import recording
from roi.commands.changing.recording import Work, refuse
from roi.commands.changing.requests import Receipt
from roi.commands.checks import granting
from roi.domain.money import MINOR_DIGITS
from roi.domain.names import fold, tidy
from roi.domain.periods import is_month, iso_month
from roi.domain.structure import Company, Team, TeamKind
from roi.errors import INTACT, Issue, blocker
from roi.store import read
from roi.store.changes import End, NewChange, Put, Row
from roi.store.database import Store
from roi.store.read import Cursor

NAME_COMPANY, SAVE_MEMBER = "name the company", "save a person"
SAVE_TEAMS, REMOVE_TEAM = "save teams", "remove a team"
"""The kinds of change that this module makes."""

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NOT_KEY = re.compile(r"[^a-z0-9]+")
_SEPARATORS = ("\t", ";", ",")
_LONGEST_NAME = 200
_KINDS = {fold(kind.value.replace("_", " ")): kind for kind in TeamKind}


def save_company(
    store: Store, actor: Actor, company: Company, based_on: int | None = None, *, restatement: str = ""
) -> Receipt:
    """Name the company, its reporting currency and the month in which its fiscal year starts.

    Raises:
        RefusedError: the name is empty, or currency or month cannot be.
        ConflictError: somebody changed one of them since they were opened (`based_on`).
        ClosedMonthError: another currency would move a closed month, and is no named restatement (D11).
    """
    actor.require(Action.EDIT_STRUCTURE)
    refuse(tuple(_company_issues(company)))
    values = {
        read.COMPANY_NAME: tidy(company.name),
        read.COMPANY_CURRENCY: company.currency,
        read.FISCAL_START: str(company.fiscal_start),
    }

    def decide(cursor: Cursor) -> Work:
        """Only what differs: a new name need not have every figure reckoned anew, as a new currency does."""
        held = read.settings(cursor)
        rows: tuple[Row, ...] = tuple(
            {"name": name, "value": value} for name, value in values.items() if held.get(name) != value
        )
        return Work((Put("setting", rows, based_on),))

    new = NewChange(actor, NAME_COMPANY, restatement=restatement.strip())
    return recording.record(store, new, decide)


def _company_issues(company: Company) -> Iterator[Issue]:
    if not company.name.strip() or len(company.name) > _LONGEST_NAME:
        yield blocker(
            "name", f"The company needs a name of up to {_LONGEST_NAME} letters. {INTACT}", column="name"
        )
    if company.currency not in MINOR_DIGITS:
        yield blocker(
            "currency",
            f"“{company.currency}” is no currency code we know. {INTACT}",
            column="currency",
            sent=company.currency,
            expected="an ISO code such as USD, EUR or GBP",
        )
    if not 1 <= company.fiscal_start <= 12:
        message = f"The fiscal year starts in a month from 1 to 12. {INTACT}"
        yield blocker("fiscal_start", message, column="fiscal_start", sent=str(company.fiscal_start))


def save_teams(  # noqa: PLR0913 - teams, what they rest on, and what of them could not be read
    store: Store,
    actor: Actor,
    teams: Sequence[Team],
    based_on: int | None = None,
    *,
    unread: Sequence[Issue] = (),
    restatement: str = "",
) -> Receipt:
    """Create teams, or change those whose key exists, in one change.

    A team without a key is new and gets one from its name. `unread` is what a form could not read: it is
    refused together with all else.

    Raises:
        RefusedError: a name is empty, taken or looks like another team's, or dates are out of order.
        ConflictError: somebody changed a team since it was opened (`based_on`).
        ClosedMonthError: a closed month would move, also that of a value stream or division, and it is no
            named restatement (D11). Where a team stands from an open month on is a list of its own (D5).
    """
    actor.require(Action.EDIT_STRUCTURE)

    def decide(cursor: Cursor) -> Work:
        known = read.teams(cursor)
        named = with_keys(teams, known)
        refuse((*unread, *_there_already(teams, known), *team_issues(named, known)))
        return Work((Put("team", tuple(team_row(team) for team in named), based_on),))

    detail = {"teams": len(teams)}
    new = NewChange(actor, SAVE_TEAMS, detail=detail, restatement=restatement.strip())
    return recording.record(store, new, decide)


def _there_already(sent: Sequence[Team], known: Iterable[Team]) -> Iterator[Issue]:
    """A new team (sent without a key) is not silently one that has its name already."""
    there = {fold(team.name): team.name for team in known}
    for team in sent:
        if not team.key and fold(team.name) in there:
            yield _taken(team, f"There is a team “{there[fold(team.name)]}” already.", None)


def remove_team(store: Store, actor: Actor, team_key: str, *, restatement: str = "") -> Receipt:
    """Remove a team that no cost, epic or cost area names.

    Raises:
        RefusedError: there is no such team.
        UndoRefusedError: something still names it; the sentence says what.
        ClosedMonthError: it would move a closed month, and is no named restatement (D11).
    """
    actor.require(Action.EDIT_STRUCTURE)

    def decide(cursor: Cursor) -> Work:
        if team_key not in {team.key for team in read.teams(cursor)}:
            refuse((blocker("unknown_team", f"There is no team “{team_key}”. {INTACT}", sent=team_key),))
        return Work(ends=(End("team", ((team_key,),)),))

    new = NewChange(actor, REMOVE_TEAM, detail={"team": team_key}, restatement=restatement.strip())
    return recording.record(store, new, decide)


def save_member(store: Store, actor: Actor, name: str, roles: frozenset[Role]) -> Receipt:
    """Store a person's name with the roles by which this person acts; names are told apart without case.

    Raises:
        RefusedError: the name is empty, or there is no role.
        NotAllowedError: finance or admin is given or taken by somebody who is neither, or to oneself (D25).
    """
    actor.require(Action.EDIT_STRUCTURE)
    named = tidy(name)
    if not named or len(named) > _LONGEST_NAME or not named.isprintable() or not roles:
        refuse((blocker("member", f"A person needs a name and at least one role. {INTACT}", column="name"),))

    def decide(cursor: Cursor) -> Work:
        known = read.members(cursor)
        granting.require(actor, known, named, roles)
        same = [member.name for member in known if fold(member.name) == fold(named)]
        row = {"name": same[0] if same else named, "roles": ",".join(sorted(role.value for role in roles))}
        return Work((Put("member", (row,)),))

    return recording.record(store, NewChange(actor, SAVE_MEMBER), decide)


def with_keys(teams: Sequence[Team], known: Iterable[Team]) -> tuple[Team, ...]:
    """The teams with tidy names; one without a key gets that of the known team of its name, or a new one."""
    keys = {fold(team.name): team.key for team in known}
    taken = {*keys.values(), *(team.key for team in teams)}
    made = []
    for team in teams:
        key = team.key or keys.get(fold(team.name)) or fresh_key(tidy(team.name), taken)
        taken.add(key)
        stream, division = tidy(team.value_stream), tidy(team.division)
        made.append(replace(team, key=key, name=tidy(team.name), value_stream=stream, division=division))
    return tuple(made)


def fresh_key(name: str, taken: Container[str]) -> str:
    """A key from the name that nothing else has: `payments`, else `payments-2`."""
    stem = key_of(name)
    tries = itertools.chain([stem], (f"{stem}-{number}" for number in itertools.count(2)))
    return next(key for key in tries if key not in taken)


def key_of(name: str) -> str:
    """The key that a name gives: lower case letters and digits of ASCII, joined by hyphens."""
    parted = re.sub(r"[^\w\u0300-\u036f]+", "-", unicodedata.normalize("NFKD", name))
    plain = parted.encode("ascii", "ignore").decode().lower()
    return _NOT_KEY.sub("-", plain).strip("-")[:80].strip("-") or f"team-{sum(name.encode()) % 10_000:04d}"


def team_row(team: Team) -> Row:
    """The team as the store holds it."""
    return {
        "team": team.key,
        "name": team.name,
        "kind": team.kind.value,
        "value_stream": team.value_stream,
        "division": team.division,
        "starts": team.starts,
        "ends": team.ends,
    }


def team_issues(teams: Sequence[Team], known: Iterable[Team], lines: Sequence[int] = ()) -> Iterator[Issue]:
    """What is wrong with these teams, beside each other and beside those that are known.

    `lines` are the lines of a file, one per team, for the issues to name.
    """
    changed = {team.key for team in teams}
    others = [team for team in known if team.key not in changed]
    seen: dict[str, str] = {_look(team.name): team.name for team in others}
    keys: set[str] = set()
    for place, team in enumerate(teams):
        line = lines[place] if place < len(lines) else None
        yield from _name_issues(team, seen, keys, line)
        yield from _date_issues(team, line)
        seen[_look(team.name)] = team.name
        keys.add(team.key)


def _name_issues(team: Team, seen: dict[str, str], keys: set[str], line: int | None) -> Iterator[Issue]:
    if not _KEY.fullmatch(team.key):
        message = f"“{team.key}” cannot be the key of a team. {INTACT}"
        expected = "lower case letters, digits and hyphens"
        yield blocker("key", message, line=line, column="key", sent=team.key, expected=expected)
    if not team.name or len(team.name) > _LONGEST_NAME or not team.name.isprintable():
        message = f"A team needs a name of up to {_LONGEST_NAME} printable letters. {INTACT}"
        yield blocker("name", message, line=line, column="name", sent=team.name)
        return
    twin = seen.get(_look(team.name))
    if twin is not None or team.key in keys:
        same = twin if twin is not None and fold(twin) != fold(team.name) else None
        message = f"“{team.name}” looks like the team “{same}”." if same else f"“{team.name}” is there twice."
        yield _taken(team, message, line)


def _taken(team: Team, message: str, line: int | None) -> Issue:
    return blocker(
        "taken",
        f"{message} {INTACT}",
        line=line,
        column="name",
        sent=team.name,
        expected="a name that no other team has",
        fix="Choose another name, or change the team that is there.",
    )


def _date_issues(team: Team, line: int | None) -> Iterator[Issue]:
    called = team.name.strip() or "The team"
    for column, month in (("starts", team.starts), ("ends", team.ends)):
        if month is not None and not is_month(month):
            yield blocker("month", f"{called}: {month} is no month. {INTACT}", line=line, column=column)
    if team.starts and team.ends and team.ends < team.starts:
        message = f"{called} ends before it starts. {INTACT}"
        sent, expected = iso_month(team.ends), f"{iso_month(team.starts)} or later"
        fix = "Swap the months."
        yield blocker("dates", message, line=line, column="ends", sent=sent, expected=expected, fix=fix)


_LOOK_ALIKES = str.maketrans(
    "аеорсухіјѕԁһӏԛԝαοερτυνικАЕОРСУХІЈЅВНКМТΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijsdhlqwaoeptuvikAEOPCYXIJSBHKMTABEZHIKMNOPTYX",
)


def _look(name: str) -> str:
    """How a name looks: without case, width, composition of accents, and letters of other scripts."""
    return fold(unicodedata.normalize("NFKC", name).translate(_LOOK_ALIKES)).translate(_LOOK_ALIKES)


def paste_teams(text: str, known: Sequence[Team]) -> tuple[tuple[Team, ...], tuple[Issue, ...]]:
    """Read teams from a pasted list, one a line: name, value stream, division, kind.

    Cells are separated by tab, semicolon or comma; all but the name may be missing. Of a team that is
    known by its name, what a line leaves out stays as it is.
    """
    teams: list[Team] = []
    lines, issues = [], []
    there = {fold(team.name): team for team in known}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        cells = [cell.strip() for cell in line.split(_separator(line))]
        kind = _KINDS.get(fold(cells[3].replace("_", " "))) if len(cells) > 3 and cells[3] else None
        if len(cells) > 4 or (kind is None and len(cells) > 3 and cells[3]):
            issues.append(_unreadable(number, cells))
            continue
        stream, division = (*cells[1:3], "", "")[:2]
        base = there.get(fold(cells[0]), Team("", cells[0]))
        teams.append(
            replace(
                base,
                kind=kind or base.kind,
                value_stream=stream or base.value_stream,
                division=division or base.division,
            )
        )
        lines.append(number)
    named = with_keys(teams, known)
    issues += team_issues(named, known, lines)
    return named, tuple(issues)


def _separator(line: str) -> str:
    return next((mark for mark in _SEPARATORS if mark in line), ",")


def _unreadable(line: int, cells: Sequence[str]) -> Issue:
    kinds = ", ".join(sorted(_KINDS))
    if len(cells) > 4:
        message, sent = f"Line {line} has {len(cells)} cells; a team has at most four.", "; ".join(cells)
    else:
        message, sent = f"Line {line}: “{cells[3]}” is no kind of team.", cells[3]
    return blocker(
        "kind",
        f"{message} {INTACT}",
        line=line,
        column="kind",
        sent=sent,
        expected=kinds,
        fix="Correct the line.",
    )
