"""Nobody outside finance can tell what a person is paid, by no filter, link, view or export (T10, D23).

Two companies that differ only in who earns what, with the same sums over groups of five and more, must look
the same in everything that a role can open. That covers every difference between two views as well.
"""

import shutil
from collections import defaultdict
from datetime import date

import pytest

from roi.actors import Actor, Role
from roi.demo import home, load
from roi.domain.periods import Span
from roi.reports.shapes import Scope
from roi.store import marts
from tests.reports import openable

TODAY = date(2026, 11, 12)
MARCH, APRIL, WINTER = Span(202503, 202503), Span(202504, 202504), Span(202506, 202602)
EVERYTHING = Scope()
SCOPES = [
    *(Scope(span, None, currency) for span in (None, MARCH, APRIL) for currency in (None, "EUR")),
    *(Scope(span, stream) for span in (MARCH, WINTER) for stream in ("Learning", "Enabling", "Success")),
    Scope(Span(202407, 202506), "Success", structure="today"),
]
"""One person leaves between March and April 2025; a stream of nine people and one of sixteen."""
OUTSIDE = [Actor("Somebody", frozenset({role})) for role in Role if role is not Role.FINANCE]


def _opened(path, folder):
    shutil.copytree(path.parent, folder)
    return home.Store.open(folder / path.name, purpose="a test", check=False)


@pytest.fixture(scope="module")
def shuffled(demo_path, tmp_path_factory):
    """The demo company after people have swapped what they earn, group by group, month by month."""
    store = _opened(demo_path, tmp_path_factory.mktemp("shuffled") / "demo")
    with store.write() as cursor:
        lines = cursor.execute(
            "select month, currency, intent, treatment, category, person_key, ledger_line.rowid, "
            "amount_minor from ledger_line inner join coding on ledger_line.coding = coding.coding "
            "where removed_by = 2147483647 and person_key != '' order by all"
        ).fetchall()
        groups = defaultdict(list)
        for *group, person, row, amount in lines:
            groups[tuple(group)].append((person, row, amount))
        changes = []
        for found in groups.values():
            amounts = [amount for *_, amount in found]
            turned = amounts[1:] + amounts[:1]
            changes += [(amount, row) for (_, row, _), amount in zip(found, turned, strict=True)]
        cursor.execute(
            "create temporary table swapped as select unnest($amounts) as amount, unnest($rows) as line",
            {"amounts": [amount for amount, _ in changes], "rows": [row for _, row in changes]},
        )
        cursor.execute(
            "update ledger_line set amount_minor = swapped.amount from swapped "
            "where ledger_line.rowid = swapped.line"
        )
        marts.refresh(cursor, marts.all_months(cursor))
    yield store
    store.close()


def test_the_two_companies_differ_for_finance(demo, shuffled):
    first = dict(openable.reports(demo, load.FINANCE, EVERYTHING, TODAY))
    second = dict(openable.reports(shuffled, load.FINANCE, EVERYTHING, TODAY))
    for name in ("portfolio", "teams", "export", "team onboarding"):
        assert list(openable.differences(first[name], second[name])), name


@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_p1_p2_swapping_pay_within_groups_changes_nothing_outside_finance(demo, shuffled, scope):
    second = dict(openable.reports(shuffled, load.EXECUTIVE, scope, TODAY, 4))
    for name, report in openable.reports(demo, load.EXECUTIVE, scope, TODAY, 4):
        assert list(openable.differences(report, second[name])) == [], name


def test_p1_p2_no_way_back_from_a_figure_tells_more(demo, shuffled):
    scope, keys = Scope(MARCH), [None, "data"]
    second = dict(openable.traces(shuffled, load.EXECUTIVE, scope, keys))
    for name, report in openable.traces(demo, load.EXECUTIVE, scope, keys):
        assert list(openable.differences(report, second[name])) == [], name


def test_p1_p2_what_does_not_depend_on_months_tells_nothing_either(demo, shuffled):
    for actor in OUTSIDE:
        second = dict(openable.of_company(shuffled, actor, EVERYTHING))
        for name, report in openable.of_company(demo, actor, EVERYTHING):
            assert list(openable.differences(report, second[name])) == [], (actor.roles, name)
            assert "ledger" not in name


def test_t10_no_person_key_stands_in_anything_that_can_be_opened(demo):
    with demo.snapshot() as cursor:
        keys = {row[0] for row in cursor.execute("select distinct person_key from assignment").fetchall()}
    for actor in (load.EXECUTIVE, load.FINANCE):
        every = [
            *openable.reports(demo, actor, EVERYTHING, TODAY),
            *openable.of_company(demo, actor, EVERYTHING),
        ]
        found = "\n".join({text for _, report in every for text in openable.texts(report)})
        assert [key for key in keys if key in found] == []
