"""An upload outlives a reload of its page, for its own browser and person only (law T10)."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from roi.commands.changing.requests import FileReading
from roi.domain.importing import Settings
from roi.ui.upload import parked
from roi.ui.upload.draft import Draft, DraftFile, Step
from roi.ui.upload.parked import Owner

FILE = DraftFile("june.csv", b"month,team\n", FileReading(None, (), "books", False, Settings(), None, ()))
BEGUN = Draft(Step.CHECK, (FILE,))
ANNA = Owner("roi.duckdb", "af09", "Anna")
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nothing_is_parked():
    _empty()
    yield
    _empty()


def _empty():
    """Nothing is parked, and no look waits that pages of other tests began."""
    with parked._LOCK:
        parked._KEPT.clear()
        while parked._WAITING:
            parked._WAITING.pop().cancel()


@pytest.mark.parametrize(
    "other",
    [
        Owner("roi.duckdb", "beef", "Anna"),
        Owner("roi.duckdb", "af09", "Ben"),
        Owner("demo.duckdb", "af09", "Anna"),
        Owner("roi.duckdb", "", "Anna"),
    ],
)
def test_t10_nobody_else_gets_what_was_begun(other):
    parked.keep(ANNA, BEGUN, None, NOW)
    parked.keep(other, Draft(), None, NOW)
    assert parked.find(other, NOW) is None
    assert parked.find(ANNA, NOW).draft == BEGUN


def test_a_browser_without_a_secret_keeps_nothing():
    parked.keep(Owner("roi.duckdb", "", "Anna"), BEGUN, None, NOW)
    assert not parked._KEPT


def test_it_is_let_go_after_an_hour_and_when_it_is_finished():
    parked.keep(ANNA, BEGUN, None, NOW)
    assert parked.find(ANNA, NOW + timedelta(minutes=59)) is not None
    assert parked.find(ANNA, NOW + timedelta(minutes=60)) is None
    parked.keep(ANNA, BEGUN, None, NOW)
    parked.keep(ANNA, Draft(Step.DONE), None, NOW)
    assert parked.find(ANNA, NOW) is None


def test_only_so_many_are_kept_and_the_eldest_goes_first():
    owners = [Owner("roi.duckdb", f"{number:02x}", "Anna") for number in range(parked._MOST + 1)]
    for owner in owners:
        parked.keep(owner, BEGUN, None, NOW)
    assert [parked.find(owner, NOW) is not None for owner in owners] == [False] + [True] * parked._MOST


def test_the_secret_is_the_same_under_another_mask_and_none_when_the_cookie_is_no_such():
    one, two = "2|00ff00ff|0a0b0c0d|1795669291", "2|ffffffff|f50bf30d|1795669291"
    assert parked.secret(one) == parked.secret(two) == "0af40cf2"
    for other in ("", "1|00|0a|1", "2|zz|0a|1", "2||0a|1", "2|00|0a"):
        assert parked.secret(other) == ""


def test_t10_it_leaves_memory_though_nobody_comes_back(monkeypatch):
    monkeypatch.setattr(parked, "_LOOKS", 200_000)
    parked.keep(ANNA, BEGUN, None)
    assert parked._KEPT
    monkeypatch.setattr(parked, "KEPT_FOR", timedelta(0))
    for _ in range(500):
        if not parked._KEPT and not parked._WAITING:
            return
        time.sleep(0.02)
    pytest.fail("it is still there, and nobody asks for it any more")
