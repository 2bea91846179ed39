"""The demo company's epics say of each outcome that was read what its evidence carries (law T12)."""

import shutil

import pytest

from tests.pages.conftest import shown


@pytest.fixture
def demo(demo_files, tmp_path, monkeypatch):
    folder = shutil.copytree(demo_files, tmp_path / "demo")
    monkeypatch.setenv("ROI_COMPANY", "demo")
    monkeypatch.setenv("ROI_DEMO_DATABASE", str(folder / "demo.duckdb"))


def test_t12_each_grade_of_the_demo_company_is_told_in_its_own_words(demo, open_page):
    search = shown(open_page("epic", epic="search-that-answers"))
    assert (
        "Search that answers contributed to the change in searches with a useful result, "
        "which went from 70% to 88% (grade B)."
    ) in search
    assert "<span>Promised from 70% to 90% (84%–93%); met</span>" in search, "what came is told once"
    assert " caused a change in trials that enrol" in shown(open_page("epic", epic="first-lesson"))
    assert "Companies with a licence moved together with " in shown(open_page("epic", epic="team-licences"))


def test_t12_the_method_tells_the_verb_of_each_grade(demo, open_page):
    page = shown(open_page("method"))
    for told in ("caused a change", "contributed to the change", "moved together with the work"):
        assert told in page
    assert "who expects it: nothing is claimed" in page
