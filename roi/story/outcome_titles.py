"""Titles about outcomes: what is overdue, what landed, and how promises compare with what came.

*About* is rounded to two digits; a record is told from eight read forecasts on, and one within five percent
of its promises is as promised. Kinds of work are compared only where chance does not explain the difference.
"""

from roi.domain.calibration import FEWEST_READ, wilson
from roi.domain.money import SHARE_WHOLE
from roi.domain.structure import EpicKind
from roi.reports.shapes import OutcomesReport
from roi.reports.shapes.value import CalibrationRow
from roi.story import told, words
from roi.story.portfolio_titles import none_of
from roi.story.rules import Rule, Said, always, say
from roi.story.written_titles import met_and_judged, written_met

AS_PROMISED = 50_000
"""Within this much of the promises, parts per million, what came is as promised."""

FEWEST_COMPARED = 3
"""A kind of work with fewer read outcomes is not compared."""

ABOUT_AS_OFTEN = 150_000
"""Shares that differ by no more than this, parts per million, are about the same."""

_LEVEL = 0.8
_KINDS = {
    EpicKind.FEATURE.value: "feature",
    EpicKind.TECHNICAL_DEBT.value: "technical-debt",
    EpicKind.DEFECT.value: "defect",
    EpicKind.RISK.value: "risk",
}


def _overdue(report: OutcomesReport) -> str:
    verb = "is" if report.overdue == 1 else "are"
    return f"{words.spelled(report.overdue, 'reading')} {verb} overdue"


def _carried(report: OutcomesReport) -> bool:
    cost = report.overdue_cost
    return report.overdue > 0 and cost is not None and bool(cost.value) and (cost.value or 0) > 0


def company(report: OutcomesReport) -> CalibrationRow | None:
    """The company's own record, once eight forecasts are read."""
    row = report.calibration[0] if report.calibration else None
    return row if row is not None and row.realisation is not None and row.count >= FEWEST_READ else None


def record(row: CalibrationRow) -> str:
    """`we promise about 20% more than we get`: what came beside what was promised."""
    came = row.realisation or 0
    if came <= 0:
        return "what we promise has not come"
    if abs(came - SHARE_WHOLE) <= AS_PROMISED:
        return "together they brought what we promised"
    if came < SHARE_WHOLE:
        return f"we promise about {_about(SHARE_WHOLE * SHARE_WHOLE // came - SHARE_WHOLE)} more than we get"
    return f"we get about {_about(came - SHARE_WHOLE)} more than we promise"


def _about(share: int) -> str:
    """Two digits: `20%`, `7.5%` is `8%`, `120%`."""
    percent = (share + 5_000) // 10_000
    digits = len(str(percent))
    return f"{round(percent, 2 - digits) if digits > 2 else percent}%"


OUTCOMES: tuple[Rule[OutcomesReport], ...] = (
    Rule(
        "outcomes-written",
        lambda r: r.total == 0 and met_and_judged(r)[1] > 0,
        lambda r: written_met(*met_and_judged(r)),
    ),
    Rule(
        "outcomes-written-open",
        lambda r: r.total == 0 and bool(r.written),
        lambda r: f"{words.sentence(words.spelled(len(r.written), 'target'))} as written, none judged yet",
    ),
    Rule("outcomes-empty", lambda r: r.total == 0, lambda _: "No outcome is recorded yet"),
    Rule(
        "outcomes-overdue-cost",
        _carried,
        lambda r: (
            f"{_overdue(r)} and {'carries' if r.overdue == 1 else 'carry'} "
            f"{told.figure(r.overdue_cost) if r.overdue_cost else ''} of cost"
        ),
    ),
    Rule(
        "outcomes-overdue",
        lambda r: r.overdue > 0,
        lambda r: f"{_overdue(r)}; {words.count_of(r.read, r.total)} outcomes are read",
    ),
    Rule(
        "outcomes-none-read",
        lambda r: r.read == 0,
        lambda r: f"{words.sentence(none_of(r.total).replace('its one', 'the one'))} read yet",
    ),
    Rule(
        "outcomes-record",
        lambda r: company(r) is not None,
        lambda r: f"{words.count_of(r.landed, r.read)} read outcomes landed; {_record_of(r)}",
    ),
    Rule(
        "outcomes-landed",
        always,
        lambda r: f"{words.count_of(r.landed, r.read)} read outcomes landed; {r.confirmed} confirmed",
    ),
)


def _record_of(report: OutcomesReport) -> str:
    row = company(report)
    return record(row) if row is not None else ""


def outcomes(report: OutcomesReport) -> Said:
    """The claim of the page of outcomes."""
    return say(OUTCOMES, report)


# Kinds of work


def _compared(report: OutcomesReport) -> list[tuple[str, int, int]]:
    return [one for one in report.landed_by_kind if one[2] >= FEWEST_COMPARED]


def _apart(report: OutcomesReport) -> bool:
    """Whether the intervals of the two kinds do not touch, so that chance does not explain it."""
    first, second = (wilson(landed, read, _LEVEL) for _, landed, read in _two(report))
    return first.low > second.high or second.low > first.high


def _alike(report: OutcomesReport) -> bool:
    """Whether the two kinds really landed about as often; chance alone does not say so."""
    (_, landed, read), (_, its_landed, its_read) = _two(report)
    return abs(landed * its_read - its_landed * read) * SHARE_WHOLE <= ABOUT_AS_OFTEN * read * its_read


def _two(report: OutcomesReport) -> list[tuple[str, int, int]]:
    """The two kinds with most read outcomes, the one that landed more often first."""
    most = sorted(_compared(report), key=lambda one: (-one[2], one[0]))[:2]
    return sorted(most, key=lambda one: (-one[1] / one[2], one[0]))


def _kinds(report: OutcomesReport, how: str) -> str:
    (first, landed, read), (second, its_landed, its_read) = _two(report)
    counts = f"{words.count_of(landed, read)} vs {words.count_of(its_landed, its_read)}"
    return f"{_KINDS[first]} outcomes landed {how} {_KINDS[second]} outcomes ({counts})"


def _unsure(report: OutcomesReport) -> str:
    (first, landed, read), (second, its_landed, its_read) = _two(report)
    one, other = words.count_of(landed, read), words.count_of(its_landed, its_read)
    return f"{one} {_KINDS[first]} and {other} {_KINDS[second]} outcomes landed: too few to tell apart"


KINDS: tuple[Rule[OutcomesReport], ...] = (
    Rule(
        "kinds-neutral", lambda r: len(_compared(r)) < 2, lambda _: "Promise against result by kind of work"
    ),
    Rule("kinds-apart", _apart, lambda r: _kinds(r, "more often than")),
    Rule("kinds-alike", _alike, lambda r: _kinds(r, "about as often as")),
    Rule("kinds-unsure", always, _unsure),
)


def kinds(report: OutcomesReport) -> Said:
    """Whether one kind of work landed more often than another."""
    return say(KINDS, report)


# What nobody verified

UNVERIFIED: tuple[Rule[OutcomesReport], ...] = (
    Rule(
        "unverified-none",
        lambda r: not r.unverified,
        lambda _: "Every delivered outcome is confirmed or younger than 90 days",
    ),
    Rule(
        "unverified-cost",
        lambda r: r.unverified_cost is not None and bool(r.unverified_cost.value),
        lambda r: (
            f"{told.figure(r.unverified_cost) if r.unverified_cost else ''} of cost has an effect "
            "that nobody has verified"
        ),
    ),
    Rule(
        "unverified-count",
        always,
        lambda r: (
            f"{words.spelled(len(r.unverified), 'outcome')} {'has' if len(r.unverified) == 1 else 'have'} "
            "an effect that nobody has verified"
        ),
    ),
)


def unverified(report: OutcomesReport) -> Said:
    """What cost has an effect that nobody has verified."""
    return say(UNVERIFIED, report)


# The record

RECORD: tuple[Rule[OutcomesReport], ...] = (
    Rule(
        "record-none",
        lambda r: company(r) is None,
        lambda _: f"A record of promises needs {words.spelled(FEWEST_READ, 'read outcome')}",
    ),
    Rule(
        "record-overconfident",
        lambda r: bool((found := company(r)) and found.is_overconfident),
        lambda r: f"Only {_hits(r)} results lie in their range of 8 in 10; ranges are too narrow",
    ),
    Rule("record", always, lambda r: f"{_hits(r)} results lie in their range; {_record_of(r)}"),
)


def _hits(report: OutcomesReport) -> str:
    row = company(report)
    return words.count_of(row.hits, row.count) if row is not None else ""


def calibration(report: OutcomesReport) -> Said:
    """How good promises were, for the company as a whole."""
    return say(RECORD, report)


WORTH: tuple[Rule[tuple[int, int]], ...] = (
    Rule("worth-nothing", lambda n: n == (0, 0), lambda _: "Nobody has said yet whose money an outcome is"),
    Rule(
        "worth-no-line",
        lambda n: n[0] == 0,
        lambda n: f"{words.spelled(n[1], 'driver')} and no finance line yet that caps a claim",
    ),
    Rule(
        "worth-no-driver",
        lambda n: n[1] == 0,
        lambda n: f"{words.spelled(n[0], 'finance line')} {_cap(n[0])} what may be claimed; no driver yet",
    ),
    Rule(
        "worth",
        always,
        lambda n: (
            f"{words.spelled(n[0], 'finance line')} {_cap(n[0])} what may be claimed; "
            f"{words.spelled(n[1], 'driver')} {'says' if n[1] == 1 else 'say'} what a unit is worth"
        ),
    ),
)


def _cap(lines: int) -> str:
    return "caps" if lines == 1 else "cap"


def worth(lines: int, drivers: int) -> Said:
    """How many finance lines and value drivers there are, as the claim of their page."""
    return say(WORTH, (lines, drivers))
