"""How each figure about value is found again: by the functions that every page calls; the claims behind it.

A figure that stands in a view of an epic, an initiative or a team is looked up in that view, so that a trace
can never say another number than the page.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass

from roi.domain.capacity import days_of
from roi.domain.figures import REGISTRY, Figure, Unit, unknown
from roi.reports import (
    appraised,
    checks,
    cohorts,
    decisions,
    epic,
    freed,
    initiative,
    initiatives,
    loop,
    sofar,
)
from roi.reports import waits as waits_report
from roi.reports.asked import Asked, Found, needed
from roi.reports.checks import Looked
from roi.reports.shapes import PartRow
from roi.reports.shapes_delay import SoonerRow, WaitRow
from roi.reports.shapes_trace import ClaimTrace, LevelTrace
from roi.reports.valued import Valued

Finder = Callable[[Asked], Found]


def looked(asked: Asked) -> Looked:
    """Whose value is traced, beside which cost."""
    return Looked(asked.jobs, asked.teams, asked.row.cost, asked.row.cost.scope)


def _with(figure: Figure, items: Iterable[Valued]) -> Found:
    """A figure with the outcomes behind it; their confirmed values are not what it sums."""
    found = tuple(items) if figure.is_known else ()
    return Found(figure, outcomes=found, value_sum=sum(item.value or 0 for item in found))


def _expected(asked: Asked) -> Found:
    items = [item for item in asked.jobs.of_teams(asked.teams) if item.is_cash and item.expected]
    return _with(checks.expected(looked(asked)), items)


def _class(name: str) -> Finder:
    def find(asked: Asked) -> Found:
        part = needed(asked.part, "class of benefit")
        rows = [row for row in checks.classes(looked(asked)) if row.value_class == part]
        figures = [row.confirmed if name == "class_value" else row.expected for row in rows]
        figure = next((one for one in figures if one.is_known), None) or next(iter(figures), None)
        if figure is None:
            figure = unknown(name, "nothing of this class", currency=asked.base.currency)
        items = [item for item in asked.jobs.of_teams(asked.teams) if item.outcome.value_class.value == part]
        return _with(figure, items)

    return find


def _check(name: str, holds: Callable[[Valued], bool]) -> Finder:
    def find(asked: Asked) -> Found:
        figure: Figure = getattr(checks.build(looked(asked)), name)
        return _with(figure, [item for item in asked.jobs.of_teams(asked.teams) if holds(item)])

    return find


def _cohort(name: str) -> Finder:
    """Epics and their net cost as parts, or the outcomes of a cohort; parts sum to the figure."""

    def find(asked: Asked) -> Found:
        part = needed(asked.part, "cohort")
        rows = cohorts.rows(asked.jobs, asked.teams, asked.row.cost)
        row = next((one for one in rows if str(one.first_month) == part), None)
        if row is None:
            return Found(
                unknown(name, "no work of that quarter has cost or value", currency=asked.base.currency)
            )
        if name == "cohort_value":
            return _with(row.confirmed, [item for item in asked.jobs.valued if cohorts.is_in(item.epic, row)])
        parts = tuple(
            PartRow("epic", its.name, part.net_in_period.amount, key=its.key)
            for its, part in asked.jobs.parts_of(asked.teams)
            if cohorts.is_in(its, row) and part.months_in_period and part.net_in_period.amount
        )
        return Found(row.cost, (), row.cost.value, parts if row.cost.is_known else ())

    return find


def _rest(asked: Asked) -> Found:
    """What no cohort takes: the cost of teams less that of each cohort, as parts that sum to it."""
    rows = cohorts.rows(asked.jobs, asked.teams, asked.row.cost)
    if not rows:
        return Found(unknown("cohort_rest", "no work has cost or value", currency=asked.base.currency))
    *others, rest = rows
    if not rest.cost.is_known:
        return Found(rest.cost)
    less = (
        PartRow("cohort", f"less {row.label}", -(row.cost.value or 0)) for row in others if row.cost.value
    )
    whole = PartRow("cohort", "cost of teams", asked.row.cost.value)
    return Found(rest.cost, (), rest.cost.value, (whole, *less))


def _decision(name: str, why_not: str) -> Finder:
    """What a decision about an epic is worth, with the outcomes of each epic that it is about."""

    def find(asked: Asked) -> Found:
        its = needed(asked.epic, "epic")
        rows = decisions.build(asked.jobs, asked.cost, asked.base.shown, asked.day)
        row = next((one for one in rows if (one.epic, one.per_month.figure_id) == (its.key, name)), None)
        if row is None:
            return Found(unknown(name, why_not, currency=asked.base.currency))
        epics = (row.epic, *([row.swap.first] if row.swap else []))
        return _with(row.per_month, [item for key in epics for item in asked.jobs.of_epic.get(key, ())])

    return find


def _speed(asked: Asked) -> Found:
    """What freed capacity is worth before it lands, with the epics that would come sooner; they sum to it."""
    key = needed(asked.outcome, "outcome")
    found = freed.of_outcome(asked.jobs, asked.cost, asked.jobs.by_key[key], asked.day)
    if found is None:
        return Found(unknown("speed_worth", "it frees no capacity", currency=asked.base.currency))
    rows = [row for row in found.rows if row.worth is not None]
    parts = tuple(PartRow("value", _sooner(row), row.worth, key=row.epic) for row in rows)
    return Found(found.worth, parts=parts, value_sum=sum(row.worth or 0 for row in rows))


def _sooner(row: SoonerRow) -> str:
    days = days_of(row.months)
    return f"{row.name}: {days} {'day' if days == 1 else 'days'} sooner"


# Figures of views


def _shown(name: str) -> Finder:
    """The figure as the view of the epic, the initiative, the team or the whole shows it."""

    def find(asked: Asked) -> Found:
        candidates = [figure for figure in _figures(_view(asked)) if figure.figure_id == name]
        if asked.outcome:
            named = [one for one in candidates if dict(one.scope).get("outcome") == asked.outcome]
            candidates = named or candidates
        figure = next((one for one in candidates if one.is_known), None) or next(iter(candidates), None)
        if figure is None:
            return Found(unknown(name, "the link names no page that shows it", currency=asked.base.currency))
        if REGISTRY[name].unit is Unit.MONEY and name in COST_IDS:
            return Found(figure, (), figure.value, (PartRow("epic", REGISTRY[name].name, figure.value),))
        return _with(figure, _behind(asked))

    return find


COST_IDS = frozenset(
    {
        "explained_cost",
        "overdue_cost",
        "unverified_cost",
        "initiative_cost",
        "approved_cost",
        "without_initiative",
        "team_part_cost",
    }
)
"""Costs of epics: their part behind is the epics themselves, each with a trace of its own to files."""


def _behind(asked: Asked) -> Sequence[Valued]:
    jobs = asked.jobs
    if asked.outcome:
        return [jobs.by_key[asked.outcome]]
    if asked.epic is not None:
        return jobs.of_epic.get(asked.epic.key, ())
    if asked.initiative:
        epics = initiatives.epics_by_initiative(jobs).get(asked.initiative, ())
        return [item for one in epics for item in jobs.of_epic.get(one.key, ())]
    return jobs.of_teams(asked.teams)


def _view(asked: Asked) -> object:
    jobs, cost, day = asked.jobs, asked.cost, asked.day
    if asked.epic is not None:
        explained = loop.explained(jobs, jobs.of_epic.get(asked.epic.key, ()))
        said = [loop.said(jobs, item, day) for item in jobs.of_epic.get(asked.epic.key, ())]
        return epic.view(jobs, cost, asked.epic, day), tuple(explained.values()), tuple(said)
    if asked.initiative:
        return _of_initiative(asked, asked.initiative)
    rows, due = loop.unverified(jobs, day, asked.teams), loop.due_rows(jobs, day, asked.teams)
    view = (
        appraised.team(jobs, cost, asked.team, day)
        if asked.team is not None
        else appraised.of_teams(jobs, cost, asked.teams, day)
    )
    by = initiatives.epics_by_initiative(jobs)
    without = initiatives.cost_of(jobs, by.get("", ()), "without_initiative", {})
    return view, loop.unverified_sums(jobs, rows), loop.overdue_cost(jobs, due), without


def _of_initiative(asked: Asked, key: str) -> object:
    jobs = asked.jobs
    epics = initiatives.epics_by_initiative(jobs).get(key, ())
    items = [item for one in epics for item in jobs.of_epic.get(one.key, ())]
    keys = {"initiative": key}
    return (
        initiatives.row(jobs, needed(jobs.values.initiatives.get(key), "initiative"), epics),
        sofar.promised(jobs, items, keys),
        sofar.expected(jobs, items, keys),
        initiative.team_parts(jobs, epics),
        appraised.of_initiative(jobs, asked.cost, (key, [one.key for one in epics]), asked.day),
    )


def _figures(node: object) -> Iterator[Figure]:
    """Every figure in a view, however deep."""
    if isinstance(node, Figure):
        yield node
    elif isinstance(node, tuple | list):
        for one in node:
            yield from _figures(one)
    elif is_dataclass(node):
        for one in fields(node):
            yield from _figures(getattr(node, one.name))


_SHOWN = (
    "said_value unverified_value npv roi payback irr forward_npv assumed_value promised_month expected_sum "
    "after_record cost_of_delay confirmed_so_far protected_so_far pool_movement pool_counted pool_overlap "
    "pool_unclaimed"
).split()

VALUE_FINDERS: dict[str, Finder] = {
    "still_expected": _expected,
    "class_value": _class("class_value"),
    "class_expected": _class("class_expected"),
    "share_of_results": _check("share_of_results", lambda item: item.is_cash and item.value is not None),
    "overlap_removed": _check("overlap_removed", lambda item: bool(item.removed)),
    "already_in_lower_cost": _check("already_in_lower_cost", lambda item: bool(item.memo)),
    "old_harvest": _check("old_harvest", lambda item: item.is_cash and item.value is not None),
    "started_return": _check("started_in_period", lambda item: item.is_cash and item.value is not None),
    "planned_value": _check("planned_value", lambda item: item.is_cash),
    "planned_actual": _check("planned_actual", lambda item: item.is_cash),
    "true_up": _check("true_up", lambda item: item.is_cash and bool(item.trued_up)),
    "true_up_ahead": _check("true_up_ahead", lambda item: item.is_cash and bool(item.claim.levels)),
    "cohort_cost": _cohort("cohort_cost"),
    "cohort_value": _cohort("cohort_value"),
    "cohort_rest": _rest,
    "speed_worth": _speed,
    "pause_worth": _decision("pause_worth", "pausing it is no open decision"),
    "swap_worth": _decision("swap_worth", "putting it first is no open decision"),
    **{name: _shown(name) for name in (*_SHOWN, *COST_IDS)},
}


# Claims


def waits(asked: Asked, figure: Figure) -> tuple[WaitRow, ...]:
    """The recorded waits behind a cost of delay."""
    if figure.figure_id != "cost_of_delay" or asked.epic is None:
        return ()
    return waits_report.rows_of(asked.jobs, asked.epic, asked.day)


def claims(asked: Asked, items: Sequence[Valued]) -> tuple[ClaimTrace, ...]:
    """Behind each outcome its claim, pool, readings, and the driver's inputs with their sources."""
    return tuple(_claim(asked, item) for item in items)


def _claim(asked: Asked, item: Valued) -> ClaimTrace:
    values, claim, plan = asked.jobs.values, item.claim, item.plan
    line = values.lines.get(plan.line) if plan is not None else None
    cell = values.cells.get((plan.line, plan.cell)) if plan is not None else None
    driver = values.drivers.get(plan.driver) if plan is not None else None
    return ClaimTrace(
        item.outcome.key,
        item.outcome.metric,
        item.epic.key,
        item.epic.name,
        item.pool,
        line.name if line is not None else "",
        cell.name if cell is not None else "",
        len(asked.jobs.agreed.counts.claims.get(item.pool, ())),
        claim.grade.value,
        claim.treated,
        (plan.agreed_on if plan is not None else None) or item.epic.started,
        item.value,
        item.removed,
        item.why_not,
        item.outcome.currency,
        tuple(
            LevelTrace(
                one.read_on, one.to_month, one.money, one.shares[1], one.confirmed_by, one.confirmed_on
            )
            for one in claim.levels
        ),
        item.readings,
        driver.name if driver is not None else "",
        driver.formula if driver is not None else "",
        values.inputs.get(driver.key, ()) if driver is not None else (),
    )
