"""Who works where, as roles and never as people; and positions that are planned."""

from roi.charts.markup import Child, join, tag
from roi.domain.periods import short_month
from roi.reports import teams
from roi.reports.shapes import PositionRow, RoleMatrix, RoleRow, TeamsReport
from roi.story import cost_titles, words
from roi.ui import links, parts, session

NOTE = (
    "Heads by assignment. Each row adds up to the heads of its role; a person who is shared counts in parts."
)


def draw(_report: TeamsReport) -> None:
    """Roles × teams, then planned positions."""
    matrix, positions = session.ask(teams.people, session.scope())
    if not matrix.rows:
        parts.empty_state(
            "Who works where is not recorded yet.",
            "Assignments say which role works in which team, with which share. No name is ever shown.",
            ("Import a list of assignments", "data"),
        )
    else:
        parts.section(cost_titles.roles(matrix).text, NOTE)
        _matrix(matrix)
    _positions(positions)


def _matrix(matrix: RoleMatrix) -> None:
    columns = [
        parts.Column("Role", "text"),
        parts.Column("Heads", "decimal"),
        *(parts.Column(_stacked(name), "decimal") for _, name in matrix.teams),
    ]
    is_cut = any(row.elsewhere for row in matrix.rows)
    if is_cut:
        columns.append(parts.Column("Elsewhere", "decimal"))
    each = join("Teams", tag("br"), "a person")
    columns += [parts.Column("No team", "decimal"), parts.Column(each, "decimal")]
    rows = [_row(row, is_cut=is_cut) for row in matrix.rows]
    sums = [parts.Cell(_heads(part)) for part in matrix.by_team]
    elsewhere = [parts.Cell(_heads(sum(row.elsewhere for row in matrix.rows)))] if is_cut else []
    total = (
        parts.Cell("All roles"),
        parts.Cell(words.heads(matrix.heads)),
        *sums,
        *elsewhere,
        parts.Cell(_heads(matrix.unassigned)),
        parts.Cell(),
    )
    rows.append(parts.Row(total, "total"))
    caption = "Heads by role and team" + (f", {short_month(matrix.month)}" if matrix.month else "")
    parts.graphic_table("teams-roles", caption, columns, rows, is_wide=True)
    for row in matrix.rows:
        if row.warning:
            parts.callout("attention", f"{words.sentence(row.warning)}.")


def _stacked(name: str) -> Child:
    """A team's name over lines, so that a column is as narrow as its numbers."""
    pieces = name.replace(" & ", " &\u00a0").split(" ")
    return join(*[piece for word in pieces for piece in (word, tag("br"))][:-1])


def _row(row: RoleRow, *, is_cut: bool) -> parts.Row:
    elsewhere = [parts.Cell(_heads(row.elsewhere))] if is_cut else []
    each = words.heads(row.teams_each) if row.is_shared else ""
    name: Child = row.name
    if row.is_shared:
        name = join(row.name, " ", tag("span", "shared", class_="quiet"))
    cells = (
        parts.Cell(name),
        parts.Cell(words.heads(row.heads), tone="strong"),
        *(parts.Cell(_heads(part)) for part in row.by_team),
        *elsewhere,
        parts.Cell(_heads(row.unassigned), tone="attn" if row.unassigned else ""),
        parts.Cell(f"! {each}" if row.warning else each, tone="attn" if row.warning else "quiet"),
    )
    return parts.Row(cells, "flat")


def _heads(part: int) -> str:
    return words.heads(part) if part else words.DASH


def _positions(rows: tuple[PositionRow, ...]) -> None:
    if not rows:
        return
    parts.section(
        cost_titles.positions(rows).text, "A position without an epic is cost with nothing to read."
    )
    columns = [
        parts.Column("Position", "text"),
        parts.Column("Team", "text"),
        parts.Column("Role", "text", phone=False),
        parts.Column("Starts", "text", phone=False),
        parts.Column("Heads", "decimal"),
        parts.Column("Epic behind it", "text", phone=False),
    ]
    parts.graphic_table("teams-positions", "Planned positions", columns, [_position(row) for row in rows])


def _position(row: PositionRow) -> parts.Row:
    epic = parts.link(row.epic_name or row.epic, links.href("epic", epic=row.epic)) if row.epic else "! none"
    cells = (
        parts.Cell(row.position, phone_note=f"{row.role_name}, {row.epic_name or 'no epic'}"),
        parts.Cell(row.team_name or row.team),
        parts.Cell(row.role_name),
        parts.Cell(short_month(row.starts)),
        parts.Cell(words.heads(row.share)),
        parts.Cell(epic, tone="" if row.epic else "attn"),
    )
    return parts.Row(cells, "flat")
