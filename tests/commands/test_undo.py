"""D9: undo is a reversing change; refused where a later change was built on what it would take back."""

import ast
import re
from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

from roi import commands
from roi.actors import Role
from roi.commands import costs, keeping, lists, mapping, obligations, outcomes, structure, undo, waits
from roi.commands.changing.requests import CostImport
from roi.commands.mapping import AreaTarget, StatedTotal
from roi.domain.importing import Mode
from roi.domain.obligations import Obligation, ObligationKind
from roi.domain.periods import Span
from roi.domain.structure import Company, Epic, EpicKind, Grade, Team, Tick
from roi.domain.value import Reading, Wait
from roi.errors import NotAllowedError, RefusedError, UndoRefusedError, UnknownKeyError
from roi.store import read
from tests import saving, small_company

JANUARY = Span(202601, 202601)


def bring_in(store, finance, content, mode=Mode.ASK, name="more.csv"):
    request = CostImport(content, name, "books", mode=mode)
    return costs.import_costs(store, finance, request)


def april(amount="10.00"):
    return f"{small_company.HEADER}\n2026-04,Checkout,,Salaries,,,,{amount},USD\n".encode()


def january(amount="10.00"):
    return f"{small_company.HEADER}\n2026-01,Checkout,,Salaries,,,,{amount},USD\n".encode()


def reading(store, tech_leader, actual=Decimal(2300)):
    return outcomes.record_reading(
        store,
        tech_leader,
        Reading(
            "trial-to-paid",
            actual=actual,
            read_on=date(2026, 4, 30),
            grade=Grade.C,
            evidence="monthly series",
            share_low=300_000,
            share_likely=400_000,
            share_high=500_000,
        ),
    )


CHANGES = {
    "import": lambda store, una: bring_in(store, una, april()),
    "replacing import": lambda store, una: bring_in(store, una, january(), Mode.REPLACE),
    "adding import": lambda store, una: bring_in(store, una, january("11.00"), Mode.ADD),
    "mapping": lambda store, una: mapping.map_areas(
        store, una, "books", [AreaTarget("SHARED OFFICE", "team", "checkout")]
    ),
    "mapping to a pool": lambda store, una: mapping.map_areas(
        store, una, "books", [AreaTarget("SHARED OFFICE", "pool", "Rent")]
    ),
    "cost centre": lambda store, una: mapping.set_cost_centre(store, una, "SHARED OFFICE", "checkout"),
    "control total": lambda store, una: mapping.state_control_total(
        store, una, StatedTotal("books", "actual", JANUARY, Decimal("400000.00"), "USD")
    ),
    "company": lambda store, una: structure.save_company(store, una, Company("Other", "EUR", 4)),
    "teams": lambda store, una: structure.save_teams(
        store, una, [Team("", "Search"), Team("checkout", "Check-out", value_stream="New")]
    ),
    "member": lambda store, una: structure.save_member(store, una, "Fiona", frozenset({Role.FINANCE})),
    "reading": reading,
    "confirmation": lambda store, una: outcomes.confirm(
        store, una, "trial-to-paid", Tick.SHARE, date(2026, 5, 2), None
    ),
    "list": lambda store, una: lists.import_list(
        store, una, "teams", b"name,value_stream\nOnboarding,Other\nSearch,\n", "teams.csv"
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_undo_leaves_everything_as_it_was_and_an_undo_of_it_brings_it_back(
    company, finance, una, state, change
):
    store = company.store
    before = state(store)
    made = CHANGES[change](store, una)
    after = state(store)
    assert after != before
    undone = undo.undo(store, una, made.change_id, "a slip")
    assert state(store) == before
    assert undone.reason == "a slip"
    undo.undo(store, una, undone.change_id)
    assert state(store) == after
    undo.undo(store, una, made.change_id)
    assert state(store) == before
    keeping.verify(store, finance, deep=True)


def test_undoing_twice_says_by_whom_it_is_undone_and_changes_nothing(company, finance, una):
    store = company.store
    made = CHANGES["import"](store, una)
    undone = undo.undo(store, finance, made.change_id)
    told = rf"already undone by Fiona on .* \(change {undone.change_id}\)"
    with pytest.raises(UndoRefusedError, match=told):
        undo.undo(store, finance, made.change_id)
    assert store.version == undone.change_id


def test_d9_no_change_is_undone_by_two_undos_that_are_both_in_force(company, finance):
    def back(change_id):
        return undo.undo(company.store, finance, change_id).change_id

    brought_in = bring_in(company.store, finance, april()).change_id
    first = back(brought_in)
    third = back(back(first))
    fourth = back(first)
    back(brought_in)
    with pytest.raises(UndoRefusedError, match=f"change {fourth} .* has undone change {first} since"):
        back(third)
    assert keeping.verify(company.store, finance, deep=True)


def test_undo_of_what_never_was(company, finance):
    with pytest.raises(UnknownKeyError, match="no change 999"):
        undo.undo(company.store, finance, 999)


def test_upload_undo_upload_works_and_so_does_the_hash_of_an_undone_undo(company, finance):
    """D8: content that was undone may come again; content that came back may not."""
    store = company.store
    made = bring_in(store, finance, april())
    with pytest.raises(RefusedError, match="already imported by Fiona"):
        bring_in(store, finance, april())
    undone = undo.undo(store, finance, made.change_id)
    again = bring_in(store, finance, april())
    with pytest.raises(UndoRefusedError, match=str(again.change_id)):
        undo.undo(store, finance, undone.change_id)
    undo.undo(store, finance, again.change_id)
    undo.undo(store, finance, undone.change_id)
    with pytest.raises(RefusedError, match="already imported by Fiona"):
        bring_in(store, finance, april())


def test_lines_do_not_come_back_beside_a_later_import_of_the_same_month(company, finance):
    """A corrected file took the place of the undone one: both together would be double cost."""
    store = company.store
    wrong = bring_in(store, finance, april("10.00"))
    undone = undo.undo(store, finance, wrong.change_id)
    right = bring_in(store, finance, april("12.00"))
    with pytest.raises(UndoRefusedError, match=f"Undo change {right.change_id} first"):
        undo.undo(store, finance, undone.change_id)


def test_lines_do_come_back_beside_what_was_added_on_purpose(company, finance, state):
    store = company.store
    before = state(store)
    added = bring_in(store, finance, january(), Mode.ADD)
    after = state(store)
    undone = undo.undo(store, finance, added.change_id)
    undo.undo(store, finance, undone.change_id)
    assert state(store) == after != before


def test_an_import_whose_month_was_replaced_is_not_undone_under_the_later_one(company, finance, state):
    store = company.store
    before = state(store)
    first = company.imports[0]
    later = bring_in(store, finance, january(), Mode.REPLACE)
    with pytest.raises(UndoRefusedError, match=f"Undo change {later.change_id} first"):
        undo.undo(store, finance, first)
    undo.undo(store, finance, later.change_id)
    assert state(store) == before
    undo.undo(store, finance, first)


def test_a_replaced_month_that_came_again_hands_its_hash_back(company, finance):
    """January, replaced, then January's own file again: undoing both leaves the first one marked as taken."""
    store = company.store
    other = bring_in(store, finance, january(), Mode.REPLACE)
    again = bring_in(store, finance, small_company.cost_file(202601), Mode.REPLACE)
    undo.undo(store, finance, again.change_id)
    undo.undo(store, finance, other.change_id)
    with pytest.raises(RefusedError, match=f"change {company.imports[0]}"):
        bring_in(store, finance, small_company.cost_file(202601), Mode.ADD)
    keeping.verify(store, finance, deep=True)


def test_undo_names_the_change_in_force_that_was_built_on_it_not_one_that_was_undone(company, finance):
    store = company.store
    first, second, third = (
        mapping.map_areas(store, finance, "books", [AreaTarget("SHARED OFFICE", "team", team)]).change_id
        for team in ("checkout", "onboarding", "course-delivery")
    )
    undo.undo(store, finance, third)
    with pytest.raises(UndoRefusedError, match=f"Undo change {second} first"):
        undo.undo(store, finance, first)
    undo.undo(store, finance, second)
    undo.undo(store, finance, first)


def test_the_same_value_put_again_later_is_still_a_later_change(company, finance):
    """A to B, back to A by hand: the first change is not undone under the third."""
    store = company.store
    to_checkout, away, back = (
        mapping.map_areas(store, finance, "books", [AreaTarget("SHARED OFFICE", "team", team)]).change_id
        for team in ("checkout", "onboarding", "checkout")
    )
    last = mapping.map_areas(store, finance, "books", [AreaTarget("SHARED OFFICE", "pool", "Rent")])
    undo.undo(store, finance, last.change_id)
    with pytest.raises(UndoRefusedError, match=f"Undo change {back} first"):
        undo.undo(store, finance, to_checkout)
    assert away < back


def test_a_team_with_costs_is_not_undone(company, finance, tech_leader):
    with pytest.raises(UndoRefusedError, match="checkout is still used by cost line"):
        undo.undo(company.store, tech_leader, 2)


def test_a_reading_that_was_confirmed_since_is_not_undone(company, finance, tech_leader):
    store = company.store
    read_ = reading(store, tech_leader)
    ticked = outcomes.confirm(store, finance, "trial-to-paid", Tick.MOVEMENT, date(2026, 5, 4), None)
    with pytest.raises(UndoRefusedError, match=f"Undo change {ticked.change_id} first"):
        undo.undo(store, tech_leader, read_.change_id)
    undo.undo(store, finance, ticked.change_id)
    undo.undo(store, tech_leader, read_.change_id)


def test_undoing_a_first_file_keeps_what_a_later_file_was_read_by(company, finance):
    """The settings of a source outlive its first file, once a second one came."""
    store = company.store
    undo.undo(store, finance, company.imports[0])
    with store.snapshot() as cursor:
        assert [row["source"] for row in read.table(cursor, "source")] == ["books"]


def test_undo_takes_the_right_to_make_such_a_change(company, finance, tech_leader, owner, admin, executive):
    store = company.store
    for actor in (tech_leader, owner, admin, executive):
        with pytest.raises(NotAllowedError):
            undo.undo(store, actor, company.imports[-1])
    undone = undo.undo(store, finance, company.imports[-1])
    with pytest.raises(NotAllowedError):
        undo.undo(store, tech_leader, undone.change_id)
    with pytest.raises(NotAllowedError):
        undo.undo(store, owner, 2)
    assert store.version == undone.change_id


def test_every_kind_of_change_has_an_action(company, una, admin):
    kinds = {make(company.store, una).kind for make in CHANGES.values()}
    kinds |= {structure.save_teams(company.store, admin, [Team("", "Gone")]).kind}
    kinds |= {structure.remove_team(company.store, admin, "gone").kind}
    assert kinds <= undo.ACTION_OF.keys()


def kinds_of(module):
    """What the constants hold of which a module says that they are its kinds of change."""
    names, found = [], []
    for node in ast.parse(Path(module.__file__).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign):
            names += [one.id for one in ast.walk(node.targets[0]) if isinstance(one, ast.Name)]
            continue
        said = node.value.value if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) else ""
        found += names if re.match(r"The kinds? of (change that|an import)", str(said)) else []
        names = []
    held = [getattr(module, name) for name in found]
    return {one for one in held if isinstance(one, str)}


def test_s2_undo_takes_the_right_of_every_kind_of_change_that_a_command_says_it_makes():
    """A kind that is not listed could be undone by whoever may undo anything, an administrator too."""
    modules = [import_module(one.name) for one in walk_packages(commands.__path__, "roi.commands.")]
    found = set().union(*(kinds_of(module) for module in modules))
    assert len(found) > 30
    assert found <= undo.ACTION_OF.keys()


def test_s2_who_may_not_record_an_obligation_or_a_wait_does_not_undo_it(company, una, finance, admin):
    store = company.store
    epic = Epic("rules", "The new rules", "checkout", EpicKind.RISK, date(2026, 1, 5), None, 1, True)
    saving.save_epics(store, una, [epic])
    must = Obligation("rules", ObligationKind.LAW, date(2026, 6, 30))
    made = [
        obligations.record_obligation(store, una, must).change_id,
        waits.record_wait(store, una, Wait("rules", "", "a lawyer", date(2026, 1, 6))).change_id,
    ]
    for change in made:
        for actor in (finance, admin):
            with pytest.raises(NotAllowedError):
                undo.undo(store, actor, change)


def test_a_line_that_came_back_still_leads_to_its_file_and_row(company, finance):
    store = company.store
    with store.cursor() as cursor:
        asked = "select origin_change, source_row, amount_minor from live_cost_line order by all"
        before = cursor.execute(asked).fetchall()
    replaced = bring_in(store, finance, january(), Mode.REPLACE)
    undo.undo(store, finance, replaced.change_id)
    with store.cursor() as cursor:
        assert cursor.execute(asked).fetchall() == before


def test_undo_in_another_order_comes_to_the_same(company, una, state):
    """Changes that do not touch each other can be undone in any order."""
    store = company.store
    before = state(store)
    names = ["import", "mapping", "member", "control total", "confirmation"]
    made = [CHANGES[name](store, una).change_id for name in names]
    for change in (made[2], made[0], made[4], made[1], made[3]):
        undo.undo(store, una, change)
    assert state(store) == before


def test_a_source_s_first_file_comes_back_beside_a_later_file_of_another_month(company, una, state):
    """What is remembered of the source was said anew by the later file; that is no reason to refuse."""
    store = company.store

    def cards(content):
        return costs.import_costs(store, una, CostImport(content, "cards.csv", "cards"))

    first = cards(april())
    undone = undo.undo(store, una, first.change_id)
    cards(january())
    undo.undo(store, una, undone.change_id)
    with store.cursor() as cursor:
        assert len([row for row in read.table(cursor, "source") if row["source"] == "cards"]) == 1
    assert {row[2:4] for row in state(store)["cost_line"] if "cards" in row} == {
        ("cards", 202601),
        ("cards", 202604),
    }
