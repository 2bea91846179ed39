"""Every part of a cost that a list names leads to its own lines, which sum to it (T8, law T10)."""

import csv
import io
from decimal import Decimal

import pytest

from roi.demo import load
from roi.domain.periods import Span
from roi.reports import export, portfolio, team, trace
from roi.reports.shapes import LedgerFilter, Scope

YEAR = Span(202601, 202610)
TEAM = "onboarding"


def some(rows):
    """The first and the last two: among them what has no name, and people at standard rates."""
    return dict.fromkeys((*rows[:2], *rows[-2:]))


def parts_of(store, actor, scope):
    """The address of each part that the pages show, with what they show."""
    first = portfolio.build(store, actor, scope)
    own = team.build(store, actor, scope, TEAM)
    for row in some(first.suspense_rows):
        yield "suspense_part", {"part": row.part}, row.amount
    for attribute, rows in (("intent", first.intents), ("treatment", first.treatments)):
        for row in some(rows):
            yield "cost_part", {"part": row.part(attribute)}, row.amount
    for attribute in ("intents", "categories", "areas"):
        name = {"intents": "intent", "categories": "category", "areas": "area"}[attribute]
        for row in some(getattr(own, attribute)):
            yield "cost_part", {"part": row.part(name), "team": TEAM}, row.amount


@pytest.mark.parametrize(
    ("actor", "stream"),
    [(load.FINANCE, None), (load.EXECUTIVE, None), (load.EXECUTIVE, "Enrolment")],
    ids=["finance", "executive", "stream"],
)
def test_t8_every_part_of_a_cost_is_made_of_the_lines_that_its_trace_names(demo, actor, stream):
    scope = Scope(span=YEAR, value_stream=stream)
    found = list(parts_of(demo, actor, scope))
    assert {figure_id for figure_id, _, _ in found} == {"suspense_part", "cost_part"}
    for figure_id, keys, shown in found:
        report = trace.build(demo, actor, scope, figure_id, **keys)
        assert (report.figure.value, report.sums_agree) == (shown, True), keys
        assert report.files or report.parts, keys
        assert dict(report.figure.inputs)["whole"] == shown + dict(report.figure.inputs)["others"]


def test_t2_what_the_exported_lines_have_in_suspense_is_the_suspense_of_the_portfolio(demo):
    made = export.ledger_csv(demo, load.FINANCE, LedgerFilter(span=YEAR, currency="USD"))
    rows = list(csv.DictReader(io.StringIO(made.content.decode("utf-8-sig"))))
    shown = portfolio.build(demo, load.FINANCE, Scope(span=YEAR)).suspense.value
    assert shown == sum(Decimal(row["in_suspense"]) for row in rows) * 100
    assert any(row["placed"] == "team" and row["in_suspense"] != "0.00" for row in rows)


def test_t3_a_part_that_is_not_there_is_not_known(demo):
    for figure_id in ("suspense_part", "cost_part"):
        assert not trace.build(demo, load.FINANCE, Scope(span=YEAR), figure_id, part="x:y").figure.is_known
