"""Which company is opened, and when the demo company is made anew; the own data is never touched."""

import shutil

import pytest

from roi.commands import structure
from roi.demo import home, load
from roi.domain.structure import Company
from roi.errors import StoreLockedError
from roi.store.database import Store, default_path


@pytest.fixture
def at(tmp_path, monkeypatch):
    """Where this test's demo company would be."""
    path = tmp_path / "elsewhere" / "demo.duckdb"
    monkeypatch.setenv("ROI_DEMO_DATABASE", str(path))
    return path


@pytest.fixture
def quick(monkeypatch):
    """A demo company of one change, so that making it costs nothing."""
    made = []

    def load_little(store, folder=None, tell=None):
        made.append(store.path)
        structure.save_company(store, load.LEADER, Company("Alder Learning", "USD"))

    monkeypatch.setattr(load, "load", load_little)
    return made


def version(path):
    store = home.open_store(path, purpose="a test")
    try:
        return store.version
    finally:
        store.close()


def test_without_a_word_the_own_company_is_opened(monkeypatch):
    monkeypatch.delenv("ROI_COMPANY", raising=False)
    assert home.path_of(home.chosen()) == default_path()


def test_asked_for_the_demo_is_opened(monkeypatch, at):
    monkeypatch.setenv("ROI_COMPANY", "demo")
    assert home.path_of(home.chosen()) == at


def test_auto_is_the_demo_until_the_own_company_has_a_change(monkeypatch, at, tech_leader):
    monkeypatch.setenv("ROI_COMPANY", "auto")
    assert home.chosen() is home.Company.DEMO
    own = Store.open(default_path(), purpose="a test")
    assert home.chosen() is home.Company.DEMO, "an empty file is no company yet"
    structure.save_company(own, tech_leader, Company("Ours", "GBP"))
    own.close()
    assert home.chosen() is home.Company.OWN


@pytest.fixture
def own(monkeypatch, at, tech_leader):
    """The path of an own company of one change that was closed."""
    monkeypatch.setenv("ROI_COMPANY", "auto")
    store = Store.open(default_path(), purpose="a test")
    structure.save_company(store, tech_leader, Company("Ours", "GBP"))
    store.close()
    return store.path


@pytest.mark.parametrize("left", [None, "", "1 abc", "1 "], ids=str)
def test_d13_auto_never_shows_the_demo_for_an_own_company_whose_head_file_is_lost(own, left):
    noted = own.with_suffix(".head")
    noted.unlink()
    if left is not None:
        noted.write_text(left)
        noted.chmod(0o600)
    assert home.chosen() is home.Company.OWN
    store = home.open_store(own, purpose="a test")
    assert store.head_lost == 1
    store.close()
    again = home.open_store(own, purpose="a test")
    assert again.head_lost is None, "it was begun anew, and that was told"
    again.close()


def test_d13_auto_is_the_own_company_where_the_database_itself_is_gone(own):
    own.unlink()
    assert home.chosen() is home.Company.OWN, "accepted changes are missing, which opening it says"


def test_it_is_made_once_and_then_opened(at, quick):
    assert version(at) == version(at) == 2
    assert quick == [at]


def test_it_is_made_anew_when_the_program_that_makes_it_changed(at, quick, monkeypatch):
    version(at)
    monkeypatch.setattr(home, "fingerprint", lambda: "of another release")
    assert not home.is_current(at)
    version(at)
    assert quick == [at, at]


def test_one_that_was_cut_short_is_made_anew(at, quick, monkeypatch):
    with monkeypatch.context() as stopped:
        stopped.setattr(load, "load", _stop)
        with pytest.raises(KeyboardInterrupt):
            version(at)
    assert at.exists()
    assert version(at) == 2


def _stop(*_args, **_kwargs):
    raise KeyboardInterrupt


def test_what_was_tried_out_is_gone_when_it_is_made_anew_and_nothing_else(at, quick, tech_leader):
    version(at)
    store = Store.open(at, purpose="a test")
    structure.save_company(store, tech_leader, Company("Renamed", "USD"))
    kept = store.backup_folder.parent / "roi.duckdb"
    kept.write_bytes(b"somebody's own data")
    store.close()
    home.make(at)
    assert version(at) == 2
    assert kept.read_bytes() == b"somebody's own data"


def test_it_is_not_made_anew_while_somebody_has_it_open(at, quick):
    version(at)
    store = Store.open(at, purpose="a test")
    with pytest.raises(StoreLockedError):
        home.make(at)
    store.close()
    assert version(at) == 2


def test_backups_of_the_two_companies_never_lie_together(at, quick, store):
    """The own ones are in `backups`; restoring the newest of them can never bring the demo company."""
    demo = home.open_store(at, purpose="a test")
    assert demo.backup_folder.name == "demo-backups"
    assert store.backup_folder.name == "backups"
    demo.close()


def test_the_own_database_is_never_made_or_removed(at, quick, store):
    """`open_store` on the own path opens it as it is, without a mark or a demo in it."""
    store.close()
    again = home.open_store(default_path(), purpose="a test")
    assert again.version == 0
    again.close()
    assert quick == []
    shutil.rmtree(at.parent, ignore_errors=True)
