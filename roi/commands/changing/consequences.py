"""What a change does beside what was asked, said on every receipt and kept in the history (R11).

Ticks of finance that it ends, with the money that they held, and earlier readings that finance had confirmed
and that end, or count again, by it;
and estimates of run and launch cost that change after the work started, by which the live appraisal moves
while what was promised stays frozen (V4, V10, V11, T11).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from roi.commands.changing import records
from roi.commands.changing.held import Held
from roi.domain import outcomes as told
from roi.domain.money import MINOR_DIGITS, to_decimal
from roi.domain.structure import Outcome, Tick, Told
from roi.store.changes import End, Put, Row
from roi.store.read import Cursor

_TOLD = 3
"""So many outcomes or epics have a sentence of their own; a list can end thousands of ticks."""

_TICKS = {Tick.MOVEMENT: "the movement", Tick.UNIT_VALUE: "the unit value", Tick.SHARE: "the share"}


def of(cursor: Cursor, puts: Iterable[Put], ends: Iterable[End]) -> tuple[str, ...]:
    """The sentences for the receipt; asked before the rows are written, and cheap where none is due."""
    rows = {put.table: put.rows for put in puts if put.rows}
    ended = [key for end in ends if end.table == "confirmation" for key in end.keys]
    earlier = [key for end in ends if end.table == "confirmed_reading" for key in end.keys]
    kept = rows.get("confirmed_reading", ()) if "confirmation" in rows else ()
    if not ended and not earlier and not kept and not rows.keys() & {"epic", "epic_plan"}:
        return ()
    held = Held(cursor)
    anew = {row["outcome"] for row in rows.get("confirmation", ())} | set(_read_anew(held, rows))
    lost: dict[str, list[Tick]] = {}
    for outcome, tick in ended:
        lost.setdefault(str(outcome), []).append(Tick(str(tick)))
    for key, moved in _moved_off(held, rows.get("epic", ())):
        lost.setdefault(key, []).append(moved)
    told = {key: ticks for key, ticks in lost.items() if key not in anew}
    notes = [ended_ticks(held, key, ticks) for key, ticks in islice(told.items(), _TOLD)]
    notes += [*_other_ticks(held, list(told)[_TOLD:]), *_earlier(held, earlier)]
    return (*notes, *_kept(held, kept), *_estimates(held, rows.get("epic_plan", ())))


def _read_anew(held: Held, rows: Mapping[str, Sequence[Row]]) -> Iterator[object]:
    """Outcomes with another reading: it needs its own ticks, which is what was asked; no month loses."""
    for row in rows.get("reading", ()):
        there = held.readings.get(str(row["outcome"]), {}).get(row["read_on"])  # type: ignore[call-overload]
        if there is None or records.number_text(there.actual) != row["actual"]:
            yield row["outcome"]


def ended_ticks(held: Held, key: str, ticks: Iterable[Tick]) -> str:
    """Which ticks of an outcome end, who gave them, and the money that they held."""
    outcome, given = held.outcome(key), held.ticks.get(key, {})
    chosen = [tick for tick in Tick if tick in set(ticks)]
    names = ", ".join(_TICKS[tick] for tick in chosen)
    who = ", ".join(dict.fromkeys(given[tick].confirmed_by for tick in chosen if tick in given))
    count = f"{len(chosen)} tick{'s' if len(chosen) > 1 else ''}"
    return f"Ends {count} of finance on {outcome.metric} ({names}, by {who}): {_held_money(held, outcome)}."


def _other_ticks(held: Held, keys: Sequence[str]) -> Iterator[str]:
    """The outcomes after the first few in one sentence, with the money of all of them by currency."""
    if not keys:
        return
    sums: dict[str, int] = {}
    for outcome in map(held.outcome, keys):
        amount = _held_amount(held, outcome)
        if amount is not None:
            sums[outcome.currency] = sums.get(outcome.currency, 0) + amount
    money = " and ".join(_money(amount, currency) for currency, amount in sums.items())
    together = f"together {_words(money)}" if money else _words(money)
    count = f"{len(keys):,} more outcome{'s' if len(keys) > 1 else ''}"
    yield f"And ticks of {count}: {together}."


def _earlier(held: Held, keys: Iterable[Sequence[object]]) -> Iterator[str]:
    """Earlier readings that finance had confirmed and that confirm nothing any more, by outcome."""
    days: dict[str, list[str]] = {}
    for outcome, day in keys:
        days.setdefault(str(outcome), []).append(str(day))
    for key, its in islice(days.items(), _TOLD):
        readings = f"the reading{'s' if len(its) > 1 else ''} of {', '.join(sorted(its))}"
        yield (
            f"Ends what finance confirmed of {held.outcome(key).metric} with {readings}: its months count "
            "with the next confirmed reading, or nothing."
        )
    more = len(days) - _TOLD
    if more > 0:
        yield f"And earlier confirmed readings of {more:,} more outcome{'s' if more > 1 else ''}."


def _kept(held: Held, rows: Iterable[Row]) -> Iterator[str]:
    """Earlier readings that count again by these ticks (see `earlier_level`)."""
    for row in rows:
        metric = held.outcome(str(row["outcome"])).metric
        yield (
            f"{metric}: months up to the reading of {row['read_on']} keep the level and the share that "
            f"finance confirmed of it on {row['confirmed_on']}, before its ticks ended."
        )


def _held_money(held: Held, outcome: Outcome) -> str:
    amount = _held_amount(held, outcome)
    if amount is None:
        return _words("")
    return f"they held {_words(_money(amount, outcome.currency))}"


def _held_amount(held: Held, outcome: Outcome) -> int | None:
    month = told.measured_month(outcome)
    if held.standing(outcome.key).why_not or month is None or outcome.currency not in MINOR_DIGITS:
        return None
    return month.likely


def _words(money: str) -> str:
    if not money:
        return "no money was confirmed by them"
    return f"{money} a month, which counts nothing until finance ticks it anew"


def _moved_off(held: Held, epics: Iterable[Row]) -> Iterator[tuple[str, Tick]]:
    """The ticks that another month of delivery ends, though their rows stay."""
    for row in epics:
        before, delivered = held.epics.get(str(row["epic"])), row["delivered"]
        if before is None or before.delivered == delivered:
            continue
        day = delivered if isinstance(delivered, date) else None
        for one in held.outcomes_of.get(before.key, ()):
            stale = told.stale_ticks(Told(one, day), Told(one, before.delivered))
            yield from ((one.key, tick) for tick in held.ticks.get(one.key, {}) if tick in stale)


def _estimates(held: Held, plans: Iterable[Row]) -> Iterator[str]:
    """Run and launch cost of work that has started are estimates: told from what to what, once said."""
    every = list(_moved_estimates(held, plans))
    for epic, moved in every[:_TOLD]:
        yield f"Change of estimate after the start of {epic}: {', '.join(moved)}."
    more = len(every) - _TOLD
    if more > 0:
        yield f"And of the estimates of {more:,} more epic{'s' if more > 1 else ''}."


def _moved_estimates(held: Held, plans: Iterable[Row]) -> Iterator[tuple[str, list[str]]]:
    for row in plans:
        epic, before = held.epics.get(str(row["epic"])), held.epic_plans.get(str(row["epic"]))
        if epic is None or before is None or epic.started > held.today:
            continue
        moved = []
        if before.run_share is not None and before.run_share != row["run_share"]:
            shares = _percent(before.run_share), _percent(row["run_share"])
            moved.append(f"run cost a year {shares[0]} → {shares[1]} of build cost")
        old, new = (before.launch_minor, before.currency), (row["launch_minor"], row["currency"])
        if before.launch_minor is not None and old != new:
            moved.append(f"launch cost {_money(*old)} → {_money(*new)}")
        if moved:
            yield epic.name, moved


def _percent(share: object) -> str:
    return f"{share / 10_000:g} %" if isinstance(share, int) else "not said"


def _money(minor: object, currency: object) -> str:
    if not isinstance(minor, int):
        return "not said"
    code = str(currency)
    return f"{to_decimal(minor, code):,f} {code}" if code in MINOR_DIGITS else f"{minor:,}"
