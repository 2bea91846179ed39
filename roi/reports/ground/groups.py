"""When a sum of pay has enough people behind it to be shown outside finance (law T10)."""

from roi.store import read

FEWEST = 5
"""Heads behind any shown sum of pay; the largest earner has at most half of it."""


def is_group(row: read.Row) -> bool:
    """Whether enough people stand behind a sum of pay; lines that name nobody cannot show that they do."""
    if read.whole(row["unnamed"]) or read.whole(row["people"]) < FEWEST:
        return False
    amount = row["amount_minor"] if "amount_minor" in row else row["amount"]
    return amount is not None and 2 * read.whole(row["largest"]) <= abs(read.whole(amount))


def are_currencies_groups(cursor: read.Cursor) -> bool:
    """Whether every currency's pay has enough people behind it in every month.

    If one has not, none is shown apart: the sum of all, less the others, would be that one.
    """
    return all(is_group(row) for row in read.rows(cursor, "pay_by_currency"))
