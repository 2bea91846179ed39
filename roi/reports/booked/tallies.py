"""How many outcomes of some teams are there, are read and are overdue: the same in every period."""

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from roi.domain.closing_loop import LoopState
from roi.domain.periods import month_of
from roi.reports.booked.value_columns import Numbered
from roi.reports.booked.work import Work
from roi.reports.cost.costs import Teams
from roi.reports.ground import building
from roi.reports.value import in_period, valued
from roi.reports.value.claims import MEMO, Claimed

_MOST = 5_000
"""How many answers are kept for a version before they are forgotten: every day brings its own."""


class Tally(NamedTuple):
    """Outcomes of the epics that some teams work on, each once.

    `judged_read` are the read ones of work that is no obligation (rule V15); `cannot_tell` says that nobody
    can tell what one of that work is still expected to bring. `unread_started` counts those that are not read
    by the month in which their epic started, `own_word` those that their own
    owner confirmed, `milliweeks` what read ones free. `freeing` are the outcomes that free capacity,
    `unconfirmed` the claims of money that are read and not confirmed, `cut` those of which a pool or a cap
    removes something, `memo` those inside engineering (V13). `by_quarter` says how many are read, and are
    there, by the quarter in which their epic started.
    """

    outcomes: int = 0
    read: int = 0
    overdue: int = 0
    read_and_overdue: int = 0
    judged_read: int = 0
    cannot_tell: bool = False
    unread_started: Mapping[int, int] = MappingProxyType({})
    own_word: int = 0
    milliweeks: int = 0
    freeing: tuple[str, ...] = ()
    unconfirmed: int = 0
    keys: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()
    memo: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    by_quarter: Mapping[int, tuple[int, int]] = MappingProxyType({})


def of(work: Work, teams: Teams) -> Tally:
    """The tally of some teams, as they stand at the end of the period; to be read only."""
    kept, key = work.agreed.tallies, (work.today, work.standing(teams))
    found = kept.get(key)
    if found is None:
        if len(kept) >= _MOST:
            kept.clear()
        found = kept[key] = _counted(work, key[1])
    return found


def numbers(work: Work, teams: Teams, outcomes: Numbered[str]) -> list[int]:
    """The outcomes of some teams by number."""
    return [outcomes.of(key) for key in of(work, teams).keys]


def _counted(work: Work, teams: tuple[str, ...]) -> Tally:
    building.give_way()
    agreed = work.agreed
    epics = {epic.key: epic for team in teams for epic in agreed.epics_by_team[team]}
    keys = tuple([key for epic in sorted(epics) for key in agreed.of_epic.get(epic, ())])
    claims = [agreed.claimed[key] for key in keys]
    late = [one for one in claims if _is_overdue(work, one)]
    read = [one for one in claims if _is_read(one)]
    judged = [one for one in claims if not one.epic.is_obligation]
    standings = [agreed.standings[one.outcome.key] for one in read]
    return Tally(
        len(claims),
        len(read),
        len(late),
        sum(_is_read(one) for one in late),
        sum(_is_read(one) for one in judged),
        any(in_period.cannot_tell(agreed, one) for one in judged),
        Counter(month_of(one.epic.started) for one in claims if not _is_read(one)),
        sum(one.is_own_word and not one.why_not for one in standings),
        sum((one.plan.capacity_milliweeks or 0) for one in read if one.plan is not None),
        tuple([one.outcome.key for one in claims if one.is_capacity]),
        sum(_is_unconfirmed(one) for one in read),
        keys,
        tuple([one.outcome.key for one in claims if one.counted.removed]),
        tuple([one.outcome.key for one in claims if one.treated == MEMO]),
        teams,
        _by_quarter(claims),
    )


def _is_read(claim: Claimed) -> bool:
    return claim.outcome.actual is not None


def _is_overdue(work: Work, claim: Claimed) -> bool:
    return valued.state(work.agreed, claim, claim.epic, work.today) == LoopState.OVERDUE.value


def _is_unconfirmed(claim: Claimed) -> bool:
    return claim.is_money and bool(claim.why_not)


def _by_quarter(claims: Iterable[Claimed]) -> dict[int, tuple[int, int]]:
    found: dict[int, tuple[int, int]] = {}
    for claim in claims:
        quarter = quarter_of(month_of(claim.epic.started))
        read, count = found.get(quarter, (0, 0))
        found[quarter] = read + _is_read(claim), count + 1
    return found


def quarter_of(month: int) -> int:
    """The first month of the quarter that a month lies in."""
    return month - (month % 100 - 1) % 3
