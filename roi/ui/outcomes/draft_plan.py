"""What is agreed beside an outcome in the making: its plan, its epic's plan, and what is still missing.

Nothing here reads a store or a screen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from roi.domain.closing_loop import READING_MONTHS, months_after
from roi.domain.money import SHARE_WHOLE
from roi.domain.structure import CASH_CLASSES, Grade, ValueBasis, ValueClass
from roi.domain.value import EpicPlan, Origin, OutcomePlan
from roi.ui.outcomes.draft import Values, number

_TEXTS = (
    "line", "cell", "driver", "series", "leads_to",
    "confirmer", "evidence_planned", "problem", "result", "learning",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Helper:
    """What a piece of technical work is for: the number to ask for, its unit and its class."""

    name: str
    metric: str
    unit: str
    value_class: ValueClass
    hint: str


DEBT = {
    "faster": Helper(
        "Faster launches",
        "weeks from idea to customer",
        "weeks",
        ValueClass.NOT_FINANCIAL,
        "Speed is capacity, not money: say how many team-weeks a quarter it frees. The metric is the flow "
        "time itself, in hours, days or weeks; what is read of it stands beside them.",
    ),
    "outages": Helper(
        "Fewer outages",
        "hours of outage a month",
        "hours",
        ValueClass.COST_AVOIDED,
        "How many hours now, and what does an hour cost? It needs a record of losses from before.",
    ),
    "cost": Helper(
        "Lower run cost",
        "run cost a month, thousands",
        "thousands",
        ValueClass.COST_REDUCTION,
        "A saving inside engineering shows in its cost and is not counted again.",
    ),
    "risk": Helper(
        "Less risk",
        "events a year that cause a loss",
        "events",
        ValueClass.RISK_REDUCED,
        "How often now, and what does one cost? Without a record of losses it stays a statement.",
    ),
}
"""Technical debt is told as what it changes; pick one and it asks for that number (ux.md 9)."""


def plan(values: Values, outcome: str, held: OutcomePlan | None = None) -> OutcomePlan:
    """The plan that was typed; what the form does not ask for stays as it is held."""
    kept = held or OutcomePlan(outcome)
    typed = {key: str(values.get(key) or "").strip() for key in _TEXTS if key in values}
    agreed = values.get("agreed_on", kept.agreed_on)
    weeks = number(values.get("capacity_weeks"))
    share = values.get("pool_share")
    return replace(
        kept,
        outcome=outcome,
        agreed_on=agreed if isinstance(agreed, date) else None,
        horizon_months=_whole(values, "horizon_months", kept.horizon_months),
        half_life_months=_whole(values, "half_life_months", kept.half_life_months),
        planned_share=_share(share, kept.planned_share),
        capacity_milliweeks=kept.capacity_milliweeks if weeks is None else int(weeks * 1000),
        **typed,
    )


def _share(percent: object, held: int | None) -> int | None:
    """The share that was typed in whole percents; an untouched one stays exact."""
    if not isinstance(percent, int) or percent == _percent(held):
        return held
    return percent * SHARE_WHOLE // 100


def _percent(share: int | None) -> int | None:
    return None if share is None else share * 100 // SHARE_WHOLE


def _whole(values: Values, key: str, otherwise: int | None) -> int | None:
    typed = values.get(key, otherwise)
    return typed if isinstance(typed, int) and typed else None


def epic_plan(values: Values, epic: str) -> EpicPlan:
    """What is agreed about an epic that is made with the outcome."""
    return EpicPlan(
        epic,
        initiative=str(values.get("initiative") or ""),
        origin=Origin(str(values.get("origin") or Origin.ROADMAP)),
        owner=str(values.get("owner") or "").strip(),
        is_product_oriented=bool(values.get("is_product_oriented")),
    )


def values_of(held: OutcomePlan) -> dict[str, object]:
    """What would have to be typed for this plan."""
    weeks = held.capacity_milliweeks
    values: dict[str, object] = {key: getattr(held, key) for key in _TEXTS}
    return {
        **values,
        "agreed_on": held.agreed_on,
        "horizon_months": held.horizon_months,
        "half_life_months": held.half_life_months,
        "pool_share": _percent(held.planned_share),
        "capacity_weeks": "" if weeks is None else f"{Decimal(weeks) / 1000:f}",
    }


def readings(delivered: object) -> tuple[date, ...]:
    """The days at which it will be read: 1, 3 and 6 months after delivery; none before that day is known."""
    if not isinstance(delivered, date):
        return ()
    return tuple(months_after(delivered, months) for months in READING_MONTHS)


def unmeasurable(values: Values) -> tuple[str, ...]:
    """What is still missing to be measured and confirmed later; none of it stops saving now."""
    found = [
        words
        for key, words in (
            ("problem", "the problem it solves"),
            ("evidence", "where it is measured"),
            ("learning", "how you will learn whether this work did it"),
            ("confirmer", "who in finance confirms"),
            ("agreed_on", "the day it was agreed (a draft until then)"),
        )
        if not values.get(key)
    ]
    return (*found, *_money(values), *_word(values))


def _money(values: Mapping[str, object]) -> list[str]:
    given = values.get("value_class")
    value_class = ValueClass(str(given)) if given else ValueClass.NOT_FINANCIAL
    if value_class is ValueClass.NOT_FINANCIAL:
        return []
    found = []
    if number(values.get("unit_value")) is None:
        found.append("what one unit is worth")
    elif str(values.get("value_basis")) == ValueBasis.ASSUMED:
        found.append("finance's agreement on the unit value (assumed is never confirmed)")
    if value_class in CASH_CLASSES and not values.get("line"):
        found.append("the finance line it shows on (without one none of it is confirmed)")
    return found


def _word(values: Mapping[str, object]) -> list[str]:
    """Grade E never carries a confirmed share (rule V10)."""
    return ["better evidence than a statement"] if str(values.get("grade")) == Grade.E else []
