"""S7, S10: the rejected rows run nothing and keep their numbers; two downloads have two links."""

import csv
import io
import random

from streamlit.runtime import memory_media_file_storage as media
from streamlit.runtime.media_file_storage import MediaFileKind

from roi.commands.cost_files.costs_rejected import Rejected, RejectedRow
from roi.ui import door
from roi.ui.upload import problems
from tests.payloads import FORMULAS

PAIRS = 20


def test_s7_rejected_rows_run_nothing_and_keep_their_numbers():
    rows = tuple(
        RejectedRow(number, ("=unknown",), (text, "-12.50")) for number, text in enumerate(FORMULAS, 2)
    )
    written = problems.rejected_csv(Rejected(("team", "amount"), rows, ()))
    found = list(csv.reader(io.StringIO(written, newline="")))
    assert len(found) == len(FORMULAS) + 1
    assert all("'" in row[2] for row in found[1:])
    assert {row[1] for row in found[1:]} == {"'=unknown"}
    assert {row[3] for row in found[1:]} == {"-12.50"}


def ledger(chance):
    """An export of more than 1 MiB as lines."""
    return [f"2026-01,books,team {number},{chance.randrange(10, 99)}.50" for number in range(45_000)]


def links(first, second):
    """The links that the server gives to two files of one name, and what is behind each."""
    held = media.MemoryMediaFileStorage("/media")
    files = [("\n".join(lines)).encode() for lines in (first, second)]
    kind = MediaFileKind.DOWNLOADABLE
    ids = [held.load_and_get_id(file, "text/csv", kind, "team_cost.csv") for file in files]
    assert all(len(file) > 2**20 for file in files)
    return ids, [held.get_file(held.get_url(one).rpartition("/")[2]).content for one in ids] == files


def test_s10_two_exports_that_differ_in_one_amount_never_share_a_link(monkeypatch):
    monkeypatch.setattr(media, "_PARTIAL_HASH_THRESHOLD", 2**20)
    chance, collided = random.Random(10), 0
    for _ in range(PAIRS):
        first = ledger(chance)
        where = chance.randrange(len(first))
        second = [*first[:where], first[where].replace(".50", ".51"), *first[where + 1 :]]
        monkeypatch.setattr(media, "_PARTIAL_HASH_THRESHOLD", 2**20)
        ids, _ = links(first, second)
        collided += ids[0] == ids[1]
        door.tell_downloads_apart()
        ids, are_right = links(first, second)
        assert ids[0] != ids[1]
        assert are_right
    assert collided > PAIRS / 2, "without our door these would share a link: else this test looks at nothing"
