"""An export of a tracker through the page: what is needed, what it asks, the button, the way back (T9)."""

import pytest

from roi.actors import Actor, Role
from roi.commands import structure, tracker
from roi.store import read, read_value
from roi.ui import session
from tests.pages.conftest import shown

HEADER = "Issue key,Issue Type,Summary,Status,Team,Epic Link,Assignee,Created,Started,Resolved,Updated\n"
FILE = (
    HEADER
    + "E-1,Epic,Find <b>lessons</b>,Done,Onboarding,,Jane Doe,2015-01-02,2015-01-05,2015-02-27,2015-03-31\n"
    "T-1,Story,Words,Done,Onboarding,E-1,Jane Doe,2015-01-02,2015-01-05,2015-01-14,2015-03-31\n"
    "T-2,Story,Elsewhere,Done,Finders,E-1,Jane Doe,2015-01-02,2015-02-03,2015-02-04,2015-03-31\n"
).encode()
UNSURE = (
    HEADER
    + "E-1,Epic,Find lessons,Done,Onboarding,,,02/01/2015,05/01/2015,07/02/2015,09/03/2015\n"
    + "T-1,Story,Words,Done,Onboarding,E-1,,02/01/2015,05/01/2015,07/01/2015,09/03/2015\n"
).encode()


def named(app, kind, key):
    return next((one for one in app.get(kind) if (one.key or "").startswith(key)), None)


def drop(app, content):
    app.get("file_uploader")[0].set_value(("issues.csv", content, "text/csv"))
    return run(app)


def press(app, key):
    named(app, "button", key).click()
    return run(app)


def run(app):
    app.run()
    assert not app.exception, app.exception
    return app


def again(app):
    """Send the form of answers."""
    next(one for one in app.button if one.label.startswith("Read it again")).click()
    return run(app)


def stored():
    with session.store().snapshot() as cursor:
        efforts = {
            (one.team, one.month, one.epic): one.milli_days for one in read_value.values(cursor).efforts
        }
        return {epic.key for epic in read.epics(cursor)}, efforts


@pytest.fixture
def page(small, open_page):
    return open_page("data", view="tracker")


def test_an_empty_page_says_what_is_needed_and_hands_out_the_templates(page):
    told = shown(page)
    assert "What we need" in told
    assert "Templates to paste into your tracker" in told
    assert {one.proto.label for one in page.get("download_button")} == {
        "Epic",
        "Outcome",
        "Initiative",
        "Value stream",
    }
    assert named(page, "button", "tracker_import") is None


def test_the_lists_lead_here(small, open_page):
    assert "data?view=tracker" in shown(open_page("data", view="lists"))


def test_a_file_is_shown_and_stores_nothing_before_the_button(page):
    told = shown(drop(page, FILE))
    assert "1 new epic, 0 changed, 0 unchanged" in told
    assert "Effort of 1 team, Jan 2015" in told
    assert "Find &lt;b&gt;lessons" in told
    assert "No team is “Finders” yet" in told
    assert "Assignee" in told
    assert "Jane Doe" not in told
    assert named(page, "button", "tracker_import").label == "Import 1 epic and its effort"
    assert stored() == (set(), {})


def test_a_word_that_is_the_name_of_a_team_is_not_asked(page):
    asked = FILE.replace(b"Finders", b" ONBOARDING ")
    drop(page, asked)
    assert named(page, "selectbox", "tracker_team_") is None


def test_a_word_for_a_team_is_answered_and_counts(page):
    drop(page, FILE)
    named(page, "selectbox", "tracker_team_Finders").set_value("search")
    again(page)
    assert "No team is “Finders” yet" not in shown(page)
    press(page, "tracker_import")
    assert stored() == (
        {"E-1"},
        {("onboarding", 201501, "E-1"): 10_000, ("search", 201502, "E-1"): 2_000},
    )


def test_a_file_is_read_once_however_often_it_is_answered(page, monkeypatch):
    """Only an answer about its cells reads it again; teams are looked up in what was read."""
    reads, really = [], tracker.read_file

    def counting(content, name, *answers):
        reads.append(name)
        return really(content, name, *answers)

    monkeypatch.setattr(tracker, "read_file", counting)
    drop(page, FILE)
    named(page, "selectbox", "tracker_team_Finders").set_value("search")
    again(page)
    press(page, "tracker_import")
    assert reads == ["issues.csv"]
    drop(page, UNSURE)
    named(page, "selectbox", "tracker_date_order").set_value("day-first")
    again(page)
    assert len(reads) == 3


def test_t9_the_receipt_leads_to_the_undo_and_goes_with_it(page):
    press(drop(page, FILE), "tracker_import")
    told = shown(page)
    assert "1 epic and its effort came in as change" in told
    assert "data?view=undo-" in told
    number = told.split("view=undo-")[1].split('"')[0]
    page.query_params["view"] = f"undo-{number}"
    run(page)
    press(page, "undo_now")
    assert stored() == (set(), {})
    page.query_params["view"] = "tracker"
    assert "came in as change" not in shown(run(page))


def test_a_question_with_choices_blocks_until_it_is_answered_and_can_be_answered_otherwise(page):
    drop(page, UNSURE)
    assert "1 problem needs an answer" in shown(page)
    assert named(page, "button", "tracker_import").disabled
    named(page, "selectbox", "tracker_date_order").set_value("day-first")
    again(page)
    assert "5 Jan 2015" in shown(page)
    assert not named(page, "button", "tracker_import").disabled
    named(page, "selectbox", "tracker_date_order").set_value("month-first")
    again(page)
    assert "1 May 2015" in shown(page)


def test_a_company_without_teams_is_led_to_them_first(seed, open_page):
    seed.company()
    app = drop(open_page("data", view="tracker"), FILE)
    assert named(app, "button", "tracker_import").disabled
    assert [one for one in app.button if one.label == "Bring your teams first"]


def test_an_executive_reads_why_not(small, open_page, monkeypatch):
    monkeypatch.setattr(session, "actor", lambda: Actor("Eve", frozenset({Role.EXECUTIVE})))
    app = open_page("data", view="tracker")
    assert "owners and tech leaders bring epics in" in shown(app)
    assert not app.get("file_uploader")


def test_finance_hears_who_may_and_where_to_go_on(small, open_page, monkeypatch):
    structure.save_member(session.store(), session.local(), "Lee", frozenset({Role.TECH_LEADER}))
    monkeypatch.setattr(session, "actor", lambda: Actor("Fay", frozenset({Role.FINANCE})))
    app = open_page("data", view="tracker")
    assert "Here that is Lee." in shown(app)
    labels = [one.label for one in app.button]
    assert {"See the epics on Outcomes", "See what was imported"} <= set(labels)
