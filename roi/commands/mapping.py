"""Which team carries a cost area, and what the books show: changes of finance, each undone like any other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from roi.actors import Action, Actor
from roi.commands.changing import recording
from roi.commands.changing.recording import Work, refuse
from roi.commands.changing.requests import Receipt
from roi.domain.money import MINOR_DIGITS, to_minor
from roi.domain.names import tidy
from roi.domain.periods import Span, is_month
from roi.errors import Issue, blocker
from roi.store import read
from roi.store.changes import End, NewChange, Put, Row
from roi.store.database import Store
from roi.store.read import Cursor

MAP_AREAS, SET_CENTRE, STATE_CONTROL = "map cost areas", "set a cost centre", "state a control total"
"""The kinds of change that this module makes."""

SCENARIOS = ("actual", "plan", "outlook")
AREA_FIELD = "cost_centre"
_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class StatedTotal:
    """What the books show for a source's posting months, in major units.

    `reason` says why the ledger may differ from it (unreconciled).
    """

    source: str
    scenario: str
    span: Span
    amount: Decimal
    currency: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AreaTarget:
    """Where a cost area of a source goes; an empty kind takes it back to suspense."""

    area: str
    kind: Literal["team", "cost_centre", "pool", ""]
    value: str


def map_areas(  # noqa: PLR0913, PLR0917 - two of them are reasons
    store: Store,
    actor: Actor,
    source: str,
    targets: Sequence[AreaTarget],
    reason: str = "",
    based_on: int | None = None,
    *,
    restatement: str = "",
) -> Receipt:
    """Say where cost areas of a source go, all in one change.

    Raises:
        RefusedError: an area is not in the source's lines, or a team is not known; every issue is carried.
        ConflictError: somebody sent one of them elsewhere after it was looked at (`based_on`).
    """
    actor.require(Action.MAP_COSTS)

    def decide(cursor: Cursor) -> Work:
        known = {read.text(row["area"]) for row in read.rows(cursor, "areas_of_source", {"source": source})}
        mappings = read.table(cursor, "value_mapping")
        mapped = {read.text(row["sent"]) for row in mappings if row["source"] == source}
        teams = {team.key for team in read.teams(cursor)}
        refuse(tuple(_target_issues(source, targets, known | mapped, teams)))
        rows = tuple(_row(source, target) for target in targets if target.kind)
        ended = tuple((source, AREA_FIELD, target.area) for target in targets if not target.kind)
        return Work((Put("value_mapping", rows, based_on),), (End("value_mapping", ended, based_on),))

    detail = {"source": source, "areas": len(targets)}
    change = NewChange(
        actor, MAP_AREAS, reason=reason.strip(), detail=detail, restatement=restatement.strip()
    )
    return recording.record(store, change, decide)


def _row(source: str, target: AreaTarget) -> Row:
    return {
        "source": source,
        "field": AREA_FIELD,
        "sent": target.area,
        "kind": target.kind,
        "value": tidy(target.value),
    }


def _target_issues(
    source: str, targets: Sequence[AreaTarget], known: set[str], teams: set[str]
) -> Iterator[Issue]:
    if not targets:
        yield blocker(
            "nothing", "No cost area was chosen. Nothing was changed.", fix="Choose at least one area."
        )
    seen: set[str] = set()
    for target in targets:
        if target.area in seen:
            message = f"The cost area “{target.area}” was sent to two places. Nothing was changed."
            yield blocker("twice", message, column="cost_centre", sent=target.area, fix="Send it to one.")
        seen.add(target.area)
        if target.area not in known:
            yield blocker(
                "unknown_area",
                f"{source} has no lines of the cost area “{target.area}”. Nothing was changed.",
                column="cost_centre",
                sent=target.area,
                expected="a cost area of this source",
                fix="Write it as the file has it.",
            )
        if target.kind == "team" and target.value not in teams:
            yield blocker(
                "unknown_team",
                f"There is no team with the key “{target.value}”. Nothing was changed.",
                column="team",
                sent=target.value,
                expected="the key of a team",
                fix="Add the team first, or choose another one.",
            )
        if target.kind in {"cost_centre", "pool"} and not target.value.strip():
            yield blocker(
                "no_value",
                f"“{target.area}” has no {target.kind.replace('_', ' ')} to go to. Nothing was changed.",
                fix="Name it.",
            )


def set_cost_centre(  # noqa: PLR0913 - one says on which version it was looked at
    store: Store,
    actor: Actor,
    cost_centre: str,
    team: str,
    based_on: int | None = None,
    *,
    restatement: str = "",
) -> Receipt:
    """Say which team carries a cost centre of the company; an empty team is not decided yet.

    Raises:
        RefusedError: the cost centre has no name, or the team is not known.
        ConflictError: somebody gave it to another team after it was looked at (`based_on`).
    """
    actor.require(Action.MAP_COSTS)

    def decide(cursor: Cursor) -> Work:
        teams = {found.key for found in read.teams(cursor)}
        refuse(tuple(_centre_issues(cost_centre, team, teams)))
        row = {"cost_centre": tidy(cost_centre), "team": team}
        return Work((Put("cost_centre", (row,), based_on),))

    new = NewChange(actor, SET_CENTRE, restatement=restatement.strip())
    return recording.record(store, new, decide)


def _centre_issues(cost_centre: str, team: str, teams: set[str]) -> Iterator[Issue]:
    if not cost_centre.strip():
        yield blocker("no_value", "The cost centre has no name. Nothing was changed.", fix="Name it.")
    if team and team not in teams:
        message = f"There is no team with the key “{team}”. Nothing was changed."
        yield blocker("unknown_team", message, column="team", sent=team, fix="Add the team first.")


def state_control_total(
    store: Store, actor: Actor, stated: StatedTotal, based_on: int | None = None
) -> Receipt:
    """State what the books show for a source's posting months.

    Raises:
        RefusedError: currency or decimals cannot be; the issue says which.
        ConflictError: somebody stated the same total after it was looked at (`based_on`).
    """
    actor.require(Action.IMPORT_COSTS)
    refuse(tuple(_control_issues(stated)))
    reason = stated.reason.strip()
    row = {
        "source": stated.source.strip(),
        "scenario": stated.scenario,
        "currency": stated.currency,
        "first_month": stated.span.first,
        "last_month": stated.span.last,
        "amount_minor": to_minor(stated.amount, stated.currency),
        "reason": reason,
    }
    new = NewChange(actor, STATE_CONTROL, reason=reason, detail={"source": stated.source})
    return recording.record(store, new, lambda _: Work((Put("control_total", (row,), based_on),)))


def _control_issues(stated: StatedTotal) -> Iterator[Issue]:
    scenario, span, amount, currency = stated.scenario, stated.span, stated.amount, stated.currency
    if not stated.source.strip():
        yield blocker("no_source", "The control total names no source.", fix="Name the source of the lines.")
    if scenario not in SCENARIOS:
        message = f"“{scenario}” is no scenario. Nothing was changed."
        yield blocker("scenario", message, column="scenario", sent=scenario, expected=", ".join(SCENARIOS))
    if not (is_month(span.first) and is_month(span.last) and span.first <= span.last):
        message = f"{span.first} to {span.last} is no run of months. Nothing was changed."
        yield blocker("months", message, column="month", sent=f"{span.first}..{span.last}")
    if currency not in MINOR_DIGITS:
        message = f"“{currency}” is no currency code we know. Nothing was changed."
        yield blocker(
            "currency", message, column="currency", sent=currency, expected="an ISO code such as USD"
        )
        return
    scaled = amount.scaleb(MINOR_DIGITS[currency]) if amount.is_finite() else None
    if scaled is None or scaled != scaled.to_integral_value() or abs(scaled) > _LARGEST:
        yield blocker(
            "amount",
            f"{amount} cannot be an amount in {currency}. Nothing was changed.",
            column="amount",
            sent=str(amount),
            expected=f"a number with at most {MINOR_DIGITS[currency]} decimals",
        )
