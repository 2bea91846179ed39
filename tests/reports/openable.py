"""Everything that a role can open: every report under every filter, as plain values to look through."""

import csv
import io
import re
from collections.abc import Iterator, Sequence, Set
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal

from roi.actors import Actor
from roi.domain.figures import REGISTRY
from roi.errors import NotAllowedError, UnknownKeyError
from roi.reports import (
    calendar,
    data,
    epic,
    export,
    initiative,
    initiatives,
    methods,
    outcomes,
    portfolio,
    product,
    shell,
    start,
    team,
    teams,
    trace,
)
from roi.reports import ledger as ledger_report
from roi.reports.shapes import LedgerFilter, Scope
from roi.store.database import Store


def _inside(found: object) -> list[object]:
    if is_dataclass(found):
        return [getattr(found, field.name) for field in fields(found)]
    if isinstance(found, dict):
        return [*found, *found.values()]
    is_several = isinstance(found, Sequence | Set) and not isinstance(found, str | bytes)
    return list(found) if is_several else []


def whole_numbers(found: object) -> Iterator[int]:
    """Every whole number in a report, however deep."""
    if isinstance(found, int) and not isinstance(found, bool):
        yield found
    for one in _inside(found):
        yield from whole_numbers(one)


def texts(found: object) -> Iterator[str]:
    """Every text in a report, however deep."""
    if isinstance(found, str):
        yield found
    for one in _inside(found):
        yield from texts(one)


def _rows(content: bytes) -> list[list[object]]:
    """A CSV file with its amounts as whole numbers of minor units."""
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    return [[_minor(cell) if re.fullmatch(r"-?\d+\.\d+", cell) else cell for cell in row] for row in rows]


def _minor(text: str) -> int:
    return int(Decimal(text).scaleb(2))


def reports(
    store: Store, actor: Actor, scope: Scope, today: date, step: int = 1
) -> Iterator[tuple[str, object]]:
    """What the actor can open under one filter; with a step only some of the teams."""
    yield "portfolio", portfolio.build(store, actor, scope, today)
    found = teams.build(store, actor, scope, today)
    yield "teams", found
    work = outcomes.build(store, actor, scope, today)
    yield "outcomes", work
    boards = initiatives.build(store, actor, scope, today)
    yield "initiatives", boards
    for board in boards.rows[::step]:
        key = board.initiative.key
        yield f"initiative {key}", initiative.build(store, actor, scope, key, today)
    yield "calendar", calendar.build(store, actor, scope, today)
    for row in work.epics[:: step * 3]:
        yield f"epic {row.epic.key}", epic.build(store, actor, scope, row.epic.key, today)
    yield "methods", methods.build(store, actor, scope)
    yield "export", _rows(export.team_cost_csv(store, actor, scope).content)
    for one in sorted({row.key for row in found.teams})[::step]:
        yield f"team {one}", team.build(store, actor, scope, one, today)


def of_company(store: Store, actor: Actor, scope: Scope) -> Iterator[tuple[str, object]]:
    """What does not depend on months."""
    offered = shell.build(store, actor, scope)
    yield "shell", offered
    for name in offered.roll_ups.get(("value_stream", "then"), ()):
        yield f"product {name}", product.build(store, actor, scope, name, store.today)
    yield "start", start.build(store, actor)
    yield "data", data.build(store, actor, scope)
    with suppress(NotAllowedError):
        yield "ledger", ledger_report.build(store, actor, LedgerFilter())
    with suppress(NotAllowedError):
        yield "ledger export", _rows(export.ledger_csv(store, actor, LedgerFilter()).content)


def traces(store: Store, actor: Actor, scope: Scope, keys: list[str | None]) -> Iterator[tuple[str, object]]:
    """The way back from every figure, of each team and of all."""
    for figure_id in REGISTRY:
        for key in keys:
            with suppress(UnknownKeyError):
                yield f"{figure_id} {key}", trace.build(store, actor, scope, figure_id, key)


_OF_THE_FILE = {"sha256", "at"}
"""Two companies with other pay have other files, imported at other moments."""


def differences(first: object, second: object, path: str = "") -> Iterator[tuple[str, object, object]]:
    """Where two reports differ; whole numbers that differ by less than one unit of currency are rounding.

    Cents of a converted sum go to the parts with the largest remainders, whoever they belong to.
    """
    if isinstance(first, int) and isinstance(second, int) and not isinstance(first, bool):
        if abs(first - second) >= 100:
            yield path, first, second
        return
    inside, other = _inside(first), _inside(second)
    if type(first) is not type(second) or len(inside) != len(other):
        yield path, first, second
    elif not inside:
        if first != second:
            yield path, first, second
    else:
        names = [field.name for field in fields(first)] if is_dataclass(first) else range(len(inside))
        for name, one, two in zip(names, inside, other, strict=True):
            if name in _OF_THE_FILE:
                continue
            yield from differences(one, two, f"{path}.{name}")
