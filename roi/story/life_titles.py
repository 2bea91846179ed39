"""What a value stream or division is worth over its life, in a sentence; *likely* only for 8 in 10."""

from dataclasses import dataclass

from roi.domain.money import SHARE_WHOLE
from roi.reports.booked.returned import PASSES_ON
from roi.reports.shapes.value import AppraisalView
from roi.story import told, words
from roi.story.epic_titles import LIKELY, short
from roi.story.rules import Rule, Said, always, say

_NAME = 30


@dataclass(frozen=True, slots=True)
class Life:
    """A value stream or division by its name, and what all its epics are worth."""

    name: str
    view: AppraisalView

    @property
    def epics(self) -> str:
        """Whose worth it is: run and unplanned work of the teams is not in it (rule V22)."""
        return f"the epics of {short(self.name, _NAME)}"


def _clear(life: Life) -> bool:
    low = life.view.npv.low
    return low is not None and low >= 0


def _likely(life: Life) -> bool:
    return (life.view.chance or 0) >= LIKELY


def _unlikely(life: Life) -> bool:
    high, chance = life.view.npv.high, life.view.chance
    return (high is not None and high < 0) or (chance is not None and chance <= SHARE_WHOLE - LIKELY)


def _worth(life: Life) -> str:
    return told.figure(life.view.npv)


def _between(life: Life) -> str:
    return words.range_of(life.view.npv)


LIFE: tuple[Rule[Life], ...] = (
    Rule(
        "life-serves",
        lambda x: x.view.why_not == PASSES_ON,
        lambda x: f"{short(x.name, _NAME)} has no verdict over its life: {x.view.why_not}",
    ),
    Rule(
        "life-serves-short",
        lambda x: x.view.why_not == PASSES_ON,
        lambda x: f"{short(x.name, _NAME)}: {x.view.why_not}",
    ),
    Rule(
        "life-unknown",
        lambda x: x.view.why_not != "",
        lambda x: f"What {x.epics} are worth cannot be said",
    ),
    Rule(
        "life-clear",
        lambda x: _clear(x) and bool(_between(x)),
        lambda x: f"Over their life {x.epics} are worth {_worth(x)}, likely {_between(x)}",
    ),
    Rule("life-clear-short", _clear, lambda x: f"Over their life {x.epics} are worth {_worth(x)}"),
    Rule(
        "life-likely",
        _likely,
        lambda x: f"Over their life {x.epics} are likely to pay back, worth {_worth(x)}",
    ),
    Rule("life-likely-short", _likely, lambda x: f"{x.epics} are likely to pay back over their life"),
    Rule(
        "life-unlikely",
        _unlikely,
        lambda x: f"Over their life {x.epics} are not likely to pay back: {_worth(x)}",
    ),
    Rule("life-unlikely-short", _unlikely, lambda x: f"{x.epics} are not likely to pay back"),
    Rule(
        "life-open",
        always,
        lambda x: f"Over their life {x.epics} are worth {_worth(x)}; too close to call",
    ),
    Rule("life-open-short", always, lambda x: f"Whether {x.epics} pay back is too close to call"),
)


def life(name: str, view: AppraisalView) -> Said:
    """Whether it is worth its money over its life; too long a name leaves out the amount."""
    return say(LIFE, Life(name, view))
