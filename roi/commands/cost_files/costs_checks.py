"""What a staged cost file means for the ledger: overlap, control total, suspense, what came before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from roi.commands.changing.requests import AreaShare, ControlCheck, CostImport, EarlierImport, MonthTotal
from roi.commands.cost_files import costs_control, costs_expected, costs_places
from roi.domain.importing import Corrected, Mode, Settings
from roi.domain.periods import iso_month, short_month
from roi.errors import UNSAVED, Issue, blocker, warning
from roi.store import imports
from roi.store.staging import Cursor, Staged

_NAMED_AREAS = 5
_JOINT = " |"
_NAMED_CORRECTIONS = 50
_NAME_LETTERS = 200


@dataclass(frozen=True, slots=True)
class Examined:
    """Everything that is known about a file before anybody decides; `is_typed`: every line could be read."""

    used: Settings
    issues: tuple[Issue, ...]
    raw_sha256: str
    content_sha256: str = ""
    rows: int = 0
    months: tuple[MonthTotal, ...] = ()
    overlap: tuple[int, ...] = ()
    new: int = 0
    unchanged: int = 0
    removed: int = 0
    suspense: tuple[AreaShare, ...] = ()
    control: ControlCheck | None = None
    already: EarlierImport | None = None
    stale_hashes: tuple[str, ...] = ()
    is_typed: bool = False
    corrected: tuple[Corrected, ...] = ()

    @property
    def touched(self) -> tuple[int, ...]:
        """The posting months of the file."""
        return tuple(sorted({month.month for month in self.months}))


def unread(cursor: Cursor, request: CostImport, read: tuple[Settings, Sequence[Issue]]) -> Examined:
    """A file of which no line could be read; whether its bytes were imported before is told all the same."""
    used, issues = read
    raw = sha256(request.content).hexdigest()
    return Examined(used, tuple(issues), raw, already=already(imports.earlier(cursor, raw)))


def request_issues(request: CostImport) -> Iterator[Issue]:
    """What is wrong with the request itself."""
    if not request.source.strip():
        yield blocker("source", f"The source has no name. {UNSAVED}", fix="Name where the file is from.")
    if max(len(request.source), len(request.name)) > _NAME_LETTERS:
        message = f"The name of the source or file has more than {_NAME_LETTERS} letters. {UNSAVED}"
        yield blocker("too_long", message, expected=f"at most {_NAME_LETTERS} letters")


def judge(
    cursor: Cursor, request: CostImport, raw: str, read: tuple[Settings, Staged, Sequence[Issue]]
) -> Examined:
    """Compare what was staged with the ledger and with what the books show; `raw` is the hash of the file."""
    used, staged, issues = read
    if not staged.is_loaded:
        # The engine gave up on the file, and with it on this transaction: nothing more can be asked.
        return Examined(used, (*issues, *staged.issues), raw)
    used = replace(
        used,
        date_order=used.date_order or staged.date_order,
        decimal=used.decimal or staged.decimal,
    )
    found = Examined(
        used,
        (*issues, *staged.issues, *costs_expected.unexpected(cursor, request.limits), *_corrected(staged)),
        raw,
        staged.content_sha256,
        staged.lines,
        tuple(MonthTotal(month, *_month(rest)) for month, *rest in imports.months(cursor)),
        is_typed=staged.is_clean,
        corrected=staged.corrected,
    )
    if staged.is_clean and staged.lines:
        return _compared(cursor, request, found, staged)
    issues = found.issues
    if staged.is_clean and not any(issue.is_blocker for issue in issues):
        issues = (*issues, _no_lines())
    return replace(found, issues=issues, already=already(imports.earlier(cursor, found.raw_sha256)))


def _corrected(staged: Staged) -> Iterator[Issue]:
    """What is read otherwise than sent is never silent."""
    for one in staged.corrected[:_NAMED_CORRECTIONS]:
        count = len(one.lines)
        where = f"Row {one.lines[0]}" if count == 1 else f"{count:,} rows (first {one.lines[0]})"
        sent = f"“{one.sent.strip()[:60]}”" if one.sent.strip() else "an empty cell"
        yield warning(
            "corrected",
            f"{where}: {one.field.replace('_', ' ')} {sent} is read as {one.value}, as was said here. "
            "The file stays as it was sent.",
            line=one.lines[0],
            column=one.field,
            sent=one.sent,
            expected=one.value,
            count=count,
            lines=one.lines[:5],
        )


def _month(rest: Sequence[object]) -> tuple[str, str, int, int]:
    currency, scenario, lines, amount = rest
    return str(currency), str(scenario), int(str(lines)), int(str(amount))


def _no_lines() -> Issue:
    return blocker("no_rows", f"The file holds no cost line. {UNSAVED}", fix="Export the month again.")


def _compared(cursor: Cursor, request: CostImport, found: Examined, staged: Staged) -> Examined:
    earlier = imports.earlier(cursor, found.raw_sha256, found.content_sha256)
    overlap = imports.overlap(cursor, request.source)
    new, unchanged, removed = found.rows, 0, 0
    issues = list(found.issues)
    if overlap:
        new, unchanged, removed = imports.difference(cursor, request.source)
        if request.mode is Mode.ADD:
            issues += _added_again(unchanged)
            new, unchanged, removed = found.rows, 0, 0
    before = already(earlier)
    if overlap and request.mode is Mode.ASK and before is None:
        issues.append(_overlap_question(request.source, overlap))
    issues += _twice(imports.twice(cursor, request.source), found.rows)
    stays = imports.suspense(cursor, request.source)
    issues += _unmapped(stays)
    issues += _joint(stays)
    issues += _again(imports.seen_before(cursor, request.source))
    places = costs_places.load(cursor, request.source)
    issues += costs_places.unusual(places)
    issues += costs_expected.far_away(cursor, request.source)
    control, told = costs_control.compare(cursor, request, costs_control.Seen(found.months, staged, places))
    return replace(
        found,
        issues=(*issues, *told),
        overlap=tuple(month for month, _ in overlap),
        new=new,
        unchanged=unchanged,
        removed=removed,
        suspense=tuple(AreaShare(_area(one), one.currency, one.lines, one.amount) for one in stays),
        control=control,
        already=before,
        stale_hashes=tuple(one.sha256 for one in earlier if not one.is_whole),
    )


def already(found: Sequence[imports.Earlier]) -> EarlierImport | None:
    """The import that still holds this content whole."""
    for one in found:
        if one.is_whole:
            return EarlierImport(one.change_id, one.at, one.actor, one.file_name)
    return None


def _overlap_question(source: str, overlap: Sequence[tuple[int, int]]) -> Issue:
    months = ", ".join(short_month(month) for month, _ in overlap[:12])
    lines = sum(count for _, count in overlap)
    return blocker(
        "overlap",
        f"{source} already has {lines:,} lines in {months}. Replace these months, or add to them? {UNSAVED}",
        column="month",
        sent=", ".join(iso_month(month) for month, _ in overlap[:12]),
        fix="Choose to replace these months or to add rows.",
        count=len(overlap),
    )


def _added_again(unchanged: int) -> list[Issue]:
    if not unchanged:
        return []
    message = f"{unchanged:,} of the lines to be added are identical to lines that the source already has."
    return [
        warning(
            "added_again", message, count=unchanged, fix="Replace these months instead, if they are the same."
        )
    ]


def _twice(found: Sequence[tuple[str, int]], rows: int) -> Iterator[Issue]:
    """The same cost under two names of a source: its lines are there already, and would count twice."""
    for source, count in found:
        verb, they = ("is", "It") if count == 1 else ("are", "They")
        yield warning(
            "other_source",
            f"{count:,} of {rows:,} lines {verb} identical to lines that the source {source} already has in "
            f"the same months. {they} would be counted twice.",
            column="source",
            sent=source,
            count=count,
            fix=f"Import the file as the source {source}, if it is the same cost.",
        )


def _area(one: imports.Staying) -> str:
    return {"aside": f"set aside: {one.area}", "pool": f"pool {one.area}", "person": "persons"}.get(
        one.kind, one.area
    )


def _unmapped(stays: Sequence[imports.Staying]) -> list[Issue]:
    """One warning names the areas that nobody has placed yet (decision D18)."""
    areas = [one for one in stays if one.kind == "cost_centre" and not one.is_mapped]
    names = list(dict.fromkeys(one.area for one in areas))
    if not names:
        return []
    listed = ", ".join(names[:_NAMED_AREAS]) + (", ..." if len(names) > _NAMED_AREAS else "")
    word = "cost area has" if len(names) == 1 else "cost areas have"
    return [
        warning(
            "unmapped_areas",
            f"{len(names)} {word} no team yet; their cost goes to suspense by name: {listed}",
            line=min(line for one in areas for line in one.first_lines),
            column="cost_centre",
            sent=names[0],
            count=sum(one.lines for one in areas),
            fix="Say which team, cost centre or pool each area belongs to; now or later.",
        )
    ]


def _joint(stays: Sequence[imports.Staying]) -> list[Issue]:
    """Lines that name several cost areas: how they split is said by nobody yet, so they stay whole."""
    joint = [one for one in stays if one.kind == "cost_centre" and not one.is_mapped and _JOINT in one.area]
    if not joint:
        return []
    lines, first = sum(one.lines for one in joint), min(line for one in joint for line in one.first_lines)
    return [
        warning(
            "several_areas",
            f"{lines:,} rows join cost areas by “|” (first row {first}) and do not say how they split. "
            "Each stays whole, in suspense under its joint name, until somebody says so.",
            line=first,
            column="cost_centre",
            sent=joint[0].area,
            count=lines,
            fix="Give a joint name to one team, or to a pool with fixed shares.",
        )
    ]


def _again(found: Sequence[tuple[int, str, int]]) -> list[Issue]:
    """Documents that the source already has in other months: a correction, or counted twice."""
    if not found:
        return []
    line, reference, month = found[0]
    return [
        warning(
            "reference_again",
            f"{len(found):,} rows have the reference, supplier and amount of a line in another month of the "
            f"source (row {line}: {reference}, in {short_month(month)}). They are added, as the file says.",
            line=line,
            lines=tuple(line for line, _, _ in found[:5]),
            column="reference",
            sent=reference,
            count=len(found),
            fix="Check that they were not paid once only.",
        )
    ]
