"""R1, R2: the n-th write of an import is made to fail, or kills the process: old state or new, and told so.

The recipe of the reliability note, by `strace`; `make soak` goes through every call.
"""

import shutil
import subprocess
import sys

import pytest

from roi.commands import keeping
from roi.store.database import Store
from tests.faults import worker

pytestmark = pytest.mark.faults
WRITES = {"write": 6, "pwrite64": 11, "fdatasync": 4, "unlink": 1}
"""How many of each call one import of the small company and the close after it make."""

FAULTS = ("error=ENOSPC", "error=EIO", "signal=KILL")
FEW = (
    ("write", "error=ENOSPC", 2),
    ("fdatasync", "error=EIO", 1),
    ("write", "signal=KILL", 5),
)
FULL = "StoreFullError The disk is full. Free some space, then repeat the last step."


def points(rounds):
    if rounds == 1:
        return FEW
    calls = [(call, n) for call, count in WRITES.items() for n in range(1, count + 1)]
    return [(call, fault, n) for fault in FAULTS for call, n in calls]


def test_r1_r2_whichever_write_fails_the_store_is_old_or_new_and_says_which(
    company, finance, strace, project, rounds, tmp_path
):
    version = company.store.version
    company.store.close()
    for number, point in enumerate(points(rounds)):
        folder = tmp_path / f"point-{number}"
        shutil.copytree(company.store.path.parent, folder, ignore=shutil.ignore_patterns("*.lock"))
        said = run(strace, project, folder / company.store.path.name, point)
        look_after(folder / company.store.path.name, said, (point, version, finance))
        shutil.rmtree(folder)


def run(strace, project, path, point):
    """What the child said while the n-th such call on the database or its log failed."""
    call, fault, n = point
    command = [strace, "-f", "-o", "/dev/null", "-P", str(path), "-P", f"{path}.wal", "-e", f"trace={call}"]
    command += ["-e", f"inject={call}:{fault}:when={n}", sys.executable, "-c"]
    command += [f"from tests.faults import worker; worker.import_once({str(path)!r})"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False, timeout=120)
    said = done.stdout.splitlines()
    assert said[0] == "open", (point, done.stderr)
    assert "Traceback" not in done.stderr or "signal" in fault, (point, done.stderr)
    return said[1:]


def look_after(path, said, about):
    """The next start unaided: whole, with what was told."""
    point, version, finance = about
    store = Store.open(path)
    try:
        keeping.verify(store, finance, deep=True)
        lines = worker.held(store)
        assert (store.version, lines) in {(version, 0), (version + 1, worker.LINES)}, point
        told = [line for line in said if line.startswith("held")]
        if told:
            assert told[-1] == f"held {lines}", point
        if f"imported {version + 1}" in said:
            assert lines == worker.LINES, point
        if "error" in point[1] and said[0].startswith("Store"):
            assert said[1] == "held 0", point
            assert (said[0] == FULL) is ("ENOSPC" in point[1]), (point, said)
    finally:
        store.close()
