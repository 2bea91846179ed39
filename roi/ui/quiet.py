"""Who needs the machine right now, and who looked at what; what is prepared for later goes by both."""

import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

from roi.actors import Actor
from roi.reports.ground.building import GivenUpError

_LOOKERS = 8
"""How many people are remembered who looked at a company."""

_changed = threading.Condition()
_busy = _moves = 0
_last = 0.0
_is_preparing = False
_looking: OrderedDict[tuple[str, Actor], None] = OrderedDict()


@contextmanager
def busy() -> Iterator[None]:
    """Somebody waits for what is done inside; may be entered by several threads, and again by the same."""
    _move(1)
    try:
        yield
    finally:
        _move(-1)


def _move(by: int = 0) -> None:
    global _busy, _moves, _last  # noqa: PLW0603 - the machine is one for the process, and so is this
    with _changed:
        _busy += by
        _moves += 1
        if by:
            _last = time.monotonic()
        _changed.notify_all()


def is_needed() -> bool:
    """Whether somebody waits for something."""
    return _busy > 0


def seconds() -> float:
    """For how long nobody has waited for anything; 0 while somebody does."""
    return 0.0 if _busy else time.monotonic() - _last


def moves() -> int:
    """A number that differs once anything began or ended."""
    return _moves


def wait(seen: int, longest: float) -> None:
    """Wait until anything began or ended since the number that was seen, at most so many seconds."""
    with _changed:
        _changed.wait_for(lambda: _moves != seen, longest)


def wake() -> None:
    """Whoever waits looks again."""
    _move()


@contextmanager
def preparing() -> Iterator[None]:
    """What is done inside is for later; one thread at a time.

    Raises:
        GivenUpError: somebody waits for something already.
    """
    global _is_preparing  # noqa: PLW0603 - as above
    with _changed:
        if _busy:
            raise GivenUpError
        _is_preparing = True
    try:
        yield
    finally:
        with _changed:
            _is_preparing = False
            _changed.notify_all()


@contextmanager
def undisturbed(longest: float = 30.0) -> Iterator[None]:
    """Busy, and nothing is being prepared inside: for whoever closes what a preparation reads."""
    with busy():
        with _changed:
            _changed.wait_for(lambda: not _is_preparing, longest)
        yield


def looked(company: str, actor: Actor) -> None:
    """Remember who looks at which company; of many only the latest."""
    with _changed:
        _looking[company, actor] = None
        _looking.move_to_end((company, actor))
        while len(_looking) > _LOOKERS:
            _looking.popitem(last=False)


def lookers(company: str) -> tuple[Actor, ...]:
    """Who looked at a company, the latest first."""
    with _changed:
        return tuple(actor for its, actor in reversed(_looking) if its == company)
