"""What staging says of how a file writes dates and decimals: inferred, contrary to what was said, asked."""

from collections.abc import Mapping

from roi.errors import UNSAVED, Issue, blocker, warning


def mixed_dates(seen: Mapping[str, object]) -> Issue:
    """Some dates can only be day first, others only month first."""
    return blocker(
        "date_order",
        f"Row {seen['first_day_first']} can only be a date with the day first, "
        f"row {seen['first_month_first']} only one with the month first. {UNSAVED}",
        line=seen["first_month_first"],
        column="month",
        expected="one date format in the file",
        fix="Say how dates are written, and repair the others.",
    )


def inferred_dates(first: str, seen: Mapping[str, object]) -> Issue:
    """The whole file decides the order of its dates."""
    count = seen["only_day_first"] if first == "day" else seen["only_month_first"]
    line = seen["first_day_first"] if first == "day" else seen["first_month_first"]
    return warning(
        "inferred_dates",
        f"Dates were read with the {first} first, as {count:,} of them can only be read so (row {line}).",
        line=line,
        column="month",
        sent=str(seen["either_written"]),
        fix="Say how dates are written if this is wrong.",
    )


def fitting_dates(first: str, seen: Mapping[str, object]) -> Issue:
    """Only one order puts every date into the stated month."""
    return warning(
        "inferred_dates",
        f"Dates were read with the {first} first: only so do all of them lie in the stated month.",
        line=seen["first_either"],
        column="month",
        sent=str(seen["either_written"]),
        fix="Say how dates are written if this is wrong.",
    )


def contrary_dates(order: str, seen: Mapping[str, object]) -> Issue:
    """What was said, or remembered, about the dates is not how the file writes them."""
    line = seen["first_month_first"] if order == "day-first" else seen["first_day_first"]
    return blocker(
        "date_order",
        f"Dates were to be read {order.replace('-', ' ')}, but row {line} cannot be read so, and others only "
        f"the other way or either. {UNSAVED}",
        line=line,
        column="month",
        expected="dates as was said",
        fix="Say how dates are written in this file.",
    )


def contrary_mark(mark: str, seen: Mapping[str, object]) -> Issue:
    """What was said, or remembered, about decimals is not how the file writes them."""
    said, other = ("point", "comma") if mark == "." else ("comma", "point")
    line = seen["first_comma"] if mark == "." else seen["first_dot"]
    return blocker(
        "decimal_mark",
        f"Amounts were to be read with a decimal {said}, but row {line} has a decimal {other}. {UNSAVED}",
        line=line,
        column="amount",
        expected=f"amounts with a decimal {said}",
        fix="Say which mark stands before the decimals in this file.",
    )


def which_dates(seen: Mapping[str, object]) -> Issue:
    """Nothing in the file decides."""
    return blocker(
        "date_order",
        f"Row {seen['first_either']}: the date {seen['either_written']} is ambiguous, day or month may come "
        f"first, and no line of the file decides it. {UNSAVED}",
        line=seen["first_either"],
        column="month",
        sent=str(seen["either_written"]),
        expected="2026-04, 2026-04-30, or a stated date format",
        fix="Say how dates are written: day first, month first or ISO.",
        count=seen["either"],
    )


def mixed_marks(seen: Mapping[str, object]) -> Issue:
    """Some amounts have a decimal point, others a decimal comma."""
    return blocker(
        "decimal_mark",
        f"Row {seen['first_dot']} has a decimal point, row {seen['first_comma']} a decimal comma "
        f"({seen['comma_amount']}). {UNSAVED}",
        line=seen["first_comma"],
        column="amount",
        sent=str(seen["comma_amount"]),
        expected="one format of amounts in the file",
        fix="Say which mark stands before the decimals, and repair the others.",
    )


def inferred_comma(seen: Mapping[str, object]) -> Issue:
    """The file has a decimal comma."""
    return warning(
        "decimal_comma",
        f"Amounts were read with a decimal comma, as row {seen['first_comma']} shows "
        f"({seen['comma_amount']}).",
        line=seen["first_comma"],
        column="amount",
        sent=str(seen["comma_amount"]),
        fix="Say which mark stands before the decimals if this is wrong.",
    )


def which_mark(seen: Mapping[str, object]) -> Issue:
    """1.234 may be one and a bit, or more than a thousand."""
    return blocker(
        "decimal_mark",
        f"Row {seen['first_either_mark']}: the amount {seen['either_amount']} may be about a thousand or "
        f"about one, and no line of the file decides it. {UNSAVED}",
        line=seen["first_either_mark"],
        column="amount",
        sent=str(seen["either_amount"]),
        expected="a stated decimal mark",
        fix="Say which mark stands before the decimals.",
        count=seen["either_mark"],
    )
