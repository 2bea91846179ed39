"""Epics, outcomes, readings and the three ticks: the rules V7, V10, V12 below every page."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from roi.commands import lists, outcomes
from roi.commands.checks import outcome_checks
from roi.domain.structure import (
    Epic,
    EpicKind,
    Grade,
    Outcome,
    Tick,
    ValueBasis,
    ValueClass,
)
from roi.domain.value import Reading
from roi.errors import (
    ConflictError,
    NotAllowedError,
    RefusedError,
    UnchangedError,
    UnknownKeyError,
)
from roi.store import read
from tests import saving

KEY = "trial-to-paid"
EPIC = Epic("search", "Better search", "checkout", EpicKind.FEATURE, date(2026, 1, 5), None, 250_000)
OUTCOME = Outcome(
    "found",
    "guided-setup",
    "searches that find",
    "%",
    "up",
    baseline=Decimal(62),
    target_low=Decimal(70),
    target_likely=Decimal(75),
    target_high=Decimal(80),
    value_class=ValueClass.RETENTION,
    owner="Olga",
)


def held(store, key=KEY):
    with store.snapshot() as cursor:
        return next(outcome for outcome in read.outcomes(cursor) if outcome.key == key)


def ticks(store):
    with store.snapshot() as cursor:
        return {tick.tick: tick for tick in read.confirmations(cursor)}


def reading(store, actor, key=KEY, **said):
    asked = {
        "actual": Decimal(2350),
        "read_on": date(2026, 4, 30),
        "grade": Grade.C,
        "evidence": "monthly series",
        "share_low": 300_000,
        "share_likely": 400_000,
        "share_high": 500_000,
        **said,
    }
    more = {name: asked.pop(name) for name in ("based_on", "restatement") if name in asked}
    return outcomes.record_reading(store, actor, Reading(key, **asked), **more)


def tick(store, actor, which, key=KEY, on=date(2026, 5, 4), until=None):
    return outcomes.confirm(store, actor, key, which, on, until)


def codes(error):
    return [issue.code for issue in error.value.issues]


# Epics


def test_an_epic_is_saved_changed_and_left_alone(company, tech_leader):
    store = company.store
    saving.save_epics(store, tech_leader, [EPIC])
    with pytest.raises(UnchangedError):
        saving.save_epics(store, tech_leader, [EPIC])
    saving.save_epics(store, tech_leader, [replace(EPIC, delivered=date(2026, 3, 1))])
    with store.snapshot() as cursor:
        assert {epic.key: epic.delivered for epic in read.epics(cursor)}["search"] == date(2026, 3, 1)


def test_every_problem_of_an_epic_is_told_at_once(company, tech_leader):
    said = {"team": "nobody", "planned_share": 1_000_001, "delivered": date(2026, 1, 1), "name": " "}
    with pytest.raises(RefusedError) as error:
        saving.save_epics(company.store, tech_leader, [replace(EPIC, **said)])
    assert codes(error) == ["name", "unknown_team", "share", "dates"]
    with pytest.raises(RefusedError) as error:
        saving.save_epics(company.store, tech_leader, [replace(EPIC, started=date.min)])
    assert codes(error) == ["dates"]


def test_two_who_edit_one_epic(company, tech_leader, owner):
    seen = company.store.version
    with company.store.snapshot() as cursor:
        (its,) = read.epics(cursor)
    saving.save_epics(company.store, owner, [replace(its, name="Mine")], based_on=seen)
    with pytest.raises(ConflictError, match=r"Olga changed epic guided-setup .*name is “Mine”"):
        saving.save_epics(company.store, tech_leader, [replace(its, name="No, mine")], based_on=seen)


# Outcomes


def test_an_outcome_is_saved_and_numbers_stay_exact(company, tech_leader):
    exact = replace(OUTCOME, baseline=Decimal("62.10"), unit_value=Decimal("0.003"), currency="USD")
    saving.save_outcomes(company.store, tech_leader, [exact])
    assert held(company.store, "found") == replace(exact, baseline=Decimal("62.1"))
    with pytest.raises(UnchangedError):
        saving.save_outcomes(company.store, tech_leader, [replace(exact, baseline=Decimal("62.1000"))])


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"epic": "nothing"}, "unknown_epic"),
        ({"metric": " "}, "name"),
        ({"owner": " "}, "owner"),
        ({"direction": "sideways"}, "direction"),
        ({"direction": "down"}, "direction"),
        ({"target_likely": Decimal(62), "target_low": Decimal(60)}, "target"),
        ({"target_likely": Decimal(81)}, "targets"),
        ({"baseline": Decimal("NaN")}, "number"),
        ({"unit_value": Decimal(10)}, "currency"),
        ({"unit_value": Decimal(10), "currency": "XXX"}, "currency"),
        ({"unit_value": Decimal(-10), "currency": "USD"}, "unit_value"),
        ({"unit_value": Decimal(0), "currency": "USD"}, "unit_value"),
        ({"by_when": date(2026, 1, 4)}, "dates"),
        ({"share_likely": 500_000}, "share"),
        ({"share_low": 600_000, "share_likely": 500_000, "share_high": 700_000}, "share"),
        ({"share_low": 0, "share_likely": 0, "share_high": 1_000_001}, "share"),
        ({"actual": Decimal(70)}, "read_on"),
        ({"read_on": date(2026, 4, 1)}, "actual"),
    ],
)
def test_what_cannot_be_an_outcome_is_refused(company, tech_leader, said, code):
    with pytest.raises(RefusedError) as error:
        saving.save_outcomes(company.store, tech_leader, [replace(OUTCOME, **said)])
    assert code in codes(error)
    assert len(set(codes(error))) <= 2


def test_targets_may_be_written_from_either_end(company, tech_leader):
    """Low is the target nearest to the baseline, for a metric that falls as well."""
    falling = replace(
        OUTCOME,
        direction="down",
        baseline=Decimal(5),
        target_low=Decimal(2),
        target_likely=Decimal(3),
        target_high=Decimal(4),
    )
    saving.save_outcomes(company.store, tech_leader, [falling])
    stored = held(company.store, "found")
    assert (stored.target_low, stored.target_likely, stored.target_high) == (4, 3, 2)


@pytest.mark.parametrize("metric", ["Ship the new search", "launch of Search.", "Migrated, all of it"])
def test_an_output_word_as_the_target_is_a_hint_and_no_refusal(company, tech_leader, metric):
    said = replace(OUTCOME, metric=metric)
    with company.store.snapshot() as cursor:
        issues = list(outcome_checks.outcome_issues([said], read.epics(cursor)))
    assert [(issue.code, issue.is_blocker) for issue in issues] == [("output", False)]
    assert "What changes for customers or costs" in issues[0].message
    saving.save_outcomes(company.store, tech_leader, [said])


def test_v12_saving_an_outcome_does_not_take_its_reading_back(company, tech_leader):
    """What was read stays read: a claim is not dropped by an edit after the reading went wrong."""
    before = held(company.store)
    said = replace(
        before,
        owner="Olga Q.",
        actual=None,
        read_on=None,
        grade=Grade.E,
        evidence="",
        share_low=None,
        share_likely=None,
        share_high=None,
    )
    saving.save_outcomes(company.store, tech_leader, [said])
    assert held(company.store) == replace(before, owner="Olga Q.")
    assert ticks(company.store).keys() == set(Tick)


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ({"unit_value": Decimal(700)}, {Tick.MOVEMENT, Tick.SHARE}),
        ({"value_basis": ValueBasis.AGREED}, {Tick.MOVEMENT, Tick.SHARE}),
        ({"baseline": Decimal(2050)}, {Tick.UNIT_VALUE}),
        ({"share_likely": 450_000}, {Tick.MOVEMENT, Tick.UNIT_VALUE}),
        ({"owner": "Somebody"}, set(Tick)),
    ],
)
def test_v10_an_edit_ends_the_ticks_that_confirmed_something_else(company, tech_leader, said, left):
    store = company.store
    saving.save_outcomes(store, tech_leader, [replace(held(store), **said)])
    assert ticks(store).keys() == left


# Readings


def test_v10_a_new_reading_ends_the_ticks_of_movement_and_share(company, tech_leader):
    reading(company.store, tech_leader)
    assert ticks(company.store).keys() == {Tick.UNIT_VALUE}
    assert held(company.store).actual == Decimal(2350)


def test_the_same_reading_again_is_no_change(company, tech_leader):
    reading(company.store, tech_leader)
    with pytest.raises(UnchangedError):
        reading(company.store, tech_leader)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"actual": Decimal("NaN")}, "actual"),
        ({"read_on": date(2026, 1, 4)}, "read_on"),
        ({"evidence": "  "}, "evidence"),
        ({"share_low": 500_000}, "share"),
        ({"share_high": 1_000_001}, "share"),
        ({"share_low": -1}, "share"),
    ],
)
def test_what_cannot_be_a_reading_is_refused(company, tech_leader, said, code):
    version = company.store.version
    with pytest.raises(RefusedError) as error:
        reading(company.store, tech_leader, **said)
    assert codes(error) == [code]
    assert company.store.version == version


def test_r7_a_reading_from_before_the_work_is_told_once_with_what_is_expected_and_what_to_do(
    company, tech_leader
):
    head = "outcome,read_on,actual,grade,evidence,share_low,share_likely,share_high"
    text = f"{head}\n{KEY},2026-01-04,120,B,a report,40%,50%,60%\n"
    (issue,) = lists.read_list(company.store, tech_leader, "readings", text.encode(), "r.csv").issues
    assert (issue.line, issue.column, issue.sent) == (2, "read_on", "2026-01-04")
    assert issue.expected == "a day from 2026-01-05 on, when work on it started"
    assert "Correct the day" in issue.fix
    lists.read_list(company.store, tech_leader, "readings", text.replace("01-04", "01-05").encode(), "r.csv")
    with pytest.raises(RefusedError) as error:
        reading(company.store, tech_leader, read_on=date(2026, 1, 4))
    assert [(one.column, one.expected) for one in error.value.issues] == [("read_on", issue.expected)]


def test_a_stated_reading_needs_no_source(company, tech_leader):
    reading(company.store, tech_leader, grade=Grade.E, evidence="")
    assert held(company.store).grade is Grade.E


def test_a_reading_of_nothing(company, tech_leader, finance):
    with pytest.raises(UnknownKeyError, match="no outcome “none”"):
        reading(company.store, tech_leader, key="none")
    with pytest.raises(UnknownKeyError):
        tick(company.store, finance, Tick.SHARE, key="none")


# Ticks


@pytest.mark.parametrize("which", list(Tick))
def test_v10_each_tick_has_name_date_and_until_when(company, tech_leader, finance, which):
    reading(company.store, tech_leader)
    tick(company.store, finance, which, on=date(2026, 5, 4), until=date(2027, 5, 31))
    given = ticks(company.store)[which]
    assert (given.confirmed_by, given.confirmed_on, given.valid_to) == (
        "Fiona",
        date(2026, 5, 4),
        date(2027, 5, 31),
    )


@pytest.mark.parametrize("which", list(Tick))
def test_v10_nothing_is_confirmed_before_it_is_read(company, tech_leader, finance, which):
    said = replace(
        OUTCOME, unit_value=Decimal(2), currency="USD", value_basis=ValueBasis.BOOKED, grade=Grade.B
    )
    saving.save_outcomes(company.store, tech_leader, [said])
    with pytest.raises(RefusedError, match="has not been read yet") as error:
        tick(company.store, finance, which, key="found")
    assert error.value.issues[0].fix == "Record the reading first."


def test_v7_an_assumed_value_is_never_confirmed(company, tech_leader, finance):
    store = company.store
    saving.save_outcomes(store, tech_leader, [replace(held(store), value_basis=ValueBasis.ASSUMED)])
    with pytest.raises(RefusedError, match="assumed value is never confirmed") as error:
        tick(store, finance, Tick.UNIT_VALUE)
    assert "agreed with finance" in error.value.issues[0].fix
    assert Tick.UNIT_VALUE not in ticks(store)


def test_v10_evidence_of_grade_e_never_gets_the_share(company, tech_leader, finance):
    reading(company.store, tech_leader, grade=Grade.E)
    tick(company.store, finance, Tick.MOVEMENT)
    with pytest.raises(RefusedError, match="only stated"):
        tick(company.store, finance, Tick.SHARE)


def test_a_value_that_nobody_said_is_not_confirmed(company, tech_leader, finance):
    saving.save_outcomes(company.store, tech_leader, [OUTCOME])
    reading(company.store, tech_leader, key="found", actual=Decimal(70))
    with pytest.raises(RefusedError, match="no value of a unit"):
        tick(company.store, finance, Tick.UNIT_VALUE, key="found")


def test_a_tick_does_not_end_before_it_starts(company, finance):
    with pytest.raises(RefusedError, match="end before"):
        tick(company.store, finance, Tick.SHARE, until=date(2026, 5, 3))


def test_a_tick_that_holds_is_not_given_twice_and_a_stale_one_is(company, tech_leader, finance):
    """The delivery moved after the tick: the same words on the same day are a tick for the new facts."""
    store = company.store
    tick(store, finance, Tick.MOVEMENT)
    with pytest.raises(UnchangedError):
        tick(store, finance, Tick.MOVEMENT)
    with store.snapshot() as cursor:
        (epic,) = read.epics(cursor)
    saving.save_outcomes(store, tech_leader, [replace(held(store, KEY), unit_value=Decimal(700))])
    moved = saving.save_epics(store, tech_leader, [replace(epic, delivered=date(2026, 1, 20))])
    assert moved.notes[0].startswith("Ends 1 tick of finance on trial users who pay (the movement, by Fiona)")
    assert moved.notes[0].endswith(": no money was confirmed by them.")
    tick(store, finance, Tick.MOVEMENT)
    with store.snapshot() as cursor:
        assert read.told_when_confirmed(cursor)[KEY, Tick.MOVEMENT].delivered == date(2026, 1, 20)


def test_d25_who_owns_it_may_tick_it_and_the_name_is_kept(company, finance):
    """It counts as self-confirmed (V10); the command stores it as it is."""
    olga = replace(finance, name="Olga")
    tick(company.store, olga, Tick.SHARE)
    assert ticks(company.store)[Tick.SHARE].confirmed_by == "Olga"


def test_s2_who_records_does_not_confirm_and_who_confirms_does_not_record(
    company, tech_leader, owner, finance, executive, admin
):
    store = company.store
    for actor in (tech_leader, owner, executive, admin):
        with pytest.raises(NotAllowedError):
            tick(store, actor, Tick.SHARE)
    for actor in (finance, executive, admin):
        for command, made in ((saving.save_epics, EPIC), (saving.save_outcomes, OUTCOME)):
            with pytest.raises(NotAllowedError):
                command(store, actor, [made])
        with pytest.raises(NotAllowedError):
            reading(store, actor)
