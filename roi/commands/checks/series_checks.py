"""One series by month measures one metric: under two names its movement would be claimed twice (law T4)."""

from collections.abc import Iterator, Mapping

from roi.commands.changing.held import Held
from roi.domain.outcomes import alike
from roi.domain.structure import Outcome
from roi.domain.value import OutcomePlan
from roi.errors import INTACT, Issue, blocker

Plans = Mapping[str, OutcomePlan]


def issues(
    held: Held, plans: Plans, outcomes: Mapping[str, Outcome], lines: Mapping[str, int]
) -> Iterator[Issue]:
    """Each of these outcomes whose series measures another metric, or unit, of an outcome that is there.

    Outcomes of one metric may share a series: they share its pool. `plans` are those that a change saves.
    """
    named = {plan.series for plan in plans.values() if plan.series}
    if not named:
        return
    first: dict[str, tuple[str, str]] = {}
    for series, key, metric, unit in held.measured_by_series:
        if series in named and key not in plans:
            first.setdefault(series, (metric, unit))
    for key, plan in plans.items():
        outcome = outcomes.get(key)
        if outcome is None or not plan.series:
            continue
        metric, unit = first.setdefault(plan.series, (outcome.metric, outcome.unit))
        if (alike(metric), alike(unit)) != (alike(outcome.metric), alike(outcome.unit)):
            yield _claimed_twice(plan, outcome, f"{metric}, in {unit}", lines.get(key))


def _claimed_twice(plan: OutcomePlan, outcome: Outcome, other: str, line: int | None) -> Issue:
    said = f"{outcome.metric}: the series “{plan.series}” measures {other} already. {INTACT}"
    return blocker(
        "series_metric",
        said,
        line=line,
        column="series",
        sent=plan.series,
        expected="a series that measures no other metric",
        fix=f"Name it as it is there ({other}), or bring in a series of its own.",
    )
