"""Total lines are left out and named; what merely looks like one is not."""

import pytest

from tests.store.staging.staged import HEADER, kinds


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
        "suma|Totales general:|TOTALES GENERAL|  total  |\u00a0Total\u00a0|"
        + " " * 30
        + "Total|"
        + "\u00a0" * 14
        + "Total|Total"
        + "\u2003" * 14
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
