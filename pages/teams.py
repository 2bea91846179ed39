"""What did each team cost, against which plan, who works there, and does it add up to the ledger?"""

from roi.reports import teams as teams_report
from roi.story import titles
from roi.ui import parts, session
from roi.ui.views import team_table, teams_cost, teams_mix, teams_return, teams_roles
from roi.ui.views import teams as view

report = session.ask(teams_report.in_brief, session.scope(), session.today(), team_table.opened())
parts.eyebrow_and_title(view.eyebrow(report), titles.teams(report).known)

if not report.has_teams and not report.ledger.is_known:
    parts.empty_state(
        "Each team with its cost by month will stand here.",
        "Add teams, or paste a list of their names. Then import one month of costs.",
        ("Add teams", "start"),
    )
elif not report.ledger.is_known:
    parts.empty_state(
        "The teams are there; their cost is not.",
        "Import one month of costs to see what each team costs.",
        ("Import costs", "data"),
    )
else:
    team_table.reserve(report)
    parts.kpi_strip(view.kpis(report))
    views = {
        "return": teams_return.draw,
        "cost": teams_cost.draw,
        "roles": teams_roles.draw,
        "mix": teams_mix.draw,
    }
    views[view.chosen()](report)
