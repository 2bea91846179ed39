"""What was worked out of one state of a store, kept for every reader, filter and page that looks at it.

A change touches some tables. What rests on cost alone outlives a change of value, and the other way round: a
*state* is named by the latest change that touched what an answer rests on (its hash, which names all changes
before it too), and by the settings. The company's name is in none of them, as no figure rests on it.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from roi.reports.basis import Basis
from roi.store import read

T = TypeVar("T")
Key = tuple[Hashable, ...]

COST, VALUE, EPICS = "cost", "value", "epics"
WHOLE = (COST, VALUE)
"""What an answer may rest on: what things cost, and what is agreed about value, or only the epics of it."""

_VERSIONS, _ANSWERS, _FOLLOWED = 8, 12, 4
"""How many states are kept, how many answers of each kind and state, and how many answers are followed."""

_OF_VALUE = frozenset(
    "epic outcome confirmation initiative success_measure epic_plan epic_team epic_slice epic_effort "
    "outcome_plan forecast reading confirmed_reading closure question finance_line line_cell line_month "
    "value_driver driver_input metric_month".split()
)
_OF_EPICS = frozenset("epic epic_plan epic_team epic_effort".split())
_OF_BOTH, _OF_NEITHER = frozenset({"closed_month"}), frozenset({"setting", "member"})

_lock = threading.Lock()
_versions: OrderedDict[Key, dict[str, OrderedDict[Key, Any]]] = OrderedDict()
_states: OrderedDict[Key, dict[str, Key]] = OrderedDict()
_newest: OrderedDict[Key, Any] = OrderedDict()


def once(basis: Basis, name: str, key: Key, make: Callable[[], T], on: tuple[str, ...] = WHOLE) -> T:
    """The answer of this name and key in this state: made once, then shared, so nobody may change it.

    `on` says what it rests on. Without a store's key nothing is kept: the cursor may see what is not stored
    yet.
    """
    if not basis.store_key:
        return make()
    answers = _answers(state(basis, on), name)
    with _lock:
        if key in answers:
            answers.move_to_end(key)
            found: T = answers[key]
            return found
    made = make()
    with _lock:
        answers[key] = made
        while len(answers) > _ANSWERS:
            answers.popitem(last=False)
    return made


def looked_at(basis: Basis) -> Key:
    """What is looked at, and how: two readers of whom this is the same see the same figures of a state."""
    return (
        basis.span,
        basis.currency,
        basis.is_converted,
        basis.value_stream,
        basis.structure.today,
        basis.at_standard_rates,
        basis.may_see_pay,
        basis.shows_currencies,
    )


def state(basis: Basis, on: tuple[str, ...] = WHOLE) -> Key:
    """The name of the state that answers rest on; looking back it is that of the whole store."""
    head = basis.store_key, read.head(basis.cursor), basis.as_of
    if basis.as_of is not None or not basis.store_key:
        return head
    with _lock:
        found = _states.get(head)
    if found is None:
        found = _read(basis)
        with _lock:
            _states[head] = found
            while len(_states) > _VERSIONS:
                _states.popitem(last=False)
    return (basis.store_key, *(part for one in on for part in (one, *found[one])))


def _read(basis: Basis) -> dict[str, Key]:
    """By what it is about: the hash of the latest change that touched it, and the settings."""
    latest = {COST: 0, VALUE: 0, EPICS: 0}
    for table, change in read.latest_changes(basis.cursor).items():
        for about in _about(table):
            latest[about] = max(latest[about], change)
    settings = {name: its for name, its in read.settings(basis.cursor).items() if name != read.COMPANY_NAME}
    stated = tuple(sorted(settings.items()))
    return {about: (read.hash_of(basis.cursor, change), stated) for about, change in latest.items()}


def _about(table: str) -> tuple[str, ...]:
    if table in _OF_BOTH:
        return WHOLE
    if table in _OF_NEITHER:
        return ()
    if table in _OF_EPICS:
        return (VALUE, EPICS)
    return (VALUE,) if table in _OF_VALUE else (COST,)


def forget() -> None:
    """Let go of everything, so that it is read and checked anew."""
    with _lock:
        _versions.clear()
        _states.clear()
        _newest.clear()


def newest(name: Key) -> Any:  # noqa: ANN401 - whatever was given to `follow`
    """What was made last under this name, whatever state that was; None for nothing."""
    with _lock:
        return _newest.get(name)


def follow(name: Key, made: object) -> None:
    """Keep this as the latest, so that what comes after it can be made from it."""
    with _lock:
        _newest[name] = made
        _newest.move_to_end(name)
        while len(_newest) > _FOLLOWED:
            _newest.popitem(last=False)


def _answers(version: Key, name: str) -> OrderedDict[Key, Any]:
    with _lock:
        of_version = _versions.setdefault(version, {})
        _versions.move_to_end(version)
        while len(_versions) > _VERSIONS:
            _versions.popitem(last=False)
        return of_version.setdefault(name, OrderedDict())
