"""The lists about value: their columns, who may bring them in, and how their rows are stored."""

from collections.abc import Mapping, Sequence

from roi.actors import Action
from roi.commands.rows import list_rows, money_rows, promise_rows, work_rows
from roi.commands.rows.list_kinds import Beside, Build, Kind, field, nothing, required
from roi.commands.rows.value_fields import (
    EPIC_FIELDS,
    OUTCOME_FIELDS,
    QUESTIONS,
    READING,
    WHICH_OUTCOME,
    Direction,
)
from roi.domain.obligations import ObligationKind
from roi.domain.structure import ValueBasis
from roi.domain.success import Stated
from roi.domain.value import Ending, Landed, LineKind
from roi.ingest import lists
from roi.ingest.lists import ListContract, ListField

_OWNERS, _FINANCE = Action.RECORD_OUTCOME, Action.CONFIRM_VALUE


def _kind(  # noqa: PLR0913, PLR0917 - a kind of list is these things
    kind: str,
    title: str,
    table: str,
    action: Action,
    fields: Sequence[ListField],
    build: Build,
    beside: Beside = nothing,
    also: str = "",
) -> tuple[str, Kind]:
    contract = ListContract(kind, title, tuple(fields))
    once = build if kind in {"epics", "outcomes"} else list_rows.once(table, build)
    return kind, Kind(contract, table, action, once, beside, also)


_WORK = (
    _kind(
        "initiatives",
        "Initiatives",
        "initiative",
        _OWNERS,
        (
            required("name", "what the initiative is called"),
            required("owner", "the one person who answers for it"),
            field("value_stream", "the value stream that it serves"),
            field("approved_on", "the day on which it was approved", lists.day),
            field("due_on", "the day by which it should be done", lists.day),
            field("approved_cost", "what was approved for it", lists.number),
            field("currency", "the currency of that amount", lists.currency),
            *QUESTIONS,
            field("measure", "how we will know", lists.text),
            field("initiative", "its key; made from the name when empty", lists.name, "key"),
        ),
        work_rows.initiative_list,
    ),
    _kind("epics", "Epics", "epic", _OWNERS, EPIC_FIELDS, work_rows.epics, work_rows.beside_epics),
    _kind(
        "epic_teams",
        "Teams of epics",
        "epic_team",
        _OWNERS,
        (
            required("epic", "the epic, by key or name; its rows here are all of its teams"),
            required("team", "the team, by name or key"),
            required("planned_share", "the share of the team's capacity planned for it", lists.share),
            required("effort", "the team's share of the epic's value, frozen at start", lists.share),
        ),
        work_rows.epic_teams,
        work_rows.beside_epic_teams,
    ),
    _kind(
        "epic_slices",
        "Slices of epics",
        "epic_slice",
        _OWNERS,
        (
            required("epic", "the epic, by key or name; its rows here are all of its slices"),
            required("name", "what the slice is called"),
            field("delivered", "the day on which it was delivered", lists.day),
            required("share", "its part of what the epic promises", lists.share),
            field("slice", "its key; made from the name when empty", lists.name, "key"),
        ),
        work_rows.epic_slices,
        work_rows.beside_epic_slices,
    ),
    _kind(
        "waits",
        "What epics wait for",
        "epic_wait",
        _OWNERS,
        (
            required("epic", "the epic that waits, by key or name"),
            field("team", "the team that it waits for, by name or key"),
            field("waits_for", "or in a few words what it waits for: a decision, a supplier; nobody's name"),
            required("since", "the first day on which it waited", lists.day),
            field("ended_on", "the day on which it waited no more; empty while it waits", lists.day),
            field("note", "what would end it; nobody's name", lists.text),
        ),
        work_rows.waits,
    ),
    _kind(
        "obligations",
        "Deadlines and penalties of obligations",
        "obligation",
        _OWNERS,
        (
            required("epic", "the epic that is an obligation, by key or name"),
            required("kind", "law, contract or security: what demands it", lists.choice(ObligationKind)),
            required("deadline", "the day by which it has to be met, such as 2027-03-14", lists.day),
            field("penalty", "what is paid when it is missed; empty while nobody knows", lists.number),
            field("currency", "the currency of the penalty", lists.currency),
            field("note", "where it stands written: the law, the contract; nobody's name", lists.text),
        ),
        work_rows.obligations,
    ),
    _kind(
        "obligations_met",
        "What came of obligations",
        "obligation_met",
        Action.SETTLE_OBLIGATION,
        (
            required("epic", "the epic that is an obligation, by key or name"),
            field("met_on", "the day on which it was accepted as met; its delivery when empty", lists.day),
            field(
                "paid",
                "the penalty that was paid; 0 where nothing was, empty while nobody has said",
                lists.number,
            ),
            field("currency", "the currency in which it was paid", lists.currency),
        ),
        work_rows.obligations_met,
    ),
    _kind(
        "product_lives",
        "Lives of products",
        "product_life",
        _OWNERS,
        (
            required("value_stream", "the value stream that is the product", lists.name, "product"),
            required("owner", "the one person who answers for it"),
            field("started", "its first month; that of its first cost or epic when empty", lists.month),
            field("retired", "its last month, when it is retired; empty while it goes on", lists.month),
            field("reason", "why it is retired: what replaces it, what it cost; nobody's name", lists.text),
        ),
        work_rows.product_lives,
    ),
    _kind(
        "epic_effort",
        "Effort on epics by month",
        "epic_effort",
        _OWNERS,
        (
            required("team", "the team, by name or key"),
            required("month", "the month, such as 2026-01", lists.month),
            field("epic", "the epic, by key or name; empty for run and unplanned work"),
            required("days", "days on which an item was worked on, summed over items", lists.number),
            field("basis", "how it was counted; item-days when empty"),
        ),
        work_rows.epic_effort,
    ),
    _kind(
        "success_measures",
        "Success measures",
        "success_measure",
        _OWNERS,
        (
            required("name", "what is measured"),
            field("initiative", "of which initiative, by key or name"),
            field("epic", "or of which epic, by key or name"),
            field("unit", "what it is counted in"),
            field("direction", "up or down: which way is better", lists.choice(Direction)),
            field("target", "what it should reach, as it was written", lists.text),
            field("actual", "what it reached, as it was written", lists.text),
            field("read_on", "the day of that reading", lists.day),
            field("stated", "its owner's word: met, not met, not available, to come", lists.choice(Stated)),
            field("source", "where it can be seen", lists.text),
            field("measure", "its key; made from the names when empty", lists.name, "key"),
        ),
        work_rows.measures,
    ),
)
_MONEY = (
    _kind(
        "finance_lines",
        "Finance lines",
        "finance_line",
        _FINANCE,
        (
            required("name", "the line of the company's own results"),
            required(
                "kind",
                "margin, cost outside (engineering) or engineering cost",
                lists.choice(LineKind),
            ),
            required("currency", "the currency in which it is kept", lists.currency),
            field("source", "the report in which it stands", lists.text),
            field("line", "its key; made from the name when empty", lists.name, "key"),
        ),
        money_rows.finance_lines,
    ),
    _kind(
        "line_cells",
        "Cells of finance lines",
        "line_cell",
        _FINANCE,
        (
            required("line", "the line's key"),
            required("name", "what the cell is called"),
            field("segments", "the segments that lie in it and in no other, separated by |", lists.text),
            field("cell", "its key; made from the name when empty", lists.name, "key"),
        ),
        money_rows.line_cells,
    ),
    _kind(
        "line_months",
        "Months of finance lines",
        "line_month",
        _FINANCE,
        (
            required("line", "the line's key"),
            required("cell", "the cell's key"),
            required("month", "the month, such as 2026-01", lists.month),
            required("baseline", "what it would have been", lists.number),
            required("actual", "what it was; the difference caps every claim", lists.number),
        ),
        money_rows.line_months,
    ),
    _kind(
        "value_drivers",
        "Value drivers",
        "value_driver",
        _FINANCE,
        (
            required("name", "what the driver is called"),
            required("formula", "a formula of the menu, such as margin_per_unit or retained_margin"),
            required("currency", "the currency of its money", lists.currency),
            required("basis", "booked, agreed or assumed", lists.choice(ValueBasis)),
            field("owner", "who answers for it"),
            field("source", "where it can be seen", lists.text),
            field("dated", "the day of which it is", lists.day),
            field("driver", "its key; made from the name when empty", lists.name, "key"),
        ),
        money_rows.value_drivers,
        money_rows.beside_value_drivers,
    ),
    _kind(
        "driver_inputs",
        "Inputs of value drivers",
        "driver_input",
        _FINANCE,
        (
            required("driver", "the driver's key"),
            required("input", "the input of its formula, such as price or margin"),
            field("low", "at least, in 9 of 10 cases; as likely when empty", lists.number),
            required("likely", "most likely", lists.number),
            field("high", "at most, in 9 of 10 cases; as likely when empty", lists.number),
            field("owner", "who answers for it"),
            field("source", "where it can be seen", lists.text),
            field("dated", "the day of which it is", lists.day),
        ),
        money_rows.driver_inputs,
        money_rows.beside_driver_inputs,
    ),
    _kind(
        "metric_series",
        "Series of measures",
        "metric_month",
        _OWNERS,
        (
            required("series", "what the series is called"),
            required("month", "the month, such as 2026-01", lists.month),
            required("value", "the measure in that month", lists.number),
            field("source", "where it can be seen", lists.text),
        ),
        money_rows.metric_series,
    ),
)
_PROMISES = (
    _kind(
        "outcomes",
        "Outcomes",
        "outcome",
        _OWNERS,
        OUTCOME_FIELDS,
        promise_rows.outcome_list,
        promise_rows.beside_outcomes,
        also="success_measure",
    ),
    _kind(
        "readings",
        "Readings",
        "reading",
        _OWNERS,
        READING,
        promise_rows.reading_list,
        promise_rows.beside_readings,
    ),
    _kind(
        "closures",
        "Ends of outcomes",
        "closure",
        _OWNERS,
        (
            *WHICH_OUTCOME,
            required("ended_on", "the day on which it ended", lists.day),
            required("ended_by", "closed, written off or dropped", lists.choice(Ending)),
            field("landed", "met, partly, not or cannot tell", lists.choice(Landed)),
            field("learned", "what was learned", lists.text),
            field("reason", "why it ends, or why early", lists.text),
        ),
        promise_rows.closure_list,
    ),
)
VALUE_KINDS: Mapping[str, Kind] = dict((*_WORK, *_MONEY, *_PROMISES))
"""Every list about value, in an order in which each finds what it names."""
