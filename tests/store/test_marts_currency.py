"""The store's table of currencies is the domain's, to the last minor digit."""

from roi.domain.money import MINOR_DIGITS


def test_the_currencies_of_the_store_are_those_of_the_domain(store):
    with store.snapshot() as cursor:
        held = dict(cursor.execute("select currency, minor_digits from currency").fetchall())
    assert held == MINOR_DIGITS
