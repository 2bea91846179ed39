"""From the headline to a line of the ledger in four clicks, by numbers, rows, bars and dots (law T8)."""

import re

from tests.e2e.conftest import DESKTOP, PHONE

MOST_CLICKS = 4
LINE = re.compile(r"\.(csv|xlsx) · \d")
"""A line of the ledger with its file and its place in it."""

FULL = ("", "teams", "outcomes", "epic?epic=first-lesson", "product?value_stream=Success")


class Trail:
    """Clicks, counted."""

    def __init__(self, screen):
        self.screen, self.clicks = screen, 0

    def on(self, locator):
        locator.click()
        self.clicks += 1
        self.screen.settle()

    def on_mark(self, number):
        """A mark of the first chart, where the mouse finds it."""
        mark = self.screen.page.locator(".js-plotly-plot .point path, .js-plotly-plot path.point").nth(number)
        mark.scroll_into_view_if_needed()
        self.screen.settle()
        box = mark.bounding_box()
        self.screen.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        self.screen.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        self.clicks += 1


def test_t8_from_the_headline_to_a_ledger_line_in_four_clicks(filled, look):
    screen = look(filled)
    screen.open()
    trail = Trail(screen)
    trail.on(screen.page.locator("[data-know=return_per_unit]").first)
    assert "How we know" in screen.page.get_by_role("dialog").inner_text()
    trail.on(screen.page.get_by_role("link", name="Open full trace"))
    screen.wait_for_title("Return per")
    assert LINE.search(screen.text), screen.text[-2000:]
    assert trail.clicks <= MOST_CLICKS


def test_t8_over_the_team_to_a_ledger_line_in_four_clicks(filled, look):
    screen = look(filled)
    screen.open()
    trail = Trail(screen)
    trail.on(screen.page.get_by_role("rowheader", name="Onboarding").get_by_role("link").first)
    screen.wait_for_title("Onboarding")
    trail.on(screen.page.locator("[data-know^='full_cost'], [data-know^='team_cost']").first)
    assert LINE.search(screen.page.get_by_role("dialog").inner_text())
    assert trail.clicks <= MOST_CLICKS


def test_bars_and_dots_lead_on(everybody, look):
    """A bar of the bridge opens what stands behind it, a dot of the promises its epic; Back comes back."""
    screen = look(everybody)
    screen.open()
    Trail(screen).on_mark(1)
    screen.wait_for_title("Confirmed value of a class")
    screen.page.go_back()
    screen.wait_for_title("per $1 so far")
    screen.open("outcomes")
    Trail(screen).on_mark(3)
    screen.page.wait_for_url("**/epic?epic=*")


def test_a_full_company_is_accessible_and_fits_a_phone(everybody, look):
    """Every page of a small company is looked at elsewhere; here the five that grow most with their data."""
    screen, found = look(everybody, theme="dark"), {}
    for address in FULL:
        screen.appear(theme="dark", size=DESKTOP)
        screen.go(address)
        screen.must_be_whole()
        faults = screen.inaccessible() + screen.pale()
        for theme, size in (("dark", DESKTOP), ("light", PHONE)):
            screen.become(theme=theme, size=size)
            faults += [f"{screen.sideways()} px too wide: {theme} {size[0]}"] if screen.sideways() else []
        if faults:
            found[address] = faults
    assert found == {}
