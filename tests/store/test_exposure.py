"""S3: a store whose files others could read or exchange does not start, and says how to close it."""

from types import SimpleNamespace

import pytest

from roi.commands import keeping
from roi.errors import StoreExposedError
from roi.store import exposure
from roi.store.database import Store

KEPT = ("roi.duckdb", "roi.head", "roi.secret", "roi.uploads", "backups")


@pytest.fixture
def closed(company, finance):
    """The folder of a closed store with a backup."""
    keeping.backup(company.store, finance)
    company.store.path.with_suffix(".secret").touch(0o600)
    company.store.close()
    return company.store.path.parent


@pytest.mark.parametrize("mode", [0o004, 0o002, 0o040, 0o020, 0o001])
@pytest.mark.parametrize("name", KEPT)
def test_s3_a_file_that_others_may_open_stops_the_start_until_it_is_closed(closed, name, mode):
    path = closed / name
    private = path.stat().st_mode
    path.chmod(private | mode)
    with pytest.raises(StoreExposedError, match=rf"chmod -R go= '.*{name}'"):
        Store.open(closed / "roi.duckdb")
    path.chmod(private)
    Store.open(closed / "roi.duckdb").close()


def test_s3_a_folder_in_which_anybody_may_exchange_files_stops_the_start(closed):
    closed.chmod(0o1777)
    with pytest.raises(StoreExposedError, match="chmod o-w"):
        Store.open(closed / "roi.duckdb")
    closed.chmod(0o755)
    Store.open(closed / "roi.duckdb").close()


COPIES = {
    "roi.before-restore-20261127T203819Z": True,
    "roi.duckdb.wal.before-restore-20261127T203819Z": True,
    "roi.head-before-20261127T203816282435Z-backup": True,
    "roi-friday.duckdb": True,
    "roi (copy)": True,
    "roi.txt": False,
    "sales.duckdb": False,
}
"""Beside a database: what a restore keeps aside, copies that somebody made, and what is not its own."""


@pytest.mark.parametrize("name", COPIES)
def test_s3_in_a_folder_that_others_may_look_into_every_copy_of_the_data_is_closed_as_well(closed, name):
    """The folder itself may hold more than the data, such as templates; its files are what is read."""
    closed.chmod(0o755)
    copy = closed / name
    copy.write_bytes(b"words" if name == "roi.txt" else (closed / "roi.duckdb").read_bytes()[:4096])
    copy.chmod(0o644)
    if COPIES[name]:
        with pytest.raises(StoreExposedError, match=r"may read .* chmod -R go= '.*roi"):
            Store.open(closed / "roi.duckdb")
        copy.chmod(0o600)
    Store.open(closed / "roi.duckdb").close()
    open_to_others = [file.name for file in closed.iterdir() if file.stat().st_mode & 0o077]
    assert open_to_others == [name] * (not COPIES[name])


ME, OTHER = "me", "other"
GROUPS = {
    "alone by name": ([ME], [], None),
    "alone by its first group": ([], [ME], None),
    "nobody": ([], [], None),
    "another by name": ([ME, OTHER], [], "team"),
    "another by their first group": ([], [ME, OTHER], "team"),
    "unknown": (None, [], None),
}


@pytest.mark.parametrize("members", GROUPS)
def test_s3_a_folder_that_its_group_may_write_stops_the_start_where_others_are_in_the_group(
    closed, monkeypatch, members
):
    """Not under the mask 002 where everybody has a group of their own, nor on the volume of a container."""
    named, first, shared = GROUPS[members]

    def group(_gid):
        if named is None:
            raise KeyError
        return SimpleNamespace(gr_name="team", gr_mem=named)

    def user(name):
        uid = closed.stat().st_uid + (name == OTHER)
        return SimpleNamespace(pw_name=name, pw_uid=uid, pw_gid=closed.stat().st_gid + (name not in first))

    monkeypatch.setattr(exposure, "_ROOT", -1)
    monkeypatch.setattr(exposure.grp, "getgrgid", group)
    monkeypatch.setattr(exposure.pwd, "getpwall", lambda: [user(ME), user(OTHER)])
    closed.chmod(0o775)
    if shared is None:
        Store.open(closed / "roi.duckdb").close()
        return
    with pytest.raises(StoreExposedError, match=r"group team may exchange files .* chmod g-w"):
        Store.open(closed / "roi.duckdb")
    closed.chmod(0o755)
    Store.open(closed / "roi.duckdb").close()


def test_s3_the_group_of_root_is_nobody_else(closed, monkeypatch):
    monkeypatch.setattr(exposure, "_ROOT", closed.stat().st_gid)
    closed.chmod(0o775)
    Store.open(closed / "roi.duckdb").close()
