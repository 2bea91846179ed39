"""NPV, ROI, BCR, payback, IRR, MIRR: published cases, hand-checked answers, two other programs, laws."""

import json
import math
from datetime import date, timedelta

import numpy_financial
import pytest
import pyxirr
from hypothesis import given
from hypothesis import strategies as st

from roi.domain.appraisal import (
    appraise,
    benefit_cost_ratio,
    discounted_payback,
    net_present_value,
    payback,
    return_on_investment,
)
from roi.domain.cash_flows import CashFlow, combined, dated, monthly
from roi.domain.periods import add_months
from roi.domain.rates_of_return import (
    internal_rate_of_return,
    internal_rates,
    modified_internal_rate_of_return,
)

START = date(2026, 1, 1)
FINE = 1_000_000
"""Published amounts are taken as this many minor units each, so that rounding lies below their tolerance."""


def yearly(amounts, scale=1, start=START):
    """Flows that lie exactly 365 days apart: whole periods under actual/365."""
    flows = [CashFlow(start + timedelta(365 * i), amount * scale) for i, amount in enumerate(amounts)]
    return dated(flows, start)


def case(shared, name):
    return json.loads((shared / "cases" / f"{name}.json").read_text())


# Published cases


@pytest.mark.real
def test_published_npv_leaves_the_first_flow_undiscounted(shared):
    published = case(shared, "fin-npv-excel-convention")
    inputs, expected = published["inputs"], published["expected"]
    found = net_present_value(yearly(inputs["cashflows"], FINE), inputs["rate"]) / FINE
    assert found == pytest.approx(expected["npv_t0"], abs=1e-6)
    assert found / (1 + inputs["rate"]) == pytest.approx(expected["npv_excel"], abs=1e-6)


@pytest.mark.real
def test_published_roi_and_bcr(shared):
    published = case(shared, "fin-roi-bcr-phillips")
    benefits, costs = (yearly([published["inputs"][name]]) for name in ("benefits", "costs"))
    assert benefit_cost_ratio(benefits, costs, 0.1).value == pytest.approx(
        published["expected"]["bcr"], abs=1e-9
    )
    assert return_on_investment(benefits, costs, 0.1).value == pytest.approx(
        published["expected"]["roi"], abs=1e-9
    )


@pytest.mark.real
def test_published_payback_hides_a_negative_npv(shared):
    published = case(shared, "fin-payback-bma")
    for name, amounts in published["inputs"]["projects"].items():
        stream, expected = yearly(amounts, FINE), published["expected"]
        back = payback(stream).value
        assert back.years == pytest.approx(expected["payback_interpolated"][name], abs=1e-9)
        assert math.ceil(back.years) == expected["payback_whole_periods"][name]
        assert back.on == START + timedelta(-(-round(back.years * 365 * FINE) // FINE))
        npv = net_present_value(stream, published["inputs"]["rate"]) / FINE
        assert npv == pytest.approx(expected["npv_t0"][name], abs=1e-6)


@pytest.mark.real
def test_published_irr_also_below_zero(shared):
    published = case(shared, "fin-irr-excel")
    for amounts, expected in zip(published["inputs"]["cashflows"], published["expected"]["irr"], strict=True):
        assert internal_rate_of_return(yearly(amounts)).value == pytest.approx(expected, abs=1e-9)


@pytest.mark.real
@pytest.mark.parametrize("name", ["fin-xirr-xnpv-excel", "fin-xirr-zeros"])
def test_published_dated_irr_and_npv(shared, name):
    published = case(shared, name)
    days = [date.fromisoformat(day) for day in published["inputs"]["dates"]]
    flows = [
        CashFlow(day, amount * FINE) for day, amount in zip(days, published["inputs"]["amounts"], strict=True)
    ]
    expected = published["expected"]
    assert internal_rate_of_return(dated(flows, days[0])).value == pytest.approx(expected["xirr"], abs=1e-9)
    if "xnpv" in expected:
        found = net_present_value(dated(flows, days[0]), published["inputs"]["xnpv_rate"]) / FINE
        assert found == pytest.approx(expected["xnpv"], abs=1e-6)


@pytest.mark.real
def test_published_mirr(shared):
    published = case(shared, "fin-mirr")
    for series, expected in zip(published["inputs"]["series"], published["expected"]["mirr"], strict=True):
        found = modified_internal_rate_of_return(
            yearly(series["cashflows"]), series["finance_rate"], series["reinvest_rate"]
        )
        assert found.value == pytest.approx(expected, abs=1e-9)


@pytest.mark.real
def test_published_mean_npv_is_not_the_npv_at_the_mean_rate(shared):
    published = case(shared, "mc-jensen")
    stream = dated(
        [CashFlow(START + timedelta(5 * 365), published["inputs"]["cashflow_year5"] * FINE)], START
    )
    rates = published["inputs"]["rate_equally_likely"]
    mean = sum(net_present_value(stream, rate) for rate in rates) / len(rates) / FINE
    assert mean == pytest.approx(published["expected"]["mean_npv"], abs=1e-6)
    at_mean = net_present_value(stream, sum(rates) / len(rates)) / FINE
    assert at_mean == pytest.approx(published["expected"]["npv_at_mean_rate"], abs=1e-6)


# By hand


def test_the_valuation_date_is_stated_and_a_leading_zero_does_not_move_it():
    flows = [CashFlow(START, -1000), CashFlow(START + timedelta(365), 1100)]
    zero = CashFlow(START - timedelta(365), 0)
    assert net_present_value(dated(flows, START), 0.1) == 0
    assert net_present_value(dated([zero, *flows], START), 0.1) == 0
    assert net_present_value(dated(flows, START - timedelta(365)), 0.1) == 0
    assert net_present_value(dated(flows[1:], START - timedelta(365)), 0.1) == 909
    assert payback(dated([zero, *flows], START)).value == payback(dated(flows, START)).value
    rates = [
        modified_internal_rate_of_return(dated(some, START), 0.1, 0.1) for some in (flows, [zero, *flows])
    ]
    assert rates[0].value == rates[1].value == pytest.approx(0.1)


def test_a_month_is_a_twelfth_root_and_never_a_twelfth():
    assert net_present_value(monthly({202701: 1100}, 202601), 0.1) == 1000
    assert net_present_value(monthly({202602: 1_000_000}, 202601), 0.1) == 992_089  # ÷ 1.1^(1/12)
    with pytest.raises(ValueError, match="−100 %"):
        net_present_value(monthly({202602: 1_000_000}, 202601), -1)


def test_flows_of_one_day_are_added():
    stream = dated([CashFlow(START, 5), CashFlow(START, -3)], START)
    assert stream.amounts == (2,)


def test_the_forward_view_leaves_out_sunk_cost():
    stream = monthly({202512: -900, 202601: -100, 202602: 300}, 202601)
    assert stream.forward.amounts == (0, -100, 300)
    assert net_present_value(stream.forward, 0.0) == 200


def test_benefits_less_costs_are_one_stream():
    net = combined(monthly({202602: 30, 202603: 5}, 202601), monthly({202601: 20, 202602: 10}, 202601))
    assert net.amounts == (-20, 20, 5)
    assert net.paid.amounts == (20, 0, 0)
    assert net.received.amounts == (0, 20, 5)


def test_payback_is_the_first_day_that_stays():
    """Back at zero after a year, below again after two, back for good in the middle of the third."""
    back = payback(yearly([-100, 100, -50, 100])).value
    assert back.years == pytest.approx(2.5)
    assert back.on == START + timedelta(913)


def test_payback_by_month_counts_a_month_as_complete_on_its_last_day():
    back = payback(monthly({202601: -300, 202602: 100, 202603: 100, 202604: 100}, 202601)).value
    assert back.on == date(2026, 4, 30)
    assert back.years == pytest.approx(3 / 12)


def test_t3_no_payback_has_a_reason():
    assert payback(yearly([-100, 50])).reason == "not paid back within the horizon, which ends 2027-01-01"
    assert payback(yearly([0, 50])).reason == "nothing had to be paid back"
    assert not payback(dated([], START)).is_known


def test_discounted_payback_is_later_or_never():
    assert payback(yearly([-100, 60, 60])).value.years == pytest.approx(1 + 40 / 60)
    discounted = discounted_payback(yearly([-100, 60, 60]), 0.1).value.years
    assert discounted == pytest.approx(1 + (100 - 60 / 1.1) / (60 / 1.21))
    assert payback(yearly([-100, 50, 55])).is_known
    assert not discounted_payback(yearly([-100, 50, 55]), 0.1).is_known


def test_every_irr_is_found_and_several_are_said():
    stream = yearly([-1000, 2500, -1540])  # (1.1 × 1.4 = 1.54, 1.1 + 1.4 = 2.5)
    assert internal_rates(stream) == pytest.approx((0.1, 0.4))
    found = internal_rate_of_return(stream)
    assert found.value is None
    assert found.reason == "2 rates make it worth nothing (10.0%, 40.0%); NPV decides"


FAR_RATES = {
    "above 1,000 %": yearly([-100, 1510, -1540]),  # (1.1 × 14 = 15.4, 1.1 + 14 = 15.1): 10 % and 1,300 %
    "below −99 %": yearly([-100_000, 110_500, -550]),  # (1.1 × 0.005 = 0.0055, 1.1 + 0.005 = 1.105)
}


@pytest.mark.parametrize("where", FAR_RATES)
def test_one_irr_is_not_the_one_where_another_lies_beyond_what_is_looked_through(where):
    stream = FAR_RATES[where]
    assert internal_rates(stream) == pytest.approx((0.1,))
    found = internal_rate_of_return(stream)
    assert found.value is None
    assert found.reason.startswith("10.0% makes it worth nothing, and so does one out of all reason")


def test_what_is_of_use_for_a_year_and_paid_for_over_four_has_no_single_irr():
    flows = [-2_000_000, *(int(900_000 * 0.5 ** (month / 6)) - 50_000 for month in range(48))]
    stream = monthly({add_months(202501, month): worth for month, worth in enumerate(flows)}, 202501)
    assert net_present_value(stream, 0.1) > 0
    assert internal_rates(stream) == pytest.approx((-0.514,), abs=0.001)
    assert not internal_rate_of_return(stream).is_known


def test_an_irr_is_found_for_a_century_of_months_and_wherever_the_valuation_date_lies():
    century = {202601: -1_000_000, **{year * 100 + 6: 50_000 for year in range(2026, 2126)}}
    near, far = (internal_rates(monthly(century, valued)) for valued in (202601, 230001))
    assert near == pytest.approx(far)
    assert len(near) == 1
    assert 0.045 < near[0] < 0.055


def test_an_irr_that_only_touches_zero_is_found():
    assert internal_rates(yearly([-100, 220, -121])) == pytest.approx((0.1,), abs=1e-5)
    assert internal_rates(yearly([-101, 220, -121])) == ()


@pytest.mark.parametrize("amounts", [[-100, 230, -150], [100, 200], [-100, -5], []])
def test_t3_no_irr_has_a_reason(amounts):
    found = internal_rate_of_return(yearly(amounts))
    assert found.value is None
    assert found.reason.startswith("no rate between −99 % and 1,000 %")


def test_less_than_a_year_is_never_made_into_a_yearly_figure():
    short = dated([CashFlow(START, -100), CashFlow(START + timedelta(364), 110)], START)
    assert "less than a year" in internal_rate_of_return(short).reason
    year = dated([CashFlow(START, -100), CashFlow(START + timedelta(365), 110)], START)
    assert internal_rate_of_return(year).value == pytest.approx(0.1)


def test_t3_mirr_and_ratios_without_what_they_need_have_a_reason():
    assert not modified_internal_rate_of_return(yearly([-100]), 0.1, 0.1).is_known
    assert not modified_internal_rate_of_return(yearly([-100, -1]), 0.1, 0.1).is_known
    assert not modified_internal_rate_of_return(dated([], START), 0.1, 0.1).is_known
    assert benefit_cost_ratio(yearly([5]), yearly([0]), 0.1).reason.startswith("no cost")
    assert not return_on_investment(yearly([5]), yearly([0]), 0.1).is_known


def test_an_appraisal_is_its_parts():
    benefits, costs = yearly([0, 500, 500, 5000]), yearly([2000, 0, 0, 0])
    found = appraise(benefits, costs)
    assert (found.rate, found.npv) == (0.1, 2624)
    assert found.bcr.value == pytest.approx(found.roi.value + 1)
    assert found.payback.value.years == pytest.approx(2.2)
    assert found.discounted_payback.value.years > 2.2
    assert found.irr.value > found.mirr.value > found.rate


# Other programs, and laws

AMOUNTS = st.lists(st.integers(-(10**9), 10**9), min_size=2, max_size=12)


@given(AMOUNTS, st.floats(-0.5, 2))
def test_npv_is_that_of_two_other_programs(amounts, rate):
    stream = yearly(amounts)
    tolerance = 1 + 1e-9 * sum(abs(amount) for amount in amounts) / min(1, (1 + rate) ** len(amounts))
    found = net_present_value(stream, rate)
    assert found == pytest.approx(numpy_financial.npv(rate, amounts), abs=tolerance)
    assert found == pytest.approx(pyxirr.xnpv(rate, stream.days, amounts), abs=tolerance)


@given(st.lists(st.integers(1000, 10**9), min_size=1, max_size=12), st.integers(30, 98))
def test_irr_of_one_outlay_is_that_of_two_other_programs(inflows, percent):
    stream = yearly([-(sum(inflows) * percent // 100), *inflows])
    found = internal_rates(stream)
    assert len(found) == 1
    assert found[0] == pytest.approx(pyxirr.irr(stream.amounts), rel=1e-6, abs=1e-7)
    assert found[0] == pytest.approx(pyxirr.xirr(stream.days, stream.amounts), rel=1e-6, abs=1e-7)


@given(st.integers(1, 10**6), st.lists(st.integers(1, 10**6), min_size=1, max_size=10))
def test_mirr_is_that_of_another_program(outlay, inflows):
    amounts = [-outlay, *inflows]
    found = modified_internal_rate_of_return(yearly(amounts), 0.1, 0.12).value
    assert found == pytest.approx(numpy_financial.mirr(amounts, 0.1, 0.12), rel=1e-9, abs=1e-9)


@given(AMOUNTS)
def test_every_irr_makes_the_stream_worth_nothing(amounts):
    stream = yearly(amounts)
    for rate in internal_rates(stream):
        sizes = sum(abs(amount) / (1 + rate) ** year for year, amount in enumerate(amounts))
        worth = sum(amount / (1 + rate) ** year for year, amount in enumerate(amounts))
        assert abs(worth) <= 1e-9 * sizes


@given(AMOUNTS, AMOUNTS, st.floats(0, 1))
def test_npv_adds_up(first, second, rate):
    """Of two streams together it is the sum, but for the rounding of each."""
    whole = combined(yearly(first), yearly([-amount for amount in second]))
    apart = net_present_value(yearly(first), rate) + net_present_value(yearly(second), rate)
    assert abs(net_present_value(whole, rate) - apart) <= 2


@given(AMOUNTS, st.randoms())
def test_the_order_in_which_flows_are_told_changes_nothing(amounts, random):
    flows = [CashFlow(START + timedelta(i), amount) for i, amount in enumerate(amounts)]
    told = random.sample(flows, len(flows))
    assert dated(told, START) == dated(flows, START)
