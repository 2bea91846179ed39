"""Which order of planned work costs more than the other (rule V21, Smith's rule): a suggestion to its team.

Only epics that nobody has started, one after the other in one team's plan, are looked at.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from roi.domain.delay import months_long, regret
from roi.domain.figures import Figure
from roi.domain.money import SHARE_WHOLE
from roi.domain.structure import Epic
from roi.reports.appraisal import delays
from roi.reports.appraisal.delays import Delay
from roi.reports.appraisal.flows import Asked
from roi.reports.booked.work import Work, team_name
from roi.reports.cost.costs import Teams
from roi.reports.shapes.delay import SwapRow
from roi.reports.shapes.value import Decision
from roi.reports.value.draws import spread

SWAP = "swap an order"


class Pair(NamedTuple):
    """Two epics of a team, the second planned to start when the first is delivered or later."""

    first: Epic
    second: Epic


def pairs(jobs: Work, teams: Teams, today: date) -> list[Pair]:
    """Neighbours in the plans of these teams that do not overlap, in order of team and start."""
    by_team: dict[str, list[Epic]] = {}
    for epic in jobs.epics_of(teams):
        if epic.started > today and epic.team in teams and _is_planned(jobs, epic):
            by_team.setdefault(epic.team, []).append(epic)
    found = []
    for team in sorted(by_team):
        planned = sorted(by_team[team], key=lambda epic: (epic.started, epic.key))
        found += [
            Pair(*two)
            for two in pairwise(planned)
            if _due(jobs, two[0]) <= two[1].started and all(_may_move(jobs, one, today) for one in two)
        ]
    return found


def _is_planned(jobs: Work, epic: Epic) -> bool:
    """Not delivered, not ended, and agreed or an obligation: it has a place in its team's plan."""
    plan = jobs.values.epic_plans.get(epic.key)
    is_agreed = plan is not None and plan.agreed_on is not None
    return delays.is_open(jobs, epic) and (is_agreed or epic.is_obligation)


def _may_move(jobs: Work, epic: Epic, today: date) -> bool:
    """No obligation, with a day for its delivery after its start, and it waits for nothing."""
    plan = jobs.values.epic_plans.get(epic.key)
    if epic.is_obligation or plan is None or plan.due_on is None or plan.due_on < epic.started:
        return False
    return not any(one.is_open(today) for one in jobs.values.waits.get(epic.key, ()))


def _due(jobs: Work, epic: Epic) -> date:
    return jobs.values.epic_plans[epic.key].due_on or date.max


def decisions(asked: Asked, rate: int, found: Sequence[Pair]) -> list[Decision]:
    """The orders to swap: what today's costs is above zero at P50 and at P10.

    Work of which all that is still to come is likely a loss is not put first: no order cures it.
    """
    return [one for one in _decided(asked, rate, found) if (one.per_month.low or 0) > 0]


def _decided(asked: Asked, rate: int, found: Sequence[Pair]) -> Iterator[Decision]:
    epics = {epic.key: epic for pair in found for epic in pair}
    each = dict(zip(epics, delays.of_epics(asked, rate, epics.values()), strict=True))
    for pair in found:
        first, second = each[pair.first.key], each[pair.second.key]
        months = _months(asked.work, pair)
        if first.why_not or second.why_not or second.ahead < 0:
            continue
        if regret(first.likely, second.likely, months) > 0:
            yield _decision(asked.work, pair, (first, second))


def _months(jobs: Work, pair: Pair) -> tuple[int, int]:
    first, second = (months_long(epic.started, _due(jobs, epic)) for epic in pair)
    return first, second


def _decision(jobs: Work, pair: Pair, each: tuple[Delay, Delay]) -> Decision:
    months = _months(jobs, pair)
    both = sum(months) / SHARE_WHOLE
    worlds = regret(delays.worlds(jobs, each[0]), delays.worlds(jobs, each[1]), months) / both
    likely = regret(each[0].likely, each[1].likely, months)
    ends = spread(worlds, round(likely / both))
    inputs = (
        ("second", each[1].likely),
        ("months_first", months[0]),
        ("first", each[0].likely),
        ("months_second", months[1]),
        ("months_both", sum(months)),
        ("worth", ends.likely),
    )
    figure = Figure(
        "swap_worth",
        ends.likely,
        low=ends.low,
        high=ends.high,
        currency=jobs.basis.currency,
        inputs=inputs,
        scope=jobs.basis.keys(epic=pair.second.key),
    )
    chance = round(np.mean(worlds > 0).item() * SHARE_WHOLE)
    return _told(jobs, pair, (figure, chance), _row(jobs, pair, each))


def _row(jobs: Work, pair: Pair, each: tuple[Delay, Delay]) -> SwapRow:
    (first, second), months = pair, _months(jobs, pair)
    return SwapRow(
        first.team,
        first.key,
        first.name,
        second.key,
        second.name,
        *months,
        delays.figure(jobs, each[0]),
        delays.figure(jobs, each[1]),
    )


def _told(jobs: Work, pair: Pair, found: tuple[Figure, int], row: SwapRow) -> Decision:
    second = pair.second
    return Decision(
        SWAP,
        second.key,
        f"{second.name} before {pair.first.name}",
        team_name(jobs, second.team),
        jobs.values.epic_plans[second.key].owner,
        found[0],
        "the other order costs less",
        found[1],
        swap=row,
    )
