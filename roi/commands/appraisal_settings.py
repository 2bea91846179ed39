"""How work is appraised: discount rate, horizon, how long a benefit lasts, what running a feature costs."""

from collections.abc import Iterator

from roi.actors import Action, Actor
from roi.commands.changing import recording
from roi.commands.changing.recording import Work, refuse
from roi.commands.changing.requests import Receipt
from roi.domain.money import SHARE_WHOLE
from roi.errors import INTACT, Issue, blocker
from roi.store.changes import NewChange, Put, Row
from roi.store.database import Store

SAVE_APPRAISAL = "set how work is appraised"
"""The kind of change that this module makes."""

_LONGEST_MONTHS = 600


def save_appraisal(  # noqa: PLR0913, PLR0917 - four settings and what they are based on
    store: Store,
    actor: Actor,
    discount_rate: int,
    horizon_months: int,
    half_life_months: int,
    based_on: int | None = None,
    run_cost_share: int | None = None,
) -> Receipt:
    """Set the effective yearly discount rate in parts per million, the horizon and the half-life in months.

    `run_cost_share` is what running a feature costs a year where its plan does not say (rule V4): a share of
    its build cost in parts per million; None leaves it as it is.

    Raises:
        RefusedError: a rate or share outside 0 to 100 %, or months outside 1 to 600; every issue is carried.
        ConflictError: somebody changed one of them since they were opened (`based_on`).
    """
    actor.require(Action.EDIT_COST_RULES)
    said = {
        "discount_rate": discount_rate,
        "horizon_months": horizon_months,
        "half_life_months": half_life_months,
    }
    if run_cost_share is not None:
        said["run_cost_share"] = run_cost_share
    refuse(tuple(_issues(said)))
    rows: tuple[Row, ...] = tuple({"name": name, "value": str(value)} for name, value in said.items())
    puts = (Put("setting", rows, based_on),)
    return recording.record(store, NewChange(actor, SAVE_APPRAISAL, detail=said), lambda _: Work(puts))


def _issues(said: dict[str, int]) -> Iterator[Issue]:
    for name in ("discount_rate", "run_cost_share"):
        share = said.get(name, 0)
        if not 0 <= share <= SHARE_WHOLE:
            message = f"The {name.replace('_', ' ')} is between 0 and 100 % a year. {INTACT}"
            yield blocker(name, message, column=name, sent=f"{share / 10_000:g} %")
    for name in ("horizon_months", "half_life_months"):
        if not 1 <= said[name] <= _LONGEST_MONTHS:
            message = f"The {name.replace('_', ' ')} are from 1 to {_LONGEST_MONTHS}. {INTACT}"
            yield blocker(name, message, column=name, sent=str(said[name]))
