"""Deep links: what is looked at stands in the address, and an address that means nothing is told (D27)."""

import pytest


def test_a_link_opens_what_was_looked_at(filled, look):
    first, second = look(filled), look(filled)
    first.open("teams")
    whole = first.text
    first.open("teams?period=2026-02..2026-03&vs=Enrolment")
    first.must_be_whole()
    assert first.text != whole
    second.open(first.address)
    assert second.title == first.title
    assert second.page.locator("table").first.inner_text() == first.page.locator("table").first.inner_text()


def test_the_first_page_is_found_by_its_name_too_with_what_was_asked(filled, look):
    screen = look(filled)
    screen.open("portfolio?period=2026-02..2026-02")
    screen.page.wait_for_url(f"{filled.url}/?period=2026-02..2026-02")
    screen.settle()
    assert screen.page.get_by_text("Page not found").count() == 0
    named = screen.title
    screen.open("?period=2026-02..2026-02")
    assert screen.title == named


def test_the_scope_bar_writes_the_address_and_the_address_writes_the_scope_bar(filled, look):
    screen = look(filled)
    screen.open("teams")
    screen.page.get_by_role("combobox", name="Value stream").click()
    screen.page.get_by_role("option", name="Learning").click()
    screen.settle()
    assert "vs=Learning" in screen.address
    again = look(filled)
    again.open(screen.address)
    assert again.page.get_by_role("combobox", name="Value stream").input_value() == "Learning"
    assert again.title == screen.title


def test_d26_the_scope_survives_a_change_of_page(filled, look):
    screen = look(filled)
    screen.open("teams?period=2026-02..2026-02")
    screen.page.get_by_role("link", name="Portfolio").first.click()
    screen.page.wait_for_url("**/?*period=2026-02*")
    screen.settle()
    assert "period=2026-02..2026-02" in screen.address


def test_the_link_of_the_open_page_leads_out_of_its_view_and_keeps_the_scope(filled, look):
    """By mouse and by keyboard; Back comes back to the view."""
    screen = look(filled)
    for press in (lambda link: link.click(), lambda link: link.press("Enter")):
        screen.open("teams?view=cost&period=2026-02..2026-03")
        before = screen.title
        press(screen.page.get_by_test_id("stSidebarNavLink").filter(has_text="Teams"))
        screen.page.wait_for_url(lambda address: "view=" not in address)
        screen.settle()
        assert "period=2026-02..2026-03" in screen.address
        screen.must_be_whole()
        screen.page.go_back()
        screen.page.wait_for_url("**view=cost**")
        screen.settle()
        assert screen.title == before


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("teams?period=banana", "“banana” is no period here"),
        ("teams?period=2031-01..2031-02", "“2031-01..2031-02” is no period here"),
        ("teams?vs=Nothing", "“Nothing” is no value stream here"),
        ("teams?currency=XXX", "“XXX” is no currency here"),
        ("teams?snap=9999", "“9999” is no number of a change here"),
        ("?foo=1", "“foo” means nothing here"),
    ],
)
def test_d27_a_value_that_means_nothing_is_told_and_dropped(filled, look, address, told):
    screen = look(filled)
    screen.page.goto(f"{filled.url}/{address}")
    screen.page.get_by_test_id("stToast").filter(has_text=told).wait_for()
    screen.settle()
    screen.must_be_whole()
    assert "=" not in screen.address


@pytest.mark.parametrize(
    "address",
    [
        "team?team=nobody",
        "team",
        "epic?epic=nothing",
        "trace?figure=nonsense",
        "trace?figure=team_cost&team=nobody",
        "data?view=nonsense",
        "data?view=undo-9999",
        "outcomes?team=nobody&state=odd",
        "team?team=%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    ],
)
def test_a_page_that_is_asked_for_something_that_is_not_there_says_so(filled, look, address):
    screen = look(filled)
    screen.open(address)
    for words in ("could not be drawn", "Traceback", "Error"):
        assert words not in screen.text
    assert screen.page.locator("h1").count() == 1


def test_a_past_state_is_named_while_it_is_looked_at(filled, look):
    screen = look(filled)
    screen.open("?snap=3")
    screen.must_be_whole()
    assert "the state after change 3" in screen.text
