"""The main chart: from the ledger to the cost of teams, or from the cost of teams to net cash."""

from roi.charts.spec import Bar, ChartSpec, Leads, Role
from roi.domain.figures import Figure
from roi.reports.shapes import PortfolioReport
from roi.story import words
from roi.story.value_titles import CLASSES


def bridge(report: PortfolioReport) -> ChartSpec | None:
    """The bridge of the portfolio; None while there is no cost.

    With confirmed cash it runs from cost to net cash; before that from the ledger to the cost of teams.
    What no team carries yet and what is not cash stand apart, outlined, and are added to nothing.
    """
    if not report.ledger.is_known:
        return None
    return _to_net(report) if report.confirmed.value else _to_cost(report)


def _to_net(report: PortfolioReport) -> ChartSpec:
    cost, cash = report.cost.value or 0, report.confirmed.value or 0
    protected, suspense = report.protected.value or 0, report.suspense.value or 0
    net = cash - cost
    pieces = _cash_pieces(report, cash)
    expected = (report.still_expected.value or 0) if report.still_expected else 0
    steps = ((-cost, *(amount for _, amount in pieces)), net)
    lands = ((net, expected), net + expected)
    scale = words.scale_for([cost, *(amount for _, amount in pieces), net], report.currency, [steps, lands])
    bars = [Bar("Cost of teams", 0, -cost, scale.text(-cost), Role.COST, leads=("teams",))]
    for name, amount in pieces:
        start, shown = bars[-1].end, scale.signed(amount)
        bars.append(Bar(name, start, start + amount, shown, Role.VALUE, leads=_class(report, name)))
    shown = scale.text(net)
    bars.append(Bar("Net cash so far", 0, net, shown, Role.NET, is_total=True, leads=_trace("net_cash")))
    if report.still_expected is not None and report.net_if_lands is not None and expected:
        bars += _if_it_lands(report.still_expected, report.net_if_lands, net, scale)
    if protected:
        shown = words.money(protected, report.currency)
        leads = _trace("protected_value")
        bars.append(Bar("Also protected, not cash", 0, protected, shown, Role.APART, leads=leads))
    if suspense:
        shown = words.money(suspense, report.currency)
        leads = _trace("suspense")
        bars.append(Bar("On no team yet, not in the cost", 0, -suspense, shown, Role.SUSPENSE, leads=leads))
    told = [scale.text(amount) for amount in (cost, cash, net)]
    alt = f"From team cost of {told[0]}, confirmed cash of {told[1]} leaves {told[2]}."
    if expected:
        alt += f" With {scale.text(expected)} still expected it would be {scale.text(net + expected)}."
    return _spec(report, tuple(bars), alt)


def _trace(figure: str, *more: str) -> Leads:
    """To what stands behind a figure."""
    return ("trace", "figure", figure, *more)


def _class(report: PortfolioReport, name: str) -> Leads:
    """To the claims of a class of benefit; to all of them where the classes are not told apart."""
    found = next((row.value_class for row in report.classes if CLASSES[row.value_class] == name), "")
    return _trace("class_value", "part", found) if found else _trace("confirmed_cash")


def _cash_pieces(report: PortfolioReport, cash: int) -> list[tuple[str, int]]:
    """Confirmed cash by class; in one piece where the classes are not told apart."""
    found = [
        (CLASSES[row.value_class], row.confirmed.value)
        for row in report.classes
        if row.is_cash and row.confirmed.value
    ]
    return found if sum(amount for _, amount in found) == cash else [("Confirmed cash value", cash)]


def _if_it_lands(expected: Figure, lands: Figure, net: int, scale: words.Scale) -> list[Bar]:
    """What is still expected, hatched, and where it would lead; each with its range."""
    amount = expected.value or 0
    return [
        Bar(
            "Still expected, cash",
            net,
            net + amount,
            scale.signed(amount),
            Role.EXPECTED,
            under=_between(expected, scale),
            leads=_trace("still_expected"),
        ),
        Bar(
            "Net if it lands",
            0,
            net + amount,
            scale.text(net + amount),
            Role.IF_LANDS,
            is_total=True,
            under=_between(lands, scale),
            leads=_trace("net_if_lands"),
        ),
    ]


def _between(figure: Figure, scale: words.Scale) -> str:
    if figure.low is None or figure.high is None:
        return ""
    low, high = (words.sign(end) + scale.digits(end) for end in (figure.low, figure.high))
    return f"({low} to {high})" if figure.low < 0 or figure.high < 0 else f"({low}–{high})"


def _to_cost(report: PortfolioReport) -> ChartSpec:
    ledger, cost = report.ledger.value or 0, report.cost.value or 0
    excluded, suspense = report.excluded.value or 0, report.suspense.value or 0
    others = (report.other_teams.value or 0) if report.other_teams else 0
    pieces = (cost, others, excluded, suspense)
    scale = words.scale_for([ledger, *pieces], report.currency, [(pieces, ledger)])
    bars = [Bar("Ledger", 0, ledger, scale.text(ledger), Role.NET, leads=_trace("ledger_total"))]
    left = ledger
    taken = (
        ("Excluded natures", excluded, Role.COST, _trace("excluded_cost")),
        ("On no team yet", suspense, Role.SUSPENSE, _trace("suspense")),
        ("Other value streams", others, Role.COST, ()),
    )
    for name, amount, role, leads in taken:
        if amount:
            bars.append(Bar(name, left, left - amount, scale.signed(-amount), role, leads=leads))
            left -= amount
    shown = scale.text(cost)
    bars.append(Bar("Cost of teams", 0, cost, shown, Role.COST, is_total=True, leads=("teams",)))
    alt = (
        f"Of the ledger of {scale.text(ledger)}, {scale.text(suspense)} is on no team yet and "
        f"{scale.text(excluded)} is excluded; the teams cost {scale.text(cost)}."
    )
    return _spec(report, tuple(bars), alt)


def _spec(report: PortfolioReport, bars: tuple[Bar, ...], alt: str) -> ChartSpec:
    exact = [(bar.label, words.exact(bar.end - bar.start, report.currency)) for bar in bars]
    table = (("Step", f"Amount, {words.currency_name(report.currency)}"), *exact)
    return ChartSpec("bridge", alt, bars, table, report.currency)
