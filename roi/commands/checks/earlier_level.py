"""The level that finance confirmed of earlier months before an edit ended its ticks (rules V8 to V11).

Another line, series or unit value ends ticks, so that nothing counts until finance gives them anew. Where a
later reading came meanwhile, they are given for that one; the months up to the earlier reading keep the level
and the share that finance confirmed then, worth what finance confirms of a unit now.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from roi.commands.changing.held import Held
from roi.commands.checks.outcome_work import as_confirmed
from roi.commands.checks.settled import measures_otherwise
from roi.domain.structure import Confirmation, Outcome, Tick
from roi.domain.value import ConfirmedReading, Reading
from roi.store import read, read_value

_CONFIRMED_OF_IT = (
    "actual",
    "grade",
    "share_low",
    "share_likely",
    "share_high",
    "effect_low",
    "effect_likely",
    "effect_high",
)


def confirmed_with(
    held: Held, outcome: Outcome, given: Sequence[Confirmation]
) -> tuple[ConfirmedReading, ...]:
    """The earlier reading that counts again once these ticks are given; none while others are missing."""
    if not _has_earlier(held, outcome) or not held.standing(outcome.key, given).is_confirmed:
        return ()
    for change in held.ticks_ended(outcome.key):
        with read.as_at(held.cursor, change - 1):
            then = Held(held.cursor, outcome.key)
            is_confirmed = outcome.key in then.outcomes and then.was_confirmed(outcome.key)
            its = _reading(then, outcome.key) if is_confirmed else None
            ticks = then.ticks.get(outcome.key, {})
        if is_confirmed:
            return _still(held, outcome, (then.outcomes[outcome.key], ticks), its)
    return ()


def _has_earlier(held: Held, outcome: Outcome) -> bool:
    """Whether a reading before the latest is not kept as confirmed, after those that are: mostly none is."""
    last = max([one.read_on for one in held.confirmed.get(outcome.key, ())], default=date.min)
    every = held.readings.get(outcome.key, {})
    return outcome.read_on is not None and any(last < day < outcome.read_on for day in every)


def _reading(held: Held, key: str) -> Reading | None:
    """The latest reading of an outcome, with the estimate of its effect where there is one."""
    own = read_value.reading_of(held.outcomes[key])
    return held.readings.get(key, {}).get(own.read_on, own) if own is not None else None


def _still(
    held: Held,
    outcome: Outcome,
    then: tuple[Outcome, Mapping[Tick, Confirmation]],
    its: Reading | None,
) -> tuple[ConfirmedReading, ...]:
    """The reading as it was confirmed, where it still says the same of the same measure, and is followed."""
    now = held.readings.get(outcome.key, {}).get(its.read_on) if its is not None else None
    if its is None or now is None or outcome.read_on is None or its.read_on >= outcome.read_on:
        return ()
    is_kept = any(one.read_on == its.read_on for one in held.confirmed.get(outcome.key, ()))
    is_other = any(getattr(now, name) != getattr(its, name) for name in _CONFIRMED_OF_IT)
    if is_kept or is_other or outcome.unit_value is None or measures_otherwise(then[0], outcome):
        return ()
    made = as_confirmed(*then)
    return (replace(made, unit_value=outcome.unit_value, currency=outcome.currency),)
