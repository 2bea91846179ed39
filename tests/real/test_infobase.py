"""Three departments of a government: programmes, spending, results and indicators through our own imports."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from roi.actors import local_user
from roi.commands import costs, lists, structure
from roi.commands.changing.requests import CostImport
from roi.domain.importing import Settings
from roi.domain.periods import Span
from roi.domain.structure import Company
from roi.domain.success import Success
from roi.reports import initiative, initiatives, outcomes, portfolio
from roi.reports.shapes import Scope
from roi.store.database import Store
from roi.story import outcome_titles
from tests.real import infobase

pytestmark = pytest.mark.real

TODAY = date(2018, 6, 30)
YEAR = Scope(span=Span(201704, 201803))


@pytest.fixture(scope="module")
def everyone():
    """One person with every role, as a small department has."""
    return local_user("Odile")


@pytest.fixture(scope="module")
def folder(shared):
    return shared / "data" / "real" / "gc_infobase_three_departments"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory, everyone, folder):
    """The extract, brought in as a department would: lists first, then spending, then the plan."""
    store = Store.open(tmp_path_factory.mktemp("infobase") / "roi.duckdb", purpose="a test")
    structure.save_company(store, everyone, Company("Three departments", "CAD", 4))
    made = infobase.templates(folder)
    for kind, content in made.lists.items():
        lists.import_list(store, everyone, kind, content, f"{kind}.csv")
    for name, content in (("spending.csv", made.costs), ("plan.csv", made.plan)):
        request = CostImport(content, name, "Public accounts", Settings())
        preview = costs.preview(store, everyone, request)
        assert preview.is_ready, preview.issues[:5]
        costs.import_costs(store, everyone, request)
    yield store
    store.close()


def test_the_extract_comes_in_with_the_control_totals_of_its_publisher(loaded, everyone):
    with loaded.cursor() as cursor:
        sums = dict(
            cursor.execute(
                "select scenario || ' ' || month, sum(amount_minor)::bigint from live_cost_line group by all"
            ).fetchall()
        )
        heads = cursor.execute("select sum(share)::bigint from live_plan_headcount").fetchall()[0][0]
    assert sums["actual 201803"] == int(Decimal("26705516851.22") * 100)
    assert sums["actual 201703"] == int(Decimal("21686228641.71") * 100)
    assert sums[f"plan: {infobase.PLAN} 201803"] == 21_693_211_586 * 100
    assert heads == 93_041 * 1_000_000


def test_planned_and_actual_equivalents_come_in_with_their_control_totals(loaded, everyone):
    with loaded.cursor() as cursor:
        points = dict(
            cursor.execute(
                "select month, sum(cast(value as decimal(18, 3))) from live_metric_month group by month"
            ).fetchall()
        )
    assert points[201803] == 91_826
    assert points[201603] == Decimal("89877.757")
    rows = [one for stream in portfolio.build(loaded, everyone, YEAR, TODAY).streams for one in stream.teams]
    heads = {
        name: sum(row.heads.value or 0 for row in rows if row.key.startswith(name))
        for name in ("tbc-", "cpcc-", "nd-")
    }
    assert heads == {"tbc-": 1_971_000_000, "cpcc-": 55_000_000, "nd-": 0}
    assert any(row.cost_per_head.value for row in rows), "cost of each equivalent, where both are known"


def test_t1_a_year_posted_at_its_end_is_the_cost_of_its_programmes(loaded, everyone):
    report = portfolio.build(loaded, everyone, YEAR, TODAY)
    assert report.difference.value == 0
    assert report.cost.value == int(Decimal("26705516851.22") * 100)


SOURCE = {"met": 39, "not met": 18, "not available": 2}
"""The counts of the publisher's own statuses."""


def test_indicators_are_outcomes_and_come_out_as_the_departments_stated(loaded, everyone, folder):
    """Every one is an outcome of an objective, and the page of outcomes counts them as the source does."""
    report = outcomes.build(loaded, everyone, YEAR, TODAY)
    sent = infobase.read(folder, "indicators.csv")
    assert len(report.written) == len(sent) == 579
    assert dict(report.written_counts).items() >= SOURCE.items()
    stated = Counter(row.status for row in report.written if row.measure.stated)
    assert stated == SOURCE | {"to come": 54}
    assert stated == Counter(one for one in infobase.every_status(folder) if one)
    assert {row.status for row in report.written if not row.measure.stated} == {"to come"}
    assert outcome_titles.outcomes(report).text == "39 of 57 targets as written are met"
    of_programmes = sum(bool(row.measure.epic) for row in report.written)
    assert 0 < of_programmes < 579, "results of a core responsibility are of no programme"


def test_t3_v9_targets_in_words_and_ranges_are_shown_not_scored_and_none_becomes_money(
    loaded, everyone, folder
):
    """No baseline, no range and no unit value is invented: there is no share of a promise, and no money."""
    report = outcomes.build(loaded, everyone, YEAR, TODAY)
    shown = {row.measure.key: row.measure for row in report.written}
    for row in infobase.read(folder, "indicators.csv"):
        its = shown[row["id"]]
        assert (its.target, its.actual) == (
            infobase.target(row).strip() or "none",
            infobase.actual(row).strip(),
        )
    assert (report.total, report.read, report.promises, report.queue) == (0, 0, (), ())
    assert {row.count for row in report.calibration} <= {0}
    first = portfolio.build(loaded, everyone, YEAR, TODAY)
    assert first.confirmed.value is None
    assert (first.outcomes_total, first.outcomes_overdue) == (0, 0)


def test_objectives_hold_the_outcomes_of_their_programmes(loaded, everyone, folder):
    listed = initiatives.build(loaded, everyone, YEAR, TODAY)
    assert len(listed.rows) == 314
    assert sum(row.epics for row in listed.rows) == 225
    assert dict(listed.measures).items() >= SOURCE.items()
    stated = {row["result_id"] for row in infobase.read(folder, "indicators.csv") if row["status_key"]}
    found: Counter[str] = Counter()
    for key in sorted(stated)[:5]:
        report = initiative.build(loaded, everyone, YEAR, key, TODAY)
        found.update(one.status for one in report.measures if one.measure.stated)
        assert report.row.cost.value in {None, 0}
    whole = outcomes.build(loaded, everyone, YEAR, TODAY).written
    its = sorted(stated)[:5]
    keys = {row["id"] for row in infobase.read(folder, "indicators.csv") if row["result_id"] in its}
    assert found == Counter(one.status for one in whole if one.measure.key in keys)


def test_v9_our_own_comparison_agrees_with_every_status_but_one_that_is_a_sentence(folder):
    from roi.domain.success import compare

    differing = []
    for row in infobase.read(folder, "indicators.csv"):
        if row["status_key"] not in {"met", "not_met"}:
            continue
        came = compare(infobase.target(row), infobase.actual(row), infobase.direction(row)).success
        if came.value.replace(" ", "_") != row["status_key"]:
            differing.append((row["status_key"], came))
    assert differing == [("met", Success.CANNOT_COMPARE)]
