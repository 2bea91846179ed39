"""Teams, closed vocabularies, currencies and person keys: known, answered, or refused with their line."""

import pytest

from tests.store.staging.staged import HEADER, kinds


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


def test_d18_a_word_that_is_only_a_little_alike_is_not_offered_as_another_spelling(stage):
    found, _ = stage(f"{HEADER}2025-01,Sea,5.00,EUR\n")
    assert [(issue.code, issue.expected) for issue in found.issues] == [
        ("unknown_team", "a team that exists")
    ]


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
