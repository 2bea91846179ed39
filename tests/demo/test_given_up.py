"""A report that is built politely may be given up anywhere; after it comes what a fresh start gives."""

from datetime import date

import pytest

from roi.demo import company, load
from roi.domain.periods import Span
from roi.reports import outcomes, portfolio, teams
from roi.reports.ground import building, kept
from roi.reports.shapes import Scope

TODAY = date.fromisoformat(company.TODAY)
EARLIER = Scope(span=Span(202501, 202512))
PLACES = 5


def ask(demo):
    return (
        portfolio.build(demo, load.FINANCE, Scope(), TODAY),
        teams.build(demo, load.EXECUTIVE, EARLIER, TODAY),
        outcomes.build(demo, load.FINANCE, Scope(), TODAY),
    )


def given_up_at(place, demo):
    """Ask until the machine is needed for the first time, which is at this place."""
    left = iter(range(place - 1, -1, -1))
    with building.politely(lambda: next(left) == 0):
        ask(demo)


def test_t6_what_was_given_up_half_way_leaves_nothing_by_half(demo):
    ask(demo)  # what closed months were is kept beside the rest, and stays
    kept.forget()
    places = []
    with building.politely(lambda: bool(places.append(1))):
        wanted = ask(demo)
    assert len(places) > 100
    for place in range(1, len(places), len(places) // PLACES):
        kept.forget()
        with pytest.raises(building.GivenUpError):
            given_up_at(place, demo)
        assert ask(demo) == wanted, place
