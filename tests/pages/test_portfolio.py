"""Portfolio: empty, with cost only, with a first return, and with a link that means nothing."""

import re

import pytest

from roi.actors import Actor, Role
from roi.commands import closing
from roi.reports.booked import by_stream
from roi.ui import session
from roi.ui.views import portfolio
from tests.pages.conftest import NOBODY, shown


def test_an_empty_store_asks_and_gives_one_next_action(seed, open_page):
    app = open_page()
    assert "What did engineering return?" in shown(app)
    assert "0 of 6 steps are done." in shown(app)
    assert [button.label for button in app.button] == ["Start with my company"]


def test_cost_without_an_outcome_says_what_is_missing(small, open_page):
    page = shown(open_page())
    assert "Three teams cost £48.0k; what the work returned needs one outcome" in page
    assert "needs one outcome" in page


def test_t1_the_parts_on_the_page_make_the_ledger(small, open_page):
    page = re.sub(r"<[^>]+>", "", shown(open_page()))
    assert "Ledger £50.50k = cost of teams £48.00k + excluded £0 + on no team yet £2.50k." in page


def test_v22_work_by_quarter_of_start_adds_up_to_the_ledger_and_leads_to_its_rows(small, open_page):
    small.outcome("onboarding", is_confirmed=True)
    page = shown(open_page())
    table = page[page.index("Work by quarter of start") :]
    for told in ("Started in Q1 2015", "Run, unplanned, unassigned", "Cost of teams", "Excluded natures"):
        assert told in table
    assert "£50.5" in table[table.index(">Ledger<") :]
    assert "figure=cohort_cost&amp;part=201501" in table


def test_a_table_of_many_teams_shows_those_of_the_stream_that_is_opened(small, open_page, monkeypatch):
    monkeypatch.setattr(by_stream, "MANY", 1)
    folded, opened = shown(open_page()), shown(open_page(open="Enrolment"))
    assert "team?team=onboarding" not in folded
    assert "./?open=Enrolment" in folded
    assert "team?team=onboarding" in opened
    assert "A value stream opens to show its teams." in folded


def test_what_goes_with_the_five_lines_is_short_until_somebody_asks_for_more(small, open_page, monkeypatch):
    small.outcome("onboarding", is_confirmed=True)
    monkeypatch.setattr(portfolio, "notes", lambda _: tuple(f"Told {number}." for number in range(7)))
    app = open_page()
    (folded,) = (one for one in app.expander if one.label == "Three more notes on what is counted")
    assert "Told 3." in shown(app)
    assert not folded.proto.expanded
    monkeypatch.setattr(portfolio, "notes", lambda _: tuple(f"Told {number}." for number in range(5)))
    assert not [one for one in open_page().expander if "more note" in one.label]


def test_the_page_says_what_changed_since_months_were_closed(small, open_page):
    small.outcome("onboarding", is_confirmed=True)
    page = shown(open_page())
    assert "In the 30 days since" in page
    assert "See the history" in page
    closing.close_months(session.store(), NOBODY, [201501], "the books are final")
    assert "Since the months to January 2015 were closed on" in shown(open_page())
    assert "nothing has changed." in shown(open_page())


def test_what_is_unverified_leads_to_its_reading_or_to_its_epic(small, open_page, monkeypatch):
    small.outcome("onboarding", is_confirmed=False)
    assert "outcomes?state=reading&amp;outcome=o1" in shown(open_page())
    monkeypatch.setattr(session, "actor", lambda: Actor("Eve", frozenset({Role.EXECUTIVE})))
    page = shown(open_page())
    assert "state=reading" not in page
    assert "epic?epic=e1" in page[page.index("unverified") :]


def test_v20_a_first_return_is_told_with_its_range(small, open_page):
    small.outcome("onboarding", is_confirmed=True)
    page = shown(open_page())
    assert "Finance has confirmed £0.0" in page
    assert "(8 in 10)" in page
    assert "too early" in page


def test_an_outcome_that_is_read_but_not_confirmed_counts_nothing(small, open_page):
    small.outcome("onboarding", is_confirmed=False)
    assert "finance has confirmed no cash value for " in shown(open_page())


def test_names_from_files_and_forms_are_never_markup(small, open_page):
    page = shown(open_page())
    assert "<b>search</b>" not in page
    assert "<i>ELM</i>" not in page
    assert "&lt;b&gt;search&lt;/b&gt;" in page


def test_every_chart_has_words_and_a_table(small, open_page):
    app = open_page()
    (chart,) = app.get("plotly_chart")
    assert "the teams cost" in chart.proto.alt
    assert "View as table" in [expander.label for expander in app.expander]


def test_a_deep_link_sets_the_scope(small, open_page):
    app = open_page(period="2015-01..2015-01", vs="Enrolment")
    assert app.selectbox(key="scope_period").value == "2015-01..2015-01"
    assert app.selectbox(key="scope_vs").value == "Enrolment"
    page = shown(app)
    assert "January 2015" in page
    assert "Two teams cost £15.0k" in page
    assert "scope_reset" in [button.key for button in app.button]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"period": "2015-13"}, "is no period here"),
        ({"period": "1999-01..1999-02"}, "is no period here"),
        ({"vs": "Nowhere"}, "is no value stream here"),
        ({"currency": "XXX"}, "is no currency here"),
        ({"snap": "999"}, "is no number of a change here"),
        ({"colour": "red"}, "means nothing here"),
    ],
)
def test_d27_a_bad_value_of_a_link_is_told_and_left_out(small, open_page, query, told):
    app = open_page(**query)
    assert any(told in toast.value for toast in app.toast)
    assert dict(app.query_params) == {}
    assert "Three teams cost £48.0k" in shown(app)


def test_a_key_of_another_page_is_left_out_in_silence(small, open_page):
    app = open_page(team="onboarding")
    assert not app.toast
    assert dict(app.query_params) == {}


def test_reset_looks_at_everything_again(small, open_page):
    app = open_page(period="2015-01..2015-01")
    app.button(key="scope_reset").click().run()
    assert app.selectbox(key="scope_period").value == ""
    assert "Three teams cost £48.0k" in shown(app)
    assert "scope_reset" not in [button.key for button in app.button]


def test_choosing_a_period_writes_it_into_the_address_and_keeps_it_on_the_next_page(small, open_page):
    app = open_page()
    app.selectbox(key="scope_period").select("2015-02..2015-02").run()
    assert app.query_params["period"] in ("2015-02..2015-02", ["2015-02..2015-02"])
    app.switch_page("pages/teams.py").run()
    assert app.selectbox(key="scope_period").value == "2015-02..2015-02"
    assert "February 2015" in shown(app)


def test_v6_a_switch_in_the_address_counts_what_is_not_cash_and_says_so(small, open_page):
    small.outcome("onboarding", is_confirmed=True, value_class="cost_avoided")
    off, on = open_page(), open_page(value="incl-not-cash")
    assert not off.toggle(key="value_switch").value
    assert "incl. not cash" not in shown(off).replace("Incl. not cash", "")
    assert on.toggle(key="value_switch").value
    assert on.query_params["value"] == "incl-not-cash"
    assert "incl. not cash" in shown(on)
    on.toggle(key="value_switch").set_value(False).run()
    assert "value" not in on.query_params
    off.toggle(key="value_switch").set_value(True).run()
    assert off.query_params["value"] == "incl-not-cash"
    assert "incl. not cash" in shown(off)


def test_d27_a_value_that_means_nothing_is_taken_out_and_said(small, open_page):
    app = open_page(value="everything")
    assert "value" not in app.query_params
    assert any("means nothing here" in toast.value for toast in app.toast)
