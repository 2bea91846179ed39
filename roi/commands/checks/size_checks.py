"""What is refused because it is larger than anything real, wherever it is typed: form, list, command line."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from roi.domain import persistence, sizes
from roi.domain.money import MINOR_DIGITS, to_decimal
from roi.domain.structure import Outcome
from roi.domain.value import OutcomePlan, Reading
from roi.errors import INTACT, Issue, blocker

_SHOWN = 24
_FIX = "Correct the number: it may hold a digit too many, or another unit."


def issues(told: str, numbers: Mapping[str, Decimal | None], line: int | None = None) -> Iterator[Issue]:
    """The numbers, by column, that are too large; `told` is what they are about."""
    for column, number in numbers.items():
        if number is not None and sizes.is_too_large(number):
            said = f"{told}: {column.replace('_', ' ')} is"
            yield _issue(said, column, number, line)


def amount_issues(
    told: str, amounts: Mapping[str, int | None], currency: str, line: int | None = None
) -> Iterator[Issue]:
    """The amounts in minor units, by column, that are too large to be money."""
    for column, minor in amounts.items():
        if minor is not None and currency in MINOR_DIGITS and sizes.is_too_much(minor, currency):
            said = f"{told}: {column.replace('_', ' ')} is"
            yield _issue(said, column, to_decimal(minor, currency), line)


def _issue(told: str, column: str, number: Decimal, line: int | None) -> Issue:
    sent = f"{number:f}" if abs(number.adjusted()) < _SHOWN else f"{number:.3E}"
    said, expected = sizes.beyond(number)
    message = f"{told} {said} to be real: it has to be {expected}. {INTACT}"
    return blocker("too_large", message, line=line, column=column, sent=sent, expected=expected, fix=_FIX)


def outcome_issues(outcome: Outcome, line: int | None = None) -> Iterator[Issue]:
    """The numbers of an outcome that are too large."""
    names = ("baseline", "target_low", "target_likely", "target_high", "unit_value", "actual")
    yield from issues(outcome.metric, {name: getattr(outcome, name) for name in names}, line)


def reading_issues(
    outcome: Outcome, plan: OutcomePlan | None, given: Reading, line: int | None = None
) -> Iterator[Issue]:
    """The numbers of a reading that are too large; `outcome` carries it."""
    names = ("actual", "effect_low", "effect_likely", "effect_high")
    found = list(issues(outcome.metric, {name: getattr(given, name) for name in names}, line))
    yield from found or worth_issues(outcome, plan, given, line)


def worth_issues(
    outcome: Outcome, plan: OutcomePlan | None, reading: Reading | None = None, line: int | None = None
) -> Iterator[Issue]:
    """An outcome whose numbers, each of which may be real, together make a value that is none."""
    months = plan.horizon_months if plan is not None and plan.horizon_months else persistence.HORIZON_MONTHS
    moved = (reading.effect_low, reading.effect_likely, reading.effect_high) if reading is not None else ()
    if sizes.is_worth_too_much(outcome, moved, months):
        message = (
            f"{outcome.metric} would be worth {sizes.MOST:,f} {outcome.currency} or more in {months} months: "
            f"too large to be real. {INTACT}"
        )
        fix = "Correct the measure, or what one unit of it is worth a month."
        column = "unit_value" if outcome.actual is None else "actual"
        yield blocker("too_large", message, line=line, column=column, expected=sizes.EXPECTED, fix=fix)
