"""What stands behind a value: the claim, its pool, its readings, who confirmed them, the driver's inputs."""

from dataclasses import dataclass
from datetime import date

from roi.domain.value import DriverInput, Reading


@dataclass(frozen=True, slots=True)
class LevelTrace:
    """A confirmed reading: the months up to `to_month` count at `per_month`, in the outcome's currency.

    `money` is what the whole movement is worth a month, `share` the part that is due to this work.
    """

    read_on: date
    to_month: int
    money: int
    share: int
    confirmed_by: tuple[str, ...]
    confirmed_on: date | None


@dataclass(frozen=True, slots=True)
class ClaimTrace:
    """An outcome's claim on a pool: claimed − overlap removed − what does not count = counted in the period.

    Amounts are minor units of the report's currency; those of `levels` are of the outcome's own. `grade` says
    by which grades it counts in the period, each the weakest of its chain; where nothing counts, that of its
    latest level. `claims` is how many
    outcomes claim on the pool.
    """

    outcome: str
    metric: str
    epic: str
    epic_name: str
    pool: str
    line: str
    cell: str
    claims: int
    grade: str
    treated: str
    registered_on: date
    counted: int | None
    overlap_removed: int
    why_not: str
    currency: str
    levels: tuple[LevelTrace, ...]
    readings: tuple[Reading, ...]
    driver: str
    formula: str
    inputs: tuple[DriverInput, ...]
