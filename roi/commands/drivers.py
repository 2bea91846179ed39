"""Value drivers with their inputs: what a unit of a measure is worth a month, by a formula (rule V7)."""

from collections import defaultdict
from collections.abc import Sequence

from roi.actors import Action, Actor
from roi.commands.changing import recording, records
from roi.commands.changing.held import Held
from roi.commands.changing.recording import Work, refuse
from roi.commands.changing.requests import Receipt
from roi.commands.checks import driver_checks, frozen, outcome_work, settled
from roi.domain.structure import ValueBasis
from roi.domain.value import DriverInput, ValueDriver
from roi.errors import Issue, UnknownKeyError
from roi.store.changes import End, NewChange
from roi.store.database import Store
from roi.store.read import Cursor

SAVE_DRIVERS, SET_DRIVERS = "save value drivers", "set value drivers"
REMOVE_DRIVER, REMOVE_SET_DRIVER = "remove a value driver", "remove a set value driver"
"""The kinds of change that this module makes: an owner's, assumed, and one of finance; taking one away."""


def save_drivers(  # noqa: PLR0913 - drivers and their inputs are one change
    store: Store,
    actor: Actor,
    drivers: Sequence[ValueDriver],
    inputs: Sequence[DriverInput],
    based_on: int | None = None,
    *,
    unread: Sequence[Issue] = (),
    restatement: str = "",
) -> Receipt:
    """Create drivers with their inputs, or change those whose key exists, in one change.

    Inputs that are given replace those of their driver. Outcomes that use a driver are worth what it says
    now, and the tick of their unit value ends. An owner may save a driver only as assumed; finance books or
    agrees it. `unread` is what a form could not read: it is refused together with all else, so what stands in
    for it is stored nowhere. With a `restatement`, what was wrong, closed months of those outcomes move at
    once; what is ticked anew after it is named one too (see `recording.named`).

    Raises:
        NotAllowedError: the actor may not save these drivers, not with this basis, or may not restate.
        RefusedError: an input is missing, out of order or above its limit, or an outcome would be worth
            more than is real; every issue is carried.
        ClosedMonthError: another basis would move confirmed money into cash or out of it, and it is no
            named restatement, which this person may name.
        UnknownKeyError: an input is of a driver that is not there.
        ConflictError: somebody changed one of them since it was opened (`based_on`).
    """
    if not actor.may(Action.CONFIRM_VALUE):
        actor.require(Action.RECORD_OUTCOME)
    is_finance = actor.may(Action.CONFIRM_VALUE)

    def decide(cursor: Cursor) -> Work:
        held = Held(cursor)
        touched = _touched(held, drivers, inputs)
        _require_basis(held, actor, tuple(touched.values()))
        given = _by_driver(inputs)
        every = {**held.inputs, **given}
        refuse((*unread, *_issues(held, touched, every)))
        moved = driver_checks.moved_outcomes(held, {**held.drivers, **touched}, every, touched)
        found = settled.unless_restated(driver_checks.worth_issues(held, moved), restatement)
        frozen.require(actor, found, settled.CODE)
        work = outcome_work.work(held, moved)
        puts = (records.put("value_driver", drivers, based_on), records.put("driver_input", inputs, based_on))
        ends = tuple(_gone(held, given, based_on))
        return Work((*puts, *work.puts), (*ends, *work.ends))

    kind, told = SET_DRIVERS if is_finance else SAVE_DRIVERS, recording.named(actor, restatement)
    new = NewChange(actor, kind, detail={"drivers": len(drivers)}, restatement=told)
    return recording.record(store, new, decide)


def remove_driver(store: Store, actor: Actor, driver: str, based_on: int | None = None) -> Receipt:
    """Take a driver away with its inputs; undo brings them back. An owner removes only what is assumed.

    Raises:
        NotAllowedError: the actor may not change this driver.
        UnknownKeyError: there is no such driver.
        RefusedError: an outcome is worth what it says; the issue names it.
        ConflictError: somebody changed the driver or an input since it was looked at (`based_on`).
    """
    is_finance = actor.may(Action.CONFIRM_VALUE)
    if not is_finance:
        actor.require(Action.RECORD_OUTCOME)

    def decide(cursor: Cursor) -> Work:
        held = Held(cursor)
        _require_basis(held, actor, (_driver(held, driver),))
        refuse(tuple(driver_checks.use_issues(held, driver)))
        inputs = tuple((driver, one.key) for one in held.inputs.get(driver, ()))
        ends = (End("driver_input", inputs, based_on), End("value_driver", ((driver,),), based_on))
        return Work(ends=ends)

    kind = REMOVE_SET_DRIVER if is_finance else REMOVE_DRIVER
    return recording.record(store, NewChange(actor, kind, detail={"driver": driver}), decide)


def _driver(held: Held, key: str) -> ValueDriver:
    if key not in held.drivers:
        message = f"There is no value driver “{key}”."
        raise UnknownKeyError(message)
    return held.drivers[key]


def _touched(
    held: Held, drivers: Sequence[ValueDriver], inputs: Sequence[DriverInput]
) -> dict[str, ValueDriver]:
    """The drivers of the change as they will stand, those of which only inputs come among them."""
    found = {one.key: one for one in drivers}
    for one in inputs:
        if one.driver not in found:
            found[one.driver] = _driver(held, one.driver)
    return found


def _require_basis(held: Held, actor: Actor, drivers: Sequence[ValueDriver]) -> None:
    """What finance booked or agreed is finance's to change; an owner's word is assumed."""
    before = [held.drivers[one.key] for one in drivers if one.key in held.drivers]
    if any(one.basis is not ValueBasis.ASSUMED for one in (*drivers, *before)):
        actor.require(Action.CONFIRM_VALUE)


def _issues(
    held: Held, drivers: dict[str, ValueDriver], inputs: dict[str, tuple[DriverInput, ...]]
) -> tuple[Issue, ...]:
    made = tuple(drivers.values())
    return (
        *driver_checks.driver_issues(made, {}),
        *driver_checks.formula_issues(made, inputs, {}),
        *driver_checks.currency_issues(held, made, {}),
    )


def _by_driver(inputs: Sequence[DriverInput]) -> dict[str, tuple[DriverInput, ...]]:
    found: dict[str, list[DriverInput]] = defaultdict(list)
    for one in inputs:
        found[one.driver].append(one)
    return {key: tuple(its) for key, its in found.items()}


def _gone(held: Held, given: dict[str, tuple[DriverInput, ...]], based_on: int | None) -> list[End]:
    """The ends of inputs that a driver has no longer."""
    keys = [
        (driver, before.key)
        for driver, its in given.items()
        for before in held.inputs.get(driver, ())
        if before.key not in {one.key for one in its}
    ]
    return [End("driver_input", tuple(keys), based_on)] if keys else []
