"""What staging says of a file as a whole: what is left out, what repeats; and how lines are named."""

from collections.abc import Sequence
from dataclasses import dataclass

from roi.errors import UNSAVED, Issue, blocker, warning

LISTED = 5
LABELS = {
    "month": "month",
    "amount": "amount",
    "currency": "currency",
    "team": "team",
    "cost_centre": "cost area",
    "pool": "pool",
    "person_key": "person key",
    "category": "cost type",
    "scenario": "scenario",
    "nature": "nature",
    "intent": "intent",
    "treatment": "treatment",
    "period_start": "service from",
    "period_end": "service to",
    "line_key": "line key",
}


@dataclass(frozen=True, slots=True)
class Telling:
    """How much is said: at most so many problems, the rest counted; of each so many lines by number."""

    problems: int = 50
    lines: int = 5


BRIEFLY = Telling()
IN_FULL = Telling(problems=999_999, lines=999_999)
"""The engine keeps fewer than a million of the first lines."""


@dataclass(frozen=True, slots=True)
class Found:
    """One kind of problem in one field: how many lines, the first of them, what stood in the first."""

    code: str
    field: str
    count: int
    lines: tuple[int, ...]
    sent: str


def rows(lines: Sequence[int], count: int) -> str:
    """`Row 14`, `Rows 3, 7`, or `212 rows (first 3, 7, 9, 12, 40)`; a row is said once."""
    own = tuple(dict.fromkeys(lines))
    if count == 1 or (len(own) == 1 and count <= len(lines)):
        return f"Row {own[0]}"
    listed = ", ".join(str(line) for line in own[:LISTED])
    is_whole = count <= len(lines) and len(own) <= LISTED
    return f"Rows {listed}" if is_whole else f"{count:,} rows (first {listed})"


def about(lines: Sequence[int], count: int, **more: object) -> dict[str, object]:
    """Where an issue is: its first line, some of its lines, and how many there are."""
    return {"line": lines[0] if lines else None, "lines": tuple(lines), "count": count, **more}


def unreadable_file(error: str) -> Issue:
    """The engine cannot read the spool."""
    reason = error.splitlines()[0][:160]
    return blocker(
        "unreadable", f"The file cannot be read as a table: {reason} {UNSAVED}", fix="Export it again."
    )


def read_twice(expected: int, found: int) -> Issue:
    """Two readers of ours disagree: no guess is made."""
    return blocker(
        "unreadable",
        f"Reading the file twice gave {expected:,} and {found:,} lines: its quotes are irregular. {UNSAVED}",
        fix="Save it again as CSV UTF-8.",
    )


def totals(found: Sequence[tuple[int, str, str]]) -> list[Issue]:
    """Total lines that are not costs."""
    if not found:
        return []
    lines = [line for line, _, _ in found]
    line, label, amount = found[0]
    more = "" if len(found) == 1 else f" {len(found)} such lines: {', '.join(map(str, lines[:5]))}."
    return [
        warning(
            "total_line",
            f"Row {line} is a total ({label} {amount}) and has no month; it was left out, "
            f"or it would count twice.{more}",
            **about(lines[:5], len(lines), column="month", sent=f"{label} {amount}"),
        )
    ]


def maybe_totals(found: Sequence[tuple[int, str]]) -> list[Issue]:
    """Lines that speak of a total, but name so much besides that they are costs."""
    if not found:
        return []
    lines = [line for line, _ in found]
    return [
        warning(
            "maybe_total",
            f"{rows(lines[:5], len(lines))}: “{found[0][1][:60]}” may be a total; it is read as a cost.",
            **about(lines[:5], len(lines), sent=found[0][1]),
            fix="Remove the line if it is a total, or it counts twice.",
        )
    ]


def without_cost(lines: Sequence[int]) -> list[Issue]:
    """Lines that hold none of the fields that make a cost."""
    if not lines:
        return []
    return [
        warning(
            "no_cost",
            f"{rows(lines[:5], len(lines))}: no month, no amount and nothing that it belongs to; left out.",
            **about(lines[:5], len(lines)),
        )
    ]


def nameless_column(count: int, lines: tuple[int, ...], sent: str) -> Issue:
    """Cells that stand under no header."""
    return warning(
        "unnamed_column",
        f"{rows(lines, count)}: a column without a header holds text (“{sent[:60]}”); it is not read.",
        **about(lines, count, sent=sent[:200]),
        fix="Give the column a header if it matters.",
    )


def no_such_line(line: int) -> Issue:
    """A line that was to be set aside is not a cost line."""
    return blocker("aside", f"Row {line} was to be set aside but holds no cost. {UNSAVED}", line=line)


def duplicates(groups: Sequence[tuple[int, ...]], extra: int) -> Issue:
    """Identical lines are kept: they may be two equal payments."""
    first = " and ".join(str(line) for line in groups[0])
    more = "" if extra == 1 else f" {extra:,} lines repeat another one in all."
    return warning(
        "duplicate_lines",
        f"Rows {first} are identical; all are kept, as they may be equal payments.{more}",
        **about(tuple(line for group in groups for line in group)[:20], extra),
        fix="Remove one of them if it is an error.",
    )


def too_much() -> Issue:
    """All lines together are more than any company spends."""
    return blocker(
        "amount_too_large",
        f"The amounts of the file together are too large to be costs. {UNSAVED}",
        column="amount",
        fix="Check the amounts and their decimal mark.",
    )


def no_currency(count: int, lines: tuple[int, ...]) -> Issue:
    """Lines without a currency, while none is stated."""
    return blocker(
        "currency_empty",
        f"{rows(lines, count)}: currency is missing, and none is stated for the file. {UNSAVED}",
        **about(lines, count, column="currency", sent="", expected="an ISO code such as USD, EUR, GBP"),
        fix="Complete it, or state the currency of the whole file.",
    )


def nameless(count: int, lines: tuple[int, ...]) -> Issue:
    """Lines that name nothing they belong to."""
    return warning(
        "no_object",
        f"{rows(lines, count)}: neither team nor cost area; their cost goes to suspense.",
        **about(lines, count, column="team"),
    )


def mostly_negative(negative: int, lines: int) -> Issue:
    """Perhaps the sign convention is the other way round."""
    return warning(
        "sign",
        f"{negative:,} of {lines:,} amounts are negative. A cost is positive here, a credit negative.",
        column="amount",
        count=negative,
        fix="Check the sign of the amounts before you import.",
    )
