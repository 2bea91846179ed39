"""Every page of a small company: it opens, is accessible in both themes, fits a phone, and prints light."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE
from tests.e2e.places import PLACES


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page_is_accessible(filled, look, theme):
    """axe finds nothing serious or critical; the fixture adds: nothing left this machine."""
    screen = look(filled, theme=theme)
    found = {}
    for name, address in PLACES.items():
        screen.open(address)
        screen.must_be_whole()
        screen.photograph(f"{name}-{theme}")
        if problems := screen.inaccessible() + screen.pale():
            found[name] = problems
    assert found == {}


def test_every_page_has_its_own_title_and_no_request_leaves_this_machine(filled, look):
    """Every journey checks its requests at its end; here it is said by name, with the drawer opened too."""
    screen = look(filled)
    titles, asked = {}, []
    screen.page.on("request", lambda request: asked.append(request.url))
    for name, address in PLACES.items():
        screen.open(address)
        assert screen.page.locator("h1").count() == 1, name
        titles[name] = screen.title
    screen.open()
    screen.page.locator("[data-know]").first.click()
    screen.settle()
    assert len(set(titles.values())) == len(titles), titles
    assert len(asked) > 50
    assert screen.watch.outside == []


def test_every_page_fits_a_phone_without_scrolling_sideways(filled, look):
    screen = look(filled, size=PHONE)
    wide = {}
    for name, address in PLACES.items():
        screen.open(address)
        screen.must_be_whole()
        screen.photograph(f"{name}-phone")
        if screen.sideways():
            wide[name] = screen.sideways()
    assert wide == {}


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
