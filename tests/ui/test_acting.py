"""Who was chosen to act outlives a reload, for its own browser and database only (D25, T10)."""

import pytest

from roi.ui import acting


@pytest.fixture(autouse=True)
def nothing_is_chosen():
    acting._CHOSEN.clear()
    yield
    acting._CHOSEN.clear()


def test_d25_a_choice_is_that_of_its_browser_and_database():
    acting.keep("own", "af09", "Tess")
    assert acting.find("own", "af09") == "Tess"
    assert (acting.find("demo", "af09"), acting.find("own", "beef")) == ("", "")
    acting.keep("own", "af09", "Fay")
    assert acting.find("own", "af09") == "Fay"


def test_a_browser_without_a_secret_keeps_nothing():
    acting.keep("own", "", "Tess")
    assert not acting._CHOSEN
    assert acting.find("own", "") == ""


def test_the_eldest_choice_goes_first(monkeypatch):
    monkeypatch.setattr(acting, "_MOST", 2)
    for browser in ("1", "2", "3"):
        acting.keep("own", browser, "Tess")
    assert [acting.find("own", browser) for browser in ("1", "2", "3")] == ["", "Tess", "Tess"]
