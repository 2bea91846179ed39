"""What commands are asked with and what they answer."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from roi.domain.importing import Corrected, Correction, Limits, Mode, ReadTable, Settings
from roi.errors import Issue


@dataclass(frozen=True, slots=True)
class CostImport:
    """A cost file to import, with all that was said about it.

    `control_total` is what the books show for the months of this file, in major units of the file's
    one currency; `unreconciled_reason` lets an import go on although the two differ.
    `restatement` is the reason by which figures of closed months may move (decision D11).
    `set_aside` names lines of the file that go to suspense, each with a reason; `corrections` are cells that
    are read as another value than was sent. `limits` are the browser's unless the command line says
    `UNLIMITED`.
    """

    content: bytes
    name: str
    source: str
    settings: Settings = field(default_factory=Settings)
    mode: Mode = Mode.ASK
    control_total: Decimal | None = None
    unreconciled_reason: str = ""
    restatement: str = ""
    set_aside: tuple[tuple[int, str], ...] = ()
    limits: Limits = field(default_factory=Limits)
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """Our field and the column of the file it is read from (None: not in the file)."""

    field: str
    label: str
    cell: int | None
    header: str
    confidence: str
    is_required: bool
    samples: tuple[str, ...]
    help: str


@dataclass(frozen=True, slots=True)
class FileReading:
    """A file that was opened: its table, what its columns seem to be, and what is wrong with it.

    `source` is the remembered source whose settings fit, or the suggested name; `settings` are that
    source's remembered settings (empty when new). `sheets` are those of a workbook that
    hold something, `sheet` the one that was read; with several and none read, one has to be chosen.
    """

    table: ReadTable | None
    columns: tuple[ColumnChoice, ...]
    source: str
    is_known_source: bool
    settings: Settings
    already: "EarlierImport | None"
    issues: tuple[Issue, ...]
    sheet: str = ""
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EarlierImport:
    """The live import that already holds this content."""

    change_id: int
    at: datetime
    actor: str
    file_name: str


@dataclass(frozen=True, slots=True)
class MonthTotal:
    """Rows and amount of one posting month, currency and scenario of a file."""

    month: int
    currency: str
    scenario: str
    rows: int
    amount: int


@dataclass(frozen=True, slots=True)
class TeamEffect:
    """What one team costs before and after an import, in the file's months (suspense has an empty key)."""

    key: str
    name: str
    currency: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class AreaShare:
    """A cost area that no team carries yet: it goes to suspense by name."""

    area: str
    currency: str
    lines: int
    amount: int


@dataclass(frozen=True, slots=True)
class MonthEffect:
    """What the file's months hold in the ledger before and after an import."""

    month: int
    currency: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Suspect:
    """Something that could explain a difference to the books: where, in which month, how much, and why."""

    where: str
    month: int | None
    amount: int | None
    why: str


@dataclass(frozen=True, slots=True)
class ControlCheck:
    """Control total against what the ledger would hold for the file's months after the import."""

    currency: str
    stated: int
    ledger: int
    suspects: tuple[Suspect, ...] = ()

    @property
    def difference(self) -> int:
        """Ledger minus stated; zero agrees."""
        return self.ledger - self.stated


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do. Nothing has been stored.

    `new`, `unchanged`, `removed` count lines against what the source already has in the same months
    and scenario, as a multiset; `overlap` are the months it already has. `used` are the settings that
    reading used, inferred ones included. `corrected` are the cells that are read otherwise than sent,
    `set_aside` counts rows that go to suspense by hand.
    """

    source: str
    file_name: str
    used: Settings
    rows: int
    months: tuple[MonthTotal, ...]
    totals: tuple[tuple[str, int], ...]
    issues: tuple[Issue, ...]
    overlap: tuple[int, ...]
    new: int
    unchanged: int
    removed: int
    effects: tuple[TeamEffect, ...]
    suspense: tuple[AreaShare, ...]
    control: ControlCheck | None
    already: EarlierImport | None
    corrected: tuple[Corrected, ...] = ()
    set_aside: int = 0
    month_effects: tuple[MonthEffect, ...] = ()

    @property
    def blockers(self) -> tuple[Issue, ...]:
        """The issues that stop the import."""
        return tuple(issue for issue in self.issues if issue.is_blocker)

    @property
    def warnings(self) -> tuple[Issue, ...]:
        """The issues that are only said."""
        return tuple(issue for issue in self.issues if not issue.is_blocker)

    @property
    def is_ready(self) -> bool:
        """Whether the import may be carried out as asked."""
        return not self.blockers and self.already is None and self.rows > 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a carried-out change did: the number by which it can be undone, and its content's hash.

    `notes` say what it did beside what was asked: ticks that it ended with the money they held, estimates
    that changed after the start, and what was restated from what to what.
    """

    change_id: int
    at: datetime
    actor: str
    kind: str
    reason: str
    rows_added: int
    rows_removed: int
    source_name: str = ""
    source_sha256: str = ""
    content_sha256: str = ""
    notes: tuple[str, ...] = ()
