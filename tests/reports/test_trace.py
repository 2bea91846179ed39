"""Every figure leads to its files and lines, which sum to it (law T8); who sees lines; the exports."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest

from roi.domain.figures import REGISTRY
from roi.domain.periods import Span
from roi.errors import NotAllowedError, UnknownKeyError
from roi.reports import data, export, ledger, outcomes, portfolio, shell, team, teams, trace
from roi.reports.ground import kept
from roi.reports.shapes import LedgerFilter, Scope
from roi.reports.tracing.values import VALUE_FINDERS
from roi.story import trace_titles
from roi.story.formulas import filled
from roi.story.words import spelled
from tests import equations, made
from tests.reports.conftest import opened_copy

TODAY = date(2015, 4, 30)
ONE = (
    {name: {"team": "onboarding"} for name in ("unplanned_cost", "team_cost_month")}
    | {"epic_cost": {"outcome": "learners"}}
    | {name: {"outcome": "learners"} for name in ("outcome_value", "measured_month", "expected_month")}
    | {
        "suspense_part": {"part": "erp · Engineering · set aside: which team?"},
        "cost_part": {"part": "intent:grow"},
        "class_value": {"part": "revenue"},
        "class_expected": {"part": "revenue"},
        "cohort_cost": {"part": "201501"},
        "cohort_value": {"part": "201501"},
        "pause_worth": {"epic": "lesson"},
        "obligation_penalty": {"epic": "lesson"},
        "penalty_paid": {"epic": "lesson"},
        "swap_worth": {"epic": "lesson"},
        "speed_worth": {"outcome": "learners"},
    }
)
OF_AN_EPIC = (
    "explained_cost said_value assumed_value promised_month expected_sum after_record confirmed_so_far "
    "protected_so_far pool_movement pool_counted pool_overlap pool_unclaimed npv roi payback team_part_cost"
).split()


def _asked(figure_id):
    return {"outcome": "learners"} if figure_id in OF_AN_EPIC else ONE.get(figure_id, {})


@pytest.fixture(scope="module")
def reconciled(returning_files, tmp_path_factory, finance):
    """Alder with a control total of January; to be looked at only."""
    folder = tmp_path_factory.mktemp("reconciled")
    for built in opened_copy(returning_files, folder, finance):
        version = built.control(201501, 201501, 168_000)
        yield built
        assert built.store.version == version


@pytest.mark.parametrize("figure_id", REGISTRY)
@pytest.mark.parametrize(
    "scope", [Scope(), Scope(span=Span(201502, 201503)), Scope(value_stream="Enrolment")], ids=str
)
def test_t8_every_figure_leads_to_files_that_make_it(reconciled, finance, figure_id, scope):
    report = trace.build(reconciled.store, finance, scope, figure_id, **_asked(figure_id))
    assert report.sums_agree
    assert report.total_lines == sum(file.lines for file in report.files)
    assert sum(line.amount for line in report.lines) == sum(file.amount for file in report.files)
    assert not report.lines_hidden
    if figure_id in VALUE_FINDERS and figure_id != "cohort_rest":
        made.check(report)
    elif report.figure.value:
        assert report.files or report.outcomes or report.parts
    if report.figure.is_known:
        assert filled(report.figure), "no number of its formula is missing"
        assert equations.holds(filled(report.figure))


def test_t8_a_team_s_cost_leads_to_file_and_line(alder, finance):
    report = trace.build(alder.store, finance, Scope(), "team_cost", team="onboarding")
    assert report.figure == team.build(alder.store, finance, Scope(), "onboarding").row.cost
    assert [(file.file_name, file.lines, file.amount) for file in report.files] == [
        ("january.csv", 2, 100_000),
        ("february.csv", 1, 100_000),
        ("march.csv", 1, 200_000),
    ]
    first = report.lines[0]
    assert (first.file_name, first.line, first.area, first.amount) == ("march.csv", 2, "Engineering", 200_000)
    assert (first.team, first.placed) == ("onboarding", "team")


def test_t8_suspense_and_excluded_lead_to_their_lines(alder, finance):
    lines = trace.build(alder.store, finance, Scope(), "suspense").lines
    assert [(line.file_name, line.line, line.reason) for line in lines] == [
        ("january.csv", 7, "cost area not mapped to a team yet"),
        ("february.csv", 4, "set aside: which team?"),
        ("march.csv", 5, "names no team and no cost area"),
    ]
    (only,) = trace.build(alder.store, finance, Scope(), "excluded_cost").lines
    assert (only.file_name, only.line, only.nature) == ("january.csv", 6, "severance")


def test_t8_a_line_set_aside_and_excluded_is_one_line(company, finance):
    shared = {"month": 201501, "cost_centre": "Estates", "nature": "accrual"}
    company.lines(
        {**shared, "aside": "ask", "amount_minor": 70}, {**shared, "amount_minor": 30}, file="more.csv"
    )
    report = trace.build(company.store, finance, Scope(), "excluded_cost")
    assert report.sums_agree
    assert report.total_lines == 3


def test_t8_lines_of_one_bucket_part_where_one_is_set_aside(company, finance):
    alike = {"month": 201503, "cost_centre": "Engineering"}
    company.lines(
        {**alike, "aside": "ask", "amount_minor": 7}, {**alike, "amount_minor": 11}, file="more.csv"
    )
    for figure_id, amount in (("suspense", 7), ("team_cost", 11)):
        report = trace.build(company.store, finance, Scope(), figure_id)
        assert report.sums_agree
        assert [line.amount for line in report.lines if line.file_name == "more.csv"] == [amount]


def test_t8_the_return_leads_to_cost_by_file_and_cash_by_outcome(alder_returning, finance):
    report = trace.build(alder_returning.store, finance, Scope(), "return_per_unit")
    assert report.figure == portfolio.build(alder_returning.store, finance, Scope()).returned
    assert sum(file.amount for file in report.files) == 560_000
    assert [row.outcome.key for row in report.outcomes] == ["learners", "clicks"]
    assert report.outcomes[0].value.value == 100_000


def test_t8_of_very_many_outcomes_those_that_count_most_are_named_and_all_are_counted(
    returning, finance, monkeypatch
):
    monkeypatch.setattr(trace, "SHOWN_OUTCOMES", 1)
    report = trace.build(returning.store, finance, Scope(), "return_per_unit")
    assert [row.outcome.key for row in report.outcomes] == ["learners"]
    assert [claim.outcome for claim in report.claims] == ["learners"]
    assert (report.total_outcomes, report.outcomes_with_value, report.sums_agree) == (2, 1, True)


def test_t8_the_net_names_only_outcomes_that_it_sums_and_the_cost(alder_returning, finance):
    """Two own cash outcomes: one confirmed, one measured and open; the third is not cash."""
    so_far, lands = (
        trace.build(alder_returning.store, finance, Scope(), name) for name in ("net_cash", "net_if_lands")
    )
    assert [row.outcome.key for row in so_far.outcomes] == ["learners"]
    assert trace_titles.trace(so_far).text.endswith("three files and one outcome")
    held = checked(alder_returning.store, finance)
    assert [row.outcome.key for row in lands.outcomes] == held
    assert trace_titles.trace(lands).text.endswith(spelled(len(held), "outcome"))
    assert sum(file.amount for file in lands.files) == 560_000
    assert so_far.sums_agree
    assert lands.sums_agree


def checked(store, actor):
    """The outcomes that the sums behind still expected and confirmed cash hold."""
    still, confirmed = (
        trace.build(store, actor, Scope(), name).outcomes for name in ("still_expected", "confirmed_cash")
    )
    known = [row.outcome.key for row in confirmed if row.value.value is not None]
    return list(dict.fromkeys([*known, *(row.outcome.key for row in still)]))


def test_t8_what_no_cohort_takes_is_the_cost_less_each_of_them(alder_returning, finance):
    report = trace.build(alder_returning.store, finance, Scope(), "cohort_rest")
    parts = [part.amount for part in report.parts]
    assert sum(parts) == report.figure.value
    assert parts[0] == 560_000
    assert all(amount < 0 for amount in parts[1:])
    assert "0 epics" not in filled(report.figure)


def test_t8_a_control_total_leads_to_the_files_of_its_months(company, finance):
    company.control(201501, 201501, 168_000)
    company.control(201501, 201503, 999)
    report = trace.build(company.store, finance, Scope(), "control_difference")
    assert (report.figure.value, [file.file_name for file in report.files]) == (0, ["january.csv"])


def test_t9_what_was_undone_is_in_no_trace(company, finance):
    company.undo_lines(7, [201502])
    report = trace.build(company.store, finance, Scope(), "ledger_total")
    assert [file.file_name for file in report.files] == ["january.csv", "march.csv"]
    assert all(line.file_name != "february.csv" for line in report.lines)


def test_the_largest_lines_come_first_and_all_are_counted(company, finance):
    company.lines(
        *({"month": 201503, "team": "search", "amount_minor": n} for n in range(1, 251)), file="many.csv"
    )
    report = trace.build(company.store, finance, Scope(), "team_cost", team="search")
    assert (len(report.lines), report.total_lines) == (trace.SHOWN_LINES, 252)
    assert [line.amount for line in report.lines[:3]] == [60_000, 40_000, 250]
    assert report.sums_agree


def test_a_figure_of_one_thing_needs_its_key(alder_returning, finance):
    for figure_id in ONE:
        with pytest.raises(UnknownKeyError, match="belongs to one"):
            trace.build(alder_returning.store, finance, Scope(), figure_id)
    report = trace.build(alder_returning.store, finance, Scope(), "epic_cost", epic="desk")
    assert (report.figure.value, report.title) == (25_000, "Cost of the epic: Epic desk")


@pytest.mark.parametrize(("part", "cost"), [("", 50_000 + 80_000 + 15_000), ("period", 80_000 + 15_000)])
def test_t8_item_days_after_delivery_are_months_of_the_cost_and_no_rounding(returning, finance, part, cost):
    """Delivered in January, logged in March too: by its own team and by one that only the log names."""
    days = [("onboarding", "lesson", 2), ("onboarding", "", 3), ("search", "lesson", 1), ("search", "", 3)]
    rows = [{"team": key, "epic": epic, "milli_days": 1_000 * count} for key, epic, count in days]
    returning.put("epic_effort", *({**row, "month": 201503, "basis": "item-days"} for row in rows))
    scope = Scope(span=Span(201503, 201503)) if part else Scope()
    report = trace.build(returning.store, finance, scope, "epic_cost", epic="lesson", part=part or None)
    told = filled(report.figure)
    assert report.figure.value == cost
    assert report.sums_agree
    assert "rounding" not in told
    assert "of £600.00 that reached Search" in told
    assert equations.holds(told)


@pytest.mark.parametrize("person", ["executive", "owner", "tech_leader", "admin"])
def test_t10_only_finance_reads_lines(alder, request, person):
    actor = request.getfixturevalue(person)
    with pytest.raises(NotAllowedError, match="finance"):
        ledger.build(alder.store, actor, LedgerFilter())
    with pytest.raises(NotAllowedError, match="finance"):
        export.ledger_csv(alder.store, actor, LedgerFilter())
    report = trace.build(alder.store, actor, Scope(), "team_cost", team="search")
    assert report.lines == ()
    assert "finance" in report.lines_hidden
    assert sum(file.amount for file in report.files) == report.figure.value
    assert report.total_lines == 2


def test_nobody_without_a_role_reads_figures(alder, finance):
    nobody = replace(finance, roles=frozenset())
    asks = [
        lambda: shell.build(alder.store, nobody, Scope()),
        lambda: portfolio.build(alder.store, nobody, Scope()),
        lambda: teams.build(alder.store, nobody, Scope()),
        lambda: team.build(alder.store, nobody, Scope(), "search"),
        lambda: outcomes.build(alder.store, nobody, Scope(), TODAY),
        lambda: data.build(alder.store, nobody, Scope()),
        lambda: trace.build(alder.store, nobody, Scope(), "ledger_total"),
        lambda: export.team_cost_csv(alder.store, nobody, Scope()),
    ]
    for ask in asks:
        with pytest.raises(NotAllowedError):
            ask()


@pytest.mark.parametrize(
    ("asked", "lines", "amount"),
    [
        (LedgerFilter(currency="GBP"), 13, 567_699),
        (LedgerFilter(currency="GBP", scenario=None), 14, 1_567_698),
        (LedgerFilter(team="search", currency="GBP"), 2, 100_000),
        (LedgerFilter(placed="suspense"), 3, 2_699),
        (LedgerFilter(placed="excluded"), 1, 5_000),
        (LedgerFilter(area="Engineering"), 5, 398_999),
        (LedgerFilter(change_id=7), 3, 118_999),
        (LedgerFilter(span=Span(201501, 201502)), 9, 286_999),
        (LedgerFilter(source="cards"), 0, None),
    ],
    ids=str,
)
def test_the_ledger_counts_and_sums_what_a_filter_names(alder, finance, asked, lines, amount):
    report = ledger.build(alder.store, finance, asked, limit=2)
    assert report.total_lines == lines
    assert dict(report.totals).get("GBP") == amount
    assert len(report.lines) == min(lines, 2)


def test_the_ledger_is_paged_without_gap_or_repeat(alder, finance):
    pages = [ledger.build(alder.store, finance, LedgerFilter(), 4, start).lines for start in range(0, 16, 4)]
    found = [(line.file_name, line.line) for page in pages for line in page]
    assert len(found) == len(set(found)) == 14


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", " =1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff20x"],
)
def test_a_text_cell_that_a_spreadsheet_would_run_is_neutralised(text):
    assert export.safe_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Payments", "a=b", "2015-01", "'quoted"])
def test_other_text_is_left_alone(text):
    assert export.safe_text(text) == text


def test_the_ledger_export_holds_every_line_and_no_formula(alder, finance):
    made = export.ledger_csv(alder.store, finance, LedgerFilter(currency="GBP"))
    rows = list(csv.DictReader(io.StringIO(made.content.decode("utf-8-sig"), newline="")))
    assert len(rows) == made.rows == 13
    assert [row["description"] for row in rows if row["description"]] == ["'=1+1"]
    negative = next(row for row in rows if row["reason"].startswith("set aside"))
    assert negative["amount"] == "-10.01"  # a number stays a number


def test_f3_two_exports_that_differ_in_one_amount_have_two_names(company, finance, executive):
    first = export.team_cost_csv(company.store, executive, Scope())
    assert export.team_cost_csv(company.store, executive, Scope()).file_name == first.file_name
    company.lines({"month": 201503, "team": "search", "amount_minor": 1}, file="penny.csv")
    second = export.team_cost_csv(company.store, executive, Scope())
    assert first.file_name != second.file_name
    assert second.sha256[:12] in second.file_name
    company.control(201501, 201501, 1)
    assert "unreconciled" in export.team_cost_csv(company.store, executive, Scope()).file_name
    assert "unreconciled" in export.ledger_csv(company.store, finance, LedgerFilter()).file_name


def test_t8_a_period_put_together_of_months_is_the_one_that_is_read_anew(company, finance, tech_leader):
    spans = [Span(201502, 201502), Span(201501, 201503), Span(201502, 201504)]
    figures = ("full_cost", "suspense")

    def every(who):
        return [
            trace.build(company.store, who, Scope(span=span), figure) for span in spans for figure in figures
        ]

    for who in (finance, tech_leader):
        kept.forget()
        together, alone = every(who), []
        for span in spans:
            for figure in figures:
                kept.forget()
                alone.append(trace.build(company.store, who, Scope(span=span), figure))
        assert together == alone
        assert any(one.files for one in together)


def test_t8_months_that_were_read_do_not_outlive_an_import(company, finance):
    period, about = Scope(span=Span(201501, 201503)), ("ledger_total",)
    before = trace.build(company.store, finance, period, *about)
    company.lines({"month": 201502, "team": "onboarding", "amount_minor": 12_345}, file="more.csv")
    after = trace.build(company.store, finance, period, *about)
    assert after.total_lines == before.total_lines + 1
    assert after.figure.value == before.figure.value + 12_345
    assert len(after.files) == len(before.files) + 1
