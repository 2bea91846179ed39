"""How every report is built: without the search for garbage, and politely where nobody waits for it.

Python's search for circular garbage would visit every new record. Reports make hundreds of thousands of
records that refer to each other in one direction only; what nobody refers to any more is freed at once as
ever. The search goes on when the last report under way is done, and takes the records of it for old ones:
else it would visit all of them at once, which took as long as a report.

What nobody has asked for yet is given up as soon as the machine is needed, wherever it says `give_way`.
"""

import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_under_way = 0
_was_on = False
_is_set_apart = False


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
            _take_for_old()
            gc.enable()


def _take_for_old() -> None:
    """Everything counts as old without being visited; what was set apart for good stays apart.

    That it was is remembered: to count what is apart is to visit it.
    """
    gc.freeze()
    if not _is_set_apart:
        gc.unfreeze()


def set_apart() -> None:
    """Take all that is there out of the search's sight, until it is let in again."""
    global _is_set_apart  # noqa: PLW0603 - as above
    with _lock:
        gc.freeze()
        _is_set_apart = True


def let_in() -> None:
    """Let the search see again what was set apart."""
    global _is_set_apart  # noqa: PLW0603 - as above
    with _lock:
        gc.unfreeze()
        _is_set_apart = False


class GivenUpError(Exception):
    """Nobody has asked for it yet, and somebody needs the machine."""


class _Thread(threading.local):
    """By thread whether the machine is needed for something else; None: somebody waits for what it builds."""

    is_needed: Callable[[], bool] | None = None


_thread = _Thread()


@contextmanager
def politely(is_needed: Callable[[], bool]) -> Iterator[None]:
    """What this thread builds inside is given up once the machine is needed for something else.

    Raises:
        GivenUpError: it was; what was finished until then is kept, and nothing is kept by half.
    """
    _thread.is_needed = is_needed
    try:
        yield
    finally:
        _thread.is_needed = None


def give_way() -> None:
    """Called wherever nothing is by half, in each long loop; does nothing for whoever is waited for.

    Raises:
        GivenUpError: it is built politely, and the machine is needed.
    """
    is_needed = _thread.is_needed
    if is_needed is not None and is_needed():
        raise GivenUpError
