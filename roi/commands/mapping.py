"""Which team carries a cost area, and what the books show: changes of finance, each undone like any other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from roi.actors import Action, Actor
from roi.commands import recording
from roi.commands.requests import Receipt
from roi.domain.money import MINOR_DIGITS, to_minor
from roi.domain.names import tidy
from roi.domain.periods import Span
from roi.errors import Issue, RefusedError, blocker
from roi.store import read
from roi.store.changes import End, NewChange, Put
from roi.store.database import Store

AREA_FIELD = "cost_centre"
_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class AreaTarget:
    """Where a cost area of a source goes; an empty kind takes it back to suspense."""

    area: str
    kind: Literal["team", "cost_centre", "pool", ""]
    value: str


def map_areas(  # noqa: PLR0913 - two of them are reasons
    store: Store,
    actor: Actor,
    source: str,
    targets: Sequence[AreaTarget],
    reason: str = "",
    *,
    restatement: str = "",
) -> Receipt:
    """Say where cost areas of a source go, all in one change.

    Raises:
        RefusedError: an area is not in the source's lines, or a team is not known; every issue is carried.
    """
    actor.require(Action.MAP_COSTS)
    with store.snapshot() as cursor:
        known = {read.text(row["area"]) for row in read.rows(cursor, "areas_of_source", {"source": source})}
        teams = {team.key for team in read.teams(cursor)}
    _refuse(tuple(_target_issues(source, targets, known, teams)))
    puts = [_put(source, target) for target in targets if target.kind]
    ended = tuple((source, AREA_FIELD, target.area) for target in targets if not target.kind)
    new = NewChange(
        actor,
        "map cost areas",
        reason=reason.strip(),
        detail=_detail(source, targets),
        restatement=restatement.strip(),
    )
    return recording.record(store, new, puts, (End("value_mapping", ended),) if ended else ())


def _put(source: str, target: AreaTarget) -> Put:
    row = {
        "source": source,
        "field": AREA_FIELD,
        "sent": target.area,
        "kind": target.kind,
        "value": tidy(target.value),
    }
    return Put("value_mapping", (row,))


def _detail(source: str, targets: Sequence[AreaTarget]) -> dict[str, object]:
    return {"source": source, "areas": len(targets)}


def _target_issues(
    source: str, targets: Sequence[AreaTarget], known: set[str], teams: set[str]
) -> Iterator[Issue]:
    if not targets:
        yield blocker(
            "nothing", "No cost area was chosen. Nothing was changed.", fix="Choose at least one area."
        )
    for target in targets:
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


def set_cost_centre(store: Store, actor: Actor, cost_centre: str, team: str) -> Receipt:
    """Say which team carries a cost centre of the company; an empty team is not decided yet.

    Raises:
        RefusedError: the cost centre has no name, or the team is not known.
    """
    actor.require(Action.MAP_COSTS)
    with store.snapshot() as cursor:
        teams = {found.key for found in read.teams(cursor)}
    issues = []
    if not cost_centre.strip():
        issues.append(
            blocker("no_value", "The cost centre has no name. Nothing was changed.", fix="Name it.")
        )
    if team and team not in teams:
        message = f"There is no team with the key “{team}”. Nothing was changed."
        issues.append(blocker("unknown_team", message, column="team", sent=team, fix="Add the team first."))
    _refuse(tuple(issues))
    row = {"cost_centre": tidy(cost_centre), "team": team}
    return recording.record(store, NewChange(actor, "set a cost centre"), [Put("cost_centre", (row,))])


def state_control_total(  # noqa: PLR0913, PLR0917 - a control total is these seven things
    store: Store,
    actor: Actor,
    source: str,
    scenario: str,
    span: Span,
    amount: Decimal,
    currency: str,
    reason: str = "",
) -> Receipt:
    """State what the books show for a source's posting months, in major units.

    `reason` says why the ledger may differ from it (unreconciled).

    Raises:
        RefusedError: currency or decimals cannot be; the issue says which.
    """
    actor.require(Action.IMPORT_COSTS)
    _refuse(tuple(_control_issues(source, amount, currency)))
    row = {
        "source": source,
        "scenario": scenario,
        "currency": currency,
        "first_month": span.first,
        "last_month": span.last,
        "amount_minor": to_minor(amount, currency),
        "reason": reason.strip(),
    }
    new = NewChange(actor, "state a control total", reason=reason.strip(), detail={"source": source})
    return recording.record(store, new, [Put("control_total", (row,))])


def _control_issues(source: str, amount: Decimal, currency: str) -> Iterator[Issue]:
    if not source.strip():
        yield blocker("no_source", "The control total names no source.", fix="Name the source of the lines.")
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


def _refuse(issues: tuple[Issue, ...]) -> None:
    if issues:
        raise RefusedError(issues[0].message, issues)
