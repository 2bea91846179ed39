"""The command line of the whole cost: every list, closing, restatements, and the demo company."""

import pytest

from roi.commands import lists
from roi.demo import home, load

POOLS = "pool,name,driver,is_overhead\ncloud,Cloud hosting,usage,no\n"
COSTS = "month,team,cost_centre,category,amount,currency\n2026-01,Onboarding,,Cloud,10.00,USD\n"


@pytest.fixture
def file(tmp_path):
    def write(name, text):
        path = tmp_path / name
        path.write_text(text)
        return path

    return write


def test_every_kind_of_list_has_its_command(roi):
    shown = roi("import", "--help").out
    assert [kind for kind in lists.KINDS if kind not in shown] == []
    assert "person_key,team,first_month" in roi("import", "assignments", "--help").out.replace("\n", "")


def test_a_list_comes_in_and_a_wrong_one_is_refused_with_every_problem(roi, company_by_cli, file):
    ran = roi("import", "cost_pools", file("pools.csv", POOLS), "--json")
    assert (ran.code, ran.data["rows_added"]) == (0, 1)
    wrong = file(
        "drivers.csv", "pool,team,first_month,quantity\nattic,Onboarding,2026-01,1\ncloud,Nobody,2026-01,1\n"
    )
    ran = roi("import", "pool_drivers", wrong)
    assert ran.code == 1
    assert "there is no pool “attic”" in ran.err
    assert "there is no team “Nobody”" in ran.err


def test_a_closed_month_takes_a_restatement(roi, company_by_cli, file):
    first = file("costs.csv", COSTS)
    assert roi("import", "costs", first, "--source", "books").code == 0
    assert roi("close", "2026-01", "--reason", "final").code == 0
    assert roi("close", "2026-01").code == 1
    corrected = file("corrected.csv", COSTS.replace("10.00", "12.00"))
    again = ("import", "costs", corrected, "--source", "books", "--replace-months")
    ran = roi(*again)
    assert ran.code == 1
    assert (
        "January 2026 is closed. This would move the own cost of team Onboarding from 10.00 USD to 12.00 USD"
    ) in ran.err
    assert roi(*again, "--restatement", "an invoice was late").code == 0
    assert roi("undo", "5").code == 1
    assert roi("undo", "5", "--restatement", "it was not late").code == 0


def test_a_mapping_and_a_list_take_a_restatement_too(roi, company_by_cli, file):
    costs = file("costs.csv", COSTS.replace("Onboarding,,", ",A1,"))
    assert roi("import", "costs", costs, "--source", "books").code == 0
    assert roi("close", "2026-01..2026-01").code == 0
    assert roi("map", "books", "A1=team:checkout").code == 1
    assert roi("map", "books", "A1=team:checkout", "--restatement", "found out").code == 0
    assert roi("map", "books", "A1=cost_centre:4711", "--restatement", "by its centre").code == 0
    assert roi("centre", "4711", "checkout").code == 1
    assert roi("centre", "4711", "checkout", "--restatement", "it is theirs").code == 0
    shown = roi("show", "--json").data
    assert [(team["team"], team["cost"]["value"]) for team in shown["teams"] if team["cost"]["value"]] == [
        ("checkout", "10.00")
    ]
    assert roi("centre", "4711", "suspense", "--restatement", "it is open again").code == 0
    policy = file("policies.csv", "nature,first_month,is_cost\ncash cost,2026-01,no\n")
    assert roi("import", "nature_policies", policy).code == 1
    assert roi("import", "nature_policies", policy, "--restatement", "new policy").code == 0


def test_a_team_that_nothing_names_is_removed(roi, company_by_cli, file):
    assert roi("import", "costs", file("costs.csv", COSTS), "--source", "books").code == 0
    assert roi("remove-team", "onboarding").code == 1
    assert roi("remove-team", "checkout").code == 0
    assert "There is no team “checkout”" in roi("remove-team", "checkout").err


@pytest.fixture
def quick(tmp_path, monkeypatch):
    """A demo company that is made in no time, in a place of this test."""
    monkeypatch.setenv("ROI_DEMO_DATABASE", str(tmp_path / "elsewhere" / "demo.duckdb"))
    monkeypatch.setattr(load, "load", lambda *_, **__: None)


def test_demo_is_made_once_and_anew_on_request(roi, quick):
    assert [roi("demo", "--json").data["made"] for _ in range(2)] == [True, False]
    assert roi("demo", "--fresh", "--json").data["made"] is True
    assert "is there already" in roi("demo").out


def test_demo_if_first_makes_it_only_where_it_would_be_opened(roi, quick, monkeypatch):
    monkeypatch.delenv("ROI_COMPANY", raising=False)
    assert roi("demo", "--if-first", "--json").data["made"] is False
    monkeypatch.setenv("ROI_COMPANY", "auto")
    assert roi("demo", "--if-first", "--json").data["made"] is True


def test_the_command_line_works_on_the_demo_when_it_is_asked_to(roi, quick, monkeypatch):
    monkeypatch.setenv("ROI_COMPANY", "demo")
    assert roi("company", "Renamed", "--currency", "USD").code == 0
    assert len(roi("history", "--json").data["changes"]) == 2
    monkeypatch.setenv("ROI_COMPANY", "own")
    assert roi("history", "--json").data["changes"] == []
    assert home.demo_path().exists()
