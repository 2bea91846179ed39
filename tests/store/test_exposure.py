"""S3: a store whose files others could read or exchange does not start, and says how to close it."""

import pytest

from roi.commands import keeping
from roi.errors import StoreExposedError
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
