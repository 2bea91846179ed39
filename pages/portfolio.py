"""Is engineering money paying back, and what needs me?"""

import streamlit as st

from roi.charts.bridge import bridge
from roi.reports import portfolio as portfolio_report
from roi.story import titles
from roi.ui import parts, session
from roi.ui.charting import chart
from roi.ui.views import cohorts, life, team_table, wide
from roi.ui.views import portfolio as view

build = portfolio_report.build_incl_not_cash if wide.is_on() else portfolio_report.build
report = session.ask(build, session.scope(), session.today(), team_table.opened())
lede = parts.emphasis(titles.portfolio_lede(report))
parts.eyebrow_and_title(view.eyebrow(report), titles.portfolio(report).known, lede)
spec = bridge(report)

if spec is None:
    view.nothing_yet(report)
else:
    wide.draw(report)
    parts.kpi_strip(view.kpis(report))
    left, right = st.columns([2, 1], gap="large")
    with left:
        parts.section(titles.bridge(report).known, view.bridge_note(report))
        chart(spec, key="bridge")
        parts.section("Can you trust this?", "Five checks, computed from the same rows as the number above.")
        parts.facts(view.trust_lines(report), key="trust")
        view.trust_notes(report)
    with right:
        view.what_needs_me(report)
    if report.streams:
        parts.section(titles.team_table(report).known, view.table_note(report), marks=team_table.MARKS)
        team_table.draw(team_table.of(report), "portfolio-teams")
    cohorts.draw(cohorts.of_portfolio(report), "portfolio-cohorts")
    life.draw(report)
    view.foot(report)
