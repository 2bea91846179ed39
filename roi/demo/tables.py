"""Tables of the demo company as they are read: a row a line, cells between bars."""

Rows = list[tuple[str, ...]]


def table(text: str) -> Rows:
    """The cells of each line, without the blanks around them; every row has as many cells as the first.

    Raises:
        ValueError: a row has more or fewer.
    """
    rows = [tuple(cell.strip() for cell in line.split("|")) for line in text.strip().splitlines()]
    for row in rows:
        if len(row) != len(rows[0]):
            message = f"{row[0]} has {len(row)} cells and not {len(rows[0])}"
            raise ValueError(message)
    return rows
