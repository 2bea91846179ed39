"""What can be wrong with an epic, an outcome, a reading or a confirmation; all of it, at once."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from roi.commands.changing.held import Held
from roi.commands.checks import day_checks, size_checks
from roi.domain.money import MINOR_DIGITS, SHARE_WHOLE
from roi.domain.structure import Confirmation, Epic, Grade, Outcome, Tick, ValueBasis, ValueClass
from roi.errors import INTACT, Issue, blocker, warning

_LONGEST = 300
_FIRST_YEAR = 1900
UP, DOWN = "up", "down"
DIRECTIONS = (UP, DOWN)
_OUTPUT_WORDS = frozenset(
    "deploy deployed implement implemented launch launched migrate migrated migration refactor refactored "
    "refactoring release released rewrite rewritten rollout ship shipped".split()
)
_EVERYDAY_WORDS = frozenset("build built deliver delivered finish finished".split())
"""Customers finish things too: these speak of our work at the beginning of a measure, or beside `_OURS`."""
_OURS = frozenset(
    "epic epics feature features milestone milestones point points project projects requirement requirements "
    "sprint sprints story stories task tasks ticket tickets".split()
)


def line_of(lines: Sequence[int], place: int) -> int | None:
    """The line of a file on which the record at this place stands; None where there is no file."""
    return lines[place] if place < len(lines) else None


def epic_issues(held: Held, epics: Sequence[Epic], lines: Sequence[int] = ()) -> Iterator[Issue]:
    """What is wrong with these epics; `lines` are the lines of a file, one per epic."""
    seen: set[str] = set()
    for place, epic in enumerate(epics):
        line = line_of(lines, place)
        yield from named("epic", epic.key, epic.name, seen, line)
        called = epic.name.strip() or "The epic"
        if epic.team not in held.teams:
            message = f"{called}: there is no team “{epic.team}”. {INTACT}"
            yield blocker(
                "unknown_team", message, line=line, column="team", sent=epic.team, fix="Add the team first."
            )
        if not 0 <= epic.planned_share <= SHARE_WHOLE:
            message = f"{called}: the planned share of the team is between 0 and 100 %. {INTACT}"
            yield blocker(
                "share", message, line=line, column="planned_share", expected="0 to 1, or 0 to 100 %"
            )
        if epic.started.year < _FIRST_YEAR:
            message = f"{called} has no day on which it started. {INTACT}"
            yield blocker("dates", message, line=line, column="started", fix="Say when work started.")
        if epic.delivered is not None and epic.delivered < epic.started:
            message = f"{called} was delivered before it started. {INTACT}"
            sent, expected = epic.delivered.isoformat(), f"{epic.started.isoformat()} or later"
            fix = "Correct the day of its start, or that of its delivery."
            yield blocker(
                "dates", message, line=line, column="delivered", sent=sent, expected=expected, fix=fix
            )
        yield from day_checks.delivery_issues(held.today, held.epics.get(epic.key), epic, line)


def outcome_issues(
    outcomes: Sequence[Outcome], epics: Sequence[Epic], lines: Sequence[int] = ()
) -> Iterator[Issue]:
    """What is wrong with these outcomes; a target that is an output is a hint, not a blocker."""
    known = {epic.key: epic for epic in epics}
    seen: set[str] = set()
    for place, outcome in enumerate(outcomes):
        line = line_of(lines, place)
        yield from named("outcome", outcome.key, outcome.metric, seen, line)
        epic = known.get(outcome.epic)
        if epic is None:
            message = f"{outcome.metric}: there is no epic “{outcome.epic}”. {INTACT}"
            yield blocker(
                "unknown_epic",
                message,
                line=line,
                column="epic",
                sent=outcome.epic,
                fix="Add the epic first.",
            )
        if not outcome.owner.strip():
            message = f"{outcome.metric} has no owner. One person answers for it. {INTACT}"
            yield blocker("owner", message, line=line, column="owner", fix="Name the owner.")
        if epic is not None and outcome.by_when is not None and outcome.by_when < epic.started:
            yield _too_early(epic, "by_when", outcome.by_when, f"{outcome.metric} is to be read", line)
        yield from size_checks.outcome_issues(outcome, line)
        yield from _target_issues(outcome, line)
        yield from _value_issues(outcome, line)
        if outcome.actual is not None or outcome.read_on is not None:
            yield from reading_issues(outcome, epic, line)
        else:
            yield from _share_issues(outcome, line, is_needed=outcome.share_likely is not None)
        yield from _output_hint(outcome, line)


_CALLED = {"cell": "segment", "driver": "value driver", "line": "finance line"}
"""What columns of lists hold, in the words of pages."""


def named(what: str, key: str, name: str, seen: set[str], line: int | None) -> Iterator[Issue]:
    """What is wrong with a key and a name; `seen` collects the keys."""
    column, what = what, _CALLED.get(what, what)
    expected = f"a name of up to {_LONGEST} letters"
    if not name.strip():
        message, fix = f"The {what} has no name. {INTACT}", "Give it a name."
        yield blocker("name", message, line=line, column=column, sent=name, expected=expected, fix=fix)
    elif len(name) > _LONGEST:
        message, fix = f"The name of the {what} has {len(name):,} letters. {INTACT}", "Shorten it."
        yield blocker("name", message, line=line, column=column, sent=name[:60], expected=expected, fix=fix)
    elif not key:
        message, fix = (
            f"The {what} “{name}” has no key. {INTACT}",
            "Give it a key, such as its name in short.",
        )
        yield blocker("name", message, line=line, column=column, sent=key, fix=fix)
    if key in seen:
        message = f"The {what} “{key}” is there twice. {INTACT}"
        yield blocker("twice", message, line=line, column=column, sent=key, fix="Keep one of them.")
    seen.add(key)


def _target_issues(outcome: Outcome, line: int | None) -> Iterator[Issue]:
    if outcome.direction not in DIRECTIONS:
        message = f"{outcome.metric}: better is up or down. {INTACT}"
        yield blocker("direction", message, line=line, column="direction", sent=outcome.direction)
        return
    targets = (outcome.target_low, outcome.target_likely, outcome.target_high)
    if not all(level.is_finite() for level in (outcome.baseline, *targets)):
        message = f"{outcome.metric}: baseline and targets are numbers. {INTACT}"
        yield blocker("number", message, line=line, column="target_likely", expected="a number such as 62.5")
        return
    if list(targets) not in (sorted(targets), sorted(targets, reverse=True)):
        yield blocker(
            "targets",
            f"{outcome.metric}: the targets are out of order. {INTACT}",
            line=line,
            column="target_low",
            sent=", ".join(f"{target:f}" for target in targets),
            expected="the likely target between low and high",
        )
    promised = outcome.target_likely - outcome.baseline
    if promised == 0:
        message = f"{outcome.metric}: the target is the baseline, so nothing would change. {INTACT}"
        yield blocker("target", message, line=line, column="target_likely", sent=str(outcome.target_likely))
    elif (promised > 0) != (outcome.direction == UP):
        message = (
            f"{outcome.metric}: {outcome.direction} is better, but the target goes the other way. {INTACT}"
        )
        yield blocker(
            "direction", message, line=line, column="target_likely", sent=str(outcome.target_likely)
        )


def _value_issues(outcome: Outcome, line: int | None) -> Iterator[Issue]:
    if outcome.value_class is ValueClass.NOT_FINANCIAL:
        return
    if outcome.unit_value is not None and outcome.currency not in MINOR_DIGITS:
        message = f"{outcome.metric}: the value of a unit needs a currency. {INTACT}"
        yield blocker("currency", message, line=line, column="currency", sent=outcome.currency)
    if outcome.unit_value is not None and not (outcome.unit_value.is_finite() and outcome.unit_value > 0):
        message = (
            f"{outcome.metric}: the value of a unit is above zero; say which direction is better. {INTACT}"
        )
        yield blocker("unit_value", message, line=line, column="unit_value", sent=str(outcome.unit_value))


def output_word(metric: str) -> str:
    """The word that speaks of work done instead of its effect, if the metric holds one."""
    every = re.findall(r"[a-z]+", metric.casefold())
    is_ours = not _OURS.isdisjoint(every)
    return next(
        (
            word
            for place, word in enumerate(every)
            if word in _OUTPUT_WORDS or (word in _EVERYDAY_WORDS and (is_ours or place == 0))
        ),
        "",
    )


def _output_hint(outcome: Outcome, line: int | None) -> Iterator[Issue]:
    if output_word(outcome.metric):
        yield warning(
            "output",
            f"“{outcome.metric}” names work that is done. What changes for customers or costs when it is?",
            line=line,
            column="metric",
            sent=outcome.metric,
            expected="a measure of a result",
            fix="Name the measure that should move.",
        )


def reading_issues(outcome: Outcome, epic: Epic | None, line: int | None = None) -> Iterator[Issue]:
    """What is wrong with the reading that the outcome carries."""
    if outcome.read_on is None:
        message = f"{outcome.metric}: a reading needs its date. {INTACT}"
        yield blocker("read_on", message, line=line, column="read_on", fix="Say when it was read.")
    if outcome.actual is None or not outcome.actual.is_finite():
        yield blocker(
            "actual", f"{outcome.metric}: the reading is no number. {INTACT}", line=line, column="actual"
        )
    if outcome.grade is not Grade.E and not outcome.evidence.strip():
        message = f"{outcome.metric}: evidence of grade {outcome.grade} needs its source. {INTACT}"
        fix = "Say where it can be seen: a report, a link, an experiment; or choose grade E, stated."
        yield blocker("evidence", message, line=line, column="evidence", fix=fix)
    yield from _share_issues(outcome, line, is_needed=True)
    if epic is not None and outcome.read_on is not None and outcome.read_on < epic.started:
        yield _too_early(epic, "read_on", outcome.read_on, f"{outcome.metric} was read", line)


def _too_early(epic: Epic, column: str, sent: date, told: str, line: int | None) -> Issue:
    """A day before the start of the work that it is about."""
    started = epic.started.isoformat()
    return blocker(
        "read_on" if column == "read_on" else "dates",
        f"{told} before {epic.name} started. {INTACT}",
        line=line,
        column=column,
        sent=sent.isoformat(),
        expected=f"a day from {started} on, when work on it started",
        fix="Correct the day, or the epic's start; what was measured before is the baseline.",
    )


def _share_issues(outcome: Outcome, line: int | None, *, is_needed: bool) -> Iterator[Issue]:
    shares = (outcome.share_low, outcome.share_likely, outcome.share_high)
    if not is_needed and shares == (None, None, None):
        return
    known = [share for share in shares if share is not None]
    if len(known) < 3 or not 0 <= known[0] <= known[1] <= known[2] <= SHARE_WHOLE:
        yield blocker(
            "share",
            f"{outcome.metric}: the share due to this work needs low ≤ likely ≤ high, 0 to 100 %. {INTACT}",
            line=line,
            column="share_likely",
            sent=", ".join("" if share is None else f"{Decimal(share) / 10_000:f} %" for share in shares),
            fix="Unsure is a wide range, not a missing one.",
        )


def confirmation_issues(outcome: Outcome, given: Confirmation) -> Iterator[Issue]:
    """What stops this tick (rules V7, V9 and V10)."""
    if outcome.value_class is ValueClass.NOT_FINANCIAL:
        message = f"{outcome.metric} is not financial: it is measured, never counted as money. {INTACT}"
        yield blocker(
            "not_financial", message, fix="Close it with what was learned; nobody has to confirm it."
        )
        return
    if outcome.actual is None:
        message = f"{outcome.metric} has not been read yet, so there is nothing to confirm. {INTACT}"
        yield blocker("unread", message, fix="Record the reading first.")
    if given.tick is Tick.UNIT_VALUE and outcome.unit_value is None:
        message = f"{outcome.metric} has no value of a unit yet. {INTACT}"
        yield blocker("unit_value", message, fix="Say what one unit is worth a month, and on which basis.")
    if outcome.value_basis is ValueBasis.ASSUMED and given.tick is Tick.UNIT_VALUE:
        told = f"The value of a unit of {outcome.metric} is assumed; assumed value is never confirmed."
        message = f"{told} {INTACT}"
        yield blocker(
            "assumed", message, fix="Have the unit value booked or agreed with finance, then confirm."
        )
    if outcome.grade is Grade.E and given.tick is Tick.SHARE:
        message = f"The effect of this work on {outcome.metric} is only stated (grade E). {INTACT}"
        yield blocker(
            "stated", message, fix="Compare with a period or group without it, then record the grade."
        )
    if given.valid_to is not None and given.valid_to < given.confirmed_on:
        message = f"The confirmation would end before it starts. {INTACT}"
        sent, expected = given.valid_to.isoformat(), f"{given.confirmed_on.isoformat()} or later"
        fix = "Give a later day, or none: then it holds until somebody takes it back."
        yield blocker("valid_to", message, column="valid_to", sent=sent, expected=expected, fix=fix)
