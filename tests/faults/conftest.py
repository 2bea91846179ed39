"""A small company on disk, and children that can be killed."""

import multiprocessing
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

Child = Callable[[Callable[[str, Connection], None], Path], object]


@pytest.fixture(scope="session")
def child() -> Child:
    """Run a function of `worker` in a process of its own, which is gone afterwards."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.operations"])

    @contextmanager
    def run(work: Callable[[str, Connection], None], path: Path) -> Iterator[tuple[BaseProcess, Connection]]:
        ours, theirs = context.Pipe()
        process = context.Process(target=work, args=(str(path), theirs))
        process.start()
        theirs.close()
        try:
            yield process, ours
        finally:
            process.kill()
            process.join()
            ours.close()

    return run


def drain(told: Connection) -> list[object]:
    """Everything that a child said before it was gone."""
    said: list[object] = []
    try:
        while told.poll(0):
            said.append(told.recv())
    except (EOFError, OSError):
        return said
    return said


def heard(told: Connection) -> list[object]:
    """Everything that a child says, until it ends or is ended."""
    said: list[object] = []
    try:
        while told.poll(120):
            said.append(told.recv())
    except (EOFError, ConnectionResetError):
        return said
    raise AssertionError(f"it got stuck after {said}")


@pytest.fixture(scope="session")
def strace() -> str:
    """The program, when it is there and may be used; `.ci/run` fails where it is missing."""
    found = shutil.which("strace")
    if found is None and os.environ.get("ROI_CI"):
        pytest.fail("strace is missing: no system call was made to fail (.ci/setup could not install it)")
    if found is None or subprocess.run([found, "true"], capture_output=True, check=False).returncode:
        pytest.skip("NOT TESTED: failing system calls; strace is not installed or may not be used here")
    return found
