"""How each figure is found again, and what stands behind it: lines of files, and parts without a file.

Outside finance lines of pay are left out of every file; the people behind a team stand as heads by role and
rate, and the company's pay as one sum.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from roi.domain.figures import Figure, unknown
from roi.domain.periods import FIRST_MONTH, Span
from roi.domain.variance import average_month
from roi.reports import checks, plans
from roi.reports.booked import behind, widened
from roi.reports.books import control
from roi.reports.cost import costs, mixes, parts
from roi.reports.cost.lines import Wanted
from roi.reports.ground.structure import Group
from roi.reports.loop import work_rows
from roi.reports.shapes import PartRow
from roi.reports.tracing import cost_parts, penalties, terms
from roi.reports.tracing.asked import PERIOD, Asked, Found, needed
from roi.reports.tracing.values import VALUE_FINDERS, looked
from roi.reports.tracing.wanting import wants

COMPANY_PAY = "pay of the whole company, as one sum"


def _cost(asked: Asked, figure: Figure, *, is_full: bool) -> Found:
    """The own cost, or all that reached and left: files, people at rates, serving teams, overhead."""
    if asked.is_company:
        places = (costs.TEAM, costs.OVERHEAD) if is_full else (costs.TEAM,)
        return Found(figure, wants(asked, places), figure.value, rest=COMPANY_PAY)
    found = parts.people(asked.cost, asked.teams)
    if is_full:
        passed = asked.cost.of_period(asked.cost.hop_by_month(costs.PASSED_ON, asked.teams))
        found += parts.givers(asked.cost, asked.teams)
        if passed.amount:
            found += (PartRow(costs.PASSED_ON, "passed on to the teams it serves", -passed.amount),)
    return Found(figure, wants(asked, (costs.TEAM,), asked.teams), figure.value, found)


def _team_cost(asked: Asked) -> Found:
    return _cost(asked, needed(asked.own_cost, "team"), is_full=False)


def _team_cost_month(asked: Asked) -> Found:
    """The own cost over the months that have any, as the title over a team's months says it."""
    team = needed(asked.team, "team")
    months = [amount for amount in asked.cost.own_line(asked.teams) if amount is not None]
    own = _team_cost(asked)
    if own.figure.value is None or not months:
        why = own.figure.reason or "no month of the period has cost"
        return Found(unknown("team_cost_month", why, currency=asked.base.currency, scope=own.figure.scope))
    each = average_month(months)
    inputs = (("team_cost", own.figure.value), ("months", len(months)), ("team_cost_month", each))
    scope = (*asked.base.keys(), ("team", team.key))
    figure = Figure("team_cost_month", each, currency=own.figure.currency, inputs=inputs, scope=scope)
    return replace(own, figure=figure)


def _full_cost(asked: Asked) -> Found:
    figure = asked.its_cost
    if figure.figure_id != "full_cost":
        figure = costs.as_full(figure)
    return _cost(asked, figure, is_full=True)


def _received(asked: Asked) -> Found:
    figure = needed(asked.row.received, "team")
    rows = tuple(row for row in parts.givers(asked.cost, asked.teams) if row.kind == costs.RECEIVED)
    return Found(figure, (), figure.value, rows)


def _overhead(asked: Asked) -> Found:
    if asked.is_company:
        figure = costs.shown_overhead(asked.cost)
        return Found(figure, wants(asked, (costs.OVERHEAD,)), figure.value)
    figure = needed(asked.row.overhead, "team")
    rows = tuple(row for row in parts.givers(asked.cost, asked.teams) if row.kind == costs.OVERHEAD)
    return Found(figure, (), figure.value, rows)


def _passed_on(asked: Asked) -> Found:
    figure = needed(asked.row.passed_on, "team")
    keys = [team for team in asked.base.teams if team.key in asked.teams]
    rows = tuple(row for team in keys for row in parts.takers(asked.cost, team))
    return Found(figure, (), figure.value, rows)


def _standard_difference(asked: Asked) -> Found:
    figure = costs.standard_difference(asked.cost)
    why = "it is of the whole company, and only where people stand at standard rates"
    return Found(figure or unknown("standard_difference", why, currency=asked.base.currency))


def _ledger(asked: Asked) -> Found:
    figure = costs.ledger_total(asked.base)
    return Found(figure, wants(asked, (None,)), figure.value, rest=COMPANY_PAY)


def _suspense(asked: Asked) -> Found:
    figure = costs.suspense(asked.cost)
    return Found(figure, wants(asked, (costs.SUSPENSE,)), figure.value, rest=COMPANY_PAY)


def _excluded(asked: Asked) -> Found:
    figure = costs.excluded(asked.cost)
    return Found(figure, wants(asked, (costs.EXCLUDED,)), figure.value, rest=COMPANY_PAY)


def _difference(asked: Asked) -> Found:
    """The ledger's files stand behind it; they sum to the ledger in its formula."""
    return replace(_ledger(asked), figure=costs.difference(asked.cost))


def _placed_share(asked: Asked) -> Found:
    figure = costs.placed_share(asked.cost)
    wanted = wants(asked, (costs.TEAM, costs.OVERHEAD))
    return Found(figure, wanted, dict(figure.inputs).get("team_cost", 0), rest=COMPANY_PAY)


def _spend(asked: Asked) -> Found:
    figure = mixes.spend(asked.cost, mixes.load(asked.cost))
    wanted = wants(asked, (costs.TEAM, costs.OVERHEAD, costs.SUSPENSE)) if figure.is_known else ()
    return Found(figure, wanted, figure.value, rest=COMPANY_PAY)


def _charge(asked: Asked) -> Found:
    figure = mixes.charge(asked.cost, mixes.load(asked.cost))
    if not figure.is_known:
        return Found(figure)
    base = wants(asked, (costs.TEAM, costs.OVERHEAD, costs.SUSPENSE))
    wanted = [replace(want, treatment=mixes.OPERATING) for want in base]
    wanted += [replace(want, nature=mixes.AMORTISATION) for want in wants(asked, (costs.EXCLUDED,))]
    return Found(figure, tuple(wanted), figure.value, rest=COMPANY_PAY)


def _control(asked: Asked) -> Found:
    """Control totals of the period's months; where two overlap, the one over fewer months counts.

    Outside finance only the difference is said where a source holds pay: both sums would tell it.
    """
    base = asked.base
    about = [
        row
        for row in control.of(base).controls
        if row.scenario == control.ACTUAL and row.currency == base.currency and _is_in(row.span, base.span)
    ]
    if not about:
        why = "no control total is stated for these months"
        return Found(unknown("control_difference", why, currency=base.currency, scope=base.keys()))
    rows = control.apart(about)
    ledger, stated = sum(row.ledger for row in rows), sum(row.stated for row in rows)
    inputs: tuple[tuple[str, int], ...] = (
        ("ledger", ledger),
        ("control", stated),
        ("difference", ledger - stated),
    )
    figure = Figure(
        "control_difference", ledger - stated, currency=base.currency, inputs=inputs, scope=base.keys()
    )
    if {row.source for row in rows} & control.sources_with_pay(base):
        return Found(replace(figure, inputs=inputs[2:]))
    wanted = tuple(Wanted(span=row.span, source=row.source, currency=row.currency) for row in rows)
    return Found(figure, wanted, ledger)


def _is_in(inner: Span, outer: Span | None) -> bool:
    return outer is not None and outer.first <= inner.first and inner.last <= outer.last


def _gross(asked: Asked, figure: Figure, its: Group, months: Sequence[int]) -> Found:
    """All that reached some teams in some months: their lines, people, serving teams and overhead."""
    rows = (*parts.people(asked.cost, its, months), *parts.givers(asked.cost, its, months))
    wanted = wants(asked, (costs.TEAM,), its, months)
    return Found(figure, wanted, dict(figure.inputs).get("team_cost", 0), rows)


def _epic_cost(asked: Asked) -> Found:
    """The lines of its teams (or of one) in the months of its cost: they sum to the formula's team cost."""
    epic, team = needed(asked.epic, "epic"), asked.team.key if asked.team is not None else ""
    in_period = asked.part == PERIOD
    figure = work_rows.epic_cost(asked.jobs, epic, in_period=in_period, team=team)
    if in_period:
        figure = replace(figure, scope=(*figure.scope, ("part", PERIOD)))
    base = asked.base
    if base.span is None or not figure.is_known:
        return Found(figure)
    span = base.span if in_period else Span(FIRST_MONTH, base.span.last)
    months = terms.months_by_team(asked.jobs, asked.cost, (epic, team), span)
    figure = terms.with_epic_terms(asked.jobs, epic, figure, months)
    by_team = {key: frozenset(one.month for one in its) for key, its in months.items()}
    return _gross(asked, figure, Group(by_team), sorted(frozenset().union(*by_team.values())))


def _unplanned(asked: Asked) -> Found:
    team = needed(asked.team, "team")
    figure = work_rows.rest(asked.jobs, asked.cost, team)
    if not figure.is_known:
        return Found(figure)
    return _gross(asked, figure, Group({team.key: None}), asked.cost.months)


def _outcome_figure(name: str) -> Callable[[Asked], Found]:
    def find(asked: Asked) -> Found:
        epic = needed(asked.epic if asked.outcome else None, "outcome")
        item = next(
            item
            for item in asked.jobs.valued
            if item.epic.key == epic.key and item.outcome.key == asked.outcome
        )
        row = work_rows.outcome_row(asked.jobs, item)
        whole = terms.with_outcome_terms(asked.jobs, item, row.value)
        named = {"outcome_value": whole, "measured_month": row.measured, "expected_month": row.expected}
        figure = named[name]
        value = item.value or 0
        return Found(needed(figure, "outcome"), outcomes=(item.outcome.key,), value_sum=value)

    return find


def _value(asked: Asked) -> Found:
    return _valued(asked, asked.row.confirmed, cash=True)


def _protected(asked: Asked) -> Found:
    return _valued(asked, asked.row.protected, cash=False)


def _valued(asked: Asked, figure: Figure, *, cash: bool) -> Found:
    """The teams' own outcomes of one kind, and of their value what passed on with cost, or came with it."""
    jobs, teams = asked.jobs, asked.teams
    own, known = behind.of_teams(jobs, teams, cash=cash)
    passed = behind.passed(jobs, teams, (own, known), cash=cash)
    about = ((jobs.item_of[key], amount) for key, amount in passed.items())
    rows = (PartRow("value", f"{item.epic.name}: {item.outcome.metric}", amount) for item, amount in about)
    return Found(figure, (), 0, tuple(rows), own, figure.value or 0)


def _wide(name: str) -> Callable[[Asked], Found]:
    """A figure with what is not cash: all that counts of both, and its cost where it is beside cost."""

    def find(asked: Asked) -> Found:
        figure = getattr(widened.of(asked.jobs, asked.teams, asked.row), name)
        cash, beside = _value(asked), _protected(asked)
        parts_, held = (*cash.parts, *beside.parts), (*cash.outcomes, *beside.outcomes)
        both = Found(figure, (), 0, parts_, held, cash.value_sum + beside.value_sum)
        return both if name == "value" else _beside_cost(asked, figure, both)

    return find


def _return(asked: Asked) -> Found:
    return _beside_cost(asked, asked.row.returned, _value(asked))


def _beside_cost(asked: Asked, figure: Figure, value: Found) -> Found:
    """Cost by file and part, and cash by outcome: the numbers of its formula."""
    cost = _cost(asked, asked.row.cost, is_full=asked.row.cost.figure_id == "full_cost" or asked.is_company)
    return Found(
        figure,
        cost.wanted,
        cost.cost_sum,
        (*cost.parts, *value.parts),
        value.outcomes,
        value.value_sum,
        cost.rest,
    )


def _net(*, if_lands: bool) -> Callable[[Asked], Found]:
    """Only outcomes that the sum holds: confirmed, and where it lands what is still expected."""

    def find(asked: Asked) -> Found:
        value = _value(asked)
        held = set(behind.values(asked.jobs, value.outcomes))
        if if_lands:
            held |= behind.still_open(asked.jobs, value.outcomes)
        outcomes = tuple([key for key in value.outcomes if key in held])
        figure = checks.net(looked(asked), if_lands=if_lands)
        return _beside_cost(asked, figure, replace(value, outcomes=outcomes))

    return find


def _heads(asked: Asked) -> Found:
    return Found(needed(asked.row.heads, "team"))


def _per_head(asked: Asked) -> Found:
    figure = needed(asked.row.cost_per_head, "team")
    is_full = asked.row.cost.figure_id == "full_cost" or asked.is_company
    return replace(_cost(asked, asked.row.cost, is_full=is_full), figure=figure)


def _plan_figure(name: str) -> Callable[[Asked], Found]:
    """A figure of the plan, with the files of the plan or the outlook."""

    def find(asked: Asked) -> Found:
        report = plans.build(asked.cost, None if asked.is_company else asked.teams)
        row = report.total if asked.team is None else next(iter(report.rows), None)
        if row is None:
            return Found(unknown(name, report.reason or plans.NO_PLAN, currency=asked.base.currency))
        figure = {
            "plan_cost": row.plan,
            "plan_variance": row.variance,
            "plan_share": row.share,
            "outlook_cost": row.outlook,
        }[name]
        if not figure.is_known or row.plan.value is None or report.span is None:
            return Found(figure)
        if name == "outlook_cost":
            return Found(figure)
        wanted = [
            replace(want, scenario=f"plan: {report.current}")
            for want in wants(asked, (costs.TEAM,), asked.teams, report.span.months)
        ]
        return Found(figure, tuple(wanted), row.plan.value, rest="planned people at standard rates")

    return find


FINDERS: dict[str, Callable[[Asked], Found]] = {
    "ledger_total": _ledger,
    "team_cost": _team_cost,
    "team_cost_month": _team_cost_month,
    "full_cost": _full_cost,
    "received_cost": _received,
    "overhead_cost": _overhead,
    "passed_on_cost": _passed_on,
    "standard_difference": _standard_difference,
    "spend": _spend,
    "profit_and_loss_charge": _charge,
    "suspense": _suspense,
    "excluded_cost": _excluded,
    "ledger_difference": _difference,
    "control_difference": _control,
    "placed_share": _placed_share,
    "epic_cost": _epic_cost,
    "obligation_penalty": penalties.penalty,
    "penalty_paid": penalties.paid,
    "unplanned_cost": _unplanned,
    "outcome_value": _outcome_figure("outcome_value"),
    "measured_month": _outcome_figure("measured_month"),
    "expected_month": _outcome_figure("expected_month"),
    "confirmed_cash": _value,
    "protected_value": _protected,
    "return_per_unit": _return,
    "value_incl_not_cash": _wide("value"),
    "return_incl_not_cash": _wide("returned"),
    "net_incl_not_cash": _wide("net"),
    "net_cash": _net(if_lands=False),
    "net_if_lands": _net(if_lands=True),
    "heads": _heads,
    "cost_per_head": _per_head,
    "plan_cost": _plan_figure("plan_cost"),
    "plan_variance": _plan_figure("plan_variance"),
    "plan_share": _plan_figure("plan_share"),
    "outlook_cost": _plan_figure("outlook_cost"),
    **cost_parts.FINDERS,
    **VALUE_FINDERS,
}
