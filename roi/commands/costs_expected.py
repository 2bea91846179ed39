"""What a company expects of every file: months within its time and, where they are listed, its cost types.

Another month or cost type is refused by name; nothing new comes into being by a spelling mistake.
"""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from roi.domain.importing import Limits
from roi.domain.names import fold
from roi.domain.periods import iso_month
from roi.errors import Issue, blocker, warning
from roi.store import imports
from roi.store.staging import Cursor

_SAFE = "Nothing has been saved."
_NAMED = 5

Found = tuple[int, list[int]]


def unexpected(cursor: Cursor, limits: Limits) -> list[Issue]:
    """The months and cost types of the staged file that are none of the expected ones."""
    months: dict[int, Found] = {}
    types: dict[str, Found] = {}
    for month, category, count, lines in imports.words(cursor):
        months[month] = _joined(months.get(month), count, lines)
        types[category] = _joined(types.get(category), count, lines)
    return [*_months(months, limits), *(_types(types, limits.cost_types) if limits.cost_types else ())]


def _joined(found: Found | None, count: int, lines: Sequence[int]) -> Found:
    before, first = found or (0, [])
    return before + count, sorted([*first, *lines])[:_NAMED]


def _months(found: dict[int, Found], limits: Limits) -> Iterator[Issue]:
    for month, (count, lines) in found.items():
        if not limits.first_month <= month <= limits.last_month:
            expected = f"{iso_month(limits.first_month)} to {iso_month(limits.last_month)}"
            yield blocker(
                "month_range",
                f"Row {lines[0]}: the month {iso_month(month)} lies outside {expected}. {_SAFE}",
                line=lines[0],
                column="month",
                sent=iso_month(month),
                expected=expected,
                fix="Correct the date.",
                count=count,
                lines=tuple(lines),
            )


def _types(found: dict[str, Found], expected: Sequence[str]) -> Iterator[Issue]:
    known = {fold(name): name for name in expected}
    for sent, (count, lines) in found.items():
        name = known.get(fold(sent))
        about = {"line": lines[0], "column": "category", "sent": sent, "count": count, "lines": tuple(lines)}
        if name is None:
            yield _unknown(sent, known, about)
        elif name != sent:
            yield warning(
                "category_respelled",
                f"Row {lines[0]}: the cost type “{sent}” is written otherwise than “{name}”.",
                expected=name,
                **about,
            )


def _unknown(sent: str, known: dict[str, str], about: dict[str, object]) -> Issue:
    if not sent:
        message = f"Row {about['line']}: the category is missing. {_SAFE}"
        return blocker("category_empty", message, expected=", ".join(known.values()), **about)
    close = get_close_matches(fold(sent), list(known), n=1, cutoff=0.6)
    hint = f" Is it {known[close[0]]}?" if close else ""
    message = f"Row {about['line']}: the category “{sent}” is unknown.{hint} {_SAFE}"
    return blocker(
        "category", message, expected=", ".join(known.values()), fix="Correct it in the file.", **about
    )
