"""What is asked for each file of an upload, and what the answers say: rows, totals, overlap, differences."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from roi.commands.changing.requests import CostImport, Preview, Suspect
from roi.domain.importing import Mode
from roi.domain.money import to_minor
from roi.domain.periods import Span
from roi.errors import Issue
from roi.ingest import columns as columns_of
from roi.ui.upload.draft import Answered, Draft, DraftFile, change_file, header_of


def request_for(draft: Draft, file: DraftFile) -> CostImport:
    """What would be sent for this file."""
    columns, _ = adapted(draft, file)
    settings = replace(draft.settings, columns=columns, sheet=file.reading.sheet or None)
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
        restatement=draft.restatement,
        set_aside=file.set_aside,
        corrections=file.corrections,
    )


def adapted(
    draft: Draft, file: DraftFile
) -> tuple[tuple[tuple[str, str], ...], tuple[columns_of.Change, ...]]:
    """The columns as this file spells them, and what is read otherwise than was said for all files."""
    table = file.reading.table
    if table is None or len(draft.files) == 1:
        return draft.settings.columns, ()
    return columns_of.adapted(draft.settings.columns, table.headers)


def mode_for(draft: Draft, file: DraftFile) -> Mode:
    """Replace, unless a file before it in this upload has the same months: then its rows are added."""
    if draft.mode is not Mode.REPLACE:
        return draft.mode
    earlier = draft.files[: draft.files.index(file)]
    taken = {month for one in earlier for month in months_of(one)}
    return Mode.ADD if taken & months_of(file) else Mode.REPLACE


def months_of(file: DraftFile) -> set[int]:
    """The posting months that the file holds; empty before it was read."""
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
    return change_file(draft, file.name, lambda one: replace(one, answered=kept))


def previews(draft: Draft) -> tuple[Preview, ...]:
    """The latest preview of each file that has one."""
    return tuple(file.answered.preview for file in draft.files if file.answered is not None)


def in_month_order(draft: Draft) -> Draft:
    """The files in the order of their months, so that each month finds the one before it."""
    return replace(draft, files=tuple(sorted(draft.files, key=_month_key)))


def _month_key(file: DraftFile) -> tuple[int, str]:
    return (min(months_of(file), default=999999), file.name)


def overlaps(draft: Draft) -> tuple[int, ...]:
    """Months that the source already has, or that two of the files share."""
    seen: set[int] = set()
    twice: set[int] = set()
    for preview in previews(draft):
        own = {total.month for total in preview.months}
        twice |= set(preview.overlap) | (own & seen)
        seen |= own
    return tuple(sorted(twice))


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
    return change_file(draft, file.name, lambda one: replace(one, compared=kept))


def suspects(draft: Draft) -> tuple[tuple[DraftFile, Suspect], ...]:
    """What could explain the differences, as the comparison found it, each with its file."""
    return tuple(
        (file, suspect)
        for file in waiting(draft)
        if file.compared is not None and _is_current(draft, file)
        for suspect in (file.compared.preview.control.suspects if file.compared.preview.control else ())
    )
