"""Law T9, rules V2 and V16: whatever is edited after its closing, a closed month's value stays to the penny.

Alder's `learners` and `hours` (see `conftest`), with a platform that Search alone uses until February and
both teams use after it, and with euros. What a month counts is looked at by team, class, cash and month; what
happens to a closed one counts in the open month, so that all months together are those of an open company.
"""

import random
import shutil
from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from roi.actors import Actor, Role
from roi.commands import drivers, finance_lines, lists, loop, undo
from roi.commands.changing import recording
from roi.domain.periods import Span
from roi.domain.structure import ValueBasis
from roi.domain.value import DriverInput, LineMonth, ValueDriver
from roi.errors import ClosedMonthError, NotAllowedError
from roi.reports import checks, data, portfolio
from roi.reports.booked import work
from roi.reports.cost import tying
from roi.reports.ground import basis
from roi.reports.shapes import Scope
from roi.store import read
from roi.store.changes import End, Put
from roi.story import words
from tests.reports import value_rows
from tests.reports.conftest import OUTCOME, made_once, opened_copy

MONTHS = JANUARY, FEBRUARY, MARCH, APRIL, MAY = (201501, 201502, 201503, 201504, 201505)
TODAY = date(2015, 5, 20)
TICKS = tuple(("learners", tick) for tick in ("movement", "unit_value", "share"))
QUESTION = End("question", (("learners", date(2015, 4, 10)),))
READ = {"actual": "1100", "read_on": date(2015, 4, 30)}


def booked(built, actor, first=JANUARY, last=MAY):
    """Every month of confirmed value after it has passed on: month, team, class, whether it is cash."""
    with basis.opened(built.store, actor, Scope(span=Span(first, last))) as base:
        found = defaultdict(int)
        jobs = work.load(tying.load(base), TODAY)
        for team in base.teams:
            for one in jobs.booked_by({team.key}):
                for month, amount in one.months:
                    found[month, team.key, one.value_class.value, one.is_cash] += amount
    return {key: amount for key, amount in found.items() if amount}


def over_all_months(found):
    sums = defaultdict(int)
    for (_, *place), amount in found.items():
        sums[tuple(place)] += amount
    return {place: amount for place, amount in sums.items() if amount}


def told(built, actor, month):
    """A month as Portfolio tells it: what it counts with its range, and how it is graded."""
    report = portfolio.build(built.store, actor, Scope(span=Span(month, month)), TODAY)
    its = report.confirmed
    return its.low, its.value, its.high, report.trust.grade_a_to_c


def of_months(found, months):
    return {key: amount for key, amount in found.items() if key[0] in months}


def touching(built, *puts):
    def do(recorder):
        for put in puts:
            recorder.put(put)
        recorder.touch(MONTHS)

    return built._change("prepare", do)


def _make_ready(returning):
    """Alder with a platform that is used by Search alone, then by both, with rates, and read up to April."""
    use = {"platform": "platform", "last_month": FEBRUARY, "quantity": "1"}
    both = {**use, "first_month": MARCH, "last_month": None}
    rate = {"currency": "EUR", "target": "GBP", "basis": "average", "rate_source": "bank"}
    rates = tuple({**rate, "month": one, "rate_billionths": 800_000_000 + one} for one in MONTHS)
    touching(
        returning,
        Put("platform_usage", ({**use, "consumer": "search", "first_month": JANUARY},)),
        Put("platform_usage", tuple({**both, "consumer": one} for one in ("search", "onboarding"))),
        Put("exchange_rate", rates),
    )
    lines = [{"month": one, "team": "platform", "amount_minor": 20_000} for one in (APRIL, MAY)]
    returning.lines(*lines, file="later.csv")
    learners(returning)
    returning.outcome(
        "hours", "desk", value_class="cost_avoided", actual="1050", read_on=date(2015, 4, 30), grade="D"
    )
    returning.end("confirmation", *TICKS, *(("hours", tick) for _, tick in TICKS))
    returning.confirm("learners")
    returning.confirm("hours")


@pytest.fixture(scope="module")
def ready_files(returning_files, tmp_path_factory, finance):
    folder = shutil.copytree(returning_files, tmp_path_factory.mktemp("ready") / "company")
    return made_once(folder, finance, _make_ready)


@pytest.fixture
def ready(ready_files, tmp_path, finance):
    """See `_make_ready`."""
    yield from opened_copy(ready_files, tmp_path, finance)


def close(built, *months):
    return built.put("closed_month", *({"month": month, "reason": ""} for month in months))


def learners(built, **more):
    return built.outcome("learners", "lesson", **{**READ, **more})


def confirmed(built, **more):
    """Another version of the outcome, confirmed again at once."""
    learners(built, **more)
    built.end("confirmation", *TICKS)
    built.confirm("learners")


def effort(built, **by_team):
    """Whose value the epic's is from now on."""
    rows = tuple(
        {"epic": "lesson", "team": team, "planned_share": 0, "effort": one} for team, one in by_team.items()
    )
    others = tuple(("lesson", team) for team in ("onboarding", "search", "platform") if team not in by_team)

    def do(recorder):
        recorder.end(End("epic_team", others))
        recorder.put(Put("epic_team", rows))

    built._change("effort", do)


def on_line(built, kind, *, is_confirmed=True):
    value = {"line": "line", "name": "Line", "kind": kind, "currency": "GBP", "source": ""}
    if is_confirmed:
        confirmed(built)
    cell = {"line": "line", "cell": "all", "name": "All", "segments": ""}
    built.put("finance_line", value)
    built.put("line_cell", cell)
    value_rows.put(built, "outcome_plan", outcome="learners", line="line", cell="all")


def in_euros(built):
    built.end("outcome_plan", ("learners",))
    confirmed(built, currency="EUR")


def gone(built):
    def do(recorder):
        recorder.end(End("confirmation", TICKS))
        recorder.end(End("outcome_plan", (("learners",),)))
        recorder.end(QUESTION)
        recorder.end(End("outcome", (("learners",),)))

    built._change("undo", do)


def back(built, **more):
    row = {**OUTCOME, **READ, "metric": "weekly active learners", "outcome": "learners", "epic": "lesson"}
    built.put("outcome", {**row, **more})
    built.confirm("learners")


def is_there(built):
    with built.store.snapshot() as cursor:
        return any(row["outcome"] == "learners" for row in read.table(cursor, "outcome"))


EDITS = {
    "class": lambda built: confirmed(built, value_class="cost_avoided"),
    "retention": lambda built: confirmed(built, value_class="retention"),
    "not financial": lambda built: confirmed(built, value_class="not_financial"),
    "euros": in_euros,
    "pounds again": confirmed,
    "share": lambda built: confirmed(built, share_likely=433_333),
    "unit value": lambda built: confirmed(built, unit_value="7.77"),
    "loss": lambda built: confirmed(built, actual="971"),
    "in lower cost": lambda built: on_line(built, "engineering_cost"),
    "line outside": lambda built: on_line(built, "cost_outside"),
    "margin": lambda built: on_line(built, "margin"),
    "effort": lambda built: effort(built, onboarding=333_333, search=666_667),
    "platform's": lambda built: effort(built, platform=700_000, onboarding=300_000),
    "nobody named": effort,
    "other team": lambda built: built.epic("lesson", "search", date(2015, 1, 5), delivered=date(2015, 1, 20)),
    "obligation": lambda built: built.epic(
        "lesson", "onboarding", date(2015, 1, 5), delivered=date(2015, 1, 20), is_obligation=True
    ),
    "question": lambda built: value_rows.put(built, "question", outcome="learners"),
    "undone": gone,
}


def edit(built, name):
    if not is_there(built):
        back(built)
    built.end(QUESTION.table, *QUESTION.keys)
    EDITS[name](built)


@pytest.mark.parametrize("seed", [1, 2])
def test_t9_v16_no_edits_of_outcomes_move_closed_months_and_nothing_is_lost(ready, executive, seed):
    """Every kind of edit once, in some order, while one month after the other closes."""
    names, fixed, as_told = sorted(EDITS), {}, {}
    random.Random(seed).shuffle(names)
    effort(ready, platform=700_000, onboarding=300_000)
    for place, name in enumerate(names):
        if place % 4 == 0 and place // 4 < len(MONTHS) - 1:
            month = MONTHS[place // 4]
            fixed[month] = of_months(booked(ready, executive), {month})
            as_told[month] = told(ready, executive, month)
            close(ready, month)
        edit(ready, name)
        found = booked(ready, executive)
        assert {month: of_months(found, {month}) for month in fixed} == fixed, name
    assert sum(len(its) for its in fixed.values()) > len(fixed)
    assert {month: told(ready, executive, month) for month in fixed} == as_told
    ready.end("closed_month", *((month,) for month in fixed))
    assert over_all_months(found) == over_all_months(booked(ready, executive))


def test_v16_where_the_class_changes_it_is_taken_back_as_what_it_was_and_booked_as_what_it_is(
    ready, executive
):
    close(ready, JANUARY, FEBRUARY)
    EDITS["class"](ready)
    found = of_months(booked(ready, executive), {MARCH})
    assert found[MARCH, "onboarding", "revenue", True] == -50_000
    assert found[MARCH, "onboarding", "cost_avoided", False] == 100_000 + 25_000


def test_v7_v16_where_the_books_show_it_no_longer_it_leaves_cash_in_the_open_month_alone(ready, executive):
    """On a cost line outside engineering only what is booked is cash: March takes it back."""
    on_line(ready, "cost_outside")
    confirmed(ready)
    close(ready, JANUARY, FEBRUARY)
    before = booked(ready, executive)
    assert before[FEBRUARY, "onboarding", "revenue", True] == 50_000
    confirmed(ready, value_basis="agreed")
    found = booked(ready, executive)
    assert of_months(found, {FEBRUARY}) == of_months(before, {FEBRUARY})
    assert found[MARCH, "onboarding", "revenue", True] == -50_000
    assert found[MARCH, "onboarding", "revenue", False] == 50_000 + 50_000


def test_v16_what_is_undone_is_taken_back_in_the_open_month_and_its_closed_month_stands(ready, executive):
    close(ready, JANUARY, FEBRUARY)
    gone(ready)
    looked = [
        portfolio.build(ready.store, executive, Scope(span=Span(month, month)), TODAY)
        for month in (FEBRUARY, MARCH)
    ]
    assert [one.confirmed.value for one in looked] == [50_000, -50_000]
    assert looked[0].checks.true_up_ahead.value == -50_000
    assert looked[0].checks.true_up_months == (MARCH,)


def restated(built, told="the wrong report", **more):
    """Finance found an error: the reading is corrected, and its confirmation restates closed months."""
    learners(built, **more)
    built.end("confirmation", *TICKS)
    return loop.confirm_all(
        built.store, built.actor, "learners", date(2015, 5, 19), restatement=told
    ).change_id


def test_v16_what_was_wrong_restates_closed_months_and_both_numbers_stay(ready, executive):
    close(ready, JANUARY, FEBRUARY)
    EDITS["share"](ready)
    close(ready, MARCH)
    change = restated(ready, actual="1080")
    found = booked(ready, executive)
    counted = {month: found.get((month, "onboarding", "revenue", True), 0) for month in MONTHS}
    assert counted == {JANUARY: 0, FEBRUARY: 50_000 - 3_333, MARCH: 40_000 - 6_667, APRIL: 40_000, MAY: 0}
    (told,) = data.build(ready.store, executive, Scope()).restatements
    assert (told.change_id, told.reason) == (change, "the wrong report")
    assert [(one.month, one.before, one.after) for one in told.moved] == [
        (FEBRUARY, 43_333, 40_000),
        (MARCH, 43_333, 40_000),
    ]
    assert all("weekly active learners" in one.place for one in told.moved)


def test_v16_a_restatement_that_is_undone_is_restated_back(ready, executive, finance):
    close(ready, JANUARY, FEBRUARY)
    before = booked(ready, executive)
    change = restated(ready, value_class="cost_avoided")
    after = booked(ready, executive)
    assert after[FEBRUARY, "onboarding", "cost_avoided", False] == 75_000
    assert (FEBRUARY, "onboarding", "revenue", True) not in after
    learners(ready)
    undo.undo(ready.store, finance, change, "it was right")
    ready.confirm("learners")
    assert over_all_months(booked(ready, executive)) == over_all_months(before)


def test_v16_only_finance_restates_value(ready, executive):
    with pytest.raises(NotAllowedError):
        recording.named(executive, "the wrong report")
    assert recording.named(executive, " ") == ""


def test_v2_a_true_up_passes_on_by_the_shares_of_the_month_that_it_is_about(ready, executive):
    """Search alone used the platform in February; in March, where the true-up counts, both did."""
    effort(ready, platform=1_000_000)
    close(ready, JANUARY, FEBRUARY)
    confirmed(ready, share_likely=600_000)
    found = of_months(booked(ready, executive), {MARCH})
    assert found[MARCH, "search", "revenue", True] == 10_000 + 30_000
    assert found[MARCH, "onboarding", "revenue", True] == 30_000


def results_of(built, actor, *months):
    scope = Scope(span=Span(months[0], months[-1]))
    return portfolio.build(built.store, actor, scope, TODAY).checks


def test_d30_claims_stand_beside_what_moved_in_the_month_that_they_are_about(ready, executive):
    """February closed before anybody confirmed its £500: it counts in March, and moved in February.

    In March £1000 counts while the line moved £600: no over-claim, as £500 of it is about February, where
    the line moved £400 and £500 are claimed: an over-claim that February alone would hide.
    """
    learners(ready)
    ready.end("confirmation", *TICKS)
    on_line(ready, "margin", is_confirmed=False)
    month = {"line": "line", "cell": "other", "baseline_minor": 0}
    ready.put("line_cell", {"line": "line", "cell": "other", "name": "Other", "segments": "b"})
    moved = {FEBRUARY: 40_000, MARCH: 60_000}
    ready.put("line_month", *({**month, "month": one, "actual_minor": its} for one, its in moved.items()))
    close(ready, JANUARY, FEBRUARY)
    ready.confirm("learners")
    february, march = (results_of(ready, executive, month) for month in (FEBRUARY, MARCH))
    assert dict(march.share_of_results.inputs)["confirmed"] == 50_000
    assert not checks.is_more_than_results(march)
    assert dict(february.share_of_results.inputs)["confirmed"] == 50_000
    assert checks.is_more_than_results(february)


def test_v16_all_months_in_which_a_true_up_counts_are_named(ready, executive):
    close(ready, JANUARY, FEBRUARY)
    EDITS["share"](ready)
    close(ready, MARCH)
    EDITS["unit value"](ready)
    close(ready, APRIL)
    EDITS["class"](ready)
    found = results_of(ready, executive, JANUARY, FEBRUARY)
    assert found.true_up_months == (MARCH, APRIL, MAY)
    assert words.months(found.true_up_months) == "March to May 2015"
    assert words.months((MARCH, MAY)) == "March 2015 and May 2015"


def moved_by(built, actor):
    """What each restatement moved, oldest first: month, before, after."""
    found = sorted(data.build(built.store, actor, Scope()).restatements, key=lambda one: one.change_id)
    return [[(one.month, one.before, one.after) for one in told.moved] for told in found]


def test_v16_a_month_of_a_finance_line_that_was_wrong_restates_what_it_caps(ready, executive, finance):
    on_line(ready, "margin")
    cap = LineMonth("line", "all", FEBRUARY, 0, 10_000)
    finance_lines.save_line_months(ready.store, finance, [cap])
    close(ready, JANUARY, FEBRUARY)
    before = booked(ready, executive)
    wrong = {"restatement": "typed into the wrong month"}
    finance_lines.save_line_months(ready.store, finance, [replace(cap, actual=20_000)], **wrong)
    assert moved_by(ready, executive) == [[(FEBRUARY, 5_000, 10_000)]], "half of it is due to this work"
    assert of_months(booked(ready, executive), {MARCH}) == of_months(before, {MARCH}), "and no true-up"
    owner = Actor("Olga", frozenset({Role.OWNER}))
    with pytest.raises(NotAllowedError):
        finance_lines.save_line_months(ready.store, owner, [cap], **wrong)


def test_v16_a_driver_that_was_wrong_restates_closed_months_at_once_and_when_it_is_ticked(ready, finance):
    given = "margin", "Margin", "margin_per_unit", "GBP", ValueBasis.BOOKED, "Fay", "books", TODAY
    driver, half = ValueDriver(*given), [Decimal(5)] * 3
    price, margin = (DriverInput("margin", key, *[one * 2 for one in half]) for key in ("price", "margin"))
    margin = replace(margin, low=Decimal(1), likely=Decimal(1), high=Decimal(1))
    drivers.save_drivers(ready.store, finance, [driver], [price, margin])
    value_rows.put(ready, "outcome_plan", outcome="learners", driver="margin")
    confirmed(ready)
    close(ready, JANUARY, FEBRUARY)
    wrong, five = {"restatement": "a price of the wrong course"}, DriverInput("margin", "price", *half)
    drivers.save_drivers(ready.store, finance, [driver], [five, margin], **wrong)
    loop.confirm_all(ready.store, finance, "learners", date(2015, 5, 19), **wrong)
    first, second = moved_by(ready, finance)
    assert [(month, after) for month, _, after in first] == [(FEBRUARY, 0)], "its tick ended"
    assert [(month, before) for month, before, _ in second] == [(FEBRUARY, 0)]
    assert 0 < second[0][2] < first[0][1]


def test_d11_a_rate_in_which_no_cost_is_booked_moves_no_closed_value_in_silence(ready, executive, finance):
    """Alder pays in pounds alone; what `learners` brings in is in euros."""

    def bring(month, rate, **more):
        text = f"currency,target,month,rate\nEUR,GBP,{month},{rate}\n"
        return lists.import_list(ready.store, finance, "exchange_rates", text.encode(), "rates.csv", **more)

    confirmed(ready, currency="EUR")
    close(ready, JANUARY, FEBRUARY)
    before = of_months(booked(ready, executive), {FEBRUARY})
    bring("2015-01", "0.9")  # nothing is delivered yet
    bring("2015-03", "0.9")  # open
    worth = r"what 10,000,000 EUR are worth from 8,002,015\.02 GBP to 9,000,000\.00 GBP"
    with pytest.raises(ClosedMonthError, match=f"February 2015 is closed. This would move {worth}"):
        bring("2015-02", "0.9")
    assert of_months(booked(ready, executive), {FEBRUARY}) == before
    bring("2015-02", "0.9", restatement="rate of another bank")
    restated = data.build(ready.store, finance, Scope()).restatements[0]
    assert [(one.month, one.before, one.after) for one in restated.moved] == [
        (FEBRUARY, 800_201_502, 900_000_000)
    ]
    with pytest.raises(ClosedMonthError):
        undo.undo(ready.store, finance, restated.change_id, "it was right")
