"""Record an anticipated outcome: one page, four blocks, and the sentence that they make (ux.md 9)."""

import streamlit as st

from roi.actors import Action
from roi.commands import anticipating
from roi.commands.changing.requests import Receipt
from roi.domain.structure import Outcome
from roi.domain.value import OutcomePlan
from roi.reports import choices as choices_report
from roi.reports import start as start_report
from roi.reports.choices import ChoicesReport
from roi.reports.shapes import OutcomeRow, OutcomesReport
from roi.story import words
from roi.ui import links, parts, session
from roi.ui.outcomes import (
    closed,
    common,
    conflict,
    done,
    draft,
    draft_plan,
    fields,
    form_texts,
    form_who,
    form_work,
    form_worth,
    ticked,
)
from roi.ui.outcomes.fields import Values
from roi.ui.upload.pieces import note

_KEPT, _EDITED = form_work.DRAFT, "_outcome_edited"
_FORM = "outcome"
_HEADS = {
    False: ("Record an outcome", "What should this work change?"),
    True: ("Change the promise", "What should this work change now?"),
}


def draw() -> None:
    """The blocks, the live sentence, and the button."""
    report = common.ask_all()
    edited = common.find(report, links.asked("outcome")) if links.asked("state") == "edit" else None
    label, title = _HEADS[edited is not None]
    parts.eyebrow_and_title(common.here(label), title, "Four short blocks, about three minutes.")
    acting = session.actor()
    if not acting.may(Action.RECORD_OUTCOME):
        common.only_reads("owners and tech leaders record outcomes", Action.RECORD_OUTCOME)
        return
    company = session.ask(start_report.build)
    if not company.teams:
        parts.empty_state("An outcome belongs to a team", "Add your teams first.", ("Add teams", "start"))
        return
    done.draw()
    choices = session.ask(choices_report.build)
    place = st.empty()
    _begin(edited, choices)
    _conflict(edited, choices)
    values: Values = dict(st.session_state.get(_KEPT, {}))
    form_work.problem(values, report, company.teams)
    form_work.change(values, report)
    form_worth.draw(values, company, choices)
    form_who.draw(values, report, choices)
    st.session_state[_KEPT] = values
    place.html(draft.sentence(values))
    restatement = ""
    if edited is not None:
        restatement = closed.restated_or_hint(edited.outcome, "outcome_closed")
        _ticks(values, edited, choices)
    _save(values, report, (edited, restatement), choices)


def _begin(edited: OutcomeRow | None, choices: ChoicesReport) -> None:
    """Start from the outcome that is changed, or from the draft; never from another outcome's fields."""
    key = edited.outcome.key if edited else ""
    is_taken = conflict.was_taken(_FORM)
    if st.session_state.get(_EDITED, "") == key and not is_taken:
        conflict.begin(_FORM, _KEPT)
        return
    forget()
    conflict.begin(_FORM, fields.named("outcome_metric"))
    st.session_state[_EDITED] = key
    if edited is not None:
        plan = choices.plans.get(key)
        agreed = draft_plan.values_of(plan) if plan else {}
        st.session_state[_KEPT] = {**agreed, **draft.values_of(edited.outcome)}


def _conflict(edited: OutcomeRow | None, choices: ChoicesReport) -> None:
    """Both texts, when somebody saved in between."""
    if edited is None:
        return
    theirs = form_texts.of(edited.outcome, choices.plans.get(edited.outcome.key))
    receipt = conflict.draw(_FORM, theirs)
    if receipt is not None:
        _leave("Saved over the other text.", receipt, edited.outcome.epic)


def _ticks(values: Values, edited: OutcomeRow, choices: ChoicesReport) -> None:
    """What finance ticked and this change would end, as long as it can still be left as it was."""
    made, plan = _made(values, edited.outcome.epic, edited.outcome.key, edited, choices)
    if made is not None:
        ticked.before_saving(edited, made, choices.plans.get(edited.outcome.key), plan)


_Edited = tuple[OutcomeRow | None, str]
"""The outcome that is changed, and what was wrong where closed months are restated."""


def _save(values: Values, report: OutcomesReport, changed: _Edited, choices: ChoicesReport) -> None:
    """The button, why it waits, and what is missing to measure it later."""
    edited, _ = changed
    found = draft.problems(values)
    lacking = draft.missing(values)
    parts.issue_list(found)
    later = draft_plan.unmeasurable(values)
    with st.container(horizontal=True, vertical_alignment="center", key="outcome_save_bar"):
        is_ready = not found and not lacking
        label = "Save the change" if edited else "Record this outcome"
        pressed = st.button(label, key="outcome_save", type="primary", disabled=not is_ready)
        if st.button("Clear", key="outcome_clear", type="tertiary"):
            forget()
            fields.anew()
            st.rerun()
    if lacking:
        note(f"Still to say: {words.listed(lacking)}.")
    if later:
        note(f"To be confirmed later it also needs: {words.listed(later)}. None of it stops you now.")
    if pressed:
        _record(values, report, changed, choices)


def _record(values: Values, report: OutcomesReport, changed: _Edited, choices: ChoicesReport) -> None:
    """Outcome, plan and a new epic in one change."""
    edited, restatement = changed
    epic_key, is_new = str(values["epic"]), values["epic"] == draft.NEW
    if is_new:
        epic_key = draft.key_for(str(values["epic_name"]), {epic.key for epic in report.all_epics})
    taken = {one.outcome.key for one in report.outcomes}
    key = edited.outcome.key if edited else draft.key_for(str(values["metric"]), taken)
    made, plan = _made(values, epic_key, key, edited, choices)
    if made is None:
        return
    epic = draft.epic(values, epic_key) if is_new else None
    epic_plan = draft_plan.epic_plan(values, epic_key) if is_new else None
    texts = form_texts.of(made, plan)
    command, more = anticipating.save_anticipated, {"restatement": restatement}
    receipt = conflict.save(_FORM, texts, command, made, plan, epic, epic_plan, **more)
    if receipt is not None:
        _leave("Outcome changed." if edited else "Outcome recorded.", receipt, epic_key)
    elif conflict.is_kept(_FORM):
        st.rerun()


def _made(
    values: Values, epic_key: str, key: str, edited: OutcomeRow | None, choices: ChoicesReport
) -> tuple[Outcome | None, OutcomePlan]:
    """The outcome and its plan as they would be saved; what was read of it stays."""
    made = draft.outcome(values, epic_key, key)
    if made is not None and edited is not None:
        made = draft.keeping(made, edited.outcome, values)
    return made, draft_plan.plan(form_texts.cleaned(values), key, choices.plans.get(key))


def _leave(text: str, receipt: Receipt, epic: str) -> None:
    forget()
    done.say(text, receipt)
    links.go("epic", epic=epic)


def forget() -> None:
    """An empty form."""
    st.session_state.pop(_KEPT, None)
    st.session_state.pop(_EDITED, None)
    conflict.end(_FORM)
    for key in [key for key in st.session_state if str(key).startswith("outcome_")]:
        del st.session_state[key]
