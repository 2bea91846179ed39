"""R1, R2: whichever write of an operation kills it or fails, the next start finds the old state or the new.

Every write system call of import, undo, closing, backup, migration and restore, and every call that opens or
makes a file or folder of the company, by `strace`.
`make test` takes some of the points by a fixed seed, `make soak` all of them.
"""

import random
import shutil

import pytest

from roi.commands import keeping
from roi.errors import NewerSchemaError, RoiError, StoreDamagedError
from roi.store import migrations, statements
from roi.store.database import Store
from tests.faults import operations, tracing, worker
from tests.kept_company import NAME

pytestmark = pytest.mark.faults
KILLED, FAILED, SHUT = 2, 2, 1
"""Of an operation `make test` has so many calls of each kind killed, so many writes and opens failed."""
KILL, FULL_DISK, BROKEN_DISK, FORBIDDEN = ("signal=KILL", "error=ENOSPC", "error=EIO", "error=EACCES")
FULL = ("The disk is full.", "No space left")
"""How a sentence says that the disk is full, and not broken."""


@pytest.fixture(scope="module")
def prepared(built, finance, tmp_path_factory):
    """A folder for each operation, as it stands before it."""
    folders = {}
    for name in operations.ALL:
        folder = tmp_path_factory.mktemp(name) / "company"
        shutil.copytree(built[0], folder, ignore=shutil.ignore_patterns("*.lock", "*.spool"))
        store = Store.open(folder / NAME, purpose="a test")
        if name == "restore":
            keeping.backup(store, finance)
        if name in {"undo", "restore"}:
            worker.bring_in(store)
        store.close()
        folders[name] = folder
    return folders


@pytest.fixture(scope="module")
def clean(strace, child, prepared, finance, tmp_path_factory):
    """The calls of a clean run of each operation, and how the store stands before and after."""
    found = {}
    for name, source in prepared.items():
        folder, log = tmp_path_factory.mktemp("clean") / "company", tmp_path_factory.mktemp("log") / "log"
        shutil.copytree(source, folder)
        before = standing(folder, finance)
        options = [strace, "-o", str(log), *tracing.SEEN]
        assert tracing.run(child, options, name, folder) == ["open", "done"], name
        after = standing(folder, finance)
        assert (after == before) is (name == "backup"), name
        found[name] = (list(tracing.calls_of(log, folder)), before, after)
    return found


def standing(folder, finance):
    """What the next start finds after a check in full: schema, changes, the file's lines, closed months."""
    with pytest.MonkeyPatch.context() as patch:
        try:
            store = Store.open(folder / NAME, purpose="the next start")
        except NewerSchemaError:
            to_come = operations.with_one_more()
            patch.setattr(statements, "migrations", lambda: to_come)
            store = Store.open(folder / NAME, purpose="the next start")
        try:
            keeping.verify(store, finance, deep=True)
            with store.cursor() as cursor:
                closed = cursor.execute("select count(*) from live_closed_month").fetchall()[0][0]
                return migrations.schema_version(cursor), store.version, worker.held(store), closed
        finally:
            store.close()


def test_r1_r2_whichever_write_of_an_operation_fails_the_next_start_finds_old_or_new(
    strace, child, prepared, clean, finance, rounds, tmp_path, soaked
):
    chosen = list(every_point(clean) if rounds > 1 else some_points(clean))
    assert len(chosen) >= (60 if rounds == 1 else 900)
    wrong, unmade = [], 0
    for name, call, fault in chosen:
        folder, log = tmp_path / "point" / "company", tmp_path / "log"
        shutil.copytree(prepared[name], folder)
        try:
            said = tracing.run(child, [strace, "-o", str(log), *call.meeting(fault)], name, folder)
            unmade += not tracing.is_met(log, call, folder)
            look_at(said, fault, clean[name])
            assert fault == KILL or not half_copies(folder), "half a copy was left behind"
            look_after(folder, said, name, (clean[name], finance))
        except (AssertionError, RoiError) as error:
            wrong.append((name, call, fault, repr(error)))
        shutil.rmtree(folder.parent)
    assert wrong == []
    # Now and then the engine writes once less than in the clean run: nothing failed, and all is as after it.
    assert unmade <= len(chosen) // 100, f"{unmade} of the calls were not made"
    soaked("writes and opens killed or failed in turn", len(chosen) - unmade)


def every_point(clean):
    """Operation, call and fault."""
    return ((name, call, fault) for name in clean for call in clean[name][0] for fault in faults_of(call))


def faults_of(call):
    """What can meet a call: only one that makes something meets a full disk, or is worth a kill."""
    if call.name not in tracing.OPENS:
        return (KILL, FULL_DISK, BROKEN_DISK)
    return (KILL, FULL_DISK, BROKEN_DISK, FORBIDDEN) if call.is_write else (BROKEN_DISK, FORBIDDEN)


def some_points(clean):
    """Some of each operation; most writes are alike, so that each kind of call is chosen from by itself."""
    chance = random.Random(6)
    for name in clean:
        calls = clean[name][0]
        of_kind = [[call for call in calls if call.name == kind] for kind in tracing.CALLS]
        killed = [call for some in of_kind for call in chance.sample(some, min(KILLED, len(some)))]
        yield from ((name, call, KILL) for call in killed)
        for kinds, number in ((tracing.CALLS, FAILED), (tracing.OPENS, SHUT)):
            of_kinds = [call for call in calls if call.name in kinds]
            failed = chance.sample(of_kinds, number)
            yield from ((name, call, chance.choice(faults_of(call)[call.is_write :])) for call in failed)


def look_at(said, fault, about):
    """What failed says so in a sentence, leaves what is read as it was, and is done when it is repeated."""
    if fault == KILL:
        return
    assert said, "it broke off without a sentence"
    assert said[-1] == "done" or str(said[-1]).startswith("Store"), said
    for sentence in (str(told) for told in said if str(told).startswith("Store")):
        assert any(words in sentence for words in FULL) is (fault == FULL_DISK), said
        assert ("may not open" in sentence) is (fault == FORBIDDEN), said
    _, before, _ = about
    versions = [told for told in said if isinstance(told, int)]
    assert versions in ([], [before[1]]), said


def half_copies(folder):
    """Backups that were not finished, and folders in which one was tried."""
    return [*folder.glob("backups/*.partial*"), *folder.glob("checking-*")]


def look_after(folder, said, name, about):
    """The next start unaided: old or new, new where that was told; every backup under its name is whole."""
    (_, before, after), finance = about
    try:
        found = standing(folder, finance)
    except StoreDamagedError:
        # A restore that was cut short is told at the start, and carried out by the same command again.
        assert name == "restore", said
        keeping.restore(folder / NAME, operations.newest(folder))
        found = standing(folder, finance)
    assert not half_copies(folder), "half a copy outlived the next start"
    assert found in {before, after}, said
    if "done" in said:
        assert found == after, said
    for backup in (folder / "backups").glob("*.duckdb") if name in {"backup", "migrate"} else ():
        trial = folder / backup.stem
        trial.mkdir(mode=0o700)
        shutil.copy(backup, trial / NAME)
        assert standing(trial, finance)[1:] == before[1:], said
