"""Who the company is: its name and currency, its teams, its members with their roles."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from roi.actors import Action, Actor, Role
from roi.commands import recording
from roi.commands.requests import Receipt
from roi.domain.money import MINOR_DIGITS
from roi.domain.names import fold, tidy
from roi.domain.periods import is_month
from roi.domain.structure import Company, Team, TeamKind
from roi.errors import Issue, RefusedError, blocker
from roi.store import read
from roi.store.changes import End, NewChange, Put, Row
from roi.store.database import Store

_NOT_KEY = re.compile(r"[^a-z0-9]+")
_SEPARATORS = ("\t", ";", ",")
_LONGEST_NAME = 200
_KINDS = {fold(kind.value.replace("_", " ")): kind for kind in TeamKind}
_SAFE = "Nothing was changed."


def save_company(store: Store, actor: Actor, company: Company) -> Receipt:
    """Name the company, its reporting currency and the month in which its fiscal year starts.

    Raises:
        RefusedError: the name is empty, or currency or month cannot be.
    """
    actor.require(Action.EDIT_STRUCTURE)
    refuse(tuple(_company_issues(company)))
    values = {
        read.COMPANY_NAME: tidy(company.name),
        read.COMPANY_CURRENCY: company.currency,
        read.FISCAL_START: str(company.fiscal_start),
    }
    rows: tuple[Row, ...] = tuple({"name": name, "value": value} for name, value in values.items())
    return recording.record(store, NewChange(actor, "name the company"), [Put("setting", rows)])


def _company_issues(company: Company) -> Iterator[Issue]:
    if not company.name.strip() or len(company.name) > _LONGEST_NAME:
        yield blocker(
            "name", f"The company needs a name of up to {_LONGEST_NAME} letters. {_SAFE}", column="name"
        )
    if company.currency not in MINOR_DIGITS:
        yield blocker(
            "currency",
            f"“{company.currency}” is no currency code we know. {_SAFE}",
            column="currency",
            sent=company.currency,
            expected="an ISO code such as USD, EUR or GBP",
        )
    if not 1 <= company.fiscal_start <= 12:
        message = f"The fiscal year starts in a month from 1 to 12. {_SAFE}"
        yield blocker("fiscal_start", message, column="fiscal_start", sent=str(company.fiscal_start))


def save_teams(store: Store, actor: Actor, teams: Sequence[Team], based_on: int | None = None) -> Receipt:
    """Create teams, or change those whose key exists, in one change.

    A team without a key gets one from its name.

    Raises:
        RefusedError: a name is empty, taken or looks like another team's, or dates are out of order.
        ConflictError: somebody changed a team since it was opened (`based_on`).
    """
    actor.require(Action.EDIT_STRUCTURE)
    with store.snapshot() as cursor:
        known = read.teams(cursor)
    named = tuple(with_key(team) for team in teams)
    refuse(tuple(team_issues(named, known)))
    rows = tuple(team_row(team) for team in named)
    new = NewChange(actor, "save teams", detail={"teams": len(rows)})
    return recording.record(store, new, [Put("team", rows, based_on)])


def remove_team(store: Store, actor: Actor, team_key: str) -> Receipt:
    """Remove a team that no cost, epic or cost area names.

    Raises:
        RefusedError: there is no such team.
        UndoRefusedError: something still names it; the sentence says what.
    """
    actor.require(Action.EDIT_STRUCTURE)
    with store.snapshot() as cursor:
        known = {team.key for team in read.teams(cursor)}
    if team_key not in known:
        refuse((blocker("unknown_team", f"There is no team “{team_key}”. {_SAFE}", sent=team_key),))
    return recording.record(store, NewChange(actor, "remove a team"), ends=[End("team", ((team_key,),))])


def save_member(store: Store, actor: Actor, name: str, roles: frozenset[Role]) -> Receipt:
    """Store a person's name with the roles by which this person acts.

    Raises:
        RefusedError: the name is empty, or there is no role.
    """
    actor.require(Action.EDIT_STRUCTURE)
    if not name.strip() or len(name) > _LONGEST_NAME or not roles:
        refuse((blocker("member", f"A person needs a name and at least one role. {_SAFE}", column="name"),))
    row = {"name": tidy(name), "roles": ",".join(sorted(role.value for role in roles))}
    return recording.record(store, NewChange(actor, "save a person"), [Put("member", (row,))])


def with_key(team: Team) -> Team:
    """The team with a tidy name, and a key made from it when it has none."""
    name = tidy(team.name)
    return replace(
        team,
        key=team.key or key_of(name),
        name=name,
        value_stream=tidy(team.value_stream),
        division=tidy(team.division),
    )


def key_of(name: str) -> str:
    """The key that a name gives: lower case letters and digits of ASCII, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _NOT_KEY.sub("-", plain).strip("-")[:80] or f"team-{sum(name.encode()) % 10_000:04d}"


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
    if not team.name or len(team.name) > _LONGEST_NAME or not team.name.isprintable():
        message = f"A team needs a name of up to {_LONGEST_NAME} printable letters. {_SAFE}"
        yield blocker("name", message, line=line, column="name", sent=team.name)
        return
    twin = seen.get(_look(team.name))
    if twin is not None or team.key in keys:
        same = twin if twin is not None and fold(twin) != fold(team.name) else None
        message = f"“{team.name}” looks like the team “{same}”." if same else f"“{team.name}” is there twice."
        yield blocker(
            "taken",
            f"{message} {_SAFE}",
            line=line,
            column="name",
            sent=team.name,
            expected="a name that no other team has",
            fix="Choose another name, or change the team that is there.",
        )


def _date_issues(team: Team, line: int | None) -> Iterator[Issue]:
    for column, month in (("starts", team.starts), ("ends", team.ends)):
        if month is not None and not is_month(month):
            yield blocker("month", f"{team.name}: {month} is no month. {_SAFE}", line=line, column=column)
    if team.starts and team.ends and team.ends < team.starts:
        message = f"{team.name} ends before it starts. {_SAFE}"
        yield blocker("dates", message, line=line, column="ends", sent=str(team.ends), fix="Swap the months.")


_LOOK_ALIKES = str.maketrans(
    "аеорсухіјѕԁһӏԛԝαοερτυνικАЕОРСУХІЈЅВНКМТΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijsdhlqwaoeptuvikAEOPCYXIJSBHKMTABEZHIKMNOPTYX",
)


def _look(name: str) -> str:
    """How a name looks: without case, width, composition of accents, and letters of other scripts."""
    return fold(unicodedata.normalize("NFKC", name).translate(_LOOK_ALIKES)).translate(_LOOK_ALIKES)


def paste_teams(text: str, known: Sequence[Team]) -> tuple[tuple[Team, ...], tuple[Issue, ...]]:
    """Read teams from a pasted list, one a line: name, value stream, division, kind.

    Cells are separated by tab, semicolon or comma; all but the name may be missing.
    """
    teams, lines, issues = [], [], []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        cells = [cell.strip() for cell in line.split(_separator(line))]
        kind = (
            _KINDS.get(fold(cells[3].replace("_", " ")))
            if len(cells) > 3 and cells[3]
            else TeamKind.STREAM_ALIGNED
        )
        if kind is None or len(cells) > 4:
            issues.append(_unreadable(number, cells))
            continue
        stream, division = (*cells[1:3], "", "")[:2]
        teams.append(with_key(Team("", cells[0], kind, stream, division)))
        lines.append(number)
    issues += team_issues(teams, known, lines)
    return tuple(teams), tuple(issues)


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
        f"{message} {_SAFE}",
        line=line,
        column="kind",
        sent=sent,
        expected=kinds,
        fix="Correct the line.",
    )


def refuse(issues: tuple[Issue, ...]) -> None:
    """Raise when one of the issues blocks.

    Raises:
        RefusedError: with the first blocker's sentence and every issue.
    """
    blockers = [issue for issue in issues if issue.is_blocker]
    if blockers:
        raise RefusedError(blockers[0].message, issues)
