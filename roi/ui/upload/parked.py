"""An upload outlives a reload of its page: for its own browser and person, for nobody else (law T10).

A reload begins a new session, and cost files hold pay, so nothing of this stands in an address, which is
copied and sent. A browser is known by the secret that it holds against forged requests; without one,
nothing is kept.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import streamlit as st

from roi.ui.upload.draft import Draft, Step
from roi.ui.upload.runner import ImportRun

KEPT_FOR = timedelta(hours=1)
_MOST, _MOST_BYTES = 20, 400_000_000
_COOKIE, _VERSION, _PARTS = "_streamlit_xsrf", "2", 4


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose upload it is: the database, the browser's secret, and the name that acts."""

    database: str
    browser: str
    name: str


@dataclass(frozen=True, slots=True)
class Parked:
    """What was begun: the draft, and the import that runs."""

    draft: Draft
    run: ImportRun | None
    at: datetime

    @property
    def size(self) -> int:
        """Bytes of its files."""
        return sum(len(file.content) for file in self.draft.files)


_KEPT: "OrderedDict[Owner, Parked]" = OrderedDict()
_LOCK = threading.Lock()
_WAITING: list[threading.Timer] = []
_LOOKS = 6
"""So often in the time that something is kept it is looked at; it is gone a sixth of that later at most."""


def browser() -> str:
    """The secret of the browser that looks at the page; empty when it has none."""
    return secret(str(st.context.cookies.get(_COOKIE, "")))


def secret(cookie: str) -> str:
    """What stays the same in the cookie, which is masked anew for every answer; empty when it is another."""
    parts = cookie.split("|")
    if len(parts) != _PARTS or parts[0] != _VERSION:
        return ""
    try:
        mask, masked = bytes.fromhex(parts[1]), bytes.fromhex(parts[2])
    except ValueError:
        return ""
    if not mask or not masked:
        return ""
    return bytes(byte ^ mask[i % len(mask)] for i, byte in enumerate(masked)).hex()


def keep(owner: Owner, draft: Draft, run: ImportRun | None, now: datetime | None = None) -> None:
    """Keep what was begun; what is finished or empty is let go, and so is what is too old or too much."""
    if not owner.browser:
        return
    at = now or datetime.now(UTC)
    with _LOCK:
        _KEPT.pop(owner, None)
        if run is not None or (draft.files and draft.step is not Step.DONE):
            _KEPT[owner] = Parked(draft, run, at)
        _let_go(at)
        if now is None:
            _look_later()


def find(owner: Owner, now: datetime | None = None) -> Parked | None:
    """What this owner began less than an hour ago."""
    with _LOCK:
        _let_go(now or datetime.now(UTC))
        return _KEPT.get(owner) if owner.browser else None


def forget(owner: Owner) -> None:
    """Let go of what this owner began."""
    with _LOCK:
        _KEPT.pop(owner, None)


def _let_go(now: datetime) -> None:
    """The eldest first; one that is still written to was put at the end."""
    held = sum(parked.size for parked in _KEPT.values())
    for owner, parked in list(_KEPT.items()):
        if now - parked.at < KEPT_FOR and len(_KEPT) <= _MOST and held <= _MOST_BYTES:
            return
        held -= parked.size
        del _KEPT[owner]


def _look_later() -> None:
    """While something is kept, look now and then whether it is too old: it goes though nobody comes back."""
    if _KEPT and not _WAITING:
        timer = threading.Timer(KEPT_FOR.total_seconds() / _LOOKS, _look)
        timer.daemon = True
        _WAITING.append(timer)
        timer.start()


def _look() -> None:
    with _LOCK:
        _WAITING.clear()
        _let_go(datetime.now(UTC))
        _look_later()
