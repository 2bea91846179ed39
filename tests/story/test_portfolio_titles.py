"""Each rule of the first page's titles, on both sides of its boundary (V19, V20)."""

from dataclasses import replace

import pytest

from roi.domain.figures import Figure
from roi.domain.structure import Verdict
from roi.reports.shapes import StreamRow, Trust
from roi.story import portfolio_titles as titles
from roi.story.rules import MOST_LETTERS, Rule, always, say
from tests.story import reports as made

PAST, CLOSE, NOT_YET, EARLY = (
    Verdict.PAST_BREAK_EVEN,
    Verdict.TOO_CLOSE,
    Verdict.NOT_THERE_YET,
    Verdict.TOO_EARLY,
)


def test_nothing_imported_asks_the_question():
    empty = made.portfolio(ledger=made.money("ledger_total", None), cost=made.money("team_cost", None))
    assert titles.portfolio(empty).text == "What did engineering return?"
    assert "20 minutes" in made.lede(empty)


def test_cost_on_no_team_is_said_before_anything_else():
    report = made.portfolio(cost=made.money("team_cost", 0))
    said = titles.portfolio(report)
    assert said.rule_id == "portfolio-nothing-placed"
    assert said.text == "$8.30M of cost is imported; none of it is placed on a team yet"


@pytest.mark.parametrize(
    ("others", "rule"),
    [(0, "portfolio-nothing-placed"), (None, "portfolio-nothing-placed"), (1, "portfolio-no-cost-here")],
)
def test_t12_a_part_without_cost_is_not_said_to_be_all_of_the_cost(others, rule):
    one = {"streams": (StreamRow("s", "Success", made.row("Success", 0), ()),)}
    nothing = made.money("team_cost", None)
    report = made.portfolio(cost=nothing, other_teams=made.money("team_cost", others), **one)
    assert titles.portfolio(report).rule_id == rule
    assert titles.portfolio(replace(report, wide=made.widened(made.portfolio(), 0).wide)).rule_id == rule


def test_t12_a_part_without_cost_is_named_where_its_name_fits():
    others = {"cost": made.money("team_cost", None), "other_teams": made.money("team_cost", 68_600_000)}
    one = (StreamRow("s", "Success", made.row("Success", 0), ()),)
    said = titles.portfolio(made.portfolio(streams=one, **others))
    assert said.text == "Success has no cost in Jan–Sep 2026; other teams cost $686k"
    long = (StreamRow("s", "S" * 60, made.row("Success", 0), ()),)
    said = titles.portfolio(made.portfolio(streams=long, **others))
    assert said.rule_id == "portfolio-no-cost-short"
    assert said.text == "These teams have no cost in Jan–Sep 2026; others cost $686k"


def test_v2_of_teams_that_serve_the_title_tells_their_own_cost_and_no_verdict():
    said = titles.portfolio(made.serving())
    assert said.text == "Enabling costs $2.05M; its value is booked by the teams it serves"
    assert titles.portfolio(made.serving(other_teams=None)).rule_id == "portfolio-nothing-placed"
    assert titles.portfolio(made.serving(cost=None, total=None)).rule_id == "portfolio-no-cost-here"
    long = titles.portfolio(made.serving(name="E" * 60))
    assert long.rule_id == "portfolio-serves-short"
    assert long.text == "These teams cost $2.05M; their value is booked by the teams they serve"
    why = Figure("return_per_unit", None, "its value is booked by the teams it serves")
    lede = made.lede(made.serving(returned=why))
    assert lede.startswith("Teams that serve others show cost only, and no verdict is given on them.")
    wide = made.lede(replace(made.serving(), wide=made.widened(made.portfolio(), 0).wide))
    assert "both are the same" not in wide


def test_costs_but_no_outcome():
    assert titles.portfolio(made.portfolio()).text == (
        "Three teams cost $7.81M; what the work returned needs one outcome"
    )


def test_one_team_costs_and_two_teams_cost():
    one = (StreamRow("s", "S", made.row("S", 1), (made.row("Ada", 1),)),)
    assert titles.portfolio(made.portfolio(streams=one)).text.startswith("One team costs $7.81M")


def test_a_team_without_cost_is_not_said_to_cost():
    idle = replace(made.row("Bob", 1), cost=made.money("full_cost", None))
    one = (StreamRow("s", "S", made.row("S", 1), (made.row("Ada", 1), idle)),)
    assert titles.portfolio(made.portfolio(streams=one)).text.startswith("One team costs $7.81M")


@pytest.mark.parametrize(
    ("total", "text"),
    [
        (1, "Three teams cost $7.81M; its one outcome is not read yet"),
        (4, "Three teams cost $7.81M; none of four outcomes is read yet"),
    ],
)
def test_outcomes_of_which_none_is_read(total, text):
    assert titles.portfolio(made.portfolio(outcomes_total=total)).text == text


@pytest.mark.parametrize(("read", "rule"), [(2, "portfolio-few-read"), (3, "portfolio-past-break-even")])
def test_below_thirty_percent_read_no_return_is_stated(read, rule):
    report = made.returning(1_340_000, 1_140_000, 1_550_000, verdict=PAST, outcomes_read=read)
    assert titles.portfolio(report).rule_id == rule


@pytest.mark.parametrize(
    ("verdict", "text"),
    [
        (PAST, "Every $1 spent on engineering has returned $0.90 so far"),
        (CLOSE, "Engineering has returned $0.90 per $1 so far; too close to call"),
        (NOT_YET, "Engineering has not paid back yet: it has returned $0.90 per $1"),
        (EARLY, "Finance has confirmed $0.90 of cash margin beside each $1 of engineering so far"),
    ],
)
def test_v19_the_verdict_decides_the_claim(verdict, text):
    assert titles.portfolio(made.returning(898_000, 1, 2, verdict=verdict)).text == text


@pytest.mark.parametrize(
    ("verdict", "text"),
    [
        (PAST, "Every $1 spent on payments has returned $0.90 so far"),
        (CLOSE, "Payments has returned $0.90 per $1 so far; too close to call"),
        (NOT_YET, "Payments has not paid back yet: it has returned $0.90 per $1"),
        (EARLY, "Finance has confirmed $0.90 of cash margin beside each $1 of payments so far"),
    ],
)
def test_t12_a_title_about_one_value_stream_names_it(verdict, text):
    streams = (StreamRow("pay", "payments", made.row("payments", 100), ()),)
    one = {"streams": streams, "other_teams": Figure("team_cost", 5)}
    report = made.returning(898_000, 1, 2, verdict=verdict, **one)
    assert titles.portfolio(report).text == text
    assert titles.chosen(report) == "payments"
    assert not titles.chosen(replace(report, other_teams=None))


@pytest.mark.parametrize(
    ("grade", "rule"), [(800_000, "portfolio-too-close"), (799_999, "portfolio-confirmed-beside")]
)
def test_v20_has_returned_needs_four_fifths_of_good_evidence(grade, rule):
    trust = Trust(grade, 2, 202609, 680_000, 0)
    said = titles.portfolio(made.returning(898_000, 780_000, 1_010_000, verdict=CLOSE, trust=trust))
    assert said.rule_id == rule
    assert ("has returned" in said.text) is (grade >= 800_000)


def test_v20_without_any_grade_the_weaker_verb_is_used():
    trust = Trust(None, 2, 202609, 680_000, 0)
    assert "confirmed" in titles.portfolio(made.returning(898_000, 1, 2, verdict=PAST, trust=trust)).text


@pytest.mark.parametrize(
    ("ratio", "rule"), [(4_999, "portfolio-confirmed-little"), (5_000, "portfolio-confirmed-beside")]
)
def test_a_ratio_that_rounds_to_none_is_told_as_two_amounts(ratio, rule):
    assert titles.portfolio(made.returning(ratio, 1, 2, verdict=EARLY)).rule_id == rule


def test_read_but_nothing_confirmed():
    report = made.portfolio(outcomes_total=2, outcomes_read=2)
    assert titles.portfolio(report).text == (
        "Three teams cost $7.81M; finance has confirmed no cash value for Jan–Sep 2026"
    )
    whenever = titles.portfolio(replace(report, span=None)).text
    assert whenever == "Three teams cost $7.81M; finance has confirmed no cash value yet"


def test_the_lede_prints_the_range_and_keeps_what_is_not_cash_apart():
    report = made.returning(
        898_000,
        780_000,
        1_010_000,
        verdict=CLOSE,
        protected=made.money("protected_value", 343_000_000),
        outcomes_overdue=3,
    )
    lede = made.lede(report)
    assert "Likely **$0.78–$1.01** (8 in 10), so break-even is too close to call." in lede
    assert "A further **$3.43M** is protected, not cash, and is not added." in lede
    assert "Three readings are overdue." in lede
    assert "**$30.0k** of the $8.30M ledger is on no team yet" in lede


def test_v19_a_range_of_several_outcomes_is_eight_in_ten_because_it_comes_from_their_draws():
    confirmed = Figure("confirmed_cash", 1, currency="USD", inputs=(("outcomes", 2),))
    report = made.returning(898_000, 780_000, 1_010_000, confirmed=confirmed, verdict=CLOSE)
    assert "(8 in 10)" in made.lede(report)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (953_000, "Confirmed cash value covers 95% of the cost of teams so far"),
        (999_999, "Confirmed cash value covers >99% of the cost of teams so far"),
        (1_000_000, "Confirmed cash value covers the cost of teams"),
    ],
)
def test_t12_covers_is_said_only_of_the_whole_cost_because_the_net_stands_below_it(value, text):
    assert titles.bridge(made.returning(value, 1, 2)).text == text


def test_the_bridge_without_value_says_what_is_placed():
    assert titles.bridge(made.portfolio()).text == ">99% of the cost is placed on teams"
    whole = made.portfolio(suspense=made.money("suspense", 0))
    assert titles.bridge(whole).text == "All of the cost is placed on teams"


def test_verdicts_are_counted_from_three_teams_on():
    three = made.with_verdicts(PAST, PAST, CLOSE)
    assert titles.team_table(three).text == "Two of three teams are past break-even, one too close"
    assert titles.team_table(made.with_verdicts(PAST, CLOSE)).rule_id != "teams-verdicts"
    six = made.with_verdicts(PAST, PAST, CLOSE, CLOSE, NOT_YET, EARLY)
    assert titles.team_table(six).text == (
        "Two of six teams are past break-even, two too close, one not there yet, one too early"
    )


def test_v2_enabling_teams_are_not_judged():
    teams = tuple(made.row(f"T{i}", 100, PAST, 2, "platform") for i in range(3))
    report = made.portfolio(streams=(StreamRow("s", "S", made.row("S", 100), teams),))
    assert "break-even" not in titles.team_table(report).text


def test_all_too_early_is_said_so():
    assert titles.team_table(made.with_verdicts(EARLY, EARLY)).text == (
        "It is too early to judge the two teams with outcomes"
    )


@pytest.mark.parametrize(("largest", "rule"), [(468_600_000, "teams-cost"), (468_600_782, "teams-most")])
def test_most_is_said_above_sixty_percent(largest, rule):
    teams = (made.row("Ada", largest), made.row("Bea", 1), made.row("Cy", 1))
    report = made.portfolio(streams=(StreamRow("s", "S", made.row("S", 1), teams),))
    assert titles.team_table(report).rule_id == rule


def test_a_title_that_is_too_long_gives_way_to_the_next_rule():
    rules = (
        Rule("long", always, lambda _: "x" * (MOST_LETTERS + 1)),
        Rule("short", always, lambda _: "fits"),
    )
    assert say(rules, None).rule_id == "short"
    short = Rule("short", always, lambda _: "fits")
    rules = (Rule("just", always, lambda _: "x" * MOST_LETTERS), short)
    assert say(rules, None).rule_id == "just"
    with pytest.raises(ValueError, match="last rule"):
        say((), None)


# With what is not cash (V6)


@pytest.mark.parametrize(
    ("grade", "rule"),
    [(800_000, "wide-returned"), (799_999, "wide-confirmed-beside"), (None, "wide-confirmed-beside")],
)
@pytest.mark.parametrize("verdict", [PAST, CLOSE, NOT_YET, EARLY])
def test_v6_v20_with_what_is_not_cash_the_title_says_so_and_gives_no_verdict(grade, rule, verdict):
    cash = made.returning(898_000, 780_000, 1_010_000, verdict=verdict)
    said = titles.portfolio(made.widened(cash, 343_000_000, grade))
    assert said.rule_id == rule
    assert "$1.34" in said.text
    assert "incl. not cash" in said.text
    lede = made.lede(made.widened(cash, 343_000_000, grade))
    assert "In cash alone it is **$0.90** (likely $0.78–$1.01)" in lede
    assert ("break-even" in lede) is (verdict is not EARLY)
    assert "**$3.43M** of it is not cash" in lede
    assert "is not added" not in lede


def test_v6_with_the_switch_on_every_other_title_keeps_its_reason():
    early = made.widened(made.returning(898_000, 1, 2, outcomes_read=2), 343_000_000)
    assert titles.portfolio(early).rule_id == "portfolio-few-read"
    nothing = made.widened(made.portfolio(outcomes_total=4, outcomes_read=4), 0)
    assert titles.portfolio(nothing).rule_id == "wide-none-confirmed"
    same = made.lede(made.widened(made.returning(898_000, 1, 2), 0))
    assert "Nothing that is not cash is confirmed, so both are the same." in same
    alone = made.widened(made.portfolio(outcomes_total=4, outcomes_read=4), 343_000_000)
    assert titles.portfolio(alone).rule_id == "wide-returned"
    assert "In cash alone there is no return yet: why." in made.lede(alone)


@pytest.mark.parametrize(
    ("protected", "rule"),
    [(0, "bridge-wide-share"), (79_662_000, "bridge-wide-covers"), (79_661_000, "bridge-wide-share")],
)
def test_v6_the_bridge_covers_the_cost_incl_not_cash(protected, rule):
    said = titles.bridge(made.widened(made.returning(898_000, 1, 2), protected))
    assert said.rule_id == rule
    assert said.text.startswith("Incl. not cash")


@pytest.mark.parametrize(("value", "rule"), [(3_904_999, "wide-little"), (3_905_000, "wide-returned")])
def test_a_return_below_half_a_cent_is_told_as_two_amounts(value, rule):
    none = made.portfolio(outcomes_total=4, outcomes_read=4)
    assert titles.portfolio(made.widened(none, value)).rule_id == rule
