"""A large plain file is read as columns in memory, and says the same as when it is read by cells."""

import csv
import io
from random import Random

import pytest

from roi.store import arrow, staging_columns
from tests.store.staging.staged import HEADER, TEAMS

COLUMNS = "month team cost_centre category supplier reference description amount currency note".split()
CELLS = (
    ("2025-01", "2025-02", "2025-02-28", "", "03/04/2025", "13/04/2025", "Jan 2025", "2025-13", "Total"),
    (*TEAMS, "", "search", "Nobody", " Search "),
    ("", "CC1", "CC2 | CC3"),
    ("Cloud", "", "x" * 210),
    ("Acme Ltd", " Acme Ltd ", "Total", "\u00a0Öl AG", ""),
    ("", "R-1", "R-2 "),
    ("", "Rent, May", 'the "new" desk', "Grand total", "total\u2003", " ", "y" * 2100),
    (
        *("1.00", "-2.50", "007.50", "-0.00", "12", "1.005", "1,50", "1,234.50", "", "abc", "1e5", "+3.00"),
        *(
            "99999999999999.99",
            "9999999999999.99",
            "1234567890123456.78",
            "(4.00)",
            " 5.00",
            "6.00 EUR",
            ".50",
        ),
    ),
    ("EUR", "USD", "JPY", "KWD", "", "eur", "XXX"),
    ("", "a", "b"),
    ("", "", "", "c"),
)
PLAIN = [cells[:2] for cells in CELLS]
PLAIN[0], PLAIN[7], PLAIN[8], PLAIN[10] = ("2025-01", "2025-02"), ("1.00", "-2.50", "0.10"), ("EUR",), ("",)


def rows(kinds, seed):
    chance = Random(seed)
    return [tuple(map(chance.choice, kinds)) for _ in range(chance.randint(1, 10))]


def written(lines):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*COLUMNS, ""])
    writer.writerows(lines)
    return out.getvalue()


@pytest.fixture
def in_both_ways(stage, monkeypatch):
    """What is staged of a text as columns and by cells, and whether columns were the way."""

    def stage_it(text, **said):
        ways = []
        monkeypatch.setattr(arrow, "MANY", 1)
        load = staging_columns.load
        with monkeypatch.context() as patched:
            patched.setattr(staging_columns, "load", lambda *told: ways.append(load(*told)) or ways[-1])
            as_columns = stage(text, **said)
        monkeypatch.setattr(arrow, "MANY", 50_000)
        return as_columns, stage(text, **said), ways[0]

    return stage_it


@pytest.mark.parametrize("kinds", [PLAIN, CELLS], ids=["plain", "odd"])
@pytest.mark.parametrize("seed", range(10))
def test_both_ways_find_the_same(in_both_ways, kinds, seed):
    as_columns, by_cells, is_in_columns = in_both_ways(written(rows(kinds, seed)))
    assert is_in_columns
    assert as_columns == by_cells


def test_a_plain_file_is_read_as_columns(in_both_ways):
    text = HEADER + "2025-01,Search,1.00,EUR\n2025-02,Core Infra,-2.5,EUR\n"
    as_columns, by_cells, is_in_columns = in_both_ways(text)
    assert is_in_columns
    assert as_columns == by_cells
    assert [line["amount_minor"] for line in as_columns[1]] == [100, -250]


def test_a_total_at_its_foot_is_left_out_of_columns_too(in_both_ways):
    as_columns, by_cells, is_in_columns = in_both_ways(HEADER + "2025-01,Search,1.00,EUR\n,Total,1.00,EUR\n")
    assert is_in_columns
    assert as_columns == by_cells
    assert len(as_columns[1]) == 1


def test_what_is_set_aside_is_read_by_cells(in_both_ways):
    text = HEADER + "2025-01,Nobody,1.00,EUR\n2025-02,Core Infra,-2.5,EUR\n"
    as_columns, by_cells, is_in_columns = in_both_ways(text, aside=((2, "unclear"),))
    assert not is_in_columns
    assert as_columns == by_cells


def test_more_combinations_of_words_than_numbers_are_read_by_cells(in_both_ways, monkeypatch):
    monkeypatch.setattr(staging_columns, "_MOST_KEYS", 3)
    as_columns, by_cells, is_in_columns = in_both_ways(
        f"{HEADER}2025-01,Search,1.5,EUR\n2025-02,NA,-2.5,USD\n"
    )
    assert not is_in_columns
    assert as_columns == by_cells


def test_a_record_that_the_reader_of_columns_does_not_take_is_read_by_cells(in_both_ways, monkeypatch):
    monkeypatch.setattr(staging_columns, "_BLOCK", 8)
    text = HEADER + "2025-01,Search,1.00,EUR\n2025-02,Core Infra,-2.5,EUR\n"
    as_columns, by_cells, is_in_columns = in_both_ways(text)
    assert not is_in_columns
    assert as_columns == by_cells
