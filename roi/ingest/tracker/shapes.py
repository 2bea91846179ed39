"""What reading an export of an issue tracker gives: items, epics, redacted rows, all that is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from roi.domain.importing import DateOrder
from roi.domain.structure import EpicKind
from roi.errors import Issue
from roi.ingest.lists import as_csv


class ItemKind(StrEnum):
    """What an item is, as far as its type word tells."""

    INITIATIVE = "initiative"
    EPIC = "epic"
    FEATURE = "feature"
    TECHNICAL_DEBT = "technical_debt"
    DEFECT = "defect"
    RISK = "risk"
    TASK = "task"
    SUB_TASK = "sub_task"


ABOVE_ITEMS = frozenset({ItemKind.INITIATIVE, ItemKind.EPIC})
"""What groups work and is no item of work itself."""


class StatusCategory(StrEnum):
    """How far an item is; empty: its status word is not known."""

    TO_DO = "to_do"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    UNKNOWN = ""


class TeamSource(StrEnum):
    """The column that says which team an item belongs to."""

    TEAM = "team"
    COMPONENT = "component"
    PROJECT = "project"
    NONE = ""


class DropReason(StrEnum):
    """Why a column was left at the door."""

    PEOPLE = "people"
    FREE_TEXT = "free_text"
    NOT_NEEDED = "not_needed"


OpenSpan = tuple[date, date | None]
"""The days of an active state, both ends included; None: still active when the file was written."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What was said about a file, beyond what it says itself.

    `columns` gives their header for one of our fields (`roi.ingest.tracker.headers.FIELDS`); `active_states`
    and `done_states` are words of their status column, needed for a log of status changes whose words we do
    not know.
    """

    dates: DateOrder | None = None
    team_source: TeamSource | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    active_states: frozenset[str] = frozenset()
    done_states: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TrackerItem:
    """One item of the tracker, without anybody's name.

    `team` is the word of the file (its team, component or project: `Reading.team_source`), to be mapped to a
    team. `epic_key` is empty for work without an epic. `started` and `resolved` are None when the file does
    not know. `spans` are the days on which it was active; empty when nobody knows when work on it started.
    `flow_kind` is what a column or label says an epic is for. `is_obligation` is None where the file does not
    say. `is_parted`: it is a part of an item that is in the file too, which carries its days.
    """

    key: str
    kind: ItemKind
    type_word: str = ""
    summary: str = ""
    epic_key: str = ""
    parent_key: str = ""
    status: str = ""
    status_category: StatusCategory = StatusCategory.UNKNOWN
    created: date | None = None
    started: date | None = None
    resolved: date | None = None
    project: str = ""
    team: str = ""
    labels: tuple[str, ...] = ()
    blocked_by: tuple[str, ...] = ()
    flow_kind: EpicKind | None = None
    is_obligation: bool | None = None
    is_cancelled: bool = False
    is_parted: bool = False
    spans: tuple[OpenSpan, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class EpicLine:
    """An epic in the columns of our list `epics`; None or empty where the tracker does not know.

    `team` is the word of the file; empty when its items belong to several teams (`teams` has them all).
    `planned_share` is in no tracker and has to be asked. `delivered` is empty for a cancelled epic.
    """

    epic: str
    name: str
    team: str = ""
    kind: EpicKind | None = None
    started: date | None = None
    delivered: date | None = None
    is_obligation: bool | None = None
    initiative: str = ""
    is_cancelled: bool = False
    items: int = 0
    teams: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A column that was left at the door, and why; its values are kept nowhere."""

    header: str
    reason: DropReason


@dataclass(frozen=True, slots=True)
class RedactedTable:
    """The columns that were kept, in their order and under their own names; repeated ones stay repeated.

    Its CSV read again gives the same items.
    """

    headers: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def csv(self) -> str:
        """The rows as CSV, comma, UTF-8: what is stored in place of the file."""
        return as_csv(self.headers, self.rows)


@dataclass(frozen=True, slots=True)
class Reading:
    """An export as read: `sha256` is of the file as it was sent, which is kept nowhere.

    `last_day` is the latest day that the file knows of; work that is still open is active until then.
    """

    name: str
    sha256: str
    items: tuple[TrackerItem, ...] = ()
    epics: tuple[EpicLine, ...] = ()
    redacted: RedactedTable = RedactedTable()
    dropped: tuple[Dropped, ...] = ()
    issues: tuple[Issue, ...] = ()
    team_source: TeamSource = TeamSource.NONE
    last_day: date | None = None
    records: int = 0

    @property
    def is_ready(self) -> bool:
        """Whether nothing stops it."""
        return not any(issue.is_blocker for issue in self.issues)
