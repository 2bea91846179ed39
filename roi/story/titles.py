"""Rules that turn a report into a true sentence, one list a page; see `rules` and `portfolio_titles`."""

from roi.domain.figures import Figure
from roi.domain.periods import short_month
from roi.reports.shapes import Books, DataReport, TeamReport, TeamsReport
from roi.story import told, words
from roi.story.epic_titles import appraisal, epic, payback
from roi.story.initiative_titles import initiative, initiatives
from roi.story.life_titles import life
from roi.story.outcome_titles import calibration, kinds, outcomes, unverified
from roi.story.portfolio_titles import (
    UNJUDGED_KINDS,
    bridge,
    portfolio,
    portfolio_lede,
    team_table,
)
from roi.story.rules import MOST_LETTERS, Rule, Said, always, say

__all__ = [
    "MOST_LETTERS",
    "UNJUDGED_KINDS",
    "appraisal",
    "bridge",
    "calibration",
    "data",
    "epic",
    "initiative",
    "initiatives",
    "kinds",
    "life",
    "outcomes",
    "payback",
    "portfolio",
    "portfolio_lede",
    "returns",
    "team",
    "team_table",
    "teams",
    "unverified",
]

# Teams and one team

TEAMS: tuple[Rule[TeamsReport], ...] = (
    Rule("teams-empty", lambda r: not r.ledger.is_known, lambda _: "What do the teams cost?"),
    Rule(
        "teams-nothing-placed",
        lambda r: not r.team_total.value,
        lambda r: f"No team carries a cost yet; {told.figure(r.suspense)} waits to be placed",
    ),
    Rule(
        "teams-with-suspense",
        lambda r: bool(r.suspense.value),
        lambda r: f"{_count_cost(r)}; {told.figure(r.suspense)} is on no team yet",
    ),
    Rule("teams-all-placed", always, lambda r: f"{_count_cost(r)}, and every line is on a team"),
)


def _count_cost(report: TeamsReport) -> str:
    count = report.with_cost
    verb = "costs" if count == 1 else "cost"
    return f"{words.spelled(count, 'team')} {verb} {told.figure(report.team_total)}"


def teams(report: TeamsReport) -> Said:
    """The claim of the page of all teams."""
    return say(TEAMS, report)


def returns(report: TeamsReport) -> Said:
    """What the graphic table of the page of teams shows."""
    return team_table(report)


TEAM: tuple[Rule[TeamReport], ...] = (
    Rule(
        "team-no-cost",
        lambda r: r.row.cost.value is None,
        lambda r: f"{r.team.name} has no cost in this period",
    ),
    Rule(
        "team-enabling",
        lambda r: r.team.kind.value in UNJUDGED_KINDS,
        lambda r: (
            f"{r.team.name} costs {told.figure(_own(r), team=r.team.key)}; "
            "its value is booked by teams it serves"
        ),
    ),
    Rule(
        "team-returned",
        lambda r: r.row.returned.is_known and bool(r.row.confirmed.value),
        lambda r: (
            f"{r.team.name} costs {told.figure(r.row.cost, team=r.team.key)}; finance has confirmed "
            f"{told.figure(r.row.confirmed, team=r.team.key)} of cash margin"
        ),
    ),
    Rule(
        "team-no-outcome",
        lambda r: r.row.outcomes_total == 0,
        lambda r: (
            f"{r.team.name} costs {told.figure(r.row.cost, team=r.team.key)}; no outcome is recorded yet"
        ),
    ),
    Rule(
        "team-outcomes",
        lambda r: r.row.outcomes_total > 0,
        lambda r: (
            f"{r.team.name} costs {told.figure(r.row.cost, team=r.team.key)}; "
            f"{words.count_of(r.row.outcomes_read, r.row.outcomes_total)} outcomes are read"
        ),
    ),
    Rule("team-neutral", always, lambda r: f"This team costs {told.figure(r.row.cost, team=r.team.key)}"),
)


def _own(report: TeamReport) -> Figure:
    """What a serving team costs before it passes that on."""
    row = report.row
    return row.own if row.own is not None and row.passed_on and row.passed_on.value else row.cost


def team(report: TeamReport) -> Said:
    """The claim of one team's page."""
    return say(TEAM, report)


# Data

DATA: tuple[Rule[DataReport], ...] = (
    Rule("data-empty", lambda r: r.books is Books.EMPTY, lambda _: "Import the first month of costs"),
    Rule(
        "data-differ",
        lambda r: r.books is Books.DIFFER,
        lambda r: f"Costs {_to(r)} do not agree with the books",
    ),
    Rule(
        "data-agree",
        lambda r: r.books is Books.AGREE,
        lambda r: f"Costs {_to(r)} agree with the books",
    ),
    Rule(
        "data-partly",
        lambda r: r.books is Books.PARTLY,
        lambda r: f"Costs {_to(r)} are imported; some months have no control total",
    ),
    Rule("data-no-control", always, lambda r: f"Costs {_to(r)} are imported; no control total is stated"),
)


def _to(report: DataReport) -> str:
    months = report.team_months or report.months
    return f"to {short_month(max(months))}" if months else "so far"


def data(report: DataReport) -> Said:
    """The claim of the page of data."""
    return say(DATA, report)
