"""D11: a closed month's figures move only by a named restatement, which keeps both numbers."""

import json
import shutil
from dataclasses import replace
from decimal import Decimal

import pytest

from roi.actors import Actor, Role
from roi.commands import closing, costs, lists, mapping, structure, undo
from roi.commands.changing.requests import CostImport
from roi.commands.mapping import AreaTarget, StatedTotal
from roi.domain.importing import Mode, Settings
from roi.domain.money import to_decimal
from roi.domain.periods import Span
from roi.domain.structure import Company, Team
from roi.errors import ClosedMonthError, NotAllowedError, RefusedError, UndoRefusedError
from roi.store import statements
from roi.store.database import Store
from tests.kept_company import NAME
from tests.small_company import MONTHS, TEAMS, SmallCompany, cost_file

RULES = {
    "cost_pools": "pool,name,driver,is_overhead\ncloud,Cloud hosting,usage,no\nrent,Rent,even,no\n"
    "offices,Offices,headcount,yes\n",
    "pool_drivers": "pool,team,first_month,quantity\ncloud,Onboarding,2026-01,30\n"
    "cloud,Checkout,2026-01,10\n",
    "assignments": "person_key,team,first_month,role,share\nP1,Onboarding,2026-01,engineer,1\n"
    "P2,Checkout,2026-01,engineer,60%\n",
    "standard_rates": "role,first_month,currency,amount\nengineer,2026-01,USD,12000\n",
    "platform_usage": "platform,consumer,first_month,quantity\nCourse Delivery,Onboarding,2026-01,3\n"
    "Course Delivery,Checkout,2026-01,1\n",
    "exchange_rates": "currency,target,month,rate\nEUR,USD,2026-01,1.1\n",
    "pay_categories": "category,is_pay\nSalaries,no\n",
}
EXTRA = (
    "month,team,pool,person_key,category,nature,amount,currency\n"
    "2026-01,,cloud,,Cloud,,900.00,USD\n2026-01,,rent,,Rent,,90.00,USD\n2026-01,,offices,,Rent,,70.00,USD\n"
    "2026-01,,,P1,Salaries,,8000.00,USD\n2026-01,,,P2,Salaries,,7000.00,USD\n"
    "2026-01,Onboarding,,,Licences,,100.00,EUR\n2026-01,Onboarding,,,Tax,recoverable tax,55.00,USD\n"
)


@pytest.fixture(scope="module")
def closed_books(tmp_path_factory, built, finance):
    """The small company with everything that can be shared, and January 2026 closed; built once."""
    folder = tmp_path_factory.mktemp("closed") / "company"
    shutil.copytree(built[0], folder, ignore=shutil.ignore_patterns("*.lock", "spool"))
    store = Store.open(folder / NAME, purpose="a test")
    for kind, text in RULES.items():
        lists.import_list(store, finance, kind, text.encode(), f"{kind}.csv")
    costs.import_costs(store, finance, CostImport(EXTRA.encode(), "more.csv", "more", Settings(decimal=".")))
    mapping.map_areas(store, finance, "books", [AreaTarget("SHARED OFFICE", "cost_centre", "CC-1")])
    mapping.set_cost_centre(store, finance, "CC-1", "onboarding")
    closing.close_months(store, finance, [202601], "books are final")
    store.close()
    return folder


@pytest.fixture
def books(closed_books, built, tmp_path):
    """An open copy of its own."""
    folder = tmp_path / "closed"
    shutil.copytree(closed_books, folder, ignore=shutil.ignore_patterns("*.lock", "spool"))
    store = Store.open(folder / NAME, purpose="a test")
    yield SmallCompany(store, built[1])
    store.close()


def bring(kind, header, *rows):
    text = "\n".join((header, *rows))
    return lambda store, actor, **more: lists.import_list(
        store, actor, kind, text.encode(), "list.csv", **more
    )


def more_costs(store, actor, **more):
    content = b"month,team,category,amount,currency\n2026-01,Checkout,Cloud,1.00,USD\n"
    request = CostImport(content, "late.csv", "late", Settings(decimal="."), **more)
    return costs.import_costs(store, actor, request)


def corrected_costs(store, actor, **more):
    content = cost_file(202601).replace(b"8250.35", b"8250.36")
    return costs.import_costs(store, actor, CostImport(content, "c.csv", "books", mode=Mode.REPLACE, **more))


def map_area(store, actor, **more):
    return mapping.map_areas(store, actor, "books", [AreaTarget("SHARED OFFICE", "team", "checkout")], **more)


def undo_import(store, actor, **more):
    first = 3  # company, teams, then the three months
    return undo.undo(store, actor, first, **more)


def cost_centre(store, actor, **more):
    return mapping.set_cost_centre(store, actor, "CC-1", "checkout", **more)


def start_of_a_team(store, actor, **more):
    """The even pool of January is shared by one team less."""
    both = Actor("Both", actor.roles | {Role.TECH_LEADER})
    return structure.save_teams(store, both, (*TEAMS[:2], LATE), **more)


LATE = Team("course-delivery", "Course Delivery", value_stream="Learning", division="Products", starts=202603)
MOVES = {
    "costs": more_costs,
    "corrected costs": corrected_costs,
    "mapping": map_area,
    "cost centre": cost_centre,
    "start of a team": start_of_a_team,
    "undo of an import": undo_import,
    "headcount": bring(
        "assignments",
        "person_key,team,first_month,last_month,role,share",
        "P1,Onboarding,2026-01,,engineer,0.5",
    ),
    "driver": bring("pool_drivers", "pool,team,first_month,quantity", "cloud,Checkout,2026-01,11"),
    "kind of driver": bring("cost_pools", "pool,name,driver,is_overhead", "rent,Rent,headcount,no"),
    "overhead": bring("cost_pools", "pool,name,driver,is_overhead", "rent,Rent,even,yes"),
    "platform usage": bring(
        "platform_usage", "platform,consumer,first_month,quantity", "Course Delivery,Checkout,2026-01,2"
    ),
    "exchange rate": bring("exchange_rates", "currency,target,month,rate", "EUR,USD,2026-01,1.2"),
    "standard rate": bring(
        "standard_rates", "role,first_month,currency,amount", "engineer,2026-01,USD,12000.01"
    ),
    "nature policy": bring("nature_policies", "nature,first_month,is_cost", "recoverable tax,2026-01,yes"),
    "what is pay": bring("pay_categories", "category,is_pay", "Salaries,yes"),
}
"""Every kind of change that moves a figure of January 2026."""


def figures(store):
    with store.snapshot() as cursor:
        return cursor.execute(statements.query("marts_fingerprint")).fetchall()


def of_month(rows, month=202601):
    return [row for row in rows if row[1] == month]


@pytest.mark.parametrize("kind", MOVES)
def test_d11_what_moves_a_closed_figure_is_refused_with_both_numbers(books, finance, kind):
    store = books.store
    before, version = figures(store), store.version
    with pytest.raises(
        ClosedMonthError,
        match=r"January 2026 is closed.* from \d{1,3}(,\d{3})*\.\d\d USD to \d{1,3}(,\d{3})*\.\d\d USD",
    ) as refused:
        MOVES[kind](store, finance)
    assert "restatement" in str(refused.value)
    assert (figures(store), store.version) == (before, version)


@pytest.mark.parametrize("kind", MOVES)
def test_d11_a_restatement_goes_through_and_keeps_both_numbers(books, finance, kind):
    store = books.store
    before = figures(store)
    receipt = MOVES[kind](store, finance, restatement="the auditor's finding")
    detail = detail_of(store, receipt.change_id)
    assert detail["restatement"] == "the auditor's finding"
    assert of_month(figures(store)) != of_month(before)
    moved = detail["moved"]
    assert moved
    assert {one["month"] for one in moved} == {202601}
    for one in moved:
        held = (total(before, one), total(figures(store), one))
        assert (one["before"], one["after"]) == held, one


def detail_of(store, change_id):
    with store.snapshot() as cursor:
        statement = "select detail from change where change_id = ?"
        return json.loads(cursor.execute(statement, [change_id]).fetchall()[0][0])


def total(rows, one):
    """The sum of a place and team as the marts hold it; a figure in dollars holds euros converted too."""
    names = (
        "hop month source object_kind object placed team rule pool reason is_pay scenario nature intent "
        "treatment category currency amount_minor reporting_minor line_count"
    ).split()
    sums = 0
    for cells in rows:
        row = dict(zip(names, cells, strict=True))
        if row["hop"].startswith("role"):
            continue
        place = row["placed"] if row["hop"] == "own" else row["hop"].split()[0]
        if (row["month"], place, row["team"]) != (one["month"], one["place"], one["team"]):
            continue
        if row["currency"] == one["currency"]:
            sums += row["amount_minor"]
        elif one["currency"] == "USD":
            sums += row["reporting_minor"]
    return sums


def test_d11_the_refusal_says_the_own_cost_that_the_preview_shows_by_the_name_of_the_team(books, finance):
    """What is passed on moves with it; the first number is the one that stands in the preview beside it."""
    late = b"month,team,amount,currency\n2026-01,Checkout,5.00,USD\n"
    sent = CostImport(late, "late.csv", "late", Settings(decimal="."))
    effect = next(one for one in costs.preview(books.store, finance, sent).effects if one.key == "checkout")
    own = [f"{to_decimal(minor, 'USD'):,f} USD" for minor in (effect.before, effect.after)]
    with pytest.raises(
        ClosedMonthError, match=f"move the own cost of team Checkout from {own[0]} to {own[1]} and"
    ):
        costs.import_costs(books.store, finance, sent)


def test_what_moves_only_open_months_goes_through(books, finance):
    before = of_month(figures(books.store))
    for kind, header, row in (
        ("assignments", "person_key,team,first_month,role,share", "P2,Onboarding,2026-02,engineer,40%"),
        ("exchange_rates", "currency,target,month,rate", "EUR,USD,2026-02,1.3"),
        ("nature_policies", "nature,first_month,is_cost", "recoverable tax,2026-02,yes"),
        ("pool_drivers", "pool,team,first_month,quantity", "cloud,Course Delivery,2026-02,5"),
    ):
        bring(kind, header, row)(books.store, finance)
    assert of_month(figures(books.store)) == before


def test_what_moves_no_figure_of_the_closed_month_goes_through(books, finance):
    """A plan, a control total, a role: they say something about January without moving what it cost."""
    store = books.store
    bring("plan_versions", "plan_version,frozen_on,is_current", "Budget,2025-12-01,yes")(store, finance)
    bring("roles", "role,name,is_shared", "engineer,Engineer,no")(store, finance)
    span = Span(202601, 202601)
    stated = StatedTotal("more", "actual", span, Decimal("1"), "EUR", "known")
    mapping.state_control_total(store, finance, stated)


def test_another_reason_for_suspense_moves_no_figure_of_a_closed_month(books, finance):
    """What nobody carries stays there to the cent; only where it waits is another word."""
    store = books.store
    content = b"month,cost_centre,amount,currency\n2026-01,NEW AREA,5.00,USD\n"
    late = CostImport(content, "late.csv", "late", Settings(decimal="."), restatement="came late")
    costs.import_costs(store, finance, late)
    bring("cost_pools", "pool,name,driver,is_overhead", "spare,Spare,usage,no")(store, finance)
    mapping.map_areas(store, finance, "late", [AreaTarget("NEW AREA", "pool", "spare")])
    driver = bring("pool_drivers", "pool,team,first_month,quantity", "spare,Checkout,2026-01,1")
    with pytest.raises(
        ClosedMonthError, match=r"own cost of team Checkout from 106,800\.67 USD to 106,805\.67"
    ):
        driver(store, finance)


def test_opening_a_month_again_is_undoing_the_change_that_closed_it(books, finance):
    store = books.store
    undo.undo(store, finance, store.version)
    more_costs(store, finance)
    closing.close_months(store, finance, [202601])
    with pytest.raises(ClosedMonthError):
        map_area(store, finance)


def test_the_reporting_currency_cannot_move_closed_figures_in_silence(books, tech_leader):
    with pytest.raises(ClosedMonthError):
        structure.save_company(books.store, tech_leader, Company("Brightwater Courses", "EUR"))


def stood_elsewhere(store, actor, **more):
    """Onboarding is sent to another value stream, also for January."""
    both = Actor("Both", actor.roles | {Role.TECH_LEADER})
    moved = replace(TEAMS[0], value_stream="Elsewhere", division="Abroad")
    return structure.save_teams(store, both, [moved], **more)


def test_d5_d11_a_team_is_not_moved_to_another_stream_in_a_closed_month_in_silence(books, finance):
    with pytest.raises(ClosedMonthError, match="January 2026 is closed"):
        stood_elsewhere(books.store, finance)
    receipt = stood_elsewhere(books.store, finance, restatement="it was always there")
    moved = {one["place"]: one for one in detail_of(books.store, receipt.change_id)["moved"]}
    places = {f"value stream {TEAMS[0].value_stream}", "value stream Elsewhere", "division Abroad"}
    assert places <= moved.keys()
    there = moved["value stream Elsewhere"]
    assert (there["month"], there["before"]) == (202601, 0)
    left = moved[f"value stream {TEAMS[0].value_stream}"]
    assert left["before"] - left["after"] == there["after"] != 0


def test_d5_a_team_moves_in_an_open_month_and_its_closed_months_stay(books, finance):
    header = "team,first_month,kind,value_stream,division"
    bring("team_structure", header, "Onboarding,2026-02,stream aligned,Elsewhere,Abroad")(
        books.store, finance
    )
    again = bring("team_structure", header, "Onboarding,2026-01,stream aligned,Nowhere,Abroad")
    with pytest.raises(ClosedMonthError, match="division Abroad"):
        again(books.store, finance)
    again(books.store, finance, restatement="it was there from January on")


def test_d11_a_team_that_closed_months_hold_is_removed_by_nobody(books, tech_leader):
    with pytest.raises(UndoRefusedError):
        structure.remove_team(books.store, tech_leader, "onboarding", restatement="it never was")


def test_d11_another_reporting_currency_is_a_restatement(books, finance):
    both = Actor("Both", finance.roles | {Role.TECH_LEADER})
    made = Company("Brightwater Courses", "EUR")
    receipt = structure.save_company(books.store, both, made, restatement="the group reports in euros")
    assert detail_of(books.store, receipt.change_id)["restatement"] == "the group reports in euros"


def test_t10_who_may_not_read_pay_hears_of_no_number(books, tech_leader):
    """Whether a team started in March moves the even pool of January; the refusal shows no cost of a team."""
    with pytest.raises(ClosedMonthError, match="January 2026 is closed") as refused:
        structure.save_teams(books.store, tech_leader, (*TEAMS[:2], LATE))
    assert "USD" not in str(refused.value)


def test_only_months_with_cost_that_are_open_are_closed(books, finance):
    with pytest.raises(RefusedError) as refused:
        closing.close_months(books.store, finance, [202601, 202602, 209901, 13])
    assert [(issue.code, issue.sent) for issue in refused.value.issues] == [
        ("closed", "202601"),
        ("no_cost", "209901"),
        ("no_cost", "13"),
    ]
    with pytest.raises(RefusedError, match="No month was chosen"):
        closing.close_months(books.store, finance, [])
    receipt = closing.close_months(books.store, finance, MONTHS[1:])
    assert receipt.rows_added == 2


def test_t9_the_history_names_only_the_months_that_a_change_closed(books, finance):
    """January is closed and seen so; whoever presses all three closes two, and that is what is recorded."""
    made = closing.close_months(books.store, finance, MONTHS, "final", based_on=books.store.version)
    assert detail_of(books.store, made.change_id)["months"] == list(MONTHS[1:])


def test_only_finance_closes(books, tech_leader, executive, owner):
    for actor in (tech_leader, executive, owner):
        with pytest.raises(NotAllowedError):
            closing.close_months(books.store, actor, [202602])
