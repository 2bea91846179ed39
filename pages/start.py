"""How do I begin?"""

import streamlit as st

from roi.reports import start as start_report
from roi.ui import parts, session
from roi.ui.views import companies
from roi.ui.views import start as view
from roi.ui.views.portfolio import todo

report = session.ask(start_report.build)
parts.eyebrow_and_title(
    "Start",
    "What did engineering return? Find out with your own numbers",
    "It takes about 20 minutes. Value shows after the first cost file. Everything can be undone.",
)
companies.choose()

todo(report.steps)

parts.section("Company", "Its name stands on every page; its currency is what figures are told in.")
view.company(report)

parts.section("Teams", "One team, a pasted list, or a CSV file made from the template.")
one, pasted, file = st.tabs(["One team", "Paste a list", "CSV file"])
with one:
    view.one_team(report)
with pasted:
    view.paste(report)
with file:
    view.csv_file()
view.team_table(report)

parts.section("People", "Who may do what. Without anybody here, you act in every role.")
view.people()
