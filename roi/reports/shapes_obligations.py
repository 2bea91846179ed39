"""What the reports answer about obligations: date, penalty and cost, and no verdict (rule V15)."""

from dataclasses import dataclass

from roi.domain.figures import Figure
from roi.domain.obligations import Judgement, Obligation
from roi.domain.structure import Epic


@dataclass(frozen=True, slots=True)
class ObligationRow:
    """An epic that is an obligation: how it stands to its deadline, the penalty, its cost since it started.

    `obligation` is None while nobody has recorded a deadline.
    """

    epic: Epic
    team_name: str
    owner: str
    obligation: Obligation | None
    judgement: Judgement
    penalty: Figure
    cost: Figure


@dataclass(frozen=True, slots=True)
class ObligationsReport:
    """Every obligation, ranked: what is not met first, by deadline, then by penalty."""

    version: int
    currency: str
    rows: tuple[ObligationRow, ...]
