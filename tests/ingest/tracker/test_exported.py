"""Jira's own export of all fields becomes items and epics; repeated columns are put together again."""

from datetime import date
from hashlib import sha256

import pytest

from roi.domain.effort import effort, item_days
from roi.domain.structure import EpicKind
from roi.ingest.tracker.exported import work_items
from roi.ingest.tracker.shapes import ItemKind, StatusCategory, TeamSource
from tests.ingest.tracker.exports import JIRA, JIRA_HEADER, as_csv, jira_row


def by_key(found):
    return {item.key: item for item in found.items}


def test_a_native_export_becomes_items(read):
    found = read(JIRA)
    assert found.is_ready
    assert found.sha256 == sha256(JIRA.encode()).hexdigest()
    assert (found.records, found.team_source, found.last_day) == (5, TeamSource.TEAM, date(2026, 2, 20))
    assert {key: item.kind for key, item in by_key(found).items()} == {
        "SHOP-1": ItemKind.EPIC,
        "SHOP-2": ItemKind.FEATURE,
        "SHOP-3": ItemKind.SUB_TASK,
        "SHOP-4": ItemKind.DEFECT,
        "SHOP-5": ItemKind.TASK,
    }
    story = by_key(found)["SHOP-2"]
    assert (story.epic_key, story.team, story.project) == ("SHOP-1", "Onboarding", "SHOP")
    assert (story.created, story.started, story.resolved) == (
        date(2026, 1, 5),
        date(2026, 1, 7),
        date(2026, 1, 9),
    )
    assert (story.status, story.status_category) == ("Done", StatusCategory.DONE)
    assert story.line == 3


def test_repeated_columns_are_put_together_again(read):
    story = by_key(read(JIRA))["SHOP-2"]
    assert story.labels == ("ux", "mobile")
    assert story.blocked_by == ("SHOP-4", "OPS-9")
    assert story.team == "Onboarding", "the first Team column is empty in its row"


def test_columns_that_a_reader_renamed_are_put_together_too(read):
    seen: dict[str, int] = {}
    header = []
    for name in JIRA_HEADER:
        header.append(f"{name}.{seen[name]}" if name in seen else name)
        seen[name] = seen.get(name, 0) + 1
    assert "Labels.2" in header
    renamed = JIRA.replace(as_csv(JIRA_HEADER), as_csv(header), 1)
    assert renamed != JIRA
    assert read(renamed).items == read(JIRA).items


def test_a_number_after_a_point_belongs_to_a_name_that_stands_alone(read):
    found = read("Issue key,Issue Type,Status,Labels.1\nA-1,Bug,Done,kept\n")
    assert found.items[0].labels == ()


def test_the_other_side_of_a_link_says_who_blocks(read):
    """SHOP-4 blocks SHOP-5 (its outward link), though SHOP-5 says nothing of it."""
    assert by_key(read(JIRA))["SHOP-5"].blocked_by == ("SHOP-4",)


def test_a_cancelled_item_is_done_but_not_delivered(read):
    task = by_key(read(JIRA))["SHOP-5"]
    assert (task.is_cancelled, task.status_category) == (True, StatusCategory.DONE)


def test_an_epic_comes_in_the_columns_of_our_list(read):
    (epic,) = read(JIRA).epics
    assert (epic.epic, epic.name, epic.team) == ("SHOP-1", "Guided setup", "Onboarding")
    assert (epic.kind, epic.is_obligation) == (EpicKind.TECHNICAL_DEBT, True)
    assert (epic.started, epic.delivered) == (date(2026, 1, 7), None), "it starts with its first item"
    assert (epic.items, epic.teams, epic.line) == (1, ("Onboarding",), 2)


def test_v3_item_days_of_the_export_with_run_work_as_a_row_of_its_own(read):
    """By hand: the story 7–9 Jan; the sub-task has no parent here, so it counts 7–8 Jan; the bug is open from
    30 Jan to 20 Feb; the cancelled task, on nobody's team, 12–13 Jan."""
    found = read(JIRA)
    assert item_days(work_items(found.items, found.last_day)) == {
        ("Onboarding", "SHOP-1", 202601): 3,
        ("Onboarding", "", 202601): 2 + 2,
        ("Onboarding", "", 202602): 20,
        ("", "", 202601): 2,
    }


def test_words_of_the_file_become_teams_and_open_work_ends_on_the_day_that_is_said(read):
    work = work_items(read(JIRA).items, date(2026, 1, 31), {"Onboarding": "onb"})
    assert item_days(work) == {
        ("onb", "SHOP-1", 202601): 3,
        ("onb", "", 202601): 2 + 2,
        ("", "", 202601): 2,
    }


def test_work_that_starts_after_the_day_that_is_said_adds_nothing(read):
    assert ("Onboarding", "", 202601) not in item_days(
        work_items([item for item in read(JIRA).items if item.key == "SHOP-4"], date(2026, 1, 29))
    )


HEAD = "Issue key,Issue id,Issue Type,Status,Created,Actual start,Resolved"


def test_cutting_an_item_into_sub_tasks_does_not_make_it_weigh_more(read):
    whole = f"{HEAD},Parent id,Custom field (Epic Link)\nA-1,1,Epic,In Progress,2026-01-01,,,,\n"
    whole += "A-2,2,Story,Done,2026-01-01,2026-01-05,2026-01-09,,A-1\n"
    parts = whole + "A-3,3,Sub-task,Done,2026-01-01,2026-01-05,2026-01-09,2,\n"
    one, cut = read(whole), read(parts)
    assert by_key(cut)["A-3"].epic_key == "A-1", "a part belongs to the epic of its whole"
    assert by_key(cut)["A-3"].is_parted
    assert (
        effort(work_items(cut.items, cut.last_day)).amounts
        == effort(work_items(one.items, one.last_day)).amounts
    )


EPIC_SHAPES = {
    "epic link": ("Custom field (Epic Link)", "A-1"),
    "parent id": ("Parent id", "1"),
    "parent as a number": ("Parent", "1"),
    "parent as a key": ("Parent", "A-1"),
    "parent key": ("Parent key", "A-1"),
    "epic by its name": ("Epic", "Setup"),
    "parent summary alone": ("Parent summary", "Guided setup"),
}


@pytest.mark.parametrize("shape", EPIC_SHAPES)
def test_both_epic_link_shapes_lead_to_the_epic(read, codes, shape):
    column, value = EPIC_SHAPES[shape]
    found = read(
        f"{HEAD},Summary,Epic Name,{column}\n"
        "A-1,1,Epic,To Do,2026-01-01,,,Guided setup,Setup,\n"
        f"A-2,2,Story,Done,2026-01-01,2026-01-02,2026-01-03,Step,,{value}\n"
        "A-3,3,Story,Done,2026-01-01,2026-01-02,2026-01-03,Other,,\n"
    )
    assert [item.epic_key for item in found.items] == ["", "A-1", ""]
    assert not {"epic_not_in_file", "parent_not_in_file"} & set(codes(found))


def test_an_epic_that_is_not_in_the_file_keeps_its_key_and_is_said(read, codes):
    found = read(
        f"{HEAD},Custom field (Epic Link),Parent key\n"
        "A-1,1,Epic,To Do,2026-01-01,,,,\n"
        "A-2,2,Story,Done,2026-01-01,2026-01-02,2026-01-03,B-7,\n"
        "A-3,3,Story,Done,2026-01-01,2026-01-02,2026-01-03,,B-8\n"
        "A-4,4,Sub-task,Done,2026-01-01,2026-01-02,2026-01-03,,B-9\n"
    )
    assert [item.epic_key for item in found.items] == ["", "B-7", "B-8", ""]
    assert (codes(found)["epic_not_in_file"], codes(found)["parent_not_in_file"]) == ([3], [5])
    assert [epic.epic for epic in found.epics] == ["A-1", "B-7", "B-8"]


def test_items_that_are_each_others_parents_have_no_epic(read):
    found = read(
        f"{HEAD},Parent\nA-1,1,Story,Done,2026-01-01,,2026-01-03,2\nA-2,2,Story,Done,2026-01-01,,2026-01-03,1\n"
    )
    assert [item.epic_key for item in found.items] == ["", ""]


def test_an_initiative_above_an_epic_is_named_and_is_no_work(read):
    found = read(
        f"{HEAD},Parent\nA-1,1,Initiative,In Progress,2026-01-01,2026-01-01,,\n"
        "A-2,2,Epic,Done,2026-01-01,2026-01-02,2026-01-09,A-1\n"
        "A-3,3,Story,Done,2026-01-01,2026-01-02,2026-01-03,A-2\n"
        "A-4,4,Story,Done,2026-01-01,2026-01-02,2026-01-03,A-1\n"
    )
    (epic,) = found.epics
    assert (epic.initiative, epic.delivered) == ("A-1", date(2026, 1, 9))
    assert item_days(work_items(found.items, date(2026, 1, 31))) == {
        ("", "A-2", 202601): 2,
        ("", "", 202601): 2,
    }


def test_a_cancelled_epic_is_never_delivered(read):
    found = read(f"{HEAD},Resolution\nA-1,1,Epic,Closed,2026-01-01,,2026-01-09,Won't Do\n")
    (epic,) = found.epics
    assert (epic.is_cancelled, epic.delivered) == (True, None)


def test_an_export_of_epics_alone_says_nothing_of_work(read, codes):
    found = read(f"{HEAD}\nA-1,1,Epic,Done,2026-01-01,2026-01-02,2026-01-09\n")
    assert "only_epics" in codes(found)
    assert work_items(found.items, date(2026, 1, 31)) == ()


def test_t3_without_a_start_the_days_are_unknown_and_the_items_are_counted(read):
    found = read("Issue key,Issue Type,Status,Created,Resolved\nA-1,Bug,Done,2026-01-01,2026-02-03\n")
    (item,) = found.items
    assert (item.started, item.spans) == (None, ())
    assert effort(work_items(found.items, found.last_day)).amounts == {("", "", 202602): 1}


def test_a_newer_export_tells_start_and_end_by_the_change_of_the_status_category(read):
    found = read(
        "Issue key,Work type,Status,Status Category,Status Category Changed,Created,Resolved\n"
        "A-1,Story,Building,In Progress,10/Jan/26 8:00 AM,01/Jan/26 8:00 AM,\n"
        "A-2,Story,Live,Done,20/Jan/26 8:00 AM,01/Jan/26 8:00 AM,\n"
        "A-3,Story,Idea,To Do,15/Jan/26 8:00 AM,01/Jan/26 8:00 AM,\n"
    )
    assert [(item.started, item.resolved) for item in found.items] == [
        (date(2026, 1, 10), None),
        (None, date(2026, 1, 20)),
        (None, None),
    ]
    assert found.items[0].spans == ((date(2026, 1, 10), None),)


def test_a_planned_start_is_no_start_while_the_item_waits_and_is_said_where_it_counts(read, codes):
    found = read(
        "Issue key,Issue Type,Status,Custom field (Start date),Resolved,Created\n"
        "A-1,Story,To Do,2026-03-01,,2026-01-01\nA-2,Story,Done,2026-01-05,2026-01-06,2026-01-01\n"
    )
    assert [item.started for item in found.items] == [None, date(2026, 1, 5)]
    assert found.last_day == date(2026, 1, 6), "a plan is nothing that happened"
    assert codes(found)["planned_start"] == [2, 3]


@pytest.mark.parametrize(
    ("header", "value", "kind", "obligation"),
    [
        ("Labels", "tech-debt", EpicKind.TECHNICAL_DEBT, None),
        ("Labels", "regulatory", None, True),
        ("Labels", "bug-bounty", None, None),
        ("Labels", "legal-review", None, None),
        ("Labels", "audit", None, None),
        ("Obligation", "by law", None, True),
        ("Work category", "Risk reduction", EpicKind.RISK, None),
        ("Flow item", "Feature", EpicKind.FEATURE, None),
        ("Regulatory", "No", None, False),
        ("Compliance", "yes", None, True),
    ],
)
def test_what_an_epic_is_for_is_known_only_where_a_word_says_it(read, header, value, kind, obligation):
    (epic,) = read(f"Issue key,Issue Type,Status,{header}\nA-1,Epic,Open,{value}\n").epics
    assert (epic.kind, epic.is_obligation) == (kind, obligation)


def test_the_team_is_the_projects_only_when_there_is_no_team_column_and_that_is_said(read, codes):
    text = "Issue key,Issue Type,Status,Project key,Component/s\nA-1,Bug,Open,SHOP,Cart\n"
    found = read(text)
    assert (found.items[0].team, found.team_source) == ("SHOP", TeamSource.PROJECT)
    assert "team_source" in codes(found)
    said = read(text, team_source=TeamSource.COMPONENT)
    assert (said.items[0].team, said.is_ready) == ("Cart", True)
    assert "team_source" not in codes(said)
    wrong = read(text, team_source=TeamSource.TEAM)
    assert codes(wrong).keys() >= {"no_team_column"}
    assert not wrong.is_ready


def test_a_teams_name_is_wanted_and_not_its_number(read):
    team = "3f2504e0-4f89-11d3-9a0c-0305e82c3301"
    found = read(
        f"Issue key,Issue Type,Status,Custom field (Team),Custom field (Team)\nA-1,Bug,Open,{team},Search\n"
    )
    assert found.items[0].team == "Search"


def test_an_empty_team_is_not_filled_with_the_project(read):
    found = read(
        "Issue key,Issue Type,Status,Project key,Team\nA-1,Bug,Open,SHOP,\nA-2,Bug,Open,SHOP,Search\n"
    )
    assert [item.team for item in found.items] == ["", "Search"]


def test_what_is_said_of_a_column_goes_before_its_words(read, codes):
    text = "Issue key,Issue Type,Status,Tribe,Live since\nA-1,Bug,Open,North,2026-01-05\n"
    found = read(text, columns={"team": "Tribe", "resolved": "live since"})
    assert (found.items[0].team, found.items[0].resolved) == ("North", date(2026, 1, 5))
    assert codes(read(text, columns={"team": "Area"})).keys() == {"unknown_column"}
    assert codes(read(text, columns={"colour": "Tribe"})).keys() == {"unknown_column"}


def test_jira_row_fits_its_header():
    assert len(jira_row(key="A-1")) == len(JIRA_HEADER)
