"""Which team carries a cost area, and what the books show."""

from decimal import Decimal

import pytest

from roi.commands import mapping, undo
from roi.commands.mapping import AreaTarget, StatedTotal
from roi.domain.periods import Span
from roi.errors import ConflictError, NotAllowedError, RefusedError, UnchangedError
from tests import ledger_lines, small_company

YEAR = Span(202601, 202603)


def suspense(store):
    with store.cursor() as cursor:
        rows = cursor.execute(
            "select reason, amount_minor from mart_team_cost where placed = 'suspense'"
        ).fetchall()
    return {reason: sum(amount for other, amount in rows if other == reason) for reason, _ in rows}


def cost(store, team):
    with store.cursor() as cursor:
        asked = "select cast(coalesce(sum(amount_minor), 0) as bigint) from mart_team_cost where team = ?"
        return cursor.execute(asked, [team]).fetchall()[0][0]


def share_office(store, finance, kind, value):
    return mapping.map_areas(store, finance, "books", [AreaTarget("SHARED OFFICE", kind, value)])


def test_a_mapped_area_goes_to_its_team_and_back_to_suspense(company, finance):
    store = company.store
    assert suspense(store) == {"cost area not mapped to a team yet": small_company.SUSPENSE}
    share_office(store, finance, "team", "checkout")
    assert suspense(store) == {}
    assert cost(store, "checkout") == small_company.TEAM_COST["checkout"] + small_company.SUSPENSE
    share_office(store, finance, "", "")
    assert suspense(store) == {"cost area not mapped to a team yet": small_company.SUSPENSE}
    assert cost(store, "checkout") == small_company.TEAM_COST["checkout"]


def test_a_pool_keeps_its_cost_in_suspense_and_says_why(company, finance):
    share_office(company.store, finance, "pool", "Rent")
    assert suspense(company.store) == {"in pool Rent, which has no driver yet": small_company.SUSPENSE}


def test_a_cost_centre_leads_to_a_team_whichever_is_said_first(company, finance):
    store = company.store
    share_office(store, finance, "cost_centre", "CC-1")
    assert cost(store, "onboarding") == small_company.TEAM_COST["onboarding"]
    mapping.set_cost_centre(store, finance, "CC-1", "onboarding")
    assert cost(store, "onboarding") == small_company.TEAM_COST["onboarding"] + small_company.SUSPENSE
    mapping.set_cost_centre(store, finance, "CC-1", "")
    assert cost(store, "onboarding") == small_company.TEAM_COST["onboarding"]


def test_a_cost_centre_of_the_lines_themselves_is_placed_without_a_mapping(company, finance):
    mapping.set_cost_centre(company.store, finance, "SHARED OFFICE", "onboarding")
    assert suspense(company.store) == {}


def test_only_the_months_of_the_areas_are_reckoned_anew(company, finance):
    """D10: the months are computed, so a mapping of one small area does not rebuild a decade."""
    store = company.store
    with store.cursor() as cursor:
        cursor.execute("update mart_team_cost set reason = 'left alone' where month = 202602")
        ledger_lines.rebook(cursor, {"cost_centre": "OTHER"}, "month = 202602 and cost_centre != ''")
    share_office(store, finance, "pool", "Rent")
    with store.cursor() as cursor:
        left = cursor.execute(
            "select distinct month from mart_team_cost where reason = 'left alone'"
        ).fetchall()
    assert left == [(202602,)]


def test_every_problem_of_a_mapping_is_told_at_once_and_nothing_is_mapped(company, finance):
    wrong = [
        AreaTarget("SHARED OFFICE", "team", "nobody"),
        AreaTarget("NO SUCH AREA", "team", "checkout"),
        AreaTarget("SHARED OFFICE", "pool", " "),
    ]
    version = company.store.version
    with pytest.raises(RefusedError) as error:
        mapping.map_areas(company.store, finance, "books", wrong)
    codes = [issue.code for issue in error.value.issues]
    assert codes == ["unknown_team", "unknown_area", "twice", "no_value"]
    with pytest.raises(RefusedError):
        mapping.map_areas(company.store, finance, "books", [])
    assert company.store.version == version


def test_the_same_mapping_again_is_no_change(company, finance):
    share_office(company.store, finance, "team", "checkout")
    with pytest.raises(UnchangedError):
        share_office(company.store, finance, "team", "checkout")


def test_an_area_whose_lines_are_gone_can_still_be_taken_back(company, finance):
    store = company.store
    share_office(store, finance, "team", "checkout")
    for change in reversed(company.imports):
        undo.undo(store, finance, change)
    share_office(store, finance, "", "")


def control(store, finance, **said):
    asked = {
        "source": "books",
        "scenario": "actual",
        "span": YEAR,
        "amount": Decimal("1051788.36"),
        "currency": "USD",
        **said,
    }
    return mapping.state_control_total(store, finance, StatedTotal(**asked))


def test_a_control_total_is_kept_in_minor_units(company, finance):
    control(company.store, finance)
    with company.store.cursor() as cursor:
        asked = (
            "select amount_minor from live_control_total where last_month = 202603 and first_month = 202601"
        )
        assert cursor.execute(asked).fetchall() == [(105178836,)]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"amount": Decimal("1.001")}, "amount"),
        ({"amount": Decimal("NaN")}, "amount"),
        ({"amount": Decimal("Infinity")}, "amount"),
        ({"amount": Decimal(10) ** 18}, "amount"),
        ({"currency": "JPY", "amount": Decimal("0.5")}, "amount"),
        ({"currency": "XXX"}, "currency"),
        ({"source": " "}, "no_source"),
        ({"scenario": "dream"}, "scenario"),
        ({"span": Span(202603, 202601)}, "months"),
        ({"span": Span(202613, 202613)}, "months"),
    ],
)
def test_what_no_books_can_show_is_refused(company, finance, said, code):
    with pytest.raises(RefusedError) as error:
        control(company.store, finance, **said)
    assert [issue.code for issue in error.value.issues] == [code]


def test_s2_only_finance_maps_and_states(company, tech_leader, executive, owner, admin):
    store = company.store
    for actor in (tech_leader, executive, owner, admin):
        with pytest.raises(NotAllowedError):
            share_office(store, actor, "team", "checkout")
        with pytest.raises(NotAllowedError):
            mapping.set_cost_centre(store, actor, "CC", "checkout")
        with pytest.raises(NotAllowedError):
            control(store, actor)


def test_who_gives_a_cost_centre_that_somebody_else_gave_meanwhile_sees_it(company, finance):
    opened = mapping.set_cost_centre(company.store, finance, "CC-1", "onboarding").change_id
    mapping.set_cost_centre(company.store, finance, "CC-1", "checkout", opened)
    with pytest.raises(ConflictError):
        mapping.set_cost_centre(company.store, finance, "CC-1", "", opened)
