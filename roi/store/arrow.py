"""Columns of a large result as they lie in the engine's buffers: many times cheaper than row by row."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pyarrow as pa

MANY = 50_000
"""From so many rows on they come as columns: the library that these want starts slowly."""
AT_ONCE = 100_000
"""Rows that are fetched together."""


def numbers(column: "pa.Array") -> NDArray[np.int64]:
    """Whole numbers as they lie in the buffer; the column's own `to_numpy` would load pandas for it."""
    values = column.buffers()[1]
    count = column.offset + len(column)
    return np.frombuffer(values, dtype=np.dtype(str(column.type)), count=count)[column.offset :]


def texts(column: "pa.Array") -> tuple[NDArray[np.int64], memoryview]:
    """Where each text ends in the buffer, after where the first begins; and the buffer."""
    kind = np.int64 if str(column.type) == "large_string" else np.int32
    _, places, written = column.buffers()
    ends = np.frombuffer(places, dtype=kind, count=column.offset + len(column) + 1)[column.offset :]
    return ends.astype(np.int64), memoryview(written if written is not None else b"")
