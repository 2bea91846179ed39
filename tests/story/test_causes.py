"""The words about a cause match the evidence, on both sides of each boundary (law T12)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from roi.domain.structure import Grade
from roi.domain.value import Landed
from roi.story import causes

CAME = causes.Came("Guided lesson", "lessons finished", ("62%", "83%"), Grade.B, Decimal(21), unit="points")


def estimated(low, likely, high, grade=Grade.B):
    return causes.told(replace(CAME, grade=grade, estimate=(Decimal(low), Decimal(likely), Decimal(high))))


@pytest.mark.parametrize(
    ("grade", "said"),
    [
        (Grade.A, "caused"),
        (Grade.B, "contributed to"),
        (Grade.C, "contributed to"),
        (Grade.D, "moved together with"),
        (Grade.E, "expects"),
    ],
)
def test_t12_each_grade_has_its_verb_and_no_other(grade, said):
    assert causes.verb(grade) == said
    sentence = causes.told(replace(CAME, grade=grade))
    assert said in sentence
    assert [one for one in {causes.verb(other) for other in Grade} - {said} if one in sentence] == []
    assert sentence.endswith(f"(grade {grade.value})")
    assert "from 62% to 83%" in sentence


def test_t12_the_sentences_name_who_did_what_or_what_moved():
    told = {grade: causes.told(replace(CAME, grade=grade)) for grade in Grade}
    went = "lessons finished, which went from 62% to 83%"
    assert told[Grade.A] == f"Guided lesson caused a change in {went} (grade A)"
    assert told[Grade.B] == f"Guided lesson contributed to the change in {went} (grade B)"
    assert told[Grade.C] == f"Guided lesson contributed to the change in {went} (grade C)"
    assert told[Grade.D] == "Lessons finished moved together with Guided lesson: from 62% to 83% (grade D)"
    assert told[Grade.E].endswith(
        "its owner expects that Guided lesson did it, and nothing is claimed (grade E)"
    )


@pytest.mark.parametrize("grade", list(Grade))
def test_t12_what_did_not_move_or_moved_the_wrong_way_claims_nothing(grade):
    assert causes.told(replace(CAME, grade=grade, moved=Decimal(0))) == ""
    assert causes.told(replace(CAME, grade=grade, moved=Decimal(-1))) == ""
    assert causes.told(replace(CAME, grade=grade, moved=Decimal("0.01"))) != ""


def test_t12_who_closed_it_without_an_effect_is_not_contradicted():
    assert causes.told(replace(CAME, closed_as=Landed.NOT)) == ""
    assert causes.told(replace(CAME, closed_as=Landed.CANNOT_TELL)) == ""
    assert causes.told(replace(CAME, closed_as=Landed.PARTLY)) == causes.told(CAME)
    assert causes.told(replace(CAME, closed_as=Landed.MET)) == causes.told(CAME)


def test_d31_an_estimate_above_nought_tells_the_works_own_part_with_its_range():
    assert estimated(8, 12, 16) == (
        "Guided lesson contributed to the change in lessons finished, which went from 62% to 83%; "
        "its own part is estimated at 12 points (8–16) (grade B)"
    )
    assert "caused a change" in estimated("0.5", 12, 16, Grade.A)


def test_one_point_is_one():
    assert "its own part is estimated at 1 point (0.5–2)" in estimated("0.5", 1, 2)
    assert "its own part is estimated at 1.5 points (0.5–2)" in estimated("0.5", "1.5", 2)


@pytest.mark.parametrize("grade", [Grade.A, Grade.B, Grade.C])
def test_d31_an_estimate_that_reaches_nought_leaves_the_cause_open(grade):
    for low in (0, -2):
        sentence = estimated(low, 5, 9, grade)
        assert sentence.startswith("Whether Guided lesson ")
        assert "is too close to call" in sentence
    assert "(−2 to 9)" in estimated(-2, 5, 9, grade)


@pytest.mark.parametrize("grade", [Grade.A, Grade.B, Grade.C])
def test_d31_an_estimate_of_nothing_says_that_the_effect_did_not_show(grade):
    for likely in (0, -1):
        sentence = estimated(-2, likely, 4, grade)
        assert "the expected effect did not show" in sentence
        assert causes.verb(grade) not in sentence


def test_d31_before_and_after_is_the_difference_to_the_baseline_whatever_was_estimated():
    assert estimated(-2, 0, 4, Grade.D) == causes.told(replace(CAME, grade=Grade.D))
