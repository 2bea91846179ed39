"""What one team's full cost consists of, who the team is, and what other methods would say."""

from dataclasses import replace

from roi.charts.markup import Child
from roi.domain.figures import Figure
from roi.domain.periods import short_month
from roi.reports.shapes import PartRow, PositionRow, RoleRow, TeamReport
from roi.story import words
from roi.ui import links, parts


def made_of(report: TeamReport) -> None:
    """Own cost, what each serving team and each overhead pool adds, what is passed on: the full cost."""
    row = report.row
    if row.own is None or row.full is None or not row.full.is_known:
        return
    if not report.givers and not report.takers:
        return
    parts.section("What the full cost is made of", "To the last digit. Nothing is counted in two teams.")
    key = report.team.key
    rows = [_line("Own cost", "its people, tools, cloud and contractors", _known(row.own, report))]
    rows += [_given(one, report) for one in report.givers]
    rows += [_taken(one, report) for one in report.takers]
    rows.append(_line("Full cost", "", _known(row.full, report), kind="total"))
    columns = [parts.Column("Part", "text"), parts.Column("", "text", phone=False), parts.Column("Amount")]
    parts.graphic_table(f"team-parts-{key}", f"Full cost of {report.team.name}", columns, rows)


def _given(one: PartRow, report: TeamReport) -> parts.Row:
    is_overhead = one.kind == "overhead"
    told = "overhead, shared out by headcount" if is_overhead else "its part of a team that serves it, by use"
    name, figure = (one.name, "overhead_cost") if is_overhead else (f"From {one.name}", "received_cost")
    return replace(_line(name, told, _amount(one, report)), go=_trace(figure, report))


def _taken(one: PartRow, report: TeamReport) -> parts.Row:
    passed = replace(one, amount=None if one.amount is None else -abs(one.amount))
    line = _line(f"To {one.name}", "passed on by use", _amount(passed, report))
    return replace(line, go=_trace("passed_on_cost", report))


def _trace(figure: str, report: TeamReport) -> str:
    """Where the row is a part: of all that the team received, of overhead, or of what it passes on."""
    return links.href("trace", figure=figure, team=report.team.key)


def _amount(one: PartRow, report: TeamReport) -> str:
    return (one.reason or words.DASH) if one.amount is None else words.exact(one.amount, report.currency)


def _known(figure: Figure, report: TeamReport) -> Child:
    shown = words.DASH if figure.value is None else words.exact(figure.value, report.currency)
    return parts.known(shown, figure, team=report.team.key)


def _line(name: str, told: str, shown: Child, *, kind: str = "flat") -> parts.Row:
    return parts.Row((parts.Cell(name), parts.Cell(told, tone="quiet"), parts.Cell(shown)), kind)


def who(report: TeamReport) -> None:
    """The team as roles, never as names; and its planned positions."""
    if report.roles:
        month = f" in {short_month(report.months[-1])}" if report.months else ""
        title = f"{words.heads_counted(sum(row.by_team[0] for row in report.roles))}{month}"
        parts.section(title, "Roles, not names. A person who is shared counts in parts.")
        columns = [
            parts.Column("Role", "text"),
            parts.Column("Here", "decimal"),
            parts.Column("", "prose"),
        ]
        rows = [_role(row) for row in report.roles]
        parts.graphic_table("team-roles", f"Roles in {report.team.name}", columns, rows)
    if report.positions:
        parts.facts([(_starts(row), _position(row)) for row in report.positions], key="team-positions")


def _role(row: RoleRow) -> parts.Row:
    told = f"shared; {words.heads(row.teams_each)} teams on average" if row.is_shared else ""
    cells = (
        parts.Cell(row.name),
        parts.Cell(words.heads(row.by_team[0])),
        parts.Cell(f"! {row.warning}" if row.warning else told, tone="attn" if row.warning else "quiet"),
    )
    return parts.Row(cells, "flat")


def _starts(row: PositionRow) -> str:
    return f"From {short_month(row.starts)}"


def _position(row: PositionRow) -> str:
    behind = f"for {row.epic_name or row.epic}" if row.epic else "no outcome behind it"
    return f"{words.heads(row.share)} {row.role_name.lower()}, {row.position}: {behind}"


def people(report: TeamReport) -> None:
    """Outside finance: people as heads by role at the published rate, and what that makes."""
    if not report.people:
        return
    told = "Heads by role × the published month rate. Only finance sees what people are paid."
    parts.section("People at standard rates", told)
    columns = [
        parts.Column("Role and band", "text"),
        parts.Column("Heads"),
        parts.Column("Month rate", phone=False),
        parts.Column("Amount"),
    ]
    rows = [_person(row, report) for row in report.people]
    amounts = [row.amount for row in report.people]
    if all(amount is not None for amount in amounts):
        total = words.exact(sum(amount or 0 for amount in amounts), report.currency)
        rows.append(parts.Row((parts.Cell("Sum"), parts.Cell(), parts.Cell(), parts.Cell(total)), "total"))
    parts.graphic_table("team-people", "People at standard rates", columns, rows)


def _person(row: PartRow, report: TeamReport) -> parts.Row:
    rate = words.DASH if row.rate is None else words.exact(row.rate, report.currency)
    cells = (
        parts.Cell(row.name),
        parts.Cell(words.DASH if row.heads is None else words.heads(row.heads)),
        parts.Cell(rate, tone="quiet"),
        parts.Cell(row.reason if row.amount is None else words.exact(row.amount, report.currency)),
    )
    return parts.Row(cells, "flat")


def method(report: TeamReport) -> None:
    """What other ways to pass on cost would say of this team, when they differ by more than 2 %."""
    row = report.method
    if row is None:
        return
    told = (
        f"Direct {words.money(row.direct, report.currency)}, step-down "
        f"{words.money(row.step_down, report.currency)}, reciprocal (used here) "
        f"{words.money(row.reciprocal, report.currency)}: up to {words.share(row.apart)} apart."
    )
    parts.foot(
        "By other methods: ", told, " ", parts.link("See Method", links.href("method")), key="by-method"
    )
