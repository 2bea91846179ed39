"""Rule V6: the switch that counts what is not cash too; never in silence (T5), verdicts stay cash (V19)."""

from dataclasses import replace
from datetime import date

import pytest

from roi.reports import portfolio, trace
from roi.reports.shapes import Scope
from roi.story import titles

TODAY = date(2015, 4, 10)
WIDE = ("value_incl_not_cash", "return_incl_not_cash", "net_incl_not_cash")


def both(built, actor, **scope):
    asked = built.store, actor, Scope(**scope), TODAY
    return portfolio.build(*asked), portfolio.build_incl_not_cash(*asked)


@pytest.mark.parametrize("scope", [{}, {"value_stream": "Enrolment"}, {"value_stream": "Catalogue"}], ids=str)
def test_v6_it_is_cash_and_what_stands_beside_it_to_the_minor_unit(returning, executive, scope):
    plain, found = both(returning, executive, **scope)
    cash, beside = plain.confirmed.value or 0, plain.protected.value or 0
    if plain.confirmed.value is None and plain.protected.value is None:
        assert found.wide.value.value is None
        return
    assert found.wide.value.value == cash + beside
    assert found.wide.net.value == cash + beside - plain.cost.value
    assert beside >= 0
    assert found.wide.value.value >= cash
    assert found.wide.value.low <= found.wide.value.value <= found.wide.value.high


def test_v6_off_by_default_and_cash_is_the_same_on_either_side(returning, executive):
    plain, found = both(returning, executive)
    assert plain.wide is None
    assert replace(found, wide=None) == plain
    assert found.wide.value.value > plain.confirmed.value
    inputs = dict(found.wide.returned.inputs)
    assert (inputs["confirmed"], inputs["protected"]) == (100_000, 50_000)
    assert found.wide.returned.value == round(150_000 / 560_000 * 1_000_000)


def test_t3_without_confirmed_value_it_is_unknown_and_with_no_cash_it_is_what_is_there(returning, executive):
    returning.outcome("learners", "lesson", value_class="revenue")
    plain, found = both(returning, executive)
    assert (plain.confirmed.value, found.wide.value.value) == (None, plain.protected.value)
    assert dict(found.wide.value.inputs)["confirmed"] == 0


def test_v20_the_grades_are_those_of_the_whole_numerator(returning, executive):
    """Cash of £1,000 is graded A to C, avoided cost of £500 is graded D: two thirds of both, below 80 %."""
    plain, found = both(returning, executive)
    assert plain.trust.grade_a_to_c == found.trust.grade_a_to_c == 1_000_000
    assert found.wide.trust.grade_a_to_c == 666_667
    assert titles.portfolio(found).rule_id == "wide-confirmed-beside"


def test_t7_t8_trace_says_the_same_and_leads_to_all_of_its_outcomes(alder_returning, finance):
    found = portfolio.build_incl_not_cash(alder_returning.store, finance, Scope(), TODAY).wide
    for name, figure in zip(WIDE, (found.value, found.returned, found.net), strict=True):
        report = trace.build(alder_returning.store, finance, Scope(), name, today=TODAY)
        assert report.figure == figure
        assert report.sums_agree
        assert "incl. not cash" in report.title
        assert sum(row.value.value or 0 for row in report.outcomes) == 150_000
        figure.definition.formula.format(**dict(figure.inputs))


def test_it_is_exported_under_its_own_name(returning, executive):
    plain, found = both(returning, executive)
    assert portfolio.headlines(found)[:-3] == portfolio.headlines(plain)
    assert tuple(one.figure_id for one in portfolio.headlines(found)[-3:]) == WIDE
    assert all("incl. not cash" in one.definition.name for one in portfolio.headlines(found)[-3:])
