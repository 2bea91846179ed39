"""Which work the period pays for and harvests: by quarter of start, down to the ledger (rule V22)."""

from collections.abc import Sequence
from dataclasses import dataclass

from roi.charts import svg
from roi.domain.figures import Figure
from roi.reports.cohorts import REST_KEY
from roi.reports.shapes import PortfolioReport, TeamReport
from roi.reports.shapes_value import CohortRow
from roi.story import value_titles, words
from roi.ui import links, parts


@dataclass(frozen=True, slots=True)
class Whole:
    """Cohorts with what they sum to, and what stands beside it up to the ledger (label and figure)."""

    rows: tuple[CohortRow, ...]
    cost: Figure
    confirmed: Figure
    currency: str
    label: str
    first_month: int | None
    beside: tuple[tuple[str, Figure], ...] = ()
    ledger: Figure | None = None
    team: str = ""


def of_portfolio(report: PortfolioReport) -> Whole:
    """All cohorts; with excluded natures and what is on no team they make the ledger."""
    is_company = report.other_teams is None
    beside = (
        (("Excluded natures", report.excluded), ("On no team yet", report.suspense)) if is_company else ()
    )
    ledger = report.ledger if is_company else None
    return Whole(
        report.cohorts,
        report.cost,
        report.confirmed,
        report.currency,
        "Cost of teams",
        _first(report),
        beside,
        ledger,
    )


def of_team(report: TeamReport) -> Whole:
    """A team's part of each cohort."""
    row = report.row
    return Whole(
        report.cohorts,
        row.cost,
        row.confirmed,
        report.currency,
        "All work",
        _first(report),
        team=report.team.key,
    )


def _first(report: PortfolioReport | TeamReport) -> int | None:
    return report.span.first if report.span else None


def draw(whole: Whole, key: str) -> None:
    """The rows that have cost or value; one alone says nothing."""
    if len(whole.rows) < 2:
        return
    made = "add up to the ledger" if whole.ledger else "sum to the team's cost"
    parts.section(
        value_titles.cohorts(whole.rows, whole.first_month).text,
        f"By quarter of start; rows {made}. Grey = cost in the period, blue = confirmed cash.",
    )
    columns = [
        parts.Column("Work", "text"),
        parts.Column("Cost in the period"),
        parts.Column("Confirmed cash"),
        parts.Column("", "graphic", phone=False),
        parts.Column("Outcomes read", phone=False),
    ]
    scales = _scale(whole), _scale_of_values(whole)
    most = max([1, *(abs(figure.value or 0) for row in whole.rows for figure in (row.cost, row.confirmed))])
    rows = [_row(row, scales, most, whole) for row in whole.rows]
    parts.graphic_table(key, "Work by quarter of start", columns, [*rows, *_sums(whole, *scales)])


def _scale(whole: Whole) -> words.Scale:
    """Rows, their sum, and the ledger print so that they add up."""
    costs = [row.cost.value for row in whole.rows]
    total = whole.cost.value
    sums = [_sum(costs, total)]
    beside = [figure.value for _, figure in whole.beside]
    if whole.ledger is not None:
        sums.append(_sum([total, *beside], whole.ledger.value))
    known = [one for one in sums if one is not None]
    return words.scale_for([*costs, total, *beside], whole.currency, known)


def _scale_of_values(whole: Whole) -> words.Scale:
    values = [row.confirmed.value for row in whole.rows]
    known = [one for one in values if one is not None]
    total = whole.confirmed.value
    return words.scale_for([*known, total], whole.currency, [(known, total)] if total is not None else [])


def _sum(pieces: Sequence[int | None], total: int | None) -> tuple[list[int], int] | None:
    known = [one for one in pieces if one is not None]
    return (known, total) if total is not None and len(known) == len(pieces) else None


def _row(row: CohortRow, scales: tuple[words.Scale, words.Scale], most: int, whole: Whole) -> parts.Row:
    read = words.count_of(row.outcomes_read, row.outcomes_total) if row.outcomes_total else ""
    cost, came = row.cost.value or 0, row.confirmed.value or 0
    cells = (
        parts.Cell(row.label),
        parts.Cell(scales[0].text(row.cost.value)),
        parts.Cell(scales[1].text(row.confirmed.value) if row.confirmed.is_known else words.DASH),
        parts.Cell(svg.pair(cost, came, most)),
        parts.Cell(read),
    )
    part = REST_KEY if row.first_month is None else str(row.first_month)
    go = links.href("trace", figure="cohort_cost", part=part, team=whole.team)
    return parts.Row(cells, "flat", go)


def _sums(whole: Whole, scale: words.Scale, values: words.Scale) -> list[parts.Row]:
    """The sum of the rows; then what stands beside it, and the ledger."""
    confirmed = values.text(whole.confirmed.value) if whole.confirmed.is_known else words.DASH
    total = (whole.label, scale.text(whole.cost.value), confirmed, "", "")
    rows = [parts.Row(tuple(parts.Cell(one) for one in total), "total")]
    for label, figure in whole.beside:
        rows.append(_beside(label, figure, scale, "flat"))
    if whole.ledger is not None:
        rows.append(_beside("Ledger", whole.ledger, scale, "total"))
    return rows


def _beside(label: str, figure: Figure, scale: words.Scale, kind: str) -> parts.Row:
    shown = scale.text(figure.value) if figure.is_known else words.NOT_KNOWN
    cells = (label, parts.known(shown, figure), "", "", "")
    return parts.Row(tuple(parts.Cell(one) for one in cells), kind)
