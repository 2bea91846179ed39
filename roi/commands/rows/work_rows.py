"""Lists of epics, their teams, slices and effort, initiatives and success measures as rows of the store."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from roi.commands import initiatives, structure
from roi.commands.changing import records
from roi.commands.changing.recording import Work
from roi.commands.checks import (
    day_checks,
    epic_checks,
    frozen,
    obligation_checks,
    outcome_checks,
    outcome_work,
    product_checks,
    settled,
    wait_checks,
)
from roi.commands.obligations import released
from roi.commands.rows.list_kinds import Known, typed
from roi.commands.rows.value_merge import (
    currency_issues,
    epic_key,
    lines_of,
    merged,
    minor,
    team_key,
    unknown,
)
from roi.domain.obligations import Met, Obligation, ObligationKind
from roi.domain.products import ProductLife
from roi.domain.structure import Epic, EpicKind
from roi.domain.value import Effort, EpicPlan, EpicTeam, Initiative, Slice, SuccessMeasure, Wait
from roi.errors import UNSAVED, Issue, blocker, warning
from roi.ingest.lists import ListRow
from roi.store.changes import End, Row

Found = tuple[list[Row], list[Issue]]

EPIC_PLAN = (
    "origin owner agreed_on due_on is_product_oriented ended_on ended_by ended_because run_share "
    "initiative copied_from launch_cost currency"
)
"""The columns of a list of epics that go to the epic's plan."""

_NEW_EPIC = Epic("", "", "", EpicKind.FEATURE, date.min, None, 0)


def epics(rows: Sequence[ListRow], known: Known) -> Found:
    """Epics as rows of the store; their plans are checked too."""
    made = [_epic(row, known) for row in rows]
    issues = list(outcome_checks.epic_issues(known.held, made, lines_of(rows)))
    keys = {epic.key for epic in made}
    for row, epic in zip(rows, made, strict=True):
        plan, found = _epic_plan(row, known, epic.key)
        issues += found
        if plan is not None:
            issues += epic_checks.plan_issues(known.held, epic, plan, row.line, keys)
        issues += settled.epic_issues(known.held, epic, plan, row.line)
        moves = frozen.of_epic(known.held, epic, plan)
        issues += frozen.issues(moves, row.line, is_restated=known.is_restated)
        if released(known.held, (epic,)):
            issues.append(_ends_obligation(row, epic))
    return [records.row("epic", epic) for epic in made], issues


def _ends_obligation(row: ListRow, epic: Epic) -> Issue:
    message = (
        f"Row {row.line}: {epic.name} is no obligation any more; its deadline and penalty end with that."
    )
    fix = "Leave the mark on, or go on: undo brings deadline and penalty back with it."
    return warning("ends_obligation", message, line=row.line, column="is_obligation", sent="no", fix=fix)


def _epic(row: ListRow, known: Known) -> Epic:
    key = row.text("epic") or known.epic_key(row.text("name"))
    base = known.held.epics.get(key or "", _NEW_EPIC)
    own = key or structure.fresh_key(row.text("name"), known.held.epics)
    columns = "name started delivered planned_share is_obligation"
    kind = row.values.get("kind") or (EpicKind.FEATURE if "kind" in row.values else base.kind)
    return merged(base, row, columns, kind=kind, key=own, team=team_key(row, known))


def _epic_plan(row: ListRow, known: Known, epic: str) -> tuple[EpicPlan | None, list[Issue]]:
    """The plan that the row and what is stored make; none where neither says anything."""
    held = known.held.epic_plans.get(epic)
    if held is None and not any(row.values.get(name) is not None for name in EPIC_PLAN.split()):
        return None, []
    plan = merged(
        held or EpicPlan(epic),
        row,
        "origin owner agreed_on due_on is_product_oriented ended_on ended_by ended_because run_share "
        "currency",
    )
    stored = (held.launch_minor, held.currency) if held is not None else (None, "")
    issues = [*currency_issues(row, "launch_cost", stored)]
    resolved: dict[str, object] = {}
    if "launch_cost" in row.values:
        resolved["launch_minor"], found = minor(row, "launch_cost", plan.currency)
        issues += found
    if "initiative" in row.values:
        resolved["initiative"] = known.initiative_key(row.text("initiative")) or row.text("initiative")
    if "copied_from" in row.values:
        resolved["copied_from"] = epic_key(row, known, "copied_from")
    return merged(plan, row, "", **resolved), issues


def beside_epics(rows: Sequence[ListRow], known: Known) -> Work:
    """The plans of the epics, and the forecasts that are frozen before they change (law T11)."""
    made = [_epic(row, known) for row in rows]
    keys = [one.key for one in made]
    found = [_epic_plan(row, known, key)[0] for row, key in zip(rows, keys, strict=True)]
    promised = outcome_work.forecasts_of_epics(known.held, keys)
    plans = records.put("epic_plan", [plan for plan in found if plan is not None])
    return Work((plans, *([promised] if promised else [])), released(known.held, made))


def epic_teams(rows: Sequence[ListRow], known: Known) -> Found:
    """Teams of epics; those of an epic that the list names are all of its teams."""
    made = [
        EpicTeam(
            epic_key(row, known),
            team_key(row, known),
            typed(row, "planned_share", int),
            typed(row, "effort", int),
        )
        for row in rows
    ]
    issues: list[Issue] = []
    for key, its in _by_epic(rows, [one.epic for one in made]).items():
        epic = known.held.epics.get(key)
        if epic is None:
            issues.append(unknown(rows[its[0]], "epic", "epic", key))
            continue
        places = [rows[place].line for place in its]
        teams = [made[place] for place in its]
        issues += epic_checks.team_issues(known.held, epic, teams, places)
        issues += settled.team_issues(known.held, epic, teams, places[0])
        moves = frozen.of_teams(known.held, key, teams)
        issues += frozen.issues(moves, places[0], is_restated=known.is_restated)
    return [records.row("epic_team", one) for one in made], issues


def beside_epic_teams(rows: Sequence[ListRow], known: Known) -> Work:
    """The teams that the named epics have no longer."""
    sent = {(epic_key(row, known), team_key(row, known)) for row in rows}
    named = {epic for epic, _ in sent}
    gone = {(epic, one.team) for epic in named for one in known.held.epic_teams.get(epic, ())} - sent
    return Work(ends=(End("epic_team", tuple(sorted(gone))),)) if gone else Work()


def epic_slices(rows: Sequence[ListRow], known: Known) -> Found:
    """Slices of epics; those of an epic that the list names are all of its slices."""
    made = [_slice(row, known) for row in rows]
    issues: list[Issue] = []
    for key, its in _by_epic(rows, [one.epic for one in made]).items():
        epic = known.held.epics.get(key)
        if epic is None:
            issues.append(unknown(rows[its[0]], "epic", "epic", key))
            continue
        places = [rows[place].line for place in its]
        slices = [made[place] for place in its]
        issues += epic_checks.slice_issues(known.held, epic, slices, places)
        issues += settled.slice_issues(known.held, epic, slices, places[0])
    return [records.row("epic_slice", one) for one in made], issues


def _slice(row: ListRow, known: Known) -> Slice:
    epic, name = epic_key(row, known), row.text("name")
    key = row.text("slice") or structure.key_of(name)
    delivered = row.values.get("delivered")
    day = delivered if isinstance(delivered, date) else None
    return Slice(epic, key, name, day, typed(row, "share", int))


def beside_epic_slices(rows: Sequence[ListRow], known: Known) -> Work:
    """The slices that the named epics have no longer."""
    made = [_slice(row, known) for row in rows]
    sent = {(one.epic, one.key) for one in made}
    held = {(one.epic, its.key) for one in made for its in known.held.slices.get(one.epic, ())}
    gone = held - sent
    return Work(ends=(End("epic_slice", tuple(sorted(gone))),)) if gone else Work()


def _by_epic(rows: Sequence[ListRow], epics_of: Sequence[str]) -> dict[str, list[int]]:
    """The places in the list that are about each epic."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, _ in enumerate(rows):
        found[epics_of[place]].append(place)
    return found


def waits(rows: Sequence[ListRow], known: Known) -> Found:
    """What epics wait for; a row about a wait that is stored changes its end and its note."""
    made = wait_checks.tidied(_wait(row, known) for row in rows)
    issues = list(wait_checks.wait_issues(known.held, made, lines_of(rows)))
    return [records.row("epic_wait", one) for one in made], issues


def _wait(row: ListRow, known: Known) -> Wait:
    team = team_key(row, known) if row.text("team") else ""
    new = Wait(epic_key(row, known), team, row.text("waits_for").strip(), typed(row, "since", date))
    stored = {wait_checks.key(one): one for one in known.held.waits.get(new.epic, ())}
    return merged(stored.get(wait_checks.key(new), new), row, "ended_on note")


def obligations(rows: Sequence[ListRow], known: Known) -> Found:
    """Deadlines and penalties of obligations; a row about an epic that has one changes it."""
    made, issues = [], list[Issue]()
    for row in rows:
        one, found = _obligation(row, known)
        made.append(one)
        issues += found
    made = list(obligation_checks.tidied(made))
    issues += obligation_checks.obligation_issues(known.held, made, lines_of(rows))
    return [records.row("obligation", one) for one in made], issues


def _obligation(row: ListRow, known: Known) -> tuple[Obligation, list[Issue]]:
    epic = epic_key(row, known)
    kind, deadline = typed(row, "kind", ObligationKind), typed(row, "deadline", date)
    base = known.held.obligations.get(epic, Obligation(epic, kind, deadline))
    one = merged(base, row, "currency note", kind=kind, deadline=deadline)
    if "penalty" not in row.values:
        return one, [*currency_issues(row, "penalty", (base.penalty_minor, base.currency))]
    amount, found = minor(row, "penalty", one.currency)
    return merged(one, row, "", penalty_minor=amount), list(found)


def product_lives(rows: Sequence[ListRow], known: Known) -> Found:
    """Lives of products; a row about a value stream of which something is stored changes that."""
    sent = product_checks.tidied(known.held, [ProductLife(row.text("value_stream")) for row in rows])
    stored = [known.held.products.get(one.value_stream, one) for one in sent]
    told = [merged(base, row, "started retired reason owner") for base, row in zip(stored, rows, strict=True)]
    made = product_checks.tidied(known.held, told)
    issues = product_checks.life_issues(known.held, made, lines_of(rows), is_restated=known.is_restated)
    return [records.row("product_life", one) for one in made], list(issues)


def obligations_met(rows: Sequence[ListRow], known: Known) -> Found:
    """What came of obligations; a row about an epic of which something is stored changes that."""
    made, issues = [], list[Issue]()
    for row in rows:
        one, found = _met(row, known)
        made.append(one)
        issues += found
    issues += obligation_checks.met_issues(known.held, made, lines_of(rows))
    return [records.row("obligation_met", one) for one in made], issues


def _met(row: ListRow, known: Known) -> tuple[Met, list[Issue]]:
    epic = epic_key(row, known)
    base = known.held.met.get(epic, Met(epic))
    one = merged(base, row, "met_on currency")
    found = [*currency_issues(row, "paid", (base.paid_minor, base.currency))]
    if "paid" in row.values:
        amount, more = minor(row, "paid", one.currency)
        one, found = merged(one, row, "", paid_minor=amount), [*found, *more]
    if one.met_on is None and one.paid_minor is None and not found:
        found.append(_nothing_came(row))
    return one if one.paid_minor is not None else replace(one, currency=""), found


def _nothing_came(row: ListRow) -> Issue:
    message = f"Row {row.line} says neither on which day it was met nor what was paid. {UNSAVED}"
    fix = "Give one of them, or leave the row out; what stands there is taken back on the epic's page."
    return blocker("nothing_came", message, line=row.line, column="met_on", fix=fix)


def epic_effort(rows: Sequence[ListRow], known: Known) -> Found:
    """Item-days of a team in a month; without an epic they are run and unplanned work."""
    made: list[Row] = []
    issues: list[Issue] = []
    for row in rows:
        team, epic = team_key(row, known), epic_key(row, known)
        milli = typed(row, "days", Decimal) * 1000
        if team not in known.held.teams:
            issues.append(unknown(row, "team", "team", team))
        if epic and epic not in known.held.epics:
            issues.append(unknown(row, "epic", "epic", epic))
        if milli < 0 or milli != milli.to_integral_value():
            message = f"Row {row.line}: item-days are from 0, with at most three decimals. {UNSAVED}"
            issues.append(
                blocker("days", message, line=row.line, column="days", sent=str(row.values["days"]))
            )
        month = typed(row, "month", int)
        its = Effort(team, month, epic, int(milli), row.text("basis") or "item-days")
        said = f"Row {row.line}: nobody can have worked"
        ahead = list(day_checks.month_issues(known.held.today, said, month, row.line))
        if ahead and known.held.efforts.get((team, month, epic)) != its:
            issues += ahead
        moves = frozen.of_log(known.held, its)
        issues += frozen.issues(moves, row.line, is_restated=known.is_restated)
        made.append(records.row("epic_effort", its))
    return made, issues


def initiative_list(rows: Sequence[ListRow], known: Known) -> Found:
    """Initiatives as rows of the store."""
    made, issues = [], list[Issue]()
    for row in rows:
        name = row.text("name")
        key = row.text("initiative") or known.initiative_key(name)
        own = key or structure.fresh_key(name, known.held.initiatives)
        base = known.held.initiatives.get(own, Initiative(own, name, row.text("owner")))
        columns = "name owner value_stream approved_on due_on currency problem result measure learning"
        one = merged(base, row, columns)
        issues += currency_issues(row, "approved_cost", (base.approved_minor, base.currency))
        if "approved_cost" in row.values:
            amount, found = minor(row, "approved_cost", one.currency)
            one, issues = merged(one, row, "", approved_minor=amount), [*issues, *found]
        made.append(one)
    issues += initiatives.initiative_issues(made, lines_of(rows))
    return [records.row("initiative", one) for one in made], issues


def measures(rows: Sequence[ListRow], known: Known) -> Found:
    """Success measures as rows of the store."""
    made = [_measure(row, known) for row in rows]
    issues = list(initiatives.measure_issues(made, known.held.initiatives, known.held.epics, lines_of(rows)))
    for row, one in zip(rows, made, strict=True):
        before = known.held.measures.get(one.key)
        if before is None or before.read_on != one.read_on:
            issues += day_checks.reading_issues(known.held.today, one.name, one.read_on, row.line)
    return [records.row("success_measure", one) for one in made], issues


def _measure(row: ListRow, known: Known) -> SuccessMeasure:
    initiative = known.initiative_key(row.text("initiative")) or row.text("initiative")
    epic = epic_key(row, known)
    key = row.text("measure") or structure.key_of(f"{initiative or epic} {row.text('name')}")
    base = known.held.measures.get(key, SuccessMeasure(key, initiative, epic, row.text("name")))
    columns = "name unit direction target actual read_on stated source"
    return merged(base, row, columns, initiative=initiative, epic=epic)
