"""Every published answer of `shared/cases` is asserted by a test, or listed with why nothing gives it."""

import json
from pathlib import Path

import pytest

from roi.domain.delay import regret
from roi.domain.money import SHARE_WHOLE

pytestmark = pytest.mark.real

_NO_FLOW = "boards and ages of single items are the tracker's own; here logs say who worked on what (V3)"
_NO_COUNTERFACTUAL = "movement is actual − baseline until counterfactuals exist (decision D31)"
_LEDGER = "what is capitalised or written down comes from the ledger, and is reckoned nowhere (V1)"
_GROSS = "what passed through a giver is shown nowhere"
_ORDER = "an order is shown as the money that waiting costs, never as a score or a ratio (V21)"
NOT_OURS = {
    "alloc-ab-150-300": {"reciprocal_service_totals": _GROSS},
    "alloc-maintenance-computing": {"reciprocal_service_totals": _GROSS},
    "cal-brier-sklearn": {"log_score_mean": "one sure forecast that fails makes it endless; Brier is shown"},
    "cap-ias38-para65": {"*": _LEDGER},
    "cd3-high-value-vs-short": {"cd3": _ORDER},
    "cd3-icecream": {"cd3": _ORDER, "output_AB": _ORDER, "output_BA": _ORDER},
    "cf-bsts-basic": {"*": _NO_COUNTERFACTUAL},
    "cf-causalimpact-vignette": {"*": _NO_COUNTERFACTUAL},
    "cf-nile-step": {
        "step_state_space": _NO_COUNTERFACTUAL,
        "step_state_space_se": _NO_COUNTERFACTUAL,
        "local_level_var": _NO_COUNTERFACTUAL,
        "best_single_break_index": _NO_COUNTERFACTUAL,
        "break_index_ci95": _NO_COUNTERFACTUAL,
        "alternative_default": _NO_COUNTERFACTUAL,
    },
    "flow-cfd-minimal": {"*": _NO_FLOW},
    "flow-cycle-time-percentiles": {"*": _NO_FLOW},
    "flow-efficiency-heartbeat": {"*": _NO_FLOW},
    "flow-littles-law-wine": {"*": _NO_FLOW},
    "mc-triangular-pert": {
        "triangular": "bounds with a mode are drawn as PERT alone",
        "pert.var_textbook_approx": "the exact variance is used",
    },
    "okr-scoring": {
        "milestone_score": "an outcome has readings; a milestone is no measure of it",
        "objective_mean": "outcomes are not averaged: each is judged by itself",
    },
    "wsjf-additive": {"*": _ORDER},
}
"""By case the expected fields that no test asserts (*: all), with the reason."""


@pytest.fixture(scope="module")
def cases(shared):
    found = [json.loads(path.read_text(encoding="utf-8")) for path in (shared / "cases").glob("*.json")]
    return {one["id"]: one for one in found}


@pytest.fixture(scope="module")
def tests():
    return [path.read_text(encoding="utf-8") for path in Path("tests").rglob("*.py")]


def test_every_expected_field_is_asserted_or_told(cases, tests):
    """A field is asserted where a file of tests names it and its case; the list of this one is left out."""
    own = Path(__file__).read_text(encoding="utf-8")
    told = own[own.index("NOT_OURS = {") : own.index('"""By case')]
    sources = [text.replace(told, "") for text in tests]
    unasserted = {
        (key, field)
        for key, one in cases.items()
        for field in one["expected"]
        if not NOT_OURS.get(key, {}).keys() & {"*", field}
        if not any(_names(text, key) and f'"{field}"' in text for text in sources)
    }
    assert unasserted == set()


def _names(text, key):
    return f'"{key}"' in text or f'"{key}.json"' in text


def test_what_is_told_as_not_ours_is_there(cases):
    assert NOT_OURS.keys() <= cases.keys()
    for key, fields in NOT_OURS.items():
        for field in fields.keys() - {"*"}:
            found = cases[key]["expected"]
            for name in field.split("."):
                found = found[name]
            assert found is not None, (key, field)


@pytest.mark.parametrize("name", ["cd3-high-value-vs-short", "cd3-icecream"])
def test_published_order_of_two_jobs_and_what_the_other_one_costs(cases, name):
    one = cases[name]
    jobs, expected = one["inputs"]["jobs"], one["expected"]

    def wrong_by(first, second):
        months = tuple(jobs[job]["duration"] * SHARE_WHOLE for job in (first, second))
        return regret(jobs[first]["cod"], jobs[second]["cod"], months)

    costs = expected["delay_cost_completion"]
    assert wrong_by("A", "B") == costs["AB"] - costs["BA"] > 0
    assert expected["order"] == ["B", "A"]
    assert wrong_by(*expected["order"]) < 0
