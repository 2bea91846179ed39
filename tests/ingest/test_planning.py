"""What was said and what the headers say become a plan, or what is missing (decision D17)."""

import pytest

from roi.domain.importing import Settings
from roi.ingest import planning
from roi.ingest.planning import Asked

ROW = "2025-01,Search,5.00,EUR\n"


@pytest.fixture
def plan(read):
    def plan_it(text, **settings):
        table, _ = read(text)
        return planning.plan(table, Asked("Books", Settings(**settings)))

    return plan_it


def codes(planned):
    return [(issue.code, issue.column) for issue in planned.issues]


def test_sure_columns_are_used_and_named_in_the_used_settings(plan):
    planned = plan("month,team,amount,currency\n" + ROW)
    assert planned.issues == ()
    assert dict(planned.plan.cells) == {"month": 0, "team": 1, "amount": 2, "currency": 3}
    assert planned.used.header_of("amount") == "amount"


def test_allowed_defaults_are_noted_in_the_used_settings(plan):
    used = plan("month,team,amount,currency\n" + ROW).used
    assert used.value_of("scenario") == "actual"
    assert used.value_of("nature") == "cash_cost"


@pytest.mark.parametrize("field", ["month", "amount", "currency"])
def test_d17_a_required_field_is_never_filled_in_silence(plan, field):
    headers = [name for name in ("month", "team", "amount", "currency") if name != field]
    assert codes(plan(",".join(headers) + "\na,b,c\n")) == [("missing_column", field)]


def test_d17_something_must_say_where_the_cost_belongs(plan):
    assert codes(plan("month,amount,currency\n2025-01,5,EUR\n")) == [("missing_column", "team")]


def test_d17_what_the_file_lacks_may_be_stated(plan):
    planned = plan("team,amount\nSearch,5\n", stated=(("month", "2025-01"), ("currency", "GBP")))
    assert planned.issues == ()
    assert dict(planned.plan.stated)["currency"] == "GBP"


def test_an_amount_cannot_be_stated(plan):
    planned = plan("month,team,currency\n2025-01,S,EUR\n", stated=(("amount", "5"),))
    assert ("not_statable", "amount") in codes(planned)


@pytest.mark.parametrize(
    ("field", "value"), [("month", "2025-13"), ("month", "Jan 2025"), ("currency", "EURO"), ("currency", "€")]
)
def test_a_stated_value_must_be_readable(plan, field, value):
    assert (field, field) in codes(plan("month,team,amount,currency\n" + ROW, stated=((field, value),)))


def test_a_guess_is_not_used_but_offered(plan):
    planned = plan("month,team,Amount Including VAT,currency\n" + ROW)
    assert codes(planned) == [("missing_column", "amount")]
    assert "Amount Including VAT" in planned.issues[0].message


def test_what_was_chosen_is_used(plan):
    planned = plan(
        "month,team,Amount Including VAT,currency\n" + ROW, columns=(("amount", "amount including vat"),)
    )
    assert dict(planned.plan.cells)["amount"] == 2


def test_a_chosen_column_that_is_not_there_is_named(plan):
    planned = plan("month,team,amount,currency\n" + ROW, columns=(("amount", "Net value"),))
    assert ("missing_header", "amount") in codes(planned)


def test_an_empty_header_leaves_a_sure_column_out(plan):
    planned = plan("month,team,cost centre,amount,currency\n" + ROW, columns=(("cost_centre", ""),))
    assert "cost_centre" not in dict(planned.plan.cells)
    assert planned.used.header_of("cost_centre") == ""


def test_a_header_that_stands_twice_blocks_only_where_it_is_used(plan):
    planned = plan("month,team,amount,currency,team\n" + ROW.strip() + ",Data\n")
    assert codes(planned) == [("duplicate_header", "team")]
    planned = plan("month,team,amount,currency,note,note\n" + ROW.strip() + ",a,b\n")
    assert planned.issues == ()


def test_one_column_is_one_field(plan):
    planned = plan("month,team,amount,currency\n" + ROW, columns=(("pool", "team"),))
    assert ("column_used_twice", "pool") in codes(planned)


def test_unknown_fields_are_refused(plan):
    assert ("unknown_field", "colour") in codes(
        plan("month,team,amount,currency\n" + ROW, columns=(("colour", "team"),))
    )


def test_a_line_is_set_aside_with_a_reason_only(read):
    table, _ = read("month,team,amount,currency\n" + ROW)
    planned = planning.plan(table, Asked("Books", set_aside=((2, " "),)))
    assert codes(planned) == [("aside_reason", None)]


def test_t1_a_line_that_is_set_aside_twice_would_count_twice_and_is_refused(read):
    table, _ = read("month,team,amount,currency\n" + ROW)
    planned = planning.plan(table, Asked("Books", set_aside=((2, "whose?"), (2, "asked Ann"))))
    assert codes(planned) == [("aside_twice", None)]


def test_the_month_of_one_file_is_not_remembered_for_the_next(plan):
    used = plan("team,amount,currency\nS,5,EUR\n", stated=(("month", "2025-01"),)).used
    assert planning.remembered(used).value_of("month") is None
