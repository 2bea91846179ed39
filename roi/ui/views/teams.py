"""The table of teams by month that ties to the ledger, to the last digit."""

from roi.charts.markup import tag
from roi.domain.periods import short_month
from roi.reports.shapes import TeamMonths, TeamsReport
from roi.story import words
from roi.ui import links, parts
from roi.ui.component import markup

NOTE = (
    "To the last digit, so that every row and every column adds up. A dash is a month without a cost line, "
    "which is not the same as 0."
)


def eyebrow(report: TeamsReport) -> str:
    """Page, period and currency, said once."""
    period = report.span.long_label if report.span else "no costs yet"
    return f"Teams · {period} · {words.currency_name(report.currency)}"


def kpis(report: TeamsReport) -> list[parts.Kpi]:
    """Ledger, and the three places where it is."""
    figures = (report.ledger, report.team_total, report.suspense, report.excluded)
    notes = (
        report.books.value,
        words.counted(sum(team.total.value is not None for team in report.teams), "team"),
        words.counted(len(report.suspense_rows), "cost area") + " wait to be placed",
        "not cash cost, each by name",
    )
    scale = words.scale_for(
        [figure.value for figure in figures],
        report.currency,
        [([figure.value or 0 for figure in figures[1:]], figures[0].value or 0)],
    )
    return [
        parts.Kpi(figure.definition.name, scale.text(figure.value), note, figure)
        for figure, note in zip(figures, notes, strict=True)
    ]


def table(report: TeamsReport) -> None:
    """Teams × months, then what is in no team, then the ledger and the difference, which is 0.00."""
    columns = [parts.Column("Team", "text"), parts.Column("Total")]
    columns += [parts.Column(short_month(month)) for month in report.months]
    rows = [_team(team, report) for team in report.teams]
    differences = tuple(
        ledger - teams - excluded - suspense
        for ledger, teams, excluded, suspense in zip(
            report.by_month_ledger,
            report.by_month_teams,
            report.by_month_excluded,
            report.by_month_suspense,
            strict=True,
        )
    )
    rows += [
        _sum("All teams", report.team_total.value, report.by_month_teams, report, "group"),
        _sum("Excluded natures", report.excluded.value, report.by_month_excluded, report, "flat"),
        _sum("On no team yet", report.suspense.value, report.by_month_suspense, report, "flat"),
        _sum("Ledger", report.ledger.value, report.by_month_ledger, report, "total"),
        _sum("Difference", report.difference.value, differences, report, "note"),
    ]
    caption = f"Cost by team and month in {report.currency}"
    parts.graphic_table("teams-months", caption, columns, rows, is_wide=True)


def _team(team: TeamMonths, report: TeamsReport) -> parts.Row:
    total = parts.known(_exact(team.total.value, report), team.total, team=team.key)
    months = [parts.Cell(_exact(amount, report)) for amount in team.by_month]
    go = links.href("team", team=team.key)
    return parts.Row((parts.Cell(team.name), parts.Cell(total, tone="strong"), *months), "flat", go)


def _sum(name: str, total: int | None, months: tuple[int, ...], report: TeamsReport, kind: str) -> parts.Row:
    cells = [parts.Cell(name), parts.Cell(_exact(total, report), tone="strong")]
    return parts.Row((*cells, *(parts.Cell(_exact(amount, report)) for amount in months)), kind)


def _exact(amount: int | None, report: TeamsReport) -> str:
    if amount is None:
        return words.DASH
    return f"{words.sign(amount)}{words.plain(amount, report.currency)}"


def suspense(report: TeamsReport) -> None:
    """Everything that no team carries yet, by name and reason."""
    if not report.suspense_rows:
        return
    told = "Nothing is smeared over teams. Each name waits for a decision."
    parts.section("Not on a team yet, by name", told)
    columns = [
        parts.Column("Cost area", "text"),
        parts.Column("Why", "text", phone=False),
        parts.Column("Lines", phone=False),
        parts.Column("Amount"),
    ]
    shown = report.suspense_rows[:_MOST_ROWS]
    rows = [
        parts.Row(
            (
                parts.Cell(row.label or row.source, phone_note=row.reason),
                parts.Cell(row.reason, tone="quiet"),
                parts.Cell(f"{row.lines:,}"),
                parts.Cell(_exact(row.amount, report)),
            ),
            "flat",
        )
        for row in shown
    ]
    rest = report.suspense_rows[_MOST_ROWS:]
    if rest:
        lines, amount = sum(row.lines for row in rest), sum(row.amount for row in rest)
        name = f"{len(rest):,} smaller cost areas"
        cells = (parts.Cell(name), parts.Cell(), parts.Cell(f"{lines:,}"), parts.Cell(_exact(amount, report)))
        rows.append(parts.Row(cells, "note"))
    parts.graphic_table("teams-suspense", "Cost that no team carries yet", columns, rows)
    place = parts.link("Say which team each belongs to", links.href("data"))
    markup(tag("p", place, class_="sub"), key="to-data")


_MOST_ROWS = 25
