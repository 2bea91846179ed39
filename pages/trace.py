"""Where does this number come from?"""

from roi.domain.figures import REGISTRY
from roi.ui import links, parts
from roi.ui.views import trace

figure_id, team, outcome = links.asked("figure"), links.asked("team"), links.asked("outcome")

if figure_id not in REGISTRY:
    parts.eyebrow_and_title("Trace", "Where does this number come from?")
    trace.missing(figure_id)
else:
    report = trace.ask(figure_id, team, outcome)
    here = parts.crumbs([("Portfolio", links.href(""))], "Trace")
    parts.eyebrow_and_title(here, report.title)
    trace.draw(report, trace.address_of(figure_id, team, outcome), is_drawer=False)
