"""Did the work do what we said it would? Whose reading is due?"""

from roi.ui import links
from roi.ui.outcomes import closing, common, confirm, form, listing, reading

common.dress()
views = {
    "new": form.draw,
    "edit": form.draw,
    "reading": reading.draw,
    "confirm": confirm.draw,
    "close": closing.draw,
}
views.get(links.asked("state"), listing.draw)()
