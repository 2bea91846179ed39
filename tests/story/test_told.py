"""Sentences whose numbers remember their figure: the same words, and the address that opens each number."""

from roi.domain.figures import Figure
from roi.story import told

CASH = Figure("confirmed_cash", 901_000_000, currency="USD")


def test_t8_a_number_in_a_sentence_remembers_of_which_figure_and_of_whom_it_is():
    said = f"{told.figure(CASH)} confirmed, {told.known('$1k', CASH, team='a b', part='')} of it here."
    assert told.plain(said) == "$9.01M confirmed, $1k of it here."
    assert told.pieces(said) == [
        ("$9.01M", "confirmed_cash"),
        (" confirmed, ", ""),
        ("$1k", "confirmed_cash team=a+b"),
        (" of it here.", ""),
    ]


def test_a_number_without_a_figure_is_a_word():
    assert told.pieces(told.known("$1k", None)) == [("$1k", "")]
    assert told.pieces("") == []
