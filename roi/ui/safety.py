"""Settings under which the dashboard shows nothing: each opens a door that has no lock (S3, S4).

`.streamlit/config.toml` has them right; a flag, an environment variable or a user's own file can undo that.
"""

from collections.abc import Callable, Mapping
from ipaddress import ip_address

import streamlit as st

MOST_MEGABYTES = 50
_SECRET_LETTERS = 32
_COOKIE_SECRET = "server.cookieSecret"  # noqa: S105 - the name of a setting

Check = Callable[[object], bool]


def _is_this_machine(value: object) -> bool:
    if value == "localhost":
        return True
    try:
        return ip_address(str(value)).is_loopback
    except ValueError:
        return False


def _is_on(value: object) -> bool:
    return value is True


def _is_off(value: object) -> bool:
    return not value


def _names_hosts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and "*" not in value


def _is_no_wildcard(value: object) -> bool:
    return not (isinstance(value, list) and "*" in value)


def _is_small(value: object) -> bool:
    return isinstance(value, int) and 0 < value <= MOST_MEGABYTES


_RULES: Mapping[str, tuple[Check, str]] = {
    "server.address": (
        _is_this_machine,
        "must be 127.0.0.1: there is no login",
    ),
    "server.allowedHosts": (_names_hosts, "must name the hosts by which the dashboard is reached"),
    "server.enableXsrfProtection": (_is_on, "must be on"),
    "server.enableCORS": (_is_on, "must be on: it keeps other sites' scripts out"),
    "server.corsAllowedOrigins": (_is_no_wildcard, "must not let every site in"),
    "server.enableStaticServing": (_is_off, "must be off"),
    "server.enableAgentApi": (_is_off, "must be off: it lets a program work the dashboard"),
    "server.maxUploadSize": (_is_small, f"must be at most {MOST_MEGABYTES} MB"),
    "client.showErrorDetails": (lambda value: value == "none", "must be none: details name files and data"),
    "browser.gatherUsageStats": (_is_off, "must be off: nothing leaves this machine"),
    "global.developmentMode": (_is_off, "must be off"),
    "logger.level": (lambda value: str(value).lower() not in {"debug", "trace"}, "must not be debug"),
}


def unsafe(settings: Mapping[str, object] | None = None) -> tuple[str, ...]:
    """What is wrong with the settings in force, each as a sentence; empty when all doors are closed.

    `settings` are asked before those in force.
    """
    asked = settings or {}
    found = []
    for name, (is_safe, wanted) in _RULES.items():
        value = _value(name, asked)
        if not is_safe(value):
            found.append(f"The setting {name} is {_said(value)}; it {wanted}.")
    return (*found, *_weak_secret(_value(_COOKIE_SECRET, asked)))


def _value(name: str, asked: Mapping[str, object]) -> object:
    return asked[name] if name in asked else st.get_option(name)


def _weak_secret(secret: object) -> tuple[str, ...]:
    """Without a secret in the settings a random one is made at each start, which is as good as any."""
    if not isinstance(secret, str) or (len(secret) >= _SECRET_LETTERS and len(set(secret)) > 5):
        return ()
    told = f"is shorter than {_SECRET_LETTERS} letters or easily guessed; leave it out, or make a random one"
    return (f"The setting {_COOKIE_SECRET} {told}.",)


def _said(value: object) -> str:
    return "empty" if value in (None, "", []) else str(value)
