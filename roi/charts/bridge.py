"""The main chart: from the ledger to the cost of teams, or from the cost of teams to net cash."""

from collections.abc import Sequence
from dataclasses import dataclass

from roi.charts.spec import Bar, ChartSpec, Leads, Role
from roi.domain.figures import Figure
from roi.reports.shapes import PortfolioReport
from roi.story import tied, words
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
    wider = protected if report.wide is not None else 0
    said = _printed(report.currency, cost, [amount for _, amount in pieces], (expected, wider))
    bars = [Bar("Cost of teams", 0, -cost, said.cost, Role.COST, leads=("teams",))]
    for (name, amount), shown in zip(pieces, said.pieces, strict=True):
        start = bars[-1].end
        bars.append(Bar(name, start, start + amount, shown, Role.VALUE, leads=_class(report, name)))
    bars.append(Bar("Net cash so far", 0, net, said.net, Role.NET, is_total=True, leads=_trace("net_cash")))
    if report.still_expected is not None and report.net_if_lands is not None and expected:
        bars += _if_it_lands(report.still_expected, report.net_if_lands, net, said)
    if wider:
        bars += _not_cash(net, wider, said)
    elif protected:
        shown = words.money(protected, report.currency)
        leads = _trace("protected_value")
        bars.append(Bar("Also protected, not cash", 0, protected, shown, Role.APART, leads=leads))
    if suspense:
        shown = words.money(suspense, report.currency)
        leads = _trace("suspense")
        bars.append(Bar("On no team yet, not in the cost", 0, -suspense, shown, Role.SUSPENSE, leads=leads))
    alt = f"From a cost of teams of {said.scale.text(cost)}, confirmed cash of {said.cash} leaves {said.net}."
    if expected:
        alt += f" With {said.expected.removeprefix('+')} still expected it would be {said.lands}."
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


@dataclass(frozen=True, slots=True)
class _Printed:
    """Every amount of the bridge as it is printed; what is printed adds up."""

    scale: words.Scale
    cost: str
    pieces: tuple[str, ...]
    cash: str
    net: str
    expected: str
    lands: str
    beside: str
    wide: str


def _printed(currency: str, cost: int, pieces: Sequence[int], after: tuple[int, int]) -> _Printed:
    """In the shortest way that adds up; where only whole units would, in thousands tied by the last digit.

    Millions printed to the last unit would run into the names of the bars on a phone. `after` net cash stand
    what is still expected, and what a switch adds.
    """
    expected, beside = after
    cash = sum(pieces)
    net = cash - cost
    lands, wide = net + expected, net + beside
    amounts = [cost, *pieces, net]
    scale = words.scale_for(
        amounts, currency, [((-cost, *pieces), net), ((net, expected), lands), ((net, beside), wide)]
    )
    shorter = tied.scale_for(amounts, currency)
    if scale.unit or not shorter.unit:
        shown = tuple(scale.signed(one) for one in pieces)
        sums = (scale.text(cash), scale.text(net), scale.signed(expected), scale.text(lands))
        return _Printed(scale, scale.text(-cost), shown, *sums, scale.signed(beside), scale.text(wide))
    steps = {amount: shorter.rounded(amount) for amount in (cost, net, lands, wide)}
    its_cash = steps[net] + steps[cost]
    fitted = tied.fitted(shorter, pieces, its_cash)
    return _Printed(
        shorter,
        tied.text(shorter, -steps[cost], -cost),
        tuple(tied.signed(shorter, step, one) for step, one in zip(fitted, pieces, strict=True)),
        tied.text(shorter, its_cash, cash),
        tied.text(shorter, steps[net], net),
        tied.signed(shorter, steps[lands] - steps[net], expected),
        tied.text(shorter, steps[lands], lands),
        tied.signed(shorter, steps[wide] - steps[net], beside),
        tied.text(shorter, steps[wide], wide),
    )


def _if_it_lands(expected: Figure, lands: Figure, net: int, said: _Printed) -> list[Bar]:
    """What is still expected, hatched, and where it would lead; each with its range."""
    amount = expected.value or 0
    return [
        Bar(
            "Still expected, cash",
            net,
            net + amount,
            said.expected,
            Role.EXPECTED,
            under=_between(expected, said.scale),
            leads=_trace("still_expected"),
        ),
        Bar(
            "Net if it lands",
            0,
            net + amount,
            said.lands,
            Role.IF_LANDS,
            is_total=True,
            under=_between(lands, said.scale),
            leads=_trace("net_if_lands"),
        ),
    ]


def _not_cash(net: int, protected: int, said: _Printed) -> list[Bar]:
    """What the switch adds: outlined, unconnected, after all cash; the bridge ends at net cash (V6)."""
    wide = net + protected
    return [
        Bar(
            "Not cash, added by the switch",
            net,
            wide,
            said.beside,
            Role.APART,
            leads=_trace("protected_value"),
        ),
        Bar("Net so far, incl. not cash", 0, wide, said.wide, Role.APART, leads=_trace("net_incl_not_cash")),
    ]


def _between(figure: Figure, scale: words.Scale) -> str:
    if figure.low is None or figure.high is None:
        return ""
    low, high = (words.sign(end) + scale.digits(end) for end in (figure.low, figure.high))
    if low == high:  # a range without width is none
        return ""
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
        (f"Other {words.group(report.grouped_by)}s", others, Role.COST, ()),
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
