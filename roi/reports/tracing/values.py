"""How each figure about value is found again: by the functions that every page calls; the parts that make it.

A figure that stands in a view of an epic, an initiative or a team is looked up in that view, so that a trace
can never say another number than the page.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass

from roi.domain.capacity import days_of
from roi.domain.figures import Figure, unknown
from roi.domain.structure import ValueClass
from roi.reports import checks, decisions, epic, initiative, initiatives
from roi.reports.appraisal import appraised, cohorts, freed
from roi.reports.appraisal import waits as waits_report
from roi.reports.booked.booking import CASH
from roi.reports.booked.work import ASSUMED, CONFIRMED, EXPECTED, OPEN
from roi.reports.checks import Looked
from roi.reports.loop import inbox, sofar
from roi.reports.shapes import PartRow
from roi.reports.shapes.delay import SoonerRow, SwapRow, WaitRow
from roi.reports.shapes.trace import ClaimTrace, LevelTrace
from roi.reports.shapes.value import CohortRow
from roi.reports.tracing import made, made_checks, made_flows, made_value
from roi.reports.tracing.asked import Asked, Found, needed
from roi.reports.value.valued import Valued

Finder = Callable[[Asked], Found]


def looked(asked: Asked) -> Looked:
    """Whose value is traced, beside which cost."""
    return Looked(asked.jobs, asked.teams, asked.row.cost, asked.row.cost.scope)


def _expected(asked: Asked) -> Found:
    """What is assumed to persist, and what is measured or promised, by outcome."""
    assumed = made.of_sums(
        asked.jobs, made_checks.summed(asked, (ASSUMED,), CASH), "assumed", "assumed_value"
    )
    still = made.of_sums(asked.jobs, made_checks.summed(asked, (EXPECTED,), CASH), "open", "expected_month")
    return made.found(checks.expected(looked(asked)), (*assumed, *still))


def _class(name: str) -> Finder:
    def find(asked: Asked) -> Found:
        part = needed(asked.part, "class of benefit")
        rows = [row for row in checks.classes(looked(asked)) if row.value_class == part]
        figures = [(row.is_cash, row.confirmed if name == "class_value" else row.expected) for row in rows]
        known = next((one for one in figures if one[1].is_known), None) or next(iter(figures), None)
        if known is None:
            return Found(unknown(name, "nothing of this class", currency=asked.base.currency))
        kinds, term = ((CONFIRMED,), "confirmed") if name == "class_value" else (OPEN, "expected")
        sums = made_checks.summed(asked, kinds, (known[0], ValueClass(part)))
        return made.found(known[1], made.of_sums(asked.jobs, sums, term))

    return find


def _check(name: str, parts: Callable[[Asked], Iterable[PartRow]]) -> Finder:
    def find(asked: Asked) -> Found:
        figure: Figure = getattr(checks.build(looked(asked)), name)
        return made.found(figure, parts(asked) if figure.is_known else ())

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
            sums = made_checks.summed(asked, (CONFIRMED,), CASH, lambda item: cohorts.is_in(item.epic, row))
            return made.found(row.confirmed, made.of_sums(asked.jobs, sums, "confirmed"))
        return made.found(row.cost, made_checks.net_costs(asked, lambda its: cohorts.is_in(its, row)))

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
        PartRow("cohort", f"less {row.label}", -(row.cost.value or 0), leads=_cohort_of(row))
        for row in others
        if row.cost.value
    )
    cost = asked.row.cost
    team = (("team", asked.team.key),) if asked.team is not None else ()
    whole = PartRow("cohort", "cost of teams", cost.value, leads=(("figure", cost.figure_id), *team))
    return Found(rest.cost, (), rest.cost.value, (whole, *less))


def _cohort_of(row: CohortRow) -> tuple[tuple[str, str], ...]:
    return ("figure", "cohort_cost"), ("part", str(row.first_month))


def _decision(name: str, why_not: str) -> Finder:
    """What a decision about an epic is worth, with the outcomes of each epic that it is about."""

    def find(asked: Asked) -> Found:
        its = needed(asked.epic, "epic")
        rows = decisions.build(asked.jobs, asked.cost, asked.base.shown, asked.day)
        row = next((one for one in rows if (one.epic, one.per_month.figure_id) == (its.key, name)), None)
        if row is None:
            return Found(unknown(name, why_not, currency=asked.base.currency))
        parts = made_flows.paused(asked, row.epic) if row.swap is None else _swapped(asked, row.swap)
        return made.found(row.per_month, parts)

    return find


def _swapped(asked: Asked, swap: SwapRow) -> tuple[PartRow, ...]:
    """What a month of delay costs each of the two epics, by outcome and less run cost."""
    by_key = asked.jobs.epic_by_key
    second = made_flows.delayed(asked, by_key[swap.second], ("second", "second"))
    return (*second, *made_flows.delayed(asked, by_key[swap.first], ("first", "first")))


def _speed(asked: Asked) -> Found:
    """What freed capacity is worth before it lands, with the epics that would come sooner; they sum to it."""
    key = needed(asked.outcome, "outcome")
    found = freed.of_outcome(asked.jobs, asked.cost, asked.jobs.by_key[key], asked.day)
    if found is None:
        return Found(unknown("speed_worth", "it frees no capacity", currency=asked.base.currency))
    rows = [row for row in found.rows if row.worth is not None]
    parts = tuple(
        PartRow("sooner", _sooner(row), row.worth, key=row.epic, term="worth", leads=_delay_of(row.epic))
        for row in rows
    )
    return made.found(found.worth, parts)


def _delay_of(epic_key: str) -> tuple[tuple[str, str], ...]:
    return ("figure", "cost_of_delay"), ("epic", epic_key)


def _sooner(row: SoonerRow) -> str:
    days = days_of(row.months)
    return f"{row.name}: {days} {'day' if days == 1 else 'days'} sooner"


def _over_approved(asked: Asked) -> Found:
    """What an initiative has cost beyond what was approved: its epics, and what was approved, as parts."""
    found = [_shown(name)(asked) for name in ("initiative_cost", "approved_cost")]
    cost, approved = (one.figure for one in found)
    if cost.value is None or approved.value is None:
        why = cost.reason if cost.value is None else approved.reason
        return Found(unknown("over_approved", why, currency=asked.base.currency, scope=cost.scope))
    over = cost.value - approved.value
    inputs = (("cost", cost.value), ("approved", approved.value), ("over", over))
    figure = Figure("over_approved", over, currency=cost.currency, inputs=inputs, scope=cost.scope)
    return made.found(figure, [part for one in found for part in one.parts])


# Figures of views


def _shown(name: str) -> Finder:
    """The figure as the view of the epic, the initiative, the team or the whole shows it."""

    def find(asked: Asked) -> Found:
        candidates = _about(asked, [one for one in _figures(_view(asked)) if one.figure_id == name])
        figure = next((one for one in candidates if one.is_known), None) or next(iter(candidates), None)
        if figure is None:
            return Found(unknown(name, _of_which(asked), currency=asked.base.currency))
        return made.found(figure, _SHOWN[name](asked, figure) if figure.is_known else ())

    return find


def _of_which(asked: Asked) -> str:
    """Why a figure is not found: nothing was named that shows it, or what was named does not show it."""
    is_named = asked.outcome or asked.epic or asked.initiative or asked.team
    if is_named:
        return "what is named does not show it: another epic, outcome, initiative or team may"
    return "it is shown of one epic, outcome, initiative or team, and none is named"


def _about(asked: Asked, candidates: Sequence[Figure]) -> list[Figure]:
    """Those of what is asked for, before those that name none; never those of another one."""
    found = list(candidates)
    team, epic_key = asked.team.key if asked.team else None, asked.epic.key if asked.epic else None
    for name, key in (("outcome", asked.outcome), ("team", team), ("epic", epic_key)):
        if key:
            its = [one for one in found if dict(one.scope).get(name) == key]
            found = its or [one for one in found if name not in dict(one.scope)]
    return found


def _view(asked: Asked) -> object:
    jobs, cost, day = asked.jobs, asked.cost, asked.day
    if asked.epic is not None:
        explained = inbox.explained(jobs, jobs.of_epic.get(asked.epic.key, ()))
        said = [inbox.said(jobs, item, day) for item in jobs.of_epic.get(asked.epic.key, ())]
        return epic.view(jobs, cost, asked.epic, day), tuple(explained.values()), tuple(said)
    if asked.initiative:
        return _of_initiative(asked, asked.initiative)
    rows = inbox.unverified(jobs, day, asked.teams)
    view = (
        appraised.team(jobs, cost, asked.team, day)
        if asked.team is not None
        else appraised.of_all_shown(jobs, cost, day)
    )
    alone = made_value.epics_in(asked)
    without = initiatives.cost_of(jobs, alone, "without_initiative", {})
    return view, inbox.unverified_sums(jobs, rows), inbox.overdue_cost(jobs, day, asked.teams), without


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


def _delayed(asked: Asked, _figure: Figure) -> tuple[PartRow, ...]:
    return made_flows.delayed(asked, needed(asked.epic, "epic"))


_SHOWN: dict[str, Callable[[Asked, Figure], tuple[PartRow, ...]]] = {
    **dict.fromkeys(("npv", "roi", "forward_npv"), made_flows.present),
    **dict.fromkeys(("payback", "irr"), made_flows.plain),
    **dict.fromkeys(("promised_month", "expected_sum"), made_value.a_month),
    **dict.fromkeys(("confirmed_so_far", "protected_so_far"), made_value.so_far),
    **dict.fromkeys(("pool_movement", "pool_counted", "pool_overlap", "pool_unclaimed"), made_value.pool),
    **dict.fromkeys(("unverified_cost", "unverified_value"), made_value.unverified),
    **dict.fromkeys(("initiative_cost", "without_initiative"), made_value.epics),
    "said_value": made_value.said,
    "assumed_value": made_value.assumed,
    "after_record": made_value.after_record,
    "cost_of_delay": _delayed,
    "explained_cost": made_value.explained,
    "overdue_cost": made_value.overdue,
    "approved_cost": made_value.approved,
    "team_part_cost": made_value.team_part,
}
"""What makes each figure of a view, in the view that it is looked up in."""

VALUE_FINDERS: dict[str, Finder] = {
    "still_expected": _expected,
    "class_value": _class("class_value"),
    "class_expected": _class("class_expected"),
    "share_of_results": _check("share_of_results", made_checks.results),
    "overlap_removed": _check("overlap_removed", made_checks.by_item("removed", lambda item: item.removed)),
    "already_in_lower_cost": _check(
        "already_in_lower_cost", made_checks.by_item("memo", lambda item: item.memo)
    ),
    "old_harvest": _check("old_harvest", made_checks.old),
    "started_return": _check("started_in_period", made_checks.started),
    "planned_value": _check("planned_value", lambda asked: made_checks.planned(asked, looked(asked))),
    "planned_late": _check("planned_late", lambda asked: made_checks.planned_late(asked, looked(asked))),
    "planned_actual": _check(
        "planned_actual", lambda asked: made_checks.planned_actual(asked, looked(asked))
    ),
    "true_up": _check("true_up", made_checks.trued_up),
    "true_up_ahead": _check("true_up_ahead", lambda asked: made_checks.true_up_ahead(asked, looked(asked))),
    "cohort_cost": _cohort("cohort_cost"),
    "cohort_value": _cohort("cohort_value"),
    "cohort_rest": _rest,
    "speed_worth": _speed,
    "over_approved": _over_approved,
    "pause_worth": _decision("pause_worth", "pausing it is no open decision"),
    "swap_worth": _decision("swap_worth", "putting it first is no open decision"),
    **{name: _shown(name) for name in _SHOWN},
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
        _grade(asked, item),
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


def _grade(asked: Asked, item: Valued) -> str:
    """The grades of what counts in the period, the best first; of nothing that of the latest level."""
    claim, counts = item.claim, (*item.by_month, *item.trued_up)
    found = {asked.jobs.agreed.grade_at(item.outcome.key, one.level) for one in counts if one.amount}
    return " and ".join(sorted(found)) or claim.grade_at(len(claim.levels) - 1).value
