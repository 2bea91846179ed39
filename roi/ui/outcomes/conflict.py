"""Two editors: whoever saves second sees both texts and decides; nothing is overwritten unseen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

import streamlit as st

from roi.commands.changing.requests import Receipt
from roi.errors import ConflictError, RefusedError
from roi.ui import labels, parts, session
from roi.ui.outcomes import fields
from roi.ui.parts import Cell, Column, Row

_KEPT, _BASE, _OPENED, _SHOWN = "_conflict", "_based_on", "_opened_on", "_shown"
_PRESSED_ON, _SAVED = "_pressed_on", "_saved_form"
Texts = Mapping[str, str]
"""What stands in each field, by its name."""
_Seen = tuple[int, dict[str, str]]
Held = TypeVar("Held")


@dataclass(frozen=True, slots=True)
class _Conflict:
    """What was to be saved, by which command, and why it was not."""

    form: str
    told: str
    mine: Texts
    command: Callable[..., Receipt]
    is_pressed: bool = False
    asked: object = None
    """The command as the form gave it: in a refusal of it fields are called as the form calls them."""
    seen: int | None = None
    """The version beside which the two texts were shown last."""


def begin(form: str, probe: str) -> None:
    """Remember the version that a form is opened on; `probe` is a field of it that is absent until then.

    Streamlit forgets the fields of a page that is left, so coming back opens the form anew.
    """
    if probe not in st.session_state or form not in _bases():
        _bases()[form] = session.store().version


def _bases() -> dict[str, int]:
    kept: dict[str, int] = st.session_state.setdefault(_BASE, {})
    return kept


def opened(form: str, rows: Sequence[Held]) -> tuple[Held, ...]:
    """The rows that a form with rows was opened on: it keeps them, whatever others add or take away."""
    kept: dict[str, tuple[int | None, tuple[Held, ...]]] = st.session_state.setdefault(_OPENED, {})
    if form not in kept or kept[form][0] != based_on(form):
        kept[form] = (based_on(form), tuple(rows))
    return kept[form][1]


def based_on(form: str) -> int | None:
    """The version that the form was opened on."""
    return _bases().get(form)


def end(form: str) -> None:
    """The form is saved or left: its fields start from what is held."""
    _bases().pop(form, None)
    fields.again(form)
    if is_kept(form):
        st.session_state.pop(_KEPT)


def shown(form: str, version: int, texts: Texts) -> None:
    """What is drawn now, of which version; a button pressed in this run was pressed on what stood before.

    For decisions that are no form: call it once in every run, before the buttons.
    """
    kept: dict[str, tuple[_Seen, _Seen]] = st.session_state.setdefault(_SHOWN, {})
    now: _Seen = (version, dict(texts))
    kept[form] = (kept[form][1] if form in kept else now, now)


def pressed(form: str, *what: Any) -> None:
    """The callback of a button: keep what it was drawn for, as another's change may draw it otherwise now."""
    st.session_state[_PRESSED_ON] = (form, what)


def taken(form: str) -> tuple[Any, ...] | None:
    """What the button of this form was pressed on, once; None when it was not."""
    kept = st.session_state.get(_PRESSED_ON)
    if kept is None or kept[0] != form:
        return None
    st.session_state.pop(_PRESSED_ON)
    return tuple(kept[1])


def press(form: str, command: Callable[..., Receipt], *args: Any, **kwargs: Any) -> Receipt | None:
    """Carry out a decision about what was `shown`; None when it was refused.

    When somebody was first, the page is drawn anew, where `draw` shows what has changed.
    """
    version, texts = st.session_state[_SHOWN][form][0]
    found = _Conflict(form, "", texts, command, is_pressed=True, asked=command)
    trying = partial(_trying, found, *args, **kwargs)
    receipt = session.do(lambda store, actor, **more: trying(store, actor, based_on=version, **more))
    if receipt is None and is_kept(form):
        st.rerun()
    return receipt


def save(
    form: str, mine: Texts, command: Callable[..., Receipt], *args: Any, **kwargs: Any
) -> Receipt | None:
    """Carry out the command on the version that the form was opened on.

    None when it was refused; when somebody saved in between, both texts are kept for `draw`.
    """
    trying = partial(_trying, _Conflict(form, "", mine, command, asked=command), *args, **kwargs)
    receipt = session.do(lambda store, actor, **more: trying(store, actor, based_on=based_on(form), **more))
    if receipt is not None:
        end(form)
        saved(form, receipt)
    return receipt


def saved(form: str, receipt: Receipt) -> None:
    """Remember which form a change came from: its undo lets that form alone start from what is held again."""
    st.session_state[_SAVED] = (receipt.change_id, form)


def form_of(change_id: int) -> str:
    """The form that a change came from; empty where it came from none."""
    kept: tuple[int, str] = st.session_state.get(_SAVED, (0, ""))
    return kept[1] if kept[0] == change_id else ""


def _trying(found: _Conflict, *args: Any, **kwargs: Any) -> Receipt | None:
    *given, store, actor = args
    try:
        return found.command(store, actor, *given, **kwargs)
    except ConflictError as error:
        kwargs.pop("based_on", None)
        again = partial(_again, found.command, given, kwargs)
        st.session_state[_KEPT] = replace(found, told=str(error), command=again)
        return None
    except RefusedError as error:
        raise labels.named(found.asked, error) from error


def _again(
    command: Callable[..., Receipt], given: list[Any], more: dict[str, Any], *who: Any, **further: Any
) -> Receipt:
    """The command as it was given, for a store and an actor; `further` says what it rests on, or restates."""
    return command(*who, *given, **{**more, **further})


def draw(form: str, theirs: Texts) -> Receipt | None:
    """Both texts side by side, where they differ; the receipt when mine was saved after all.

    `theirs` is what is stored now. Taking theirs reloads the form from it.
    """
    kept = st.session_state.get(_KEPT)
    if not isinstance(kept, _Conflict) or kept.form != form:
        return None
    parts.callout("attention", f"{kept.told} Nothing was changed yet.")
    _differences(kept, theirs)
    st.session_state[_KEPT] = replace(kept, seen=session.store().version)
    mine, other = _PRESSED if kept.is_pressed else _TYPED
    with st.container(horizontal=True, key="conflict_bar"):
        if st.button(mine, key="conflict_mine"):
            return _save_mine(kept)
        if st.button(other, key="conflict_theirs", type="primary"):
            end(form)
            fields.anew()
            st.session_state[f"{_KEPT}_taken"] = form
            st.rerun()
    return None


_TYPED = ("Save mine over it", "Take what is saved")
_PRESSED = ("Do it all the same", "Look again first")


def _differences(kept: _Conflict, theirs: Texts) -> None:
    """Where the two texts differ; nothing is drawn where they do not."""
    mine = kept.mine
    names = [name for name in {**mine, **theirs} if mine.get(name, "") != theirs.get(name, "")]
    if not names:
        return
    heads = ("You saw", "It is now") if kept.is_pressed else ("Yours", "Saved meanwhile")
    columns = [Column("Field", "text"), *(Column(head, "prose") for head in heads)]
    rows = [Row((Cell(name), Cell(mine.get(name, "")), Cell(theirs.get(name, ""))), "flat") for name in names]
    parts.graphic_table("conflict", "Where the two texts differ", columns, rows)


def told(form: str) -> str:
    """Who was first, and when; empty where nothing waits for a decision."""
    kept = st.session_state.get(_KEPT)
    return kept.told if isinstance(kept, _Conflict) and kept.form == form else ""


def is_kept(form: str) -> bool:
    """Whether two texts of this form wait for a decision."""
    kept = st.session_state.get(_KEPT)
    return isinstance(kept, _Conflict) and kept.form == form


def was_taken(form: str) -> bool:
    """Whether what is saved shall replace what was typed; asked once."""
    if st.session_state.get(f"{_KEPT}_taken") != form:
        return False
    st.session_state.pop(f"{_KEPT}_taken")
    return True


def _save_mine(kept: _Conflict) -> Receipt | None:
    """Over what was shown beside it, and over nothing that came after: that is shown first."""
    trying = partial(_trying, replace(kept, seen=None))
    receipt = session.do(lambda store, actor, **more: trying(store, actor, based_on=kept.seen, **more))
    if receipt is not None:
        end(kept.form)
        saved(kept.form, receipt)
    elif is_kept(kept.form) and st.session_state[_KEPT].seen is None:
        st.rerun()
    return receipt
