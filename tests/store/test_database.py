"""One process, one hardened factory, files for their owner only; a damaged file is a loud stop."""

import errno
import os
import random
import shutil
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import duckdb
import pytest

from roi.actors import Role, local_user
from roi.commands import keeping, structure, undo
from roi.domain.structure import Company, Team
from roi.errors import (
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreLockedError,
)
from roi.store import clock, head, statements
from roi.store.changes import NewChange, Put, record_rows
from roi.store.database import Store, default_path
from tests.kept_company import NAME


def opened(path):
    """Open, look at every row, close; what the next start and its first pages do."""
    store = Store.open(path)
    try:
        with store.cursor() as cursor:
            return cursor.execute("select sum(amount_minor), count(description) from cost_line").fetchall()
    finally:
        store.close()


# The lock


def test_a_second_process_is_refused_and_hears_who_holds_the_data(company, project):
    script = "import sys, pathlib, roi.store.database as db; db.Store.open(pathlib.Path(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", script, str(company.store.path)],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode != 0
    assert "StoreLockedError: The data is in use by a test" in done.stderr
    assert f"process {os.getpid()}" in done.stderr


def test_the_same_process_does_not_open_it_twice_and_a_closed_one_is_free(company):
    path = company.store.path
    with pytest.raises(StoreLockedError, match="a test"):
        Store.open(path)
    company.store.close()
    Store.open(path).close()


def test_a_lock_file_that_nobody_can_read_still_locks(tmp_path):
    path = tmp_path / NAME
    store = Store.open(path)
    path.with_suffix(".lock").write_text("not what we wrote")
    with pytest.raises(StoreLockedError, match="another process"):
        Store.open(path)
    store.close()
    Store.open(path).close()


def test_a_file_that_is_held_without_our_lock_is_in_use_and_not_damaged(tmp_path):
    path = tmp_path / "roi.duckdb"
    Store.open(path, purpose="a test").close()
    holding = (
        "import duckdb, sys; it = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holding, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(StoreLockedError, match="in use by another process"):
            Store.open(path, purpose="a test")
        other.stdin.close()
    Store.open(path, purpose="a test").close()


def test_a_refused_start_leaves_no_lock_behind(company):
    path = company.store.path
    company.store.close()
    path.write_bytes(path.read_bytes()[:5000])
    for _ in range(2):
        with pytest.raises(StoreDamagedError):
            Store.open(path)


# Who may read the files


def test_f10_every_file_is_for_its_owner_only(company, finance):
    keeping.backup(company.store, finance)
    found = list(company.store.path.parent.rglob("*"))
    assert {path.name for path in found} >= {NAME, "roi.head", "roi.lock", "backups", "roi.uploads"}
    loose = {path.name: oct(path.stat().st_mode) for path in found if path.stat().st_mode & 0o077}
    assert loose == {}


def test_files_stay_private_whatever_the_mask_says(tmp_path):
    before = os.umask(0o000)
    try:
        store = Store.open(tmp_path / "new" / NAME)
        files = [store.path, store.head_path, store.upload_folder, store.backup_folder, store.spool_folder]
        assert all(not path.stat().st_mode & 0o077 for path in files if path.exists())
        store.close()
    finally:
        os.umask(before)


# What SQL may not do (S6; the probes of reliability note F11)

PROBES = (
    "select * from read_csv('/etc/passwd')",
    "select * from read_text('/etc/hostname')",
    "select * from read_blob('{outside}/secret.txt')",
    "select * from '{outside}/secret.csv'",
    "select * from glob('{outside}/*')",
    "copy (select 1) to '{outside}/out.csv'",
    "copy ledger_line from '{outside}/secret.csv'",
    "export database '{outside}/all'",
    "attach '{outside}/other.duckdb' as other",
    "install httpfs",
    "load httpfs",
    "select * from a_python_frame",
    "set enable_external_access = true",
    "set allowed_directories = ['/']",
    "set lock_configuration = false",
    "set python_enable_replacements = true",
    "select * from read_csv('{inside}/../secret.csv')",
    "select * from read_csv('{inside}/link.csv')",
    "pragma import_database = '{outside}'",
)


@pytest.mark.parametrize("probe", PROBES)
def test_s6_a_connection_cannot_leave_its_folders(company, tmp_path, probe):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.csv").write_text("a,b\n1,2\n")
    (outside / "secret.txt").write_text("a")
    inside = company.store.spool_folder
    shutil.copy(outside / "secret.csv", inside.parent / "secret.csv")
    (inside / "link.csv").symlink_to(outside / "secret.csv")
    a_python_frame = [1, 2, 3]
    assert a_python_frame
    with pytest.raises((StoreError, duckdb.Error)), company.store.cursor() as cursor:
        cursor.execute(probe.format(outside=outside, inside=inside)).fetchall()
    assert {path.name for path in outside.iterdir()} == {"secret.csv", "secret.txt"}


@pytest.mark.parametrize("probe", PROBES)
def test_s6_the_connection_that_statements_are_read_with_reaches_nothing(tmp_path, probe):
    (tmp_path / "secret.csv").write_text("a,b\n1,2\n")
    with pytest.raises(duckdb.Error):
        statements.reader().cursor().execute(probe.format(outside=tmp_path, inside=tmp_path)).fetchall()
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]


def test_s6_the_probes_would_succeed_on_a_bare_connection(tmp_path):
    (tmp_path / "secret.csv").write_text("a,b\n1,2\n")
    with duckdb.connect() as bare:
        assert bare.execute(f"select * from '{tmp_path}/secret.csv'").fetchall() == [(1, 2)]
        assert bare.execute("select count(*) from read_text('/etc/hostname')").fetchall() == [(1,)]


def test_every_cursor_is_as_hardened_as_the_first(company):
    with company.store.cursor() as first, company.store.cursor() as second:
        for cursor in (first, second):
            asked = "select value from duckdb_settings() where name = 'enable_external_access'"
            assert cursor.execute(asked).fetchall() == [("false",)]


def test_s6_a_connection_that_was_opened_anew_is_as_hardened_as_the_first(company):
    with pytest.raises(StoreError, match="opened anew"), company.store.cursor():
        company.store._connection.close()
        raise duckdb.FatalException("FATAL Error: database has been invalidated")
    with pytest.raises((StoreError, duckdb.Error)), company.store.cursor() as cursor:
        cursor.execute("select * from read_text('/etc/hostname')").fetchall()


# One transaction


def test_f2_whatever_is_raised_in_a_write_rolls_back_and_the_next_goes_on(company):
    class StopsTheScript(BaseException):
        """As Streamlit stops a script."""

    store, version = company.store, company.store.version
    for stop in (StopsTheScript, KeyboardInterrupt, ValueError):
        with pytest.raises(stop), store.write() as cursor:
            cursor.execute("delete from ledger_line")
            raise stop
    with store.write() as cursor:
        assert cursor.execute("select count(*) from cost_line").fetchall() == [(21,)]
    assert store.version == version


def test_a_snapshot_sees_one_version_while_others_write(company, finance):
    with company.store.snapshot() as cursor:
        before = cursor.execute("select count(*) from live_cost_line").fetchall()
        undo.undo(company.store, finance, company.imports[-1])
        assert cursor.execute("select count(*) from live_cost_line").fetchall() == before
    with company.store.snapshot() as cursor:
        assert cursor.execute("select count(*) from live_cost_line").fetchall() == [(14,)]


def test_a_snapshot_keeps_nothing_that_was_written_in_it(company):
    with company.store.snapshot() as cursor:
        cursor.execute("delete from ledger_line")
    with company.store.cursor() as cursor:
        assert cursor.execute("select count(*) from cost_line").fetchall() == [(21,)]


def test_writers_take_turns(company):
    """Forty changes by four threads: forty numbers, none twice, the chain whole."""
    version = company.store.version

    def work(who):
        for count in range(10):
            structure.save_member(company.store, local_user("You"), f"{who} {count}", frozenset({Role.OWNER}))

    threads = [threading.Thread(target=work, args=(who,)) for who in "ABCD"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert company.store.version == version + 40
    keeping.verify(company.store, local_user("You"), deep=True)


def test_the_engine_s_errors_are_said_as_ours(company):
    with pytest.raises(StoreError, match="refused a step") as error, company.store.cursor() as cursor:
        cursor.execute("select no_such_column from cost_line")
    assert not isinstance(error.value, StoreDamagedError | StoreFullError)


def test_the_database_is_where_the_environment_says(tmp_path, monkeypatch):
    monkeypatch.setenv("ROI_DATABASE", str(tmp_path / "x" / "own.duckdb"))
    assert default_path() == tmp_path / "x" / "own.duckdb"
    monkeypatch.delenv("ROI_DATABASE")
    assert default_path().parts[-2:] == ("data", "roi.duckdb")


def test_a_company_is_looked_at_on_its_own_day_from_the_change_that_names_it_to_the_one_that_ends_it(
    company, tech_leader
):
    """The day is read once after each write: who asks before it must not be told of it after."""
    store, before = company.store, company.store.today
    for day in ("2015-03-04", "2015-03-05"):
        rows = ({"name": clock.OWN_DAY, "value": day},)
        with store.write() as cursor:
            record_rows(cursor, NewChange(tech_leader, "on its own day"), [Put("setting", rows)])
            assert store.today in {before, date(2015, 3, 4)}, "not before it is committed"
        assert store.today == date.fromisoformat(day)
    undo.undo(store, tech_leader, store.version, reason="a slip")
    assert store.today == date(2015, 3, 4)


def test_the_version_is_read_once_after_each_write(company, tech_leader, monkeypatch):
    """Every answer of a page asks for it; who asks before a write is told the new one after it."""
    store, asked, real = company.store, [], Store.cursor
    monkeypatch.setattr(Store, "cursor", lambda self: asked.append(self) or real(self))
    before = store.version
    asked.clear()
    assert [store.version, store.clock_behind, store.version, store.clock_behind] == [before, None] * 2
    assert len(asked) <= 1
    with store.write() as cursor:
        record_rows(
            cursor, NewChange(tech_leader, "a note"), [Put("setting", ({"name": "note", "value": "x"},))]
        )
        assert store.version == before, "not before it is committed"
    assert store.version == before + 1
    with pytest.raises(ValueError, match="no"), store.write():
        raise ValueError("no")
    assert store.version == before + 1


# The head file and damage


def test_d13_a_database_ahead_of_its_head_is_fine_and_brings_it_up_to_date(company, tech_leader):
    """Killed between commit and note."""
    path, lines = company.store.path, company.store.head_path.read_text()
    structure.save_teams(company.store, tech_leader, [Team("", "Late")])
    version = company.store.version
    company.store.close()
    path.with_suffix(".head").write_text(lines)
    Store.open(path).close()
    assert head.last(path.with_suffix(".head"))[0] == version


def test_d13_a_head_line_that_was_cut_is_not_the_last_one(company):
    path = company.store.path
    company.store.close()
    with path.with_suffix(".head").open("a") as file:
        file.write("99 abc")
    Store.open(path).close()


def test_d13_an_older_copy_in_its_place_is_a_loud_stop(company, finance, tmp_path):
    path = company.store.path
    old = keeping.backup(company.store, finance)
    undo.undo(company.store, finance, company.imports[-1])
    company.store.close()
    path.unlink()
    path.with_name(path.name + ".wal").unlink(missing_ok=True)
    old.rename(path)
    with pytest.raises(StoreDamagedError, match="Accepted changes are missing"):
        Store.open(path)


def test_d13_another_company_s_database_in_its_place_is_a_loud_stop(company, tmp_path, finance):
    other = Store.open(tmp_path / "other" / NAME)
    for count in range(20):
        structure.save_company(other, finance, Company(f"Other {count}", "USD"))
    other.close()
    path = company.store.path
    company.store.close()
    (tmp_path / "other" / NAME).replace(path)
    with pytest.raises(StoreDamagedError, match="exchanged or edited"):
        Store.open(path)


@pytest.mark.parametrize("part", [0.99, 0.5, 0.1, 0, None], ids=str)
def test_f5_a_log_that_was_cut_is_old_state_or_a_loud_stop(company, finance, tmp_path, part):
    """The engine opens a database whose log lost its end without a word; the head file remembers."""
    source = company.store.path
    with company.store.cursor() as cursor:
        cursor.execute("checkpoint")
    undo.undo(company.store, finance, company.imports[-1])
    folder = tmp_path / "pulled"
    shutil.copytree(source.parent, folder, ignore=shutil.ignore_patterns("*.lock"))
    log = folder / f"{NAME}.wal"
    content = log.read_bytes()
    assert content
    log.unlink() if part is None else log.write_bytes(content[: int(len(content) * part)])
    with pytest.raises(StoreDamagedError):
        opened(folder / NAME)


@pytest.mark.faults
def test_r13_a_flipped_bit_is_a_loud_stop_and_shows_no_figure(company, tmp_path, rounds, soaked):
    with company.store.cursor() as cursor:
        cursor.execute("checkpoint")
    company.store.close()
    source = company.store.path.parent
    content = company.store.path.read_bytes()
    whole, chance = opened(company.store.path), random.Random(13)
    for turn in range(12 * rounds):
        folder = tmp_path / f"flipped-{turn}"
        shutil.copytree(source, folder, ignore=shutil.ignore_patterns("*.lock"))
        damaged = bytearray(content)
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        (folder / NAME).write_bytes(damaged)
        try:
            assert opened(folder / NAME) == whole, turn  # in a part of the file that nothing uses
        except StoreDamagedError:
            continue
        finally:
            shutil.rmtree(folder)
    soaked("bits flipped in the database file", 12 * rounds)


@pytest.mark.parametrize("size", [0, 1, 100, 4096, 12_288, 100_000])
def test_r13_a_truncated_file_is_a_loud_stop(company, size):
    path = company.store.path
    company.store.close()
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(StoreDamagedError):
        opened(path)


def test_a_file_that_is_no_database_is_not_overwritten(tmp_path):
    path = Path(tmp_path / NAME)
    path.write_text("the notes of last year")
    with pytest.raises(StoreDamagedError, match="cannot be opened"):
        Store.open(path)
    assert path.read_text() == "the notes of last year"


# What the disk does


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EDQUOT, "The disk is full"),
        (errno.EIO, "The disk did not take the change"),
        (errno.EROFS, "The disk did not take the change"),
        (errno.EACCES, "The account that runs this program may not open a file of the data"),
    ],
)
def test_f8_a_file_beside_the_database_that_cannot_be_written_is_said_as_ours(company, number, said):
    version = company.store.version
    with pytest.raises(StoreError, match=said), company.store.write() as cursor:
        cursor.execute("delete from ledger_line")
        raise OSError(number, os.strerror(number))
    assert company.store.version == version
    with company.store.cursor() as cursor:
        assert cursor.execute("select count(*) from cost_line").fetchall() == [(21,)]


def test_f8_an_engine_that_gave_up_is_opened_anew_and_work_goes_on(company, tech_leader):
    """Its error is told once, also to who was reading; the next step finds the store whole."""
    store = company.store
    with pytest.raises(StoreError, match="opened anew"), store.snapshot() as reader:
        reader.execute("select count(*) from cost_line").fetchall()
        with pytest.raises(StoreError, match="did not take"), store.cursor():
            store._connection.close()  # from here on nothing answers, as after a failed checkpoint
            message = "FATAL Error: fsync failed!"
            raise duckdb.FatalException(message)
        reader.execute("select count(*) from cost_line").fetchall()
    structure.save_teams(store, tech_leader, [Team("", "Late")])
    assert keeping.verify(store, tech_leader, deep=True).lines == 21
    with pytest.raises(StoreError), store.cursor() as cursor:  # and it is as hardened as before
        cursor.execute("select * from read_text('/etc/hostname')").fetchall()
