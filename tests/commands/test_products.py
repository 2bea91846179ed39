"""The life of a product is recorded, changed and taken back; a closed month stays as it was said (D11)."""

from dataclasses import replace

import pytest

from roi.commands import closing, keeping, lists, products, structure, undo
from roi.domain.products import ProductLife
from roi.domain.structure import Team
from roi.errors import (
    ClosedMonthError,
    ConflictError,
    NotAllowedError,
    RefusedError,
    StoreDamagedError,
    UnchangedError,
    UndoRefusedError,
)
from roi.reports import data
from roi.reports.shapes import Scope
from roi.store import read, read_value
from roi.story import history_words

LIFE = ProductLife("Enrolment", 202501, None, "", "Olga")
RETIRED = replace(LIFE, retired=202612, reason="the new shop does all of it")


@pytest.fixture
def store(company):
    return company.store


def held(store):
    with store.snapshot() as cursor:
        return {
            one.value_stream: one for one in read_value.records(cursor, "product_life", ProductLife, key="")
        }


def test_t9_it_is_recorded_and_changed_each_as_a_change_that_undo_takes_back(store, una, state):
    before = state(store)
    first = products.record_life(store, una, replace(LIFE, value_stream="enrolment", owner=" Olga "))
    assert held(store) == {"Enrolment": LIFE}
    last = products.record_life(store, una, RETIRED)
    assert held(store) == {"Enrolment": RETIRED}
    undo.undo(store, una, last.change_id)
    assert held(store) == {"Enrolment": LIFE}
    undo.undo(store, una, first.change_id)
    assert state(store) == before


def test_what_goes_on_needs_no_reason_and_nothing_at_all_takes_the_record_back(store, una):
    products.record_life(store, una, RETIRED)
    products.record_life(store, una, replace(RETIRED, retired=None))
    assert held(store) == {"Enrolment": LIFE}
    with pytest.raises(UnchangedError):
        products.record_life(store, una, LIFE)
    products.record_life(store, una, ProductLife("Enrolment"))
    assert held(store) == {}


@pytest.mark.parametrize("row", ["removed_by = 2147483647", "removed_by != 2147483647"])
def test_r11_a_retirement_that_was_edited_on_disk_is_found(store, una, row):
    products.record_life(store, una, LIFE)
    products.record_life(store, una, RETIRED)
    keeping.verify(store, una, deep=True)
    with store.cursor() as cursor:
        cursor.execute(f"update product_life set retired = 202701 where {row}")
    with pytest.raises(StoreDamagedError):
        keeping.verify(store, una, deep=True)


def test_who_changes_what_somebody_else_changed_sees_it(store, una):
    opened = products.record_life(store, una, LIFE).change_id
    products.record_life(store, una, RETIRED)
    with pytest.raises(ConflictError):
        products.record_life(store, una, replace(LIFE, owner="Ida"), based_on=opened)


def test_s2_who_may_not_plan_work_records_none(store, executive, finance):
    for actor in (executive, finance):
        with pytest.raises(NotAllowedError):
            products.record_life(store, actor, LIFE)


WRONG = {
    "a stream that is not there": (replace(LIFE, value_stream="Sailing"), {"unknown_stream"}),
    "no owner": (replace(LIFE, owner=" "), {"owner"}),
    "no month": (replace(LIFE, started=202513), {"started"}),
    "a month that nobody means": (replace(RETIRED, retired=302601), {"retired"}),
    "retired before it started": (replace(RETIRED, started=202701), {"dates"}),
    "no reason": (replace(RETIRED, reason=" "), {"reason"}),
    "a long reason": (replace(RETIRED, reason="x" * 301), {"text"}),
    "two lines": (replace(RETIRED, reason="a\nb"), {"text"}),
    "an address": (replace(RETIRED, reason="ask olga@example.org"), {"person"}),
    "all at once": (
        ProductLife("Sailing", 202701, 202613, "to\nolga@example.org", ""),
        {"unknown_stream", "owner", "retired", "dates", "text", "person"},
    ),
}


@pytest.mark.parametrize("said", WRONG)
def test_all_that_is_wrong_is_told_at_once_and_nothing_is_saved(store, una, said):
    wrong, expected = WRONG[said]
    version = store.version
    with pytest.raises(RefusedError) as error:
        products.record_life(store, una, wrong)
    assert {issue.code for issue in error.value.issues} == expected
    assert store.version == version
    assert all(issue.fix or issue.expected for issue in error.value.issues)
    own = [
        issue
        for issue in error.value.issues
        if issue.code in {"owner", "started", "retired", "dates", "reason"}
    ]
    assert all(issue.sent is not None and issue.expected and issue.fix for issue in own)


UNREAD = {
    "no owner either": (ProductLife("enrolment"), {"started": "soon"}, {"owner", "started"}),
    "no reason either": (replace(LIFE, reason=""), {"retired": "2026-13"}, {"retired", "reason"}),
    "the other month too": (
        replace(LIFE, started=302601, reason="a\nb"),
        {"retired": "x"},
        {"started", "retired", "text"},
    ),
    "nothing right": (
        ProductLife("Sailing"),
        {"started": "1", "retired": "2"},
        {"unknown_stream", "owner", "started", "retired", "reason"},
    ),
}


@pytest.mark.parametrize("said", UNREAD)
def test_months_that_cannot_be_read_are_told_with_all_the_rest(store, una, said):
    typed, unread, codes = UNREAD[said]
    version = store.version
    with pytest.raises(RefusedError) as error:
        products.record_life(store, una, typed, unread=unread)
    assert {issue.code for issue in error.value.issues} == codes
    of_months = [issue for issue in error.value.issues if issue.column in unread]
    assert {issue.column: issue.sent for issue in of_months} == unread
    assert all(issue.expected and issue.fix for issue in of_months)
    assert store.version == version


def test_a_month_that_cannot_be_read_moves_no_closed_month_in_its_telling(store, una, finance):
    products.record_life(store, una, replace(RETIRED, retired=202602))
    closing.close_months(store, finance, [202601, 202602, 202603], "books are final")
    with pytest.raises(RefusedError) as error:
        products.record_life(store, una, replace(LIFE, owner=""), unread={"retired": "soon"})
    assert {issue.code for issue in error.value.issues} == {"owner", "retired", "reason"}


def test_a_wrong_month_is_told_as_it_was_typed(store, una):
    with pytest.raises(RefusedError) as error:
        products.record_life(store, una, replace(RETIRED, started=202701))
    (issue,) = error.value.issues
    assert (issue.sent, issue.expected) == ("2026-12", "2027-01 or later")


def test_a_product_may_be_retired_in_the_month_in_which_it_started(store, una):
    products.record_life(store, una, replace(RETIRED, started=202612))
    assert held(store)["Enrolment"].started == 202612


# Closed months (decision D11)


@pytest.fixture
def closed(store, finance):
    closing.close_months(store, finance, [202601, 202602], "books are final")
    return store


def test_d11_a_last_month_before_a_closed_one_takes_a_named_restatement(closed, una, tech_leader):
    early = replace(RETIRED, retired=202601)
    with pytest.raises(ClosedMonthError, match="Enrolment has months that are closed"):
        products.record_life(closed, una, early)
    with pytest.raises(RefusedError):
        products.record_life(closed, tech_leader, early)
    with pytest.raises(NotAllowedError):
        products.record_life(closed, tech_leader, early, restatement="it was over then")
    receipt = products.record_life(closed, una, early, restatement="it was over then")
    assert receipt.notes == ("Restated: Enrolment: last month none → 2026-01.",)
    assert held(closed)["Enrolment"].retired == 202601


@pytest.mark.parametrize("last", [202602, 202603, 202712])
def test_d11_a_last_month_that_moves_no_closed_one_is_ordinary_work(closed, tech_leader, last):
    products.record_life(closed, tech_leader, replace(RETIRED, retired=last))
    products.record_life(closed, tech_leader, replace(RETIRED, retired=202604))
    products.record_life(closed, tech_leader, LIFE)


def test_d11_a_list_is_restated_by_who_has_both_roles(closed, una):
    text = b"value_stream,owner,retired,reason\nEnrolment,Olga,2026-01,replaced\n"
    found = lists.read_list(closed, una, "product_lives", text, "lives.csv")
    assert found.may_be_restated
    with pytest.raises(RefusedError):
        lists.import_list(closed, una, "product_lives", text, "lives.csv")
    lists.import_list(closed, una, "product_lives", text, "lives.csv", restatement="it was over then")
    assert held(closed)["Enrolment"].retired == 202601


def test_d11_undo_moves_a_closed_month_only_by_a_restatement(store, una, finance):
    change = products.record_life(store, una, replace(RETIRED, retired=202601)).change_id
    closing.close_months(store, finance, [202601, 202602], "books are final")
    with pytest.raises(ClosedMonthError):
        undo.undo(store, una, change)
    undo.undo(store, una, change, restatement="it was not over")
    assert held(store) == {}


# What the history says of it (R11)


def test_r11_the_history_tells_its_months_from_what_to_what(store, una):
    products.record_life(store, una, LIFE)
    change = products.record_life(store, una, replace(RETIRED, started=None)).change_id
    rows = data.build(store, una, Scope()).changes
    found = next(row for row in rows if row.change_id == change)
    told = history_words.told(found)
    assert "Enrolment: first month Jan 2025 → none, last month none → Dec 2026" in told


def test_each_of_two_streams_that_differ_in_letter_case_alone_has_its_own_life(store, una):
    structure.save_teams(store, una, [Team("harbour", "Harbour", value_stream="ENROLMENT")])
    upper = replace(LIFE, value_stream="ENROLMENT", owner="Pia")
    products.record_life(store, una, upper)
    products.record_life(store, una, LIFE)
    assert held(store) == {"ENROLMENT": upper, "Enrolment": LIFE}


def test_v11_no_value_stream_is_renamed_away_under_its_retirement(store, una):
    """Its work would be expected to go on without a word."""
    products.record_life(store, una, RETIRED)
    with store.snapshot() as cursor:
        teams = [one for one in read.teams(cursor) if one.value_stream == "Enrolment"]
    first, *others = [replace(one, value_stream="Admission") for one in teams]
    structure.save_teams(store, una, others)
    with pytest.raises(UndoRefusedError, match=r"Enrolment is still used by the life of a product"):
        structure.save_teams(store, una, [first])
    products.record_life(store, una, ProductLife("Enrolment"))
    structure.save_teams(store, una, [first])
    products.record_life(store, una, replace(RETIRED, value_stream="Admission"))
    assert held(store).keys() == {"Admission"}
