"""Claims on one effect and Shapley's value: published games, hand-checked answers, laws."""

import json
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi.domain.attribution import Attribution, by_claims, range_by_claims, shapley
from roi.domain.returns import Range


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
    assert found.is_exact
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
def test_published_overlap_by_claims(shared):
    published = case(shared, "shapley-overlap-two-epics")
    players, worth = table(published)
    claims = {player: worth(frozenset([player])) for player in players}
    found = by_claims(published["expected"]["measured"], claims)
    assert found.claimed == published["expected"]["sum_of_claims"]
    assert found.overlap == 20_000
    assert found.parts == {"E1": 48_000, "E2": 32_000}


# By hand


def test_claims_are_scaled_down_and_never_up():
    assert by_claims(100, {"a": 30, "b": 20}) == Attribution({"a": 30, "b": 20}, 50, 50, 0)
    assert by_claims(100, {"a": 80, "b": 80}) == Attribution({"a": 50, "b": 50}, 0, 160, 60)
    assert by_claims(100, {"a": 1, "b": 1, "c": 1}).unattributed == 97
    assert by_claims(1, {"a": 1, "b": 1, "c": 1}).parts == {"a": 0, "b": 0, "c": 1}


def test_v12_a_loss_is_shared_in_the_proportion_of_the_claims():
    assert by_claims(-90, {"a": 20, "b": 10}).parts == {"a": -60, "b": -30}
    assert by_claims(-90, {"a": 0}) == Attribution({"a": 0}, -90, 0, 0)
    assert by_claims(0, {"a": 5}) == Attribution({"a": 0}, 0, 5, 5)
    assert by_claims(40, {}) == Attribution({}, 40, 0, 0)


def test_a_claim_below_zero_is_refused():
    with pytest.raises(ValueError, match="zero or more"):
        by_claims(10, {"a": -1})
    with pytest.raises(ValueError, match="twice"):
        shapley(["a", "a"], len)


def test_t6_parts_inherit_the_range_of_the_effect():
    found = range_by_claims(Range(40, 100, 300), {"a": 90, "b": 30})
    assert found == {"a": Range(30, 75, 90), "b": Range(10, 25, 30)}


def test_cents_that_cannot_be_halved_still_sum():
    found = shapley(["a", "b", "c"], lambda group: 100 if group else 0)
    assert sorted(found.parts.values()) == [33, 33, 34]
    assert set(found.exact.values()) == {Fraction(100, 3)}
    assert shapley([], lambda _: 0).parts == {}


# Laws

AMOUNTS = st.integers(-(10**12), 10**12)
CLAIMS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 10**12))


@given(AMOUNTS, CLAIMS)
def test_t1_parts_and_the_unattributed_are_the_effect(effect, claims):
    found = by_claims(effect, claims)
    assert sum(found.parts.values()) + found.unattributed == effect
    assert found.claimed == sum(claims.values())


@given(st.integers(0, 10**12), CLAIMS)
def test_t4_nobody_gets_more_than_the_claim_or_than_there_is(effect, claims):
    found = by_claims(effect, claims)
    assert all(0 <= found.parts[key] <= claims[key] for key in claims)
    assert sum(found.parts.values()) <= effect


@given(CLAIMS, st.tuples(AMOUNTS, AMOUNTS, AMOUNTS).map(sorted))
def test_t6_ends_stay_in_order(claims, ends):
    for part in range_by_claims(Range(*ends), claims).values():
        assert part.low <= part.likely <= part.high


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


# Above twelve players


def test_many_players_are_sampled_with_an_error_and_still_sum():
    sizes = {f"p{i:02}": 100 * (i + 1) for i in range(14)}

    def worth(group):
        return max((sizes[player] for player in group), default=0)

    found = shapley(list(sizes), worth, seed=3, orders=400)
    assert (found.is_exact, found.orders, found.seed) == (False, 400, 3)
    assert sum(found.parts.values()) == 1400
    exact = dict.fromkeys(sizes, 0.0)
    for place in range(14):  # the airport game in closed form
        for player in list(sizes)[place:]:
            exact[player] += 100 / (14 - place)
    for player, error in found.errors.items():
        assert abs(found.parts[player] - exact[player]) <= 4 * error + 1
    again = shapley(list(sizes)[::-1], worth, seed=3, orders=400)
    assert again.parts == found.parts
    assert shapley(list(sizes), worth, seed=4, orders=400).parts != found.parts
    assert found.errors["p13"] > 0


def test_twelve_players_are_still_exact():
    found = shapley([f"p{i:02}" for i in range(12)], lambda group: len(group) ** 2)
    assert found.is_exact
    assert set(found.parts.values()) == {12}
