"""One epic: money, marks and ticks, history, and the states without them."""

from datetime import date

from roi.actors import Actor, Role
from roi.domain.money import SHARE_WHOLE
from roi.ui import session
from tests.pages.conftest import shown


def test_an_epic_shows_money_marks_and_ticks(small, open_page):
    small.outcome("onboarding", is_confirmed=True)
    page = shown(open_page("epic", epic="e1"))
    assert "Guided first lesson: the promise was met" in page
    assert "Cost so far" in page
    assert "Fay, 1 Apr 2015" in page


def test_an_epic_without_an_outcome_leads_to_the_first(small, open_page):
    small.rows(
        "epic",
        {
            "epic": "e9",
            "name": "<b>Quiet</b> work",
            "team": "search",
            "kind": "risk",
            "started": date(2015, 1, 1),
            "delivered": None,
            "planned_share": SHARE_WHOLE // 4,
            "is_obligation": True,
        },
    )
    app = open_page("epic", epic="e9")
    page = shown(app)
    assert "no outcome is recorded yet" in page
    assert "An obligation" in page
    assert "<b>Quiet</b>" not in page
    assert "Record an outcome" in [button.label for button in app.button]


def test_an_epic_offers_nothing_to_who_only_reads(small, open_page, monkeypatch):
    small.outcome("onboarding", is_confirmed=False)
    monkeypatch.setattr(session, "actor", lambda: Actor("Eve", frozenset({Role.EXECUTIVE})))
    labels = [button.label for button in open_page("epic", epic="e1").button]
    assert not {"Record an outcome", "Record a new reading", "Confirm"}.intersection(labels)


def test_an_epic_that_is_not_there_says_so(small, open_page):
    assert "There is no such epic here" in shown(open_page("epic", epic="nothing"))
