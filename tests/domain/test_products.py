"""After the last month of a product nothing is expected of its work: which epics end by that (V4, V11)."""

from itertools import permutations

import pytest

from roi.domain.products import NO_RETIREMENTS, ProductLife, Retirements

STOOD = (
    ("find", ((0, "Search"),)),
    ("browse", ((0, "Search"),)),
    ("sell", ((0, "Shop"),)),
    ("moved", ((0, "Search"), (202510, "Shop"))),
    ("later", ((0, "Shop"), (202501, "Search"), (202507, "Shop"))),
)
ENDED = Retirements((("Search", 202506),), STOOD)


@pytest.mark.parametrize(
    ("started", "teams", "expected"),
    [
        (202401, ["find"], 202506),
        (202506, ["find"], 202506),
        (202507, ["find"], 202506),  # begun later for what is retired: nothing is expected of it
        (202401, ["find", "browse"], 202506),
        (202401, ["find", "sell"], None),  # a team of a product that goes on works on it too
        (202401, ["sell"], None),
        (202401, ["moved"], 202506),  # the team went to another product when this one was over
        (202509, ["moved"], 202506),
        (202510, ["moved"], None),  # its work since is of the other product
        (202401, ["later"], 202506),
        (202507, ["later"], None),
        (202401, ["nobody"], None),
        (202401, [], None),
    ],
)
def test_v11_an_epic_ends_with_the_product_in_which_its_teams_stood(started, teams, expected):
    assert ENDED.last_of(started, teams) == expected
    assert all(ENDED.last_of(started, order) == expected for order in permutations(teams))


def test_of_two_products_the_later_one_ends_what_both_work_on():
    both = Retirements((("Search", 202506), ("Shop", 202603)), STOOD)
    assert both.last_of(202401, ["find", "sell"]) == 202603
    assert both.ends_of(202401, ["find", "sell"]) == [202506, 202603]
    assert both.last_of(202401, ["moved"]) == 202506


def test_without_a_retirement_nothing_ends():
    assert NO_RETIREMENTS.last_of(202401, ["find"]) is None


def test_t3_a_life_of_which_nothing_is_said_is_nothing():
    assert ProductLife("Search").is_nothing
    said = {"started": 202401, "retired": 202506, "reason": "replaced", "owner": "Olga"}
    assert not any(ProductLife("Search", **{name: one}).is_nothing for name, one in said.items())
