"""What may be said about waiting and order: for whom, how long, at what cost; never who is to blame."""

from collections.abc import Callable, Sequence

from roi.domain.figures import Figure
from roi.reports.shapes.delay import LookedAt, Waiting, WaitRow
from roi.reports.shapes.value import Decision
from roi.story import told, words
from roi.story.epic_titles import short
from roi.story.rules import Rule, Said, always, say

_WEEKS_FROM, _MONTHS_FROM, _DAYS_A_MONTH = 14, 92, 30.4375
_THING = 24


def long(days: int) -> str:
    """How long something waits: `9 days`, `3 weeks`, `4 months`; whole ones that are over."""
    if days < _WEEKS_FROM:
        return words.counted(days, "day") if days > 0 else "less than a day"
    if days < _MONTHS_FROM:
        return words.counted(days // 7, "week")
    return words.counted(int(days / _DAYS_A_MONTH), "month")


def _waits(waiting: Waiting, most: int = _THING) -> str:
    """`waiting 3 weeks for Platform`; of several, the longest and how many more."""
    first, *more = waiting.open_rows
    others = f" and {words.spelled(len(more), 'more thing')}" if more else ""
    return f"waiting {long(first.days)} for {short(first.thing, most)}{others}"


def _cost(waiting: Waiting) -> Figure | None:
    return waiting.delay if waiting.delay is not None and waiting.delay.is_known else None


def _is_dear(waiting: Waiting) -> bool:
    """Whether a month costs something in 9 of 10 worlds."""
    cost = _cost(waiting)
    return cost is not None and (cost.low or 0) > 0


def _is_free(waiting: Waiting) -> bool:
    """Whether a month costs nothing in 9 of 10 worlds: run cost is as large as what it would bring."""
    cost = _cost(waiting)
    return cost is not None and cost.high is not None and cost.high <= 0


def _is_late(holds: Callable[[Waiting], bool]) -> Callable[[Waiting], bool]:
    """The same for an epic that has started: what is too long to be said is never said otherwise."""
    return lambda waiting: waiting.starts_on is None and holds(waiting)


def _a_month(waiting: Waiting) -> str:
    cost = _cost(waiting)
    return told.figure(cost) if cost is not None else ""


WAITING: tuple[Rule[Waiting], ...] = (
    Rule("waiting-nothing", lambda w: not w.open_rows, lambda _: "It waits for nothing that is recorded"),
    Rule(
        "waiting-early",
        lambda w: w.starts_on is not None,
        lambda w: f"Work {_waits(w)}; nothing is late before its planned start",
    ),
    Rule(
        "waiting-costs",
        _is_late(_is_dear),
        lambda w: f"Work {_waits(w)}; waiting a month costs about {_a_month(w)}",
    ),
    Rule(
        "waiting-free",
        _is_late(_is_free),
        lambda w: f"Work {_waits(w)}; a month of it is not expected to cost anything",
    ),
    Rule(
        "waiting-open",
        _is_late(lambda w: _cost(w) is not None and not _is_dear(w) and not _is_free(w)),
        lambda w: f"Work {_waits(w)}; what a month of it costs is too close to call",
    ),
    Rule(
        "waiting-unranked",
        _is_late(lambda w: w.delay is not None and not w.delay.is_known),
        lambda w: f"Work {_waits(w)}; what it costs cannot be ranked yet",
    ),
    Rule("waiting-neutral", always, lambda w: f"Work {_waits(w)}"),
)


def waiting(found: Waiting) -> Said:
    """What an epic waits for, how long, and what a month of it costs."""
    return say(WAITING, found)


def waiting_note(found: Waiting) -> str:
    """The range beside the number, or why there is none."""
    cost = found.delay
    if cost is None or not found.open_rows:
        return "Recorded when somebody says so; never inferred from silence."
    if found.starts_on is not None:
        return f"It is planned to start on {words.day(found.starts_on)}."
    if not cost.is_known:
        return words.sentence(f"{cost.reason}.")
    return "Expected, in no total; ending the wait may win less."


def _since(rows: Sequence[WaitRow]) -> str:
    return words.listed([f"{row.thing}, since {words.day(row.wait.since)}" for row in rows])


def wait_row(row: WaitRow) -> tuple[str, str]:
    """A recorded wait: for what, since when and how long, or from when to when; and its note."""
    wait = row.wait
    note = f". {words.sentence(wait.note)}" if wait.note else ""
    if row.is_open:
        return row.thing, f"since {words.day(wait.since)}, {long(row.days)}{note}"
    if wait.ended_on is None:
        return row.thing, f"recorded from {words.day(wait.since)} on{note}"
    ended = words.day(wait.ended_on)
    return row.thing, f"{words.day(wait.since)} to {ended}, {long(row.days)}; ended{note}"


def month_later(cost: Figure) -> str:
    """What follows the cost of a month of delay: its range, and that below zero to wait saves money."""
    between = words.range_of(cost)
    likely = f", likely {between}" if between else ""
    saves = "; below zero, so waiting saves money" if (cost.value or 0) < 0 else ""
    return f" a month{likely}{saves}"


def end_wait(one: Decision) -> str:
    """Why ending a wait is a decision: for whom it waits, how long, and what a month of it costs."""
    first, *more = one.waits
    for_whom = f"{long(first.days)} for {first.thing}, since {words.day(first.wait.since)}"
    also = f" It also waits for {_since(more)}." if more else ""
    cost = told.figure(one.per_month, epic=one.epic)
    return f"Work waiting {for_whom}; waiting a month costs about {cost}.{also}{owner(one)}"


def swap(one: Decision) -> str:
    """Why another order is suggested: both costs of delay, both lengths, the odds; the team decides."""
    its = one.swap
    if its is None:
        return ""
    second = told.figure(its.second_delay, epic=its.second)
    first = told.figure(its.first_delay, epic=its.first)
    long_first, long_second = (words.heads(part) for part in (its.first_months, its.second_months))
    odds = f"{words.in_twenty(one.chance)} in {words.TWENTY}" if one.chance is not None else ""
    return (
        f"A month's delay costs {second} for {its.second_name} ({long_second} months long) and {first} "
        f"for {its.first_name} ({long_first}). {odds} that {one.why}. "
        f"A suggestion: {one.team_name} decides.{owner(one)}"
    )


def owner(one: Decision) -> str:
    """Who answers for it, as the last sentence."""
    return f" Owner: {one.owner}." if one.owner else ""


def looked_at(running: int, beside: LookedAt) -> str:
    """What was looked at, in words: running epics, open waits, orders of planned work."""
    counted = [
        (running, "running epic with an agreed delivery", "running epics with an agreed delivery"),
        (beside.waits, "epic that waits", "epics that wait"),
        (beside.orders, "order of planned work", "orders of planned work"),
    ]
    return words.listed([words.spelled(number, one, many) for number, one, many in counted if number])


def unranked(beside: LookedAt) -> str:
    """What waits at a cost that nobody can reckon; it is never nought."""
    if not beside.unranked:
        return ""
    waits = "One wait" if beside.unranked == 1 else words.sentence(words.spelled(beside.unranked, "wait"))
    return f" {waits} cannot be ranked yet: {'its' if beside.unranked == 1 else 'their'} cost is not known."
