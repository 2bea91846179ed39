"""What the pages about outcomes share: words for kinds, classes, grades, and who may do what."""

import re
from datetime import date

import streamlit as st

from roi.actors import Action
from roi.charts.markup import Html, tag
from roi.domain.figures import Figure
from roi.domain.identity import is_one
from roi.domain.money import MINOR_DIGITS
from roi.domain.structure import EpicKind, Grade, Tick, ValueBasis, ValueClass
from roi.domain.value import Landed, Origin
from roi.reports import outcomes as outcomes_report
from roi.reports import shell as shell_report
from roi.reports import start as start_report
from roi.reports.loop import sofar
from roi.reports.shapes import OutcomeRow, OutcomesReport, Scope
from roi.reports.value.claims import CASH, MEMO
from roi.story import words
from roi.ui import links, parts, session
from roi.ui.data.common import STYLE

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
_SAVED_INSIDE = "Cost reduction inside engineering, already in lower cost"
_SAVED_NOT_SHOWN = "Cost reduction outside engineering (not cash until the books show it)"


def class_name(value_class: ValueClass, treated: str) -> str:
    """The kind of benefit; of a saving by where the line lies that it lowers (rule V13)."""
    if value_class is not ValueClass.COST_REDUCTION or treated in {"", CASH}:
        return CLASSES[value_class]
    return _SAVED_INSIDE if treated == MEMO else _SAVED_NOT_SHOWN


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
ORIGINS = {
    Origin.ROADMAP: "roadmap",
    Origin.DEPENDENCY: "another team asked for it",
    Origin.UNPLANNED: "unplanned",
}
LANDINGS = {
    Landed.MET: "Met: it did what was promised",
    Landed.PARTLY: "Partly: a part of it came",
    Landed.NOT: "Not: the expected effect did not show",
    Landed.CANNOT_TELL: "Cannot tell: the reading does not say",
}
TICKS = {
    Tick.MOVEMENT: "The movement agrees with its source",
    Tick.UNIT_VALUE: "The unit value",
    Tick.SHARE: "The share due to this work",
}
TICK_NAMES = {Tick.MOVEMENT: "the movement", Tick.UNIT_VALUE: "the unit value", Tick.SHARE: "the share"}

_ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
ENDED = frozenset({"closed", "written off"})


def dress() -> None:
    """The style of these pages."""
    st.html(STYLE)


def ask() -> OutcomesReport:
    """All epics and outcomes that the scope holds."""
    return session.ask(outcomes_report.build, session.scope(), session.today())


def ask_all() -> OutcomesReport:
    """All epics and outcomes of the company, whatever is looked at: a form has to know every key."""
    return session.ask(outcomes_report.build, Scope(), session.today())


def find(report: OutcomesReport, key: str) -> OutcomeRow | None:
    """The outcome with this key."""
    return report.row(key)


def here(label: str) -> Html:
    """`Outcomes / Record an outcome` with a real link back."""
    return parts.crumbs([("Outcomes", links.href("outcomes"))], label)


def is_due(row: OutcomeRow) -> bool:
    """Whether a reading should be there by now."""
    return row.state in {"reading due", "overdue"}


def due_words(row: OutcomeRow) -> str:
    """`12 Dec 2026`, or that no date is known; none comes of what has ended."""
    if row.due_on:
        return words.day(row.due_on)
    return f"none comes, it is {row.standing}" if row.state in ENDED else "no date yet"


def epic_link(label: str, epic: str) -> Html:
    """The name of an outcome or epic as a link to its epic."""
    return parts.link(label, links.href("epic", epic=epic))


def product_link(name: str) -> Html:
    """The name of a value stream as a link to its page as a product."""
    return parts.link(name, links.href("product", value_stream=name))


def shown(figure: Figure | None, **key: str) -> Html:
    """A figure as a button that opens *How we know*, with its reason where there is no value."""
    if figure is None:
        return tag("span", words.DASH, class_="neu")
    if not figure.is_known:
        told = words.NONE if sofar.is_none(figure) else words.NOT_KNOWN
        return tag("span", told, class_="neu", title=figure.reason)
    return parts.known(words.figure(figure), figure, **key)


def likely(figure: Figure | None) -> str:
    """`likely $0.7M–$1.6M`, or nothing where there is no range."""
    if figure is None or not figure.is_known or figure.low == figure.high:
        return ""
    told = words.range_of(figure)
    return f"likely {told}" if told else ""


def with_range(figure: Figure | None) -> str:
    """`$1.2M ($0.7M–$1.6M)` as text."""
    if figure is None or not figure.is_known:
        return words.NOT_KNOWN
    told = words.range_of(figure)
    likely_only = words.figure(figure)
    return f"{likely_only} ({told})" if told not in {"", likely_only} else likely_only


def with_days(text: str) -> str:
    """The text with every date as people write it: `12 Dec 2026`."""
    return _ISO.sub(lambda found: words.day(date.fromisoformat(found[0])), text)


def late_words(days: int, due_on: date, *, is_overdue: bool) -> str:
    """`43 days late`, `since 3 Nov 2026`, or the day it is to come."""
    if is_overdue:
        return f"{words.counted(days, 'day')} late"
    return f"since {words.day(due_on)}" if days > 0 else words.day(due_on)


def currencies(held: str = "") -> list[str]:
    """Every currency to choose from: the one that is held, the company's, the most common, the rest."""
    company = session.ask(start_report.build).company
    first = (held, company.currency if company else "", "USD", "EUR", "GBP")
    return list(dict.fromkeys([*(one for one in first if one), *MINOR_DIGITS]))


def only_reads(what: str, action: Action, otherwise: str = "") -> None:
    """Who does here what this person may not, and where to go on: the epic if one is named, or the list."""
    parts.callout("note", f"{session.actor().name} reads here; {what}.")
    everybody = session.ask(shell_report.build, Scope()).actors
    names = [one.name for one in everybody if one.may(action)]
    if names:
        parts.foot(f"Here that is {words.listed(names)}.", key="only_reads")
    if otherwise:
        parts.open_page("See its epic", "epic", is_primary=True, epic=otherwise)
    else:
        parts.open_page("See outcomes", "outcomes", is_primary=True)


def confirmers(owner: str) -> str:
    """Who may confirm an outcome of this owner, and that is never the owner (V10, D25): `Theo Lang`."""
    everybody = session.ask(shell_report.build, Scope()).actors
    others = [one.name for one in everybody if one.may(Action.CONFIRM_VALUE) and not is_same(one.name, owner)]
    return words.listed(others) or "somebody else in finance"


def is_same(one: str, other: str) -> bool:
    """Whether two names are of one person."""
    return is_one(one, other)


def no_such(what: str, key: str) -> str:
    """What a link names that leads nowhere: nothing, or something that is not here."""
    return f"The link names an {what} that is not here" if key else f"The link names no {what}"


def no_such_outcome(label: str) -> None:
    """The page of a link that names no outcome, or one that is not here."""
    parts.eyebrow_and_title(here(label), "There is no such outcome here")
    told = no_such("outcome", links.asked("outcome"))
    parts.empty_state(told, "Choose one from the list.", ("See outcomes", "outcomes"))
