"""Method: every figure is defined, with an anchor, today's numbers, and without placeholders."""

import re

from roi.domain.figures import REGISTRY
from roi.ui.views.method import GLOSSARY, general
from tests.pages.conftest import shown


def test_t7_every_figure_stands_on_the_page_with_its_anchor(seed, open_page):
    page = shown(open_page("method"))
    for definition in REGISTRY.values():
        assert f'id="{definition.figure_id.replace("_", "-")}"' in page
    assert "Why a range, if finance confirmed it?" in page
    assert "Shift+Tab" in page


def test_a_formula_without_numbers_reads_as_words():
    assert general(REGISTRY["control_difference"]) == "ledger − control total = difference"
    for definition in REGISTRY.values():
        said = general(definition)
        assert not re.search(r"[{}_]|\b(\w+) \1\b| ,|\b[a-z][A-Z]", said), said
    assert general(REGISTRY["roi"]) == "(benefits − costs) ÷ costs = ROI over the horizon"


def test_every_jump_on_the_page_lands(small, open_page):
    page = shown(open_page("method"))
    jumps = re.findall(r'href="#([a-z-]+)"', page)
    assert len(jumps) == 7
    assert [one for one in jumps if f'id="{one}"' not in page] == []


def test_v16_the_page_says_which_of_a_closed_month_stays_and_which_does_not(small, open_page):
    page = shown(open_page("method"))
    assert "Its amounts: cost, and value as it was known when the month closed" in page
    assert "Its likely range and its evidence grades" in page
    assert "Not what is still expected of it" in page
    assert "to all that is known of it by then, not only what was wrong" in page


def test_todays_numbers_stand_beside_the_definition(small, open_page):
    assert "Today: sum of 7 ledger lines = £50,500.51" in shown(open_page("method"))


def test_own_cost_full_cost_and_cost_of_teams_are_three_names_and_each_is_told(small, open_page):
    """One word per idea: no fourth name for any of them in a definition, and all three in the glossary."""
    told = dict(GLOSSARY)
    assert "before" in told["Own cost"]
    assert "after" in told["Full cost"]
    assert "full cost of all teams" in told["Cost of teams"]
    assert (REGISTRY["team_cost"].name, REGISTRY["full_cost"].name) == ("Own cost", "Full cost")
    for one in REGISTRY.values():
        told = f"{one.meaning} {one.formula} {one.does_not_say}"
        assert not re.search(r"team cost\b", told, re.IGNORECASE), one.figure_id
    assert "Cost of teams" in shown(open_page("teams"))
    assert "Cost of teams" in shown(open_page())


def test_v11_the_page_says_when_an_epic_ends_with_its_products(small, open_page):
    page = shown(open_page("method"))
    assert "ends with its products only when all its teams are of retired products, and then with the" in page
    assert "in which a product that goes on has a part goes on whole" in page
