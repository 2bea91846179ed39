"""Answers of pages are kept under the version of a database, and end with the database that gave them."""

from roi.actors import local_user
from roi.commands import structure
from roi.domain.structure import Company
from roi.store import read
from roi.store.database import Store
from roi.ui import session

YOU = local_user("You")


def name(store, _):
    """What the company is called."""
    with store.snapshot() as cursor:
        return read.company(cursor).name


def asked(folder, called):
    """The answer of a database made at the same place, whose only change names the company."""
    path = folder / "demo.duckdb"
    for left in folder.glob("demo.*"):
        if left.is_file():
            left.unlink()
    store = Store.open(path)
    try:
        structure.save_company(store, YOU, Company(called, "GBP", 1))
        return session.answer_of(store, YOU, name)
    finally:
        store.close()
        session.close()


def test_d12_a_demo_made_anew_is_not_answered_from_what_was_tried_out_before(tmp_path):
    """Both reach the same change number at the same place."""
    assert [asked(tmp_path, "Tried out"), asked(tmp_path, "As it was")] == ["Tried out", "As it was"]
