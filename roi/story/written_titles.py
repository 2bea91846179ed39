"""What may be said about targets that stand as they were written: how many of those judged are met."""

from collections import Counter
from collections.abc import Sequence

from roi.domain.success import Success
from roi.reports.shapes import OutcomesReport
from roi.reports.shapes.value import MeasureRow
from roi.story import words
from roi.story.rules import Rule, Said, always, say


def written_met(met: int, judged: int) -> str:
    """`39 of 57 targets as written are met`."""
    return f"{words.count_of(met, judged)} targets as written {'is' if met == 1 else 'are'} met"


def as_written(rows: Sequence[MeasureRow]) -> str:
    """Of those that are met or not, how many are; while there is none, how many targets there are."""
    counts = Counter(row.status for row in rows)
    met, judged = counts[Success.MET], counts[Success.MET] + counts[Success.NOT_MET]
    return written_met(met, judged) if judged else f"{words.spelled(len(rows), 'target')} as written"


def met_and_judged(report: OutcomesReport) -> tuple[int, int]:
    """How many targets in words are met, and how many are met or not."""
    counts = dict(report.written_counts)
    met = counts.get(Success.MET.value, 0)
    return met, met + counts.get(Success.NOT_MET.value, 0)


def _others(report: OutcomesReport) -> str:
    """How many are neither met nor missed: `2 not available, 54 to come`."""
    judged = {Success.MET.value, Success.NOT_MET.value}
    return ", ".join(
        f"{count:,} {word}" for word, count in report.written_counts if count and word not in judged
    )


WRITTEN: tuple[Rule[OutcomesReport], ...] = (
    Rule(
        "written-met",
        lambda r: met_and_judged(r)[1] > 0,
        lambda r: "; ".join(part for part in (written_met(*met_and_judged(r)), _others(r)) if part),
    ),
    Rule("written-open", always, lambda r: f"Targets as written: {_others(r)}"),
)


def written(report: OutcomesReport) -> Said:
    """How outcomes came out whose target stands as it was written."""
    return say(WRITTEN, report)
