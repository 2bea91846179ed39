"""Who a browser acts as outlives a reload of its page, or a link of another address (decision D25).

So does which company it opened. Both are kept in this process by the browser's secret, a member also by the
database, never in an address, which is copied and sent: a link must not carry its sender's role. A browser
without a secret keeps nothing.
"""

import threading
from collections import OrderedDict

_MOST = 1_000
"""So many browsers are remembered; the eldest choice goes first."""

_CHOSEN: "OrderedDict[tuple[str, str], str]" = OrderedDict()
_LOCK = threading.Lock()


def keep(database: str, browser: str, name: str) -> None:
    """This browser acts as this member from now on."""
    if not browser:
        return
    with _LOCK:
        _CHOSEN.pop((database, browser), None)
        _CHOSEN[database, browser] = name
        while len(_CHOSEN) > _MOST:
            _CHOSEN.popitem(last=False)


def find(database: str, browser: str) -> str:
    """The member whom this browser chose; empty when it chose none."""
    with _LOCK:
        return _CHOSEN.get((database, browser), "") if browser else ""
