"""What is said about an export and its rows: each with its line, what was sent, and what to do."""

from collections.abc import Mapping, Sequence
from datetime import date

from roi.errors import UNSAVED, Issue, blocker, warning
from roi.ingest.tracker.headers import Columns
from roi.ingest.tracker.items import Oddities
from roi.ingest.tracker.shapes import ABOVE_ITEMS, TeamSource, TrackerItem

OLD_DAYS = 90
"""Work older than this is told apart, as the flow yardsticks do."""
_EXPECTED = "columns such as Issue key, Issue Type, Status, Created, Resolved, Epic Link or Parent"
_TELLS = ("created", "started", "resolved", "status", "changed", "epic_link", "parent_key", "parent_id")


def no_header(name: str) -> Issue:
    """No line looks like a header."""
    return blocker(
        "no_header",
        f"{name} has no header row: no line near its top looks like the names of columns. {UNSAVED}",
        expected=_EXPECTED,
        fix="Export all fields of the issues as CSV.",
    )


def unfit(name: str, columns: Columns) -> list[Issue]:
    """Whether too little of the header is known for it to be an export of issues."""
    known = [field for field in columns.cells if field in _TELLS]
    is_named = any(columns.has(field) for field in ("key", "id", "type", "summary")) or len(known) > 1
    if known and is_named:
        return []
    return [
        blocker(
            "not_a_tracker_export",
            f"{name} is no export of an issue tracker that we can read: too few of its columns are known. "
            f"{UNSAVED}",
            sent=", ".join(columns.headers[:8]),
            expected=_EXPECTED,
            fix="Export all fields as CSV, or say which columns are the key, the status and the dates.",
        )
    ]


def broken(line: int) -> Issue:
    """A quote that is never closed."""
    return blocker(
        "quotes",
        f"Row {line}: a quote is never closed, or text follows it. {UNSAVED}",
        line=line,
        expected='a quote inside a cell written twice ("")',
        fix="Export the file again, and do not open it in a text editor in between.",
    )


def no_rows(name: str) -> Issue:
    """A header and nothing below it."""
    return blocker(
        "no_rows",
        f"{name} has a header and no row below it. {UNSAVED}",
        fix="Choose a wider filter in the tracker.",
    )


def too_long(lines: Sequence[int], width: int) -> Issue:
    """Rows with more cells than the header."""
    return blocker(
        "too_many_cells",
        f"{_rows(lines)} more cells than the {width} of the header. {UNSAVED}",
        expected=f"{width} cells",
        fix="Put quotes round a cell that holds the delimiter, or export the file again.",
        **_many(lines),
    )


def no_such_team_column(stated: TeamSource, has: Mapping[TeamSource, bool]) -> Issue:
    """The column that should say the team is not there."""
    there = [source.value for source, is_there in has.items() if is_there and source]
    return blocker(
        "no_team_column",
        f"The file has no {stated.value} column that could say the team. {UNSAVED}",
        column="team",
        sent=stated.value,
        expected=" or ".join(there) or "a team, project or component column",
        fix="Choose another column, or export that one too.",
        choices=tuple(there),
    )


def team_from(source: TeamSource, has: Mapping[TeamSource, bool]) -> Issue:
    """No column of teams: another one, or none, stands for them."""
    if source is TeamSource.NONE:
        message = "The file says of no item which team it belongs to."
    else:
        message = f"The file has no team column, so the {source.value} of each item stands for its team."
    return warning(
        "team_source",
        message,
        column="team",
        expected="a column such as Custom field (Team)",
        fix="Export the team field too, or say for the file which team its items belong to.",
        choices=tuple(other.value for other, is_there in has.items() if is_there and other),
    )


def odd(oddities: Oddities, *, has_key: bool) -> list[Issue]:
    """What the rows themselves leave open."""
    types = sorted(line for own in oddities.unknown_types.values() for line in own)
    issues = [] if has_key else [_numbered()]
    if oddities.no_key:
        issues.append(_no_key(oddities.no_key))
    if types:
        issues.append(_unknown_types(list(oddities.unknown_types), types))
    if oddities.before_start:
        issues.append(_before_start(oddities.before_start))
    if oddities.done_without_day:
        issues.append(_done_without_day(oddities.done_without_day))
    if oddities.planned_starts:
        issues.append(_planned_start(oddities.planned_starts))
    return issues


def _numbered() -> Issue:
    return warning(
        "no_key_column",
        "The file has no column of keys, so its rows are numbered; another export cannot be matched with it.",
        column="key",
        expected="a column such as Issue key",
        fix="Export the key too.",
    )


def _no_key(lines: Sequence[int]) -> Issue:
    return blocker(
        "key_empty",
        f"{_rows(lines)} no key. {UNSAVED}",
        column="key",
        expected="a key such as ABC-12",
        fix="Add the key, or remove the row.",
        **_many(lines),
    )


def _unknown_types(types: Sequence[str], lines: Sequence[int]) -> Issue:
    sent = ", ".join(types[:8])
    return warning(
        "unknown_type",
        f"The types {sent} say nothing to us; their {len(lines):,} items were read as tasks.",
        column="type",
        sent=sent,
        expected="words such as Epic, Story, Bug, Task, Technical Debt, Risk",
        fix="Nothing, if these are tasks.",
        **_many(lines),
    )


def _before_start(lines: Sequence[int]) -> Issue:
    return warning(
        "before_start",
        f"{_rows(lines)} an end before the start; only the day of the end counts as active.",
        column="resolved",
        expected="an end on or after the start",
        fix="Correct the dates.",
        **_many(lines),
    )


def _done_without_day(lines: Sequence[int]) -> Issue:
    return warning(
        "done_without_day",
        f"{_rows(lines)} a status that means done and no day on which it was reached.",
        column="resolved",
        expected="a column such as Resolved or Status Category Changed",
        fix="Export that column too; until then these items count as not finished.",
        **_many(lines),
    )


def _planned_start(lines: Sequence[int]) -> Issue:
    return warning(
        "planned_start",
        f"{_rows(lines)} a start date that may be a plan; it was read as the day work began.",
        column="started",
        expected="a column such as Actual start",
        fix="Export the actual start, if the tracker has it.",
        **_many(lines),
    )


def long_open(items: Sequence[TrackerItem], last_day: date | None) -> list[Issue]:
    """Work that has been open for more than 90 days: it counts each of them, which it may not have seen."""
    lines = [
        item.line
        for item in items
        if item.kind not in ABOVE_ITEMS and last_day
        if any(last is None and (last_day - first).days > OLD_DAYS for first, last in item.spans)
    ]
    if not lines:
        return []
    return [
        warning(
            "long_open",
            f"{_rows(lines)} a start more than {OLD_DAYS} days before the last day of the file and no end; "
            "each counts as active on all these days.",
            column="resolved",
            expected="an end, where work on it has stopped",
            fix="Close in the tracker what nobody works on any more, and export again.",
            **_many(lines),
        )
    ]


def taken_out(taken: Mapping[str, Sequence[int]]) -> list[Issue]:
    """How many kept cells named somebody; who it was is not said, here or anywhere."""
    return [
        warning(
            "person_taken_out",
            f"{_rows(lines)} somebody's name, address or mention in “{header}”; it was taken out.",
            column=header,
            **_many(lines),
        )
        for header, lines in taken.items()
    ]


def _rows(lines: Sequence[int]) -> str:
    if len(lines) == 1:
        return f"Row {lines[0]} has"
    return f"Row {lines[0]} and {len(lines) - 1:,} more have"


def _many(lines: Sequence[int]) -> dict[str, object]:
    return {"line": lines[0], "count": len(lines), "lines": tuple(lines[:5])}
