"""Screen and command line look at the demo company on its own day, whatever the machine's is (law T7)."""

import json
import shutil
from datetime import date

import pytest

from roi.cli.figures import figure_data
from roi.cli.main import main
from roi.demo import company, home, load
from roi.reports import obligations, portfolio, product, trace
from roi.reports.shapes import Scope
from roi.ui import session

DAY = date.fromisoformat(company.TODAY)
SAID = ("value", "low", "high", "reason")


@pytest.fixture
def said(demo_files, tmp_path, monkeypatch, capsys):
    """What the command line says of the demo company, as data."""
    path = shutil.copytree(demo_files, tmp_path / "copy") / "demo.duckdb"
    monkeypatch.setenv("ROI_COMPANY", "demo")
    monkeypatch.setenv("ROI_DEMO_DATABASE", str(path))

    def run(*arguments):
        assert main([*arguments, "--as", load.FINANCE.name, "--json"]) == 0
        return json.loads(capsys.readouterr().out.splitlines()[-1])

    return run


@pytest.mark.parametrize("figure_id", ["overdue_cost", "unverified_value"])
def test_t7_a_trace_says_on_the_command_line_what_it_says_on_the_page(demo, said, figure_id):
    page = trace.build(demo, load.FINANCE, Scope(), figure_id, today=DAY)
    found = said("trace", figure_id)
    assert {name: found[name] for name in SAID} == {name: figure_data(page.figure)[name] for name in SAID}
    later = trace.build(demo, load.FINANCE, Scope(), figure_id, today=DAY.replace(year=DAY.year + 1))
    assert later.figure != page.figure, "the day matters, or this test could not fail"


def test_t7_figures_and_obligations_are_those_of_the_same_day(demo, said):
    page = portfolio.build(demo, load.FINANCE, Scope(), DAY)
    expected = {one.figure_id: figure_data(one) for one in portfolio.headlines(page)}
    shown = said("show")["figures"]
    assert {one["is_settled"] for one in shown.values() if "is_settled" in one} == {True}
    assert {name: {**one, "is_settled": True} for name, one in shown.items()} == {
        name: {**one, "is_settled": True} for name, one in expected.items()
    }
    rows = obligations.build(demo, load.FINANCE, Scope(), DAY).rows
    assert [one["days"] for one in said("obligations")["obligations"]] == [one.judgement.days for one in rows]


def test_t7_the_pages_ask_for_the_same_day(demo, monkeypatch):
    monkeypatch.setattr(session, "store_of", {home.Company.DEMO: demo}.__getitem__)
    assert session.today_of(home.Company.DEMO) == demo.today == DAY


def test_what_is_recorded_bears_days_of_its_own_calendar_in_order(demo):
    with demo.snapshot() as cursor:
        rows = cursor.execute("select recorded_at from change order by change_id").fetchall()
    days = [at.date() for (at,) in rows]
    assert days == sorted(days)
    assert days[-1] <= DAY


@pytest.mark.parametrize("name", ["Enabling", "Learning"])
def test_t7_a_product_costs_on_the_command_line_what_it_costs_on_its_page(said, demo, name):
    """One that serves others its own cost, before that is passed on."""
    page = product.build(demo, load.FINANCE, Scope(), name, DAY)
    found = said("product", name)["figures"]
    assert page.is_serving is (name == "Enabling")
    assert page.cost.value
    assert found[page.cost.figure_id] == figure_data(page.cost)
