"""How did outcomes and success measures come out whose target stands as it was written (rule V9)?

A number, a percent, a bound or a range is compared with what was read; a sentence is shown and not scored.
What its owner states stands before our comparison. None of it is a part of a promise, and none is money.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date

from roi.domain import success
from roi.domain.success import Success
from roi.domain.value import Initiative, SuccessMeasure
from roi.reports.booked.work import Work
from roi.reports.cost.costs import Teams
from roi.reports.shapes.value import MeasureRow

_ORDER = (Success.NOT_MET, Success.MET, Success.NOT_AVAILABLE, Success.CANNOT_COMPARE, Success.TO_COME)
"""What somebody has to look at first; what is still to come stands last."""


def rows_of(
    jobs: Work, today: date, *, initiatives: Collection[str], epics: Collection[str]
) -> list[MeasureRow]:
    """The measures of these initiatives and of these epics, each once, and how each came out."""
    found = []
    for one in jobs.values.measures:
        if one.initiative in initiatives or one.epic in epics:
            came = success.judge(one.target, one.actual, one.direction, (one.read_on, today), one.stated)
            found.append(MeasureRow(one, came.success.value, came.why, _whose(jobs, one)))
    return found


def _whose(jobs: Work, one: SuccessMeasure) -> str:
    """The name of its epic, else of its initiative."""
    epic = jobs.epic_by_key.get(one.epic) if one.epic else None
    if epic is not None:
        return epic.name
    initiative = jobs.values.initiatives.get(one.initiative)
    return initiative.name if initiative is not None else ""


def shown(jobs: Work, teams: Teams, today: date) -> tuple[MeasureRow, ...]:
    """Those of the epics of these teams, and of the initiatives of the value streams that are looked at."""
    epics = {one.key for one in jobs.epics_of(teams)}
    streams = jobs.basis.streams_shown
    its = [one.key for one in jobs.values.initiatives.values() if is_of(streams, one)]
    found = rows_of(jobs, today, initiatives=frozenset(its), epics=epics)
    place = {word.value: number for number, word in enumerate(_ORDER)}
    return tuple(sorted(found, key=lambda row: (place[row.status], row.measure.name, row.measure.key)))


def is_of(streams: Collection[str] | None, initiative: Initiative) -> bool:
    """Whether an initiative is looked at: with value streams (None: all) theirs, and those of none."""
    return streams is None or not initiative.value_stream or initiative.value_stream in streams


def counts(rows: Iterable[MeasureRow]) -> tuple[tuple[str, int], ...]:
    """How many came out how; every word stands, so that the counts sum to all of them."""
    found = Counter(row.status for row in rows)
    return tuple((word.value, found[word.value]) for word in Success)
