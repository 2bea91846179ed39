"""What may be said about a product, on both sides of each boundary, and for a long name."""

from dataclasses import replace

import pytest

from roi.charts import life
from roi.domain.figures import Figure, unknown
from roi.domain.periods import Span, months_between
from roi.domain.products import ProductLife
from roi.domain.structure import Verdict
from roi.reports.shapes import TeamRow
from roi.reports.shapes.product import ProductReport
from roi.story import product_titles
from tests.story.test_outcome_titles import money, view_of_worth

EACH = "Its cost follows the structure of each month"
LONG = "International enrolment of companies and schools"


def report(cost=450_000_00, confirmed=None, *, months=(201501, 201503), **more):
    """A product with the same cost in every month."""
    its = tuple(months_between(*months))
    line = (None,) * len(its) if cost is None else (cost // len(its),) * len(its)
    spare = unknown("return_per_unit", "not read", currency="GBP")
    row = TeamRow(
        "Shop", "Shop", "portfolio", money("full_cost", cost), money("confirmed_cash", confirmed),
        money("protected_value", None), spare, Verdict.NONE, 0, 0, 0,
    )  # fmt: skip
    made = ProductReport(
        1, "GBP", "Shop", Span(*months), None, months[0], row, Figure("cohort_rest", 1, currency="GBP"), its,
        line, line, view_of_worth(), (), (), (), (), (), 1, is_retired=False,
    )  # fmt: skip
    return replace(made, **more)


def retired(last=201503, **more):
    return report(life=ProductLife("Shop", None, last, "replaced", "Olga"), **{"is_retired": True, **more})


@pytest.mark.parametrize(
    ("found", "rule", "text"),
    [
        (report(None, epics_total=0), "product-empty", "Shop: no cost and no epic belongs to it yet"),
        (report(None), "product-no-cost", "Shop: what it has cost cannot be said"),
        (
            report(is_serving=True),
            "product-serves",
            "Shop serves other products, and its value is booked by the teams it serves",
        ),
        (
            retired(confirmed=90_000_00),
            "product-retired",
            "Shop, retired in Mar 2015, has cost £450k and brought £90.0k of confirmed cash",
        ),
        (
            retired(confirmed=0),
            "product-retired-none",
            "Shop, retired in Mar 2015, has cost £450k; finance has confirmed no cash",
        ),
        (
            retired(confirmed=90_000_00, is_retired=False),
            "product-confirmed",
            "Over its life Shop has cost £450k; finance has confirmed £90.0k of cash",
        ),
        (
            report(started=201412, confirmed=90_000_00),
            "product-confirmed",
            "Since Jan 2015 Shop has cost £450k; finance has confirmed £90.0k of cash",
        ),
        (report(), "product-none", "Over its life Shop has cost £450k; finance has confirmed no cash yet"),
    ],
)
def test_the_title_of_a_product(found, rule, text):
    said = product_titles.product(found)
    assert (said.rule_id, said.text) == (rule, text)


@pytest.mark.parametrize(
    "found", [report(confirmed=90_000_00), report(), retired(confirmed=90_000_00), retired(), report(None)]
)
def test_a_long_name_leaves_room_for_the_claim(found):
    said = product_titles.product(replace(found, name=LONG))
    assert len(said.text) <= 90
    assert said.text.count("International") == 1


def test_every_number_of_the_title_remembers_whose_it_is():
    assert "product=Shop" in product_titles.product(report(confirmed=90_000_00)).known


def test_what_the_columns_show_and_when_it_ends():
    assert product_titles.columns(report()).text == "Shop has cost £450k in three months"
    assert product_titles.columns(report(None)).text == "What Shop has cost"
    assert product_titles.end(report()) == ""
    assert product_titles.end(retired()) == "Shop was retired after Mar 2015"
    assert product_titles.end(retired(is_retired=False)) == "Shop is to be retired after Mar 2015"


# Its cost step by step


def test_columns_are_quarters_that_sum_to_its_cost_and_begin_with_the_first():
    found = report(900_00, months=(201501, 201509))
    found = replace(found, by_month=(None, None, None, *found.by_month[3:]))
    spec = life.cost_by_step(found)
    assert [bar.label for bar in spec.bars] == ["Q2\n2015", "Q3"]
    assert sum(bar.end for bar in spec.bars) == sum(one or 0 for one in found.by_month)
    assert spec.table[0] == ("Quarter", "Own cost, £", "Full cost, £")
    assert spec.alt.startswith("Cost of Shop by quarter, from Q2 2015 to Q3 2015: most in ")
    assert spec.bars[0].leads == (
        *("trace", "figure", "full_cost", "vs", "Shop", "period", "2015-04..2015-06"),
    )


def test_of_one_that_serves_others_its_own_cost_is_shown():
    found = report(0, is_serving=True)
    own = (300_00, 200_00, 100_00)
    found = replace(found, by_month_own=own, row=replace(found.row, own=money("team_cost", 600_00)))
    assert product_titles.columns(found).text == "Shop has cost £600 in three months"
    assert [bar.end for bar in life.cost_by_step(found).bars] == [600_00]
    assert life.cost_by_step(found).table[0] == ("Quarter", "Cost, £")


@pytest.mark.parametrize(("last", "step", "count"), [(201812, "quarter", 16), (201901, "year", 5)])
def test_of_many_quarters_there_is_a_column_a_year(last, step, count):
    found = report(months=(201501, last))
    assert (life.step_name(found), len(life.cost_by_step(found).bars)) == (step, count)


@pytest.mark.parametrize(
    ("last", "told"),
    [(201503, ""), (201504, "Q2 2015 has 1 of 3 months."), (201902, "2019 has 2 of 12 months.")],
)
def test_a_last_column_without_all_of_its_months_says_so(last, told):
    assert life.last_so_far(report(months=(201501, last))) == told


def test_without_a_cost_there_is_no_chart():
    assert life.cost_by_step(report(None)) is None
    assert life.last_so_far(report(None)) == ""


@pytest.mark.parametrize(
    ("follows", "moved", "text"),
    [
        (None, (), ""),
        ("then", (), f"{EACH}."),
        ("today", (), "Its cost follows today's structure."),
        (
            "then",
            ("Ada",),
            f"{EACH}: Ada, which moved, counts here only while it stood here.",
        ),
        (
            "then",
            ("Ada", "Bea"),
            f"{EACH}: Ada and Bea, which moved, count here only while they stood here.",
        ),
        (
            "today",
            ("Ada",),
            "Its cost follows today's structure: every month of Ada counts where it stands today.",
        ),
        (
            "today",
            ("Ada", "Bea", "Cleo", "Dora"),
            "Its cost follows today's structure: every month of 4 teams counts where they stand today.",
        ),
    ],
)
def test_d5_it_says_whose_structure_its_cost_follows(follows, moved, text):
    assert product_titles.structure(report(follows=follows, moved=moved)) == text
