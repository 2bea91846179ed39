"""Teams: months that add up to the ledger, and what stands there before there is anything."""

import re

from roi.reports.booked import by_stream
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


def months_of(page):
    """The table of months: each row's name with its cells."""
    table = page[page.index("Cost by team and month in") :]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr.*?</tr>", table)]
    clean = [[re.sub(r"<[^>]+>", "", cell) for cell in row] for row in rows if row]
    return {row[0].replace("\xa0", " "): row[1:] for row in clean}


def test_months_of_many_teams_stand_by_value_stream_with_a_way_to_all(small, open_page, monkeypatch):
    monkeypatch.setattr(by_stream, "MANY", 1)
    folded = months_of(shown(open_page("teams", view="cost")))
    assert "▸ Show all 3 teams" in folded
    assert "Onboarding" not in folded
    opened = months_of(shown(open_page("teams", view="cost", open="Enrolment")))
    its = [name for name in opened if name.startswith(("Onboarding", "Catalogue"))]
    assert len(its) == 2
    assert "Platform" not in opened
    whole = next(row for name, row in opened.items() if name.startswith("▾ Enrolment"))
    for place, total in enumerate(whole):
        parts = [amount(opened[name][place]) for name in its]
        assert amount(total) == sum(parts), "a stream's row is the sum of its teams, month by month"
    every = months_of(shown(open_page("teams", view="cost", open="*")))
    assert {*its, "Platform"} <= set(every)
    assert every["All teams"] == folded["All teams"]


def amount(shown_amount):
    """Minor units of a cell; a dash is none."""
    digits = re.sub(r"[^\d−]", "", shown_amount).replace("−", "-")
    return int(digits or 0)


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


def test_the_switch_follows_an_address_that_back_and_forward_change(small, open_page):
    """The address led the title and not the view under it."""
    page = open_page("teams", view="cost")
    assert page.segmented_control(key="teams_view").value == "cost"
    for asked, meant in (("", "return"), ("roles", "roles"), ("nonsense", "return")):
        page.query_params["view"] = asked
        page.run()
        assert page.segmented_control(key="teams_view").value == meant
        assert not page.exception
        assert not page.warning
    page.segmented_control(key="teams_view").set_value("mix").run()
    assert page.segmented_control(key="teams_view").value == "mix"
    assert page.query_params["view"] == "mix"
