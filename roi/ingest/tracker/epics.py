"""Which epic each item belongs to, by either shape that trackers have, and the epics as lines of our list."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from roi.domain.names import fold
from roi.errors import Issue, warning
from roi.ingest.tracker.items import Raw
from roi.ingest.tracker.shapes import ABOVE_ITEMS, EpicLine, ItemKind, TrackerItem

_ISSUE_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]*-\d+")


@dataclass(slots=True)
class _Known:
    """The items by key, id and (epics only) name, and the links that lead out of the file, by line."""

    by_key: dict[str, Raw]
    by_id: dict[str, Raw]
    by_name: dict[str, str]
    epics_outside: dict[str, list[int]] = field(default_factory=dict)
    parents_outside: dict[str, list[int]] = field(default_factory=dict)


def linked(raws: Sequence[Raw]) -> tuple[tuple[TrackerItem, ...], list[Issue]]:
    """The items with their epics, parents and blockers as keys, and what leads out of the file."""
    known = _known(raws)
    blockers = _blockers(raws)
    items = tuple(_linked(raw, known, blockers) for raw in raws)
    return items, [*_outside(known, items), *_only_epics(items)]


def _known(raws: Sequence[Raw]) -> _Known:
    names = Counter(name for raw in raws if raw.item.kind is ItemKind.EPIC for name in _names(raw))
    return _Known(
        by_key={fold(raw.item.key): raw for raw in raws},
        by_id={raw.links.id: raw for raw in raws if raw.links.id},
        by_name={
            name: raw.item.key
            for raw in raws
            if raw.item.kind is ItemKind.EPIC
            for name in _names(raw)
            if names[name] == 1
        },
    )


def _names(raw: Raw) -> set[str]:
    return {fold(name) for name in (raw.item.summary, raw.links.epic_name) if name}


def _blockers(raws: Sequence[Raw]) -> dict[str, list[str]]:
    """Who is said to block each key by the other side of the link."""
    blockers: dict[str, list[str]] = {}
    for raw in raws:
        for key in raw.links.blocks:
            blockers.setdefault(key, []).append(raw.item.key)
    return blockers


def _linked(raw: Raw, known: _Known, blockers: Mapping[str, Sequence[str]]) -> TrackerItem:
    item = raw.item
    parent = _parent(raw, known)
    return replace(
        item,
        epic_key="" if item.kind in ABOVE_ITEMS else _epic(raw, known),
        parent_key=parent.item.key if parent else raw.links.parent_key,
        blocked_by=tuple(dict.fromkeys((*item.blocked_by, *blockers.get(item.key, ())))),
        is_parted=parent is not None and parent.item.kind not in ABOVE_ITEMS,
    )


def _parent(raw: Raw, known: _Known) -> Raw | None:
    """The row that this one is a part of, by its key or by its number."""
    for word in (raw.links.parent_key, raw.links.parent_id):
        found = (known.by_key.get(fold(word)) or known.by_id.get(word)) if word else None
        if found is not None and found is not raw:
            return found
    return None


def _epic(raw: Raw, known: _Known) -> str:
    """The epic of an item: its own link, else that of the items above it; empty when there is none."""
    seen: set[str] = set()
    at: Raw | None = raw
    while at is not None and at.item.key not in seen:
        seen.add(at.item.key)
        if at.item.kind is ItemKind.EPIC:
            return at.item.key
        if at.links.epic:
            return _named_epic(at.links.epic, raw.item.line, known)
        above = _parent(at, known)
        if above is None:
            return _epic_outside(at, raw.item.line, known)
        at = above if above.item.kind is not ItemKind.INITIATIVE else None
    return ""


def _named_epic(word: str, line: int, known: _Known) -> str:
    found = known.by_key.get(fold(word)) or known.by_id.get(word)
    if found is not None:
        return found.item.key
    named = known.by_name.get(fold(word))
    if named is None:
        known.epics_outside.setdefault(word, []).append(line)
    return named or word


def _epic_outside(at: Raw, line: int, known: _Known) -> str:
    """The epic of an item whose parent is no row of the file: its key, unless the item is a sub-task."""
    links = at.links
    named = known.by_name.get(fold(links.parent_summary or links.epic_name))
    word = links.parent_key or links.parent_id
    if named is not None or not word:
        return named or ""
    if at.item.kind is not ItemKind.SUB_TASK and _ISSUE_KEY.fullmatch(word):
        known.epics_outside.setdefault(word, []).append(line)
        return word
    known.parents_outside.setdefault(word, []).append(line)
    return ""


def _outside(known: _Known, items: Sequence[TrackerItem]) -> list[Issue]:
    """The links that lead out of the file; in a log without rows for epics a name is all there is of them."""
    has_epics = any(item.kind is ItemKind.EPIC for item in items)
    if not has_epics:
        keyed = {word: lines for word, lines in known.epics_outside.items() if _ISSUE_KEY.fullmatch(word)}
        known.epics_outside = keyed
    issues = []
    if known.epics_outside:
        issues.append(
            _missing("epic_not_in_file", "epic", known.epics_outside, "their work stays under these words")
        )
    if known.parents_outside:
        issues.append(
            _missing(
                "parent_not_in_file",
                "parent",
                known.parents_outside,
                "their work counts as work without an epic",
            )
        )
    return issues


def _missing(code: str, what: str, found: Mapping[str, Sequence[int]], meaning: str) -> Issue:
    word, lines = next(iter(found.items()))
    count = sum(len(own) for own in found.values())
    return warning(
        code,
        f"{count:,} items name {len(found):,} {what}s that are not rows of this file, such as {word} on row "
        f"{lines[0]}; {meaning}.",
        line=lines[0],
        column=what,
        sent=word,
        expected=f"the {what} as a row of the same file",
        fix="Export the epics and the items above sub-tasks together with their items.",
        count=count,
        lines=tuple(lines[:5]),
    )


def _only_epics(items: Sequence[TrackerItem]) -> list[Issue]:
    if not items or any(item.kind not in ABOVE_ITEMS for item in items):
        return []
    return [
        warning(
            "only_epics",
            "The file holds epics and no items below them, so it says nothing about where the work went.",
            expected="epics together with their stories, bugs and tasks",
            fix="Export the items below the epics too.",
        )
    ]


def epic_lines(items: Sequence[TrackerItem], names: Mapping[str, str]) -> tuple[EpicLine, ...]:
    """The epics of the file: its rows of that kind, and the words that items name as their epic.

    `names` are the epic names of rows that have no summary. An epic without a start of its own has that of
    its first item; one that is no row is delivered when all its items are.
    """
    by_epic: dict[str, list[TrackerItem]] = {}
    for item in items:
        if item.epic_key and item.kind not in ABOVE_ITEMS:
            by_epic.setdefault(item.epic_key, []).append(item)
    initiatives = {item.key for item in items if item.kind is ItemKind.INITIATIVE}
    own = {item.key: item for item in items if item.kind is ItemKind.EPIC}
    rows = [_line(item, by_epic.get(key, ()), names, initiatives) for key, item in own.items()]
    return (*rows, *(_unrowed(key, found) for key, found in by_epic.items() if key not in own))


def _line(
    item: TrackerItem, below: Sequence[TrackerItem], names: Mapping[str, str], initiatives: set[str]
) -> EpicLine:
    teams = _teams(below)
    return EpicLine(
        epic=item.key,
        name=item.summary or names.get(item.key) or item.key,
        team=item.team or (teams[0] if len(teams) == 1 else ""),
        kind=item.flow_kind,
        started=item.started or _first_start(below),
        delivered=None if item.is_cancelled else item.resolved,
        is_obligation=item.is_obligation,
        initiative=item.parent_key if item.parent_key in initiatives else "",
        is_cancelled=item.is_cancelled,
        items=len(below),
        teams=teams or ((item.team,) if item.team else ()),
        line=item.line,
    )


def _unrowed(key: str, below: Sequence[TrackerItem]) -> EpicLine:
    teams = _teams(below)
    ends = [item.resolved for item in below if item.resolved is not None]
    return EpicLine(
        epic=key,
        name=key,
        team=teams[0] if len(teams) == 1 else "",
        started=_first_start(below),
        delivered=max(ends) if len(ends) == len(below) and not _ISSUE_KEY.fullmatch(key) else None,
        items=len(below),
        teams=teams,
        line=below[0].line,
    )


def _teams(items: Sequence[TrackerItem]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.team for item in items if item.team))


def _first_start(items: Sequence[TrackerItem]) -> date | None:
    return min((item.started for item in items if item.started is not None), default=None)
