"""What is kept or summed many at a time gives the same figures, to the last bit (laws T1, T6, T7)."""

import gc
import weakref
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from types import SimpleNamespace

import numpy as np
import pytest

from roi.domain.money import equal_parts, largest_remainder
from roi.domain.periods import Span
from roi.reports.booked import work
from roi.reports.cost import efforts, tying
from roi.reports.ground import basis, building, kept
from roi.reports.loop import work_rows
from roi.reports.shapes import Scope
from roi.reports.value import draws
from roi.reports.value.draws import Drawn
from roi.store import read

EARLY = Scope(span=Span(201501, 201502))


def test_t1_a_shorter_period_is_cut_from_the_whole_ledger_as_if_it_had_been_read_alone(company, finance):
    with basis.opened(company.store, finance, EARLY) as base:
        found, alone = tying.load(base), tying._exact(base)
    assert found.furthest is not None
    assert (found.places, found.hops) == (alone.places, alone.hops)
    assert (found.whole, found.heads) == (alone.whole, alone.heads)


def test_t1_epics_cost_the_same_whether_their_months_are_kept_or_not(returning, finance):
    with basis.opened(returning.store, finance, EARLY) as base:
        jobs = work.load(tying.load(base))
        known = efforts._known(tying._exact(base), jobs.epics, jobs.values)
        alone, _ = efforts.in_span(known, base.span)
    assert {**dict.fromkeys(alone, efforts.NO_COST), **jobs.parts} == dict(alone)


def test_t7_what_is_kept_of_a_version_is_not_given_for_the_next(company, finance):
    made = []

    def ask():
        with basis.opened(company.store, finance, Scope()) as base:
            return kept.once(base, "test", ("a",), lambda: made.append(base.version) or base.version)

    first, again = ask(), ask()
    company.put("cost_pool", {"pool": "p", "name": "Pool", "driver": "headcount", "is_overhead": False})
    assert (first, again, ask()) == (first, first, first + 1)
    assert made == [first, first + 1]


def test_t7_every_table_of_the_schema_is_said_to_be_of_cost_of_value_of_both_or_of_neither(store):
    """A table that nobody thought of would be read from memory after it changed, or ask anew for nothing."""
    temporal = "select table_name from duckdb_columns() where column_name = 'removed_by' and not internal"
    tables = "select table_name from duckdb_tables() where not internal and table_name in"
    with store.cursor() as cursor:
        found = {name for (name,) in cursor.execute(f"{tables} ({temporal})").fetchall()}
    said = Counter(
        name for of in (kept.OF_COST, kept.OF_VALUE, kept.OF_EPICS, kept.OF_ALL, kept.OF_NONE) for name in of
    )
    assert said == Counter({*found, read.SETTINGS_OF_FIGURES})


def test_what_every_day_adds_is_forgotten_before_it_grows(returning, finance):
    sizes = []
    for day in range(1, 13):
        span = Span(201501, 201500 + day)
        with basis.opened(returning.store, finance, Scope(span=span)) as base:
            jobs = work.load(tying.load(base), date(2016, 1, day))
            sizes.append(len(jobs.agreed.found))
    assert max(sizes) <= 16 * len(jobs.agreed.outcomes)


def test_t6_draws_summed_many_at_a_time_are_the_sum_one_after_the_other(monkeypatch):
    rng = np.random.default_rng(7)
    ratios = {(f"o{number}", 0): rng.lognormal(0, 1, 50).astype(np.float32) for number in range(150)}
    amounts = {key: int(rng.integers(-(10**9), 10**9)) for key in ratios}
    monkeypatch.setattr(Drawn, "ratio", lambda _, outcome, level: ratios[outcome, level])
    monkeypatch.setattr(Drawn, "count", 50)
    whole = np.zeros(50)
    for key, amount in amounts.items():
        whole += np.multiply(ratios[key], amount, dtype=np.float64)
    made = {
        (*key, 50): ratios[key] for key in list(ratios)[::2]
    }  # the others are made when they are asked for
    drawn = Drawn(SimpleNamespace(ratios=made), None)
    assert drawn.sum(amounts).tolist() == whole.tolist()
    assert drawn.sum({}).tolist() == [0] * 50


@pytest.mark.parametrize("count", [1, 2, 7, 10, 1_000, 2_000, 10_000])
def test_t6_p10_and_p90_are_those_of_numpy_to_the_last_bit(count):
    for seed in range(5):
        drawn = np.random.default_rng(seed).lognormal(5, 3, count) - 100
        expected = np.quantile(drawn, [0.1, 0.9], method="hazen").tolist()
        assert list(draws._quantiles(drawn)) == expected


@pytest.mark.parametrize("total", [-7, -1, 0, 1, 5, 100, 12_345_678_901])
def test_equal_parts_are_those_of_the_largest_remainder(total):
    for count in (1, 2, 3, 7):
        assert equal_parts(total, count) == largest_remainder(total, [1] * count)


def test_the_collector_waits_while_any_report_is_under_way_and_goes_on_afterwards():
    assert gc.isenabled()
    both = Barrier(2, timeout=20)

    def report() -> bool:
        with building.many_records():
            both.wait()
            inside = gc.isenabled()
            both.wait()
        return inside

    with ThreadPoolExecutor(2) as pool:
        assert [one.result() for one in [pool.submit(report), pool.submit(report)]] == [False, False]
    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError), building.many_records():
        raise ZeroDivisionError
    assert gc.isenabled()


def test_t1_rows_that_are_made_later_say_what_they_would_have_said_at_once(returning, finance):
    with basis.opened(returning.store, finance, Scope()) as base:
        jobs = work.load(tying.load(base))
        at_once = [work_rows.outcome_row(jobs, item) for item in jobs.valued]
        later = [work_rows.outcome_row(jobs.aside, jobs.aside.by_key[one.outcome.key]) for one in at_once]
        assert later == at_once
        assert [work_rows.epic_row(jobs.aside, one) for one in jobs.epics] == [
            work_rows.epic_row(jobs, one) for one in jobs.epics
        ]


def test_what_is_worked_out_of_a_period_goes_with_the_last_who_asks_it(returning, finance):
    """Not only when the search for circular garbage comes by: that would hold dozens of periods."""
    with basis.opened(returning.store, finance, Scope()) as base:
        jobs = work.load(tying.load(base))
        for every in (jobs.by_key, jobs.item_of, jobs.of_epic):
            assert [every[key] for key in every]
        assert jobs.aside.by_key
        its = weakref.ref(jobs), weakref.ref(jobs.aside)
        gc.disable()
        try:
            del jobs
            assert [one() for one in its] == [None, None]
        finally:
            gc.enable()
