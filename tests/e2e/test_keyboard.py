"""Everything a mouse can do on a page of figures can be done with the keyboard alone."""

_FOCUSED = """() => {
    const e = document.activeElement, s = getComputedStyle(e);
    return {
        tag: e.tagName.toLowerCase(),
        role: e.getAttribute("role") || "",
        name: (e.getAttribute("aria-label") || e.innerText || "").trim().slice(0, 80),
        go: e.dataset ? e.dataset.go || "" : "",
        know: e.dataset ? e.dataset.know || "" : "",
        ring: s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2,
    };
}"""
_MOST = 120


def _tab_to(page, wanted):
    """Press Tab until the focused element is wanted; answers all that were passed."""
    passed = []
    for _ in range(_MOST):
        page.keyboard.press("Tab")
        focused = page.evaluate(_FOCUSED)
        passed.append(focused)
        if wanted(focused):
            return passed
    raise AssertionError(f"Tab never reached it: {passed}")


def test_tab_goes_from_navigation_over_the_scope_bar_to_the_table(filled, look):
    screen = look(filled)
    screen.open("teams")
    passed = _tab_to(screen.page, lambda focused: focused["go"].startswith("team?team="))
    links = [focused["name"] for focused in passed if focused["tag"] == "a"]
    boxes = [i for i, focused in enumerate(passed) if focused["role"] == "combobox"]
    assert any("Outcomes" in name for name in links)
    assert boxes
    assert boxes[-1] < len(passed) - 1
    assert passed[-1]["ring"], "the focus must be seen"


def test_enter_on_a_table_link_opens_the_team(filled, look):
    screen = look(filled)
    screen.open("teams")
    _tab_to(screen.page, lambda focused: focused["go"].startswith("team?team="))
    screen.page.keyboard.press("Enter")
    screen.page.wait_for_url("**/team?*team=*")
    screen.settle()
    assert "team=" in screen.address


def test_the_drawer_opens_with_enter_and_closes_with_escape(filled, look):
    screen = look(filled)
    screen.open()
    _tab_to(screen.page, lambda focused: bool(focused["know"]))
    screen.page.keyboard.press("Enter")
    drawer = screen.page.get_by_role("dialog")
    drawer.wait_for()
    screen.settle()
    assert "How we know" in drawer.inner_text()
    inside = "document.querySelector('[role=dialog]').contains(document.activeElement)"
    screen.page.keyboard.press("Tab")
    assert screen.page.evaluate(inside)
    screen.page.keyboard.press("Escape")
    drawer.wait_for(state="hidden")
