"""Where the draft lives between reruns, and widgets that are filled from it.

A widget's own value is gone once it is not drawn; the draft is not. So each widget starts from the
draft and gives its value back to it, and leaving the page loses nothing. Nor does a reload, which begins
a new session: what was begun is parked outside of sessions.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

import streamlit as st

from roi.ui import session
from roi.ui.states import plain
from roi.ui.upload import parked
from roi.ui.upload.draft import Draft
from roi.ui.upload.runner import ImportRun

T = TypeVar("T")

_DRAFT, _RUN, _DROPS = "_cost_draft", "_cost_run", "_cost_drops"
PREFIX = "cost_"


def draft() -> Draft:
    """The draft of this session; an empty one to begin with."""
    kept = st.session_state.get(_DRAFT)
    return kept if isinstance(kept, Draft) else Draft()


def keep(changed: Draft) -> Draft:
    """Remember the draft."""
    st.session_state[_DRAFT] = changed
    parked.keep(_owner(), changed, run())
    return changed


def _owner() -> parked.Owner:
    return parked.Owner(session.store().key, parked.browser(), session.actor().name)


def take_up() -> bool:
    """Go on with what this browser began before its page was loaded anew; whether there was anything.

    What had been reckoned about the files is reckoned again: the data may be another by now.
    """
    if _DRAFT in st.session_state or _RUN in st.session_state:
        return False
    found = parked.find(_owner())
    if found is None:
        return False
    files = tuple(replace(file, answered=None, compared=None, ahead=None) for file in found.draft.files)
    st.session_state[_DRAFT] = found.draft if found.run is not None else replace(found.draft, files=files)
    if found.run is not None:
        st.session_state[_RUN] = found.run
    return True


def show(changed: Draft) -> None:
    """Remember the draft and draw the page again from it."""
    keep(changed)
    st.rerun()


def forget() -> None:
    """An empty draft, and widgets that have forgotten theirs."""
    parked.forget(_owner())
    st.session_state.pop(_DRAFT, None)
    for key in [key for key in st.session_state if str(key).startswith(PREFIX)]:
        del st.session_state[key]
    empty_drop_zone()


def run() -> ImportRun | None:
    """The import of this session that has not been looked at to its end."""
    kept = st.session_state.get(_RUN)
    return kept if isinstance(kept, ImportRun) else None


def keep_run(started: ImportRun | None) -> None:
    """Remember an import that was started; None when its receipts are in the draft."""
    if started is None:
        st.session_state.pop(_RUN, None)
    else:
        st.session_state[_RUN] = started
    parked.keep(_owner(), draft(), started)


def drop_zone_key() -> str:
    """The key of the drop zone; a new one empties it."""
    return f"cost_drop_{st.session_state.get(_DROPS, 0)}"


def empty_drop_zone() -> None:
    """What was dropped is in the draft now; the zone is free for more."""
    st.session_state[_DROPS] = st.session_state.get(_DROPS, 0) + 1


def choose(
    label: str,
    options: Sequence[T],
    value: T,
    key: str,
    words: Callable[[T], str] = str,
) -> T:
    """A select that starts from the draft's value; its label is for readers of the screen aloud."""
    chosen = st.selectbox(
        plain(label),
        options,
        index=options.index(value) if value in options else 0,
        key=PREFIX + key,
        format_func=words,
        label_visibility="collapsed",
    )
    return options[0] if chosen is None else chosen
