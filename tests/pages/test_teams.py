"""Teams: months that add up to the ledger, and what stands there before there is anything."""

from tests.pages.conftest import shown


def test_nothing_yet_leads_to_the_first_step(seed, open_page):
    app = open_page("teams")
    assert "What do the teams cost?" in shown(app)
    assert [button.label for button in app.button] == ["Add teams"]


def test_teams_without_costs_lead_to_the_import(seed, open_page):
    seed.company()
    seed.team("a", "Ada")
    assert [button.label for button in open_page("teams").button] == ["Import costs"]


def test_t1_every_month_adds_up_to_the_last_digit(small, open_page):
    page = shown(open_page("teams", view="cost"))
    for amount in ("33,000.00", "12,000.00", "3,000.01", "2,500.50", "50,500.51"):
        assert amount in page
    assert page.count("0.00") > 3


def test_t3_a_month_without_a_line_is_a_dash(small, open_page):
    assert "–" in shown(open_page("teams", view="cost"))


def test_rows_lead_to_the_team_with_a_real_address(small, open_page):
    page = shown(open_page("teams", period="2015-01..2015-03"))
    assert "team?period=2015-01..2015-03&amp;team=onboarding" in page
    assert "know" in page


def test_what_is_on_no_team_is_named_with_its_reason(small, open_page):
    page = shown(open_page("teams"))
    assert "FACILITIES &lt;i&gt;ELM&lt;/i&gt;" in page
    assert "cost area not mapped to a team yet" in page


def test_a_value_stream_shows_the_others_so_that_the_ledger_still_adds_up(small, open_page):
    page = shown(open_page("teams", vs="Enrolment", view="cost"))
    assert "Other value streams" in page
    assert "50,500.51" in page


def test_the_table_says_in_which_month_each_team_pays_back(small, open_page):
    small.outcome("onboarding", is_confirmed=True)
    page = shown(open_page("teams"))
    assert "Pays back" in page
    assert "How we know: Payback" in page, "with its formula behind it"
    assert "Pays back" not in shown(open_page()), "Portfolio keeps to its picture"
