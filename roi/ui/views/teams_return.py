"""The teams' return: the graphic table, and what is on no team."""

from dataclasses import replace

from roi.reports import paybacks
from roi.reports.shapes import TeamsReport
from roi.story import titles
from roi.ui import parts, session
from roi.ui.views import team_table, teams


def draw(report: TeamsReport) -> None:
    """Cost and return by value stream and team; then what no team carries yet."""
    parts.section(titles.returns(report).text, team_table.note(report))
    found = session.ask(paybacks.build, session.scope(), session.today())
    whole = replace(team_table.of(report), paybacks=found.by_team, page="teams")
    team_table.draw(whole, "teams-return")
    teams.suspense(report)
