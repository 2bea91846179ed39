"""The rows that stop an import, every one: to be taken away and corrected."""

import pytest

from roi.actors import Actor, Role
from roi.commands.changing.requests import CostImport
from roi.commands.cost_files import costs_rejected
from roi.errors import NotAllowedError

HEADER = "month,cost centre,amount,currency\n"


def rejected(store, finance, text):
    return costs_rejected.rejected(store, finance, CostImport(text.encode(), "b.csv", "Books"))


def test_every_row_is_there_however_many_and_says_what_is_wrong(store, finance):
    rows = "".join(f"2025-13,A,{number}.00,EUR\n" for number in range(1, 301))
    bad = "".join(f"2025-01,A,x{number},EUR\n" for number in range(120))
    found = rejected(store, finance, HEADER + rows + "2025-01,A,1.00,EUR\n" + bad)
    assert [row.line for row in found.rows] == [*range(2, 302), *range(303, 423)]
    assert found.rows[0].cells == ("2025-13", "A", "1.00", "EUR")
    assert found.rows[0].problems[0].startswith("month is “2025-13”.")
    assert found.rows[-1].problems == ("amount is “x119”, which is not a number. Correct the amount.",)
    assert all("first" not in row.problems[0] for row in found.rows)


def test_a_row_with_two_problems_stands_once_with_both(store, finance):
    (row,) = rejected(store, finance, HEADER + "2025-13,A,x,EUR\n").rows
    assert len(row.problems) == 2


def test_a_line_that_is_no_record_stands_as_it_was_sent(store, finance):
    found = rejected(store, finance, HEADER + "2025-01,A\n2025-01,A,1.00,EUR\n")
    assert [(row.line, row.cells) for row in found.rows] == [(2, ("2025-01,A",))]


def test_a_good_file_has_none(store, finance):
    assert rejected(store, finance, HEADER + "2025-01,A,1.00,EUR\n").rows == ()


def test_only_finance_sees_them(store):
    with pytest.raises(NotAllowedError):
        rejected(store, Actor("Eve", frozenset({Role.EXECUTIVE})), HEADER)
