"""What the pages about outcomes share: words for kinds, classes, grades, and who may do what."""

from datetime import date

import streamlit as st

from roi.charts.markup import Html
from roi.domain.structure import EpicKind, Grade, Tick, ValueBasis, ValueClass
from roi.reports import outcomes as outcomes_report
from roi.reports.shapes import OutcomeRow, OutcomesReport, Scope
from roi.story import words
from roi.ui import links, parts, session
from roi.ui.data.common import STYLE

SOON_DAYS = 30

KINDS = {
    EpicKind.FEATURE: "feature",
    EpicKind.TECHNICAL_DEBT: "technical debt",
    EpicKind.DEFECT: "defect",
    EpicKind.RISK: "risk",
}
CLASSES = {
    ValueClass.REVENUE: "Margin from growth",
    ValueClass.RETENTION: "Retained margin",
    ValueClass.COST_REDUCTION: "Cost reduction outside engineering",
    ValueClass.COST_AVOIDED: "Cost avoided (not cash)",
    ValueClass.RELEASED_TIME: "Released time (not cash)",
    ValueClass.RISK_REDUCED: "Risk reduced (not cash)",
    ValueClass.NOT_FINANCIAL: "Not financial: measured, never money",
}
BASES = {
    ValueBasis.BOOKED: "booked: finance sees it in the books",
    ValueBasis.AGREED: "agreed with finance",
    ValueBasis.ASSUMED: "assumed: can be measured, never confirmed",
}
GRADES = {
    Grade.A: "A: experiment or holdout",
    Grade.B: "B: controlled comparison",
    Grade.C: "C: interrupted series",
    Grade.D: "D: before and after",
    Grade.E: "E: stated by the owner",
}
TICKS = {
    Tick.MOVEMENT: "The movement agrees with its source",
    Tick.UNIT_VALUE: "The unit value",
    Tick.SHARE: "The share due to this work",
}
TICK_NAMES = {Tick.MOVEMENT: "the movement", Tick.UNIT_VALUE: "the unit value", Tick.SHARE: "the share"}
VERBS = {
    Grade.A: "caused",
    Grade.B: "contributed to",
    Grade.C: "contributed to",
    Grade.D: "moved together with",
    Grade.E: "expects",
}
"""Words match evidence (law T12)."""


def dress() -> None:
    """The style of these pages."""
    st.html(STYLE)


def ask() -> OutcomesReport:
    """All epics and outcomes that the scope holds."""
    return session.ask(outcomes_report.build, session.scope(), session.today())


def ask_all() -> OutcomesReport:
    """All epics and outcomes of the company, whatever is looked at: a form has to know every key."""
    return session.ask(outcomes_report.build, Scope(), session.today())


def rows(report: OutcomesReport) -> list[OutcomeRow]:
    """Every outcome of the report."""
    return [row for epic in report.epics for row in epic.outcomes]


def find(report: OutcomesReport, key: str) -> OutcomeRow | None:
    """The outcome with this key."""
    return next((row for row in rows(report) if row.outcome.key == key), None)


def here(label: str) -> Html:
    """`Outcomes / Record an outcome` with a real link back."""
    return parts.crumbs([("Outcomes", links.href("outcomes"))], label)


def is_due(row: OutcomeRow) -> bool:
    """Whether its reading should be there by now."""
    return row.state in {"reading due", "overdue"}


def is_soon(row: OutcomeRow, today: date) -> bool:
    """Whether its reading falls due within thirty days."""
    if row.outcome.actual is not None or row.due_on is None:
        return False
    return 0 < (row.due_on - today).days <= SOON_DAYS


def due_words(row: OutcomeRow) -> str:
    """`12 Dec 2026`, or that no date is known."""
    return words.day(row.due_on) if row.due_on else "no date yet"
