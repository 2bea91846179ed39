"""Titles of an initiative, and of all of them: cost beside what was approved, and what came of it."""

from roi.reports.shapes import InitiativeReport, InitiativesReport
from roi.reports.shapes.value import InitiativeRow
from roi.story import told, words
from roi.story.epic_titles import short
from roi.story.rules import Rule, Said, always, say
from roi.story.written_titles import as_written


def _name(row: InitiativeRow) -> str:
    return short(row.initiative.name)


def over(row: InitiativeRow) -> int:
    """How much more than approved it has cost, minor units; 0 when it has not, or one is not known."""
    if row.cost.value is None or row.approved.value is None:
        return 0
    return max(row.cost.value - row.approved.value, 0)


def _cost(row: InitiativeRow) -> str:
    return f"{_name(row)} has cost {told.figure(row.cost)}"


def _more(report: InitiativeReport) -> str:
    shown = words.money(over(report.row), report.currency)
    return told.derived(shown, "over_approved", initiative=report.row.initiative.key)


INITIATIVE: tuple[Rule[InitiativeReport], ...] = (
    Rule(
        "initiative-empty", lambda r: r.row.epics == 0, lambda r: f"{_name(r.row)}: no epic belongs to it yet"
    ),
    Rule(
        "initiative-written",
        lambda r: r.row.cost.value is None and r.row.outcomes_total == 0 and bool(r.measures),
        lambda r: f"{_name(r.row)}: {as_written(r.measures)}",
    ),
    Rule(
        "initiative-no-cost",
        lambda r: r.row.cost.value is None,
        lambda r: (
            f"{_name(r.row)}: {words.count_of(r.row.outcomes_read, r.row.outcomes_total)} outcomes are read"
        ),
    ),
    Rule(
        "initiative-over",
        lambda r: over(r.row) > 0,
        lambda r: f"{_name(r.row)} has cost {_more(r)} more than approved",
    ),
    Rule(
        "initiative-confirmed",
        lambda r: bool(r.row.confirmed.value),
        lambda r: f"{_cost(r.row)}; finance has confirmed {told.figure(r.row.confirmed)} of cash",
    ),
    Rule(
        "initiative-approved",
        lambda r: r.row.approved.value is not None,
        lambda r: f"{_cost(r.row)} of {told.figure(r.row.approved)} approved",
    ),
    Rule("initiative-cost", always, lambda r: f"{_cost(r.row)}; no cost was approved"),
)


def initiative(report: InitiativeReport) -> Said:
    """The claim of an initiative's page."""
    return say(INITIATIVE, report)


def _over(report: InitiativesReport) -> int:
    return sum(over(row) > 0 for row in report.rows)


def _total(report: InitiativesReport) -> str:
    return words.spelled(len(report.rows), "initiative")


INITIATIVES: tuple[Rule[InitiativesReport], ...] = (
    Rule("initiatives-empty", lambda r: not r.rows, lambda _: "No initiative is recorded yet"),
    Rule(
        "initiatives-not-approved",
        lambda r: all(row.approved.value is None for row in r.rows),
        lambda r: f"{_total(r)}; no cost was approved",
    ),
    Rule(
        "initiatives-over",
        lambda r: _over(r) > 0,
        lambda r: f"{_total(r)}; {_over(r)} {'has' if _over(r) == 1 else 'have'} cost more than was approved",
    ),
    Rule("initiatives-within", always, lambda r: f"{_total(r)}; none has cost more than was approved"),
)


def initiatives(report: InitiativesReport) -> Said:
    """The claim of the list of initiatives."""
    return say(INITIATIVES, report)
