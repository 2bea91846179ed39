"""An export of an issue tracker: what it would change, and bringing it in as one change.

People's columns are dropped at the door. Kept are the hash of the file as it was sent, and the redacted rows.
"""

from dataclasses import dataclass
from hashlib import sha256

from roi.actors import Action, Actor
from roi.commands import tracker_work
from roi.commands.changing import recording, records
from roi.commands.changing.held import Held
from roi.commands.changing.recording import Work, refuse
from roi.commands.changing.requests import Receipt
from roi.commands.checks import epic_checks, outcome_checks, outcome_work
from roi.commands.tracker_work import FIELD, SOURCE, Meant, TeamWord, TrackerAnswers
from roi.domain.structure import Epic
from roi.domain.value import Effort
from roi.errors import UNSAVED, Issue, UnchangedError, blocker
from roi.ingest.tracker import exported
from roi.ingest.tracker.shapes import Dropped, Reading
from roi.store import read, uploads
from roi.store.changes import End, NewChange, Put, Row
from roi.store.database import Store
from roi.store.read import Cursor
from roi.store.tables import TABLES

__all__ = [
    "IMPORT_TRACKER",
    "TeamWord",
    "TrackerAnswers",
    "TrackerPreview",
    "import_tracker",
    "read_file",
    "read_tracker",
]

IMPORT_TRACKER = "import from a tracker"
"""The kind of change that this module makes."""

_NOTHING_SAID = TrackerAnswers()


@dataclass(frozen=True, slots=True)
class TrackerPreview:
    """What an export would change. Nothing has been stored.

    `sha256` is of the file as it was sent. `new`, `changed` and `unchanged` count epics; `efforts` are the
    months that the file speaks for, whole for each team that it names.
    """

    name: str
    sha256: str
    items: int
    words: tuple[TeamWord, ...]
    epics: tuple[Epic, ...]
    new: int
    changed: int
    unchanged: int
    efforts: tuple[Effort, ...]
    efforts_gone: int
    dropped: tuple[Dropped, ...]
    issues: tuple[Issue, ...]

    @property
    def is_ready(self) -> bool:
        """Whether nothing stops it."""
        return not any(issue.is_blocker for issue in self.issues)


def read_file(content: bytes, name: str, answers: TrackerAnswers = _NOTHING_SAID) -> Reading:
    """What is in the export, whatever is stored: what takes long; of the answers only `reading` counts."""
    return exported.read(content, name, answers.reading)


def read_tracker(  # noqa: PLR0913, PLR0917 - a file, what is said of it, and what was read already
    store: Store,
    actor: Actor,
    content: bytes,
    name: str,
    answers: TrackerAnswers = _NOTHING_SAID,
    known: Reading | None = None,
) -> TrackerPreview:
    """What is in the export, beside what is stored. Stores nothing, and nobody's name is in the answer.

    `known` is what `read_file` gave for this very content and these answers.
    """
    actor.require(Action.RECORD_OUTCOME)
    found = _of(known, content) or read_file(content, name, answers)
    with store.snapshot() as cursor:
        held = Held(cursor)
        meant, issues = _examine(held, found, answers)
        gone = _gone(held, meant)
        before = held.epics
        new = sum(1 for epic in meant.epics if epic.key not in before)
        same = sum(1 for epic in meant.epics if before.get(epic.key) == epic)
    counts = (new, len(meant.epics) - new - same, same)
    items = len(tracker_work.reading_items(found))
    head = (found.name, found.sha256, items, meant.words, meant.epics)
    return TrackerPreview(*head, *counts, meant.efforts, len(gone), found.dropped, issues)


def _of(known: Reading | None, content: bytes) -> Reading | None:
    """What was read already, if it is of this content."""
    is_same = known is not None and known.sha256 == sha256(content).hexdigest()
    return known if is_same else None


def import_tracker(  # noqa: PLR0913, PLR0917 - a file, what is said of it, and what was read already
    store: Store,
    actor: Actor,
    content: bytes,
    name: str,
    answers: TrackerAnswers = _NOTHING_SAID,
    known: Reading | None = None,
) -> Receipt:
    """Bring the export in as one change: epics, how their value is split, and effort by month.

    Effort of a team's month that the file names is replaced as a whole. An epic that is stored keeps what was
    said about it; the tracker adds its delivery, its obligation and its end. The teams of its words are
    remembered.

    Raises:
        RefusedError: something stands in its way; every issue is carried.
        UnchangedError: everything in it is stored already.
    """
    actor.require(Action.RECORD_OUTCOME)
    found = _of(known, content) or read_file(content, name, answers)
    kept = found.redacted.csv.encode() if found.is_ready else b""

    def decide(cursor: Cursor) -> Work:
        held = Held(cursor)
        meant, issues = _examine(held, found, answers)
        refuse(issues)
        work = _work(held, meant)
        if not _moves(cursor, work):
            message = f"All that {found.name} says is stored already."
            raise UnchangedError(message)
        uploads.keep(store.upload_folder, kept)
        return work

    detail = {"sent_sha256": found.sha256, "kept": uploads.digest_of(kept), "items": len(found.items)}
    change = NewChange(actor, IMPORT_TRACKER, source_name=found.name, detail=detail)
    return recording.record(store, change, decide)


def _examine(held: Held, found: Reading, answers: TrackerAnswers) -> tuple[Meant, tuple[Issue, ...]]:
    meant = tracker_work.meant(held, _remembered(held.cursor), found, answers)
    issues = [*found.issues, *meant.issues]
    if found.is_ready:
        issues += _team_issues(held, meant, answers)
        issues += outcome_checks.epic_issues(held, meant.epics, meant.lines)
        by_key = {epic.key: epic for epic in meant.epics}
        for plan in meant.plans:
            issues += epic_checks.plan_issues(held, by_key[plan.epic], plan)
    return meant, tuple(issues)


def _team_issues(held: Held, meant: Meant, answers: TrackerAnswers) -> list[Issue]:
    issues = [
        blocker("unknown_team", f"There is no team “{team}”. {UNSAVED}", column="team", sent=team)
        for team in sorted({one.team for one in meant.words} - {""} - held.teams.keys())
    ]
    if any(one.team for one in meant.words):
        return issues
    message = (
        f"None of the file's words for teams is a team of ours, so nothing can be taken from it. {UNSAVED}"
    )
    words = ", ".join(one.word for one in meant.words if one.word)
    where = "another column" if answers.reading.team_source is None else "teams"
    fix = f"Say which team each is, or take the team from {where}."
    return [*issues, blocker("teams", message, column="team", sent=words, fix=fix)]


def _remembered(cursor: Cursor) -> dict[str, str]:
    """The teams that were said for words of a tracker before."""
    return {
        read.text(row["sent"]): read.text(row["value"])
        for row in read.table(cursor, "value_mapping")
        if row["source"] == SOURCE and row["field"] == FIELD
    }


def _work(held: Held, meant: Meant) -> Work:
    words: tuple[Row, ...] = tuple(
        {"source": SOURCE, "field": FIELD, "sent": one.word, "kind": "team", "value": one.team}
        for one in meant.words
        if one.team
    )
    puts = [
        records.put("epic", meant.epics),
        records.put("epic_plan", meant.plans),
        records.put("epic_team", meant.splits),
        records.put("epic_effort", meant.efforts),
        Put("value_mapping", words),
    ]
    frozen = outcome_work.forecasts_of_epics(held, [epic.key for epic in meant.epics])
    gone = _gone(held, meant)
    ends = (End("epic_effort", gone),) if gone else ()
    return Work((*puts, *([frozen] if frozen else [])), ends)


def _gone(held: Held, meant: Meant) -> tuple[tuple[object, ...], ...]:
    """Stored effort of a team's month that the file names and says otherwise now."""
    sent = {(one.team, one.month, one.epic) for one in meant.efforts}
    months = {(team, month) for team, month, _ in sent}
    keys = [
        (read.text(row["team"]), read.whole(row["month"]), read.text(row["epic"]))
        for row in read.table(held.cursor, "epic_effort")
    ]
    return tuple(key for key in keys if key[:2] in months and key not in sent)


def _moves(cursor: Cursor, work: Work) -> bool:
    """Whether the change would put or end anything."""
    if work.ends:
        return True
    for put in work.puts:
        table = TABLES[put.table]
        held = {tuple(row[name] for name in table.columns) for row in read.table(cursor, put.table)}
        if any(tuple(row[name] for name in table.columns) not in held for row in put.rows):
            return True
    return False
