"""The parts that make a figure about value: each is of one number of its formula; they sum to it (T8)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from roi.domain.figures import Figure
from roi.domain.structure import Epic
from roi.reports.booked.booking import Sums
from roi.reports.booked.work import Work
from roi.reports.shapes import PartRow
from roi.reports.tracing.asked import Found
from roi.reports.value.valued import Amount, Valued

OUTCOME, EPIC, FLOW, YEAR, RECORDED = "outcome", "epic", "flow", "year", "recorded"
"""What a part is: what an outcome brings, what an epic costs, a flow, a year of months, an entered amount."""


def found(figure: Figure, parts: Iterable[PartRow]) -> Found:
    """A figure with the parts that make it, and the outcomes that the parts come from; none while unknown."""
    rows = tuple(parts) if figure.is_known else ()
    keys = dict.fromkeys(dict(row.leads).get("outcome", "") for row in rows if row.kind == OUTCOME)
    return Found(figure, parts=rows, outcomes=tuple(key for key in keys if key))


def agree(figure: Figure, parts: Sequence[PartRow]) -> bool:
    """Whether the parts of each number in the formula sum to it, to the minor unit."""
    inputs, sums = dict(figure.inputs), dict[str, int]()
    for part in parts:
        sums[part.term] = sums.get(part.term, 0) + (part.amount or 0)
    return all(inputs.get(term) == amount for term, amount in sums.items())


def of_sums(work: Work, sums: Sums, term: str, leads: str = "outcome_value") -> tuple[PartRow, ...]:
    """What each outcome has in the sums, the largest first."""
    by_key: dict[str, int] = {}
    for (key, _), amount in sums.items():
        by_key[key] = by_key.get(key, 0) + amount
    return of_outcomes(work, by_key, term, leads)


def of_outcomes(
    work: Work, amounts: Mapping[str, int], term: str, leads: str = "outcome_value"
) -> tuple[PartRow, ...]:
    """Amounts by outcome, the largest first; each leads to the trace of its own figure."""
    order = sorted(amounts, key=lambda key: (-abs(amounts[key]), key))
    return tuple(
        of_outcome(work, work.item_of[key], amounts[key], (term, leads)) for key in order if amounts[key]
    )


def of_outcome(
    work: Work,
    item: Valued,
    amount: int,
    named: tuple[str, str],
    years: tuple[tuple[int, int, int], ...] = (),
) -> PartRow:
    """One outcome's part; `named` is its number in the formula and the figure that it leads to."""
    term, leads = named
    key = item.outcome.key
    to = (("figure", leads), ("outcome", key)) if key in work.by_key else ()
    return PartRow(
        OUTCOME, f"{item.epic.name}: {item.outcome.metric}", amount, term=term, leads=to, years=years
    )


def of_epic(epic: Epic, amount: int, term: str) -> PartRow:
    """One epic's part; it leads to the trace of its cost."""
    return PartRow(EPIC, epic.name, amount, term=term, leads=(("figure", "epic_cost"), ("epic", epic.key)))


def by_year(months: Iterable[Amount], term: str, leads: tuple[tuple[str, str], ...]) -> tuple[PartRow, ...]:
    """Months added up by calendar year."""
    sums: dict[int, int] = {}
    counts: dict[int, int] = {}
    for one in months:
        year = one.month // 100
        sums[year] = sums.get(year, 0) + one.amount
        counts[year] = counts.get(year, 0) + 1
    return tuple(
        PartRow(YEAR, str(year), sums[year], term=term, leads=leads, months=counts[year])
        for year in sorted(sums)
    )


def recorded(
    name: str, amount: int, term: str, on: date | None, leads: tuple[tuple[str, str], ...]
) -> PartRow:
    """An amount as somebody entered it; nothing but the record stands behind it."""
    return PartRow(RECORDED, name, amount, term=term, leads=leads, on=on)
