"""What a reading or a promise does to closed months, and who can restate them (rule V16)."""

from roi.domain.periods import month_name
from roi.domain.structure import Outcome
from roi.reports import choices as choices_report
from roi.ui import links, parts, session
from roi.ui.outcomes import common


def hint(outcome: Outcome, key: str, read_month: int | None = None) -> None:
    """Where months are closed: what is learned counts later; an error is named by finance, and where.

    Nothing is said of a reading of an open month (`read_month`) that is the first of its outcome.
    """
    last = session.ask(choices_report.build).last_closed
    is_first = outcome.actual is None and read_month is not None and last is not None and read_month > last
    if last is None or is_first:
        return
    where = links.href("outcomes", state="confirm", outcome=outcome.key)
    parts.foot(
        f"{month_name(last)} is closed. What is learned of a closed month counts in the first open one, as a "
        f"true-up. Was a closed month wrong? Then {common.confirmers(outcome.owner)} can restate it, "
        "with the reason, ",
        parts.link("where finance confirms", where),
        ".",
        key=key,
    )
