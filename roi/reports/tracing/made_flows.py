"""The flows that make an appraisal: benefits by outcome, cost by kind, each year with its discount (law T8).

They are gathered and discounted by the functions of the appraisal itself. What is rounded once for the whole
is told apart by what each flow adds to it, so that the parts sum to the figure to the minor unit.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from roi.domain import appraisal, delay
from roi.domain.cash_flows import monthly
from roi.domain.figures import Figure
from roi.domain.money import SHARE_WHOLE
from roi.domain.structure import Epic
from roi.reports import initiatives
from roi.reports.appraisal import appraised, delays
from roi.reports.appraisal import flows as flowing
from roi.reports.appraisal.flows import Flows
from roi.reports.shapes import PartRow
from roi.reports.tracing import made
from roi.reports.tracing.asked import Asked

Worth = Callable[[Mapping[int, int]], int]
"""What months together are worth, rounded once."""


class _Flow(NamedTuple):
    """Months of one outcome's benefit, or of one kind of cost."""

    name: str
    months: Mapping[int, int]
    is_outcome: bool


def flows_of(asked: Asked) -> Flows:
    """The flows that the view of the epic, the initiative, the team or the whole is made of."""
    jobs = asked.jobs
    if asked.epic is not None:
        return flowing.gather(flowing.asked_for(jobs, asked.cost, asked.day), (asked.epic.key,))
    if asked.initiative:
        its = initiatives.epics_by_initiative(jobs).get(asked.initiative, ())
        return flowing.gather(flowing.asked_for(jobs, asked.cost, asked.day), [one.key for one in its])
    teams = appraised.judged(jobs) if asked.team is None else {asked.team.key}
    mine = flowing.asked_for(jobs, asked.cost, asked.day, frozenset(jobs.standing(teams)))
    return flowing.gather(mine, [one.key for one in jobs.epics_of(teams)])


def present(asked: Asked, figure: Figure) -> tuple[PartRow, ...]:
    """Discounted benefits and costs: of the net present value and the ROI at the first cost, ahead at now."""
    flows = flows_of(asked)
    is_ahead = figure.figure_id == "forward_npv"
    start = flows.now if is_ahead else min(month for month, paid in flows.costs.items() if paid)
    rate = appraised.rate_of(asked.jobs) / SHARE_WHOLE

    def worth(months: Mapping[int, int]) -> int:
        return appraisal.net_present_value(monthly(months, start), rate)

    return _parts(asked, _Wanted(flows, figure, flows.now if is_ahead else 0), worth)


def plain(asked: Asked, figure: Figure) -> tuple[PartRow, ...]:
    """The same not discounted, as payback and rate of return take them."""
    return _parts(asked, _Wanted(flows_of(asked), figure, 0), lambda months: sum(months.values()))


class _Wanted(NamedTuple):
    """The flows from the month `first` on, and the figure that they make."""

    flows: Flows
    figure: Figure
    first: int


def _parts(asked: Asked, wanted: _Wanted, worth: Worth) -> tuple[PartRow, ...]:
    inputs = dict(wanted.figure.inputs)
    found: list[PartRow] = []
    for term, flows in (("benefits", _benefits(wanted.flows)), ("costs", _costs(wanted.flows))):
        ahead = [one._replace(months=_from(one.months, wanted.first)) for one in flows]
        found += _told(asked, ahead, (term, inputs[term]), worth)
    return tuple(found)


def _from(months: Mapping[int, int], first: int) -> dict[int, int]:
    return {month: amount for month, amount in months.items() if month >= first}


def _benefits(flows: Flows) -> list[_Flow]:
    by_outcome: dict[str, dict[int, int]] = {}
    for part in flows.parts:
        into = by_outcome.setdefault(part.outcome, {})
        for month, amount in part.months.items():
            into[month] = into.get(month, 0) + amount
    return [_Flow(key, months, is_outcome=True) for key, months in by_outcome.items()]


def _costs(flows: Flows) -> list[_Flow]:
    kinds = {"build cost": flows.build, "launch cost": flows.launch, "run cost": flows.run}
    return [_Flow(name, months, is_outcome=False) for name, months in kinds.items() if months]


def _told(asked: Asked, flows: Sequence[_Flow], term: tuple[str, int], worth: Worth) -> tuple[PartRow, ...]:
    """Each flow's years: what came, and what it adds to the present value; together they are the whole."""
    so_far, before, found = dict[int, int](), 0, list[PartRow]()
    for flow in flows:
        years: list[tuple[int, int, int]] = []
        for year in sorted({month // 100 for month in flow.months}):
            its = {month: one for month, one in flow.months.items() if month // 100 == year}
            for month, one in its.items():
                so_far[month] = so_far.get(month, 0) + one
            after = worth(so_far)
            if after != before:
                years.append((year, sum(its.values()), after - before))
            before = after
        found += _row(asked, flow, term[0], tuple(years))
    return _rounded(found, term[1])


def _row(asked: Asked, flow: _Flow, term: str, years: tuple[tuple[int, int, int], ...]) -> list[PartRow]:
    amount = sum(one for *_, one in years)
    if not years:
        return []
    if flow.is_outcome:
        item = asked.jobs.by_key[flow.name]
        leads = "outcome_value" if item.value is not None else "expected_month"
        return [made.of_outcome(asked.jobs, item, amount, (term, leads), years)]
    return [PartRow(made.FLOW, flow.name, amount, term=term, leads=_of_cost(asked), years=years)]


def _of_cost(asked: Asked) -> tuple[tuple[str, str], ...]:
    """Where the cost of what is appraised is traced to its lines."""
    if asked.epic is not None:
        return ("figure", "epic_cost"), ("epic", asked.epic.key)
    if asked.initiative:
        return ("figure", "initiative_cost"), ("initiative", asked.initiative)
    team = (("team", asked.team.key),) if asked.team is not None else ()
    return ("figure", "team_cost"), *team


def _rounded(rows: Sequence[PartRow], whole: int) -> tuple[PartRow, ...]:
    """The minor unit that rounding benefits less costs moves against both by themselves, in the last part."""
    left = whole - sum(row.amount or 0 for row in rows)
    if not rows or abs(left) > 1:
        return tuple(rows)
    return (*rows[:-1], replace(rows[-1], amount=(rows[-1].amount or 0) + left))


# What a month of waiting, of going on and of an order costs


def delayed(asked: Asked, epic: Epic, terms: tuple[str, str] = ("benefits", "run")) -> tuple[PartRow, ...]:
    """What the first month of an epic would bring by outcome, and its run cost; of one number: less it."""
    jobs = asked.jobs
    mine = flowing.asked_for(jobs, asked.cost, asked.day)
    (its,) = delays.of_epics(mine, appraised.rate_of(jobs), [epic])
    gained, paid = terms
    leads = ("figure", "epic_cost"), ("epic", epic.key)
    run = PartRow(made.FLOW, "run cost", its.run if gained != paid else -its.run, term=paid, leads=leads)
    return (*made.of_sums(jobs, dict(its.lost), gained, "expected_month"), *([run] if its.run else ()))


def paused(asked: Asked, key: str) -> tuple[PartRow, ...]:
    """What is saved by year, and what is lost by outcome, in money of this month."""
    jobs = asked.jobs
    flows = flowing.gather(flowing.asked_for(jobs, asked.cost, asked.day), (key,))
    rate = appraised.rate_of(jobs) / SHARE_WHOLE

    def worth(months: Mapping[int, int]) -> int:
        return delay.worth(months, flows.now, rate)

    costs = _Flow("cost to come", _from(flows.costs, flows.now), is_outcome=False)
    benefits = [_Flow(one.outcome, _from(one.months, flows.now), is_outcome=True) for one in flows.parts]
    lost = [row for one in benefits for row in _apart(asked, one, "lost", worth)]
    return (*_apart(asked, costs, "saved", worth), *lost)


def _apart(asked: Asked, flow: _Flow, term: str, worth: Worth) -> list[PartRow]:
    """A flow of which every month is rounded by itself, so that its years simply add up."""
    by_year: dict[int, dict[int, int]] = {}
    for month, amount in flow.months.items():
        by_year.setdefault(month // 100, {})[month] = amount
    years = [(year, sum(its.values()), worth(its)) for year, its in sorted(by_year.items())]
    return _row(asked, flow, term, tuple(one for one in years if one[2]))
