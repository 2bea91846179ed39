"""The teams' return: the graphic table, and what is on no team."""

from roi.reports.shapes import TeamsReport
from roi.story import titles
from roi.ui import parts
from roi.ui.views import team_table, teams


def draw(report: TeamsReport) -> None:
    """Cost and return by value stream and team; then what no team carries yet."""
    parts.section(titles.returns(report).text, team_table.note(report))
    team_table.draw(team_table.of(report), "teams-return")
    teams.suspense(report)
