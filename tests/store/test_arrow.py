"""Columns that are made of buffers hold what the library's own ways would give, and load nothing for it."""

import subprocess
import sys

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi.store import arrow

FIRST_OF_A_PROCESS = """
import sys
from pathlib import Path

from roi.actors import local_user
from roi.commands import costs, structure
from roi.commands.changing.requests import CostImport
from roi.domain.structure import Company, Team
from roi.store import arrow
from roi.store.database import Store

arrow.MANY = 1
who = local_user("Ines Marsh")
store = Store.open(Path(sys.argv[1]), purpose="test")
structure.save_company(store, who, Company("Alder", "EUR"))
structure.save_teams(store, who, [Team("search", "Search")])
rows = "".join(f"2026-0{1 + number % 9},Search,{number}.50,EUR,Acme\\n" for number in range(99))
file = f"month,team,amount,currency,supplier\\n{rows}".encode()
costs.import_costs(store, who, CostImport(file, "books.csv", "books"))
with store.cursor() as cursor:
    print(cursor.execute("select count(*) from cost_line").fetchall())
store.close()
print([name for name in ("pyarrow", "pyarrow.compute", "pandas") if name in sys.modules])
"""


@pytest.mark.parametrize("kind", [np.bool_, np.int8, np.int32, np.int64, np.uint64])
@pytest.mark.parametrize("count", [0, 1, 8, 9, 1000])
def test_a_column_holds_the_values(kind, count):
    values = (np.arange(count) % 7 % 2 if kind is np.bool_ else np.arange(count) % 100).astype(kind)
    assert arrow.column(values).equals(pa.array(values))


@pytest.mark.parametrize("step", [2, -1])
def test_a_column_holds_the_values_that_do_not_lie_together(step):
    values = np.arange(20, dtype=np.int64)[::step]
    assert arrow.column(values).equals(pa.array(values))


@given(st.lists(st.text(max_size=5)))
def test_words_are_texts_as_they_were_written(written):
    made = arrow.words(written)
    made.validate(full=True)
    assert made.to_pylist() == written


@given(st.lists(st.integers(-1, 2)))
def test_a_word_stands_at_its_place_and_none_where_there_is_none(places):
    made = arrow.of_words(np.array(places, dtype=np.int32), arrow.words(["", "Öl", "Search"]))
    made.validate(full=True)
    assert made.to_pylist() == [None if place < 0 else ["", "Öl", "Search"][place] for place in places]


def test_the_first_large_file_of_a_process_loads_neither_pandas_nor_all_functions(tmp_path, project):
    command = [sys.executable, "-c", FIRST_OF_A_PROCESS, str(tmp_path / "roi.duckdb")]
    told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=project).stdout
    assert told.splitlines() == ["[(99,)]", "['pyarrow']"]
