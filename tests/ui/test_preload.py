"""What the served form does so that the first visitor waits for nothing, and no later one for the cleaner."""

import gc

from roi.ui import preload, served


def test_what_is_loaded_before_the_first_visitor_is_not_looked_through_after_each_run():
    gc.unfreeze()
    preload.settle()
    frozen = gc.get_freeze_count()
    assert frozen > 10_000
    made_later = [[] for _ in range(1000)]
    preload.settle()
    assert gc.get_freeze_count() <= frozen, f"{len(made_later)} that came later are looked through"


def test_a_service_does_not_watch_its_own_files():
    assert served.settings([])["server.fileWatcherType"] == "none"
    assert served.settings(["--port", "8502"])["server.port"] == 8502
