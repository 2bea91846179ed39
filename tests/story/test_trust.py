"""The five lines under the headline are computed, and say so when nothing is known."""

from datetime import date

import pytest

from roi.reports.shapes import Books, Since, Trust
from roi.story.trust import since
from tests.story import reports as made


def test_without_value_nothing_is_claimed():
    lines = made.lines(made.portfolio())
    assert lines["Is it cash?"] == "No cash value is confirmed for Jan–Sep 2026, so none is claimed."
    assert lines["On whose word?"] == "Nobody in finance has confirmed a value for Jan–Sep 2026."
    assert lines["Winners only?"].startswith("No epic carries a cost by the end of September 2026")
    whenever = made.lines(made.portfolio(span=None))
    assert whenever["Is it cash?"] == "No cash value is confirmed yet, so none is claimed."


def test_v2_of_teams_that_serve_nothing_is_claimed_and_nothing_is_missing():
    lines = made.lines(made.serving())
    assert lines["Is it cash?"] == "Value is booked by the teams that are served, so none is claimed here."
    assert "compared where they are booked" in lines["Do our results show it?"]
    assert "weighed with the work of the teams that it serves" in lines["Winners only?"]


def test_with_value_each_line_has_its_numbers():
    report = made.returning(
        898_000, 780_000, 1_010_000, protected=made.money("protected_value", 343_000_000),
        trust=Trust(740_000, 2, 202609, 680_000, 1),
    )  # fmt: skip
    lines = made.lines(report)
    assert lines["Is it cash?"] == (
        "$7.01M confirmed cash margin on $7.81M: $0.90. Also protected, not cash: $3.43M."
    )
    assert lines["Winners only?"].startswith("Read outcomes carry 68% of epic cost.")
    assert lines["On whose word?"] == (
        "Grades A–C 74%, D 26%. Confirmed by two people in finance, none an owner, up to September 2026. "
        "One claim without confirmation: not counted."
    )


@pytest.mark.parametrize(
    ("people", "gone", "told"),
    [
        (2, 1, "none an owner, up to September 2026; one of them is no member of the company now."),
        (3, 2, "none an owner, up to September 2026; two of them are no members of the company now."),
        (2, 2, "none an owner, up to September 2026; none of them is a member of the company now."),
        (
            1,
            1,
            "by one person in finance, none an owner, up to September 2026; that person is no member of the",
        ),
    ],
)
def test_v20_the_line_tells_who_confirmed_and_is_no_member_now(people, gone, told):
    trust = Trust(740_000, people, 202609, 680_000, 0, gone)
    assert told in made.lines(made.returning(898_000, 780_000, 1_010_000, trust=trust))["On whose word?"]


def test_t1_the_printed_cost_adds_up_to_the_printed_ledger():
    lines = made.lines(made.portfolio(books=Books.DIFFER))
    assert lines["Is it all the cost?"] == (
        "Ledger $8.30M = cost of teams $7.81M + excluded $0.46M + on no team yet $0.03M. "
        "The ledger does not agree with the control total that finance stated."
    )
    others = made.portfolio(
        cost=made.money("team_cost", 700_000_000), other_teams=made.money("team_cost", 81_000_000)
    )
    assert "other value streams $0.81M" in made.lines(others)["Is it all the cost?"]


# What changed since the last review


CLOSED = "Since the months to December 2025 were closed on 20 Jan 2026"


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (
            Since(date(2026, 1, 20), 202512, (("import costs", 1), ("record a reading", 4)), 0),
            f"{CLOSED}: four readings and one cost import, no restatement.",
        ),
        (
            Since(date(2026, 1, 20), 202512, (("save teams", 2),), 1),
            f"{CLOSED}: two other changes, one restatement.",
        ),
        (
            Since(date(2026, 10, 26), None, (("confirm value", 1),), 0),
            "In the 30 days since 26 Oct 2026: one confirmation, no restatement.",
        ),
        (
            Since(date(2026, 1, 20), 202512, (), 0),
            f"{CLOSED}: nothing has changed.",
        ),
        (None, ""),
    ],
)
def test_what_changed_is_counted_since_months_were_closed_or_in_thirty_days(found, told):
    assert since(made.portfolio(since=found)) == told
