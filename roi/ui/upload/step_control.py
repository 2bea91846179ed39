"""Step 5: does it agree with the books, to the cent?"""

from decimal import Decimal

import streamlit as st

from roi.commands import costs
from roi.domain.money import MINOR_DIGITS, to_minor
from roi.domain.periods import short_month
from roi.story import words
from roi.ui import parts, session
from roi.ui.parts import Cell, Column, Row
from roi.ui.upload import answered, keeper, progress
from roi.ui.upload import draft as drafts
from roi.ui.upload.draft import Draft, DraftFile
from roi.ui.upload.pieces import note, parse_total, sums


def title(draft: Draft) -> tuple[str, str]:
    """`The files come to £478,552,886.89`, and whether the books say the same."""
    came = sums(answered.totals(draft))
    what = "file comes" if len(draft.files) == 1 else "files come"
    if answered.differences(draft):
        return "The total differs from the books", parts.emphasis(f"The {what} to **{came}**.")
    if draft.whole_total is not None or any(file.control is not None for file in draft.files):
        return f"{came} agrees with the books", "Equal to the last cent."
    return (
        f"The {what} to {came}",
        "What does the general ledger show for the same months? You may leave it open.",
    )


def draw(draft: Draft) -> Draft:
    """One total for everything, totals per file if wished, and the reason for going on with a difference."""
    found = answered.totals(draft)
    if len(found) != 1:
        parts.callout(
            "note", "These files hold several currencies. State each control total on Data after the import."
        )
        return draft
    currency = next(iter(found))
    parts.section("Control total", "From the general ledger, trial balance or the file's covering note.")
    draft = _whole(draft, currency)
    if len(answered.waiting(draft)) > 1:
        with st.expander("State a total for each file instead"):
            for file in answered.waiting(draft):
                draft = _one(draft, file, currency)
    draft = _compare(draft)
    _verdict(draft, currency)
    if answered.differences(draft):
        reason = st.text_input(
            "Why do you go on although it differs?",
            value=draft.reason,
            key="cost_unreconciled",
            placeholder="for example: accruals are booked next week",
        )
        note("The import is marked unreconciled, and every page says so until the totals agree.")
        draft = drafts.say_reason(draft, reason or "")
    return _changed(draft)


def _whole(draft: Draft, currency: str) -> Draft:
    label = "Total of the books" if len(draft.files) == 1 else "Total of the books for all these months"
    total = _typed(label, draft.whole_total, "whole", currency)
    return drafts.say_whole(draft, total)


def _one(draft: Draft, file: DraftFile, currency: str) -> Draft:
    came = sums(file.answered.preview.totals) if file.answered else words.DASH
    total = _typed(f"{file.name} (comes to {came})", file.control, f"of_{file.name}", currency)
    return drafts.say_control(draft, file.name, total)


def _typed(label: str, now: Decimal | None, key: str, currency: str) -> Decimal | None:
    typed = st.text_input(
        parts.plain(f"{label}, {currency}"),
        value="" if now is None else f"{now:,f}",
        key=f"cost_total_{key}",
        placeholder="for example 8,301,560.00",
        width=360,
    )
    if not (typed or "").strip():
        return None
    total = parse_total(typed or "", MINOR_DIGITS[currency])
    if total is None:
        parts.callout("attention", f"“{typed[:30]}” is no amount.")
        return None
    note(f"Read as {words.exact(to_minor(total, currency), currency)}.")
    return total


def _compare(draft: Draft) -> Draft:
    """Ask what the ledger would hold for each file with a total, and what explains a difference."""
    for file in answered.waiting(draft):
        request = answered.comparison_for(draft, file)
        if request is not None:
            rows = file.answered.preview.rows if file.answered else None
            with progress.shown(file.name, rows) as tell:
                found = session.do(costs.preview, request, tell)
            if found is None:
                st.stop()
            draft = answered.compared(draft, file, request, found)
    return draft


def _verdict(draft: Draft, currency: str) -> None:
    found = answered.differences(draft)
    for name, amount in found.items():
        what = (
            "All files together come to"
            if not name
            else f"{name} comes to"
            if len(draft.files) > 1
            else "The file comes to"
        )
        more = "more" if amount > 0 else "less"
        parts.callout(
            "attention",
            f"{what} {words.exact(abs(amount), currency)} {more} than the books.",
        )
    if found:
        _suspects(draft, currency)
    if draft.whole_total is not None and not found:
        stated = words.exact(to_minor(draft.whole_total, currency), currency)
        parts.callout("good", f"The total equals your control total of {stated}. Difference 0.")
    agreeing = [file for file in draft.files if file.control is not None and file.name not in found]
    if agreeing:
        parts.callout("good", f"{words.counted(len(agreeing), 'file')} equal to the last cent.")


def _suspects(draft: Draft, currency: str) -> None:
    """Where to look: the teams, months and rows that could explain the difference."""
    found = answered.suspects(draft)
    if not found:
        note(
            "No row, team or month explains it alone. Look for a missing or doubled month, a reversed sign, "
            "or rows left out."
        )
        return
    parts.section("What could explain it", "The surest first; whoever knows the books decides.")
    is_many = len(draft.files) > 1
    columns = [Column("Where", "text"), Column("Month", "text", phone=False), Column("Amount")]
    columns.append(Column("Why", "prose", phone=False))
    rows = []
    for file, one in found:
        where = f"{file.name}, {one.where}" if is_many else one.where
        amount = words.exact(one.amount, currency) if one.amount is not None else words.DASH
        month = short_month(one.month) if one.month else words.DASH
        cells = (Cell(where, phone_note=one.why), Cell(month), Cell(amount), Cell(one.why))
        rows.append(Row(cells, kind="flat"))
    parts.graphic_table("cost_suspects", "What could explain the difference", columns, rows)


def _changed(draft: Draft) -> Draft:
    """Keep the draft, and draw again when a total or reason moved what the title says."""
    if draft != keeper.draft():
        keeper.show(draft)
    return draft
