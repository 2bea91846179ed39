"""The five lines under the headline: what a careful reader asks first, answered from the same report."""

from roi.domain.figures import Figure
from roi.domain.periods import month_name
from roi.domain.structure import Verdict
from roi.reports.checks import is_more_than_results
from roi.reports.shapes import Books, PortfolioReport, Trust
from roi.reports.shapes.value import ValueChecks
from roi.story import capacity_titles, portfolio_titles, told, value_titles, words

_MOST_FREED = 2


def five_lines(report: PortfolioReport) -> tuple[tuple[str, str], ...]:
    """Questions and their answers; each answer is computed, and says so when nothing is known.

    Each number remembers its figure (`roi.story.told`).
    """
    return (
        ("Is it cash?", _cash(report)),
        ("Do our results show it?", _results(report)),
        ("Winners only?", _winners(report)),
        ("On whose word?", _word(report)),
        ("Is it all the cost?", _all_the_cost(report)),
    )


def _cash(report: PortfolioReport) -> str:
    if not report.confirmed.value:
        if portfolio_titles.serves(report):
            return "Value is booked by the teams that are served, so none is claimed here."
        its = portfolio_titles.during(report)
        return f"No cash value is confirmed{its}, so none is claimed.{_protected(report)}"
    said = f"{told.figure(report.confirmed)} confirmed cash margin on {told.figure(report.cost)}"
    back = f": {told.figure(report.returned)}" if report.returned.is_known else ""
    unsettled = ", not settled" if back and value_titles.exceeds_results(report) else ""
    return f"{said}{back}{unsettled}.{_protected(report)}{_with_it(report)}"


def _with_it(report: PortfolioReport) -> str:
    if report.wide is None or not report.wide.returned.is_known or not report.protected.value:
        return ""
    return f" With it: {told.figure(report.wide.returned)}, incl. not cash."


def _protected(report: PortfolioReport) -> str:
    if not report.protected.value:
        return ""
    return f" Also protected, not cash: {told.figure(report.protected)}."


def _results(report: PortfolioReport) -> str:
    """What the company's result lines say of the claims, and how many of those they do not cap (V8)."""
    said = _compared(report)
    count = report.checks.uncapped if report.checks is not None and report.confirmed.value else 0
    if not count:
        return said
    has, it = ("has", "it") if count == 1 else ("have", "them")
    claims = words.sentence(words.spelled(count, "confirmed claim"))
    return f"{said} {claims} {has} no finance line with its months, so no line caps {it}."


def _compared(report: PortfolioReport) -> str:
    """Claims beside the company's own result lines: above half draws attention, above all blocks."""
    if not report.confirmed.value:
        if portfolio_titles.serves(report):
            return "Claims are compared where they are booked: with the teams that are served."
        its = portfolio_titles.during(report)
        return f"There is no claim{its} to compare with the company's own results."
    if report.checks is None:
        return "Not checked: the company's own result lines are not recorded."
    figure = report.checks.share_of_results
    if is_more_than_results(report.checks):
        of_it = f"{told.figure(figure)} of" if figure.value is not None else "more than"
        return (
            f"No: the claims equal {of_it} what the company's result lines moved. Nothing may be published."
        )
    if figure.value is None:
        return f"Not checked: {figure.reason}."
    moved = "how far the company's result lines moved in the same months"
    said = f"The claims equal {told.figure(figure)} of {moved}"
    look = ": worth a second look" if value_titles.draws_attention(report.checks) else ""
    return f"{said}{look}."


def _winners(report: PortfolioReport) -> str:
    share = report.trust.read_cost_share
    if share is None and portfolio_titles.serves(report):
        return "What its work costs is passed on, and weighed with the work of the teams that it serves."
    if share is None:
        by = f"by the end of {month_name(report.span.last)}" if report.span else "yet"
        return f"No epic carries a cost {by}, so no work has been picked out."
    zero = f"{words.symbol(report.currency)}0"
    return f"Read outcomes carry {words.share(share)} of epic cost. Unread ones count as cost and {zero}."


def _word(report: PortfolioReport) -> str:
    trust, which = (report.trust, "") if report.wide is None else (report.wide.trust, "Incl. not cash: ")
    waiting = trust.claims_without_confirmation
    open_claims = f" {words.sentence(words.spelled(waiting, 'claim'))} without confirmation: not counted."
    if not trust.confirmers:
        its = portfolio_titles.during(report)
        return f"Nobody in finance has confirmed a value{its}." + (open_claims if waiting else "")
    grades = ""
    if trust.grade_a_to_c is not None:
        lower = 1_000_000 - trust.grade_a_to_c
        rest = f", D {words.share(lower)}" if lower else ""
        grades = f"{which}{'grades' if which else 'Grades'} A–C {words.share(trust.grade_a_to_c)}{rest}. "
    until = f", up to {month_name(trust.confirmed_to)}" if trust.confirmed_to else ""
    people = words.spelled(trust.confirmers, "person", "people")
    return f"{grades}Confirmed by {people} in finance, none an owner{until}{_not_here(trust)}." + (
        open_claims if waiting else ""
    )


def _not_here(trust: Trust) -> str:
    """Who of them cannot be asked here any more, because the company names them no longer as members."""
    gone, of_all = trust.confirmers_not_here, trust.confirmers
    if not gone:
        return ""
    if of_all == 1:
        return "; that person is no member of the company now"
    if gone == of_all:
        return "; none of them is a member of the company now"
    verb = "is no member" if gone == 1 else "are no members"
    return f"; {words.spelled(gone, 'of them', 'of them')} {verb} of the company now"


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
    figures = {"cost of teams": report.cost, "excluded": report.excluded, "on no team yet": report.suspense}
    if report.other_teams is not None:
        figures[f"other {words.group(report.grouped_by)}s"] = report.other_teams
    parts = [figure.value or 0 for figure in figures.values()]
    ledger = report.ledger.value or 0
    scale = words.scale_for([*parts, ledger], report.currency, [(parts, ledger)])
    shown = [
        told.known(scale.text(one.value or 0), None if one is report.other_teams else one)
        for one in figures.values()
    ]
    said = [f"{name} {amount}" for name, amount in zip(figures, shown, strict=True)]
    run = "Run work is in the cost; no value is claimed for it. " if report.confirmed.value else ""
    whole = told.known(scale.text(ledger), report.ledger)
    return f"Ledger {whole} = {' + '.join(said)}. {_hidden(report)}{run}{_BOOKS[report.books]}".strip()


def _hidden(report: PortfolioReport) -> str:
    """Outside finance: why the parts of the ledger are not those that finance sees (decision D23)."""
    if not any(figure.is_known and figure.reason for figure in (report.suspense, report.excluded)):
        return ""
    return (
        "The ledger is exact; pay of fewer than five people who are on no team counts in the cost of teams "
        "here, and only finance sees it apart. "
    )


def notes(report: PortfolioReport) -> tuple[str, ...]:
    """What goes with the five lines: new work apart from old, the value plan, overlap, true-ups.

    Each number remembers its figure (`roi.story.told`).
    """
    checks = report.checks
    if checks is None:
        return ()
    if not report.confirmed.value:
        return tuple(
            words.sentence(one)
            for one in (
                _late(checks),
                _capacity(checks),
                *_flow(report),
                *_freed(report),
                _ahead(checks),
                _as_of_today(report),
            )
            if one
        )
    said = (
        _started(report, checks),
        _planned(checks),
        _late(checks),
        _amount(checks.overlap_removed, "was claimed twice, or beyond what its line moved, and is removed"),
        _amount(checks.already_in_lower_cost, "is saved inside engineering and is in lower cost already"),
        _capacity(checks),
        *_flow(report),
        *_freed(report),
        _trued_up(checks),
        _ahead(checks),
        _as_of_today(report),
        _own_word(checks),
    )
    return tuple(words.sentence(one) for one in said if one)


def _capacity(checks: ValueChecks) -> str:
    """Speed is capacity: it is spent in priorities and stands in no total of money (rule V14)."""
    weeks = checks.capacity_milliweeks / 1000
    said = "team-week a quarter is" if weeks == 1 else "team-weeks a quarter are"
    freed = f"{weeks:,g} {said} freed: capacity, and never money"
    return f"{freed}; the money appears in the epics that it is spent on." if weeks else ""


def _flow(report: PortfolioReport) -> list[str]:
    """The flow times that were shortened, beside the team-weeks that they freed (V14)."""
    return [capacity_titles.flow(one) for one in report.flow_times[:_MOST_FREED]]


def _freed(report: PortfolioReport) -> list[str]:
    """What work should free and has not yet: each with its worth, because they are never summed (V14)."""
    said = [capacity_titles.ahead(one) for one in report.freed_ahead[:_MOST_FREED]]
    more = len(report.freed_ahead) - len(said)
    return [*said, f"{words.spelled(more, 'more outcome')} should free capacity."] if more > 0 else said


def _started(report: PortfolioReport, checks: ValueChecks) -> str:
    figure = checks.started_in_period
    if figure.value is None:
        return ""
    shown = words.range_of(figure)
    likely = f" (likely {shown})" if shown and figure.value else ""
    unread = words.spelled(checks.unread_started, "outcome")
    one = f"{words.symbol(report.currency)}1"
    period = report.span.label if report.span else "the period"
    said = f"work started in {period} stands at {told.figure(figure)} per {one} so far{likely}"
    return f"{said}, {unread} unread." if checks.unread_started else f"{said}."


def _planned(checks: ValueChecks) -> str:
    planned, actual = checks.planned_value, checks.planned_actual
    if planned.value is None:
        return ""
    shown = told.figure(actual) if actual.value is not None else "nothing"
    return f"of the value plan of {told.figure(planned)}, frozen when work began, {shown} is confirmed."


def _late(checks: ValueChecks) -> str:
    """What the plan counted on and does not compare, because the work is not there to be read (V17)."""
    return _amount(checks.planned_late, "was promised of work that should be delivered by now and is not")


def _amount(figure: Figure, said: str) -> str:
    return f"{told.figure(figure)} {said}." if figure.value else ""


def _trued_up(checks: ValueChecks) -> str:
    """What of the period's cash is about months that had closed, more or less than they counted (V16)."""
    if (checks.true_up.value or 0) < 0:
        return _amount(checks.true_up, "of it takes back what closed months counted too much")
    return _amount(checks.true_up, "of it trues up months that had closed before it was known")


def _ahead(checks: ValueChecks) -> str:
    """What is known of closed months of the period and counts only after it."""
    figure = checks.true_up_ahead
    if figure is None or not checks.true_up_months:
        return ""
    months = words.months(checks.true_up_months)
    if (figure.value or 0) < 0:
        return _amount(figure, f"for closed months, which counted too much, counts in {months}, as a true-up")
    return _amount(figure, f"more is known of closed months and counts in {months}, as a true-up")


def _as_of_today(report: PortfolioReport) -> str:
    """What a closed month does not keep: a verdict is a judgement, what is expected a forecast (T11, V19)."""
    named = [
        name
        for name, is_told in (
            ("verdicts", report.verdict is not Verdict.NONE),
            ("what is still expected", bool(report.still_expected and report.still_expected.value)),
        )
        if is_told
    ]
    if not report.closed_months or not named:
        return ""
    return f"closed months keep what they count; {words.listed(named)} are as of today."


def _own_word(checks: ValueChecks) -> str:
    count = checks.confirmer_is_owner
    if not count:
        return ""
    return f"{words.spelled(count, 'outcome')} confirmed by the owner alone: not counted."


_TOLD: tuple[tuple[str, frozenset[str]], ...] = (
    ("reading", frozenset({"record a reading", "import readings"})),
    ("confirmation", frozenset({"confirm value"})),
    ("cost import", frozenset({"import costs"})),
)
"""Changes that a reader of the last review asks for by name; the rest is counted together."""


def since(report: PortfolioReport) -> str:
    """What changed since the last review: until reviews are kept, since months were last closed."""
    found = report.since
    if found is None:
        return ""
    start = f"in the 30 days since {words.day(found.day)}"
    if found.closed_to is not None:
        start = f"since the months to {month_name(found.closed_to)} were closed on {words.day(found.day)}"
    named = [(name, sum(count for kind, count in found.counts if kind in kinds)) for name, kinds in _TOLD]
    rest = sum(count for _, count in found.counts) - sum(count for _, count in named)
    said = [words.spelled(count, name) for name, count in (*named, ("other change", rest)) if count]
    restated = words.spelled(found.restatements, "restatement") if found.restatements else "no restatement"
    changed = f"{words.listed(said)}, {restated}" if said else "nothing has changed"
    return words.sentence(f"{start}: {changed}.")
