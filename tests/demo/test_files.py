"""The demo company's files are made by the program, the same in every run, and kept as they are made."""

from roi.commands import lists
from roi.demo import company, files, home, value
from roi.domain.obligations import ObligationKind
from roi.domain.structure import EpicKind, Grade, ValueBasis, ValueClass
from roi.domain.value import LineKind, Origin


def test_the_kept_files_are_those_that_the_program_makes():
    made = {name: text.encode() for name, text in files.all_files().items()}
    kept = {path.name: path.read_bytes() for path in home.files_folder().iterdir()}
    assert sorted(kept) == sorted(made)
    differing = [name for name in made if kept[name] != made[name]]
    assert differing == [], "make them again: python -m roi demo --write"


def test_the_files_are_the_same_in_every_run():
    assert files.all_files() == files.all_files()


def test_they_are_written_as_they_are_made(tmp_path):
    paths = files.write(tmp_path)
    assert {path.name: path.read_bytes().decode() for path in paths} == files.all_files()


def test_every_list_that_moves_cost_is_among_them():
    """The demo shows each kind of list, but for policies: it needs none beyond the defaults."""
    names = {name.removesuffix(".csv") for name in files.all_files()}
    assert set(lists.KINDS) - names == {"nature_policies"}


def test_t10_no_person_is_named_in_a_cost_file():
    keys = {cell for text in _cost_texts() for line in text.splitlines() for cell in _cells(line)}
    people = {cell for cell in keys if cell.startswith("P") and cell[1:].isdigit()}
    assert len(people) > 40
    names = {member.split()[0] for member in (value.OWNER, "Ines Marsh", "Theo Lang", "Jonas Lindqvist")}
    assert not any(name in text for name in names for text in _cost_texts())


def _cost_texts():
    return [text for name, text in files.all_files().items() if name.startswith("costs_")]


def _cells(line):
    return line.replace(";", ",").split(",")


def listed(name):
    """The rows of one of the demo's lists about value, by column."""
    header, rows = value.tables()[name]
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_the_work_shows_every_kind_of_outcome():
    outcomes, work = listed("outcomes"), listed("epics")
    assert len(outcomes) >= 27
    assert {epic["kind"] for epic in work} == {kind.value for kind in EpicKind}
    assert {epic["origin"] for epic in work} == {origin.value for origin in Origin}
    assert {one["value_class"] for one in outcomes} == {kind.value for kind in ValueClass}
    assert {one["basis"] for one in listed("value_drivers")} == {basis.value for basis in ValueBasis}
    assert {one["kind"] for one in listed("finance_lines")} == {kind.value for kind in LineKind}
    grades = {one["grade"] for name in ("readings", "readings_2026") for one in listed(name)}
    assert grades == {grade.value for grade in Grade} - {"E"}
    obliged = {epic["epic"] for epic in work if epic["is_obligation"] == "yes"}
    dated = {one["epic"]: one for one in listed("obligations")}
    assert obliged - set(dated) == {"records-to-take"}, "one has no deadline yet"
    assert {one["kind"] for one in dated.values()} == {kind.value for kind in ObligationKind}
    assert [key for key, one in dated.items() if not one["penalty"]] == ["two-step-access"]


def test_t10_those_who_own_and_confirm_are_all_that_is_named():
    named = {
        row[column] for name in value.tables() for row in listed(name) for column in row if _is_person(column)
    }
    assert named - {""} == set(value.NAMES.values())


def _is_person(column):
    return column in {"owner", "confirmer"}


def test_no_team_plans_more_than_itself():
    """Shares of epics that run at the same time sum to at most one, so that nothing is scaled here."""
    shared = listed("epic_teams")
    planned = [
        (one["team"], epic, one["planned_share"])
        for epic in listed("epics")
        for one in ([row for row in shared if row["epic"] == epic["epic"]] or [epic])
    ]
    for team in company.TEAM_KEYS:
        own = [(epic, int(share.rstrip("%"))) for its, epic, share in planned if its == team]
        for day in {epic["started"] for epic, _ in own}:
            running = [share for epic, share in own if epic["started"] <= day <= _last_day(epic)]
            assert sum(running) <= 100, (team, day)


def _last_day(epic):
    return epic["delivered"] or epic["ended_on"] or "9999"
