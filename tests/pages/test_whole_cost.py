"""The pages of the whole cost, opened on the demo company as finance and as an executive."""

import re
import shutil

import pytest

from roi.domain.periods import month_name
from tests.pages.conftest import shown

FINANCE, EXECUTIVE = "Ines Marsh", "Renata Silva"
SPAN = "2026-01..2026-09"


@pytest.fixture
def open_as(demo_files, tmp_path, monkeypatch, open_page):
    """Open a page of a fresh copy of the demo company as one of its members."""
    folder = tmp_path / "demo"
    shutil.copytree(demo_files, folder)
    monkeypatch.setenv("ROI_COMPANY", "demo")
    monkeypatch.setenv("ROI_DEMO_DATABASE", str(folder / "demo.duckdb"))

    def run(who: str, page: str = "", **query: str):
        app = open_page(page, **query)
        app.selectbox(key="acting_as").set_value(who).run()
        assert not app.exception
        return app

    return run


def number(text: str) -> int:
    """A printed amount in steps of its last digit."""
    return int(text.replace("−", "-").replace("+", "").replace("$", "").replace("k", "").replace(",", ""))


def rows(page: str, caption: str) -> list[list[str]]:
    """The cells of a table as text, row by row."""
    table = page[page.index(f"<caption>{caption}") :].split("</table>", maxsplit=1)[0]
    found = re.findall(r"<tr.*?</tr>", table)
    return [[_text(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in found]


def _text(cell: str) -> str:
    return re.sub(r"<span class=.phone-note.*(?=</t[hd]>)|<[^>]+>", "", cell)


def named(table: list[list[str]], name: str) -> list[str]:
    """The row of that name."""
    return next(row for row in table if row[0] == name)


def adds_up(table: list[list[str]], column: int) -> bool:
    """Whether group, overhead and difference rows print to the total's number."""
    parts = [number(row[column]) for row in table[1:-1] if row[column] and row[0] in TOPS]
    return sum(parts) == number(table[-1][column])


TOPS = {"Enrolment", "Learning", "Success", "Enabling", "Overhead", "Difference to standard rates"}


def test_t1_rows_and_columns_of_the_portfolio_add_up_in_print(open_as):
    table = rows(shown(open_as(EXECUTIVE, period=SPAN)), "Teams by value stream")
    for column in (1, 2, 3):
        assert adds_up(table, column), column
    for row in table[1:]:
        if row[2]:
            assert number(row[1]) + number(row[2]) == number(row[3]), row
    assert "Difference to standard rates" in [row[0] for row in table]
    assert "Overhead" in [row[0] for row in table]


def test_v2_serving_teams_show_no_return_and_say_who_books_the_value(open_as):
    page = shown(open_as(FINANCE, period=SPAN))
    table = rows(page, "Teams by value stream")
    assert "value is booked by the teams they serve" in page
    assert named(table, "Platform")[3] == "$0"
    own = named(table, "Platform")[1]
    assert f"passes on {own}" in page
    assert "Difference to standard rates" not in [row[0] for row in table]


def test_serving_teams_that_are_looked_at_alone_show_what_they_cost_and_pass_on(open_as):
    page = " ".join(re.sub(r"<[^>]+>", " ", shown(open_as(FINANCE, period=SPAN, vs="Enabling"))).split())
    cost = re.search(r"Enabling costs (\S+);", page)
    assert cost
    assert f"Own cost, passed on {cost[1]} " in page
    assert "Return per $1 not judged its value is booked" in page
    assert "not known yet" not in page


def test_t3_in_one_currency_alone_no_verdict_stands_beside_a_return_that_is_not_known(open_as):
    page = shown(open_as(EXECUTIVE, period=SPAN, currency="EUR"))
    assert "Gross margin, Americas is in USD, which is not converted to EUR" in page
    total = named(rows(page, "Teams by value stream"), "All teams")
    assert total[5:8] == ["–", "return not known", "–"]


def test_cost_shows_actual_and_plan_with_their_reasons(open_as):
    page = shown(open_as(FINANCE, "teams", view="cost", period=SPAN))
    table = rows(page, "Actual and plan by team")
    for row in table[1:]:
        actual, plan = number(row[1]), number(row[2])
        assert number(re.sub("[▲▼ ]", "", row[3])) == actual - plan
        assert sum(number(cell) for cell in row[5:8]) == actual - plan
    marks = {row[0]: row[3][:1] for row in table[1:]}
    assert marks["Data"] == "▼"
    assert marks["Courseware"] == "▲"


def test_before_and_after_reallocation_have_the_same_total(open_as):
    app = open_as(FINANCE, "teams", view="cost", period=SPAN)
    after = rows(shown(app), "Cost by team and month")
    app.button_group(key="teams_reallocation").set_value("Before").run()
    before = rows(shown(app), "Cost by team and month")
    assert named(after, "All teams") == named(before, "All teams")
    assert named(after, "Platform")[1] == "0.00"
    assert named(before, "Platform")[1] != "0.00"
    assert before[-1][1] == "0.00"


def test_each_row_of_shared_roles_adds_up_and_unassigned_is_seen(open_as):
    table = rows(shown(open_as(EXECUTIVE, "teams", view="roles", period=SPAN)), "Heads by role and team")
    for row in table[1:]:
        heads = sum(float(cell) for cell in row[2:-1] if cell != "–")
        assert heads == pytest.approx(float(row[1]))
    assert next(row for row in table if row[0].startswith("Product manager"))[-2] == "0.2"


def test_v1_the_parts_make_the_ledger_and_spend_and_charge_are_said(open_as):
    page = shown(open_as(EXECUTIVE, "teams", view="mix", period=SPAN))
    table = rows(page, "The ledger and its parts")
    cents = [number(row[2].replace(".", "")) for row in table[1:]]
    assert sum(cents[:-2]) == cents[-2]
    assert cents[-1] == 0
    assert "capitalised $" in page
    assert "amortisation $" in page


def test_a_team_shows_what_its_full_cost_is_made_of(open_as):
    page = shown(open_as(EXECUTIVE, "team", team="onboarding", period=SPAN))
    table = rows(page, "Full cost of Onboarding")
    cents = [number(row[2].replace(".", "")) for row in table[1:]]
    assert sum(cents[:-1]) == cents[-1]
    assert "From Platform" in [row[0] for row in table]
    assert "People at standard rates" in page
    assert "Product manager" in page


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("", {}),
        ("teams", {"view": "cost"}),
        ("teams", {"view": "mix"}),
        ("team", {"team": "data"}),
        ("data", {}),
        ("trace", {"figure": "full_cost", "team": "data"}),
        ("trace", {"figure": "team_cost", "team": "data"}),
        ("method", {}),
    ],
)
def test_d23_no_pay_category_shows_outside_finance(open_as, page, query):
    told = shown(open_as(EXECUTIVE, page, **query))
    for word in ("Salaries", "On-costs", "Bonus", "P-0"):
        assert word not in told


def test_finance_sees_pay_by_category_where_an_executive_does_not(open_as):
    assert "Salaries" in shown(open_as(FINANCE, "team", team="data"))


def test_d11_finance_closes_months_and_the_grid_says_so(open_as):
    app = open_as(FINANCE, "data")
    before = shown(app).count("closed: moves only by a restatement")
    app.query_params["view"] = "close"
    app.run()
    assert app.button(key="close_now").disabled
    app.text_input(key="close_reason").set_value("the books are final").run()
    app.button(key="close_now").click().run()
    assert not app.exception
    page = shown(app)
    assert page.count("closed: moves only by a restatement") > before
    assert f"{month_name(202601)}: closed" in page


def test_only_finance_may_close_months(open_as):
    app = open_as(EXECUTIVE, "data")
    assert "Close months" not in [button.label for button in app.button]
    assert "Which months are closed" in shown(app)


def test_d11_an_undo_that_moves_a_closed_month_asks_for_a_restatement(open_as):
    app = open_as(FINANCE, "data")
    imports = [row for row in rows(shown(app), "Cost imports") if row[3] == "costs_americas_2024.csv"]
    app.query_params["view"] = f"undo-{imports[0][0]}"
    app.run()
    app.button(key="undo_now").click().run()
    assert not app.exception
    assert app.button(key="undo_now").label == "Undo as a restatement"
    assert app.button(key="undo_now").disabled


def test_a_restatement_shows_both_numbers(open_as):
    page = shown(open_as(FINANCE, "data"))
    assert "One restatement of closed months" in page
    assert "a contractor invoice was booked twice" in page


def test_a_link_to_a_view_opens_it_and_an_unknown_one_opens_the_first(open_as):
    assert "Heads by role and team" in shown(open_as(EXECUTIVE, "teams", view="roles"))


def test_the_choices_of_currency_differ_in_words(open_as):
    options = open_as(EXECUTIVE).selectbox(key="scope_currency").options
    assert len(set(options)) == len(options)
