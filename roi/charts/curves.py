"""Charts of points and lines: how good promises were, and when an investment pays back.

Like `spec`, each says what is drawn, in words and as a table, apart from how it is drawn (`plots`).
"""

from dataclasses import dataclass

from roi.charts.spec import Leads

Table = tuple[tuple[str, ...], ...]


def _must_be_heard(alt: str, table: Table, rows: int) -> None:
    if not alt.strip():
        message = "a chart needs its alternative text"
        raise ValueError(message)
    if len(table) != rows + 1:
        message = "the table behind a chart has one row a mark, and a head"
        raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Dot:
    """One promise: `x` promised and `y` came, parts per million of where the metric stood before."""

    x: int
    y: int
    label: str
    told: str
    is_filled: bool
    is_named: bool = False
    leads: Leads = ()


@dataclass(frozen=True, slots=True)
class DotsSpec:
    """Promised against actual on one scale with the line on which both are the same."""

    alt: str
    dots: tuple[Dot, ...]
    table: Table
    low: int
    high: int

    def __post_init__(self) -> None:
        """Refuse a chart that cannot be heard, or that has no table behind it."""
        _must_be_heard(self.alt, self.table, len(self.dots))

    @property
    def leads(self) -> tuple[Leads, ...]:
        """Where each dot leads on, in the order of the dots and of the rows of the table."""
        return tuple(dot.leads for dot in self.dots)


@dataclass(frozen=True, slots=True)
class Step:
    """The sum so far at the end of a quarter with its range, minor units; `is_past`: it has happened."""

    label: str
    value: int
    low: int
    high: int
    is_past: bool
    told: str


@dataclass(frozen=True, slots=True)
class CurveSpec:
    """A cumulative sum over time: what happened solid, what is assumed dashed in a hatched band.

    `crossing` is where it comes back above zero, counted in steps, and what is said there.
    """

    alt: str
    steps: tuple[Step, ...]
    table: Table
    currency: str
    end: tuple[str, str]
    crossing: tuple[float, str] | None = None
    leads: tuple[Leads, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a chart that cannot be heard, or that has no table behind it."""
        _must_be_heard(self.alt, self.table, len(self.steps))
