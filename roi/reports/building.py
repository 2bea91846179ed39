"""While a report is built, Python's search for circular garbage waits: it would visit every new record.

Reports make hundreds of thousands of records that refer to each other in one direction only; what nobody
refers to any more is freed at once as ever. The search goes on when the last report under way is done.
"""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_under_way = 0
_was_on = False


@contextmanager
def many_records() -> Iterator[None]:
    """Many records are made inside; may be entered by several threads at a time."""
    _begin()
    try:
        yield
    finally:
        _end()


def _begin() -> None:
    global _under_way, _was_on  # noqa: PLW0603 - the collector is one for the process, and so is its state
    with _lock:
        if not _under_way:
            _was_on = gc.isenabled()
            gc.disable()
        _under_way += 1


def _end() -> None:
    global _under_way  # noqa: PLW0603 - as above
    with _lock:
        _under_way -= 1
        if not _under_way and _was_on:
            gc.enable()
