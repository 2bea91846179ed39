"""A small company in a store, and short ways to look at a store as an intruder with SQL would."""

from collections.abc import Callable

import pytest

from roi.store import verify
from roi.store.database import Store


@pytest.fixture
def edit(company) -> Callable[[str], int]:
    """One statement behind the program's back; the answer is how many rows it met."""

    def run(statement: str) -> int:
        with company.store.cursor() as cursor:
            return int(cursor.execute(statement).fetchall()[0][0])

    return run


@pytest.fixture
def check(company) -> Callable[..., verify.Verified]:
    """The store's own check, in brief or deep."""
    store: Store = company.store

    def run(*, deep: bool) -> verify.Verified:
        with store.cursor() as cursor:
            if deep:
                return verify.deep(cursor, store.head_path, store.upload_folder)
            return verify.brief(cursor, store.head_path)

    return run
