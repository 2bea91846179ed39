"""The states that all pages share: nothing yet, no match, refused, stopped, and something went wrong.

Each says what happened, what is safe, and the one next step. Never a traceback.
"""

import logging
import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from roi.charts.markup import Html, join, tag
from roi.errors import (
    INTACT,
    UNSAVED,
    Issue,
    NewerSchemaError,
    NotAllowedError,
    RefusedError,
    RoiError,
    StoreDamagedError,
    StoreError,
    StoreExposedError,
    StoreLockedError,
    UnchangedError,
)
from roi.story import words
from roi.ui import links

_LOG = logging.getLogger("roi.ui")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:])")


def plain(text: str) -> str:
    """The text for a widget that reads Markdown, so that no character of it is a command."""
    return _MARKDOWN.sub(r"\\\1", text)


def callout(kind: str, text: str) -> None:
    """One sentence on a tint. `kind` is note, good, attention or bad."""
    st.html(callout_html(kind, text))


def callout_html(kind: str, text: str) -> Html:
    """The markup of a callout."""
    marks = {"good": "✓ ", "attention": "! ", "bad": "✕ "}
    return tag("p", tag("b", marks.get(kind, "")), text, class_=f"callout {kind}", role="status")


def empty_state(title: str, text: str, action: tuple[str, str] | None = None) -> None:
    """What will be here, and the one next step (its label and its page)."""
    st.html(tag("div", tag("h2", title, class_="sec"), tag("p", text, class_="sub"), class_="empty"))
    if action:
        label, page = action
        key = re.sub(r"\W+", "-", f"empty-{title}-{page}".lower())
        if st.button(label, key=key, type="primary"):
            links.go(page)


def no_match(text: str, label: str = "Look at everything") -> None:
    """The scope holds nothing; one step widens it."""
    st.html(tag("div", tag("h2", text, class_="sec"), class_="empty"))
    st.button(label, key="widen", on_click=links.reset_scope)


def refusal(error: RoiError) -> None:
    """A request that was refused: why, what is safe, and each problem once with what to do."""
    issues = error.issues if isinstance(error, RefusedError) else ()
    is_among = any(issue.message == str(error) for issue in issues)
    st.html(
        tag(
            "div",
            None if is_among else tag("p", tag("b", str(error))),
            _refused(issues),
            None if not is_among and str(error).endswith(error.safe) else tag("p", error.safe, class_="sub"),
            class_="callout note" if isinstance(error, UnchangedError) else "callout bad",
            role="alert",
        )
    )


def _refused(issues: Sequence[Issue]) -> Html | None:
    """The problems of a form, as whoever filled it in knows its fields; what is safe is said once, below."""
    return _issues([replace(issue, message=_without_safe(issue.message)) for issue in issues], _typed)


def _without_safe(message: str) -> str:
    for safe in (UNSAVED, INTACT):
        message = message.removesuffix(safe).rstrip()
    return message


def refused_page(error: RoiError) -> None:
    """A page that cannot be answered: why, and the way back."""
    title = "This needs another role" if isinstance(error, NotAllowedError) else "There is nothing here"
    st.html(tag("div", tag("h1", title, class_="act"), tag("p", str(error), class_="lede"), role="alert"))
    if st.button("See Portfolio", key="to-portfolio", type="primary"):
        links.go("")


def stop_page(error: StoreError) -> None:
    """The data cannot be read: no figure is shown, and what to do."""
    title, steps = _stop_words(error)
    items = [tag("li", step) for step in steps]
    st.html(
        tag(
            "div",
            tag("h1", title, class_="act"),
            tag("p", str(error), class_="lede"),
            tag("p", error.safe, class_="sub"),
            tag("ol", *items),
            class_="stopped",
            role="alert",
        )
    )
    st.button("Try again", key="try-again", type="primary")


def unsafe_page(doors: Sequence[str]) -> None:
    """The program runs under settings that let others in: no figure is shown, and which they are."""
    st.html(
        tag(
            "div",
            tag("h1", "No figure is shown: the settings let others in", class_="act"),
            tag("ol", *(tag("li", door) for door in doors)),
            tag("p", "Set them back, stop the program and start it again.", class_="sub"),
            class_="stopped",
            role="alert",
        )
    )


def _stop_words(error: StoreError) -> tuple[str, tuple[str, ...]]:
    if isinstance(error, StoreLockedError):
        return "The data is in use elsewhere", (
            "Close the other program, or work there.",
            "Then try again. Nothing has to be repaired.",
        )
    if isinstance(error, StoreDamagedError):
        return "No figure is shown: the data fails a check", (
            "Stop this program. Keep the file as it is; do not delete it.",
            "Look closer with: python -m roi verify --deep",
            "Bring back the latest backup with: python -m roi restore",
            "Backups lie in the folder “backups” beside the data.",
        )
    if isinstance(error, StoreExposedError):
        return "No figure is shown: others on this machine could read the data", (
            "Ask whether somebody should have been able to: the file was opened to others by hand.",
            "Close it with the command above, then try again.",
        )
    if isinstance(error, NewerSchemaError):
        return "The data was written by a newer version", ("Start the newer version of this program.",)
    return "The data cannot be read right now", ("Try again in a minute.",)


def something_went_wrong(error: Exception) -> None:
    """An error of ours: what is safe, retry, and a reference that finds it in the log."""
    reference = secrets.token_hex(4)
    _LOG.error("Reference %s", reference, exc_info=error)
    st.html(
        tag(
            "div",
            tag("h1", "This page could not be drawn", class_="act"),
            tag("p", "Your data is unharmed: a page never changes it.", class_="lede"),
            tag("p", "If it happens again, give this reference to whoever runs the program: ", class_="sub"),
            tag("p", tag("code", reference)),
            class_="stopped",
            role="alert",
        )
    )
    st.button("Try again", key="try-again", type="primary")


def guarded(draw: Callable[[], None]) -> None:
    """Draw a page; whatever goes wrong in it becomes a state of the page."""
    try:
        draw()
    except StoreError as error:
        stop_page(error)
    except RoiError as error:
        refused_page(error)
    except Exception as error:  # noqa: BLE001 - the last floor: said, logged with a reference, not hidden
        something_went_wrong(error)


def issue_list(issues: Sequence[Issue]) -> None:
    """All problems at once: where, what was sent, what is expected, how to repair it; blockers first."""
    if issues:
        st.html(_issues(issues))


def _issues(issues: Sequence[Issue], sent: Callable[[Issue], list[str]] | None = None) -> Html | None:
    rows = sorted(issues, key=lambda issue: (not issue.is_blocker, issue.line or 0))
    items = (tag("li", _issue(issue, (sent or _sent)(issue))) for issue in rows)
    return tag("ul", *items, class_="issues") if rows else None


def _issue(issue: Issue, told: Sequence[str]) -> Html:
    repeated = f" ({words.counted(issue.count, 'row')})" if issue.count > 1 else ""
    line = " · ".join(part for part in told if part)
    mark = tag("b", "Must be repaired: " if issue.is_blocker else "Please note: ")
    fix = tag("span", issue.fix, class_="fix") if issue.fix else None
    parts = (mark, issue.message + repeated, tag("span", line, class_="where") if line else None, fix)
    return join(*parts)


def _sent(issue: Issue) -> list[str]:
    """Of a file: its row, our field, what stood there, and what is expected."""
    return [
        f"Row {issue.line}" if issue.line else "",
        issue.column or "",
        f"you sent “{issue.sent}”" if issue.sent is not None else "",
        _expected(issue),
    ]


def _typed(issue: Issue) -> list[str]:
    """The same of a form, which has no rows: its field in words, what was typed, and what is expected."""
    if issue.line:
        return _sent(issue)
    typed = f"you gave “{issue.sent}”" if issue.sent else "left empty" if issue.sent is not None else ""
    return [words.sentence((issue.column or "").replace("_", " ")), typed, _expected(issue)]


def _expected(issue: Issue) -> str:
    return f"expected {issue.expected}" if issue.expected else ""
