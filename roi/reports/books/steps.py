"""The six steps of the first hour, and how far this company is."""

from roi.reports.ground import kept
from roi.reports.ground.basis import Basis
from roi.reports.shapes import Step
from roi.store import read

_STEPS = (
    ("company", "Name the company, its currency and fiscal year", 1, "anybody", "start"),
    ("teams", "Add value streams and teams, or paste a list", 3, "anybody", "start"),
    ("costs", "Import costs", 8, "finance", "data"),
    ("control", "Match the control total", 2, "finance", "data"),
    ("outcome", "Record one anticipated outcome", 4, "tech leader or owner", "outcomes"),
    ("reading", "Record its first reading", 2, "tech leader or owner", "outcomes"),
)


def of(base: Basis) -> tuple[Step, ...]:
    """The same, asked once for each version of a store."""
    return kept.once(base, "steps", (), lambda: build(base.cursor, has_costs=bool(base.ledger)))


def build(cursor: read.Cursor, *, has_costs: bool) -> tuple[Step, ...]:
    """Each step with whether it is done at this version."""
    held = read.rows(cursor, "outcomes_held")[0]
    done = {
        "company": read.company(cursor) is not None,
        "teams": bool(read.teams(cursor)),
        "costs": has_costs,
        "control": bool(read.table(cursor, "control_total")),
        "outcome": bool(held["outcomes"]),
        "reading": bool(held["read"]),
    }
    return tuple(Step(key, title, done[key], minutes, who, page) for key, title, minutes, who, page in _STEPS)
