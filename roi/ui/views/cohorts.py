"""Which work the period pays for and harvests: by quarter of start, down to the ledger (rule V22)."""

from collections.abc import Sequence
from dataclasses import dataclass

from roi.charts import svg
from roi.domain.figures import Figure
from roi.reports.shapes import PortfolioReport, TeamReport
from roi.reports.shapes.value import CohortRow
from roi.story import tied, value_titles, words
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
    read: tuple[int, int] = (0, 0)


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
        read=(report.outcomes_read, report.outcomes_total),
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
        read=(row.outcomes_read, row.outcomes_total),
    )


def _first(report: PortfolioReport | TeamReport) -> int | None:
    return report.span.first if report.span else None


def draw(whole: Whole, key: str) -> None:
    """The rows that have cost or value; one alone says nothing, nor do those of a team that passes all on."""
    figures = [figure for row in whole.rows for figure in (row.cost, row.confirmed)]
    if len(whole.rows) < 2 or not any(figure.value for figure in figures):
        return
    made = "sum to the team's cost" if whole.team else "sum to the cost of teams"
    if whole.ledger:
        made = "add up to the ledger"
    parts.section(
        value_titles.cohorts(whole.rows, whole.first_month).text,
        f"By quarter of start; rows {made}. Grey = cost in the period, blue = confirmed cash."
        f"{_without_row(whole)}",
    )
    columns = [
        parts.Column("Work", "text"),
        parts.Column("Cost in the period"),
        parts.Column("Confirmed cash"),
        parts.Column("", "graphic", phone=False),
        parts.Column("Outcomes read", phone=False),
    ]
    rows = _rows(whole, max(1, *(abs(figure.value or 0) for figure in figures)))
    parts.graphic_table(key, "Work by quarter of start", columns, rows)


def _without_row(whole: Whole) -> str:
    """Outcomes of work that has neither cost nor cash in the period, and so no row of its own."""
    read, total = whole.read
    its_read = read - sum(row.outcomes_read for row in whole.rows)
    its_total = total - sum(row.outcomes_total for row in whole.rows)
    if its_total <= 0:
        return ""
    verb = "belongs" if its_total == 1 else "belong"
    return (
        f" {words.sentence(words.spelled(its_total, 'outcome'))}, {its_read} read, {verb} to work without "
        "cost or cash in the period, which has no row."
    )


def _rows(whole: Whole, most: int) -> list[parts.Row]:
    """Cohorts, their sum, then what stands beside it and the ledger; printed so that they add up."""
    scale = tied.compact([whole.cost.value, whole.confirmed.value], whole.currency)
    total, *beside = _costs(whole, scale)
    came = _printed(scale, whole.confirmed.value, [row.confirmed.value for row in whole.rows])
    rows = []
    for row, cost, value in zip(whole.rows, total.leaves, came.leaves, strict=True):
        shown = (tied.text(scale, cost, row.cost.value), tied.text(scale, value, row.confirmed.value))
        rows.append(_row(row, shown, most, whole))
    sums = (
        tied.text(scale, total.steps, whole.cost.value),
        tied.text(scale, came.steps, whole.confirmed.value),
    )
    figures = (whole.cost, whole.confirmed)
    known = (parts.cell_known(*one, team=whole.team) for one in zip(sums, figures, strict=True))
    counted = words.count_of(*(sum(counts) for counts in zip(*_counts(whole), strict=True)))
    rows.append(parts.Row(tuple(parts.Cell(one) for one in (whole.label, *known, "", counted)), "total"))
    for (label, figure), part in zip(whole.beside, beside, strict=True):
        rows.append(_beside(label, figure, tied.text(scale, part.steps, figure.value), "flat"))
    if whole.ledger is not None:
        rows.append(_beside("Ledger", whole.ledger, scale.text(whole.ledger.value), "total"))
    return rows


def _counts(whole: Whole) -> list[tuple[int, int]]:
    return [(row.outcomes_read, row.outcomes_total) for row in whole.rows]


def _costs(whole: Whole, scale: words.Scale) -> tuple[tied.Printed, ...]:
    """The cost of all cohorts with its parts, then what stands beside it."""
    leaves = tuple(row.cost.value for row in whole.rows)
    branches = [tied.Branch(whole.cost.value, leaves), *(tied.Branch(one.value) for _, one in whole.beside)]
    total = whole.ledger.value if whole.ledger else whole.cost.value
    return tied.printed(scale, total, branches)


def _printed(scale: words.Scale, total: int | None, leaves: Sequence[int | None]) -> tied.Printed:
    return tied.printed(scale, total, [tied.Branch(total, tuple(leaves))])[0]


def _row(row: CohortRow, shown: tuple[str, str], most: int, whole: Whole) -> parts.Row:
    read = words.count_of(row.outcomes_read, row.outcomes_total) if row.outcomes_total else ""
    bars = svg.pair(row.cost.value or 0, row.confirmed.value or 0, most)
    part = str(row.first_month or "")
    figures = zip(shown, (row.cost, row.confirmed), strict=True)
    known = (parts.cell_known(*one, team=whole.team, part=part) for one in figures)
    cells = (row.label, *known, bars, read)
    go = links.href("trace", figure=row.cost.figure_id, part=part, team=whole.team)
    return parts.Row(tuple(parts.Cell(one) for one in cells), "flat", go)


def _beside(label: str, figure: Figure, shown: str, kind: str) -> parts.Row:
    found = shown if figure.is_known else words.NOT_KNOWN
    cells = (label, parts.known(found, figure), "", "", "")
    return parts.Row(tuple(parts.Cell(one) for one in cells), kind)
