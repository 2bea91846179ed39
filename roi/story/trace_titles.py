"""Titles about one figure: what it comes to, and from how many files, parts and outcomes."""

from roi.domain.periods import quarter_name
from roi.reports.loop import sofar
from roi.reports.shapes import PartRow, TraceReport
from roi.story import words
from roi.story.epic_titles import short
from roi.story.rules import Rule, Said, always, say
from roi.story.value_titles import CLASSES, NOT_SETTLED, exceeds_results

_MONTH_DIGITS, _LONG = 6, 48

TRACE: tuple[Rule[TraceReport], ...] = (
    Rule(
        "trace-none",
        lambda r: sofar.is_none(r.figure),
        lambda r: f"“{named(r)}” is none: {r.figure.reason.rstrip('.')}",
    ),
    Rule("trace-none-short", lambda r: sofar.is_none(r.figure), lambda r: f"“{named(r)}” is none"),
    Rule(
        "trace-unknown-because",
        lambda r: not r.figure.is_known and bool(r.figure.reason),
        lambda r: f"“{named(r)}” is not known: {r.figure.reason.rstrip('.')}",
    ),
    Rule("trace-unknown", lambda r: not r.figure.is_known, lambda r: f"“{named(r)}” is not known"),
    Rule(
        "trace-open",
        lambda r: not r.sums_agree,
        lambda r: f"“{named(r)}” comes to {words.figure(r.figure)}, but its sources do not add up to it",
    ),
    Rule(
        "trace-not-settled",
        exceeds_results,
        lambda r: f"“{named(r)}” comes to {words.figure(r.figure)}, which is {NOT_SETTLED}",
    ),
    Rule(
        "trace-from",
        lambda r: bool(_sources(r)),
        lambda r: f"“{named(r)}” comes to {words.figure(r.figure)}, from {words.listed(_sources(r))}",
    ),
    Rule("trace-value", always, lambda r: f"“{named(r)}” {_told(r)}"),
    Rule("trace-long", always, lambda r: f"“{short(named(r), _LONG)}” {_told(r)}"),
)


def _told(report: TraceReport) -> str:
    found = report.figure
    return f"comes to {words.figure(found)}" if found.is_known else "is not known"


def trace(report: TraceReport) -> Said:
    """The title of a figure's trace; a name that is too long for it stands above the value alone."""
    return say(TRACE, report)


def named(report: TraceReport) -> str:
    """What is traced, with the class of benefit or the quarter that it is a part of."""
    part = dict(report.figure.scope).get("part", "")
    called = report.figure.definition
    whole = words.name(called, report.currency) + report.title.removeprefix(called.name)
    if part.isdigit() and len(part) == _MONTH_DIGITS:
        return f"{whole}: started in {quarter_name(int(part))}"
    if part == "period":
        return f"{whole}, in the period"
    told = _PARTS[called.figure_id](part) if called.figure_id in _PARTS else CLASSES.get(part, "")
    return f"{whole}: {told}" if told else whole


def _of_cost(part: str) -> str:
    """`intent:grow` as it is read: `grow`; what has no name is said to have none."""
    attribute, _, name = part.partition(":")
    return name or f"{attribute} not said"


def _in_suspense(part: str) -> str:
    """Source, name and reason, as far as there are any."""
    return ", ".join(one for one in part.split(" · ") if one)


_PARTS = {"cost_part": _of_cost, "suspense_part": _in_suspense}


def _sources(report: TraceReport) -> list[str]:
    """`nine files`, `two parts` of teams and pools, `eleven outcomes`; what there is none of is left out.

    Outcomes are as many as the formula sums; others of their kind, which count nothing, are told below.
    """
    own = sum(part.kind not in {"value", "outcome"} for part in report.parts)
    summed = dict(report.figure.inputs).get("outcomes", report.total_outcomes)
    counted = ((len(report.files), "file"), (own, "part"), (summed if report.outcomes else 0, "outcome"))
    return [words.spelled(number, name) for number, name in counted if number]


_TERMS = {
    "benefits": "Benefits",
    "costs": "Costs",
    "confirmed": "Confirmed",
    "cost": "Cost",
    "results": "How far the company's own result lines moved",
    "assumed": "Assumed to persist",
    "open": "Measured and not confirmed, or promised",
    "saved": "Cost that is saved, in money of this month",
    "lost": "Benefit that is given up, in money of this month",
    "first": "A month of delay of the first",
    "second": "A month of delay of the second",
    "run": "Run cost that is saved meanwhile",
    "movement": "Movement",
    "counted": "Counted",
    "epic_cost": "Cost of the epic",
    "explained": "Cost that each reading explains",
    "said": "Said to have brought",
    "planned": "Promised in the period, as frozen at the start",
    "worth": "What would come sooner",
}


def part_of(term: str) -> str:
    """The number of the formula that parts make, as a heading."""
    return _TERMS.get(term, words.sentence(term.replace("_", " ")))


def how(part: PartRow, currency: str) -> str:
    """How a part comes about: its years, each with its discount where it has one, its months, its record."""
    if part.on is not None:
        return f"recorded on {words.day(part.on)}"
    if part.months:
        return words.counted(part.months, "month")
    return " · ".join(_year(*one, currency) for one in part.years)


def _year(year: int, amount: int, worth: int, currency: str) -> str:
    """`2026 $1.20M × 0.953`; what is not discounted stands alone."""
    told = f"{year}\u00a0{words.money(amount, currency)}"
    return told if amount in {worth, 0} else f"{told}\u00a0×\u00a0{worth / amount:.3f}"
