"""The five lines under the headline: what a careful reader asks first, answered from the same report."""

from roi.domain.periods import month_name
from roi.reports.shapes import Books, PortfolioReport
from roi.story import words


def five_lines(report: PortfolioReport) -> tuple[tuple[str, str], ...]:
    """Questions and their answers; each answer is computed, and says so when nothing is known."""
    return (
        ("Is it cash?", _cash(report)),
        ("Do our results show it?", _results(report)),
        ("Winners only?", _winners(report)),
        ("On whose word?", _word(report)),
        ("Is it all the cost?", _all_the_cost(report)),
    )


def _cash(report: PortfolioReport) -> str:
    if not report.confirmed.value:
        return f"No cash value is confirmed yet, so none is claimed.{_protected(report)}"
    said = f"{words.figure(report.confirmed)} confirmed cash margin on {words.figure(report.cost)}"
    back = f": {words.figure(report.returned)}" if report.returned.is_known else ""
    return f"{said}{back}.{_protected(report)}"


def _protected(report: PortfolioReport) -> str:
    if not report.protected.value:
        return ""
    return f" Also protected, not cash: {words.figure(report.protected)}."


def _results(report: PortfolioReport) -> str:
    if not report.confirmed.value:
        return "There is no claim to compare with the company's own results yet."
    return "Not checked: the company's own result lines are not recorded, so the claims stand beside none."


def _winners(report: PortfolioReport) -> str:
    share = report.trust.read_cost_share
    if share is None:
        return "No epic carries a cost yet, so no work has been picked out."
    zero = f"{words.symbol(report.currency)}0"
    return f"Read outcomes carry {words.share(share)} of epic cost. Unread ones count as cost and {zero}."


def _word(report: PortfolioReport) -> str:
    trust = report.trust
    waiting = trust.claims_without_confirmation
    open_claims = f" {words.sentence(words.spelled(waiting, 'claim'))} without confirmation: not counted."
    if not trust.confirmers:
        return "Nobody in finance has confirmed a value yet." + (open_claims if waiting else "")
    grades = ""
    if trust.grade_a_to_c is not None:
        lower = 1_000_000 - trust.grade_a_to_c
        rest = f", D {words.share(lower)}" if lower else ""
        grades = f"Grades A–C {words.share(trust.grade_a_to_c)}{rest}. "
    until = f", up to {month_name(trust.confirmed_to)}" if trust.confirmed_to else ""
    people = words.spelled(trust.confirmers, "person", "people")
    return f"{grades}Confirmed by {people} in finance, none an owner{until}." + (
        open_claims if waiting else ""
    )


_BOOKS = {
    Books.AGREE: "The ledger agrees with the control totals of the books.",
    Books.DIFFER: "The ledger does not agree with the control total that finance stated.",
    Books.PARTLY: "Some months have no control total yet.",
    Books.NO_CONTROL: "Whether it is all in the books is not known: no control total is stated.",
    Books.EMPTY: "",
}


def _all_the_cost(report: PortfolioReport) -> str:
    if not report.ledger.is_known:
        return "No cost is imported yet."
    figures = {"team cost": report.cost, "excluded": report.excluded, "on no team yet": report.suspense}
    if report.other_teams is not None:
        figures["other value streams"] = report.other_teams
    parts = [figure.value or 0 for figure in figures.values()]
    ledger = report.ledger.value or 0
    scale = words.scale_for([*parts, ledger], report.currency, [(parts, ledger)])
    told = [f"{name} {scale.text(part)}" for name, part in zip(figures, parts, strict=True)]
    return f"Ledger {scale.text(ledger)} = {' + '.join(told)}. {_BOOKS[report.books]}".strip()
