"""The way through an upload: what each step still needs, and going on, back, and to the end."""

from collections.abc import Sequence
from dataclasses import replace

from roi.domain.importing import Mode
from roi.ui.upload.answered import blocking, differences, overlaps, waiting
from roi.ui.upload.draft import Draft, Outcome, Step

PLACES = ("team", "cost_centre", "pool", "person_key")
"""A line has to say one of these (decision D17)."""


def missing(draft: Draft) -> tuple[str, ...]:
    """What has to be said before the files can be read: field names, `place` for any of the four places."""
    said = {name for name, header in draft.settings.columns if header} | {
        name for name, _ in draft.settings.stated
    }
    settings = draft.settings
    if settings.months_across:
        said |= {"month", "amount"}
    if settings.debit and settings.credit:
        said.add("amount")
    if draft.files and all(file.month for file in draft.files):
        said.add("month")
    lacking = [name for name in ("month", "amount", "currency") if name not in said]
    if not said.intersection(PLACES):
        lacking.append("place")
    if not draft.source:
        lacking.append("source")
    return tuple(lacking)


def why_not(draft: Draft, step: Step) -> str:
    """Why the draft cannot go on from this step; empty when it can."""
    return _WHY_NOT.get(step, _nothing)(draft)


def _nothing(_: Draft) -> str:
    return ""


def _why_not_file(draft: Draft) -> str:
    if not draft.files:
        return "Drop a file to begin."
    unreadable = [file.name for file in draft.files if file.reading.table is None]
    asked = [file.name for file in draft.files if file.reading.sheets and not file.reading.sheet]
    if asked:
        return f"Say which sheet of {asked[0]} has the costs."
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
