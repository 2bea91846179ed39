"""Where teams stood in each month: roll-ups follow the month's structure, or today's (decision D5)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from roi.domain.structure import GroupedBy, Team, TeamKind
from roi.store import read


@dataclass(frozen=True, slots=True)
class Place:
    """Kind, value stream and division of a team in a month."""

    kind: TeamKind
    value_stream: str
    division: str

    def group(self, by: GroupedBy) -> str:
        """The value stream or the division."""
        return self.value_stream if by == "value_stream" else self.division


@dataclass(frozen=True, slots=True)
class Group(Collection[str]):
    """Teams that are looked at together; each with the months in which it belongs, None for all."""

    months: Mapping[str, frozenset[int] | None]

    def holds(self, team: str, month: int) -> bool:
        """Whether the team belongs in that month."""
        if team not in self.months:
            return False
        its = self.months[team]
        return its is None or month in its

    def __contains__(self, team: object) -> bool:
        """Whether the team belongs in some month."""
        return team in self.months

    def __iter__(self) -> Iterator[str]:
        """The keys of the teams."""
        return iter(self.months)

    def __len__(self) -> int:
        """How many teams."""
        return len(self.months)


def group(teams: Iterable[str]) -> Group:
    """These teams in every month."""
    return Group(dict.fromkeys(teams))


Move = tuple[int, Place]


@dataclass(frozen=True, slots=True)
class Structure:
    """Every team's places by month. `today`: the month that counts for all; None: each month its own.

    `by` says which of its groups are told: value streams, or divisions.
    """

    teams: tuple[Team, ...]
    moves: Mapping[str, Sequence[Move]]
    today: int | None
    by: GroupedBy = "value_stream"
    seen: dict[str, "_Parted"] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def parted(self) -> "_Parted":
        """Its teams by group, parted once: every group of a page asks for its own."""
        if "all" not in self.seen:
            self.seen["all"] = self._part()
        return self.seen["all"]

    def _part(self) -> "_Parted":
        still: dict[str, dict[str, None]] = {}
        moving = []
        for team in self.teams:
            if self._is_still(team):
                still.setdefault(self.name_at(team, 0), {})[team.key] = None
            else:
                moving.append(team)
        return _Parted(still, moving, {team.key: team for team in self.teams})

    def at(self, team: Team, month: int) -> Place:
        """Where the team stood in that month; before its first row its own row counts."""
        found = Place(team.kind, team.value_stream, team.division)
        for first, place in self.moves.get(team.key, ()):
            if first > (self.today or month):
                break
            found = place
        return found

    def name_at(self, team: Team, month: int) -> str:
        """The group in which the team stood in that month."""
        return self.at(team, month).group(self.by)

    def streams(self, months: Sequence[int]) -> tuple[str, ...]:
        """The groups that teams stood in, by name; teams without one are in none."""
        parted = self.parted
        found = {self.name_at(team, month) for team in parted.moving for month in months}
        return tuple(sorted((found | set(parted.still)) - {""}))

    def group(self, name: str | None, months: Sequence[int]) -> Group:
        """The teams of a group ("": without one, None: all), each with its months there."""
        if name is None:
            return group(team.key for team in self.teams)
        parted = self.parted
        found: dict[str, frozenset[int] | None] = {**parted.still.get(name, {})}
        moved = {
            team.key: its
            for team in parted.moving
            if (its := frozenset(m for m in months if self.name_at(team, m) == name))
        }
        if moved:
            found |= moved
            found = {key: found[key] for key in parted.named if key in found}
        return Group(found)

    def _is_still(self, team: Team) -> bool:
        return self.today is not None or team.key not in self.moves


@dataclass(frozen=True, slots=True)
class _Parted:
    """Keys of teams that never move by group, the others, and each team by its key, in order."""

    still: Mapping[str, Mapping[str, None]]
    moving: Sequence[Team]
    named: Mapping[str, Team]


def moves(cursor: read.Cursor) -> dict[str, list[Move]]:
    """Every team's moves at this version, by month."""
    found: dict[str, list[Move]] = {}
    for row in sorted(read.table(cursor, "team_structure"), key=lambda row: read.whole(row["first_month"])):
        place = Place(
            TeamKind(read.text(row["kind"])), read.text(row["value_stream"]), read.text(row["division"])
        )
        found.setdefault(read.text(row["team"]), []).append((read.whole(row["first_month"]), place))
    return found
