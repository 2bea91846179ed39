"""Lists, history, undo, verify, backup, restore, export and who may do what, from the command line."""

import csv
import json
import os
import sys
from datetime import date
from pathlib import Path

import pytest

from roi.actors import Role
from roi.cli.answer import DONE, Answer
from roi.cli.main import main
from roi.commands import structure
from roi.domain.structure import Company
from roi.store import clock
from roi.store.database import Store, default_path
from tests import sharing

HEADER = "month,team,cost_centre,amount,currency"

pytestmark = pytest.mark.usefixtures("company_by_cli")


@pytest.fixture(scope="module")
def with_january(company_files, tmp_path_factory) -> Path:
    """The folder of the company with one month of costs, its change 3."""
    folder = tmp_path_factory.mktemp("january")
    sharing.copy(company_files, folder)
    path = folder / "january.csv"
    path.write_text(f"{HEADER}\n2026-01,Onboarding,,100.25,USD\n2026-01,,=HOSTING,50.00,USD\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROI_DATABASE", str(folder / "roi.duckdb"))
        assert main(["import", "costs", str(path), "--source", "books"]) == 0
    return folder


@pytest.fixture
def imported(with_january, company_by_cli, tmp_path) -> int:
    """A copy of its own; the change that brought the costs in."""
    sharing.copy(with_january, tmp_path)
    return 3


def test_history_lists_the_changes_newest_first(roi, imported):
    changes = roi("history", "--json").data["changes"]
    assert [change["change"] for change in changes] == [imported, 2, 1]
    assert "You" in roi("history").out


def test_undo_takes_back_exactly_one_change(roi, imported):
    ran = roi("undo", imported, "--reason", "wrong file", "--json")
    assert (ran.code, ran.data["change"]) == (0, imported + 1)
    assert roi("show", "--json").data["figures"]["ledger_total"]["value"] is None
    assert roi("history", "--json").data["changes"][1]["undone_by"] == imported + 1


def test_a_change_that_does_not_exist_is_refused(roi):
    ran = roi("undo", 99)
    assert ran.code == 1
    assert "Nothing was changed." in ran.err


def test_a_past_state_can_be_shown(roi, imported):
    roi("undo", imported)
    then = roi("show", "--as-of", imported, "--json").data
    assert then["figures"]["ledger_total"]["value"] == "150.25"


def test_verify_counts_what_holds(roi, imported):
    ran = roi("verify", "--deep", "--json")
    assert (ran.code, ran.data["changes"], ran.data["lines"], ran.data["deep"]) == (0, 3, 2, True)


def test_a_damaged_database_exits_with_three_and_shows_no_figure(roi, imported):
    path = default_path()
    content = bytearray(path.read_bytes())
    content[: 4096 * 2] = bytes(4096 * 2)
    path.write_bytes(content)
    ran = roi("show")
    assert ran.code == 3
    assert ran.out == ""
    assert "No figure is shown" in ran.err


def test_backup_and_restore_bring_back_the_same_figures(roi, imported):
    before = roi("show", "--json").data["figures"]
    backup = Path(roi("backup", "--json").data["backup"])
    assert backup.is_file()
    roi("undo", imported)
    ran = roi("restore", "--json")
    assert ran.code == 0, ran.data
    assert Path(ran.data["kept_aside"]).is_file()
    assert roi("show", "--json").data["figures"] == before
    assert roi("verify", "--deep").code == 0


def test_after_an_older_backup_was_restored_what_it_left_behind_comes_back_only_by_name(roi, imported):
    """Who went back on purpose does not get the newer state again by a restore that names none."""
    older = Path(roi("backup", "--json").data["backup"])
    roi("undo", imported)
    newer = Path(roi("backup", "--json").data["backup"])
    asked = roi("restore", older.name, "--dry-run")
    assert f"Would restore {older.name}, taken on" in asked.out
    assert "Not in it: change 4 of the data that was here, the last of" in asked.out
    assert roi("history", "--json").data["changes"][0]["change"] == 4
    assert roi("restore", older.name, "--json").data["missing"] == [4]
    nameless = roi("restore")
    assert f"Restored {older.name}" in nameless.out
    assert "Every change that was recorded here is in it." in nameless.out
    assert f"an earlier restore left behind: {newer.name}.\nTo bring one" in nameless.out
    roi("undo", imported, "--reason", "another way")
    assert roi("restore", "--dry-run", "--json").data["backup"] == str(older)
    latest = roi("backup", "--json").data["backup"]
    assert roi("restore", "--dry-run", "--json").data["backup"] == latest
    back = roi("restore", newer.name)
    assert "Not in it: change 4 of the data that was here" in back.out
    assert roi("verify", "--deep").code == 0


def test_a_damaged_database_is_restored_by_a_name_that_says_nothing(roi, imported):
    """As a release before wrote it, and without the file of heads: what is missing cannot be told."""
    made = Path(roi("backup", "--json").data["backup"])
    old = made.replace(made.with_name("20260101T000000000000Z-backup.duckdb"))
    default_path().with_suffix(".head").unlink()
    ran = roi("restore")
    assert f"Restored {old.name}, taken on 1 Jan 2026, 00:00 UTC.\nWhich changes are not in it" in ran.out


def test_another_company_is_restored_from_its_own_backups_alone(roi, imported, monkeypatch):
    own = Path(roi("backup", "--json").data["backup"])
    beside = own.parent.parent / "demo.duckdb"
    monkeypatch.setenv("ROI_DATABASE", str(beside))
    ran = roi("restore")
    assert ran.code != 0
    assert "demo-backups" in ran.err
    assert not beside.exists()


def test_somebody_else_who_holds_the_data_is_named(roi, imported):
    holder = Store.open(default_path(), purpose="the dashboard")
    try:
        ran = roi("show")
    finally:
        holder.close()
    assert ran.code == 3
    assert "the dashboard" in ran.err


def test_exports_hold_the_ledger_and_disarm_formulas(roi, imported, tmp_path):
    ran = roi("export", "ledger", "--out", tmp_path / "out.csv", "--json")
    assert (ran.code, ran.data["rows"]) == (0, 2)
    rows = list(csv.DictReader((tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert sorted(row["amount"] for row in rows) == ["100.25", "50.00"]
    assert {row["area"] for row in rows} == {"", "'=HOSTING"}
    assert roi("export", "team-costs", "--out", tmp_path / "teams.csv").code == 0
    assert "100.25" in (tmp_path / "teams.csv").read_text(encoding="utf-8-sig")


def test_a_list_with_a_mistake_stores_nothing_and_says_where(roi, tmp_path):
    path = tmp_path / "more.csv"
    path.write_text("team,value_stream,division,kind\nSearch,,,stream_aligned\nOps,,,sorcery\n")
    ran = roi("import", "teams", path, "--json")
    assert ran.code == 1
    assert ran.data["errors"][0]["line"] == 3
    assert roi("import", "teams", path, "--dry-run").code == 1


def test_members_act_by_name_and_within_their_roles(roi, imported, admin):
    store = Store.open(default_path(), purpose="a test")
    structure.save_member(store, admin, "Fiona", frozenset({Role.FINANCE}))
    structure.save_member(store, admin, "Eve", frozenset({Role.EXECUTIVE}))
    store.close()
    assert roi("show").code == 1  # who acts has to be said
    assert roi("show", "--as", "Nobody").code == 1
    assert roi("show", "--as", "eve").code == 0
    refused = roi("undo", imported, "--as", "Eve")
    assert refused.code == 1
    assert "may not" in refused.err
    assert roi("export", "ledger", "--as", "Eve").code == 1
    assert roi("undo", imported, "--as", "Fiona").code == 0


def test_t10_outside_finance_a_trace_has_files_and_no_lines(roi, imported, admin):
    store = Store.open(default_path(), purpose="a test")
    structure.save_member(store, admin, "Eve", frozenset({Role.EXECUTIVE}))
    store.close()
    traced = roi("trace", "team_cost", "--json").data
    assert traced["value"] == "100.25"
    assert traced["files"]
    assert (traced["lines"], bool(traced["lines_hidden"])) == ([], True)


def test_every_command_explains_itself(roi):
    commands = (
        "company",
        "remove-team",
        "map",
        "centre",
        "control",
        "show",
        "trace",
        "export",
        "history",
        "undo",
        "verify",
        "backup",
    )
    for command in (*commands, "restore", "import"):
        assert roi(command, "--help").code == 0
    assert json.dumps(roi("--version").out)


def test_the_same_list_again_is_done_and_says_that_nothing_had_to_change(roi, tmp_path):
    path = tmp_path / "teams.csv"
    assert path.exists()
    ran = roi("import", "teams", path, "--json")
    assert (ran.code, ran.data["outcome"], ran.data["change"]) == (0, "unchanged", None)
    assert roi("company", "Brightwater Courses", "--currency", "USD").code == 0
    assert len(roi("history", "--json").data["changes"]) == 2


def test_a_reader_that_stops_reading_is_no_failure(monkeypatch):
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        Answer(DONE, ("a line",)).show(as_json=False)
        Answer(DONE, data={"outcome": "done"}).show(as_json=True)


def test_fault_9_a_clock_before_the_last_change_is_told_beside_the_answer(roi, tech_leader):
    store = Store.open(default_path(), purpose="a test")
    with clock.dated(date(2099, 1, 1)):
        structure.save_company(store, tech_leader, Company("Anew", "USD", 1))
    store.close()
    said = roi("show", "--json")
    assert said.code == 0
    assert "clock stands before the last change, which was recorded on 1 Jan 2099" in said.err
    assert said.data["company"] == "Anew"


def test_d13_a_lost_head_file_is_told_once_beside_the_answer(roi, imported):
    default_path().with_suffix(".head").unlink()
    said = roi("show", "--json")
    assert said.code == 0
    assert "roi.head was gone or empty" in said.err
    assert "python -m roi restore" in said.err
    assert "roi.head" not in roi("show", "--json").err
