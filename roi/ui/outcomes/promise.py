"""Promise against result: the promised range as a band, the reading as a dot, on a share of the promise."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from roi.charts.loop import Promise, promise_strip
from roi.charts.markup import Html, tag
from roi.domain import losses
from roi.domain import outcomes as told
from roi.domain.structure import Grade, Outcome
from roi.domain.value import Landed
from roi.reports.shapes import OutcomeRow
from roi.reports.shapes.value import OutcomeDetail, PromiseRow
from roi.reports.value import evidence
from roi.story import causes, words
from roi.ui import session
from roi.ui.outcomes import common

PERCENT = frozenset({"%", "percent"})


def band(outcome: Outcome) -> tuple[int, int] | None:
    """The promised range as shares of the likely promise, parts per million; None without a promise."""
    ends = [told.progress(replace(outcome, actual=end)) for end in (outcome.target_low, outcome.target_high)]
    low, high = ends
    if low is None or high is None:
        return None
    return min(low, high), max(low, high)


def drawing(row: OutcomeRow, frozen: PromiseRow | None = None) -> Html:
    """The band, the whole promise dashed, and the dot; of the frozen promise where there is one (law T11)."""
    found = (frozen.low, frozen.high) if frozen else band(row.outcome)
    if found is None:
        return tag("span", "no change was promised", class_="neu")
    is_confirmed = frozen.is_confirmed if frozen else row.state == "confirmed"
    actual = frozen.actual if frozen else row.progress
    shown = Promise(*found, actual, is_confirmed=is_confirmed)
    return promise_strip(shown, f"{promised(row.outcome)}; {result(row)}")


def entered(detail: OutcomeDetail) -> str:
    """That a promise was told here later than the day from which it is said to be frozen (law T11).

    The day is its owner's word then; told after the reading, it may have been told knowing the result.
    The fictional company was made in one go, so there it says nothing.
    """
    day, frozen = detail.entered_on, detail.promised_on
    if day is None or frozen is None or day <= frozen or session.is_demo():
        return ""
    after = ", after it was read" if detail.is_hindsight else ""
    return f": its owner's word, entered here {words.day(day)}{after}"


def read_twice(months: Sequence[int]) -> str:
    """What a month counts that has two readings: it counts once, as finance confirmed it first (V11, V16)."""
    return (
        f"Read twice in {words.months(months)}: once finance has confirmed both, a month counts as it was "
        "read first, and the later reading holds for the months after it."
    )


def level(amount: Decimal, unit: str) -> str:
    """A level of a metric: `62%`, `3.5 days`."""
    shown = words.level(amount)
    if unit in PERCENT:
        return f"{shown}%"
    return f"{shown} {unit}".strip()


def effect(row: OutcomeRow) -> str:
    """`80 users (50 to 110)`, an entered estimate of what the last reading moved; empty without one (D31)."""
    if row.effect is None:
        return ""
    low, likely, high = row.effect
    return f"{level(likely, row.outcome.unit)} ({words.level(low)} to {words.level(high)})"


def worth(outcome: Outcome) -> str:
    """`$4.10 a month`, what one unit is worth; empty while nobody has said it."""
    if outcome.unit_value is None:
        return ""
    return f"{words.unit_worth(outcome.unit_value, outcome.currency)} a month"


def due_share(outcome: Outcome) -> str:
    """`60% (40%–80%)`, the share that is due to this work; empty while nobody has said it."""
    low, likely, high = outcome.share_low, outcome.share_likely, outcome.share_high
    if low is None or likely is None or high is None:
        return ""
    return f"{words.share(likely)} ({words.share(low)}–{words.share(high)})"


def promised(outcome: Outcome) -> str:
    """`from 62% to 80% (72%–85%)`, `from 400 to 250 tickets (200–300)`."""
    return f"from {plain_level(outcome.baseline, outcome.unit)} to {target(outcome)}"


def promised_by(outcome: Outcome) -> str:
    """The same with the day it was promised for, which is not the day when a reading is due."""
    return promised(outcome) + (f" by {words.day(outcome.by_when)}" if outcome.by_when else "")


def target(outcome: Outcome) -> str:
    """`80% (72%–85%)`: the likely target and its range, the unit said once."""
    low, high = sorted((outcome.target_low, outcome.target_high))
    likely = level(outcome.target_likely, outcome.unit)
    if low == high:
        return likely
    return f"{likely} ({plain_level(low, outcome.unit)}–{plain_level(high, outcome.unit)})"


def plain_level(amount: Decimal, unit: str) -> str:
    """The level without its unit, except a percent sign."""
    return level(amount, unit if unit in PERCENT else "")


def result(row: OutcomeRow, said: Landed | None = None) -> str:
    """`83%, met`, or that it is not read yet; `said` is how it landed in the word of whoever closed it."""
    outcome = row.outcome
    if outcome.actual is None:
        return words.NOT_READ
    landed = row.landed if said is None else said.value
    return f"{level(outcome.actual, outcome.unit)}, {LANDED.get(landed, landed.replace('_', ' '))}"


def bare_result(row: OutcomeRow) -> str:
    """The result for the narrowest column, without its unit: `410, met`."""
    if row.outcome.actual is None:
        return words.NOT_READ
    return f"{plain_level(row.outcome.actual, row.outcome.unit)}, {SHORT.get(row.landed, row.landed)}"


def judged(row: OutcomeRow, said: Landed) -> str:
    """How it landed in the word of whoever closed it; where the promised range says another, both stand."""
    told = common.LANDINGS[said]
    if row.landed in {"", said.value}:
        return told
    return f"{told}, says who closed it; by the promised range: {LANDED[row.landed]}"


def cause(row: OutcomeRow, detail: OutcomeDetail) -> str:
    """What the work did to the measure, as far as its evidence carries (T12); empty: nothing is claimed."""
    outcome, actual = row.outcome, row.outcome.actual
    if actual is None:
        return ""
    reading = next((one for one in detail.readings if one.read_on == outcome.read_on), None)
    came = causes.Came(
        row.epic_name,
        outcome.metric,
        (plain_level(outcome.baseline, outcome.unit), level(actual, outcome.unit)),
        Grade.E if row.why_not == losses.WHY else outcome.grade,
        told.movement(outcome, actual),
        evidence.effect_of(reading),
        causes.POINTS if outcome.unit in PERCENT else outcome.unit,
        detail.closure.landed if detail.closure is not None else None,
    )
    return causes.told(came)


SHORT = {"met": "met", "partly": "partly", "not": "did not show"}
LANDED = {"met": "met", "partly": "partly", "not": "the expected effect did not show", "": words.NOT_READ}
