"""Every formula of the demo company that is printed as an equation is one, to the last digit (law T8).

And a figure without a value has no formula: its numbers would be *not known yet* (law T3).
"""

from datetime import date

import pytest

from roi.demo import company, load
from roi.domain.figures import Figure
from roi.domain.periods import Span
from roi.reports import team
from roi.reports.booked import work
from roi.reports.cost import tying
from roi.reports.ground import basis
from roi.reports.shapes import Scope
from roi.reports.tracing.asked import PERIOD, Asked
from roi.reports.tracing.finders import FINDERS
from roi.reports.tracing.values import VALUE_FINDERS, _figures, _view
from roi.story import formulas
from tests import equations

DAY = date.fromisoformat(company.TODAY)
YEAR = Span(202601, 202610)
OF_OUTCOME = ("outcome_value", "measured_month", "expected_month")
OF_TEAM = (
    "full_cost",
    "team_cost_month",
    "unplanned_cost",
    "heads",
    "cost_per_head",
    "return_per_unit",
    "net_cash",
)
OF_ONE = {
    "epic_cost",
    *OF_OUTCOME,
    "unplanned_cost",
    "team_cost_month",
    "obligation_penalty",
    "penalty_paid",
    "cost_part",
    "suspense_part",
}
OF_ALL = sorted(FINDERS.keys() - OF_ONE - VALUE_FINDERS.keys())


@pytest.fixture(scope="module")
def known(demo):
    """Every figure of every epic, outcome, team and initiative, and of the whole, as its trace finds it."""
    with basis.opened(demo, load.FINANCE, Scope(span=YEAR)) as base:
        cost = tying.load(base)
        jobs = work.load(cost, DAY)

        def asked(epic=None, outcome=None, its_team=None, part=None, initiative=None):
            return Asked(base, cost, jobs, its_team, outcome, epic, part, initiative, DAY)

        found: list[Figure] = []
        for epic in jobs.epics:
            found += plain(asked(epic))
            found += [FINDERS["epic_cost"](asked(epic, part=part)).figure for part in ("", PERIOD)]
        for item in jobs.valued:
            found += [FINDERS[name](asked(item.epic, item.outcome.key)).figure for name in OF_OUTCOME]
        for key in base.shown:
            found += [FINDERS[name](asked(its_team=team.find(base, key))).figure for name in OF_TEAM]
        for key in jobs.values.initiatives:
            found += plain(asked(initiative=key))
        return [*found, *(FINDERS[name](asked()).figure for name in OF_ALL)]


def plain(asked):
    """The figures of a view, but those whose formula has summands: only the trace finds these."""
    return [one for one in _figures(_view(asked)) if "{terms}" not in one.definition.formula]


def test_t8_every_printed_equation_holds_to_the_last_digit(known):
    told = {formulas.filled(one) for one in known if one.is_known}
    assert "" not in told
    assert not [one for one in told if not equations.holds(one)]
    assert sum(bool(equations.sides(one)) for one in told) > 100


def test_t3_no_formula_is_printed_without_its_numbers(known):
    assert any(not one.is_known for one in known)
    assert not [one for one in known if not one.is_known and formulas.filled(one)]
    assert not [one for one in known if "not known" in formulas.filled(one)]
