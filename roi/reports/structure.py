"""Where teams stood in each month: roll-ups follow the month's structure, or today's (decision D5)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from roi.domain.structure import Team, TeamKind
from roi.store import read


@dataclass(frozen=True, slots=True)
class Place:
    """Kind, value stream and division of a team in a month."""

    kind: TeamKind
    value_stream: str
    division: str


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
    """Every team's places by month. `today`: the month that counts for all; None: each month its own."""

    teams: tuple[Team, ...]
    moves: Mapping[str, Sequence[Move]]
    today: int | None

    def at(self, team: Team, month: int) -> Place:
        """Where the team stood in that month; before its first row its own row counts."""
        found = Place(team.kind, team.value_stream, team.division)
        for first, place in self.moves.get(team.key, ()):
            if first > (self.today or month):
                break
            found = place
        return found

    def streams(self, months: Sequence[int]) -> tuple[str, ...]:
        """The value streams that teams stood in, by name; teams without one are in none."""
        found = {
            self.at(team, month).value_stream for team in self.teams for month in self._looked(team, months)
        }
        return tuple(sorted(found - {""}))

    def group(self, value_stream: str | None, months: Sequence[int]) -> Group:
        """The teams of a value stream ("": without one, None: all), each with its months there."""
        if value_stream is None:
            return group(team.key for team in self.teams)
        found: dict[str, frozenset[int] | None] = {}
        for team in self.teams:
            if self._is_still(team):
                if self.at(team, 0).value_stream == value_stream:
                    found[team.key] = None
            else:
                its = frozenset(m for m in months if self.at(team, m).value_stream == value_stream)
                if its:
                    found[team.key] = its
        return Group(found)

    def _is_still(self, team: Team) -> bool:
        return self.today is not None or team.key not in self.moves

    def _looked(self, team: Team, months: Sequence[int]) -> Sequence[int]:
        return (0,) if self._is_still(team) else months


def load(cursor: read.Cursor, teams: tuple[Team, ...], today: int | None) -> Structure:
    """The dated structure at this version."""
    moves: dict[str, list[Move]] = {}
    for row in sorted(read.table(cursor, "team_structure"), key=lambda row: read.whole(row["first_month"])):
        place = Place(
            TeamKind(read.text(row["kind"])), read.text(row["value_stream"]), read.text(row["division"])
        )
        moves.setdefault(read.text(row["team"]), []).append((read.whole(row["first_month"]), place))
    return Structure(teams, moves, today)
