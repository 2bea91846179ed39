"""What finance ticked and a change would end: said on the form, before it is saved (rules V3, V8, V10)."""

from collections.abc import Sequence

from roi.commands.checks import settled
from roi.domain.structure import Outcome, Tick
from roi.domain.value import OutcomePlan
from roi.reports.shapes import EpicReport, OutcomeRow
from roi.story import words
from roi.ui import parts
from roi.ui.upload.pieces import note

_NAMES = {Tick.MOVEMENT: "the movement", Tick.UNIT_VALUE: "the unit value", Tick.SHARE: "the share"}


def before_saving(row: OutcomeRow, made: Outcome, held: OutcomePlan | None, plan: OutcomePlan) -> None:
    """The ticks that saving this would end, or what would end one; nothing where finance gave none."""
    if not row.ticks:
        return
    before = held or OutcomePlan(row.outcome.key)
    ended = settled.ended_by(row.outcome, made) | settled.ended_by_plan(before, plan)
    lost = [one for one in row.ticks if Tick(one[0]) in ended]
    if lost:
        is_other = settled.measures_otherwise(row.outcome, made)
        parts.callout("attention", ending(lost, is_other_measure=is_other))
    else:
        given = _listed([name for name, _, _ in row.ticks])
        note(
            f"Finance has ticked {given}. A change of what is measured, its series, what one unit is worth, "
            "its evidence, the finance line or the cell ends ticks."
        )


def ending(lost: Sequence[tuple[str, str, object]], *, is_other_measure: bool) -> str:
    """Which ticks end, who gave them, and what that means until they are given anew."""
    names = _listed([name for name, _, _ in lost])
    who = words.listed(list(dict.fromkeys(who for _, who, _ in lost)))
    ticks = words.spelled(len(lost), "tick")
    what = "Each reading so far" if is_other_measure else "The latest reading"
    again = "it" if len(lost) == 1 else "them"
    return (
        f"Saving this ends {ticks} of finance: {names}, given by {who}. "
        f"{what} counts nothing until finance gives {again} anew."
    )


def _listed(ticks: Sequence[str]) -> str:
    return words.listed([_NAMES[Tick(name)] for name in ticks])


def of_an_epic(report: EpicReport) -> None:
    """That days and teams carry what finance ticked, where it ticked something."""
    count = sum(bool(row.ticks) for row in report.row.outcomes)
    if count:
        note(
            f"Finance has ticked {words.spelled(count, 'outcome')} of this epic. Another month of delivery "
            "or another team that would move confirmed money is refused; where not all three ticks stand, "
            "another month needs the tick of the movement anew. Another day of the same month moves nothing."
        )
