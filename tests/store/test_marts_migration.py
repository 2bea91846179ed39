"""A store of the first schema keeps every figure when it learns the whole cost, and is backed up first."""

import shutil
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest

from roi.commands import costs, mapping, undo
from roi.commands.changing import records
from roi.commands.changing.requests import CostImport
from roi.commands.mapping import AreaTarget
from roi.domain.importing import Settings
from roi.domain.structure import Epic, EpicKind, Outcome, ValueClass
from roi.errors import StoreError
from roi.store import marts, migrations, statements, verify
from roi.store.changes import NewChange, record_rows
from roi.store.database import Store
from roi.store.tables import TABLES
from tests import sharing, small_company

OLD = Path(__file__).parent / "schema_0001"
TABLES_BEFORE = (
    "change live_hash cost_line setting member team source value_mapping cost_centre control_total epic "
    "outcome confirmation"
).split()
FIGURES = (
    "select month, source, object_kind, case object_kind when 'person' then '' else object end, placed, "
    "team, reason, scenario, nature, intent, treatment, category, currency, "
    "cast(sum(amount_minor) as bigint), cast(sum(line_count) as bigint) "
    "from mart_team_cost group by all order by all"
)
MORE = """month,team,pool,person_key,cost_centre,category,nature,amount,currency
2026-01,,Rent,,,Rent,,900.05,USD
2026-02,,,P77,,Salaries,,4500.00,USD
2026-02,Checkout,,,,Cloud,,-12.34,EUR
2026-03,,,,NOBODY,Cloud,recoverable tax,19.00,USD
2026-03,,,,NOBODY,Cloud,,21,JPY
"""


def promise(store, _finance, tech_leader):
    """An epic and an outcome of which nothing is frozen or read: no later table holds a row of them."""
    epic = Epic("later", "Later", "onboarding", EpicKind.FEATURE, date(2099, 1, 5), None, 500_000)
    numbers = (Decimal(number) for number in (1, 2, 3, 4))
    outcome = Outcome("paid", "later", "who pay", "users", "up", *numbers, ValueClass.REVENUE, "Olga")
    puts = [records.put("epic", [epic], None), records.put("outcome", [outcome], None)]
    with store.write() as cursor:
        record_rows(cursor, NewChange(tech_leader, "test"), puts)


@pytest.fixture(scope="module")
def old_files(finance, tech_leader, tmp_path_factory):
    """The folder of a store of schema 1 with the small company and odd lines, and its figures then."""
    folder = tmp_path_factory.mktemp("migration")
    store = Store.open(folder / "new" / "roi.duckdb", purpose="a test")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(small_company, "_first_return", promise)
        company = small_company.build(store, finance, tech_leader)
    costs.import_costs(store, finance, CostImport(MORE.encode(), "more.csv", "more", Settings(decimal=".")))
    mapping.map_areas(store, finance, "books", [AreaTarget("SHARED OFFICE", "cost_centre", "CC-1")])
    mapping.set_cost_centre(store, finance, "CC-1", "onboarding")
    undo.undo(store, finance, company.imports[1])
    path = folder / "old" / "roi.duckdb"
    path.parent.mkdir(mode=0o700)
    with store.snapshot() as cursor:
        rows = {
            name: (described(cursor, name), cursor.execute(f"select * from {name}").fetchall())
            for name in TABLES_BEFORE
        }
    store.close()
    sharing.forget_format(store.head_path)
    for name in ("roi.head", "roi.secret"):
        shutil.copy(store.path.with_name(name), path.parent)
    shutil.copytree(store.upload_folder, path.with_suffix(".uploads"))
    return path.parent, written(path, rows)


@pytest.fixture
def old_store(old_files, tmp_path):
    """The path of a copy of its own, and the figures."""
    folder, figures = old_files
    sharing.copy(folder, tmp_path / "old")
    return tmp_path / "old" / "roi.duckdb", figures


def described(cursor, name):
    return [column[0] for column in cursor.execute(f"select * from {name} limit 0").description]


def written(path, rows):
    """Write the rows under the first schema and fill its marts by its own statements."""
    number, name, text = statements.migrations()[0]
    connection = duckdb.connect(str(path))
    connection.execute(migrations._CREATE)
    connection.execute(text)
    connection.execute(
        "insert into schema_version values (?, ?, ?, current_timestamp)",
        [number, name, sha256(text.encode()).hexdigest()],
    )
    for table, (names, cells) in rows.items():
        if cells:
            marks = ", ".join("?" for _ in names)
            connection.executemany(f"insert into {table} ({', '.join(names)}) values ({marks})", cells)
    months = [row[0] for row in connection.execute("select distinct month from cost_line").fetchall()]
    marts.touch(connection, months)
    for file in sorted(OLD.glob("*.sql")):
        connection.execute(file.read_text(encoding="utf-8"))
    figures = connection.execute(FIGURES).fetchall()
    connection.close()
    return figures


def test_every_figure_of_the_first_schema_stays_to_the_cent(old_store):
    path, before = old_store
    store = Store.open(path, purpose="a test")
    with store.snapshot() as cursor:
        assert migrations.schema_version(cursor) == statements.migrations()[-1][0]
        after = cursor.execute(FIGURES).fetchall()
        verified = verify.deep(cursor, store.head_path, store.upload_folder)
    store.close()
    assert len(before) > 15
    assert {row[4] for row in before} == {"team", "excluded", "suspense"}
    assert after == before
    assert verified.is_deep


def test_a_backup_of_the_first_schema_is_made_first(old_store):
    path, before = old_store
    Store.open(path, purpose="a test").close()
    (backup,) = (path.parent / "backups").glob("*before-migration.duckdb")
    kept = duckdb.connect(str(backup), read_only=True)
    assert kept.execute("select max(version) from schema_version").fetchall() == [(1,)]
    assert kept.execute(FIGURES).fetchall() == before
    names = {row[0] for row in kept.execute("select table_name from duckdb_tables()").fetchall()}
    kept.close()
    assert not names & (set(TABLES) - set(TABLES_BEFORE))


def test_the_first_schema_is_never_written_anew(old_store):
    """Opening a second time migrates nothing and makes no second backup."""
    path, _ = old_store
    for _ in range(2):
        Store.open(path, purpose="a test").close()
    assert len(list((path.parent / "backups").glob("*.duckdb"))) == 1


def test_r8_a_line_that_is_lost_on_the_way_to_the_narrow_ledger_leaves_the_file_as_it_was(
    old_store, monkeypatch
):
    """The migration compares every cell before it lets the old lines go."""
    path, before = old_store
    known = statements.migrations()
    lossy = [
        (
            number,
            name,
            text.replace("inner join coding using", "inner join (from coding limit 3) as coding using"),
        )
        for number, name, text in known
    ]
    assert lossy != list(known)
    with monkeypatch.context() as patch:
        patch.setattr(statements, "migrations", lambda: lossy)
        with pytest.raises(StoreError, match="not the same after the migration"):
            Store.open(path, purpose="a test")
    store = Store.open(path, purpose="a test")
    with store.snapshot() as cursor:
        assert cursor.execute(FIGURES).fetchall() == before
        lines, codings, named = cursor.execute(
            "select (select count(*) from ledger_line), count(*), count(distinct (source, team, cost_centre, "
            "pool, person_key, category, scenario, nature, intent, treatment, aside, currency)) from coding"
        ).fetchall()[0]
    store.close()
    assert lines > codings == named > 3
