"""Start: the six steps and the forms of the first hour, each of them one change that can be undone."""

import pytest

from roi.store import read
from roi.store.database import Store
from tests.pages.conftest import shown


def stored(seed, what):
    store = Store.open(seed.path, purpose="a test")
    with store.snapshot() as cursor:
        found = getattr(read, what)(cursor)
    store.close()
    return found


@pytest.fixture
def close_page():
    from roi.ui import session

    return session.close


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def test_the_six_steps_stand_there_with_time_and_person(seed, open_page):
    page = shown(open_page("start"))
    assert "0 of 6 steps are done." in page
    assert "8 min · finance" in page


def test_the_company_is_saved_and_told(seed, open_page, close_page):
    app = open_page("start")
    app.text_input(key="company_name").input("Alder <i>Learning</i>")
    app.selectbox(key="company_currency").select("GBP")
    press(app, "Save company")
    assert any("is saved" in toast.value for toast in app.toast)
    assert "1 of 6 steps are done." in shown(app)
    assert "<i>Learning</i>" not in shown(app)
    close_page()
    assert stored(seed, "company").currency == "GBP"


def test_a_company_without_a_name_is_asked_for_it(seed, open_page):
    app = press(open_page("start"), "Save company")
    assert "The company needs a name of up to" in shown(app)


def test_one_team_from_the_form(seed, open_page, close_page):
    app = open_page("start")
    app.text_input(key="team_name_").input("Onboarding")
    app.text_input(key="team_starts_").input("2015-01")
    press(app, "Save team")
    assert "Onboarding" in shown(app)
    close_page()
    (team,) = stored(seed, "teams")
    assert (team.key, team.starts) == ("onboarding", 201501)


def test_a_month_that_is_none_is_told(seed, open_page, close_page):
    app = open_page("start")
    app.text_input(key="team_starts_").input("2015-13")
    app.text_input(key="team_ends_").input("soon")
    page = shown(press(app, "Save team"))
    assert "First month · you gave “2015-13” · expected a month such as 2026-09" in page
    assert "Last month · you gave “soon” · expected a month such as 2026-09" in page
    assert "A team needs a name" in page, "all at once"
    app.text_input(key="team_starts_").input("2015-03")
    app.text_input(key="team_ends_").input("2015-01")
    page = shown(press(app, "Save team"))
    assert "The team ends before it starts." in page
    assert "Last month · you gave “2015-01” · expected 2015-03 or later" in page
    close_page()
    assert stored(seed, "teams") == ()


def test_a_pasted_list_is_read_back_before_it_is_saved(seed, open_page, close_page):
    app = open_page("start")
    app.text_area(key="teams_pasted").input("Onboarding, Enrolment\nPlatform, , , platform").run()
    assert "Read: Onboarding and Platform." in shown(app)
    press(app, "Save 2 teams")
    close_page()
    assert [team.name for team in stored(seed, "teams")] == ["Onboarding", "Platform"]


def test_a_pasted_list_with_a_mistake_names_it_and_saves_nothing(seed, open_page):
    app = open_page("start")
    app.text_area(key="teams_pasted").input("Onboarding, Enrolment, , dragon").run()
    assert "dragon" in shown(app)
    assert not [button for button in app.button if button.label.startswith("Save 1 team")]


def test_teams_from_a_csv_file(seed, open_page, close_page):
    app = open_page("start")
    template = "name,value_stream,division,kind\n"
    (upload,) = app.get("file_uploader")
    upload.upload("teams.csv", (template + "Onboarding,Enrolment,,stream_aligned\n").encode(), "text/csv")
    app.run()
    assert "1 new" in shown(app)
    press(app, "Save these teams")
    close_page()
    assert [team.value_stream for team in stored(seed, "teams")] == ["Enrolment"]


def test_a_person_with_roles(seed, open_page, close_page):
    app = open_page("start")
    app.text_input(key="member_name").input("Fay")
    app.multiselect(key="member_roles").select("Finance")
    press(app, "Save person")
    close_page()
    assert [person.name for person in stored(seed, "members")] == ["Fay"]


def test_a_role_that_may_not_is_refused_and_nothing_is_saved(seed, open_page, close_page):
    seed.rows("member", {"name": "Eve", "roles": "executive"})
    app = open_page("start")
    app.text_input(key="company_name").input("Mine")
    press(app, "Save company")
    assert "Eve may not change company" in shown(app)
    close_page()
    assert stored(seed, "company") is None
