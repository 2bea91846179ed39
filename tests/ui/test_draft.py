"""The upload as a value: transitions, what stops them, and what they never lose."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from roi.commands.changing.requests import (
    ColumnChoice,
    ControlCheck,
    EarlierImport,
    FileReading,
    MonthTotal,
    Preview,
    Receipt,
    Suspect,
)
from roi.domain.importing import Mode, ReadTable, Settings
from roi.errors import Issue, blocker, warning
from roi.ui.upload import answered, steps
from roi.ui.upload import draft as drafts
from roi.ui.upload.draft import Draft, DraftFile, Outcome, Step

HEADERS = ("Date", "Expense Area", "Amount")


def table(name="june.csv"):
    return ReadTable(
        name,
        "0" * 64,
        10,
        "utf-8",
        ",",
        1,
        HEADERS,
        3,
        2,
        0,
        Path("nowhere.csv"),
        (("1/6/2015", "GDS", "5.00"),),
    )


def choice(field, header, cell, confidence="sure"):
    return ColumnChoice(field, field, cell, header, confidence, is_required=True, samples=(), help="")


def reading(*, known=False, settings=None, readable=True, already=None):
    columns = (
        choice("month", "Date", 0),
        choice("cost_centre", "Expense Area", 1, "guess"),
        choice("amount", "Amount", 2),
        choice("currency", "", None, "choose"),
    )
    found = table() if readable else None
    return FileReading(found, columns, "cabinet office", known, settings or Settings(), already, ())


def file(name="june.csv", content=b"june", **kwargs):
    return DraftFile(name, content, reading(**kwargs))


def preview(months=(201506,), amount=500, issues=(), overlap=(), already=None, rows=2):
    return Preview(
        source="cabinet office",
        file_name="june.csv",
        used=Settings(),
        rows=rows,
        months=tuple(MonthTotal(month, "GBP", "actual", rows, amount) for month in months),
        totals=(("GBP", amount),),
        issues=tuple(issues),
        overlap=tuple(overlap),
        new=rows,
        unchanged=0,
        removed=0,
        effects=(),
        suspense=(),
        control=None,
        already=already,
    )


def read(draft, version=1, **kwargs):
    for one in draft.files:
        draft = answered.answer(draft, one, version, preview(**kwargs))
    return draft


@pytest.fixture
def one():
    """One readable file, its columns found, its currency stated."""
    return drafts.state(drafts.dropped(Draft(), [file()]), "currency", "GBP")


def test_a_drop_takes_over_what_reading_found():
    draft = drafts.dropped(Draft(), [file()])
    assert draft.source == "cabinet office"
    assert draft.settings.header_of("cost_centre") == "Expense Area"
    assert draft.settings.header_of("currency") is None


def test_a_known_source_brings_its_remembered_mapping():
    remembered = Settings(columns=(("amount", "Amount"), ("month", "Date")), stated=(("currency", "GBP"),))
    draft = drafts.dropped(Draft(), [file(), file("may.csv", b"may", known=True, settings=remembered)])
    assert draft.settings == remembered


def test_a_second_drop_does_not_lose_what_was_said(one):
    said = drafts.choose_column(one, "cost_centre", None)
    again = drafts.dropped(said, [*said.files, file("may.csv", b"may")])
    assert again.settings == said.settings
    assert [f.name for f in again.files] == ["june.csv", "may.csv"]


def test_the_same_content_dropped_twice_counts_once():
    draft = drafts.dropped(Draft(), [file(), file("copy of june.csv")])
    assert [f.name for f in draft.files] == ["june.csv"]
    assert draft.left_out == ("copy of june.csv",)


def test_d17_what_the_file_lacks_must_be_stated():
    draft = drafts.dropped(Draft(), [file()])
    assert steps.missing(draft) == ("currency",)
    assert steps.why_not(draft, Step.COLUMNS) == "Still to choose: currency."
    assert steps.missing(drafts.state(draft, "currency", "GBP")) == ()


def test_d17_one_of_four_places_is_needed(one):
    assert steps.missing(drafts.choose_column(one, "cost_centre", None)) == ("place",)
    assert steps.missing(drafts.choose_column(one, "team", "Expense Area")) == ()


def test_one_column_serves_one_field(one):
    moved = drafts.choose_column(one, "team", "Expense Area")
    assert moved.settings.header_of("team") == "Expense Area"
    assert drafts.header_of(moved, "cost_centre") is None


def test_a_field_that_is_not_there_is_said_so_nobody_guesses_it_again(one):
    assert drafts.choose_column(one, "cost_centre", None).settings.header_of("cost_centre") == ""


def test_an_answer_to_a_word_is_kept_once_and_can_be_taken_back(one):
    said = drafts.answer_word(
        drafts.answer_word(one, "team", "Onbording", "data"), "team", "Onbording", "onb"
    )
    assert said.settings.values == (("team", "Onbording", "onb"),)
    assert drafts.answer_word(said, "team", "Onbording", "").settings.values == ()


def test_a_month_may_be_stated_for_each_file(one):
    draft = drafts.choose_column(one, "month", None)
    assert steps.missing(draft) == ("month",)
    draft = drafts.state_month(draft, "june.csv", "2015-06")
    assert steps.missing(draft) == ()
    assert answered.request_for(draft, draft.files[0]).settings.value_of("month") == "2015-06"


def test_a_preview_counts_only_for_what_was_asked(one):
    draft = read(one)
    assert answered.preview_of(draft, draft.files[0], 1) is not None
    assert answered.preview_of(draft, draft.files[0], 2) is None
    changed = drafts.state(draft, "currency", "EUR")
    assert answered.preview_of(changed, changed.files[0], 1) is None


def test_the_control_total_does_not_ask_for_another_preview(one):
    draft = drafts.say_whole(read(one), Decimal("5.00"))
    assert answered.preview_of(draft, draft.files[0], 1) is not None
    assert answered.request_for(draft, draft.files[0]).control_total == Decimal("5.00")


def test_back_never_loses_work(one):
    draft = drafts.put_aside(read(one), "june.csv", [14], "no team named")
    there = replace(draft, step=Step.CHANGES)
    back = steps.go_back(steps.go_back(there))
    assert back.step is Step.COLUMNS
    assert replace(back, step=Step.CHANGES) == there


def test_d19_a_blocker_stops_at_check(one):
    draft = replace(read(one, issues=[blocker("month", "no month", line=14)]), step=Step.CHECK)
    assert steps.go_on(draft).step is Step.CHECK
    assert "june.csv" in steps.why_not(draft, Step.CHECK)


def test_a_warning_stops_nothing(one):
    draft = replace(read(one, issues=[warning("encoding", "read as cp1252")]), step=Step.CHECK)
    assert steps.go_on(draft).step is Step.CHANGES


def test_d20_overlap_is_a_question_of_step_four(one):
    issue = blocker(answered.OVERLAP, "June is there already")
    draft = replace(read(one, issues=[issue], overlap=[201506]), step=Step.CHECK)
    asked = steps.go_on(draft)
    assert asked.step is Step.CHANGES
    assert steps.go_on(asked).step is Step.CHANGES
    assert steps.go_on(drafts.say_mode(asked, Mode.ADD)).step is Step.CONTROL


def test_d20_two_files_of_one_month_ask_too():
    draft = drafts.dropped(Draft(), [file(), file("more.csv", b"more")])
    assert answered.overlaps(read(draft)) == (201506,)


def test_d20_replacing_does_not_let_the_second_file_replace_the_first():
    draft = read(drafts.dropped(Draft(), [file(), file("more.csv", b"more")]))
    draft = drafts.say_mode(draft, Mode.REPLACE)
    assert [answered.request_for(draft, f).mode for f in draft.files] == [Mode.REPLACE, Mode.ADD]


def test_files_are_taken_in_month_order():
    draft = drafts.dropped(Draft(), [file("a.csv", b"a"), file("b.csv", b"b")])
    draft = answered.answer(draft, draft.files[0], 1, preview(months=[201509]))
    draft = answered.answer(draft, draft.files[1], 1, preview(months=[201501]))
    assert [f.name for f in answered.in_month_order(draft).files] == ["b.csv", "a.csv"]


def test_what_is_live_already_is_not_imported_again(one):
    earlier = EarlierImport(3, datetime(2026, 11, 3, tzinfo=UTC), "Fiona", "june.csv")
    draft = read(one, already=earlier)
    assert answered.waiting(draft) == ()
    assert answered.rows(draft) == 0
    assert steps.why_not(draft, Step.CHECK)


def test_a_difference_to_the_books_needs_a_reason(one):
    draft = replace(drafts.say_whole(read(one), Decimal("4.00")), step=Step.CONTROL)
    assert answered.differences(draft) == {"june.csv": 100}
    assert steps.why_not(draft, Step.CONTROL)
    assert not steps.why_not(drafts.say_reason(draft, "accrual to come"), Step.CONTROL)
    assert answered.differences(drafts.say_whole(draft, Decimal("5.00"))) == {}


def test_the_ledgers_own_comparison_counts_before_the_files_sum(one):
    draft = drafts.say_whole(read(one), Decimal("4.00"))
    request = answered.comparison_for(draft, draft.files[0])
    assert request is not None
    assert request.unreconciled_reason == ""
    told = Suspect("Row 2", None, 550, "Row 2 has that amount.")
    found = replace(preview(), control=ControlCheck("GBP", 400, 950, (told,)))
    draft = answered.compared(draft, draft.files[0], request, found)
    assert answered.differences(draft) == {"june.csv": 550}
    assert [suspect for _, suspect in answered.suspects(draft)] == [told]
    assert answered.comparison_for(draft, draft.files[0]) is None
    assert answered.comparison_for(drafts.say_whole(draft, Decimal(3)), draft.files[0]) is not None


def test_one_total_for_several_files_is_compared_with_their_sum():
    draft = read(drafts.dropped(Draft(), [file(), file("more.csv", b"more")]))
    assert answered.differences(drafts.say_whole(draft, Decimal("10.00"))) == {}
    assert answered.differences(drafts.say_whole(draft, Decimal("9.99"))) == {"": 1}


def test_no_transition_reaches_done_without_the_import(one):
    draft = replace(read(one), step=Step.CONTROL)
    assert steps.go_on(draft).step is Step.CONTROL


def test_after_the_import_only_what_was_refused_is_left():
    draft = read(drafts.dropped(Draft(), [file(), file("more.csv", b"more")]))
    receipt = Receipt(1, datetime(2026, 11, 3, tzinfo=UTC), "Fiona", "import", "", 2, 0)
    outcomes = [Outcome("june.csv", preview(), receipt), Outcome("more.csv", preview(), None, "refused")]
    done = steps.finished(draft, outcomes)
    assert done.step is Step.DONE
    assert [f.name for f in done.files] == ["more.csv"]


def test_an_unreadable_file_stops_at_the_first_step():
    draft = drafts.dropped(Draft(), [file("page.csv", b"<html>", readable=False)])
    assert "page.csv" in steps.why_not(draft, Step.FILE)
    assert drafts.remove_file(draft, "page.csv").files == ()


def test_an_issue_keeps_its_lines():
    issue: Issue = blocker("team", "unknown", line=3, lines=(3, 7), count=2)
    assert issue.lines == (3, 7)
