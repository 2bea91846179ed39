"""Each outcome's claim: whose money it is, what was confirmed when, and what it counts by month.

Nothing here depends on who asks or on what is looked at; amounts are in the outcome's own currency.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from roi.domain import counting, losses, persistence
from roi.domain import outcomes as told
from roi.domain.benefits import COUNTED_ONCE, Cell
from roi.domain.counting import Counted, Counts, Held, Level
from roi.domain.money import SHARE_WHOLE
from roi.domain.periods import add_months
from roi.domain.structure import Confirmation, Epic, Grade, Outcome, Tick, ValueClass
from roi.domain.value import Ending, EpicPlan, LineKind, OutcomePlan, Values
from roi.reports.ground import building
from roi.reports.value import copying, evidence
from roi.reports.value.copying import Whose
from roi.reports.value.evidence import Evidence

NOTHING_COUNTED = Counted()
CASH, PROTECTED, MEMO = "cash", "protected", "already in lower cost"


class Terms(NamedTuple):
    """What a month of value is counted as: in which currency and class, for which teams by which effort.

    `treated` is cash, protected, or already in lower cost (V6, V13); `effort` the frozen weights (V3).
    """

    currency: str
    treated: str
    value_class: ValueClass
    is_obligation: bool
    effort: tuple[tuple[str, int], ...]

    @property
    def is_cash(self) -> bool:
        """Whether its money stands in return per 1 (rules V6, V13)."""
        return self.treated == CASH


class Claimed(NamedTuple):
    """An outcome's claim.

    `levels` are its confirmed readings, `latest` the last one whether or not it is confirmed; `grade` is the
    weakest of its chain as it was read last, `led` that of what leads to it alone (rule V9). `treated` is
    cash, protected, or already in lower cost (V6, V13).
    `why_not` says why its latest reading is not confirmed. `pool` and `place`, the finance line and its
    segment, are those of its origin where it is a copy (law T4), as `whose` says.
    """

    outcome: Outcome
    epic: Epic
    plan: OutcomePlan | None
    pool: str
    grade: Grade
    treated: str
    terms: Terms
    levels: tuple[Evidence, ...]
    latest: Evidence | None
    first_month: int | None
    phases: tuple[tuple[int, int], ...]
    ended_on: date | None
    ended_by: Ending | None
    is_disputed: bool
    is_capacity: bool
    why_not: str
    origin: str
    counted: Counted = NOTHING_COUNTED
    led: Grade = Grade.A
    whose: Whose = Whose("", "", ("", ""))

    @property
    def place(self) -> tuple[str, str]:
        """The finance line and its segment on which it counts."""
        return self.whose.place

    @property
    def is_cash(self) -> bool:
        """Whether its money stands in return per 1 (rules V6, V13)."""
        return self.treated == CASH

    @property
    def is_money(self) -> bool:
        """Whether it claims money: what is not financial stays so, and freed capacity is none (V9, V14)."""
        return self.outcome.value_class is not ValueClass.NOT_FINANCIAL and not self.is_capacity

    def grade_at(self, level: int) -> Grade:
        """The weakest grade of its chain at one of its levels: of a confirmed reading as it was confirmed."""
        return max(self.led, self.levels[level].grade) if 0 <= level < len(self.levels) else self.grade


@dataclass(frozen=True, slots=True)
class Given:
    """What claims are made from."""

    outcomes: tuple[Outcome, ...]
    epics: Mapping[str, Epic]
    standings: Mapping[str, told.Standing]
    ticks: Mapping[str, Mapping[Tick, Confirmation]]
    values: Values
    horizon_months: int = persistence.HORIZON_MONTHS


def in_currency(outcome: Outcome, currency: str) -> Outcome:
    """A unit value without a currency is in the company's."""
    return outcome if outcome.currency or not currency else replace(outcome, currency=currency)


def settle(given: Given) -> tuple[dict[str, Claimed], Counts]:
    """Every outcome's claim with what it counts, and the pools they share."""
    grades, copies = _weakest(given), copying.copies(given.outcomes, given.values)
    found = {one.key: _claimed(given, one, grades[one.key], copies) for one in given.outcomes}
    counts = counting.count([held(claim) for claim in found.values() if claim.is_money], caps(given.values))
    for key, counted in counts.by_outcome.items():
        found[key] = found[key]._replace(counted=counted)
    return found, counts


@dataclass(frozen=True, slots=True)
class Settled:
    """Claims and counts, and which outcomes' claims, counts or pools may differ from those before.

    `beside` are other pools under their caps: as likely they are as before, in some worlds perhaps not.
    """

    claimed: dict[str, Claimed]
    counts: Counts
    changed: frozenset[str]
    beside: frozenset[str] = frozenset()


def settle_again(
    given: Given, before: tuple[Mapping[str, Claimed], Counts], touched: Collection[str]
) -> Settled:
    """The same as `settle`, where only the rows of some outcomes and of their epics were touched since.

    Counted anew are their pools, and the pools that share a cap with them.
    """
    claims_before, counts_before = before
    grades, copies = (
        _weakest_again(given, claims_before, touched),
        copying.copies(given.outcomes, given.values),
    )
    found = {
        one.key: claims_before[one.key]
        if one.key in claims_before
        and one.key not in touched
        and _stays(claims_before[one.key], grades[one.key], copies.get(one.key))
        else _claimed(given, one, grades[one.key], copies)
        for one in given.outcomes
    }
    moved = {key for key, claim in found.items() if claim is not claims_before.get(key)}
    gone = claims_before.keys() - found.keys()
    its = [
        *(found[key] for key in moved),
        *(claims_before[key] for key in {*moved, *gone} & claims_before.keys()),
    ]
    pools = _with_shared_caps(given, found, its)
    part = counting.count(
        [held(claim) for claim in found.values() if claim.pool in pools and claim.is_money],
        caps(given.values),
    )
    for key, counted in part.by_outcome.items():
        if found[key].counted != counted:
            found[key] = found[key]._replace(counted=counted)
            moved.add(key)
    counts = _patched(counts_before, part, pools, found)
    differing = {claim.pool for claim in its} | counting.differing(counts_before, counts, pools)
    differing |= {found[key].pool for key in moved}
    differing |= {claim.pool for claim in found.values() if claim.origin in gone or claim.origin in moved}
    changed = {key for key, claim in found.items() if claim.pool in differing} | moved
    changed |= {key for key, claim in found.items() if _names(claim) in changed}
    return Settled(found, counts, frozenset(changed | gone), frozenset(pools - differing))


def _stays(claim: Claimed, grades: tuple[Grade, Grade], copy: Whose | None) -> bool:
    """Whether a claim of untouched rows is as it was: by its chain too, and by what it is a copy of."""
    is_as_before = claim.whose == copy if copy is not None else not claim.origin
    return (claim.led, claim.grade) == grades and is_as_before


def _with_shared_caps(given: Given, claimed: Mapping[str, Claimed], its: Sequence[Claimed]) -> set[str]:
    """The pools of claims as they were and are, and those that the cap of a cell cuts, or cut, with them."""
    cells = {cell_of(claim) for claim in its} & {(line, cell) for line, cell, _ in caps(given.values)}
    return {claim.pool for claim in (*its, *(one for one in claimed.values() if cell_of(one) in cells))}


def cell_of(claim: Claimed) -> tuple[str, str]:
    """The finance line and the segment whose money it is; empty where it names none."""
    return claim.place


def _patched(before: Counts, part: Counts, pools: Collection[str], claimed: Collection[str]) -> Counts:
    """Counts with those of some pools put in the place of what they were."""
    again = {key for pool in pools for key in before.claims.get(pool, ())}
    return Counts(
        {key: its for key, its in before.by_outcome.items() if key not in again and key in claimed}
        | dict(part.by_outcome),
        {key: its for key, its in before.pools.items() if key[0] not in pools} | dict(part.pools),
        {pool: its for pool, its in before.claims.items() if pool not in pools} | dict(part.claims),
    )


def _names(claim: Claimed) -> str:
    """The outcome by which it says that its own money counts already; empty for none."""
    why = claim.counted.why_nothing
    return why.removeprefix(COUNTED_ONCE) if why.startswith(COUNTED_ONCE) else ""


def _claimed(
    given: Given, outcome: Outcome, grades: tuple[Grade, Grade], copies: Mapping[str, Whose]
) -> Claimed:
    building.give_way()
    led, grade = grades
    values, epic = given.values, given.epics[outcome.epic]
    plan, epic_plan = values.plans.get(outcome.key), values.epic_plans.get(epic.key)
    whose = copies.get(outcome.key) or copying.own(outcome, plan)
    is_capacity = plan is not None and plan.capacity_milliweeks is not None
    ended_on, ended_by = _ended(values, outcome, epic_plan)
    standing, ticks = given.standings[outcome.key], given.ticks.get(outcome.key, {})
    stated = _is_only_stated(given, outcome)
    why = _why_not(standing, max(led, outcome.grade), is_capacity=is_capacity, is_stated=stated)
    phases = _phases(values, epic)
    latest = evidence.latest(values, outcome, standing, ticks)
    can_count = not is_capacity and led is not Grade.E and _may_count(outcome, plan)
    levels = _in_order(_confirmed(values, outcome), latest if not why else None) if can_count else ()
    if plan is not None and plan.series and phases and not losses.is_avoided(outcome, _formula(given, plan)):
        last = add_months(phases[0][0], (plan.horizon_months or given.horizon_months) - 1)
        levels = evidence.upheld(values, (outcome, plan), levels, latest, last)
    levels, why = _of_copy(whose, levels, why)
    treated = _treated(values, outcome, plan)
    return Claimed(
        outcome,
        epic,
        plan,
        whose.pool,
        grade,
        treated,
        _terms(values, outcome, epic, treated),
        levels,
        latest,
        phases[0][0] if phases else None,
        phases if phases and phases[0][1] < SHARE_WHOLE else (),
        ended_on,
        ended_by,
        any(one.is_open for one in values.questions.get(outcome.key, ())),
        is_capacity,
        why,
        whose.origin,
        led=led,
        whose=whose,
    )


def _of_copy(its: Whose, levels: tuple[Evidence, ...], why: str) -> tuple[tuple[Evidence, ...], str]:
    """Of a copy that cannot be compared with its origin a loss alone counts, and the reason for that."""
    if not its.counts_losses_alone:
        return levels, why
    losses_alone = tuple(one for one in levels if one.money < 0)
    return losses_alone, why or ("" if losses_alone else f"{COUNTED_ONCE}{its.origin}")


def _may_count(outcome: Outcome, plan: OutcomePlan | None) -> bool:
    """Whether it is money, and on a line of the company's own results where it is of a cash class (V8)."""
    is_money = outcome.value_class is not ValueClass.NOT_FINANCIAL
    return is_money and not told.needs_line(outcome, plan.line if plan is not None else "")


def _confirmed(values: Values, outcome: Outcome) -> tuple[Evidence, ...]:
    """Its earlier readings as finance confirmed them."""
    its = values.confirmed_readings.get(outcome.key, ())
    return tuple(evidence.confirmed(values, outcome, one) for one in its)


def _why_not(standing: told.Standing, grade: Grade, *, is_capacity: bool, is_stated: bool) -> str:
    if is_capacity:
        return "it frees capacity, which is spent in priorities and is never money"
    if is_stated and standing.why_not != told.NOT_READ:
        return losses.WHY
    if standing.why_not:
        return standing.why_not
    if standing.is_own_word:
        return "self-confirmed: the owner confirmed it; somebody else in finance has to"
    if grade is Grade.E:
        return "a link of its chain is only stated (grade E), and the money takes the weakest grade"
    return ""


def _in_order(confirmed: tuple[Evidence, ...], latest: Evidence | None) -> tuple[Evidence, ...]:
    before = sorted(confirmed, key=lambda one: one.read_on)
    if latest is None:
        return tuple(before)
    return (*(one for one in before if one.read_on < latest.read_on), latest)


def _ended(values: Values, outcome: Outcome, epic_plan: EpicPlan | None) -> tuple[date | None, Ending | None]:
    """The earlier end: of the outcome by itself, or with its epic; a closed loop is no end of the claim."""
    closure = values.closures.get(outcome.key)
    ends: list[tuple[date, Ending]] = []
    if closure is not None and closure.ended_by is not Ending.CLOSED:
        ends.append((closure.ended_on, closure.ended_by))
    if epic_plan is not None and epic_plan.ended_on is not None:
        ends.append((epic_plan.ended_on, epic_plan.ended_by or Ending.CANCELLED))
    return min(ends, default=(None, None))


def _phases(values: Values, epic: Epic) -> tuple[tuple[int, int], ...]:
    """From which month on which part of the epic is delivered; empty before anything is."""
    slices = [(one.delivered, one.share) for one in values.slices.get(epic.key, ()) if one.delivered]
    return counting.phases_of(slices, epic.delivered)


def _treated(values: Values, outcome: Outcome, plan: OutcomePlan | None) -> str:
    """A saving is cash on the line outside engineering that shows it; one that names no such line is not."""
    line = values.lines.get(plan.line) if plan is not None and plan.line else None
    kind = line.kind if line is not None else None
    if kind is LineKind.ENGINEERING_COST:
        return MEMO
    return CASH if told.counts_as_cash(outcome, kind) else PROTECTED


def _terms(values: Values, outcome: Outcome, epic: Epic, treated: str) -> Terms:
    effort = tuple((one.team, one.effort) for one in values.epic_teams.get(epic.key, ()) if one.effort)
    its = effort or ((epic.team, 1),)
    return Terms(outcome.currency, treated, outcome.value_class, epic.is_obligation, its)


def _weakest(given: Given) -> dict[str, tuple[Grade, Grade]]:
    """The weakest grade of the links that lead to each outcome, and of these and its own reading (rule V9).

    A loss that is only stated is so whatever is read of it (rule V14). Of a link by itself its last reading
    with evidence counts: a later statement takes back nothing that was confirmed because of that (rule V10).
    """
    return _grades(given, given.outcomes)


def _weakest_again(
    given: Given, before: Mapping[str, Claimed], touched: Collection[str]
) -> dict[str, tuple[Grade, Grade]]:
    """The same, as it was but of touched outcomes and of those that they lead to, or led to before."""
    leads_to = {plan.outcome: [plan.leads_to] for plan in given.values.plans.values() if plan.leads_to}
    for key in touched:
        plan = before[key].plan if key in before else None
        if plan is not None and plan.leads_to:
            leads_to[key] = [*leads_to.get(key, ()), plan.leads_to]
    anew = {link for key in touched for link in _chain(key, leads_to)}
    among = [one for one in given.outcomes if one.key in anew or one.key not in before]
    found = _grades(given, among)
    return {
        one.key: found[one.key] if one.key in found else (before[one.key].led, before[one.key].grade)
        for one in given.outcomes
    }


def _grades(given: Given, among: Iterable[Outcome]) -> dict[str, tuple[Grade, Grade]]:
    before: dict[str, list[str]] = {}
    for plan in given.values.plans.values():
        if plan.leads_to:
            before.setdefault(plan.leads_to, []).append(plan.outcome)
    every = {one.key: one for one in given.outcomes}
    chains = {one.key: _chain(one.key, before) & every.keys() for one in among}
    its = [every[key] for key in set().union(*chains.values())]
    stated = {one.key for one in its if _is_only_stated(given, one)}
    own = {one.key: Grade.E if one.key in stated else one.grade for one in its}
    shown = {one.key: own[one.key] if one.key in stated else _shown(given, one) for one in its}
    found = {}
    for key, chain in chains.items():
        led = max([Grade.E] if key in stated else [shown[link] for link in chain - {key}], default=Grade.A)
        found[key] = led, max([led, *(own[link] for link in chain)])
    return found


def _shown(given: Given, outcome: Outcome) -> Grade:
    """The grade of its last reading with evidence; E where nothing but statements is read of it."""
    if outcome.grade is not Grade.E:
        return outcome.grade
    read = (one.grade for one in reversed(given.values.readings.get(outcome.key, ())))
    return next((grade for grade in read if grade is not Grade.E), Grade.E)


def _is_only_stated(given: Given, outcome: Outcome) -> bool:
    """Whether it claims a loss as avoided that nobody counted before the work (rule V14)."""
    plan = given.values.plans.get(outcome.key)
    series = given.values.series.get(plan.series, {}) if plan is not None else {}
    return losses.is_only_stated(
        outcome, _formula(given, plan), min(series, default=None), given.epics[outcome.epic].started
    )


def _formula(given: Given, plan: OutcomePlan | None) -> str:
    driver = given.values.drivers.get(plan.driver) if plan is not None else None
    return driver.formula if driver is not None else ""


def _chain(key: str, before: Mapping[str, list[str]]) -> set[str]:
    """An outcome with all that these links reach from it, near or far."""
    found, waiting = {key}, [key]
    while waiting:
        for link in before.get(waiting.pop(), ()):
            if link not in found:
                found.add(link)
                waiting.append(link)
    return found


def caps(values: Values) -> dict[Cell, int]:
    """What finance set for each cell and month: together claims count no more."""
    return {
        (one.line, one.cell, one.month): one.movement(values.lines[one.line].kind)
        for one in values.line_months
        if one.line in values.lines
    }


def held(claim: Claimed) -> Held:
    """A claim as it is counted beside others."""
    plan, epic = claim.plan, claim.epic
    return Held(
        claim.outcome.key,
        claim.pool,
        *claim.place,
        tuple(Level(one.read_on, one.to_month, one.money, one.shares[1]) for one in claim.levels),
        claim.first_month,
        (plan.agreed_on if plan else None) or epic.started,
        claim.whose.root,
        claim.ended_on,
        plan.planned_share if plan else None,
        claim.is_disputed,
        claim.phases,
        claim.ended_by,
    )


def shares_left(claimed: Mapping[str, Claimed], among: Collection[str] | None = None) -> dict[str, int]:
    """Each outcome's likely share of its pool, the live shares of a pool cut pro rata to the whole (law T4).

    A copy has none; an outcome without a share claims the whole. `among` are whole pools (None: all).
    """
    pools: dict[str, dict[str, int]] = {}
    for key in claimed if among is None else among:
        claim = claimed[key]
        is_live = claim.ended_on is None and claim.origin not in claimed
        pools.setdefault(claim.pool, {})[key] = likely_share(claim) if is_live else 0
    found = {}
    for shares in pools.values():
        whole = max(sum(shares.values()), SHARE_WHOLE)
        found.update({key: share * SHARE_WHOLE // whole for key, share in shares.items()})
    return found


def likely_share(claim: Claimed) -> int:
    """The share of its movement that it claims as likely, the smaller of frozen and read."""
    frozen = claim.plan.planned_share if claim.plan is not None else None
    read = claim.outcome.share_likely
    known = [share for share in (frozen, read) if share is not None]
    return min(known, default=SHARE_WHOLE)
