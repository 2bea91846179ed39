"""What the first page may claim (V19, V20): its title, its lede, its bridge and its table."""

from collections.abc import Callable
from dataclasses import dataclass

from roi.domain.figures import Figure
from roi.domain.money import SHARE_WHOLE
from roi.domain.periods import Span
from roi.domain.structure import TeamKind, Verdict
from roi.reports.shapes import PortfolioReport, StreamRow, TeamOutline, TeamRow, TeamsReport
from roi.story import told, words
from roi.story.rules import Rule, Said, always, say
from roi.story.value_titles import exceeds_results

RETURNED_NEEDS = 800_000
"""Share of the numerator with grade A to C from which a title may say *has returned* (rule V20)."""
READ_NEEDS = 300_000
"""Below this share of read outcomes no return is stated as a title."""
COVERS = SHARE_WHOLE
"""Only the whole cost is *covered*: a net below nought stands in the same chart."""
LEAST = 5_000
"""Below half a cent per 1 a ratio prints as none; the two amounts are said instead."""
MOST = 600_000
UNJUDGED_KINDS = frozenset({TeamKind.PLATFORM.value, TeamKind.ENABLING.value})
"""After reallocation these teams show cost only; value is booked by the teams they serve (V2)."""


@dataclass(frozen=True, slots=True)
class Table:
    """What the title of a table of teams looks at, on whichever page it stands."""

    streams: tuple[StreamRow, ...]
    cost: Figure
    span: Span | None
    exceeds_results: bool = False


def teams_of(report: PortfolioReport | Table) -> tuple[TeamOutline, ...]:
    """All teams of all value streams."""
    return tuple(team for stream in report.streams for team in stream.outlined)


def _teams_cost(report: PortfolioReport | Table) -> str:
    with_cost = len({team.key for team in teams_of(report) if team.cost is not None})
    verb = "costs" if with_cost == 1 else "cost"
    return f"{words.spelled(with_cost, 'team')} {verb} {told.figure(report.cost)}"


def _grade_allows(report: PortfolioReport) -> bool:
    share = report.trust.grade_a_to_c
    return share is not None and share >= RETURNED_NEEDS


def _is_read_enough(report: PortfolioReport) -> bool:
    return report.outcomes_read * SHARE_WHOLE >= READ_NEEDS * report.outcomes_total


def chosen(report: PortfolioReport) -> str:
    """The name of the value stream that alone is looked at; empty where the whole company is."""
    is_one = report.other_teams is not None and len(report.streams) == 1 and report.streams[0].key
    return report.streams[0].name if is_one else ""


def _whose(report: PortfolioReport) -> str:
    """Whose cost and value the title tells: a title that says the company's of a stream is untrue (T12)."""
    return chosen(report) or "engineering"


def serves(report: PortfolioReport) -> bool:
    """Whether those who are looked at have cost and serve others, who carry it and book its value (V2)."""
    total = report.total
    return total is not None and total.kind in UNJUDGED_KINDS and own(total).value is not None


def own(total: TeamRow) -> Figure:
    """What teams that serve cost before they pass it on."""
    return total.own if total.own is not None else total.cost


def _own_cost(report: PortfolioReport) -> str:
    return told.figure(own(report.total)) if report.total else ""


def _others(report: PortfolioReport) -> str:
    return told.figure(report.other_teams) if report.other_teams else ""


def _in(report: PortfolioReport) -> str:
    return f" in {report.span.label}" if report.span else ""


def during(report: PortfolioReport) -> str:
    """For which months something is not there: what other months have is not denied (T12)."""
    return f" for {report.span.label}" if report.span else " yet"


def _one(report: PortfolioReport) -> str:
    return f"{words.symbol(report.currency)}1"


def _back(report: PortfolioReport) -> str:
    return told.figure(report.returned)


def _judged(verdict: Verdict) -> Callable[[PortfolioReport], bool]:
    return lambda report: (
        report.returned.is_known
        and _is_read_enough(report)
        and _grade_allows(report)
        and report.verdict is verdict
    )


PORTFOLIO: tuple[Rule[PortfolioReport], ...] = (
    Rule("portfolio-empty", lambda r: not r.ledger.is_known, lambda _: "What did engineering return?"),
    Rule(
        "portfolio-nothing-placed",
        lambda r: not r.cost.value and not (r.other_teams and r.other_teams.value),
        lambda r: f"{told.figure(r.ledger)} of cost is imported; none of it is placed on a team yet",
    ),
    Rule(
        "portfolio-serves",
        lambda r: serves(r) and bool(chosen(r)),
        lambda r: f"{chosen(r)} costs {_own_cost(r)}; its value is booked by the teams it serves",
    ),
    Rule(
        "portfolio-serves-short",
        serves,
        lambda r: f"These teams cost {_own_cost(r)}; their value is booked by the teams they serve",
    ),
    Rule(
        "portfolio-no-cost-here",
        lambda r: not r.cost.value and bool(chosen(r)),
        lambda r: f"{chosen(r)} has no cost{_in(r)}; other teams cost {_others(r)}",
    ),
    Rule(
        "portfolio-no-cost-short",
        lambda r: not r.cost.value,
        lambda r: f"These teams have no cost{_in(r)}; others cost {_others(r)}",
    ),
    Rule(
        "portfolio-no-outcome",
        lambda r: r.outcomes_total == 0,
        lambda r: f"{_teams_cost(r)}; what the work returned needs one outcome",
    ),
    Rule(
        "portfolio-none-read",
        lambda r: r.outcomes_read == 0,
        lambda r: f"{_teams_cost(r)}; {none_of(r.outcomes_total)} read yet",
    ),
    Rule(
        "portfolio-exceeds-results",
        exceeds_results,
        lambda r: (
            f"More is claimed than the company's own results moved: {_back(r)} per {_one(r)} is not settled"
            if r.returned.is_known
            else "More is claimed than the company's own results moved; finance has to settle it"
        ),
    ),
    Rule(
        "portfolio-few-read",
        lambda r: not _is_read_enough(r),
        lambda r: (
            f"Only {words.count_of(r.outcomes_read, r.outcomes_total)} outcomes are read; "
            "it is too early to state a return"
        ),
    ),
    Rule(
        "portfolio-past-break-even",
        _judged(Verdict.PAST_BREAK_EVEN),
        lambda r: f"Every {_one(r)} spent on {_whose(r)} has returned {_back(r)} so far",
    ),
    Rule(
        "portfolio-too-close",
        _judged(Verdict.TOO_CLOSE),
        lambda r: (
            f"{words.sentence(_whose(r))} has returned {_back(r)} per {_one(r)} so far; too close to call"
        ),
    ),
    Rule(
        "portfolio-not-there-yet",
        _judged(Verdict.NOT_THERE_YET),
        lambda r: (
            f"{words.sentence(_whose(r))} has not paid back yet: it has returned {_back(r)} per {_one(r)}"
        ),
    ),
    Rule(
        "portfolio-confirmed-little",
        lambda r: r.returned.is_known and (r.confirmed.value or 0) > 0 and (r.returned.value or 0) < LEAST,
        lambda r: (
            f"Finance has confirmed {told.figure(r.confirmed)} of cash margin beside "
            f"{told.figure(r.cost)} of {_whose(r)} so far"
        ),
    ),
    Rule(
        "portfolio-confirmed-beside",
        lambda r: r.returned.is_known and bool(r.confirmed.value),
        lambda r: (
            f"Finance has confirmed {_back(r)} of cash margin beside each {_one(r)} of {_whose(r)} so far"
        ),
    ),
    Rule(
        "portfolio-none-confirmed",
        lambda r: not r.confirmed.value,
        lambda r: f"{_teams_cost(r)}; finance has confirmed no cash value{during(r)}",
    ),
    Rule("portfolio-neutral", always, lambda _: "Cost of engineering and what it returned"),
)


def _is_wide(report: PortfolioReport, *, is_graded: bool | None = None) -> bool:
    """Whether a return with what is not cash is known; `is_graded`: and may be said to be returned (V20)."""
    wide = report.wide
    if wide is None or not wide.returned.is_known or not wide.value.value:
        return False
    share = wide.trust.grade_a_to_c
    return is_graded is None or is_graded is (share is not None and share >= RETURNED_NEEDS)


def _wide(report: PortfolioReport) -> str:
    return told.figure(report.wide.returned) if report.wide else ""


def _wide_value(report: PortfolioReport) -> str:
    return told.figure(report.wide.value) if report.wide else ""


PORTFOLIO_WIDE: tuple[Rule[PortfolioReport], ...] = (
    *PORTFOLIO[: 1 + next(i for i, rule in enumerate(PORTFOLIO) if rule.rule_id == "portfolio-few-read")],
    Rule(
        "wide-little",
        lambda r: _is_wide(r) and r.wide is not None and abs(r.wide.returned.value or 0) < LEAST,
        lambda r: (
            f"Finance has confirmed {_wide_value(r)}, incl. not cash, beside {told.figure(r.cost)} so far"
        ),
    ),
    Rule(
        "wide-returned",
        lambda r: _is_wide(r, is_graded=True),
        lambda r: f"{words.sentence(_whose(r))} has returned {_wide(r)} per {_one(r)} so far, incl. not cash",
    ),
    Rule(
        "wide-confirmed-beside",
        lambda r: _is_wide(r, is_graded=False),
        lambda r: (
            f"Finance has confirmed {_wide(r)}, incl. not cash, beside each {_one(r)} of {_whose(r)} so far"
        ),
    ),
    Rule(
        "wide-none-confirmed",
        lambda r: r.wide is None or not r.wide.value.value,
        lambda r: f"{_teams_cost(r)}; finance has confirmed nothing{during(r)}, incl. not cash",
    ),
    Rule("wide-neutral", always, lambda _: "Cost of engineering and what it returned, incl. not cash"),
)
"""With what is not cash: every title that tells a return says so, and none tells a verdict (V6, V19)."""


def none_of(total: int) -> str:
    """`its one outcome is not`, or `none of three outcomes is`."""
    return "its one outcome is not" if total == 1 else f"none of {words.spelled(total, 'outcome')} is"


def portfolio(report: PortfolioReport) -> Said:
    """The claim of the first page."""
    return say(PORTFOLIO if report.wide is None else PORTFOLIO_WIDE, report)


_SO = {
    Verdict.PAST_BREAK_EVEN: ", so even the low end is past break-even",
    Verdict.TOO_CLOSE: ", so break-even is too close to call",
    Verdict.NOT_THERE_YET: ", so break-even is not reached yet",
    Verdict.TOO_EARLY: "; it is too early for a verdict",
}


def portfolio_lede(report: PortfolioReport) -> str:
    """What goes with the claim: the range, what is not cash, what is overdue, what no team carries.

    Numbers remember their figure (`roi.story.told`); what stands between `**` is bold.
    """
    if not report.ledger.is_known:
        return "Find out with your own numbers in about 20 minutes. Value shows after the first cost file."
    said = [_range_words(report), _protected_words(report), _overdue_words(report), _suspense_words(report)]
    return " ".join(words.sentence(part) for part in said if part)


def _range_words(report: PortfolioReport) -> str:
    if exceeds_results(report):
        return (
            "Nothing may be published, and no verdict holds, until finance has settled the claims or the "
            "result lines."
        )
    if report.wide is not None and report.wide.value.value:
        return _wide_words(report)
    shown = words.range_of(report.returned)
    if shown:
        likely = told.known(shown, report.returned)
        return f"Likely **{likely}** ({words.odds(report.confirmed)}){_SO.get(report.verdict, '')}."
    if report.returned.is_known or not report.returned.reason or not report.outcomes_total:
        return ""
    if serves(report):
        return "Teams that serve others show cost only, and no verdict is given on them."
    return f"There is no return yet: {report.returned.reason.rstrip('.')}."


def _wide_words(report: PortfolioReport) -> str:
    """The range of the sum, then cash alone with its verdict: verdicts come from cash (V19)."""
    wide = report.wide.returned if report.wide and words.range_of(report.wide.returned) else None
    shown = told.known(words.range_of(wide), wide) if wide else ""
    head = f"Likely **{shown}** ({words.odds(report.confirmed)}), incl. not cash. " if wide else ""
    cash, back = words.range_of(report.returned), _back(report)
    if not report.returned.is_known:
        return f"{head}In cash alone there is no return yet: {report.returned.reason.rstrip('.')}."
    likely = f" (likely {told.known(cash, report.returned)})" if cash else ""
    return f"{head}In cash alone it is **{back}**{likely}{_SO.get(report.verdict, '')}."


def _protected_words(report: PortfolioReport) -> str:
    if serves(report):
        return ""
    if report.wide is not None:
        if not report.protected.value:
            return "Nothing that is not cash is confirmed, so both are the same."
        return f"**{told.figure(report.protected)}** of it is not cash, counted because you switched it on."
    if not report.protected.value:
        return ""
    return f"A further **{told.figure(report.protected)}** is protected, not cash, and is not added."


def _overdue_words(report: PortfolioReport) -> str:
    count = report.outcomes_overdue
    if not count:
        return ""
    said = f"{words.sentence(words.spelled(count, 'reading'))} {'is' if count == 1 else 'are'} overdue"
    cost = report.overdue_cost
    if cost is None or not cost.value:
        return f"{said}."
    return f"{said}; {'it carries' if count == 1 else 'they carry'} **{told.figure(cost)}** of cost."


def _suspense_words(report: PortfolioReport) -> str:
    if not report.suspense.value:
        return ""
    amount, whole = told.figure(report.suspense), told.figure(report.ledger)
    return f"**{amount}** of the {whole} ledger is on no team yet and counts in none of the teams."


BRIDGE: tuple[Rule[PortfolioReport], ...] = (
    Rule(
        "bridge-exceeds-results",
        exceeds_results,
        lambda _: "Confirmed value is more than the company's own results moved: not settled",
    ),
    Rule(
        "bridge-wide-covers",
        lambda r: _covered_wide(r) >= COVERS,
        lambda _: "Incl. not cash, confirmed value covers the cost of teams",
    ),
    Rule(
        "bridge-wide-share",
        lambda r: _covered_wide(r) > 0,
        lambda r: (
            f"Incl. not cash, confirmed value covers "
            f"{_share(_covered_wide(r), r.wide.returned if r.wide else None)} of the cost so far"
        ),
    ),
    Rule(
        "bridge-covers",
        lambda r: _covered(r) >= COVERS,
        lambda _: "Confirmed cash value covers the cost of teams",
    ),
    Rule(
        "bridge-share",
        lambda r: _covered(r) > 0,
        lambda r: (
            f"Confirmed cash value covers {_share(_covered(r), r.returned)} of the cost of teams so far"
        ),
    ),
    Rule(
        "bridge-suspense",
        lambda r: bool(r.suspense.value) and r.placed_share.is_known,
        lambda r: f"{told.figure(r.placed_share)} of the cost is placed on teams",
    ),
    Rule(
        "bridge-all-placed",
        lambda r: bool(r.cost.value) and not r.suspense.value,
        lambda _: "All of the cost is placed on teams",
    ),
    Rule("bridge-neutral", always, lambda _: "From the cost of teams to net cash"),
)


def _share(share: int, returned: Figure | None) -> str:
    """How much of the cost is covered: the return per 1, said as a share."""
    is_told = returned is not None and returned.is_known
    return told.known(words.share(share), returned if is_told else None)


def _covered(report: PortfolioReport) -> int:
    """Confirmed cash as a share of the cost of teams, in parts per million; 0 where one is missing."""
    if not report.cost.value or report.confirmed.value is None or report.cost.value < 0:
        return 0
    return max(report.confirmed.value * SHARE_WHOLE // report.cost.value, 0)


def _covered_wide(report: PortfolioReport) -> int:
    """The same with what is not cash, where it is asked for and the bridge shows it."""
    wide = report.wide.value.value if report.wide and report.confirmed.value else None
    if not report.cost.value or report.cost.value < 0 or wide is None:
        return 0
    return max(wide * SHARE_WHOLE // report.cost.value, 0)


def bridge(report: PortfolioReport) -> Said:
    """What the bridge from cost to net cash shows."""
    return say(BRIDGE, report)


def _judged_teams(report: Table) -> list[TeamOutline]:
    return [team for team in teams_of(report) if team.kind not in UNJUDGED_KINDS and team.outcomes_total]


_IN_ORDER = (Verdict.PAST_BREAK_EVEN, Verdict.TOO_CLOSE, Verdict.NOT_THERE_YET, Verdict.TOO_EARLY)


def _verdict_counts(report: Table) -> str:
    teams = _judged_teams(report)
    counts = [(verdict, sum(team.verdict is verdict for team in teams)) for verdict in _IN_ORDER]
    (first, number), *others = [(verdict, count) for verdict, count in counts if count]
    head = f"{words.spelled(number, '', ' ').strip()} of {words.spelled(len(teams), 'team')}"
    verb = "is" if number == 1 else "are"
    short = {Verdict.TOO_CLOSE: "too close"}
    tail = "".join(
        f", {words.spelled(count, '', ' ').strip()} {short.get(verdict, verdict.value)}"
        for verdict, count in others
    )
    return f"{head} {verb} {first.value}{tail}"


def _largest_share(report: Table) -> tuple[str, int]:
    teams = [team for team in teams_of(report) if team.cost]
    if len(teams) < 3 or not report.cost.value:
        return "", 0
    largest = max(teams, key=lambda team: team.cost or 0)
    return largest.name, (largest.cost or 0) * SHARE_WHOLE // report.cost.value


TEAM_TABLE: tuple[Rule[Table], ...] = (
    Rule(
        "teams-exceed-results",
        lambda r: r.exceeds_results,
        lambda _: "More is claimed than the company's own results moved: no verdict on a team holds",
    ),
    Rule(
        "teams-all-too-early",
        lambda r: len(_judged_teams(r)) > 0 and all(t.verdict is Verdict.TOO_EARLY for t in _judged_teams(r)),
        lambda r: f"It is too early to judge {_those(len(_judged_teams(r)))} with outcomes",
    ),
    Rule(
        "teams-verdicts",
        lambda r: len(_judged_teams(r)) >= 3 and all(t.verdict in _IN_ORDER for t in _judged_teams(r)),
        _verdict_counts,
    ),
    Rule(
        "teams-most",
        lambda r: _largest_share(r)[1] > MOST,
        lambda r: f"{_largest_share(r)[0]} carries {words.share(_largest_share(r)[1])} of the cost of teams",
    ),
    Rule("teams-cost", lambda r: bool(r.cost.value), _teams_cost),
    Rule("teams-neutral", always, lambda r: "Cost and return by team" + _during(r)),
)


def _those(number: int) -> str:
    return "the one team" if number == 1 else f"the {words.spelled(number, 'team')}"


def _during(report: Table) -> str:
    return f", {report.span.label}" if report.span else ""


def team_table(report: PortfolioReport | TeamsReport) -> Said:
    """What the table of teams shows."""
    cost = report.cost if isinstance(report, PortfolioReport) else report.team_total
    return say(TEAM_TABLE, Table(report.streams, cost, report.span, exceeds_results(report)))
