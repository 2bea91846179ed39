"""One series by month measures one metric on one segment of one line: it is claimed once (T4, V8)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from roi.commands.changing.held import Held, Measured
from roi.domain.outcomes import alike
from roi.domain.structure import Outcome
from roi.domain.value import OutcomePlan
from roi.errors import INTACT, Issue, UndoRefusedError, blocker

Plans = Mapping[str, OutcomePlan]


@dataclass(slots=True)
class _First:
    """By series the first outcome that it measures, and the first that names whose money it is."""

    measured: dict[str, Measured] = field(default_factory=dict)
    booked: dict[str, Measured] = field(default_factory=dict)

    def add(self, one: Measured) -> tuple[Measured, Measured]:
        """Those by which this one is judged, itself where it is the first."""
        measured = self.measured.setdefault(one.series, one)
        return measured, self.booked.setdefault(one.series, one) if one.line else one


def issues(
    held: Held, plans: Plans, outcomes: Mapping[str, Outcome], lines: Mapping[str, int]
) -> Iterator[Issue]:
    """Each of these outcomes whose series measures another metric, or another line, of one that is there.

    Outcomes of one metric on one segment may share a series: they share its pool. One that names no line
    claims no cash. `plans` are those that a change saves.
    """
    named = {plan.series for plan in plans.values() if plan.series}
    if not named:
        return
    first = _First()
    for one in held.measured_by_series:
        if one.series in named and one.outcome not in plans:
            first.add(one)
    for key, plan in plans.items():
        outcome = outcomes.get(key)
        if outcome is not None and plan.series:
            one = Measured(plan.series, key, outcome.metric, outcome.unit, plan.line, plan.cell)
            measured, booked = first.add(one)
            if _is_other_metric(measured, one):
                yield _measures_another(measured, one, lines.get(key))
            elif _is_other_money(booked, one):
                yield _is_booked(booked, one, lines.get(key))


def check_undone(before: Held, after: Held) -> None:
    """An undo brings no second metric, and no second line, back to a series.

    Raises:
        UndoRefusedError: it would; the sentence names both outcomes.
    """
    there = {one.outcome: one for one in before.measured_by_series}
    first = _First()
    stays = [one for one in after.measured_by_series if there.get(one.outcome) == one]
    came = [one for one in after.measured_by_series if there.get(one.outcome) != one]
    for one in stays:
        first.add(one)
    for one in came:
        measured, booked = first.add(one)
        if _is_other_metric(measured, one) or _is_other_money(booked, one):
            other = measured if _is_other_metric(measured, one) else booked
            message = (
                f"It would bring back {one.metric} to the series “{one.series}”, by which {other.metric} "
                f"({other.outcome}) is measured since: one movement is claimed once. Undo that first."
            )
            raise UndoRefusedError(message)


def _is_other_metric(first: Measured, one: Measured) -> bool:
    return (alike(first.metric), alike(first.unit)) != (alike(one.metric), alike(one.unit))


def _is_other_money(first: Measured, one: Measured) -> bool:
    return bool(one.line) and (first.line, first.cell) != (one.line, one.cell)


def _measures_another(first: Measured, one: Measured, line: int | None) -> Issue:
    its = f"{first.metric}, in {first.unit}"
    said = f"{one.metric}: the series “{one.series}” measures {its} of outcome {first.outcome} already."
    return blocker(
        "series_metric",
        f"{said} {INTACT}",
        line=line,
        column="series",
        sent=one.series,
        expected="a series that measures no other metric",
        fix=f"Name it as it is there ({its}), or bring in a series of its own.",
    )


def _is_booked(first: Measured, one: Measured, line: int | None) -> Issue:
    its = f"{first.line} / {first.cell}"
    said = (
        f"{one.metric}: what the series “{one.series}” moves is on {its} already (outcome {first.outcome}). "
        "One movement is claimed on one segment of one line."
    )
    return blocker(
        "series_line",
        f"{said} {INTACT}",
        line=line,
        column="line",
        sent=f"{one.line} / {one.cell}",
        expected=its,
        fix=f"Claim it on {its}, or bring in a series of what moves on this line alone.",
    )
