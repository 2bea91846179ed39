"""What a staged file says, as one hash: the same for the same lines, in whatever order they were sent."""

from hashlib import sha256

import duckdb
import numpy as np
from numpy.typing import NDArray

from roi.store import arrow

_MARKS = "select mark from staged_typed"


def content(cursor: duckdb.DuckDBPyConnection) -> tuple[str, bool]:
    """The hash of the sorted marks of all lines, and whether two lines have the same mark."""
    marks = np.sort(_marks(cursor))
    return sha256(marks.tobytes()).hexdigest(), bool((marks[1:] == marks[:-1]).any())


def _marks(cursor: duckdb.DuckDBPyConnection) -> NDArray[np.uint64]:
    """As columns only where they are many: the library for it starts slowly."""
    count = int(cursor.execute("select count(*) from staged_typed").fetchall()[0][0])
    if count < arrow.MANY:
        return np.array([row[0] for row in cursor.execute(_MARKS).fetchall()], dtype=np.uint64)
    batches = cursor.sql(_MARKS).to_arrow_reader(count)
    return np.concatenate([arrow.numbers(batch.column("mark")) for batch in batches]).astype(np.uint64)
