"""What an investment pays and receives by month: build, launch and run cost, and cash benefits by outcome.

Past cost is the ledger's. Ahead stands what an epic costs a month now, until the day agreed for its delivery;
then run cost (rule V4), no longer than its product lives. Benefits are confirmed months, then months that are
assumed to persist (rule V11), and what is measured or promised. What is not cash is not in it (rule V6).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from roi.domain import appraisal
from roi.domain.cash_flows import monthly
from roi.domain.money import SHARE_WHOLE
from roi.domain.periods import LAST_MONTH, add_months, month_of, months_between, short_month
from roi.domain.structure import Epic, EpicKind
from roi.reports.booked.work import ASSUMED, CONFIRMED, EXPECTED, Work, to_date
from roi.reports.cost import efforts
from roi.reports.cost.costs import Costs
from roi.reports.ground import converting
from roi.reports.value import valued
from roi.reports.value.valued import Amount, Valued

_LATELY = 3
_FAR = 600

Months = dict[int, int]
"""Month to minor units of the report's currency."""


@dataclass(frozen=True, slots=True)
class Part:
    """Months of one outcome's benefit that share their draws: an outcome, one of its levels, and a kind."""

    outcome: str
    level: int
    kind: str
    months: Mapping[int, int]


@dataclass
class Flows:
    """Cost by month and kind, benefits by part; `now` is the first month that is not past.

    `notes` say what a reader has to know; `why_not` why nothing can be appraised; `left_out` which benefit
    cannot be converted: no decision rests on flows without it.
    """

    now: int
    build: Months = field(default_factory=dict)
    launch: Months = field(default_factory=dict)
    run: Months = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    why_not: str = ""
    left_out: str = ""

    @property
    def costs(self) -> Months:
        """All cost by month."""
        whole: Months = {}
        for months in (self.build, self.launch, self.run):
            _add(whole, months)
        return whole

    @property
    def months(self) -> list[int]:
        """Every month from the first flow to the last."""
        every = {*self.costs, *(month for part in self.parts for month in part.months)}
        return months_between(min(every), max(every)) if every else []

    def benefits(self, *kinds: str) -> Months:
        """Likely benefits by month, of all kinds or of some."""
        whole: Months = {}
        for part in self.parts:
            if not kinds or part.kind in kinds:
                _add(whole, part.months)
        return whole

    def paid_back_on(self) -> date | None:
        """The past day on which confirmed value alone had covered the cost, as it does to date; else None."""
        confirmed, costs = self.benefits(CONFIRMED), self.costs
        past = [month for month in self.months if month < self.now]
        if not past:
            return None
        net = {month: confirmed.get(month, 0) - costs.get(month, 0) for month in past}
        found = appraisal.payback(monthly(net, past[0]))
        return found.value.on if found.value is not None else None


def _add(into: Months, months: Mapping[int, int]) -> None:
    for month, amount in months.items():
        into[month] = into.get(month, 0) + amount


@dataclass(frozen=True, slots=True)
class Asked:
    """What flows are gathered for, with all cost to date; `teams` None: all teams of the epics."""

    work: Work
    costs: Costs
    today: date
    teams: Collection[str] | None = None

    @property
    def actual_to(self) -> int:
        """The last month with actual cost."""
        months = self.work.basis.months
        return months.last if months is not None else month_of(self.today)


def asked_for(work: Work, costs: Costs, today: date, teams: Collection[str] | None = None) -> Asked:
    """What flows are gathered for, whatever period is looked at."""
    return Asked(*to_date(work, costs), today, teams)


def gather(asked: Asked, keys: Iterable[str]) -> Flows:
    """The flows of some epics together; obligations stay out, because no verdict is given on them (V15)."""
    work = asked.work
    flows = Flows(month_of(asked.today))
    epics = [work.epic_by_key[key] for key in sorted(set(keys))]
    judged = [epic for epic in epics if not epic.is_obligation]
    if not judged:
        flows.why_not = _nothing_to_judge(len(epics))
        return flows
    if len(judged) < len(epics):
        left = len(epics) - len(judged)
        flows.notes.append(
            f"{left} {'obligation is' if left == 1 else 'obligations are'} left out: judged on date and cost"
        )
    flows.why_not = _no_money(work, judged)
    for epic in judged if not flows.why_not else ():
        _epic(asked, epic, flows, is_alone=len(judged) == 1)
    if not flows.why_not and not any(flows.costs.values()):
        flows.why_not = "no cost stands against it yet"
    return flows


def _nothing_to_judge(epics: int) -> str:
    if not epics:
        return "no epic belongs to it yet"
    return "an obligation is judged on its date and cost; no verdict is given"


def _no_money(work: Work, epics: Sequence[Epic]) -> str:
    """Why nothing can be appraised before any amount is looked at; empty when it can."""
    items = [item for epic in epics for item in work.of_epic.get(epic.key, ())]
    if not items:
        return "no outcome says what it should bring"
    if not any(item.is_cash for item in items):
        return "none of its outcomes is cash; what it protects or frees stands beside, never in present value"
    return next((work.costs[epic.key].whole.reason for epic in epics if _unknown(work, epic)), "")


def _unknown(work: Work, epic: Epic) -> bool:
    return bool(work.costs[epic.key].whole.unknown)


def _epic(asked: Asked, epic: Epic, flows: Flows, *, is_alone: bool) -> None:
    plan = asked.work.values.epic_plans.get(epic.key)
    ended = plan.ended_on if plan is not None else None
    end = epic.delivered or (plan.due_on if plan is not None else None)
    build = _past(asked, epic)
    if epic.delivered is None and ended is None:
        if end is None and is_alone:
            flows.why_not = "no day is agreed for its delivery, so what is ahead cannot be reckoned"
            return
        if end is None:
            flows.notes.append(f"{epic.name} has no agreed delivery: its cost so far counts, and no benefit")
        else:
            end = max(end, asked.today)
            _add(build, _to_build(asked, epic, build, month_of(end)))
    _add(flows.build, build)
    if end is not None and ended is None:
        _after(asked, epic, flows, (sum(build.values()), month_of(end)))
    for item in asked.work.of_epic.get(epic.key, ()):
        flows.parts += _benefits(asked, item, flows)
    last = asked.work.agreed.retired.get(epic.key)
    if last is not None:
        flows.notes.append(
            f"nothing is expected after {short_month(last)}, the last month of a retired product"
        )


def _past(asked: Asked, epic: Epic) -> Months:
    """What it cost by month so far."""
    found: Months = {}
    for one in asked.work.teams_of(epic):
        if asked.teams is None or one.team in asked.teams:
            part = asked.work.parts.get((epic.key, one.team), efforts.NO_COST)
            _add(found, dict(part.by_month))
    return found


def _to_build(asked: Asked, epic: Epic, past: Months, last: int) -> Months:
    """What it still costs until delivery: a month as the latest ones, else the teams' planned share."""
    lately = [past[month] for month in sorted(past)[-_LATELY:]]
    each = sum(lately) // len(lately) if lately else _planned(asked, epic)
    first = max(month_of(epic.started), add_months(asked.actual_to, 1))
    return dict.fromkeys(months_between(first, last), each)


def _planned(asked: Asked, epic: Epic) -> int:
    whole = 0
    for one in asked.work.teams_of(epic):
        if asked.teams is None or one.team in asked.teams:
            by_month = asked.costs.gross_by_month({one.team})
            lately = [by_month[month].amount for month in sorted(by_month)[-_LATELY:]]
            whole += sum(lately) * one.planned_share // (SHARE_WHOLE * len(lately)) if lately else 0
    return whole


def _after(asked: Asked, epic: Epic, flows: Flows, built: tuple[int, int]) -> None:
    """Launch cost at delivery and run cost after it, to the end of the horizon (rule V4)."""
    work, (build, delivered) = asked.work, built
    plan = work.values.epic_plans.get(epic.key)
    if plan is not None and plan.launch_minor:
        currency = plan.currency or work.basis.currency
        launch = converting.at_latest(work.basis, plan.launch_minor, currency, delivered)
        if launch is None:
            flows.notes.append(f"launch cost is left out: {converting.no_rate(work.basis, currency)}")
        else:
            _add(flows.launch, {delivered: _its(asked, epic, launch)})
    share = plan.run_share if plan is not None and plan.run_share is not None else None
    if share is None:
        share = work.agreed.run_cost_share if epic.kind is EpicKind.FEATURE else 0
        if share:
            its = f"{share / 10_000:g}% a year of build cost"
            flows.notes.append(f"run cost of {epic.name}: {its}, as assumed where its plan states none")
    each = build * share // (SHARE_WHOLE * 12)
    if each:
        months = [add_months(delivered, after) for after in range(1, _horizon(work, epic) + 1)]
        last = work.agreed.retired.get(epic.key, LAST_MONTH)
        _add(flows.run, dict.fromkeys([month for month in months if month <= last], each))


def _its(asked: Asked, epic: Epic, amount: int) -> int:
    """What of an amount the teams looked at have, by frozen effort; the parts of all teams sum to it."""
    if asked.teams is None:
        return amount
    over = efforts.over(asked.work.values, epic, amount)
    return sum(part for team, part in over.items() if team in asked.teams)


def _horizon(work: Work, epic: Epic) -> int:
    """The longest horizon of its outcomes in months."""
    items = work.of_epic.get(epic.key, ())
    stated = [item.plan.horizon_months for item in items if item.plan is not None]
    return max(
        (months or work.agreed.horizon_months for months in stated), default=work.agreed.horizon_months
    )


def _benefits(asked: Asked, item: Valued, flows: Flows) -> list[Part]:
    """Cash of one outcome by month: counted, assumed to persist, expected; none while it is disputed."""
    if not item.is_cash or item.is_disputed:
        return []
    work, claim = asked.work, item.claim
    assumed, expected = valued.ahead(work.agreed, claim, add_months(flows.now, _FAR), asked.today)
    confirmed = [Amount(*one) for one in claim.counted.months]
    found = []
    for kind, months in ((CONFIRMED, confirmed), (ASSUMED, assumed), (EXPECTED, expected)):
        found += _parts(asked, item, (kind, months), flows)
    return found


def _parts(asked: Asked, item: Valued, its: tuple[str, Sequence[Amount]], flows: Flows) -> list[Part]:
    kind, months = its
    basis, currency = asked.work.basis, item.outcome.currency
    by_level: dict[int, Months] = {}
    for one in months:
        amount = converting.at_latest(basis, one.amount, currency, one.month)
        if amount is None:
            flows.left_out = f"{item.outcome.metric} is left out: {converting.no_rate(basis, currency)}"
            flows.notes.append(flows.left_out)
            return []
        by_level.setdefault(one.level, {})[one.month] = _its(asked, item.epic, amount)
    return [Part(item.outcome.key, level, kind, its_months) for level, its_months in by_level.items()]
