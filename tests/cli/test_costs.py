"""`import costs` end to end in one process: what it stores, says, and exits with."""

import json
import os
import subprocess
import sys

import pytest

from tests.workbooks import Sheet, workbook

HEADER = "month,team,cost_centre,amount,currency"
JANUARY = f"{HEADER}\n2026-01,Onboarding,,100.25,USD\n2026-01,,HOSTING,50.00,USD\n"

pytestmark = pytest.mark.usefixtures("company_by_cli")


@pytest.fixture
def january(tmp_path):
    path = tmp_path / "january.csv"
    path.write_text(JANUARY)
    return path


def test_an_import_ends_with_one_line_that_says_everything(roi, january):
    ran = roi("import", "costs", january, "--source", "books", "--json")
    assert ran.code == 0
    assert ran.data["outcome"] == "accept_with_warnings"
    assert ran.data["rows"] == 2
    assert ran.data["totals"] == {"USD": "150.25"}
    assert ran.data["by_month"] == {"2026-01": {"USD": "150.25"}}
    assert ran.data["suspense"] == [{"area": "HOSTING", "currency": "USD", "lines": 1, "amount": "50.00"}]
    assert "HOSTING" in str(ran.data["warnings"])  # D18: named, not refused
    assert ran.data["errors"] == []
    assert ran.data["change"] == 3


def test_what_was_imported_is_what_show_and_trace_say(roi, january):
    roi("import", "costs", january, "--source", "books")
    figures = roi("show", "--json").data["figures"]
    assert figures["ledger_total"]["value"] == "150.25"
    assert figures["team_cost"]["value"] == "100.25"
    assert figures["suspense"]["value"] == "50.00"
    assert figures["ledger_difference"]["value"] == "0.00"
    traced = roi("trace", "team_cost", "--json").data
    assert traced["sums_agree"] is True
    assert [(line["file"], line["line"], line["amount"]) for line in traced["lines"]] == [
        ("january.csv", 2, "100.25")
    ]


def test_t3_a_return_that_is_not_known_is_null_with_its_reason(roi, january):
    roi("import", "costs", january, "--source", "books")
    plain, wide = (
        roi("show", "--json").data["figures"],
        roi("show", "--json", "--incl-not-cash").data["figures"],
    )
    assert set(wide) - set(plain) == {f"{one}_incl_not_cash" for one in ("value", "return", "net")}
    returned = plain["return_per_unit"]
    assert returned["value"] is None
    assert returned["reason"]


def test_a_dry_run_says_the_same_and_stores_nothing(roi, january):
    dry = roi("import", "costs", january, "--source", "books", "--dry-run", "--json")
    assert (dry.code, dry.data["rows"], dry.data["change"]) == (0, 2, None)
    assert roi("show", "--json").data["figures"]["ledger_total"]["value"] is None
    wet = roi("import", "costs", january, "--source", "books", "--json")
    assert {**dry.data, "change": 3} == wet.data


def test_d19_one_bad_line_and_nothing_is_stored(roi, january):
    january.write_text(JANUARY + "2026-01,Onboarding,,twelve,USD\n2026-13,Checkout,,1.00,USD\n")
    ran = roi("import", "costs", january, "--source", "books", "--json")
    assert (ran.code, ran.data["outcome"], ran.data["change"]) == (1, "refuse", None)
    assert {(error["line"], error["column"]) for error in ran.data["errors"]} == {(4, "amount"), (5, "month")}
    assert all(error["expected"] and error["fix"] for error in ran.data["errors"])
    assert roi("show", "--json").data["figures"]["ledger_total"]["value"] is None


def test_a_person_is_told_the_line_the_column_what_was_sent_and_the_fix(roi, january):
    january.write_text(JANUARY + "2026-01,Onboarding,,twelve,USD\n")
    ran = roi("import", "costs", january, "--source", "books")
    assert ran.code == 1
    assert "line 4" in ran.err
    assert "amount" in ran.err
    assert "twelve" in ran.err
    assert "Nothing was changed." in ran.err


def test_d18_a_team_that_does_not_exist_blocks(roi, january):
    january.write_text(f"{HEADER}\n2026-01,Onbording,,1.00,USD\n")
    ran = roi("import", "costs", january, "--source", "books", "--json")
    assert ran.code == 1
    assert ran.data["errors"][0]["column"] == "team"


def test_d17_a_currency_that_no_column_holds_must_be_stated(roi, tmp_path):
    path = tmp_path / "bare.csv"
    path.write_text("month,team,amount\n2026-01,Onboarding,7.00\n")
    assert roi("import", "costs", path, "--source", "bare", "--json").data["outcome"] == "refuse"
    ran = roi("import", "costs", path, "--source", "bare", "--currency", "EUR", "--json")
    assert (ran.code, ran.data["totals"]) == (0, {"EUR": "7.00"})


def test_the_same_content_again_adds_nothing_and_says_since_when(roi, january):
    roi("import", "costs", january, "--source", "books")
    again = roi("import", "costs", january, "--source", "books", "--json")
    assert again.code == 1
    assert "lready imported" in again.data["errors"][0]["message"]
    assert roi("show", "--json").data["figures"]["ledger_total"]["value"] == "150.25"


def test_d20_an_overlap_is_a_question_with_two_answers(roi, january, tmp_path):
    roi("import", "costs", january, "--source", "books")
    later = tmp_path / "january-again.csv"
    later.write_text(JANUARY + "2026-01,Checkout,,9.00,USD\n")
    asked = roi("import", "costs", later, "--source", "books", "--json")
    assert (asked.code, asked.data["outcome"]) == (2, "question")
    replaced = roi("import", "costs", later, "--source", "books", "--replace-months", "--json")
    assert replaced.code == 0
    assert roi("show", "--json").data["figures"]["ledger_total"]["value"] == "159.25"
    roi("undo", replaced.data["change"])
    added = roi("import", "costs", later, "--source", "books", "--add", "--json")
    assert added.code == 0
    assert roi("show", "--json").data["figures"]["ledger_total"]["value"] == "309.50"


def test_a_control_total_that_differs_refuses_unless_a_reason_is_given(roi, january):
    wrong = roi("import", "costs", january, "--source", "books", "--control-total", "150.26", "--json")
    assert (wrong.code, wrong.data["change"]) == (1, None)
    reason = ("--control-total", "150.26", "--unreconciled", "a cent of rounding in the books")
    told = roi("import", "costs", january, "--source", "books", *reason, "--json")
    assert told.code == 0
    assert roi("show", "--json").data["books"] == "does not agree with the books"


def test_a_control_total_that_agrees_is_said(roi, january):
    ran = roi("import", "costs", january, "--source", "books", "--control-total", "150.25")
    assert ran.code == 0
    assert "difference USD 0.00" in ran.out
    assert roi("show", "--json").data["books"] == "agrees with the books"


def test_d20_the_first_refusal_stops_and_what_was_imported_stays(roi, january, tmp_path):
    bad, never = tmp_path / "february.csv", tmp_path / "march.csv"
    bad.write_text(f"{HEADER}\n2026-02,Onboarding,,?,USD\n")
    never.write_text(f"{HEADER}\n2026-03,Onboarding,,3.00,USD\n")
    ran = roi("import", "costs", january, bad, never, "--source", "books", "--json")
    assert (ran.code, ran.data["outcome"]) == (1, "refuse")
    assert [part["outcome"] for part in ran.data["files"]] == ["accept_with_warnings", "refuse"]
    assert roi("show", "--json").data["figures"]["ledger_total"]["value"] == "150.25"


def test_the_second_month_needs_no_word_about_its_columns(roi, tmp_path):
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("Wann,Wer,Wieviel\n31.01.2026,Onboarding,1.50\n")
    second.write_text("Wann,Wer,Wieviel\n28.02.2026,Onboarding,2.50\n")
    said = (
        "--column",
        "month=Wann",
        "--column",
        "team=Wer",
        "--column",
        "amount=Wieviel",
        "--currency",
        "EUR",
    )
    assert roi("import", "costs", first, "--source", "erp", *said).code == 0
    ran = roi("import", "costs", second, "--source", "erp", "--json")
    assert (ran.code, ran.data["by_month"]) == (0, {"2026-02": {"EUR": "2.50"}})


def test_wrong_use_exits_with_two(roi, january, tmp_path):
    assert roi("import", "costs", tmp_path / "none.csv").code == 2
    assert roi("import", "costs", january, "--month", "2026-13").code == 2
    assert roi("import", "costs", january, "--replace-months", "--add").code == 2
    assert roi("import", "costs", january, january, "--control-total", "1").code == 2


def test_a_real_process_ends_with_its_line_and_its_code(january, project):
    command = [sys.executable, "-m", "roi", "import", "costs", str(january), "--source", "books", "--json"]
    done = subprocess.run(
        command, cwd=project, env=dict(os.environ), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["rows"] == 2
    assert done.stderr == ""


@pytest.mark.real
def test_the_twelve_cabinet_office_files_to_the_penny(roi, shared):
    files = sorted((shared / "data" / "real" / "uk_cabinet_office_spend_2015").glob("*.csv"))
    assert len(files) == 12
    said = ("--column", "month=Date", "--column", "amount=Amount", "--column", "cost_centre=Expense Area")
    ran = roi(
        "import",
        "costs",
        *files,
        "--source",
        "spend",
        *said,
        "--dates",
        "day-first",
        "--currency",
        "GBP",
        "--json",
    )
    assert ran.code == 0, ran.data["errors"]
    assert ran.data["rows"] == 2273
    assert ran.data["totals"] == {"GBP": "478552886.89"}
    assert len(ran.data["by_month"]) == 12
    assert ran.data["by_month"]["2015-03"] == {"GBP": "107841047.54"}
    assert roi("control", "spend", "2015-01..2015-12", "478552886.89", "GBP").code == 0
    mapped = roi("map", "spend", "GDS ID ASSURANCE=team:onboarding", "G CLOUD=team:checkout", "--json")
    shown = roi("show", "--currency", "GBP", "--json").data
    assert shown["books"] == "agrees with the books"
    cost = {team["team"]: team["cost"]["value"] for team in shown["teams"]}
    assert cost["onboarding"] == "14984070.37"
    ledger = shown["figures"]["ledger_total"]["value"]
    assert ledger == "478552886.89"
    assert roi("undo", mapped.data["change"]).code == 0
    assert roi("show", "--currency", "GBP", "--json").data["figures"]["suspense"]["value"] == ledger


def test_the_sheet_of_a_workbook_is_named_once_and_remembered(roi, tmp_path):
    def book(month, amount):
        costs = Sheet("Costs", [tuple(HEADER.split(",")), (month, "Onboarding", "", amount, "USD")])
        path = tmp_path / f"{month}.xlsx"
        path.write_bytes(workbook(costs, Sheet("Notes", [("Written", "by"), ("A", "clerk")])))
        return path

    asked = roi("import", "costs", book("2026-01", 100.25), "--source", "books", "--json")
    assert asked.code == 1
    assert "“Costs”, “Notes”" in str(asked.data["errors"])
    first = roi("import", "costs", book("2026-01", 100.25), "--source", "books", "--sheet", "Costs", "--json")
    assert (first.code, first.data["totals"]) == (0, {"USD": "100.25"})
    second = roi("import", "costs", book("2026-02", 0.1 + 0.2), "--source", "books", "--json")
    assert (second.code, second.data["totals"]) == (0, {"USD": "0.30"})
    assert "as before" in str(second.data["warnings"])


def test_d5_figures_are_shown_of_one_division_and_by_todays_structure(roi, january, tmp_path):
    moves = tmp_path / "team_structure.csv"
    moves.write_text(
        "team,first_month,kind,value_stream,division\n"
        "Onboarding,2025-01,stream_aligned,Enrolment,North\n"
        "Onboarding,2026-01,stream_aligned,Enrolment,South\n"
    )
    assert roi("import", "team_structure", moves).code == 0
    roi("import", "costs", january, "--source", "books")
    of_all, of_one = roi("show", "--json").data, roi("show", "--json", "--division", "South").data
    assert of_one["figures"]["ledger_total"] == of_all["figures"]["ledger_total"]
    assert of_one["figures"]["team_cost"]["value"] == "100.25"
    assert roi("show", "--division", "Enrolment").code == 1
    assert "no division 'Enrolment'" in roi("show", "--division", "Enrolment").err
    assert roi("show", "--by-division", "--todays-structure").code == 0
