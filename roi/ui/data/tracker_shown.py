"""What an export of an issue tracker is: epics, effort by team and month, and what was left at the door."""

from collections.abc import Mapping, Sequence

from roi.commands.tracker import TrackerPreview
from roi.domain.periods import Span
from roi.domain.value import Effort
from roi.ingest.tracker.shapes import DropReason
from roi.story import words
from roi.ui import parts
from roi.ui.parts import Cell, Column, Row

_MOST = 12
_WHY = {
    DropReason.PEOPLE: "Columns of people, dropped",
    DropReason.FREE_TEXT: "Free text, dropped: it may name people",
    DropReason.NOT_NEEDED: "Not needed, dropped",
}
_UNITS = {"item-days": "item-day", "item-count": "item"}


def headline(preview: TrackerPreview) -> None:
    """One line: the epics that are new, changed and unchanged, or what has to be answered first."""
    blockers = sum(issue.is_blocker for issue in preview.issues)
    if blockers:
        verb = "needs" if blockers == 1 else "need"
        told = f"{words.counted(blockers, 'problem')} {verb} an answer before anything is saved"
    else:
        new = words.counted(preview.new, "new epic")
        told = f"{new}, {preview.changed:,} changed, {preview.unchanged:,} unchanged"
    parts.section(words.sentence(told), f"{words.counted(preview.items, 'item')} of work in {preview.name}.")


def what_comes(preview: TrackerPreview) -> str:
    """What the button would bring: `2 epics and their effort`."""
    epics = preview.new + preview.changed
    if not epics:
        return "the effort"
    told = words.counted(epics, "epic")
    return f"{told} and {'its' if epics == 1 else 'their'} effort" if preview.efforts else told


def draw(preview: TrackerPreview, names: Mapping[str, str]) -> None:
    """Effort by team, the first epics, and the columns that were dropped."""
    if preview.efforts:
        _effort(preview, names)
    if preview.epics:
        _epics(preview, names)
    _door(preview)


def _effort(preview: TrackerPreview, names: Mapping[str, str]) -> None:
    months = sorted({one.month for one in preview.efforts})
    teams = sorted({one.team for one in preview.efforts}, key=lambda key: names.get(key, key).casefold())
    gone = words.counted(preview.efforts_gone, "stored amount")
    replaced = f" {gone} of these months will be replaced." if preview.efforts_gone else ""
    title = f"Effort of {words.counted(len(teams), 'team')}, {Span(months[0], months[-1]).label}"
    parts.section(title, f"Whole months of each team.{replaced}")
    columns = [
        Column("Team", "text"),
        Column("Months", phone=False),
        Column("Effort"),
        Column("On epics"),
    ]
    rows = [
        _team(names.get(team, team), [one for one in preview.efforts if one.team == team]) for team in teams
    ]
    parts.graphic_table("tracker_effort", "Effort by team", columns, rows)


def _team(name: str, efforts: Sequence[Effort]) -> Row:
    whole = sum(one.milli_days for one in efforts)
    on_epics = sum(one.milli_days for one in efforts if one.epic)
    months = len({one.month for one in efforts})
    cells = (
        Cell(name, phone_note=words.counted(months, "month")),
        Cell(f"{months:,}"),
        Cell(words.counted(round(whole / 1000), _UNITS[efforts[0].basis])),
        Cell(words.share(on_epics * 1_000_000 // whole) if whole else words.DASH),
    )
    return Row(cells, kind="flat")


def _epics(preview: TrackerPreview, names: Mapping[str, str]) -> None:
    parts.section("Its epics")
    columns = [
        Column("Epic", "text"),
        Column("Team", "text", phone=False),
        Column("Started", "text", phone=False),
        Column("Delivered", "text"),
    ]
    rows = []
    for epic in preview.epics[:_MOST]:
        team = names.get(epic.team, epic.team)
        delivered = words.day(epic.delivered) if epic.delivered else words.DASH
        cells = (Cell(epic.name, phone_note=team), Cell(team), Cell(words.day(epic.started)), Cell(delivered))
        rows.append(Row(cells, kind="flat"))
    parts.graphic_table("tracker_epics", "Epics of the file", columns, rows)
    if len(preview.epics) > _MOST:
        parts.foot(f"{len(preview.epics) - _MOST:,} more epics.", key="tracker_epics_more")


def _door(preview: TrackerPreview) -> None:
    """The headers that were dropped, by why; those of people first."""
    found = {why: [one.header for one in preview.dropped if one.reason is why] for why in _WHY}
    pairs = [(_WHY[why], _some(headers)) for why, headers in found.items() if headers]
    if pairs:
        parts.section("Left at the door", "Their values are kept nowhere.")
        parts.facts(pairs, key="tracker_dropped")


def _some(headers: Sequence[str]) -> str:
    names = list(dict.fromkeys(headers))
    more = f" and {len(names) - _MOST:,} more" if len(names) > _MOST else ""
    return ", ".join(names[:_MOST]) + more
