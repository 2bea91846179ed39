"""Law T9, rule V16: a closed month keeps its likely range and its evidence grade, as it keeps its amount.

Alder's `learners` (see `conftest`): £500 of February, £400 to £600, grade C. January and February close; then
something is said that leaves the amount, or moves it, and February is told as it was, on every page.
"""

from datetime import date

import numpy as np
import pytest

from roi.commands import loop
from roi.domain.periods import Span
from roi.domain.structure import Grade
from roi.domain.uncertainty import Estimate, Sampler
from roi.reports import data, epic, outcomes, portfolio, team, teams, trace
from roi.reports.shapes import Certainty, Scope
from roi.reports.value import draws
from roi.store import read
from roi.store.changes import End, Put
from roi.story import trust
from tests.reports import value_rows
from tests.reports.conftest import OUTCOME

TODAY = date(2015, 4, 10)
TICKS = ("movement", "unit_value", "share")
READ = {"actual": "1100", "read_on": date(2015, 3, 31)}
JANUARY, FEBRUARY, MARCH = 201501, 201502, 201503
PLACE = {"line": "sales", "cell": "all", "driver": "margin", "agreed_on": date(2015, 1, 5)}
WIDE = {"share_low": 100_000, "share_likely": 500_000, "share_high": 900_000}


def seen(built, actor, month, last=None, **more):
    """What every page says of a period: value, range, grade of the company, teams, an epic and a trace."""
    scope = Scope(span=Span(month, last or month), **more)
    report = portfolio.build(built.store, actor, scope, TODAY)
    found = [ends(report.confirmed), report.trust.grade_a_to_c]
    found += [ends(one.confirmed) for stream in report.streams for one in stream.teams]
    rows = teams.build(built.store, actor, scope, TODAY)
    found += [ends(one.confirmed) for stream in rows.streams for one in stream.teams]
    alone = team.build(built.store, actor, scope, "onboarding", TODAY)
    found += [ends(one.value) for its in alone.epics for one in its.outcomes if its.epic.key == "lesson"]
    its_epic = epic.build(built.store, actor, scope, "lesson", TODAY)
    found += [ends(one.value) for one in its_epic.row.outcomes]
    listed = outcomes.build(built.store, actor, scope, TODAY)
    found += [ends(one.value) for its in listed.epics for one in its.outcomes if its.epic.key == "lesson"]
    traced = trace.build(built.store, actor, scope, "outcome_value", None, "learners", today=TODAY)
    return [*found, ends(traced.figure), [(one.counted, one.grade) for one in traced.claims]]


def ends(figure):
    return figure.low, figure.value, figure.high


def close(built, *months):
    return built.put("closed_month", *({"month": month, "reason": ""} for month in months))


def again(built, **more):
    """The same reading said otherwise, and confirmed anew."""
    built.outcome("learners", "lesson", **{**READ, **more})
    built.end("confirmation", *(("learners", tick) for tick in TICKS))
    built.confirm("learners")


def effect(built, low, high):
    row = {"outcome": "learners", **READ, "grade": "C", "evidence": "", "also_happened": ""}
    shares = {"share_low": 400_000, "share_likely": 500_000, "share_high": 600_000}
    built.put("reading", {**row, **shares, "effect_low": low, "effect_likely": "100", "effect_high": high})
    again(built)


def unit_value(built, low, high):
    ends = {"low": low, "likely": "10", "high": high, "owner": "Fiona", "source": "books", "dated": None}
    built.put("driver_input", {"driver": "margin", "input": "amount", **ends})


def cap(built, moved):
    months = (FEBRUARY, MARCH)
    rows = [
        {"line": "sales", "cell": "all", "month": one, "baseline_minor": 0, "actual_minor": moved}
        for one in months
    ]
    built.put("line_month", *rows)


def neighbour(built, **more):
    """Another claim on the same cell of the line, of both months."""
    built.outcome("clicks", "desk", **{**READ, **more})
    value_rows.put(built, "outcome_plan", outcome="clicks", **{**PLACE, "driver": ""})
    built.end("confirmation", *(("clicks", tick) for tick in TICKS))
    built.confirm("clicks")


def partner(built, **more):
    """Another claim on the same movement of the same metric."""
    neighbour(built, metric="weekly active learners", **more)


ASIDE = ("a better grade",)
"""What tells the open month nothing that these pages show."""

SAID_LATER = {
    "a wider share": lambda built: again(built, **WIDE),
    "another share": lambda built: again(built, share_low=500_000, share_likely=600_000, share_high=700_000),
    "a worse grade": lambda built: again(built, grade="D"),
    "a statement": lambda built: built.outcome("learners", "lesson", **READ, grade="E"),
    "a better grade": lambda built: again(built, grade="A"),
    "an effect with a range": lambda built: effect(built, "20", "180"),
    "a range of the unit value": lambda built: unit_value(built, "2", "30"),
    "a cap that cuts some worlds": lambda built: cap(built, 110_000),
    "a neighbour under the cap": lambda built: neighbour(built, **WIDE),
    "a partner of the pool": lambda built: partner(built, **WIDE),
    "a link read on worse evidence": lambda built: built.outcome(
        "visits", "lesson", actual="1200", read_on=date(2015, 4, 7), grade="D", value_class="not_financial"
    ),
    "a finer question": lambda built: value_rows.put(built, "question", outcome="learners"),
}


@pytest.fixture
def closed(returning):
    """`learners` on a line with a cap of £2,100, by a driver, led to by `visits`; two months closed."""
    row = {"driver": "margin", "name": "Margin", "formula": "stated", "basis": "booked"}
    more = {"currency": "GBP", "owner": "Fiona", "source": "books", "dated": None}
    returning.put("value_driver", {**row, **more})
    unit_value(returning, "8", "12")
    line = {"line": "sales", "name": "Sales", "kind": "margin", "currency": "GBP", "source": ""}
    returning.put("finance_line", line)
    returning.put("line_cell", {"line": "sales", "cell": "all", "name": "All", "segments": ""})
    cap(returning, 210_000)
    returning.outcome(
        "visits", "lesson", actual="1200", read_on=date(2015, 2, 20), value_class="not_financial"
    )
    value_rows.put(returning, "outcome_plan", outcome="visits", leads_to="learners")
    value_rows.put(returning, "outcome_plan", outcome="learners", **PLACE)
    again(returning)
    close(returning, JANUARY, FEBRUARY)
    return returning


@pytest.mark.parametrize("name", SAID_LATER)
def test_v16_what_is_said_later_moves_neither_range_nor_grade_of_a_closed_month(closed, executive, name):
    before = seen(closed, executive, FEBRUARY)
    assert before[0] == (pytest.approx(37_000, abs=3_000), 50_000, pytest.approx(63_000, abs=4_000))
    march = seen(closed, executive, MARCH)
    SAID_LATER[name](closed)
    assert seen(closed, executive, FEBRUARY) == before
    assert name in ASIDE or seen(closed, executive, MARCH) != march, "what was said counts in the open month"


def company(built, actor, month, last=None):
    return ends(portfolio.build(built.store, actor, Scope(span=Span(month, last or month)), TODAY).confirmed)


def graded(built, actor, month):
    report = portfolio.build(built.store, actor, Scope(span=Span(month, month)), TODAY)
    return report.trust.grade_a_to_c


def undone(built):
    def do(recorder):
        recorder.end(End("confirmation", tuple(("learners", tick) for tick in TICKS)))
        recorder.end(End("outcome_plan", (("learners",), ("visits",))))
        recorder.end(End("outcome", (("learners",),)))

    built._change("undo", do)


def test_v16_an_outcome_that_is_undone_leaves_closed_months_their_range(closed, executive):
    before = company(closed, executive, FEBRUARY)
    undone(closed)
    assert company(closed, executive, FEBRUARY) == before
    assert company(closed, executive, JANUARY, MARCH) == (0, 0, 0), "in every world it is taken back"


def test_v16_each_closing_keeps_what_was_known_at_it(closed, executive):
    """February as first said, March as said before its closing, April's true-up as said after it."""
    february = company(closed, executive, FEBRUARY), graded(closed, executive, FEBRUARY)
    again(closed, **WIDE, grade="B")
    close(closed, MARCH)
    march = company(closed, executive, MARCH), graded(closed, executive, MARCH)
    assert march[0][0] < february[0][0]
    again(closed, share_low=1_000, share_likely=500_000, share_high=510_000, grade="D")
    assert (company(closed, executive, FEBRUARY), graded(closed, executive, FEBRUARY)) == february
    assert (company(closed, executive, MARCH), graded(closed, executive, MARCH)) == march
    assert graded(closed, executive, MARCH) == 1_000_000


def test_v16_the_true_up_is_the_difference_in_every_world_and_is_graded_as_known_now(closed, executive):
    """£500 of February become £600 by a share of 50 to 70 %, on worse evidence: March has £100 more."""
    before = company(closed, executive, FEBRUARY)
    again(closed, share_low=500_000, share_likely=600_000, share_high=700_000, grade="D")
    assert company(closed, executive, FEBRUARY) == before
    assert graded(closed, executive, FEBRUARY) == 1_000_000
    assert company(closed, executive, MARCH)[1] == 60_000 + 10_000
    assert graded(closed, executive, MARCH) == 0
    both = company(closed, executive, FEBRUARY, MARCH)
    closed.end("closed_month", (JANUARY,), (FEBRUARY,))
    assert both == company(closed, executive, FEBRUARY, MARCH), "in all they are as sure as what is known now"


def test_v16_a_restatement_moves_range_and_grade_where_the_amount_stays(closed, executive, finance):
    closed.outcome("learners", "lesson", **READ, **WIDE, grade="D")
    closed.end("confirmation", *(("learners", tick) for tick in TICKS))
    loop.confirm_all(closed.store, finance, "learners", TODAY, restatement="the share was mistyped")
    assert company(closed, executive, FEBRUARY) == company(closed, executive, MARCH)
    assert company(closed, executive, FEBRUARY)[1] == 50_000
    assert graded(closed, executive, FEBRUARY) == 0


def worlds(share, unit, amount):
    """`learners` in every world by a share and a unit value, each as ratios of the likely one."""
    sampler = Sampler(draws.SEED)
    its = sampler.draw("share learners", Estimate(*share, 0, 2))
    return its * sampler.draw("input margin amount", Estimate(*unit)) / unit[1] * amount


THEN, NOW = (0.8, 1, 1.2), (0.2, 1, 1.8)


def test_v16_a_period_of_closed_and_open_months_is_one_sum_world_by_world(closed, executive):
    """Its closed months as they were drawn, its open ones by what is known now, of the same driver in each.

    P10s are never added: another driver's worlds, of the open month alone, make the whole more certain.
    """
    cap(closed, 5_000_000)  # so that it cuts none of these worlds
    again(closed, **WIDE)
    unit_value(closed, "2", "30")
    both = worlds(THEN, (8, 10, 12), 50_000) + worlds(NOW, (2, 10, 30), 50_000)
    low, high = np.quantile(both, (0.1, 0.9), method="hazen")
    found = company(closed, executive, FEBRUARY, MARCH)
    assert found == (pytest.approx(low, abs=1), 100_000, pytest.approx(high, abs=1))
    parts = [company(closed, executive, month) for month in (FEBRUARY, MARCH)]
    assert parts[0][0] + parts[1][0] != pytest.approx(found[0], abs=100)
    close(closed, MARCH)
    again(closed, share_low=490_000, share_likely=500_000, share_high=510_000)
    assert company(closed, executive, FEBRUARY, MARCH) == found, "each month by what was known at its closing"


def test_v16_what_an_outcome_counts_says_that_closed_months_are_as_sure_as_then(closed, executive):
    def note(month):
        scope = Scope(span=Span(FEBRUARY, month))
        return trace.build(closed.store, executive, scope, "outcome_value", None, "learners").figure.reason

    assert note(FEBRUARY) == note(MARCH) == ""
    again(closed, **WIDE)
    assert note(FEBRUARY) == note(MARCH) == "Feb 2015 as sure as when it closed"


def test_t11_v19_what_is_expected_of_a_closed_month_is_as_of_today_and_said_to_be(closed, executive):
    """A later promise is a new forecast: what February counts stays, and the page says what does not."""

    def february():
        return portfolio.build(closed.store, executive, Scope(span=Span(FEBRUARY, FEBRUARY)), TODAY)

    closed.epic("work", "onboarding", date(2015, 1, 5), delivered=date(2015, 1, 20))
    closed.outcome("more", "work")
    before = february()
    closed.outcome("more", "work", target_likely="1300")
    after = february()
    assert ends(after.confirmed) == ends(before.confirmed)
    assert after.still_expected.value > before.still_expected.value > 0
    assert after.closed_months == (FEBRUARY,)
    said = [one for one in trust.notes(after) if "as of today" in one]
    assert said == [
        "Closed months keep what they count; verdicts and what is still expected are as of today."
    ]
    march = portfolio.build(closed.store, executive, Scope(span=Span(MARCH, MARCH)), TODAY)
    assert not [one for one in trust.notes(march) if "as of today" in one]


@pytest.fixture
def crowded(closed, monkeypatch):
    """`closed`, drawn in 10,000 worlds while there are no more outcomes than now, and in 1,000 after that."""
    with closed.store.snapshot() as cursor:
        count = len(read.outcomes(cursor))
    monkeypatch.setattr(draws, "_FEWER", ((count, 10_000),))
    return closed


def another(built, key="more"):
    """An outcome that nobody has read: no month counts it."""
    return built.outcome(key, "desk")


def fewer(built, key="more"):
    def do(recorder):
        recorder.end(End("outcome_plan", ((key,),)))
        recorder.end(End("outcome", ((key,),)))

    built._change("undo", do)


def test_v16_a_closed_month_keeps_its_range_however_many_outcomes_there_are_since(crowded, executive):
    """Fewer worlds are drawn for many outcomes: of what closed before, as many as then, on every page."""
    february, march = (seen(crowded, executive, month) for month in (FEBRUARY, MARCH))
    another(crowded)
    assert seen(crowded, executive, FEBRUARY) == february
    assert seen(crowded, executive, MARCH) != march, "the open month is drawn anew"
    march = seen(crowded, executive, MARCH)
    close(crowded, MARCH)
    fewer(crowded)
    assert [seen(crowded, executive, month) for month in (FEBRUARY, MARCH)] == [february, march]


def test_v16_a_period_is_drawn_as_when_its_last_month_closed(crowded, executive):
    """A quarter is closed with its last month, not before; open again it is drawn as today."""
    another(crowded)
    quarter, february = company(crowded, executive, JANUARY, MARCH), company(crowded, executive, FEBRUARY)
    close(crowded, MARCH)
    fewer(crowded)
    assert company(crowded, executive, JANUARY, MARCH) == quarter
    crowded.end("closed_month", (MARCH,))
    assert company(crowded, executive, JANUARY, MARCH) != quarter
    assert company(crowded, executive, FEBRUARY) == february


def test_v16_a_month_that_is_opened_again_is_drawn_as_today(crowded, executive):
    february = company(crowded, executive, FEBRUARY)
    another(crowded)
    assert company(crowded, executive, FEBRUARY) == february
    crowded.end("closed_month", (JANUARY,), (FEBRUARY,))
    assert company(crowded, executive, FEBRUARY) != february


def test_v16_a_restatement_is_told_as_before_it_and_drawn_as_after_it(crowded, executive, finance):
    february = company(crowded, executive, FEBRUARY)
    another(crowded)
    change = read_again(crowded, finance, "the share was mistyped", **WIDE)
    restated = company(crowded, executive, FEBRUARY)
    ends = [Certainty(low, high, Grade.C) for low, _, high in (february, restated)]
    assert shown_by(crowded, executive, change) == {FEBRUARY: [(50_000, ends[0]), (50_000, ends[1])]}
    fewer(crowded)
    assert company(crowded, executive, FEBRUARY) == restated


def test_v16_a_trace_tells_how_many_worlds_its_figure_was_drawn_in(crowded, executive):
    another(crowded)
    told = {}
    for month, figure in (
        (FEBRUARY, "outcome_value"),
        (MARCH, "outcome_value"),
        (FEBRUARY, "expected_month"),
    ):
        scope = Scope(span=Span(month, month))
        traced = trace.build(crowded.store, executive, scope, figure, None, "learners", today=TODAY)
        told[month, figure] = traced.draws
    assert [*told.values()] == [10_000, 1_000, 1_000]


def learners(built, actor, month):
    scope = Scope(span=Span(month, month))
    return ends(trace.build(built.store, actor, scope, "outcome_value", None, "learners", today=TODAY).figure)


@pytest.mark.parametrize("share", [400_000, 600_000])
@pytest.mark.parametrize("otherwise", [{"actual": "1090"}, WIDE], ids=["its amount", "its range"])
def test_v16_a_restatement_of_a_neighbour_brings_nothing_forward_of_others(
    closed, executive, finance, share, otherwise
):
    """What was said of `learners` since is a true-up of March, and stays one."""
    closed.end("closed_month", (JANUARY,), (FEBRUARY,))
    cap(closed, 500_000)
    neighbour(closed)
    close(closed, JANUARY, FEBRUARY)
    february = learners(closed, executive, FEBRUARY)
    again(closed, share_low=share - 100_000, share_likely=share, share_high=share + 100_000)
    trued_up = learners(closed, executive, MARCH)
    closed.outcome("clicks", "desk", **{**READ, **otherwise})
    closed.end("confirmation", *(("clicks", tick) for tick in TICKS))
    loop.confirm_all(closed.store, finance, "clicks", TODAY, restatement="the clicks were mistyped")
    assert learners(closed, executive, FEBRUARY) == february
    assert learners(closed, executive, MARCH)[1] == trued_up[1] == 2 * share // 10 - 50_000


def test_v16_a_restatement_of_what_leads_to_it_moves_no_amount(closed, executive):
    """Its better grade counts where nothing else was said since: the share that was is still a true-up."""
    again(closed, share_low=500_000, share_likely=600_000, share_high=700_000)
    before = learners(closed, executive, FEBRUARY)
    link = {"outcome": "visits", "epic": "lesson", "metric": "weekly active visits", "actual": "1200"}
    row = {**OUTCOME, **link, "read_on": date(2015, 2, 20), "value_class": "not_financial", "grade": "A"}
    closed._change("read", lambda it: it.put(Put("outcome", (row,))), restatement="the visits were mistyped")
    assert learners(closed, executive, FEBRUARY) == before


def test_v16_a_month_that_is_opened_again_is_as_sure_as_what_is_known_now(closed, executive):
    again(closed, **WIDE, grade="D")
    closed.end("closed_month", (JANUARY,), (FEBRUARY,))
    assert company(closed, executive, FEBRUARY) == company(closed, executive, MARCH)
    assert graded(closed, executive, FEBRUARY) == 0


def shown_by(built, actor, change):
    """What Data shows of a restatement: of each month both amounts, ranges and grades."""
    its = data.build(built.store, actor, Scope()).restatements
    (found,) = [one for one in its if one.change_id == change]
    return {one.month: [(one.before, one.sure_before), (one.after, one.sure_after)] for one in found.moved}


def read_again(built, actor, reason, **more):
    """The same reading said otherwise, as a restatement of closed months."""
    built.outcome("learners", "lesson", **{**READ, **more})
    built.end("confirmation", *(("learners", tick) for tick in TICKS))
    return loop.confirm_all(built.store, actor, "learners", TODAY, restatement=reason).change_id


@pytest.mark.parametrize(
    ("otherwise", "grade"), [(WIDE, Grade.C), ({"grade": "D"}, Grade.D)], ids=["its range", "its grade"]
)
def test_d11_a_restatement_of_range_or_grade_alone_shows_both(closed, executive, finance, otherwise, grade):
    february = company(closed, executive, FEBRUARY)
    change = read_again(closed, finance, "the share was mistyped", **otherwise)
    restated = company(closed, executive, FEBRUARY)
    assert restated[1] == february[1]
    before, after = Certainty(february[0], february[2], Grade.C), Certainty(restated[0], restated[2], grade)
    assert shown_by(closed, executive, change) == {FEBRUARY: [(50_000, before), (50_000, after)]}


def test_d11_a_restatement_of_an_amount_shows_both_ranges(closed, executive, finance):
    february = company(closed, executive, FEBRUARY)
    change = read_again(
        closed, finance, "mistyped", share_low=500_000, share_likely=600_000, share_high=700_000
    )
    restated = company(closed, executive, FEBRUARY)
    assert restated[1] == 60_000
    ends = [Certainty(low, high, Grade.C) for low, _, high in (february, restated)]
    assert shown_by(closed, executive, change) == {FEBRUARY: [(50_000, ends[0]), (60_000, ends[1])]}


def test_d11_a_restatement_of_the_grade_alone_is_one_of_the_outcome_itself(closed, executive, finance):
    """Whatever else was said of it since is known by then, and its closed month moves to all of it (V16)."""
    again(closed, share_low=500_000, share_likely=600_000, share_high=700_000)
    told = {"share_low": 500_000, "share_likely": 600_000, "share_high": 700_000, "grade": "D"}
    change = read_again(closed, finance, "nobody compared", **told)
    assert (company(closed, executive, FEBRUARY)[1], graded(closed, executive, FEBRUARY)) == (60_000, 0)
    (both,) = shown_by(closed, executive, change).values()
    assert [(amount, sure.grade) for amount, sure in both] == [(50_000, Grade.C), (60_000, Grade.D)]


def test_d11_what_is_taken_back_by_a_restatement_has_a_range_before_alone(closed, executive, finance):
    change = read_again(closed, finance, "it never moved", actual="1000")
    ((before, after),) = shown_by(closed, executive, change).values()
    assert before[0] == 50_000 and before[1] is not None
    assert after == (0, None)
