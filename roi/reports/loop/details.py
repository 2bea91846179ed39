"""Everything about one outcome beside its row: plan, readings, chain, pool, promise, and the record."""

from datetime import date
from decimal import Decimal

from roi.domain import chains, drivers
from roi.domain import outcomes as told
from roi.domain.calibration import Group, GroupKind
from roi.domain.figures import Figure, unknown
from roi.domain.money import SHARE_WHOLE
from roi.domain.periods import short_month
from roi.domain.structure import ValueClass
from roi.reports.appraisal.calibrated import Records, as_promised, row
from roi.reports.booked.counted import pool_of
from roi.reports.booked.work import Work
from roi.reports.loop import inbox, sofar
from roi.reports.shapes.value import CalibrationRow, ChainRow, OutcomeDetail
from roi.reports.value.valued import Valued


def of(work: Work, item: Valued, records: Records, entered_on: date | None = None) -> OutcomeDetail:
    """One outcome whole; `entered_on` is the day on which its promise was told here."""
    key, plan = item.outcome.key, item.plan
    promised = as_promised(work, item.outcome)
    frozen = work.values.forecasts.get(key)
    raw, after, judged = forecast(work, item, records)
    return OutcomeDetail(
        key,
        plan,
        item.readings,
        work.values.closures.get(key),
        work.values.questions.get(key, ()),
        chain(work, item),
        pool_of(work, item),
        (
            _text(promised.target_low),
            _text(promised.target_likely),
            _text(promised.target_high),
        ),
        frozen.frozen_on if frozen is not None else None,
        assumed(work, item),
        plan.capacity_milliweeks if plan is not None else None,
        raw,
        after,
        judged,
        inbox.why_not_closed(work, item),
        unit_value_words(work, item),
        entered_on,
        treated=item.claim.treated,
        memo=item.memo,
        confirmed_months=_confirmed_months(item),
    )


def _confirmed_months(item: Valued) -> tuple[int, ...]:
    """The months that count by the latest reading, as finance confirmed it; of an earlier one none."""
    levels, counted = item.claim.levels, item.claim.counted.months
    if not levels or levels[-1].read_on != item.outcome.read_on:
        return ()
    return tuple(month for month, amount, level in counted if amount and level == len(levels) - 1)


def _text(level: Decimal) -> str:
    shown = f"{level:,f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def assumed(work: Work, item: Valued) -> Figure:
    """What the months of the period after the last confirmed reading are assumed to bring (rule V11)."""
    scope = work.basis.keys(team=item.epic.team, outcome=item.outcome.key)
    currency = work.basis.currency
    if not item.assumed_by_month:
        why = "nothing is confirmed that could persist" if not item.claim.levels else _no_month(item)
        return unknown("assumed_value", why, currency=currency, scope=scope)
    found = work.amounts_range(item, item.assumed_by_month, counted=False)
    inputs = (("months", len(item.assumed_by_month)), ("assumed", found.likely))
    return Figure(
        "assumed_value",
        found.likely,
        low=found.low,
        high=found.high,
        currency=currency,
        inputs=inputs,
        scope=scope,
    )


def _no_month(item: Valued) -> str:
    last = short_month(item.claim.levels[-1].to_month)
    return f"confirmed to {last}; no month of the period is left to assume"


def chain(work: Work, item: Valued) -> tuple[ChainRow, ...]:
    """The links from the leading measure to the money, each with its own grade (rule V9); alone: none."""
    links = work.agreed.links
    key = item.outcome.key
    order = list(chains.in_order((*chains.feeding(key, links), key), links))
    following = links.get(key, "")
    while following and following not in order:
        order.append(following)
        following = links.get(following, "")
    found = [work.by_key[one] for one in order if one in work.by_key]
    return tuple(_link(one, item) for one in found) if len(found) > 1 else ()


def _link(one: Valued, this: Valued) -> ChainRow:
    outcome = one.outcome
    return ChainRow(
        outcome.key,
        outcome.metric,
        outcome.grade.value if one.is_read else "",
        told.progress(outcome),
        outcome.value_class is not ValueClass.NOT_FINANCIAL,
        outcome.key == this.outcome.key,
    )


def forecast(work: Work, item: Valued, records: Records) -> tuple[Figure, Figure, str]:
    """What a month is expected to bring as told, and after the record of its team or the group above it."""
    keys = {"team": item.epic.team, "outcome": item.outcome.key}
    raw = sofar.expected(work, [item], keys)
    found = row(records, Group(GroupKind.TEAM, item.epic.team))
    why = "it is read; nothing is left to forecast" if item.is_read else raw.reason or found.answer
    if item.is_read or raw.value is None or found.haircut is None:
        return raw, unknown("after_record", why, currency=raw.currency, scope=raw.scope), ""
    return raw, _after(raw, found.haircut), _whose(found)


def _after(raw: Figure, factor: int) -> Figure:
    value, low, high = (
        round(end * factor / SHARE_WHOLE) if end is not None else None
        for end in (raw.value, raw.low, raw.high)
    )
    inputs = (("expected", raw.value or 0), ("record", factor), ("after", value or 0))
    return Figure(
        "after_record", value, raw.reason, low, high, currency=raw.currency, inputs=inputs, scope=raw.scope
    )


def _whose(found: CalibrationRow) -> str:
    """`Onboarding (12 read forecasts)`."""
    return f"{found.judged} ({found.count} read forecasts)"


def unit_value_words(work: Work, item: Valued) -> str:
    """How the unit value comes about, where a driver says it: its formula with the inputs (rule V7)."""
    driver = work.values.drivers.get(item.plan.driver) if item.plan is not None and item.plan.driver else None
    formula = drivers.MENU.get(driver.formula) if driver is not None else None
    if driver is None or formula is None:
        return ""
    given = {one.key: one for one in work.values.inputs.get(driver.key, ())}
    told_inputs = [f"{one.name} {_text(given[one.key].likely)}" for one in formula.inputs if one.key in given]
    return f"{driver.name}: {formula.says} ({', '.join(told_inputs)}); {driver.basis.value}"
