"""Templates to paste into a tracker: each asks the four questions, and for what our own lists need."""

import re

import pytest

from roi.commands import lists

KINDS = ("initiative", "epic", "value_stream", "outcome")
QUESTIONS = (
    "1. What problem do we solve, which behaviour do we change, or which opportunity do we take?",
    "2. What result do we expect, and how will we measure it?",
    "3. Which metric tells whether we succeeded?",
    "4. How will we learn from what really happened?",
)


@pytest.fixture
def template(project):
    return lambda kind: (project / "data" / "templates" / "tracker" / f"{kind}.md").read_text(
        encoding="utf-8"
    )


def test_there_is_a_template_of_each_kind(project):
    found = {path.stem for path in (project / "data" / "templates" / "tracker").glob("*.md")}
    assert found == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_each_asks_the_four_questions_in_their_order_and_for_one_owner(template, kind):
    lines = template(kind).splitlines()
    places = [lines.index(question) for question in QUESTIONS]
    assert places == sorted(places)
    assert all(lines[place + 1].partition(":")[1] for place in places), "a question has something to fill in"
    assert sum(line.startswith("Owner (one ") for line in lines) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_each_is_plain_text_that_every_tracker_takes_as_it_is(template, kind):
    text = template(kind)
    assert not re.search(r"^(#|h[1-6]\.|\||\*)|\{[a-z]+\}|\[.*\]\(|<[a-z]", text, re.MULTILINE)
    assert max(len(line) for line in text.splitlines()) <= 130


@pytest.mark.parametrize("kind", ["outcome", "epic"])
def test_what_a_list_requires_is_asked_for(template, kind):
    asked = template(kind).casefold()
    required = [field.name for field in lists.KINDS[f"{kind}s"].contract.fields if field.is_required]
    assert [name for name in required if name.replace("_", " ") not in asked] == []
