"""Plain issue logs of other trackers, and logs of status changes, become the same items."""

from datetime import date

import pytest

from roi.domain.effort import item_days
from roi.ingest.tracker.exported import work_items
from roi.ingest.tracker.shapes import ItemKind, StatusCategory, TeamSource

LINEAR = """ID,Team,Title,Status,Priority,Project,Creator,Assignee,Labels,Created,Updated,Started,Completed,\
Canceled,Parent issue
SEA-1,Search,Faster index,Done,High,Catalogue,ann@example.org,ann@example.org,"speed, tech-debt",\
2026-01-05T09:00:00.000Z,2026-01-20T09:00:00.000Z,2026-01-07T09:00:00.000Z,2026-01-09T09:00:00.000Z,,
SEA-2,Search,Old idea,Canceled,Low,,ann@example.org,,,2026-01-05T09:00:00.000Z,2026-01-20T09:00:00.000Z,\
2026-01-08T09:00:00.000Z,,2026-01-08T09:00:00.000Z,SEA-1
"""
GITLAB = """Title,Description,Issue ID,URL,State,Author,Author Username,Assignee,Created At (UTC),\
Closed At (UTC),Labels
Fix,text,17,https://example.org,Closed,Ann Bee,abee,,2026-01-05 10:00:00,2026-01-06 10:00:00,"bug,web"
"""
AZURE = """ID,Work Item Type,Title,Assigned To,State,Tags,Area Path,Created Date,Activated Date,\
Closed Date,Parent
7,Epic,Big,Ann Bee <ann@example.org>,Active,,Shop,05.01.2026 10:00,,,
8,User Story,Small,Ann Bee <ann@example.org>,Closed,a; b,Shop,05.01.2026 10:00,\
07.01.2026 10:00,08.01.2026 09:00,7
"""


def test_a_linear_export(read):
    found = read(LINEAR)
    assert found.is_ready
    assert [(item.key, item.team, item.is_cancelled) for item in found.items] == [
        ("SEA-1", "Search", False),
        ("SEA-2", "Search", True),
    ]
    assert found.items[0].labels == ("speed", "tech-debt")
    assert item_days(work_items(found.items, found.last_day)) == {("Search", "", 202601): 3}, (
        "SEA-2 is a part of SEA-1"
    )
    assert found.last_day == date(2026, 1, 20)
    assert "ann" not in found.redacted.csv


def test_a_gitlab_export(read):
    (item,) = read(GITLAB).items
    assert (item.key, item.summary, item.resolved) == ("17", "Fix", date(2026, 1, 6))
    assert (item.status_category, item.labels) == (StatusCategory.DONE, ("bug", "web"))
    assert "bee" not in read(GITLAB).redacted.csv.casefold()


def test_an_azure_export(read):
    found = read(AZURE)
    assert [(item.key, item.kind, item.epic_key) for item in found.items] == [
        ("7", ItemKind.EPIC, ""),
        ("8", ItemKind.FEATURE, "7"),
    ]
    assert found.team_source is TeamSource.TEAM
    assert item_days(work_items(found.items, found.last_day)) == {("Shop", "7", 202601): 2}


def test_epics_that_are_only_words_become_epics(read, codes):
    """Delivered when all their items are; begun with their first."""
    found = read(
        "Id,Type,State,Epic,Team,Started,Done\n1,Story,Done,Guided setup,North,2026-01-05,2026-01-08\n"
        "2,Story,Done,Guided setup,South,2026-01-03,2026-02-01\n3,Story,Doing,Search,North,2026-01-09,\n"
    )
    setup, search = found.epics
    assert (setup.epic, setup.name, setup.team, setup.teams) == (
        "Guided setup",
        "Guided setup",
        "",
        ("North", "South"),
    )
    assert (setup.started, setup.delivered, setup.items) == (date(2026, 1, 3), date(2026, 2, 1), 2)
    assert (search.team, search.delivered) == ("North", None)
    assert "epic_not_in_file" not in codes(found)


def test_rows_without_a_key_column_are_numbered_and_that_is_said(read, codes):
    found = read("Type,Created,Done\nBug,2026-01-01,2026-01-02\nBug,2026-01-01,2026-01-02\n")
    assert [item.key for item in found.items] == ["row-1", "row-2"]
    assert found.is_ready
    assert "no_key_column" in codes(found)


def test_an_empty_key_is_a_blocker_with_its_line(read, codes):
    found = read("Issue key,Type,Created\nA-1,Bug,2026-01-01\n,Bug,2026-01-01\n")
    assert not found.is_ready
    assert codes(found)["key_empty"] == [3]


def test_an_end_before_the_start_is_said_and_counts_the_day_of_the_end(read, codes):
    found = read("Key,Type,Started,Done\n1,Bug,2026-01-09,2026-01-05\n")
    assert codes(found)["before_start"] == [2]
    assert item_days(work_items(found.items, found.last_day)) == {("", "", 202601): 1}


def test_done_without_a_day_is_said_and_never_a_zero(read, codes):
    found = read("Key,Type,Status,Started\n1,Bug,Done,2026-01-09\n")
    assert codes(found)["done_without_day"] == [2]
    assert found.items[0].spans == ()


@pytest.mark.parametrize(
    ("last", "said"), [("2026-04-01", False), ("2026-04-02", True)], ids=["90-days", "91-days"]
)
def test_work_that_is_open_for_more_than_90_days_is_said(read, codes, last, said):
    found = read(f"Key,Type,Status,Started,Done\n1,Story,Doing,2026-01-01,\n2,Bug,Done,{last},{last}\n")
    assert ("long_open" in codes(found)) is said


def test_rows_of_one_key_are_one_item_with_the_days_of_all(read, codes):
    found = read(
        "Key,Type,Started,Done\n1,Story,2026-01-05,2026-01-06\n1,Story,2026-01-06,2026-01-07\n"
        "1,Story,2026-02-02,2026-02-02\n1,Story,,\n"
    )
    (item,) = found.items
    assert (item.started, item.resolved) == (date(2026, 1, 5), date(2026, 2, 2))
    assert item_days(work_items(found.items, found.last_day)) == {("", "", 202601): 3, ("", "", 202602): 1}
    assert codes(found)["repeated_key"] == [2, 3, 4, 5]


def test_an_item_is_open_while_one_of_its_rows_is(read):
    (item,) = read("Key,Type,Started,Done\n1,Story,2026-01-05,2026-01-06\n1,Story,2026-01-06,\n").items
    assert item.resolved is None


def test_rows_of_one_key_that_disagree_are_refused(read, codes):
    found = read("Key,Type,Status\n1,Bug,Open\n1,Bug,Done\n2,Bug,Open\n2,Bug,Open\n")
    assert not found.is_ready
    assert codes(found)["repeated_key_differs"] == [2, 3]


CHANGES = """Key,Type,Team,Status,Changed
A-1,Story,North,To Do,2026-01-02 09:00
A-1,Story,North,In Progress,2026-01-05 09:00
A-1,Story,North,Blocked,2026-01-06 09:00
A-1,Story,North,In Progress,2026-01-08 15:00
A-1,Story,North,Done,2026-01-08 17:00
A-2,Bug,North,In Progress,2026-01-09 09:00
A-3,Bug,North,To Do,2026-01-10 09:00
"""


def test_methods_3_a_log_of_changes_gives_the_days_in_active_states_only(read):
    """By hand: A-1 on 5, 6 and 8 January (blocked on the 7th); A-2 from 9 to 10, the last day of the log."""
    found = read(CHANGES)
    first, second, third = found.items
    assert (first.created, first.started, first.resolved) == (
        date(2026, 1, 2),
        date(2026, 1, 5),
        date(2026, 1, 8),
    )
    assert (second.status_category, second.resolved) == (StatusCategory.IN_PROGRESS, None)
    assert (third.status_category, third.spans) == (StatusCategory.TO_DO, ())
    assert item_days(work_items(found.items, found.last_day)) == {("North", "", 202601): 3 + 2}


def test_changes_are_put_in_order_whatever_order_the_log_has(read):
    header, *rows = CHANGES.splitlines(keepends=True)
    turned = read(header + "".join(reversed(rows)))
    assert {item.key: item.spans for item in turned.items} == {
        item.key: item.spans for item in read(CHANGES).items
    }


def test_states_that_say_nothing_are_asked_with_their_choices(read):
    text = "CaseID,ActivityID,CompleteTimestamp\n"
    text += "1,4,2026-01-02 09:00\n1,8,2026-01-05 09:00\n1,6,2026-01-07 09:00\n"
    asked = {issue.code: issue for issue in read(text).issues if issue.is_blocker}
    assert asked.keys() == {"active_states", "done_states"}
    assert asked["active_states"].choices == ("4", "8", "6")
    told = read(text, active_states=frozenset({"8"}), done_states=frozenset({"6"}))
    assert told.is_ready
    assert told.items[0].spans == ((date(2026, 1, 5), date(2026, 1, 7)),)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"%PDF-1.7 a page", "not_csv"),
        (b"<html><body>Log in</body></html>", "html"),
        (b"Month,Amount,Currency\n2026-01,5,USD\n", "not_a_tracker_export"),
        (b"1,2,3\n4,5,6\n", "no_header"),
        (b"Issue key,Issue Type,Created\n", "no_rows"),
        (b'Issue key,Issue Type,Created\nA-1,"Bug,2026-01-01\n', "quotes"),
        (b"Issue key,Issue Type,Created\nA-1,Bug,2026-01-01,more\n", "too_many_cells"),
    ],
)
def test_what_is_no_export_is_refused_with_what_to_do(read, content, code):
    found = read(content)
    blockers = [issue for issue in found.issues if issue.is_blocker]
    assert code in {issue.code for issue in blockers}
    assert all("Nothing has been saved." in issue.message and issue.fix for issue in blockers)
    assert found.items == ()
