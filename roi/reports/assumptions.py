"""What do appraisals assume: discount rate, horizon, half-life, run cost; and did the company say them?"""

from dataclasses import dataclass

from roi.actors import Actor
from roi.domain import appraisal, persistence
from roi.reports.appraisal.appraised import DEFAULT_RATE, RATE
from roi.reports.ground import basis
from roi.reports.shapes import Scope
from roi.reports.value.agreed import HALF_LIFE, HORIZON, RUN_COST
from roi.store import read
from roi.store.database import Store


@dataclass(frozen=True, slots=True)
class Assumptions:
    """The rate and the run cost a year in parts per million, and months.

    `said` names the settings that the company set.
    """

    version: int
    discount_rate: int
    horizon_months: int
    half_life_months: int
    said: frozenset[str]
    run_cost_share: int = appraisal.RUN_COST_SHARE


def build(store: Store, actor: Actor, scope: Scope) -> Assumptions:
    """The assumptions as every appraisal reads them.

    Raises:
        NotAllowedError: the actor may not read figures.
    """
    with basis.opened(store, actor, scope) as base:
        settings = read.settings(base.cursor)
        return Assumptions(
            base.version,
            int(settings.get(RATE) or DEFAULT_RATE),
            int(settings.get(HORIZON) or persistence.HORIZON_MONTHS),
            int(settings.get(HALF_LIFE) or persistence.HALF_LIFE_MONTHS),
            frozenset(name for name in (RATE, HORIZON, HALF_LIFE, RUN_COST) if settings.get(name)),
            int(settings.get(RUN_COST) or appraisal.RUN_COST_SHARE),
        )
