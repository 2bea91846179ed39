"""A period cut out of every month is the period reckoned by itself, to the minor unit and the last draw.

Random histories of a small company: pools, caps, copies, closed months with true-ups, questions, ends,
slices, splits, and outcomes in a currency of which some months have no rate. After each change a random
period is asked twice: cut out, and with nothing kept and nothing cut out (laws T1, T4, T6).
"""

from collections import OrderedDict
from datetime import date
from random import Random

import pytest

from roi.domain.periods import Span, months_between
from roi.errors import RoiError
from roi.reports import portfolio, teams
from roi.reports.booked import booking, epic_parts, every_month, work
from roi.reports.booked.booking import CASH, JUDGED, KINDS, PROTECTED, TRUE_UP
from roi.reports.cost import efforts, tying
from roi.reports.ground import basis, kept
from roi.reports.shapes import Scope
from tests.reports import test_reuse
from tests.reports.test_reuse import KEYS, RARE, STEPS, TODAY, shared

__all__ = ["shared"]

MONTHS = (201501, 201502, 201503)


def abroad(built, rng, _):
    """An outcome in another currency, of which one month or none has a rate."""
    its = {
        "currency": "USD",
        "owner": "Olga",
        "value_class": "revenue",
        "metric": rng.choice(["far", "people"]),
    }
    read = {"actual": str(rng.randint(900, 1300)), "read_on": date(2015, 3, 28)}
    return built.outcome("abroad", rng.choice([*test_reuse.EPICS]), **its, **read)


def rate(built, rng, _):
    row = {"currency": "USD", "target": "GBP", "basis": "average", "rate_source": "a test"}
    months = rng.choice([MONTHS, MONTHS[:2], MONTHS[2:]])
    rows = ({**row, "month": month, "rate_billionths": 640_000_000 + month} for month in months)
    return built.put("exchange_rate", *rows)


def span_of(rng):
    first, last = sorted(rng.choices(MONTHS, k=2))
    return rng.choice([Span(first, last), Span(first, last), Span(first, 201506), Span(201411, last)])


def asked(built, actor, scope):
    """Portfolio and Teams of a period, some streams open."""
    return (
        portfolio.build_incl_not_cash(built.store, actor, scope, TODAY),
        teams.build(built.store, actor, scope, TODAY),
    )


def asked_alone(built, actor, scope, monkeypatch):
    """The same with nothing kept, and the period reckoned by itself."""
    with monkeypatch.context() as alone:
        for its in ("_versions", "_states", "_newest"):
            alone.setattr(kept, its, OrderedDict())
        alone.setattr(every_month, "load", lambda *_: None)
        return asked(built, actor, scope)


@pytest.mark.parametrize("seed", range(2))
def test_t6_a_period_cut_out_of_every_month_is_the_period_reckoned_by_itself(
    shared, finance, tech_leader, monkeypatch, seed
):
    rng, done, cut = Random(seed), [], 0
    for number in range(12):
        step = rng.choice((*STEPS, abroad, rate) if rng.random() < 0.8 else RARE)
        try:
            done.append((step.__name__, step(shared, rng, rng.choice(KEYS))))
        except RoiError:
            continue
        actor = finance if number % 3 else tech_leader
        scope = Scope(span=span_of(rng), value_stream=rng.choice([None, None, "Enrolment"]))
        asked(shared, actor, Scope(span=span_of(rng)))
        found = asked(shared, actor, scope)
        cut += scope.span.first >= MONTHS[0] and scope.span.last <= MONTHS[-1]
        assert found == asked_alone(shared, actor, scope, monkeypatch), (scope, done)
    assert cut > 3, "hardly a period was cut out: the test tells little"


@pytest.mark.parametrize("seed", range(3))
def test_t4_what_teams_book_in_a_cut_is_what_they_book_in_the_period(shared, finance, seed):
    rng = Random(seed)
    for step in (abroad, rate, test_reuse.ticks, test_reuse.close, test_reuse.outcome, test_reuse.ticks):
        step(shared, rng, rng.choice(KEYS))
    for _ in range(4):
        with basis.opened(shared.store, finance, Scope(span=Span(*sorted(rng.choices(MONTHS, k=2))))) as base:
            jobs = work.load(tying.load(base), TODAY)
            alone = booking.Period(jobs.period.looked)
            alone.cut[""] = None
            assert jobs.period.sliced(base) is not None
            moving = base.structure.group(None, base.every_month)
            groups = (base.shown, *({team.key} for team in base.teams), moving)
            for which in (CASH, JUDGED, PROTECTED, TRUE_UP):
                for its in groups:
                    for kinds in (*((kind,) for kind in KINDS), KINDS):
                        for is_own in (False, True):
                            asked_for = base, kinds, its, (which, is_own)
                            found, wanted = jobs.period.sums_of(*asked_for), alone.sums_of(*asked_for)
                            assert [*found.items()] == [*wanted.items()], (which, its, kinds, is_own)


def test_v22_what_parts_of_epics_cost_at_once_is_what_each_costs(shared, finance):
    for first in MONTHS:
        for last in months_between(first, MONTHS[-1]):
            with basis.opened(shared.store, finance, Scope(span=Span(first, last))) as base:
                jobs = work.load(tying.load(base), TODAY)
                parts = epic_parts.of(jobs)
                months, net = parts.within(base.span)
                whole = parts.by(last)
                places = [(team, at) for team, its in parts.ends.items() for at in range(*its)]
                assert places
                for team, at in places:
                    one = jobs.parts.get((parts.epics[at].key, team), efforts.NO_COST)
                    assert (one.months_in_period, one.net_in_period.amount) == (months[at], net[at])
                    assert first > MONTHS[0] or whole[at] == net[at], "no epic began before"
