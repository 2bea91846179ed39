"""Law T10, decision D15: people's columns are dropped at the door; a hash and redacted rows are kept."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roi.ingest.tracker import exported
from roi.ingest.tracker.redaction import MARK
from roi.ingest.tracker.shapes import DropReason
from tests.ingest.tracker.exports import JIRA, PEOPLE


def everything(found):
    """All that a reading holds, as one text."""
    return repr(dataclasses.asdict(found)) + found.redacted.csv


@pytest.mark.parametrize("person", PEOPLE)
def test_t10_nobody_comes_in(read, person):
    assert person in JIRA
    assert person.casefold() not in everything(read(JIRA)).casefold()


def test_the_test_above_can_fail(read):
    assert "first lesson in a minute" in everything(read(JIRA)).casefold()


def test_people_texts_and_what_nobody_needs_are_named_as_left_outside(read):
    dropped = {found.header: found.reason for found in read(JIRA).dropped}
    assert dropped == {
        "Project lead": DropReason.PEOPLE,
        "Project lead id": DropReason.PEOPLE,
        "Assignee": DropReason.PEOPLE,
        "Reporter": DropReason.PEOPLE,
        "Creator": DropReason.PEOPLE,
        "Watchers": DropReason.PEOPLE,
        "Custom field (QA contact)": DropReason.PEOPLE,
        "Description": DropReason.FREE_TEXT,
        "Attachment": DropReason.FREE_TEXT,
        "Comment": DropReason.FREE_TEXT,
        "Custom field (Story Points)": DropReason.NOT_NEEDED,
        "Custom field (Something new)": DropReason.NOT_NEEDED,
    }


def test_a_column_that_nobody_knows_stays_outside(read):
    """It may hold people under any name, so only what is known comes in."""
    found = read("Issue key,Issue Type,Status,Custom field (Zuständige)\nA-1,Bug,Open,Erika Muster\n")
    assert "Erika" not in everything(found)


def test_a_summary_loses_who_it_names_and_keeps_the_rest(read, codes):
    found = read(JIRA)
    summaries = {item.key: item.summary for item in found.items}
    assert summaries["SHOP-2"] == "First lesson in a minute, thanks to [person] and [person]"
    assert summaries["SHOP-4"] == "Login fails, write to [person]"
    said = {issue.column: issue for issue in found.issues if issue.code == "person_taken_out"}
    assert said["Summary"].lines == (3, 7)
    assert said["Summary"].sent is None


@pytest.mark.parametrize(
    ("summary", "kept"),
    [
        ("Ask [~jdoe] again", "Ask [person] again"),
        ("Ask [~accountid:5d8f0a1b2c3d4e5f6a7b8c9d] again", "Ask [person] again"),
        ("ask @jdoe.", "ask [person]."),
        ("Doe, Jane wants it", "[person] wants it"),
        ("JANE  DOE's wish", "[person]'s wish"),
        ("jané dœ is not Jane Doe, JÁNE DOE is", "jané dœ is not [person], [person] is"),
        ("Moved to 712020:0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9", "Moved to [person]"),
        ("Janet Doerr stays, and so does Doe", "Janet Doerr stays, and so does Doe"),
        ("Pay 5@3 each", "Pay 5@3 each"),
    ],
)
def test_the_ways_to_name_somebody(read, summary, kept):
    found = read(f'Issue key,Summary,Issue Type,Status,Assignee\nA-1,"{summary}",Bug,Open,Jane Doe\n')
    assert found.items[0].summary == kept


@pytest.mark.parametrize(
    "assignee",
    [
        "Jane Doe (Inactive)",
        "Jane Doe [X]",
        "Jane Doe <j.d@example.org> (Azure DevOps)",
        "<Jane Doe>",
        "Jane Doe, Mo Zed",
        "Mo Zed / Jane Doe",
        "Mo Zed and Jane Doe",
        "Mo Zed & Jane Doe",
        "Dr. Jane Doe",
        "Jane M. Doe",
        "Jane Marta Doe",
        "Doe, Jane (IT)",
        "jane.doe",
        "jane_doe",
        "jane.doe@example.org",
        "JDoe <jane.doe@example.org>",
    ],
)
@pytest.mark.parametrize("written", ["Jane Doe", "Doe, Jane", "jane.doe", "JANE-DOE", "jane_doe"])
def test_t10_a_name_is_found_however_the_column_of_people_writes_it(read, assignee, written):
    """Cells of people hold states, departments, addresses and several people."""
    found = read(
        "Issue key,Summary,Issue Type,Status,Labels,Team,Assignee\n"
        f'A-1,"Plan by {written} now",Epic,Open,"{written}",Checkout,"{assignee}"\n'
    )
    (item,) = found.items
    assert item.summary == f"Plan by {MARK} now"
    assert item.team == "Checkout"
    assert "doe" not in everything(found).casefold()


@pytest.mark.parametrize(
    ("assignee", "text"),
    [
        ("Jane Doe / Checkout", "Checkout of the platform"),
        ("Jane Doe (Mobile Apps)", "Mobile apps and a jane in a doe"),
        ("Jane Doe and Search", "Search, and nothing else"),
        ("j.d@example.org", "J and D of it"),
    ],
)
def test_what_stands_beside_a_name_is_no_name(read, assignee, text):
    (item,) = read(
        "Issue key,Summary,Issue Type,Status,Labels,Team,Assignee\n"
        f'A-1,"{text}",Bug,Open,Search,Checkout,"{assignee}"\n'
    ).items
    assert (item.summary, item.team) == (text, "Checkout")


@pytest.mark.parametrize("name", ["export of Jane Doe.csv", "jane_doe-issues.csv"])
def test_t10_the_name_of_the_file_keeps_nobody_either(name):
    content = "Issue key,Summary,Issue Type,Status,Assignee\nA-1,Fast,Bug,Open,Jane Doe\n"
    found = exported.read(content.encode(), name)
    assert found.name in {f"export of {MARK}.csv", f"{MARK}-issues.csv"}
    assert "doe" not in everything(found).casefold()


WORDS = st.text(st.sampled_from("abcdefghijklmnoprstuvwzäéñøß"), min_size=2, max_size=8)


@given(WORDS, WORDS, st.sampled_from(["{} {}", "Ask {} {}!", "({} {}), again", "{} {}'s page"]))
@settings(max_examples=25)
def test_no_full_name_is_left_wherever_it_stands(first, last, sentence):
    summary = sentence.format(first.title(), last.upper())
    content = f'Issue key,Summary,Issue Type,Status,Assignee\nA-1,"{summary}",Bug,Open,{first} {last}\n'
    (item,) = exported.read(content.encode(), "issues.csv").items
    assert item.summary == sentence.replace("{} {}", MARK)


def test_a_team_that_is_somebodys_name_is_no_team(read):
    found = read(JIRA)
    assert next(item for item in found.items if item.key == "SHOP-5").team == ""


def test_a_column_of_people_cannot_be_said_to_be_teams(read, codes):
    found = read(
        "Issue key,Issue Type,Status,Assignee\nA-1,Bug,Open,Jane Doe\n", columns={"team": "Assignee"}
    )
    assert codes(found).keys() == {"people_column"}
    assert not found.is_ready
    assert "Jane" not in everything(found)


def test_cells_that_have_shifted_stay_outside(read, codes):
    """A comma without quotes moves a name under a column that is kept: the row is refused and left out."""
    found = read("Issue key,Summary,Assignee,Issue Type,Status\nA-1,Fast, good,Jane Doe,Bug,Open\n")
    assert codes(found) == {"too_many_cells": [2], "team_source": []}
    assert "Jane" not in everything(found)


def test_what_is_kept_read_again_is_the_same(read):
    found = read(JIRA)
    again = read(found.redacted.csv)
    assert again.items == found.items
    assert again.epics == found.epics
    assert again.redacted == found.redacted
    assert again.dropped == ()
    assert again.is_ready
