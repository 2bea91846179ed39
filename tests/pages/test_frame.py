"""The frame: sidebar foot, strips, who acts, and the states in which nothing is shown."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from roi.actors import Role
from roi.store import clock
from roi.store.database import Store
from roi.ui import frame, links, safety, session
from roi.ui.upload import parked
from tests.pages.conftest import shown


def test_the_foot_names_company_import_and_books(small, open_page):
    page = shown(open_page())
    assert "Alder Learning" in page
    assert "Costs imported" in page
    assert "No control total stated" in page


def control(seed, amount):
    seed.rows(
        "control_total",
        {
            "source": "books",
            "scenario": "actual",
            "currency": "GBP",
            "first_month": 201501,
            "last_month": 201503,
            "amount_minor": amount,
            "reason": "",
        },
    )


@pytest.mark.parametrize(("amount", "said"), [(5_050_051, True), (5_050_052, False)])
def test_unreconciled_costs_are_said_on_every_page(small, open_page, amount, said):
    control(small, amount)
    for page in ("", "teams", "method"):
        markup = shown(open_page(page))
        assert ("does not agree with the control total" not in markup) is said
        assert ("✓ Agree with the books" in markup) is said


def test_members_are_offered_as_acting_as(small, open_page):
    small.rows(
        "member",
        {"name": "Fay", "roles": "finance"},
        {"name": "Tess Marchetti", "roles": "owner,tech_leader"},
    )
    app = open_page()
    choice = app.selectbox(key="acting_as")
    assert choice.options == ["Fay · finance", "Tess Marchetti · owner, tech leader"]
    choice.select("Fay").run()
    assert "Owner, tech leader." not in shown(app)
    choice = app.selectbox(key="acting_as")
    choice.select("Tess Marchetti").run()
    assert app.session_state["_actor"].name == "Tess Marchetti"
    assert "Owner, tech leader." in shown(app), "the box cuts what is longer"


def test_d25_who_was_chosen_still_acts_after_a_reload(small, open_page, monkeypatch):
    """A reload begins a new session; another browser, which chose nobody, begins as who may do least."""
    small.rows("member", {"name": "Fay", "roles": "finance"}, {"name": "Tess", "roles": "tech_leader"})
    monkeypatch.setattr(parked, "browser", lambda: "af09")
    open_page().selectbox(key="acting_as").select("Fay").run()
    again = open_page("teams")
    assert again.session_state["_actor"].name == "Fay"
    assert again.selectbox(key="acting_as").value == "Fay"
    assert UNCHOSEN not in shown(again)
    monkeypatch.setattr(parked, "browser", lambda: "beef")
    assert open_page("teams").session_state["_actor"].name == "Tess"


UNCHOSEN = "Nobody is chosen in this browser yet, so it acts as who may do least"


def test_s2_until_somebody_is_chosen_a_browser_acts_as_who_may_do_least_and_says_so(small, open_page):
    """Default deny: pay and the right to confirm are for who says who they are."""
    roles = {
        "Fay": "finance",
        "Ada": "admin",
        "Tess": "owner,tech_leader",
        "Eve": "executive",
        "Ed": "executive",
    }
    small.rows("member", *({"name": name, "roles": held} for name, held in roles.items()))
    app = open_page()
    acting = app.session_state["_actor"]
    assert (acting.name, acting.roles) == ("Ed", {Role.EXECUTIVE})  # of equals the first in the list
    assert UNCHOSEN in shown(app)
    assert UNCHOSEN in shown(app.run()), "until somebody is chosen, and not only once"
    app.selectbox(key="acting_as").select("Tess").run()
    assert app.session_state["_actor"].name == "Tess"
    assert UNCHOSEN not in shown(app)


def test_who_may_do_least_says_so_once_and_is_not_told_again(small, open_page, monkeypatch):
    """To choose the name that is shown already is no choice that the box can tell."""
    small.rows("member", {"name": "Fay", "roles": "finance"}, {"name": "Eve", "roles": "executive"})
    monkeypatch.setattr(parked, "browser", lambda: "cafe")
    app = open_page()
    assert UNCHOSEN in shown(app)
    app.button(key="acting_is_me").click().run()
    assert app.session_state["_actor"].name == "Eve"
    assert UNCHOSEN not in shown(app)
    assert UNCHOSEN not in shown(open_page("teams")), "also after a reload"


def test_who_is_alone_acts_and_nothing_has_to_be_chosen(small, open_page):
    small.rows("member", {"name": "Fay", "roles": "finance"})
    app = open_page()
    assert app.session_state["_actor"].name == "Fay"
    assert UNCHOSEN not in shown(app)


def test_t10_whoever_acts_still_acts_on_the_page_that_a_press_leads_to(small, open_page):
    """Streamlit forgets fields where a press leads on; there somebody else acted, whom nobody chose."""
    small.outcome("onboarding", is_confirmed=False)
    small.rows("member", {"name": "Eve", "roles": "executive"}, {"name": "Tess", "roles": "tech_leader"})
    app = open_page("epic", epic="e1")
    assert app.session_state["_actor"].name == "Eve"
    app.selectbox(key="acting_as").select("Tess").run()
    next(one for one in app.button if one.label == "Record a new reading").click().run()
    assert app.query_params["state"] == "reading"
    assert app.session_state["_actor"].name == "Tess"
    assert app.selectbox(key="acting_as").value == "Tess"
    assert "reads here" not in shown(app)


def test_a_store_that_is_held_elsewhere_stops_the_page(small, open_page):
    other = Store.open(small.path, purpose="the command line")
    try:
        app = open_page()
        page = shown(app)
        assert "The data is in use elsewhere" in page
        assert "the command line" in page
        assert "Try again" in [button.label for button in app.button]
    finally:
        other.close()
    assert "Three teams cost" in shown(app.run())


def test_a_damaged_store_shows_no_figure_and_says_what_to_do(small, open_page):
    noted = f"999 {chr(48) * 64} 2026-01-01T00:00:00\n"
    small.path.with_suffix(".head").write_text(noted, encoding="utf-8")
    page = shown(open_page())
    assert "No figure is shown" in page
    assert "python -m roi restore" in page
    assert "£" not in page


def test_a_pinned_past_state_is_said(small, open_page):
    page = shown(open_page(snap="5"))
    assert "You look at the state after change 5" in page


def test_every_page_of_the_navigation_is_known_to_links():
    for page in links.PAGES.values():
        assert (frame.ASSETS.parents[2] / page).is_file()


def test_only_known_addresses_are_followed(monkeypatch):
    gone = []
    monkeypatch.setattr(links, "go", lambda page, **query: gone.append((page, query)))
    links.follow("https://example.org/")
    links.follow("//example.org")
    links.follow("team?team=a&evil=1&period=2015-01")
    assert gone == [("team", {"team": "a", "period": "2015-01"})]


def test_everything_the_page_loads_lies_on_this_machine():
    css = (frame.ASSETS / "roi.css").read_text(encoding="utf-8")
    assert "url(" not in css
    assert "@import" not in css
    assert (frame.ASSETS / "favicon.png").is_file()


def test_a_link_that_is_the_first_of_a_fresh_server_is_framed_too(small, monkeypatch):
    """Without `open_page`: Streamlit then runs the page's file alone, and the page starts again."""
    monkeypatch.chdir(frame.ASSETS.parents[2])
    try:
        app = AppTest.from_file(str(frame.ASSETS.parents[2] / "dashboard.py"), default_timeout=60)
        app.switch_page("pages/teams.py")
        app.run()
        page = shown(app)
        assert "Three teams cost" in page
        assert "Alder Learning" in page
    finally:
        session.close()


def test_s3_under_settings_that_let_others_in_no_page_shows_a_figure(small, open_page, monkeypatch):
    monkeypatch.setattr(safety, "unsafe", lambda: ("The setting server.address is empty.",))
    for name in ("", "teams", "data"):
        page = shown(open_page(name))
        assert "No figure is shown: the settings let others in" in page
        assert "The setting server.address is empty." in page
        assert "Alder Learning" not in page


def test_d26_a_mark_that_narrows_the_period_says_so_and_one_click_takes_it_back(small, open_page):
    """A click on a month of a chart leads to an address with that month; the whole session follows it."""
    app = open_page("team", team="onboarding")
    assert "Period narrowed" not in shown(app)
    app.query_params["period"] = "2015-03..2015-03"
    app.run()
    assert "Period narrowed to March 2015" in shown(app)
    assert "£12.0k" in shown(app)
    app.switch_page("pages/teams.py").run()
    assert "Period narrowed to March 2015" in shown(app), "it holds on every page, so every page says it"
    app.button(key="narrowed_back").click().run()
    assert "Period narrowed" not in shown(app)
    assert app.selectbox(key="scope_period").value == ""


def test_an_address_that_is_opened_with_a_period_narrows_nothing(small, open_page):
    assert "Period narrowed" not in shown(open_page(period="2015-03..2015-03"))


@pytest.mark.parametrize(
    ("name", "roles", "told"),
    [
        ("Ines Marsh", "finance", ""),
        ("Jonas Lindqvist", "owner, tech leader", "Owner, tech leader."),
        ("Bartholomew van der Featherstone", "finance", "Bartholomew van der Featherstone: finance."),
    ],
)
def test_what_the_box_of_who_acts_cuts_stands_beneath_it(name, roles, told):
    assert frame.beneath(name, roles) == told


def test_fault_9_every_page_says_that_the_clock_stands_before_the_last_change(small, open_page):
    assert "clock stands before" not in shown(open_page("data"))
    session.close()
    with clock.dated(date(2099, 1, 1)):
        small.company("Alder Anew")
    told = "clock stands before the last change, which was recorded on 1 Jan 2099"
    assert told in shown(open_page("data"))


def test_d13_every_page_says_that_the_head_file_was_gone(small, open_page):
    assert "was gone or empty" not in shown(open_page("data"))
    session.close()
    small.path.with_suffix(".head").unlink()
    assert "roi.head was gone or empty" in shown(open_page("data"))
    assert "roi.head was gone or empty" in shown(open_page()), "until the program is closed"


# To what teams roll up (D5)


@pytest.fixture
def divided(small):
    """Onboarding is of a division from February on."""
    shown = {"kind": "stream_aligned", "value_stream": "Enrolment"}
    small.rows(
        "team_structure",
        {"team": "onboarding", "first_month": 201501, **shown, "division": ""},
        {"team": "onboarding", "first_month": 201502, **shown, "division": "North & <b>south</b>"},
    )
    return small


def test_d5_teams_roll_up_to_divisions_where_there_are_any(divided, open_page):
    app = open_page("teams", by="division")
    page = shown(app)
    assert "No division" in page
    assert "North &amp; &lt;b&gt;south&lt;/b&gt;" in page
    assert app.selectbox(key="scope_by").value == "division"
    assert app.selectbox(key="scope_vs").options == ["All divisions", "North & <b>south</b>"]


def test_d5_another_roll_up_looks_at_all_its_groups(divided, open_page):
    app = open_page("teams", vs="Enrolment")
    app.selectbox(key="scope_by").set_value("division").run()
    assert not app.exception
    assert (app.query_params.get("by"), app.query_params.get("vs")) == ("division", None)
    assert app.selectbox(key="scope_vs").value == ""


def test_d5_a_roll_up_that_means_nothing_here_is_said_and_left_out(small, open_page):
    app = open_page("teams", by="division")
    assert ["is no roll" in toast.value for toast in app.toast] == [True]
    assert "scope_by" not in [box.key for box in app.selectbox], "and there is nothing to choose"


def test_d27_a_link_to_a_value_stream_is_followed_also_where_divisions_were_looked_at(divided, open_page):
    app = open_page("teams", by="division")
    app.query_params.clear()
    app.query_params["vs"] = "Enrolment"
    app.run()
    assert [toast.value for toast in app.toast] == []
    assert app.selectbox(key="scope_vs").value == "Enrolment"
