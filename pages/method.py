"""What does this number mean?"""

from roi.reports import assumptions as assumptions_report
from roi.reports import method as method_report
from roi.reports import methods as methods_report
from roi.reports import portfolio as portfolio_report
from roi.ui import parts, session
from roi.ui.views import allocation, assumptions
from roi.ui.views import method as view

parts.eyebrow_and_title(
    "Method",
    "What each number means, and what it does not say",
    "Each figure is defined once; every page, export and command uses that definition.",
)
report = session.ask(portfolio_report.figures, session.scope(), session.today())
view.index()
view.range_and_confirmation()
view.closed_months()
assumptions.draw(session.ask(assumptions_report.build, session.scope()))
allocation.draw(session.ask(methods_report.build, session.scope()))
view.definitions(method_report.build(), view.live_figures(report))
view.glossary()
view.keyboard()
