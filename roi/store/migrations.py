"""Forward-only migrations, each in one transaction together with the record that it ran."""

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256

import duckdb

from roi.errors import NewerSchemaError
from roi.store import marts, statements
from roi.store.transactions import transaction

_CREATE = """
create table if not exists schema_version (
    version integer primary key,
    name varchar not null,
    sha256 varchar not null,
    recorded_at timestamp not null
)
"""
_VERSION = "select coalesce(max(version), 0) from schema_version"


def schema_version(cursor: duckdb.DuckDBPyConnection) -> int:
    """The number of the last migration that ran; 0 for a new database.

    The table is asked for, not looked for: to list its tables the engine first makes all that it can list.
    """
    try:
        return int(cursor.execute(_VERSION).fetchall()[0][0])
    except duckdb.CatalogException:
        return 0


def migrate(
    cursor: duckdb.DuckDBPyConnection,
    before: Callable[[duckdb.DuckDBPyConnection], None],
) -> None:
    """Run what is pending; a database that holds data is backed up by `before` first.

    Raises:
        NewerSchemaError: the database knows migrations that this program does not.
    """
    current, latest = schema_version(cursor), statements.migrations()[-1][0]
    if current > latest:
        message = (
            f"This data was written by a newer version of Engineering ROI (schema {current}, "
            f"this program knows {latest}). Update the program."
        )
        raise NewerSchemaError(message)
    if 0 < current < latest:
        before(cursor)
    for number, name, text in statements.migrations():
        if number > current:
            _run(cursor, number, name, text, is_last=number == latest)


def _run(cursor: duckdb.DuckDBPyConnection, number: int, name: str, text: str, *, is_last: bool) -> None:
    """One migration in one transaction; the last also fills the marts, whose shape it may have changed."""
    with transaction(cursor):
        cursor.execute(_CREATE)
        cursor.execute(text)
        if is_last:
            marts.refresh(cursor, marts.all_months(cursor))
        digest = sha256(text.encode()).hexdigest()
        record = "insert into schema_version values (?, ?, ?, ?)"
        cursor.execute(record, [number, name, digest, datetime.now(UTC).replace(tzinfo=None)])
