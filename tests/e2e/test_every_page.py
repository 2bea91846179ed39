"""Every page of a small company: it opens, is accessible in both themes, fits a phone, and prints light."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE
from tests.e2e.places import SCOPED
from tests.e2e.walk import walk


def test_every_page_is_accessible_in_both_themes_fits_a_phone_and_has_its_own_title(filled, look):
    """axe finds nothing serious or critical, no text is pale, nothing is scrolled sideways."""
    seen = walk(look(filled))
    assert seen.faults == {}
    assert len(set(seen.titles.values())) == len(seen.titles), seen.titles


def test_what_a_scope_adds_to_a_page_is_accessible_and_fits_a_phone_too(filled, look):
    assert walk(look(filled), places=SCOPED).faults == {}


FOCUSED = "document.activeElement.getBoundingClientRect().right"


def test_no_tab_stop_of_a_phone_lies_in_the_menu_while_that_is_closed(filled, look):
    screen = look(filled, size=PHONE)
    screen.open("outcomes")
    menu = screen.page.get_by_test_id("stSidebar")
    expect(menu).to_be_hidden()
    stops = []
    for _ in range(20):
        screen.page.keyboard.press("Tab")
        stops.append(screen.page.evaluate(FOCUSED))
    assert min(stops) > 0
    screen.page.get_by_test_id("stExpandSidebarButton").click()
    expect(menu).to_be_visible()


def test_no_request_leaves_this_machine(filled, look):
    """Every journey checks its requests at its end; here it is said by name, with the drawer opened too."""
    screen, asked = look(filled), []
    screen.page.on("request", lambda request: asked.append(request.url))
    screen.open()
    screen.page.locator("[data-know]").first.click()
    screen.settle()
    assert len(asked) > 50
    assert screen.watch.outside == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_drawer_is_accessible(filled, look, theme):
    screen = look(filled, theme=theme)
    screen.open()
    screen.page.locator("[data-know]").first.click()
    screen.settle()
    drawer = screen.page.get_by_role("dialog")
    assert "How we know" in drawer.inner_text()
    screen.photograph(f"drawer-{theme}")
    assert screen.inaccessible() == []
    assert screen.pale("[role=dialog]") == []


def test_print_is_light_and_without_controls_even_in_the_dark(filled, look):
    screen = look(filled, theme="dark")
    screen.open()
    screen.page.emulate_media(media="print")
    app, menu = screen.page.get_by_test_id("stApp"), screen.page.get_by_test_id("stSidebar")
    expect(app).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(menu).to_be_hidden()
    screen.photograph("portfolio-print")
