"""The table of teams by month that ties to the ledger, to the last digit."""

from roi.charts.markup import tag
from roi.domain.figures import Figure
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
    return " · ".join(part for part in ("Teams", period, words.currency_name(report.currency)) if part)


def kpis(report: TeamsReport) -> list[parts.Kpi]:
    """Ledger, and the three places where it is."""
    figures = [report.ledger, report.team_total, report.suspense, report.excluded]
    notes = [
        report.books.value,
        words.counted(sum(team.total.value is not None for team in report.teams), "team"),
        words.counted(len(report.suspense_rows), "cost area") + " wait to be placed",
        "not cash cost, each by name",
    ]
    if report.other_teams is not None:
        figures.append(report.other_teams)
        notes.append("teams outside this value stream")
    scale = words.scale_for(
        [figure.value for figure in figures],
        report.currency,
        [([figure.value or 0 for figure in figures[1:]], figures[0].value or 0)],
    )
    names = [figure.definition.name for figure in figures[:4]] + ["Other value streams"]
    return [
        parts.Kpi(name, scale.text(figure.value), note, None if name == names[-1] else figure)
        for name, figure, note in zip(names, figures, notes, strict=False)
    ]


def table(report: TeamsReport) -> None:
    """Teams × months, then what is in no team, then the ledger and the difference, which is 0.00."""
    columns = [parts.Column("Team", "text"), parts.Column("Total")]
    columns += [parts.Column(short_month(month)) for month in report.months]
    rows = [_team(team, report) for team in report.teams]
    pieces = [report.by_month_teams, report.by_month_excluded, report.by_month_suspense]
    rows.append(_sum("All teams", report.team_total, report.by_month_teams, report, "group"))
    if report.other_teams is not None:
        pieces.append(report.by_month_other)
        rows.append(_sum("Other value streams", report.other_teams, report.by_month_other, report, "flat"))
    months = zip(report.by_month_ledger, *pieces, strict=True)
    differences = tuple(ledger - sum(parts_) for ledger, *parts_ in months)
    rows += [
        _sum("Excluded natures", report.excluded, report.by_month_excluded, report, "flat"),
        _sum("On no team yet", report.suspense, report.by_month_suspense, report, "flat"),
        _sum("Ledger", report.ledger, report.by_month_ledger, report, "total"),
        _sum("Difference", report.difference, differences, report, "note"),
    ]
    caption = f"Cost by team and month in {report.currency}"
    parts.graphic_table("teams-months", caption, columns, rows, is_wide=True)


def _team(team: TeamMonths, report: TeamsReport) -> parts.Row:
    total = parts.known(_exact(team.total.value, report), team.total, team=team.key)
    months = [parts.Cell(_exact(amount, report)) for amount in team.by_month]
    go = links.href("team", team=team.key)
    return parts.Row((parts.Cell(team.name), parts.Cell(total, tone="strong"), *months), "flat", go)


def _sum(name: str, total: Figure, months: tuple[int, ...], report: TeamsReport, kind: str) -> parts.Row:
    shown = parts.known(_exact(total.value, report), total)
    cells = [parts.Cell(name), parts.Cell(shown, tone="strong")]
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
