"""What a chart shows, apart from how it is drawn; screen, slide and table are made from the same spec."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a mark stands for; colour means money's role, never decoration."""

    COST = "cost"
    VALUE = "value"
    NET = "net"
    SUSPENSE = "suspense"
    APART = "apart"
    EXPECTED = "expected"
    IF_LANDS = "if it lands"


Leads = tuple[str, ...]
"""Where a mark leads on: a page, then names and values of its address; empty: nowhere."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: from where to where (minor units), what is printed on it, and what hovering says.

    `beside` is the plan for the same, drawn as an outline behind it; `under` is printed small below.
    """

    label: str
    start: int
    end: int
    printed: str
    role: Role
    is_total: bool = False
    hover: str = ""
    beside: int | None = None
    under: str = ""
    leads: Leads = ()


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """A chart: its kind (`bridge` or `columns`), its bars, and what it says in words.

    `alt` is its claim with the key numbers, and may not be empty; `table` is the same data as rows,
    head first.
    """

    kind: str
    alt: str
    bars: tuple[Bar, ...]
    table: tuple[tuple[str, ...], ...]
    currency: str
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a chart that cannot be heard, or that has no table behind it."""
        if not self.alt.strip():
            message = "a chart needs its alternative text"
            raise ValueError(message)
        if len(self.table) != len(self.bars) + 1:
            message = "the table behind a chart has one row a bar, and a head"
            raise ValueError(message)

    @property
    def leads(self) -> tuple[Leads, ...]:
        """Where each bar leads on, in the order of the bars and of the rows of the table."""
        return tuple(bar.leads for bar in self.bars)
