"""Major projects of a government: what they may cost, what they forecast, benefits that are only stated."""

from datetime import date
from decimal import Decimal

import pytest

from roi.actors import local_user
from roi.commands import costs, lists, structure
from roi.commands.changing.requests import CostImport
from roi.domain.periods import Span
from roi.domain.structure import Company
from roi.reports import initiatives, portfolio
from roi.reports import outcomes as outcomes_report
from roi.reports.shapes import Scope
from tests.real import major_projects

pytestmark = pytest.mark.real

TODAY = date(2016, 6, 30)
YEAR = Scope(span=Span(201504, 201603))


@pytest.fixture(scope="module")
def folder(shared):
    return shared / "data" / "real" / "uk_major_projects"


@pytest.fixture
def person(store):
    everyone = local_user("Odile")
    structure.save_company(store, everyone, Company("Major projects", "GBP", 4))
    return everyone


def bring(store, person, projects):
    for kind, content in major_projects.lists(projects).items():
        lists.import_list(store, person, kind, content, f"{kind}.csv")


def test_an_edition_that_lies_on_its_side_comes_in_with_plan_outlook_and_whole_life_cost(
    store, person, folder
):
    projects = major_projects.of_2016(folder)
    assert len(projects) == 143
    bring(store, person, projects)
    request = CostImport(major_projects.costs(projects), "projects.csv", "Major projects")
    preview = costs.preview(store, person, request)
    assert preview.is_ready, preview.issues[:5]
    costs.import_costs(store, person, request)
    with store.cursor() as cursor:
        sums = dict(
            cursor.execute(
                "select scenario, sum(amount_minor)::bigint from live_cost_line group by all"
            ).fetchall()
        )
    given = {
        f"plan: {major_projects.PLAN}": [one.budget for one in projects],
        "outlook": [one.forecast for one in projects],
    }
    for scenario, amounts in given.items():
        known = [amount for amount in amounts if amount is not None]
        assert len(known) == 138
        assert sums[scenario] == int(sum(known, Decimal(0)) * 100)
    rows = initiatives.build(store, person, YEAR, TODAY).rows
    approved = [row.approved.value for row in rows]
    whole_life = [one.whole_life for one in projects]
    assert sum(one is None for one in approved) == sum(one is None for one in whole_life) == 9
    assert sum(one or 0 for one in approved) == int(sum((one or 0 for one in whole_life), Decimal(0)) * 100)


def test_t5_benefits_that_are_only_stated_are_shown_and_never_counted(store, person, folder):
    projects = major_projects.of_2023(folder)
    stated = [one for one in projects if one.benefits]
    assert len(projects) == 244
    assert sum(one.benefits is not None for one in projects) == 110
    bring(store, person, projects)
    report = outcomes_report.build(store, person, YEAR, TODAY)
    found = [row for epic in report.epics for row in epic.outcomes]
    assert len(found) == len(stated) == report.total
    assert {row.outcome.grade for row in found} == {"E"}
    assert report.confirmed == report.read == 0
    assert portfolio.build(store, person, YEAR, TODAY).confirmed.value is None
