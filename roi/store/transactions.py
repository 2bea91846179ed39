"""One transaction: committed at its end, rolled back on anything that is raised in it."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb


@contextmanager
def transaction(cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All that is done in it, or nothing.

    `BaseException` on purpose: Streamlit stops a script by raising one.
    """
    cursor.execute("begin transaction")
    try:
        yield
        cursor.execute("commit")
    except BaseException:
        roll_back(cursor)
        raise


def roll_back(cursor: duckdb.DuckDBPyConnection) -> None:
    """Give the transaction up; what went wrong before is what is told."""
    try:
        cursor.execute("rollback")
    except duckdb.Error:
        # The engine has already ended the transaction (a failed commit, an invalidated instance).
        return
