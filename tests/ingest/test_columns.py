"""Their headers and our fields: sure, a guess, or to be chosen."""

import pytest

from roi.ingest import columns
from roi.ingest.contracts import BY_NAME, COST_FIELDS, normal


def guesses(*headers):
    return {guess.field.name: (guess.cell, guess.confidence) for guess in columns.guess(headers)}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("month", "month"),
        (" Posting  Date ", "month"),
        ("Buchungsmonat", "month"),
        ("FECHA", "month"),
        ("Amount £", "amount"),
        ("Amount (EUR)", "amount"),
        ("Betrag", "amount"),
        ("montant ht", "amount"),
        ("Importe", "amount"),
        ("Währung", "currency"),
        ("Wa\u0308hrung", "currency"),
        ("cost_centre", "cost_centre"),
        ("Cost Center", "cost_centre"),
        ("Expense Area", "cost_centre"),
        ("Kostenstelle", "cost_centre"),
        ("Centre de coût", "cost_centre"),
        ("Équipe", "team"),
        ("Expense type", "category"),
        ("Transaction no", "reference"),
        ("Proveedor", "supplier"),
    ],
)
def test_a_known_header_is_sure_however_it_is_written(header, field):
    assert guesses("x", header)[field] == (1, "sure")


def test_a_word_of_the_field_is_a_guess_only():
    found = guesses("Amount Including VAT", "Payment cost centre")
    assert found["amount"] == (0, "guess")
    assert found["cost_centre"] == (1, "guess")


def test_two_that_fit_alike_are_to_be_chosen():
    assert guesses("Posting date", "Payment date")["month"] == (None, "choose")


def test_net_beside_gross_is_a_guess_only():
    assert guesses("Net amount", "Gross amount")["amount"] == (0, "guess")
    assert guesses("Amount", "VAT amount")["amount"] == (0, "sure")
    assert guesses("Posting date", "Invoice date")["month"] == (0, "guess")


def test_the_fields_own_name_wins_over_a_synonym():
    assert guesses("Date", "Month")["month"] == (1, "sure")


def test_no_column_is_given_to_two_fields():
    cells = [cell for cell, _ in guesses("Date", "Amount", "Type", "Text").values() if cell is not None]
    assert len(cells) == len(set(cells))


def test_names_of_people_are_never_taken_for_keys():
    assert guesses("Employee name", "Name")["person_key"] == (None, "choose")


def test_repeated_headers_are_found_in_normal_form():
    assert columns.repeated(["Team", "Amount", " team "]) == {"team": (0, 2)}


def test_the_contract_names_each_synonym_once():
    """Two fields that claim one header would make it depend on their order."""
    seen: dict[str, str] = {}
    for field in COST_FIELDS:
        for synonym in field.synonyms:
            assert synonym == normal(synonym)
            assert seen.setdefault(synonym, field.name) == field.name


def test_required_fields_are_those_of_decision_d17():
    assert {name for name, field in BY_NAME.items() if field.is_required} == {"month", "amount", "currency"}
