"""What a careful reader checks before the headline: overlap, results, harvest, plan, true-ups (V8 to V22)."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from roi.domain import closing_loop
from roi.domain.figures import Figure, unknown
from roi.domain.money import SHARE_WHOLE
from roi.domain.periods import month_of
from roi.domain.returns import Range, ratio
from roi.domain.structure import Epic, ValueClass
from roi.domain.value import LineKind
from roi.reports.booked import capped, epic_parts, returned, tallies, value_plan
from roi.reports.booked.booking import CASH, ORIGIN, TRUE_UP, Sums, Which, outcomes_in
from roi.reports.booked.work import ASSUMED, CONFIRMED, KINDS, OPEN, Work
from roi.reports.cost.costs import Teams
from roi.reports.ground import kept
from roi.reports.ground.sums import NOTHING, total
from roi.reports.ground.sums import Sums as Added
from roi.reports.shapes.value import ClassRow, ValueChecks
from roi.reports.value.true_ups import Earned
from roi.reports.value.valued import Amount, Valued, converted, milestones

Keys = tuple[tuple[str, str], ...]

NO_LINES = "needs the company's result lines by month, with their baselines, from finance"
NO_GROWTH = "the company's result lines did not move the good way in these months"

RETURNS = frozenset({"return_per_unit", "return_incl_not_cash"})
"""The figures that are settled or not, by whether the company's own results moved as much (D30)."""


@dataclass(frozen=True, slots=True)
class Looked:
    """Whose value it is, in which period, beside which cost."""

    work: Work
    teams: Teams
    cost: Figure
    keys: Keys

    def figure(self, figure_id: str, name: str, booked: Sums, why: str) -> Figure:
        """A sum of months with its range; unknown for the reason when there is none."""
        found = self.work.range_counted(booked) if booked else None
        return self._figure(figure_id, name, (booked, found), why)

    def of_kinds(self, figure_id: str, name: str, its: tuple[tuple[str, ...], Which], why: str) -> Figure:
        """The same of all months of some kinds, and of what they are worth."""
        booked = self.work.summed(self.teams, *its)
        found = self.work.range_of(self.teams, *its) if booked else None
        return self._figure(figure_id, name, (booked, found), why)

    def _figure(self, figure_id: str, name: str, its: tuple[Sums, Range | None], why: str) -> Figure:
        (booked, found), currency = its, self.work.basis.currency
        if found is None:
            return unknown(figure_id, why, currency=currency, scope=self.keys)
        return Figure(
            figure_id,
            found.likely,
            low=found.low,
            high=found.high,
            currency=currency,
            inputs=(("outcomes", outcomes_in(booked)), (name, found.likely)),
            scope=self.keys,
        )

    def plain(self, figure_id: str, name: str, amounts: dict[str, int], why: str) -> Figure:
        """A sum over outcomes without a range of its own."""
        currency, known = self.work.basis.currency, {key: one for key, one in amounts.items() if one}
        if not known:
            return unknown(figure_id, why, currency=currency, scope=self.keys)
        whole = sum(known.values())
        inputs = (("outcomes", len(known)), (name, whole))
        return Figure(figure_id, whole, currency=currency, inputs=inputs, scope=self.keys)


def expected(looked: Looked) -> Figure:
    """What the period could still bring in cash, hatched, with its range."""
    work = looked.work
    booked = work.summed(looked.teams, OPEN, CASH)
    why = "nothing more is expected in the period"
    found = looked.of_kinds("still_expected", "expected", (OPEN, CASH), why)
    if found.value is None:
        return found
    assumed = sum(work.summed(looked.teams, (ASSUMED,), CASH).values())
    inputs = (("outcomes", outcomes_in(booked)), ("assumed", assumed))
    return replace(found, inputs=(*inputs, ("open", found.value - assumed), ("expected", found.value)))


def net(looked: Looked, *, if_lands: bool = False) -> Figure:
    """Confirmed cash less cost; with `if_lands` also all that is still expected, as one sum of draws."""
    work, cost = looked.work, looked.cost
    figure_id = "net_if_lands" if if_lands else "net_cash"
    kinds = KINDS if if_lands else (CONFIRMED,)
    booked = work.summed(looked.teams, kinds, CASH)
    missing = returned.missing_rate(work, looked.teams, cash=True)
    if cost.value is None or not booked or missing:
        why = cost.reason or missing or "no cash value is confirmed yet"
        return unknown(figure_id, why, currency=work.basis.currency, scope=looked.keys)
    found = work.range_of(looked.teams, kinds, CASH)
    confirmed = sum(work.summed(looked.teams, (CONFIRMED,), CASH).values())
    more = (("expected", found.likely - confirmed),) if if_lands else ()
    summed = (("outcomes", outcomes_in(booked)), ("confirmed", confirmed), *more)
    inputs = (*summed, ("team_cost", cost.value), ("net", found.likely - cost.value))
    return Figure(
        figure_id,
        found.likely - cost.value,
        low=found.low - cost.value,
        high=found.high - cost.value,
        currency=work.basis.currency,
        inputs=inputs,
        scope=looked.keys,
    )


def classes(looked: Looked) -> tuple[ClassRow, ...]:
    """Confirmed and still expected value of each class, cash first; the cash rows sum to confirmed cash."""
    work, found = looked.work, []
    for is_cash in (True, False):
        missing = returned.missing_rate(work, looked.teams, cash=is_cash)
        for one in ValueClass:
            which = is_cash, one
            if any(work.summed(looked.teams, kinds, which) for kinds in ((CONFIRMED,), OPEN)):
                its, later = ((CONFIRMED,), which), (OPEN, which)
                of = replace(looked, keys=work.basis.keys(part=one.value))
                found.append(
                    ClassRow(
                        one.value,
                        is_cash,
                        unknown("class_value", missing, currency=work.basis.currency, scope=of.keys)
                        if missing
                        else of.of_kinds(
                            "class_value", "confirmed", its, "nothing of this class is confirmed"
                        ),
                        of.of_kinds("class_expected", "expected", later, "nothing more is expected"),
                    )
                )
    return tuple(found)


def build(looked: Looked) -> ValueChecks:
    """Everything that stands behind the five lines."""
    work, tally = looked.work, tallies.of(looked.work, looked.teams)
    cash = work.summed(looked.teams, (CONFIRMED,), CASH)
    started = _started(looked, cash)
    plan = _planned(looked)
    return ValueChecks(
        share_of_results=results(looked),
        overlap_removed=looked.plain(
            "overlap_removed",
            "removed",
            _cut(looked),
            "nothing was claimed twice",
        ),
        already_in_lower_cost=looked.plain(
            "already_in_lower_cost",
            "memo",
            {item.outcome.key: item.memo for item in _memo(looked)},
            "no outcome saves inside engineering",
        ),
        old_harvest=looked.figure(
            "old_harvest", "confirmed", _old(work, cash), "all of it is from work of the period"
        ),
        started_in_period=started,
        unread_started=sum(count for month, count in tally.unread_started.items() if _holds(work, month)),
        confirmer_is_owner=tally.own_word,
        planned_value=plan[0],
        planned_actual=plan[1],
        planned_late=looked.plain("planned_late", "planned", late(looked), "no promised work is late"),
        true_up=_trued_up(looked),
        capacity_milliweeks=tally.milliweeks,
        true_up_ahead=looked.plain(
            "true_up_ahead", "confirmed", ahead(looked), "no true-up waits for a later month"
        ),
        true_up_months=tuple(sorted({one.month for _, one in _after(looked)})),
        uncapped=capped.uncapped(work, {key for key, _ in cash}),
    )


def _cut(looked: Looked) -> dict[str, int]:
    """What a pool or a cap removes of outcomes in the period (rule V8)."""
    work, keys = looked.work, tallies.of(looked.work, looked.teams).cut
    sliced = work.period.sliced(work.basis)
    if sliced is None:
        return {key: work.by_key[key].removed for key in keys}
    plain = sliced.removed
    return {key: plain[key] if key in plain else work.by_key[key].removed for key in keys}


def _memo(looked: Looked) -> list[Valued]:
    """The outcomes that save inside engineering, or did when months were closed (rule V13)."""
    work, by_key = looked.work, looked.work.by_key
    tally, late = tallies.of(work, looked.teams), work.agreed.true_ups.months
    if not late:
        return [by_key[key] for key in tally.memo]
    memo = set(tally.memo)
    return [by_key[key] for key in tally.keys if key in memo or key in late]


# The company's own results


def results(looked: Looked) -> Figure:
    """Claims beside how far the company's own result lines moved, in the months that the lines cover.

    Claims are those of the same months, wherever they count: a true-up of earlier months that counts in the
    period is none of them, and one of the period's months that counts later is (decision D30).
    """
    work = looked.work
    moved, why = _moved(work)
    if why:
        return unknown("share_of_results", why, currency=work.basis.currency, scope=looked.keys)
    claimed, whole = sum(_claims(looked, moved)), sum(moved.values())
    inputs: tuple[tuple[str, int], ...] = (("confirmed", claimed), ("results", whole))
    if whole <= 0:
        return unknown(
            "share_of_results", NO_GROWTH, currency=work.basis.currency, inputs=inputs, scope=looked.keys
        )
    share = ratio(claimed, whole)
    return Figure(
        "share_of_results",
        share,
        currency=work.basis.currency,
        inputs=(*inputs, ("share", share)),
        scope=looked.keys,
    )


def of_company(jobs: Work, cost: Figure) -> Figure:
    """The same of all that is looked at: it stands beside every return, and is reckoned once (D30)."""
    base = jobs.basis
    looked = Looked(jobs, base.shown, cost, base.keys())
    key = (*base.looked_at, jobs.today)
    return kept.once(base, "share of results", key, lambda: results(looked), kept.WHOLE)


def _in(its: Iterable[tuple[int, int]], months: Collection[int]) -> int:
    return sum([amount for month, amount in its if month in months])


def _claims(looked: Looked, months: Collection[int]) -> list[int]:
    """Cash of these months as it is known now, wherever it counts, outcome by outcome.

    Of the whole company it is what its outcomes count: what one team passes on another books.
    """
    work, teams = looked.work, looked.teams
    is_whole = teams is work.basis.shown and work.basis.value_stream is None
    sliced = work.period.sliced(work.basis)
    plain = [] if sliced is None else sliced.cash_in(months, None if is_whole else teams)
    found = [amount for _, amount in plain]
    if is_whole:
        return [*found, *(_in(_its_own(item), months) for item in work.apart() if item.is_cash)]
    booked = [one for one in work.apart_booked_by(teams, CONFIRMED) if one.item.origin is None]
    booked += work.apart_booked_by(teams, ORIGIN)
    return [*found, *(_in(one.months, months) for one in booked if one.is_cash)]


def _its_own(item: Valued) -> Iterator[tuple[int, int]]:
    """The period's own months as they are known now."""
    its = item.by_month if item.origin is None else item.origin
    return ((month, amount) for month, amount, _ in its)


def is_more_than_results(checks: ValueChecks) -> bool:
    """Whether more is claimed than the company's own results moved: nothing may be published then."""
    return is_more(checks.share_of_results)


def is_more(share: Figure) -> bool:
    """The same of the share of results alone."""
    inputs = dict(share.inputs)
    if share.value is not None:
        return share.value > SHARE_WHOLE
    return inputs.get("confirmed", 0) > 0 and inputs.get("results", 1) <= 0


def _moved(work: Work) -> tuple[dict[int, int], str]:
    """By month, how far the lines outside engineering moved the good way; or why it is not known."""
    values, basis = work.values, work.basis
    found: dict[int, int] = {}
    for row in values.line_months:
        line = values.lines.get(row.line)
        if line is None or line.kind is LineKind.ENGINEERING_COST:
            continue
        if basis.span is None or not basis.span.holds(row.month):
            continue
        its = converted(basis, line.currency, [Amount(row.month, row.movement(line.kind), 0)])
        if its is None and basis.is_converted:
            return {}, basis.rates.missing(line.currency, row.month)
        if its is None:
            return {}, f"{line.name} is in {line.currency}, which is not converted to {basis.currency}"
        found[row.month] = found.get(row.month, 0) + its[0].amount
    return found, "" if found else NO_LINES


# Which work it is


def _old(work: Work, cash: Sums) -> Sums:
    """Of work that was delivered before the period."""
    span = work.basis.span

    def is_old(epic: Epic) -> bool:
        return span is not None and epic.delivered is not None and month_of(epic.delivered) < span.first

    return {key: amount for key, amount in cash.items() if is_old(work.agreed.claim_of(key[0]).epic)}


def _holds(work: Work, month: int) -> bool:
    return work.basis.span is not None and work.basis.span.holds(month)


def _started(looked: Looked, cash: Sums) -> Figure:
    """Return per 1 of the work that started in the period."""
    work = looked.work
    scope, currency = looked.keys, work.basis.currency
    cost = _cost_of_started(looked)
    if cost.unknown or cost.amount <= 0:
        why = cost.reason or "no work started in the period has cost yet"
        return unknown("started_return", why, currency=currency, scope=scope)
    found = work.range_counted(
        {
            key: amount
            for key, amount in cash.items()
            if _holds(work, month_of(work.agreed.claim_of(key[0]).epic.started))
        }
    )
    value = ratio(found.likely, cost.amount)
    return Figure(
        "started_return",
        value,
        low=ratio(found.low, cost.amount),
        high=ratio(found.high, cost.amount),
        currency=currency,
        inputs=(("confirmed", found.likely), ("cost", cost.amount), ("return", value)),
        scope=scope,
    )


def _cost_of_started(looked: Looked) -> Added:
    """What the work that started in the period cost in it."""
    work = looked.work
    parts, span = epic_parts.of(work), work.basis.span
    if span is None:
        return NOTHING
    if parts.is_known:
        chosen = parts.of_teams(work.standing(looked.teams))
        started = parts.started[chosen]
        is_in = (started >= span.first) & (started <= span.last)
        return Added(int(parts.within(span)[1][chosen][is_in].sum()))
    return total(
        part.net_in_period
        for epic, part in work.parts_of(looked.teams)
        if _holds(work, month_of(epic.started))
    )


# The value plan, and true-ups


def _planned(looked: Looked) -> tuple[Figure, Figure]:
    """Both sides of the value plan as figures."""
    promised, actual = planned(looked)
    why = "no reading of a frozen promise has fallen due"
    return (
        looked.plain("planned_value", "planned", promised, why),
        looked.plain("planned_actual", "confirmed", actual, "nothing of the value plan is confirmed"),
    )


def planned(looked: Looked) -> tuple[dict[str, int], dict[str, int]]:
    """By outcome the frozen P50 where a reading fell due, and what is confirmed of the same months (V17)."""
    work = looked.work
    promised = value_plan.of_period(work, _promises(looked, "promises due", _fell_due))
    earned = work.earned()
    return promised, {key: earned[key] if key in earned else work.by_key[key].earned for key in promised}


def late(looked: Looked) -> dict[str, int]:
    """By outcome the frozen P50 of work that should have been delivered by now, and is not (V17)."""
    return value_plan.of_period(looked.work, _promises(looked, "promises late", _is_late))


def _promises(looked: Looked, name: str, holds: Callable[[Work, Valued], bool]) -> value_plan.Promises:
    """The promises of cash of which something holds in every period."""
    work = looked.work

    def made() -> value_plan.Promises:
        every = (work.by_key[key] for key in tallies.of(work, looked.teams).keys)
        its = [item for item in every if _is_promise(work, item) and holds(work, item)]
        return value_plan.promises(work, its)

    key = work.basis.currency, work.basis.is_converted, work.today, work.standing(looked.teams)
    return kept.once(work.basis, name, key, made, (kept.VALUE,))


def _is_promise(work: Work, item: Valued) -> bool:
    return item.is_cash and not item.epic.is_obligation and not work.agreed.is_copy(item.claim)


def _is_late(work: Work, item: Valued) -> bool:
    if item.is_read or item.epic.delivered is not None:
        return False
    due = value_plan.due_on(work, item.outcome.key)
    return due is not None and work.today is not None and due < work.today


def _fell_due(work: Work, item: Valued) -> bool:
    if item.is_read:
        return True
    its = milestones(work.agreed, item.claim, item.epic)
    first = min((due.on for due in closing_loop.schedule(its)), default=None)
    return its.delivered_on is not None and None not in {first, work.today} and _is_past(first, work.today)


def _is_past(first: date | None, today: date | None) -> bool:
    return first is not None and today is not None and first <= today


def _trued_up(looked: Looked) -> Figure:
    """Cash about months that had closed before it was known."""
    late = looked.work.summed(looked.teams, (CONFIRMED,), TRUE_UP)
    return looked.figure("true_up", "confirmed", late, "no closed month was trued up")


def _after(looked: Looked) -> Iterator[tuple[str, Earned]]:
    """True-ups of cash for months of the period that count after it, with their outcome (rule V16)."""
    span, agreed = looked.work.basis.span, looked.work.agreed
    if span is None or not agreed.true_ups.months:
        return
    its = {item.outcome.key for item in looked.work.of_teams(looked.teams)}
    for outcome, lines in agreed.true_ups.months.items():
        for one in lines:
            is_theirs = outcome in its or (
                outcome in agreed.true_ups.gone and any(team in looked.teams for team, _ in one.terms.effort)
            )
            if is_theirs and one.terms.is_cash and span.holds(one.earned) and one.month > span.last:
                yield outcome, one


def ahead(looked: Looked) -> dict[str, int]:
    """By outcome, what is known of the period's closed months and counts only after the period."""
    found: dict[str, int] = {}
    for outcome, one in _after(looked):
        amounts = [Amount(one.earned, one.amount, one.level)]
        its = converted(looked.work.basis, one.terms.currency, amounts) or ()
        found[outcome] = found.get(outcome, 0) + sum(amount.amount for amount in its)
    return found
