"""What may be said about freed capacity: team-weeks, and before it lands what they are worth (rule V14)."""

from collections.abc import Callable

from roi.domain.capacity import days_of
from roi.reports.shapes.delay import Ends, FlowTime, FreedCapacity, SoonerRow
from roi.story import told, words
from roi.story.rules import Rule, Said, always, say

_MOST = 2
_TODAY = "at today's cost of delay"


def weeks(milliweeks: int) -> str:
    """`1 team-week a quarter`, `9.5 team-weeks a quarter`."""
    number = milliweeks / 1000
    return f"{number:,g} {'team-week' if number == 1 else 'team-weeks'} a quarter"


def _is_known(holds: Callable[[int, int], bool]) -> Callable[[FreedCapacity], bool]:
    """A condition on the low and the high end of what it is worth."""

    def is_so(found: FreedCapacity) -> bool:
        low, high = found.worth.low, found.worth.high
        return low is not None and high is not None and holds(low, high)

    return is_so


WORTH: tuple[Rule[FreedCapacity], ...] = (
    Rule(
        "freed-landed",
        lambda f: f.has_landed,
        lambda _: "What it is worth is no longer told beside it",
    ),
    Rule(
        "freed-unknown",
        lambda f: not f.worth.is_known,
        lambda _: "What it is worth before it lands is not known",
    ),
    Rule(
        "freed-worth",
        _is_known(lambda low, _: low > 0),
        lambda f: f"Before it lands, a quarter of it is worth about {words.figure(f.worth)} {_TODAY}",
    ),
    Rule(
        "freed-nothing",
        _is_known(lambda _, high: high <= 0),
        lambda _: f"Before it lands, it is not expected to be worth anything {_TODAY}",
    ),
    Rule(
        "freed-open",
        _is_known(lambda low, high: low <= 0 < high),
        lambda _: f"What it is worth before it lands, {_TODAY}, is too close to call",
    ),
    Rule("freed-neutral", always, lambda _: f"What it is worth before it lands, {_TODAY}"),
)


def worth(found: FreedCapacity) -> Said:
    """What a quarter of freed capacity is worth before it lands, or that it cannot be told."""
    return say(WORTH, found)


def because(found: FreedCapacity) -> str:
    """Its range, what would come sooner, and what is left out; or why nothing is told."""
    if not found.worth.is_known:
        return words.sentence(f"{found.worth.reason}.")
    likely = f"Likely {words.range_of(found.worth)}" if words.range_of(found.worth) else ""
    left_out = f"{words.sentence(found.worth.reason)}." if found.worth.reason else ""
    what = f"{likely}: {_what(found)}." if likely else f"{words.sentence(_what(found))}."
    return " ".join(part for part in (what, left_out, "Expected, in no total.") if part)


def _what(found: FreedCapacity) -> str:
    known = [row for row in found.rows if row.worth is not None]
    named = [_sooner(row) for row in known[:_MOST]]
    more = len(known) - len(named)
    return words.listed([*named, *([words.spelled(more, "more epic")] if more else [])])


def _sooner(row: SoonerRow) -> str:
    days = days_of(row.months)
    return f"{row.name} {words.counted(days, 'day') if days else 'less than a day'} sooner"


def flow(found: FlowTime | None) -> str:
    """The flow time beside the team-weeks: baseline, promise, what was read, and against what (V14, D31)."""
    if found is None:
        return "No flow time is measured beside it."
    head, before = f"Flow time, {found.metric}:", words.level(found.baseline)
    promised = f"{_between(found.promised)} promised"
    if found.actual is None:
        return f"{head} {before} {found.unit} at the baseline, {promised}; {words.NOT_READ}."
    change = found.baseline - found.actual
    moved = f"{words.level(abs(change))} {'shorter' if change > 0 else 'longer'}" if change else "no change"
    read = f", read {words.day(found.read_on)}," if found.read_on else ""
    now = f"{words.level(found.actual)} {found.unit}{read}"
    return f"{head} {now} against a baseline of {before}: {moved}; {promised}.{_without(found)}"


def _without(found: FlowTime) -> str:
    """Against what would have been without the work, where somebody estimated it."""
    if found.shorter is None:
        return ""
    return f" Without the work it would be {_between(found.shorter)} longer, as estimated."


def _between(ends: Ends) -> str:
    """`12 (6–20)`: the likely end, and the others where they differ, the lower one first."""
    low, high = sorted((ends[0], ends[2]))
    between = "" if low == high else f" ({words.level(low)}{words.DASH}{words.level(high)})"
    return f"{words.level(ends[1])}{between}"


def ahead(found: FreedCapacity) -> str:
    """One sentence beside the team-weeks that are freed already: how many come, for whom, worth how much."""
    from_ = f" from {words.day(found.frees_on)}" if found.frees_on else ""
    verb = "is" if found.milliweeks == 1000 else "are"
    head = f"{weeks(found.milliweeks)} of {found.team_name} {verb} expected{from_}"
    rule, likely = worth(found).rule_id, words.range_of(found.worth)
    if rule == "freed-worth":
        between = f" (likely {likely})" if likely else ""
        return f"{head}, worth about {told.figure(found.worth)} {_TODAY}{between}; in no total."
    if rule == "freed-unknown":
        return f"{head}; what they are worth is not known: {found.worth.reason}."
    said = "not expected to be worth anything" if rule == "freed-nothing" else "too close to call in money"
    return f"{head}, {said} {_TODAY}."
