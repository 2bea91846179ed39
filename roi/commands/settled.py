"""What finance confirmed stays about the same money, work and months (rules V3, V8, V10, V12).

Whoever plans the work may change a plan at any time. Where finance has confirmed already, such a change must
not move money that finance never looked at: out of a capped cell, off a copy, to another team, into earlier
months. Ticks that were given for another plan end; where earlier readings are confirmed too, it is refused.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from roi.commands.held import Held
from roi.domain.structure import Epic, Outcome, Tick
from roi.domain.value import EpicPlan, EpicTeam, OutcomePlan, Slice
from roi.errors import INTACT, Issue, blocker

_WHOSE = ("line", "cell", "copied_from")
_BACK = "Finance takes its confirmation back first (undo of that change) and confirms anew after it."


def loosened(held: Held, plans: Mapping[str, OutcomePlan]) -> Iterator[tuple[str, str]]:
    """The live ticks, as outcome and tick, that were given for other money or another series than planned."""
    for key, plan in plans.items():
        before, ticks = held.plans.get(key, OutcomePlan(key)), held.ticks.get(key, {})
        ended = {Tick.UNIT_VALUE, Tick.SHARE} if _differ(before, plan, _WHOSE) else set[Tick]()
        ended |= {Tick.MOVEMENT, Tick.SHARE} if before.series != plan.series else set()
        yield from ((key, tick.value) for tick in ticks if tick in ended)


def _differ(before: object, after: object, names: Sequence[str]) -> bool:
    return any(getattr(before, name) != getattr(after, name) for name in names)


def plan_issues(held: Held, outcome: Outcome, plan: OutcomePlan, line: int | None) -> Iterator[Issue]:
    """Why a plan cannot change like this: earlier months of it are confirmed, or its share is frozen."""
    before = held.plans.get(plan.outcome)
    if before is None:
        return
    if _differ(before, plan, _WHOSE) and held.confirmed.get(plan.outcome):
        message = (
            f"{outcome.metric}: earlier readings are confirmed, and their months stay with the finance line, "
            f"cell and origin that finance confirmed (rules V8, V12). {INTACT}"
        )
        yield blocker("confirmed", message, line=line, column="cell", sent=plan.cell, fix=_BACK)
    is_frozen = before.planned_share is not None and plan.outcome in held.readings
    if is_frozen and before.planned_share != plan.planned_share:
        percent = f"{(before.planned_share or 0) / 10_000:g} %"
        message = (
            f"{outcome.metric} is read, and since then its share of what the measure moved is frozen at "
            f"{percent}, for a gain as for a loss (rule V12). {INTACT}"
        )
        fix = "How much was due to this work is said with a reading; finance confirms that share."
        yield blocker("frozen", message, line=line, column="planned_share", expected=percent, fix=fix)


def epic_issues(
    held: Held, epic: Epic, plan: EpicPlan | None = None, line: int | None = None
) -> Iterator[Issue]:
    """Why a confirmed epic cannot change like this: another team, another delivery, no copy any more."""
    before, old = held.epics.get(epic.key), held.epic_plans.get(epic.key)
    if before is None:
        return
    is_freed = old is not None and plan is not None and old.copied_from not in {"", plan.copied_from}
    if is_freed and confirmed_of(held, epic.key):
        yield _refused(before, "a copy of another epic; it stays one", "copied_from", line)
    if before.team != epic.team and not held.epic_teams.get(epic.key) and confirmed_of(held, epic.key):
        yield _refused(before, "work of the team that books its value", "team", line)
    is_moved = before.delivered != epic.delivered
    if is_moved and any(held.confirmed.get(key) for key in confirmed_of(held, epic.key)):
        yield _refused(before, "delivered on the day from which its months count", "delivered", line)


def _refused(epic: Epic, what: str, column: str, line: int | None) -> Issue:
    message = f"{epic.name} is confirmed by finance as {what}. {INTACT}"
    return blocker("confirmed", message, line=line, column=column, fix=_BACK)


def team_issues(
    held: Held, epic: Epic, teams: Sequence[EpicTeam], line: int | None = None
) -> Iterator[Issue]:
    """Why the value of a confirmed epic cannot go to other teams than the one that has it (rule V3)."""
    before = held.epics.get(epic.key)
    if before is None or held.epic_teams.get(epic.key) or not confirmed_of(held, epic.key):
        return
    if {one.team for one in teams if one.effort} - {before.team}:
        yield _refused(before, "work of the team that books its value", "team", line)


def slice_issues(held: Held, epic: Epic, slices: Sequence[Slice], line: int | None = None) -> Iterator[Issue]:
    """Why slices cannot change: confirmed readings rest on what was delivered by their day."""
    last = max(confirmed_of(held, epic.key).values(), default=None)
    if last is None:
        return
    before = _delivered_by(held.slices.get(epic.key, ()), last)
    if before != _delivered_by(slices, last):
        yield _refused(epic, f"delivered in the parts of {last.isoformat()}", "delivered", line)


def _delivered_by(slices: Sequence[Slice], day: date) -> Collection[tuple[date, int]]:
    return sorted((one.delivered, one.share) for one in slices if one.delivered and one.delivered <= day)


def confirmed_of(held: Held, epic: str) -> dict[str, date]:
    """The outcomes of an epic that finance has confirmed, each with the day of its last confirmed reading."""
    found = {}
    for one in held.outcomes_of.get(epic, ()):
        days = [kept.read_on for kept in held.confirmed.get(one.key, ())]
        if one.read_on is not None and len(held.ticks.get(one.key, {})) == len(Tick):
            days.append(one.read_on)
        if days:
            found[one.key] = max(days)
    return found
