"""A cost area's name suggests a team only when it is clear."""

import pytest

from roi.domain.structure import Team
from roi.domain.suggestions import Suggestions, nearest

TEAMS = [
    Team("payments", "Payments"),
    Team("search", "Search & Discovery"),
    Team("gds-verify", "GDS Verify"),
    Team("gds-pay", "GDS Pay"),
    Team("cafe", "Café"),
]


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        ("Payments", "payments"),
        ("PAYMENT TEAM", "payments"),
        ("Office of Payments", "payments"),
        ("search discovery services", "search"),
        ("GDS - Verify", "gds-verify"),
        ("Cafe", "cafe"),
        ("GDS", ""),
        ("GDS Hosting", ""),
        ("Team costs", ""),
        ("Cabinet Office Estates", ""),
        ("", ""),
    ],
)
def test_only_a_clear_name_is_suggested(area, expected):
    assert Suggestions(TEAMS).of(area) == expected


def test_without_teams_nothing_is_suggested():
    assert Suggestions([]).of("Payments") == ""


NAMES = (
    "Search",
    "Onboarding",
    "Assessments",
    "Course Delivery",
    "Market Search",
    "Team 1",
    "Catalogue",
    "Finance",
)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("Serach", "Search"),
        ("Searchs", "Search"),
        ("eSearch", "Search"),  # one letter more is a slip
        ("On boarding", "Onboarding"),
        ("Assesment", "Assessments"),
        ("Catalog", "Catalogue"),
        ("Course Delivery Team", "Course Delivery"),
        ("Research", ""),  # another word that ends so
        ("Boarding", ""),
        ("Refinance", ""),
        ("Market Research", ""),
        ("Course Delivery EU", ""),  # another word more
        ("Team 2", ""),
        ("Payments", ""),
        ("", ""),
    ],
)
def test_a_near_name_is_offered_only_where_it_is_no_other_word(sent, expected):
    assert nearest(sent, NAMES) == expected


def test_behind_a_name_of_another_meaning_the_next_near_one_is_offered():
    assert nearest("Researsh", ("Search", "Research")) == "Research"
    assert nearest("Reserch", ("Serch", "Research")) == "Research"


@pytest.mark.parametrize(
    ("sent", "known", "expected"),
    [
        ("Onboarding EU", "Onboarding US", ""),
        ("Onboarding DE", "Onboarding Den", ""),
        ("Search II", "Search III", ""),
        ("Delivery VIII", "Delivery XIII", ""),
        ("Onbaording US", "Onboarding US", "Onboarding US"),
        ("Serach III", "Search III", "Search III"),
        ("Market Saerch", "Market Search", "Market Search"),
        ("Course Delivry Team", "Course Delivery", "Course Delivery"),
    ],
)
def test_another_short_word_or_roman_number_at_the_end_is_another_name(sent, known, expected):
    assert nearest(sent, (known,)) == expected
