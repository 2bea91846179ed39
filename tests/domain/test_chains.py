"""V9: a chain of outcomes, and chains that bite their tail."""

from roi.domain import chains

CHAIN = {"found": "engaged", "engaged": "retained", "fast": "engaged", "retained": "", "other": "else"}


def test_v9_everything_near_and_far_leads_to_the_money():
    assert chains.feeding("retained", CHAIN) == ("engaged", "fast", "found")
    assert chains.feeding("found", CHAIN) == ()


def test_a_circle_is_found_and_never_walked_for_ever():
    round_trip = {"a": "b", "b": "c", "c": "a", "x": "a"}
    assert chains.circle("a", round_trip) == ("a", "b", "c")
    assert chains.circle("x", round_trip) == ()
    assert chains.circle("found", CHAIN) == ()
    assert chains.feeding("a", round_trip) == ("b", "c", "x")


def test_v9_a_circle_is_found_wherever_it_lies_and_told_from_its_smallest_link():
    assert chains.any_circle({}) == ()
    assert chains.any_circle({"a": "b", "b": "c", "d": "b"}) == ()
    assert chains.any_circle({"z": "c", "c": "a", "a": "b", "b": "c", "y": "z"}) == ("a", "b", "c")
    assert chains.any_circle({"a": "a"}) == ("a",)


def test_v9_links_stand_in_the_order_of_the_chain_and_others_as_they_came():
    chain = {"weekly": "active", "active": "staying"}
    assert chains.in_order(("active", "staying", "weekly"), chain) == ("weekly", "active", "staying")
    assert chains.in_order(("b", "a", "c"), {}) == ("b", "a", "c")
    assert chains.in_order(("a", "b", "c", "x"), {"x": "a", "a": "c", "b": "c"}) == ("x", "a", "b", "c")
    assert set(chains.in_order(("a", "b"), {"a": "b", "b": "a"})) == {"a", "b"}
