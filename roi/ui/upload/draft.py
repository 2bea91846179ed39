"""The upload of cost files as a value: what was dropped, what was said about it, and which step we are on.

A draft never changes; each function gives the next one. Nothing here reads a file, a store or a screen.
A preview counts only while it answers exactly the request that would be sent, so no answer of an
earlier setting is ever taken for one of this setting.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import IntEnum

from roi.commands.requests import CostImport, FileReading, Preview, Receipt
from roi.domain.importing import DateOrder, Mode, Settings
from roi.domain.money import to_minor
from roi.domain.periods import Span
from roi.errors import Issue

LABELS = ("File", "Columns", "Check", "Changes", "Control total", "Done")
PLACES = ("team", "cost_centre", "pool", "person_key")
"""A line has to say one of these (decision D17)."""


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
class DraftFile:
    """One dropped file with what was said about it alone; `month` where its lines carry no month."""

    name: str
    content: bytes = field(repr=False)
    reading: FileReading
    month: str = ""
    set_aside: tuple[tuple[int, str], ...] = ()
    control: Decimal | None = None
    answered: Answered | None = None
    compared: Answered | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: a receipt, or why it was refused; neither when its turn did not come."""

    file_name: str
    preview: Preview | None = None
    receipt: Receipt | None = None
    problem: str = ""
    issues: tuple[Issue, ...] = ()


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
    return replace(reading.settings, columns=columns)


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
    return _change_file(draft, file_name, lambda file: replace(file, month=month))


def put_aside(draft: Draft, file_name: str, lines: Iterable[int], reason: str) -> Draft:
    """These lines go to suspense, each with the reason."""
    added = dict.fromkeys(lines, reason.strip())
    return _change_file(
        draft,
        file_name,
        lambda file: replace(file, set_aside=tuple(sorted({**dict(file.set_aside), **added}.items()))),
    )


def take_back(draft: Draft, file_name: str) -> Draft:
    """No line of this file is set aside any more."""
    return _change_file(draft, file_name, lambda file: replace(file, set_aside=()))


def say_mode(draft: Draft, mode: Mode) -> Draft:
    """What happens to months that the source already has."""
    return replace(draft, mode=mode)


def say_control(draft: Draft, file_name: str, total: Decimal | None) -> Draft:
    """What the books show for one file."""
    return _change_file(draft, file_name, lambda file: replace(file, control=total))


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


def _change_file(draft: Draft, file_name: str, change: Callable[[DraftFile], DraftFile]) -> Draft:
    files = tuple(change(file) if file.name == file_name else file for file in draft.files)
    return replace(draft, files=files)


def request_for(draft: Draft, file: DraftFile) -> CostImport:
    """What would be sent for this file."""
    settings = draft.settings
    if file.month and header_of(draft, "month") is None:
        stated = {**dict(settings.stated), "month": file.month}
        settings = replace(settings, stated=tuple(stated.items()))
    return CostImport(
        file.content,
        file.name,
        draft.source,
        settings,
        mode=mode_for(draft, file),
        control_total=stated_for(draft, file),
        unreconciled_reason=draft.reason,
        set_aside=file.set_aside,
    )


def mode_for(draft: Draft, file: DraftFile) -> Mode:
    """Replace, unless a file before it in this upload has the same months: then its rows are added."""
    if draft.mode is not Mode.REPLACE:
        return draft.mode
    earlier = draft.files[: draft.files.index(file)]
    taken = {month for one in earlier for month in _months_of(one)}
    return Mode.ADD if taken & _months_of(file) else Mode.REPLACE


def _months_of(file: DraftFile) -> set[int]:
    return {total.month for total in file.answered.preview.months} if file.answered else set()


def question_for(draft: Draft, file: DraftFile) -> CostImport:
    """What is previewed: the request without its control total, which is compared here."""
    return replace(request_for(draft, file), control_total=None, unreconciled_reason="")


def preview_of(draft: Draft, file: DraftFile, version: int) -> Preview | None:
    """The file's preview, if it answers what is asked now on the data as they are now."""
    answered = file.answered
    if answered is None or answered.version != version:
        return None
    return answered.preview if answered.request == question_for(draft, file) else None


def answer(draft: Draft, file: DraftFile, version: int, preview: Preview) -> Draft:
    """Keep the preview with the question that it answers."""
    kept = Answered(question_for(draft, file), version, preview)
    return _change_file(draft, file.name, lambda one: replace(one, answered=kept))


def previews(draft: Draft) -> tuple[Preview, ...]:
    """The latest preview of each file that has one."""
    return tuple(file.answered.preview for file in draft.files if file.answered is not None)


def in_month_order(draft: Draft) -> Draft:
    """The files in the order of their months, so that each month finds the one before it."""
    return replace(draft, files=tuple(sorted(draft.files, key=_month_key)))


def _month_key(file: DraftFile) -> tuple[int, str]:
    return (min(_months_of(file), default=999999), file.name)


def missing(draft: Draft) -> tuple[str, ...]:
    """What has to be said before the files can be read: field names, `place` for any of the four places."""
    said = {name for name, header in draft.settings.columns if header} | {
        name for name, _ in draft.settings.stated
    }
    if draft.files and all(file.month for file in draft.files):
        said.add("month")
    lacking = [name for name in ("month", "amount", "currency") if name not in said]
    if not said.intersection(PLACES):
        lacking.append("place")
    if not draft.source:
        lacking.append("source")
    return tuple(lacking)


def overlaps(draft: Draft) -> tuple[int, ...]:
    """Months that the source already has, or that two of the files share."""
    seen: set[int] = set()
    twice: set[int] = set()
    for preview in previews(draft):
        own = {total.month for total in preview.months}
        twice |= set(preview.overlap) | (own & seen)
        seen |= own
    return tuple(sorted(twice))


def why_not(draft: Draft, step: Step) -> str:
    """Why the draft cannot go on from this step; empty when it can."""
    return _WHY_NOT.get(step, _nothing)(draft)


def _nothing(_: Draft) -> str:
    return ""


def _why_not_file(draft: Draft) -> str:
    if not draft.files:
        return "Drop a file to begin."
    unreadable = [file.name for file in draft.files if file.reading.table is None]
    if unreadable:
        return f"{', '.join(unreadable)} cannot be read. Take it out or repair it."
    return ""


def _why_not_columns(draft: Draft) -> str:
    names = {"place": "team, cost centre or pool", "source": "a name for the source"}
    lacking = [names.get(name, name) for name in missing(draft)]
    return f"Still to choose: {', '.join(lacking)}." if lacking else ""


def _why_not_check(draft: Draft) -> str:
    if any(file.answered is None for file in draft.files):
        return "The files have not been read yet."
    blocked = [file.name for file in draft.files if blocking(file)]
    if blocked:
        return f"Nothing can be saved before {blocked[0]} is repaired."
    if not waiting(draft):
        return "All of it was imported before; there is nothing to add."
    return ""


def _why_not_changes(draft: Draft) -> str:
    if overlaps(draft) and draft.mode is Mode.ASK:
        return "Say whether the files replace these months or add to them."
    return ""


def _why_not_control(draft: Draft) -> str:
    if differences(draft) and not draft.reason:
        return "The total differs from the books. Correct it, or say why you go on."
    return ""


_WHY_NOT = {
    Step.FILE: _why_not_file,
    Step.COLUMNS: _why_not_columns,
    Step.CHECK: _why_not_check,
    Step.CHANGES: _why_not_changes,
    Step.CONTROL: _why_not_control,
}


def blocking(file: DraftFile) -> tuple[Issue, ...]:
    """What has to be repaired in the file itself; the question of overlap is asked a step later."""
    if file.answered is None or file.answered.preview.already is not None:
        return ()
    return tuple(issue for issue in file.answered.preview.blockers if issue.code != OVERLAP)


OVERLAP = "overlap"
"""The code of the question that an overlap without a mode is."""


def waiting(draft: Draft) -> tuple[DraftFile, ...]:
    """The files that would be imported: those whose content is not live already."""
    return tuple(
        file for file in draft.files if file.answered is None or file.answered.preview.already is None
    )


def rows(draft: Draft) -> int:
    """How many lines would be imported."""
    return sum(file.answered.preview.rows for file in waiting(draft) if file.answered)


def totals(draft: Draft) -> dict[str, int]:
    """What would be imported, by currency, in minor units."""
    sums: dict[str, int] = {}
    for file in waiting(draft):
        for currency, amount in file.answered.preview.totals if file.answered else ():
            sums[currency] = sums.get(currency, 0) + amount
    return sums


def months(draft: Draft) -> Span | None:
    """From the first to the last month of the files."""
    found = [total.month for preview in previews(draft) for total in preview.months]
    return Span(min(found), max(found)) if found else None


def differences(draft: Draft) -> dict[str, int]:
    """What the ledger would hold minus what the books show, where a total was stated and differs.

    Keys are file names, or an empty name for all files together. Minor units.
    """
    found = {}
    for file in waiting(draft):
        check = file.compared.preview.control if file.compared and _is_current(draft, file) else None
        if check is not None:
            found[file.name] = check.difference
        elif stated_for(draft, file) is not None and file.answered:
            found[file.name] = _difference(file.answered.preview.totals, stated_for(draft, file))
    if draft.whole_total is not None and len(draft.files) > 1:
        found[""] = _difference(tuple(totals(draft).items()), draft.whole_total)
    return {name: amount for name, amount in found.items() if amount}


def _difference(sums: Sequence[tuple[str, int]], stated: Decimal | None) -> int:
    currency, amount = sums[0]
    return amount - to_minor(stated or Decimal(0), currency)


def stated_for(draft: Draft, file: DraftFile) -> Decimal | None:
    """What the books show for one file: its own total, or the whole one when it is alone."""
    return draft.whole_total if file.control is None and len(draft.files) == 1 else file.control


def comparison_for(draft: Draft, file: DraftFile) -> CostImport | None:
    """The request whose preview compares the file with the books; None when it is answered or not needed."""
    if stated_for(draft, file) is None or _is_current(draft, file):
        return None
    return _comparison(draft, file)


def _comparison(draft: Draft, file: DraftFile) -> CostImport:
    return replace(request_for(draft, file), unreconciled_reason="")


def _is_current(draft: Draft, file: DraftFile) -> bool:
    return file.compared is not None and file.compared.request == _comparison(draft, file)


def compared(draft: Draft, file: DraftFile, request: CostImport, preview: Preview) -> Draft:
    """Keep what the ledger would hold beside what the books show."""
    kept = Answered(request, 0, preview)
    return _change_file(draft, file.name, lambda one: replace(one, compared=kept))


def explanations(draft: Draft) -> tuple[str, ...]:
    """What could explain the differences, as the comparison found it."""
    return tuple(
        issue.message
        for file in waiting(draft)
        if file.compared is not None and _is_current(draft, file)
        for issue in file.compared.preview.issues
        if issue.code == "control"
    )


def go_on(draft: Draft) -> Draft:
    """The next step, unless something still has to be said; the import itself is not a step of a draft."""
    if why_not(draft, draft.step) or draft.step >= Step.CONTROL:
        return draft
    return replace(draft, step=Step(draft.step + 1))


def go_back(draft: Draft) -> Draft:
    """The step before; everything that was said stays."""
    if draft.step in {Step.FILE, Step.DONE}:
        return draft
    return replace(draft, step=Step(draft.step - 1))


def finished(draft: Draft, outcomes: Sequence[Outcome]) -> Draft:
    """The receipts; the files themselves are let go, those that were not imported stay in the draft."""
    done = {outcome.file_name for outcome in outcomes if outcome.receipt is not None}
    left = tuple(file for file in draft.files if file.name not in done)
    return replace(draft, step=Step.DONE, outcomes=(*draft.outcomes, *outcomes), files=left)


def start_over() -> Draft:
    """An empty draft."""
    return Draft()
