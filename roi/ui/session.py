"""What one browser session works with: the store, who acts, what is looked at, and answers already given.

An answer is kept under the database, its version, the code's version, the question and the actor; it
never ages (decision D12).
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import streamlit as st

from roi.actors import Actor, local_user
from roi.commands import keeping
from roi.demo import home
from roi.errors import ClosedMonthError, RoiError, StoreError
from roi.reports.shapes import Scope
from roi.store.database import Store
from roi.ui import acting, door, labels, quiet, restating, states
from roi.ui.upload import parked

P = ParamSpec("P")
R = TypeVar("R")

ACTOR, COMPANY, SCOPE, NOTICES = "_actor", "_company", "_scope", "_notices"
_KEPT_ANSWERS = 1_200
"""Those of every period that is prepared (see `prepared`), and as many that somebody asked for."""
BY_ROLES = frozenset(
    f"roi.reports.{name}"
    for name in "assumptions calendar methods paybacks portfolio team teams trace".split()
)
"""Reports that say the same to everybody of the same roles: one answer serves all of them."""
_TRIES = 3
_LOOK = timedelta(minutes=10)


@st.cache_resource(show_spinner=False, on_release=Store.close)
def _opened(path: str) -> Store:
    return home.open_store(Path(path), purpose="the dashboard")


def store() -> Store:
    """The open database: the company's own or the demo company's, as this session chose.

    Raises:
        StoreError: it is held by another process, damaged, or newer than this program.
    """
    return store_of(which_company())


def first_store() -> Store:
    """The database that a session begins with, outside of any session.

    Raises:
        StoreError: it is held by another process, damaged, or newer than this program.
    """
    return store_of(home.chosen())


def store_of(which: home.Company) -> Store:
    """The open database of a company, outside of any session.

    Raises:
        StoreError: it is held by another process, damaged, or newer than this program.
    """
    return _opened(str(home.path_of(which)))


def which_company() -> home.Company:
    """The company that this session looks at; until it chooses, its browser's choice, else the program's."""
    chosen = st.session_state.get(COMPANY)
    if isinstance(chosen, home.Company):
        return chosen
    kept = acting.find(COMPANY, parked.browser())
    return home.Company(kept) if kept else home.chosen()


_LAST_LOOK: dict[str, datetime] = {}


def keep_daily() -> None:
    """Back up what no backup holds for more than a day; looked at once in ten minutes at most."""
    now = datetime.now(UTC).replace(tzinfo=None)
    opened = store()
    if is_demo() or now - _LAST_LOOK.get(opened.key, datetime.min) < _LOOK:  # noqa: DTZ901 - the first look
        return
    _LAST_LOOK[opened.key] = now
    try:
        keeping.backup_if_due(opened, now)
    except StoreError as error:
        notify(f"The daily backup failed: {error}")


def is_demo() -> bool:
    """Whether the fictional company is open."""
    return which_company() is home.Company.DEMO


def switch_company(which: home.Company) -> None:
    """Look at the other company from now on; nothing that was begun in the first goes along."""
    st.session_state.clear()
    st.query_params.clear()
    st.session_state[COMPANY] = which
    acting.keep(COMPANY, parked.browser(), which.value)


def reset_demo() -> None:
    """Make the demo company anew; whatever was tried out in it is gone.

    Raises:
        StoreLockedError: another program has it open.
    """
    with quiet.undisturbed():
        close()
        home.make(home.demo_path())
    switch_company(home.Company.DEMO)


def close() -> None:
    """Let go of the database and of its answers; the next page opens it again.

    A database made anew at the same place reaches the same change numbers with other changes.
    """
    with quiet.undisturbed():
        _opened.clear()
        _answers.clear()


def actor() -> Actor:
    """Who acts: the member chosen in the sidebar, else the single local user with every role."""
    chosen = st.session_state.get(ACTOR)
    return chosen if isinstance(chosen, Actor) else local()


def local() -> Actor:
    """The single local user, who has every role."""
    return local_user("You")


def scope() -> Scope:
    """What is looked at, as the scope bar and the link say."""
    chosen = st.session_state.get(SCOPE)
    return chosen if isinstance(chosen, Scope) else Scope()


def today() -> date:
    """The day is handed in to every report, so that they stay reproducible; the demo has its own."""
    return today_of(which_company())


def today_of(which: home.Company) -> date:
    """The day on which a company is looked at."""
    return store_of(which).today


_Key = tuple[str, int, object, object, object]
"""Database, its version, the code's, the question, and who asks."""


class _Answers:
    """The latest answers, oldest out first; frozen, so they are shared and never copied."""

    def __init__(self) -> None:
        self._kept: OrderedDict[_Key, object] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: _Key) -> object | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: _Key, answer: object) -> None:
        with self._lock:
            self._kept[key] = answer
            while len(self._kept) > _KEPT_ANSWERS:
                self._kept.popitem(last=False)

    def forget_older(self, store_key: str, version: int) -> None:
        """Let go of answers of earlier versions of a database, which nobody can ask for again."""
        with self._lock:
            for key in [key for key in self._kept if key[0] == store_key and key[1] < version]:
                del self._kept[key]


@st.cache_resource(show_spinner=False)
def _answers() -> _Answers:
    return _Answers()


@cache
def code_version() -> str:
    """A short hash of the program's own files; a changed program asks again."""
    root = Path(__file__).resolve().parents[1]
    digest = sha256()
    for path in sorted((*root.rglob("*.py"), *root.rglob("*.sql"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def answer(build: Callable[Concatenate[Store, Actor, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """The report's answer for this actor, from memory while the data has not changed.

    Raises:
        RoiError: whatever the report refuses.
    """
    door.enter()
    with quiet.busy():
        return answer_of(store(), actor(), build, *args, **kwargs)


def answer_of(
    opened: Store,
    acting: Actor,
    build: Callable[Concatenate[Store, Actor, P], R],
    *args: P.args,
    **kwargs: P.kwargs,
) -> R:
    """The report's answer for this actor from this database, from memory while it has not changed.

    Raises:
        RoiError: whatever the report refuses.
    """
    kept, named = _answers(), _question(acting, build, *args, **kwargs)
    for _ in range(_TRIES):
        version = opened.version
        key = (opened.key, version, *named)
        found = kept.find(key)
        if found is not None:
            return found  # type: ignore[return-value]  # the key names the question
        given = build(opened, acting, *args, **kwargs)
        if getattr(given, "version", version) == version:
            kept.keep(key, given)
            return given
    return given


def _question(
    acting: Actor, build: Callable[Concatenate[Store, Actor, P], R], *args: P.args, **kwargs: P.kwargs
) -> tuple[object, object, object]:
    question = (build.__module__, build.__qualname__, args, tuple(sorted(kwargs.items())))
    name = "" if build.__module__ in BY_ROLES else acting.name
    return code_version(), question, (name, acting.roles)


def forget_older(opened: Store) -> None:
    """Let go of the answers of earlier versions of this database."""
    _answers().forget_older(opened.key, opened.version)


def ask(build: Callable[Concatenate[Store, Actor, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """The report's answer, or the state that says why there is none; then the page ends."""
    try:
        return answer(build, *args, **kwargs)
    except StoreError as error:
        states.stop_page(error)
    except RoiError as error:
        states.refused_page(error)
    return st.stop()


def do(command: Callable[Concatenate[Store, Actor, P], R], *args: P.args, **kwargs: P.kwargs) -> R | None:
    """Carry out a command as the acting person; None when it was refused, and the page says why.

    One that would move a closed month is kept: the next page offers to name it as a restatement.
    """
    try:
        with quiet.busy():
            return command(store(), actor(), *args, **kwargs)
    except ClosedMonthError as error:
        states.refusal(error)
        kept = restating.Kept(str(error), partial(command, store(), actor(), *args, **kwargs))
        restating.offer(kept)
    except StoreError as error:
        states.stop_page(error)
    except RoiError as error:
        states.refusal(labels.named(command, error))
    return None


def notify(text: str) -> None:
    """Say something once, on the next page that is drawn."""
    st.session_state.setdefault(NOTICES, []).append(text)


def say_notices() -> None:
    """Show what `notify` kept."""
    for text in st.session_state.pop(NOTICES, []):
        st.toast(states.plain(text))
