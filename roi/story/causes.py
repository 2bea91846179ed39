"""What may be said of the cause of a movement that was read: the words match the evidence (law T12).

The verb follows the grade alone, and the grade stands beside it. A movement that did not come claims nothing,
and an entered estimate of the work's own part (D31) that reaches nought leaves the cause open.
"""

from dataclasses import dataclass
from decimal import Decimal

from roi.domain.structure import Grade
from roi.domain.value import Landed
from roi.story import words

_VERBS = {
    Grade.A: "caused",
    Grade.B: "contributed to",
    Grade.C: "contributed to",
    Grade.D: "moved together with",
    Grade.E: "expects",
}
_CHANGE = {Grade.A: "a change", Grade.B: "the change", Grade.C: "the change"}
POINTS, _ONE_POINT = "points", "point"
"""What a percentage moves by."""

_NOTHING_SAID = frozenset({Landed.NOT, Landed.CANNOT_TELL})


def verb(grade: Grade) -> str:
    """What this grade carries: of A to C what the work did, of D what the measure did, of E what is hoped."""
    return _VERBS[grade]


@dataclass(frozen=True, slots=True)
class Came:
    """A measure that was read: of which epic, on which evidence, from which level to which.

    `moved` is how far, above nought in the promised direction; `estimate` is what of it is the work's own,
    low, likely and high in `unit`; `closed_as` is the word of whoever closed it.
    """

    epic: str
    metric: str
    levels: tuple[str, str]
    grade: Grade
    moved: Decimal
    estimate: tuple[Decimal, Decimal, Decimal] | None = None
    unit: str = ""
    closed_as: Landed | None = None


def told(came: Came) -> str:
    """What the work did to the measure, as far as the evidence carries; empty where nothing may be claimed.

    Nothing came, or who closed it says so: the result itself tells that the expected effect did not show.
    """
    if came.moved <= 0 or came.closed_as in _NOTHING_SAID:
        return ""
    said = _stated(came) if came.grade is Grade.E else _beside(came) if came.grade is Grade.D else _done(came)
    return f"{words.sentence(said)} (grade {came.grade.value})"


def _went(came: Came) -> str:
    before, after = came.levels
    return f"went from {before} to {after}"


def _stated(came: Came) -> str:
    its = f"its owner {verb(came.grade)} that {came.epic} did it"
    return f"{came.metric} {_went(came)}; {its}, and nothing is claimed"


def _beside(came: Came) -> str:
    before, after = came.levels
    return f"{came.metric} {verb(came.grade)} {came.epic}: from {before} to {after}"


def _done(came: Came) -> str:
    """What the work did; where its own part is estimated, only if the range of that lies above nought."""
    if came.estimate is None:
        return f"{_did(came)}, which {_went(came)}"
    low, likely, high = came.estimate
    unit = _ONE_POINT if came.unit == POINTS and likely == 1 else came.unit
    own = f"{words.level(likely)} {unit}".strip()
    if likely <= 0:
        return f"{came.metric} {_went(came)}; of {came.epic} by itself the expected effect did not show"
    if low <= 0:
        part = f"its own part is estimated at {own} ({words.level(low)} to {words.level(high)})"
        return f"whether {_did(came)}, which {_went(came)}, is too close to call: {part}"
    part = f"its own part is estimated at {own} ({words.level(low)}–{words.level(high)})"
    return f"{_did(came)}, which {_went(came)}; {part}"


def _did(came: Came) -> str:
    return f"{came.epic} {verb(came.grade)} {_CHANGE[came.grade]} in {came.metric}"
