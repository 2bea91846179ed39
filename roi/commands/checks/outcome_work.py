"""What saving outcomes and readings puts and ends beside the outcomes themselves.

Every reading stays a row of its own; one that finance had confirmed is kept as it was confirmed when a later
one comes (rule V11); ticks end that confirmed another number (V10); and what was promised is frozen once work
has started (law T11).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from roi.commands.changing import records
from roi.commands.changing.held import Held
from roi.commands.changing.recording import Work
from roi.commands.checks.settled import ended_by, loosened, measures_otherwise
from roi.domain.structure import Confirmation, Epic, Outcome, Tick
from roi.domain.value import ConfirmedReading, FrozenForecast, OutcomePlan, Reading
from roi.store import read_value
from roi.store.changes import End, Put

_READ = ("actual", "read_on", "grade", "evidence", "share_low", "share_likely", "share_high")


@dataclass(frozen=True)
class New:
    """Epics and plans that the same change saves, by epic and by outcome."""

    epics: Mapping[str, Epic] = field(default_factory=dict)
    plans: Mapping[str, OutcomePlan] = field(default_factory=dict)


_NOTHING_NEW = New()


def work(
    held: Held,
    sent: Sequence[Outcome],
    based_on: int | None = None,
    *,
    readings: Iterable[Reading] = (),
    new: New = _NOTHING_NEW,
) -> Work:
    """The rows that saving these outcomes puts, and the rows that end by it.

    Args:
        held: what stands before the change.
        sent: the outcomes; each may carry a reading.
        based_on: the change up to which the editor had seen them, the ticks that end by it among them.
        readings: further readings of these outcomes, or with an estimate of the effect.
        new: what the same change saves beside them.
    """
    given = list(readings)
    read_on_sight = based_on if given else None
    read = {(one.outcome, one.read_on) for one in given}
    given += [one for one in _sent_readings(held, sent) if (one.outcome, one.read_on) not in read]
    made = _with_latest_of(held, sent, given)
    confirmed = tuple(_superseded(held, made, new))
    puts = [
        records.put("outcome", made, based_on),
        records.put("reading", _all_readings(held, made, given), read_on_sight),
        records.put("confirmed_reading", confirmed),
        records.put("forecast", forecasts(held, made, new)),
    ]
    ends = [
        End(
            "confirmation", tuple(dict.fromkeys((*_stale(held, made), *loosened(held, new.plans)))), based_on
        ),
        End("confirmed_reading", tuple(_no_longer_confirmed(held, made, given)), based_on),
    ]
    return Work(tuple(one for one in puts if one.rows), tuple(one for one in ends if one.keys))


def latest(held: Held, sent: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """The outcomes as they will be stored: each with its latest reading, sent or held."""
    return _with_latest_of(held, sent, list(_sent_readings(held, sent)))


def _with_latest_of(held: Held, sent: Sequence[Outcome], given: Sequence[Reading]) -> tuple[Outcome, ...]:
    by_outcome = defaultdict(list)
    for reading in given:
        by_outcome[reading.outcome].append(reading)
    return tuple(_with_latest(held, one, by_outcome[one.key]) for one in sent)


def _sent_readings(held: Held, sent: Sequence[Outcome]) -> Iterator[Reading]:
    """The readings that the outcomes carry; what was told of the same reading's effect stays with it."""
    for one in sent:
        own = read_value.reading_of(one)
        if own is None:
            continue
        there = held.readings.get(one.key, {}).get(own.read_on)
        if there is not None and there.actual == own.actual:
            shares = {name: getattr(own, name) for name in _READ if name.startswith("share")}
            own = replace(there, grade=own.grade, evidence=own.evidence, **shares)
        yield own


def _with_latest(held: Held, sent: Outcome, given: Sequence[Reading]) -> Outcome:
    """The outcome with the latest of its readings, sent or held; of one day what is sent counts."""
    before = held.outcomes.get(sent.key)
    there = read_value.reading_of(before) if before else None
    found = {one.read_on: one for one in [there] if one}
    found |= {one.read_on: one for one in given}
    return carrying(sent, found[max(found)]) if found else sent


def carrying(outcome: Outcome, reading: Reading) -> Outcome:
    """The outcome with this reading as its latest."""
    return replace(outcome, **{name: getattr(reading, name) for name in _READ})


def _all_readings(held: Held, made: Sequence[Outcome], given: Sequence[Reading]) -> list[Reading]:
    """What was sent, and what only the outcome itself carried until now."""
    found, sent = list(given), {(one.outcome, one.read_on) for one in given}
    for one in made:
        before = held.outcomes.get(one.key)
        own = read_value.reading_of(before) if before else None
        is_stored = own is not None and own.read_on in held.readings.get(one.key, {})
        if own is not None and not is_stored and (one.key, own.read_on) not in sent:
            found.append(own)
    return found


def _superseded(held: Held, made: Sequence[Outcome], new: New) -> Iterator[ConfirmedReading]:
    """Held readings that finance had confirmed and that a later one follows, as they were confirmed.

    Not where the same change names another line: they wait for new ticks (see `earlier_level`).
    """
    moved = {key for key, tick in loosened(held, new.plans) if tick == Tick.UNIT_VALUE}
    for one in made:
        before = held.outcomes.get(one.key)
        if before is None or before.read_on is None or one.read_on is None or one.key in moved:
            continue
        is_same_measure = not measures_otherwise(before, one)
        if one.read_on > before.read_on and is_same_measure and held.was_confirmed(one.key):
            yield as_confirmed(before, held.ticks[one.key])


def as_confirmed(outcome: Outcome, ticks: Mapping[Tick, Confirmation]) -> ConfirmedReading:
    """The latest reading of an outcome with these ticks, as finance confirmed it."""
    if outcome.actual is None or outcome.read_on is None or outcome.unit_value is None:
        message = f"{outcome.key} counts as confirmed without a reading or a unit value"
        raise TypeError(message)
    return ConfirmedReading(
        outcome.key,
        outcome.read_on,
        outcome.baseline,
        outcome.actual,
        outcome.unit_value,
        outcome.currency,
        outcome.grade,
        outcome.share_low or 0,
        outcome.share_likely or 0,
        outcome.share_high or 0,
        confirmed_by=", ".join(sorted({tick.confirmed_by for tick in ticks.values()})),
        confirmed_on=max(tick.confirmed_on for tick in ticks.values()),
        valid_to=min((tick.valid_to for tick in ticks.values() if tick.valid_to), default=None),
    )


def _no_longer_confirmed(
    held: Held, made: Sequence[Outcome], given: Sequence[Reading]
) -> Iterator[tuple[object, ...]]:
    """Earlier confirmed readings that confirmed something else than what is measured or was read now."""
    sent = {(one.outcome, one.read_on): one for one in given}
    for one in made:
        before = held.outcomes.get(one.key)
        is_other = before is not None and measures_otherwise(before, one)
        for kept in held.confirmed.get(one.key, ()):
            again = sent.get((kept.outcome, kept.read_on))
            if is_other or (again is not None and _reads_otherwise(kept, again)):
                yield kept.outcome, kept.read_on


def _reads_otherwise(kept: ConfirmedReading, again: Reading) -> bool:
    names = ("actual", "grade", "share_low", "share_likely", "share_high")
    return any(getattr(kept, name) != getattr(again, name) for name in names)


def _stale(held: Held, made: Sequence[Outcome]) -> Iterator[tuple[object, ...]]:
    """The live ticks that no longer confirm what the outcomes will say."""
    for one in made:
        ticks = held.ticks.get(one.key, {})
        if one.key not in held.outcomes or not ticks:
            continue
        ended = ended_by(held.outcomes[one.key], one)
        yield from ((one.key, tick.value) for tick in ticks if tick in ended)


# The frozen forecast (law T11)


def forecasts(held: Held, made: Sequence[Outcome], new: New = _NOTHING_NEW) -> list[FrozenForecast]:
    """What is frozen now: of outcomes whose epic has started, the version that stood before this change.

    An outcome that is new is frozen as it is first saved. What is frozen stays so.
    """
    day, found = held.today, []
    for one in made:
        epic = held.epics.get(one.epic) or new.epics.get(one.epic)
        if one.key not in held.frozen and epic is not None and epic.started <= day:
            is_new = one.key not in held.outcomes
            plan = (new.plans if is_new else held.plans).get(one.key)
            found.append(_frozen(held.outcomes.get(one.key, one), plan, epic))
    return found


def _frozen(version: Outcome, plan: OutcomePlan | None, epic: Epic) -> FrozenForecast:
    share = version.share_likely
    if share is None and plan is not None:
        share = plan.planned_share
    agreed = plan.agreed_on if plan and plan.agreed_on else epic.started
    return FrozenForecast(
        version.key,
        max(epic.started, agreed),
        version.baseline,
        version.target_low,
        version.target_likely,
        version.target_high,
        version.by_when,
        version.unit_value,
        version.currency,
        share,
    )


def forecasts_of_epics(held: Held, epics: Iterable[str]) -> Put | None:
    """What is frozen before these epics change: a start that moves thaws nothing."""
    named = set(epics)
    its = [one for one in held.outcomes.values() if one.epic in named and one.key not in held.frozen]
    found = forecasts(held, its)
    return records.put("forecast", found) if found else None
