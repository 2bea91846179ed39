"""`show`: the figures of the portfolio, from the same report as the page. Also how a figure is said."""

import argparse

from roi.cli.answer import DONE, Answer, amount_text, amount_words, table
from roi.cli.arguments import span
from roi.cli.opened import Commands, add_command, opened
from roi.domain.figures import Figure, Unit
from roi.domain.money import SHARE_WHOLE
from roi.reports import life, portfolio
from roi.reports.checks import RETURNS
from roi.reports.shapes import PortfolioReport, Scope, TeamRow, TraceReport
from roi.reports.shapes.value import AppraisalView
from roi.story import portfolio_titles, titles, value_titles, words

PERIOD = (
    "2015-01..2015-12 or one month; the default is what the pages open with, the latest fiscal year so far "
    "(export ledger: all months)"
)


def register(commands: Commands) -> None:
    """The command and its options."""
    show = add_command(commands, "show", run_show, "the figures of the portfolio: cost, suspense, return")
    scope_options(show)
    wider = "also count confirmed value that is not cash, in figures of their own"
    show.add_argument("--incl-not-cash", action="store_true", help=wider)


def scope_options(command: argparse.ArgumentParser) -> None:
    """What to look at."""
    command.add_argument("--period", type=span, help=PERIOD)
    group = command.add_mutually_exclusive_group()
    group.add_argument("--value-stream", metavar="NAME", help="one value stream")
    group.add_argument("--division", metavar="NAME", help="one division")
    group.add_argument("--by-division", action="store_true", help="roll teams up to divisions")
    command.add_argument(
        "--todays-structure", action="store_true", help="teams stand where they stand now, in every month"
    )
    command.add_argument("--currency", help="lines in this currency")
    command.add_argument("--as-of", type=int, metavar="CHANGE", help="as it was after this change")


def scope_of(asked: argparse.Namespace) -> Scope:
    """What the options look at."""
    by_division = asked.by_division or asked.division is not None
    return Scope(
        asked.period,
        asked.value_stream if asked.division is None else asked.division,
        asked.currency,
        asked.as_of,
        "today" if asked.todays_structure else "then",
        "division" if by_division else "value_stream",
    )


def run_show(asked: argparse.Namespace) -> Answer:
    """The portfolio."""
    with opened(asked) as (store, actor):
        build = portfolio.build_incl_not_cash if asked.incl_not_cash else portfolio.build
        report = build(store, actor, scope_of(asked), store.today)
        view = life.build(store, actor, scope_of(asked), store.today).appraisal
    if view is None:
        return Answer(DONE, _portfolio_lines(report), _portfolio_data(report))
    lines = (*_portfolio_lines(report), "", *_life_lines(report, view))
    return Answer(DONE, lines, {**_portfolio_data(report), "over_its_life": _life_data(view)})


def _life_lines(report: PortfolioReport, view: AppraisalView) -> tuple[str, ...]:
    """What is chosen is worth over its life, whatever the period."""
    said = titles.life(portfolio_titles.chosen(report), view).text
    rows = [(one.definition.name, shown(one), one.reason) for one in _appraised(view)]
    return said, *table(rows), *(f"{words.sentence(one)}." for one in view.notes)


def _life_data(view: AppraisalView) -> dict[str, object]:
    return {
        "figures": {one.figure_id: figure_data(one) for one in _appraised(view)},
        "chance": None if view.chance is None else _fraction(view.chance),
        "reason": view.why_not,
        "notes": list(view.notes),
    }


def _appraised(view: AppraisalView) -> tuple[Figure, ...]:
    return view.npv, view.forward_npv, view.roi, view.payback, view.irr


def _teams(report: PortfolioReport) -> list[TeamRow]:
    return [team for stream in report.streams for team in stream.teams]


def _portfolio_lines(report: PortfolioReport) -> tuple[str, ...]:
    name = report.company.name if report.company else "No company yet"
    months = report.span.label if report.span else "no months yet"
    head = f"{name} · {months} · {report.books.value} · change {report.version}"
    figures = table(
        [
            (figure.definition.name, shown(figure), unsettled(figure, report) or figure.reason)
            for figure in portfolio.headlines(report)
        ]
    )
    teams = [
        (team.name, shown(team.cost), shown(team.returned), unsettled(team.returned, report))
        for team in _teams(report)
    ]
    warning = (f"! {value_titles.EXCEEDS}",) if value_titles.exceeds_results(report) else ()
    lines = [head, *warning, *figures]
    if teams:
        lines += ["", *table([("Team", "Cost", "Return per 1", ""), *teams], right=(1, 2))]
    return tuple(lines)


def unsettled(figure: Figure, report: PortfolioReport | TraceReport) -> str:
    """The mark beside each return while more is claimed than the company's own results moved (D30)."""
    is_return = figure.is_known and figure.figure_id in RETURNS
    return value_titles.NOT_SETTLED if is_return and value_titles.exceeds_results(report) else ""


def marked(figure: Figure, report: PortfolioReport | TraceReport) -> dict[str, object]:
    """A figure as data; a return also says whether it is settled, wherever it is copied to."""
    if figure.figure_id not in RETURNS:
        return figure_data(figure)
    return {**figure_data(figure), "is_settled": not unsettled(figure, report)}


def shown(figure: Figure) -> str:
    """Exact money; else as on screen; a dash where there is a reason instead of a value."""
    if figure.value is not None and figure.definition.unit is Unit.MONEY:
        return amount_words(figure.value, figure.currency)
    value, between = words.figure(figure), words.range_of(figure)
    return f"{value} ({between})" if between else value


def _portfolio_data(report: PortfolioReport) -> dict[str, object]:
    return {
        "outcome": "done",
        "version": report.version,
        "company": report.company.name if report.company else None,
        "period": report.span.key if report.span else None,
        "currency": report.currency,
        "books": report.books.value,
        "warning": value_titles.EXCEEDS if value_titles.exceeds_results(report) else "",
        "figures": {figure.figure_id: marked(figure, report) for figure in portfolio.headlines(report)},
        "teams": [
            {
                "team": team.key,
                "name": team.name,
                "cost": figure_data(team.cost),
                "return_per_unit": marked(team.returned, report),
            }
            for team in _teams(report)
        ],
        "suspense": [
            {
                "source": row.source,
                "area": row.label,
                "reason": row.reason,
                "lines": row.lines,
                "amount": amount_text(row.amount, report.currency),
            }
            for row in report.suspense_rows
        ],
    }


def figure_data(figure: Figure) -> dict[str, object]:
    """A figure as data: exact values as text, or null with the reason (law T3)."""
    return {
        "value": _exact(figure, figure.value),
        "low": _exact(figure, figure.low),
        "high": _exact(figure, figure.high),
        "currency": figure.currency,
        "reason": figure.reason,
    }


def _exact(figure: Figure, number: int | None) -> str | None:
    if number is None:
        return None
    unit = figure.definition.unit
    if unit is Unit.MONEY:
        return amount_text(number, figure.currency)
    return _fraction(number) if unit in {Unit.SHARE, Unit.PER_UNIT} else str(number)


def _fraction(millionths: int) -> str:
    whole, rest = divmod(abs(millionths), SHARE_WHOLE)
    return f"{'-' if millionths < 0 else ''}{whole}.{rest:06d}"
