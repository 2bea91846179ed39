"""Heads of a month by role: who is in several teams is one person, whose rest stands with the largest."""

from roi.store import read

MONTH = 201501


def _held(person, team, role, share, **months):
    row = {"person_key": person, "team": team, "role": role, "band": "", "share": share}
    return {**row, "first_month": MONTH, "last_month": None, **months}


def test_people_of_one_place_and_of_several_are_counted_once(built):
    built.team("a", "Team A")
    built.team("b", "Team B")
    built.put(
        "assignment",
        _held("alone", "a", "engineer", 800_000),
        _held("whole", "b", "engineer", 1_000_000),
        _held("shared", "a", "designer", 300_000),
        _held("shared", "b", "engineer", 500_000),
        _held("even", "a", "designer", 400_000),
        _held("even", "b", "engineer", 400_000),
        _held("mostly", "a", "designer", 600_000),
        _held("mostly", "b", "engineer", 100_000),
        _held("gone", "a", "engineer", 900_000, first_month=201401, last_month=201412),
    )
    with built.store.snapshot() as cursor:
        rows = read.plain_rows(cursor, "assigned_in_month", {"month": MONTH})
    assert rows == [
        ("designer", "", 300_000, 1, 2),
        ("designer", "a", 1_300_000, 0, 0),
        ("engineer", "", 600_000, 4, 6),
        ("engineer", "a", 800_000, 0, 0),
        ("engineer", "b", 2_000_000, 0, 0),
    ]
