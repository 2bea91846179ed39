"""Names as persons are told apart, where nothing but a name is known of them (V10, D25)."""

import pytest

from roi.domain.identity import is_one, person


@pytest.mark.parametrize(
    "other",
    [
        "Olga",
        "OLGA",
        "olga ",
        " Olga\t",
        "Ｏｌｇａ",  # noqa: RUF001 - on purpose
        "Olgа",  # noqa: RUF001 - looks alike on purpose
        "Οlga",  # noqa: RUF001 - looks alike on purpose
        "Оӏgа",  # noqa: RUF001 - looks alike on purpose
        "Ólga",
        "O. Olga",
        "Olga O.",
        "Olga.",
        "Ol\u200bga",
    ],
)
def test_d25_a_name_that_only_looks_other_is_the_same_person(other):
    assert is_one("Olga", other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Theo Lang", "Lang, Theo"),
        ("Theo Lang", "T. Theo Lang"),
        ("Anne-Marie Roy", "Anne Marie Roy"),
        ("Anne-Marie Roy", "Annemarie Roy"),
        ("Siobhan O'Brien", "Siobhan O’Brien"),
        ("José Núñez", "Jose Nunez"),
        ("Νina", "Nina"),  # noqa: RUF001 - on purpose
        ("Νίκος", "ΝΊΚΟΣ"),
        ("Ольга", "ОЛЬГА"),
        ("Straße", "STRASSE"),
        ("Łukasz Żak", "Lukasz Zak"),
        ("Søren", "Soren"),
        ("Đorđe", "Dorde"),
        ("Ħal ŧ", "Hal t"),
        ("Lætitia Cœur", "Laetitia Coeur"),
        ("Ilkay Isik", "Ilkay Işık"),  # noqa: RUF001 - on purpose
        ("Siobhan O'Brien", "Siobhan OBrien"),
        ("Anne‐Marie Roy", "Annemarie Roy"),  # noqa: RUF001 - on purpose
    ],
)
def test_d25_writings_of_one_name(one, other):
    assert is_one(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Olga", "Oleg"),
        ("O. Lang", "T. Lang"),
        ("Theo Lang", "Thea Lang"),
        ("Fin 1", "Fin 2"),
        ("Ng Li", "Ling"),
        ("Ali Ng", "Aling"),
        ("Jo Ann Li", "Joann Li"),
        ("Ольга", "Олег"),
        ("李雷", "李梅"),
        ("राम", "रमा"),
        ("?", "!"),
    ],
)
def test_two_persons_stay_two(one, other):
    assert not is_one(one, other)


def test_a_name_of_nothing_but_signs_is_itself():
    assert person(" ☺  ☺ ") == "☺ ☺"


def test_a_name_with_a_hyphen_counts_as_one_person_with_the_same_in_two_words():
    assert person("Anne-Marie Roy") == person("Anne Marie Roy")
    assert person("Siobhan O'Brien") == person("Siobhan OBrien")
