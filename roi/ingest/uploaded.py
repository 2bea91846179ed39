"""An uploaded file → the table in it, spooled for the store; or every reason why it cannot be read."""

from collections.abc import Collection
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from roi.domain.importing import Limits, ReadTable
from roi.errors import UNSAVED, Issue, blocker, warning
from roi.ingest import dialect, records
from roi.ingest.decoding import Decoded, decode
from roi.ingest.workbook import Wanted

_SAMPLE = 5
_BROWSER = Limits()


def read(  # noqa: PLR0913 - what is read, where to, and how much of it is taken
    content: bytes,
    name: str,
    spool: Path,
    *,
    limits: Limits = _BROWSER,
    known: Collection[str] = (),
    wanted: Wanted = (None, ()),
) -> tuple[ReadTable | None, tuple[Issue, ...]]:
    """The table of a cost file and all that is wrong with it; never raises on a user's data.

    `spool` is a folder; the caller deletes the file that the table names. `known` are headers of
    remembered sources, which help to find the header row. `wanted` is the sheet of a workbook.
    """
    if limits.content_bytes is not None and len(content) > limits.content_bytes:
        return None, (_too_large(name, len(content), limits.content_bytes),)
    decoded = decode(content, name, wanted)
    if isinstance(decoded, Issue):
        return None, (decoded,)
    layout = dialect.find(decoded.text, known)
    if layout is None:
        return None, (*decoded.notes, _no_header(name))
    if len(layout.header) > limits.columns:
        return None, (_too_wide(len(layout.header), layout.header_line, limits.columns),)
    path = spool / f"{uuid4().hex}.csv"
    try:
        spooled = records.spool(decoded.text, layout, path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    issues = [*decoded.notes, *_layout_notes(layout), *spooled.issues, *_row_issues(spooled, limits)]
    table = ReadTable(
        name=name,
        sha256=sha256(content).hexdigest(),
        size=len(content),
        encoding=decoded.encoding,
        delimiter=layout.delimiter,
        header_line=layout.body_line - 1,
        headers=layout.header,
        width=spooled.width,
        records=spooled.records,
        blank_records=spooled.blank,
        spool=path,
        sample=_sample(decoded, layout),
        notes=tuple(issue for issue in issues if not issue.is_blocker),
        is_numbered=spooled.is_numbered,
        sheet=decoded.sheet,
        sheets=decoded.sheets,
        number_columns=decoded.number_columns,
    )
    return table, tuple(issues)


def _sample(decoded: Decoded, layout: dialect.Layout) -> tuple[tuple[str, ...], ...]:
    rows: list[tuple[str, ...]] = []
    head = decoded.text[: dialect.HEAD_BYTES].decode("utf-8", errors="ignore")
    try:
        for line, cells in dialect.numbered(head, layout.delimiter):
            if line > layout.header_line and any(cell.strip() for cell in cells):
                rows.append(tuple(cells))
            if len(rows) == _SAMPLE:
                break
    except dialect.BrokenRecordError:
        return tuple(rows)
    return tuple(rows)


def _layout_notes(layout: dialect.Layout) -> list[Issue]:
    if not layout.skipped:
        return []
    lines = ", ".join(str(line) for line in layout.skipped[:5])
    more = ", ..." if len(layout.skipped) > 5 else ""
    word, were = ("Line", "was") if len(layout.skipped) == 1 else ("Lines", "were")
    return [
        warning(
            "title_rows",
            f"{word} {lines}{more} above the header (line {layout.header_line}) {were} skipped as titles.",
            line=layout.skipped[0],
            lines=layout.skipped[:5],
            count=len(layout.skipped),
        )
    ]


def _row_issues(spooled: records.Spooled, limits: Limits) -> list[Issue]:
    if limits.rows is not None and spooled.records > limits.rows:
        return [
            blocker(
                "too_many_rows",
                f"The file has {spooled.records:,} lines; by browser at most {limits.rows:,} are taken. "
                f"{UNSAVED}",
                expected=f"at most {limits.rows:,} lines",
                fix="Import it on the command line, or split it by month.",
            )
        ]
    if spooled.records == 0 and not spooled.issues:
        return [
            blocker(
                "no_rows",
                f"The file has a header and no line below it. {UNSAVED}",
                fix="Export the month again.",
            )
        ]
    return []


def _too_large(name: str, size: int, limit: int) -> Issue:
    return blocker(
        "too_large",
        f"{name} has {size / 1_048_576:,.1f} MB; by browser at most {limit // 1_048_576} MB are taken. "
        f"{UNSAVED}",
        expected=f"at most {limit // 1_048_576} MB",
        fix="Import it on the command line, or split it by month.",
    )


def _too_wide(count: int, line: int, limit: int) -> Issue:
    return blocker(
        "too_many_columns",
        f"Line {line} has {count:,} columns; at most {limit} are taken. {UNSAVED}",
        line=line,
        expected=f"at most {limit} columns",
        fix="Leave out the columns that are not needed.",
    )


def _no_header(name: str) -> Issue:
    return blocker(
        "no_header",
        f"{name} has no header row: no line near its top looks like the names of two or more columns. "
        f"{UNSAVED}",
        expected="a line such as month,team,amount,currency",
        fix="Add a header row, or download the template.",
    )
