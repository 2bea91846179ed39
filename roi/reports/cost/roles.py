"""Who works where as roles and never as people, and which planned positions have no epic behind them."""

from collections import defaultdict

from roi.domain.money import SHARE_WHOLE
from roi.domain.structure import Team
from roi.reports.cost.parts import team_names
from roi.reports.ground import kept
from roi.reports.ground.basis import Basis
from roi.reports.shapes import PositionRow, RoleMatrix, RoleRow
from roi.store import read

MOST_TEAMS = 3
"""More teams than this for one shared person, on average, is a warning (the essays' rule of thumb)."""


def matrix(base: Basis) -> RoleMatrix:
    """Heads by role and team in the newest month of the span; each row sums to its heads."""
    teams = tuple((team.key, team.name) for team in base.shown_teams)
    if base.span is None:
        return RoleMatrix(None, teams, (), tuple(0 for _ in teams), 0, 0)
    rows = _rows(base, [key for key, _ in teams])
    return RoleMatrix(
        base.span.last if rows else None,
        teams,
        rows,
        tuple(sum(row.by_team[place] for row in rows) for place in range(len(teams))),
        sum(row.unassigned for row in rows),
        sum(row.heads for row in rows),
    )


def of_team(base: Basis, team: Team) -> tuple[RoleRow, ...]:
    """The roles of one team in the newest month of the span; what those people do elsewhere stands beside."""
    if base.span is None:
        return ()
    return tuple(row for row in _rows(base, [team.key]) if row.by_team[0])


def _rows(base: Basis, teams: list[str]) -> tuple[RoleRow, ...]:
    known = {read.text(row["role"]): row for row in kept.table(base, "role")}
    held: dict[str, dict[str, int]] = defaultdict(dict)
    counts: dict[str, tuple[int, int]] = {}
    month = base.span.last if base.span else 0
    for row in _assigned(base, month):
        role, team = read.text(row["role"]), read.text(row["team"])
        held[role][team] = read.whole(row["share"])
        if not team:
            counts[role] = read.whole(row["people"]), read.whole(row["teams"])
    found = [
        _row(role, known.get(role), shares, counts.get(role, (0, 0)), teams) for role, shares in held.items()
    ]
    return tuple(sorted(found, key=lambda row: (row.is_shared, row.name)))


def _assigned(base: Basis, month: int) -> list[read.Row]:
    """Who is assigned where in a month, by role: asked for by the page of every team."""
    params = {"month": month}
    return kept.once(
        base,
        "assigned in a month",
        (month,),
        lambda: read.rows(base.cursor, "assigned_in_month", params),
        (kept.COST,),
    )


def _row(
    role: str, known: read.Row | None, shares: dict[str, int], counts: tuple[int, int], teams: list[str]
) -> RoleRow:
    people, served = counts
    each = served * SHARE_WHOLE // people if people else 0
    is_shared = bool(known and known["is_shared"])
    name = read.text(known["name"]) if known else role
    warning = ""
    if is_shared and each > MOST_TEAMS * SHARE_WHOLE:
        warning = f"one {name.lower()} serves more than {MOST_TEAMS} teams on average"
    by_team = tuple(shares.get(team, 0) for team in teams)
    heads, unassigned = sum(shares.values()), shares.get("", 0)
    elsewhere = heads - unassigned - sum(by_team)
    return RoleRow(role, name, is_shared, by_team, elsewhere, unassigned, heads, each, warning)


def positions(base: Basis, team: str | None = None) -> tuple[PositionRow, ...]:
    """Planned positions of the teams looked at, those without an epic behind them first."""
    names = team_names(base)
    roles = {read.text(row["role"]): read.text(row["name"]) for row in kept.table(base, "role")}
    shown = {one.key for one in base.shown_teams} if team is None else {team}
    rows = [row for row in kept.table(base, "planned_position") if row["team"] in shown]
    epics = read.names(base.cursor, "epic", {read.text(row["epic"]) for row in rows})
    found = [
        PositionRow(
            read.text(row["position"]),
            read.text(row["team"]),
            names.get(read.text(row["team"]), ""),
            read.text(row["role"]),
            roles.get(read.text(row["role"]), read.text(row["role"])),
            read.whole(row["starts"]),
            read.whole(row["share"]),
            read.text(row["epic"]),
            epics.get(read.text(row["epic"]), ""),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda row: (bool(row.epic), row.starts, row.position)))
