"""Rows that share a key are one item: several estimates of a task, or several stretches of its work."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from roi.errors import UNSAVED, Issue, blocker, warning
from roi.ingest.tracker.items import Raw


def merged(raws: Sequence[Raw]) -> tuple[list[Raw], list[Issue]]:
    """One item a key, with the days of all its rows; rows that differ in more than days are a blocker."""
    by_key: dict[str, list[Raw]] = {}
    for raw in raws:
        by_key.setdefault(raw.item.key, []).append(raw)
    items = [own[0] if len(own) == 1 else _one(own) for own in by_key.values()]
    repeated = [own for own in by_key.values() if len(own) > 1]
    differing = [own for own in repeated if len({_said(raw) for raw in own}) > 1]
    return items, [*_repeated(repeated), *_differing(differing)]


def _said(raw: Raw) -> tuple[object, ...]:
    item, links = raw.item, raw.links
    return (
        item.kind,
        item.summary,
        item.status,
        item.project,
        item.team,
        links.epic,
        links.parent_id,
        links.parent_key,
    )


def _one(own: Sequence[Raw]) -> Raw:
    items = [raw.item for raw in own]
    begun = [item for item in items if item.started or item.resolved] or items
    is_open = any(item.resolved is None for item in begun)
    item = replace(
        items[0],
        created=_first(item.created for item in items),
        started=_first(item.started for item in items),
        resolved=None if is_open else max(item.resolved for item in begun if item.resolved),
        labels=tuple(dict.fromkeys(label for item in items for label in item.labels)),
        blocked_by=tuple(dict.fromkeys(key for item in items for key in item.blocked_by)),
        spans=tuple(dict.fromkeys(span for item in items for span in item.spans)),
    )
    return Raw(item, own[0].links)


def _first(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _repeated(repeated: Sequence[Sequence[Raw]]) -> list[Issue]:
    if not repeated:
        return []
    lines = [raw.item.line for raw in repeated[0]]
    more = sum(len(own) - 1 for own in repeated)
    key = repeated[0][0].item.key
    return [
        warning(
            "repeated_key",
            f"{len(repeated):,} keys stand on several rows, such as {key} on rows {_listed(lines)}: each is "
            "one item "
            f"with the days of all its rows ({more:,} rows more than items).",
            line=lines[1],
            column="key",
            sent=key,
            fix="Nothing, if the rows are stretches of the same work.",
            count=len(repeated),
            lines=tuple(lines[:5]),
        )
    ]


def _differing(differing: Sequence[Sequence[Raw]]) -> list[Issue]:
    if not differing:
        return []
    lines = [raw.item.line for raw in differing[0]]
    key = differing[0][0].item.key
    more = f", and {len(differing) - 1:,} more keys" if len(differing) > 1 else ""
    return [
        blocker(
            "repeated_key_differs",
            f"Rows {_listed(lines)} are all {key} but say different things about it{more}. {UNSAVED}",
            line=lines[1],
            column="key",
            sent=key,
            expected="rows of one key that differ in nothing but their days",
            fix="Keep the newest row of each key, as when two exports were put together.",
            count=len(differing),
            lines=tuple(lines[:5]),
        )
    ]


def _listed(lines: Sequence[int]) -> str:
    return ", ".join(str(line) for line in lines[:5]) + (", …" if len(lines) > 5 else "")
