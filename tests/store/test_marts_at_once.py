"""How many months are filled together is a matter of memory alone: the marts hold the same."""

import pytest

from roi.store import marts, statements
from roi.store.database import Store


def _filled(store: Store) -> list[tuple[object, ...]]:
    with store.snapshot() as cursor:
        marts.shadow(cursor)
        return cursor.execute(statements.query("marts_fingerprint")).fetchall()


@pytest.mark.parametrize("buckets", [0, 5, 150_000])
def test_t1_the_marts_are_the_same_month_by_month_and_all_months_at_once(company, monkeypatch, buckets):
    monkeypatch.setattr(marts, "_BUCKETS_AT_ONCE", buckets)
    with company.store.snapshot() as cursor:
        stored = cursor.execute(statements.query("marts_fingerprint")).fetchall()
    assert len(stored) > 0
    assert _filled(company.store) == stored
