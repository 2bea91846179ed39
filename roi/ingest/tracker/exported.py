"""An export of an issue tracker → its items and epics with nobody's name, or all that is wrong with it.

Jira's own CSV export and plain issue logs of other trackers, and logs of status changes. Nothing is stored
here.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256

from roi.domain.effort import WorkItem
from roi.errors import Issue
from roi.ingest import dialect
from roi.ingest.decoding import Decoded, decode
from roi.ingest.tracker import changelog, days, headers, saying
from roi.ingest.tracker.epics import epic_lines, linked
from roi.ingest.tracker.headers import Columns
from roi.ingest.tracker.items import Oddities, Raw, Way, raw
from roi.ingest.tracker.merging import merged
from roi.ingest.tracker.records import (
    CHECKED_DAYS,
    UPDATED,
    Record,
    SentRow,
    day_cells,
    taken_in,
    unread_days,
)
from roi.ingest.tracker.redaction import gather
from roi.ingest.tracker.shapes import ABOVE_ITEMS, Answers, Reading, RedactedTable, TeamSource, TrackerItem

_NOTHING_SAID = Answers()


def read(content: bytes, name: str, answers: Answers = _NOTHING_SAID) -> Reading:
    """The items of an export and all that is wrong with it; never raises on a user's data.

    People's columns, descriptions, comments and all columns that nobody needs are left out before anything
    else is done: `Reading.redacted` is what may be stored, `Reading.sha256` is of the file as it was sent.
    """
    digest = sha256(content).hexdigest()
    decoded = decode(content, name)
    if isinstance(decoded, Issue):
        return Reading(name, digest, issues=(decoded,))
    layout = dialect.find(decoded.text, headers.KNOWN_HEADERS)
    if layout is None:
        return Reading(name, digest, issues=(*decoded.notes, saying.no_header(name)))
    columns = headers.match(layout.header, answers.columns)
    refused = [*columns.issues, *saying.unfit(name, columns)]
    if refused:
        return Reading(name, digest, dropped=columns.dropped, issues=(*decoded.notes, *refused))
    rows, issues = _rows(decoded, layout, name)
    return _read(Reading(name, digest, issues=(*decoded.notes, *issues)), rows, columns, answers)


def _rows(decoded: Decoded, layout: dialect.Layout, name: str) -> tuple[list[SentRow], list[Issue]]:
    """The rows below the header that are not blank.

    A row with a cell too many is an issue and stays out: its cells have shifted, any may be a person's.
    """
    rows: list[SentRow] = []
    long: list[int] = []
    width = len(layout.header)
    try:
        for line, cells in dialect.numbered(decoded.text.decode(), layout.delimiter, strict=True):
            if line < layout.body_line or not any(cell.strip() for cell in cells):
                continue
            if any(cell.strip() for cell in cells[width:]):
                long.append(line)
            else:
                rows.append((line, cells))
    except dialect.BrokenRecordError as error:
        return [], [saying.broken(error.line)]
    if long:
        return rows, [saying.too_long(long, width)]
    return rows, [] if rows else [saying.no_rows(name)]


def _read(begun: Reading, rows: Sequence[SentRow], columns: Columns, answers: Answers) -> Reading:
    people = gather((cells for _, cells in rows), columns)
    records, kept = taken_in(rows, columns, people)
    order, date_issues = days.order(day_cells(records, *CHECKED_DAYS, UPDATED), answers.dates)
    is_asked = any(issue.is_blocker for issue in date_issues)
    source, team_issues = _team_source(columns, answers.team_source)
    way = Way(order, source, columns.has("key") or columns.has("id"), Oddities())
    raws, row_issues = _raws(records, columns, way, answers)
    items, link_issues = linked(raws)
    last_day = _last_day(records, way)
    return Reading(
        name=people.without(begun.name),
        sha256=begun.sha256,
        items=items,
        epics=epic_lines(items, {found.item.key: found.links.epic_name for found in raws}),
        redacted=RedactedTable(
            tuple(people.without(columns.header(cell)) for cell in columns.kept), tuple(kept)
        ),
        dropped=columns.dropped,
        issues=(
            *begun.issues,
            *date_issues,
            *([] if is_asked else unread_days(records, order)),
            *team_issues,
            *row_issues,
            *link_issues,
            *saying.odd(way.oddities, has_key=way.has_key),
            *saying.long_open(items, last_day),
            *saying.taken_out(people.taken),
        ),
        team_source=source,
        last_day=last_day,
        records=len(rows),
    )


def _raws(
    records: Sequence[Record], columns: Columns, way: Way, answers: Answers
) -> tuple[list[Raw], list[Issue]]:
    if changelog.is_changelog(columns):
        raws, questions = changelog.raws(records, way, answers)
        return raws, [*questions, *changelog.without_state(records)]
    return merged([raw(record, way) for record in records])


def _team_source(columns: Columns, stated: TeamSource | None) -> tuple[TeamSource, list[Issue]]:
    """The column that says the team: stated, or a team's own, else the project's, which is said."""
    has = {
        TeamSource.TEAM: columns.has("team"),
        TeamSource.PROJECT: columns.has("project") or columns.has("project_name"),
        TeamSource.COMPONENT: columns.has("component"),
        TeamSource.NONE: True,
    }
    if stated is not None:
        return stated, [] if has[stated] else [saying.no_such_team_column(stated, has)]
    found = next(source for source, is_there in has.items() if is_there)
    return found, [] if found is TeamSource.TEAM else [saying.team_from(found, has)]


def _last_day(records: Sequence[Record], way: Way) -> date | None:
    """The latest day on which something is known to have happened; a planned start is none."""
    known = [name for name in CHECKED_DAYS if name != "started"]
    cells = (*day_cells(records, *known, UPDATED), *_real_starts(records))
    found = (days.written(text).day(way.order) for _, _, text in cells)
    return max((day for day in found if day is not None), default=None)


def _real_starts(records: Sequence[Record]) -> list[days.Cell]:
    return list(day_cells([record for record in records if not record.is_planned], "started"))


def work_items(
    items: Sequence[TrackerItem], until: date, teams: Mapping[str, str] | None = None
) -> tuple[WorkItem, ...]:
    """The items as work to be counted: open ones are active up to and with the day `until`.

    Epics and initiatives are not work of their own, and a part of an item in the file (a sub-task) is not
    either: cutting an item in pieces must not make it weigh more. `teams` gives the team for each word of the
    file; without it the word itself is the team.
    """
    return tuple(
        WorkItem(
            team=item.team if teams is None else teams.get(item.team, ""),
            epic=item.epic_key,
            spans=tuple((first, last or until) for first, last in item.spans if first <= (last or until)),
            finished=item.resolved,
        )
        for item in items
        if item.kind not in ABOVE_ITEMS and not item.is_parted
    )
