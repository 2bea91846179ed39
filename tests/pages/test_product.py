"""The page of a product: what it cost and returned over its life, and how it is retired, from the screen."""

import html
import re
from datetime import date

import pytest

from roi.actors import local_user
from roi.commands import closing
from roi.ui import session
from tests.pages.conftest import shown
from tests.pages.upload_wizard import press

TODAY = date(2015, 4, 15)


@pytest.fixture
def day(monkeypatch):
    monkeypatch.setattr(session, "today", lambda: TODAY)


def plain(page):
    return html.unescape(re.sub(r"<[^>]+>", "", page))


def life(small, **more):
    row = {"value_stream": "Enrolment", "started": None, "retired": None, "reason": "", "owner": "Olga"}
    small.rows("product_life", {**row, **more})


def field(app, label):
    return next(one for one in app.text_input if one.label == label)


def save(app):
    next(button for button in app.button if button.label == "Save its life").click()
    app.run()
    assert not app.exception, app.exception


def test_every_number_of_a_product_opens_how_we_know_of_the_product(small, open_page, day):
    small.outcome("onboarding", is_confirmed=True)
    page = shown(open_page("product", value_stream="Enrolment"))
    told = plain(page)
    assert "Over its life Enrolment has cost £45.0k; finance has confirmed" in told
    assert "Since Jan 2015." in told
    assert "All figures are of its whole life, whatever the period." in told
    for figure in ("team_cost", "cohort_rest", "confirmed_cash", "npv", "roi", "payback", "forward_npv"):
        assert f'data-know="{figure} product=Enrolment"' in page, figure
    for name in ("Net present value", "What is left", "ROI over the horizon", "Payback", "Internal rate"):
        assert name in told
    assert "Guided first lesson" in told
    assert "to be retired" not in told
    assert "structure" not in told, "no team ever moved"


def test_the_period_changes_none_of_it(small, open_page, day):
    small.outcome("onboarding", is_confirmed=True)
    known = re.compile(r'data-know="([a-z_]+) product=Enrolment"[^>]*>([^<]+)<')
    whole, month = (
        known.findall(shown(open_page("product", value_stream="Enrolment", **asked)))
        for asked in ({}, {"period": "2015-01..2015-01"})
    )
    assert whole == month != []


def test_d5_where_a_team_moved_it_says_whose_structure_its_cost_follows(small, open_page, day):
    place = {"kind": "stream_aligned", "value_stream": "Catalogue", "division": ""}
    small.rows("team_structure", {"team": "onboarding", "first_month": 201503, **place})
    then, today = (
        plain(shown(open_page("product", value_stream="Catalogue", **by))) for by in ({}, {"by": "today"})
    )
    assert "Its cost follows the structure of each month: Onboarding, which moved, counts here only" in then
    assert (
        "Its cost follows today's structure: every month of Onboarding counts where it stands today." in today
    )


def test_a_product_that_was_retired_says_so_and_what_that_ends(small, open_page, day):
    small.outcome("onboarding", is_confirmed=True)
    life(small, retired=201503, reason="the new shop does all of it.")
    told = plain(shown(open_page("product", value_stream="Enrolment")))
    assert "Enrolment, retired in Mar 2015, has cost £45.0k" in told
    assert "Since Jan 2015, retired after Mar 2015: the new shop does all of it. Owned by Olga." in told
    assert "Enrolment was retired after Mar 2015" in told
    assert "What finance has confirmed stays." in told


def test_without_a_name_it_asks_which(small, open_page):
    app = open_page("product")
    assert "Which product?" in shown(app)
    assert "Enrolment" in [button.label for button in app.button]


def test_a_company_without_a_value_stream_is_led_to_its_teams(seed, open_page):
    app = open_page("product")
    assert "No value stream is recorded yet." in shown(app)
    assert "Add teams" in [button.label for button in app.button]


def test_a_stream_without_cost_and_work_says_what_its_life_begins_with(seed, open_page):
    seed.company()
    seed.team("a", "Ada", "Sailing")
    app = open_page("product", value_stream="Sailing")
    told = plain(shown(app))
    assert "Sailing: no cost and no epic belongs to it yet" in told
    assert "Import costs" in [button.label for button in app.button]


def test_a_stream_that_never_was_is_refused_in_words(small, open_page):
    assert "Sailing" in shown(open_page("product", value_stream="Sailing"))


def test_of_serving_teams_it_says_why_there_is_no_verdict(small, open_page, day):
    small.team("platform", "Platform", "Enabling", kind="platform")
    told = plain(shown(open_page("product", value_stream="Enabling")))
    assert "Enabling serves other products, and its value is booked by the teams it serves" in told


def test_its_life_is_recorded_changed_and_taken_back_on_the_page(small, open_page, day):
    small.outcome("onboarding", is_confirmed=True)
    app = open_page("product", value_stream="Enrolment")
    field(app, "Owner").input("Olga")
    field(app, "First month").input("2014-11")
    field(app, "Last month").input("2015-05")
    field(app, "Why it is retired").input("the new shop does all of it")
    save(app)
    told = plain(shown(app))
    assert "The life of the product is saved." in told
    assert "Since Nov 2014, to be retired after May 2015: the new shop does all of it." in told
    assert "The ledger begins in Jan 2015; what it cost before is not in it." in told
    press(app, "done_undo")
    assert "to be retired" not in plain(shown(app))
    assert field(app, "Owner").value == ""


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"Owner": "Olga", "Last month": "soon"}, ["“soon” is no month", "a retirement has its reason"]),
        ({"Owner": "Olga", "Last month": "2015-05"}, ["a retirement has its reason"]),
        ({"Owner": ""}, ["has no owner"]),
        ({"First month": "2015-13", "Owner": ""}, ["has no owner", "“2015-13” is no month"]),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_saved(small, open_page, day, typed, told):
    app = open_page("product", value_stream="Enrolment")
    for label, text in {"First month": "2015-01", **typed}.items():
        field(app, label).input(text)
    save(app)
    page = plain(shown(app))
    assert [one for one in told if one not in page] == []
    assert field(app, "First month").value == typed.get("First month", "2015-01"), "what was typed stays"


def test_d11_a_retirement_before_a_closed_month_is_offered_as_a_restatement(small, open_page, day):
    with small._open() as store:
        closing.close_months(store, local_user("Fay"), [201501, 201502], "books are final")
    app = open_page("product", value_stream="Enrolment")
    for label, text in {"Owner": "Olga", "Last month": "2015-01", "Why it is retired": "replaced"}.items():
        field(app, label).input(text)
    save(app)
    assert "closed" in plain(shown(app))
    assert "Name it as a restatement" in [button.label for button in app.button]


def test_teams_and_initiative_lead_to_the_product(small, open_page):
    row = {"initiative": "grow", "name": "Grow", "owner": "Olga", "value_stream": "Enrolment"}
    none = dict.fromkeys(("approved_on", "due_on", "approved_minor"))
    texts = dict.fromkeys(("currency", "problem", "result", "measure", "learning"), "")
    small.rows("initiative", {**row, **none, **texts})
    assert 'href="product?value_stream=Enrolment"' in shown(open_page("teams", view="return"))
    assert 'href="product?value_stream=Enrolment"' in shown(open_page("initiative", initiative="grow"))


def test_the_first_page_of_a_stream_leads_to_its_product(small, open_page):
    small.outcome("onboarding", is_confirmed=True)
    app = open_page(vs="Enrolment")
    assert "See Enrolment from its start until it is retired" in [button.label for button in app.button]


def test_t8_the_parts_of_its_figures_lead_on_to_those_of_the_product(small, open_page, day):
    small.outcome("onboarding", is_confirmed=True)
    page = shown(open_page("trace", figure="cohort_rest", product="Enrolment", period="2015-01..2015-01"))
    assert "figure=cohort_cost&amp;part=201501" in page
    links = re.findall(r'href="(trace[?][^"]*cohort_cost[^"]*)"', page)
    assert links
    assert all("product=Enrolment" in link for link in links)


def test_both_months_that_are_none_are_told_at_once(small, open_page, day):
    app = open_page("product", value_stream="Enrolment")
    for label, text in {"Owner": "Olga", "First month": "once", "Last month": "soon"}.items():
        field(app, label).input(text)
    save(app)
    told = plain(shown(app))
    assert "“once” is no month" in told
    assert "“soon” is no month" in told
