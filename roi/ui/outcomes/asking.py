"""What finance asks before it confirms, and what the owner answers; while it is open nothing counts."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from roi.actors import Action
from roi.charts.markup import Html, join, tag
from roi.commands import loop
from roi.domain.value import Question
from roi.story import words
from roi.ui import parts, session
from roi.ui.component import markup
from roi.ui.outcomes import deciding, done


def listed(outcome: str, questions: Sequence[Question]) -> None:
    """Every question with its answer; whoever answers for the outcome may answer an open one."""
    if not questions:
        return
    open_ = [question for question in questions if question.is_open]
    note = "While a question is open the claim is disputed and counts nothing." if open_ else ""
    parts.section("What finance asked", note)
    markup(tag("dl", *(_told(one) for one in questions), class_="trust"), key=f"questions_{outcome}")
    if session.actor().may(Action.RECORD_OUTCOME):
        for question in open_:
            _answer(outcome, question)


def _told(question: Question) -> Html:
    asked = f"{question.asked_by}, {words.day(question.asked_on)}"
    if question.answered_on is None:
        answer = tag("span", "open", class_="attn")
    else:
        by = f" ({question.answered_by}, {words.day(question.answered_on)})"
        answer = join(question.answer, tag("span", by, class_="neu"))
    return tag("div", tag("dt", asked), tag("dd", question.text, tag("br"), answer))


def _answer(outcome: str, question: Question) -> None:
    key = f"answer_{outcome}_{question.asked_on.isoformat()}"
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{key}_bar"):
        typed = st.text_input("Your answer", key=key, placeholder="what the source shows", live=True)
        if st.button("Answer", key=f"{key}_save", type="primary", disabled=not typed.strip()):
            _send(outcome, question.asked_on, typed.strip())


def _send(outcome: str, asked_on: date, text: str) -> None:
    receipt = deciding.press(outcome, loop.answer, outcome, asked_on, session.today(), text)
    done.tell(receipt, "Answered; finance can confirm again.")


def ask(outcome: str) -> None:
    """The field for a question to the owner."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="ask_bar"):
        typed = st.text_input(
            "Ask the owner",
            key=f"ask_text_{outcome}",
            placeholder="which segment does the source hold?",
            live=True,
        )
        if st.button("Ask", key="ask_save", disabled=not typed.strip()):
            receipt = deciding.press(outcome, loop.ask, outcome, session.today(), typed.strip())
            done.tell(receipt, "Asked. It counts nothing until it is answered.")
