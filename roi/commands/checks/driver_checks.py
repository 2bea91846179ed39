"""What can be wrong with value drivers, and the outcomes whose unit value they move (rule V7)."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from roi.commands.changing.held import Held
from roi.commands.checks import line_checks, outcome_checks, plan_checks, settled, size_checks
from roi.domain import drivers as reckoned
from roi.domain.money import MINOR_DIGITS
from roi.domain.structure import Outcome, ValueBasis
from roi.domain.value import DriverInput, ValueDriver
from roi.errors import INTACT, Issue, blocker


def driver_issues(drivers: Sequence[ValueDriver], lines: Mapping[str, int]) -> Iterator[Issue]:
    """What is wrong with the drivers themselves; `lines` are those of a file, by driver."""
    seen: set[str] = set()
    for one in drivers:
        line = lines.get(one.key)
        yield from outcome_checks.named("driver", one.key, one.name, seen, line)
        if one.formula not in reckoned.MENU:
            message = f"{one.name}: “{one.formula}” is none of the formulas. {INTACT}"
            expected = ", ".join(reckoned.MENU)
            yield blocker(
                "formula", message, line=line, column="formula", sent=one.formula, expected=expected
            )
        if one.currency not in MINOR_DIGITS:
            message = f"{one.name} needs a currency. {INTACT}"
            yield blocker("currency", message, line=line, column="currency", sent=one.currency)
        if one.basis is not ValueBasis.ASSUMED and not one.source.strip():
            message = f"{one.name} is {one.basis.value} and does not say where that can be seen. {INTACT}"
            yield blocker(
                "source", message, line=line, column="source", fix="Name the report or the agreement."
            )


def formula_issues(
    drivers: Sequence[ValueDriver], inputs: Mapping[str, Sequence[DriverInput]], lines: Mapping[str, int]
) -> Iterator[Issue]:
    """What keeps the drivers from being reckoned with these inputs."""
    for one in drivers:
        if one.formula in reckoned.MENU:
            for key, said in reckoned.problems(one, inputs.get(one.key, ())):
                message = f"{one.name}: {said} {INTACT}"
                line, fix = lines.get(one.key), "Correct this input of the driver."
                sent = None if line is None else key
                yield blocker("input", message, line=line, column="input", sent=sent, fix=fix)


def currency_issues(held: Held, drivers: Sequence[ValueDriver], lines: Mapping[str, int]) -> Iterator[Issue]:
    """Drivers in another currency than the finance line of an outcome that uses them."""
    for one in drivers:
        for plan in held.plans.values():
            line = held.lines.get(plan.line)
            if plan.driver == one.key and line is not None and line.currency != one.currency:
                metric = held.outcomes[plan.outcome].metric
                message = (
                    f"{one.name} is in {one.currency}, but {metric} is claimed on {line.name}, which is kept "
                    f"in {line.currency}. {INTACT}"
                )
                yield blocker(
                    "currency", message, line=lines.get(one.key), column="currency", sent=one.currency
                )


def use_issues(held: Held, driver: str) -> Iterator[Issue]:
    """The outcomes that keep a driver from being taken away."""
    uses = [plan.outcome for plan in held.plans.values() if plan.driver == driver]
    if uses:
        message = f"{held.drivers[driver].name} is still used by {line_checks.said(held, uses)}. {INTACT}"
        yield blocker("used", message, sent=driver, fix="Give them another driver first.")


def moved_outcomes(
    held: Held,
    drivers: Mapping[str, ValueDriver],
    inputs: Mapping[str, Sequence[DriverInput]],
    touched: Collection[str],
) -> list[Outcome]:
    """The outcomes that use one of the touched drivers and would be worth something else by it."""
    found = []
    for plan in held.plans.values():
        if plan.driver in touched and plan.outcome in held.outcomes:
            before = held.outcomes[plan.outcome]
            after = plan_checks.driven(before, drivers[plan.driver], inputs.get(plan.driver, ()))
            if after != before:
                found.append(after)
    return found


def worth_issues(held: Held, moved: Sequence[Outcome]) -> Iterator[Issue]:
    """The moved outcomes whose worth would be none that is real, or another kind of money than is confirmed.

    The effect of their reading counts.
    """
    for one in moved:
        yield from settled.basis_issues(held, one)
        reading = held.readings.get(one.key, {}).get(one.read_on) if one.read_on is not None else None
        yield from size_checks.worth_issues(one, held.plans.get(one.key), reading)
