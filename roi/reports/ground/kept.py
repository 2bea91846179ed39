"""What was worked out of one state of a store, kept for every reader, filter and page that looks at it.

A change touches some tables. What rests on cost alone outlives a change of value, and the other way round: a
*state* is named by the latest change that touched what an answer rests on: its hash, which names all changes
before it too. The company's name is in none of them, as no figure rests on it.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, NamedTuple, Protocol, TypeVar

from roi.reports.ground import building
from roi.store import read

T = TypeVar("T")
Key = tuple[Hashable, ...]


class Version(NamedTuple):
    """A database, the hash of its latest change, and the change up to which it is looked at."""

    store_key: str
    head: str
    as_of: int | None


class Versioned(Protocol):
    """What knows at which version it looks."""

    @property
    def cursor(self) -> read.Cursor:
        """Sees the version."""

    @property
    def kept_at(self) -> Version | None:
        """The version; None where the cursor may see what is not stored yet."""


COST, VALUE, EPICS = "cost", "value", "epics"
WHOLE = (COST, VALUE)
"""What an answer may rest on: what things cost, and what is agreed about value, or only the epics of it."""

_VERSIONS, _ANSWERS, _FOLLOWED = 10, 12, 8
"""How many versions and states are kept, how many answers of a kind in each, and how many are followed."""

OF_COST = frozenset(
    "ledger_line source value_mapping control_total cost_centre cost_pool pool_driver platform_usage "
    "nature_policy people_category exchange_rate team team_structure role standard_rate assignment "
    "planned_position plan_version plan_headcount".split()
)
"""Tables that what things cost rests on: lines, whose they are by mapping, structure, rates, seats, plan."""
OF_VALUE = frozenset(
    "outcome confirmation initiative success_measure epic_slice epic_wait "
    "obligation obligation_met product_life outcome_plan forecast reading confirmed_reading "
    "closure question finance_line line_cell line_month value_driver driver_input metric_month".split()
)
OF_EPICS = frozenset("epic epic_plan epic_team epic_effort".split())
"""Tables of value that an epic's cost rests on too."""
OF_ALL, OF_NONE = frozenset({"closed_month", read.SETTINGS_OF_FIGURES}), frozenset({"setting", "member"})
"""What everything rests on, and what no figure does: settings count without the company's name."""
_ABOUT: dict[str, tuple[str, ...]] = (
    dict.fromkeys(OF_COST, (COST,))
    | dict.fromkeys(OF_VALUE, (VALUE,))
    | dict.fromkeys(OF_EPICS, (VALUE, EPICS))
    | dict.fromkeys(OF_ALL, (COST, VALUE, EPICS))
    | dict.fromkeys(OF_NONE, ())
)

_lock = threading.Lock()
_versions: OrderedDict[Key, dict[str, OrderedDict[Key, Any]]] = OrderedDict()
_states: OrderedDict[Version, dict[str, str]] = OrderedDict()
_newest: OrderedDict[Key, Any] = OrderedDict()


def once(
    basis: Versioned, name: str, key: Key, make: Callable[[], T], on: tuple[str, ...] | None = None
) -> T:
    """The answer of this name and key: made once, then shared, so nobody may change it.

    `on` says what it rests on, so that it outlives changes of anything else; None: on all of the version.
    Without a version nothing is kept: the cursor may see what is not stored yet.
    """
    if basis.kept_at is None:
        return make()
    return at(basis.kept_at if on is None else state(basis, on), name, key, make)


def table(basis: Versioned, name: str) -> list[read.Row]:
    """The live rows of a small table that costs rest on, to be read only: asked for with every period."""
    return once(basis, f"table {name}", (), lambda: read.table(basis.cursor, name), (COST,))


def at(version: Key, name: str, key: Key, make: Callable[[], T]) -> T:
    """The same for a version or state that is known before anything else of it is."""
    answers = _answers(version, name)
    with _lock:
        if key in answers:
            answers.move_to_end(key)
            found: T = answers[key]
            return found
    building.give_way()
    made = make()
    with _lock:
        answers[key] = made
        while len(answers) > _ANSWERS:
            answers.popitem(last=False)
    return made


def state(basis: Versioned, on: tuple[str, ...]) -> Key:
    """The name of the state that answers rest on; looking back it is that of the whole version."""
    version = basis.kept_at
    if version is None or version.as_of is not None:
        return (version,)
    with _lock:
        found = _states.get(version)
    if found is None:
        found = _read(basis.cursor)
        with _lock:
            _states[version] = found
            while len(_states) > _VERSIONS:
                _states.popitem(last=False)
    return (version.store_key, *(part for one in on for part in (one, found[one])))


def _read(cursor: read.Cursor) -> dict[str, str]:
    """By what it is about, the hash of the latest change that touched it."""
    latest = {COST: 0, VALUE: 0, EPICS: 0}
    for table, change in read.latest_changes(cursor).items():
        for about in _ABOUT[table]:
            latest[about] = max(latest[about], change)
    return {about: read.hash_of(cursor, change) for about, change in latest.items()}


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


def forget() -> None:
    """Let go of everything, so that it is read and checked anew."""
    with _lock:
        _versions.clear()
        _states.clear()
        _newest.clear()


def _answers(version: Key, name: str) -> OrderedDict[Key, Any]:
    with _lock:
        of_version = _versions.setdefault(version, {})
        _versions.move_to_end(version)
        while len(_versions) > _VERSIONS:
            _versions.popitem(last=False)
        return of_version.setdefault(name, OrderedDict())
