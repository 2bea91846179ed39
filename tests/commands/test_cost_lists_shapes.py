"""D21 through the real import: wide files and debit beside credit; rows kept, undone, replaced."""

import pytest

from roi.commands import costs, undo
from roi.commands.changing.requests import CostImport
from roi.domain.importing import Mode, Settings
from roi.errors import RefusedError

WIDE = """Team,Category,Currency,2026-04,2026-05,Total
Onboarding,Cloud,USD,10.00,20.00,30.00
Checkout,Cloud,USD,,5.55,5.55
Total,,,10.00,25.55,35.55
"""
LINES = "select source_row, month, team, amount_minor from live_cost_line where source = 'wide' order by 1, 2"


@pytest.fixture
def bring(company, finance):
    def run(text, mode=Mode.ASK, source="wide", **settings):
        request = CostImport(text.encode(), "wide.csv", source, Settings(**settings), mode=mode)
        return costs.import_costs(company.store, finance, request)

    return run


@pytest.fixture
def lines(company):
    def read():
        with company.store.snapshot() as cursor:
            return cursor.execute(LINES).fetchall()

    return read


WHOLE = [(2, 202604, "onboarding", 1000), (2, 202605, "onboarding", 2000), (3, 202605, "checkout", 555)]


def test_months_across_come_in_with_their_rows_and_without_the_total(bring, lines):
    bring(WIDE, months_across=True)
    assert lines() == WHOLE


def test_the_source_remembers_its_shape(bring, lines):
    bring(WIDE, months_across=True)
    bring(WIDE.replace("2026-04,2026-05", "2026-06,2026-07"))
    assert {month for _, month, *_ in lines()} == {202604, 202605, 202606, 202607}


def test_one_month_of_a_row_is_replaced_and_comes_back_by_undo(company, finance, bring, lines):
    """The other month of the same row stays as it was, through replacing, undo, and undo of the undo."""
    bring(WIDE, months_across=True)
    later = "Team,Category,Currency,2026-05\nOnboarding,Cloud,USD,21.00\n"
    replaced = bring(later, Mode.REPLACE, months_across=True)
    after = [(2, 202604, "onboarding", 1000), (2, 202605, "onboarding", 2100)]
    assert lines() == after
    undone = undo.undo(company.store, finance, replaced.change_id)
    assert lines() == WHOLE
    undo.undo(company.store, finance, undone.change_id)
    assert lines() == after


def test_a_bad_cell_is_told_with_its_own_amount_once(company, bring):
    version = company.store.version
    with pytest.raises(RefusedError) as refused:
        bring(WIDE.replace("5.55,5.55", "5.5x,5.55"), months_across=True)
    told = [(issue.line, issue.sent, issue.count) for issue in refused.value.issues if issue.is_blocker]
    assert told == [(3, "5.5x", 1)]
    assert company.store.version == version


def test_a_row_is_set_aside_with_all_its_months(company, finance, lines):
    asked = Settings(months_across=True)
    request = CostImport(WIDE.encode(), "wide.csv", "wide", asked, set_aside=((2, "not ours"),))
    costs.import_costs(company.store, finance, request)
    with company.store.snapshot() as cursor:
        rows = cursor.execute(
            "select month, reason, amount_minor from mart_team_cost where reason like 'set aside%' order by 1"
        ).fetchall()
    assert rows == [(202604, "set aside: not ours", 1000), (202605, "set aside: not ours", 2000)]


def test_debit_and_credit_are_one_amount(bring, lines):
    text = "Month,Team,Currency,Soll,Haben\n2026-04,Onboarding,USD,100.00,\n2026-04,Checkout,USD,,40.10\n"
    bring(text, debit="Soll", credit="Haben")
    assert lines() == [(2, 202604, "onboarding", 10000), (3, 202604, "checkout", -4010)]
    more = text.replace("2026-04", "2026-05")
    bring(more)
    assert len(lines()) == 4


def test_the_command_line_says_the_shape(company, tmp_path, lines, monkeypatch, capsys):
    from roi.cli.main import main

    path, database = tmp_path / "wide.csv", company.store.path
    path.write_text(WIDE)
    company.store.close()
    monkeypatch.setenv("ROI_DATABASE", str(database))
    assert main(["import", "costs", str(path), "--source", "wide", "--months-across"]) == 0
    text = "Month,Team,Currency,Soll,Haben\n2026-06,Onboarding,USD,100.00,\n"
    path.write_text(text)
    assert main(["import", "costs", str(path), "--source", "sh", "--debit", "Soll", "--credit", "Haben"]) == 0
    capsys.readouterr()
