"""What a team's work is worth: the appraisal of its epics, its record of promises, and its cohorts."""

from roi.domain.figures import Figure
from roi.reports.shapes import TeamReport
from roi.reports.shapes_value import CohortRow
from roi.story import outcome_titles, words
from roi.ui import parts
from roi.ui.outcomes import money


def draw(report: TeamReport) -> None:
    """NPV and payback of its epics, then which quarter's work the period pays for and harvests."""
    if not report.epics:
        return
    if report.appraisal is not None:
        money.card(report.appraisal, report.currency, "team", team=report.team.key)
    cohorts(report)


def note(report: TeamReport) -> str:
    """What the costs are, what is still expected, and how good its promises were."""
    said = ["The team's part of each epic's cost in the period."]
    expected = report.still_expected
    if expected is not None and expected.value:
        said.append(f"Still expected in the period: {words.figure(expected)}, not counted.")
    record = report.calibration
    if record is not None and not record.answer:
        said.append(words.sentence(f"{outcome_titles.record(record)}."))
    return " ".join(said)


def cohorts(report: TeamReport) -> None:
    """Cost and confirmed cash of the period by the quarter in which the work started (rule V22)."""
    if len(report.cohorts) < 2:
        return
    parts.section(
        "Which work the period pays for and harvests", "By quarter of start; rows sum to the team's cost."
    )
    columns = [
        parts.Column("Work", "text"),
        parts.Column("Cost in the period"),
        parts.Column("Confirmed cash"),
        parts.Column("Outcomes read", phone=False),
    ]
    costs = [row.cost.value for row in report.cohorts]
    whole = report.row.cost.value
    sums = [([cost or 0 for cost in costs], whole)] if whole is not None and None not in costs else []
    scale = words.scale_for([*costs, whole], report.currency, sums)
    rows = [_row(row, scale) for row in report.cohorts]
    total = ("All work", scale.text(whole), words.figure(report.row.confirmed), "")
    rows.append(parts.Row(tuple(parts.Cell(one) for one in total), "total"))
    parts.graphic_table("team-cohorts", f"Work of {report.team.name} by quarter of start", columns, rows)


def _row(row: CohortRow, scale: words.Scale) -> parts.Row:
    read = words.count_of(row.outcomes_read, row.outcomes_total) if row.outcomes_total else ""
    cells = (
        parts.Cell(row.label),
        parts.Cell(scale.text(row.cost.value)),
        parts.Cell(_shown(row.confirmed)),
        parts.Cell(read),
    )
    return parts.Row(cells, "flat")


def _shown(figure: Figure) -> str:
    return words.figure(figure) if figure.is_known else words.DASH
