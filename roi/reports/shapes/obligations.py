"""What the reports answer about obligations: date, penalty and cost, and no verdict (rule V15)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from roi.domain.figures import Figure
from roi.domain.obligations import Judgement, Met, Obligation
from roi.domain.structure import Epic


@dataclass(frozen=True, slots=True)
class ObligationRow:
    """An epic that is an obligation: how it stands to its deadline, the penalty, its cost since it started.

    `obligation` is None while nobody has recorded a deadline; `planned_on` is the agreed delivery. `met` and
    `paid` are what came of it, where somebody said so.
    """

    epic: Epic
    team_name: str
    owner: str
    obligation: Obligation | None
    judgement: Judgement
    penalty: Figure
    cost: Figure
    planned_on: date | None = None
    met: Met | None = None
    paid: Figure | None = None

    @property
    def planned_late(self) -> int:
        """By how many days its own plan misses its deadline, while it is not met; else nought."""
        if self.obligation is None or self.planned_on is None or not self.judgement.is_open:
            return 0
        return max((self.planned_on - self.obligation.deadline).days, 0)


@dataclass(frozen=True, slots=True)
class ObligationsReport:
    """Every obligation, ranked: what is not met first, by deadline, then by penalty."""

    version: int
    currency: str
    rows: Sequence[ObligationRow]
