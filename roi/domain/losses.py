"""Risk and downtime: what did not happen is only stated, unless losses were counted before the work (V14).

The series that a plan names is then the one of its losses: it says what they were, and upholds no reading as
the live series of another measure does (V11).
"""

from datetime import date

from roi.domain.periods import month_of
from roi.domain.structure import Outcome, ValueClass

FORMULAS = frozenset({"downtime", "expected_loss"})
"""Formulas of the menu of drivers that price a loss which does not happen."""

WHY = "no series of losses from before the work, so what is avoided is only stated (grade E)"


def is_avoided(outcome: Outcome, formula: str) -> bool:
    """Whether its value is a loss that does not happen: by its class, or by the formula of its driver."""
    return outcome.value_class is ValueClass.RISK_REDUCED or formula in FORMULAS


def is_only_stated(outcome: Outcome, formula: str, first_month: int | None, started: date) -> bool:
    """Whether a loss is claimed as avoided and its series has no month from before the work started.

    `first_month` is the first of the series that its plan names; None without one.
    """
    if not is_avoided(outcome, formula):
        return False
    return first_month is None or first_month >= month_of(started)
