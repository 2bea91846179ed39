"""An export of a tracker becomes epics and effort by month, in one change, nobody named (T9, T10, V3)."""

import json
from dataclasses import replace
from datetime import date

import pytest

from roi.commands import keeping, tracker, undo
from roi.commands.tracker import TrackerAnswers
from roi.domain.structure import Epic, EpicKind
from roi.domain.value import Ending
from roi.errors import NotAllowedError, RefusedError, UnchangedError
from roi.store import read, read_value, uploads
from tests import saving
from tests.ingest.tracker import exports

HEADER = "Issue key,Issue Type,Summary,Status,Team,Epic Link,Assignee,Created,Started,Resolved,Updated"
ROWS = (
    "E-1,Epic,Find lessons,Done,Checkout,,Jane Doe,2026-01-02,2026-01-05,2026-02-27,2026-03-31",
    "E-2,Epic,Dark nights,Cancelled,Checkout,,Jane Doe,2026-01-02,2026-02-02,2026-03-02,2026-03-31",
    "E-3,Epic,Nobody's epic,To Do,Elsewhere,,,2026-01-02,,,2026-03-31",
    "T-1,Story,Words,Done,Checkout,E-1,Jane Doe,2026-01-02,2026-01-05,2026-01-14,2026-03-31",
    "T-2,Story,Pictures,Done,Onboarding,E-1,Jane Doe,2026-01-02,2026-01-29,2026-02-02,2026-03-31",
    "T-3,Bug,Broken by Jane Doe,Done,Checkout,,Jane Doe,2026-01-02,2026-02-03,2026-02-04,2026-03-31",
    "T-4,Story,Not ours,Done,Elsewhere,,Jane Doe,2026-01-02,2026-02-03,2026-02-04,2026-03-31",
)
FILE = "\n".join((HEADER, *ROWS, "")).encode()


@pytest.fixture
def store(company):
    return company.store


@pytest.fixture
def bring(store, una):
    def run(content=FILE, **said):
        return tracker.import_tracker(store, una, content, "issues.csv", TrackerAnswers(**said))

    return run


@pytest.fixture
def look(store, una):
    def run(content=FILE, **said):
        return tracker.read_tracker(store, una, content, "issues.csv", TrackerAnswers(**said))

    return run


def values(store):
    with store.snapshot() as cursor:
        return read_value.values(cursor)


def epics(store):
    with store.snapshot() as cursor:
        return {epic.key: epic for epic in read.epics(cursor)}


def effort(store):
    return {(one.team, one.month, one.epic): one.milli_days for one in values(store).efforts}


def codes(found):
    return [issue.code for issue in found.issues]


def test_a_preview_says_what_would_change_and_stores_nothing(store, look):
    version, found = store.version, look()
    assert (found.new, found.changed, found.unchanged, found.items) == (2, 0, 0, 4)
    assert {one.word: one.team for one in found.words} == {
        "Checkout": "checkout",
        "Onboarding": "onboarding",
        "Elsewhere": "",
    }
    assert {"no_team", "epic_left_out", "planned_share"} <= set(codes(found))
    assert "Assignee" in {one.header for one in found.dropped}
    assert (found.is_ready, store.version) == (True, version)


def test_t3_an_epic_whose_start_the_file_does_not_tell_says_which_column_would(look):
    content = f"{HEADER}\nT-9,Epic,Undated,Done,Checkout,,,2026-01-02,,2026-03-02,\n".encode()
    left = next(issue for issue in look(content).issues if issue.code == "epic_left_out")
    assert left.fix.startswith("Export the day on which work really started")


def test_v3_item_days_make_effort_and_the_frozen_split(store, bring):
    """T-1 worked 10 days, T-2 3 days in January and 2 in February; the bug is run and unplanned work."""
    bring()
    assert effort(store) == {
        ("checkout", 202601, "E-1"): 10_000,
        ("onboarding", 202601, "E-1"): 3_000,
        ("onboarding", 202602, "E-1"): 2_000,
        ("checkout", 202602, ""): 2_000,
    }
    assert {one.team: one.effort for one in values(store).epic_teams["E-1"]} == {
        "checkout": 666_667,
        "onboarding": 333_333,
    }
    found = epics(store)["E-1"]
    assert (found.team, found.started, found.delivered) == ("checkout", date(2026, 1, 5), date(2026, 2, 27))
    assert found.kind is EpicKind.FEATURE


def test_v12_a_cancelled_epic_is_there_with_its_end(store, bring):
    bring()
    plan = values(store).epic_plans["E-2"]
    assert (plan.ended_by, plan.ended_because) == (Ending.CANCELLED, "cancelled in the tracker")
    assert epics(store)["E-2"].delivered is None


def test_t9_one_change_that_comes_once_and_that_undo_takes_back(store, bring, una, finance, state):
    before = state(store)
    made = bring()
    with pytest.raises(UnchangedError, match="stored already"):
        bring()
    after = state(store)
    back = undo.undo(store, una, made.change_id)
    assert state(store) == before
    undo.undo(store, una, back.change_id)
    assert state(store) == after
    assert keeping.verify(store, finance, deep=True).uploads >= 1


def test_t10_nobody_is_in_the_store_the_file_that_is_kept_or_the_preview(store, bring, look, una, finance):
    made = bring(exports.JIRA.encode(), planned_share=100_000, teams={"Search": "checkout"})
    with store.snapshot() as cursor:
        asked = "select detail from change where change_id = ?"
        detail = json.loads(cursor.execute(asked, [made.change_id]).fetchall()[0][0])
    kept = uploads.load(store.upload_folder, detail["kept"])
    told = f"{kept.decode()}{look(exports.JIRA.encode())}{values(store)}{epics(store)}{detail}"
    assert [person for person in exports.PEOPLE if person in told] == []
    assert detail["sent_sha256"] == uploads.digest_of(exports.JIRA.encode()) != detail["kept"]
    path = store.upload_folder / detail["kept"]
    path.write_bytes(kept + b"x")
    with pytest.raises(Exception, match="was altered"):
        keeping.verify(store, finance, deep=True)
    keeping.erase_upload(store, finance, made.change_id, "asked for")
    assert not path.exists()


def test_a_team_that_was_said_is_remembered(store, bring, look):
    assert {one.word: one.team for one in look(teams={"Elsewhere": "course-delivery"}).words}["Elsewhere"]
    bring(teams={"Elsewhere": "course-delivery"})
    assert {one.word: one.team for one in look().words}["Elsewhere"] == "course-delivery"
    assert effort(store)["course-delivery", 202602, ""] == 2_000


def test_the_months_of_a_team_are_those_of_the_latest_file(store, bring, look):
    """An item that moved to another epic leaves nothing behind; what was said of an epic stays."""
    bring()
    moved = FILE.replace(b"T-2,Story,Pictures,Done,Onboarding,E-1", b"T-2,Story,Pictures,Done,Onboarding,")
    assert look(moved).efforts_gone == 2
    bring(moved)
    assert ("onboarding", 202601, "E-1") not in effort(store)
    assert effort(store)["onboarding", 202601, ""] == 3_000
    assert len(values(store).epic_teams["E-1"]) == 2


def test_an_epic_that_is_stored_keeps_what_was_said_of_it(store, bring, una):
    mine = Epic("mine", "Find lessons", "onboarding", EpicKind.RISK, date(2026, 1, 7), None, 300_000)
    saving.save_epics(store, una, [mine])
    bring()
    assert "E-1" not in epics(store)
    assert epics(store)["mine"] == replace(mine, delivered=date(2026, 2, 27))
    assert effort(store)["checkout", 202601, "mine"] == 10_000


def test_what_cannot_be_taken_is_refused_with_every_problem(store, bring, look):
    version = store.version
    nowhere = {"Checkout": "", "Onboarding": ""}
    for content, said, code in (
        (FILE, {"teams": nowhere}, "teams"),
        (FILE, {"teams": {"Checkout": "nobody"}}, "unknown_team"),
        (FILE, {"planned_share": 1_000_001}, "share"),
        (b"a,b\n1,2\n", {}, None),
        (b"", {}, None),
    ):
        with pytest.raises(RefusedError) as error:
            bring(content, **said)
        found = {issue.code for issue in error.value.issues if issue.is_blocker}
        assert code in found if code else found
        assert not look(content, **said).is_ready
    assert store.version == version


def test_s2_who_may_record_outcomes_may_bring_in_a_tracker(store, finance, executive):
    for actor in (finance, executive):
        for command in (tracker.read_tracker, tracker.import_tracker):
            with pytest.raises(NotAllowedError):
                command(store, actor, FILE, "issues.csv")
