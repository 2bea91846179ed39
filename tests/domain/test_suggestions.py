"""A cost area's name suggests a team only when it is clear."""

import pytest

from roi.domain.structure import Team
from roi.domain.suggestions import Suggestions

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
