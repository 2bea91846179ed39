"""What has to be done by which day, and what did it cost? Judged on date and cost, no verdict (rule V15).

The penalty is told beside it, and is in no value, no total, no return and no decision.
"""

from datetime import date

from roi.actors import Actor
from roi.domain.figures import Figure, unknown
from roi.domain.obligations import Judgement, Obligation, judge, rank
from roi.domain.periods import month_of
from roi.domain.structure import Epic
from roi.domain.value import EpicPlan
from roi.reports.booked import work
from roi.reports.booked.work import Work
from roi.reports.cost import tying
from roi.reports.cost.costs import Teams
from roi.reports.ground import basis, converting, kept
from roi.reports.loop import work_rows
from roi.reports.shapes import Scope
from roi.reports.shapes.lazy import Rows
from roi.reports.shapes.obligations import ObligationRow, ObligationsReport
from roi.store.database import Store

NO_PENALTY = "no penalty is recorded"
NOT_SAID = "nobody has said whether a penalty was paid"
NO_OBLIGATION = "it is no obligation, so nothing is demanded of it"


def build(store: Store, actor: Actor, scope: Scope, today: date) -> ObligationsReport:
    """The obligations of the teams looked at, ranked."""
    with basis.opened(store, actor, scope) as base:
        jobs = work.load(tying.load(base), today)
        return ObligationsReport(base.version, base.currency, rows(jobs, base.shown, today))


def rows(jobs: Work, teams: Teams, today: date) -> Rows[ObligationRow]:
    """The obligations that some teams work on: not met first, by deadline, then the larger penalty."""
    base = jobs.basis
    key = today, jobs.standing(teams), base.currency, base.is_converted
    epics = kept.once(base, "obligations", key, lambda: _ranked(jobs, teams, today), kept.WHOLE)
    its = jobs.aside
    return Rows(epics, lambda epic: row(its, epic, today))


def _ranked(jobs: Work, teams: Teams, today: date) -> tuple[Epic, ...]:
    """The same order in every period: neither the deadline nor the penalty rests on one."""
    found = [epic for epic in jobs.epics_of(teams) if epic.is_obligation]
    return tuple(sorted(found, key=lambda epic: _rank(jobs, epic, today)))


def _rank(jobs: Work, epic: Epic, today: date) -> tuple[object, ...]:
    its = jobs.values.obligations.get(epic.key)
    return rank(
        _judged(jobs, epic, today),
        its.deadline if its is not None else None,
        penalty(jobs, epic, its).value,
        epic.key,
    )


def _judged(jobs: Work, epic: Epic, today: date) -> Judgement:
    its = jobs.values.obligations.get(epic.key)
    plan = jobs.values.epic_plans.get(epic.key, EpicPlan(epic.key))
    return judge(its.deadline if its is not None else None, met_on(jobs, epic), plan.ended_on, today)


def of_epic(jobs: Work, epic: Epic, today: date) -> ObligationRow | None:
    """The epic as an obligation; None where it is none."""
    return row(jobs, epic, today) if epic.is_obligation else None


def row(jobs: Work, epic: Epic, today: date) -> ObligationRow:
    """How one obligation stands to its deadline, its penalty, and its cost since it started."""
    its = jobs.values.obligations.get(epic.key)
    plan = jobs.values.epic_plans.get(epic.key, EpicPlan(epic.key))
    return ObligationRow(
        epic,
        work.team_name(jobs, epic.team),
        plan.owner,
        its,
        _judged(jobs, epic, today),
        penalty(jobs, epic, its),
        work_rows.epic_cost(jobs, epic),
        plan.due_on,
        jobs.values.met.get(epic.key),
        paid(jobs, epic, today),
    )


def met_on(jobs: Work, epic: Epic) -> date | None:
    """The day on which it was accepted as met, else that of its epic's delivery; None while there is none."""
    came = jobs.values.met.get(epic.key)
    return (came.met_on if came is not None else None) or epic.delivered


def penalty(jobs: Work, epic: Epic, its: Obligation | None) -> Figure:
    """What is paid when the deadline is missed, in the report's currency at the rate of the deadline's month.

    A month ahead has no rate yet: then the newest one counts. Not recorded is a reason and never nought.
    """
    keys, currency = jobs.basis.keys(epic=epic.key, team=epic.team), jobs.basis.currency
    if its is None or its.penalty_minor is None:
        return unknown("obligation_penalty", NO_PENALTY, currency=currency, scope=keys)
    amount = its.penalty_minor, its.currency
    return _converted(jobs, "obligation_penalty", ("penalty", *amount), month_of(its.deadline), keys)


def paid(jobs: Work, epic: Epic, today: date) -> Figure:
    """The penalty that was paid, at the rate of the month of its deadline, else the newest one."""
    came, its = jobs.values.met.get(epic.key), jobs.values.obligations.get(epic.key)
    keys = jobs.basis.keys(epic=epic.key, team=epic.team)
    if came is None or came.paid_minor is None:
        return unknown("penalty_paid", NOT_SAID, currency=jobs.basis.currency, scope=keys)
    month = month_of(its.deadline if its is not None else today)
    return _converted(jobs, "penalty_paid", ("paid", came.paid_minor, came.currency), month, keys)


def _converted(
    jobs: Work, figure_id: str, recorded: tuple[str, int, str], month: int, keys: tuple[tuple[str, str], ...]
) -> Figure:
    """A recorded amount in the report's currency, as the one input of its figure."""
    name, minor, its = recorded
    currency, found = jobs.basis.currency, converting.at_latest(jobs.basis, minor, its, month)
    if found is None:
        return unknown(figure_id, converting.no_rate(jobs.basis, its), currency=currency, scope=keys)
    return Figure(figure_id, found, currency=currency, inputs=((name, found),), scope=keys)
