"""What staging says: each problem as a sentence with its line, what was sent, what is read, what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roi.domain.importing import Limits
from roi.errors import UNSAVED, Issue, blocker, warning
from roi.store import staging_hints as hints
from roi.store.staging_words import Word

_LISTED = 5
_LABELS = {
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
_DOLLARS = frozenset(
    "USD AUD CAD NZD SGD HKD BSD BBD BMD BND BZD FJD JMD KYD LRD NAD SBD SRD TTD TWD XCD".split()
)
_UNITS: dict[str, frozenset[str]] = {
    "€": frozenset({"EUR"}),
    "£": frozenset({"GBP", "EGP", "FKP", "GIP", "SHP", "LBP", "SYP"}),
    "¥": frozenset({"JPY", "CNY"}),
    "₹": frozenset({"INR"}),
    "zł": frozenset({"PLN"}),
    "kr": frozenset({"DKK", "NOK", "SEK", "ISK"}),
    "Fr": frozenset({"CHF"}),
    "$": _DOLLARS,
    "US$": frozenset({"USD"}),
    "A$": frozenset({"AUD"}),
    "C$": frozenset({"CAD"}),
    "CA$": frozenset({"CAD"}),
    "NZ$": frozenset({"NZD"}),
    "S$": frozenset({"SGD"}),
    "HK$": frozenset({"HKD"}),
}


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
    listed = ", ".join(str(line) for line in own[:_LISTED])
    is_whole = count <= len(lines) and len(own) <= _LISTED
    return f"Rows {listed}" if is_whole else f"{count:,} rows (first {listed})"


def _about(lines: Sequence[int], count: int, **more: object) -> dict[str, object]:
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
            **_about(lines[:5], len(lines), column="month", sent=f"{label} {amount}"),
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
            **_about(lines[:5], len(lines), sent=found[0][1]),
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
            **_about(lines[:5], len(lines)),
        )
    ]


def nameless_column(count: int, lines: tuple[int, ...], sent: str) -> Issue:
    """Cells that stand under no header."""
    return warning(
        "unnamed_column",
        f"{rows(lines, count)}: a column without a header holds text (“{sent[:60]}”); it is not read.",
        **_about(lines, count, sent=sent[:200]),
        fix="Give the column a header if it matters.",
    )


def empty_word(found: Word, count: int, lines: tuple[int, ...]) -> Issue:
    """An empty scenario or nature, read as that of the whole file."""
    label = _LABELS[found.field]
    return warning(
        f"{found.field}_empty",
        f"{rows(lines, count)}: {label} is empty and was read as {found.value}.",
        **_about(lines, count, column=found.field, expected=found.value),
        fix=f"Complete the {label} if this is wrong.",
    )


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


def word(found: Word, count: int, lines: tuple[int, ...]) -> Issue:
    """A word that means nothing here, or is spelled otherwise."""
    label, place = _LABELS[found.field], rows(lines, count)
    about = _about(lines, count, column=found.field, sent=found.sent)
    if found.problem == "respelled":
        why = hints.unseen(found.sent, found.expected)
        message = f"{place}: the {label} “{found.sent}” was read as “{found.expected}”. {why}".rstrip()
        return warning(f"{found.field}_respelled", message, **about, expected=found.expected)
    if found.problem == "name":
        return blocker(
            "person_name",
            f"{place}: the person key looks like a name. Names of people are not taken. {UNSAVED}",
            **{**about, "sent": None},
            expected=found.expected,
            fix="Use roles or person keys.",
        )
    if found.problem == "total":
        message = f"{place}: “{found.sent}” looks like a total, and would count twice. {UNSAVED}"
        return blocker("total_line", message, **about, fix="Remove the line, or leave the column out.")
    if found.field == "team":
        return _unknown_team(found, place, about)
    return blocker(
        found.field,
        f"{place}: the {label} “{hints.shown(found.sent)}” is unknown. {UNSAVED}",
        **about,
        expected=found.expected,
        fix=f"Say which {label} it is, or correct it.",
    )


def _unknown_team(found: Word, place: str, about: Mapping[str, object]) -> Issue:
    close = f" Is it {found.expected}?" if found.expected else ""
    close += f" {why}" if (why := hints.unseen(found.sent, found.expected)) and close else ""
    return blocker(
        "unknown_team",
        f"{place}: the team “{hints.shown(found.sent)}” is unknown.{close} {UNSAVED}",
        **about,
        expected=found.expected or "a team that exists",
        fix="Say which team it is, create it, or set the line aside to suspense.",
    )


def stated_word(found: Word) -> Issue:
    """A value stated for the whole file that means nothing here."""
    label = _LABELS[found.field]
    close = f" Is it {found.expected}?" if found.expected else ""
    return blocker(
        found.field if found.field != "team" else "unknown_team",
        f"The {label} stated for the file, “{found.sent}”, is unknown.{close} {UNSAVED}",
        column=found.field,
        sent=found.sent,
        expected=found.expected or None,
        fix=f"State another {label}.",
    )


def differs(found: Word, default: Word, count: int, lines: tuple[int, ...]) -> Issue:
    """A line says otherwise than what was stated for the whole file."""
    label = _LABELS[found.field]
    return blocker(
        "differs_from_stated",
        f"{rows(lines, count)}: the {label} is {found.sent}; {default.value} was stated for the whole file. "
        f"{UNSAVED}",
        **_about(lines, count, column=found.field, sent=found.sent, expected=default.value),
        fix=f"Take the statement back, or correct the {label}.",
    )


def no_such_line(line: int) -> Issue:
    """A line that was to be set aside is not a cost line."""
    return blocker("aside", f"Row {line} was to be set aside but holds no cost. {UNSAVED}", line=line)


def problem(found: Found, month: str, limits: Limits) -> Issue:
    """A month, amount, period or length that cannot be taken."""
    label = _LABELS.get(found.field, found.field)
    place = rows(found.lines, found.count)
    about = _about(found.lines, found.count, column=found.field, sent=found.sent)
    said, expected, fix = _SENTENCES[found.code]
    limit = limits.description_letters if found.field == "description" else limits.name_letters
    message = said.format(label=label, sent=hints.shown(found.sent), month=month, limit=limit)
    fix = hints.hint(found.code, found.sent) or fix
    if found.code == "large_amount":
        return warning(found.code, f"{place}: {message}", **about, fix=fix)
    expected = expected.format(month=month, limit=limit)
    return blocker(found.code, f"{place}: {message} {UNSAVED}", **about, expected=expected, fix=fix)


_READABLE = "such as 1234.50, 1,234.50, -12.00 or (12.00)"
_MONTHS = "2026-01 to 2026-12, or a date"
_SENTENCES: dict[str, tuple[str, str, str]] = {
    "month_empty": ("month is empty.", _MONTHS, "Complete the month, or state one for the whole file."),
    "month": (
        "month is “{sent}”. Months run 01-12; a month is written like 2026-04, a date like 2026-04-30.",
        _MONTHS,
        "Correct the month.",
    ),
    "other_month": (
        "the date {sent} is not in {month}, the month stated for the file.",
        "{month}",
        "Correct the date, or take the stated month back.",
    ),
    "period": ("{label} is “{sent}”, which is no month.", _MONTHS, "Correct it."),
    "period_order": (
        "the service period {sent} ends before it starts.",
        "a start before its end",
        "Correct it.",
    ),
    "amount_empty": ("amount is empty.", f"a number {_READABLE}", "Complete the amount, or remove the line."),
    "amount_unreadable": (
        "amount is “{sent}”, which is not a number.",
        f"a number {_READABLE}",
        "Correct the amount.",
    ),
    "amount_too_large": (
        "amount {sent} is too large to be a cost.",
        "less than 100,000,000,000,000",
        "Correct the amount.",
    ),
    "amount_decimals": (
        "amount {sent} has more decimals than its currency. It is not rounded.",
        "the decimals of the currency",
        "Round it in the books, or say which mark stands before the decimals.",
    ),
    "large_amount": ("amount {sent} is very large.", "", "Check it."),
    "too_long": (
        "{label} has more than {limit:,} letters ({sent}...).",
        "at most {limit:,} letters",
        "Shorten it.",
    ),
}


def is_unit_of(unit: str, currency: str) -> bool:
    """Whether a sign or code inside an amount agrees with the line's currency."""
    unit = unit.rstrip(".")
    if unit in {",-", ".-", "-", ","}:
        return True
    return currency in _UNITS.get(unit, frozenset({unit}))


def other_unit(unit: str, currency: str, found: Found) -> Issue:
    """An amount carries another currency than its line."""
    return blocker(
        found.code,
        f"{rows(found.lines, found.count)}: amount {found.sent} carries {unit}, but its currency is "
        f"{currency}. {UNSAVED}",
        **_about(found.lines, found.count, column="amount", sent=found.sent, expected=currency),
        fix="Correct the currency or the amount.",
    )


def duplicates(groups: Sequence[tuple[int, ...]], extra: int) -> Issue:
    """Identical lines are kept: they may be two equal payments."""
    first = " and ".join(str(line) for line in groups[0])
    more = "" if extra == 1 else f" {extra:,} lines repeat another one in all."
    return warning(
        "duplicate_lines",
        f"Rows {first} are identical; all are kept, as they may be equal payments.{more}",
        **_about(tuple(line for group in groups for line in group)[:20], extra),
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
        **_about(lines, count, column="currency", sent="", expected="an ISO code such as USD, EUR, GBP"),
        fix="Complete it, or state the currency of the whole file.",
    )


def nameless(count: int, lines: tuple[int, ...]) -> Issue:
    """Lines that name nothing they belong to."""
    return warning(
        "no_object",
        f"{rows(lines, count)}: neither team nor cost area; their cost goes to suspense.",
        **_about(lines, count, column="team"),
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
