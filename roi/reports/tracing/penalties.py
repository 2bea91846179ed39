"""How the penalty of an obligation is found again, and what is said where there is none (rule V15)."""

from roi.domain.figures import Figure, unknown
from roi.errors import UnknownKeyError
from roi.reports import obligations
from roi.reports.tracing.asked import Asked, Found


def penalty(asked: Asked) -> Found:
    """As it was recorded with the deadline; no line of a file stands behind it."""
    return Found(_of_obligation(asked, "obligation_penalty"))


def paid(asked: Asked) -> Found:
    """As it was recorded when the obligation was settled; its line of the ledger is not known."""
    return Found(_of_obligation(asked, "penalty_paid"))


def _of_obligation(asked: Asked, figure_id: str) -> Figure:
    """A figure of one obligation; of an epic that is none it says so.

    Raises:
        UnknownKeyError: no epic is named; the sentence says which can be, or that none is an obligation.
    """
    epic = asked.epic
    if epic is None:
        raise UnknownKeyError(_which(asked))
    if not epic.is_obligation:
        return unknown(figure_id, obligations.NO_OBLIGATION, currency=asked.base.currency)
    row = obligations.row(asked.jobs, epic, asked.day)
    return row.paid if figure_id == "penalty_paid" and row.paid is not None else row.penalty


def _which(asked: Asked) -> str:
    its = [one for one in asked.jobs.epics_of(asked.teams) if one.is_obligation]
    if not its:
        return "This figure belongs to one obligation, and no epic that is looked at is one."
    named = ", ".join(f"{one.name} ({one.key})" for one in its[:5])
    return f"This figure belongs to one obligation. Name the epic: {named}."
