"""What a reading or a promise does to closed months, and who can restate them (rule V16)."""

import streamlit as st

from roi.actors import Action
from roi.domain.periods import month_name
from roi.domain.structure import Outcome
from roi.reports import choices as choices_report
from roi.ui import links, parts, session
from roi.ui.outcomes import common
from roi.ui.upload.pieces import note


def restated(key: str, more: str = "") -> str:
    """What was wrong, where closed months shall move; else what is learned of them is trued up (rule V16).

    Finance alone is asked, and only where months are closed; `key` is that of the field, `more` what else
    finance should know before it says so.
    """
    if not session.actor().may(Action.CONFIRM_VALUE) or session.ask(choices_report.build).last_closed is None:
        return ""
    with st.expander("Was something wrong in closed months?"):
        note(
            "What is learned later counts in the open month, as a true-up. Only an error restates closed "
            f"months: both numbers then stand in the history.{more}"
        )
        return st.text_input("What was wrong (empty: nothing)", key=key).strip()


def restated_or_hint(outcome: Outcome, key: str, read_month: int | None = None) -> str:
    """Where months are closed: what was wrong, from finance; others read that finance names an error.

    Nothing is said of a reading of an open month (`read_month`) that is the first of its outcome.
    """
    last = session.ask(choices_report.build).last_closed
    is_first = outcome.actual is None and read_month is not None and last is not None and read_month > last
    if last is None or is_first:
        return ""
    if session.actor().may(Action.CONFIRM_VALUE):
        return restated(f"{key}_restated")
    _hint(outcome, key, last)
    return ""


def _hint(outcome: Outcome, key: str, last: int) -> None:
    where = links.href("outcomes", state="confirm", outcome=outcome.key)
    parts.foot(
        f"{month_name(last)} is closed. What is learned of a closed month counts in the first open one, as a "
        f"true-up. Was a closed month wrong? Then {common.confirmers(outcome.owner)} can restate it, "
        "with the reason, ",
        parts.link("where finance confirms", where),
        ".",
        key=key,
    )
