"""A walk through every page, each looked at in light, in dark and on a phone."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.places import PLACES
from tests.e2e.screen import Screen


@dataclass
class Walk:
    """What was seen: each page's title, and each page's faults by how it was looked at."""

    titles: dict[str, str] = field(default_factory=dict)
    faults: dict[str, list[str]] = field(default_factory=dict)

    def note(self, page: str, faults: list[str]) -> None:
        """Keep what is wrong with a page, if anything is."""
        if faults:
            self.faults[page] = faults


def walk(screen: Screen, pictures: str = "", places: Mapping[str, str] = PLACES) -> Walk:
    """Go to every page, or to these places, once; axe, contrasts, width, where asked for a picture of each.

    That each can be loaded from scratch is seen in the served form. The dark theme draws the same
    elements in other colours, so there only what colours can break is asked.
    """
    seen = Walk()
    for name, address in places.items():
        screen.appear(theme="light", size=DESKTOP)
        screen.go(address)
        screen.must_be_whole()
        seen.titles[name] = screen.title
        headings = screen.page.locator("h1").count()
        seen.note(f"{name}, headings", [] if headings == 1 else [str(headings)])
        tab = screen.page.title()
        seen.note(f"{name}, tab", [] if tab.endswith(" · Engineering ROI") else [tab])
        screen.photograph(f"{pictures}{name}-light")
        seen.note(f"{name}, light", screen.inaccessible() + screen.pale())
        screen.become(theme="light", size=PHONE)
        screen.photograph(f"{pictures}{name}-phone")
        seen.note(f"{name}, phone", [f"{screen.sideways()} pixels too wide"] if screen.sideways() else [])
        screen.become(theme="dark", size=DESKTOP)
        screen.photograph(f"{pictures}{name}-dark")
        seen.note(f"{name}, dark", screen.inaccessible("color-contrast") + screen.pale())
    return seen
