"""A small company, and a state of a store that can be compared: live rows and marts, to the last cell."""

from collections.abc import Callable

import pytest

from roi.actors import Actor
from roi.store import statements
from roi.store.database import Store
from roi.store.tables import COST_LINE_COLUMNS, LIVE_ROWS

_FILLED = " union all ".join(f"select '{table}' from live_{table}" for table in LIVE_ROWS)
"""The tables with a live row: most have none, and each is asked for by itself."""
State = dict[str, list[tuple[object, ...]]]


def state_of(store: Store) -> State:
    """What is live, without the numbers of the changes that put it there, and the figures of it."""
    names = ", ".join(("origin_change", *COST_LINE_COLUMNS))
    with store.snapshot() as cursor:
        filled = {row[0] for row in cursor.execute(_FILLED).fetchall()}
        found: State = {table: [] for table in LIVE_ROWS}
        for table in filled:
            found[table] = [row[:-1] for row in cursor.execute(LIVE_ROWS[table]).fetchall()]
        found["cost_line"] = cursor.execute(f"select {names} from live_cost_line order by all").fetchall()
        found["live_hash"] = cursor.execute("select sha256, change_id from live_hash order by 1").fetchall()
        found["marts"] = cursor.execute(statements.query("marts_fingerprint")).fetchall()
    return found


@pytest.fixture(scope="session")
def una(finance: Actor, tech_leader: Actor) -> Actor:
    """Somebody who may do what finance and tech leaders may."""
    return Actor("Una", finance.roles | tech_leader.roles)


@pytest.fixture
def state() -> Callable[[Store], State]:
    return state_of
