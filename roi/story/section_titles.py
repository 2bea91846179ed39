"""Titles over charts inside a page: a team's cost by month, a way of dates, promises beside what was read."""

from collections.abc import Sequence
from dataclasses import dataclass

from roi.domain.variance import average_month
from roi.reports.shapes import OutcomeRow, TeamReport
from roi.reports.shapes.value import MomentRow
from roi.reports.shapes.work import Listed
from roi.story import told, words
from roi.story.cost_titles import against_plan
from roi.story.rules import Rule, Said, always, say

# A team's own cost by month


def _has_plan(report: TeamReport) -> bool:
    plan = report.plan
    return plan is not None and any(plan.by_month) and plan.share.value is not None


def _cost(report: TeamReport) -> str:
    return "own cost" if _has_plan(report) or report.givers or report.takers else "cost"


def _columns(report: TeamReport) -> list[int]:
    """The months with a column: own cost where serving teams or overhead stand beside it."""
    months = report.by_month_own or report.by_month
    return [amount for amount in months if amount is not None]


def _against(report: TeamReport) -> str:
    plan = report.plan
    if plan is None:
        return ""
    share, amount = plan.share.value or 0, abs(plan.variance.value or 0)
    apart = words.apart(abs(share)).removeprefix("+")
    side = against_plan(share)
    if side == "inside":
        return f"{_cost(report)} is within 3% of the plan of {told.figure(plan.plan, team=report.team.key)}"
    shown = told.known(words.money(amount, report.currency), plan.variance, team=report.team.key)
    return f"{_cost(report)} is {shown} ({apart}) {side} plan"


def _each(report: TeamReport) -> str:
    months = _columns(report)
    shown = words.money(average_month(months), report.currency)
    each = told.derived(shown, "team_cost_month", team=report.team.key)
    return f"{_cost(report)} averages {each} a month over {words.spelled(len(months), 'month')}"


MONTHS: tuple[Rule[TeamReport], ...] = (
    Rule("months-plan", _has_plan, _against),
    Rule("months-each", lambda r: len(_columns(r)) > 1, _each),
    Rule("months-neutral", always, lambda r: f"{_cost(r)} by month"),
)


def months(report: TeamReport) -> Said:
    """What a team's columns of cost show."""
    return say(MONTHS, report)


# A way of dates: an epic from agreed to closed, an initiative from approved to delivered


@dataclass(frozen=True, slots=True)
class Way:
    """The moments of an epic or an initiative, in the order of their days."""

    moments: Sequence[MomentRow]

    def first(self, state: str) -> MomentRow | None:
        """The earliest moment in a state."""
        return next((one for one in self.moments if one.state == state), None)


def _is(state: str, lead: str) -> Rule[Way]:
    def write(way: Way) -> str:
        one = way.first(state)
        return "" if one is None else f"{lead} {words.day(one.on)}: {_what(one)}"

    name = f"way-{state.replace(' ', '-')}"
    return Rule(name, lambda way: way.first(state) is not None, write)


def _what(one: MomentRow) -> str:
    """`the 3-month reading`, `delivery`, `approved`."""
    if one.label.endswith(("reading", "renewal")):
        return f"the {one.label}"
    other = {"start planned": "start", "delivery agreed": "delivery", "due": "delivery of all of it"}
    if one.label.startswith("deadline"):
        return "the deadline"
    return other.get(one.label, one.label)


def _last(way: Way) -> str:
    last = way.moments[-1]
    return f"nothing more is due; {_what(last)} on {words.day(last.on)} was the last"


WAY: tuple[Rule[Way], ...] = (
    _is("overdue", "Overdue since"),
    _is("due", "Due since"),
    _is("to come", "Next on"),
    _is("ended", "Ended on"),
    Rule("way-done", lambda way: bool(way.moments), _last),
    Rule("way-neutral", always, lambda _: "From agreed to closed"),
)


def way(moments: Sequence[MomentRow]) -> Said:
    """Where on its way something stands."""
    return say(WAY, Way(moments))


# Promises beside what was read


@dataclass(frozen=True, slots=True)
class Shown:
    """The outcomes that a table shows; `latest` says that others were read before them."""

    rows: Sequence[OutcomeRow | Listed]
    latest: bool = False

    @property
    def read(self) -> int:
        """How many of them are read."""
        return sum(row.outcome.actual is not None for row in self.rows)

    @property
    def landed(self) -> int:
        """How many of them came as promised."""
        return sum(row.landed == "met" for row in self.rows)


def _landed(shown: Shown) -> str:
    noun = "read outcome" if shown.read == 1 else "read outcomes"
    of = f"of the {shown.read:,} latest" if shown.latest else f"of {shown.read:,}"
    return f"{shown.landed:,} {of} {noun} landed"


PROMISES: tuple[Rule[Shown], ...] = (
    Rule("promises-none", lambda s: s.read == 0, lambda _: "No outcome of these is read yet"),
    Rule("promises-landed", always, _landed),
)


def promises(rows: Sequence[OutcomeRow | Listed], *, latest: bool = False) -> Said:
    """How many of the outcomes that are shown came as promised."""
    return say(PROMISES, Shown(rows, latest))
