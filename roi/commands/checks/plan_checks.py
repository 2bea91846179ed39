"""What can be wrong with what is agreed about an outcome, and what it lacks to be measured and confirmed."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from roi.commands.changing.held import Held
from roi.commands.checks import (
    agreement,
    chain_checks,
    day_checks,
    outcome_checks,
    series_checks,
    settled,
    size_checks,
)
from roi.commands.checks.outcome_work import carrying
from roi.domain import chains, drivers, losses
from roi.domain import outcomes as told
from roi.domain.identity import is_one
from roi.domain.money import SHARE_WHOLE
from roi.domain.periods import month_of
from roi.domain.structure import CASH_CLASSES, Epic, Grade, Outcome, Tick, ValueBasis, ValueClass
from roi.domain.value import DriverInput, LineKind, OutcomePlan, Reading, ValueDriver
from roi.errors import INTACT, Issue, blocker, warning

_LONGEST_MONTHS = 600
_BRING_LOSSES = "Bring in the losses of {} by month from before the work, and name that series in its plan."
_LINE_SHOWN = "the finance line and segment on which it shows: without one none of it is confirmed (V8)"
_LINE_LOWERED = "the finance line that it lowers: without one none of it is confirmed (V13)"
_MARGIN_CLASSES = (ValueClass.REVENUE, ValueClass.RETENTION)


@dataclass(frozen=True)
class Made:
    """What one change saves together, and where in a file it stands."""

    outcomes: Mapping[str, Outcome]
    plans: Mapping[str, OutcomePlan]
    epics: Mapping[str, Epic] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)


def plan_issues(held: Held, made: Made) -> Iterator[Issue]:
    """Everything that is wrong with these plans, beside the outcomes that they are about."""
    named = {other for plan in made.plans.values() for other in (plan.leads_to, plan.copied_from) if other}
    leads_to = held.links | {key: one.leads_to for key, one in made.plans.items()} if named else {}
    outcomes = {**held.others({*made.plans, *named, *leads_to}), **made.outcomes}
    for one in made.outcomes.values():
        plan = made.plans.get(one.key) or held.plans.get(one.key)
        yield from settled.outcome_issues(held, one, plan, made.lines.get(one.key))
        yield from size_checks.worth_issues(one, plan, line=made.lines.get(one.key))
        before = held.outcomes.get(one.key)
        if before is None or before.read_on != one.read_on:
            yield from day_checks.reading_issues(held.today, one.metric, one.read_on, made.lines.get(one.key))
    plans = {one.key: held.plans[one.key] for one in made.outcomes.values() if one.key in held.plans}
    yield from series_checks.issues(held, plans | dict(made.plans), outcomes, made.lines)
    yield from chain_checks.issues(held, made.outcomes, made.plans, made.lines)
    for key, plan in made.plans.items():
        line, outcome = made.lines.get(key), outcomes.get(key)
        if outcome is None:
            message = f"There is no outcome “{key}”. {INTACT}"
            yield blocker("unknown_outcome", message, line=line, column="outcome", sent=key)
            continue
        yield from _number_issues(outcome, plan, line)
        yield from _line_issues(held, outcome, plan, line)
        yield from _driver_issues(held, outcome, plan, line)
        yield from _chain_issues(outcomes, leads_to, plan, line)
        yield from _money_issues(outcome, plan, line)
        yield from settled.plan_issues(held, outcome, plan, line)
        yield from agreement.plan_issues(held, outcome, plan, line)


def _number_issues(outcome: Outcome, plan: OutcomePlan, line: int | None) -> Iterator[Issue]:
    for name in ("horizon_months", "half_life_months"):
        months = getattr(plan, name)
        if months is not None and not 1 <= months <= _LONGEST_MONTHS:
            message = f"{outcome.metric}: {name.replace('_', ' ')} are from 1 to {_LONGEST_MONTHS}. {INTACT}"
            yield blocker(name, message, line=line, column=name, sent=str(months), expected="months")
    if plan.planned_share is not None and not 0 <= plan.planned_share <= SHARE_WHOLE:
        message = f"{outcome.metric}: the planned share of its pool is between 0 and 100 %. {INTACT}"
        yield blocker("planned_share", message, line=line, column="planned_share")
    if plan.capacity_milliweeks is not None and plan.capacity_milliweeks < 0:
        message = f"{outcome.metric}: capacity that is freed is not below zero. {INTACT}"
        yield blocker("capacity", message, line=line, column="capacity_weeks")


def _line_issues(held: Held, outcome: Outcome, plan: OutcomePlan, line: int | None) -> Iterator[Issue]:
    if not plan.line:
        if plan.cell:
            message = f"{outcome.metric} names the segment “{plan.cell}” of no finance line. {INTACT}"
            yield blocker("line", message, line=line, column="line", fix="Name the line too.")
        return
    its = held.lines.get(plan.line)
    if its is None:
        message = f"{outcome.metric}: there is no finance line “{plan.line}”. {INTACT}"
        fix = "Finance adds the line first."
        yield blocker("unknown_line", message, line=line, column="line", sent=plan.line, fix=fix)
        return
    if (plan.line, plan.cell) not in held.cells:
        cells = ", ".join(sorted(cell for of, cell in held.cells if of == plan.line))
        which = f"has no segment “{plan.cell}”" if plan.cell else "needs the segment whose money it is"
        message = f"{outcome.metric}: {its.name} {which}. {INTACT}"
        yield blocker("unknown_cell", message, line=line, column="cell", sent=plan.cell, expected=cells)
    if outcome.unit_value is not None and outcome.currency != its.currency:
        kept = f"but {its.name} is kept in {its.currency}"
        message = f"{outcome.metric} is worth {outcome.currency}, {kept}. {INTACT}"
        fix = f"Say the value of a unit in {its.currency}."
        yield blocker("currency", message, line=line, column="currency", sent=outcome.currency, fix=fix)
    yield from _class_issues(outcome, its.kind, its.name, line)


def _class_issues(outcome: Outcome, kind: LineKind, name: str, line: int | None) -> Iterator[Issue]:
    """Margin is claimed on a margin line, a saving on the cost that it lowers (rule V13)."""
    is_margin = kind is LineKind.MARGIN
    wrong = outcome.value_class in _MARGIN_CLASSES if not is_margin else False
    wrong = wrong or (is_margin and outcome.value_class is ValueClass.COST_REDUCTION)
    if wrong:
        said, is_line = outcome.value_class.value.replace("_", " "), "a margin" if is_margin else "a cost"
        message = f"{outcome.metric} is {said}, but {name} is {is_line} line. {INTACT}"
        fix = "Choose the line on which it shows in the books, or the other class."
        yield blocker("line_kind", message, line=line, column="line", sent=name, fix=fix)


def _driver_issues(held: Held, outcome: Outcome, plan: OutcomePlan, line: int | None) -> Iterator[Issue]:
    if not plan.driver:
        return
    its = held.drivers.get(plan.driver)
    if its is None:
        message = f"{outcome.metric}: there is no value driver “{plan.driver}”. {INTACT}"
        fix = "Add the driver first."
        yield blocker("unknown_driver", message, line=line, column="driver", sent=plan.driver, fix=fix)
        return
    problems = drivers.problems(its, held.inputs.get(its.key, ()))
    if problems:
        message = f"{outcome.metric}: the driver {its.name} cannot be reckoned: {problems[0][1]} {INTACT}"
        yield blocker("driver", message, line=line, column="driver", sent=plan.driver)
        return
    worth = drivers.worth(its, held.inputs.get(its.key, ())).likely
    if outcome.unit_value is not None and (outcome.unit_value, outcome.currency) != (worth, its.currency):
        yield blocker(
            "driver_value",
            f"{outcome.metric}: a unit is worth {worth:f} {its.currency} by the driver {its.name}. {INTACT}",
            line=line,
            column="unit_value",
            sent=f"{outcome.unit_value:f} {outcome.currency}",
            expected=f"{worth:f} {its.currency}, or nothing",
            fix="Change the driver, or take it off the outcome.",
        )


def with_driver(held: Held, outcome: Outcome, plan: OutcomePlan | None) -> Outcome:
    """The outcome with the unit value, currency and basis of the driver that its plan names."""
    its = held.drivers.get(plan.driver) if plan and plan.driver else None
    if its is None or outcome.value_class is ValueClass.NOT_FINANCIAL:
        return outcome
    return driven(outcome, its, held.inputs.get(its.key, ()))


def driven(outcome: Outcome, its: ValueDriver, inputs: Sequence[DriverInput]) -> Outcome:
    """The outcome worth what this driver says; unchanged while the driver cannot be reckoned."""
    if drivers.problems(its, inputs):
        return outcome
    worth = drivers.worth(its, inputs).likely
    return replace(outcome, unit_value=worth, currency=its.currency, value_basis=its.basis)


def _chain_issues(
    outcomes: Mapping[str, Outcome], leads_to: Mapping[str, str], plan: OutcomePlan, line: int | None
) -> Iterator[Issue]:
    metric = outcomes[plan.outcome].metric
    for name in ("leads_to", "copied_from"):
        other = getattr(plan, name)
        if other and (other not in outcomes or other == plan.outcome):
            message = f"{metric}: there is no other outcome “{other}”. {INTACT}"
            yield blocker("unknown_outcome", message, line=line, column=name, sent=other)
    circle = chains.circle(plan.outcome, leads_to)
    if len(circle) > 1:
        way = " → ".join(outcomes[key].metric for key in (*circle, plan.outcome) if key in outcomes)
        message = f"{metric} would lead to itself: {way}. {INTACT}"
        yield blocker("circle", message, line=line, column="leads_to", sent=plan.leads_to)


def _money_issues(outcome: Outcome, plan: OutcomePlan, line: int | None) -> Iterator[Issue]:
    """Speed is capacity, never money (rule V14)."""
    if plan.capacity_milliweeks and outcome.unit_value is not None:
        message = (
            f"{outcome.metric} frees capacity. It is counted in team-weeks and never as money; the money "
            f"appears in the work that the capacity is spent on (rule V14). {INTACT}"
        )
        fix = "Leave the value of a unit empty, or leave the capacity out."
        yield blocker("capacity_money", message, line=line, column="capacity_weeks", fix=fix)


# Readings and ticks


def reading_issues(held: Held, outcome: Outcome, given: Reading, line: int | None = None) -> Iterator[Issue]:
    """What is wrong with a reading of this outcome."""
    epic = held.epics.get(outcome.epic)
    read, plan = carrying(outcome, given), held.plans.get(outcome.key)
    yield from outcome_checks.reading_issues(read, epic, line)
    if held.readings.get(outcome.key, {}).get(given.read_on) != given:
        yield from day_checks.reading_issues(held.today, outcome.metric, given.read_on, line)
    yield from size_checks.reading_issues(read, plan, given, line)
    yield from _effect_issues(outcome, given, line)
    yield from _loss_issues(held, outcome, given, line)


def _effect_issues(outcome: Outcome, given: Reading, line: int | None) -> Iterator[Issue]:
    effect = (given.effect_low, given.effect_likely, given.effect_high)
    known = [one for one in effect if one is not None]
    if known and (len(known) < 3 or not all(one.is_finite() for one in known) or known != sorted(known)):
        message = f"{outcome.metric}: an estimate of the effect needs low ≤ likely ≤ high. {INTACT}"
        fix = "Say all three, in the metric's unit, above zero for the better; or leave them empty."
        yield blocker("effect", message, line=line, column="effect_likely", fix=fix)


def _loss_issues(held: Held, outcome: Outcome, given: Reading, line: int | None) -> Iterator[Issue]:
    """Risk and downtime need a series of losses from before the work, else grade E (rule V14)."""
    plan, epic = held.plans.get(outcome.key), held.epics.get(outcome.epic)
    is_risk = outcome.value_class is ValueClass.RISK_REDUCED
    if not is_risk or given.grade is Grade.E or plan is None or not plan.series or epic is None:
        return
    first = held.series.get(plan.series)
    if first is None or first >= month_of(epic.started):
        message = (
            f"{outcome.metric}: the series “{plan.series}” has no month from before {epic.name} started, so "
            f"the loss that is avoided is only stated (rule V14). {INTACT}"
        )
        fix = "Bring in the months before the work, or choose grade E, stated."
        yield blocker("loss_series", message, line=line, column="grade", sent=given.grade.value, fix=fix)


def confirmation_issues(held: Held, outcome: Outcome, ticks: Collection[Tick]) -> Iterator[Issue]:
    """What of its questions and its chain stops these ticks (rules V9 and V10)."""
    for one in held.questions.get(outcome.key, ()):
        if one.is_open:
            message = f"“{one.text}”, asked by {one.asked_by}, is not answered yet. {INTACT}"
            yield blocker("question", message, fix="Have the owner answer first.")
    plan = held.plans.get(outcome.key)
    if plan is not None and plan.capacity_milliweeks is not None:
        message = (
            f"{outcome.metric} frees capacity, which is spent in priorities and is never money. {INTACT}"
        )
        yield blocker("capacity", message, fix="Close it with what was learned; nobody has to confirm it.")
    if told.needs_line(outcome, plan.line if plan is not None else "") and set(ticks) & settled.OF_A_LINE:
        message = (
            f"{outcome.metric} names no finance line, so nobody can say whose money it is, and nothing caps "
            f"what it claims (rule V8). {INTACT}"
        )
        yield blocker("line", message, column="line", fix=settled.NAME_A_LINE)
    if Tick.SHARE not in ticks:
        return
    yield from _stated_issues(held, outcome)
    yield from _link_issues(held, outcome)


def _link_issues(held: Held, outcome: Outcome) -> Iterator[Issue]:
    """Money waits for every link that leads to it: read with evidence, a loss with its series (V9, V14)."""
    feeding = chains.feeding(outcome.key, held.links)
    plans = held.plans_of(feeding) if feeding else {}
    for link in held.others(feeding).values() if feeding else ():
        if _lacks_losses(held, link, plans.get(link.key)):
            message = (
                f"{link.metric} leads to {outcome.metric}, and there is {losses.WHY}; money takes the "
                f"weakest grade of its chain (rules V9 and V14). {INTACT}"
            )
            yield blocker("loss_series", message, column="series", fix=_BRING_LOSSES.format(link.metric))
        elif link.grade is Grade.E:
            why = "has not been read" if link.actual is None else "is only stated (grade E)"
            message = (
                f"{link.metric} leads to {outcome.metric} and {why}; money takes the weakest grade of its "
                f"chain (rule V9). {INTACT}"
            )
            yield blocker("chain", message, fix=f"Read {link.metric} with evidence first.")


def _stated_issues(held: Held, outcome: Outcome) -> Iterator[Issue]:
    """A loss that is avoided has no share to confirm without a series of losses from before (rule V14)."""
    if _lacks_losses(held, outcome, held.plans.get(outcome.key)):
        message = f"{outcome.metric}: {losses.WHY}. Stated value is never confirmed (rule V14). {INTACT}"
        yield blocker("loss_series", message, column="series", fix=_BRING_LOSSES.format("it"))


def _lacks_losses(held: Held, outcome: Outcome, plan: OutcomePlan | None) -> bool:
    """Whether it was read with evidence of a loss that nobody counted before the work."""
    epic = held.epics.get(outcome.epic)
    if epic is None or outcome.grade is Grade.E:
        return False
    driver = held.drivers.get(plan.driver) if plan is not None else None
    first = held.series.get(plan.series) if plan is not None else None
    return losses.is_only_stated(outcome, driver.formula if driver else "", first, epic.started)


# What is missing to be measurable


def missing(held: Held, outcome: Outcome, plan: OutcomePlan) -> Iterator[Issue]:
    """What the outcome still lacks to be measured, confirmed and capped; hints, never blockers."""
    word = outcome_checks.output_word(outcome.metric)
    if word:
        message = f"“{word}” speaks of work that is done. What changes for customers or costs when it is?"
        yield warning("output", message, column="metric", sent=word, fix="Name the measure that should move.")
    if outcome.by_when is None:
        yield _lack("by_when", "the day by which it should have moved")
    if not plan.evidence_planned.strip():
        yield _lack("evidence_planned", "how it will be shown that this work did it")
    if plan.agreed_on is None:
        yield _lack("agreed_on", "the agreement: until then it is a draft")
    yield from _money_missing(held, outcome, plan)


def _money_missing(held: Held, outcome: Outcome, plan: OutcomePlan) -> Iterator[Issue]:
    if outcome.value_class is ValueClass.NOT_FINANCIAL:
        return
    if outcome.unit_value is None:
        yield _lack("unit_value", "what one unit is worth a month, by a driver of the menu")
    elif outcome.value_basis is ValueBasis.ASSUMED:
        yield _lack("value_basis", "finance's word on the unit value: assumed value is never confirmed (V7)")
    if outcome.value_class in CASH_CLASSES and not plan.line:
        is_saving = outcome.value_class is ValueClass.COST_REDUCTION
        yield _lack("line", _LINE_LOWERED if is_saving else _LINE_SHOWN)
    if not plan.confirmer.strip():
        yield _lack("confirmer", "who confirms")
    elif is_one(plan.confirmer, outcome.owner):
        yield _lack("confirmer", "somebody other than the owner who confirms (V10)")
    if outcome.value_class is ValueClass.RISK_REDUCED and plan.series not in held.series:
        yield _lack("series", "a series of losses from before: without it the effect is only stated (V14)")


def _lack(column: str, what: str) -> Issue:
    return warning(f"missing_{column}", f"Still missing: {what}.", column=column, expected=what)
