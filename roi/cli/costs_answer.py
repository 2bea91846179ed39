"""What is said about imported cost files, to a person and to a program."""

from collections.abc import Sequence
from dataclasses import dataclass

from roi.cli.answer import (
    DONE,
    QUESTION,
    REFUSED,
    Answer,
    amount_text,
    amount_words,
    issue_data,
    issue_line,
    table,
)
from roi.commands.changing.requests import AreaShare, Preview, Receipt
from roi.domain.periods import iso_month
from roi.errors import Issue, RoiError
from roi.story import words

OVERLAP = "overlap"
"""The code of the issue that is a question: replace these months, or add to them?"""

_SHOWN_AREAS = 12


@dataclass(frozen=True, slots=True)
class Imported:
    """One file: what its preview said, and the receipt when it was imported."""

    name: str
    preview: Preview | None = None
    receipt: Receipt | None = None
    issues: tuple[Issue, ...] = ()
    problem: str = ""

    @property
    def is_accepted(self) -> bool:
        """Whether it was imported, or would be."""
        return self.preview is not None and self.preview.is_ready and not self.problem

    @property
    def all_issues(self) -> tuple[Issue, ...]:
        """What reading, preview and import said."""
        return self.issues or (self.preview.issues if self.preview else ())

    @property
    def already(self) -> str:
        """That this content was imported before, if so."""
        found = self.preview.already if self.preview else None
        if found is None:
            return ""
        when = words.moment(found.at)
        return f"Already imported by {found.actor} on {when} (change {found.change_id}). Nothing was added."

    @property
    def outcome(self) -> str:
        """accept_exact, accept_with_warnings, question or refuse."""
        if self.is_accepted:
            return "accept_with_warnings" if self.all_issues else "accept_exact"
        blockers = {issue.code for issue in self.all_issues if issue.is_blocker}
        is_question = blockers == {OVERLAP} and not self.already
        return "question" if is_question else "refuse"


def answer(done: Sequence[Imported], *, is_dry_run: bool) -> Answer:
    """All files together; the last one is the one that was refused, if any was."""
    last = done[-1]
    codes = {"question": QUESTION, "refuse": REFUSED}
    lines = [line for one in done for line in _lines(one, is_dry_run=is_dry_run)]
    return Answer(codes.get(last.outcome, DONE), tuple(lines), _data(done))


def _lines(one: Imported, *, is_dry_run: bool) -> list[str]:
    lines = [f"{one.name}: {_headline(one, is_dry_run=is_dry_run)}"]
    lines += [f"  {issue_line(issue)}" for issue in one.all_issues]
    if one.problem:
        lines.append(f"  {one.problem}")
    if one.preview is None or not one.is_accepted:
        return [*lines, f"  {RoiError.safe}"]
    rows = [
        (
            iso_month(month.month),
            month.scenario,
            words.counted(month.rows, "line"),
            _money(month.amount, month.currency),
        )
        for month in one.preview.months
    ]
    lines += [f"  {line}" for line in table(rows, right=(2, 3))]
    control = one.preview.control
    if control is not None:
        difference = amount_words(control.difference, control.currency)
        lines.append(f"  control total {_money(control.stated, control.currency)}: difference {difference}")
    return lines + _suspense_lines(one.preview.suspense)


def _headline(one: Imported, *, is_dry_run: bool) -> str:
    if one.already:
        return one.already
    if not one.is_accepted or one.preview is None:
        return {"question": "a question first"}.get(one.outcome, "refused")
    totals = ", ".join(_money(amount, currency) for currency, amount in one.preview.totals)
    told = f"{words.counted(one.preview.rows, 'line')}, {totals}"
    if one.receipt is not None:
        return f"imported as change {one.receipt.change_id}: {told}"
    return f"would be imported: {told}" if is_dry_run else told


def _suspense_lines(areas: Sequence[AreaShare]) -> list[str]:
    if not areas:
        return []
    largest = sorted(areas, key=lambda area: -abs(area.amount))
    rows = [(area.area or "(no area)", _money(area.amount, area.currency)) for area in largest[:_SHOWN_AREAS]]
    lines = [f"  in suspense, {words.counted(len(areas), 'area')} that no team carries yet:"]
    lines += [f"    {line}" for line in table(rows)]
    if len(areas) > _SHOWN_AREAS:
        lines.append(f"    … and {len(areas) - _SHOWN_AREAS} more; place them with: map SOURCE AREA=team:KEY")
    return lines


def _money(minor: int, currency: str) -> str:
    return amount_words(minor, currency)


def _data(done: Sequence[Imported]) -> dict[str, object]:
    """One object for all files; `files` has the parts when there are several."""
    parts = [_file_data(one) for one in done]
    if len(parts) == 1:
        return parts[0]
    accepted = [one for one in done if one.is_accepted]
    outcomes = [one.outcome for one in done]
    worst = next(name for name in _WORST_FIRST if name in outcomes)
    return {
        "outcome": worst,
        "rows": sum(one.preview.rows for one in accepted if one.preview),
        "totals": _totals(accepted),
        "by_month": _by_month(accepted),
        "suspense": [area for part in parts for area in _list(part["suspense"])],
        "warnings": [issue for part in parts for issue in _list(part["warnings"])],
        "errors": [issue for part in parts for issue in _list(part["errors"])],
        "change": parts[-1]["change"],
        "files": parts,
    }


_WORST_FIRST = ("refuse", "question", "accept_with_warnings", "accept_exact")


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _file_data(one: Imported) -> dict[str, object]:
    accepted = [one] if one.is_accepted else []
    areas = one.preview.suspense if one.preview and one.is_accepted else ()
    return {
        "outcome": one.outcome,
        "file": one.name,
        "source": one.preview.source if one.preview else "",
        "rows": one.preview.rows if one.preview and one.is_accepted else 0,
        "totals": _totals(accepted),
        "by_month": _by_month(accepted),
        "suspense": [
            {
                "area": area.area,
                "currency": area.currency,
                "lines": area.lines,
                "amount": amount_text(area.amount, area.currency),
            }
            for area in areas
        ],
        "warnings": [issue_data(issue) for issue in one.all_issues if not issue.is_blocker],
        "errors": _errors(one),
        "change": one.receipt.change_id if one.receipt else None,
    }


def _errors(one: Imported) -> list[object]:
    errors: list[object] = [issue_data(issue) for issue in one.all_issues if issue.is_blocker]
    said = one.already or one.problem
    if not errors and said:
        errors.append({"message": said})
    return errors


def _totals(done: Sequence[Imported]) -> dict[str, str]:
    sums: dict[str, int] = {}
    for one in done:
        for currency, amount in one.preview.totals if one.preview else ():
            sums[currency] = sums.get(currency, 0) + amount
    return {currency: amount_text(amount, currency) for currency, amount in sums.items()}


def _by_month(done: Sequence[Imported]) -> dict[str, dict[str, str]]:
    """Posting month, currency, amount over all scenarios."""
    sums: dict[int, dict[str, int]] = {}
    for one in done:
        for part in one.preview.months if one.preview else ():
            month = sums.setdefault(part.month, {})
            month[part.currency] = month.get(part.currency, 0) + part.amount
    return {
        iso_month(month): {currency: amount_text(amount, currency) for currency, amount in amounts.items()}
        for month, amounts in sorted(sums.items())
    }
