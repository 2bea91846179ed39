"""What can be wrong with the plan, the teams and the slices of an epic; all of it, at once."""

from collections.abc import Collection, Iterator, Sequence

from roi.commands.changing.held import Held
from roi.commands.checks import day_checks, size_checks
from roi.commands.checks.outcome_checks import named
from roi.domain.money import MINOR_DIGITS, SHARE_WHOLE
from roi.domain.structure import Epic
from roi.domain.value import Ending, EpicPlan, EpicTeam, Slice
from roi.errors import INTACT, Issue, blocker

_ENDINGS = (Ending.WRITTEN_OFF, Ending.CANCELLED)


def called(epic: Epic) -> str:
    """What a sentence calls an epic, also one that was left without a name."""
    return epic.name.strip() or "The epic"


def plan_issues(
    held: Held, epic: Epic, plan: EpicPlan, line: int | None = None, beside: Collection[str] = ()
) -> Iterator[Issue]:
    """What is wrong with the plan of an epic that is there or comes with it; `beside` come with it too."""
    if plan.initiative and plan.initiative not in held.initiatives:
        message = f"{called(epic)}: there is no initiative “{plan.initiative}”. {INTACT}"
        fix, sent = "Add the initiative first.", plan.initiative
        yield blocker("unknown_initiative", message, line=line, column="initiative", sent=sent, fix=fix)
    is_there = plan.copied_from in held.epics or plan.copied_from in beside
    if plan.copied_from and (plan.copied_from == epic.key or not is_there):
        message = f"{called(epic)}: there is no other epic “{plan.copied_from}”. {INTACT}"
        yield blocker("unknown_epic", message, line=line, column="copied_from", sent=plan.copied_from)
    if plan.run_share is not None and not 0 <= plan.run_share <= 10 * SHARE_WHOLE:
        message = f"{called(epic)}: run cost a year is from 0 % to 1,000 % of build cost. {INTACT}"
        yield blocker("run_share", message, line=line, column="run_share")
    amounts = {"launch_cost": plan.launch_minor}
    yield from size_checks.amount_issues(called(epic), amounts, plan.currency, line)
    if plan.launch_minor is not None and (plan.launch_minor < 0 or plan.currency not in MINOR_DIGITS):
        message = f"{called(epic)}: launch and change cost is an amount from zero with its currency. {INTACT}"
        yield blocker("launch", message, line=line, column="launch_cost", sent=plan.currency)
    yield from _date_issues(epic, plan, line)
    before = held.epic_plans.get(epic.key)
    is_planned = epic.started > held.today  # it is cancelled as of a day of its own
    if not is_planned and (before is None or before.ended_on != plan.ended_on):
        what = f"{called(epic)} cannot have ended"
        yield from day_checks.happened_issues(held.today, what, plan.ended_on, "ended_on", line)


def _date_issues(epic: Epic, plan: EpicPlan, line: int | None) -> Iterator[Issue]:
    if plan.due_on and plan.due_on < epic.started:
        message = f"{called(epic)} is due before it starts. {INTACT}"
        sent, expected = plan.due_on.isoformat(), f"{epic.started.isoformat()} or later"
        fix = "Correct the day of its start, or that on which it is due."
        yield blocker("dates", message, line=line, column="due_on", sent=sent, expected=expected, fix=fix)
    if (plan.ended_on is None) != (plan.ended_by is None):
        message = f"{called(epic)}: an end has both a day and how it ended. {INTACT}"
        yield blocker("ended", message, line=line, column="ended_on", expected="cancelled or written off")
    if plan.ended_by is None:
        return
    if plan.ended_by not in _ENDINGS:
        message = f"{called(epic)}: an epic that ends early is cancelled or written off. {INTACT}"
        yield blocker("ended", message, line=line, column="ended_by", sent=plan.ended_by.value)
    if not plan.ended_because.strip():
        message = f"{called(epic)} ends early and does not say why. {INTACT}"
        yield blocker("reason", message, line=line, column="ended_because", fix="Give the reason.")
    if plan.ended_on is not None and plan.ended_on < epic.started:
        message = f"{called(epic)} would end before it started. {INTACT}"
        sent, first = plan.ended_on.isoformat(), epic.started.isoformat()
        fix = "Give the day of its start, or a later one."
        yield blocker(
            "dates",
            message,
            line=line,
            column="ended_on",
            sent=sent,
            expected=f"{first} or a later day",
            fix=fix,
        )


def team_issues(
    held: Held, epic: Epic, teams: Sequence[EpicTeam], lines: Sequence[int] = ()
) -> Iterator[Issue]:
    """What is wrong with the teams of an epic: they share all of its value (V3)."""
    line = lines[0] if lines else None
    seen: set[str] = set()
    for one in teams:
        if one.team not in held.teams:
            message = f"{called(epic)}: there is no team “{one.team}”. {INTACT}"
            fix = "Add the team first."
            yield blocker("unknown_team", message, line=line, column="team", sent=one.team, fix=fix)
        if one.team in seen:
            message = f"{called(epic)}: the team “{one.team}” is there twice. {INTACT}"
            yield blocker("twice", message, line=line, column="team", sent=one.team, fix="Keep one of them.")
        seen.add(one.team)
        if not 0 <= one.planned_share <= SHARE_WHOLE or not 0 <= one.effort <= SHARE_WHOLE:
            message = f"{called(epic)}: planned share and effort of a team are between 0 and 100 %. {INTACT}"
            yield blocker("share", message, line=line, column="planned_share", sent=one.team)
    if teams and sum(one.effort for one in teams) != SHARE_WHOLE:
        said = sum(one.effort for one in teams) / 10_000
        message = f"{called(epic)}: the efforts of its teams make {said:g} %, not the whole. {INTACT}"
        yield blocker("effort", message, line=line, column="effort", expected="100 % over its teams")


def slice_issues(
    held: Held, epic: Epic, slices: Sequence[Slice], lines: Sequence[int] = ()
) -> Iterator[Issue]:
    """What is wrong with the slices of an epic: together they are what it promises."""
    line = lines[0] if lines else None
    before = {one.key: one.delivered for one in held.slices.get(epic.key, ())}
    seen: set[str] = set()
    for one in slices:
        its = one.name.strip() or "The slice"
        yield from named("slice", one.key, one.name, seen, line)
        if not 0 <= one.share <= SHARE_WHOLE:
            message = f"{its}: a slice is between 0 and 100 % of what the epic promises. {INTACT}"
            yield blocker("share", message, line=line, column="share", sent=one.key)
        if before.get(one.key) != one.delivered:
            what = f"{its} cannot have been delivered"
            yield from day_checks.happened_issues(held.today, what, one.delivered, "delivered", line)
        if one.delivered is not None and one.delivered < epic.started:
            message = f"{its} was delivered before {called(epic)} started. {INTACT}"
            yield blocker("dates", message, line=line, column="delivered", sent=one.delivered.isoformat())
    if slices and sum(one.share for one in slices) != SHARE_WHOLE:
        said = sum(one.share for one in slices) / 10_000
        message = f"{called(epic)}: its slices make {said:g}% of what it promises, not all. {INTACT}"
        expected, fix = "100% over its slices", "Change the parts, or add the slice that is missing."
        yield blocker("slices", message, line=line, column="share", expected=expected, fix=fix)
