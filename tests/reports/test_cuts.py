"""In no world does a cell count more than finance's cap, nor a pool more than it moved (rules V8, V10, V12).

Read from `Drawn.sum`, which every range of a report is made of; Alder's `learners` counts February and March.
"""

from collections import OrderedDict
from datetime import date

import pytest

from roi.reports import portfolio
from roi.reports.booked import work
from roi.reports.cost import tying
from roi.reports.ground import basis as basis_report
from roi.reports.ground import kept
from roi.reports.shapes import Scope
from roi.reports.value.evidence import PROMISED
from tests.reports import value_rows

TODAY = date(2015, 4, 10)
READ = {"actual": "1100", "read_on": date(2015, 3, 31)}
WHOLE = {"share_low": 1_000_000, "share_likely": 1_000_000, "share_high": 1_000_000}
DOUBT = {"share_low": 300_000, "share_likely": 600_000, "share_high": 900_000}
EFFECT = {"effect_low": "-60", "effect_likely": "100", "effect_high": "260"}
CAP = 100_000
PLACE = {"driver": "margin", "line": "sales", "cell": "all", "agreed_on": date(2015, 1, 5)}


@pytest.fixture
def driven(returning):
    """A unit of `learners` is worth £6, £10 or £18 a month, and all of it is due to the work."""
    row = {"driver": "margin", "name": "Margin", "formula": "stated", "basis": "booked"}
    more = {"currency": "GBP", "owner": "Fiona", "source": "books", "dated": None}
    returning.put("value_driver", {**row, **more})
    ends = {"low": "6", "likely": "10", "high": "18", "owner": "Fiona", "source": "x", "dated": None}
    returning.put("driver_input", {"driver": "margin", "input": "amount", **ends})
    line = {"line": "sales", "name": "Sales", "kind": "margin", "currency": "GBP", "source": ""}
    returning.put("finance_line", line)
    returning.put("line_cell", {"line": "sales", "cell": "all", "name": "All", "segments": ""})
    returning.outcome("learners", "lesson", **READ, **WHOLE)
    claim(returning, "learners", by="Frank")
    return returning


def claim(built, outcome, by="Fred"):
    value_rows.put(built, "outcome_plan", outcome=outcome, **PLACE)
    built.confirm(outcome, by=by)


def caps(built, *months):
    rows = [
        {"line": "sales", "cell": "all", "month": month, "baseline_minor": 0, "actual_minor": moved}
        for month, moved in months
    ]
    built.put("line_month", *rows)


def doubtful(built, outcome, epic, metric, effect):
    """A reading of which share and movement are uncertain, the movement perhaps below zero."""
    built.outcome(outcome, epic, **READ, **DOUBT, metric=metric)
    row = {"outcome": outcome, **READ, **DOUBT, "grade": "B", "evidence": "", "also_happened": ""}
    built.put("reading", {**row, **effect})
    claim(built, outcome)


def counted(built, actor):
    """What Portfolio confirms, and what all outcomes on the cell sum to in every world."""
    with basis_report.opened(built.store, actor, Scope()) as base:
        found = work.load(tying.load(base), TODAY)
        sums = {}
        for item in found.valued:
            if item.plan is not None and item.plan.line == "sales":
                for one in item.by_month:
                    key = item.outcome.key, one.level
                    sums[key] = sums.get(key, 0) + one.amount
        worlds = found.draws.sum(sums)
    return portfolio.build(built.store, actor, Scope(), TODAY).confirmed, worlds


@pytest.mark.parametrize("cap", [CAP - 1, CAP, CAP + 1, 150_000])
def test_v8_a_lone_claim_stays_within_the_cap_in_every_world(driven, executive, cap):
    caps(driven, (201502, cap), (201503, cap))
    found, worlds = counted(driven, executive)
    assert found.value == 2 * min(cap, CAP)
    assert found.high == pytest.approx(2 * cap, abs=2)  # the driver alone would say 360,000
    assert found.low == pytest.approx(120_000, rel=1e-3)
    assert worlds.max() <= 2 * cap + 1


def test_v8_only_the_month_that_has_a_cap_is_cut(driven, executive):
    caps(driven, (201502, CAP))
    assert counted(driven, executive)[0].high == pytest.approx(CAP + 180_000, rel=1e-3)


def test_v8_a_partly_claimed_pool_has_its_part_of_the_cap(driven, executive):
    half = {"share_low": 500_000, "share_likely": 500_000, "share_high": 500_000}
    driven.outcome("learners", "lesson", **READ, **half)
    caps(driven, (201502, CAP), (201503, CAP))
    claim(driven, "learners")
    found, worlds = counted(driven, executive)
    assert (found.value, found.high) == (CAP, pytest.approx(CAP, abs=2))
    assert worlds.max() <= CAP + 1


@pytest.mark.parametrize("cap", [90_000, 200_000, 320_000])
def test_v8_in_no_world_do_the_gains_of_a_cell_exceed_its_cap(driven, executive, cap):
    caps(driven, (201502, cap), (201503, cap))
    for outcome, epic, metric in (
        ("learners", "lesson", "one"),
        ("again", "desk", "one"),
        ("more", "desk", "two"),
    ):
        doubtful(driven, outcome, epic, metric, EFFECT)
    found, worlds = counted(driven, executive)
    assert dict(found.inputs)["outcomes"] == 3
    assert worlds.max() <= 2 * cap + 3
    assert worlds.max() > 2 * cap * 0.9  # it is not cut to less either
    assert worlds.min() < 0  # a loss stays one and is no large gain by a ratio of two


def test_v10_claims_of_one_pool_count_at_most_what_it_moved_in_every_world(driven, executive):
    caps(driven, (201412, 1))
    for outcome, epic in (("learners", "lesson"), ("again", "desk")):
        driven.outcome(outcome, epic, **READ, **DOUBT, metric="one")
        claim(driven, outcome)
    found, worlds = counted(driven, executive)
    assert found.value == 2 * CAP  # 0.6 + 0.6 of what was measured
    assert found.high <= 2 * 180_000 * (1 + 1e-3)
    assert worlds.max() / 2 <= 100 * most_of_driver(driven, executive)


def test_v19_claims_of_one_pool_share_the_draws_of_its_movement(returning, executive):
    """One measured movement of 40 to 160, half of it each: together they are as uncertain as it is."""
    halves = {"share_low": 500_000, "share_likely": 500_000, "share_high": 500_000}
    effect = {"effect_low": "40", "effect_likely": "100", "effect_high": "160"}
    for outcome, epic in (("learners", "lesson"), ("again", "desk")):
        returning.outcome(outcome, epic, **READ, **halves, metric="one")
        row = {"outcome": outcome, **READ, **halves, "grade": "B", "evidence": "", "also_happened": ""}
        returning.put("reading", {**row, **effect})
        returning.confirm(outcome, by="Fred")
    found = portfolio.build(returning.store, executive, Scope(), TODAY).confirmed
    assert dict(found.inputs)["outcomes"] == 2
    ends = (found.low, found.value, found.high)
    assert ends == (pytest.approx(80_000, rel=1e-3), 200_000, pytest.approx(320_000, rel=1e-3))


def test_v19_promises_of_one_pool_share_the_draws_of_its_movement(returning, executive):
    """A promised movement of 100 to 400, half of it each: together as uncertain as it is, no less."""
    keys = ("first", "second")
    for outcome in keys:
        returning.outcome(outcome, "finder", metric="one", share_likely=500_000)
    with basis_report.opened(returning.store, executive, Scope()) as base:
        draws = work.load(tying.load(base), TODAY).draws
    one, both = (
        draws.range(dict.fromkeys(its, 100_000), 100_000 * len(its))
        for its in ([("first", PROMISED)], [(key, PROMISED) for key in keys])
    )
    assert (both.low, both.high) == (
        pytest.approx(2 * one.low, rel=1e-3),
        pytest.approx(2 * one.high, rel=1e-3),
    )


def most_of_driver(built, actor):
    with basis_report.opened(built.store, actor, Scope()) as base:
        found = work.load(tying.load(base), TODAY).draws
    return 1000 * found._driver(found.agreed.claimed["learners"]).max() * (1 + 1e-6)


def test_v12_the_loss_of_a_claim_is_not_cut_and_makes_no_room_for_gains(driven, executive):
    caps(driven, (201502, CAP), (201503, CAP))
    driven.outcome("worse", "desk", actual="800", read_on=date(2015, 3, 31), metric="two", **WHOLE)
    claim(driven, "worse")
    found, worlds = counted(driven, executive)
    assert found.value == 2 * (CAP - 200_000)
    assert worlds.min() < 2 * -200_000 * 1.5
    assert worlds.max() <= 2 * CAP - 2 * 200_000 * 0.1


def test_v8_a_reading_moves_the_range_of_another_pool_under_its_cap_at_once(driven, executive, monkeypatch):
    """As likely nothing is cut, neither before nor after: only in some worlds there is less room."""
    caps(driven, (201502, 170_000), (201503, 170_000))
    for outcome, metric in (("learners", "one"), ("again", "two")):
        doubtful(driven, outcome, "lesson", metric, EFFECT)
    before = one_range(driven, executive)
    row = {"outcome": "again", **READ, **DOUBT, "grade": "B", "evidence": "", "also_happened": ""}
    driven.put("reading", {**row, **EFFECT, "effect_high": "900"})
    carried = one_range(driven, executive)
    with monkeypatch.context() as nothing_kept:
        for its in ("_versions", "_states", "_newest"):
            nothing_kept.setattr(kept, its, OrderedDict())
        assert carried == one_range(driven, executive)
    assert carried.likely == before.likely
    assert carried.high < before.high


def one_range(built, actor):
    with basis_report.opened(built.store, actor, Scope()) as base:
        found = work.load(tying.load(base), TODAY)
        return found.amounts_range(found.by_key["learners"], found.by_key["learners"].by_month)
