"""R1, R2: whichever write of an operation kills it or fails, the next start finds the old state or the new.

Every write system call of import, undo, closing, backup, migration and restore, by `strace` as the
reliability note has it. `make test` takes a few points by a fixed seed, `make soak` all of them.
"""

import random
import re
import shutil
import subprocess
import sys
from collections import Counter

import pytest

from roi.commands import keeping
from roi.errors import NewerSchemaError, StoreDamagedError
from roi.store import migrations, statements
from roi.store.database import Store
from tests.faults import operations, worker
from tests.kept_company import NAME

pytestmark = pytest.mark.faults
FEW = 14
KILLS = "write pwrite64 fsync fdatasync ftruncate rename unlink".split()
FAILS = "pwrite64 fsync fdatasync rename".split()
FAULTS = ("error=ENOSPC", "error=EIO")
OPERATIONS = (*operations.IN_A_STORE, "restore")


@pytest.fixture(scope="module")
def prepared(built, finance, tmp_path_factory):
    """A folder for each operation, as it stands before it."""
    folders = {}
    for name in OPERATIONS:
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


def run(strace, project, options, name, folder):
    """The operation under these options of strace: its lines, and what it complained of."""
    command = [strace, "-f", "--seccomp-bpf", *options, sys.executable, "-B", "-m", "tests.faults.operations"]
    done = subprocess.run(
        [*command, name, str(folder / NAME)],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return done.stdout.splitlines(), done.stderr


@pytest.fixture(scope="module")
def clean(strace, project, prepared, finance, tmp_path_factory):
    """How often a clean run of each operation makes each call, and how the store stands before and after."""
    found = {}
    for name, source in prepared.items():
        folder, log = tmp_path_factory.mktemp("clean") / "company", tmp_path_factory.mktemp("log") / "log"
        shutil.copytree(source, folder)
        before = standing(folder, finance)
        options = ["-o", str(log), "-e", f"trace={','.join(KILLS)}"]
        assert run(strace, project, options, name, folder)[0] == ["open", "done"], name
        calls = Counter(re.findall(r"^\d+ +([a-z0-9]+)\(", log.read_text(), re.MULTILINE))
        found[name] = (calls, before, standing(folder, finance))
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


def points(clean):
    """Every operation, call, fault and which of the calls."""
    for name, (calls, _, _) in clean.items():
        for call in KILLS:
            faults = ("signal=KILL", *(FAULTS if call in FAILS else ()))
            yield from ((name, call, fault, n) for fault in faults for n in range(1, calls[call] + 1))


def test_r1_r2_whichever_write_of_an_operation_fails_the_next_start_finds_old_or_new(
    strace, project, prepared, clean, finance, rounds, tmp_path, soaked
):
    every = list(points(clean))
    chosen = every if rounds > 1 else random.Random(6).sample(every, FEW)
    assert len(every) > 150
    for number, point in enumerate(chosen):
        name, call, fault, n = point
        folder = tmp_path / str(number)
        shutil.copytree(prepared[name], folder)
        options = ["-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:{fault}:when={n}"]
        said, complained = run(strace, project, options, name, folder)
        if "signal" not in fault and "open" in said:
            assert said[-1] == "done" or said[-1].startswith("Store"), (point, said, complained)
        look_after(folder, said, point, (clean[name], finance))
        shutil.rmtree(folder)
    soaked("writes killed or failed in turn", len(chosen))


def look_after(folder, said, point, about):
    """The next start unaided: old or new, new where that was told; every backup under its name is whole."""
    (_, before, after), finance = about
    try:
        found = standing(folder, finance)
    except StoreDamagedError:
        # A restore that was cut short is told at the start, and carried out by the same command again.
        assert point[0] == "restore", point
        operations.restore(folder / NAME)
        found = standing(folder, finance)
    assert found in {before, after}, point
    if "done" in said:
        assert found == after, point
    for backup in (folder / "backups").glob("*.duckdb") if point[0] in {"backup", "migrate"} else ():
        trial = folder / backup.stem
        trial.mkdir(mode=0o700)
        shutil.copy(backup, trial / NAME)
        assert standing(trial, finance)[1:] == before[1:], point
