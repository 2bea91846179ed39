"""The control total: what the ledger would hold, what the books show, and what explains a difference."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from roi.commands.changing.requests import ControlCheck, CostImport, MonthTotal, Suspect
from roi.commands.cost_files.costs_places import PlaceMonth
from roi.domain.importing import Mode
from roi.domain.money import MINOR_DIGITS, to_decimal, to_minor
from roi.domain.periods import months_between, short_month
from roi.errors import UNSAVED, Issue, blocker, warning
from roi.store import imports
from roi.store.staging import Cursor, Staged

_MOST = 8
_CLOSE = 20
"""A place that is missing explains a difference that is this part of it away, or less."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of the file: its months, its lines, and what is usual for its places."""

    months: tuple[MonthTotal, ...]
    staged: Staged
    places: tuple[PlaceMonth, ...]


def compare(cursor: Cursor, request: CostImport, seen: Seen) -> tuple[ControlCheck | None, list[Issue]]:
    """The stated total against the ledger of the file's months after the import; None: none was stated."""
    if request.control_total is None:
        return None, []
    after = imports.ledger(cursor, request.source, is_replacing=request.mode is not Mode.ADD)
    if len(after) != 1:
        message = (
            "A control total needs one currency and one scenario; the file has "
            f"{', '.join(f'{currency} {scenario}' for currency, scenario in after)}. {UNSAVED}"
        )
        fix = "State the totals of such a file one by one afterwards."
        return None, [blocker("control", message, fix=fix)]
    ((currency, _), ledger) = next(iter(after.items()))
    try:
        stated = to_minor(request.control_total, currency)
    except ValueError as error:
        message = f"The control total {error}. {UNSAVED}"
        return None, [blocker("control", message, fix=f"{currency} has {MINOR_DIGITS[currency]} decimals.")]
    check = ControlCheck(currency, stated, ledger)
    if check.difference == 0:
        return check, []
    check = replace(check, suspects=tuple(islice(_suspects(cursor, request, check, seen), _MOST)))
    return check, [_difference(request, check)]


def _difference(request: CostImport, check: ControlCheck) -> Issue:
    shown = f"{to_decimal(check.difference, check.currency):,f} {check.currency}"
    said = (
        f"The ledger would hold {to_decimal(check.ledger, check.currency):,f}, the books show "
        f"{to_decimal(check.stated, check.currency):,f}: a difference of {shown}."
    )
    hint = "".join(f" {one.why}" for one in check.suspects[:5])
    about = {
        "column": "amount",
        "sent": f"{to_decimal(check.stated, check.currency):f}",
        "expected": f"{to_decimal(check.ledger, check.currency):f}",
    }
    if request.unreconciled_reason.strip():
        return warning("unreconciled", f"{said}{hint} It goes on as unreconciled.", **about)
    fix = "Correct the file or the total, or go on as unreconciled with a reason."
    return blocker("control", f"{said}{hint} {UNSAVED}", **about, fix=fix)


def _suspects(cursor: Cursor, request: CostImport, check: ControlCheck, seen: Seen) -> Iterator[Suspect]:
    """What could explain the difference, the surest first."""
    difference = check.difference
    if check.stated and check.ledger == -check.stated:
        yield Suspect("All rows", None, check.ledger, "The two differ in their sign only.")
    for lines, currency, amount in seen.staged.duplicates:
        if currency == check.currency and amount == difference:
            rows = " and ".join(map(str, lines))
            yield Suspect(f"Rows {rows}", None, amount, f"Rows {rows} are identical and amount to it.")
    yield from _months(check, seen.months)
    yield from _places(check, seen.places)
    for line, amount in imports.candidates(cursor, difference):
        why = f"Row {line} has that amount."
        if amount != difference:
            why = f"Row {line} would explain it with the other sign."
        yield Suspect(f"Row {line}", None, amount, why)
    yield from _missing(cursor, request, seen.months)


def _months(check: ControlCheck, months: Sequence[MonthTotal]) -> Iterator[Suspect]:
    """A whole month that is there twice or in the books not yet."""
    for one in months if len(months) > 1 else ():
        if one.amount == check.difference:
            label = short_month(one.month)
            yield Suspect("All rows", one.month, one.amount, f"{label} as a whole comes to exactly that.")


def _places(check: ControlCheck, places: Sequence[PlaceMonth]) -> Iterator[Suspect]:
    """Teams and areas whose month is the difference, half of it with the other sign, or missing."""
    for one in places:
        if one.currency != check.currency:
            continue
        if one.amount is not None and one.amount == check.difference:
            why = f"{one.label} comes to exactly that."
            yield Suspect(one.place, one.month, one.amount, why)
        elif one.amount is not None and one.amount and 2 * one.amount == check.difference:
            why = f"{one.label} would explain it with the other sign."
            yield Suspect(one.place, one.month, one.amount, why)
        elif one.amount is None and one.usual and _is_close(one.usual, -check.difference):
            usual = f"{to_decimal(one.usual, one.currency):,f} {one.currency}"
            yield Suspect(
                one.place, one.month, one.usual, f"{one.label} has no line; it usually has about {usual}."
            )


def _is_close(usual: int, missing: int) -> bool:
    return abs(usual - missing) * _CLOSE <= abs(missing)


def _missing(cursor: Cursor, request: CostImport, months: Sequence[MonthTotal]) -> Iterator[Suspect]:
    scenario = months[0].scenario if months else "actual"
    touched = {one.month for one in months}
    known = sorted({*imports.known_months(cursor, request.source, scenario), *touched})
    gaps = [month for month in months_between(known[0], known[-1]) if month not in known] if known else []
    if gaps:
        listed = ", ".join(short_month(month) for month in gaps[:6])
        yield Suspect("All rows", gaps[0], None, f"No lines yet for {listed}.")


def row(request: CostImport, check: ControlCheck, months: Sequence[MonthTotal]) -> dict[str, object]:
    """The control total as it is stored, for the file's first to last month."""
    touched = sorted(one.month for one in months)
    return {
        "source": request.source,
        "scenario": months[0].scenario,
        "currency": check.currency,
        "first_month": touched[0],
        "last_month": touched[-1],
        "amount_minor": check.stated,
        "reason": request.unreconciled_reason.strip() if check.difference else "",
    }
