"""What is too large to be real is refused in words, wherever it is typed; no page has to draw it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from roi.commands import anticipating, drivers, epics, finance_lines, initiatives, lists
from roi.domain.structure import ValueBasis
from roi.domain.value import (
    DriverInput,
    EpicPlan,
    FinanceLine,
    Initiative,
    LineCell,
    LineKind,
    LineMonth,
    OutcomePlan,
    ValueDriver,
)
from roi.errors import RefusedError
from tests import small_company
from tests.commands.test_outcomes import EPIC, KEY, codes, held, reading

HUGE = Decimal(10) ** 30
LARGEST = Decimal(10) ** 14 - 1


def told(error):
    (issue,) = error.value.issues
    return issue.code, issue.column, issue.expected


def test_one_mistyped_reading_is_refused(company, tech_leader):
    with pytest.raises(RefusedError, match="too large to be real") as error:
        reading(company.store, tech_leader, actual=HUGE)
    assert told(error) == ("too_large", "actual", "less than 100,000,000,000,000")


def test_an_estimate_of_the_effect_is_no_way_round_it(company, tech_leader):
    effect = {"effect_low": Decimal(1), "effect_likely": Decimal(2), "effect_high": HUGE}
    with pytest.raises(RefusedError) as error:
        reading(company.store, tech_leader, **effect)
    assert told(error)[:2] == ("too_large", "effect_high")


def test_numbers_that_are_each_real_cannot_make_a_value_that_is_none(company, tech_leader):
    with pytest.raises(RefusedError, match="would be worth 100,000,000,000,000 USD or more in 36") as error:
        reading(company.store, tech_leader, actual=LARGEST)
    assert told(error)[:2] == ("too_large", "actual")


@pytest.mark.parametrize("name", ["baseline", "target_low", "target_high", "unit_value"])
def test_no_number_of_an_outcome_is_that_large(company, tech_leader, name):
    sent = replace(held(company.store), **{name: HUGE})
    with pytest.raises(RefusedError) as error:
        anticipating.save_anticipated(company.store, tech_leader, sent, OutcomePlan(KEY))
    assert "too_large" in codes(error)


def test_more_digits_than_anybody_writes_are_none_either(company, tech_leader):
    with pytest.raises(RefusedError) as error:
        reading(company.store, tech_leader, actual=Decimal("1E-400"))
    assert codes(error) == ["too_large"]


def test_an_input_and_a_product_of_inputs_are_refused(company, finance):
    driver = ValueDriver("kept", "Kept", "retained_margin", "USD", ValueBasis.BOOKED, source="books")
    one = Decimal(1)
    for customers, margin, says in (
        (one, HUGE, "margin per customer is too large"),
        (LARGEST, LARGEST, "One"),
    ):
        inputs = (
            DriverInput("kept", "customers", customers, customers, customers),
            DriverInput("kept", "margin_per_customer", margin, margin, margin),
        )
        with pytest.raises(RefusedError, match=says) as error:
            drivers.save_drivers(company.store, finance, (driver,), inputs)
        assert codes(error) == ["input"]


def test_no_driver_makes_of_an_outcome_a_value_that_is_none(company, finance, tech_leader):
    """Each input may be real, and what one unit is worth; what the outcome that uses it is worth is none."""
    store, name = company.store, "kept"
    driver = ValueDriver(name, "Kept", "retained_margin", "USD", ValueBasis.BOOKED, source="books")
    one, huge = Decimal(1), Decimal(9 * 10**12)
    customers = DriverInput(name, "customers", one, one, one)
    real, none = (DriverInput(name, "margin_per_customer", each, each, each) for each in (one, huge))
    drivers.save_drivers(store, finance, (driver,), (customers, real))
    plan = OutcomePlan(KEY, small_company.GROWTH.key, "all", driver=name)
    anticipating.save_anticipated(store, tech_leader, held(store), plan)
    version = store.version
    with pytest.raises(RefusedError, match="would be worth 100,000,000,000,000 USD or more") as error:
        drivers.save_drivers(store, finance, (), (customers, none))
    assert (codes(error), store.version) == (["too_large"], version)
    text = f"driver,input,likely\n{name},margin_per_customer,{huge:f}\n".encode()
    with pytest.raises(RefusedError, match="would be worth 100,000,000,000,000 USD or more") as error:
        lists.import_list(store, finance, "driver_inputs", text, "inputs.csv")
    assert (codes(error), store.version) == (["too_large"], version)


def test_amounts_of_finance_lines_epics_and_initiatives_are_refused(company, finance, tech_leader):
    store = company.store
    line, cell = FinanceLine("margin", "Margin", LineKind.MARGIN, "USD"), LineCell("margin", "all", "All")
    finance_lines.save_lines(store, finance, (line,), (cell,))
    with pytest.raises(RefusedError) as error:
        months = (LineMonth("margin", "all", 202601, 0, 10**16),)
        finance_lines.save_line_months(store, finance, months)
    assert told(error)[:2] == ("too_large", "actual")
    with pytest.raises(RefusedError) as error:
        epics.save_epic(store, tech_leader, EPIC, EpicPlan("search", launch_minor=10**16, currency="USD"))
    assert told(error)[:2] == ("too_large", "launch_cost")
    with pytest.raises(RefusedError) as error:
        one = Initiative("more", "More", "Olga", approved_minor=10**16, currency="USD")
        initiatives.save_initiatives(store, tech_leader, (one,))
    assert told(error)[:2] == ("too_large", "approved_cost")


def test_a_list_says_the_same(company, tech_leader):
    text = f"outcome,read_on,actual,grade\n{KEY},2026-04-30,{HUGE:f},E\n".encode()
    with pytest.raises(RefusedError, match="less than 100,000,000,000,000") as error:
        lists.import_list(company.store, tech_leader, "readings", text, "readings.csv")
    assert error.value.issues[0].line == 2
