"""Counts of outcomes that a reader adds up, and what is none, elsewhere, or told once (laws T3 and T4)."""

import re
from dataclasses import replace

import pytest

from roi.charts import svg
from roi.domain.benefits import COUNTED_ONCE
from roi.domain.figures import Figure, unknown
from roi.reports.booked.returned import _kind
from roi.reports.loop import sofar
from roi.reports.shapes.value import CohortRow
from roi.reports.value.claims import CASH
from roi.ui.outcomes import common, draft, epic_outcome
from roi.ui.views import cohorts, portfolio
from tests.charts import value_views as made


def text(markup):
    return re.sub(r"<[^>]+>", "", str(markup))


def test_what_is_read_and_what_is_not_make_all_outcomes():
    """23 of 34 are read, three are overdue, and one of these was read before."""
    assert text(portfolio._not_read(11, 2, 1)) == "11 not read, 2 of them overdue; 1 read but overdue again"
    assert text(portfolio._not_read(11, 0, 0)) == "11 not read"
    assert text(portfolio._not_read(0, 0, 1)) == "1 read but overdue again"
    assert portfolio._not_read(0, 0, 0) == "all are read"


def test_more_dots_than_fit_tell_apart_what_was_read_before():
    drawn = svg.dots(6, 3, 11, both=2)
    assert text(drawn) == "6 of 11, 1 , 2 "
    assert [drawn.count(f'class="{kind}"') for kind in ("dotover", "dotagain")] == [1, 1]


def test_outcomes_of_work_without_a_row_are_counted_in_words():
    rows = (CohortRow("Started in Q1 2025", 202501, made.money(5), made.money(5), 21, 29),)
    whole = cohorts.Whole(rows, made.money(5), made.money(5), "USD", "All", None, read=(23, 34))
    assert cohorts._without_row(whole) == (
        " Five outcomes, 2 read, belong to work without cost or cash in the period, which has no row."
    )
    assert cohorts._without_row(replace(whole, read=(21, 29))) == ""


def test_t4_a_copied_promise_says_where_it_counts():
    why = f"{COUNTED_ONCE}“checkouts” of Search that answers"
    copied = replace(made.outcome_row("o1"), state="confirmed", why_not=why)
    assert (copied.standing, copied.counted_with) == (
        "counted with another",
        "“checkouts” of Search that answers",
    )
    assert text(epic_outcome._stops(copied)).endswith(
        "0 here: it is counted once, with “checkouts” of Search that answers."
    )
    assert epic_outcome._month(copied) == "counted with “checkouts” of Search that answers"
    assert (replace(copied, why_not="").standing, replace(copied, why_not="").counted_with) == (
        "confirmed",
        "",
    )


@pytest.mark.parametrize(
    ("why", "is_known_none"),
    [
        ("dropped after the reading: its gain counts nothing", True),
        ("self-confirmed: the owner confirmed it; somebody else in finance has to", True),
        (f"{COUNTED_ONCE}“a” of b", True),
        ("finance has not confirmed the movement, the unit value and the share yet", True),
        ("1 of 1 outcomes read; nothing confirmed by finance yet", True),
        ("not read yet", False),
        ("none of 3 outcomes is read yet", False),
        ("disputed: finance asked and nobody has answered yet", False),
        ("no exchange rate EUR to USD for Jan 2026", False),
        ("its value is in EUR, which is not converted to USD yet", False),
        ("1 of 2 cash outcomes read; no exchange rate EUR to USD for Jan 2026", False),
        ("1 of 2 cash outcomes read; disputed: finance asked and nobody has answered yet", False),
        ("1 of 2 outcomes read; nobody has said what one unit is worth", False),
        ("1 of 2 cash outcomes read; no confirmed month lies in Jan 2026", True),
    ],
)
def test_t3_what_finance_confirmed_is_none_where_that_is_the_answer(why, is_known_none):
    assert sofar.is_none(unknown("outcome_value", why)) is is_known_none
    assert not sofar.is_none(unknown("epic_cost", why)), "of other figures no reason says so"


def test_v12_a_claim_that_ended_stands_in_the_list_by_the_word_for_how_it_ended():
    row = made.outcome_row("o1", state="written off", ended_as="dropped")
    assert row.standing == "dropped"
    assert common.due_words(replace(row, due_on=None)) == "none comes, it is dropped"
    assert replace(row, state="closed", ended_as="").standing == "closed"


def test_a_year_of_a_promise_is_twelve_of_the_month_that_the_page_shows():
    """The form's slider has no likely share: reckoned from its middle a year was another promise."""
    outcome = made.outcome_row("o1").outcome
    month = Figure("expected_month", 1_182_720, low=585_000, high=1_812_000, currency="EUR")
    assert "worth about €142k a year (€70.2k–€217.4k)" in text(
        draft.sentence(draft.values_of(outcome), month)
    )


def test_a_count_of_some_outcomes_says_which():
    class One:
        """An outcome that is cash or not."""

        def __init__(self, treated):
            self.is_cash = treated == CASH

    one, other = One(CASH), One("protected")
    assert [_kind([one], [one]), _kind([one], [one, other]), _kind([other], [one, other])] == [
        "",
        "cash ",
        "non-cash ",
    ]
