"""Months and cost types that a company does not expect are refused by name; any change of a name is said."""

import pytest

from roi.commands import costs, structure
from roi.commands.changing.requests import CostImport
from roi.domain.importing import Limits
from roi.domain.structure import Team

LIMITS = Limits(first_month=201501, last_month=203512, cost_types=("Salaries", "Cloud"))


@pytest.fixture(autouse=True)
def team(store, tech_leader):
    structure.save_teams(store, tech_leader, [Team("zoe", "Zoë Labs"), Team("web", "Web")])


def look(store, finance, *rows, limits=LIMITS):
    text = "month,team,category,amount,currency\n" + "".join(f"{row}\n" for row in rows)
    return costs.preview(store, finance, CostImport(text.encode(), "costs.csv", "Books", limits=limits))


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("2014-12,Web,Cloud,1.00,EUR", "month_range"),
        ("2036-01,Web,Cloud,1.00,EUR", "month_range"),
        ("2026-01,Web,Clouds,1.00,EUR", "category"),
        ("2026-01,Web,,1.00,EUR", "category_empty"),
    ],
)
def test_what_is_not_expected_is_refused_where_it_stands(store, finance, row, code):
    found = look(store, finance, "2026-01,Web,Cloud,2.00,EUR", row)
    assert [(issue.code, issue.line) for issue in found.blockers] == [(code, 3)]
    assert "Nothing has been saved" in found.blockers[0].message
    assert look(store, finance, row, limits=Limits()).is_ready


def test_the_first_and_the_last_month_are_within(store, finance):
    assert look(store, finance, "2015-01,Web,Cloud,1.00,EUR", "2035-12,Web,Cloud,1.00,EUR").is_ready


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("2026-01,Zoe\u0308 Labs,Cloud,1.00,EUR", "team_respelled"),
        ("2026-01,\u00a0Web,Cloud,1.00,EUR", "team_respelled"),
        ("2026-01,Web,cloud,1.00,EUR", "category_respelled"),
        ("2026-01,Web,Cloud,1.00, EUR", "currency_respelled"),
    ],
)
def test_every_change_of_a_name_is_said(store, finance, row, code):
    found = look(store, finance, row)
    assert found.is_ready
    assert [issue.code for issue in found.warnings] == [code]
