"""Is engineering money paying back, what did it cost, and what is missing to know?"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any

from roi.actors import Actor
from roi.domain.figures import Figure
from roi.reports import checks, decisions, plans, since
from roi.reports.appraisal import cohorts, flow_times, freed
from roi.reports.booked import by_stream, resaid, rests_on, returned, widened, work
from roi.reports.booked.returned import Named
from roi.reports.books import control, history, steps
from roi.reports.books.coverage import closed_months
from roi.reports.cost import costs, mixes, tying
from roi.reports.ground import basis, kept
from roi.reports.ground.basis import Basis
from roi.reports.loop import inbox
from roi.reports.shapes import PortfolioReport, Scope, StreamRow, TeamRow
from roi.store.database import Store


def build(
    store: Store,
    actor: Actor,
    scope: Scope,
    today: date | None = None,
    opened: Collection[str] | None = None,
) -> PortfolioReport:
    """Cost, its tie to the ledger, the first return and what it rests on, by value stream and team.

    `today` is needed only to say what is overdue. `opened`: see `by_stream`.
    """
    with basis.opened(store, actor, scope) as base:
        return _built(base, today, opened)[0]


def build_incl_not_cash(
    store: Store,
    actor: Actor,
    scope: Scope,
    today: date | None = None,
    opened: Collection[str] | None = None,
) -> PortfolioReport:
    """The same with the headline that counts what is not cash too, in `wide` (rule V6)."""
    with basis.opened(store, actor, scope) as base:
        report, jobs = _built(base, today, opened)
        wide = widened.of(jobs, base.shown, report.total) if report.total is not None else None
        return replace(report, wide=wide)


def _built(
    base: Basis, today: date | None, opened: Collection[str] | None
) -> tuple[PortfolioReport, work.Work]:
    cost = tying.load(base)
    mix = mixes.load(cost)
    jobs = work.load(cost, today)
    report = _report(cost, jobs, mix, by_stream.rows(cost, jobs, opened))
    return _with_value(cost, jobs, _whole(cost, mix, report)), jobs


def figures(store: Store, actor: Actor, scope: Scope, today: date | None = None) -> PortfolioReport:
    """The figures of the whole alone: no row of a stream or team, and nothing of what stands behind value."""
    with basis.opened(store, actor, scope) as base:
        cost = tying.load(base)
        mix = mixes.load(cost)
        return _whole(cost, mix, _report(cost, work.load(cost, today), mix, ()))


def headlines(report: PortfolioReport) -> tuple[Figure, ...]:
    """The figures that always stand in the report, in the order in which they are told."""
    return (
        report.ledger,
        report.cost,
        report.excluded,
        report.suspense,
        report.difference,
        report.placed_share,
        report.confirmed,
        report.protected,
        report.returned,
        *((report.wide.value, report.wide.returned, report.wide.net) if report.wide else ()),
    )


def total_row(cost: costs.Costs, jobs: work.Work) -> TeamRow:
    """All that is looked at in one row: the company, or one value stream."""
    base = cost.basis
    key = (*base.looked_at, jobs.today)

    def made() -> TeamRow:
        return returned.judged(jobs, base.shown, unjudged_row(cost, jobs))

    return kept.once(base, "total row", key, made, kept.WHOLE)


def unjudged_row(cost: costs.Costs, jobs: work.Work) -> TeamRow:
    """The same without its verdict, for who asks for a figure of it alone."""
    key = (*cost.basis.looked_at, jobs.today)
    return kept.once(cost.basis, "unjudged row", key, lambda: _unjudged_row(cost, jobs), kept.WHOLE)


def _unjudged_row(cost: costs.Costs, jobs: work.Work) -> TeamRow:
    base = cost.basis
    if base.value_stream is None:
        return returned.unjudged_company(cost, jobs, Named("", "", "portfolio", {}))
    keys = {"value_stream": base.value_stream}
    named = Named(base.value_stream, "", by_stream.kind_of(cost, base.shown), keys)
    return returned.unjudged(cost, jobs, base.shown, named)


def _report(
    cost: costs.Costs, jobs: work.Work, mix: mixes.Mix, rows: tuple[StreamRow, ...]
) -> PortfolioReport:
    base = cost.basis
    total = total_row(cost, jobs)
    by = {} if base.value_stream is None else mixes.of_teams(cost, base.shown)
    coverage = control.of(base)
    return PortfolioReport(
        version=base.version,
        company=base.company,
        currency=base.currency,
        span=base.span,
        other_currencies=base.other_currencies,
        ledger=costs.ledger_total(base),
        cost=total.cost,
        excluded=costs.excluded(cost),
        suspense=costs.suspense(cost),
        difference=costs.difference(cost),
        placed_share=costs.placed_share(cost),
        confirmed=total.confirmed,
        protected=total.protected,
        returned=total.returned,
        verdict=total.verdict,
        outcomes_read=total.outcomes_read,
        outcomes_total=total.outcomes_total,
        outcomes_overdue=total.outcomes_overdue,
        streams=rows,
        suspense_rows=mixes.suspense_rows(cost),
        excluded_rows=mix.excluded,
        intents=by.get("intent", ()) if base.value_stream is not None else mix.intents,
        treatments=by.get("treatment", ()) if base.value_stream is not None else mix.treatments,
        trust=rests_on.trust(jobs, base.shown),
        books=control.state(coverage),
        latest=history.latest(base, coverage),
        steps=steps.of(base),
        other_teams=costs.other_teams(cost),
        grouped_by=base.structure.by,
        total=total,
    )


def _whole(cost: costs.Costs, mix: mixes.Mix, report: PortfolioReport) -> PortfolioReport:
    """The report with both views, the ties to the books, and what it waits for."""
    base = cost.basis
    return replace(
        report,
        own=report.total.own if report.total else None,
        overhead=costs.shown_overhead(cost),
        overhead_rows=mix.overhead,
        standard_difference=costs.standard_difference(cost),
        ties=mixes.ties(cost, mix),
        is_converted=base.is_converted,
        originals=base.originals,
        missing_rates=base.missing_rates,
        at_standard_rates=base.at_standard_rates,
    )


def _with_value(cost: costs.Costs, jobs: work.Work, report: PortfolioReport) -> PortfolioReport:
    """The report with what stands behind its value: expected, classes, checks, cohorts, decisions."""
    base, today = cost.basis, jobs.today
    key = (*base.looked_at, today)
    behind = kept.once(base, "behind the value", key, lambda: _behind(cost, jobs, report.cost), kept.WHOLE)
    return replace(
        report,
        **behind,
        seed=jobs.of_period.seed,
        draws=jobs.of_period.count,
        since=since.build(base.cursor, today),
    )


def _behind(cost: costs.Costs, jobs: work.Work, its_cost: Figure) -> dict[str, Any]:
    """By name of the report's field."""
    base, today = cost.basis, jobs.today
    looked = checks.Looked(jobs, base.shown, its_cost, base.keys())
    unread = inbox.unverified(jobs, today, base.shown) if today is not None else ()
    return {
        **resaid.once(jobs, "ahead", base.shown, lambda: _ahead(cost, jobs)),
        "unverified": unread,
        "unverified_cost": inbox.unverified_sums(jobs, unread)[0],
        "overdue_cost": inbox.overdue_cost_of(jobs, unread),
        "still_expected": checks.expected(looked),
        "net": checks.net(looked),
        "net_if_lands": checks.net(looked, if_lands=True),
        "classes": checks.classes(looked),
        "checks": checks.build(looked),
        "cohorts": cohorts.rows(jobs, base.shown, its_cost),
        "plan": plans.whole(cost),
        "closed_months": _closed(base),
    }


def _closed(base: Basis) -> tuple[int, ...]:
    """The closed months of the period."""
    return tuple(month for month in closed_months(base) if base.span is not None and base.span.holds(month))


def _ahead(cost: costs.Costs, jobs: work.Work) -> dict[str, Any]:
    """What no period changes, by name of the report's field."""
    base, today = cost.basis, jobs.today
    return {
        "decisions": decisions.build(jobs, cost, base.shown, today),
        "running_looked_at": decisions.looked_at(jobs, base.shown, today),
        "looked_at": decisions.looked_at_beside(jobs, cost, base.shown, today),
        "freed_ahead": freed.ahead(jobs, cost, base.shown, today),
        "flow_times": flow_times.read(jobs, base.shown),
    }
