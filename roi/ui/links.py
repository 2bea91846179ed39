"""Pages by the name in their address, and links between them that keep what is looked at.

Addresses are relative, so the program works under any base path. Everything that comes back from a
click or an address is checked against the names below.
"""

from collections.abc import Collection
from typing import NoReturn
from urllib.parse import parse_qsl, urlencode

import streamlit as st

PAGES = {
    "": "pages/portfolio.py",
    "teams": "pages/teams.py",
    "outcomes": "pages/outcomes.py",
    "data": "pages/data.py",
    "method": "pages/method.py",
    "team": "pages/team.py",
    "epic": "pages/epic.py",
    "initiative": "pages/initiative.py",
    "product": "pages/product.py",
    "start": "pages/start.py",
    "trace": "pages/trace.py",
}
SCOPE_KEYS = ("period", "by", "vs", "currency", "snap")
PAGE_KEYS = {
    "": ("open", "value"),
    "team": ("team",),
    "teams": ("view", "open"),
    "epic": ("epic",),
    "trace": ("figure", "team", "outcome", "epic", "initiative", "part", "stream", "product"),
    "outcomes": ("team", "outcome", "epic", "state", "view"),
    "initiative": ("initiative",),
    "product": ("value_stream",),
    "data": ("view", "source", "team", "area"),
}
_LINKS = "_links"
ALL_KEYS = frozenset(SCOPE_KEYS) | {key for keys in PAGE_KEYS.values() for key in keys}


def allowed(page: str) -> frozenset[str]:
    """The address keys that a page reads."""
    return frozenset((*SCOPE_KEYS, *PAGE_KEYS.get(page, ())))


def kept(key: str) -> str | None:
    """What a scope key was set to in this session; None = the default."""
    return _kept().get(key)


def _kept() -> dict[str, str | None]:
    """What every scope key was set to, in one look: a page asks for it with each of its links."""
    found = st.session_state.get(_LINKS)
    return found if isinstance(found, dict) else {}


def was_kept(key: str) -> bool:
    """Whether this session has looked at something already: its first address narrows nothing."""
    return key in _kept()


def keep(key: str, value: str | None) -> None:
    """Set a scope key for the session and the address."""
    st.session_state[_LINKS] = {**_kept(), key: value}
    if value is None:
        st.query_params.pop(key, None)
    elif st.query_params.get(key) != value:
        st.query_params[key] = value


def reset_scope() -> None:
    """Look at everything again."""
    for key in SCOPE_KEYS:
        keep(key, None)


def scope_query() -> dict[str, str]:
    """The scope as address keys; defaults are left out."""
    found = _kept()
    return {key: value for key in SCOPE_KEYS if (value := found.get(key)) is not None}


def href(page: str, **query: str) -> str:
    """The address of a page, with the scope: `team?team=onboarding&period=2026-01..2026-09`."""
    written = urlencode({**scope_query(), **{key: value for key, value in query.items() if value}}, safe=".")
    return f"{page or './'}{'?' + written if written else ''}"


def go(page: str, **query: str) -> NoReturn:
    """Switch to a page in this session, keeping the scope."""
    filled = {key: value for key, value in query.items() if value}
    st.switch_page(PAGES[page], query_params={**scope_query(), **filled})


def follow(address: str) -> None:
    """Switch to the page of an address that `href` wrote; anything else is ignored."""
    page, _, query = address.partition("?")
    page = page.removeprefix("./")
    if page in PAGES:
        go(page, **{key: value for key, value in parse_qsl(query) if key in allowed(page)})


def asked(key: str) -> str:
    """What the address says for one of the page's own keys; empty when it says nothing."""
    return st.query_params.get(key, "")


def obey(key: str, switch: str, views: Collection[str]) -> bool:
    """A switch shows what the address says when that is new: Back and Forward change the address alone.

    `switch` is the key of its widget, `views` what it can show, the first where the address says nothing.
    Asked before it is drawn; answers whether it is set, so that it needs no default.
    """
    here, seen = asked(key), f"_seen_{switch}"
    is_new = st.session_state.get(seen, here) != here
    st.session_state[seen] = here
    is_set = is_new and switch in st.session_state
    if is_set:
        st.session_state[switch] = here if here in views else next(iter(views))
    return is_set
