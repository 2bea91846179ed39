"""The upload of cost files as a value: what was dropped, what was said about it, and which step we are on.

A draft never changes; each function gives the next one. Nothing here reads a file, a store or a screen.
A preview counts only while it answers exactly the request that would be sent, so no answer of an
earlier setting is ever taken for one of this setting.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import IntEnum

from roi.commands.changing.requests import CostImport, FileReading, Preview, Receipt
from roi.domain.importing import Correction, DateOrder, Mode, Settings
from roi.errors import Issue
from roi.ingest import shapes
from roi.reports.headline import Headline
from roi.reports.shapes import Scope

LABELS = ("File", "Columns", "Check", "Changes", "Control total", "Done")


class Step(IntEnum):
    """Where in the upload we are."""

    FILE = 0
    COLUMNS = 1
    CHECK = 2
    CHANGES = 3
    CONTROL = 4
    DONE = 5


@dataclass(frozen=True, slots=True)
class Answered:
    """A preview, with the request and the data version that it answers."""

    request: CostImport
    version: int
    preview: Preview


@dataclass(frozen=True, slots=True)
class Ahead:
    """The headline after the import, with what was asked for it; None: the file cannot be imported so."""

    request: CostImport
    version: int
    scope: Scope
    after: Headline | None


@dataclass(frozen=True, slots=True)
class DraftFile:
    """One dropped file with what was said about it alone; `month` where its lines carry no month.

    `typed` are fixes that were typed and not taken yet, by the name of their cell.
    """

    name: str
    content: bytes = field(repr=False)
    reading: FileReading
    month: str = ""
    set_aside: tuple[tuple[int, str], ...] = ()
    control: Decimal | None = None
    answered: Answered | None = None
    compared: Answered | None = None
    corrections: tuple[Correction, ...] = ()
    typed: tuple[tuple[str, str], ...] = ()
    ahead: Ahead | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: a receipt, or why it was refused; neither when its turn did not come.

    `is_closed`: it would move a closed month, and may when it is named as a restatement.
    """

    file_name: str
    preview: Preview | None = None
    receipt: Receipt | None = None
    problem: str = ""
    issues: tuple[Issue, ...] = ()
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """The whole upload. One source, one mapping and one answer to an overlap serve all its files."""

    step: Step = Step.FILE
    files: tuple[DraftFile, ...] = ()
    source: str = ""
    settings: Settings = field(default_factory=Settings)
    mode: Mode = Mode.ASK
    whole_total: Decimal | None = None
    reason: str = ""
    restatement: str = ""
    outcomes: tuple[Outcome, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was dropped yet."""
        return not self.files and not self.outcomes


def dropped(draft: Draft, files: Sequence[DraftFile]) -> Draft:
    """The draft with these files instead of its own; a file dropped twice counts once.

    What was said before stays: only an empty mapping takes over what the first readable file suggests.
    """
    kept, left_out = _without_twins(files)
    fresh = replace(draft, files=kept, left_out=left_out, outcomes=(), step=Step.FILE)
    readable = [file.reading for file in kept if file.reading.table is not None]
    if not readable:
        return fresh
    known = next((reading for reading in readable if reading.is_known_source), readable[0])
    source = draft.source or known.source
    settings = draft.settings if draft.settings.columns else suggested(known)
    return replace(fresh, source=source, settings=settings)


def _without_twins(files: Sequence[DraftFile]) -> tuple[tuple[DraftFile, ...], tuple[str, ...]]:
    kept: dict[bytes, DraftFile] = {}
    twins = []
    for file in files:
        if file.content in kept:
            twins.append(file.name)
        else:
            kept[file.content] = file
    return tuple(kept.values()), tuple(twins)


def suggested(reading: FileReading) -> Settings:
    """The remembered settings of a known source, else every column that reading took a guess at."""
    if reading.is_known_source:
        return reading.settings
    columns = tuple((column.field, column.header) for column in reading.columns if column.cell is not None)
    across, debit, credit = shapes.guess(reading.table.headers) if reading.table else (False, "", "")
    return replace(reading.settings, columns=columns, months_across=across, debit=debit, credit=credit)


def choose_column(draft: Draft, field_name: str, header: str | None) -> Draft:
    """Our field is read from this column of theirs; None: the files do not have it.

    That a field is not there is said with an empty header, so that nobody guesses it again.
    """
    columns = {
        name: "" if theirs == header else theirs
        for name, theirs in draft.settings.columns
        if name != field_name
    }
    columns[field_name] = header or ""
    return _with_settings(draft, replace(draft.settings, columns=tuple(columns.items())))


def state(draft: Draft, field_name: str, value: str) -> Draft:
    """Every line of the files has this value; empty takes the statement back."""
    stated = dict(draft.settings.stated)
    stated.pop(field_name, None)
    if value:
        stated[field_name] = value
    return _with_settings(draft, replace(draft.settings, stated=tuple(stated.items())))


def say_dates(draft: Draft, order: DateOrder | None) -> Draft:
    """How a numeric date is read; None: as the files themselves show."""
    return _with_settings(draft, replace(draft.settings, date_order=order))


def say_decimal(draft: Draft, mark: str | None) -> Draft:
    """Which mark stands before the decimals; None: as the files themselves show."""
    return _with_settings(draft, replace(draft.settings, decimal=mark))


def say_shape(draft: Draft, *, months_across: bool = False, debit: str = "", credit: str = "") -> Draft:
    """Where the amounts stand: in one column, in one for each month, or in a debit and a credit column."""
    settings = replace(draft.settings, months_across=months_across, debit=debit, credit=credit)
    return _with_settings(draft, settings)


def answer_word(draft: Draft, field_name: str, sent: str, ours: str) -> Draft:
    """A word of theirs that could not be read means this word of ours; empty takes the answer back."""
    kept = tuple(one for one in draft.settings.values if one[:2] != (field_name, sent))
    added = ((field_name, sent, ours),) if ours else ()
    return _with_settings(draft, replace(draft.settings, values=(*kept, *added)))


def header_of(draft: Draft, field_name: str) -> str | None:
    """Their column for our field; None when the files do not have it."""
    return draft.settings.header_of(field_name) or None


def _with_settings(draft: Draft, settings: Settings) -> Draft:
    return draft if settings == draft.settings else replace(draft, settings=settings)


def name_source(draft: Draft, source: str) -> Draft:
    """Under which name these files and their mapping are remembered."""
    return replace(draft, source=source.strip())


def state_month(draft: Draft, file_name: str, month: str) -> Draft:
    """The month of one file whose lines carry none."""
    return change_file(draft, file_name, lambda file: replace(file, month=month))


def put_aside(draft: Draft, file_name: str, lines: Iterable[int], reason: str) -> Draft:
    """These lines go to suspense, each with the reason."""
    added = dict.fromkeys(lines, reason.strip())
    return change_file(
        draft,
        file_name,
        lambda file: replace(file, set_aside=tuple(sorted({**dict(file.set_aside), **added}.items()))),
    )


def take_back(draft: Draft, file_name: str) -> Draft:
    """No line of this file is set aside any more."""
    return change_file(draft, file_name, lambda file: replace(file, set_aside=()))


def type_fix(draft: Draft, file_name: str, cell: str, text: str) -> Draft:
    """What was typed into one Fix cell; it counts once it is taken."""
    return change_file(draft, file_name, lambda file: replace(file, typed=_with(file.typed, cell, text)))


def _with(pairs: tuple[tuple[str, str], ...], name: str, text: str) -> tuple[tuple[str, str], ...]:
    rest = tuple(pair for pair in pairs if pair[0] != name)
    return (*rest, (name, text)) if text else rest


def correct(draft: Draft, file_name: str, corrections: Iterable[Correction]) -> Draft:
    """These cells of the file are read as was said; a later correction of the same cell counts."""

    def changed(file: DraftFile) -> DraftFile:
        kept = {(one.field, one.line, one.sent): one for one in (*file.corrections, *corrections)}
        return replace(file, corrections=tuple(kept.values()), typed=())

    return change_file(draft, file_name, changed)


def uncorrect(draft: Draft, file_name: str, correction: Correction | None = None) -> Draft:
    """One correction is taken back, or all of the file."""

    def changed(file: DraftFile) -> DraftFile:
        kept = tuple(one for one in file.corrections if correction is not None and one != correction)
        return replace(file, corrections=kept)

    return change_file(draft, file_name, changed)


def say_mode(draft: Draft, mode: Mode) -> Draft:
    """What happens to months that the source already has."""
    return replace(draft, mode=mode)


def say_control(draft: Draft, file_name: str, total: Decimal | None) -> Draft:
    """What the books show for one file."""
    return change_file(draft, file_name, lambda file: replace(file, control=total))


def say_whole(draft: Draft, total: Decimal | None) -> Draft:
    """What the books show for all files together."""
    return replace(draft, whole_total=total)


def say_reason(draft: Draft, reason: str) -> Draft:
    """Why the import goes on although it does not agree with the books."""
    return replace(draft, reason=reason.strip())


def remove_file(draft: Draft, file_name: str) -> Draft:
    """Leave one file out."""
    files = tuple(file for file in draft.files if file.name != file_name)
    return replace(draft, files=files, step=draft.step if files else Step.FILE)


def change_file(draft: Draft, file_name: str, change: Callable[[DraftFile], DraftFile]) -> Draft:
    """The draft with one of its files changed."""
    files = tuple(change(file) if file.name == file_name else file for file in draft.files)
    return replace(draft, files=files)
