"""Closing the loop: every reading is kept, finance confirms and asks, and an end says what was learned."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from roi.commands import anticipating, lists, loop, outcomes, undo
from roi.commands.loop import OtherShare
from roi.domain.structure import Grade, Outcome, Tick, ValueClass
from roi.domain.value import Closure, Ending, Landed, OutcomePlan, Reading
from roi.errors import ConflictError, NotAllowedError, RefusedError, UndoRefusedError, UnknownKeyError
from roi.store import read, read_value
from tests import saving

KEY = "trial-to-paid"
DAY = date(2026, 6, 1)


@pytest.fixture
def store(company):
    return company.store


def values(store):
    with store.snapshot() as cursor:
        return read_value.values(cursor)


def stored(store, key=KEY):
    with store.snapshot() as cursor:
        return next(one for one in read.outcomes(cursor) if one.key == key)


def ticks(store):
    with store.snapshot() as cursor:
        return {one.tick for one in read.confirmations(cursor) if one.outcome == KEY}


def codes(error):
    return {issue.code for issue in error.value.issues if issue.is_blocker}


def reading(store, actor, read_on, actual, **said):
    asked = {
        "grade": Grade.C,
        "evidence": "monthly series",
        "share_low": 400_000,
        "share_likely": 500_000,
        "share_high": 600_000,
        **said,
    }
    more = {name: asked.pop(name) for name in ("based_on", "restatement") if name in asked}
    given = Reading(asked.pop("key", KEY), read_on, Decimal(actual), **asked)
    return outcomes.record_reading(store, actor, given, **more)


# Readings


def test_v11_a_later_reading_keeps_what_was_confirmed_before(store, una):
    """Movement and share need new ticks; what finance confirmed stays as it was confirmed, word for word."""
    reading(store, una, date(2026, 6, 30), 2500)
    (kept,) = values(store).confirmed_readings[KEY]
    assert (kept.read_on, kept.baseline, kept.actual) == (date(2026, 3, 31), Decimal(2000), Decimal(2400))
    assert (kept.unit_value, kept.currency, kept.share_likely) == (Decimal(600), "USD", 500_000)
    assert (kept.confirmed_by, kept.confirmed_on, kept.valid_to) == ("Fiona", date(2026, 4, 10), None)
    assert ticks(store) == {Tick.UNIT_VALUE}
    reading(store, una, date(2026, 9, 30), 2600)
    assert len(values(store).confirmed_readings[KEY]) == 1


def test_v10_what_the_owner_alone_confirmed_is_not_kept_as_confirmed(store, una, finance):
    reading(store, una, date(2026, 4, 30), 2450)
    loop.confirm_all(store, replace(finance, name="olga"), KEY, date(2026, 5, 4))
    reading(store, una, date(2026, 6, 30), 2500)
    assert [one.read_on for one in values(store).confirmed_readings[KEY]] == [date(2026, 3, 31)]


def test_an_earlier_reading_is_kept_and_moves_nothing(store, una):
    before = stored(store)
    reading(store, una, date(2026, 2, 28), 2200)
    assert stored(store) == before
    assert ticks(store) == set(Tick)
    assert [one.read_on for one in values(store).readings[KEY]] == [date(2026, 2, 28), date(2026, 3, 31)]


def test_v12_an_edit_with_an_older_reading_does_not_take_back_the_later_one(store, una):
    old = stored(store)
    reading(store, una, date(2026, 6, 30), 1900)
    saving.save_outcomes(store, una, [replace(old, owner="Olga Q.")])
    found = stored(store)
    assert (found.owner, found.actual, found.read_on) == ("Olga Q.", Decimal(1900), date(2026, 6, 30))


@pytest.mark.parametrize("said", [{"baseline": Decimal(2050)}, {"metric": "all who pay"}, {"unit": "payers"}])
def test_another_measure_or_baseline_ends_what_was_confirmed_of_the_old_one(store, una, said):
    reading(store, una, date(2026, 6, 30), 2500)
    change = saving.save_outcomes(store, una, [replace(stored(store), **said)])
    assert KEY not in values(store).confirmed_readings
    undo.undo(store, una, change.change_id)
    assert len(values(store).confirmed_readings[KEY]) == 1


def test_v16_another_unit_value_is_a_change_of_estimate_and_ends_nothing(store, una):
    reading(store, una, date(2026, 6, 30), 2500)
    saving.save_outcomes(store, una, [replace(stored(store), unit_value=Decimal(650))])
    (kept,) = values(store).confirmed_readings[KEY]
    assert kept.unit_value == 600


def test_a_confirmed_reading_that_is_read_anew_is_confirmed_no_longer(store, una):
    reading(store, una, date(2026, 6, 30), 2500)
    reading(store, una, date(2026, 3, 31), 2390)
    assert KEY not in values(store).confirmed_readings
    assert values(store).readings[KEY][0].actual == 2390


def test_d31_an_estimate_of_the_effect_stays_with_its_reading(store, una):
    effect = {"effect_low": Decimal(300), "effect_likely": Decimal(350), "effect_high": Decimal("410.50")}
    reading(store, una, date(2026, 6, 30), 2500, **effect, also_happened="a campaign")
    saving.save_outcomes(store, una, [replace(stored(store), owner="Olga Q.", evidence="the series")])
    latest = values(store).readings[KEY][-1]
    assert (latest.effect_high, latest.also_happened, latest.evidence) == (
        Decimal("410.5"),
        "a campaign",
        "the series",
    )
    for wrong in ({"effect_low": Decimal(360)}, {"effect_high": None}, {"effect_likely": Decimal("NaN")}):
        with pytest.raises(RefusedError) as error:
            reading(store, una, date(2026, 7, 31), 2500, **{**effect, **wrong})
        assert codes(error) == {"effect"}


def test_v14_a_risk_without_losses_from_before_is_only_stated(store, una):
    risk = replace(
        Outcome(
            "risk",
            "guided-setup",
            "outages",
            "hours",
            "down",
            *(Decimal(n) for n in (9, 6, 5, 4)),
            ValueClass.RISK_REDUCED,
            "Olga",
        )
    )
    anticipating.save_anticipated(store, una, risk, OutcomePlan("risk", series="outages"))
    with pytest.raises(RefusedError) as error:
        reading(store, una, date(2026, 6, 30), 5, key="risk")
    assert codes(error) == {"loss_series"}
    reading(store, una, date(2026, 6, 30), 5, key="risk", grade=Grade.E)


def test_v14_the_share_of_a_risk_without_any_series_cannot_be_confirmed(store, una, finance):
    risk = replace(stored(store), key="risk", metric="outages", value_class=ValueClass.RISK_REDUCED)
    anticipating.save_anticipated(store, una, replace(risk, actual=None, read_on=None), OutcomePlan("risk"))
    reading(store, una, date(2026, 6, 30), 2500, key="risk")
    with pytest.raises(RefusedError) as error:
        loop.confirm_all(store, finance, "risk", date(2026, 7, 1))
    assert codes(error) == {"loss_series"}
    assert "Bring in the losses" in error.value.issues[0].fix


def test_v9_v14_money_waits_for_the_losses_from_before_of_the_links_that_lead_to_it(store, una, finance):
    """What the report leaves out is not taken either: the link was read, but no loss was counted before."""
    link = replace(stored(store), key="link", metric="outages", value_class=ValueClass.RISK_REDUCED)
    link = replace(link, actual=None, read_on=None)
    anticipating.save_anticipated(store, una, link, OutcomePlan("link", leads_to=KEY))
    reading(store, una, date(2026, 6, 30), 2500, key="link", grade=Grade.C)
    with pytest.raises(RefusedError, match=r"outages leads to .* no series of losses") as error:
        loop.confirm_all(store, finance, KEY, DAY)
    assert codes(error) == {"loss_series"}
    assert "name that series in its plan" in error.value.issues[0].fix
    loop.confirm_all(store, finance, KEY, DAY, ticks=(Tick.MOVEMENT,))


def test_a_reading_of_the_same_day_is_corrected(store, una):
    """The later word counts, and one reading of that day is live."""
    reading(store, una, date(2026, 6, 30), 2500)
    reading(store, una, date(2026, 6, 30), 2510)
    assert stored(store).actual == Decimal(2510)
    live = [one.actual for one in values(store).readings[KEY] if one.read_on == date(2026, 6, 30)]
    assert live == [Decimal(2510)]


def test_two_who_read_the_same_outcome(store, una, owner):
    seen = store.version
    reading(store, owner, date(2026, 6, 30), 2500)
    with pytest.raises(ConflictError, match="Olga changed outcome trial-to-paid"):
        reading(store, una, date(2026, 6, 30), 2510, based_on=seen)


# Finance


def test_v10_all_three_ticks_are_one_change(store, una, finance, state):
    reading(store, una, date(2026, 6, 30), 2500)
    before = state(store)
    given = loop.confirm_all(store, finance, KEY, date(2026, 7, 4), date(2027, 7, 31))
    assert (ticks(store), given.rows_added) == (set(Tick), 3)
    undo.undo(store, finance, given.change_id)
    assert state(store) == before


def test_v10_one_reason_against_all_ticks_is_told_once(store, una, finance):
    reading(store, una, date(2026, 6, 30), 2500, grade=Grade.E)
    with pytest.raises(RefusedError) as error:
        loop.confirm_all(store, finance, KEY, date(2026, 7, 1), date(2026, 5, 1))
    assert [issue.code for issue in error.value.issues].count("valid_to") == 1
    assert codes(error) == {"valid_to", "stated"}
    loop.confirm_all(store, finance, KEY, date(2026, 7, 1), ticks=(Tick.MOVEMENT,))
    assert ticks(store) == {Tick.MOVEMENT, Tick.UNIT_VALUE}


def test_v9_money_waits_for_the_links_that_lead_to_it(store, una, finance):
    link = replace(stored(store), key="link", metric="lessons begun", value_class=ValueClass.NOT_FINANCIAL)
    link = replace(link, actual=None, read_on=None, grade=Grade.E, unit_value=None, currency="")
    anticipating.save_anticipated(store, una, link, OutcomePlan("link", leads_to=KEY))
    with pytest.raises(RefusedError, match=r"lessons begun .* has not been read") as error:
        loop.confirm_all(store, finance, KEY, DAY)
    assert codes(error) == {"chain"}
    reading(store, una, date(2026, 6, 30), 2500, key="link", grade=Grade.E)
    with pytest.raises(RefusedError, match="only stated"):
        loop.confirm_all(store, finance, KEY, DAY)
    reading(store, una, date(2026, 7, 31), 2500, key="link", grade=Grade.D)
    loop.confirm_all(store, finance, KEY, DAY)


def test_an_open_question_stands_in_the_way_until_it_is_answered(store, una, finance, owner):
    loop.ask(store, finance, KEY, DAY, "Which months?")
    with pytest.raises(RefusedError, match="Which months"):
        loop.confirm_all(store, finance, KEY, DAY)
    with pytest.raises(RefusedError, match="no answer yet"):
        loop.ask(store, finance, KEY, DAY, "And why?")
    for wrong, day in (("  ", DAY), ("April", date(2026, 5, 31))):
        with pytest.raises(RefusedError):
            loop.answer(store, owner, KEY, DAY, day, wrong)
    loop.answer(store, owner, KEY, DAY, date(2026, 6, 2), "April to May")
    (asked,) = values(store).questions[KEY]
    assert (asked.is_open, asked.asked_by, asked.answered_by) == (False, "Fiona", "Olga")
    with pytest.raises(RefusedError, match="answered already"):
        loop.answer(store, owner, KEY, DAY, DAY, "June")
    loop.ask(store, finance, KEY, DAY, "And why?")
    (again,) = values(store).questions[KEY]
    assert (again.is_open, again.text) == (True, "Which months?\nOlga: April to May\nAnd why?")
    with pytest.raises(UnknownKeyError):
        loop.answer(store, owner, KEY, date(2026, 6, 9), DAY, "?")


def test_finance_sets_the_share_with_a_reason_that_stays(store, finance):
    loop.adjust_share(store, finance, OtherShare(KEY, 300_000, 400_000, 500_000, "a campaign ran too"))
    found = stored(store)
    assert found.share_likely == values(store).readings[KEY][-1].share_likely == 400_000
    assert found.evidence == "monthly series since 2024; share set by Fiona: a campaign ran too"
    assert ticks(store) == {Tick.MOVEMENT, Tick.UNIT_VALUE}
    for low, likely, why, code in ((500_000, 400_000, "x", "share"), (1, 2, " ", "reason")):
        with pytest.raises(RefusedError) as error:
            loop.adjust_share(store, finance, OtherShare(KEY, low, likely, 500_000, why))
        assert codes(error) == {code}


# The end


CLOSED = Closure(KEY, date(2026, 9, 1), Ending.CLOSED, Landed.MET, "Guide the first day")


def test_closing_needs_what_was_learned_and_a_reason_while_the_loop_is_open(store, owner, una):
    with pytest.raises(RefusedError) as error:
        loop.close(store, owner, replace(CLOSED, learned=" ", landed=None))
    assert codes(error) == {"learned", "landed"}
    with pytest.raises(RefusedError, match="the reading of 2026-05-10 is missing") as error:
        loop.close(store, owner, CLOSED)
    assert codes(error) == {"early"}
    reading(store, una, date(2026, 8, 10), 2500)
    with pytest.raises(RefusedError, match="finance has not confirmed"):
        loop.close(store, owner, CLOSED)
    loop.confirm_all(store, replace(una, name="Fiona"), KEY, date(2026, 8, 12))
    loop.close(store, owner, CLOSED)
    assert values(store).closures[KEY] == CLOSED


def test_an_early_end_needs_a_reason_and_an_ended_one_is_reopened_first(store, owner):
    for how in (Ending.WRITTEN_OFF, Ending.DROPPED):
        with pytest.raises(RefusedError) as error:
            loop.close(store, owner, Closure(KEY, DAY, how))
        assert codes(error) == {"reason"}
    with pytest.raises(RefusedError) as error:
        loop.close(store, owner, Closure(KEY, DAY, Ending.CANCELLED, reason="x"))
    assert codes(error) == {"ended_by"}
    seen = store.version
    loop.close(store, owner, Closure(KEY, DAY, Ending.DROPPED, reason="claimed elsewhere"))
    with pytest.raises(RefusedError, match="dropped since 2026-06-01"):
        loop.close(store, owner, replace(CLOSED, reason="early"))
    with pytest.raises(ConflictError, match="Olga changed closure"):
        loop.reopen(store, owner, KEY, "a slip", seen)
    with pytest.raises(RefusedError):
        loop.reopen(store, owner, KEY, " ")
    loop.reopen(store, owner, KEY, "a slip")
    assert KEY not in values(store).closures
    with pytest.raises(RefusedError, match="has not ended"):
        loop.reopen(store, owner, KEY, "again")


def test_v12_a_dropped_claim_keeps_its_reading(store, owner):
    before = stored(store)
    loop.close(store, owner, Closure(KEY, DAY, Ending.DROPPED, reason="it went wrong"))
    assert stored(store) == before
    assert len(values(store).readings[KEY]) == 1


def test_undo_of_an_outcome_is_refused_while_a_plan_names_it(store, una):
    columns = "outcome epic metric unit direction baseline target_low target_likely target_high"
    head = f"{columns} value_class owner".replace(" ", ",")
    row = f"x,{stored(store).epic},x,users,up,1,2,3,4,revenue,Olga"
    made = lists.import_list(store, una, "outcomes", f"{head}\n{row}\n".encode(), "x.csv")
    anticipating.agree(store, una, "x", DAY)
    with pytest.raises(UndoRefusedError, match="plan of outcome"):
        undo.undo(store, una, made.change_id)


def test_s2_who_claims_does_not_judge_and_who_judges_does_not_claim(store, owner, finance, executive):
    judge = (
        lambda actor: loop.ask(store, actor, KEY, DAY, "?"),
        lambda actor: loop.adjust_share(store, actor, OtherShare(KEY, 1, 2, 3, "x")),
        lambda actor: loop.confirm_all(store, actor, KEY, DAY),
    )
    claim = (
        lambda actor: loop.answer(store, actor, KEY, DAY, DAY, "x"),
        lambda actor: loop.close(store, actor, CLOSED),
        lambda actor: loop.reopen(store, actor, KEY, "x"),
        lambda actor: anticipating.agree(store, actor, KEY, DAY),
    )
    for actors, commands in (((owner, executive), judge), ((finance, executive), claim)):
        for actor in actors:
            for command in commands:
                with pytest.raises(NotAllowedError):
                    command(actor)


# Two who decide


def _written_off(store, who, seen):
    loop.close(store, who, Closure(KEY, DAY, Ending.WRITTEN_OFF, None, "", f"says {who.name}"), seen)


def _delivered(store, who):
    with store.snapshot() as cursor:
        epic = next(one for one in read.epics(cursor) if one.key == "guided-setup")
    saving.save_epics(store, who, [replace(epic, delivered=date(2026, 2, 12))])


ESTIMATE = {"effect_low": Decimal(300), "effect_likely": Decimal(350), "effect_high": Decimal(390)}
FIRST = {
    "an estimate of the effect": lambda store, who: reading(store, who, date(2026, 3, 31), 2400, **ESTIMATE),
    "another day of delivery": _delivered,
    "an earlier reading": lambda store, who: reading(store, who, date(2026, 2, 28), 2200),
    "a new reading": lambda store, who: reading(store, who, date(2026, 6, 30), 2500),
    "an end": lambda store, who: _written_off(store, who, None),
    "a question": lambda store, who: loop.ask(store, who, KEY, DAY, "Which months?"),
    "another share": lambda store, who: loop.adjust_share(store, who, OtherShare(KEY, 1, 2, 3, "a campaign")),
}
SECOND = {
    "one tick": lambda store, who, seen: outcomes.confirm(store, who, KEY, Tick.MOVEMENT, DAY, None, seen),
    "all ticks": lambda store, who, seen: loop.confirm_all(store, who, KEY, DAY, None, based_on=seen),
    "asking": lambda store, who, seen: loop.ask(store, who, KEY, date(2026, 6, 2), "And why?", seen),
    "closing": _written_off,
}


@pytest.mark.parametrize("second", SECOND)
@pytest.mark.parametrize("first", FIRST)
def test_nobody_decides_about_what_somebody_else_changed_meanwhile(store, una, first, second):
    """A tick is given for what was on the screen, not for what came after it (rule V10)."""
    seen = store.version
    FIRST[first](store, una)
    before = store.version
    with pytest.raises(ConflictError, match="Una changed"):
        SECOND[second](store, una, seen)
    assert store.version == before, "nothing was changed"


def test_a_reading_overwrites_none_that_somebody_recorded_of_that_day_meanwhile(store, una, owner):
    seen, day = store.version, date(2026, 2, 28)
    reading(store, una, day, 2200)
    with pytest.raises(ConflictError, match=r"Una changed reading trial-to-paid .*actual is “2200"):
        reading(store, owner, day, 2100, based_on=seen)
    reading(store, owner, date(2026, 1, 31), 2050, based_on=store.version)
    assert [one.actual for one in values(store).readings[KEY]] == [2050, 2200, 2400]


def test_a_reading_takes_no_tick_away_that_was_given_after_its_form_was_opened(store, una, owner, finance):
    reading(store, una, date(2026, 6, 30), 2500)
    seen = store.version
    loop.confirm_all(store, finance, KEY, date(2026, 7, 2))
    with pytest.raises(ConflictError, match="Fiona confirmed the movement of trial-to-paid"):
        reading(store, owner, date(2026, 6, 30), 2510, based_on=seen)
    assert ticks(store) == set(Tick)
    reading(store, owner, date(2026, 6, 30), 2510, based_on=store.version)
    assert ticks(store) == {Tick.UNIT_VALUE}


@pytest.mark.parametrize("ending", [Ending.WRITTEN_OFF, Ending.CLOSED])
def test_a_reading_is_not_recorded_of_what_was_ended_after_its_form_was_opened(store, una, owner, ending):
    seen = store.version
    landed = Landed.MET if ending is Ending.CLOSED else None
    loop.close(store, una, Closure(KEY, DAY, ending, landed, "It helped.", "it is over"))
    with pytest.raises(ConflictError, match="Una changed closure"):
        reading(store, owner, date(2026, 5, 31), 2500, based_on=seen)


def test_another_name_of_the_epic_stops_no_decision(store, una, finance):
    reading(store, una, date(2026, 6, 30), 2500)
    seen = store.version
    with store.snapshot() as cursor:
        epic = next(one for one in read.epics(cursor) if one.key == "guided-setup")
    saving.save_epics(store, una, [replace(epic, name="A guided set-up")])
    loop.confirm_all(store, finance, KEY, date(2026, 7, 2), based_on=seen)


def test_the_second_who_answers_or_adjusts_hears_who_was_first(store, una, owner, finance):
    loop.ask(store, finance, KEY, DAY, "Which months?")
    seen = store.version
    loop.answer(store, una, KEY, DAY, date(2026, 6, 2), "April to May")
    with pytest.raises(ConflictError, match="Una changed question"):
        loop.answer(store, owner, KEY, DAY, date(2026, 6, 2), "June", seen)
    loop.adjust_share(store, una, OtherShare(KEY, 300_000, 400_000, 500_000, "a campaign ran too"))
    with pytest.raises(ConflictError, match="share likely is “400000”"):
        loop.adjust_share(store, finance, OtherShare(KEY, 1, 2, 3, "prices rose"), seen)
