"""Staging: every cell of a file is read strictly, and every problem is named with its line."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roi.domain.importing import DateOrder, Settings
from roi.domain.money import MINOR_DIGITS
from roi.ingest import planning, reading
from roi.ingest.planning import Asked
from roi.store import staging
from roi.store.changes import NewChange, Put, record_rows
from roi.store.database import Store

HEADER = "month,team,amount,currency\n"
TEAMS = ("Search", "Zoë Labs", "Total Rewards", "NA", "Core Infra")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """One store for all: staging leaves nothing in it."""
    opened = Store.open(tmp_path_factory.mktemp("staging") / "roi.duckdb", purpose="a test")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def teams(store, finance):
    rows = tuple(
        {
            "team": name.lower().replace(" ", "-"),
            "name": name,
            "kind": "stream_aligned",
            "value_stream": "",
            "division": "",
            "starts": None,
            "ends": None,
        }
        for name in TEAMS
    )
    with store.write() as cursor:
        record_rows(cursor, NewChange(finance, "teams"), [Put("team", rows)])


@pytest.fixture(scope="module")
def stage(store, teams):
    """Stages a text and answers with what was found and the typed lines."""

    def stage_it(text, aside=(), **said):
        table, issues = reading.read(text.encode(), "costs.csv", store.spool_folder)
        assert not [issue for issue in issues if issue.is_blocker], issues
        planned = planning.plan(table, Asked("Books", Settings(**said), aside))
        assert planned.plan, planned.issues
        with store.snapshot() as cursor:
            found = staging.stage(cursor, planned.plan, lambda key: f"hidden-{len(key)}")
            result = cursor.execute("select * from staged_line order by source_row")
            names = [column[0] for column in result.description]
            lines = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
        return found, lines

    return stage_it


def kinds(found):
    return [issue.code for issue in found.issues]


def amount(stage, written, currency="EUR", **said):
    cell = f'"{written}"'
    found, lines = stage(f"{HEADER}2025-01,Search,{cell},{currency}\n2025-01,Search,1.5,{currency}\n", **said)
    return found, lines[0]["amount_minor"]


@pytest.mark.parametrize(
    ("written", "minor"),
    [
        ("0", 0),
        ("7", 700),
        ("1234.5", 123450),
        ("-12.34", -1234),
        (" 12.34 ", 1234),
        ("1,234.50", 123450),
        ("1,234,567.89", 123456789),
        ("1 234.50", 123450),
        ("1\u00a0234.50", 123450),
        ("1\u202f234.50", 123450),
        ("1'234.50", 123450),
        ("1’234.50", 123450),
        ("(310.00)", -31000),
        ("(1,310.00)", -131000),
        ("5.00-", -500),
        ("−5.00", -500),
        ("+5.00", 500),
        ("€5.00", 500),
        ("€ 5.00", 500),
        ("-€5.00", -500),
        ("€-5.00", -500),
        ("5.00 €", 500),
        ("EUR 5.00", 500),
        ("5.00 EUR", 500),
        ("(€5.00)", -500),
        ("5.0000", 500),
        ("99999999999999.99", 9999999999999999),
    ],
)
def test_amounts_are_read_to_the_minor_unit(stage, written, minor):
    found, read = amount(stage, written)
    assert not [issue for issue in found.issues if issue.is_blocker], found.issues
    assert read == minor


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "amount_empty"),
        ("n/a", "amount_unreadable"),
        ("-inf", "amount_unreadable"),
        ("nan", "amount_unreadable"),
        ("1e5", "amount_unreadable"),
        ("1_000", "amount_unreadable"),
        ("5 apples", "amount_unreadable"),
        ("12.34.56", "amount_unreadable"),
        ("12,34", "amount_unreadable"),
        ("1,23,456.00", "amount_unreadable"),
        ("--5", "amount_unreadable"),
        ("(-5)", "amount_unreadable"),
        ("-5-", "amount_unreadable"),
        ("(5", "amount_unreadable"),
        ("0x10", "amount_unreadable"),
        ("\N{ARABIC-INDIC DIGIT FIVE}", "amount_unreadable"),
        ("=1+2", "amount_unreadable"),
        ("5%", "amount_unreadable"),
        ("99.999", "amount_decimals"),
        ("0.001", "amount_decimals"),
        ("1.2345", "amount_decimals"),
        ("100000000000001.00", "amount_too_large"),
        ("99999999999999999999", "amount_too_large"),
        ("9999999999999999999999999999.00", "amount_too_large"),
        ("$5.00", "currency_sign"),
        ("GBP 5.00", "currency_sign"),
    ],
)
def test_what_is_no_exact_amount_is_refused_with_its_line(stage, written, code):
    found, _ = amount(stage, written, decimal=".")
    blockers = [issue for issue in found.issues if issue.is_blocker]
    assert [issue.code for issue in blockers] == [code]
    assert blockers[0].line == 2
    assert blockers[0].column == "amount"
    assert "Nothing has been saved" in blockers[0].message


@pytest.mark.parametrize(
    ("written", "currency", "minor"),
    [("1500", "JPY", 1500), ("1.234", "KWD", 1234), ("1.2", "KWD", 1200), ("0.005", "BHD", 5)],
)
def test_minor_digits_are_those_of_the_currency(stage, written, currency, minor):
    row = f"2025-01,Search,{written},{currency}\n"
    found, lines = stage(HEADER + row, decimal=".")
    assert kinds(found) == []
    assert lines[0]["amount_minor"] == minor


def test_decimals_of_a_currency_without_them_are_refused(stage):
    found, _ = stage(f"{HEADER}2025-01,Search,1500.50,JPY\n")
    assert kinds(found) == ["amount_decimals"]


@given(
    minor=st.integers(-(10**15), 10**15),
    currency=st.sampled_from(["EUR", "JPY", "KWD"]),
    mark=st.sampled_from([".", ","]),
    thousands=st.booleans(),
    form=st.sampled_from(["plain", "brackets", "tail", "code"]),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_way_to_write_an_amount_gives_the_same_minor_units(
    stage, minor, currency, mark, thousands, form
):
    digits = MINOR_DIGITS[currency]
    body = f"{abs(Decimal(minor).scaleb(-digits)):{',' if thousands else ''}.{digits}f}"
    if mark == ",":
        body = body.translate(str.maketrans(",.", ".,"))
    is_negative = minor < 0
    written = {
        "plain": f"-{body}" if is_negative else body,
        "brackets": f"({body})" if is_negative else body,
        "tail": f"{body}-" if is_negative else body,
        "code": f"{currency} -{body}" if is_negative else f"{body} {currency}",
    }[form]
    found, lines = stage(f'{HEADER}2025-01,Search,"{written}",{currency}\n', decimal=mark)
    assert not [issue for issue in found.issues if issue.is_blocker], found.issues
    assert lines[0]["amount_minor"] == minor


def test_a_decimal_comma_is_a_named_warning(stage):
    found, lines = stage(HEADER.replace(",", ";") + "2025-01;Search;1.050,75;EUR\n2025-01;Search;2.000;EUR\n")
    assert kinds(found) == ["decimal_comma"]
    assert found.decimal == ","
    assert [line["amount_minor"] for line in lines] == [105075, 200000]


@pytest.mark.parametrize("written", ["1.234", "1,234", "-12.500"])
def test_an_amount_that_may_be_a_thousand_or_one_is_a_question(stage, written):
    found, _ = stage(f'{HEADER}2025-01,Search,7,EUR\n2025-01,Search,"{written}",EUR\n')
    assert "decimal_mark" in kinds(found)
    issue = next(issue for issue in found.issues if issue.code == "decimal_mark")
    assert issue.is_blocker
    assert issue.line == 3


def test_its_answer_settles_it(stage):
    _, lines = stage(f"{HEADER}2025-01,Search,1.234,EUR\n", decimal=",")
    assert lines[0]["amount_minor"] == 123400


def test_both_marks_in_one_file_are_a_question(stage):
    found, _ = stage(HEADER + '2025-01,Search,1.25,EUR\n2025-01,Search,"1,25",EUR\n')
    assert "decimal_mark" in kinds(found)


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("2025-01", 202501),
        ("2025/01", 202501),
        ("202501", 202501),
        ("2025-01-31", 202501),
        ("2025-01-31T00:00:00", 202501),
        ("2025-01-31 00:00:00", 202501),
        ("01/2025", 202501),
        ("31/01/2025", 202501),
        ("01/31/2025", 202501),
        ("31.01.2025", 202501),
        ("05.06.2025", 202506),
        ("31/1/25", 202501),
        ("16-Feb-2012", 201202),
        ("16 February 2012", 201202),
        ("Feb 2012", 201202),
        ("Feb-12", 201202),
        ("März 2025", 202503),
        ("07/07/2025", 202507),
        ("31/12/98", 199812),
    ],
)
def test_months_and_dates_are_read(stage, written, month):
    found, lines = stage(f"{HEADER}{written},Search,5.00,EUR\n")
    assert not [issue for issue in found.issues if issue.is_blocker], found.issues
    assert lines[0]["month"] == month


@pytest.mark.parametrize(
    "written",
    ["2025-14", "2025-00", "2025-02-30", "31/02/2025", "13/13/2025", "1889-01", "2101-01", "45000", "soon"],
)
def test_what_is_no_month_is_refused_with_its_line(stage, written):
    found, _ = stage(f"{HEADER}2025-01,Search,1.00,EUR\n{written},Search,5.00,EUR\n")
    assert kinds(found) == ["month"]
    assert (found.issues[0].line, found.issues[0].sent) == (3, written)


def test_an_empty_month_is_refused_with_its_line(stage):
    found, _ = stage(f"{HEADER}2025-01,Search,1.00,EUR\n,Search,5.00,EUR\n")
    assert kinds(found) == ["month_empty"]
    assert found.issues[0].line == 3


def test_an_ambiguous_date_is_a_question_that_names_its_first_line(stage):
    found, _ = stage(f"{HEADER}2025-06,Search,1.00,EUR\n05/06/2025,Search,5.00,EUR\n")
    assert kinds(found) == ["date_order"]
    assert (found.issues[0].line, found.issues[0].is_blocker) == (3, True)


def test_its_answer_settles_the_date(stage):
    text = f"{HEADER}05/06/2025,Search,5.00,EUR\n"
    assert stage(text, date_order=DateOrder.DAY_FIRST)[1][0]["month"] == 202506
    assert stage(text, date_order=DateOrder.MONTH_FIRST)[1][0]["month"] == 202505
    assert kinds(stage(text, date_order=DateOrder.ISO)[0]) == ["month"]


def test_the_whole_file_decides_and_says_so(stage):
    found, lines = stage(f"{HEADER}05/06/2025,Search,5.00,EUR\n25/06/2025,Search,6.00,EUR\n")
    assert kinds(found) == ["inferred_dates"]
    assert found.date_order is DateOrder.DAY_FIRST
    assert {line["month"] for line in lines} == {202506}


def test_a_file_of_both_orders_is_a_question(stage):
    found, _ = stage(
        f"{HEADER}13/06/2025,Search,5.00,EUR\n06/13/2025,Search,6.00,EUR\n05/06/2025,Search,1.00,EUR\n"
    )
    assert "date_order" in kinds(found)


def test_a_stated_month_decides_an_ambiguous_date(stage):
    found, lines = stage(f"{HEADER}05/06/2025,Search,5.00,EUR\n", stated=(("month", "2025-06"),))
    assert kinds(found) == ["inferred_dates"]
    assert lines[0]["month"] == 202506


def test_every_date_must_lie_in_the_stated_month(stage):
    found, _ = stage(
        f"{HEADER}2025-06-01,Search,5.00,EUR\n2025-07-01,Search,5.00,EUR\n", stated=(("month", "2025-06"),)
    )
    assert kinds(found) == ["other_month"]
    assert found.issues[0].line == 3


def test_a_stated_month_serves_a_file_without_one(stage):
    found, lines = stage("team,amount,currency\nSearch,5.00,EUR\n", stated=(("month", "2025-06"),))
    assert kinds(found) == []
    assert lines[0]["month"] == 202506


@pytest.mark.parametrize(
    "label", ["TOTAL", "Total", "Grand total", "Subtotal", "Summe", "Gesamtsumme", "Sum"]
)
def test_a_total_line_without_a_month_is_left_out_and_named(stage, label):
    found, lines = stage(f"{HEADER}2025-01,Search,5.00,EUR\n{label},,5.00,EUR\n")
    assert kinds(found) == ["total_line"]
    assert found.issues[0].line == 3
    assert not found.issues[0].is_blocker
    assert len(lines) == 1


def test_a_total_is_found_by_the_label_of_any_column(stage):
    text = "month,team,amount,currency,note\n2025-01,Search,5.00,EUR,x\n,,5.00,,Total\n"
    found, lines = stage(text)
    assert kinds(found) == ["total_line"]
    assert len(lines) == 1


def test_a_total_is_found_when_the_month_is_stated(stage):
    text = "cost centre,amount,currency\nA,5.00,EUR\nTotal,5.00,EUR\n"
    found, lines = stage(text, stated=(("month", "2025-01"),))
    assert kinds(found) == ["total_line"]
    assert len(lines) == 1


@pytest.mark.parametrize("written", ["36 559 292,35", "36\u00a0559\u00a0292,35", "36'559'292,35"])
def test_blanks_between_thousands_leave_the_decimal_comma_its_vote(stage, written):
    _, lines = stage(f'{HEADER}2025-01,Search,"{written}",EUR\n')
    assert lines[0]["amount_minor"] == 3_655_929_235


def test_a_supplier_called_total_is_no_total(stage):
    text = (
        "cost centre,supplier,type,amount,currency\nA,Total Energies,Power,5.00,EUR\nA,Shell,Power,6.00,EUR\n"
        "A,Total,Power,7.00,EUR\n,,Total,18.00,EUR\nSubtotal A,,,18.00,EUR\n"
    )
    found, lines = stage(text, stated=(("month", "2025-01"),))
    assert [line["source_row"] for line in lines] == [2, 3, 4]
    assert [(issue.code, issue.count) for issue in found.issues] == [("maybe_total", 2), ("total_line", 2)]


def test_every_word_for_a_total_is_told_on_a_line_with_a_month(stage):
    """What is asked first of every line, how a total begins, lets no total through."""
    totals = (
        "Total|totals:|Grand total|sub-total|overall totals:|Net total|gross-total|Sum|sums:|SUMME|"
        "Zwischensumme:|Gesamtsumme|gesamt|Insgesamt:|Sous-total général:|total général|sous-total|Somme|"
        "suma|Totales general:|TOTALES GENERAL|  total  |\u00a0Total\u00a0|" + " " * 30 + "Total"
    ).split("|")
    costs = ("Totally new", "Sumo hall", "Summer party", "A total of things", "Netflix", "Grouse")
    rows = "".join(f'2025-01,Search,1,EUR,"{text}"\n' for text in (*totals, *costs))
    found, _ = stage(f"month,team,amount,currency,description\n{rows}")
    told = next(issue for issue in found.issues if issue.code == "maybe_total")
    assert told.count == len(totals)
    assert found.is_clean


def test_a_row_without_its_month_is_asked_for_not_dropped(stage):
    text = "month,cost centre,supplier,amount,currency\n2025-01,A,x,1.00,EUR\n,A,Total Energies,5.00,EUR\n"
    found, _ = stage(text)
    assert [issue.code for issue in found.issues if issue.is_blocker] == ["month_empty"]


def test_a_known_team_whose_name_begins_with_total_is_no_total_without_months(stage):
    found, lines = stage("team,amount,currency\nTotal Rewards,5.00,EUR\n", stated=(("month", "2025-01"),))
    assert kinds(found) == []
    assert lines[0]["team"] == "total-rewards"


def test_a_total_with_a_month_is_refused(stage):
    found, _ = stage("month,cost centre,amount,currency\n2025-01,A,5.00,EUR\n2025-01,Total,5.00,EUR\n")
    assert kinds(found) == ["total_line"]
    assert found.issues[0].is_blocker


def test_a_team_or_area_whose_name_begins_with_total_is_no_total(stage):
    found, lines = stage(f"{HEADER}2025-01,Total Rewards,5.00,EUR\n")
    assert kinds(found) == []
    assert lines[0]["team"] == "total-rewards"
    found, _ = stage("month,cost centre,amount,currency\n2025-01,TOTAL FM CONTRACT,5.00,EUR\n")
    assert kinds(found) == []


def test_a_line_without_any_of_our_cells_is_left_out_and_said(stage):
    found, lines = stage("month,team,amount,currency,note\n2025-01,Search,5.00,EUR,x\n,,,,Project\n")
    assert kinds(found) == ["no_cost"]
    assert len(lines) == 1


@pytest.mark.parametrize(
    "written", ["Search", "search", "SEARCH", " Search ", "ZOË LABS", "Zoe\u0308 Labs", "zoë-labs"]
)
def test_teams_match_by_name_or_key_without_case_and_composition(stage, written):
    found, lines = stage(f"{HEADER}2025-01,{written},5.00,EUR\n")
    assert not [issue for issue in found.issues if issue.is_blocker]
    assert lines[0]["team"] in {"search", "zoë-labs"}


def test_a_changed_spelling_is_a_warning(stage):
    found, _ = stage(f"{HEADER}2025-01,SEARCH,5.00,EUR\n2025-01,search,6.00,EUR\n")
    assert kinds(found) == ["team_respelled"]


def test_d18_an_unknown_team_blocks_with_its_lines_and_a_suggestion(stage):
    found, _ = stage(f"{HEADER}2025-01,Serch,5.00,EUR\n2025-01,Search,5.00,EUR\n2025-02,Serch,6.00,EUR\n")
    assert kinds(found) == ["unknown_team"]
    issue = found.issues[0]
    assert (issue.lines, issue.count, issue.sent, issue.expected) == ((2, 4), 2, "Serch", "Search")


def test_an_answer_for_an_unknown_team_is_taken(stage):
    found, lines = stage(f"{HEADER}2025-01,Serch,5.00,EUR\n", values=(("team", "serch", "Search"),))
    assert kinds(found) == []
    assert lines[0]["team"] == "search"


def test_the_word_na_may_be_a_team(stage):
    assert stage(f"{HEADER}2025-01,NA,5.00,EUR\n")[1][0]["team"] == "na"


def test_a_line_set_aside_may_name_an_unknown_team(stage):
    found, lines = stage(
        f"{HEADER}2025-01,Search,5.00,EUR\n2025-01,Ghosts,6.00,EUR\n", aside=((3, "asked the controller"),)
    )
    assert kinds(found) == []
    assert (lines[1]["aside"], lines[1]["team"], lines[1]["amount_minor"]) == (
        "asked the controller",
        "",
        600,
    )


def test_a_line_set_aside_still_needs_amount_and_month(stage):
    found, _ = stage(f"{HEADER}2025-14,Search,x,EUR\n", aside=((2, "reason"),))
    assert sorted(kinds(found)) == ["amount_unreadable", "month"]


def test_only_a_cost_line_can_be_set_aside(stage):
    found, _ = stage(f"{HEADER}2025-01,Search,5.00,EUR\n", aside=((9, "reason"),))
    assert kinds(found) == ["aside"]


@pytest.mark.parametrize(
    ("field", "sent", "value"),
    [
        ("scenario", "Actual", "actual"),
        ("scenario", "plan", "plan"),
        ("nature", "Cash cost", "cash_cost"),
        ("nature", "amortisation", "amortisation"),
        ("intent", "Run", "run"),
        ("treatment", "CapEx", "capital"),
        ("treatment", "operating", "operating"),
    ],
)
def test_closed_vocabularies(stage, field, sent, value):
    found, lines = stage(f"month,team,amount,currency,{field}\n2025-01,Search,5.00,EUR,{sent}\n")
    assert kinds(found) == []
    assert lines[0][field] == value


@pytest.mark.parametrize("field", ["scenario", "nature", "intent", "treatment"])
def test_a_word_outside_a_vocabulary_blocks_until_it_is_answered(stage, field):
    text = f"month,team,amount,currency,{field}\n2025-01,Search,5.00,EUR,Sonstiges\n"
    found, _ = stage(text)
    assert kinds(found) == [field]
    assert found.issues[0].expected
    allowed = found.issues[0].expected.split(", ")[0]
    found, lines = stage(text, values=((field, "Sonstiges", allowed),))
    assert kinds(found) == []
    assert lines[0][field] == allowed


def test_an_empty_scenario_is_read_as_actual_and_said(stage):
    found, lines = stage("month,team,amount,currency,scenario\n2025-01,Search,5.00,EUR,\n")
    assert kinds(found) == ["scenario_empty"]
    assert lines[0]["scenario"] == "actual"


@pytest.mark.parametrize(
    ("sent", "code"), [("EURO", "currency"), ("€", "currency"), ("XXX", "currency"), ("", "currency_empty")]
)
def test_a_currency_is_an_iso_code(stage, sent, code):
    found, _ = stage(f"{HEADER}2025-01,Search,5.00,{sent}\n")
    assert kinds(found) == [code]
    assert found.issues[0].column == "currency"


def test_a_stated_currency_fills_empty_cells_and_contradicts_others(stage):
    stated = (("currency", "EUR"),)
    found, lines = stage(f"{HEADER}2025-01,Search,5.00,\n", stated=stated)
    assert kinds(found) == []
    assert lines[0]["currency"] == "EUR"
    found, _ = stage(f"{HEADER}2025-01,Search,5.00,USD\n", stated=stated)
    assert kinds(found) == ["differs_from_stated"]


def test_d15_a_person_key_that_looks_like_a_name_is_refused_and_not_repeated(stage):
    for name in ("Alice Smith", "Smith, Alice", "alice@example.org", "alice"):
        text = f'month,person_key,amount,currency\n2025-01,"{name}",5.00,EUR\n'
        found, _ = stage(text)
        assert kinds(found) == ["person_name"]
        assert "lice" not in found.issues[0].message
        assert found.issues[0].sent is None


def test_d15_only_the_hidden_person_key_is_stored(stage):
    found, lines = stage("month,person_key,amount,currency\n2025-01,P1042,5.00,EUR\n")
    assert kinds(found) == []
    assert lines[0]["person_key"] == "hidden-5"


def test_a_service_period_may_be_longer_than_its_month(stage):
    header = "month,team,amount,currency,period_start,period_end\n"
    found, lines = stage(f"{header}2025-01,Search,5.00,EUR,2025-01,2025-12\n2025-01,Search,6.00,EUR,,\n")
    assert kinds(found) == []
    assert [(line["period_first"], line["period_last"]) for line in lines] == [
        (202501, 202512),
        (202501, 202501),
    ]
    found, _ = stage(f"{header}2025-01,Search,5.00,EUR,2025-12,2025-01\n2025-01,Search,6.00,EUR,x,\n")
    assert sorted(kinds(found)) == ["period", "period_order"]


def test_identical_lines_are_kept_and_named(stage):
    found, lines = stage(f"{HEADER}2025-01,Search,5.00,EUR\n2025-01,NA,5.00,EUR\n2025-01,Search,5.00,EUR\n")
    assert kinds(found) == ["duplicate_lines"]
    assert found.issues[0].lines == (2, 4)
    assert len(lines) == 3


def test_lines_that_differ_in_a_column_we_do_not_read_are_not_identical(stage):
    found, _ = stage(
        "month,team,amount,currency,note\n2025-01,Search,5.00,EUR,a\n2025-01,Search,5.00,EUR,b\n"
    )
    assert kinds(found) == []


def test_a_very_large_amount_and_mostly_negative_amounts_are_said(stage):
    found, _ = stage(f"{HEADER}2025-01,Search,1000000000.00,EUR\n")
    assert kinds(found) == ["large_amount"]
    found, _ = stage(f"{HEADER}2025-01,Search,999999999.99,EUR\n")
    assert kinds(found) == []
    found, _ = stage(f"{HEADER}2025-01,Search,-5.00,EUR\n2025-01,NA,-6.00,EUR\n2025-01,NA,1.00,EUR\n")
    assert kinds(found) == ["sign"]


def test_all_amounts_together_stay_within_reason(stage):
    rows = "".join(f"2025-01,Search,9999999999999{n}.00,EUR\n" for n in range(10))
    found, _ = stage(HEADER + rows + "2025-01,Search,1000000000000.00,EUR\n")
    assert "amount_too_large" in kinds(found)


def test_long_names_and_descriptions_are_refused(stage):
    header = "month,team,amount,currency,supplier,description\n"
    found, _ = stage(f"{header}2025-01,Search,5.00,EUR,{'s' * 201},{'d' * 10_001}\n")
    assert kinds(found) == ["too_long", "too_long"]
    assert {issue.column for issue in found.issues} == {"supplier", "description"}
    found, _ = stage(f"{header}2025-01,Search,5.00,EUR,{'s' * 200},{'d' * 10_000}\n")
    assert kinds(found) == []


def test_free_text_is_stored_exactly(stage):
    text = 'month,team,amount,currency,description\n2025-01,Search,5.00,EUR," =1+2 ""x""\nNA "\n'
    assert stage(text)[1][0]["description"] == ' =1+2 "x"\nNA '


@given(
    text=st.text(st.sampled_from([*"ab ,;\"\n\r|\t'=", "é", "\N{EURO SIGN}"]), min_size=1, max_size=8),
    ending=st.sampled_from(["\n", "\r\n"]),
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_a_cell_is_stored_exactly(stage, text, ending):
    quoted = text.replace('"', '""')
    header, first = "month,team,amount,currency,description", f'2025-01,Search,5.00,EUR,"{quoted}"'
    found, lines = stage(ending.join((header, first, "2025-01,NA,6.00,EUR,x", "")))
    assert not [issue for issue in found.issues if issue.is_blocker], found.issues
    assert [line["description"] for line in lines] == [text, "x"]
    assert lines[1]["source_row"] > lines[0]["source_row"] == 2


def test_a_code_with_leading_zeros_keeps_them(stage):
    _, lines = stage("month,cost centre,amount,currency\n2025-01, 00123 ,5.00,EUR\n")
    assert lines[0]["cost_centre"] == "00123"


def test_text_in_a_column_without_a_header_is_said(stage):
    found, _ = stage(HEADER.strip() + ",,\n2025-01,Search,5.00,EUR,,again\n")
    assert kinds(found) == ["unnamed_column"]
    assert not found.issues[0].is_blocker


def test_every_problem_of_a_file_is_named_at_once(stage):
    found, _ = stage(
        f"{HEADER}2025-14,Search,5.00,EUR\n2025-01,Ghosts,5.00,EUR\n2025-01,Search,x,EUR\n2025-01,NA,5,XYZ\n"
    )
    assert sorted(kinds(found)) == ["amount_unreadable", "currency", "month", "unknown_team"]
    assert [issue.line for issue in found.issues] == [2, 3, 4, 5]


def test_many_kinds_are_counted_beyond_fifty(stage):
    rows = "".join(f"2025-01,Ghost {number},5.00,EUR\n" for number in range(80))
    found, _ = stage(HEADER + rows)
    assert len(found.issues) == 50
    assert found.issues[-1].code == "more"
    assert found.issues[-1].count == 31
    assert found.issues[-1].is_blocker


def test_the_same_content_in_other_bytes_and_order_has_the_same_hash(stage):
    first, _ = stage(f"{HEADER}2025-01,Search,5.00,EUR\n2025-02,NA,6.50,EUR\n")
    other, _ = stage("currency;amount;team;month\nEUR;6,5;na;28.02.2025\nEUR;5,00;SEARCH;2025/01\n")
    assert first.content_sha256 == other.content_sha256
    third, _ = stage(f"{HEADER}2025-01,Search,5.00,EUR\n2025-02,NA,6.51,EUR\n")
    assert third.content_sha256 != first.content_sha256
