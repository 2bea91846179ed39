"""What an import would do is what it does: headline, months, what stands out, what explains a difference."""

from decimal import Decimal

import pytest

from roi.commands import costs, structure
from roi.commands.changing.requests import CostImport
from roi.domain.importing import Mode, Settings
from roi.domain.structure import Team
from roi.reports import headline
from roi.reports.shapes import Scope

HEADER = "month,team,amount,currency\n"
SAID = Settings(columns=tuple((name, name) for name in ("month", "team", "amount", "currency")))


@pytest.mark.parametrize("mode", [Mode.ADD, Mode.REPLACE])
def test_t7_the_headline_looked_at_beforehand_is_the_one_after_the_import(finance, company, mode):
    store = company.store
    with store.cursor() as cursor:
        source, month, currency = cursor.execute(
            "select source, max(month), any_value(currency) from live_cost_line group by source order by 1"
        ).fetchall()[0]
        team = cursor.execute("select team from live_team order by team").fetchall()[0][0]
    text = f"{HEADER}{month // 100}-{month % 100:02d},{team},123456.78,{currency}\n"
    request = CostImport(text.encode(), "more.csv", source, SAID, mode=mode)
    before = headline.build(store, finance, Scope())
    ahead = costs.look_ahead(store, finance, request, lambda cursor: headline.on(cursor, finance, Scope()))
    assert headline.build(store, finance, Scope()) == before
    assert ahead is not None
    assert ahead.cost != before.cost
    costs.import_costs(store, finance, request)
    assert headline.build(store, finance, Scope()) == ahead


def test_a_file_that_cannot_be_imported_has_no_headline(store, finance):
    request = CostImport(f"{HEADER}2025-13,Ghosts,1.00,EUR\n".encode(), "bad.csv", "Books")
    assert costs.look_ahead(store, finance, request, lambda _: "seen") is None


@pytest.fixture
def books(store, finance, tech_leader):
    structure.save_teams(store, tech_leader, (Team("search", "Search"), Team("data", "Data")))

    class Books:
        def request(self, text, **more):
            return CostImport((HEADER + text).encode(), "b.csv", "Books", **more)

        def preview(self, text, **more):
            return costs.preview(store, finance, self.request(text, **more))

        def take(self, text, **more):
            return costs.import_costs(store, finance, self.request(text, **more))

    return Books()


def months(*amounts):
    """Search month by month from January, and Data at a steady 50."""
    return "".join(
        f"2025-{number:02d},Search,{amount},EUR\n2025-{number:02d},Data,50.00,EUR\n"
        for number, amount in enumerate(amounts, start=1)
    )


def told(preview, code):
    return [issue for issue in preview.warnings if issue.code == code]


def test_months_are_told_before_and_after(books):
    books.take(months("100.00", "100.00"))
    found = books.preview(months("100.00", "110.00"), mode=Mode.REPLACE)
    assert [(one.month, one.before, one.after) for one in found.month_effects] == [
        (202501, 15000, 15000),
        (202502, 15000, 16000),
    ]
    assert sum(one.after - one.before for one in found.effects) == 1000


def test_what_is_far_from_the_median_of_six_months_is_said(books):
    books.take(months("100.00", "90.00", "110.00"))
    (issue,) = told(books.preview("2025-04,Search,301.00,EUR\n2025-04,Data,50.00,EUR\n"), "unusual_amount")
    assert "Search, Apr 2025 has 301.00 EUR (usually 100.00)" in issue.message
    assert issue.count == 1
    assert not told(books.preview("2025-04,Search,299.00,EUR\n2025-04,Data,50.00,EUR\n"), "unusual_amount")


def test_two_months_are_not_enough_to_be_usual(books):
    books.take(months("100.00", "90.00"))
    assert not told(books.preview("2025-03,Search,9000.00,EUR\n"), "unusual_amount")


def test_a_sign_that_flips_and_a_team_that_is_missing_are_said(books):
    books.take(months("100.00", "90.00", "110.00"))
    found = books.preview("2025-04,Search,-100.00,EUR\n")
    assert "Search, Apr 2025" in told(found, "sign_flip")[0].message
    assert "Data, Apr 2025 (usually 50.00)" in told(found, "missing_place")[0].message
    assert found.is_ready


def suspects(preview):
    return [(one.where, one.month, one.amount) for one in preview.control.suspects]


def test_the_team_month_that_amounts_to_the_difference_is_named(books):
    text = "2025-04,Search,70.00,EUR\n2025-04,Search,30.00,EUR\n2025-04,Data,50.00,EUR\n"
    assert ("Search", 202504, 10000) in suspects(books.preview(text, control_total=Decimal("50.00")))
    flipped = books.preview(text, control_total=Decimal("-50.00"))
    assert ("Search", 202504, 10000) in suspects(flipped)
    assert any("other sign" in one.why for one in flipped.control.suspects)


def test_a_team_that_is_missing_is_named_with_what_it_usually_has(books):
    books.take(months("100.00", "90.00", "110.00"))
    found = books.preview("2025-04,Search,100.00,EUR\n", control_total=Decimal("151.00"))
    assert suspects(found)[0] == ("Data", 202504, 5000)
    assert "usually has about 50.00 EUR" in found.control.suspects[0].why


def test_a_whole_month_too_much_is_named(books):
    found = books.preview(months("100.00", "90.00"), control_total=Decimal("150.00"))
    assert ("All rows", 202502, 14000) in suspects(found)
