"""Do these numbers agree with the books, and what was imported when, by whom?"""

from roi.ui import links
from roi.ui.data import areas, common, ledger, lists, overview, tracker
from roi.ui.upload import wizard

common.dress()
views = {
    "import": wizard.draw,
    "areas": areas.draw,
    "ledger": ledger.draw,
    "lists": lists.draw,
    "tracker": tracker.draw,
}
views.get(links.asked("view"), overview.draw)()
