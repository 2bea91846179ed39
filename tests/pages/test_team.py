"""One team: its cost, its epics, and links that name no team."""

import re

from tests.pages.conftest import shown


def test_cost_by_month_area_and_category(small, open_page):
    app = open_page("team", team="onboarding")
    page = shown(app)
    assert "Onboarding costs £33.0k; no outcome is recorded yet" in page
    assert "Salaries" in page
    assert "Cost of Onboarding by month, most in Mar 2015" in app.get("plotly_chart")[0].proto.alt
    assert "Record the first outcome" in [button.label for button in app.button]


def test_the_way_back_is_real_links(small, open_page):
    page = shown(open_page("team", team="onboarding"))
    assert "aria-current" in page
    assert 'data-go=\\"teams\\"' in page or 'data-go="teams"' in page


def test_a_first_return_of_the_team(small, open_page):
    small.outcome("onboarding", is_confirmed=True)
    page = shown(open_page("team", team="onboarding"))
    assert "finance has confirmed £" in page
    assert "Guided first lesson" in page


def test_an_enabling_team_gets_no_verdict(small, open_page):
    assert "its value is booked by teams it serves" in shown(open_page("team", team="platform"))


def test_a_period_without_cost_can_be_widened(small, open_page):
    app = open_page("team", team="search", period="2015-02..2015-02")
    assert "has no cost line in this period" in shown(app)
    assert "cost is known" not in shown(app).lower(), "its cost is not known either"
    app.button(key="widen").click().run()
    assert "has no cost line in this period" not in shown(app)


def test_a_team_without_cost_in_all_there_is_leads_to_the_costs_and_not_to_the_same_again(small, open_page):
    small.team("quiet", "Quiet", "Enrolment")
    app = open_page("team", team="quiet")
    assert "Quiet has no cost line in this period" in shown(app)
    assert "Neither cost nor value is known" in shown(app)
    labels = [button.label for button in app.button]
    assert "Look at everything" not in labels
    assert "See Data" in labels


def test_no_team_or_an_unknown_one_is_said(small, open_page):
    assert "Which team?" in shown(open_page("team"))
    app = open_page("team", team="<script>alert(1)</script>")
    assert "There is nothing here" in shown(app)
    assert "<script>" not in shown(app)


def test_the_work_of_a_team_is_printed_in_few_digits_that_add_up(small, open_page):
    """Costs and value stand in one unit, and in print both sum to the team's."""
    small.outcome("onboarding", is_confirmed=True)
    page = shown(open_page("team", team="onboarding"))
    table = page[page.index("Epics of Onboarding") :].split("</table>")[0]
    assert re.findall(r"£[\d.]+k", table) == ["£5.0k", "£1.6k", "£28.0k", "£33.0k", "£1.6k"]
