"""Remove something: what still uses it is shown first, and it goes only when nothing does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from roi.charts.markup import join, tag
from roi.commands.changing.requests import Receipt
from roi.reports import uses
from roi.story import words
from roi.ui import links, parts, session
from roi.ui.component import markup
from roi.ui.outcomes import conflict, done


@dataclass(frozen=True, slots=True)
class Removal:
    """What may be removed, what goes along with it, the outcomes that use it, and the command.

    `texts` is what it holds, by field: where somebody changed it meanwhile, both are shown.
    """

    key: str
    name: str
    along: str
    used_by: tuple[str, ...]
    command: Callable[..., Receipt]
    args: tuple[Any, ...]
    texts: dict[str, str] = field(default_factory=dict)
    form: str = ""
    """The form in which it is changed: it starts anew where the removal is undone."""


def draw(name: str, removals: Sequence[Removal]) -> None:
    """A button that opens what may be removed, what refers to it, and the way to remove it."""
    if not removals:
        return
    by_key = {one.key: one for one in removals}
    key = f"remove_{name}"
    kept = st.session_state.get(f"{key}_what")
    chosen = by_key.get(str(kept), removals[0])
    done.tell(conflict.draw(_form(name, chosen), chosen.texts), f"{chosen.name} is removed.")
    with st.popover("Remove", key=key):
        if len(removals) > 1:
            chosen = by_key[
                st.selectbox(
                    "What goes", list(by_key), format_func=lambda one: by_key[one].name, key=f"{key}_what"
                )
            ]
        conflict.shown(_form(name, chosen), session.store().version, chosen.texts)
        _one(name, chosen)


def _form(name: str, chosen: Removal) -> str:
    return f"remove_{name}_{chosen.key}"


def _one(name: str, chosen: Removal) -> None:
    """Who uses it; the button only where nobody does."""
    if chosen.used_by:
        _users(name, chosen)
        return
    along = f" {chosen.along}" if chosen.along else ""
    parts.callout("note", f"Nothing else uses {chosen.name}.{along} It can be undone.")
    if st.button(f"Remove {parts.plain(chosen.name)}", key=f"remove_{name}_now", type="primary"):
        receipt = conflict.press(_form(name, chosen), chosen.command, *chosen.args)
        if receipt is not None and chosen.form:
            conflict.end(chosen.form)
            conflict.saved(chosen.form, receipt)
        done.tell(receipt, f"{chosen.name} is removed.")


def _users(name: str, chosen: Removal) -> None:
    found = session.ask(uses.build, chosen.used_by)
    count = words.spelled(len(found), "outcome")
    verb = "uses" if len(found) == 1 else "use"
    what = tag("p", f"{words.sentence(count)} still {verb} {chosen.name}, so it stays. Change that first:")
    named = [
        tag(
            "li",
            parts.link(one.metric, links.href("epic", epic=one.epic)),
            tag("span", one.epic_name, class_="where"),
        )
        for one in found
    ]
    markup(join(what, tag("ul", *named, class_="issues")), key=f"remove_{name}_users")
