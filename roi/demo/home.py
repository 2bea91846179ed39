"""Where the demo company lives: a database of its own, made when first opened and after each new release.

It never touches the company's own database; which of the two is opened is decided here.
"""

import os
import shutil
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from roi.demo import company, load
from roi.store import clock, head, lockfile
from roi.store.changes import NewChange, Put, record_rows
from roi.store.database import Store, default_path, resolved

IS_DEMO, TODAY = "demo", clock.OWN_DAY
"""Settings by which a store says that it holds the demo company, and on which day it is looked at."""

_HERE = Path(__file__).parent
_MADE = ("{0}.duckdb", "{0}.duckdb.wal", "{0}.head", "{0}.secret", "{0}.made")
_MADE_FOLDERS = ("{0}.uploads", "{0}-backups")


class Company(StrEnum):
    """What `ROI_COMPANY` may say: which company is opened. Auto: the demo until the own one has a change.

    A database without its head file may hold changes: it is opened, and says so.
    """

    DEMO = "demo"
    OWN = "own"
    AUTO = "auto"


def demo_path() -> Path:
    """Where the demo company is: `ROI_DEMO_DATABASE`, else `data/demo.duckdb` beside the program."""
    named = os.environ.get("ROI_DEMO_DATABASE")
    if named:
        return resolved(named)
    return _HERE.parents[1] / "data" / "demo.duckdb"


def files_folder() -> Path:
    """Where the demo company's files are kept to be read and tried out."""
    return _HERE.parents[1] / "data" / "demo"


def chosen() -> Company:
    """Which company is opened first, demo or own; without `ROI_COMPANY` always the own one."""
    said = os.environ.get("ROI_COMPANY", "")
    if said == Company.AUTO:
        return Company.OWN if _may_have_changes(default_path()) else Company.DEMO
    return Company.DEMO if said == Company.DEMO else Company.OWN


def _may_have_changes(own: Path) -> bool:
    noted = head.last(own.with_suffix(".head"))
    return own.exists() if noted is None else noted[0] > 0


def path_of(which: Company) -> Path:
    """The database of the demo company or of the own one."""
    return demo_path() if which is Company.DEMO else default_path()


def open_store(path: Path, *, purpose: str, check: bool = True) -> Store:
    """Open a database; the demo company is made first where it is missing or of an earlier release.

    Raises:
        StoreError: it is held by another process, damaged, or newer than this program.
    """
    if path.resolve() == demo_path().resolve() and not is_current(path):
        make(path)
    return Store.open(path, purpose=purpose, check=check)


def is_current(path: Path) -> bool:
    """Whether the demo company there is complete and made by this program."""
    made = path.with_suffix(".made")
    return path.exists() and made.exists() and made.read_text(encoding="utf-8") == fingerprint()


def fingerprint() -> str:
    """A hash of all that the demo company is made from."""
    digest = sha256()
    store = _HERE.parent / "store"
    for file in sorted((*_HERE.glob("*.py"), *store.glob("schema/*.sql"), *store.glob("marts/*.sql"))):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def make(path: Path, tell: load.Tell | None = None) -> None:
    """Make the demo company anew; whatever was tried out in it is gone.

    The mark that it is complete is written last, so that one that was cut short is made again.

    Raises:
        StoreLockedError: another process has it open.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    _remove(path)
    store = Store.open(path, purpose="making the demo company")
    try:
        _say_what_it_is(store)
        load.load(store, tell=tell)
    finally:
        store.close()
    path.with_suffix(".made").write_text(fingerprint(), encoding="utf-8")


def _remove(path: Path) -> None:
    lock = lockfile.acquire(path.with_suffix(".lock"), "making the demo company")
    try:
        for name in _MADE:
            path.with_name(name.format(path.stem)).unlink(missing_ok=True)
        for name in _MADE_FOLDERS:
            shutil.rmtree(path.with_name(name.format(path.stem)), ignore_errors=True)
    finally:
        lock.release()


def _say_what_it_is(store: Store) -> None:
    values = {IS_DEMO: "yes", TODAY: company.TODAY}
    rows = tuple({"name": name, "value": value} for name, value in values.items())
    with clock.dated(load.BEGUN), store.write() as cursor:
        record_rows(cursor, NewChange(load.LEADER, "open the demo company"), [Put("setting", rows)])
