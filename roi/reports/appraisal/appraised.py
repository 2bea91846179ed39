"""Is it worth its money: NPV with its range, ROI, payback, IRR where there is one, forward view (methods 5).

For an epic, an initiative, a team, a value stream. Likely amounts are exact; ranges are P10 and P90 of the
seeded draws that every other range comes from, so that claims on one pool move together (rule V19).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

import numpy as np

from roi.domain import appraisal
from roi.domain.appraisal import Appraisal
from roi.domain.cash_flows import discount_factor, monthly
from roi.domain.figures import Figure, unknown
from roi.domain.money import SHARE_WHOLE
from roi.domain.periods import months_between, quarter_name
from roi.domain.structure import Team
from roi.domain.uncertainty import Draws
from roi.reports.appraisal import flows as flowing
from roi.reports.appraisal.flows import Asked, Flows
from roi.reports.booked import resaid
from roi.reports.booked.returned import PASSES_ON, SERVING
from roi.reports.booked.work import ASSUMED, CONFIRMED, EXPECTED, Work
from roi.reports.cost.costs import Costs, Teams
from roi.reports.ground.structure import Group
from roi.reports.shapes.value import AppraisalView, CashRow
from roi.reports.value.draws import spread
from roi.store import read

RATE = "discount_rate"
"""The setting that holds the discount rate a year, parts per million."""

DEFAULT_RATE = 100_000

_FIGURES = ("npv", "roi", "payback", "irr", "forward_npv")


@dataclass(frozen=True, slots=True)
class Looked:
    """Flows with all that they are valued by; `months` is the grid of every array."""

    work: Work
    flows: Flows
    months: tuple[int, ...]
    rate: int
    scope: tuple[tuple[str, str], ...]

    @property
    def fraction(self) -> float:
        """The rate a year as a fraction."""
        return self.rate / SHARE_WHOLE

    @property
    def start(self) -> int:
        """The month of the first cost: what it is valued at."""
        return min(month for month, paid in self.flows.costs.items() if paid)


def of_epics(work: Work, costs: Costs, epic_keys: Iterable[str], today: date) -> AppraisalView:
    """The appraisal of some epics together: one epic, or an initiative."""
    return _kept(Asked(work, costs, today), epic_keys, {})


def of_epic(work: Work, costs: Costs, epic: str, today: date) -> AppraisalView:
    """The appraisal of one epic."""
    return _kept(Asked(work, costs, today), (epic,), {"epic": epic})


def of_initiative(
    work: Work, costs: Costs, initiative: tuple[str, Iterable[str]], today: date
) -> AppraisalView:
    """The appraisal of an initiative: its key and those of its epics."""
    return _kept(Asked(work, costs, today), initiative[1], {"initiative": initiative[0]})


def team(work: Work, costs: Costs, its: Team, today: date) -> AppraisalView:
    """What a team's own epics are worth, its part of each; none for teams that serve others (rule V2)."""
    if its.kind in SERVING:
        return _unknown(Asked(work, costs, today), PASSES_ON, {"team": its.key})
    return of_teams(work, costs, {its.key}, today, team=its.key)


def of_teams(work: Work, costs: Costs, teams: Teams, today: date, **keys: str) -> AppraisalView:
    """What the epics of some teams are worth, the teams' part of each: a value stream, a division."""
    epics = [epic.key for epic in work.epics_of(teams)]
    return _kept(Asked(work, costs, today, frozenset(work.standing(teams))), epics, keys)


def of_all_shown(work: Work, costs: Costs, today: date, **keys: str) -> AppraisalView:
    """What all that is looked at is worth; none of a stream whose teams all serve others (rule V2)."""
    every, its = work.basis.shown, judged(work)
    if every and not its:
        return _unknown(Asked(work, costs, today), PASSES_ON, keys)
    found = of_teams(work, costs, its, today, **keys)
    left = len(work.standing(every)) - len(work.standing(its))
    if not left:
        return found
    who = f"1 team that serves others is left out: {PASSES_ON}"
    if left > 1:
        who = f"{left} teams that serve others are left out: their value is booked by the teams they serve"
    return replace(found, notes=(who, *found.notes))


def judged(work: Work) -> Group:
    """The teams looked at; of a value stream without those that serve others.

    Their cost reaches the epics of the teams they serve, and no verdict is given on them (rule V2).
    """
    base = work.basis
    if base.value_stream is None:
        return base.shown
    last, named = base.span.last if base.span is not None else 0, base.structure.parted.named
    serving = {key for key in base.shown if base.structure.at(named[key], last).kind in SERVING}
    if not serving:
        return base.shown
    return Group({key: months for key, months in base.shown.months.items() if key not in serving})


def payback_of_team(work: Work, costs: Costs, its: Team, today: date) -> Figure:
    """When what a team's epics cost is back, with its range: the payback of `team` without all the rest."""
    scope, currency = work.basis.keys(team=its.key), work.basis.currency
    if its.kind in SERVING:
        return unknown("payback", PASSES_ON, currency=currency, scope=scope)
    asked = flowing.asked_for(work, costs, today, frozenset({its.key}))
    flows = flowing.gather(asked, [epic.key for epic in work.epics_of({its.key})])
    if flows.why_not:
        return unknown("payback", flows.why_not, currency=currency, scope=scope)
    looked = _looked(work, flows, scope)
    return _payback(looked, _appraised(looked), _so_far(looked, *_by_part(looked)))


def rate_of(work: Work) -> int:
    """The discount rate a year that the company set, parts per million."""
    return int(read.settings(work.basis.cursor).get(RATE) or DEFAULT_RATE)


def _kept(asked: Asked, epics: Iterable[str], named: Mapping[str, str]) -> AppraisalView:
    """The appraisal, which no period changes: made once for all of them."""
    work, keys = asked.work, tuple(epics)

    def made() -> AppraisalView:
        whole = flowing.asked_for(work, asked.costs, asked.today, asked.teams)
        return _view(whole, keys, named)

    teams = None if asked.teams is None else frozenset(asked.teams)
    about = asked.today, teams, keys, tuple(named.items())
    return resaid.once(work, "appraisal", (), made, about)


def _view(asked: Asked, keys: Iterable[str], named: Mapping[str, str]) -> AppraisalView:
    flows = flowing.gather(asked, keys)
    if flows.why_not:
        return _unknown(asked, flows.why_not, named)
    looked = _looked(asked.work, flows, asked.work.basis.keys(**named))
    return _whole(looked, _appraised(looked))


def _looked(work: Work, flows: Flows, scope: tuple[tuple[str, str], ...]) -> Looked:
    return Looked(work, flows, tuple(flows.months), rate_of(work), scope)


def _appraised(looked: Looked) -> Appraisal:
    """The likely amounts, exact."""
    return appraisal.appraise(
        monthly(_filled(looked, looked.flows.benefits()), looked.start),
        monthly(_filled(looked, looked.flows.costs), looked.start),
        looked.fraction,
    )


def _unknown(asked: Asked, why: str, named: Mapping[str, str]) -> AppraisalView:
    basis, draws = asked.work.basis, asked.work.draws
    figures = [unknown(name, why, currency=basis.currency, scope=basis.keys(**named)) for name in _FIGURES]
    npv, roi, payback, irr, forward = figures
    return AppraisalView(
        npv,
        roi,
        payback,
        irr,
        forward,
        chance=None,
        forward_loss_chance=None,
        payback_on=None,
        rate=rate_of(asked.work),
        valued_on=asked.today,
        horizon_months=asked.work.agreed.horizon_months,
        seed=draws.seed,
        draws=draws.count,
        why_not=why,
    )


def _filled(looked: Looked, months: Mapping[int, int]) -> dict[int, int]:
    """The same with nought in every other month, so that months stand beside each other."""
    return {month: months.get(month, 0) for month in looked.months}


# In every world


@dataclass(frozen=True, slots=True)
class Worlds:
    """What the draws say: present values, and the sum so far at the end of every month, world by world."""

    benefits: Draws
    forward: Draws
    so_far: Draws


def _by_part(looked: Looked) -> tuple[Draws, Draws]:
    """The ratio of each part in every world, and its likely amount in every month."""
    parts, draws = looked.flows.parts, looked.work.draws
    by_part = np.zeros((len(parts), len(looked.months)))
    ratios = np.zeros((draws.count, len(parts)), dtype=np.float32)
    for place, part in enumerate(parts):
        by_part[place] = _array(looked, part.months)
        ratios[:, place] = draws.ratio(part.outcome, part.level)
    return ratios, by_part


def _so_far(looked: Looked, ratios: Draws, by_part: Draws) -> Draws:
    """The sum so far at the end of every month, world by world."""
    so_far: Draws = np.cumsum(ratios @ by_part - _array(looked, looked.flows.costs), axis=1)
    return so_far


def _worlds(looked: Looked) -> Worlds:
    months, costs = looked.months, _array(looked, looked.flows.costs)
    ratios, by_part = _by_part(looked)
    since_start, since_now = _discounts(looked, looked.start), _discounts(looked, looked.flows.now)
    is_ahead = np.array([month >= looked.flows.now for month in months])
    forward_costs = (costs * since_now * is_ahead).sum()
    return Worlds(
        ratios @ (by_part @ since_start),
        ratios @ (by_part @ (since_now * is_ahead)) - forward_costs,
        _so_far(looked, ratios, by_part),
    )


def _array(looked: Looked, months: Mapping[int, int]) -> Draws:
    return np.array([months.get(month, 0) for month in looked.months], dtype=np.float64)


def _discounts(looked: Looked, month: int) -> Draws:
    years = [_years(month, one) for one in looked.months]
    return np.array([discount_factor(looked.fraction, one) for one in years])


def _years(first: int, last: int) -> float:
    return ((last // 100 - first // 100) * 12 + last % 100 - first % 100) / 12


# What is shown


def _whole(looked: Looked, found: Appraisal) -> AppraisalView:
    worlds, flows, draws = _worlds(looked), looked.flows, looked.work.draws
    forward, loss = _forward(looked, worlds)
    start = looked.start
    payback = found.payback.value
    return AppraisalView(
        _npv(looked, found, worlds),
        _roi(looked, found, worlds),
        _payback(looked, found, worlds.so_far),
        _irr(looked, found),
        forward,
        chance=_chance(worlds.so_far[:, -1] >= 0),
        forward_loss_chance=loss,
        payback_on=payback.on if payback is not None else None,
        rate=looked.rate,
        valued_on=date(start // 100, start % 100, 1),
        horizon_months=looked.work.agreed.horizon_months,
        seed=draws.seed,
        draws=draws.count,
        rows=_rows(looked, worlds),
        build=sum(flows.build.values()),
        launch=sum(flows.launch.values()),
        run=sum(flows.run.values()),
        confirmed=sum(flows.benefits(CONFIRMED).values()),
        assumed=sum(flows.benefits(ASSUMED).values()),
        expected=sum(flows.benefits(EXPECTED).values()),
        forward_from=date(flows.now // 100, flows.now % 100, 1),
        notes=tuple(dict.fromkeys(flows.notes)),
        paid_back_on=flows.paid_back_on(),
    )


def _chance(is_so: Draws) -> int:
    found: int = round(np.mean(is_so).item() * SHARE_WHOLE)
    return found


def _present(looked: Looked, months: Mapping[int, int], at: int, first: int = 0) -> int:
    """What months from the first one on are worth in the month `at`, rounded once."""
    kept = {month: amount for month, amount in months.items() if month >= first}
    return appraisal.net_present_value(monthly(kept, at), looked.fraction)


def _money(looked: Looked, figure_id: str, amounts: tuple[int, int], worlds: Draws) -> Figure:
    benefits, costs = amounts
    found = spread(worlds, benefits - costs)
    return Figure(
        figure_id,
        found.likely,
        low=found.low,
        high=found.high,
        currency=looked.work.basis.currency,
        inputs=(("benefits", benefits), ("costs", costs), ("npv", found.likely)),
        scope=looked.scope,
    )


def _sums(looked: Looked) -> tuple[int, int]:
    """Benefits and costs, both discounted to the first cost."""
    flows, start = looked.flows, looked.start
    return _present(looked, flows.benefits(), start), _present(looked, flows.costs, start)


def _npv(looked: Looked, found: Appraisal, worlds: Worlds) -> Figure:
    costs = _sums(looked)[1]
    return _money(looked, "npv", (found.npv + costs, costs), worlds.benefits - costs)


def _roi(looked: Looked, found: Appraisal, worlds: Worlds) -> Figure:
    benefits, costs = _sums(looked)
    if found.roi.value is None or costs <= 0:
        return unknown("roi", found.roi.reason, currency=looked.work.basis.currency, scope=looked.scope)
    share = round(found.roi.value * SHARE_WHOLE)
    ends = spread((worlds.benefits - costs) / costs * SHARE_WHOLE, share)
    return Figure(
        "roi",
        share,
        low=ends.low,
        high=ends.high,
        currency=looked.work.basis.currency,
        inputs=(("benefits", benefits), ("costs", costs), ("share", share)),
        scope=looked.scope,
    )


def _payback(looked: Looked, found: Appraisal, so_far: Draws) -> Figure:
    """Months from the first cost; an end that more than one world in ten does not reach is not told."""
    currency, scope = looked.work.basis.currency, looked.scope
    if found.payback.value is None:
        return unknown("payback", found.payback.reason, currency=currency, scope=scope)
    months = ceil(round(found.payback.value.years * 12, 6))
    every = np.sort(_months_to_payback(looked, so_far))
    low, high = (every[round(place * (len(every) - 1))].item() for place in (0.1, 0.9))
    is_open = not np.isfinite(high)
    return Figure(
        "payback",
        months,
        "in more than 1 of 10 worlds it is not paid back within the horizon" if is_open else "",
        low=None if is_open else min(int(low), months),
        high=None if is_open else max(int(high), months),
        currency=currency,
        inputs=(("months", months), *_plain_sums(looked)),
        scope=scope,
    )


def _months_to_payback(looked: Looked, so_far: Draws) -> Draws:
    """In each world the months from the first cost until the sum so far is back and stays; inf: never."""
    is_below = so_far < 0
    count = len(looked.months)
    last = count - 1 - np.argmax(is_below[:, ::-1], axis=1)
    last = np.where(is_below.any(axis=1), last, -1)
    start = looked.months.index(looked.start)
    return np.where(last == count - 1, np.inf, np.maximum(last + 1 - start, 0))


def _irr(looked: Looked, found: Appraisal) -> Figure:
    currency, scope = looked.work.basis.currency, looked.scope
    if found.irr.value is None:
        return unknown("irr", found.irr.reason, currency=currency, scope=scope)
    share = round(found.irr.value * SHARE_WHOLE)
    inputs = (("share", share), *_plain_sums(looked))
    return Figure("irr", share, currency=currency, inputs=inputs, scope=scope)


def _plain_sums(looked: Looked) -> tuple[tuple[str, int], ...]:
    """Benefits and costs as they come, not discounted."""
    benefits, costs = looked.flows.benefits(), looked.flows.costs
    return ("benefits", sum(benefits.values())), ("costs", sum(costs.values()))


def _forward(looked: Looked, worlds: Worlds) -> tuple[Figure, int | None]:
    """The view without sunk cost, and the chance that it is a loss; unknown when nothing is to come."""
    flows, now = looked.flows, looked.flows.now
    ahead = [month for month in looked.months if month >= now]
    benefits, costs = flows.benefits(), flows.costs
    if not any(benefits.get(month) or costs.get(month) for month in ahead):
        why = "nothing is still to come"
        return unknown("forward_npv", why, currency=looked.work.basis.currency, scope=looked.scope), None
    amounts = _present(looked, benefits, now, now), _present(looked, costs, now, now)
    return _money(looked, "forward_npv", amounts, worlds.forward), _chance(worlds.forward < 0)


# By quarter


def _rows(looked: Looked, worlds: Worlds) -> tuple[CashRow, ...]:
    """Cost and benefit of every quarter, and the sum so far with its range at its end."""
    flows = looked.flows
    costs = flows.costs
    confirmed, assumed, expected = (flows.benefits(kind) for kind in (CONFIRMED, ASSUMED, EXPECTED))
    found: list[CashRow] = []
    so_far = 0
    for quarter in _quarters(looked.months):
        sums = [sum(its.get(month, 0) for month in quarter) for its in (costs, confirmed, assumed, expected)]
        so_far += sum(sums[1:]) - sums[0]
        ends = spread(worlds.so_far[:, looked.months.index(quarter[-1])], so_far)
        found.append(
            CashRow(
                quarter[0],
                quarter_name(quarter[0]),
                sums[0],
                sums[1],
                sums[2],
                so_far,
                ends.low,
                ends.high,
                is_past=quarter[-1] < flows.now,
                expected=sums[3],
            )
        )
    return tuple(found)


def _quarters(months: Collection[int]) -> list[list[int]]:
    found: dict[tuple[int, int], list[int]] = {}
    for month in months_between(min(months), max(months)):
        found.setdefault((month // 100, (month % 100 - 1) // 3), []).append(month)
    return list(found.values())
