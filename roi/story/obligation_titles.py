"""What may be said about obligations: how many are met, when the next is due; no verdict (rule V15)."""

from collections.abc import Sequence

from roi.domain.obligations import Judgement, ObligationKind, Standing
from roi.reports.shapes.obligations import ObligationRow
from roi.story import words
from roi.story.rules import Rule, Said, always, say

NO_DEADLINE = "no deadline recorded"
ON_ITS_PAGE = (
    "Judged on date and cost; no verdict is given. The penalty is in no value, total, return or decision."
)
KINDS = {
    ObligationKind.LAW: "law",
    ObligationKind.CONTRACT: "contract",
    ObligationKind.SECURITY: "security",
}

Rows = Sequence[ObligationRow]


def standing(judgement: Judgement) -> str:
    """`due in 24 days`, `overdue by 3 days`, `met 29 days before`, `no deadline recorded`."""
    days = judgement.days or 0
    told = words.counted(days, "day")
    return {
        Standing.OVERDUE: f"overdue by {told}",
        Standing.DUE: f"due in {told}" if days else "due today",
        Standing.NO_DEADLINE: NO_DEADLINE,
        Standing.IN_TIME: f"met {told} before" if days else "met on the day",
        Standing.LATE: f"met {told} after",
        Standing.DELIVERED: f"delivered, {NO_DEADLINE}",
        Standing.ENDED: "ended before it was delivered",
    }[judgement.standing]


def planned(row: ObligationRow) -> str:
    """The same, and that its own plan misses the deadline: `due in 24 days; planned 3 days after`."""
    late = f"; planned {words.counted(row.planned_late, 'day')} after" if row.planned_late else ""
    return f"{standing(row.judgement)}{late}"


def on_date(row: ObligationRow) -> str:
    """The same as a sentence's end: `met 29 days before its deadline`."""
    told = planned(row)
    return f"{told} its deadline" if told.endswith(("before", "after")) else told


# The claim over the list


def _open(rows: Rows) -> list[ObligationRow]:
    return [row for row in rows if row.judgement.is_open]


def _of(rows: Rows, which: Standing) -> list[ObligationRow]:
    return [row for row in rows if row.judgement.standing is which]


def _left(rows: Rows) -> str:
    """`two of five obligations are not met yet`."""
    count, of = len(_open(rows)), len(rows)
    if count == of:
        verb = "is" if of == 1 else "are"
        return f"{words.spelled(of, 'obligation')} {verb} not met yet"
    is_are = "is" if count == 1 else "are"
    return f"{words.spelled(count, 'of', 'of')} {words.spelled(of, 'obligation')} {is_are} not met yet"


def _overdue(rows: Rows) -> str:
    late = _of(rows, Standing.OVERDUE)
    longest = words.counted(max(row.judgement.days or 0 for row in late), "day")
    if len(late) == 1:
        return f"{_left(rows)}; {'it' if len(_open(rows)) == 1 else 'one'} is overdue by {longest}"
    return f"{_left(rows)}; {words.spelled(len(late), 'is', 'are')} overdue, the longest by {longest}"


def _next(rows: Rows) -> str:
    first = min(_of(rows, Standing.DUE), key=lambda row: row.judgement.days or 0)
    days, its = first.judgement.days, first.obligation
    who = "it" if len(_open(rows)) == 1 else "the next"
    if not days or its is None:
        return f"{_left(rows)}; {who} is due today"
    return f"{_left(rows)}; {who} is due on {words.day(its.deadline)}, in {words.counted(days, 'day')}"


def _is_next(rows: Rows) -> bool:
    """Whether a deadline is ahead and none is past."""
    return bool(_of(rows, Standing.DUE)) and not _of(rows, Standing.OVERDUE)


def _undated(rows: Rows) -> str:
    is_one = len(_open(rows)) == 1
    return f"{_left(rows)}; {'its deadline is' if is_one else 'their deadlines are'} not recorded"


def _is_undated(rows: Rows) -> bool:
    return bool(_open(rows)) and len(_of(rows, Standing.NO_DEADLINE)) == len(_open(rows))


def _met(rows: Rows) -> str:
    if len(rows) == 1:
        return "one obligation is met"
    every = "both obligations" if len(rows) == 2 else f"all {words.spelled(len(rows), 'obligation')}"
    return f"{every} are met"


def _all_in_time(rows: Rows) -> bool:
    return len(_of(rows, Standing.IN_TIME)) == len(rows)


def _late(rows: Rows) -> str:
    late = len(_of(rows, Standing.LATE))
    if len(rows) == 1:
        return f"{_met(rows)}, {on_date(rows[0]).removeprefix('met ')}"
    whose = "its" if late == 1 else "their"
    return f"{_met(rows)}; {words.spelled(late, 'came', 'came')} after {whose} deadline"


def _some_ended(rows: Rows) -> str:
    ended, of = len(_of(rows, Standing.ENDED)), words.spelled(len(rows), "obligation")
    return f"no obligation is open; {words.spelled(ended, 'of', 'of')} {of} ended before delivery"


LIST: tuple[Rule[Rows], ...] = (
    Rule("obligations-none", lambda rows: not rows, lambda _: "No epic here is marked as an obligation"),
    Rule("obligations-overdue", lambda rows: bool(_of(rows, Standing.OVERDUE)), _overdue),
    Rule("obligations-next", _is_next, _next),
    Rule("obligations-undated", _is_undated, _undated),
    Rule("obligations-open", lambda rows: bool(_open(rows)), _left),
    Rule("obligations-ended", lambda rows: bool(_of(rows, Standing.ENDED)), _some_ended),
    Rule("obligations-in-time", _all_in_time, lambda rows: f"{_met(rows)}, by the deadline"),
    Rule("obligations-late", lambda rows: bool(_of(rows, Standing.LATE)), _late),
    Rule("obligations-met", always, _met),
)


def obligations(rows: Rows) -> Said:
    """How many obligations are not met yet, and what is due next."""
    return say(LIST, rows)


def note(rows: Rows) -> str:
    """What stands under the claim: where the penalties count, and what is missing."""
    undated = sum(row.obligation is None for row in rows)
    where = "its page" if undated == 1 else "their pages"
    missing = words.sentence(words.spelled(undated, "has", "have"))
    asked = f" {missing} no deadline yet: it is recorded on {where}." if undated else ""
    return f"What is not met stands first. Penalties are in no total.{_missed(rows)}{asked}"


def _missed(rows: Rows) -> str:
    """What the claim over the list leaves out: deadlines that a plan misses, or that work missed."""
    planned_late, late = sum(row.planned_late > 0 for row in rows), len(_of(rows, Standing.LATE))
    told = []
    if planned_late:
        whose = "its deadline" if planned_late == 1 else "their deadlines"
        told.append(f" {words.sentence(words.spelled(planned_late, 'is', 'are'))} planned after {whose}.")
    if late:
        whose = "its deadline" if late == 1 else "their deadlines"
        told.append(f" {words.sentence(words.spelled(late, 'was', 'were'))} met after {whose}.")
    ended = len(_of(rows, Standing.ENDED))
    if ended:
        told.append(f" {words.sentence(words.spelled(ended, 'was', 'were'))} given up and never met.")
    return "".join(told)


def demanded_by(row: ObligationRow) -> str:
    """Law, contract or security; a dash while nobody has said."""
    its = row.obligation
    return KINDS[its.kind] if its is not None else words.DASH


def in_brief(row: ObligationRow) -> str:
    """`law · 18 Dec 2026 · $90.0k if missed`: what a narrow screen has no columns for."""
    its = row.obligation
    if its is None:
        return row.team_name
    told = [demanded_by(row), words.day(its.deadline)]
    if its.penalty_minor is not None:
        converted = words.figure(row.penalty) if row.penalty.is_known else ""
        told.append(f"{converted or words.money(its.penalty_minor, its.currency)} if missed")
    return " · ".join(told)
