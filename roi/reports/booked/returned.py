"""Confirmed value beside cost: the headline's figures for any set of teams, and what they rest on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from roi.domain.figures import Figure, unknown
from roi.domain.returns import Judged, ratio, verdict
from roi.domain.structure import Grade, TeamKind, Verdict
from roi.reports.booked import epic_parts, tallies
from roi.reports.booked.booking import CASH, CONFIRMED, JUDGED, PROTECTED, Sums
from roi.reports.booked.work import KINDS, Work
from roi.reports.cost import costs as cost
from roi.reports.cost import people
from roi.reports.cost.costs import Costs, Teams
from roi.reports.ground.basis import NO_COSTS
from roi.reports.ground.rates import is_missing
from roi.reports.ground.structure import Group
from roi.reports.shapes import TeamRow
from roi.reports.value.valued import Valued

SERVING = frozenset({TeamKind.PLATFORM, TeamKind.ENABLING})
"""Kinds of team whose value is booked by the teams they serve; no verdict is given on them (rule V2)."""

PASSES_ON = "its value is booked by the teams it serves"

GOOD_GRADES = frozenset({Grade.A, Grade.B, Grade.C})


@dataclass(frozen=True, slots=True)
class Named:
    """What a row is called, and the keys that lead to its figures."""

    key: str
    name: str
    kind: str
    keys: dict[str, str]


def row(costs: Costs, work: Work, teams: Group, named: Named) -> TeamRow:
    """Cost and value of some teams in one row."""
    return judged(work, teams, unjudged(costs, work, teams, named))


def judged(work: Work, teams: Teams, its: TeamRow) -> TeamRow:
    """A row with its verdict."""
    return replace(its, verdict=judge(work, teams, its.cost.value, its.kind, its.confirmed.low))


def unjudged(costs: Costs, work: Work, teams: Group, named: Named) -> TeamRow:
    """The same without a verdict, which takes longer to find than all of its figures."""
    return _row(costs, work, teams, named, cost.team_cost(costs, teams, **named.keys))


def unjudged_company(costs: Costs, work: Work, named: Named) -> TeamRow:
    """The whole company in one row, exact for everybody, without a verdict."""
    own = cost.company_own(costs)
    return replace(_row(costs, work, costs.basis.shown, named, cost.company_cost(costs)), own=own)


def _row(costs: Costs, work: Work, teams: Group, named: Named, its_cost: Figure) -> TeamRow:
    keys, tally = named.keys, tallies.of(work, teams)
    cash = confirmed(work, teams, keys)
    return TeamRow(
        named.key,
        named.name,
        named.kind,
        its_cost,
        cash,
        protected(work, teams, keys),
        returned(work, cash, its_cost, named),
        Verdict.NONE,
        tally.read,
        tally.outcomes,
        tally.overdue,
        own=cost.own_cost(costs, teams, **keys),
        received=cost.hop(costs, cost.RECEIVED, teams, **keys),
        overhead=cost.hop(costs, cost.OVERHEAD, teams, **keys),
        passed_on=cost.hop(costs, cost.PASSED_ON, teams, **keys),
        full=its_cost,
        confirmed_own=_own(work, teams, keys, cash),
        heads=people.heads(costs, teams, keys),
        cost_per_head=people.cost_per_head(costs, teams, its_cost, keys),
        read_and_overdue=tally.read_and_overdue,
    )


def _own(work: Work, teams: Teams, keys: dict[str, str], cash: Figure) -> Figure:
    """Confirmed cash of the teams' own epics; that of the whole company is the same before and after."""
    if teams is work.basis.shown and work.basis.value_stream is None:
        return cash
    found = work.summed(teams, (CONFIRMED,), CASH, own=True)
    return _sum(work, found, "confirmed_cash", keys, teams)


def confirmed(work: Work, teams: Teams, keys: dict[str, str]) -> Figure:
    """Confirmed cash value that some teams book in the period (rules V2, V6, V10), or why there is none."""
    found = work.summed(teams, (CONFIRMED,), CASH)
    return _sum(work, found, "confirmed_cash", keys, teams)


def protected(work: Work, teams: Teams, keys: dict[str, str]) -> Figure:
    """Confirmed value that is not cash; it stands beside cash and is never added to it."""
    found = work.summed(teams, (CONFIRMED,), PROTECTED)
    return _sum(work, found, "protected_value", keys, teams)


def _sum(work: Work, booked: Sums, figure_id: str, keys: dict[str, str], teams: Teams) -> Figure:
    scope, currency = work.basis.keys(**keys), work.basis.currency
    is_cash = figure_id == "confirmed_cash"
    if not booked:
        every = work.of_teams(teams)
        items = [item for item in every if item.is_cash is is_cash]
        return unknown(figure_id, _why_not_booked(items, every), currency=currency, scope=scope)
    why = missing_rate(work, teams, cash=is_cash)
    if why:
        return unknown(figure_id, why, currency=currency, scope=scope)
    found = work.range_counted(booked)
    name = "confirmed" if is_cash else "protected"
    count = len({outcome for outcome, _ in booked})
    return Figure(
        figure_id,
        found.likely,
        left_out(work, teams, cash=is_cash),
        low=found.low,
        high=found.high,
        currency=currency,
        inputs=(("outcomes", count), (name, found.likely)),
        scope=scope,
    )


def _why_not_booked(items: Sequence[Valued], every: Sequence[Valued]) -> str:
    if any(item.value is not None for item in items):
        return PASSES_ON
    return why_nothing(items, every)


def left_out(work: Work, teams: Teams, *, cash: bool) -> str:
    """Confirmed value of the period that this sum cannot hold, because it is in another currency."""
    if work.basis.is_converted:
        return missing_rate(work, teams, cash=cash)
    count = len(_foreign(work, teams, cash=cash))
    if not count:
        return ""
    what = "one confirmed outcome is" if count == 1 else f"{count} confirmed outcomes are"
    return f"{what} in another currency and not in this sum"


def missing_rate(work: Work, teams: Teams, *, cash: bool) -> str:
    """Which exchange rate a sum of confirmed value lacks: without it the sum is unknown, not smaller (D3)."""
    foreign = _foreign(work, teams, cash=cash) if work.basis.is_converted else []
    return next((item.why_not for item in foreign if is_missing(item.why_not)), "")


def _foreign(work: Work, teams: Teams, *, cash: bool) -> list[Valued]:
    """The outcomes of some teams that count in the period in a currency of which it is not known how much."""
    return [item for item in work.foreign if item.is_cash is cash and work.is_of(item.epic, teams)]


_NEAR = 1e-9
"""How far sums of floating numbers lie apart at most that are added in another order."""

_OPEN = re.compile(
    r"\bnot read\b|\bis read yet|not converted|not delivered yet"
    rf"|(?:^|; )(?:disputed|no exchange rate|nobody has said|needs one outcome|{NO_COSTS})"
)


def is_open(why: str) -> bool:
    """Whether nobody can tell yet, for this reason, what finance will confirm; others are answers (T3)."""
    return _OPEN.search(why) is not None


def why_nothing(items: Sequence[Valued], every: Sequence[Valued]) -> str:
    """Why no value is confirmed: the step that is missing, said once for all outcomes."""
    if not every:
        return "needs one outcome"
    if not items:
        return "no outcome of this kind"
    read, kind = sum(item.is_read for item in items), _kind(items, every)
    if not read:
        return (
            f"none of {len(items)} {kind}outcomes is read yet"
            if len(items) > 1
            else f"its one {kind}outcome is not read yet"
        )
    so_far = f"{read} of {len(items)} {kind}outcomes read; "
    ready = [item for item in items if not item.claim.why_not]
    if ready:
        waiting = (item.why_not for item in ready if len(ready) == 1 or is_open(item.why_not))
        return so_far + next(waiting, "no confirmed month lies in the period")
    if any(item.standing.is_own_word and not item.standing.why_not for item in items):
        return so_far + "confirmed only by their own owner"
    return so_far + "nothing confirmed by finance yet"


def _kind(items: Sequence[Valued], every: Sequence[Valued]) -> str:
    """Which outcomes are meant where others stand beside them, which a count of all takes in."""
    if len(items) == len(every):
        return ""
    return "cash " if all(item.is_cash for item in items) else "non-cash "


def returned(work: Work, found: Figure, its_cost: Figure, named: Named) -> Figure:
    """Confirmed cash beside each 1 of full cost with its range, or why there is none (rules V2, V6)."""
    scope, currency = work.basis.keys(**named.keys), work.basis.currency
    why = _why_no_return(found, its_cost, named.kind)
    if why or found.value is None or its_cost.value is None or found.low is None or found.high is None:
        known = (("confirmed", found.value), ("team_cost", its_cost.value))
        given = tuple((name, number) for name, number in known if number is not None)
        return unknown("return_per_unit", why, currency=currency, scope=scope, inputs=given)
    value = ratio(found.value, its_cost.value)
    summed = tuple(pair for pair in found.inputs if pair[0] == "outcomes")
    inputs = (*summed, ("confirmed", found.value), ("team_cost", its_cost.value), ("return", value))
    return Figure(
        "return_per_unit",
        value,
        low=ratio(found.low, its_cost.value),
        high=ratio(found.high, its_cost.value),
        currency=currency,
        inputs=inputs,
        scope=scope,
    )


def _why_no_return(found: Figure, its_cost: Figure, kind: str) -> str:
    if kind in SERVING:
        return PASSES_ON
    if its_cost.value is None:
        return its_cost.reason
    if its_cost.value <= 0:
        return "the cost is not above zero"
    return found.reason


def judge(work: Work, teams: Teams, cost: int | None, kind: str, low: int | None) -> Verdict:
    """The verdict from draws after reallocation (rule V19); none for teams that serve or have no cost.

    None either while an exchange rate is missing: nobody knows then how much is confirmed.

    `low` is the P10 of what they have confirmed: it is that of the verdict unless an obligation is in it.
    """
    if kind in SERVING or cost is None or missing_rate(work, teams, cash=True):
        return Verdict.NONE
    low = _low(work, teams, cost, low)
    if low is None:
        return Verdict.TOO_EARLY
    read_cost, epic_cost = epic_parts.read_and_whole(work, teams)
    judged = Judged(
        outcomes_read=tallies.of(work, teams).judged_read,
        read_cost=read_cost,
        epic_cost=epic_cost,
        low=low,
        best=None,
        cost=cost,
    )
    found = verdict(judged)
    is_open = found is Verdict.TOO_CLOSE and not _cannot_tell(work, teams)
    return verdict(replace(judged, best=best_case(work, teams, cost))) if is_open else found


def _cannot_tell(work: Work, teams: Teams) -> bool:
    """Whether nobody can tell what some of their work that is no obligation is still expected to bring."""
    if tallies.of(work, teams).cannot_tell:
        return True
    return any(work.is_of(item.epic, teams) for item in work.unsure)


def _low(work: Work, teams: Teams, cost: int, low: int | None) -> int | None:
    """P10 of confirmed cash without obligations, or its likely value if that is too little; None: nothing."""
    judged = work.brief(teams, (CONFIRMED,), JUDGED)
    if not judged.keys or judged.likely < cost:
        return judged.likely if judged.keys else None
    every, booked = (work.summed(teams, (CONFIRMED,), which) for which in (CASH, JUDGED))
    return low if len(booked) == len(every) else work.range_counted(booked).low


def best_case(work: Work, teams: Teams, cost: int) -> int:
    """P90 of confirmed cash with everything that is still expected, or what is as far from the cost.

    P90 is never below the likely value, nor above `highest`: where the first covers the cost or the second
    does not, the verdict is the same and nothing has to be drawn. One outcome may have a P90 that was stated.
    """
    its = work.brief(teams, KINDS, JUDGED)
    if its.likely >= cost:
        return its.likely
    most = max(its.likely, ceil(its.highest + abs(its.highest) * _NEAR) + 1)
    if len(its.keys) > 1 and most < cost:
        return most
    return work.range_in(work.summed(teams, KINDS, JUDGED)).high
