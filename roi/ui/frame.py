"""What stands around every page: look, scope bar, sidebar foot, and what must not be overlooked.

`frame()` runs between `st.navigation()` and the page: widgets that are declared there keep their value
from page to page (decision D26).
"""

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from roi.actors import Action, Actor
from roi.charts.markup import Html, tag
from roi.errors import StoreError
from roi.reports import shell as shell_report
from roi.reports.shapes import Books, Scope, ShellReport
from roi.story import clock_words, head_words, words
from roi.ui import (
    acting,
    component,
    drawer,
    links,
    parts,
    quiet,
    restating,
    safety,
    scope_bar,
    session,
    states,
)
from roi.ui.upload import parked

ASSETS = Path(__file__).parent / "assets"
_FITS = 24
"""So many letters of a name and its roles are seen in the box; the roles of more stand beneath it."""
_UNCHOSEN = "_nobody_chosen"
_CHOOSE = "Nobody is chosen in this browser yet, so it acts as who may do least. Choose your name above"
_WITH_VIEWS = frozenset({"teams", "outcomes", "data"})
_WITHOUT_SCOPE = frozenset({"method", "start"})


def dress() -> None:
    """Icon, logo and style sheet, all from this machine; and the drawer that a number opens."""
    component.opens_with(drawer.how_we_know)
    st.set_page_config(page_icon=str(ASSETS / "favicon.png"), layout="wide")
    st.html(ASSETS / "roi.css")
    st.logo(str(ASSETS / "logo.png"), size="large", icon_image=str(ASSETS / "mark.png"))


def frame(page: Page) -> None:
    """Draw everything around the page, and decide who acts and what is looked at."""
    parts.name_tab(page.title)
    if doors := safety.unsafe():
        states.unsafe_page(doors)
        st.stop()
    try:
        shell = session.answer(shell_report.build, Scope())
    except StoreError as error:
        states.stop_page(error)
        st.stop()
    _choose_actor(shell)
    quiet.looked(session.which_company().value, session.actor())
    scope_bar.read_address(page.url_path, shell)
    _head(page, shell)
    _foot(shell)
    _leave(page)
    _strips(page, shell)
    session.keep_daily()
    session.say_notices()
    restating.draw()


def _head(page: Page, shell: ShellReport) -> None:
    with st.container(key="scope", horizontal=True, vertical_alignment="center", gap="small"):
        st.session_state[parts.EYEBROW] = st.empty()
        if page.url_path not in _WITHOUT_SCOPE:
            scope_bar.draw(shell)


def _choose_actor(shell: ShellReport) -> None:
    """The member whose name was chosen, else who may do least; without members the single local user.

    A press that leads to another page makes Streamlit forget what was chosen for one run: whoever acted
    goes on acting then, so that no page is ever drawn for somebody who may see more.
    """
    actors = {actor.name: actor for actor in shell.actors}
    acted = getattr(st.session_state.get(session.ACTOR), "name", "") or acting.find(*_browser())
    chosen = st.session_state.get("acting_as", acted)
    if actors:
        if str(chosen) not in actors:
            st.session_state[_UNCHOSEN] = len(actors) > 1
        st.session_state[session.ACTOR] = actors.get(str(chosen), first_of(shell.actors))
    else:
        st.session_state.pop(session.ACTOR, None)


def _browser() -> tuple[str, str]:
    """By what the choice of a browser is kept: which database is open, and the browser's secret."""
    return session.store().key, parked.browser()


def _keep_choice() -> None:
    st.session_state.pop(_UNCHOSEN, None)
    acting.keep(*_browser(), str(st.session_state["acting_as"]))


def first_of(actors: tuple[Actor, ...]) -> Actor:
    """Who acts until somebody is chosen: whoever may do least, so that nobody sees or decides by accident."""
    readers = [actor for actor in actors if actor.may(Action.READ_FIGURES)] or actors
    return min(readers, key=lambda actor: sum(actor.may(action) for action in Action))


def _foot(shell: ShellReport) -> None:
    with st.sidebar:
        name = shell.company.name if shell.company else "No company yet"
        lines = [tag("b", name), *_demo(), *_latest(shell)]
        if shell.books is not Books.EMPTY:
            lines.append(_books(shell.books))
        st.html(tag("div", *lines, class_="side-note"))
        if shell.actors:
            names = [actor.name for actor in shell.actors]
            roles = {actor.name: _roles(actor) for actor in shell.actors}
            st.selectbox(
                "Acting as",
                names,
                names.index(st.session_state[session.ACTOR].name),
                key="acting_as",
                on_change=_keep_choice,
                format_func=lambda name: f"{name} · {roles[name]}",
            )
            name = st.session_state[session.ACTOR].name
            told = beneath(name, roles[name])
            if told:
                st.html(tag("p", told, class_="side-note"))
            if st.session_state.get(_UNCHOSEN):
                st.html(tag("p", f"{_CHOOSE}, or say that it is yours.", class_="side-note"))
                st.button(f"I am {name}", key="acting_is_me", on_click=_keep_choice)


def beneath(name: str, roles: str) -> str:
    """What the box of who acts cuts: the roles, and a name that is too long by itself; else nothing."""
    if len(name) + len(roles) <= _FITS:
        return ""
    whose = f"{name}: " if len(name) > _FITS else ""
    return f"{words.sentence(whose + roles)}."


def _leave(page: Page) -> None:
    """The navigation's link of the page that is open leads out of its view, to the page itself."""
    is_in_view = any(links.asked(key) for key in links.PAGE_KEYS.get(page.url_path, ()))
    if page.url_path in _WITH_VIEWS and is_in_view:
        with st.sidebar:
            is_pressed = component.is_left("leave_view")
        if is_pressed:
            links.go(page.url_path)


def _demo() -> list[Html]:
    return [tag("span", "Demo company: fictional numbers.")] if session.is_demo() else []


def _roles(actor: Actor) -> str:
    return ", ".join(sorted(role.value.replace("_", " ") for role in actor.roles))


def _latest(shell: ShellReport) -> list[Html]:
    if shell.latest is None:
        return [tag("span", "No costs imported yet.")]
    return [tag("span", f"Costs imported {words.day(shell.latest.at)} by {shell.latest.actor}.")]


def _books(books: Books) -> Html:
    if books is Books.AGREE:
        return tag("span", "✓ Agree with the books", class_="ok")
    if books is Books.DIFFER:
        return tag("span", "! Do not agree with the books", class_="attn")
    return tag("span", words.sentence(books.value))


def _strips(page: Page, shell: ShellReport) -> None:
    """What every page has to say while it is so."""
    if session.is_demo() and page.url_path != "start":
        link = parts.link("Start with my company", links.href("start"))
        told = "Demo company: fictional numbers. Try anything, it can be reset. "
        component.markup(tag("p", told, link, class_="ribbon", role="status"), key="demo-ribbon")
    if page.url_path not in _WITHOUT_SCOPE:
        scope_bar.narrowed(shell)
    last = session.store().clock_behind
    if last is not None:
        states.callout("attention", clock_words.behind(last))
    if (found := session.store().head_lost) is not None:
        states.callout("attention", head_words.lost(session.store().head_path.name, found))
    pinned = links.kept("snap")
    if pinned:
        states.callout("note", f"You look at the state after change {pinned}. Later changes are left out.")
    if shell.books is Books.DIFFER and page.url_path != "data":
        told = "The ledger does not agree with the control total that finance stated. "
        link = parts.link("See the difference", links.href("data"))
        body = tag("p", tag("b", "! "), told, link, class_="callout attention", role="status")
        component.markup(body, key="unreconciled")
