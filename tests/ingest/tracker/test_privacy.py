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


def summary_of(read, people, summary, labels=""):
    """What is left of a title and of a label where these people are assigned, each to an item of its own."""
    rows = [f'A-{place},Fast,Bug,Open,,"{one}"' for place, one in enumerate(people, start=2)]
    first = f'A-1,"{summary}",Bug,Open,"{labels}","{people[0]}"'
    header = "Issue key,Summary,Issue Type,Status,Labels,Assignee"
    found = read("\n".join([header, first, *rows]) + "\n")
    return found.items[0].summary, found.redacted.rows[0][found.redacted.headers.index("Labels")]


@pytest.mark.parametrize(
    "assignee", ["John Smith", "Smith, John", "John Michael Smith", "john.smith", "J. Smith"]
)
@pytest.mark.parametrize(
    "written", ["J. Smith", "J.Smith", "J Smith", "Smith, J.", "Smith J.", "Smith, J", "j.smith", "j_smith"]
)
def test_t10_an_initial_with_the_surname_is_a_name(read, assignee, written):
    for people in ([assignee], ["Mo Zed", assignee]):
        assert summary_of(read, people, f"Ask {written} again")[0].replace("].", "]") == "Ask [person] again"
        assert summary_of(read, people, "Fast", written)[1] == ""


@pytest.mark.parametrize(
    ("assignee", "written"),
    [
        ("John Michael Smith", "J. M. Smith"),
        ("John Michael Smith", "J.M. Smith"),
        ("John Michael Smith", "JM Smith"),
        ("John Michael Smith", "Smith, J.M"),
        ("Jan van der Berg", "J. van der Berg"),
        ("Jan van der Berg", "J. Berg"),
        ("Jean-Luc Petit", "J.-L. Petit"),
        ("José Núñez", "J. NUNEZ"),
        ("Conan O'Brien", "C. O'Brien"),
    ],
)
def test_t10_several_initials_and_long_surnames_are_found(read, assignee, written):
    assert summary_of(read, [assignee], f"Plan of {written} again")[0] == "Plan of [person] again"


@pytest.mark.parametrize(
    ("assignee", "summary"),
    [
        ("Anna Field", "Add a field, hide A field, and say which e.g. field is empty"),
        ("Gina Field", "Say e.g. Field or g field; field, g"),
        ("Bob Plan", "Plan B fails, so does plan b. We have no other Plan B."),
        ("Ian Page", "I page through it, I Page too"),
        ("John Smith", "K. Smith and J. Smithson and a smith stay, and John, and Smith"),
        ("A. Field", "Add a field"),
        ("Carl Vitamin", "Vitamin C, vitamin c"),
    ],
)
def test_a_letter_before_a_word_is_no_initial(read, assignee, summary):
    assert summary_of(read, [assignee], summary)[0] == summary


@pytest.mark.parametrize(
    ("assignee", "written"),
    [
        ("jsmith", "jsmith"),
        ("jsmith", "JSmith"),
        ("jsmith@example.org", "jsmith"),
        ("JSmith <john.smith@example.org>", "jsmith"),
        ("mzed, jsmith", "jsmith"),
        ("Hannelore", "hannelore"),
        ("jsmith7", "jsmith7"),
    ],
)
def test_t10_an_account_of_one_word_is_found_where_it_stands(read, assignee, written):
    kept = "[person] fixes it: ask ([person]), [person]'s page, not x[person]x"
    summary = kept.replace("x[person]x", f"x{written}x").replace("[person]", written)
    assert summary_of(read, [assignee], summary) == (kept.replace("x[person]x", f"x{written}x"), "")
    assert summary_of(read, [assignee], "Fast", written)[1] == ""
    assert summary_of(read, [assignee], "Fast", f"{written} checkout")[1] == "[person] checkout"


@pytest.mark.parametrize(
    "account", "mark will may support search priority unassigned checkout payments ann".split()
)
def test_an_account_that_is_an_everyday_word_is_left_in_texts_and_taken_out_of_a_persons_place(read, account):
    summary = f"It {account} be {account.title()}'s {account}"
    assert summary_of(read, [account], summary)[0] == summary
    assert summary_of(read, [account], f"Ask @{account}, [~{account}]") == ("Ask [person], [person]", "")
    assert summary_of(read, [account], "Fast", account)[1] == ""


def test_the_key_of_an_item_is_no_account(read):
    found = read("Issue key,Summary,Issue Type,Status,Assignee\nOLGA-1,As in OLGA-2 by olga,Bug,Open,olga\n")
    assert (found.items[0].key, found.items[0].summary) == ("OLGA-1", "As in OLGA-2 by [person]")


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
