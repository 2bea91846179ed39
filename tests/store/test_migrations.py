"""Forward only, each migration in one transaction, a backup before, and nothing newer is touched."""

import shutil

import pytest

from roi.errors import NewerSchemaError, StoreError
from roi.store import migrations, statements, verify
from roi.store.database import Store
from tests import sharing


def plus(monkeypatch, *more):
    known = statements.migrations()
    added = tuple(
        (known[-1][0] + place, f"{known[-1][0] + place:04d}_more", text) for place, text in enumerate(more, 1)
    )
    monkeypatch.setattr(statements, "migrations", lambda: (*known, *added))
    return known[-1][0] + len(more)


def schema(store):
    with store.cursor() as cursor:
        return migrations.schema_version(cursor)


def test_a_new_database_has_every_migration_with_its_hash(store):
    with store.cursor() as cursor:
        ran = cursor.execute("select version, name, length(sha256) from schema_version order by 1").fetchall()
    assert ran == [(number, name, 64) for number, name, _ in statements.migrations()]


def test_migrations_are_numbered_without_a_gap():
    assert [number for number, _, _ in statements.migrations()] == list(
        range(1, len(statements.migrations()) + 1)
    )


def test_a_newer_schema_is_refused_and_left_as_it_is(company, monkeypatch):
    path = company.store.path
    company.store.close()
    with monkeypatch.context() as newer:
        plus(newer, "create table of_the_future (a integer)")
        Store.open(path).close()
    before = path.read_bytes()
    with pytest.raises(NewerSchemaError, match="written by a newer version"):
        Store.open(path)
    assert path.read_bytes() == before


def test_data_is_backed_up_before_it_is_migrated_and_the_backup_is_whole(company, monkeypatch):
    path = company.store.path
    company.store.close()
    latest = plus(monkeypatch, "alter table team add column colour varchar")
    store = Store.open(path)
    assert schema(store) == latest
    noted = [line for line in store.head_path.read_text().splitlines() if line.startswith("format ")]
    assert [line.split()[1] for line in noted] == [str(latest - 1), str(latest)]
    (backup,) = store.backup_folder.iterdir()
    assert backup.name.endswith("before-migration.duckdb")
    store.close()
    monkeypatch.undo()
    shutil.copy(backup, path.parent / "old.duckdb")
    old = Store.open(path.parent / "old.duckdb")
    assert schema(old) == latest - 1
    old.close()


def test_a_new_database_has_nothing_to_back_up(store):
    assert list(store.backup_folder.iterdir()) == []


def test_a_migration_that_fails_leaves_the_schema_before_it(company, monkeypatch):
    """The second of two fails in its middle: the first is done, the second is not there by half."""
    path = company.store.path
    company.store.close()
    with monkeypatch.context() as broken:
        done = plus(
            broken, "create table one (a integer)", "create table two (a integer); select no_such_thing"
        )
        with pytest.raises(StoreError):
            Store.open(path)
    with monkeypatch.context() as repaired:
        plus(repaired, "create table one (a integer)")
        store = Store.open(path)
        assert schema(store) == done - 1
        with store.cursor() as cursor:
            names = {row[0] for row in cursor.execute("select table_name from duckdb_tables()").fetchall()}
        assert {"one", "two"} & names == {"one"}
        store.close()


def test_a_migration_that_is_stopped_runs_again_at_the_next_start(company, monkeypatch):
    path = company.store.path
    company.store.close()
    plus(monkeypatch, "create table one (a integer)")
    with monkeypatch.context() as stopped:
        stopped.setattr(migrations, "sha256", _stop)
        with pytest.raises(KeyboardInterrupt):
            Store.open(path)
    store = Store.open(path)
    with store.cursor() as cursor:
        assert cursor.execute("select count(*) from one").fetchall() == [(0,)]
        assert cursor.execute("select count(*) from cost_line").fetchall() == [(21,)]
    store.close()


def _stop(_content):
    raise KeyboardInterrupt


def test_a_store_without_obligations_keeps_every_row_and_its_chain_when_it_learns_them(company):
    """As the release before left it: without the table, whose migration had not run."""
    path = company.store.path
    with company.store.cursor() as cursor:
        cursor.execute("drop view live_obligation")
        cursor.execute("drop table obligation")
        cursor.execute("drop view live_obligation_met")
        cursor.execute("drop table obligation_met")
        cursor.execute("drop view live_product_life")
        cursor.execute("drop table product_life")
        cursor.execute("delete from schema_version where version >= 6")
        lines = cursor.execute("select count(*) from cost_line").fetchall()
    company.store.close()
    sharing.forget_format(company.store.head_path)
    store = Store.open(path)
    assert schema(store) >= 6
    assert f"format {schema(store)} " in store.head_path.read_text()
    with store.cursor() as cursor:
        assert cursor.execute("select count(*) from live_obligation").fetchall() == [(0,)]
        assert cursor.execute("select count(*) from live_product_life").fetchall() == [(0,)]
        assert cursor.execute("select count(*) from cost_line").fetchall() == lines
        assert verify.deep(cursor, store.head_path, store.upload_folder).is_deep
    assert len(list(store.backup_folder.iterdir())) == 1
    store.close()
