"""Decisions about an outcome rest on what was on the screen: ticks, questions, answers, shares, ends."""

from collections.abc import Callable
from typing import Any

from roi.commands.changing.requests import Receipt
from roi.reports.shapes import OutcomeRow
from roi.story import words
from roi.ui.outcomes import common, conflict, done, promise


def begin(row: OutcomeRow, version: int) -> None:
    """Where somebody changed the outcome before a decision was pressed: what was seen beside what is now.

    `version` is that of the report that is drawn; the decisions after it rest on it.
    """
    form, now = _form(row.outcome.key), _texts(row)
    done.tell(conflict.draw(form, now), "Done after looking at what changed.")
    conflict.shown(form, version, now)


def press(outcome: str, command: Callable[..., Receipt], *args: Any) -> Receipt | None:
    """Carry out a decision about what was drawn before the press; None when it was refused."""
    return conflict.press(_form(outcome), command, *args)


def _form(outcome: str) -> str:
    return f"decide_{outcome}"


def _texts(row: OutcomeRow) -> dict[str, str]:
    """What a decision rests on, as it is shown."""
    outcome = row.outcome
    ticks = [f"{common.TICKS[tick]}: {_by(row, tick.value)}" for tick in common.TICKS]
    shares = (outcome.share_low, outcome.share_likely, outcome.share_high)
    return {
        "State": words.sentence(row.standing),
        "Promised": promise.promised(outcome),
        "Delivered": words.day(row.delivered) if row.delivered is not None else "not yet",
        "Read": f"{promise.result(row)}, {words.day(outcome.read_on)}" if outcome.read_on else words.NOT_READ,
        "Source": outcome.evidence,
        "Evidence": common.GRADES[outcome.grade],
        "Estimate of the effect": promise.effect(row),
        "One unit is worth": promise.worth(outcome),
        "Due to this work": " · ".join(words.share(one) for one in shares if one is not None),
        "Ticks": "; ".join(ticks),
    }


def _by(row: OutcomeRow, tick: str) -> str:
    return next((f"{who}, {words.day(when)}" for name, who, when in row.ticks if name == tick), "open")
