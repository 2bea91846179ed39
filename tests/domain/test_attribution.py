"""Shapley's value beside the rule by which outcomes claim: published games, hand-checked answers, laws."""

import json
from datetime import date
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi.domain.attribution import MOST_PLAYERS, shapley
from roi.domain.counting import Held, Level, count


def case(shared, name):
    return json.loads((shared / "cases" / f"{name}.json").read_text())


def table(published, scale=1):
    worths = {
        frozenset(filter(None, group.split(","))): round(worth * scale)
        for group, worth in published["inputs"]["value_of_coalition"].items()
    }
    return published["inputs"]["players"], worths.__getitem__


# Published games


@pytest.mark.real
@pytest.mark.parametrize("name", ["shapley-glove", "shapley-overlap-two-epics"])
def test_published_games_by_table(shared, name):
    published = case(shared, name)
    found = shapley(*table(published))
    for player, expected in published["expected"]["shapley"].items():
        exact = found.exact[player]
        assert exact.numerator / exact.denominator == pytest.approx(expected, abs=1e-9)
    assert sum(found.parts.values()) == table(published)[1](frozenset(published["inputs"]["players"]))


@pytest.mark.real
def test_published_airport_game(shared):
    published = case(shared, "shapley-airport-4")
    costs = published["inputs"]["costs"]
    found = shapley(list(costs), lambda group: max((costs[player] for player in group), default=0))
    assert found.parts == published["expected"]["shapley"]


@pytest.mark.real
def test_t4_the_published_overlap_is_removed_as_outcomes_are_counted(shared):
    """Two epics claim what each would have brought alone; one movement was measured, and each is cut."""
    published = case(shared, "shapley-overlap-two-epics")
    players, worth = table(published)
    measured, month, read_on = published["expected"]["measured"], 202601, date(2026, 1, 31)
    shares = {player: worth(frozenset([player])) * 1_000_000 // measured for player in players}
    found = count(
        [
            Held(name, "pool", "", "", (Level(read_on, month, measured, share),), month, date(2026, 1, 1))
            for name, share in shares.items()
        ],
        {},
    ).by_outcome
    assert sum(one.claimed for one in found.values()) == published["expected"]["sum_of_claims"]
    assert sum(one.claimed - one.kept for one in found.values()) == 20_000
    assert {name: one.kept for name, one in found.items()} == {"E1": 48_000, "E2": 32_000}


# By hand


def test_a_player_twice_or_too_many_are_refused():
    with pytest.raises(ValueError, match="twice"):
        shapley(["a", "a"], len)
    with pytest.raises(ValueError, match="12"):
        shapley([f"p{number}" for number in range(MOST_PLAYERS + 1)], len)


def test_cents_that_cannot_be_halved_still_sum():
    found = shapley(["a", "b", "c"], lambda group: 100 if group else 0)
    assert sorted(found.parts.values()) == [33, 33, 34]
    assert set(found.exact.values()) == {Fraction(100, 3)}
    assert shapley([], lambda _: 0).parts == {}


# Laws

AMOUNTS = st.integers(-(10**12), 10**12)


@st.composite
def games(draw, most=5):
    """Players, and a worth for every group of them; none is worth nothing."""
    players = [f"p{i}" for i in range(draw(st.integers(1, most)))]
    worths = draw(st.lists(AMOUNTS, min_size=2 ** len(players), max_size=2 ** len(players)))
    worths[0] = 0

    def worth(group):
        return worths[sum(1 << players.index(player) for player in group)]

    return players, worth


@given(games())
def test_shapley_sums_to_the_worth_of_all(game):
    found = shapley(*game)
    assert sum(found.parts.values()) == sum(found.exact.values()) == game[1](frozenset(game[0]))
    assert all(abs(found.parts[player] - found.exact[player]) < 1 for player in game[0])
    assert shapley(game[0][::-1], game[1]).parts == found.parts


@given(games(most=4))
def test_shapley_is_the_mean_over_all_orders(game):
    players, worth = game
    sums = dict.fromkeys(players, 0)
    orders = list(permutations(players))
    for order in orders:
        for place, player in enumerate(order):
            sums[player] += worth(frozenset(order[: place + 1])) - worth(frozenset(order[:place]))
    assert shapley(players, worth).exact == {
        player: Fraction(added, len(orders)) for player, added in sums.items()
    }


@given(games(most=4), AMOUNTS)
def test_who_adds_nothing_gets_nothing_and_who_only_adds_itself_gets_that(game, alone):
    players, worth = game
    found = shapley(
        [*players, "idle", "alone"],
        lambda group: worth(group - {"idle", "alone"}) + (alone if "alone" in group else 0),
    )
    assert found.exact["idle"] == found.parts["idle"] == 0
    assert found.exact["alone"] == alone


@given(games(most=4))
def test_equal_players_get_the_same(game):
    players, worth = game
    twins = [*players, "one", "other"]
    found = shapley(
        twins, lambda group: worth(group - {"one", "other"}) + 7 * len(group & {"one", "other"}) ** 2
    )
    assert found.exact["one"] == found.exact["other"]


def test_twelve_players_are_still_exact():
    found = shapley([f"p{i:02}" for i in range(12)], lambda group: len(group) ** 2)
    assert set(found.parts.values()) == {12}
