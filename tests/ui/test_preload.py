"""What the served form does so that the first visitor waits for nothing, and no later one for the cleaner."""

import gc
import weakref

from roi.ui import heap, preload, served


def test_what_is_there_to_stay_is_not_looked_through_after_each_run():
    gc.unfreeze()
    preload._LEFT.clear()
    preload.settle()
    assert gc.get_freeze_count() > 10_000
    answers = [[number] for number in range(40_000)]
    assert len(gc.get_objects()) > len(answers)
    preload.settle()
    assert len(gc.get_objects()) < 10_000, f"{len(answers)} answers that are kept are looked through"


def test_no_list_of_all_objects_is_made_beside_other_threads(monkeypatch):
    """It would hold a tuple that another thread still fills, whose page would then end in a SystemError."""
    monkeypatch.setattr(gc, "get_objects", None)
    preload._LEFT.clear()
    preload.settle()
    preload.settle()


def test_what_is_no_longer_used_is_let_go_of_in_the_end(monkeypatch):
    class Cycle:
        def __init__(self):
            self.me = self

    preload.settle()
    one = Cycle()
    gone = weakref.ref(one)
    gc.freeze()
    del one
    monkeypatch.setattr(preload, "_SECONDS", -1)
    monkeypatch.setattr(preload, "_MANY", 0)
    preload.settle()
    assert gone() is None


def test_a_service_does_not_watch_its_own_files():
    assert served.settings([])["server.fileWatcherType"] == "none"
    assert served.settings(["--port", "8502"])["server.port"] == 8502


def test_memory_is_given_back_where_the_system_can_take_it_and_else_nothing_happens(monkeypatch):
    heap.give_back()
    monkeypatch.setattr(heap, "_trim", lambda: None)
    heap.give_back()
