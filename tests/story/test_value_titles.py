"""What stands beside the headline, on both sides of each boundary: results, decisions, unverified, notes."""

from dataclasses import replace

import pytest

from roi.charts.bridge import bridge
from roi.charts.spec import Role
from roi.cli import figures, trace
from roi.domain.figures import Figure, unknown
from roi.reports.shapes.delay import NextUse
from roi.reports.shapes.value import ClassRow, CohortRow, Decision, UnverifiedRow, ValueChecks
from roi.story import titles, told, trace_titles, value_titles, words
from roi.ui.views import team_table
from tests.story import reports as made
from tests.story.test_trace_titles import FOUND

NONE = unknown("overlap_removed", "nothing")
FREED = "freed: capacity, and never money; the money appears in the epics that it is spent on."
SO_FAR = "$0.40 per $1 so far (likely $0.31–$0.49)"


def figure(figure_id, value, low=None, high=None, **inputs):
    return Figure(figure_id, value, "", low, high, made.CODE, tuple(inputs.items()))


def checks(**changes):
    found = ValueChecks(
        share_of_results=figure("share_of_results", 380_000),
        overlap_removed=NONE,
        already_in_lower_cost=NONE,
        old_harvest=NONE,
        started_in_period=unknown("started_return", "no work"),
        unread_started=0,
        confirmer_is_owner=0,
        planned_value=NONE,
        planned_actual=NONE,
        planned_late=NONE,
        true_up=NONE,
        capacity_milliweeks=0,
    )
    return replace(found, **changes)


def report(**changes):
    return made.returning(898_000, 780_000, 1_010_000, **changes)


def results(share):
    return report(checks=checks(share_of_results=figure("share_of_results", share)))


@pytest.mark.parametrize(("share", "is_more"), [(1_000_000, False), (1_000_001, True)])
def test_claims_above_the_company_s_own_results_block_the_headline(share, is_more):
    found = results(share)
    assert value_titles.exceeds_results(found) is is_more
    assert (titles.portfolio(found).rule_id == "portfolio-exceeds-results") is is_more
    assert ("Nothing may be published" in made.lede(found)) is is_more
    assert ("Nothing may be published" in made.lines(found)["Do our results show it?"]) is is_more


@pytest.mark.parametrize(("share", "draws"), [(500_000, False), (500_001, True), (1_000_000, True)])
def test_claims_above_half_of_the_results_draw_attention(share, draws):
    line = made.lines(results(share))["Do our results show it?"]
    assert line.endswith("worth a second look.") is draws


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (0, ""),
        (1, " One confirmed claim has no finance line with its months, so no line caps it."),
        (2, " Two confirmed claims have no finance line with its months, so no line caps them."),
    ],
)
def test_v8_confirmed_claims_that_no_line_caps_are_told_whatever_is_known_of_the_results(count, told):
    nothing = unknown("share_of_results", "needs result lines")
    found = report(checks=checks(share_of_results=nothing, uncapped=count))
    assert made.lines(found)["Do our results show it?"] == f"Not checked: needs result lines.{told}"


@pytest.mark.parametrize(("claimed", "is_more"), [(0, False), (1, True)])
def test_any_claim_is_more_than_results_that_did_not_move(claimed, is_more):
    nothing = unknown("share_of_results", "did not move", inputs=(("confirmed", claimed), ("results", 0)))
    assert value_titles.exceeds_results(report(checks=checks(share_of_results=nothing))) is is_more


def test_without_result_lines_the_second_line_says_what_is_needed():
    found = report(checks=checks(share_of_results=unknown("share_of_results", "needs result lines")))
    assert made.lines(found)["Do our results show it?"] == "Not checked: needs result lines."


def decision(worth):
    return Decision(
        "pause or reshape",
        "e",
        "Authoring rewrite",
        "Courseware",
        "M. Okafor",
        figure("pause_worth", worth, worth // 2, worth * 2),
        "what is left will not pay back",
        850_000,
        8_600_000,
        2_400_000,
    )


@pytest.mark.parametrize(
    ("decisions", "looked", "rule"),
    [
        ((decision(6_200_000), decision(100)), 2, "decisions-several"),
        ((decision(6_200_000),), 2, "decisions-one"),
        ((), 1, "decisions-none"),
        ((), 0, "decisions-neutral"),
    ],
)
def test_v21_the_title_of_decisions(decisions, looked, rule):
    found = report(decisions=decisions, running_looked_at=looked)
    assert value_titles.decisions(found).rule_id == rule
    assert value_titles.decisions_note(found)


def test_v21_a_decision_says_its_odds_what_it_saves_and_what_it_gives_up():
    assert made.why(decision(6_200_000)) == (
        "17 in 20 that what is left will not pay back. Saves $86.0k, gives up $24.0k. Owner: M. Okafor."
    )
    could = NextUse("next", "Course search", figure("cost_of_delay", 900_000, 400_000, 1_200_000))
    assert made.why(replace(decision(6_200_000), next_use=could)) == (
        "17 in 20 that what is left will not pay back. Saves $86.0k, gives up $24.0k. Its capacity could go "
        "to Course search, where delay costs $9.00k a month: not in this sum. Owner: M. Okafor."
    )
    remembered = value_titles.decision(replace(decision(6_200_000), next_use=could))
    assert ("$9.00k", "cost_of_delay epic=next") in told.pieces(remembered), "T8: it leads to its own trace"
    several = report(decisions=(decision(6_200_000), decision(100)), running_looked_at=2)
    assert value_titles.decisions(several).text == "Two open decisions, the largest $62.0k a month"


def row(days_late):
    cost, expected = made.money("explained_cost", 94_000_000), made.money("said_value", None)
    return UnverifiedRow("o", "outages", "e", "Platform", "J. Lindqvist", days_late, 120, cost, expected)


@pytest.mark.parametrize(
    ("rows", "overdue", "cost", "rule"),
    [
        ((row(15),), 1, 94_000_000, "unverified-overdue"),
        ((row(0),), 0, 94_000_000, "unverified-unconfirmed"),
        ((row(0),), 0, None, "unverified-some"),
        ((), 0, None, "unverified-neutral"),
    ],
)
def test_the_title_of_unverified_value(rows, overdue, cost, rule):
    found = report(
        unverified=rows, outcomes_overdue=overdue, unverified_cost=made.money("unverified_cost", cost)
    )
    assert value_titles.unverified(found).rule_id == rule


def test_v22_the_notes_tell_new_work_from_old_and_what_was_removed():
    started = figure("started_return", 400_000, 310_000, 490_000)
    found = report(
        checks=checks(
            started_in_period=started,
            unread_started=7,
            overlap_removed=figure("overlap_removed", 51_600_000),
            planned_value=figure("planned_value", 800_000_000),
            planned_late=figure("planned_late", 45_000_000),
            confirmer_is_owner=1,
            capacity_milliweeks=2_500,
        )
    )
    assert made.notes(found) == (
        f"Work started in Jan–Sep 2026 stands at {SO_FAR}, seven outcomes unread.",
        "Of the value plan of $8.00M, frozen when work began, nothing is confirmed.",
        "$450k was promised of work that should be delivered by now and is not.",
        "$516k was claimed twice, or beyond what its line moved, and is removed.",
        f"2.5 team-weeks a quarter are {FREED}",
        "One outcome confirmed by the owner alone: not counted.",
    )
    one = report(checks=checks(capacity_milliweeks=1_000))
    assert f"1 team-week a quarter is {FREED}" in made.notes(one)
    assert made.notes(report()) == ()


def test_the_lede_says_what_overdue_readings_carry():
    found = report(outcomes_overdue=3, overdue_cost=made.money("overdue_cost", 94_000_000))
    assert "Three readings are overdue; they carry **$940k** of cost." in made.lede(found)
    assert "Three readings are overdue." in made.lede(report(outcomes_overdue=3))


def test_v6_the_bridge_goes_by_class_to_net_and_hatches_what_is_expected():
    cash = (("revenue", 342_000_000), ("retention", 286_000_000), ("cost_reduction", 73_000_000))
    found = report(
        confirmed=made.money("confirmed_cash", 701_000_000),
        classes=tuple(
            ClassRow(name, is_cash=True, confirmed=made.money("class_value", amount), expected=NONE)
            for name, amount in cash
        ),
        still_expected=figure("still_expected", 310_000_000, 220_000_000, 410_000_000),
        net_if_lands=figure("net_if_lands", 230_000_000, 60_000_000, 390_000_000),
    )
    spec = bridge(found)
    assert [(bar.label, bar.printed, bar.under) for bar in spec.bars[:7]] == [
        ("Cost of teams", "−$7.81M", ""),
        ("Margin from growth", "+$3.42M", ""),
        ("Retained margin", "+$2.86M", ""),
        ("Cost reduction outside engineering", "+$0.73M", ""),
        ("Net cash so far", "−$0.80M", ""),
        ("Still expected, cash", "+$3.10M", "(2.20–4.10)"),
        ("Net if it lands", "$2.30M", "(0.60–3.90)"),
    ]
    assert [bar.role for bar in spec.bars[5:7]] == [Role.EXPECTED, Role.IF_LANDS]
    assert (spec.bars[5].start, spec.bars[5].end) == (-80_000_000, 230_000_000)
    assert "still expected" in spec.alt


def test_v6_classes_that_are_not_all_of_confirmed_cash_are_not_told_apart():
    part = ClassRow("revenue", is_cash=True, confirmed=made.money("class_value", 1), expected=NONE)
    found = report(confirmed=made.money("confirmed_cash", 2), classes=(part,))
    assert [bar.label for bar in bridge(found).bars][1] == "Confirmed cash value"


# Cohorts


@pytest.mark.parametrize(
    ("early", "late", "first", "told"),
    [
        (99, 1, 202601, "Work started before January 2026 brought 99% of the confirmed cash"),
        (100, None, 202601, "All confirmed cash is from work started before January 2026"),
        (None, 100, 202601, "All confirmed cash is from work started since January 2026"),
        (99, 1, 202602, "Work started before January 2026 brought 99% of the confirmed cash"),
        (None, 100, 202603, "All confirmed cash is from work started since January 2026"),
        (None, None, 202601, "Which work the period pays for and harvests"),
        (101, -1, 202601, "Which work the period pays for and harvests"),
        (99, 1, None, "Which work the period pays for and harvests"),
    ],
)
def test_v22_whose_harvest_the_period_is(early, late, first, told):
    values = [(202510, early), (202601, late), (None, None)]
    cost = figure("cohort_cost", 5)
    rows = [
        CohortRow("a", month, cost, NONE if one is None else figure("cohort_value", one), 0, 0)
        for month, one in values
    ]
    assert value_titles.cohorts(rows, first).text == told


@pytest.mark.parametrize(("share", "is_more"), [(1_000_000, False), (1_000_001, True)])
def test_d30_no_title_states_as_settled_what_may_not_be_published(share, is_more):
    """One page says one thing: the return stands, and nothing beside it says that it is settled."""
    found = results(share)
    assert ("$0.90 per $1 is not settled" in titles.portfolio(found).text) is is_more
    assert (titles.bridge(found).rule_id == "bridge-exceeds-results") is is_more
    assert (titles.team_table(found).rule_id == "teams-exceed-results") is is_more
    assert (": $0.90, not settled." in made.lines(found)["Is it cash?"]) is is_more
    assert team_table.of(found).is_unsettled is is_more
    assert any(value_titles.EXCEEDS in line for line in figures._portfolio_lines(found)) is is_more
    assert (figures._portfolio_data(found)["warning"] == value_titles.EXCEEDS) is is_more
    printed = [line for line in figures._portfolio_lines(found) if line.startswith("Return per $1")]
    assert [line.endswith("not settled") for line in printed] == [is_more], "whoever copies one line too"
    assert figures._portfolio_data(found)["figures"]["return_per_unit"]["is_settled"] is not is_more


@pytest.mark.parametrize(("share", "is_more"), [(1_000_000, False), (1_000_001, True)])
def test_d30_the_trace_of_a_return_says_so_too(share, is_more):
    """On the page and by command: whoever follows the number to its rows meets the same mark."""
    its = figure("return_per_unit", 900_000)
    found = replace(FOUND, figure=its, share_of_results=figure("share_of_results", share))
    assert ("which is not settled" in trace_titles.trace(found).text) is is_more
    first, *_ = said = trace._trace_lines(found, 1)
    assert (first == f"! {value_titles.EXCEEDS}") is is_more
    assert any(line.endswith("$0.90, not settled") for line in said) is is_more
    data = trace._trace_data(found, 1)
    assert (data["is_settled"], data["warning"] == value_titles.EXCEEDS) == (not is_more, is_more)
    assert "is_settled" not in trace._trace_data(FOUND, 1), "a cost is settled by the books"


def test_the_title_of_unverified_value_tells_what_is_overdue_apart():
    """What is overdue is a part of what nobody verified: one amount said of both was untrue (T12)."""
    found = report(
        unverified=(row(15), row(0)),
        outcomes_overdue=1,
        unverified_cost=made.money("unverified_cost", 124_000_000),
        overdue_cost=made.money("overdue_cost", 86_700_000),
    )
    text = "Two outcomes nobody verified, $1.24M of cost; one reading is overdue, $867k of it"
    assert words.sentence(value_titles.unverified(found).text) == text
