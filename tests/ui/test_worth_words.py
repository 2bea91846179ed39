"""What stands beside the figures of an appraisal and of a claim."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

from roi.domain.figures import Figure, unknown
from roi.domain.value import DriverInput
from roi.reports.shapes.trace import LevelTrace
from roi.ui.outcomes import money
from roi.ui.views import trace_value


def test_t6_a_payback_that_one_world_in_ten_does_not_reach_has_no_upper_end_and_says_so():
    never = "in more than 1 of 10 worlds it is not paid back within the horizon"
    found = SimpleNamespace(payback=Figure("payback", 24, never), payback_on=None, paid_back_on=None)
    assert money._payback(found) == never
    found = SimpleNamespace(
        payback=Figure("payback", 24, low=20, high=30), payback_on=None, paid_back_on=None
    )
    assert money._payback(found) == ""
    assert (
        money._payback(
            SimpleNamespace(payback=unknown("payback", "no cost"), payback_on=None, paid_back_on=None)
        )
        == "no cost"
    )


def test_v11_a_month_that_is_read_twice_counts_once_and_the_trace_says_as_which():
    first = LevelTrace(date(2015, 3, 2), 201503, 10_000, 500_000, ("Fay",), date(2015, 4, 1))
    second = replace(first, read_on=date(2015, 3, 20))
    third = replace(first, read_on=date(2015, 6, 1), to_month=201506)
    assert "counts up to Mar 2015" in trace_value._level(first, None, "GBP")
    assert "of no month of its own: Mar 2015 counts as read on 2 Mar 2015" in trace_value._level(
        second, first, "GBP"
    )
    assert "counts up to Jun 2015" in trace_value._level(third, second, "GBP")


def test_an_input_of_a_driver_is_written_like_other_numbers_with_a_range_only_where_it_has_one():
    known = {"driver": "licence", "owner": "Ines", "source": "price list"}
    price = DriverInput(
        key="price", low=Decimal(1650), likely=Decimal("1800.00"), high=Decimal(1950), **known
    )
    sure = DriverInput(key="per_learner", low=Decimal(1), likely=Decimal(1), high=Decimal(1), **known)
    told = "price 1,800 (1,650 to 1,950), price list; per learner 1, price list."
    assert trace_value._inputs((price, sure)) == told
