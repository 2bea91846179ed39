"""Company, teams and members: what is refused says why, and nothing is stored by half."""

import pytest

from roi.actors import Action, Role
from roi.commands import structure, undo
from roi.domain.structure import Company, Team, TeamKind
from roi.errors import (
    ConflictError,
    NotAllowedError,
    RefusedError,
    UnchangedError,
    UndoRefusedError,
)
from roi.store import read


def teams(store):
    with store.snapshot() as cursor:
        return {team.key: team for team in read.teams(cursor)}


def codes(error):
    return [issue.code for issue in error.value.issues]


def test_a_company_is_saved_and_saving_it_again_is_no_change(store, tech_leader):
    made = structure.save_company(store, tech_leader, Company("  Brightwater ", "USD", 4))
    with store.snapshot() as cursor:
        assert read.company(cursor) == Company("Brightwater", "USD", 4)
    with pytest.raises(UnchangedError):
        structure.save_company(store, tech_leader, Company("Brightwater", "USD", 4))
    assert store.version == made.change_id == 1


def test_every_problem_of_a_company_is_told_at_once(store, tech_leader):
    with pytest.raises(RefusedError) as error:
        structure.save_company(store, tech_leader, Company(" ", "XXX", 13))
    assert codes(error) == ["name", "currency", "fiscal_start"]
    assert store.version == 0


def test_a_team_gets_a_key_from_its_name_that_no_other_has(store, tech_leader):
    names = ["Payments & Billing", "Ünïcøde Zürich", "東京", "A–B", "A B"]
    structure.save_teams(store, tech_leader, [Team("", name) for name in names])
    found = teams(store)
    assert {team.name for team in found.values()} == set(names)
    assert {"payments-billing", "a-b", "a-b-2"} <= found.keys()
    assert all(key.isascii() and key == key.lower() and key for key in found)


def test_a_new_team_with_a_known_name_is_refused_not_merged(company, tech_leader):
    for name in ("Checkout", " checkout", "CHECKOUT"):
        with pytest.raises(RefusedError, match="already"):
            structure.save_teams(company.store, tech_leader, [Team("", name)])


def test_d10_a_new_name_of_the_company_writes_no_figure_anew_and_a_new_currency_all(company, tech_leader):
    def places():
        with company.store.snapshot() as cursor:
            return sorted(cursor.execute("select rowid from mart_team_cost").fetchall())

    before = places()
    structure.save_company(company.store, tech_leader, Company("Brightwater Schools", "USD"))
    assert before
    assert places() == before
    structure.save_company(company.store, tech_leader, Company("Brightwater Schools", "EUR"))
    assert not set(places()) & set(before)


def test_a_renamed_teams_old_name_is_free_for_a_team_of_its_own(company, tech_leader):
    structure.save_teams(company.store, tech_leader, [Team("checkout", "Payments")])
    structure.save_teams(company.store, tech_leader, [Team("", "Checkout")])
    found = teams(company.store)
    assert (found["checkout"].name, found["checkout-2"].name) == ("Payments", "Checkout")


@pytest.mark.parametrize(
    ("name", "twin"),
    [
        ("\u0421heckout", "Checkout"),  # a Cyrillic Es
        ("Onb\u03bfarding", "Onboarding"),  # a Greek omicron
        ("\uff23heckout", "Checkout"),  # a full-width C
        ("Course  Delivery", "Course Delivery"),
        ("ONBOARDING", "Onboarding"),
    ],
)
def test_a_name_that_looks_like_another_teams_is_refused_by_that_name(company, tech_leader, name, twin):
    with pytest.raises(RefusedError, match=f"“{twin}”|there twice|already"):
        structure.save_teams(company.store, tech_leader, [Team("other-key", name)])
    assert len(teams(company.store)) == 3


@pytest.mark.parametrize("name", ["", "   ", "x" * 201, "a\nb", "a\tb", "zero\u200bwidth", "\x07bell"])
def test_a_team_needs_a_printable_name(store, tech_leader, name):
    with pytest.raises(RefusedError):
        structure.save_teams(store, tech_leader, [Team("", name)])


def test_the_first_letters_composition_does_not_make_another_team(store, tech_leader):
    """The same é written in two ways is one name."""
    structure.save_teams(store, tech_leader, [Team("", "Equipe é")])
    with pytest.raises(RefusedError):
        structure.save_teams(store, tech_leader, [Team("", "Equipe e\u0301")])


def test_teams_end_after_they_start_and_months_are_months(store, tech_leader):
    wrong = [Team("", "A", starts=202603, ends=202601), Team("", "B", starts=202613), Team("B!", "C")]
    with pytest.raises(RefusedError) as error:
        structure.save_teams(store, tech_leader, wrong)
    assert codes(error) == ["dates", "month", "key"]
    assert teams(store) == {}


def test_two_who_edit_one_team_the_second_hears_what_the_first_wrote(company, tech_leader, finance):
    store = company.store
    seen = store.version
    structure.save_teams(store, finance, [Team("checkout", "Payments")], based_on=seen)
    with pytest.raises(ConflictError, match=r"Fiona changed team checkout on .* name is “Payments”"):
        structure.save_teams(store, tech_leader, [Team("checkout", "Basket")], based_on=seen)
    assert teams(store)["checkout"].name == "Payments"
    structure.save_teams(store, tech_leader, [Team("checkout", "Basket")], based_on=store.version)
    assert teams(store)["checkout"].name == "Basket"


def test_what_others_changed_elsewhere_is_no_conflict(company, tech_leader, finance):
    seen = company.store.version
    structure.save_teams(company.store, finance, [Team("onboarding", "Welcome")], based_on=seen)
    structure.save_teams(company.store, tech_leader, [Team("checkout", "Payments")], based_on=seen)
    assert teams(company.store)["onboarding"].name == "Welcome"


def test_a_team_with_cost_is_not_removed_and_one_without_is(company, tech_leader):
    store = company.store
    with pytest.raises(UndoRefusedError, match="checkout is still used by cost line"):
        structure.remove_team(store, tech_leader, "checkout")
    structure.save_teams(store, tech_leader, [Team("", "Search")])
    structure.remove_team(store, tech_leader, "search")
    assert "search" not in teams(store)
    with pytest.raises(RefusedError, match="no team “search”"):
        structure.remove_team(store, tech_leader, "search")


PASTED = """\
Search, Catalogue, Products, platform

Ops;;;enabling
Data\tInsight
"""


def test_a_pasted_list_reads_comma_semicolon_and_tab(store, tech_leader):
    found, issues = structure.paste_teams(PASTED, ())
    assert issues == ()
    assert [(team.key, team.kind, team.value_stream, team.division) for team in found] == [
        ("search", TeamKind.PLATFORM, "Catalogue", "Products"),
        ("ops", TeamKind.ENABLING, "", ""),
        ("data", TeamKind.STREAM_ALIGNED, "Insight", ""),
    ]
    structure.save_teams(store, tech_leader, found)
    assert len(teams(store)) == 3


def test_every_problem_of_a_pasted_list_is_told_with_its_line():
    _, issues = structure.paste_teams("A,,,sorcery\nB\nb\nC,1,2,3,4\n,x", ())
    assert [(issue.line, issue.code) for issue in issues] == [
        (1, "kind"),
        (4, "kind"),
        (3, "taken"),
        (5, "name"),
    ]


def test_pasting_a_known_team_changes_only_what_the_line_says(company, tech_leader):
    known = tuple(teams(company.store).values())
    found, issues = structure.paste_teams("checkout\nOnboarding, Welcome", known)
    assert issues == ()
    structure.save_teams(company.store, tech_leader, found)
    now = teams(company.store)
    assert (now["checkout"].value_stream, now["onboarding"].value_stream) == ("Enrolment", "Welcome")


def test_a_member_is_one_person_however_the_name_is_written(store, admin):
    structure.save_member(store, admin, "Zoë Ash", frozenset({Role.FINANCE}))
    structure.save_member(store, admin, " zoe\u0308 ash ", frozenset({Role.ADMIN, Role.OWNER}))
    with store.snapshot() as cursor:
        (member,) = read.members(cursor)
    assert (member.name, member.roles) == ("Zoë Ash", {Role.ADMIN, Role.OWNER})
    for name, roles in (("", {Role.OWNER}), ("X", set()), ("a\nb", {Role.OWNER})):
        with pytest.raises(RefusedError):
            structure.save_member(store, admin, name, frozenset(roles))


def test_s2_who_may_not_is_refused_before_anything_is_read(store, executive, owner):
    for actor in (executive, owner):
        for command, *asked in (
            (structure.save_company, Company("A", "USD")),
            (structure.save_teams, [Team("", "A")]),
            (structure.remove_team, "a"),
            (structure.save_member, "A", frozenset({Role.ADMIN})),
        ):
            with pytest.raises(NotAllowedError, match=Action.EDIT_STRUCTURE.value):
                command(store, actor, *asked)
    assert store.version == 0


def _roles(store):
    with store.snapshot() as cursor:
        return {one.name: one.roles for one in read.members(cursor)}


def test_d25_who_plans_value_makes_nobody_who_confirms_it(store, tech_leader, finance, admin):
    """V10, D25: finance and admin alone give and take these roles, also by undo, and never to themselves."""
    structure.save_member(store, tech_leader, "Fiona", frozenset({Role.FINANCE}))  # the first: nobody has one
    for name, roles in (("Jonas L.", {Role.FINANCE}), ("Jonas L.", {Role.ADMIN}), ("Fiona", {Role.OWNER})):
        with pytest.raises(NotAllowedError, match=r"Only finance and admin give and take"):
            structure.save_member(store, tech_leader, name, frozenset(roles))
    structure.save_member(store, tech_leader, "Jonas L.", frozenset({Role.OWNER}))
    with pytest.raises(NotAllowedError, match=r"Nobody makes themselves admin"):
        structure.save_member(store, finance, finance.name, frozenset({Role.FINANCE, Role.ADMIN}))
    given = structure.save_member(store, admin, "Jonas L.", frozenset({Role.FINANCE}))
    with pytest.raises(NotAllowedError, match=r"take the role finance from Jonas L"):
        undo.undo(store, tech_leader, given.change_id)
    taken = undo.undo(store, finance, given.change_id)
    with pytest.raises(NotAllowedError, match=r"give Jonas L. the role finance"):
        undo.undo(store, tech_leader, taken.change_id)
    assert _roles(store) == {"Fiona": {Role.FINANCE}, "Jonas L.": {Role.OWNER}}


def test_d25_an_empty_company_is_set_up_by_whoever_begins(store, tech_leader):
    structure.save_member(store, tech_leader, tech_leader.name, frozenset({Role.TECH_LEADER, Role.ADMIN}))
    assert _roles(store) == {tech_leader.name: {Role.TECH_LEADER, Role.ADMIN}}


def test_d25_where_nobody_is_finance_another_person_becomes_it(store, tech_leader):
    structure.save_member(store, tech_leader, tech_leader.name, tech_leader.roles)
    with pytest.raises(NotAllowedError, match=r"Nobody makes themselves finance"):
        structure.save_member(store, tech_leader, tech_leader.name, frozenset({Role.FINANCE}))
    structure.save_member(store, tech_leader, "Fiona", frozenset({Role.FINANCE}))
