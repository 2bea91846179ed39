"""The loop in a browser: anticipate in three minutes, read and confirm, close, two editors."""

import time

import pytest

from tests import sharing
from tests.e2e import server as servers
from tests.kept_company import NAME

MINUTES_FOR_A_PROMISE = 3


@pytest.fixture
def fresh(built, tmp_path):
    """A server on a small company of its own, to change."""
    sharing.copy(built[0], tmp_path)
    started = servers.start(tmp_path / NAME)
    yield started
    started.stop()


def test_anticipate_read_confirm_and_see_portfolio_change(fresh, look):
    """A tech leader records, reads what came, finance confirms in one press, and the headline moves."""
    screen = look(fresh)
    screen.open()
    before = confirmed(screen)
    began = time.monotonic()
    anticipate(screen)
    assert time.monotonic() - began < 60 * MINUTES_FOR_A_PROMISE
    screen.must_be_whole()
    assert "We expect learners who finish a course to move from 1,000 to 1,400" in screen.text
    read(screen)
    assert confirmed(screen) == before, "measured is not confirmed"
    screen.go("outcomes?view=queue")
    assert "One outcome waits for finance" in screen.text
    screen.button("Confirm all three")
    assert "Nothing waits for finance" in screen.text
    assert confirmed(screen) > before
    screen.go("outcomes?view=queue")


def confirmed(screen):
    """The confirmed cash that Portfolio shows, in the units printed."""
    screen.go("")
    found = screen.page.locator("[data-know=confirmed_cash]").first.inner_text()
    return float(found.strip("$").rstrip("kM").replace(",", "")) * (1000 if found.endswith("M") else 1)


def anticipate(screen):
    """Four blocks of the form, for an epic that is made with the outcome."""
    screen.go("outcomes")
    screen.button("Record an outcome")
    screen.fill("What problem or behaviour?", "half of the learners stop at lesson three")
    screen.choose("Epic", "A new epic")
    screen.fill("Name of the epic", "Guided practice")
    screen.choose("Team", "Course Delivery")
    day(screen, "Work starts", "20260105")
    day(screen, "Delivered (leave open if not yet)", "20260131")
    screen.fill("What changes", "learners who finish a course")
    screen.fill("Stands now", "1000")
    screen.fill("Target, low end", "1200")
    screen.fill("Target, likely", "1400")
    screen.fill("Target, high end", "1500")
    screen.choose("Kind of benefit", "Retained margin")
    screen.fill("One unit, a month", "400")
    screen.choose("Basis of the unit value", "booked")
    screen.choose("Finance line", "Margin from growth")
    screen.fill("Owner", "Olga")
    screen.fill("Where it is measured", "completion report")
    screen.button("Record this outcome")
    screen.wait_for_title("Guided practice")


def day(screen, label, digits):
    """Type year, month and day into the three parts of a date."""
    screen.page.get_by_role("group", name=label).get_by_role("spinbutton").first.click()
    screen.page.keyboard.type(digits)
    screen.page.keyboard.press("Tab")
    screen.settle()


def read(screen):
    """The reading of March, half to all of it due to this work."""
    screen.button("Record the actual")
    screen.fill("Value read", "1300")
    day(screen, "Read on", "20260331")
    screen.choose("How do we know?", "B: controlled comparison")
    screen.button("Record this reading")
    screen.wait_for_title("Guided practice")
    assert "Reading recorded" in screen.text


def test_two_editors_see_both_texts_and_nothing_is_lost_unseen(fresh, look):
    """Both open the same promise; who saves second sees where the texts differ, and decides."""
    first, second = look(fresh), look(fresh)
    for screen in (first, second):
        screen.open("outcomes?state=edit&outcome=trial-to-paid")
    first.fill("Owner", "Bea")
    first.button("Save the change")
    first.wait_for_title("Guided setup")
    second.fill("Where it is measured", "the books of March")
    second.button("Save the change")
    assert "Saved meanwhile" in second.text
    assert "Bea" in second.text
    second.button("Take what is saved")
    second.fill("Where it is measured", "the books of March")
    second.button("Save the change")
    second.wait_for_title("Guided setup")
    assert "owned by Bea" in second.text
    assert "the books of March" in second.text


def test_close_the_loop_take_it_back_and_carry_the_note_away(fresh, look, tmp_path):
    """Learning is asked for; the note is a page of its own; Undo stands beside the word that it is done."""
    screen = look(fresh)
    screen.open("outcomes?state=close&outcome=trial-to-paid")
    screen.button("Close the loop")
    assert "what was learned" in screen.text
    screen.fill("What did we learn?", "The reminder did it, not the checklist")
    if "Why early?" in screen.text:
        screen.fill("Why early?", "the product is retired")
    screen.button("Close the loop")
    assert "The loop is closed" in screen.text
    with screen.page.expect_download() as download:
        screen.page.get_by_role("button", name="Download the closing note").click()
    note = tmp_path / "note.html"
    download.value.save_as(note)
    assert "The reminder did it, not the checklist" in note.read_text(encoding="utf-8")
    screen.button("Undo")
    assert "Did it do what was promised?" in screen.text
