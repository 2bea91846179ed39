"""The teams' cost: actual against plan with the reasons, the outlook, and every month."""

from collections.abc import Callable, Sequence

import streamlit as st

from roi.charts.markup import Child, join, tag
from roi.domain.figures import Figure
from roi.domain.periods import short_month
from roi.reports import teams as teams_report
from roi.reports.shapes import PlanRow, TeamsReport
from roi.story import cost_titles, tied, words
from roi.ui import links, parts, session
from roi.ui.views import team_table, teams, teams_months


def draw(_brief: TeamsReport) -> None:
    """Actual and plan; cost by month before or after reallocation; what no team carries yet."""
    report = session.ask(teams_report.build, session.scope(), session.today())
    _plan(report)
    teams_months.draw(report)
    teams.suspense(report)


def _plan(report: TeamsReport) -> None:
    plans = report.plans
    if plans is None or not plans.rows or plans.total is None:
        why = plans.reason if plans and plans.reason else "no plan is recorded yet"
        parts.section("There is no plan to compare with", f"{words.sentence(why)}.")
        parts.open_page("Import a plan", "data", view="lists", source="plan_versions")
        return
    rates = team_table.AT_RATES if report.at_standard_rates else ""
    rows = [row for row in (*plans.rows, plans.difference) if row is not None]
    shown, others = first_of(rows)
    folded = f" The {_MOST} farthest from their plan stand here, the others beneath." if others else ""
    told = cost_titles.compared(plans) + _together(rows, plans.total) + rates + folded
    parts.section(cost_titles.cost(report).known, told)
    columns = [
        parts.Column("Team", "text"),
        parts.Column("Actual"),
        parts.Column("Plan", phone=False),
        parts.Column(join("Actual", tag("br"), "minus plan")),
        parts.Column("", phone=False),
        parts.Column("Currency", phone=False),
        parts.Column("Volume", phone=False, note="heads more or fewer than planned"),
        parts.Column("Price", phone=False, note="what each head and each thing cost more or less"),
        parts.Column(join("Outlook", tag("br"), _year(report)), phone=False),
        parts.Column(join("Plan", tag("br"), _year(report)), phone=False),
        parts.Column(join("Full cost", tag("br"), "per FTE"), phone=False),
    ]
    printed = _Printed(rows, plans.total, report)
    drawn = [_plan_row(row, printed, report, "flat") for row in shown]
    drawn.append(_plan_row(plans.total, printed, report, "total"))
    parts.graphic_table("teams-plan", "Actual and plan by team", columns, drawn)
    if others:
        with st.expander(f"The other {words.counted(len(others), 'row')}"):
            more = [_plan_row(row, printed, report, "flat") for row in others]
            parts.graphic_table("teams-plan-others", "Actual and plan of the other teams", columns, more)


_MOST = 12
"""More teams than so many are folded: nobody reads a hundred rows to find the few that are off their plan."""


def first_of(rows: Sequence[PlanRow]) -> tuple[list[PlanRow], list[PlanRow]]:
    """The rows that are shown and those that are folded away, each in the order of the table."""
    if len(rows) <= _MOST:
        return list(rows), []
    apart = sorted(rows, key=lambda row: -abs(row.variance.value or 0))
    names = {row.name for row in apart[:_MOST]}
    return [row for row in rows if row.name in names], [row for row in rows if row.name not in names]


def _together(rows: Sequence[PlanRow], total: PlanRow) -> str:
    """Volume and price of the sum are not the sums of volume and price when heads moved between teams."""
    pick = _reason("volume")
    if sum(pick(row) or 0 for row in rows) == (pick(total) or 0):
        return ""
    return " Volume and price of all teams are worked out on all heads together."


def _year(report: TeamsReport) -> str:
    year = report.plans.year if report.plans else None
    return f"to {short_month(year.last)}" if year else "to year end"


def _reason(name: str) -> Callable[[PlanRow], int | None]:
    return lambda row: dict(row.variance.inputs).get(name)


_PARTS: dict[str, Callable[[PlanRow], int | None]] = {
    "actual": lambda row: row.actual.value,
    "plan": lambda row: row.plan.value,
    "currency": _reason("currency"),
    "volume": _reason("volume"),
    "outlook": lambda row: row.outlook.value,
    "plan_year": lambda row: row.plan_year.value,
}


class _Printed:
    """The amounts of the table in print, so that columns and rows add up."""

    def __init__(self, rows: Sequence[PlanRow], total: PlanRow, report: TeamsReport) -> None:
        self._scale = tied.scale_for([row.actual.value for row in (*rows, total)], report.currency)
        self._steps: dict[tuple[str, str], int | None] = {}
        for name, pick in _PARTS.items():
            branches = [tied.Branch(pick(row)) for row in rows]
            for row, shown in zip(rows, tied.printed(self._scale, pick(total), branches), strict=True):
                self._steps[row.name, name] = shown.steps
            whole = pick(total)
            self._steps[total.name, name] = None if whole is None else self._scale.rounded(whole)

    def text(self, row: PlanRow, name: str) -> str:
        """An amount of the row."""
        return tied.text(self._scale, self._steps[row.name, name], _PARTS[name](row))

    def signed(self, row: PlanRow, name: str) -> str:
        """A part of the row's variance, with its sign."""
        return tied.signed(self._scale, self._steps[row.name, name], _PARTS[name](row))

    def _apart(self, row: PlanRow) -> int | None:
        actual, plan = self._steps[row.name, "actual"], self._steps[row.name, "plan"]
        return None if actual is None or plan is None else actual - plan

    def variance(self, row: PlanRow) -> str:
        """Actual minus plan, as the two are printed."""
        return tied.signed(self._scale, self._apart(row), row.variance.value)

    def price(self, row: PlanRow) -> str:
        """What currency and volume leave of the variance, as printed."""
        apart, exact = self._apart(row), _reason("price")(row)
        if apart is None or exact is None:
            return words.DASH
        others = sum(self._steps[row.name, name] or 0 for name in ("currency", "volume"))
        return tied.signed(self._scale, apart - others, exact)


def _plan_row(row: PlanRow, printed: _Printed, report: TeamsReport, kind: str) -> parts.Row:
    side = cost_titles.against_plan(row.share.value)
    tone = {"above": "bad", "below": "good"}.get(side, "quiet")
    shown = words.apart(row.share.value) if row.share.value is not None else ""
    quiet = "" if kind == "total" else "quiet"
    cells = (
        parts.Cell(_name(row, report)),
        parts.Cell(_known(printed.text(row, "actual"), row.actual, row.key)),
        parts.Cell(_known(printed.text(row, "plan"), row.plan, row.key)),
        parts.Cell(_known(_marked(printed.variance(row), side), row.variance, row.key), shown, tone),
        parts.Cell(shown, tone=tone),
        parts.Cell(printed.signed(row, "currency"), tone=quiet),
        parts.Cell(printed.signed(row, "volume"), tone=quiet),
        parts.Cell(printed.price(row), tone=quiet),
        parts.Cell(_known(printed.text(row, "outlook"), row.outlook, row.key)),
        parts.Cell(printed.text(row, "plan_year")),
        parts.Cell(_per_head(row, report)),
    )
    return parts.Row(cells, kind, links.href("team", team=row.key) if row.key else "")


def _name(row: PlanRow, report: TeamsReport) -> str:
    is_total = report.plans is not None and row is report.plans.total
    return (
        f"Teams of this {words.group(report.grouped_by)}"
        if is_total and report.other_teams is not None
        else row.name or "All teams"
    )


def _marked(shown: str, side: str) -> str:
    """`▲ +$21k`: the mark and the sign say it, the colour repeats it."""
    mark = {"above": "▲ ", "below": "▼ "}.get(side, "")
    return f"{mark}{shown}"


def _known(shown: str, figure: Figure, team: str) -> Child:
    return parts.known(shown, figure, team=team) if team and figure.is_known else shown


def _per_head(row: PlanRow, report: TeamsReport) -> Child:
    found = (
        next((team.row for team in report.teams if team.key == row.key), None) if row.key else report.total
    )
    figure = found.cost_per_head if found is not None and row is not _difference(report) else None
    if figure is None or not figure.value:
        return words.DASH
    return _known(words.figure(figure), figure, row.key)


def _difference(report: TeamsReport) -> PlanRow | None:
    return report.plans.difference if report.plans else None
