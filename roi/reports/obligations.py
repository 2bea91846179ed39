"""What has to be done by which day, and what did it cost? Judged on date and cost, no verdict (rule V15).

The penalty is told beside it, and is in no value, no total, no return and no decision.
"""

from datetime import date

from roi.actors import Actor
from roi.domain.figures import Figure, unknown
from roi.domain.obligations import Obligation, judge, rank
from roi.domain.periods import month_of
from roi.domain.structure import Epic
from roi.domain.value import EpicPlan
from roi.reports import basis, converting, tying, work, work_rows
from roi.reports.costs import Teams
from roi.reports.shapes import Scope
from roi.reports.shapes_obligations import ObligationRow, ObligationsReport
from roi.reports.work import Work
from roi.store.database import Store

NO_PENALTY = "no penalty is recorded"


def build(store: Store, actor: Actor, scope: Scope, today: date) -> ObligationsReport:
    """The obligations of the teams looked at, ranked."""
    with basis.opened(store, actor, scope) as base:
        jobs = work.load(tying.load(base), today)
        return ObligationsReport(base.version, base.currency, rows(jobs, base.shown, today))


def rows(jobs: Work, teams: Teams, today: date) -> tuple[ObligationRow, ...]:
    """The obligations that some teams work on: not met first, by deadline, then the larger penalty."""
    found = [row(jobs, epic, today) for epic in jobs.epics_of(teams) if epic.is_obligation]
    return tuple(sorted(found, key=_rank))


def _rank(one: ObligationRow) -> tuple[object, ...]:
    deadline = one.obligation.deadline if one.obligation is not None else None
    return rank(one.judgement, deadline, one.penalty.value, one.epic.key)


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
        judge(its.deadline if its is not None else None, epic.delivered, plan.ended_on, today),
        penalty(jobs, epic, its),
        work_rows.epic_cost(jobs, epic),
        plan.due_on,
    )


def penalty(jobs: Work, epic: Epic, its: Obligation | None) -> Figure:
    """What is paid when the deadline is missed, in the report's currency at the rate of the deadline's month.

    A month ahead has no rate yet: then the newest one counts. Not recorded is a reason and never nought.
    """
    keys, currency = jobs.basis.keys(epic=epic.key, team=epic.team), jobs.basis.currency
    if its is None or its.penalty_minor is None:
        return unknown("obligation_penalty", NO_PENALTY, currency=currency, scope=keys)
    found = converting.at_latest(jobs.basis, its.penalty_minor, its.currency, month_of(its.deadline))
    if found is None:
        why = converting.no_rate(jobs.basis, its.currency)
        return unknown("obligation_penalty", why, currency=currency, scope=keys)
    inputs = (("penalty", found),)
    return Figure("obligation_penalty", found, currency=currency, inputs=inputs, scope=keys)
