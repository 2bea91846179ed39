"""How much memory the engine may take, and where it puts down what does not fit."""

import shutil
from pathlib import Path

import duckdb

_USUAL, _A_THREAD = 1536 * 2**20, 256 * 2**20
"""What figures of twenty million lines are filled in at full speed; and what a thread needs to get along."""
_OF_DEFAULT = 5, 8
"""By itself the engine would take four fifths of the machine, or of its container: of that, half of all."""
_BOUND = "select parse_formatted_bytes(current_setting('memory_limit')), current_setting('threads')"


def most(machine: int, threads: int) -> int:
    """The bytes that the engine may take on a machine that lets it have `machine` by itself.

    At most half of the memory, since pages and answers live in the same process. More than the usual would
    mostly hold pages of the file that the system keeps as well.
    """
    part, of = _OF_DEFAULT
    return min(machine * part // of, max(_USUAL, threads * _A_THREAD))


def bound(connection: duckdb.DuckDBPyConnection) -> None:
    """Set it; what does not fit is put into the folder of `overflow` until it is needed."""
    machine, threads = connection.execute(_BOUND).fetchall()[0]
    connection.execute("set memory_limit = $bytes", {"bytes": f"{most(machine, threads)}B"})


def overflow(database: Path) -> Path:
    """The engine's own folder beside the database; it makes it when it is needed, and takes it away."""
    return database.with_name(f"{database.name}.tmp")


def clear(database: Path) -> None:
    """Remove what a killed process left there, cells of the ledger; only while nobody has it open."""
    folder = overflow(database)
    if folder.exists():
        shutil.rmtree(folder)
