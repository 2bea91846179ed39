"""The columns of lists about epics, outcomes and readings; the other lists stand with their kinds."""

from dataclasses import replace
from enum import StrEnum

from roi.commands.rows.list_kinds import field, required
from roi.domain.structure import EpicKind, Grade, ValueBasis, ValueClass
from roi.domain.success import Stated
from roi.domain.value import Ending, Origin
from roi.ingest import lists
from roi.ingest.lists import ListField


class Direction(StrEnum):
    """Which way of a metric is better."""

    UP = "up"
    DOWN = "down"


SHARES = (
    field("share_low", "the share of the change due to this work, at least", lists.share),
    field("share_likely", "most likely", lists.share),
    field("share_high", "at most", lists.share),
)
QUESTIONS = (
    field("problem", "which problem it solves, for whom", lists.text),
    field("result", "what will be different", lists.text),
    field("learning", "what we want to learn", lists.text),
)
WHICH_OUTCOME = (
    field("outcome", "the outcome's key; or name its epic and measure", lists.name, "key"),
    field("epic", "its epic, by key or name"),
    field("metric", "its measure"),
)

EPIC_FIELDS = (
    required("name", "what the epic is called"),
    required("team", "the team that delivers it, by name or key"),
    field("kind", "feature, technical debt, defect or risk", lists.choice(EpicKind)),
    required("started", "the day on which work started, such as 2026-01-05", lists.day),
    field("delivered", "the day on which it was delivered; empty while it is not", lists.day),
    required("planned_share", "the share of the team's capacity planned for it, such as 40%", lists.share),
    field("is_obligation", "yes when a law, contract or audit demands it", lists.yes_no, "obligation"),
    field("epic", "its key; made from the name when empty", lists.name, "key"),
    field("initiative", "the initiative that it belongs to, by key or name"),
    field("origin", "roadmap, dependency or unplanned: how it came to the team", lists.choice(Origin)),
    field("owner", "the one person who answers for it"),
    field("agreed_on", "the day on which it was agreed", lists.day),
    field("due_on", "the day by which it should be delivered", lists.day),
    field("is_product_oriented", "yes when it serves a product and not a project", lists.yes_no),
    field("copied_from", "the epic that it was copied from: its claims count nothing twice"),
    field("run_share", "run cost a year as a share of build cost, such as 15%", lists.many),
    field("launch_cost", "launch and change cost outside engineering", lists.number),
    field("currency", "the currency of that cost", lists.currency),
    field("ended_on", "the day on which it was cancelled or written off", lists.day),
    field("ended_by", "cancelled or written off", lists.choice(Ending)),
    field("ended_because", "why", lists.text),
)

_WRITTEN = "target_as_written"


def _number(name: str, text: str) -> ListField:
    """A level of the measure; without one when the target stands as it was written."""
    return replace(required(name, text, lists.number), unless=_WRITTEN)


OUTCOME_FIELDS = (
    replace(required("epic", "the epic, by key or name"), unless=_WRITTEN),
    required("metric", "the measure that should move"),
    replace(required("unit", "what it is counted in, such as % or users a month"), unless=_WRITTEN),
    required("direction", "up or down: which way is better", lists.choice(Direction)),
    _number("baseline", "the measure before"),
    _number("target_low", "what it reaches at least in 9 of 10 cases"),
    _number("target_likely", "what it most likely reaches"),
    _number("target_high", "what it passes in 1 of 10 cases"),
    field("by_when", "the day by which it should have moved", lists.day),
    required(
        "value_class",
        "revenue, retention, cost reduction, cost avoided, released time, risk reduced, not financial",
        lists.choice(ValueClass),
        "class",
    ),
    field("unit_value", "money per unit of the measure per month", lists.number),
    field("currency", "the currency of that money", lists.currency),
    field("value_basis", "booked, agreed or assumed", lists.choice(ValueBasis), "basis"),
    required("owner", "the one person who answers for it"),
    field("actual", "the measure now", lists.number),
    field("read_on", "the day of that reading", lists.day),
    field(
        "grade",
        "evidence A to E: experiment, controlled, series, before and after, stated",
        lists.choice(Grade),
    ),
    field("evidence", "where the reading comes from", lists.text),
    *SHARES,
    field("outcome", "its key; made from epic and measure when empty", lists.name, "key"),
    field("line", "the finance line on which its money shows"),
    field("cell", "the cell of that line"),
    field("driver", "the value driver that says what a unit is worth; then unit_value stays empty"),
    field("series", "the measure by month; of a loss that is avoided, its losses from before the work"),
    field("leads_to", "the outcome that it leads to, by key"),
    field("copied_from", "the outcome that it was copied from, by key"),
    field("agreed_on", "the day on which it was agreed; empty for a draft", lists.day),
    field("horizon_months", "for how many months it counts; the company's when empty", lists.whole),
    field("half_life_months", "after how many months half of it is left", lists.whole),
    field("confirmer", "who confirms it; not its owner"),
    field("evidence_planned", "how it will be shown that this work did it", lists.text),
    field("planned_share", "its claim on what is measured, frozen at start", lists.share),
    field("capacity_weeks", "the team-weeks a quarter that it frees; never money", lists.number),
    *QUESTIONS,
    field("target_as_written", "instead of numbers the target in words: shown, never money", lists.text),
    field("actual_as_written", "then what it reached, as it was written", lists.text),
    field("stated", "then its owner's word: met, not met, not available, to come", lists.choice(Stated)),
    field("initiative", "then of which initiative, when it is of no epic"),
)
READING = (
    *WHICH_OUTCOME,
    required("read_on", "the day of the reading", lists.day),
    required("actual", "the measure on that day", lists.number),
    required("grade", "evidence A to E", lists.choice(Grade)),
    field("evidence", "where the reading comes from", lists.text),
    *SHARES,
    field("effect_low", "an estimate of the movement, at least", lists.number),
    field("effect_likely", "most likely, above zero for the better", lists.number),
    field("effect_high", "at most", lists.number),
    field("also_happened", "what else happened", lists.text),
)
