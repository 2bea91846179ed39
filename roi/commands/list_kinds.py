"""The kinds of lists: their columns, who may bring them in, and how their rows become rows of the store."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from roi.actors import Action
from roi.commands import outcome_checks, outcomes, structure
from roi.domain.names import fold
from roi.domain.structure import Epic, EpicKind, Grade, Outcome, Team, TeamKind, ValueBasis, ValueClass
from roi.errors import Issue, blocker, warning
from roi.ingest import lists
from roi.ingest.lists import ListContract, ListField, ListRow
from roi.store.changes import End, Row
from roi.store.read import Cursor

T = TypeVar("T")
_SAFE = "Nothing has been saved."


class Direction(StrEnum):
    """Which way of a metric is better."""

    UP = "up"
    DOWN = "down"


class AreaKind(StrEnum):
    """Where a cost area may go."""

    TEAM = "team"
    COST_CENTRE = "cost_centre"
    POOL = "pool"


@dataclass(frozen=True, slots=True)
class Known:
    """What rows may refer to, and what is stored already; `areas` are sources with their cost areas."""

    teams: tuple[Team, ...]
    epics: tuple[Epic, ...]
    outcomes: tuple[Outcome, ...]
    secret_path: Path
    assignments: tuple[Row, ...] = ()
    usage: tuple[Row, ...] = ()
    drivers: tuple[Row, ...] = ()
    pools: Mapping[str, str] = dataclass_field(default_factory=dict)
    plans: tuple[str, ...] = ()
    natures: tuple[str, ...] = ()
    areas: frozenset[tuple[str, str]] = frozenset()

    def team_key(self, sent: str) -> str | None:
        """The key of a team that is written by key or by name."""
        names = {fold(team.name): team.key for team in self.teams}
        keys = {fold(team.key): team.key for team in self.teams}
        return keys.get(fold(sent)) or names.get(fold(sent))

    def epic_key(self, sent: str) -> str | None:
        """The key of an epic that is written by key or by name."""
        names = {fold(epic.name): epic.key for epic in self.epics}
        keys = {fold(epic.key): epic.key for epic in self.epics}
        return keys.get(fold(sent)) or names.get(fold(sent))

    def outcome_key(self, epic: str, metric: str) -> str | None:
        """The key of the outcome that the epic has on this metric."""
        named = {(one.epic, fold(one.metric)): one.key for one in self.outcomes}
        return named.get((epic, fold(metric)))


Build = Callable[[Sequence[ListRow], Known], tuple[list[Row], list[Issue]]]
Ends = Callable[[Cursor, Sequence[ListRow], Known], tuple[End, ...]]


def _no_ends(_cursor: Cursor, _rows: Sequence[ListRow], _known: Known) -> tuple[End, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of list: its contract, the table that its rows go to, who may, how, and what ends by it."""

    contract: ListContract
    table: str
    action: Action
    build: Build
    ends: Ends = _no_ends


def _filled(row: ListRow, fields: Sequence[ListField], held: Team | Epic | Outcome | None) -> ListRow:
    """The row, with what is stored in the fields whose columns the list does not have."""
    if held is None:
        return row
    absent = [field.name for field in fields if field.name not in row.values and hasattr(held, field.name)]
    return ListRow(row.line, {**row.values, **{name: getattr(held, name) for name in absent}})


def _teams(rows: Sequence[ListRow], known: Known) -> tuple[list[Row], list[Issue]]:
    teams = structure.with_keys([_team(row, known) for row in rows], known.teams)
    issues = list(structure.team_issues(teams, known.teams, [row.line for row in rows]))
    return [structure.team_row(team) for team in teams], issues


def _team(sent: ListRow, known: Known) -> Team:
    key = sent.text("key") or known.team_key(sent.text("name"))
    row = _filled(sent, _TEAM_FIELDS, next((team for team in known.teams if team.key == key), None))
    return Team(
        key or "",
        row.text("name"),
        _as(row, "kind", TeamKind) or TeamKind.STREAM_ALIGNED,
        row.text("value_stream"),
        row.text("division"),
        _as(row, "starts", int),
        _as(row, "ends", int),
    )


def _epics(rows: Sequence[ListRow], known: Known) -> tuple[list[Row], list[Issue]]:
    epics = [_epic(row, known) for row in rows]
    keys = {team.key for team in known.teams}
    issues = list(outcome_checks.epic_issues(epics, keys, [row.line for row in rows]))
    return [outcomes.epic_row(epic) for epic in epics], issues


def _epic(sent: ListRow, known: Known) -> Epic:
    key = sent.text("epic") or known.epic_key(sent.text("name"))
    row = _filled(sent, _EPIC_FIELDS, next((epic for epic in known.epics if epic.key == key), None))
    return Epic(
        key or structure.fresh_key(row.text("name"), {epic.key for epic in known.epics}),
        row.text("name"),
        known.team_key(row.text("team")) or row.text("team"),
        _as(row, "kind", EpicKind) or EpicKind.FEATURE,
        typed(row, "started", date),
        _as(row, "delivered", date),
        typed(row, "planned_share", int),
        bool(row.values.get("is_obligation")),
    )


def _outcomes(rows: Sequence[ListRow], known: Known) -> tuple[list[Row], list[Issue]]:
    found = _made_outcomes(rows, known)
    issues = list(outcome_checks.outcome_issues(found, known.epics, [row.line for row in rows]))
    return [outcomes.outcome_row(outcome) for outcome in found], issues


def _made_outcomes(rows: Sequence[ListRow], known: Known) -> tuple[Outcome, ...]:
    return outcomes.with_readings([_outcome(row, known) for row in rows], known.outcomes)


def _stale_ticks(cursor: Cursor, rows: Sequence[ListRow], known: Known) -> tuple[End, ...]:
    return outcomes.stale_ticks(cursor, _made_outcomes(rows, known))


def _outcome(sent: ListRow, known: Known) -> Outcome:
    epic, metric = known.epic_key(sent.text("epic")) or sent.text("epic"), sent.text("metric")
    key = sent.text("outcome") or known.outcome_key(epic, metric)
    row = _filled(sent, _OUTCOME_FIELDS, next((one for one in known.outcomes if one.key == key), None))
    return Outcome(
        key=key or structure.fresh_key(f"{epic} {metric}", {one.key for one in known.outcomes}),
        epic=epic,
        metric=metric,
        unit=row.text("unit"),
        direction=row.text("direction"),
        baseline=typed(row, "baseline", Decimal),
        target_low=typed(row, "target_low", Decimal),
        target_likely=typed(row, "target_likely", Decimal),
        target_high=typed(row, "target_high", Decimal),
        value_class=typed(row, "value_class", ValueClass),
        owner=row.text("owner"),
        by_when=_as(row, "by_when", date),
        unit_value=_as(row, "unit_value", Decimal),
        currency=row.text("currency"),
        value_basis=_as(row, "value_basis", ValueBasis) or ValueBasis.ASSUMED,
        grade=_as(row, "grade", Grade) or Grade.E,
        evidence=row.text("evidence"),
        actual=_as(row, "actual", Decimal),
        read_on=_as(row, "read_on", date),
        share_low=_as(row, "share_low", int),
        share_likely=_as(row, "share_likely", int),
        share_high=_as(row, "share_high", int),
    )


def _cost_areas(rows: Sequence[ListRow], known: Known) -> tuple[list[Row], list[Issue]]:
    made: list[Row] = []
    issues: list[Issue] = []
    seen: set[tuple[str, str]] = set()
    for row in rows:
        value, kind = row.text("value"), typed(row, "kind", AreaKind)
        source, area = row.text("source"), row.text("area")
        team = known.team_key(value) if kind is AreaKind.TEAM else value
        issues += _area_issues(row, team, is_twice=(source, area) in seen)
        if (source, area) not in known.areas:
            issues.append(_unseen(row))
        seen.add((source, area))
        made.append(
            {
                "source": source,
                "field": "cost_centre",
                "sent": area,
                "kind": kind.value,
                "value": team or value,
            }
        )
    return made, issues


def _area_issues(row: ListRow, team: str | None, *, is_twice: bool) -> Iterator[Issue]:
    if team is None:
        value = row.text("value")
        message = f"Row {row.line}: there is no team “{value}”. {_SAFE}"
        fix = "Add the team first."
        yield blocker("unknown_team", message, line=row.line, column="value", sent=value, fix=fix)
    if is_twice:
        area = row.text("area")
        message = f"Row {row.line}: the cost area “{area}” of {row.text('source')} stands twice. {_SAFE}"
        yield blocker("twice", message, line=row.line, column="area", sent=area, fix="Keep one of them.")


def _unseen(row: ListRow) -> Issue:
    area = row.text("area")
    return warning(
        "unseen_area",
        f"Row {row.line}: no line of {row.text('source')} names the cost area “{area}” yet.",
        line=row.line,
        column="area",
        sent=area,
        fix="Write it as the cost file has it; it is kept for when it comes.",
    )


def _as(row: ListRow, name: str, kind: type[T]) -> T | None:
    value = row.values.get(name)
    return value if isinstance(value, kind) else None


def typed(row: ListRow, name: str, kind: type[T]) -> T:
    """The value of a required column."""
    value = row.values[name]
    if not isinstance(value, kind):
        message = f"the contract must require {name}"
        raise TypeError(message)
    return value


def field(name: str, text: str, reader: lists.Reader = lists.name, *also: str) -> ListField:
    """A column that a row may leave empty."""
    return ListField(name, text, reader, also=also)


def required(name: str, text: str, reader: lists.Reader = lists.name, *also: str) -> ListField:
    """A column that every row fills."""
    return ListField(name, text, reader, is_required=True, also=also)


_TEAM_FIELDS = (
    required("name", "the team's name", lists.name, "team"),
    field("value_stream", "the value stream that it serves", lists.name, "stream"),
    field("division", "its division"),
    field("kind", "stream aligned, platform, enabling or complicated subsystem", lists.choice(TeamKind)),
    field("starts", "its first month, such as 2026-01", lists.month),
    field("ends", "its last month, if it ended", lists.month),
    field("key", "a short name for links and files; made from the name when empty"),
)
_EPIC_FIELDS = (
    required("name", "what the epic is called"),
    required("team", "the team that delivers it, by name or key"),
    field("kind", "feature, technical debt, defect or risk", lists.choice(EpicKind)),
    required("started", "the day on which work started, such as 2026-01-05", lists.day),
    field("delivered", "the day on which it was delivered; empty while it is not", lists.day),
    required("planned_share", "the share of the team's capacity planned for it, such as 40%", lists.share),
    field("is_obligation", "yes when a law, contract or audit demands it", lists.yes_no, "obligation"),
    field("epic", "its key; made from the name when empty", lists.name, "key"),
)
_OUTCOME_FIELDS = (
    required("epic", "the epic, by key or name"),
    required("metric", "the measure that should move"),
    required("unit", "what it is counted in, such as % or users a month"),
    required("direction", "up or down: which way is better", lists.choice(Direction)),
    required("baseline", "the measure before", lists.number),
    required("target_low", "what it reaches at least in 9 of 10 cases", lists.number),
    required("target_likely", "what it most likely reaches", lists.number),
    required("target_high", "what it passes in 1 of 10 cases", lists.number),
    field("by_when", "the day by which it should have moved", lists.day),
    required(
        "value_class",
        "revenue, retention, cost reduction, cost avoided, released time, risk reduced, not financial",
        lists.choice(ValueClass),
        "class",
    ),
    field("unit_value", "money per unit of the measure per month", lists.number, "driver"),
    field("currency", "the currency of that money", lists.currency),
    field("value_basis", "booked, agreed or assumed", lists.choice(ValueBasis), "basis"),
    required("owner", "the one person who answers for it"),
    field("actual", "the measure now", lists.number),
    field("read_on", "the day of that reading", lists.day),
    field(
        "grade",
        "evidence A to E: experiment, controlled, series, before and after, stated",
        lists.choice(Grade),
    ),
    field("evidence", "where the reading comes from", lists.text),
    field("share_low", "the share of the change due to this work, at least", lists.share),
    field("share_likely", "most likely", lists.share),
    field("share_high", "at most", lists.share),
    field("outcome", "its key; made from epic and measure when empty", lists.name, "key"),
)
_AREA_FIELDS = (
    required("source", "the source of the costs, as on the Data page"),
    required("area", "the cost area, as the file has it", lists.name, "cost_area"),
    required("kind", "team, cost centre or pool", lists.choice(AreaKind)),
    required("value", "which one", lists.name, "team"),
)

BASIC: dict[str, Kind] = {
    "teams": Kind(ListContract("teams", "Teams", _TEAM_FIELDS), "team", Action.EDIT_STRUCTURE, _teams),
    "epics": Kind(ListContract("epics", "Epics", _EPIC_FIELDS), "epic", Action.RECORD_OUTCOME, _epics),
    "outcomes": Kind(
        ListContract("outcomes", "Outcomes", _OUTCOME_FIELDS),
        "outcome",
        Action.RECORD_OUTCOME,
        _outcomes,
        _stale_ticks,
    ),
    "cost_areas": Kind(
        ListContract("cost_areas", "Cost areas", _AREA_FIELDS), "value_mapping", Action.MAP_COSTS, _cost_areas
    ),
}
"""The lists that the first hour needs; `costs` has a contract of its own in `roi.ingest.contracts`."""
