"""Columns of a large result as they lie in the engine's buffers: many times cheaper than row by row.

They are made of buffers too: the library's own ways to make, take or convert one load pandas, or all of its
functions, which costs a process more than to read some 100,000 lines.
"""

from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pyarrow as pa

MANY = 50_000
"""From so many rows on they come as columns: the library that these want starts slowly."""
AT_ONCE = 100_000
"""Rows that are fetched together."""


def numbers(column: "pa.Array") -> NDArray[np.int64]:
    """Whole numbers as they lie in the buffer."""
    values = column.buffers()[1]
    count = column.offset + len(column)
    return np.frombuffer(values, dtype=np.dtype(str(column.type)), count=count)[column.offset :]


def texts(column: "pa.Array") -> tuple[NDArray[np.int64], memoryview]:
    """Where each text ends in the buffer, after where the first begins; and the buffer."""
    kind = np.int64 if str(column.type) == "large_string" else np.int32
    _, places, written = column.buffers()
    ends = np.frombuffer(places, dtype=kind, count=column.offset + len(column) + 1)[column.offset :]
    return ends.astype(np.int64), memoryview(written if written is not None else b"")


def column(values: "NDArray[Any]") -> "pa.Array":
    """Whole numbers, or whether something is so, as a column that holds every one of them."""
    import pyarrow as pa

    buffer = (
        np.packbits(values, bitorder="little") if values.dtype == np.bool_ else np.ascontiguousarray(values)
    )
    kind = pa.from_numpy_dtype(values.dtype)
    return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(buffer)])


def words(written: Sequence[str]) -> "pa.Array":
    """Texts as a column."""
    import pyarrow as pa

    coded = [word.encode() for word in written]
    ends = np.fromiter(accumulate(map(len, coded), initial=0), dtype=np.int32, count=len(coded) + 1)
    buffers = [None, pa.py_buffer(ends), pa.py_buffer(b"".join(coded))]
    return pa.Array.from_buffers(pa.string(), len(coded), buffers)


def of_words(indices: NDArray[np.int32], dictionary: "pa.Array") -> "pa.Array":
    """The words at these places of the dictionary; where a place is negative there is none."""
    import pyarrow as pa

    is_there = indices >= 0
    there = None if is_there.all() else pa.py_buffer(np.packbits(is_there, bitorder="little"))
    kind = pa.dictionary(pa.int32(), dictionary.type)
    buffers = [there, pa.py_buffer(np.ascontiguousarray(indices))]
    return pa.DictionaryArray.from_buffers(kind, len(indices), buffers, dictionary)
