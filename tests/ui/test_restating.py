"""An import that would move a closed month is told apart, and goes again with its reason."""

import re
from dataclasses import replace
from functools import partial

from roi.commands.changing.requests import CostImport
from roi.errors import INTACT, ClosedMonthError, NotAllowedError, RefusedError, blocker
from roi.ui import states
from roi.ui.outcomes import conflict
from roi.ui.upload import answered
from roi.ui.upload.draft import Draft, DraftFile
from roi.ui.upload.runner import ImportRun, Job

REQUEST = CostImport(b"a", "a.csv", "books")


def _run(error):
    def carry_out(_request, _tell):
        raise error

    running = ImportRun([Job(REQUEST, None)], carry_out, lambda: None)
    assert running.wait(10)
    return running.outcomes[0]


def test_d11_a_closed_month_is_told_apart_from_other_refusals():
    assert _run(ClosedMonthError("January 2026 is closed.")).is_closed
    assert not _run(NotAllowedError("no")).is_closed


def test_d11_the_reason_of_the_restatement_is_sent_with_each_file(monkeypatch):
    monkeypatch.setattr(answered, "header_of", lambda _draft, _name: "month")
    monkeypatch.setattr(answered, "stated_for", lambda _draft, _file: None)
    file = DraftFile("a.csv", b"a", _Reading())
    draft = Draft(files=(file,), source="books")
    assert not answered.request_for(draft, file).restatement
    assert (
        answered.request_for(replace(draft, restatement="late invoice"), file).restatement == "late invoice"
    )


class _Reading:
    sheet, table = "", None


def test_d11_what_is_saved_over_another_text_can_be_restated_as_well():
    def command(store, actor, team, **more):
        return store, actor, team, more

    kept = partial(conflict._again, command, ["Search"], {})
    once_more = partial(conflict._again, kept, [], {})
    found = once_more("store", "Fay", based_on=7, restatement="moved")
    assert found == ("store", "Fay", "Search", {"based_on": 7, "restatement": "moved"})


def test_r7_a_refusal_says_its_problem_once_with_what_is_expected_and_what_to_do(monkeypatch):
    shown = []
    monkeypatch.setattr(states.st, "html", lambda made: shown.append(str(made)))
    issue = blocker("x", "It is too early.", line=3, column="read_on", sent="a", expected="b", fix="Later.")
    states.refusal(RefusedError("It is too early.", (issue,)))
    (text,) = shown
    assert text.count("It is too early.") == 1
    for told in ("Row 3", "read_on", "you sent “a”", "expected b", "Later."):
        assert told in text
    states.refusal(RefusedError("Two things are wrong.", (issue,)))
    assert "Two things are wrong." in shown[1]


def test_r7_what_a_form_refuses_names_its_fields_and_says_once_what_is_safe(monkeypatch):
    shown = []
    monkeypatch.setattr(states.st, "html", lambda made: shown.append(re.sub("<[^>]+>", "|", str(made))))
    first = blocker("a", f"No name. {INTACT}", column="planned_share", sent="", fix="Give one.")
    second = blocker("b", f"No day. {INTACT}", column="read_on", sent="soon", expected="a day")
    states.refusal(RefusedError(first.message, (first, second)))
    (text,) = shown
    assert text.count(INTACT) == 1
    assert "Planned share · left empty" in text
    assert "Read on · you gave “soon” · expected a day" in text
