"""How long does work take, beside the team-weeks that an outcome frees (V14)? From readings, never money."""

from collections.abc import Iterator

from roi.domain.capacity import is_flow_time
from roi.reports.booked.work import Work
from roi.reports.cost.costs import Teams
from roi.reports.shapes.delay import FlowTime
from roi.reports.value.evidence import effect_of
from roi.reports.value.valued import Valued


def of_outcome(jobs: Work, item: Valued) -> FlowTime | None:
    """The flow time that the outcome measures itself, else the first one that leads to it; else None."""
    for one in (item, *_leading(jobs, item)):
        if is_flow_time(one.outcome.unit, one.outcome.direction):
            return _flow(one)
    return None


def read(jobs: Work, teams: Teams) -> tuple[FlowTime, ...]:
    """The flow times of outcomes of some teams that have freed capacity, and that are read."""
    freeing = (item for item in jobs.of_teams(teams) if item.claim.is_capacity and item.is_read)
    found = (of_outcome(jobs, item) for item in freeing)
    return tuple(one for one in found if one is not None and one.actual is not None)


def _leading(jobs: Work, item: Valued) -> Iterator[Valued]:
    for key in jobs.agreed.led_by.get(item.outcome.key, ()):
        if key in jobs.by_key:
            yield jobs.by_key[key]


def _flow(item: Valued) -> FlowTime:
    its = item.outcome
    promised = its.target_low, its.target_likely, its.target_high
    last = next((one for one in item.readings if one.read_on == its.read_on), None)
    return FlowTime(
        its.key, its.metric, its.unit, its.baseline, promised, its.actual, its.read_on, effect_of(last)
    )
