"""The teams' return: the graphic table, and what is on no team."""

from collections.abc import Mapping
from dataclasses import replace

from roi.domain.figures import Figure
from roi.reports import paybacks
from roi.reports.shapes import TeamsReport
from roi.story import titles
from roi.ui import parts, session
from roi.ui.views import team_table, teams


def draw(report: TeamsReport) -> None:
    """Cost and return by value stream and team; then what no team carries yet."""
    parts.section(titles.returns(report).known, team_table.note(report), marks=team_table.MARKS)
    whole = replace(team_table.of(report), paybacks=_paybacks(report), page="teams")
    team_table.draw(whole, "teams-return")
    teams.suspense(report)


def _paybacks(report: TeamsReport) -> Mapping[str, Figure]:
    """By team; none, and nothing is asked, where there are too many teams for a column of them."""
    if not paybacks.are_shown(report):
        return {}
    return session.ask(paybacks.build, session.scope(), session.today()).by_team
