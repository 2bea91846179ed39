"""The SQL of the store: short statements by name, and the files of `queries`, `marts` and `schema`."""

from functools import cache
from pathlib import Path

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
LATEST = "select change_id, sha256, recorded_at from change order by change_id desc limit 1"


@cache
def query(name: str) -> str:
    """The text of `queries/<name>.sql`."""
    return (_HERE / "queries" / f"{name}.sql").read_text(encoding="utf-8")


@cache
def staging(name: str) -> str:
    """The text of `staging/<name>.sql`."""
    return (_HERE / "staging" / f"{name}.sql").read_text(encoding="utf-8")


@cache
def marts() -> tuple[tuple[str, str], ...]:
    """The marts in their order: table name and the statement that fills it for the touched months."""
    files = sorted((_HERE / "marts").glob("[0-9]*.sql"))
    return tuple((f"mart_{file.stem[3:]}", file.read_text(encoding="utf-8")) for file in files)


@cache
def mart_macros() -> str:
    """What the statements of the marts reckon with; to be run on a cursor before them."""
    return (_HERE / "marts" / "macros.sql").read_text(encoding="utf-8")


@cache
def migrations() -> tuple[tuple[int, str, str], ...]:
    """The migrations in their order: number, name, text."""
    files = sorted((_HERE / "schema").glob("[0-9]*.sql"))
    return tuple((int(file.stem[:4]), file.stem, file.read_text(encoding="utf-8")) for file in files)
