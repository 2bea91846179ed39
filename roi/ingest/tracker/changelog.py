"""A log of status changes, a row for each → items with the days on which they really were active."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from roi.domain.importing import DateOrder
from roi.errors import UNSAVED, Issue, blocker, warning
from roi.ingest.tracker import words
from roi.ingest.tracker.days import written
from roi.ingest.tracker.headers import Columns
from roi.ingest.tracker.items import Raw, Way, raw
from roi.ingest.tracker.records import Record
from roi.ingest.tracker.shapes import Answers, OpenSpan, StatusCategory
from roi.ingest.tracker.vocabulary import fold_word


@dataclass(frozen=True, slots=True)
class _Event:
    """One change: when (day, second of the day), into which state, and its row."""

    day: date
    seconds: int
    state: str
    record: Record


@dataclass(frozen=True, slots=True)
class _States:
    """Which states count as work and which as done, as folded words."""

    active: frozenset[str]
    done: frozenset[str]


def is_changelog(columns: Columns) -> bool:
    """Whether the rows are changes of status: a state and a moment, and no day of a whole item."""
    has_days = any(columns.has(name) for name in ("created", "started", "resolved"))
    return columns.has("changed") and columns.has("status") and not has_days


def raws(records: Sequence[Record], way: Way, answers: Answers) -> tuple[list[Raw], list[Issue]]:
    """One item a key. Active states are stated or known by their words; else they are asked."""
    by_key: dict[str, list[_Event]] = {}
    for record in records:
        event = _event(record, way.order)
        if event is not None:
            by_key.setdefault(raw(record, way).item.key, []).append(event)
    words_used = list(dict.fromkeys(event.state for own in by_key.values() for event in own))
    states = _states(words_used, answers)
    issues = _questions(words_used, states)
    return [_item(own, way, states) for own in by_key.values()], issues


def _event(record: Record, order: DateOrder | None) -> _Event | None:
    """The change of a row, or None where its day cannot be read (which is told elsewhere)."""
    for text in record.all("changed"):
        meant = written(text)
        day = meant.day(order)
        if day is not None:
            return _Event(day, meant.seconds, record.first("status"), record)
    return None


def _states(words_used: Collection[str], answers: Answers) -> _States:
    active = {fold_word(state) for state in answers.active_states}
    done = {fold_word(state) for state in answers.done_states}
    return _States(
        frozenset(active or {fold_word(state) for state in words_used if words.is_active(state)}),
        frozenset(
            done
            or {
                fold_word(state)
                for state in words_used
                if words.status_category(state) is StatusCategory.DONE
            }
        ),
    )


def _questions(words_used: Sequence[str], states: _States) -> list[Issue]:
    known = {fold_word(state) for state in words_used}
    issues = []
    if words_used and not states.active & known:
        issues.append(_question("active_states", "work", words_used))
    if words_used and not states.done & known:
        issues.append(_question("done_states", "done", words_used))
    return issues


def _question(code: str, what: str, words_used: Sequence[str]) -> Issue:
    return blocker(
        code,
        f"None of the {len(words_used)} states of this log is known to mean {what}. {UNSAVED}",
        column="status",
        sent=", ".join(words_used[:10]),
        expected=f"which of these states mean {what}",
        fix="Choose them once; they are the same in the next log.",
        choices=tuple(words_used),
    )


def _item(own: Sequence[_Event], way: Way, states: _States) -> Raw:
    """The item that these changes tell of: as its latest row has it, with the days between its changes."""
    events = sorted(own, key=lambda event: (event.day, event.seconds, event.record.line))
    latest = raw(events[-1].record, way)
    first_active = next((event.day for event in events if fold_word(event.state) in states.active), None)
    is_done = fold_word(events[-1].state) in states.done
    item = replace(
        latest.item,
        line=min(event.record.line for event in events),
        created=events[0].day,
        started=first_active,
        resolved=events[-1].day if is_done else None,
        status_category=_category(events[-1].state, first_active, states),
        spans=_spans(events, states),
    )
    return Raw(item, latest.links)


def _category(state: str, first_active: date | None, states: _States) -> StatusCategory:
    if fold_word(state) in states.done:
        return StatusCategory.DONE
    return StatusCategory.TO_DO if first_active is None else StatusCategory.IN_PROGRESS


def _spans(events: Sequence[_Event], states: _States) -> tuple[OpenSpan, ...]:
    """From each day on which it became active to the day on which it left that state."""
    spans: list[OpenSpan] = []
    for event, following in zip(events, (*events[1:], None), strict=True):
        if fold_word(event.state) in states.active:
            spans.append((event.day, following.day if following else None))
    return tuple(dict.fromkeys(spans))


def without_state(records: Sequence[Record]) -> list[Issue]:
    """Changes that do not say into which state; they are left out."""
    lines = [record.line for record in records if not record.first("status")]
    if not lines:
        return []
    return [
        warning(
            "no_state",
            f"Row {lines[0]}{f' and {len(lines) - 1:,} more' if len(lines) > 1 else ''} say when something "
            "changed "
            "but not into which state.",
            line=lines[0],
            column="status",
            count=len(lines),
            lines=tuple(lines[:5]),
            fix="Add the state, if it matters.",
        )
    ]
