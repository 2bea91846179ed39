"""The control total: the ledger of the file's months against what the books show."""

from decimal import Decimal

import pytest

from roi.commands import costs
from roi.commands.changing.requests import CostImport
from roi.domain.importing import Mode
from roi.errors import RefusedError

HEADER = "month,cost centre,amount,currency,description\n"
TEXT = HEADER + "2025-01,A,100.00,EUR,a\n2025-01,A,50.50,EUR,b\n2025-01,A,50.50,EUR,b\n"


@pytest.fixture
def ask(store, finance):
    def ask_it(total, text=TEXT, **more):
        request = CostImport(text.encode(), "b.csv", "Books", control_total=Decimal(total), **more)
        return costs.preview(store, finance, request)

    return ask_it


def control_issue(preview):
    return next(issue for issue in preview.issues if issue.code in {"control", "unreconciled"})


def test_an_equal_total_agrees(ask):
    preview = ask("201.00")
    assert preview.is_ready
    assert (preview.control.stated, preview.control.ledger, preview.control.difference) == (20100, 20100, 0)


def test_a_difference_blocks_and_names_what_could_explain_it(ask):
    preview = ask("150.50")
    issue = control_issue(preview)
    assert issue.is_blocker
    assert preview.control.difference == 5050
    assert "Rows 3 and 4 are identical" in issue.message
    assert "50.50 EUR" in issue.message


def test_a_wrong_sign_is_named(ask):
    assert "Row 2 would explain it with the other sign" in control_issue(ask("1.00")).message


def test_a_reason_lets_it_go_on_as_unreconciled(ask, store, finance):
    preview = ask("150.50", unreconciled_reason="late accrual")
    assert preview.is_ready
    assert not control_issue(preview).is_blocker
    request = CostImport(
        TEXT.encode(), "b.csv", "Books", control_total=Decimal("150.50"), unreconciled_reason="late accrual"
    )
    costs.import_costs(store, finance, request)
    with store.cursor() as cursor:
        rows = cursor.execute(
            "select source, scenario, currency, first_month, last_month, amount_minor, reason "
            "from live_control_total"
        ).fetchall()
    assert rows == [("Books", "actual", "EUR", 202501, 202501, 15050, "late accrual")]


def test_without_a_reason_it_is_refused(store, finance):
    request = CostImport(TEXT.encode(), "b.csv", "Books", control_total=Decimal("150.50"))
    with pytest.raises(RefusedError, match=r"difference of 50\.50 EUR"):
        costs.import_costs(store, finance, request)


def test_what_the_source_already_has_counts_when_rows_are_added(ask, store, finance):
    costs.import_costs(store, finance, CostImport(TEXT.encode(), "b.csv", "Books"))
    more = HEADER + "2025-01,A,1.00,EUR,late\n"
    assert ask("202.00", more, mode=Mode.ADD).control.difference == 0
    assert ask("1.00", more, mode=Mode.REPLACE).control.difference == 0


def test_a_month_that_is_missing_is_named(ask, store, finance):
    costs.import_costs(store, finance, CostImport(TEXT.encode(), "b.csv", "Books"))
    march = TEXT.replace("2025-01", "2025-03")
    assert "No lines yet for Feb 2025" in control_issue(ask("999.00", march)).message


@pytest.mark.parametrize("total", ["201.001", "0.0001"])
def test_a_total_has_no_more_decimals_than_its_currency(ask, total):
    assert control_issue(ask(total)).is_blocker


def test_a_total_of_two_currencies_cannot_be_compared(ask):
    assert control_issue(ask("1.00", TEXT + "2025-01,A,1.00,USD,c\n")).is_blocker
