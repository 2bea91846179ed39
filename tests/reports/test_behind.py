"""The outcomes behind a sum of value are found in the months kept of all as they are one by one (T8)."""

from collections import OrderedDict
from random import Random

import pytest

from roi.errors import RoiError
from roi.reports import trace
from roi.reports.booked import behind, every_month
from roi.reports.ground import kept
from roi.reports.shapes import Scope
from tests.reports import test_every_month
from tests.reports.test_every_month import MONTHS, abroad, rate
from tests.reports.test_reuse import KEYS, RARE, STEPS, TICKS, TODAY, shared

__all__ = ["shared"]

FIGURES = ("confirmed_cash", "protected_value", "return_incl_not_cash", "net_cash", "net_if_lands")
TEAMS = ("onboarding", "search", "platform")


def traces(built, actor, scope, team):
    return [trace.build(built.store, actor, scope, name, team, today=TODAY) for name in FIGURES]


def one_by_one(built, actor, scope, team, monkeypatch):
    """The same with nothing kept, no period cut out of every month, and each outcome asked by itself."""
    with monkeypatch.context() as alone:
        for its in ("_versions", "_states", "_newest"):
            alone.setattr(kept, its, OrderedDict())
        alone.setattr(every_month, "load", lambda *_: None)
        return traces(built, actor, scope, team)


@pytest.mark.parametrize("seed", range(2))
def test_t8_what_is_looked_up_of_all_outcomes_is_what_each_says_itself(shared, finance, monkeypatch, seed):
    monkeypatch.setattr(behind, "FEW", 0)
    rng, done, valued = Random(seed), [], 0
    for key in KEYS:
        shared.confirm(key, by="Fiona", ticks=" ".join(TICKS))
    for _ in range(6):
        step = rng.choice((*STEPS, abroad, rate) if rng.random() < 0.8 else RARE)
        try:
            done.append((step.__name__, step(shared, rng, rng.choice(KEYS))))
        except RoiError:
            continue
        span, team = test_every_month.span_of(rng), rng.choice([None, None, *TEAMS])
        scope = Scope(span=span, value_stream=None if team else rng.choice([None, "Enrolment"]))
        found = traces(shared, finance, scope, team)
        valued += sum(one.outcomes_with_value for one in found) * (
            span.first >= MONTHS[0] and span.last <= MONTHS[-1]
        )
        assert found == one_by_one(shared, finance, scope, team, monkeypatch), (scope, team, done)
    assert valued, "no outcome counted in any period that was cut out: the test tells little"
