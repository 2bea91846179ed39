"""Definitions from the registry of figures, the glossary, and the keyboard."""

import re
from collections.abc import Mapping, Sequence

import streamlit as st

from roi.charts.markup import Html, join, tag
from roi.domain.figures import Definition, Figure
from roi.domain.structure import Grade
from roi.reports import portfolio
from roi.reports.shapes import PortfolioReport
from roi.story import causes, formulas
from roi.ui import parts
from roi.ui.component import markup

_PRODUCT = (
    "A value stream, which the Flow Framework calls a product value stream: from its first cost until it is "
    "retired. It has no second name, and a page of its own."
)
_RETIRED = (
    "After a product's last month nothing is expected of its work: promises, assumed persistence and run "
    "cost end with it, and no reading is asked for that was not due by then, unless nothing is read yet. "
    "What finance has confirmed stays. An epic ends with its products only when all its teams are of retired "
    "products, and then with the latest of their last months. A team is of the product in which it stood in "
    "that product's last month; of an epic begun later, when it started. An epic in which a product that "
    "goes on has a part goes on whole, and the page of the retired product names it."
)
GLOSSARY = (
    ("Ledger", "Every cost line that was imported, as the books sent it."),
    (
        "Suspense (on no team yet)",
        "Cost whose team is not known. It stays by name and is never spread over teams.",
    ),
    ("Own cost", "What a team itself costs, before serving teams and overhead are passed on."),
    ("Full cost", "What a team costs after they are passed on: own + received + overhead − passed on."),
    (
        "Cost of teams",
        "The full cost of all teams together. It is the own cost of all teams and the overhead: one total.",
    ),
    ("Overhead", "Cost pools that serve everybody. Shared out last, by headcount."),
    ("Product", _PRODUCT),
    ("Retired", _RETIRED),
    ("Serving team", "A platform or enabling team. What it costs passes to the teams it serves, by use."),
    ("Standard rate", "What one month of a role costs, as published. Outside finance it stands for pay."),
    (
        "Restatement",
        "A named change of a closed month, because something was wrong. Both numbers stay in the history.",
    ),
    (
        "True-up",
        "What is learned of closed months later. It counts in the first open month; closed months stay.",
    ),
    (
        "Control total",
        "The sum that finance reads from the general ledger for the same months, to check the files against.",
    ),
    (
        "Nature",
        "Whether a line is cash cost, or a credit, amortisation, recharge, accrual, severance or tax.",
    ),
    (
        "Run, grow, transform",
        "What a cost is for: keep things going, grow what is, build what is not.",
    ),
    ("Capital, operating", "How finance books a cost. The split is finance's own; nothing is decided here."),
    ("Epic", "A piece of work that one or more teams deliver and that should change something."),
    (
        "Outcome",
        "What an epic should change: a metric, where it stood and should go, what it is worth.",
    ),
    (
        "Wait",
        "What an epic waits for: another team, a decision, a supplier. Recorded, never guessed from silence.",
    ),
    (
        "Obligation",
        (
            "Work that a law, a contract or security demands. It is judged on its date and its cost, ranked "
            "by deadline and then by penalty. Its cost is in every total; no verdict is given on it, and its "
            "penalty is in no value, total, return or decision."
        ),
    ),
    (
        "Cost of delay",
        (
            "What is lost when work is delivered a month later. Value ends when it would have ended anyway, "
            "so the first month of it never comes back. Expected, in no total."
        ),
    ),
    ("Reading", "What the metric shows after delivery, with the day and the source."),
    (
        "Series",
        (
            "A measure by month. Months in which it stays at the confirmed level are confirmed too, up to "
            "the horizon; whoever may record outcomes may bring it in, and the history says who. Of a loss "
            "that is avoided it is the losses from before the work, and confirms none."
        ),
    ),
    ("Confirmed", "Finance agreed to the movement, the unit value, and the share due to this work."),
    (
        "Evidence grade",
        (
            f"A experiment: the work {causes.verb(Grade.A)} a change. B controlled comparison, C interrupted "
            f"series: it {causes.verb(Grade.B)} the change. D before and after: the measure "
            f"{causes.verb(Grade.D)} the work. E stated by the owner, who {causes.verb(Grade.E)} it: nothing "
            "is claimed."
        ),
    ),
    ("Likely", "8 in 10: one time in ten it is lower, one time in ten higher."),
    (
        "Verdict",
        (
            "Past break-even: even the low end is at or above 1. Not there yet: even with everything unread "
            "it stays below 1. Too early: fewer than two outcomes read, or they carry less than half of the "
            "epic cost. Else too close to call."
        ),
    ),
    (
        "Return per 1",
        "Confirmed cash beside each 1 of cost in the same period. Not ROI, not discounted.",
    ),
)
KEYS = (
    ("Tab, Shift+Tab", "go to the next or previous link, button or number"),
    ("Enter", "follow a link; on a number, open How we know"),
    ("Esc", "close the drawer"),
    ("Arrow keys", "scroll a wide table that has the focus"),
    ("Ctrl+P", "print the page, in light colours, A4 landscape"),
)


_CLOSED = (
    (
        "Its amounts: cost, and value as it was known when the month closed. What is learned later of it "
        "counts in the first open month, as a true-up."
    ),
    (
        "Its likely range and its evidence grades: how sure we were of a month when it closed is told of it "
        "ever after. Another share, effect or grade of the reading that it counts by, a later reading of "
        "what leads to it, another range of its unit value, another claim on its pool or another cap count "
        "from the first open month on; a true-up is graded as what is known now. However many outcomes there "
        "are since, it is drawn in as many imagined worlds as then."
    ),
    (
        "A period of closed and open months is one sum, imagined world by imagined world: its closed months "
        "as they were known, its open ones as they are known now. What they share moves together in it, and "
        "low or high ends are never added."
    ),
    (
        "Not what is still expected of it, nor a verdict: an expectation is a forecast and a verdict a "
        "judgement, and both are as of today, also of closed months. What was promised or read for one and "
        "nobody had confirmed counts in the first open month once somebody does."
    ),
    (
        "A restatement moves the closed months of the outcome that it names to all that is known of it by "
        "then, not only what was wrong; Data shows both numbers, both likely ranges and both grades."
    ),
    (
        "What was shown on an earlier day, ranges included, is answered by the command line: “python -m roi "
        "show --as-of” with the number of a change."
    ),
)
"""What is decided about closed months, told as plainly as it was decided."""

_PLACES = (
    ("range", "Why a range"),
    ("closed", "Closed months"),
    ("assumptions", "Assumptions"),
    ("passed-on", "How cost is passed on"),
    ("figures", "Figures"),
    ("words", "Words"),
    ("keyboard", "Keyboard"),
)


def index() -> None:
    """Where things stand on this long page."""
    jumps = [tag("a", name, href=f"#{anchor}") for anchor, name in _PLACES]
    st.html(tag("p", join(*jumps, by=" · "), class_="sub"))


def definitions(found: Sequence[Definition], live: Mapping[str, Figure]) -> None:
    """Each figure with its formula, today's numbers in it, and its limits; its name is its anchor."""
    parts.section("Figures", f"{len(found)} figures, in the order in which a reader meets them.", "figures")
    items = [tag("div", _definition(one, live.get(one.figure_id))) for one in found]
    st.html(tag("dl", *items, class_="words two"))


def _definition(one: Definition, live: Figure | None) -> Html:
    better = {"up": " More is better.", "down": " Less is better."}.get(one.better, "")
    limits = tag("p", f"It does not say: {one.does_not_say}{better}", class_="sub")
    filled = formulas.filled(live) if live else ""
    today = tag("p", f"Today: {filled}", class_="sub") if filled else None
    told = tag("dd", one.meaning, tag("p", general(one), class_="formula"), today, limits, _version(one))
    return join(tag("dt", one.name, id=one.figure_id.replace("_", "-")), told)


def general(one: Definition) -> str:
    """The formula without numbers: `ledger − control total = control total difference`."""
    said = one.formula.replace("{per_month}", "value").replace("{terms}", one.terms)
    said = said.replace("= {difference}", "= difference").replace("= {variance}", "= variance")
    said = said.replace("{share} a year makes", "the rate a year that makes")
    name = one.name if one.name[1:2].isupper() else f"{one.name[:1].lower()}{one.name[1:]}"
    said = re.sub(r"= \{\w+\}$", f"= {name}", said)
    told = " ".join(re.sub(r"\{\w+\}", "", said).split())
    return told.replace(" )", ")").replace(" ,", ",")


def live_figures(report: PortfolioReport) -> dict[str, Figure]:
    """The figures of the first page by their id, for the worked examples."""
    total = report.total
    shared = (total.own, total.received, total.passed_on, total.heads, total.cost_per_head) if total else ()
    ties = (report.ties.spend, report.ties.charge) if report.ties else ()
    beside = (report.overhead, report.standard_difference)
    figures = (
        *(figure for figure in (*shared, *ties, *beside) if figure is not None),
        *portfolio.headlines(report),
    )
    return {figure.figure_id: figure for figure in figures}


def _version(one: Definition) -> Html:
    return tag("p", f"Definition {one.version}, since method {one.since}.", class_="sub")


def range_and_confirmation() -> None:
    """The question every sceptic asks."""
    parts.section("Why a range, if finance confirmed it?", anchor="range")
    told = (
        "Finance confirms that the change and its money are real. The range says how much of it is due to "
        "this work, and how far a single reading can be off."
    )
    st.html(tag("p", told, class_="lede"))


def closed_months() -> None:
    """What stands still after the books are closed, and what does not (rule V16, decision D11)."""
    parts.section("What does a closed month keep?", anchor="closed")
    st.html(tag("div", *(tag("p", told, class_="lede") for told in _CLOSED)))


def glossary() -> None:
    """Words of finance and words of engineering, beside each other."""
    parts.section("Words", anchor="words")
    parts.facts(GLOSSARY, key="glossary")


def keyboard() -> None:
    """What the keyboard does."""
    parts.section("Keyboard", anchor="keyboard")
    rows = [tag("div", tag("dt", tag("kbd", key)), tag("dd", does)) for key, does in KEYS]
    markup(tag("dl", *rows, class_="trust"), key="keyboard")
