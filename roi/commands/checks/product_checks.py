"""What can be wrong with the life of a product, and what its last month would move of closed months."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from roi.commands.changing.held import Held
from roi.commands.checks import frozen
from roi.commands.checks.frozen import Move
from roi.commands.checks.outcome_checks import line_of
from roi.commands.checks.text_checks import Said, one_line
from roi.domain.names import fold
from roi.domain.periods import LAST_MONTH, is_month, iso_month
from roi.domain.products import ProductLife
from roi.errors import INTACT, Issue, blocker

LONGEST_REASON = 300
"""How many letters a reason has at most."""

_FIRST, _LAST = 199001, 219912
_CLOSED = "has months that are closed, and they closed with another last month of it (decision D11)"


def life_issues(
    held: Held, lives: Sequence[ProductLife], lines: Sequence[int] = (), *, is_restated: bool = False
) -> Iterator[Issue]:
    """What is wrong with these lives of products; `lines` are the lines of a file, one for each.

    A last month that would change what was expected in a closed month takes a named restatement (D11).
    """
    for place, one in enumerate(lives):
        line = line_of(lines, place)
        if one.value_stream not in held.streams:
            yield _unknown(held, one, line)
        if not one.is_nothing:
            yield from _owner(one, line)
            yield from _months(one, line)
            yield from _reason(held, one, line, is_retired=one.retired is not None)
        moves = of_life(held.closed, held.products.get(one.value_stream), one)
        yield from frozen.issues(moves, line, is_restated=is_restated)


def unread_issues(held: Held, life: ProductLife, unread: Mapping[str, str]) -> Iterator[Issue]:
    """What is wrong with a life of which some months could not be read: these, and all else that can be seen.

    `unread` is what was typed, by field; whether it would move a closed month cannot be seen yet.
    """
    (named,) = tidied(held, [life])
    one = replace(life, value_stream=named.value_stream)
    if one.value_stream not in held.streams:
        yield _unknown(held, one, None)
    yield from _owner(one, None)
    for column, sent in unread.items():
        yield _no_month(one, None, column, sent)
    yield from _months(one, None)
    yield from _reason(held, one, None, is_retired="retired" in unread or one.retired is not None)


def _unknown(held: Held, one: ProductLife, line: int | None) -> Issue:
    message = f"There is no value stream “{one.value_stream}”. {INTACT}"
    known = ", ".join(sorted(held.streams)[:6])
    fix = "Say on a team which value stream it serves, or name one that is there."
    sent = one.value_stream
    return blocker(
        "unknown_stream", message, line=line, column="value_stream", sent=sent, expected=known, fix=fix
    )


def _owner(one: ProductLife, line: int | None) -> Iterator[Issue]:
    if not one.owner.strip():
        message = f"{one.value_stream} has no owner. One person answers for a product. {INTACT}"
        expected = "the name of one person"
        yield blocker(
            "owner", message, line=line, column="owner", sent="", expected=expected, fix="Name the owner."
        )


def _months(one: ProductLife, line: int | None) -> Iterator[Issue]:
    for column, month in (("started", one.started), ("retired", one.retired)):
        if month is not None and not (is_month(month) and _FIRST <= month <= _LAST):
            yield _no_month(one, line, column, _written_month(month))
    if one.started is not None and one.retired is not None and one.retired < one.started:
        message = f"{one.value_stream} was retired before it started. {INTACT}"
        sent, expected = _written_month(one.retired), f"{_written_month(one.started)} or later"
        fix = "Give its first month and, not before that, the last month in which it is used."
        yield blocker("dates", message, line=line, column="retired", sent=sent, expected=expected, fix=fix)


def _no_month(one: ProductLife, line: int | None, column: str, sent: str) -> Issue:
    message = f"{one.value_stream}: “{sent}” is no month of a product's life. {INTACT}"
    expected, fix = "a month from 1990-01 to 2199-12, such as 2026-03", "Write the month anew."
    return blocker(column, message, line=line, column=column, sent=sent, expected=expected, fix=fix)


def _written_month(month: int) -> str:
    """As it was typed: `2026-03`; the number where it is no month."""
    return iso_month(month) if is_month(month) else str(month)


def _reason(held: Held, one: ProductLife, line: int | None, *, is_retired: bool) -> Iterator[Issue]:
    if is_retired and not one.reason.strip():
        message = f"{one.value_stream}: a retirement has its reason. {INTACT}"
        fix = "Say in a line why it is retired: what replaces it, or what it cost."
        expected = "a line that says why"
        yield blocker("reason", message, line=line, column="reason", sent="", expected=expected, fix=fix)
    called = f"{one.value_stream}: the reason"
    said = Said(one.reason, called, "reason", line, LONGEST_REASON)
    fix = "Name what replaces it, or what it cost, and nobody."
    yield from one_line(held, said, person=f"{called} names a person.", fix=fix)


def _written(held: Held, known: Mapping[str, str], name: str) -> str:
    """The stream as it is written there: the very name, where two differ in letter case alone."""
    return name if name in held.streams else known.get(fold(name), name)


def of_life(closed: Iterable[int], before: ProductLife | None, after: ProductLife | None) -> Iterator[Move]:
    """What another last month of a product would change of what was expected in closed months."""
    old, new = (one.retired if one is not None else None for one in (before, after))
    first, last = sorted((old or LAST_MONTH, new or LAST_MONTH))
    if any(first < month <= last for month in closed):
        named = before or after
        name = named.value_stream if named is not None else ""
        yield Move(name, "retired", "last month", _month(old), _month(new), _CLOSED)


def between(before: Held, after: Held, months: Iterable[int] | None = None) -> Iterator[Move]:
    """The same of every product before a change and after it; of some `months` alone, or of all closed."""
    was: Mapping[str, ProductLife] = before.products
    for stream in sorted(was.keys() | after.products.keys()):
        closed = before.closed if months is None else months
        yield from of_life(closed, was.get(stream), after.products.get(stream))


def _month(month: int | None) -> str:
    return iso_month(month) if month is not None else "none"


def tidied(held: Held, lives: Iterable[ProductLife]) -> tuple[ProductLife, ...]:
    """The same as they are stored: the stream as it is written there, no reason without a retirement."""
    known = {fold(name): name for name in held.streams}
    return tuple(
        replace(
            one,
            value_stream=_written(held, known, one.value_stream),
            reason=one.reason.strip() if one.retired is not None else "",
            owner=one.owner.strip(),
        )
        for one in lives
    )
