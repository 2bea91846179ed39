"""The SQL of the store: short statements by name, and the files of `queries`, `marts` and `schema`.

What is asked again and again is handed to the engine as a statement that it has read already: of a question
about few rows, reading its text is a fifth of the work.
"""

import re
from functools import cache, lru_cache
from pathlib import Path

import duckdb

Sql = duckdb.Statement | str
"""What can be handed to a cursor."""

_HERE = Path(__file__).parent

HARDEN = (
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    "set allow_community_extensions = false",
    "set python_enable_replacements = false",
    "set enable_progress_bar = false",
    "set enable_external_access = false",
    "set lock_configuration = true",
)

VERSION = "select coalesce(max(change_id), 0) from change"
NEWEST = "select max(change_id), arg_max(sha256, change_id) from change"
LATEST = "select change_id, sha256, recorded_at from change order by change_id desc limit 1"


_PART = re.compile(r"^ *-- only with: (.+)\n((?:.*\n)*?) *-- always\n", re.MULTILINE)
"""A part of a statement that answers from certain tables alone."""


@cache
def reader() -> duckdb.DuckDBPyConnection:
    """A connection to nothing, hardened like all others, that texts are read with."""
    connection = duckdb.connect(":memory:", config={"threads": "1"})
    for statement in HARDEN:
        connection.execute(statement)
    return connection


@lru_cache(maxsize=1024)
def parsed(text: str) -> Sql:
    """The statement of a text, read once for all connections; several in one text stay a text."""
    found = reader().extract_statements(text)
    return found[0] if len(found) == 1 else text


@cache
def text(folder: str, name: str) -> str:
    """The text of `<folder>/<name>.sql`."""
    return (_HERE / folder / f"{name}.sql").read_text(encoding="utf-8")


def query(name: str) -> Sql:
    """The statement of `queries/<name>.sql`."""
    return parsed(text("queries", name))


def staging(name: str) -> Sql:
    """The statement of `staging/<name>.sql`."""
    return parsed(text("staging", name))


@cache
def marts(held: frozenset[str]) -> tuple[tuple[str, Sql], ...]:
    """What fills the marts for the touched months, in order: name and statement.

    What is marked `only with` some tables is left out where none of them is `held`, that is, has rows: it
    would find nothing, and to plan it takes as long as all the rest.
    """

    def part(found: re.Match[str]) -> str:
        return found[2] if held & set(found[1].split(", ")) else ""

    files = sorted((_HERE / "marts").glob("[0-9]*.sql"))
    texts = {file.stem[3:]: _PART.sub(part, file.read_text(encoding="utf-8")) for file in files}
    return tuple((name, parsed(its)) for name, its in texts.items() if "insert into" in its)


def mart_macros() -> str:
    """What the statements of the marts reckon with; to be run on a cursor before them."""
    return text("marts", "macros")


@cache
def migrations() -> tuple[tuple[int, str, str], ...]:
    """The migrations in their order: number, name, text."""
    files = sorted((_HERE / "schema").glob("[0-9]*.sql"))
    return tuple((int(file.stem[:4]), file.stem, file.read_text(encoding="utf-8")) for file in files)
