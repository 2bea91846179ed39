"""What a team's work is worth: the appraisal of its epics, its record of promises, and its cohorts."""

from roi.reports.shapes import TeamReport
from roi.story import outcome_titles, words
from roi.ui.outcomes import money
from roi.ui.views import cohorts


def draw(report: TeamReport) -> None:
    """NPV and payback of its epics, then which quarter's work the period pays for and harvests."""
    if not report.epics:
        return
    if report.appraisal is not None:
        money.card(report.appraisal, report.currency, "team", team=report.team.key)
    cohorts.draw(cohorts.of_team(report), "team-cohorts")


def note(report: TeamReport) -> str:
    """What the costs are, what is still expected, and how good its promises were."""
    said = ["The team's part of each epic's cost in the period."]
    expected = report.still_expected
    if expected is not None and expected.value:
        said.append(f"Still expected in the period: {words.figure(expected)}, not counted.")
    record = report.calibration
    if record is not None and not record.answer:
        whose = "" if record.judged == record.name else f"by the record of {_group(record.judged)}, "
        said.append(words.sentence(f"{whose}{outcome_titles.record(record)}."))
    return " ".join(said)


def _group(name: str) -> str:
    return "the company" if name == "Company" else name
