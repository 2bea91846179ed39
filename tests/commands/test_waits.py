"""What an epic waits for is recorded, ended, taken back; it names a team or a thing and nobody (V21, T9)."""

from dataclasses import replace
from datetime import date

import pytest

from roi.commands import epics, lists, undo, waits
from roi.domain.structure import Epic, EpicKind
from roi.domain.value import Ending, EpicPlan, EpicTeam, Wait
from roi.errors import ConflictError, NotAllowedError, RefusedError, UnknownKeyError
from roi.store import read_value
from tests import kept_company, saving

SINCE = date(2026, 3, 2)
EPIC = Epic("search", "Better search", "checkout", EpicKind.FEATURE, date(2026, 1, 5), None, 250_000)
WAIT = Wait("search", "onboarding", "", SINCE, note="their new account page")
THING = Wait("search", "", "the contract with the card company", SINCE)


@pytest.fixture(scope="module")
def begun(built, tmp_path_factory, una):
    def grow(store):
        saving.save_epics(store, una, [EPIC])
        epics.save_epic(store, una, EPIC, EpicPlan("search", owner="Olga Quist"))

    return kept_company.grown(built, tmp_path_factory.mktemp("waits"), grow)


@pytest.fixture
def store(begun, tmp_path):
    with kept_company.opened(begun, tmp_path / "company") as company:
        yield company.store


def held(store):
    with store.snapshot() as cursor:
        return read_value.values(cursor).waits.get("search", ())


def codes(store, una, wait):
    version = store.version
    with pytest.raises(RefusedError) as error:
        waits.record_wait(store, una, wait)
    assert store.version == version
    return {issue.code for issue in error.value.issues}


def test_t9_a_wait_is_recorded_and_ended_each_as_a_change_that_undo_takes_back(store, una, state):
    before = state(store)
    first = waits.record_wait(store, una, WAIT)
    waits.record_wait(store, una, THING)
    assert {(one.team, one.waits_for) for one in held(store)} == {("onboarding", ""), ("", THING.waits_for)}
    last = waits.end_wait(store, una, WAIT, date(2026, 3, 20))
    (ended,) = (one for one in held(store) if one.team)
    assert (ended.ended_on, ended.note) == (date(2026, 3, 20), WAIT.note)
    assert (ended.is_open(date(2026, 3, 19)), ended.is_open(date(2026, 3, 20))) == (True, False)
    assert (ended.days(date(2026, 3, 12)), ended.days(date(2026, 6, 1))) == (10, 18)
    undo.undo(store, una, last.change_id)
    assert all(one.ended_on is None for one in held(store))
    undo.undo(store, una, last.change_id - 1)
    undo.undo(store, una, first.change_id)
    assert state(store) == before


def test_who_ends_a_wait_that_somebody_else_ended_sees_it(store, una):
    opened = waits.record_wait(store, una, WAIT).change_id
    waits.end_wait(store, una, WAIT, date(2026, 3, 20))
    with pytest.raises(ConflictError):
        waits.end_wait(store, una, WAIT, date(2026, 4, 1), based_on=opened)
    with pytest.raises(UnknownKeyError):
        waits.end_wait(store, una, replace(WAIT, since=date(2026, 3, 3)), date(2026, 4, 1))


def test_s2_who_may_not_plan_work_records_no_wait(store, executive):
    with pytest.raises(NotAllowedError):
        waits.record_wait(store, executive, WAIT)


WRONG = {
    "an epic that is not there": (replace(WAIT, epic="nothing"), {"unknown_epic"}),
    "a team that is not there": (replace(WAIT, team="nothing"), {"unknown_team"}),
    "its own only team": (replace(WAIT, team="checkout"), {"own_team"}),
    "nothing at all": (replace(WAIT, team=""), {"for_what"}),
    "two things": (replace(WAIT, waits_for="a decision"), {"for_what"}),
    "an end before its beginning": (replace(WAIT, ended_on=date(2026, 3, 1)), {"dates"}),
    "an owner": (replace(THING, waits_for="a yes of olga  QUIST"), {"person"}),
    "an address": (replace(THING, waits_for="x@example.org"), {"person"}),
    "a member in its note": (replace(THING, note="Olga"), {"person"}),
    "a text of many letters": (replace(THING, waits_for="a" * 81), {"text"}),
    "a text of two lines": (replace(THING, note="one\ntwo"), {"text"}),
    "a text that turns the line around": (replace(THING, waits_for="a\u202eb"), {"text"}),
}


@pytest.mark.parametrize("what", WRONG)
def test_r7_what_a_wait_cannot_be_is_refused_with_its_reason(store, una, what):
    wait, expected = WRONG[what]
    assert codes(store, una, wait) == expected


def test_a_wait_may_last_to_its_first_day_and_hold_any_text(store, una):
    """Both sides of each boundary above; hostile text is stored as it was written."""
    for wait in (
        replace(WAIT, ended_on=SINCE),
        replace(THING, waits_for="=1+1 <script>alert('x')</script> | **bold** $5"),
        replace(THING, waits_for="a" * 80, note="Olga is a name that is also a word"),
    ):
        waits.record_wait(store, una, wait)
        assert wait in held(store)
    epics.save_epic(
        *(store, una, replace(EPIC, started=date(2099, 1, 5)), EpicPlan("search")),
        (EpicTeam("", "checkout", 100_000, 500_000), EpicTeam("", "onboarding", 100_000, 500_000)),
        restatement="it begins later, with two teams",
    )
    waits.record_wait(store, una, replace(WAIT, team="checkout"))


def test_an_epic_waits_for_a_thing_once_at_a_time(store, una):
    waits.record_wait(store, una, THING)
    later = replace(THING, waits_for="The  contract with the card company", since=date(2026, 3, 20))
    assert codes(store, una, later) == {"twice"}
    waits.end_wait(store, una, THING, date(2026, 3, 20))
    waits.record_wait(store, una, later)
    assert codes(store, una, replace(THING, since=date(2026, 2, 2))) == {"twice"}
    waits.record_wait(store, una, replace(THING, since=date(2026, 2, 2), ended_on=SINCE))


def test_work_that_is_over_waits_for_nothing(store, una):
    epics.end_epic(store, una, epics.EpicEnd("search", date(2026, 3, 10), Ending.CANCELLED, "too dear"))
    assert codes(store, una, WAIT) == {"epic_over"}
    assert codes(store, una, replace(WAIT, ended_on=date(2026, 3, 11))) == {"epic_over"}
    waits.record_wait(store, una, replace(WAIT, ended_on=date(2026, 3, 10)))


def test_a_list_that_changes_nothing_is_taken_after_the_epic_was_delivered(store, una):
    """An unchanged row is no change: it is not held against an end that came after it was recorded."""
    waits.record_wait(store, una, WAIT)
    saving.save_epics(store, una, [replace(EPIC, delivered=date(2026, 3, 10))])
    text = "epic,team,since,note\nBetter search,Onboarding,2026-03-02,their new account page\n"
    preview = lists.read_list(store, una, "waits", text.encode(), "waits.csv")
    assert (preview.new, preview.changed, preview.issues) == (0, 0, ())
    other = text.replace("their new account page", "another note")
    (issue,) = lists.read_list(store, una, "waits", other.encode(), "waits.csv").issues
    assert (issue.code, issue.line) == ("epic_over", 2)


def test_a_wait_that_ended_is_not_opened_again_in_silence(store, una):
    """T9: who records a wait with the first day of one that ended hears of the end; a list says it too."""
    waits.record_wait(store, una, WAIT)
    ended = waits.end_wait(store, una, WAIT, date(2026, 3, 20))
    assert codes(store, una, WAIT) == {"ended"}
    assert codes(store, una, replace(WAIT, note="", ended_on=None)) == {"ended"}
    text = "epic,team,since,ended_on\nBetter search,Onboarding,2026-03-02,\n"
    (issue,) = lists.read_list(store, una, "waits", text.encode(), "waits.csv").issues
    assert (issue.code, issue.line, issue.column) == ("ended", 2, "ended_on")
    assert "since 2026-03-02" in issue.message
    assert "ended on 2026-03-20" in issue.message
    waits.record_wait(store, una, replace(WAIT, since=date(2026, 3, 20)))
    assert len(held(store)) == 2
    undo.undo(store, una, ended.change_id + 1)
    waits.end_wait(store, una, WAIT, date(2026, 4, 1))
    undo.undo(store, una, ended.change_id + 3)
    undo.undo(store, una, ended.change_id)
    assert [one.ended_on for one in held(store)] == [None]


def test_a_list_ends_a_wait_and_leaves_what_it_does_not_say(store, una):
    waits.record_wait(store, una, WAIT)
    text = "epic,team,since,ended_on\nBetter search,Onboarding,2026-03-02,2026-03-20\n"
    preview = lists.read_list(store, una, "waits", text.encode(), "waits.csv")
    assert (preview.new, preview.changed, preview.issues) == (0, 1, ())
    lists.import_list(store, una, "waits", text.encode(), "waits.csv")
    assert held(store) == (replace(WAIT, ended_on=date(2026, 3, 20)),)
