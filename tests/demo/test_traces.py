"""Every figure about value of the demo company is made by the parts that its trace names (law T8)."""

from datetime import date
from fractions import Fraction

import pytest

from roi.demo import company, load
from roi.domain.periods import Span
from roi.reports import team, trace
from roi.reports.shapes import Scope
from roi.reports.tracing.values import VALUE_FINDERS
from roi.story import formulas
from tests import made

DAY = date.fromisoformat(company.TODAY)
YEAR = Span(202601, 202610)

KEYS = {
    "speed_worth": {"outcome": "quicker-checkout"},
    "pause_worth": {"outcome": "lesson-packs"},
    "swap_worth": {"outcome": "one-page-enrolments"},
    "cost_of_delay": {"outcome": "second-courses"},
    "after_record": {"outcome": "second-courses"},
    "assumed_value": {"epic": "self-service"},
    "protected_so_far": {"epic": "self-service"},
    "class_value": {"part": "revenue"},
    "class_expected": {"part": "revenue"},
    "cohort_cost": {"part": "202601"},
    "cohort_value": {"part": "202501"},
    **{
        name: {"epic": "team-licences"}
        for name in "said_value explained_cost pool_movement pool_counted pool_overlap pool_unclaimed".split()
    },
    **{
        name: {"initiative": "enrol-more"}
        for name in "initiative_cost approved_cost promised_month expected_sum confirmed_so_far".split()
    },
    "over_approved": {"initiative": "enrol-more"},
    "team_part_cost": {"initiative": "enrol-more"},
}
"""Figures of one thing: which thing of the demo has a value for them."""

NOTHING_YET = {"true_up_ahead"}


@pytest.mark.parametrize("figure_id", [name for name in VALUE_FINDERS if name != "cohort_rest"])
def test_t8_the_parts_of_every_figure_about_value_make_it(demo, figure_id):
    keys = KEYS.get(figure_id, {})
    report = trace.build(demo, load.FINANCE, Scope(span=YEAR), figure_id, today=DAY, **keys)
    assert report.figure.is_known is (figure_id not in NOTHING_YET)
    made.check(report)


@pytest.mark.parametrize("figure_id", ["npv", "forward_npv", "roi"])
@pytest.mark.parametrize("keys", [{"team": "onboarding"}, {"epic": "team-licences"}], ids=str)
def test_t8_an_appraisal_of_a_team_or_an_epic_is_made_by_its_flows(demo, figure_id, keys):
    made.check(trace.build(demo, load.FINANCE, Scope(span=YEAR), figure_id, today=DAY, **keys))


def test_t8_the_average_month_of_a_team_is_traced_to_the_lines_of_its_own_cost(demo):
    asked, scope = {"today": DAY}, Scope(span=YEAR)
    shown = [one for one in team.build(demo, load.FINANCE, scope, "onboarding", DAY).by_month_own if one]
    found = trace.build(demo, load.FINANCE, scope, "team_cost_month", "onboarding", **asked)
    assert found.sums_agree
    assert found.figure.value == round(Fraction(sum(shown), len(shown)))
    assert dict(found.figure.inputs)["team_cost"] == sum(shown)
    assert f"÷ {len(shown)} months" in formulas.filled(found.figure)


def test_t8_a_figure_of_one_outcome_is_never_that_of_another(demo):
    asked = {"today": DAY, "outcome": "seats-used"}
    report = trace.build(demo, load.FINANCE, Scope(span=YEAR), "pool_counted", **asked)
    assert not report.figure.is_known
