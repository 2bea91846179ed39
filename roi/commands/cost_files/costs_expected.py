"""What a company expects of every file: months within its time and, where they are listed, its cost types.

Another month or cost type is refused by name; nothing new comes into being by a spelling mistake.
"""

from collections.abc import Iterator, Sequence

from roi.domain.importing import Limits
from roi.domain.names import fold
from roi.domain.periods import iso_month
from roi.domain.suggestions import nearest
from roi.errors import UNSAVED, Issue, blocker, warning
from roi.store import imports
from roi.store.staging import Cursor

_NAMED = 5
_FAR = 24
"""So many months from all others a month is worth a word."""

Found = tuple[int, int]
"""How many lines, and the first of them."""


def unexpected(cursor: Cursor, limits: Limits) -> list[Issue]:
    """The months and cost types of the staged file that are none of the expected ones."""
    months: dict[int, Found] = {}
    types: dict[str, Found] = {}
    for month, category, count, line in imports.words(cursor):
        months[month] = _joined(months.get(month), count, line)
        types[category] = _joined(types.get(category), count, line)
    told = _types(cursor, types, limits.cost_types) if limits.cost_types else ()
    return [*_months(cursor, months, limits), *told]


def _joined(found: Found | None, count: int, line: int) -> Found:
    before, first = found or (0, line)
    return before + count, min(first, line)


def _months(cursor: Cursor, found: dict[int, Found], limits: Limits) -> Iterator[Issue]:
    for month, (count, line) in found.items():
        if not limits.first_month <= month <= limits.last_month:
            expected = f"{iso_month(limits.first_month)} to {iso_month(limits.last_month)}"
            yield blocker(
                "month_range",
                f"Row {line}: the month {iso_month(month)} lies outside {expected}. {UNSAVED}",
                line=line,
                column="month",
                sent=iso_month(month),
                expected=expected,
                fix="Correct the date.",
                count=count,
                lines=imports.first_lines(cursor, month=month),
            )


def far_away(cursor: Cursor, source: str) -> list[Issue]:
    """Months of the staged file that lie years from all others of the file and source: perhaps a slip."""
    lines: dict[int, Found] = {}
    for month, _, count, line in imports.words(cursor):
        lines[month] = _joined(lines.get(month), count, line)
    known = set(imports.known_months(cursor, source, "actual"))
    nearest = {month: _nearest(month, {*known, *_kept(lines, month)}) for month in sorted(lines)}
    far = [(month, near) for month, near in nearest.items() if near and abs(_apart(month, near)) > _FAR]
    return [_far(cursor, month, lines[month], near) for month, near in far[:_NAMED]]


def _kept(lines: dict[int, Found], month: int) -> Iterator[int]:
    """The other months of the file with at least as many lines: of two months, the smaller is the slip."""
    return (other for other, (count, _) in lines.items() if other != month and count >= lines[month][0])


def _nearest(month: int, others: set[int]) -> int | None:
    return min(others - {month}, key=lambda other: abs(_apart(month, other)), default=None)


def _apart(month: int, other: int) -> int:
    return (month // 100 - other // 100) * 12 + month % 100 - other % 100


def _far(cursor: Cursor, month: int, found: Found, nearest: int) -> Issue:
    count, line = found
    years = abs(_apart(month, nearest)) // 12
    return warning(
        "month_apart",
        f"Row {line}: the month {iso_month(month)} lies {years} years from the nearest other month, "
        f"{iso_month(nearest)}.",
        line=line,
        column="month",
        sent=iso_month(month),
        count=count,
        lines=imports.first_lines(cursor, month=month),
        fix="Correct the date if it is a slip.",
    )


def _types(cursor: Cursor, found: dict[str, Found], expected: Sequence[str]) -> Iterator[Issue]:
    known = {fold(name): name for name in expected}
    for sent, (count, line) in found.items():
        name = known.get(fold(sent))
        if name == sent:
            continue
        lines = imports.first_lines(cursor, category=sent)
        about = {"line": line, "column": "category", "sent": sent, "count": count, "lines": lines}
        if name is None:
            yield _unknown(sent, known, about)
        else:
            yield warning(
                "category_respelled",
                f"Row {line}: the cost type “{sent}” is written otherwise than “{name}”.",
                expected=name,
                **about,
            )


def _unknown(sent: str, known: dict[str, str], about: dict[str, object]) -> Issue:
    if not sent:
        message = f"Row {about['line']}: the category is missing. {UNSAVED}"
        return blocker("category_empty", message, expected=", ".join(known.values()), **about)
    close = nearest(sent, known.values())
    hint = f" Is it {close}?" if close else ""
    message = f"Row {about['line']}: the category “{sent}” is unknown.{hint} {UNSAVED}"
    return blocker(
        "category", message, expected=", ".join(known.values()), fix="Correct it in the file.", **about
    )
