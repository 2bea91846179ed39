"""One product over its life: cost, run work, value, is it worth its money, its initiatives and epics."""

from roi.actors import Action
from roi.charts.life import cost_by_step, last_so_far
from roi.charts.loop import time_line
from roi.charts.markup import Child, Html, join, tag
from roi.domain.figures import Figure
from roi.domain.periods import short_month
from roi.reports import product as product_report
from roi.reports import shell as shell_report
from roi.reports.loop import sofar
from roi.reports.shapes import Scope
from roi.reports.shapes.product import ProductReport
from roi.story import product_titles, words
from roi.ui import links, parts, session
from roi.ui.charting import chart
from roi.ui.component import markup
from roi.ui.outcomes import common, done, fields, initiative_epics, initiatives, money, product_form
from roi.ui.parts import Kpi


def draw() -> None:
    """The whole page of the product that the address names; without one, which there are."""
    name = links.asked("value_stream")
    fields.of(f"product {name}")
    if not name:
        _which()
        return
    report = session.ask(product_report.build, session.scope(), name, session.today())
    parts.eyebrow_and_title(_crumbs(name), product_titles.product(report).known, _lede(report))
    done.draw()
    parts.kpi_strip(_kpis(report), key="product_money")
    if session.actor().may(Action.RECORD_OUTCOME):
        product_form.draw(report)
    if report.cost.value is None and not report.epics:
        action = ("Import costs", "data")
        parts.empty_state("Its life will stand here.", "It begins with its first cost or epic.", action)
        return
    money.over_its_life(report.appraisal, report.currency, name, product=name)
    _moments(report)
    _cost(report)
    _work(report)


def _which() -> None:
    parts.eyebrow_and_title(_crumbs("Product"), "Which product?")
    found = session.ask(shell_report.build, Scope()).roll_ups.get(("value_stream", "then"), ())
    if not found:
        told = "A product is a value stream. Say on a team which value stream it serves."
        parts.empty_state("No value stream is recorded yet.", told, ("Add teams", "start"))
        return
    parts.section("Products", "A product is a value stream, from its first cost until it is retired.")
    for one in found:
        parts.open_page(one, "product", value_stream=one)


def _crumbs(label: str) -> Html:
    return parts.crumbs([("Teams", links.href("teams"))], label)


def _lede(report: ProductReport) -> Html:
    """Since when, until when and why, who answers for it, and whose work it is."""
    since = f"Since {short_month(report.started)}" if report.started else "Not started yet"
    life, last = report.life, report.retired
    end = ""
    if life is not None and last is not None:
        is_over = "retired after" if report.is_retired else "to be retired after"
        end = f", {is_over} {short_month(last)}: {life.reason.rstrip('.')}"
    owner = join(" Owned by ", tag("b", life.owner), ".") if life is not None and life.owner else ""
    its = [name for _, name in report.teams]
    teams = f" Work of {words.listed(its)}." if 0 < len(its) <= _FEW else f" Work of {len(its)} teams."
    follows = product_titles.structure(report)
    its_work = teams if its else ""
    return join(
        f"{since}{end}.", owner, its_work, _rates(report), f" {_KNOWN}", f" {follows}" if follows else ""
    )


_FEW = 4
_KNOWN = "All figures are of its whole life, whatever the period."


def _rates(report: ProductReport) -> str:
    return " People stand at standard rates; only finance sees pay." if report.at_standard_rates else ""


def _kpis(report: ProductReport) -> list[Kpi]:
    """Cost, the run work in it, confirmed cash, what is protected beside it, present value."""
    row, view = report.row, report.appraisal
    name, note = _COST[report.is_serving]
    first = product_titles.begins_in_ledger(report)
    if first is not None and not report.is_serving:
        name = f"Cost since {short_month(first)}"
    found: list[tuple[str, Figure, Child]] = [(name, report.cost, note)]
    if not report.is_serving:
        found += [
            ("Of it run work", report.run, "run, unplanned and unassigned; no value is claimed for it"),
            ("Confirmed cash over its life", row.confirmed, _note(row.confirmed, "by finance, cash only")),
            ("Also protected, not cash", row.protected, _note(row.protected, "never added to cash")),
            ("Net present value of its epics", view.npv, _note(view.npv, "so far and ahead")),
        ]
    whose = {"product": report.name}
    return [
        Kpi(name, _told(one), note, one if one.is_known else None, whose=whose) for name, one, note in found
    ]


_COST = {
    False: ("Cost over its life", "after enabling teams and overhead are passed on"),
    True: ("Own cost, passed on", "to the products that it serves, and its value with it"),
}
"""What the cost of a product is called, and of one that serves others."""


def _told(figure: Figure) -> str:
    if figure.is_known:
        return words.figure(figure)
    return words.NONE if sofar.is_none(figure) else words.NOT_KNOWN


def _note(figure: Figure, note: str) -> str:
    if not figure.is_known:
        return figure.reason
    return " · ".join(part for part in (common.likely(figure), note) if part)


def _moments(report: ProductReport) -> None:
    drawn = time_line(report.moments, session.today()) if report.retired is not None else None
    if drawn is None:
        return
    parts.section(product_titles.end(report), _after(report))
    markup(drawn, key="product_moments")


_PROMISES = (
    "After its last month nothing is expected of its work any more: promises, assumed persistence and run "
    "cost end with it. What finance has confirmed stays."
)


def _after(report: ProductReport) -> str:
    """What its retirement ends, and what it does not."""
    if not report.goes_on:
        return _PROMISES
    names = words.listed([f"“{name}”" for name in report.goes_on[:_FEW]])
    more = len(report.goes_on) - _FEW
    rest = f" and {more} more" if more > 0 else ""
    verb = "goes" if len(report.goes_on) == 1 else "go"
    return (
        f"{_PROMISES} Not so of {names}{rest}: teams of a product that goes on have a part, so it {verb} on."
    )


def _cost(report: ProductReport) -> None:
    """What it cost from its first cost on, step by step."""
    spec = cost_by_step(report)
    if spec is None:
        return
    which = "Own cost" if report.is_serving else "Full cost"
    told = f"{which}. A gap has no cost line. {last_so_far(report)}".rstrip()
    first = product_titles.begins_in_ledger(report)
    if first is not None:
        told = f"{told} The ledger begins in {short_month(first)}; what it cost before is not in it."
    parts.section(product_titles.columns(report).known, told)
    chart(spec, key="product-cost")


def _work(report: ProductReport) -> None:
    """Its initiatives, then its epics; each row leads to its page."""
    if report.initiatives:
        parts.section("Its initiatives", "Approved for it, or worked for by its teams; whole, since start.")
        initiatives.table(report.initiatives, "product_initiatives")
    if not report.epics:
        told = "An outcome says what the work should change, and what that is worth."
        parts.empty_state("No epic belongs to it yet.", told, ("Record the first outcome", "outcomes"))
        return
    count = words.counted(report.epics_total, "epic")
    is_all = len(report.epics) == report.epics_total
    shown = f"{count} of its teams" if is_all else f"The newest {len(report.epics)} of {count} of its teams"
    parts.section(
        "Its epics",
        f"{shown}; whole, since start, also what other teams have a part in. See each for its parts.",
    )
    initiative_epics.table(report.epics, report.by_epic, "product_epics")
    if not is_all:
        parts.open_page("See all outcomes of it", "outcomes", vs=report.name)
