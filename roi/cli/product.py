"""`product`: a value stream over its life until it is retired, from the same report as the page."""

import argparse

from roi.cli.answer import DONE, Answer, table
from roi.cli.figures import figure_data, scope_of, scope_options, shown
from roi.cli.opened import Commands, add_command, opened
from roi.domain.figures import Figure
from roi.domain.periods import iso_month
from roi.reports import product
from roi.reports.shapes.product import ProductReport
from roi.story import product_titles, words


def register(commands: Commands) -> None:
    """The command and its options."""
    found = add_command(
        commands, "product", run, "a product (value stream) over its life, until it is retired"
    )
    found.add_argument("name", help="the value stream")
    scope_options(found)


def run(asked: argparse.Namespace) -> Answer:
    """The product."""
    with opened(asked) as (store, actor):
        report = product.build(store, actor, scope_of(asked), asked.name, store.today)
    return Answer(DONE, _lines(report), _data(report))


def _figures(report: ProductReport) -> dict[str, Figure]:
    row, view = report.row, report.appraisal
    every = (report.cost, report.run, row.confirmed, row.protected)
    appraised = (view.npv, view.forward_npv, view.roi, view.payback, view.irr)
    return {one.figure_id: one for one in (*every, *appraised)}


def _lines(report: ProductReport) -> tuple[str, ...]:
    life = f"{_month(report.started) or 'not started'} to {_month(report.retired) or 'now'}"
    rows = [(one.definition.name, shown(one), one.reason) for one in _figures(report).values()]
    notes = [f"{words.sentence(note)}." for note in report.appraisal.notes]
    left = [
        f"Its retirement does not end {name}: another product has a part in it." for name in report.goes_on
    ]
    return (product_titles.product(report).text, life, *table(rows), *notes, *left)


def _data(report: ProductReport) -> dict[str, object]:
    life = report.life
    return {
        "outcome": "done",
        "version": report.version,
        "currency": report.currency,
        "product": report.name,
        "started": _month(report.started),
        "retired": _month(report.retired),
        "reason": life.reason if life is not None else "",
        "owner": life.owner if life is not None else "",
        "figures": {name: figure_data(one) for name, one in _figures(report).items()},
        "initiatives": [row.initiative.key for row in report.initiatives],
        "goes_on": list(report.goes_on),
    }


def _month(month: int | None) -> str | None:
    return iso_month(month) if month is not None else None
