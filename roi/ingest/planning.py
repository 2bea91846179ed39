"""What was said about a file, and what its headers say → a plan for the store, or what is missing."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from roi.domain.importing import Correction, Limits, ReadTable, Settings, StagingPlan
from roi.domain.money import MINOR_DIGITS
from roi.domain.periods import parse_iso_month
from roi.errors import UNSAVED, Issue, blocker
from roi.ingest import columns, correcting
from roi.ingest.contracts import ALLOWED_DEFAULTS, BY_NAME, COST_FIELDS, OBJECTS, normal

_OF_ONE_FILE = frozenset({"month", "scenario"})
"""A source sends other months, and its plan beside its actuals: these are said for each file anew."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that was said about one file, besides the file itself."""

    source: str
    settings: Settings = field(default_factory=Settings)
    set_aside: tuple[tuple[int, str], ...] = ()
    limits: Limits = field(default_factory=Limits)
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """The plan, if there is one, the settings it uses, and what stands in its way."""

    plan: StagingPlan | None
    used: Settings
    issues: tuple[Issue, ...]


def plan(table: ReadTable, asked: Asked) -> Planned:
    """Which cell each field is read from and what is stated; required fields are never filled in silence."""
    issues = list(_unreadable_settings(asked))
    chosen = _choose(table.headers, asked.settings, issues)
    stated = _stated(asked.settings)
    issues += _missing(table.headers, chosen, stated)
    issues += correcting.unreadable(asked.corrections, chosen)
    used = Settings(
        columns=tuple(
            (known.name, table.headers[chosen[known.name]] if known.name in chosen else "")
            for known in COST_FIELDS
            if known.name in chosen or asked.settings.header_of(known.name) == ""
        ),
        stated=tuple(stated.items()),
        date_order=asked.settings.date_order,
        decimal=asked.settings.decimal,
        values=asked.settings.values,
        sheet=_sheet(table, asked.settings),
    )
    if any(issue.is_blocker for issue in issues):
        return Planned(None, used, tuple(issues))
    made = StagingPlan(
        table=table,
        source=asked.source,
        cells=tuple(chosen.items()),
        stated=used.stated,
        date_order=used.date_order,
        decimal="." if chosen.get("amount") in table.number_columns else used.decimal,
        set_aside=asked.set_aside,
        values=used.values,
        limits=asked.limits,
        corrections=asked.corrections,
    )
    return Planned(made, used, tuple(issues))


def _sheet(table: ReadTable, settings: Settings) -> str | None:
    """The sheet that was read, where there was one to choose."""
    return table.sheet if len(table.sheets) > 1 else settings.sheet


def remembered(settings: Settings) -> Settings:
    """What of the settings is true of the source's next file: all but its month and scenario."""
    stated = tuple(pair for pair in settings.stated if pair[0] not in _OF_ONE_FILE)
    return replace(settings, stated=stated, values=())


def _choose(headers: Sequence[str], settings: Settings, issues: list[Issue]) -> dict[str, int]:
    """Field → cell, from what was said, else from headers that are sure."""
    sure = {guess.field.name: guess.cell for guess in columns.guess(headers) if guess.confidence == "sure"}
    chosen: dict[str, int] = {}
    for known in COST_FIELDS:
        said = settings.header_of(known.name)
        cell = sure.get(known.name) if said is None else None
        if said:
            cell = _find(headers, known.name, said, issues)
        if cell is not None:
            issues += _check_repeated(headers, known.name, cell, said)
            issues += _check_taken(headers, chosen, known.name, cell)
            chosen[known.name] = cell
    return chosen


def _find(headers: Sequence[str], name: str, said: str, issues: list[Issue]) -> int | None:
    cell = columns.find(headers, said)
    if cell is not None:
        return cell
    issues.append(
        blocker(
            "missing_header",
            f"The column “{said}” ({BY_NAME[name].label}) is not in this file. {UNSAVED}",
            column=name,
            sent=", ".join(header for header in headers if header)[:200],
            expected=said,
            fix="Choose another column, or export the file as last month.",
        )
    )
    return None


def _check_repeated(headers: Sequence[str], name: str, cell: int, said: str | None) -> Iterator[Issue]:
    same = columns.repeated(headers).get(normal(headers[cell]), ())
    wanted = " ".join(said.split()) if said else None
    is_exact = [header for header in headers if header == wanted] == [headers[cell]]
    if same and not is_exact:
        yield blocker(
            "duplicate_header",
            f"The header “{headers[cell]}” stands {_times(len(same))} (columns {_places(same)}), so it is "
            f"not clear which one is the {BY_NAME[name].label.lower()}. {UNSAVED}",
            column=name,
            sent=headers[cell],
            expected="each header once",
            fix="Rename or remove one of them.",
        )


def _times(count: int) -> str:
    return "twice" if count == 2 else f"{count} times"


def _places(cells: Sequence[int]) -> str:
    return ", ".join(str(cell + 1) for cell in cells)


def _check_taken(headers: Sequence[str], chosen: dict[str, int], name: str, cell: int) -> Iterator[Issue]:
    other = next((field_name for field_name, taken in chosen.items() if taken == cell), None)
    if other:
        yield blocker(
            "column_used_twice",
            f"“{headers[cell]}” was chosen as {BY_NAME[other].label.lower()} and as "
            f"{BY_NAME[name].label.lower()}. {UNSAVED}",
            column=name,
            sent=headers[cell],
            fix="Choose another column for one of them.",
        )


def _stated(settings: Settings) -> dict[str, str]:
    """What was stated, and the defaults that a file may leave unsaid, so that they show."""
    said = {name: value.strip() for name, value in settings.stated if value.strip()}
    return {**ALLOWED_DEFAULTS, **said}


def _unreadable_settings(asked: Asked) -> Iterator[Issue]:
    for name, _ in (*asked.settings.columns, *asked.settings.stated):
        if name not in BY_NAME:
            yield blocker(
                "unknown_field", f"There is no field “{name}”.", column=name, expected=", ".join(BY_NAME)
            )
    for name, value in asked.settings.stated:
        if name in BY_NAME and not BY_NAME[name].is_statable:
            message = f"{BY_NAME[name].label} cannot be stated for a whole file."
            yield blocker("not_statable", message, column=name, sent=value)
    yield from _unreadable_stated(asked.settings)
    for line, reason in asked.set_aside:
        if not reason.strip() or len(reason) > asked.limits.name_letters:
            message = (
                f"Line {line} is set aside without a reason of at most {asked.limits.name_letters} letters."
            )
            yield blocker("aside_reason", message, line=line, fix="Say why the line goes to suspense.")
    times = Counter(line for line, _ in asked.set_aside)
    for line in sorted(line for line, count in times.items() if count > 1):
        message = f"Line {line} is set aside twice; it would count twice. {UNSAVED}"
        yield blocker("aside_twice", message, line=line, fix="Give it one reason.")


def _unreadable_stated(settings: Settings) -> Iterator[Issue]:
    month, currency = settings.value_of("month"), settings.value_of("currency")
    if month and parse_iso_month(month) is None:
        message = f"The stated month is “{month}”. A month is written like 2026-04."
        yield blocker("month", message, column="month", sent=month, expected="2026-04")
    if currency and currency.strip().upper() not in MINOR_DIGITS:
        message = f"The stated currency is “{currency}”, which is no ISO code."
        yield blocker("currency", message, column="currency", sent=currency, expected="USD, EUR, GBP, ...")


def _missing(headers: Sequence[str], chosen: dict[str, int], stated: dict[str, str]) -> Iterator[Issue]:
    said = {*chosen, *stated}
    guesses = {guess.field.name: guess for guess in columns.guess(headers)}
    for known in COST_FIELDS:
        if known.is_required and known.name not in said:
            yield _missing_field(headers, guesses[known.name])
    if not said.intersection(OBJECTS):
        yield blocker(
            "missing_column",
            "No column says what the cost belongs to: a team, cost area, pool or person key is missing, "
            f"and none is stated for this file. {UNSAVED}",
            column="team",
            sent=", ".join(header for header in headers if header)[:200],
            expected="team, cost area, pool or person key",
            fix="Choose the column, or state one team or cost area for the whole file.",
        )


def _missing_field(headers: Sequence[str], guess: columns.Guess) -> Issue:
    label = guess.field.label.lower()
    may_be = f" “{headers[guess.cell]}” may be it." if guess.cell is not None else ""
    none = " and none is stated for this file" if guess.field.is_statable else ""
    state = f", or state the {label} of the whole file" if guess.field.is_statable else ""
    return blocker(
        "missing_column",
        f"The {label} is missing: no column of the file is surely it{none}.{may_be} {UNSAVED}",
        column=guess.field.name,
        sent=", ".join(header for header in headers if header)[:200],
        expected=guess.field.help,
        fix=f"Choose the column{state}.",
    )
