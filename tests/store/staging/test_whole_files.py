"""What is said of a file as a whole: repeats, sizes, texts, every problem at once."""

from functools import partial

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roi.store import statements
from tests.store.staging.staged import HEADER, kinds


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
    texts=st.lists(
        st.text(st.sampled_from([*"ab ,;\"\n\r|\t'=", "é", "\N{EURO SIGN}"]), min_size=1, max_size=8),
        min_size=1,
        max_size=16,
    ),
    ending=st.sampled_from(["\n", "\r\n"]),
)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_a_cell_is_stored_exactly(stage, texts, ending):
    header = "month,team,amount,currency,description"
    quoted = [text.replace('"', '""') for text in texts]
    rows = [f'2025-01,Search,{place}.00,EUR,"{text}"' for place, text in enumerate(quoted, start=1)]
    found, lines = stage(ending.join((header, *rows, "2025-01,NA,99.00,EUR,x", "")))
    assert not [issue for issue in found.issues if issue.is_blocker], found.issues
    lines.sort(key=lambda line: line["source_row"])
    assert [line["description"] for line in lines] == [*texts, "x"]
    assert len({line["source_row"] for line in lines}) == len(lines)
    assert lines[0]["source_row"] == 2


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


def test_words_that_share_a_key_by_chance_are_told_apart(stage, monkeypatch):
    """The key is a hash; here it can only be 0 or 1, and every line still belongs where it says."""
    known = partial(statements.text, "staging")
    monkeypatch.setattr(statements, "staging", lambda name: known(name).replace(")) as key", ")) % 2 as key"))
    said = [("Search", "EUR"), ("NA", "USD"), ("Core Infra", "EUR"), ("Search", "USD"), ("NA", "EUR")] * 3
    text = HEADER + "".join(f"2025-01,{team},{line}.00,{code}\n" for line, (team, code) in enumerate(said, 2))
    found, lines = stage(text, aside=((4, "to be asked"), (9, "to be asked")))
    assert kinds(found) == []
    assert [line["amount_minor"] for line in lines] == [100 * number for number in range(2, 17)]
    assert [(line["team"].replace("-", " ").title(), line["currency"]) for line in lines] == [
        (team.title(), code) for team, code in said
    ]
    assert [line["source_row"] for line in lines if line["aside"]] == [4, 9]


def test_the_same_content_in_other_bytes_and_order_has_the_same_hash(stage):
    first, _ = stage(f"{HEADER}2025-01,Search,5.00,EUR\n2025-02,NA,6.50,EUR\n")
    other, _ = stage("currency;amount;team;month\nEUR;6,5;na;28.02.2025\nEUR;5,00;SEARCH;2025/01\n")
    assert first.content_sha256 == other.content_sha256
    third, _ = stage(f"{HEADER}2025-01,Search,5.00,EUR\n2025-02,NA,6.51,EUR\n")
    assert third.content_sha256 != first.content_sha256
