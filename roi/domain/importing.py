"""What an import is made of: the plan that reading a file gives and the store carries out.

It stands on this floor because `ingest` makes it and `store.staging` runs it, and the two do not
know each other.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from roi.errors import Issue


class DateOrder(StrEnum):
    """How a numeric date is read."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"
    ISO = "iso"


class Mode(StrEnum):
    """What an import does with lines that the source already has in the same months."""

    ASK = "ask"
    REPLACE = "replace-months"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A decoded file with its table found.

    `spool` is a UTF-8 file written by us, in the file's own delimiter and quoted with `"` where needed:
    every record below the header, first cell the physical line on which the record starts, then at
    most `width` cells; blank records left out. When `is_numbered` is false every physical line below
    the header is one record of `width` cells, so the spool is those lines as they were sent, unnumbered.
    Of a workbook, `sheet` is the one that was read, `sheets` are those that hold something; cells of its
    `number_columns` are numbers to it, so that they are read with a decimal point whatever is said.
    Records of a reshaped table may share their physical line (months across columns).
    `sample` holds the first data records, `notes` the warnings that reading gave.
    """

    name: str
    sha256: str
    size: int
    encoding: str
    delimiter: str
    header_line: int
    headers: tuple[str, ...]
    width: int
    records: int
    blank_records: int
    spool: Path
    sample: tuple[tuple[str, ...], ...]
    notes: tuple[Issue, ...] = ()
    is_numbered: bool = True
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    number_columns: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused for its size; None: no limit but memory. The defaults are those of the browser.

    A month outside the first and last is refused as a slip; so is a cost type, where any are listed.
    """

    content_bytes: int | None = 50 * 1024 * 1024
    rows: int | None = 1_000_000
    columns: int = 200
    name_letters: int = 200
    description_letters: int = 10_000
    first_month: int = 199001
    last_month: int = 209912
    cost_types: tuple[str, ...] = ()


UNLIMITED = Limits(content_bytes=None, rows=None)
"""The limits of the command line (decision D16)."""

NATURES = {
    "cash_cost": True,
    "capitalised_labour_credit": False,
    "amortisation": False,
    "intercompany_recharge": False,
    "accrual": False,
    "accrual_reversal": False,
    "severance": False,
    "recoverable_tax": False,
}
"""Every nature that a line may have; whether it is cost (rule V1), unless a dated policy says otherwise."""

CORRECTABLE = (
    "month amount currency team cost_centre pool category scenario nature intent treatment "
    "period_start period_end"
).split()
"""Fields of which a cell may be corrected. No person key: a correction is kept, and might keep a name."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A cell, or all cells alike, read as another value than was sent. The file itself stays as it is.

    `line` is the physical line of a record; None: every line whose field holds `sent`. `sent` None: whatever
    stands on the line. `value` is a month (2026-01) or day (2026-01-31), an amount with a point before its
    decimals and no other mark, or a word.
    """

    field: str
    value: str
    line: int | None = None
    sent: str | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    """What was put instead of what was sent, with every line on which it was."""

    field: str
    sent: str
    value: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user said once about a source's files, remembered per source.

    `columns` maps our field to their header, an empty header meaning that the file does not have it;
    `stated` maps our field to one value for the whole file. `values` are answers to words that could not
    be read: field, their word, our word (a team's key or name, `actual`, `cash_cost`, ...); they are
    remembered for the source. `sheet` is the sheet of a workbook that has several.
    What `values` and a remembered source do not say is asked again.
    `months_across`: headers that name months are columns of amounts; `debit` and `credit` are the headers of
    two columns whose difference is the amount.
    """

    columns: tuple[tuple[str, str], ...] = ()
    stated: tuple[tuple[str, str], ...] = ()
    date_order: DateOrder | None = None
    decimal: str | None = None
    values: tuple[tuple[str, str, str], ...] = ()
    sheet: str | None = None
    months_across: bool = False
    debit: str = ""
    credit: str = ""

    def header_of(self, field_name: str) -> str | None:
        """Their header for our field, if one was said."""
        return dict(self.columns).get(field_name)

    def value_of(self, field_name: str) -> str | None:
        """The value stated for the whole file, if one was."""
        return dict(self.stated).get(field_name)


@dataclass(frozen=True, slots=True)
class StagingPlan:
    """How the store reads one spooled table.

    `cells` maps our field to the index of its cell (0 is the first cell of the file's record).
    """

    table: ReadTable
    source: str
    cells: tuple[tuple[str, int], ...]
    stated: tuple[tuple[str, str], ...] = ()
    date_order: DateOrder | None = None
    decimal: str | None = None
    set_aside: tuple[tuple[int, str], ...] = field(default=())
    values: tuple[tuple[str, str, str], ...] = ()
    limits: Limits = field(default_factory=Limits)
    corrections: tuple[Correction, ...] = ()
