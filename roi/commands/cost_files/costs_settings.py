"""What is remembered of each source: which column is what, what was stated, how its dates are read."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from roi.commands.changing.requests import CostImport
from roi.domain.importing import DateOrder, Settings
from roi.domain.names import fold
from roi.errors import Issue, warning
from roi.ingest import columns
from roi.ingest.contracts import ALLOWED_DEFAULTS, BY_NAME, OBJECTS, normal
from roi.store import imports, read
from roi.store.staging import Cursor

_NEEDED = frozenset({"month", "amount", *OBJECTS})


@dataclass(frozen=True, slots=True)
class Remembered:
    """The settings of a source and the change that last said them."""

    settings: Settings
    added_by: int


def as_json(settings: Settings) -> dict[str, object]:
    """The settings as plain data; answers to words live in the mapping table instead."""
    return {
        "columns": [list(pair) for pair in settings.columns],
        "stated": [list(pair) for pair in settings.stated],
        "date_order": settings.date_order.value if settings.date_order else None,
        "decimal": settings.decimal,
        "sheet": settings.sheet,
        "months_across": settings.months_across,
        "debit": settings.debit,
        "credit": settings.credit,
    }


def from_json(text: str) -> Settings:
    """The settings that `as_json` wrote."""
    data = json.loads(text)
    order = data.get("date_order")
    return Settings(
        columns=tuple((str(name), str(header)) for name, header in data.get("columns", ())),
        stated=tuple((str(name), str(value)) for name, value in data.get("stated", ())),
        date_order=DateOrder(order) if order else None,
        decimal=data.get("decimal"),
        sheet=data.get("sheet"),
        months_across=bool(data.get("months_across")),
        debit=data.get("debit", ""),
        credit=data.get("credit", ""),
    )


def remembered(cursor: Cursor) -> dict[str, Remembered]:
    """Every source that files came from."""
    rows = imports.source_settings(cursor)
    return {source: Remembered(from_json(text), added_by) for source, text, added_by in rows}


def headers(known: Mapping[str, Remembered]) -> tuple[str, ...]:
    """Every header that a source used."""
    return tuple({header for one in known.values() for _, header in one.settings.columns if header})


def sheets(known: Mapping[str, Remembered], source: str | None) -> tuple[str, ...]:
    """The sheets that the source's workbooks were read from; of every source while it is not known which."""
    of = [known[source]] if source and source in known else known.values() if not source else ()
    return tuple({one.settings.sheet for one in of if one.settings.sheet})


def with_sheet(cursor: Cursor, source: str, settings: Settings) -> Settings:
    """The settings with the sheet that the source remembers, where this file left none to choose."""
    known = remembered(cursor).get(source)
    return settings if settings.sheet or known is None else replace(settings, sheet=known.settings.sheet)


def fitting(known: Mapping[str, Remembered], table_headers: Sequence[str], name: str = "") -> str:
    """The source whose headers are all in the file: with most of them, then the latest.

    Else the source that is called as the file suggests, where its months and amounts are found; else empty.
    """
    here = {normal(header) for header in table_headers if header}
    fits = []
    for source, one in known.items():
        theirs = {normal(header) for _, header in one.settings.columns if header}
        if theirs and theirs <= here:
            fits.append((len(theirs), one.added_by, source))
    if fits or name not in known:
        return max(fits)[2] if fits else ""
    settings, _ = adapted(known[name].settings, table_headers)
    needed = [header for field, header in settings.columns if header and field in _NEEDED]
    return name if needed and all(normal(header) in here for header in needed) else ""


def merged(request: CostImport, known: Mapping[str, Remembered]) -> tuple[Settings, tuple[Issue, ...]]:
    """What the request says; when it says nothing of columns and readings, what the source remembers.

    What is taken over although the file does not say it is a named warning (decision D17).
    """
    asked = request.settings
    own = [pair for pair in asked.stated if pair[0] not in {"month", "scenario"}]
    shape = (asked.months_across, asked.debit, asked.credit)
    is_silent = not (asked.columns or own or asked.date_order or asked.decimal or any(shape))
    if not is_silent or request.source not in known:
        return asked, ()
    kept = known[request.source].settings
    stated = (*kept.stated, *asked.stated)
    settings = replace(kept, stated=stated, values=asked.values, sheet=asked.sheet)
    return settings, tuple(_taken_over(kept))


def _taken_over(kept: Settings) -> list[Issue]:
    said = [
        f"{BY_NAME[name].label.lower()} {value}"
        for name, value in kept.stated
        if name in BY_NAME and ALLOWED_DEFAULTS.get(name) != value
    ]
    if not said:
        return []
    message = f"Taken from what was said for this source before: {', '.join(said)}."
    return [warning("remembered", message, fix="State another value if this file differs.")]


def adapted(settings: Settings, table_headers: Sequence[str]) -> tuple[Settings, tuple[Issue, ...]]:
    """What a source remembers of its columns, for a file that spells some otherwise; told by name."""
    kept, changes = columns.adapted(settings.columns, table_headers)
    issues = tuple(
        warning(
            "header_changed",
            f"The file has no column “{theirs}”; {BY_NAME[name].label.lower()} is read from “{instead}”."
            if instead
            else f"The file has no column “{theirs}”; {BY_NAME[name].label.lower()} is left empty.",
            column=name,
            sent=instead or None,
            expected=theirs,
            fix="Say which column it is if this is wrong.",
        )
        for name, theirs, instead in changes
    )
    return replace(settings, columns=kept), issues


def words(
    cursor: Cursor, values: Sequence[tuple[str, str, str]], source: str
) -> tuple[dict[str, object], ...]:
    """Answers to words as rows of the mapping table; a team's answer is its key."""
    teams = {fold(name): team.key for team in read.teams(cursor) for name in (team.name, team.key)}
    return tuple(
        {
            "source": source,
            "field": field,
            "sent": sent,
            "kind": "team" if field == "team" else "value",
            "value": teams.get(fold(value), value) if field == "team" else value,
        }
        for field, sent, value in values
        if sent.strip() and value.strip()
    )
