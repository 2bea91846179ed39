"""Where does this number come from?"""

from roi.domain.figures import REGISTRY
from roi.story import trace_titles
from roi.ui import links, parts
from roi.ui.component import KEYS
from roi.ui.views import trace

figure_id = links.asked("figure")
keys = {name: links.asked(name) for name in KEYS}

if figure_id not in REGISTRY:
    parts.eyebrow_and_title("Trace", "Where does this number come from?")
    trace.missing(figure_id)
else:
    report = trace.ask(figure_id, **keys)
    here = parts.crumbs([("Portfolio", links.href(""))], "Trace")
    parts.eyebrow_and_title(here, trace_titles.trace(report).text)
    trace.draw(report, links.href("trace", figure=figure_id, **keys), is_drawer=False)
