"""The demo company's files are made by the program, the same in every run, and kept as they are made."""

from roi.commands import lists
from roi.demo import company, files, home, value
from roi.domain.structure import EpicKind, Grade, ValueBasis, ValueClass


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


def test_the_work_shows_every_kind_of_outcome():
    kinds, promised = {epic.kind for epic in value.EPICS}, value.OUTCOMES
    assert kinds == {kind.value for kind in EpicKind}
    assert {one.value_class for one in promised} == {kind.value for kind in ValueClass} - {"cost_avoided"}
    assert {one.money[2] for one in promised} - {""} == {basis.value for basis in ValueBasis}
    grades = {one.reading.grade for one in promised if one.reading}
    assert grades == {grade.value for grade in Grade} - {"E"}
    assert [epic.team for epic in value.EPICS if epic.is_obligation] == ["security-privacy"]


def test_no_team_plans_more_than_itself():
    """Shares of epics that run at the same time sum to at most one, so that nothing is scaled here."""
    for team in company.TEAM_KEYS:
        own = [epic for epic in value.EPICS if epic.team == team]
        for day in {epic.started for epic in own}:
            running = [e for e in own if e.started <= day <= (e.delivered or "9999")]
            assert sum(int(e.share.rstrip("%")) for e in running) <= 100, team
