"""Lists of outcomes, their readings and their ends as rows of the store."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from roi.commands import loop, outcomes, structure
from roi.commands.changing import records
from roi.commands.changing.recording import Work
from roi.commands.checks import outcome_checks, outcome_work, plan_checks
from roi.commands.checks.outcome_work import New
from roi.commands.checks.plan_checks import Made
from roi.commands.rows import written_rows
from roi.commands.rows.list_kinds import Known, typed
from roi.commands.rows.value_merge import epic_key, lines_of, merged, outcome_key, unknown
from roi.domain.structure import Grade, Outcome, ValueClass
from roi.domain.value import Closure, Ending, OutcomePlan, Reading
from roi.errors import UNSAVED, Issue, blocker
from roi.ingest.lists import ListRow
from roi.store.changes import Row

Found = tuple[list[Row], list[Issue]]

PLAN = (
    "line cell driver series leads_to copied_from agreed_on horizon_months half_life_months confirmer "
    "evidence_planned planned_share problem result learning"
)
"""The columns of a list of outcomes that go to the outcome's plan; `capacity_weeks` is one more."""

_OUTCOME = (
    "metric unit direction baseline target_low target_likely target_high value_class owner by_when "
    "unit_value currency value_basis grade evidence actual read_on share_low share_likely share_high"
)


def _parted(sent: Sequence[ListRow]) -> tuple[list[ListRow], list[ListRow]]:
    """The rows with numbers, and those whose target stands as it was written."""
    rows: tuple[list[ListRow], list[ListRow]] = [], []
    for row in sent:
        rows[written_rows.is_written(row)].append(row)
    return rows


def outcome_list(sent: Sequence[ListRow], known: Known) -> Found:
    """Outcomes as rows of the store; their plans are checked too."""
    rows, written = _parted(sent)
    made, plans = _made(rows, known), _plans(rows, known)
    epics = tuple(known.held.epics.values())
    issues = list(outcome_checks.outcome_issues(made, epics, lines_of(rows)))
    issues += _capacity_issues(rows)
    issues += _driver_issues(rows, known, made, plans)
    places = {one.key: row.line for row, one in zip(rows, made, strict=True)}
    by_key = {one.key: one for one in made}
    issues += plan_checks.plan_issues(known.held, Made(by_key, plans, lines=places))
    issues += (*written_rows.left_over(rows), *written_rows.issues(written, known))
    return [records.row("outcome", one) for one in outcome_work.latest(known.held, made)], issues


def _capacity_issues(rows: Sequence[ListRow]) -> list[Issue]:
    found = []
    for row in rows:
        weeks = row.values.get("capacity_weeks")
        if isinstance(weeks, Decimal) and (weeks * 1000) % 1:
            message = f"Row {row.line}: team-weeks have at most three decimals. {UNSAVED}"
            found.append(
                blocker("capacity", message, line=row.line, column="capacity_weeks", sent=str(weeks))
            )
    return found


def _driver_issues(
    rows: Sequence[ListRow], known: Known, made: Sequence[Outcome], plans: Mapping[str, OutcomePlan]
) -> list[Issue]:
    """What a row says of a unit's worth otherwise than its driver: no cell is left out in silence (V7)."""
    found = []
    for row, one in zip(rows, made, strict=True):
        plan = plans.get(one.key)
        its = known.held.drivers.get(plan.driver) if plan is not None else None
        if its is None or one.value_class is ValueClass.NOT_FINANCIAL:
            continue
        for column in ("currency", "unit_value", "value_basis"):
            sent, says = row.values.get(column), getattr(one, column)
            if sent is None or sent == says:
                continue
            what = column.replace("_", " ")
            message = f"Row {row.line}: {what} is {says} by the driver {its.name}. {UNSAVED}"
            fix = "Leave the cell empty, or name another driver."
            told = {"line": row.line, "column": column, "sent": str(sent), "expected": str(says), "fix": fix}
            found.append(blocker("driver_value", message, **told))
    return found


def beside_outcomes(sent: Sequence[ListRow], known: Known) -> Work:
    """Plans, readings, forecasts, the ticks that end; and the outcomes whose target stands as written."""
    rows, written = _parted(sent)
    plans = _plans(rows, known)
    work = outcome_work.work(known.held, _made(rows, known), new=New(plans=plans))
    puts = [records.put("outcome_plan", plans.values())]
    puts += [one for one in work.puts if one.table != "outcome"]
    puts.append(records.put("success_measure", written_rows.made(written, known)))
    return Work(tuple(one for one in puts if one.rows), work.ends)


def _made(rows: Sequence[ListRow], known: Known) -> tuple[Outcome, ...]:
    sent = outcomes.with_readings([_outcome(row, known) for row in rows], known.held.outcomes)
    plans = _plans(rows, known)
    return tuple(plan_checks.with_driver(known.held, one, plans.get(one.key)) for one in sent)


def _own_key(row: ListRow, known: Known) -> str:
    epic, metric = epic_key(row, known), row.text("metric")
    key = row.text("outcome") or known.outcome_key(epic, metric)
    return key or structure.fresh_key(f"{epic} {metric}", known.held.outcomes)


def _outcome(row: ListRow, known: Known) -> Outcome:
    key, epic = _own_key(row, known), epic_key(row, known)
    if key in known.held.outcomes:
        return merged(known.held.outcomes[key], row, _OUTCOME, epic=epic)
    base = Outcome(
        key,
        epic,
        row.text("metric"),
        row.text("unit"),
        row.text("direction"),
        typed(row, "baseline", Decimal),
        typed(row, "target_low", Decimal),
        typed(row, "target_likely", Decimal),
        typed(row, "target_high", Decimal),
        typed(row, "value_class", ValueClass),
        row.text("owner"),
    )
    return merged(base, row, _OUTCOME)


def _plans(rows: Sequence[ListRow], known: Known) -> dict[str, OutcomePlan]:
    """The plans that the rows and what is stored make; none where neither says anything."""
    found = {}
    for row in rows:
        key = _own_key(row, known)
        held = known.held.plans.get(key)
        named = (*PLAN.split(), "capacity_weeks")
        if held is None and not any(row.values.get(name) is not None for name in named):
            continue
        plan = merged(held or OutcomePlan(key), row, PLAN)
        line = known.line_key(plan.line)
        driver, cell = known.driver_key(plan.driver), known.cell_key(line, plan.cell)
        plan = replace(plan, line=line, cell=cell, driver=driver)
        if "capacity_weeks" in row.values:
            weeks = row.values["capacity_weeks"]
            milli = int(weeks * 1000) if isinstance(weeks, Decimal) else None
            plan = replace(plan, capacity_milliweeks=milli)
        found[key] = plan
    return found


# Readings


def reading_list(rows: Sequence[ListRow], known: Known) -> Found:
    """Readings as rows of the store, several for one outcome too."""
    made = [_reading(row, known) for row in rows]
    issues: list[Issue] = []
    for row, one in zip(rows, made, strict=True):
        outcome = known.held.outcomes.get(one.outcome)
        if outcome is None:
            sent = row.text("outcome") or row.text("metric")
            issues.append(unknown(row, "outcome", "outcome", sent))
        else:
            issues += plan_checks.reading_issues(known.held, outcome, one, row.line)
    return [records.row("reading", one) for one in made], issues


def _reading(row: ListRow, known: Known) -> Reading:
    key, day = outcome_key(row, known), typed(row, "read_on", date)
    held = known.held.readings.get(key, {}).get(day)
    base = held or Reading(key, day, typed(row, "actual", Decimal), typed(row, "grade", Grade))
    columns = (
        "actual grade evidence share_low share_likely share_high effect_low effect_likely effect_high "
        "also_happened"
    )
    return merged(base, row, columns)


def beside_readings(rows: Sequence[ListRow], known: Known) -> Work:
    """The outcomes with their latest reading, what was confirmed before, and the ticks that end."""
    found: dict[str, list[Reading]] = defaultdict(list)
    for row in rows:
        one = _reading(row, known)
        found[one.outcome].append(one)
    sent = [known.held.outcomes[key] for key in found]
    given = [one for its in found.values() for one in its]
    return outcome_work.work(known.held, sent, readings=given)


# Ends


def closure_list(rows: Sequence[ListRow], known: Known) -> Found:
    """Ends of outcomes as rows of the store."""
    made, issues = [], list[Issue]()
    for row in rows:
        key = outcome_key(row, known)
        base = Closure(key, typed(row, "ended_on", date), typed(row, "ended_by", Ending))
        one = merged(base, row, "landed learned reason")
        made.append(one)
        if key not in known.held.outcomes:
            issues.append(unknown(row, "outcome", "outcome", row.text("outcome") or row.text("metric")))
        else:
            issues += loop.closure_issues(known.held, one, row.line)
    return [records.row("closure", one) for one in made], issues
