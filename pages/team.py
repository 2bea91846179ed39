"""What does one team cost, of what, and what did its work return?"""

import streamlit as st

from roi.charts.months import cost_by_month
from roi.reports import team as team_report
from roi.story import section_titles, titles, words
from roi.ui import links, parts, session
from roi.ui.charting import chart
from roi.ui.views import team as view
from roi.ui.views import team_cost, team_table, team_value

key = links.asked("team")
if not key:
    parts.eyebrow_and_title("Team", "Which team?")
    parts.empty_state("The link names no team.", "Choose one from the list.", ("See all teams", "teams"))
    st.stop()

report = session.ask(team_report.build, session.scope(), key, session.today())
parts.eyebrow_and_title(view.eyebrow(report), titles.team(report).known, view.lede(report))
team_table.reserve(report)
parts.kpi_strip(view.kpis(report))

spec = cost_by_month(report)
if spec is None:
    view.no_cost(report)
else:
    left, right = st.columns([3, 2], gap="large")
    with left:
        parts.section(section_titles.months(report).known, view.months_note(report))
        chart(spec, key="team-months")
    with right:
        team_cost.who(report)
    team_cost.made_of(report)
    team_cost.method(report)

if report.epics:
    parts.section("What the team worked on", team_value.note(report))
    view.epics(report)
    team_value.draw(report)
else:
    parts.empty_state(
        f"{words.sentence(view.known_so_far(report))}: no outcome is recorded.",
        "An outcome says what the work should change, and what that is worth. It takes about 4 minutes.",
        ("Record the first outcome", "outcomes"),
    )
left, right = st.columns(2, gap="large")
with left:
    team_cost.people(report)
    view.named("area", report.areas, report)
with right:
    view.named("category", report.categories, report)
    view.named("intent", report.intents, report)
