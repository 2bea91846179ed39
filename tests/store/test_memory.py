"""The engine leaves room for the program it lives in; what does not fit is put down, for its owner only."""

import stat

import pytest

from roi.errors import StoreError, StoreExposedError, StoreFullError
from roi.store import memory, statements
from roi.store.database import Store
from tests.kept_company import NAME

MB, GB = 2**20, 2**30
LARGE = (
    "create temporary table large as "
    "select i, hash(i)::varchar as a, hash(i + 1)::varchar as b from range(2000000) as r(i)"
)
"""Some 100 MB in memory."""


@pytest.mark.parametrize(
    ("machine_gb", "threads", "most_mb"),
    [
        (1, 1, 512),
        (2, 2, 1024),
        (4, 2, 1536),
        (8, 4, 1536),
        (16, 8, 2048),
        (64, 2, 1536),
        (64, 64, 16_384),
        (8, 64, 4096),
    ],
)
def test_the_engine_takes_at_most_half_of_a_machine_and_no_more_than_it_needs(machine_gb, threads, most_mb):
    by_itself = machine_gb * GB * 8 // 10
    assert abs(memory.most(by_itself, threads) - most_mb * MB) < MB


def test_a_store_is_bound_by_it_and_puts_down_beside_its_database(company):
    asked = "select parse_formatted_bytes(current_setting('memory_limit')), current_setting('temp_directory')"
    with company.store.cursor() as cursor:
        limit, folder = cursor.execute(asked).fetchall()[0]
        threads = cursor.execute("select current_setting('threads')").fetchall()[0][0]
    assert limit <= max(1536, 256 * threads) * MB
    assert folder == str(memory.overflow(company.store.path))


@pytest.fixture
def narrow(tmp_path, monkeypatch):
    """A store whose engine has 50 MB, and two threads."""
    monkeypatch.setattr(memory, "most", lambda _machine, _threads: 50 * MB)
    monkeypatch.setattr(statements, "HARDEN", ("set threads = 2", *statements.HARDEN))
    store = Store.open(tmp_path / NAME)
    yield store
    store.close()


def test_what_does_not_fit_is_put_down_for_the_owner_only_and_is_whole(narrow):
    folder = memory.overflow(narrow.path)
    with narrow.cursor() as cursor:
        cursor.execute(LARGE)
        modes = {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
        assert cursor.execute("select count(a), sum(i) from large").fetchall() == [
            (2_000_000, 1_999_999_000_000)
        ]
    assert modes == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    narrow.close()
    assert not folder.exists()


def test_a_disk_without_room_for_it_is_full_and_the_store_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(memory, "most", lambda _machine, _threads: 50 * MB)
    few = ("set threads = 2", "set max_temp_directory_size = '4MB'")
    monkeypatch.setattr(statements, "HARDEN", (*few, *statements.HARDEN))
    store = Store.open(tmp_path / NAME)
    with pytest.raises(StoreFullError, match="The disk is full"), store.cursor() as cursor:
        cursor.execute(LARGE)
    assert store.version == 0
    store.close()


def test_what_cannot_be_put_down_is_said_as_too_little_memory_and_the_store_goes_on(narrow):
    with pytest.raises(StoreError, match="more memory than there is"), narrow.cursor() as cursor:
        cursor.execute("select len(list(i)) from range(20000000) as r(i)").fetchall()
    assert narrow.version == 0


def test_r3_what_a_killed_process_put_down_is_removed_at_the_next_start(company):
    folder = memory.overflow(company.store.path)
    company.store.close()
    folder.mkdir(0o700)
    (folder / "duckdb_temp_1_0_storage_DEFAULT-0.tmp").write_text("Invoice 7")
    Store.open(company.store.path).close()
    assert not folder.exists()


def test_s3_what_was_put_down_where_others_may_read_it_stops_the_start(company):
    folder = memory.overflow(company.store.path)
    company.store.close()
    folder.mkdir()
    folder.chmod(0o755)
    with pytest.raises(StoreExposedError, match="chmod -R go="):
        Store.open(company.store.path)
