"""The return with confirmed value that is not cash, where a reader asks for it by the switch (rule V6).

It is a figure of its own beside the cash headline, never in its place: cash, its verdict and its net stay
what they are (V19). One sum of draws, so that claims on one pool move together.
"""

from roi.domain.figures import Figure, unknown
from roi.domain.returns import ratio
from roi.reports.booked import rests_on, returned
from roi.reports.booked.booking import CASH, CONFIRMED, PROTECTED, Sums, outcomes_in
from roi.reports.booked.work import Work
from roi.reports.cost.costs import Teams
from roi.reports.shapes import TeamRow, Widened

Scope = tuple[tuple[str, str], ...]


def of(work: Work, teams: Teams, row: TeamRow) -> Widened:
    """Value, return and net of some teams with what is not cash; `row` is what they are in cash alone."""
    value = _value(work, _booked(work, teams), row)
    return Widened(value, _return(value, row), _net(value, row), rests_on.trust(work, teams, only_cash=False))


def _booked(work: Work, teams: Teams) -> Sums:
    """Confirmed cash and what is not cash, by outcome and level."""
    found = dict(work.summed(teams, (CONFIRMED,), CASH))
    for key, amount in work.summed(teams, (CONFIRMED,), PROTECTED).items():
        found[key] = found.get(key, 0) + amount
    return found


def _value(work: Work, booked: Sums, row: TeamRow) -> Figure:
    """Cash and what is not cash; each part is exactly the figure that stands beside the other."""
    currency, scope = row.confirmed.currency, row.confirmed.scope
    cash, beside = row.confirmed, row.protected
    if not booked:
        return unknown("value_incl_not_cash", cash.reason, currency=currency, scope=scope)
    found = work.range_counted(booked)
    inputs = (
        ("outcomes", outcomes_in(booked)),
        ("confirmed", cash.value or 0),
        ("protected", beside.value or 0),
        ("worth", found.likely),
    )
    return Figure(
        "value_incl_not_cash",
        found.likely,
        "; ".join(dict.fromkeys(one.reason for one in (cash, beside) if one.is_known and one.reason)),
        low=found.low,
        high=found.high,
        currency=currency,
        inputs=inputs,
        scope=scope,
    )


def _return(value: Figure, row: TeamRow) -> Figure:
    cost, currency, scope = row.cost, value.currency, value.scope
    ends = value.value, value.low, value.high
    if cost.value is None or cost.value <= 0 or None in ends or row.kind in returned.SERVING:
        return unknown("return_incl_not_cash", _why_not(value, row), currency=currency, scope=scope)
    likely, low, high = (ratio(end or 0, cost.value) for end in ends)
    amounts = tuple(pair for pair in value.inputs if pair[0] != "worth")
    inputs = (*amounts, ("team_cost", cost.value), ("return", likely))
    return Figure(
        "return_incl_not_cash", likely, low=low, high=high, currency=currency, inputs=inputs, scope=scope
    )


def _why_not(value: Figure, row: TeamRow) -> str:
    if row.kind in returned.SERVING:
        return returned.PASSES_ON
    if row.cost.value is None:
        return row.cost.reason
    return "the cost is not above zero" if row.cost.value <= 0 else value.reason


def _net(value: Figure, row: TeamRow) -> Figure:
    cost, currency, scope = row.cost.value, value.currency, value.scope
    if value.value is None or cost is None:
        why = row.cost.reason if cost is None else value.reason
        return unknown("net_incl_not_cash", why, currency=currency, scope=scope)
    amounts = tuple(pair for pair in value.inputs if pair[0] != "worth")
    return Figure(
        "net_incl_not_cash",
        value.value - cost,
        low=value.low - cost if value.low is not None else None,
        high=value.high - cost if value.high is not None else None,
        currency=currency,
        inputs=(*amounts, ("team_cost", cost), ("net", value.value - cost)),
        scope=scope,
    )
