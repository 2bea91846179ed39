"""Rules that turn a report into a true sentence (V19, V20); the first that applies and fits is said.

A title is subject, verb, number and so-what in at most 90 characters. No claim is typed by hand: each
rule has a name, a condition on the report and a template, and a test on both sides of its boundary.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from roi.domain.money import SHARE_WHOLE
from roi.domain.structure import TeamKind, Verdict
from roi.reports.shapes import (
    Books,
    DataReport,
    OutcomesReport,
    PortfolioReport,
    TeamReport,
    TeamRow,
    TeamsReport,
)
from roi.story import words

MOST_LETTERS = 90
RETURNED_NEEDS = 800_000
"""Share of the numerator with grade A to C from which a title may say *has returned* (rule V20)."""
READ_NEEDS = 300_000
"""Below this share of read outcomes no return is stated as a title."""
COVERS = 950_000
MOST = 600_000
UNJUDGED_KINDS = frozenset({TeamKind.PLATFORM.value, TeamKind.ENABLING.value})
"""After reallocation these teams show cost only; value is booked by the teams they serve (V2)."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rule(Generic[T]):
    """A named sentence: when it may be said, and how."""

    rule_id: str
    applies: Callable[[T], bool]
    write: Callable[[T], str]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and the rule that said it."""

    rule_id: str
    text: str


def say(rules: Sequence[Rule[T]], report: T) -> Said:
    """The sentence of the first rule that applies and fits; the last rule always applies and fits."""
    for rule in rules:
        if rule.applies(report):
            text = words.sentence(rule.write(report))
            if len(text) <= MOST_LETTERS:
                return Said(rule.rule_id, text)
    message = "the last rule of a list must apply to everything and be short"
    raise ValueError(message)


def _always(_: object) -> bool:
    return True


# Portfolio


def team_rows(report: PortfolioReport) -> tuple[TeamRow, ...]:
    """All teams of all value streams."""
    return tuple(team for stream in report.streams for team in stream.teams)


def _teams_cost(report: PortfolioReport) -> str:
    count = words.spelled(len(team_rows(report)), "team")
    verb = "costs" if len(team_rows(report)) == 1 else "cost"
    return f"{count} {verb} {words.figure(report.cost)}"


def _grade_allows(report: PortfolioReport) -> bool:
    share = report.trust.grade_a_to_c
    return share is not None and share >= RETURNED_NEEDS


def _is_read_enough(report: PortfolioReport) -> bool:
    return report.outcomes_read * SHARE_WHOLE >= READ_NEEDS * report.outcomes_total


def _one(report: PortfolioReport) -> str:
    return f"{words.symbol(report.currency)}1"


def _back(report: PortfolioReport) -> str:
    return words.figure(report.returned)


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
        lambda r: not r.cost.value,
        lambda r: f"{words.figure(r.ledger)} of cost is imported; none of it is placed on a team yet",
    ),
    Rule(
        "portfolio-no-outcome",
        lambda r: r.outcomes_total == 0,
        lambda r: f"{_teams_cost(r)}; what the work returned needs one outcome",
    ),
    Rule(
        "portfolio-none-read",
        lambda r: r.outcomes_read == 0,
        lambda r: f"{_teams_cost(r)}; {_none_of(r.outcomes_total)} read yet",
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
        lambda r: f"Every {_one(r)} spent on engineering has returned {_back(r)} so far",
    ),
    Rule(
        "portfolio-too-close",
        _judged(Verdict.TOO_CLOSE),
        lambda r: f"Engineering has returned {_back(r)} per {_one(r)} so far; too close to call",
    ),
    Rule(
        "portfolio-not-there-yet",
        _judged(Verdict.NOT_THERE_YET),
        lambda r: f"Engineering has not paid back yet: it has returned {_back(r)} per {_one(r)}",
    ),
    Rule(
        "portfolio-confirmed-beside",
        lambda r: r.returned.is_known and bool(r.confirmed.value),
        lambda r: (
            f"Finance has confirmed {_back(r)} of cash margin beside each {_one(r)} of engineering so far"
        ),
    ),
    Rule(
        "portfolio-none-confirmed",
        lambda r: not r.confirmed.value,
        lambda r: f"{_teams_cost(r)}; finance has confirmed no cash value yet",
    ),
    Rule("portfolio-neutral", _always, lambda _: "Cost of engineering and what it returned"),
)


def _none_of(total: int) -> str:
    return "its one outcome is not" if total == 1 else f"none of {words.spelled(total, 'outcome')} is"


def portfolio(report: PortfolioReport) -> Said:
    """The claim of the first page."""
    return say(PORTFOLIO, report)


_SO = {
    Verdict.PAST_BREAK_EVEN: ", so even the low end is past break-even",
    Verdict.TOO_CLOSE: ", so break-even is too close to call",
    Verdict.NOT_THERE_YET: ", so break-even is not reached yet",
    Verdict.TOO_EARLY: "; it is too early for a verdict",
}


def portfolio_lede(report: PortfolioReport) -> str:
    """What goes with the claim: the range, what is not cash, what is overdue, what no team carries."""
    if not report.ledger.is_known:
        return "Find out with your own numbers in about 20 minutes. Value shows after the first cost file."
    said = [_range_words(report), _protected_words(report), _overdue_words(report), _suspense_words(report)]
    return " ".join(words.sentence(part) for part in said if part)


def _range_words(report: PortfolioReport) -> str:
    shown = words.range_of(report.returned)
    if shown:
        several = dict(report.confirmed.inputs).get("outcomes", 1) > 1
        odds = "8 in 10 or more" if several else "8 in 10"
        return f"Likely **{shown}** ({odds}){_SO.get(report.verdict, '')}."
    if report.returned.is_known or not report.returned.reason or not report.outcomes_total:
        return ""
    return f"There is no return yet: {report.returned.reason.rstrip('.')}."


def _protected_words(report: PortfolioReport) -> str:
    if not report.protected.value:
        return ""
    return f"A further **{words.figure(report.protected)}** is protected, not cash, and is not added."


def _overdue_words(report: PortfolioReport) -> str:
    count = report.outcomes_overdue
    if not count:
        return ""
    return f"{words.sentence(words.spelled(count, 'reading'))} {'is' if count == 1 else 'are'} overdue."


def _suspense_words(report: PortfolioReport) -> str:
    if not report.suspense.value:
        return ""
    amount, whole = words.figure(report.suspense), words.figure(report.ledger)
    return f"**{amount}** of the {whole} ledger is on no team yet and counts in none of the teams."


BRIDGE: tuple[Rule[PortfolioReport], ...] = (
    Rule(
        "bridge-covers",
        lambda r: _covered(r) >= COVERS,
        lambda _: "Confirmed cash value covers the cost of teams",
    ),
    Rule(
        "bridge-share",
        lambda r: _covered(r) > 0,
        lambda r: f"Confirmed cash value covers {words.share(_covered(r))} of team cost so far",
    ),
    Rule(
        "bridge-suspense",
        lambda r: bool(r.suspense.value) and r.placed_share.is_known,
        lambda r: f"{words.figure(r.placed_share)} of the cost is placed on teams",
    ),
    Rule(
        "bridge-all-placed",
        lambda r: bool(r.cost.value) and not r.suspense.value,
        lambda _: "All of the cost is placed on teams",
    ),
    Rule("bridge-neutral", _always, lambda _: "From team cost to net cash"),
)


def _covered(report: PortfolioReport) -> int:
    """Confirmed cash as a share of team cost, in parts per million; 0 where one is missing."""
    if not report.cost.value or report.confirmed.value is None or report.cost.value < 0:
        return 0
    return max(report.confirmed.value * SHARE_WHOLE // report.cost.value, 0)


def bridge(report: PortfolioReport) -> Said:
    """What the bridge from cost to net cash shows."""
    return say(BRIDGE, report)


def _judged_teams(report: PortfolioReport) -> list[TeamRow]:
    return [team for team in team_rows(report) if team.kind not in UNJUDGED_KINDS and team.outcomes_total]


_IN_ORDER = (Verdict.PAST_BREAK_EVEN, Verdict.TOO_CLOSE, Verdict.NOT_THERE_YET, Verdict.TOO_EARLY)


def _verdict_counts(report: PortfolioReport) -> str:
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


def _largest_share(report: PortfolioReport) -> tuple[str, int]:
    teams = [team for team in team_rows(report) if team.cost.value]
    if len(teams) < 3 or not report.cost.value:
        return "", 0
    largest = max(teams, key=lambda team: team.cost.value or 0)
    return largest.name, (largest.cost.value or 0) * SHARE_WHOLE // report.cost.value


TEAM_TABLE: tuple[Rule[PortfolioReport], ...] = (
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
        lambda r: f"{_largest_share(r)[0]} carries {words.share(_largest_share(r)[1])} of the team cost",
    ),
    Rule("teams-cost", lambda r: bool(r.cost.value), _teams_cost),
    Rule("teams-neutral", _always, lambda r: "Cost and return by team" + _during(r)),
)


def _those(number: int) -> str:
    return "the one team" if number == 1 else f"the {words.spelled(number, 'team')}"


def _during(report: PortfolioReport) -> str:
    return f", {report.span.label}" if report.span else ""


def team_table(report: PortfolioReport) -> Said:
    """What the table of teams shows."""
    return say(TEAM_TABLE, report)


# Teams and one team

TEAMS: tuple[Rule[TeamsReport], ...] = (
    Rule("teams-empty", lambda r: not r.ledger.is_known, lambda _: "What do the teams cost?"),
    Rule(
        "teams-nothing-placed",
        lambda r: not r.team_total.value,
        lambda r: f"No team carries a cost yet; {words.figure(r.suspense)} waits to be placed",
    ),
    Rule(
        "teams-with-suspense",
        lambda r: bool(r.suspense.value),
        lambda r: f"{_count_cost(r)}; {words.figure(r.suspense)} is on no team yet",
    ),
    Rule("teams-all-placed", _always, lambda r: f"{_count_cost(r)}, and every line is on a team"),
)


def _count_cost(report: TeamsReport) -> str:
    count = sum(team.total.value is not None for team in report.teams)
    verb = "costs" if count == 1 else "cost"
    return f"{words.spelled(count, 'team')} {verb} {words.figure(report.team_total)}"


def teams(report: TeamsReport) -> Said:
    """The claim of the page of all teams."""
    return say(TEAMS, report)


TEAM: tuple[Rule[TeamReport], ...] = (
    Rule(
        "team-no-cost",
        lambda r: r.row.cost.value is None,
        lambda r: f"{r.team.name} has no cost in this period",
    ),
    Rule(
        "team-enabling",
        lambda r: r.team.kind.value in UNJUDGED_KINDS,
        lambda r: f"{r.team.name} costs {words.figure(r.row.cost)}; its value is booked by teams it serves",
    ),
    Rule(
        "team-returned",
        lambda r: r.row.returned.is_known and bool(r.row.confirmed.value),
        lambda r: (
            f"{r.team.name} costs {words.figure(r.row.cost)}; finance has confirmed "
            f"{words.figure(r.row.returned)} beside each {words.symbol(r.currency)}1"
        ),
    ),
    Rule(
        "team-no-outcome",
        lambda r: r.row.outcomes_total == 0,
        lambda r: f"{r.team.name} costs {words.figure(r.row.cost)}; no outcome is recorded yet",
    ),
    Rule(
        "team-outcomes",
        lambda r: r.row.outcomes_total > 0,
        lambda r: (
            f"{r.team.name} costs {words.figure(r.row.cost)}; "
            f"{words.count_of(r.row.outcomes_read, r.row.outcomes_total)} outcomes are read"
        ),
    ),
    Rule("team-neutral", _always, lambda r: f"This team costs {words.figure(r.row.cost)}"),
)


def team(report: TeamReport) -> Said:
    """The claim of one team's page."""
    return say(TEAM, report)


# Outcomes and data

OUTCOMES: tuple[Rule[OutcomesReport], ...] = (
    Rule("outcomes-empty", lambda r: r.total == 0, lambda _: "No outcome is recorded yet"),
    Rule(
        "outcomes-overdue",
        lambda r: r.overdue > 0,
        lambda r: (
            f"{words.spelled(r.overdue, 'reading')} {'is' if r.overdue == 1 else 'are'} overdue; "
            f"{words.count_of(r.read, r.total)} outcomes are read"
        ),
    ),
    Rule(
        "outcomes-none-read",
        lambda r: r.read == 0,
        lambda r: f"{words.sentence(_none_of(r.total).replace('its one', 'the one'))} read yet",
    ),
    Rule(
        "outcomes-landed",
        _always,
        lambda r: f"{words.count_of(r.landed, r.read)} read outcomes landed; {r.confirmed} confirmed",
    ),
)


def outcomes(report: OutcomesReport) -> Said:
    """The claim of the page of outcomes."""
    return say(OUTCOMES, report)


DATA: tuple[Rule[DataReport], ...] = (
    Rule("data-empty", lambda r: r.books is Books.EMPTY, lambda _: "Import the first month of costs"),
    Rule(
        "data-differ",
        lambda r: r.books is Books.DIFFER,
        lambda r: f"Costs {_to(r)} do not agree with the books",
    ),
    Rule(
        "data-agree",
        lambda r: r.books is Books.AGREE,
        lambda r: f"Costs {_to(r)} agree with the books",
    ),
    Rule(
        "data-partly",
        lambda r: r.books is Books.PARTLY,
        lambda r: f"Costs {_to(r)} are imported; some months have no control total",
    ),
    Rule("data-no-control", _always, lambda r: f"Costs {_to(r)} are imported; no control total is stated"),
)


def _to(report: DataReport) -> str:
    from roi.domain.periods import short_month

    return f"to {short_month(max(report.months))}" if report.months else "so far"


def data(report: DataReport) -> Said:
    """The claim of the page of data."""
    return say(DATA, report)
