"""Confirmed value beside cost: the headline's figures for any set of teams, and what they rest on."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from roi.domain import outcomes as told
from roi.domain.closing_loop import LoopState
from roi.domain.figures import Figure, unknown
from roi.domain.periods import Span
from roi.domain.returns import Judged, ratio, verdict
from roi.domain.structure import Grade, TeamKind, ValueClass, Verdict
from roi.reports import costs as cost
from roi.reports import people
from roi.reports.basis import NO_COSTS
from roi.reports.booking import CASH, CONFIRMED, JUDGED, PROTECTED, Sums
from roi.reports.costs import Costs, Teams
from roi.reports.shapes import TeamOutline, TeamRow, Trust
from roi.reports.structure import Group
from roi.reports.valued import Valued
from roi.reports.work import KINDS, Work

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
    return _row(costs, work, teams, named, cost.team_cost(costs, teams, **named.keys))


def outline(costs: Costs, work: Work, teams: Group, named: Named) -> TeamOutline:
    """The same in outline: no range is drawn of which a folded table tells nothing."""
    its_cost, cash = cost.team_cost(costs, teams, **named.keys), confirmed(work, teams, named.keys)
    back = returned(work, cash, its_cost, named)
    beside = work.summed(teams, (CONFIRMED,), PROTECTED)
    return TeamOutline(
        named.key,
        named.name,
        named.kind,
        judge(work, teams, its_cost, named.kind, cash),
        cost.own_cost(costs, teams, **named.keys).value,
        its_cost.value,
        cash.value,
        sum(beside.values()) if beside else None,
        back.high or back.value,
        len(work.of_teams(teams)),
    )


def company_row(costs: Costs, work: Work, named: Named) -> TeamRow:
    """The whole company in one row, exact for everybody."""
    own = cost.company_own(costs)
    return replace(_row(costs, work, costs.basis.shown, named, cost.company_cost(costs)), own=own)


def _row(costs: Costs, work: Work, teams: Group, named: Named, its_cost: Figure) -> TeamRow:
    keys, items = named.keys, work.of_teams(teams)
    cash = confirmed(work, teams, keys)
    return TeamRow(
        named.key,
        named.name,
        named.kind,
        its_cost,
        cash,
        protected(work, teams, keys),
        returned(work, cash, its_cost, named),
        judge(work, teams, its_cost, named.kind, cash),
        sum(item.is_read for item in items),
        len(items),
        sum(item.state == LoopState.OVERDUE.value for item in items),
        own=cost.own_cost(costs, teams, **keys),
        received=cost.hop(costs, cost.RECEIVED, teams, **keys),
        overhead=cost.hop(costs, cost.OVERHEAD, teams, **keys),
        passed_on=cost.hop(costs, cost.PASSED_ON, teams, **keys),
        full=its_cost,
        confirmed_own=_own(work, teams, keys, cash),
        heads=people.heads(costs, teams, keys),
        cost_per_head=people.cost_per_head(costs, teams, its_cost, keys),
        read_and_overdue=sum(item.is_read and item.state == LoopState.OVERDUE.value for item in items),
    )


def _own(work: Work, teams: Teams, keys: dict[str, str], cash: Figure) -> Figure:
    """Confirmed cash of the teams' own epics; that of the whole company is the same before and after."""
    if teams is work.basis.shown and work.basis.value_stream is None:
        return cash
    found = work.summed(teams, (CONFIRMED,), CASH, own=True)
    return _sum(work, found, "confirmed_cash", keys, work.of_teams(teams))


def confirmed(work: Work, teams: Teams, keys: dict[str, str]) -> Figure:
    """Confirmed cash value that some teams book in the period (rules V2, V6, V10), or why there is none."""
    found = work.summed(teams, (CONFIRMED,), CASH)
    return _sum(work, found, "confirmed_cash", keys, work.of_teams(teams))


def protected(work: Work, teams: Teams, keys: dict[str, str]) -> Figure:
    """Confirmed value that is not cash; it stands beside cash and is never added to it."""
    found = work.summed(teams, (CONFIRMED,), PROTECTED)
    return _sum(work, found, "protected_value", keys, work.of_teams(teams))


def _sum(work: Work, booked: Sums, figure_id: str, keys: dict[str, str], every: Sequence[Valued]) -> Figure:
    scope, currency = work.basis.keys(**keys), work.basis.currency
    is_cash = figure_id == "confirmed_cash"
    if not booked:
        items = [item for item in every if item.is_cash is is_cash]
        return unknown(figure_id, _why_not_booked(items, every), currency=currency, scope=scope)
    found = work.range_in(booked)
    name = "confirmed" if is_cash else "protected"
    count = len({outcome for outcome, _ in booked})
    return Figure(
        figure_id,
        found.likely,
        _left_out(work, every, cash=is_cash),
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


def _left_out(work: Work, every: Sequence[Valued], *, cash: bool) -> str:
    """Confirmed value of the period that this sum cannot hold, because it is in another currency."""
    foreign = [item for item in every if item.outcome.currency != work.basis.currency]
    span = work.basis.span
    count = sum(item.value is None and item.is_cash is cash and _counts_in(item, span) for item in foreign)
    if not count:
        return ""
    what = "one confirmed outcome is" if count == 1 else f"{count} confirmed outcomes are"
    return f"{what} in another currency and not in this sum"


def _counts_in(item: Valued, span: Span | None) -> bool:
    months = item.claim.counted.months
    return span is not None and any(amount and span.holds(month) for month, amount, _ in months)


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


def judge(work: Work, teams: Teams, its_cost: Figure, kind: str, cash: Figure) -> Verdict:
    """The verdict from draws after reallocation (rule V19); none for teams that serve or have no cost.

    `cash` is what they have confirmed: its range is that of the verdict unless an obligation is in it.
    """
    if kind in SERVING or its_cost.value is None:
        return Verdict.NONE
    low = _low(work, teams, cash)
    if low is None:
        return Verdict.TOO_EARLY
    items = [item for item in work.of_teams(teams) if not item.epic.is_obligation]
    read_cost, epic_cost = read_and_epic_cost(work, teams)
    judged = Judged(
        outcomes_read=sum(item.is_read for item in items),
        read_cost=read_cost,
        epic_cost=epic_cost,
        low=low,
        best=None,
        cost=its_cost.value,
    )
    found = verdict(judged)
    is_open = found is Verdict.TOO_CLOSE and not any(item.cannot_tell for item in items)
    return verdict(replace(judged, best=best_case(work, teams, its_cost.value))) if is_open else found


def _low(work: Work, teams: Teams, cash: Figure) -> int | None:
    """P10 of confirmed cash without obligations; None when there is none."""
    every, booked = (work.summed(teams, (CONFIRMED,), which) for which in (CASH, JUDGED))
    if not booked:
        return None
    return cash.low if len(booked) == len(every) else work.range_in(booked).low


def best_case(work: Work, teams: Teams, cost: int) -> int:
    """P90 of confirmed cash with everything that is still expected, or its likely value if that is enough.

    P90 is never below it: where it covers the cost, the verdict is the same and nothing has to be drawn.
    """
    sums = work.summed(teams, KINDS, JUDGED)
    likely = sum(sums.values())
    return likely if likely >= cost else work.range_in(sums).high


def read_and_epic_cost(work: Work, teams: Teams) -> tuple[int, int]:
    """Cost behind read outcomes and of all epics since they started; obligations have no verdict (rule V15).

    An epic with several outcomes carries its cost in equal parts to each.
    """
    read = whole = 0
    for epic, part in work.parts_of(teams):
        if epic.is_obligation:
            continue
        its_read, its_outcomes = work.read_of_epic.get(epic.key, (0, 0))
        whole += part.whole.amount
        if its_read:
            read += part.whole.amount * its_read // its_outcomes
    return read, whole


def trust(work: Work, teams: Teams, *, only_cash: bool = True) -> Trust:
    """What the headline rests on: evidence, confirmers, how far it reaches, and what is read at all.

    `only_cash` False: of the headline with what is not cash.
    """
    items = work.of_teams(teams)
    counted = [item for item in items if item.value is not None and (item.is_cash or not only_cash)]
    months = [month for item in counted if (month := _confirmed_to(item, work.basis.span)) is not None]
    read_cost, epic_cost = read_and_epic_cost(work, teams)
    return Trust(
        grade_a_to_c=_good_share(counted),
        confirmers=len(confirmers(counted)),
        confirmed_to=max(months, default=None),
        read_cost_share=ratio(read_cost, epic_cost) if epic_cost > 0 else None,
        claims_without_confirmation=_count(
            items, lambda item: item.is_read and bool(item.claim.why_not) and not item.claim.is_capacity
        ),
    )


def _confirmed_to(item: Valued, span: Span | None) -> int | None:
    """The last month of the period that this outcome's confirmed value covers."""
    return item.by_month[-1].month if item.by_month and span is not None else None


def confirmers(counted: Sequence[Valued]) -> set[str]:
    """Who confirmed what counts, by name as persons are told apart."""
    return {
        told.person(name)
        for item in counted
        for one in (*item.by_month, *item.trued_up)
        if one.level >= 0
        for name in item.claim.levels[one.level].confirmed_by
    }


def _good_share(items: Sequence[Valued]) -> int | None:
    """How much of the numerator is graded A to C (rule V20), by size of the amounts."""
    sizes = [(item, abs(item.value)) for item in items if item.value is not None]
    whole = sum(size for _, size in sizes)
    if not whole:
        return None
    return ratio(sum(size for item, size in sizes if item.claim.grade in GOOD_GRADES), whole)


def _count(items: Sequence[Valued], is_so: Callable[[Valued], bool]) -> int:
    return sum(is_so(item) for item in items if item.outcome.value_class is not ValueClass.NOT_FINANCIAL)
