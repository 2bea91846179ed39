"""A row of an export → an item: what it is, how far it is, on which days it was active."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from roi.domain.importing import DateOrder
from roi.domain.structure import EpicKind
from roi.ingest.tracker import words
from roi.ingest.tracker.records import Record
from roi.ingest.tracker.shapes import ItemKind, OpenSpan, StatusCategory, TeamSource, TrackerItem

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:-\d+)?", re.IGNORECASE)
_PARTS = re.compile(r"[,;\n]")
_KEYS = re.compile(r"[,;\s]+")


@dataclass(frozen=True, slots=True)
class Links:
    """What a row says about other rows, in the words of the file."""

    id: str = ""
    epic: str = ""
    epic_name: str = ""
    parent_id: str = ""
    parent_key: str = ""
    parent_summary: str = ""
    blocks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Raw:
    """An item whose links are still words."""

    item: TrackerItem
    links: Links


@dataclass(slots=True)
class Oddities:
    """What has to be said about the rows, by line."""

    unknown_types: dict[str, list[int]] = field(default_factory=dict)
    no_key: list[int] = field(default_factory=list)
    before_start: list[int] = field(default_factory=list)
    done_without_day: list[int] = field(default_factory=list)
    planned_starts: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Way:
    """How the rows of this file are read."""

    order: DateOrder | None
    team_source: TeamSource
    has_key: bool
    oddities: Oddities


def raw(record: Record, way: Way) -> Raw:
    """The item of a row."""
    type_word = record.first("type")
    item = TrackerItem(
        key=_key(record, way),
        kind=_kind(type_word, record.line, way.oddities),
        type_word=type_word,
        summary=record.first("summary"),
        status=record.first("status"),
        project=record.first("project") or record.first("project_name"),
        team=_team(record, way.team_source),
        labels=_parted(record.all("labels")),
        blocked_by=tuple(dict.fromkeys(_keys(record.all("blocked_by")))),
        flow_kind=_flow_kind(record),
        is_obligation=_obligation(record),
        line=record.line,
    )
    return Raw(_dated(item, record, way), _links(record))


def _key(record: Record, way: Way) -> str:
    """The key; a file that has neither key nor id gets its rows numbered."""
    found = record.first("key") or record.first("id")
    if not found and way.has_key:
        way.oddities.no_key.append(record.line)
    return found or f"row-{record.number}"


def _kind(type_word: str, line: int, oddities: Oddities) -> ItemKind:
    found = words.item_kind(type_word)
    if found is None and type_word:
        oddities.unknown_types.setdefault(type_word, []).append(line)
    return found or ItemKind.TASK


def _team(record: Record, source: TeamSource) -> str:
    """The team's word; newer trackers put the team's id beside its name, and the name is wanted."""
    if source is TeamSource.PROJECT:
        return record.first("project") or record.first("project_name")
    found = record.all(source.value) if source else ()
    named = [text for text in found if not _UUID.fullmatch(text)]
    return next(iter(named or found), "")


def _parted(texts: Sequence[str]) -> tuple[str, ...]:
    parts = (part.strip() for text in texts for part in _PARTS.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))


def _keys(texts: Sequence[str]) -> list[str]:
    return [part for text in texts for part in _KEYS.split(text) if part]


def _flow_kind(record: Record) -> EpicKind | None:
    said = words.flow_kind(record.first("flow_kind"))
    labels = (label for label in _parted(record.all("labels")) if not words.is_obligation_label(label))
    labelled = (words.flow_kind_label(label) for label in labels)
    return said or next((kind for kind in labelled if kind), None)


def _obligation(record: Record) -> bool | None:
    said = words.is_obligation(record.first("obligation"))
    if said is not None:
        return said
    return any(words.is_obligation_label(label) for label in _parted(record.all("labels"))) or None


def _links(record: Record) -> Links:
    return Links(
        id=record.first("id"),
        epic=record.first("epic_link"),
        epic_name=record.first("epic_name"),
        parent_id=record.first("parent_id"),
        parent_key=record.first("parent_key"),
        parent_summary=record.first("parent_summary"),
        blocks=tuple(_keys(record.all("blocks"))),
    )


def _dated(item: TrackerItem, record: Record, way: Way) -> TrackerItem:
    """The item with its days; without them a tracker still tells when its status category changed."""
    category = _category(record)
    changed = record.day("status_changed", way.order)
    cancelled = record.day("cancelled", way.order)
    resolved = record.day("resolved", way.order) or cancelled
    if resolved is None and category is StatusCategory.DONE:
        resolved = changed
    if resolved is not None and category is StatusCategory.UNKNOWN:
        category = StatusCategory.DONE
    started = _started(record, way, category)
    if started is None and resolved is None and category is StatusCategory.IN_PROGRESS:
        started = changed
    _note(item.line, started, resolved, category, way.oddities)
    return replace(
        item,
        status_category=category,
        created=record.day("created", way.order),
        started=started,
        resolved=resolved,
        is_cancelled=cancelled is not None or words.is_cancelled(item.status, record.first("resolution")),
        spans=active_days(started, resolved, category),
    )


def _category(record: Record) -> StatusCategory:
    said = words.status_category(record.first("status_category"))
    return said or words.status_category(record.first("status"))


def _started(record: Record, way: Way, category: StatusCategory) -> date | None:
    """The day work started; a planned one does not count while the item still waits to be started."""
    found = record.day("started", way.order)
    if found is None or not record.is_planned:
        return found
    way.oddities.planned_starts.append(record.line)
    return None if category is StatusCategory.TO_DO else found


def _note(
    line: int, started: date | None, resolved: date | None, category: StatusCategory, oddities: Oddities
) -> None:
    if started and resolved and resolved < started:
        oddities.before_start.append(line)
    if resolved is None and category is StatusCategory.DONE:
        oddities.done_without_day.append(line)


def active_days(
    started: date | None, resolved: date | None, category: StatusCategory
) -> tuple[OpenSpan, ...]:
    """The days on which an item was active, as far as start and end tell."""
    if started is None:
        return ()
    if resolved is not None:
        return ((min(started, resolved), resolved),)
    is_open = category in {StatusCategory.IN_PROGRESS, StatusCategory.UNKNOWN}
    return ((started, None),) if is_open else ()
