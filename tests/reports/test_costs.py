"""Cost by team and its tie to the ledger: one set of numbers in every report (laws T1, T2, T7)."""

import csv
import io
from decimal import Decimal

import pytest

from roi.domain.periods import Span
from roi.errors import StoreDamagedError
from roi.reports import data, ledger, portfolio, shell, team, teams
from roi.reports.export import team_cost_csv
from roi.reports.shapes import Books, LedgerFilter, NamedAmount, Scope

LEDGER, TEAMS, EXCLUDED, SUSPENSE = 567_699, 560_000, 5_000, 2_699
ONBOARDING, SEARCH, PLATFORM = 400_000, 100_000, 60_000
Q1 = Span(201501, 201503)


def test_t1_portfolio_ties_to_the_ledger_to_the_penny(alder, executive):
    report = portfolio.build(alder.store, executive, Scope())
    assert (report.currency, report.span) == ("GBP", Q1)
    assert report.ledger.value == LEDGER
    assert (report.cost.value, report.excluded.value, report.suspense.value) == (TEAMS, EXCLUDED, SUSPENSE)
    assert report.difference.value == 0
    assert report.placed_share.value == round(TEAMS * 1_000_000 / (TEAMS + SUSPENSE))


def test_t1_all_reports_and_the_export_say_the_same_total(alder, executive, finance):
    store = alder.store
    whole = portfolio.build(store, executive, Scope())
    by_month = teams.build(store, executive, Scope())
    streams = sum(stream.total.cost.value for stream in whole.streams)
    each = sum(
        team.build(store, executive, Scope(), key).row.cost.value
        for key in ("onboarding", "search", "platform")
    )
    assert whole.cost.value == streams == each == by_month.team_total.value == sum(by_month.by_month_teams)
    lines = ledger.build(store, finance, LedgerFilter(currency="GBP", span=Q1))
    assert dict(lines.totals)["GBP"] == whole.ledger.value == sum(by_month.by_month_ledger)
    rows = list(
        csv.DictReader(io.StringIO(team_cost_csv(store, executive, Scope()).content.decode("utf-8-sig")))
    )
    assert sum(Decimal(row["amount"]) for row in rows) == Decimal(LEDGER) / 100


@pytest.mark.parametrize("stream", [None, "Enrolment", "Catalogue", ""])
@pytest.mark.parametrize("span", [None, Span(201502, 201502), Span(201501, 201502)], ids=str)
def test_t1_t2_each_month_ties_under_any_filter(alder, executive, stream, span):
    everything = teams.build(alder.store, executive, Scope(span=span))
    report = teams.build(alder.store, executive, Scope(span=span, value_stream=stream))
    others = report.by_month_other or tuple(0 for _ in report.months)
    parts = zip(
        report.by_month_teams, others, report.by_month_excluded, report.by_month_suspense, strict=True
    )
    assert tuple(map(sum, parts)) == report.by_month_ledger == everything.by_month_ledger
    whole = {row.key: row.by_month for row in everything.teams}
    assert all(row.by_month == whole[row.key] for row in report.teams)


def test_t2_a_value_stream_shows_its_teams_and_the_company_s_ledger(alder, executive):
    report = portfolio.build(alder.store, executive, Scope(value_stream="Enrolment"))
    assert [stream.name for stream in report.streams] == ["Enrolment"]
    assert (report.cost.value, report.other_teams.value) == (ONBOARDING, SEARCH + PLATFORM)
    assert (report.ledger.value, report.suspense.value) == (LEDGER, SUSPENSE)
    assert report.difference.value == 0


def test_a_month_without_a_line_is_none_and_not_nought(alder, executive):
    report = teams.build(alder.store, executive, Scope())
    by_key = {row.key: row.by_month for row in report.teams}
    assert by_key["search"] == (40_000, None, 60_000)
    assert by_key["onboarding"] == (100_000, 100_000, 200_000)
    assert report.months == (201501, 201502, 201503)
    assert report.by_month_suspense == (3_000, -1_001, 700)


def test_value_streams_come_by_name_and_teams_within_by_cost(company, executive):
    company.team("intake", "Intake", stream="Enrolment")
    rows = portfolio.build(company.store, executive, Scope()).streams
    assert [(row.name, [its.name for its in row.teams]) for row in rows] == [
        ("Catalogue", ["Search"]),
        ("Enrolment", ["Onboarding", "Intake"]),
        ("", ["Platform"]),
    ]


def test_suspense_is_named_with_its_reason(company, executive):
    company.lines(
        {"month": 201503, "cost_centre": "Estates", "scenario": "plan", "amount_minor": 9}, file="p.csv"
    )
    rows = portfolio.build(company.store, executive, Scope()).suspense_rows
    assert [(row.label, row.reason, row.amount, row.lines) for row in rows] == [
        ("Estates", "cost area not mapped to a team yet", 3_000, 1),
        ("Engineering", "set aside: which team?", -1_001, 1),
        ("", "names no team and no cost area", 700, 1),
    ]


def test_v1_excluded_natures_are_named_rows(alder, executive):
    report = portfolio.build(alder.store, executive, Scope())
    assert report.excluded_rows == (NamedAmount("severance", EXCLUDED, 1),)


def test_attributes_sum_to_the_teams_cost(alder, executive):
    report = portfolio.build(alder.store, executive, Scope())
    assert report.intents == (NamedAmount("grow", 500_000, 8), NamedAmount("run", 60_000, 1))
    assert report.treatments == (NamedAmount("operating", 460_000, 8), NamedAmount("capital", 100_000, 1))
    one = team.build(alder.store, executive, Scope(), "platform")
    assert one.categories == (NamedAmount("cloud", PLATFORM, 3),)
    assert one.areas == (NamedAmount("", PLATFORM, 3),)
    assert (
        sum(row.amount for row in team.build(alder.store, executive, Scope(), "onboarding").areas)
        == ONBOARDING
    )


def test_other_currencies_are_named_beside_and_never_added(alder, executive):
    report = portfolio.build(alder.store, executive, Scope())
    assert report.other_currencies == (NamedAmount("EUR", 12_345, 1),)
    euro = portfolio.build(alder.store, executive, Scope(currency="EUR"))
    assert (euro.ledger.value, euro.cost.value, euro.span) == (12_345, 12_345, Q1)
    assert shell.build(alder.store, executive, Scope()).currencies == ("GBP", "EUR")


def test_without_a_company_the_currency_with_most_lines_is_looked_at(built, executive):
    built.lines(
        {"month": 201501, "amount_minor": 999, "currency": "USD"},
        {"month": 201501, "amount_minor": 1, "currency": "EUR"},
        {"month": 201501, "amount_minor": 1, "currency": "EUR"},
    )
    assert shell.build(built.store, executive, Scope()).currencies == ("EUR", "USD")
    built.company(currency="USD")
    assert shell.build(built.store, executive, Scope()).currencies == ("USD", "EUR")
    built.company(currency="CHF")
    assert portfolio.build(built.store, executive, Scope()).currency == "EUR"
    assert shell.build(built.store, executive, Scope()).currencies == ("EUR", "USD")


def test_the_default_span_is_the_fiscal_year_up_to_the_newest_month(company, executive):
    company.company(fiscal_start=3)
    report = shell.build(company.store, executive, Scope())
    assert (report.span, report.months) == (Span(201503, 201503), Q1)


def test_a_month_that_nobody_compared_with_the_books_is_a_draft(alder, executive):
    rows = data.build(alder.store, executive, Scope()).team_coverage
    states = {row.key: row.states for row in rows}
    assert states["onboarding"] == ("draft", "draft", "draft")
    assert states["search"] == ("draft", "missing", "draft")


def test_one_stray_line_of_years_ago_makes_no_column_of_each_month_between(company, executive):
    company.lines({"month": 200511, "team": "search", "amount_minor": 100})
    report = data.build(company.store, executive, Scope())
    assert report.team_months == (200511, 200512, *Q1.months)
    assert report.months == (200511, 200512, *Q1.months)
    assert all(len(row.states) == 5 for row in report.team_coverage)
    assert report.open_months == (200511, *Q1.months), "a month without a line cannot be closed"


def test_plan_lines_are_in_no_cost_figure_and_on_the_data_page(alder, executive):
    rows = data.build(alder.store, executive, Scope()).coverage
    plan = next(row for row in rows if row.scenario == "plan")
    assert [cell.amount for cell in plan.cells] == [None, None, 999_999]


def test_t1_a_mart_that_lost_a_penny_stops_every_figure(company, executive):
    with company.store.write() as cursor:
        cursor.execute("update mart_team_cost set amount_minor = amount_minor - 1 where team = 'search'")
    for build in (portfolio.build, teams.build):
        with pytest.raises(StoreDamagedError, match="differ"):
            build(company.store, executive, Scope())


def test_t1_money_moved_between_two_months_of_a_mart_is_noticed(company, executive):
    with company.store.write() as cursor:
        cursor.execute("update mart_team_cost set month = 201502 where team = 'search' and month = 201501")
    with pytest.raises(StoreDamagedError, match="in 20150"):
        portfolio.build(company.store, executive, Scope())


def test_books_follow_the_control_totals(company, executive):
    def state():
        return portfolio.build(company.store, executive, Scope()).books

    assert state() is Books.NO_CONTROL
    company.control(201501, 201501, 168_000)
    assert state() is Books.PARTLY
    company.control(201502, 201503, 399_699)
    assert state() is Books.PARTLY  # the euro line has none
    company.control(201503, 201503, 12_345, currency="EUR")
    assert state() is Books.AGREE
    company.control(201501, 201501, 168_001)
    assert state() is Books.DIFFER


def test_a_control_total_is_of_one_source_scenario_and_currency(company, executive):
    company.lines({"month": 201501, "source": "cards", "amount_minor": 100}, file="cards.csv")
    company.control(201501, 201503, LEDGER)
    report = data.build(company.store, executive, Scope())
    assert [row.difference for row in report.controls] == [0]
    states = {
        (row.source, row.scenario, row.currency): [cell.state for cell in row.cells]
        for row in report.coverage
    }
    assert states == {
        ("cards", "actual", "GBP"): ["no control", "missing", "missing"],
        ("erp", "actual", "EUR"): ["missing", "missing", "no control"],
        ("erp", "actual", "GBP"): ["agrees"] * 3,
        ("erp", "plan", "GBP"): ["missing", "missing", "no control"],
    }
    company.control(201502, 201502, 1)
    assert data.build(company.store, executive, Scope()).books is Books.DIFFER


def test_imports_are_listed_live_and_undone(company, executive):
    company.control(201501, 201501, 168_000)
    undo = company.undo_lines(7, [201502])
    rows = data.build(company.store, executive, Scope()).imports
    assert [
        (row.file_name, row.rows, row.months, row.control, row.is_live, row.undone_by) for row in rows
    ] == [
        ("march.csv", 6, (201503,), "no control", True, None),
        ("february.csv", 3, (201502,), "", False, undo),
        ("january.csv", 6, (201501,), "agrees", True, None),
    ]
    assert rows[0].totals == (("EUR", 12_345), ("GBP", 1_280_699))
    assert shell.build(company.store, executive, Scope()).latest.file_name == "march.csv"
    changes = data.build(company.store, executive, Scope()).changes
    assert [row.undone_by for row in changes if row.change_id == 7] == [undo]


def test_an_undo_that_is_undone_undoes_nothing(company, executive):
    undo = company.undo_lines(8, [201503])
    assert shell.build(company.store, executive, Scope()).latest.file_name == "february.csv"

    def revive(recorder):
        recorder.cursor.execute(
            "insert into ledger_line by name select * replace (? as added_by, 2147483647 as removed_by) "
            "from ledger_line where removed_by = ?",
            [recorder.change_id, undo],
        )
        recorder.touch([201503])

    company._change("undo", revive, undoes=undo)
    report = shell.build(company.store, executive, Scope())
    assert (report.latest.file_name, report.latest.is_live) == ("march.csv", True)
    assert portfolio.build(company.store, executive, Scope()).ledger.value == LEDGER


def test_areas_say_where_they_go_and_what_their_name_suggests(company, executive):
    company.lines({"month": 201503, "cost_centre": "Search dept", "amount_minor": 1}, file="more.csv")
    rows = {row.area: row for row in data.build(company.store, executive, Scope()).areas}
    assert (rows["Engineering"].target_kind, rows["Engineering"].target) == ("team", "onboarding")
    assert (rows["Engineering"].lines, rows["Engineering"].amount) == (5, 398_999)
    assert (rows["Estates"].target_kind, rows["Estates"].suggestion) == ("", "")
    assert rows["Search dept"].suggestion == "search"


def test_v1_an_area_of_what_is_not_cost_alone_waits_for_no_place(company, executive):
    company.lines(
        {"month": 201503, "cost_centre": "Assets", "amount_minor": 7, "nature": "amortisation"},
        {"month": 201503, "cost_centre": "Estates", "amount_minor": 9, "nature": "amortisation"},
        file="more.csv",
    )
    rows = {row.area: row for row in data.build(company.store, executive, Scope()).areas}
    assets = rows["Assets"]
    assert (assets.left_out, assets.amount, assets.waits) == (("amortisation",), 7, False)
    found = portfolio.build(company.store, executive, Scope())
    assert ("Estates", 3_000) in {(row.label, row.amount) for row in found.suspense_rows}
    assert {row.area: row.amount for row in rows.values() if row.waits} == {"Estates": 3_000}


def test_t2_mapping_an_area_moves_its_cost_from_suspense_to_the_team(company, executive):
    before = portfolio.build(company.store, executive, Scope())
    company.map("Estates", "team", "search", [201501])
    after = portfolio.build(company.store, executive, Scope())
    assert after.cost.value - before.cost.value == before.suspense.value - after.suspense.value == 3_000
    assert after.ledger.value == before.ledger.value
