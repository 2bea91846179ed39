"""What staging says of cells: words, months and amounts that cannot be taken, or only with a warning."""

import re
from collections.abc import Mapping

from roi.domain.importing import Limits
from roi.errors import UNSAVED, Issue, blocker, warning
from roi.store import staging_hints as hints
from roi.store import staging_issues as issues
from roi.store.staging_words import Word

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


def empty_word(found: Word, count: int, lines: tuple[int, ...]) -> Issue:
    """An empty scenario or nature, read as that of the whole file."""
    label = issues.LABELS[found.field]
    return warning(
        f"{found.field}_empty",
        f"{issues.rows(lines, count)}: {label} is empty and was read as {found.value}.",
        **issues.about(lines, count, column=found.field, expected=found.value),
        fix=f"Complete the {label} if this is wrong.",
    )


def word(found: Word, count: int, lines: tuple[int, ...]) -> Issue:
    """A word that means nothing here, or is spelled otherwise."""
    label, place = issues.LABELS[found.field], issues.rows(lines, count)
    about = issues.about(lines, count, column=found.field, sent=found.sent)
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
    label = issues.LABELS[found.field]
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
    label = issues.LABELS[found.field]
    place = issues.rows(lines, count)
    return blocker(
        "differs_from_stated",
        f"{place}: the {label} is {found.sent}; {default.value} was stated for the whole file. {UNSAVED}",
        **issues.about(lines, count, column=found.field, sent=found.sent, expected=default.value),
        fix=f"Take the statement back, or correct the {label}.",
    )


_READABLE = "such as 1234.50, 1,234.50, -12.00 or (12.00)"
_MONTHS = "{months}, or a date"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
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


def problem(found: issues.Found, month: str, limits: Limits) -> Issue:
    """A month, amount, period or length that cannot be taken."""
    label = issues.LABELS.get(found.field, found.field)
    place = issues.rows(found.lines, found.count)
    about = issues.about(found.lines, found.count, column=found.field, sent=found.sent)
    said, expected, fix = _SENTENCES[found.code]
    limit = limits.description_letters if found.field == "description" else limits.name_letters
    message = said.format(label=label, sent=hints.shown(found.sent), month=month, limit=limit)
    fix = hints.hint(found.code, found.sent) or fix
    if found.code == "large_amount":
        return warning(found.code, f"{place}: {message}", **about, fix=fix)
    expected = expected.format(month=month, limit=limit, months=_months(found.sent))
    return blocker(found.code, f"{place}: {message} {UNSAVED}", **about, expected=expected, fix=fix)


def _months(sent: str) -> str:
    """The months that could stand there: those of the year that was sent, where one can be seen in it."""
    year = _YEAR.search(sent)
    return f"{year[0]}-01 to {year[0]}-12" if year else "a month such as 2026-04"


def is_unit_of(unit: str, currency: str) -> bool:
    """Whether a sign or code inside an amount agrees with the line's currency."""
    unit = unit.rstrip(".")
    if unit in {",-", ".-", "-", ","}:
        return True
    return currency in _UNITS.get(unit, frozenset({unit}))


def other_unit(unit: str, currency: str, found: issues.Found) -> Issue:
    """An amount carries another currency than its line."""
    return blocker(
        found.code,
        f"{issues.rows(found.lines, found.count)}: amount {found.sent} carries {unit}, but its currency is "
        f"{currency}. {UNSAVED}",
        **issues.about(found.lines, found.count, column="amount", sent=found.sent, expected=currency),
        fix="Correct the currency or the amount.",
    )
