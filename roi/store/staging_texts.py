"""What can be seen of a column of texts at their bytes, all at once: blanks at the ends, and short ones."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from roi.store import arrow

if TYPE_CHECKING:
    import pyarrow as pa

_BLANK, _DELETE = 32, 127
_TOTAL_BYTES = 16
_TOTALS = ("gra", "sub", "ove", "net", "gro", "tot", "sum", "zwi", "ges", "ins", "sou", "som")
"""As `may_be_total` has it: the longest of plain totals without a blank at either end, and how they begin."""
_SMALL_LETTER = 0x202020

Flags = NDArray[np.bool_]


def are_trimmed(column: "pa.Array") -> bool:
    """Whether every text begins and ends with a sign of ASCII that is no blank, or is empty."""
    return not _has_odd_end(column).any()


def may_be_totals(column: "pa.Array") -> Flags:
    """Texts that are short and begin as a total, have an odd sign at either end, or one beyond ASCII."""
    ends, signs = _bytes(column)
    sizes = np.diff(ends)
    found = _has_odd_end(column)
    beyond = np.flatnonzero(signs[int(ends[0]) : int(ends[-1])] > _DELETE) + int(ends[0])
    found[np.searchsorted(ends, beyond, side="right") - 1] = True
    short = np.flatnonzero((sizes >= 3) & (sizes <= _TOTAL_BYTES))
    first = ends[short]
    begins = signs[first].astype(np.int32) << 16 | signs[first + 1].astype(np.int32) << 8 | signs[first + 2]
    totals = [int.from_bytes(total.encode(), "big") for total in _TOTALS]
    found[short[np.isin(begins | _SMALL_LETTER, totals)]] = True
    return found


def longest(column: "pa.Array | pa.ChunkedArray") -> int:
    """How many bytes the longest text has, or one of the words that the column may have."""
    return max((_longest(part) for part in getattr(column, "chunks", [column])), default=0)


def _longest(column: "pa.Array") -> int:
    ends, _ = arrow.texts(getattr(column, "dictionary", column))
    return int(np.diff(ends).max(initial=0))


def _has_odd_end(column: "pa.Array") -> Flags:
    ends, signs = _bytes(column)
    if not len(signs):
        return np.zeros(len(column), dtype=np.bool_)
    first = signs[np.minimum(ends[:-1], len(signs) - 1)]
    last = signs[np.maximum(ends[1:] - 1, 0)]
    is_odd = (first <= _BLANK) | (first > _DELETE) | (last <= _BLANK) | (last > _DELETE)
    return is_odd & (ends[1:] > ends[:-1])


def _bytes(column: "pa.Array") -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    ends, written = arrow.texts(column)
    return ends, np.frombuffer(written, dtype=np.uint8)
