"""Titles of an epic and of what it is worth; *likely* is said only for 8 in 10 (ux.md, voice guide)."""

from roi.domain.figures import Figure
from roi.domain.money import SHARE_WHOLE
from roi.domain.value import Ending
from roi.reports.shapes import EpicReport, OutcomeRow
from roi.reports.shapes.value import AppraisalView
from roi.story import obligation_titles, told, words
from roi.story.rules import Rule, Said, always, say
from roi.story.written_titles import as_written

LIKELY = 800_000
"""A chance of 8 in 10, parts per million: below it nothing is called likely."""

_NAME = 40
_DONE = ("met", "partly", "not")


def short(name: str, most: int = _NAME) -> str:
    """A name that leaves room for a claim: at most so many letters."""
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


def _name(report: EpicReport) -> str:
    return short(report.row.epic.name)


def _cost(report: EpicReport) -> str:
    cost = report.row.cost
    return f" has cost {told.figure(cost)}" if cost.value is not None else ""


def _read(report: EpicReport) -> list[OutcomeRow]:
    return [row for row in report.row.outcomes if row.outcome.actual is not None]


def _due(report: EpicReport) -> int:
    return sum(row.state in {"reading due", "overdue"} for row in report.row.outcomes)


def _how_due(report: EpicReport) -> str:
    is_late = _due(report) == sum(row.state == "overdue" for row in report.row.outcomes)
    return "overdue" if is_late else "due"


def _obligation(report: EpicReport) -> str:
    """With its cost, and how it stands to its deadline."""
    return f"{_name(report)}, an obligation,{_cost(report) or ' has no cost yet'}; {_on_date(report)}"


def _on_date(report: EpicReport) -> str:
    return obligation_titles.on_date(report.obligation) if report.obligation is not None else ""


def _standing(report: EpicReport) -> str:
    return obligation_titles.standing(report.obligation.judgement) if report.obligation is not None else ""


def _ended(report: EpicReport) -> str:
    plan = report.view.plan
    word = (plan.ended_by or Ending.CANCELLED).word
    cost = f" after {told.figure(report.row.cost)} of cost" if report.row.cost.value is not None else ""
    return f"{_name(report)} was {word}{cost}; its gain counts nothing"


def _ended_as(report: EpicReport) -> str:
    """How all its outcomes ended, each word once."""
    return words.listed(sorted({row.ended_as or row.state for row in report.row.outcomes}))


def _is_back(report: EpicReport) -> bool:
    """Whether even the low end of what finance confirmed so far covers the cost so far."""
    low, cost = report.view.confirmed.low, report.row.cost.value
    return low is not None and cost is not None and low >= cost > 0


EPIC: tuple[Rule[EpicReport], ...] = (
    Rule("epic-ended", lambda r: r.view.plan.ended_on is not None, _ended),
    Rule("epic-obligation", lambda r: r.obligation is not None, _obligation),
    Rule(
        "epic-obligation-date",
        lambda r: r.obligation is not None,
        lambda r: f"{_name(r)}, an obligation: {_on_date(r)}",
    ),
    Rule(
        "epic-obligation-standing",
        lambda r: r.obligation is not None,
        lambda r: f"{_name(r)}, an obligation: {_standing(r)}",
    ),
    Rule(
        "epic-obligation-name",
        lambda r: r.obligation is not None,
        lambda r: f"{_name(r)}, an obligation",
    ),
    Rule(
        "epic-written",
        lambda r: not r.row.outcomes and bool(r.view.as_written),
        lambda r: f"{_name(r)}{_cost(r)}{'; ' if _cost(r) else ': '}{as_written(r.view.as_written)}",
    ),
    Rule(
        "epic-no-outcome",
        lambda r: not r.row.outcomes,
        lambda r: f"{_name(r)}{_cost(r)}{'; ' if _cost(r) else ': '}no outcome is recorded yet",
    ),
    Rule(
        "epic-due",
        lambda r: _due(r) > 0,
        lambda r: (
            f"{_name(r)}{_cost(r)}{'; ' if _cost(r) else ': '}"
            f"{words.spelled(_due(r), 'reading')} {'is' if _due(r) == 1 else 'are'} {_how_due(r)}"
        ),
    ),
    Rule(
        "epic-back",
        _is_back,
        lambda r: f"{_name(r)} has paid back: {told.figure(r.view.confirmed)} confirmed beside{_of_cost(r)}",
    ),
    Rule(
        "epic-not-read",
        lambda r: not _read(r),
        lambda r: (
            f"{_name(r)}{_cost(r)}{'; ' if _cost(r) else ': '}"
            f"{'its effect is' if len(r.row.outcomes) == 1 else 'its effects are'} not read yet"
        ),
    ),
    Rule(
        "epic-written-off",
        lambda r: all(row.state == "written off" for row in r.row.outcomes),
        lambda r: (
            f"{_name(r)}{_cost(r)}{'; ' if _cost(r) else ': '}"
            f"{'its outcome was' if len(r.row.outcomes) == 1 else 'its outcomes were'} {_ended_as(r)}"
        ),
    ),
    Rule(
        "epic-one-read",
        lambda r: len(_read(r)) == 1 and _read(r)[0].landed in _DONE,
        lambda r: f"{_name(r)}{_cost(r)}{'; ' if _cost(r) else ': '}{_landed(_read(r)[0])}",
    ),
    Rule(
        "epic-landed",
        lambda r: bool(_read(r)),
        lambda r: (
            f"{_name(r)}: {words.count_of(_met(r), len(_read(r)))} read outcomes landed"
            f"{f'; it{_cost(r)}' if _cost(r) else ''}"
        ),
    ),
    Rule("epic-neutral", always, lambda r: f"{_name(r)}"),
)


def _of_cost(report: EpicReport) -> str:
    return f" {told.figure(report.row.cost)} of cost"


def _met(report: EpicReport) -> int:
    return sum(row.landed == "met" for row in _read(report))


def _landed(row: OutcomeRow) -> str:
    return {"met": "the promise was met", "partly": "a part of the promise came"}.get(
        row.landed, "the expected effect did not show"
    )


def epic(report: EpicReport) -> Said:
    """The claim of an epic's page."""
    return say(EPIC, report)


# What it is worth


def _years(months: int) -> str:
    return words.counted(months // 12, "year") if months % 12 == 0 else words.counted(months, "month")


def _with_range(figure: Figure) -> str:
    return told.known(f"{words.figure(figure)} ({words.range_of(figure)})", figure)


def _months(view: AppraisalView) -> str:
    likely, between = words.figure(view.payback), words.range_of(view.payback)
    return f"{likely} ({between})" if between not in {"", likely} else likely


def _appraisal_rules(it_is: str, it_pays: str, after: str) -> tuple[Rule[AppraisalView], ...]:
    return (
        Rule("worth-unknown", lambda v: v.why_not != "", lambda _: "What it is worth cannot be said yet"),
        Rule(
            "worth-clear",
            lambda v: v.npv.low is not None and v.npv.low >= 0 and v.payback.value is not None,
            lambda v: f"{it_is} worth {told.figure(v.npv)} {after}, and {it_pays} back in {_months(v)}",
        ),
        Rule(
            "worth-likely",
            lambda v: (v.chance or 0) >= LIKELY,
            lambda v: f"{it_is} likely to pay back, worth {_with_range(v.npv)} {after}",
        ),
        Rule(
            "worth-loss",
            lambda v: v.npv.high is not None and v.npv.high < 0,
            lambda v: (
                f"{it_is} not likely to pay back within {_years(v.horizon_months)}: "
                f"{told.figure(v.npv)} {after}"
            ),
        ),
        Rule(
            "worth-unlikely",
            lambda v: v.chance is not None and v.chance <= SHARE_WHOLE - LIKELY,
            lambda v: f"{it_is} not likely to pay back within {_years(v.horizon_months)}",
        ),
        Rule(
            "worth-open",
            always,
            lambda v: f"Too close to call: worth {_with_range(v.npv)} {after}",
        ),
    )


APPRAISAL = _appraisal_rules("It is", "pays", "after all cost")
APPRAISAL_OF_EPICS = _appraisal_rules("Its epics are", "pay", "after their own cost")
"""A team's run work stands in its cost and not in that of its epics (rule V22)."""


def appraisal(view: AppraisalView, *, of_a_team: bool = False) -> Said:
    """What an investment is worth, in one sentence; of a team it is about its epics alone."""
    return say(APPRAISAL_OF_EPICS if of_a_team else APPRAISAL, view)


# When it is back


def _day(view: AppraisalView) -> str:
    return words.day(view.payback_on) if view.payback_on is not None else ""


def _confirmed_day(view: AppraisalView) -> str:
    return words.day(view.paid_back_on) if view.paid_back_on is not None else ""


def _done(view: AppraisalView) -> str:
    """The fact; beside it the day on which the curve crosses, where that is another one."""
    fact = f"Paid back by {_confirmed_day(view)}"
    return f"{fact} by confirmed value alone, by {payback_day(view)}" if has_two_days(view) else fact


def has_two_days(view: AppraisalView) -> bool:
    """Whether confirmed value alone was back on another day than all value together."""
    return view.paid_back_on is not None and view.payback_on not in {None, view.paid_back_on}


def payback_day(view: AppraisalView) -> str:
    """The day on which all value together is back; what it counts where there is another; or empty."""
    return f"{_day(view)} with what is {beside_confirmed(view)}" if has_two_days(view) else _day(view)


def confirmed_day(view: AppraisalView) -> str:
    """The day on which confirmed value alone was back, where all value together has another one; or empty."""
    return f"{_confirmed_day(view)} on confirmed value alone" if has_two_days(view) else ""


def two_days(view: AppraisalView) -> str:
    """Why the title and the line name two days; empty where there is one."""
    if not has_two_days(view):
        return ""
    return (
        "Two days, which count two things: the line and the payback beside it count what is "
        f"{beside_confirmed(view)} too, and are back on {_day(view)}; confirmed value alone took until "
        f"{_confirmed_day(view)}."
    )


def beside_confirmed(view: AppraisalView) -> str:
    """What the day of payback counts beside confirmed value: *unconfirmed* of the past, else *expected*."""
    return "unconfirmed" if _is_past(view) else "expected"


def _is_past(view: AppraisalView) -> bool:
    now = view.forward_from
    return view.payback_on is not None and now is not None and view.payback_on < now


PAYBACK: tuple[Rule[AppraisalView], ...] = (
    Rule("payback-none", lambda v: v.payback_on is None, lambda _: "Does not pay back in the horizon"),
    Rule("payback-done", lambda v: v.paid_back_on is not None, _done),
    Rule(
        "payback-not-confirmed",
        _is_past,
        lambda v: f"Paid back by {_day(v)} if what is not confirmed came as well",
    ),
    Rule("payback-ahead", always, lambda v: f"Pays back by {_day(v)} if what is expected comes"),
)


PAYBACK_OF_EPICS: tuple[Rule[AppraisalView], ...] = (
    Rule(
        "epics-payback-none",
        lambda v: v.payback_on is None,
        lambda _: "Its epics do not pay back in the horizon",
    ),
    Rule(
        "epics-payback-two-days",
        has_two_days,
        lambda v: f"Its epics paid back by {_confirmed_day(v)} by confirmed value alone",
    ),
    Rule(
        "epics-payback-done",
        lambda v: v.paid_back_on is not None,
        lambda v: f"Its epics paid back by {_confirmed_day(v)}",
    ),
    Rule(
        "epics-payback-not-confirmed",
        _is_past,
        lambda v: f"Its epics paid back by {_day(v)} if what is not confirmed came as well",
    ),
    Rule(
        "epics-payback-ahead", always, lambda v: f"Its epics pay back by {_day(v)} if what is expected comes"
    ),
)


def payback(view: AppraisalView, *, of_epics: bool = False) -> Said:
    """When an investment is back: a fact only where confirmed value alone covers the cost to date.

    Of a team or a product it is about its epics: run and unplanned work costs too, and is not in it (V22).
    """
    return say(PAYBACK_OF_EPICS if of_epics else PAYBACK, view)
