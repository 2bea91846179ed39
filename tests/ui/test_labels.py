"""A refusal of a form calls its fields as the form does (ux.md: the words that whoever typed it has seen)."""

from functools import partial
from pathlib import Path

import pytest

from roi.commands import anticipating, obligations, waits
from roi.errors import ConflictError, RefusedError, blocker
from roi.ui import labels


def test_every_label_stands_in_a_form():
    paths = [path for path in Path("roi/ui").rglob("*.py") if path.name != "labels.py"]
    forms = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    found = {label for its in labels._OF.values() for label in its.values()}
    assert {label for label in found if f'"{label}' not in forms} == set()


@pytest.mark.parametrize(
    "command", [obligations.record_obligation, partial(obligations.record_obligation, unread=())]
)
def test_a_column_is_called_as_its_form_calls_it(command):
    given = [blocker("a", "told", column=name) for name in ("penalty", "deadline", None)]
    named = labels.named(command, RefusedError("told", tuple(given)))
    assert [issue.column for issue in named.issues] == ["Penalty if missed", "deadline", None]
    assert str(named) == "told"


def test_a_column_that_two_things_of_a_form_have_is_called_by_what_is_wrong():
    """An epic's planned share of its team, and an outcome's of its pool."""
    given = [blocker(code, "told", column="planned_share") for code in ("share", "planned_share")]
    named = labels.named(anticipating.save_anticipated, RefusedError("told", tuple(given)))
    assert [issue.column for issue in named.issues] == [
        "Planned share of the team's capacity, %",
        "Part of a shared pool, %",
    ]


def test_what_is_of_a_file_keeps_the_name_of_its_column_and_other_errors_stay():
    of_a_file = RefusedError("told", (blocker("a", "told", column="waits_for", line=3),))
    assert labels.named(waits.record_wait, of_a_file).issues == of_a_file.issues
    for error in (ConflictError("first"), of_a_file):
        assert labels.named(lambda: None, error) is error
