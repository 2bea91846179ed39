"""One series is claimed once (T4, V8), and no claim is dated back once its result is known (V12)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from roi.commands import anticipating, finance_lines, lists, outcomes, undo
from roi.domain.structure import Epic, EpicKind, Outcome, ValueClass
from roi.domain.value import FinanceLine, LineCell, LineKind, OutcomePlan, Reading
from roi.errors import RefusedError, UndoRefusedError
from roi.store import clock, read, read_value
from tests import kept_company, saving

EPIC = Epic("search", "Better search", "checkout", EpicKind.FEATURE, date(2026, 1, 5), None, 250_000)
DONE = replace(EPIC, key="done", name="Done search", delivered=date(2026, 2, 10))
OUTCOME = Outcome(
    "found",
    "search",
    "learners who pay",
    "learners",
    "up",
    baseline=Decimal(100),
    target_low=Decimal(110),
    target_likely=Decimal(120),
    target_high=Decimal(130),
    value_class=ValueClass.REVENUE,
    owner="Olga",
)
AGAIN = replace(OUTCOME, key="again")
PLAN = OutcomePlan("found")
AGREED = replace(PLAN, agreed_on=date(2026, 4, 5))
LINES = [FinanceLine(key, key.title(), LineKind.MARGIN, "USD") for key in ("margin", "kept")]
CELLS = [
    LineCell("margin", "schools", "Schools"),
    LineCell("margin", "rest", "Rest"),
    LineCell("kept", "all", "All"),
]
SERIES = b"series,month,value,source\nfound,2026-01,100,log\n"


@pytest.fixture(scope="module")
def begun(built, tmp_path_factory, una):
    """The company with two lines, a series, and an epic that is delivered beside one that is not."""

    def grow(store):
        finance_lines.save_lines(store, una, LINES, CELLS)
        saving.save_epics(store, una, [EPIC, DONE])
        lists.import_list(store, una, "metric_series", SERIES, "series.csv")

    return kept_company.grown(built, tmp_path_factory.mktemp("once"), grow)


@pytest.fixture
def store(begun, tmp_path):
    with kept_company.opened(begun, tmp_path / "company") as company:
        yield company.store


def stored(store, key="found"):
    with store.snapshot() as cursor:
        return next(one for one in read.outcomes(cursor) if one.key == key)


def agreed_on(store):
    with store.snapshot() as cursor:
        return read_value.values(cursor).plans["found"].agreed_on


def codes(error):
    return {issue.code for issue in error.value.issues if issue.is_blocker}


def save(store, actor, outcome=OUTCOME, plan=PLAN, **more):
    """The outcome with its plan, by the series where `plan` or `more` say so."""
    return anticipating.save_anticipated(store, actor, outcome, replace(plan, outcome=outcome.key, **more))


def read_it(store, actor):
    given = {"read_on": date(2026, 3, 31), "grade": "C", "evidence": "compared"}
    shares = {"share_low": 1, "share_likely": 2, "share_high": 3}
    outcomes.record_reading(store, actor, Reading("found", actual=Decimal(110), **given, **shares))


# One series, one metric, one place


@pytest.mark.parametrize("other", [{"metric": "searches that help"}, {"unit": "searches"}])
def test_t4_one_series_measures_one_metric_under_one_name(store, una, other):
    """Under two names each would have a pool of its own, and its movement would be claimed in both."""
    save(store, una, series="found")
    save(store, una, AGAIN, series="found")
    for outcome in (replace(AGAIN, **other), replace(AGAIN, key="third", **other)):
        with pytest.raises(RefusedError, match=r"the series “found” measures .* of outcome ") as refused:
            save(store, una, outcome, series="found")
        assert codes(refused) == {"series_metric"}
    save(store, una, replace(AGAIN, **other))


@pytest.mark.parametrize("place", [{"line": "kept", "cell": "all"}, {"line": "margin", "cell": "rest"}])
def test_v8_what_one_series_moves_is_claimed_on_one_segment_of_one_line(store, una, place):
    save(store, una, series="found", line="margin", cell="schools")
    save(store, una, replace(OUTCOME, key="leading", value_class=ValueClass.NOT_FINANCIAL), series="found")
    with pytest.raises(RefusedError, match=r"is on margin / schools already .outcome found") as refused:
        save(store, una, AGAIN, series="found", **place)
    assert codes(refused) == {"series_line"}
    save(store, una, AGAIN, **place)
    save(store, una, replace(OUTCOME, key="third"), series="found", line="margin", cell="schools")


@pytest.mark.parametrize("other", [{"metric": "searches that help"}, {"unit": "searches"}])
def test_t4_an_undo_brings_no_second_metric_back_to_a_series(store, una, other):
    save(store, una, replace(AGAIN, **other), series="found")
    freed = save(store, una, replace(AGAIN, **other))
    save(store, una, series="found")
    with pytest.raises(UndoRefusedError, match="one movement is claimed once"):
        undo.undo(store, una, freed.change_id)


def test_v8_an_undo_brings_no_second_line_back_to_a_series(store, una):
    save(store, una, AGAIN, series="found", line="kept", cell="all")
    freed = save(store, una, AGAIN)
    mine = save(store, una, series="found", line="margin", cell="schools")
    with pytest.raises(UndoRefusedError, match=r"learners who pay .found. is measured since"):
        undo.undo(store, una, freed.change_id)
    undo.undo(store, una, mine.change_id)
    undo.undo(store, una, freed.change_id)


# One chain, one money

WORTH = {"unit_value": Decimal(600), "currency": "USD"}
PLACE = {"line": "margin", "cell": "schools"}


def test_v9_only_the_end_of_a_chain_claims_money_on_a_segment_of_a_line(store, una):
    save(store, una, replace(OUTCOME, **WORTH), **PLACE)
    with pytest.raises(RefusedError, match="what one brings is in the other") as refused:
        save(store, una, replace(AGAIN, **WORTH), leads_to="found", **PLACE)
    assert codes(refused) == {"chain_money"}
    save(store, una, AGAIN, leads_to="found", **PLACE)
    with pytest.raises(RefusedError) as refused:
        save(store, una, replace(AGAIN, **WORTH), leads_to="found", **PLACE)
    assert codes(refused) == {"chain_money"}
    save(store, una, replace(AGAIN, **WORTH, value_class=ValueClass.NOT_FINANCIAL), leads_to="found")
    save(store, una, replace(AGAIN, **WORTH), leads_to="found", line="margin", cell="rest")


def test_v9_the_end_claims_no_money_either_while_what_leads_to_it_does(store, una):
    save(store, una)
    save(store, una, replace(AGAIN, **WORTH), leads_to="found", **PLACE)
    with pytest.raises(RefusedError) as refused:
        save(store, una, replace(OUTCOME, **WORTH), **PLACE)
    assert codes(refused) == {"chain_money"}


def test_v9_what_leads_to_it_through_others_claims_no_money_in_its_place_either(store, una):
    save(store, una, replace(OUTCOME, **WORTH), **PLACE)
    save(store, una, AGAIN, leads_to="found")
    first = replace(OUTCOME, key="first", metric="searches that help", **WORTH)
    with pytest.raises(RefusedError, match="searches that help leads to learners who pay") as refused:
        save(store, una, first, leads_to="again", **PLACE)
    assert codes(refused) == {"chain_money"}
    save(store, una, first, leads_to="again", line="margin", cell="rest")
    with pytest.raises(RefusedError, match="searches that help leads to learners who pay"):
        save(store, una, replace(OUTCOME, **WORTH), line="margin", cell="rest")
    save(store, una, AGAIN)
    save(store, una, replace(OUTCOME, **WORTH), line="margin", cell="rest")
    with pytest.raises(RefusedError, match="searches that help leads to learners who pay"):
        save(store, una, AGAIN, leads_to="found")


def test_v9_an_undo_brings_no_second_money_back_to_a_chain(store, una):
    """Of its worth, of the link, or of the link between two others: each was refused, had it been typed."""
    save(store, una, AGAIN, **PLACE)
    save(store, una, replace(OUTCOME, **WORTH), leads_to="again", **PLACE)
    freed = save(store, una, OUTCOME, leads_to="again", **PLACE)
    mine = save(store, una, replace(AGAIN, **WORTH), **PLACE)
    with pytest.raises(UndoRefusedError, match=r"learners who pay .found. would claim money .* .again."):
        undo.undo(store, una, freed.change_id)
    undo.undo(store, una, mine.change_id)
    undo.undo(store, una, freed.change_id)
    parted = save(store, una, replace(OUTCOME, **WORTH), **PLACE)
    save(store, una, replace(AGAIN, key="third", **WORTH), **PLACE)
    save(store, una, AGAIN, leads_to="third", **PLACE)
    with pytest.raises(UndoRefusedError, match=r"found. would claim money .* .third."):
        undo.undo(store, una, parted.change_id)


# The day of the agreement


def test_v12_the_day_of_an_agreement_is_free_until_the_work_is_delivered(store, una):
    for day in (date(2026, 4, 5), date(2026, 1, 2), None):
        save(store, una, agreed_on=day)
        assert agreed_on(store) == day


@pytest.mark.parametrize("earlier", [None, date(2026, 1, 2)])
def test_v12_a_claim_is_not_made_earlier_once_its_work_is_delivered_or_read(store, una, earlier):
    """Agreed in April and read in March it adds nothing; taken back, or dated before, it would."""
    save(store, una, replace(OUTCOME, epic="done"), AGREED)
    with pytest.raises(RefusedError, match="agreed on 2026-04-05, and is delivered") as refused:
        save(store, una, replace(OUTCOME, epic="done"), agreed_on=earlier)
    assert codes(refused) == {"agreed"}
    read_it(store, una)
    with pytest.raises(RefusedError, match="agreed on 2026-04-05, and is read"):
        save(store, una, stored(store), agreed_on=earlier)
    save(store, una, stored(store), agreed_on=date(2026, 4, 6))


def test_v12_an_undo_takes_back_a_slip_of_today_and_makes_no_claim_earlier(store, una, monkeypatch):
    outcome = replace(OUTCOME, epic="done")
    save(store, una, outcome)
    undo.undo(store, una, save(store, una, outcome, AGREED).change_id)
    since = save(store, una, outcome, AGREED).change_id
    with store.snapshot() as cursor:
        tomorrow = clock.today(cursor) + timedelta(days=1)
    with monkeypatch.context() as patched:
        patched.setattr("roi.store.clock.today", lambda _cursor: tomorrow)
        with pytest.raises(UndoRefusedError, match="agreed on 2026-04-05"):
            undo.undo(store, una, since)
    read_it(store, una)
    with pytest.raises(UndoRefusedError, match="agreed on 2026-04-05"):
        undo.undo(store, una, since)
    assert agreed_on(store) == date(2026, 4, 5)
