"""Titles about one figure: what it comes to, and from how many files, parts and outcomes."""

from roi.reports.shapes import TraceReport
from roi.story import words
from roi.story.epic_titles import short
from roi.story.rules import Rule, Said, always, say
from roi.story.value_titles import CLASSES

_MONTH_DIGITS, _LONG = 6, 48

TRACE: tuple[Rule[TraceReport], ...] = (
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
        return f"{whole}: started in Q{(int(part) % 100 + 2) // 3} {int(part) // 100}"
    told = CLASSES.get(part, "")
    return f"{whole}: {told}" if told else whole


def _sources(report: TraceReport) -> list[str]:
    """`nine files`, `two parts` of teams and pools, `eleven outcomes`; what there is none of is left out.

    Outcomes are as many as the formula sums; others of their kind, which count nothing, are told below.
    """
    own = sum(part.kind != "value" for part in report.parts)
    summed = dict(report.figure.inputs).get("outcomes", len(report.outcomes))
    counted = ((len(report.files), "file"), (own, "part"), (summed if report.outcomes else 0, "outcome"))
    return [words.spelled(number, name) for number, name in counted if number]
