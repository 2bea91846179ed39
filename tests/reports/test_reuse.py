"""What is carried from one version to the next gives the very figures of a store that was read from nothing.

Random histories of a small company whose outcomes share a pool, a cap, a copy and a chain: readings, ticks,
plans, deliveries, splits, waits, questions, ends, caps, settings, closings, costs and undo. After each change
every report is asked twice: as it is asked ever, and with nothing kept (laws T1, T4, T6, T7).
"""

from collections import OrderedDict
from contextlib import contextmanager
from datetime import date
from random import Random

import pytest

from roi.commands import undo
from roi.domain.periods import Span
from roi.errors import RoiError
from roi.reports import outcomes, portfolio
from roi.reports.booked import value_plan
from roi.reports.ground import kept
from roi.reports.shapes import Scope
from roi.reports.value import agreed, draws
from tests.reports import value_rows, valuing

TODAY = date(2015, 4, 10)
SCOPES = (Scope(), Scope(span=Span(201502, 201502)), Scope(value_stream="Enrolment"))
EPICS = {"lesson": "onboarding", "copy": "onboarding", "find": "search", "serve": "platform"}
KEYS = ("learners", "a", "b", "c", "d", "e")
TICKS = ("movement", "unit_value", "share")
CLASSES = ("revenue", "revenue", "cost_avoided", "not_financial")
READ = {"actual": "1200", "read_on": date(2015, 2, 28), "value_class": "revenue", "owner": "Olga"}
FROZEN = {**value_rows.DEFAULTS["forecast"], "outcome": "learners"}


@pytest.fixture
def shared(returning):
    """Alder with epics of three teams, and outcomes of one pool with a cap, a copy and a chain."""
    for key, team in EPICS.items():
        returning.epic(key, team, date(2015, 1, 5), delivered=date(2015, 1, 20))
        value_rows.put(returning, "epic_plan", epic=key)
    returning.put(
        "finance_line", {"line": "m", "name": "Margin", "kind": "margin", "currency": "GBP", "source": ""}
    )
    returning.put("line_cell", {"line": "m", "cell": "all", "name": "All", "segments": ""})
    caps(returning, Random(0))
    for number, key in enumerate(KEYS):
        outcome(returning, Random(number), key)
        plan(returning, Random(number), key)
    return returning


def outcome(built, rng, key):
    epic = rng.choice([*EPICS]) if key != "learners" else "lesson"
    read = {"actual": str(rng.randint(900, 1300)), "read_on": date(2015, rng.choice([2, 3]), 28)}
    metric = rng.choice(["people", "people", f"only {key}"])
    more = read if rng.random() < 0.8 else {}
    row = {"owner": rng.choice(["Olga", "Fiona"]), "value_class": rng.choice(CLASSES)}
    return built.outcome(key, epic, **{"metric": metric, **row, **more})


def plan(built, rng, key):
    places = rng.choice([{}, {"line": "m", "cell": "all"}, {"line": "m", "cell": "all"}])
    more = {"planned_share": rng.choice([None, 300_000, 450_000]), "agreed_on": date(2015, 1, 5)}
    more |= {"copied_from": rng.choice(["", "", "learners"]) if key != "learners" else ""}
    more |= {"leads_to": "learners" if key == "e" and rng.random() < 0.5 else ""}
    return value_rows.put(built, "outcome_plan", outcome=key, **places, **more)


def ticks(built, rng, key):
    return built.confirm(
        key, by=rng.choice(["Fiona", "Fred"]), ticks=" ".join(TICKS[: rng.choice([3, 3, 2])])
    )


def no_tick(built, rng, key):
    return built.end("confirmation", (key, rng.choice(TICKS)))


def epic(built, rng, _):
    key = rng.choice([*EPICS])
    delivered = rng.choice([None, date(2015, 1, 20), date(2015, 2, 20)])
    team = rng.choice(["onboarding", "search", EPICS[key]])
    return built.epic(key, team, date(2015, 1, 5), delivered=delivered, is_obligation=rng.random() < 0.2)


def epic_plan(built, rng, _):
    key = rng.choice([*EPICS])
    ended = rng.choice([{}, {"ended_on": date(2015, 3, 1), "ended_by": "written_off"}])
    copied = {"copied_from": rng.choice(["", "lesson"])} if key == "copy" else {}
    due = {"due_on": rng.choice([None, date(2015, 6, 30)])}
    return value_rows.put(built, "epic_plan", epic=key, **ended, **copied, **due)


def split(built, rng, _):
    key = rng.choice([*EPICS])
    return built.put(
        "epic_team",
        *(
            {"epic": key, "team": team, "planned_share": 400_000, "effort": 500_000}
            for team in ("onboarding", "search")
        ),
    )


def part(built, rng, _):
    row = {"slice": "s1", "name": "First", "delivered": date(2015, 2, rng.randint(1, 28)), "share": 800_000}
    return built.put("epic_slice", {"epic": rng.choice([*EPICS]), **row})


def wait(built, rng, _):
    row = {"epic": rng.choice([*EPICS]), "team": "", "waits_for": "a supplier", "since": date(2015, 2, 2)}
    return built.put("epic_wait", row | {"ended_on": rng.choice([None, date(2015, 3, 2)]), "note": ""})


def must(built, rng, _):
    row = {"epic": rng.choice([*EPICS]), "kind": "law", "deadline": date(2015, 6, rng.randint(1, 30))}
    return built.put("obligation", row | {"penalty_minor": None, "currency": "", "note": ""})


def life(built, rng, _):
    stream, last = rng.choice(["Enrolment", "Catalogue"]), rng.choice([None, 201502, 201504, 201509])
    return value_rows.put(built, "product_life", value_stream=stream, retired=last)


def question(built, rng, key):
    answered = rng.choice([None, date(2015, 4, 2)])
    row = {"outcome": key, "asked_on": date(2015, 4, 1), "asked_by": "Fiona", "text": "Which?"}
    its = {
        "answered_on": answered,
        "answered_by": "Olga" if answered else "",
        "answer": "All" if answered else "",
    }
    return built.put("question", row | its)


def end(built, rng, key):
    row = {"ended_on": date(2015, 4, 3), "landed": "", "learned": "Ask", "reason": "enough"}
    return built.put("closure", {"outcome": key, "ended_by": rng.choice(["closed", "dropped"]), **row})


def caps(built, rng, _=""):
    months = (201502, 201503)
    return built.put(
        "line_month",
        *(
            {
                "line": "m",
                "cell": "all",
                "month": month,
                "baseline_minor": 0,
                "actual_minor": rng.randint(1, 200_000),
            }
            for month in months
        ),
    )


def setting(built, rng, _):
    name, value = rng.choice(
        [("horizon_months", str(rng.randint(3, 40))), ("company_name", f"A{rng.random()}")]
    )
    return built.put("setting", {"name": name, "value": value})


def close(built, rng, _):
    return built.put("closed_month", {"month": rng.choice([201501, 201502]), "reason": ""})


def cost(built, rng, _):
    return built.lines(
        {"month": 201503, "team": "search", "amount_minor": rng.randint(1, 90_000)}, file=str(rng.random())
    )


def more(built, rng, _):
    key = f"new{rng.randint(0, 3)}"
    return outcome(built, rng, key)


def take_back(built, rng, _):
    with built.store.snapshot() as cursor:
        newest = cursor.execute("select max(change_id) from change").fetchall()[0][0]
    return undo.undo(built.store, built.actor, newest - rng.choice([0, 0, 1]), "a test")


RARE = (setting, close, cost, caps, split)
STEPS = (
    outcome,
    outcome,
    plan,
    ticks,
    ticks,
    no_tick,
    epic,
    epic_plan,
    part,
    wait,
    must,
    life,
    question,
    end,
    more,
    take_back,
    take_back,
)


def asked(built, actor, scopes):
    """Portfolio and Outcomes of each scope."""
    return [
        build(built.store, actor, scope, TODAY)
        for scope in scopes
        for build in (portfolio.build, outcomes.build)
    ]


def asked_of_nothing(built, actor, scopes, monkeypatch):
    """The same where nothing is kept of any version, nor made from what was agreed before."""
    with nothing_kept(monkeypatch):
        return asked(built, actor, scopes)


@contextmanager
def nothing_kept(monkeypatch):
    with monkeypatch.context() as patched:
        for its in ("_versions", "_states", "_newest"):
            patched.setattr(kept, its, OrderedDict())
        yield


@pytest.mark.parametrize("seed", range(2))
def test_t7_what_is_carried_over_is_what_a_store_read_from_nothing_gives(shared, finance, monkeypatch, seed):
    rng, done, whole = Random(seed), [], []
    read_whole = agreed.read_whole
    monkeypatch.setattr(agreed, "read_whole", lambda *about: whole.append(about) or read_whole(*about))
    asked(shared, finance, SCOPES)
    whole.clear()
    for number in range(10):
        step = rng.choice(STEPS if rng.random() < 0.85 else RARE)
        try:
            done.append((step.__name__, step(shared, rng, rng.choice(KEYS))))
        except RoiError:
            continue
        scopes = [SCOPES[number % 3], *([Scope(as_of=25)] if number == 5 else [])]
        carried = asked(shared, finance, scopes)
        known = len(whole)
        assert carried == asked_of_nothing(shared, finance, scopes, monkeypatch), done
        assert len(whole) > known, "nothing was read anew: the test tells nothing"
        del whole[known:]
    assert len(whole) < len(done) / 2


def test_t6_where_one_outcome_more_makes_fewer_worlds_no_range_of_more_worlds_is_carried_over(
    shared, finance, monkeypatch
):
    """How many worlds are drawn rests on how many outcomes there are, of whatever team."""
    monkeypatch.setattr(draws, "_FEWER", ((10, 10_000),))
    for key in ("f", "g"):
        shared.outcome(key, "lesson", metric=f"only {key}", **READ)
        ticks(shared, Random(0), key)
    asked(shared, finance, SCOPES)
    shared.outcome("h", "find", metric="only h", owner="Olga")
    carried = asked(shared, finance, SCOPES)
    assert carried == asked_of_nothing(shared, finance, SCOPES, monkeypatch)


def test_v8_what_leaves_a_capped_line_makes_room_for_what_stays(shared, finance, monkeypatch):
    """Its old pool is empty now, and was cut by the same cap."""
    for key in ("f", "g"):
        shared.outcome(key, "lesson", metric=f"only {key}", **READ)
        value_rows.put(shared, "outcome_plan", outcome=key, line="m", cell="all")
        ticks(shared, Random(0), key)
    before = asked(shared, finance, SCOPES)
    value_rows.put(shared, "outcome_plan", outcome="f")
    carried = asked(shared, finance, SCOPES)
    assert carried[0].confirmed != before[0].confirmed, "the cap cuts nothing: the test tells nothing"
    assert carried == asked_of_nothing(shared, finance, SCOPES, monkeypatch)


def test_t6_another_share_of_the_same_outcome_is_drawn_anew(shared, finance, monkeypatch):
    for low, by in ((400_000, "Fiona"), (100_000, "Fred")):
        shared.outcome("f", "lesson", metric="only f", share_low=low, **READ)
        shared.confirm("f", by)
        carried = asked(shared, finance, SCOPES)
    assert carried == asked_of_nothing(shared, finance, SCOPES, monkeypatch)


@pytest.mark.parametrize("seed", range(2))
def test_v9_a_chain_that_is_tied_anew_has_the_grades_of_one_that_is_read_from_nothing(
    shared, finance, monkeypatch, seed
):
    """The weakest link lies anywhere before an outcome, also in a circle; one untied counts no more."""
    rng, told = Random(seed), set()
    for _ in range(12):
        key, led = rng.sample(KEYS, 2)
        if rng.random() < 0.6:
            value_rows.put(shared, "outcome_plan", outcome=key, leads_to=rng.choice([led, led, ""]))
        else:
            shared.outcome(key, "lesson", grade=rng.choice("ABCDE"), **READ)
        carried = grades(shared, finance)
        with nothing_kept(monkeypatch):
            assert carried == grades(shared, finance)
        told.add(carried)
    assert len(told) > 4, "no grade moved: the test tells nothing"


def grades(built, actor):
    """Of every outcome: of all that leads to it, and with its own."""
    return tuple((its.claim.led, its.claim.grade) for its in valuing.items(built, actor).values())


def test_t11_what_stood_beside_promises_is_read_again_only_where_one_is_frozen_or_moved(
    shared, finance, monkeypatch
):
    its_read, known = value_plan._read, []
    monkeypatch.setattr(value_plan, "_read", lambda cursor: known.append(1) or its_read(cursor))
    steps = (
        (lambda: shared.put("forecast", FROZEN), 1),
        (lambda: shared.outcome("learners", "lesson", grade="B", **READ), 0),
        (lambda: value_rows.put(shared, "epic_plan", epic="lesson", due_on=date(2015, 2, 20)), 0),
        (lambda: shared.outcome("learners", "find", grade="B", **READ), 1),
        (lambda: shared.put("forecast", {**FROZEN, "outcome": "a"}), 1),
    )
    for step, times in steps:
        step()
        known.clear()
        carried = asked(shared, finance, SCOPES[:1])
        assert len(known) == times
        assert carried == asked_of_nothing(shared, finance, SCOPES[:1], monkeypatch)
