"""The instruments themselves: each notices what it is there to notice, so a quiet journey means something."""

import pytest

from tests.e2e.conftest import PHONE


def test_the_watch_notices_a_request_to_elsewhere(filled, look):
    screen = look(filled)
    screen.open()
    screen.page.route("**/*elsewhere.invalid*", lambda route: route.abort())
    screen.page.evaluate("fetch('http://elsewhere.invalid/x').catch(() => 0)")
    assert screen.watch.outside == ["http://elsewhere.invalid/x"]
    screen.watch.outside.clear()
    screen.watch.errors.clear()


def test_the_watch_notices_an_error_in_the_browser(filled, look):
    screen = look(filled)
    screen.open()
    screen.page.evaluate("console.error('something broke')")
    assert any("something broke" in error for error in screen.watch.errors)
    screen.watch.errors.clear()


def test_the_accessibility_checker_notices_what_cannot_be_read(filled, look):
    screen = look(filled)
    screen.open("method")
    grey = "<p style='color:#ccc;background:#fff'>too pale</p><img src='data:,'>"
    screen.page.evaluate(f'document.querySelector("h1").insertAdjacentHTML("afterend", "{grey}")')
    found = " ".join(screen.inaccessible())
    assert "color-contrast" in found
    assert "color-contrast" in " ".join(screen.inaccessible("color-contrast"))
    assert "image-alt" in found
    assert any("too pale" in text for text in screen.pale())
    screen.watch.errors.clear()


def test_the_ruler_notices_a_page_that_is_too_wide(filled, look):
    screen = look(filled)
    screen.open("method")
    assert screen.sideways() == 0
    screen.page.evaluate(
        'document.querySelector("h1").insertAdjacentHTML("afterend", "<p style=\'width:3000px\'>wide</p>")'
    )
    assert screen.sideways() > 0


def test_the_walk_looks_at_the_dark_and_at_the_phone(filled, look):
    screen = look(filled)
    screen.open("method")
    ground = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
    light = screen.page.evaluate(ground)
    screen.become(theme="dark", size=PHONE)
    assert screen.page.evaluate(ground) != light
    assert screen.page.evaluate("window.innerWidth") == PHONE[0]


@pytest.mark.parametrize("words", ["This page could not be drawn", "Traceback"])
def test_a_broken_page_is_noticed(filled, look, words):
    screen = look(filled)
    screen.open("method")
    screen.page.evaluate(f'document.querySelector("h1").textContent = "{words}"')
    with pytest.raises(AssertionError):
        screen.must_be_whole()
