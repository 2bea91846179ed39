"""What a kind of list is, and the lists of the first hour: teams, and where cost areas go."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from roi.actors import Action
from roi.commands import structure
from roi.commands.changing.held import Held
from roi.commands.changing.recording import Work
from roi.domain.names import fold
from roi.domain.structure import Team, TeamKind
from roi.errors import UNSAVED, Issue, blocker, warning
from roi.ingest import lists
from roi.ingest.lists import ListContract, ListField, ListRow
from roi.store.changes import Row

T = TypeVar("T")


class AreaKind(StrEnum):
    """Where a cost area may go."""

    TEAM = "team"
    COST_CENTRE = "cost_centre"
    POOL = "pool"


@dataclass(frozen=True)
class Known:
    """What rows may refer to, and what is stored already; `areas` are sources with their cost areas.

    `is_restated`: the list is a named restatement, so what is frozen of epics may change by it (V3, D11).
    """

    held: Held
    secret_path: Path
    assignments: tuple[Row, ...] = ()
    usage: tuple[Row, ...] = ()
    drivers: tuple[Row, ...] = ()
    pools: Mapping[str, str] = dataclass_field(default_factory=dict)
    plans: tuple[str, ...] = ()
    natures: tuple[str, ...] = ()
    areas: frozenset[tuple[str, str]] = frozenset()
    is_restated: bool = False

    @property
    def teams(self) -> tuple[Team, ...]:
        """Every team."""
        return tuple(self.held.teams.values())

    @cached_property
    def _team_keys(self) -> dict[str, str]:
        return _keys({one.key: one.name for one in self.teams})

    @cached_property
    def _epic_keys(self) -> dict[str, str]:
        return _keys({one.key: one.name for one in self.held.epics.values()})

    @cached_property
    def _initiative_keys(self) -> dict[str, str]:
        return _keys({one.key: one.name for one in self.held.initiatives.values()})

    @cached_property
    def _outcome_keys(self) -> dict[tuple[str, str], str]:
        return {(one.epic, fold(one.metric)): one.key for one in self.held.outcomes.values()}

    def team_key(self, sent: str) -> str | None:
        """The key of a team that is written by key or by name."""
        return self._team_keys.get(fold(sent))

    def epic_key(self, sent: str) -> str | None:
        """The key of an epic that is written by key or by name."""
        return self._epic_keys.get(fold(sent))

    def initiative_key(self, sent: str) -> str | None:
        """The key of an initiative that is written by key or by name."""
        return self._initiative_keys.get(fold(sent))

    @cached_property
    def _line_keys(self) -> dict[str, str]:
        return _keys({one.key: one.name for one in self.held.lines.values()})

    @cached_property
    def _driver_keys(self) -> dict[str, str]:
        return _keys({one.key: one.name for one in self.held.drivers.values()})

    def line_key(self, sent: str) -> str:
        """The key of a finance line by key or name; as it was written when there is none."""
        return self._line_keys.get(fold(sent), sent)

    def driver_key(self, sent: str) -> str:
        """The key of a value driver by key or name; as it was written when there is none."""
        return self._driver_keys.get(fold(sent), sent)

    def cell_key(self, line: str, sent: str) -> str:
        """The key of a cell of that line by key or name; as it was written when there is none."""
        names = {key: one.name for (of, key), one in self.held.cells.items() if of == line}
        return _keys(names).get(fold(sent), sent)

    def outcome_key(self, epic: str, metric: str) -> str | None:
        """The key of the outcome that the epic has on this metric."""
        return self._outcome_keys.get((epic, fold(metric)))


def _keys(names: Mapping[str, str]) -> dict[str, str]:
    """Keys by key and by name as they are compared; a key is stronger than a name."""
    by_name = {fold(name): key for key, name in names.items()}
    return by_name | {fold(key): key for key in names}


Build = Callable[[Sequence[ListRow], Known], tuple[list[Row], list[Issue]]]
Beside = Callable[[Sequence[ListRow], Known], Work]


def nothing(_rows: Sequence[ListRow], _known: Known) -> Work:
    """Nothing changes beside the rows of the list."""
    return Work()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of list: its contract, the table of its rows, who may, how, and what changes beside them.

    `beside` is asked only when nothing blocks. `also` is a second table whose rows are rows of the list too.
    """

    contract: ListContract
    table: str
    action: Action
    build: Build
    beside: Beside = nothing
    also: str = ""


def _filled(row: ListRow, fields: Sequence[ListField], held: Team | None) -> ListRow:
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
    row = _filled(sent, _TEAM_FIELDS, known.held.teams.get(key or ""))
    return Team(
        key or "",
        row.text("name"),
        _as(row, "kind", TeamKind) or TeamKind.STREAM_ALIGNED,
        row.text("value_stream"),
        row.text("division"),
        _as(row, "starts", int),
        _as(row, "ends", int),
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
        message = f"Row {row.line}: there is no team “{value}”. {UNSAVED}"
        fix = "Add the team first."
        yield blocker("unknown_team", message, line=row.line, column="value", sent=value, fix=fix)
    if is_twice:
        area = row.text("area")
        message = f"Row {row.line}: the cost area “{area}” of {row.text('source')} stands twice. {UNSAVED}"
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
_AREA_FIELDS = (
    required("source", "the source of the costs, as on the Data page"),
    required("area", "the cost area, as the file has it", lists.name, "cost_area"),
    required("kind", "team, cost centre or pool", lists.choice(AreaKind)),
    required("value", "which one", lists.name, "team"),
)

BASIC: dict[str, Kind] = {
    "teams": Kind(ListContract("teams", "Teams", _TEAM_FIELDS), "team", Action.EDIT_STRUCTURE, _teams),
    "cost_areas": Kind(
        ListContract("cost_areas", "Cost areas", _AREA_FIELDS), "value_mapping", Action.MAP_COSTS, _cost_areas
    ),
}
"""Teams and cost areas; `costs` has a contract of its own in `roi.ingest.contracts`."""
