"""Report objects for the rules of titles: as few numbers as a rule looks at."""

from dataclasses import replace

from roi.domain.figures import Figure, unknown
from roi.domain.periods import Span
from roi.domain.structure import Verdict
from roi.reports.shapes import Books, PortfolioReport, StreamRow, TeamRow, Trust, Widened
from roi.reports.shapes.value import Decision
from roi.story import portfolio_titles, told, trust, value_titles

CODE = "USD"


def money(figure_id: str, value: int | None) -> Figure:
    if value is None:
        return unknown(figure_id, "not known", currency=CODE)
    return Figure(figure_id, value, currency=CODE)


def ratio(value: int | None, low: int | None = None, high: int | None = None) -> Figure:
    return Figure("return_per_unit", value, "" if value is not None else "why", low, high, CODE)


def row(name: str, cost: int, verdict: Verdict = Verdict.NONE, total: int = 0, kind: str = "") -> TeamRow:
    kind = kind or "stream_aligned"
    cash, apart = money("confirmed_cash", None), money("protected_value", None)
    return TeamRow(
        name.lower(), name, kind, money("team_cost", cost), cash, apart, ratio(None), verdict, 0, total, 0
    )


def portfolio(**changes: object) -> PortfolioReport:
    """A store with cost on three teams and no outcome."""
    teams = (row("Ada", 400_000_000), row("Bea", 250_000_000), row("Cy", 131_000_000))
    report = PortfolioReport(
        version=3,
        company=None,
        currency=CODE,
        span=Span(202601, 202609),
        other_currencies=(),
        ledger=money("ledger_total", 830_000_000),
        cost=money("team_cost", 781_000_000),
        excluded=money("excluded_cost", 46_000_000),
        suspense=money("suspense", 3_000_000),
        difference=money("ledger_difference", 0),
        placed_share=Figure("placed_share", 996_000),
        confirmed=money("confirmed_cash", None),
        protected=money("protected_value", None),
        returned=ratio(None),
        verdict=Verdict.TOO_EARLY,
        outcomes_read=0,
        outcomes_total=0,
        outcomes_overdue=0,
        streams=(StreamRow("s", "S", row("S", 781_000_000), teams),),
        suspense_rows=(),
        excluded_rows=(),
        intents=(),
        treatments=(),
        trust=Trust(None, 0, None, None, 0),
        books=Books.AGREE,
        latest=None,
        steps=(),
    )
    return replace(report, **changes)


def returning(value: int, low: int, high: int, **changes: object) -> PortfolioReport:
    """The same with confirmed cash: ten of ten outcomes read, all of the value graded A to C."""
    given = {
        "confirmed": money("confirmed_cash", 781 * value),
        "returned": ratio(value, low, high),
        "outcomes_read": 10,
        "outcomes_total": 10,
        "trust": Trust(1_000_000, 2, 202609, 680_000, 0),
    }
    return portfolio(**{**given, **changes})


def serving(cost: int | None = 205_000_000, name: str = "Enabling", **changes: object) -> PortfolioReport:
    """One value stream whose teams serve those of others, which carry its cost."""
    passed = replace(row("", 0, total=3, kind="platform"), own=money("team_cost", cost))
    given = {
        "cost": money("full_cost", 0),
        "streams": (StreamRow("e", name, passed, ()),),
        "other_teams": money("team_cost", 781_000_000),
        "total": passed,
        "outcomes_total": 3,
    }
    return portfolio(**{**given, **changes})


def with_verdicts(*verdicts: Verdict) -> PortfolioReport:
    teams = tuple(row(f"T{i}", 100, verdict, 2) for i, verdict in enumerate(verdicts))
    return portfolio(streams=(StreamRow("s", "S", row("S", 100), teams),))


def widened(report: PortfolioReport, protected: int, grade: int | None = 1_000_000) -> PortfolioReport:
    """The same with the switch on: what is not cash counts too (rule V6)."""
    cost, cash = report.cost.value or 0, report.confirmed.value or 0
    value = cash + protected
    back = Figure("return_incl_not_cash", value * 1_000_000 // cost, "", 1, 2, CODE) if value else ratio(None)
    wide = Widened(
        money("value_incl_not_cash", value or None),
        back,
        money("net_incl_not_cash", value - cost if value else None),
        Trust(grade, 2, 202609, 680_000, 0),
    )
    return replace(report, protected=money("protected_value", protected or None), wide=wide)


def lede(report: PortfolioReport) -> str:
    """What goes with the claim of the first page, without the figures that its numbers remember."""
    return told.plain(portfolio_titles.portfolio_lede(report))


def why(decision: Decision) -> str:
    """Why it is a decision, without the figures that its numbers remember."""
    return told.plain(value_titles.decision(decision))


def lines(report: PortfolioReport) -> dict[str, str]:
    """The five questions with their answers, in plain words."""
    return {question: told.plain(answer) for question, answer in trust.five_lines(report)}


def notes(report: PortfolioReport) -> tuple[str, ...]:
    """What goes with them, in plain words."""
    return tuple(told.plain(note) for note in trust.notes(report))
