"""What a value stream is worth over its life, on the first page: only where one is chosen."""

import re
from datetime import date

from roi.reports import life
from roi.ui import session
from tests.pages.conftest import shown
from tests.pages.upload_wizard import press

NAMES = ("Net present value", "What is left", "ROI over the horizon", "Payback", "Internal rate")


def plain(page):
    return re.sub(r"<[^>]+>", "", page)


def test_a_chosen_stream_is_appraised_over_its_life_and_every_number_opens_how_we_know(
    small, open_page, monkeypatch
):
    small.outcome("onboarding", is_confirmed=True)
    monkeypatch.setattr(session, "today", lambda: date(2015, 4, 15))
    page = shown(open_page(vs="Enrolment"))
    told = plain(page)
    assert "the epics of Enrolment are" in told
    assert "whatever the period; return per £1 is of one period and is no ROI" in told
    assert "in 20 that it pays back" in told
    for name in NAMES:
        assert name in told
    for figure in ("npv", "roi", "payback", "forward_npv"):
        assert f'data-know="{figure}"' in page, figure


def test_v6_the_period_changes_none_of_it(small, open_page):
    small.outcome("onboarding", is_confirmed=True)
    facts = [
        re.findall(r'data-know="(?:npv|roi|payback|forward_npv)"[^>]*>([^<]+)<', shown(open_page(**asked)))
        for asked in ({"vs": "Enrolment"}, {"vs": "Enrolment", "period": "2015-01..2015-01"})
    ]
    assert facts[0] == facts[1] != []


def test_of_the_whole_company_nothing_is_new(small, open_page, monkeypatch):
    small.outcome("onboarding", is_confirmed=True)
    asked, ask = [], session.ask
    monkeypatch.setattr(session, "ask", lambda build, *more: asked.append(build) or ask(build, *more))
    assert "ROI over the horizon" not in shown(open_page())
    assert life.build not in asked


def test_a_stream_of_teams_that_serve_others_says_why_it_has_no_verdict(small, open_page):
    small.team("platform", "Platform", "Enabling", kind="platform")
    page = plain(shown(open_page(vs="Enabling")))
    assert "Enabling has no verdict over its life: its value is booked by the teams it serves" in page
    assert "Net present value" not in page


def test_a_stream_without_an_outcome_says_what_is_missing(small, open_page):
    page = plain(shown(open_page(vs="Enrolment")))
    assert "What the epics of Enrolment are worth cannot be said" in page
    assert "No epic belongs to it yet" in page


def test_a_large_stream_is_appraised_when_somebody_asks(small, open_page, monkeypatch):
    small.outcome("onboarding", is_confirmed=True)
    monkeypatch.setattr(life, "MOST_AT_ONCE", 0)
    app = open_page(vs="Enrolment")
    assert "ROI over the horizon" not in shown(app)
    press(app, "life")
    assert "ROI over the horizon" in shown(app)


def test_an_empty_store_with_a_stream_in_the_address_has_no_life(seed, open_page):
    assert "worth" not in plain(shown(open_page(vs="Enrolment"))).split("0 of 6 steps")[0]
