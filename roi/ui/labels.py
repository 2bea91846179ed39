"""A refusal of a form names each field as the form does; lists and command line keep the names of columns."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from roi.commands import (
    anticipating,
    appraisal_settings,
    closing,
    drivers,
    epics,
    finance_lines,
    initiatives,
    loop,
    mapping,
    obligations,
    outcomes,
    products,
    structure,
    waits,
)
from roi.errors import Issue, RefusedError, RoiError

_EPIC = {
    "epic": "Name",
    "planned_share": "Planned share of the team, %",
    "due_on": "Due",
    "origin": "How it came",
    "run_share": "Run cost a year, % of build",
    "team": "Teams that work on it",
    "effort": "Part of the value",
    "slice": "Slice",
    "share": "Part of the promise, %",
}
_OUTCOME = {
    "epic": "Name of the epic",
    "started": "Work starts",
    "kind": "Kind of work",
    "origin": "How it came",
    "outcome": "What changes",
    "metric": "What changes",
    "baseline": "Stands now",
    "target_low": "Target, low end",
    "target_likely": "Target, likely",
    "target_high": "Target, high end",
    "direction": "Target, likely",
    "value_class": "Kind of benefit",
    "driver": "What one unit is worth comes from",
    "unit_value": "One unit, a month",
    "value_basis": "Basis of the unit value",
    "line": "Finance line",
    "cell": "Segment",
    "grade": "How we will know",
    "evidence": "Where it is measured",
    "confirmer": "Who in finance confirms",
    "leads_to": "It leads to",
    "horizon_months": "Months that it counts",
    "half_life_months": "Half of it is gone after, months",
    "planned_share": "Part of a shared pool, %",
    "planned_share/share": "Planned share of the team's capacity, %",
    "series": "Series of the metric",
    "capacity_weeks": "Team-weeks a quarter it frees",
    "share_likely": "How much of the change will be due to this work, %",
}
_READING = {
    "actual": "Value read",
    "grade": "How do we know?",
    "evidence": "Source (a link or a note)",
    "share_likely": "How much of the change is due to this work?",
    "effect_likely": "The estimate of the effect",
    "also_happened": "What else happened?",
}
_CLOSING = {
    "landed": "Did it do what was promised?",
    "learned": "What did we learn?",
    "reason": "Why?",
    "ended_by": "How does it end?",
}
_MEASURE = {"measure": "What is measured", "direction": "Better is"}
_INITIATIVE = {
    "initiative": "Name",
    "approved_cost": "Approved cost",
    "due_on": "Due",
    "result": "What result, measured how?",
    "problem": "What problem or behaviour?",
    "measure": "Which metric?",
    "learning": "How will we learn whether it worked?",
}
_APPRAISAL = {
    "discount_rate": "Discount rate a year, %",
    "horizon_months": "Horizon, months",
    "half_life_months": "Half-life, months",
    "run_cost_share": "Run cost a year, %",
}
_OF: Mapping[Callable[..., object], Mapping[str, str]] = {
    epics.save_epic: _EPIC,
    epics.end_epic: {"ended_on": "On", "ended_by": "How does it end?", "ended_because": "Why"},
    anticipating.save_anticipated: _OUTCOME,
    outcomes.record_reading: _READING,
    outcomes.confirm: {"valid_to": "Valid until"},
    loop.ask: {"text": "Ask the owner"},
    loop.answer: {"answer": "Your answer"},
    loop.close: _CLOSING,
    loop.reopen: {"reason": "Why is it opened again?"},
    waits.record_wait: {"team": "It waits for", "waits_for": "or for", "note": "What would end it"},
    obligations.record_obligation: {
        "kind": "What demands it",
        "penalty": "Penalty if missed",
        "note": "Where it is written",
    },
    obligations.record_met: {"met_on": "Accepted as met on", "paid": "Penalty paid"},
    products.record_life: {
        "started": "First month",
        "retired": "Last month",
        "reason": "Why it is retired",
    },
    finance_lines.save_lines: {
        "line": "Name",
        "cell": "Segment",
        "segments": "What lies in it and in no other",
    },
    finance_lines.save_line_months: {"line": "Line and segment", "cell": "Line and segment"},
    drivers.save_drivers: {"driver": "Name", "source": "Where it can be seen"},
    initiatives.save_initiatives: _INITIATIVE,
    initiatives.save_measures: _MEASURE,
    structure.save_company: {"fiscal_start": "First month of the fiscal year"},
    structure.save_teams: {"starts": "First month", "ends": "Last month"},
    appraisal_settings.save_appraisal: _APPRAISAL,
    closing.close_months: {"month": "Close all open months up to and including"},
    mapping.state_control_total: {"amount": "The books show", "month": "From"},
}
"""By command the labels of its form, by column, with the code of the issue where two fields share a column.

A column that the form calls by the same word is left out.
"""


def named(command: object, error: RoiError) -> RoiError:
    """The refusal with the labels of the form that the command is of; any other error as it is."""
    asked = command.func if isinstance(command, partial) else command
    labels = _OF.get(asked, {}) if callable(asked) else {}
    if not labels or not isinstance(error, RefusedError):
        return error
    return RefusedError(str(error), tuple(_named(labels, issue) for issue in error.issues))


def _named(labels: Mapping[str, str], issue: Issue) -> Issue:
    """An issue that names a line is of a file."""
    if issue.line or issue.column is None:
        return issue
    by_code = f"{issue.column}/{issue.code}"
    return replace(issue, column=labels.get(by_code, labels.get(issue.column, issue.column)))
