"""How work is appraised: the discount rate, the horizon, and how long a benefit lasts."""

from collections.abc import Iterator

from roi.actors import Action, Actor
from roi.commands import recording
from roi.commands.recording import Work
from roi.commands.requests import Receipt
from roi.commands.structure import refuse
from roi.domain.money import SHARE_WHOLE
from roi.errors import Issue, blocker
from roi.store.changes import NewChange, Put, Row
from roi.store.database import Store

SAVE_APPRAISAL = "set how work is appraised"
"""The kind of change that this module makes."""

_SAFE = "Nothing was changed."
_LONGEST_MONTHS = 600


def save_appraisal(  # noqa: PLR0913, PLR0917 - three settings and what they are based on
    store: Store,
    actor: Actor,
    discount_rate: int,
    horizon_months: int,
    half_life_months: int,
    based_on: int | None = None,
) -> Receipt:
    """Set the effective yearly discount rate in parts per million, the horizon and the half-life in months.

    Raises:
        RefusedError: a rate outside 0 to 100 %, or months outside 1 to 600; every issue is carried.
        ConflictError: somebody changed one of them since they were opened (`based_on`).
    """
    actor.require(Action.EDIT_COST_RULES)
    said = {
        "discount_rate": discount_rate,
        "horizon_months": horizon_months,
        "half_life_months": half_life_months,
    }
    refuse(tuple(_issues(said)))
    rows: tuple[Row, ...] = tuple({"name": name, "value": str(value)} for name, value in said.items())
    puts = (Put("setting", rows, based_on),)
    return recording.record(store, NewChange(actor, SAVE_APPRAISAL, detail=said), lambda _: Work(puts))


def _issues(said: dict[str, int]) -> Iterator[Issue]:
    if not 0 <= said["discount_rate"] <= SHARE_WHOLE:
        sent = f"{said['discount_rate'] / 10_000:g} %"
        message = f"The discount rate is between 0 and 100 % a year. {_SAFE}"
        yield blocker("discount_rate", message, column="discount_rate", sent=sent)
    for name in ("horizon_months", "half_life_months"):
        if not 1 <= said[name] <= _LONGEST_MONTHS:
            message = f"The {name.replace('_', ' ')} are from 1 to {_LONGEST_MONTHS}. {_SAFE}"
            yield blocker(name, message, column=name, sent=str(said[name]))
