"""Lists by template: read one with all its problems, say what it would change, bring it in as one change."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from roi.actors import Action, Actor
from roi.commands.changing import recording
from roi.commands.changing.held import Held
from roi.commands.changing.recording import Work, refuse
from roi.commands.changing.requests import Receipt
from roi.commands.checks import frozen
from roi.commands.rows import cost_kinds, list_kinds, value_kinds
from roi.commands.rows.list_kinds import Kind
from roi.errors import Issue, UnchangedError, UnknownKeyError, warning
from roi.ingest import lists as sent_list
from roi.ingest.contracts import COST_FIELDS
from roi.ingest.lists import ListRow
from roi.store import read
from roi.store.changes import NewChange, Put, Row
from roi.store.database import Store
from roi.store.read import Cursor
from roi.store.tables import TABLES

_NAMED = 3
KIND = "import"
"""The kind of change is this and the kind of list: `import teams`."""


KINDS: Mapping[str, Kind] = {**list_kinds.BASIC, **cost_kinds.COST_KINDS, **value_kinds.VALUE_KINDS}
"""Every kind of list by name."""


@dataclass(frozen=True, slots=True)
class ListPreview:
    """What bringing a list in would do, and everything that stands in its way."""

    kind: str
    new: int
    changed: int
    unchanged: int
    issues: tuple[Issue, ...]

    @property
    def may_be_restated(self) -> bool:
        """Whether only what is frozen since work started stands in its way: finance may restate it (D11)."""
        stopping = [issue.code for issue in self.issues if issue.is_blocker]
        return bool(stopping) and set(stopping) == {frozen.CODE}


@dataclass(frozen=True, slots=True)
class _Read:
    rows: tuple[Row, ...]
    issues: tuple[Issue, ...]
    counts: tuple[int, int, int]
    beside: Work


def template(kind: str) -> str:
    """The header line of the template of a kind of list, `costs` included.

    Raises:
        UnknownKeyError: there is no such kind.
    """
    if kind == "costs":
        return ",".join(field.name for field in COST_FIELDS) + "\n"
    return _kind(kind).contract.template


def read_list(  # noqa: PLR0913 - the file is three of them
    store: Store, actor: Actor, kind: str, content: bytes, name: str, *, restatement: str = ""
) -> ListPreview:
    """What is in the list, beside what is stored. Stores nothing.

    Raises:
        UnknownKeyError: there is no such kind of list.
    """
    its = _kind(kind)
    actor.require(its.action)
    with store.snapshot() as cursor:
        found = _examine(store, cursor, its, (content, name), is_restated=bool(restatement.strip()))
    return ListPreview(kind, *found.counts, found.issues)


def import_list(  # noqa: PLR0913 - the file is three of them
    store: Store, actor: Actor, kind: str, content: bytes, name: str, *, restatement: str = ""
) -> Receipt:
    """Bring the list in, all or nothing, as one change; a list that changes nothing records none.

    Raises:
        RefusedError: something stands in its way; the error carries every issue.
        UnchangedError: everything in the list is stored already.
        UnknownKeyError: there is no such kind of list.
    """
    its = _kind(kind)
    actor.require(its.action)

    def decide(cursor: Cursor) -> Work:
        found = _examine(store, cursor, its, (content, name), is_restated=bool(told))
        refuse(found.issues)
        new, changed, unchanged = found.counts
        if new + changed == 0:
            message = f"All {unchanged} rows of {name} are stored already, just as they are."
            raise UnchangedError(message)
        own = (Put(its.table, found.rows),) if found.rows else ()
        notes = tuple(issue.message for issue in found.issues if issue.code == frozen.RESTATED)
        return Work((*own, *found.beside.puts), found.beside.ends, notes=notes)

    is_value = its.action in {Action.RECORD_OUTCOME, Action.CONFIRM_VALUE, Action.SETTLE_OBLIGATION}
    told = recording.named(actor, restatement) if is_value else restatement.strip()
    detail = {"list": kind, "file_sha256": sha256(content).hexdigest()}
    change = NewChange(actor, f"{KIND} {kind}", source_name=name, detail=detail, restatement=told)
    return recording.record(store, change, decide)


def _kind(kind: str) -> Kind:
    found = KINDS.get(kind)
    if found is None:
        message = f"There is no kind of list “{kind}”. There are: {', '.join(KINDS)}."
        raise UnknownKeyError(message)
    return found


def _examine(store: Store, cursor: Cursor, its: Kind, file: tuple[bytes, str], *, is_restated: bool) -> _Read:
    sent, issues = sent_list.read(*file, its.contract)
    known = replace(_known(store, cursor, _areas(cursor, its, sent)), is_restated=is_restated)
    bad = {issue.line for issue in issues if issue.is_blocker}
    clean = [row for row in sent if row.line not in bad]
    rows, more = its.build(clean, known)
    is_blocked = bool(bad) or any(issue.is_blocker for issue in more)
    beside = Work() if is_blocked else its.beside(clean, known)
    told = (*issues, *more, *_ended_ticks(its, beside, known.held))
    counts = _counts(cursor, its.table, rows, beside)
    for put in beside.puts:
        if put.table == its.also:
            new, changed, unchanged = _counts(cursor, put.table, put.rows, Work())
            counts = (counts[0] + new, counts[1] + changed, counts[2] + unchanged)
    return _Read(tuple(rows), told, counts, beside)


def _ended_ticks(its: Kind, beside: Work, held: Held) -> Iterator[Issue]:
    """Ticks that the list would end, said as the forms say it (V10); a new reading always needs its own."""
    ended = [key for end in beside.ends if end.table == "confirmation" for key in end.keys]
    if not ended or its.table == "reading":
        return
    metrics = [held.outcome(str(key)).metric for key in dict.fromkeys(key[0] for key in ended)]
    named = ", ".join(metrics[:_NAMED]) + (", …" if len(metrics) > _NAMED else "")
    ticks = f"{len(ended)} tick{'s' if len(ended) > 1 else ''}"
    message = (
        f"This ends {ticks} of finance: {named}. What was read counts nothing until finance ticks it anew."
    )
    yield warning("ends_ticks", message, fix="Leave these rows as they are stored, or ask finance first.")


def _known(store: Store, cursor: Cursor, areas: frozenset[tuple[str, str]]) -> list_kinds.Known:
    return list_kinds.Known(
        Held(cursor),
        areas=areas,
        secret_path=store.path,
        assignments=tuple(read.table(cursor, "assignment")),
        usage=tuple(read.table(cursor, "platform_usage")),
        drivers=tuple(read.table(cursor, "pool_driver")),
        pools={read.text(row["pool"]): read.text(row["driver"]) for row in read.table(cursor, "cost_pool")},
        plans=tuple(read.text(row["plan_version"]) for row in read.table(cursor, "plan_version")),
        natures=read.natures(cursor),
    )


def _areas(cursor: Cursor, its: Kind, sent: Sequence[ListRow]) -> frozenset[tuple[str, str]]:
    """The cost areas that the sources of a list of areas have."""
    sources = sorted({row.text("source") for row in sent}) if its.table == "value_mapping" else []
    return frozenset(
        (source, read.text(found["area"]))
        for source in sources
        for found in read.rows(cursor, "areas_of_source", {"source": source})
    )


def _key(table: str, row: Mapping[str, object]) -> tuple[object, ...]:
    return tuple(row[name] for name in TABLES[table].keys)


def _counts(cursor: Cursor, table: str, rows: Sequence[Row], beside: Work) -> tuple[int, int, int]:
    """New, changed and unchanged rows; one is changed too when only what stands beside it changes."""
    held = {_key(table, row): row for row in read.table(cursor, table)}
    moved = _moved_beside(cursor, beside)
    new = changed = unchanged = 0
    for row in rows:
        there = held.get(_key(table, row))
        if there is None:
            new += 1
        elif any(there[name] != row[name] for name in TABLES[table].columns) or row[_first(table)] in moved:
            changed += 1
        else:
            unchanged += 1
    return new, changed, unchanged


def _first(table: str) -> str:
    return TABLES[table].keys[0]


def _moved_beside(cursor: Cursor, beside: Work) -> set[object]:
    """What the rows that change beside a list are about: the first part of their keys."""
    found = {key[0] for end in beside.ends for key in end.keys}
    for put in beside.puts:
        held = {_key(put.table, row): row for row in read.table(cursor, put.table)}
        for row in put.rows:
            there = held.get(_key(put.table, row))
            if there is None or any(there[name] != row[name] for name in TABLES[put.table].columns):
                found.add(row[_first(put.table)])
    return found
