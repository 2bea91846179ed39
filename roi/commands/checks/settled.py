"""What finance confirmed stays about the same money, work and months (rules V3, V8, V10, V12).

Whoever plans the work may change a plan at any time. Where finance has confirmed already, such a change must
not move money that finance never looked at: out of a capped cell, off a copy, to another team, into other
months. Ticks that were given for another plan end; where earlier readings are confirmed too, it is refused.
A delivery that would move a month of confirmed money is refused; within its month it moves none.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from roi.commands.changing.held import Held
from roi.domain import outcomes as told
from roi.domain.money import SHARE_WHOLE
from roi.domain.periods import month_of
from roi.domain.structure import CASH_CLASSES, Epic, Outcome, Tick, Told, ValueClass
from roi.domain.value import EpicPlan, EpicTeam, OutcomePlan, Slice
from roi.errors import INTACT, Issue, blocker

CODE = "confirmed"
"""The issues that say what finance confirmed: where it was wrong, finance names a restatement (V16)."""
_WHOSE = ("line", "cell", "copied_from")
OF_A_LINE = frozenset({Tick.UNIT_VALUE, Tick.SHARE})
"""The ticks that say whose money it is: another line ends them, and without one they are not given (V8)."""

NAME_A_LINE = f"{told.NAME_A_LINE[0].upper()}{told.NAME_A_LINE[1:]}."
"""What leads on from where money of a cash class names no finance line."""

BACK = (
    "Finance takes its confirmation back first (undo of that change; what was recorded since is undone "
    "before it, newest first) and confirms anew after it."
)
"""What leads on from where a confirmation stands in the way."""


def loosened(held: Held, plans: Mapping[str, OutcomePlan]) -> Iterator[tuple[str, str]]:
    """The live ticks, as outcome and tick, that were given for other money or another series than planned."""
    for key, plan in plans.items():
        ended = ended_by_plan(held.plans.get(key, OutcomePlan(key)), plan)
        yield from ((key, tick.value) for tick in held.ticks.get(key, {}) if tick in ended)


def ended_by_plan(before: OutcomePlan, after: OutcomePlan) -> set[Tick]:
    """The ticks that were given for other money, or for another series, than is planned now."""
    ended = set(OF_A_LINE) if _differ(before, after, _WHOSE) else set[Tick]()
    return ended | ({Tick.MOVEMENT, Tick.SHARE} if before.series != after.series else set())


def measures_otherwise(before: Outcome, after: Outcome) -> bool:
    """Whether another movement is measured now, so that no earlier reading confirms anything of it."""
    return _differ(before, after, ("metric", "unit", "direction", "baseline"))


def ended_by(before: Outcome, after: Outcome) -> set[Tick]:
    """The ticks that no longer confirm what an outcome says; its share is one of the measured movement."""
    ended = set(told.stale_ticks(Told(after, None), Told(before, None)))
    return ended | {Tick.SHARE} if Tick.MOVEMENT in ended else ended


def _differ(before: object, after: object, names: Sequence[str]) -> bool:
    return any(getattr(before, name) != getattr(after, name) for name in names)


def plan_issues(held: Held, outcome: Outcome, plan: OutcomePlan, line: int | None) -> Iterator[Issue]:
    """Why a plan cannot change like this: its line, its confirmed months or its frozen share."""
    before = held.plans.get(plan.outcome)
    if before is None:
        return
    is_moved = _differ(before, plan, _WHOSE) and not _is_first_line(held, before, plan)
    if _leaves_its_line(held, before, plan):
        message = (
            f"{outcome.metric} is read as cash, and what came of it, a loss as well as a gain, stays on a "
            f"finance line: without one it could not be confirmed again (rules V8 and V12). {INTACT}"
        )
        yield blocker("line", message, line=line, column="line", expected=before.line, fix=NAME_A_LINE)
    elif is_moved and held.confirmed.get(plan.outcome):
        message = (
            f"{outcome.metric}: earlier readings are confirmed, and their months stay with the finance line, "
            f"segment and origin that finance confirmed (rules V8, V12). {INTACT}"
        )
        yield blocker(CODE, message, line=line, column="cell", sent=plan.cell, fix=BACK)
    is_frozen = before.planned_share is not None and plan.outcome in held.readings
    if is_frozen and before.planned_share != plan.planned_share:
        percent = f"{(before.planned_share or 0) / 10_000:g} %"
        message = (
            f"{outcome.metric} is read, and since then its share of what the measure moved is frozen at "
            f"{percent}, for a gain as for a loss (rule V12). {INTACT}"
        )
        fix = "How much was due to this work is said with a reading; finance confirms that share."
        yield blocker("frozen", message, line=line, column="planned_share", expected=percent, fix=fix)


def _leaves_its_line(held: Held, before: OutcomePlan, plan: OutcomePlan) -> bool:
    """Whether money of a cash class that was read would name no line any more."""
    outcome = held.outcomes.get(plan.outcome)
    is_read = outcome is not None and outcome.value_class in CASH_CLASSES and outcome.read_on is not None
    return is_read and bool(before.line) and not plan.line


def _is_first_line(held: Held, before: OutcomePlan, plan: OutcomePlan) -> bool:
    """Whether money that counted nowhere names its first line.

    Months that finance confirmed before keep their level there; the latest reading is confirmed anew (V11).
    """
    outcome = held.outcomes.get(plan.outcome)
    is_same = before.copied_from == plan.copied_from
    return is_same and bool(plan.line) and outcome is not None and told.needs_line(outcome, before.line)


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
    days = list(_counted_by(held, epic.key))
    slices = held.slices.get(epic.key, ())
    if days and _counted(slices, before.delivered, max(days)) != _counted(slices, epic.delivered, max(days)):
        yield _refused(before, "delivered on the day from which its months count", "delivered", line)


def _counted_by(held: Held, epic: str) -> Iterator[date]:
    """The readings by which confirmed money counts: earlier ones, and the latest while its ticks hold."""
    for one in held.outcomes_of.get(epic, ()):
        yield from (kept.read_on for kept in held.confirmed.get(one.key, ()))
        if one.read_on is not None and one.key in held.ticks and not held.standing(one.key).why_not:
            yield one.read_on


def outcome_issues(
    held: Held, outcome: Outcome, plan: OutcomePlan | None, line: int | None = None
) -> Iterator[Issue]:
    """Why an outcome cannot change like this: its epic and its class are those that finance confirmed."""
    before = held.outcomes.get(outcome.key)
    if before is None:
        return
    if before.value_class is not outcome.value_class:
        yield from _class_issues(held, before, outcome, plan, line)
    else:
        yield from basis_issues(held, outcome, line)
    if before.epic == outcome.epic or not confirmed_on(held, before):
        return
    epic = held.epics.get(before.epic)
    message = (
        f"{before.metric} is confirmed by finance as an outcome of {epic.name if epic else before.epic}, "
        f"whose team books its value (rule V3). {INTACT}"
    )
    yield blocker(CODE, message, line=line, column="epic", sent=outcome.epic, fix=BACK)


def _class_issues(
    held: Held, before: Outcome, outcome: Outcome, plan: OutcomePlan | None, line: int | None
) -> Iterator[Issue]:
    """No class moves confirmed money into cash or out of it, nor where nobody could confirm it anew."""
    was, made = (one.value_class.value.replace("_", " ") for one in (before, outcome))
    told_as: dict[str, object] = {"line": line, "column": "value_class", "sent": outcome.value_class.value}
    is_lost = outcome.value_class is ValueClass.NOT_FINANCIAL and confirmed_on(held, before) is not None
    if held.confirmed.get(outcome.key):
        message = f"{before.metric}: earlier readings are confirmed as {was} (rules V6 and V12). {INTACT}"
        yield blocker(CODE, message, fix=BACK, **told_as)
    elif is_lost:
        message = f"{before.metric} is confirmed as {was}, a loss as well as a gain (rule V12). {INTACT}"
        yield blocker(CODE, message, fix=BACK, **told_as)
    elif before.read_on is not None and told.needs_line(outcome, plan.line if plan is not None else ""):
        message = f"{before.metric} is read, and as {made} it needs a finance line (rule V8). {INTACT}"
        yield blocker("line", message, fix=NAME_A_LINE, **told_as)


def basis_issues(held: Held, outcome: Outcome, line: int | None = None) -> Iterator[Issue]:
    """No basis moves earlier confirmed money into cash or out of it: on a cost line it is what is booked."""
    before, plan = held.outcomes.get(outcome.key), held.plans.get(outcome.key)
    if before is None or plan is None or not held.confirmed.get(outcome.key):
        return
    its = held.lines.get(plan.line)
    was, made = (told.counts_as_cash(one, its.kind if its is not None else None) for one in (before, outcome))
    if was is not made:
        name, said = "cash" if was else "no cash", before.value_basis.value
        message = (
            f"{before.metric}: earlier readings are confirmed as {name}, which on this line follows from the "
            f"basis, {said} (rules V6, V7 and V12). {INTACT}"
        )
        sent = outcome.value_basis.value
        yield blocker(CODE, message, line=line, column="value_basis", sent=sent, expected=said, fix=BACK)


def _refused(epic: Epic, what: str, column: str, line: int | None) -> Issue:
    message = f"{epic.name} is confirmed by finance as {what}. {INTACT}"
    return blocker(CODE, message, line=line, column=column, fix=BACK)


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
    before = _counted(held.slices.get(epic.key, ()), epic.delivered, last)
    if before != _counted(slices, epic.delivered, last):
        parts = f"the parts that it had before the reading of {last.isoformat()}"
        yield _refused(epic, f"delivered in {parts}; later ones may change", "delivered", line)


def _counted(slices: Sequence[Slice], whole: date | None, last: date) -> Collection[tuple[int, int]]:
    """The months after which parts count by that reading; from the month of the whole on all does."""
    parts = [(month_of(one.delivered), one.share) for one in slices if one.delivered]
    if whole is not None:
        parts = [one for one in parts if one[0] < month_of(whole)]
        parts.append((month_of(whole), SHARE_WHOLE))
    return sorted(one for one in parts if one[0] < month_of(last))


def unless_restated(found: Iterable[Issue], restatement: str) -> tuple[Issue, ...]:
    """The issues without those that a named restatement lifts."""
    return tuple(issue for issue in found if not (restatement.strip() and issue.code == CODE))


def confirmed_of(held: Held, epic: str) -> dict[str, date]:
    """The outcomes of an epic that finance has confirmed, each with the day of its last confirmed reading."""
    found = {one.key: confirmed_on(held, one) for one in held.outcomes_of.get(epic, ())}
    return {key: day for key, day in found.items() if day is not None}


def confirmed_on(held: Held, outcome: Outcome) -> date | None:
    """The day of its last reading that finance has confirmed; None: there is none."""
    days = [kept.read_on for kept in held.confirmed.get(outcome.key, ())]
    if outcome.read_on is not None and len(held.ticks.get(outcome.key, {})) == len(Tick):
        days.append(outcome.read_on)
    return max(days, default=None)
