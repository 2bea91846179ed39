"""Sums of many lines are made without spreading out each line; they are those of its parts (D1, law T1)."""

import pytest

from roi.domain.periods import Span
from roi.reports import lines
from roi.reports.lines import Wanted
from roi.store import read

WANTED = [
    Wanted(scenario=None),
    Wanted(span=Span(202511, 202512)),
    Wanted(teams=("onboarding", "platform")),
    Wanted(teams=("data",), nature="cash_cost", pay=False),
    Wanted(placed="suspense"),
    Wanted(placed="excluded"),
    Wanted(currency="EUR"),
    Wanted(intent="run", category="Cloud"),
    Wanted(placed="suspense", reason="cost area not mapped to a team yet"),
    Wanted(booked_on=("person", "nothing")),
]


@pytest.mark.parametrize("is_converted", [True, False], ids=["converted", "original"])
@pytest.mark.parametrize("query", ["ledger_files", "ledger_totals"])
def test_d1_a_sum_over_whole_buckets_is_the_sum_of_its_lines(demo, query, is_converted):
    found = []
    with demo.snapshot() as cursor:
        read.look_in(cursor, "USD", is_converted=is_converted)
        read.prepare(cursor, "placed_line")
        for want in WANTED:
            of_lines = read.rows(cursor, query, want.params)
            assert lines.summed(cursor, query, want) == of_lines, want
            found.append(bool(of_lines))
    assert all(found), "each of them names some lines"
