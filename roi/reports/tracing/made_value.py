"""The parts that make figures about outcomes and the cost of epics, found as the reports find them (T8)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from roi.domain import outcomes as told
from roi.domain.figures import Figure
from roi.domain.periods import month_of
from roi.domain.structure import Epic, ValueClass
from roi.reports import epic as epic_report
from roi.reports import initiatives
from roi.reports.appraisal.calibrated import as_promised
from roi.reports.booked.work import Work
from roi.reports.ground import converting
from roi.reports.loop import inbox, sofar, work_rows
from roi.reports.shapes import PartRow
from roi.reports.shapes.value import UnverifiedRow
from roi.reports.tracing import made
from roi.reports.tracing.asked import Asked, needed
from roi.reports.value import valued
from roi.reports.value.draws import LATEST, PROMISED
from roi.reports.value.valued import Amount, Valued

Parts = tuple[PartRow, ...]


def _item(asked: Asked, figure: Figure) -> Valued:
    """The outcome that the figure is of."""
    return asked.jobs.by_key[dict(figure.scope).get("outcome") or needed(asked.outcome, "outcome")]


def items_of(asked: Asked, figure: Figure) -> Sequence[Valued]:
    """The outcomes that the figure is about: the one that it names, else those of the view."""
    key = dict(figure.scope).get("outcome")
    return [asked.jobs.by_key[key]] if key else in_view(asked)


def in_view(asked: Asked) -> Sequence[Valued]:
    """The outcomes of the epic, the initiative, the team or the whole."""
    jobs = asked.jobs
    if asked.epic is not None:
        return jobs.of_epic.get(asked.epic.key, ())
    if asked.initiative:
        epics = initiatives.epics_by_initiative(jobs).get(asked.initiative, ())
        return [item for one in epics for item in jobs.of_epic.get(one.key, ())]
    return jobs.of_teams(asked.teams)


# Since delivery


def said(asked: Asked, figure: Figure) -> Parts:
    """Months since delivery that nobody confirmed by year, each at what a month is said to bring."""
    item, each = _item(asked, figure), dict(figure.inputs)["per_month"]
    months = inbox.months_said(item.claim, asked.day)
    to = ("figure", "measured_month" if item.is_read else "expected_month"), ("outcome", item.outcome.key)
    return made.by_year([Amount(month, each, 0) for month in months], "said", to)


def so_far(asked: Asked, figure: Figure) -> Parts:
    """All confirmed months of each outcome, whatever period is looked at."""
    jobs, is_cash = asked.jobs, figure.figure_id == "confirmed_so_far"
    sums: dict[str, int] = {}
    for item in in_view(asked):
        if item.is_cash is is_cash and (is_cash or _is_protected(item)):
            months = [Amount(*one) for one in item.claim.counted.months if one[1]]
            found = valued.converted(jobs.basis, item.outcome.currency, months) or ()
            sums[item.outcome.key] = sum(one.amount for one in found)
    return made.of_outcomes(jobs, sums, "confirmed" if is_cash else "protected")


def _is_protected(item: Valued) -> bool:
    is_money = item.outcome.value_class is not ValueClass.NOT_FINANCIAL
    return item.claim.treated == "protected" and is_money


# A month of it


def a_month(asked: Asked, figure: Figure) -> Parts:
    """A month of each outcome: as promised when work started, else as it is read or told today."""
    jobs, is_promise = asked.jobs, figure.figure_id == "promised_month"
    found: dict[str, int] = {}
    for item in items_of(asked, figure):
        amount = _promised(jobs, item) if is_promise else _expected(jobs, item)
        shown = None if amount is None else converting.at_latest(jobs.basis, *amount, month_of(asked.day))
        if shown is not None:
            found[item.outcome.key] = shown
    cash = {key: one for key, one in found.items() if jobs.by_key[key].is_cash}
    return made.of_outcomes(jobs, cash or found, "promised" if is_promise else "expected", "expected_month")


def _promised(jobs: Work, item: Valued) -> tuple[int, str] | None:
    outcome = as_promised(jobs, item.outcome)
    amount = told.expected_month(outcome)
    return None if amount is None else (amount.likely, outcome.currency)


def _expected(jobs: Work, item: Valued) -> tuple[int, str] | None:
    if sofar.is_over(jobs, item) or item.claim.is_capacity:
        return None
    level = PROMISED if item.claim.latest is None else LATEST
    amount = valued.month_at(jobs.agreed, item.claim, level)
    return None if amount is None else (amount, item.outcome.currency)


def after_record(asked: Asked, figure: Figure) -> Parts:
    """The expected month that is multiplied by the record."""
    item, amount = _item(asked, figure), dict(figure.inputs)["expected"]
    return (made.of_outcome(asked.jobs, item, amount, ("expected", "expected_sum")),)


def assumed(asked: Asked, figure: Figure) -> Parts:
    """The months that are assumed to persist, by year."""
    item = _item(asked, figure)
    to = ("figure", "outcome_value"), ("outcome", item.outcome.key)
    return made.by_year(item.assumed_by_month, "assumed", to)


# Pools


def pool(asked: Asked, figure: Figure) -> Parts:
    """The movement by year, and what its claims count or lost of it."""
    jobs, item = asked.jobs, _item(asked, figure)
    members = [jobs.by_key[key] for key in jobs.agreed.counts.claims[item.pool] if key in jobs.by_key]
    counted = made.of_outcomes(jobs, {one.outcome.key: one.earned for one in members}, "counted")
    if figure.figure_id == "pool_counted":
        return counted
    if figure.figure_id == "pool_overlap":
        return made.of_outcomes(jobs, {one.outcome.key: one.removed for one in members}, "removed")
    moved = _moved(jobs, item)
    return moved if figure.figure_id == "pool_movement" else (*moved, *counted)


def _moved(jobs: Work, item: Valued) -> Parts:
    pools, span = jobs.agreed.counts.pools, jobs.basis.span
    months = span.months if span is not None else []
    amounts = [Amount(one, pools[item.pool, one].movement, 0) for one in months if (item.pool, one) in pools]
    its = valued.converted(jobs.basis, item.outcome.currency, amounts) or ()
    return made.by_year(its, "movement", (("figure", "measured_month"), ("outcome", item.outcome.key)))


# Cost of epics


def explained(asked: Asked, figure: Figure) -> Parts:
    """The cost of the epic of which an outcome explains an equal part."""
    epic = _item(asked, figure).epic
    return (made.of_epic(epic, dict(figure.inputs)["epic_cost"], "epic_cost"),)


def unverified(asked: Asked, figure: Figure) -> Parts:
    """What each unverified or overdue outcome explains of cost, or is said to have brought."""
    rows = inbox.unverified(asked.jobs, asked.day, asked.teams)
    if figure.figure_id == "unverified_value":
        return _of_rows(asked, ((row, row.expected) for row in rows), "said", "said_value")
    return _of_rows(asked, ((row, row.cost) for row in rows), "explained", "explained_cost")


def overdue(asked: Asked, _figure: Figure) -> Parts:
    """What each overdue outcome explains of cost."""
    rows = [row for row in inbox.due_rows(asked.jobs, asked.day, asked.teams) if row.is_overdue]
    amounts = {row.outcome: row.cost.value for row in rows if row.cost.value is not None}
    return made.of_outcomes(asked.jobs, amounts, "explained", "explained_cost")


def _of_rows(asked: Asked, rows: Iterable[tuple[UnverifiedRow, Figure]], term: str, leads: str) -> Parts:
    amounts = {row.outcome: figure.value for row, figure in rows if figure.value is not None}
    return made.of_outcomes(asked.jobs, amounts, term, leads)


def epics(asked: Asked, _figure: Figure) -> Parts:
    """What each epic of the initiative, or of none, has cost since it started."""
    costs = [(one, work_rows.epic_cost(asked.jobs, one)) for one in epics_in(asked)]
    known = [(one, cost.value) for one, cost in costs if cost.value is not None]
    return tuple(made.of_epic(one, amount, "cost") for one, amount in known)


def epics_in(asked: Asked) -> Sequence[Epic]:
    """The epics of the initiative; without one, those of no initiative that the scope shows."""
    by = initiatives.epics_by_initiative(asked.jobs)
    if asked.initiative:
        return by.get(asked.initiative, ())
    return [one for one in by.get("", ()) if one.team in asked.base.shown]


def team_part(asked: Asked, figure: Figure) -> Parts:
    """What the team's work on each epic of the initiative has cost."""
    team = dict(figure.scope).get("team")
    costs = [
        (one, part.cost.value)
        for one in epics_in(asked)
        for part in epic_report.team_parts(asked.jobs, one)
        if part.team == team and part.cost.value is not None
    ]
    found = [made.of_epic(one, amount, "cost") for one, amount in costs]
    return tuple(replace(one, leads=(*one.leads, ("team", team or ""))) for one in found)


def approved(asked: Asked, figure: Figure) -> Parts:
    """What the board approved, as it was recorded, in the currency of the report."""
    its = asked.jobs.values.initiatives[asked.initiative or ""]
    to = (("initiative", its.key),)
    return (made.recorded(f"approved for {its.name}", figure.value or 0, "approved", its.approved_on, to),)
