"""R11: the history says what changed, before and after, in words, on page and command line."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from roi.commands import epics, lists, structure
from roi.domain.structure import Team
from roi.domain.value import EpicPlan
from roi.reports import data, epic
from roi.reports.shapes import Scope
from roi.reports.shapes.data import ChangeRow, Difference
from roi.store import read
from roi.story import history_words
from tests import saving

KEY = "guided-setup"


def newest(store, actor):
    return data.build(store, actor, Scope()).changes[0]


def test_r11_the_history_says_what_an_epic_was_and_is(company, tech_leader, finance):
    store = company.store
    with store.snapshot() as cursor:
        (its,) = read.epics(cursor)
    saved = replace(its, name="Guided start", delivered=date(2026, 2, 12))
    epics.save_epic(store, tech_leader, saved, EpicPlan(KEY, run_share=120_000))
    told = "Guided start: name Guided setup → Guided start, delivered 10 Feb 2026 → 12 Feb 2026, "
    told += "run cost a year, of build cost none → 12%."
    assert history_words.told(newest(store, tech_leader)) == told
    epics.save_epic(store, tech_leader, saved, EpicPlan(KEY, run_share=0))
    assert history_words.told(newest(store, tech_leader)) == (
        "Change of estimate after the start of Guided start: run cost a year 12 % → 0 % of build cost."
    )
    epics.save_epic(
        store,
        finance,
        replace(saved, planned_share=400_000),
        EpicPlan(KEY, run_share=0),
        restatement="the plan said so",
    )
    change = newest(store, tech_leader)
    assert history_words.told(change) == "Guided start: planned share 50% → 40%."
    assert change.reason == "the plan said so"
    (on_epic, *_) = epic.build(store, tech_leader, Scope(), KEY, date(2026, 11, 26)).changes
    assert on_epic == change


def test_r11_an_outcome_with_its_ticks_and_a_team(company, tech_leader):
    store = company.store
    with store.snapshot() as cursor:
        (its,) = read.outcomes(cursor)
    saving.save_outcomes(store, tech_leader, [replace(its, unit_value=Decimal(700))])
    told = history_words.told(newest(store, tech_leader))
    assert told.startswith(
        "trial users who pay: value of one unit 600 → 700, tick ended: the unit value. Ends 1"
    )
    structure.save_teams(store, tech_leader, [Team("checkout", "Check-out", value_stream="Enrolment")])
    told = history_words.told(newest(store, tech_leader))
    assert told == "Check-out: name Checkout → Check-out, division Products → none."


def test_r11_a_long_list_is_told_by_its_first_rows_and_an_epic_by_its_own(company, tech_leader):
    store = company.store
    head = "epic,name,team,kind,started,planned_share\n"
    for size in ("feature", "risk"):
        rows = "".join(f"e{n},Epic {n},checkout,{size},2026-01-05,1%\n" for n in range(9))
        lists.import_list(store, tech_leader, "epics", (head + rows).encode(), "e.csv")
    told = history_words.told(newest(store, tech_leader))
    assert told.startswith("Epic 0: kind feature → risk. Epic 1:")
    assert told.endswith("And 3 more.")
    (own, *_) = epic.build(store, tech_leader, Scope(), "e7", date(2026, 11, 26)).changes
    assert history_words.told(own) == "Epic 7: kind feature → risk."


def test_money_is_told_in_its_currency():
    row = Difference("initiative", "Enrol more", "approved_minor", 100_000, 250_000, "USD")
    change = ChangeRow(1, None, "", "", "", 1, 1, None, None, moved=(row,))
    assert history_words.told(change) == "Enrol more: approved cost $1,000.00 → $2,500.00."
