"""What Portfolio says beside its headline: classes, open decisions, value that nobody verified."""

from collections.abc import Sequence
from dataclasses import dataclass

from roi.domain.figures import Figure, Unit
from roi.domain.money import SHARE_WHOLE
from roi.domain.periods import month_name
from roi.domain.structure import ValueClass
from roi.reports.booked.returned import PASSES_ON
from roi.reports.checks import is_more, is_more_than_results
from roi.reports.shapes import PortfolioReport, TeamReport, TeamsReport, TraceReport
from roi.reports.shapes.delay import LookedAt
from roi.reports.shapes.value import CohortRow, Decision, ValueChecks
from roi.story import delay_titles, told, words
from roi.story.rules import Rule, Said, always, say

CLASSES = {
    ValueClass.REVENUE.value: "Margin from growth",
    ValueClass.RETENTION.value: "Retained margin",
    ValueClass.COST_REDUCTION.value: "Cost reduction outside engineering",
    ValueClass.COST_AVOIDED.value: "Cost avoided",
    ValueClass.RELEASED_TIME.value: "Released time",
    ValueClass.RISK_REDUCED.value: "Risk reduced",
    ValueClass.NOT_FINANCIAL.value: "Not financial",
}
"""Classes of benefit as a reader knows them."""

ATTENTION = 500_000
"""Above this share of the company's own results the claims draw attention; above the whole they block."""


NOT_SETTLED = "not settled"
"""What stands in place of a verdict while more is claimed than the company's own results moved (D30)."""

EXCEEDS = (
    "More is claimed than the company's own results moved: no return and no verdict is settled, and nothing "
    "may be published, until finance has settled the claims or the result lines."
)
"""What stands above every return then."""


def exceeds_results(report: PortfolioReport | TeamsReport | TeamReport | TraceReport) -> bool:
    """Whether more is claimed than the company's own results moved: no return may be published then."""
    if isinstance(report, PortfolioReport):
        return report.checks is not None and is_more_than_results(report.checks)
    return report.share_of_results is not None and is_more(report.share_of_results)


def missing(figure: Figure) -> str:
    """What stands where a figure has no value; teams that serve will never have one of their own (V2)."""
    if figure.reason != PASSES_ON:
        return words.NOT_KNOWN
    return "booked elsewhere" if figure.definition.unit is Unit.MONEY else "not judged"


def draws_attention(checks: ValueChecks) -> bool:
    """Whether the claims are above half of the results, and not above all of them."""
    share = checks.share_of_results.value
    return share is not None and ATTENTION < share <= SHARE_WHOLE


# Decisions


def _largest(report: PortfolioReport) -> str:
    first = report.decisions[0]
    return f"{told.figure(first.per_month, epic=first.epic)} a month"


def _beside(report: PortfolioReport) -> LookedAt:
    return report.looked_at or LookedAt()


DECISIONS: tuple[Rule[PortfolioReport], ...] = (
    Rule(
        "decisions-several",
        lambda r: len(r.decisions) > 1,
        lambda r: f"{words.spelled(len(r.decisions), 'open decision')}, the largest {_largest(r)}",
    ),
    Rule("decisions-one", lambda r: len(r.decisions) == 1, lambda r: f"One open decision: {_largest(r)}"),
    Rule(
        "decisions-unranked",
        lambda r: _beside(r).unranked > 0,
        lambda r: f"No decision can be called, and {_cannot(r)}",
    ),
    Rule(
        "decisions-nothing",
        lambda r: _beside(r).waits + _beside(r).orders > 0,
        lambda _: "No work, wait or order that was looked at needs a decision",
    ),
    Rule(
        "decisions-none",
        lambda r: r.running_looked_at > 0,
        lambda _: "No running work is likely to lose money from here",
    ),
    Rule("decisions-neutral", always, lambda _: "No running work has an agreed delivery to judge it by"),
)


def _cannot(report: PortfolioReport) -> str:
    return f"{words.spelled(_beside(report).unranked, 'wait')} cannot be ranked yet"


def decisions(report: PortfolioReport) -> Said:
    """What the list of open decisions says."""
    return say(DECISIONS, report)


def decisions_note(report: PortfolioReport, shown: int | None = None) -> str:
    """What was looked at; with decisions how they are ranked, and how many of them are `shown`."""
    beside = _beside(report)
    if report.decisions:
        more = len(report.decisions) - (len(report.decisions) if shown is None else shown)
        rest = f" {words.sentence(words.spelled(more, 'smaller one'))} not shown." if more > 0 else ""
        return f"Ranked by what a month of going on as now costs.{rest}{delay_titles.unranked(beside)}"
    looked = delay_titles.looked_at(report.running_looked_at, beside)
    if looked:
        return f"{words.sentence(looked)} looked at, by what is still to come."
    return "Pausing is reckoned from an epic's agreed delivery and what its outcomes promise."


def decision(one: Decision) -> str:
    """Why it is a decision, by its kind; each number remembers its figure (`roi.story.told`)."""
    if one.swap is not None:
        return delay_titles.swap(one)
    return delay_titles.end_wait(one) if one.waits else _pause(one)


def _pause(one: Decision) -> str:
    """The odds, what pausing saves, what it gives up."""
    amounts = (words.money(amount, one.per_month.currency) for amount in (one.saved, one.lost))
    saved, lost = (told.known(amount, one.per_month, epic=one.epic) for amount in amounts)
    chance = f"{words.in_twenty(one.chance)} in {words.TWENTY}" if one.chance is not None else ""
    why = f"{chance} that {one.why}. Saves {saved}, gives up {lost}.{_next_use(one)}"
    return f"{why}{delay_titles.owner(one)}"


def _next_use(one: Decision) -> str:
    """What the freed capacity could do instead, which is not in what pausing is worth (rule V21)."""
    if one.next_use is None:
        return ""
    name, cost = one.next_use.name, told.figure(one.next_use.per_month, epic=one.next_use.epic)
    return f" Its capacity could go to {name}, where delay costs {cost} a month: not in this sum."


# Unverified value


def _overdue(report: PortfolioReport) -> int:
    return report.outcomes_overdue if any(row.days_late for row in report.unverified) else 0


def _cost(report: PortfolioReport) -> Figure | None:
    figure = report.unverified_cost
    return figure if figure is not None and figure.value else None


def _unverified_amount(report: PortfolioReport) -> str:
    figure = _cost(report)
    return told.figure(figure) if figure is not None else ""


def _late(report: PortfolioReport) -> str:
    """How many readings of them are overdue, and what that part of the cost is."""
    number, cost = _overdue(report), report.overdue_cost
    said = f"{words.spelled(number, 'reading')} {'is' if number == 1 else 'are'} overdue"
    return f"{said}, {told.figure(cost)} of it" if cost is not None and cost.value else said


UNVERIFIED: tuple[Rule[PortfolioReport], ...] = (
    Rule(
        "unverified-overdue",
        lambda r: _overdue(r) > 0 and _cost(r) is not None,
        lambda r: (
            f"{words.spelled(len(r.unverified), 'outcome')} nobody verified, {_unverified_amount(r)} "
            f"of cost; {_late(r)}"
        ),
    ),
    Rule(
        "unverified-unconfirmed",
        lambda r: bool(r.unverified) and _cost(r) is not None,
        lambda r: f"{_unverified_amount(r)} is unverified for more than 90 days",
    ),
    Rule(
        "unverified-some",
        lambda r: bool(r.unverified),
        lambda r: f"{words.spelled(len(r.unverified), 'outcome')} nobody has verified",
    ),
    Rule("unverified-neutral", always, lambda _: "Every delivered outcome is verified or young"),
)


def unverified(report: PortfolioReport) -> Said:
    """What the list of unverified outcomes says."""
    return say(UNVERIFIED, report)


# Cohorts


@dataclass(frozen=True, slots=True)
class Cohorts:
    """Confirmed cash of all cohorts and of those before the period's first quarter, and its first month."""

    confirmed: int
    earlier: int
    first_month: int | None


def _is_split(found: Cohorts) -> bool:
    return found.first_month is not None and found.confirmed > 0 and 0 <= found.earlier <= found.confirmed


COHORTS: tuple[Rule[Cohorts], ...] = (
    Rule(
        "cohorts-new",
        lambda c: _is_split(c) and c.earlier == 0,
        lambda c: f"All confirmed cash is from work started since {month_name(c.first_month or 0)}",
    ),
    Rule(
        "cohorts-all-old",
        lambda c: _is_split(c) and c.earlier == c.confirmed,
        lambda c: f"All confirmed cash is from work started before {month_name(c.first_month or 0)}",
    ),
    Rule(
        "cohorts-old",
        _is_split,
        lambda c: (
            f"Work started before {month_name(c.first_month or 0)} brought "
            f"{words.share(c.earlier * SHARE_WHOLE // c.confirmed)} of the confirmed cash"
        ),
    ),
    Rule("cohorts-neutral", always, lambda _: "Which work the period pays for and harvests"),
)


def cohorts(rows: Sequence[CohortRow], first_month: int | None) -> Said:
    """Whose harvest the period is: old work's or new work's (rule V22).

    Work is told apart by the quarter of its start, and so from the quarter on in which the period begins.
    """
    start = first_month - (first_month % 100 - 1) % 3 if first_month else None
    values = [(row.first_month, row.confirmed.value or 0) for row in rows]
    earlier = sum(amount for first, amount in values if first and start and first < start)
    return say(COHORTS, Cohorts(sum(amount for _, amount in values), earlier, start))
