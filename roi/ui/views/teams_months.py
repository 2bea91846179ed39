"""Every team's cost of every month to the last digit; of many teams by value stream."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from roi.charts.markup import tag
from roi.domain.figures import Figure
from roi.domain.periods import short_month
from roi.reports.booked import by_stream
from roi.reports.shapes import StreamRow, TeamMonths, TeamsReport
from roi.story import titles, words
from roi.ui import links, parts
from roi.ui.views import team_table

NOTE = (
    "To the last digit, so that every row and every column adds up. A dash is a month without a cost line, "
    "which is not the same as 0."
)
BEFORE, AFTER = "Before", "After"
EVERY = "*"
"""What the address says to open where all value streams are open."""

Line = tuple[int | None, ...]


def draw(report: TeamsReport) -> None:
    """The table with its switch, before or after serving teams and overhead are passed on."""
    folded = team_table.folds(report.grouped_by) if _is_folded(report) else ""
    parts.section("Cost by team and month", f"{NOTE}{folded}")
    picked = AFTER
    if any(team.by_month_own for team in report.teams) and _is_shared(report):
        picked = _switch(report)
    table(report, is_before=picked == BEFORE)


def _is_shared(report: TeamsReport) -> bool:
    return any(team.by_month_own != team.by_month for team in report.teams)


def _switch(report: TeamsReport) -> str:
    picked = st.segmented_control(
        "Before or after reallocation",
        [BEFORE, AFTER],
        default=AFTER,
        required=True,
        format_func=lambda name: f"{name} reallocation",
        key="teams_reallocation",
        label_visibility="collapsed",
    )
    whole = "All teams together" if report.other_teams is None else "The company"
    told = (
        f"Before: what each team itself costs. After: serving teams and overhead are passed on to the teams "
        f"they serve. {whole} cost the same, {words.exact(report.team_total.value, report.currency)}."
        if report.team_total.value is not None and report.other_teams is None
        else "Before: what each team itself costs. After: serving teams and overhead are passed on."
    )
    st.html(tag("p", told, class_="sub"))
    return picked or AFTER


def table(report: TeamsReport, *, is_before: bool = False) -> None:
    """Teams × months, then what is in no team, then the ledger and the difference, which is 0.00."""
    columns = [parts.Column("Team", "text"), parts.Column("Total")]
    columns += [parts.Column(short_month(month)) for month in report.months]
    rows = _folded(report, is_before=is_before) if _is_folded(report) else _teams(report, is_before=is_before)
    rows += _beside(report, is_before=is_before)
    pieces = [report.by_month_teams, report.by_month_excluded, report.by_month_suspense]
    group = words.group(report.grouped_by)
    name = "All teams" if report.other_teams is None else f"Teams of this {group}"
    rows.append(_sum(name, report.team_total, report.by_month_teams, report, "group"))
    if report.other_teams is not None:
        pieces.append(report.by_month_other)
        rows.append(_sum(f"Other {group}s", report.other_teams, report.by_month_other, report, "flat"))
    differences = tuple(_minus(*month) for month in zip(report.by_month_ledger, *pieces, strict=True))
    rows += [
        _sum("Excluded natures", report.excluded, report.by_month_excluded, report, "flat"),
        _sum("On no team yet", report.suspense, report.by_month_suspense, report, "flat"),
        _sum("Ledger", report.ledger, report.by_month_ledger, report, "total"),
        _sum("Difference", report.difference, differences, report, "note"),
    ]
    caption = f"Cost by team and month in {report.currency}"
    parts.graphic_table("teams-months", caption, columns, rows, is_wide=True)


def _teams(report: TeamsReport, *, is_before: bool) -> list[parts.Row]:
    """As the report has them, teams that serve others last."""
    every = sorted(report.teams, key=lambda team: team.kind in titles.UNJUDGED_KINDS)
    return [_team(team, report, is_before=is_before) for team in every]


# Many teams: a row for each value stream, which opens to show its teams


def _is_folded(report: TeamsReport) -> bool:
    return by_stream.is_many(len(report.teams), len(report.streams))


def _folded(report: TeamsReport, *, is_before: bool) -> list[parts.Row]:
    asked = links.asked("open")
    rows = [_handle_of_all(report, is_open=asked == EVERY)]
    for stream in sorted(report.streams, key=lambda one: one.total.kind in titles.UNJUDGED_KINDS):
        its = [team for team in report.teams if team.value_stream == stream.key]
        is_open = asked in {EVERY, stream.name or team_table.NONE[report.grouped_by]}
        rows.append(_stream(stream, its, report, is_before=is_before, is_open=is_open))
        rows += [_team(team, report, is_before=is_before, kind="row") for team in its if is_open]
    return rows


def _handle_of_all(report: TeamsReport, *, is_open: bool) -> parts.Row:
    """The row that opens every value stream at once, and closes them."""
    name = (
        f"▾ Show {words.group(report.grouped_by)}s only"
        if is_open
        else f"▸ Show all {len(report.teams):,} teams"
    )
    cells = (parts.Cell(name), *(parts.Cell() for _ in range(len(report.months) + 1)))
    return parts.Row(cells, "note", _address("" if is_open else EVERY))


def _address(opened: str) -> str:
    return links.href("teams", view="cost", open=opened)


def _stream(
    stream: StreamRow, its: Sequence[TeamMonths], report: TeamsReport, *, is_before: bool, is_open: bool
) -> parts.Row:
    """The sum of a value stream's teams, whole and month by month."""
    figure = stream.total.own if is_before and stream.total.own is not None else stream.total.cost
    lines = [team.by_month_own if is_before else team.by_month for team in its]
    months = tuple(_together(report, place, lines) for place in range(len(report.months)))
    name = stream.name or team_table.NONE[report.grouped_by]
    count = words.counted(len(its), "team").replace(" ", "\u00a0")
    row = _sum(f"{'▾' if is_open else '▸'} {name} ({count})", figure, months, report, "group")
    return replace(row, go=_address("" if is_open else name))


def _together(report: TeamsReport, place: int, lines: Sequence[Line]) -> int | None:
    """The sum of one month; none where no team has a cost line, or a rate is missing for the month."""
    amounts = [line[place] for line in lines if line[place] is not None]
    is_known = report.by_month_teams[place] is not None
    return sum(amount or 0 for amount in amounts) if amounts and is_known else None


def _minus(whole: int | None, *pieces: int | None) -> int | None:
    if whole is None or any(piece is None for piece in pieces):
        return None
    return whole - sum(piece or 0 for piece in pieces)


def _beside(report: TeamsReport, *, is_before: bool) -> list[parts.Row]:
    """What stands beside the teams so that the rows add up to all of them."""
    rows = []
    is_company = report.other_teams is None
    if is_before and is_company and report.overhead is not None and any(report.by_month_overhead):
        rows.append(_sum("Overhead", report.overhead, report.by_month_overhead, report, "flat"))
    if is_before and report.other_teams is not None:
        rows.append(_received(report))
    if report.standard_difference is not None and any(report.by_month_beyond):
        name = "Difference to standard rates"
        rows.append(_sum(name, report.standard_difference, report.by_month_beyond, report, "flat"))
    return rows


def _received(report: TeamsReport) -> parts.Row:
    """What one value stream's teams get from serving teams and overhead, less what they pass on."""
    own = [[team.by_month_own[i] for team in report.teams] for i in range(len(report.months))]
    months = [
        _minus(whole, *(amount or 0 for amount in amounts))
        for whole, amounts in zip(report.by_month_teams, own, strict=True)
    ]
    total = None if any(month is None for month in months) else sum(month or 0 for month in months)
    cells = [parts.Cell(_exact(amount, report)) for amount in months]
    name = parts.Cell("From enabling and overhead")
    return parts.Row((name, parts.Cell(_exact(total, report), tone="strong"), *cells), "flat")


def _team(team: TeamMonths, report: TeamsReport, *, is_before: bool, kind: str = "flat") -> parts.Row:
    own = team.row.own if team.row else None
    figure = own if is_before and own is not None else team.total
    total = parts.known(_exact(figure.value, report), figure, team=team.key)
    months = team.by_month_own if is_before else team.by_month
    cells = [parts.Cell(_exact(amount, report)) for amount in months]
    go = links.href("team", team=team.key)
    return parts.Row((parts.Cell(team.name), parts.Cell(total, tone="strong"), *cells), kind, go)


def _sum(name: str, total: Figure, months: Line, report: TeamsReport, kind: str) -> parts.Row:
    shown = parts.known(_exact(total.value, report), total)
    cells = [parts.Cell(name), parts.Cell(shown, tone="strong")]
    return parts.Row((*cells, *(parts.Cell(_exact(amount, report)) for amount in months)), kind)


def _exact(amount: int | None, report: TeamsReport) -> str:
    if amount is None:
        return words.DASH
    return f"{words.sign(amount)}{words.plain(amount, report.currency)}"
