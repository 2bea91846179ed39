"""What a change changed, in words: `Pay by instalments: planned share 30% → 10%` (R11)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from roi.domain.money import MINOR_DIGITS
from roi.domain.periods import short_month
from roi.reports.shapes.data import ChangeRow, Difference
from roi.story import words

_NONE = "none"
_SHARES = frozenset(
    {"planned_share", "effort", "run_share", "share", "share_low", "share_likely", "share_high"}
)
_ESTIMATES = frozenset({"run_share", "launch_minor"})
"""What a note of the change says already, with the word that it is an estimate."""
_COLUMNS = {
    "planned_share": "planned share",
    "effort": "part of the value",
    "run_share": "run cost a year, of build cost",
    "launch_minor": "launch cost",
    "approved_minor": "approved cost",
    "penalty_minor": "penalty",
    "baseline_minor": "baseline",
    "actual_minor": "actual",
    "unit_value": "value of one unit",
    "value_basis": "value basis",
    "value_class": "kind of benefit",
    "by_when": "promised by",
    "read_on": "read on",
    "target_low": "target, low",
    "target_likely": "target, likely",
    "target_high": "target, high",
    "share_low": "share due to this work, low",
    "share_likely": "share due to this work",
    "share_high": "share due to this work, high",
    "capacity_milliweeks": "freed capacity, thousandths of team-weeks a quarter",
    "is_obligation": "an obligation",
    "line": "finance line",
    "cell": "segment",
}
_OF_LIFE = {"started": "first month", "retired": "last month"}
_TICKS = {"movement": "the movement", "unit_value": "the unit value", "share": "the share"}


def told(change: ChangeRow) -> str:
    """What it changed and what its receipt said beside it, as sentences; empty where nothing is told."""
    moved = change.moved
    notes = [one for one in change.notes if not moved or not one.startswith("Restated:")]
    if any(one.startswith("Change of estimate") for one in notes):
        moved = tuple(one for one in moved if one.column not in _ESTIMATES)
    return " ".join((*_sentences(moved), *notes))


def _sentences(moved: Iterable[Difference]) -> list[str]:
    by_subject: dict[str, list[str]] = {}
    more = 0
    for one in moved:
        more += one.more
        if not one.more:
            by_subject.setdefault(_subject(one), []).append(difference(one))
    found = [f"{subject}: {', '.join(its)}." for subject, its in by_subject.items()]
    return [*found, f"And {more:,} more."] if more else found


def _subject(one: Difference) -> str:
    if one.table == "confirmation":
        return one.subject.rpartition(", ")[0]
    return one.subject


def difference(one: Difference) -> str:
    """One difference: `planned share 30% → 10%`, `ticked the movement`, `team comes in with 20%`."""
    if one.table == "confirmation" and not one.column:
        tick = one.subject.rpartition(", ")[2]
        return f"{'tick' if one.after else 'tick ended'}: {_TICKS.get(tick, tick)}"
    if not one.column:
        share = one.after if one.after is not None else one.before
        said = words.share(share) if isinstance(share, int) else _NONE
        return f"{'comes in' if one.after is not None else 'goes'}, planned share {said}"
    named = _OF_LIFE if one.table == "product_life" else _COLUMNS
    name = named.get(one.column, one.column.replace("_", " "))
    return f"{name} {_value(one, one.before)} → {_value(one, one.after)}"


def _value(one: Difference, value: object) -> str:
    if value is None or value == "":
        return _NONE
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return words.day(value)
    if isinstance(value, int):
        return _whole(one, value)
    if isinstance(value, Decimal):
        return words.level(value)
    if isinstance(value, (list, tuple)):
        return words.listed([str(part) for part in value]) if value else _NONE
    return str(value).replace("_", " ")


def _whole(one: Difference, value: int) -> str:
    """A whole number as what its column holds: a month, a share, money, or a count."""
    if one.column in _OF_LIFE:
        return short_month(value)
    if one.column in _SHARES:
        return f"{Decimal(value) / 10_000:g}%"
    if one.column.endswith("_minor"):
        return words.exact(value, one.currency) if one.currency in MINOR_DIGITS else f"{value:,}"
    return words.level(Decimal(value))
