"""The lists that say how cost is shared: what each takes, what it refuses by name, and what it moves."""

import pytest

from roi.commands import costs, lists, undo
from roi.commands.changing.requests import CostImport
from roi.commands.rows.cost_kinds import COST_KINDS
from roi.domain.importing import Settings
from roi.errors import NotAllowedError, RefusedError, UnchangedError, UndoRefusedError
from roi.store import statements

LISTS = {
    "roles": "role,name,is_shared\nengineer,Software engineer,no\nmanager,Product manager,yes\n",
    "standard_rates": "role,first_month,currency,amount\nengineer,2026-01,USD,12000\n"
    "engineer,2026-03,USD,12500\n",
    "pay_categories": "category,is_pay\nSalaries,yes\n",
    "assignments": "person_key,team,first_month,last_month,role,share\n"
    "P1,Onboarding,2026-01,,engineer,50%\n"
    "P1,checkout,2026-01,2026-02,engineer,0.5\n",
    "cost_pools": "pool,name,driver,is_overhead\ncloud,Cloud hosting,usage,no\n"
    "panel,Research panel,fixed,no\n"
    "tools,Tools,headcount,no\nrent,Rent,even,no\noffices,Offices,headcount,yes\n",
    "pool_drivers": "pool,team,first_month,quantity\ncloud,Onboarding,2026-01,30\n"
    "panel,Checkout,2026-01,40%\n",
    "platform_usage": "platform,consumer,first_month,quantity\nCheckout,Onboarding,2026-01,3\n",
    "exchange_rates": "currency,target,month,basis,rate\nEUR,USD,2026-01,,1.0834\n"
    "EUR,USD,2026-01,outlook,1.1\n",
    "plan_versions": "plan_version,frozen_on,is_current\nBudget 2026,2025-12-05,yes\n",
    "plan_headcount": "plan_version,team,role,first_month,share\n"
    "Budget 2026,Onboarding,engineer,2026-01,3.5\n",
    "planned_positions": "position,team,role,starts,epic\nPOS-1,Onboarding,engineer,2026-06,guided-setup\n",
    "nature_policies": "nature,first_month,is_cost\nRecoverable tax,2026-02,yes\n",
    "team_structure": "team,first_month,kind,value_stream,division\n"
    "Checkout,2026-02,platform,Enabling,Products\n",
}
"""One good list of each kind, in an order in which each finds what it names."""


@pytest.fixture
def bring(company, finance):
    """Bring a list in, by finance unless said otherwise."""

    def run(kind, text, actor=finance, **more):
        return lists.import_list(company.store, actor, kind, text.encode(), f"{kind}.csv", **more)

    return run


@pytest.fixture
def costs_in(company, finance):
    """Import more costs, as their own source."""

    def run(text, source="more"):
        request = CostImport(text.encode(), f"{source}.csv", source, Settings(decimal="."))
        return costs.import_costs(company.store, finance, request)

    return run


@pytest.fixture
def asked(company):
    def run(statement):
        with company.store.snapshot() as cursor:
            return cursor.execute(statement).fetchall()

    return run


def everything(store):
    with store.snapshot() as cursor:
        return cursor.execute(statements.query("marts_fingerprint")).fetchall()


def issues(refused):
    return {(issue.code, issue.line, issue.column) for issue in refused.value.issues}


def test_every_kind_is_tried_here():
    assert set(LISTS) == set(COST_KINDS)


@pytest.mark.parametrize("kind", [*COST_KINDS, "costs"])
def test_the_template_on_disk_is_the_contract(project, kind):
    on_disk = (project / "data" / "templates" / f"{kind}.csv").read_bytes().decode()
    assert on_disk == lists.template(kind)
    assert len(on_disk.splitlines()) == 1


def test_every_template_is_of_a_kind(project):
    names = {path.stem for path in (project / "data" / "templates").glob("*.csv")}
    assert names == {*lists.KINDS, "costs"}


def test_a_list_is_one_change_that_undo_takes_back_to_the_last_figure(company, bring, finance):
    store, before = company.store, {}
    for kind, text in LISTS.items():
        before[store.version + 1] = everything(store)
        preview = lists.read_list(store, finance, kind, text.encode(), "list.csv")
        counts = (preview.new, preview.changed, preview.unchanged)
        assert (counts, preview.issues) == ((len(text.splitlines()) - 1, 0, 0), ()), kind
        receipt = bring(kind, text)
        assert (receipt.change_id, receipt.rows_added) == (store.version, preview.new)
        with pytest.raises(UnchangedError):
            bring(kind, text)
    for change, figures in sorted(before.items(), reverse=True):
        undo.undo(store, finance, change)
        assert everything(store) == figures, f"undo of change {change}"


@pytest.mark.parametrize("kind", COST_KINDS)
def test_only_finance_says_how_cost_is_shared(bring, tech_leader, executive, kind):
    for actor in (tech_leader, executive):
        with pytest.raises(NotAllowedError):
            bring(kind, LISTS[kind], actor)


def test_two_rows_about_the_same_are_refused(company, bring):
    """The last one would win in silence: here it is an issue that names both rows."""
    for kind, text in LISTS.items():
        header, first, *_ = text.splitlines()
        version = company.store.version
        with pytest.raises(RefusedError) as refused:
            bring(kind, "\n".join((header, first, first)))
        told = [issue for issue in refused.value.issues if issue.code == "twice"]
        assert [issue.message[:32] for issue in told] == ["Row 3 is about the same as row 2"], kind
        assert company.store.version == version
        bring(kind, text)


# Assignments


def test_more_than_a_whole_month_of_a_person_is_refused_with_month_and_share(bring):
    text = (
        "person_key,team,first_month,last_month,role,share\n"
        "P1,Onboarding,2026-01,2026-03,engineer,0.6\nP1,Checkout,2026-03,,engineer,0.5\n"
    )
    with pytest.raises(RefusedError, match=r"110 % of 2026-03") as refused:
        bring("assignments", text)
    assert issues(refused) == {("above_one", 2, "share")}


def test_what_is_stored_counts_towards_the_whole_month(bring):
    bring("assignments", LISTS["assignments"])
    with pytest.raises(RefusedError, match=r"101 % of 2026-03"):
        bring(
            "assignments", "person_key,team,first_month,role,share\nP1,Course Delivery,2026-03,engineer,51%\n"
        )


def test_no_undo_gives_a_person_more_than_a_whole_month(company, bring, finance):
    """Ending Onboarding made room for Checkout; undoing the end alone would count the person twice."""
    header = "person_key,team,first_month,last_month,role,share\n"
    bring("assignments", f"{header}P1,Onboarding,2026-01,,engineer,1\n")
    ended = bring("assignments", f"{header}P1,Onboarding,2026-01,2026-02,engineer,1\n")
    moved = bring("assignments", f"{header}P1,Checkout,2026-03,,engineer,1\n")
    with pytest.raises(UndoRefusedError, match=r"assignment that starts in 202603"):
        undo.undo(company.store, finance, ended.change_id)
    undo.undo(company.store, finance, moved.change_id)
    undo.undo(company.store, finance, ended.change_id)


def test_t10_names_of_people_are_refused_and_keys_are_never_stored_in_clear(bring, asked):
    with pytest.raises(RefusedError, match="looks like a name") as refused:
        bring("assignments", "person_key,team,first_month,role,share\nMaria,Onboarding,2026-01,engineer,1\n")
    assert issues(refused) == {("name", 2, "person_key")}
    bring("assignments", LISTS["assignments"])
    assert {len(key) for (key,) in asked("select person_key from assignment")} == {32}


def test_a_month_of_a_person_that_no_team_has_is_visible_in_suspense(bring, costs_in, asked):
    bring("assignments", "person_key,team,first_month,role,share\nP1,Onboarding,2026-01,engineer,70%\n")
    costs_in("month,person_key,category,amount,currency\n2026-01,P1,Salaries,1000.01,USD\n")
    rows = asked(
        "select placed, team, rule, reason, amount_minor from mart_team_cost "
        "where object_kind = 'person' order by 1"
    )
    assert rows == [
        ("suspense", "", "", "part of a person's month that no team has", 30000),
        ("team", "onboarding", "assignment", "", 70001),
    ]


# Pools


def pool_line(pool, amount="900.00"):
    return f"month,pool,category,amount,currency\n2026-02,{pool},Shared,{amount},USD\n"


POOL = (
    "select placed, team, rule, reason, amount_minor from mart_team_cost "
    "where object_kind = 'pool' order by 1, 2"
)


@pytest.mark.parametrize("pool", ["cloud", "panel"])
def test_a_pool_without_a_driver_stays_in_suspense_with_the_reason(bring, costs_in, asked, pool):
    bring("cost_pools", LISTS["cost_pools"])
    costs_in(pool_line(pool))
    assert asked(POOL) == [("suspense", "", "", f"in pool {pool}, which has no driver yet", 90000)]


def test_a_driver_of_zero_is_none(bring, costs_in, asked):
    """Zero units are nobody's: the cost is not smeared evenly."""
    bring("cost_pools", LISTS["cost_pools"])
    bring(
        "pool_drivers",
        "pool,team,first_month,quantity\ncloud,Onboarding,2026-01,0\ncloud,Checkout,2026-01,0\n",
    )
    costs_in(pool_line("cloud"))
    assert asked(POOL) == [("suspense", "", "", "in pool cloud, which has no driver yet", 90000)]


def test_overhead_in_a_month_without_headcount_stays_in_suspense(bring, costs_in, asked):
    bring("cost_pools", LISTS["cost_pools"])
    costs_in(pool_line("offices"))
    assert asked(POOL) == [("suspense", "", "", "overhead offices in a month without headcount", 90000)]


def test_the_four_drivers_share_as_they_say(bring, costs_in, asked):
    for kind in ("cost_pools", "pool_drivers"):
        bring(kind, LISTS[kind])
    bring(
        "assignments",
        "person_key,team,first_month,role,share\nP1,Onboarding,2026-01,engineer,1\n"
        "P2,Onboarding,2026-01,engineer,1\nP3,Checkout,2026-01,engineer,1\n",
    )
    bring("pool_drivers", "pool,team,first_month,quantity\ncloud,Checkout,2026-01,10\n")
    for pool in ("cloud", "panel", "tools", "rent"):
        costs_in(pool_line(pool), pool)
    rows = asked(
        "select object, team, amount_minor from mart_team_cost where object_kind = 'pool' order by all"
    )
    assert rows == [
        ("cloud", "checkout", 22500),
        ("cloud", "onboarding", 67500),
        ("panel", "", 54000),
        ("panel", "checkout", 36000),
        ("rent", "checkout", 30000),
        ("rent", "course-delivery", 30000),
        ("rent", "onboarding", 30000),
        ("tools", "checkout", 30000),
        ("tools", "onboarding", 60000),
    ]


def test_more_than_the_whole_of_a_fixed_pool_is_refused(bring):
    bring("cost_pools", LISTS["cost_pools"])
    bring("pool_drivers", LISTS["pool_drivers"])
    with pytest.raises(
        RefusedError, match=r"101 % of the pool “panel” would be shared in 2026-02"
    ) as refused:
        bring("pool_drivers", "pool,team,first_month,quantity\npanel,Onboarding,2026-02,61%\n")
    assert issues(refused) == {("above_one", 2, "quantity")}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("rent,Onboarding,2026-01,,3", "driver"),
        ("attic,Onboarding,2026-01,,3", "unknown_pool"),
        ("cloud,Nobody,2026-01,,3", "unknown_team"),
        ("cloud,Onboarding,2026-03,2026-01,3", "dates"),
        ("cloud,Onboarding,2026-01,,1.5", "quantity"),
    ],
)
def test_a_driver_that_means_nothing_is_refused_at_its_row(bring, row, code):
    bring("cost_pools", LISTS["cost_pools"])
    with pytest.raises(RefusedError) as refused:
        bring("pool_drivers", f"pool,team,first_month,last_month,quantity\n{row}\n")
    assert (code, 2) in {(issue.code, issue.line) for issue in refused.value.issues}


# Serving teams


def test_a_loop_that_serves_only_itself_is_refused_by_name(company, bring):
    bring("platform_usage", LISTS["platform_usage"])
    version = company.store.version
    with pytest.raises(RefusedError, match="checkout and onboarding serve only each other") as refused:
        bring("platform_usage", "platform,consumer,first_month,quantity\nOnboarding,Checkout,2026-02,5\n")
    assert issues(refused) == {("loop", 2, "platform")}
    assert "2026-02" in str(refused.value)
    assert company.store.version == version


def test_a_loop_with_a_way_out_is_passed_on(bring, asked):
    """Two serving teams that serve each other and one more: all their cost reaches that one."""
    bring(
        "platform_usage",
        "platform,consumer,first_month,quantity\nOnboarding,Checkout,2026-01,5\nCheckout,Onboarding,2026-01,7\n"
        "Checkout,Course Delivery,2026-01,1\n",
    )
    rows = asked(
        "select team, sum(amount_minor)::bigint from mart_full_cost "
        "where basis = 'actual' group by 1 order by 1"
    )
    total = sum(amount for _, amount in rows)
    assert dict(rows) == {"checkout": 0, "course-delivery": total, "onboarding": 0}


# Currencies, plans, natures


def test_t3_a_missing_rate_makes_the_figure_unknown_never_smaller(bring, costs_in, asked):
    rows = ("2026-01,Onboarding,Cloud,100.00,EUR", "2026-02,Onboarding,Cloud,7.00,EUR")
    costs_in("\n".join(("month,team,category,amount,currency", *rows)))
    shown = "select month, reporting_minor from mart_team_cost where currency = 'EUR' order by 1"
    assert asked(shown) == [(202601, None), (202602, None)]
    bring("exchange_rates", LISTS["exchange_rates"])
    assert asked(shown) == [(202601, 10834), (202602, None)]
    whole = asked(
        "select month, reporting_minor from mart_full_cost where team = 'onboarding' and hop = 'own' "
        "and basis = 'actual' and category = 'Cloud' and currency = 'EUR' order by 1"
    )
    assert whole == [(202601, 10834), (202602, None)]


def test_v5_a_plan_keeps_its_frozen_rate(bring, costs_in, asked):
    """The average of the month moves what was spent, never what was planned."""
    bring("plan_versions", LISTS["plan_versions"])
    header = "currency,target,month,basis,rate\n"
    bring("exchange_rates", f"{header}EUR,USD,2026-01,plan: Budget 2026,1.05\nEUR,USD,2026-01,average,1.10\n")
    costs_in(
        "month,team,category,amount,currency,scenario\n2026-01,Onboarding,Cloud,100.00,EUR,actual\n"
        "2026-01,Onboarding,Cloud,100.00,EUR,Budget 2026\n"
    )
    shown = "select scenario, reporting_minor from mart_team_cost where currency = 'EUR' order by 1"
    assert asked(shown) == [("actual", 11000), ("plan: Budget 2026", 10500)]
    bring("exchange_rates", f"{header}EUR,USD,2026-01,average,1.25\n")
    assert asked(shown) == [("actual", 12500), ("plan: Budget 2026", 10500)]


def test_v1_a_nature_is_cost_from_its_month_on(bring, costs_in, asked):
    bring("nature_policies", LISTS["nature_policies"])
    rows = [f"2026-0{month},Onboarding,Tax,50.00,USD,recoverable tax" for month in (1, 2, 3)]
    costs_in("\n".join(("month,team,category,amount,currency,nature", *rows)))
    shown = "select month, placed, team from mart_team_cost where nature = 'recoverable_tax' order by 1"
    assert asked(shown) == [
        (202601, "excluded", ""),
        (202602, "team", "onboarding"),
        (202603, "team", "onboarding"),
    ]
    bring("nature_policies", "nature,first_month,is_cost\nrecoverable tax,2026-03,no\n")
    assert [place for _, place, _ in asked(shown)] == ["excluded", "team", "excluded"]


def test_d23_a_standard_rate_holds_from_its_month_and_a_missing_one_is_unknown(bring, asked):
    for kind in ("standard_rates", "assignments"):
        bring(kind, LISTS[kind])
    bring("assignments", "person_key,team,first_month,role,share\nP2,Checkout,2026-01,designer,1\n")
    rows = asked("select month, team, role, standard_minor from mart_role_month order by all")
    assert rows == [
        (202601, "checkout", "designer", None),
        (202601, "checkout", "engineer", 600000),
        (202601, "onboarding", "engineer", 600000),
        (202602, "checkout", "designer", None),
        (202602, "checkout", "engineer", 600000),
        (202602, "onboarding", "engineer", 600000),
        (202603, "checkout", "designer", None),
        (202603, "onboarding", "engineer", 625000),
    ]


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("exchange_rates", "currency,target,month,basis,rate\nEUR,USD,2026-01,plan: Nothing,1.1\n", "basis"),
        ("exchange_rates", "currency,target,month,rate\nEUR,EUR,2026-01,1.1\n", "target"),
        (
            "plan_headcount",
            "plan_version,team,role,first_month,share\nX,Onboarding,engineer,2026-01,1\n",
            "unknown_plan",
        ),
        (
            "planned_positions",
            "position,team,role,starts,epic\nPOS-1,Onboarding,engineer,2026-06,none\n",
            "unknown_epic",
        ),
        ("nature_policies", "nature,first_month,is_cost\nmagic,2026-01,yes\n", "nature"),
        ("standard_rates", "role,first_month,currency,amount\nengineer,2026-01,USD,10.005\n", "decimals"),
        (
            "platform_usage",
            "platform,consumer,first_month,quantity\nNobody,Onboarding,2026-01,1\n",
            "unknown_team",
        ),
        ("team_structure", "team,first_month,kind\nNobody,2026-01,platform\n", "unknown_team"),
    ],
)
def test_what_means_nothing_is_refused_at_its_row(bring, kind, text, code):
    with pytest.raises(RefusedError) as refused:
        bring(kind, text)
    assert (code, 2) in {(issue.code, issue.line) for issue in refused.value.issues}
