"""Value streams or divisions, their teams, with cost and what came back of it; of many an outline alone."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from roi.domain.figures import Figure
from roi.domain.structure import Team
from roi.reports.booked import outlines, returned
from roi.reports.booked.booking import CASH, CONFIRMED
from roi.reports.booked.outlines import Outlines
from roi.reports.booked.returned import Named
from roi.reports.booked.work import Work
from roi.reports.cost import costs, efforts
from roi.reports.cost.costs import Costs
from roi.reports.ground import building, kept
from roi.reports.ground.basis import Basis
from roi.reports.ground.structure import Group, Place
from roi.reports.shapes import StreamRow, TeamOutline, TeamRow

MANY = 100
"""A report of more teams has rows of one stream at a time: few readers need more, and each row is dear."""


def rows(cost: Costs, jobs: Work, opened: Collection[str] | None = None) -> tuple[StreamRow, ...]:
    """Value streams by name, those without one last; within a stream by cost, never by return.

    `opened` names the streams whose teams have rows, if there are many teams; None: all have.
    """
    base = cost.basis
    found = _streams(base)
    is_folded = opened is not None and is_many(sum(len(its) for _, its, _ in found), len(found))
    key = (is_folded, *base.looked_at, jobs.today)

    def made() -> tuple[StreamRow, ...]:
        if jobs.period.sliced(base) is None:
            jobs.summed(base.shown, (CONFIRMED,), CASH)  # all teams book at once, not each by itself
        alone = outlines.of_all(cost, jobs) if is_folded else None
        return tuple(_stream(cost, jobs, one, alone) for one in found)

    every = kept.once(base, "streams", key, made, kept.WHOLE)
    if not is_folded or not opened:
        return every
    return tuple(
        replace(row, teams=_rows(cost, jobs, one)) if row.key in opened else row
        for row, one in zip(every, found, strict=True)
    )


def is_many(teams: int, streams: int) -> bool:
    """Whether so many teams of so many value streams are shown one stream at a time."""
    return streams > 1 and teams > MANY


_Stream = tuple[str, list[Team], Group]


def _streams(base: Basis) -> list[_Stream]:
    """Each stream with its teams of the months looked at, and with the months in which they stood there."""
    if base.value_stream is not None:
        return [(base.value_stream, _looked_at(base, base.shown), base.shown)]
    groups = [(name, base.structure.group(name, base.every_month)) for name in (*base.value_streams, "")]
    return [(name, found, teams) for name, teams in groups if (found := _looked_at(base, teams))]


def _looked_at(base: Basis, teams: Group) -> list[Team]:
    """The teams of a stream in the months looked at, each in the stream in one of them at least."""
    named = base.structure.parted.named
    return [named[key] for key in teams if base.is_in(teams, key)]


def _stream(cost: Costs, jobs: Work, one: _Stream, alone: Outlines | None) -> StreamRow:
    """One stream with the rows of its teams; with `alone` in outline only."""
    name, _, teams = one
    its = _rows(cost, jobs, one) if alone is None else ()
    told = tuple(map(TeamOutline.of, its)) if alone is None else _outlines(cost, one, alone)
    kind = _kind([team.kind for team in told])
    total = returned.row(cost, jobs, teams, Named(name, name, kind, {"value_stream": name}))
    return StreamRow(name, name, total, its, told)


def kind_of(cost: Costs, teams: Group) -> str:
    """The kind of some teams together, as the row of their stream has it; see `_kind`."""
    return _kind([_place(cost, team, teams).kind.value for team in _looked_at(cost.basis, teams)])


def _kind(kinds: Sequence[str]) -> str:
    """Teams that all serve others are together of such a kind, and no verdict is given on them (rule V2)."""
    is_serving = bool(kinds) and all(kind in returned.SERVING for kind in kinds)
    return min(kinds) if is_serving else "value_stream"


def _rows(cost: Costs, jobs: Work, one: _Stream) -> tuple[TeamRow, ...]:
    _, found, teams = one
    its = [team_row(cost, jobs, team, teams) for team in found]
    return tuple(sorted(its, key=lambda row: (-(row.own.value or 0 if row.own else 0), row.name)))


def _outlines(cost: Costs, one: _Stream, alone: Outlines) -> tuple[TeamOutline, ...]:
    """The teams of a stream in the order of rows."""
    _, found, teams = one
    its = [alone.of(team, _place(cost, team, teams).kind, teams.months[team.key]) for team in found]
    return tuple(sorted(its, key=lambda team: (-(team.own or 0), team.name)))


def team_row(cost: Costs, jobs: Work, team: Team, teams: Group | None = None) -> TeamRow:
    """One team's row; within a stream, of the months in which it stood there: kept till it is touched."""
    months = teams.months.get(team.key) if teams is not None else None
    rows = jobs.period.table(("team", months, *cost.basis.looked_at, *kept.state(cost.basis, efforts.ON)))
    if team.key not in rows:
        building.give_way()
        alone = Group({team.key: months})
        rows[team.key] = frozenset({team.key}), returned.row(cost, jobs, alone, _named(cost, team, alone))
    found: TeamRow = rows[team.key][1]
    return found


def team_costs(cost: Costs, team: Team, teams: Group) -> tuple[Figure, Figure]:
    """A team's own cost and all of it as its row says them, without its value, which takes long to reckon."""
    alone = Group({team.key: teams.months.get(team.key)})
    keys = _named(cost, team, alone).keys
    return costs.own_cost(cost, alone, **keys), costs.team_cost(cost, alone, **keys)


def _named(cost: Costs, team: Team, its: Group) -> Named:
    place = _place(cost, team, its)
    group = place.group(cost.basis.structure.by)
    keys = {"team": team.key} | ({"value_stream": group} if its.months[team.key] else {})
    return Named(team.key, team.name, place.kind.value, keys)


def _place(cost: Costs, team: Team, teams: Group) -> Place:
    """Where a team stood in the last of the months looked at in which it belongs to these."""
    last = next((month for month in reversed(cost.months) if teams.holds(team.key, month)), 0)
    return cost.basis.structure.at(team, last)
