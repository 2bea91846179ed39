"""Memory that answers no longer need goes back to the system.

Columns that are made of a period and dropped again leave holes between what is kept. The C library gives none
of them back by itself, and so a process that looks at many periods would take ever more room.
"""

import ctypes
from collections.abc import Callable
from functools import cache


def give_back() -> None:
    """Give back what is free: some thousandths of a second where there is little; nothing where none can."""
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    """What the C library of Linux has for it; others have none."""
    try:
        found: Callable[[int], int] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)
    except (OSError, TypeError):
        return None
    return found
