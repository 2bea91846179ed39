"""The demo company for journeys of their own: copied for each server."""

import csv
import io
import shutil
from functools import cache
from pathlib import Path

import pytest

from tests.e2e import server as servers
from tests.e2e.server import Server

NAME = "demo.duckdb"
FILES = servers.ROOT / "data" / "demo"


def copied(made: Path, folder: Path) -> Path:
    """The database of a copy to change, with everything that belongs to it."""
    shutil.copytree(made, folder, ignore=shutil.ignore_patterns("*.lock"))
    return folder / NAME


def start(database: Path) -> Server:
    """A server that opens this copy of the demo company first."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROI_COMPANY", "demo")
        patch.setenv("ROI_DEMO_DATABASE", str(database))
        return servers.start(database.with_name("own.duckdb"))


@cache
def rows(name: str) -> list[dict[str, str]]:
    """The lines of one of the demo company's files."""
    text = (FILES / name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text), delimiter=";" if text.split("\n")[0].count(";") else ","))
