"""Any sequence of changes: marts brought up to date equal those built anew, and undo is exactly before."""

from hypothesis import given
from hypothesis import strategies as st

from roi.commands import lists, mapping, structure, undo
from roi.commands.mapping import AreaTarget
from roi.domain.importing import Mode
from roi.domain.structure import Team
from roi.errors import RoiError
from roi.store import marts, statements
from tests.laws import whole
from tests.laws.whole import EVERYBODY, MONTHS, PEOPLE, TEAMS, examples

MONTH = st.sampled_from([f"{month // 100}-{month % 100:02d}" for month in MONTHS])
LAST = st.one_of(st.just(""), MONTH)
TEAM = st.sampled_from(TEAMS)

ROWS = {
    "assignments": (
        "person_key,team,first_month,last_month,role,share",
        st.tuples(
            st.sampled_from(PEOPLE),
            TEAM,
            MONTH,
            LAST,
            st.sampled_from(["engineer", "manager"]),
            st.sampled_from(["0.25", "33.3333%", "0.5", "1"]),
        ),
    ),
    "pool_drivers": (
        "pool,team,first_month,last_month,quantity",
        st.one_of(
            st.tuples(st.just("cloud"), TEAM, MONTH, LAST, st.integers(0, 900).map(str)),
            st.tuples(st.just("panel"), TEAM, MONTH, LAST, st.sampled_from(["0", "0.2", "1/3", "0.3333"])),
        ),
    ),
    "platform_usage": (
        "platform,consumer,first_month,last_month,quantity",
        st.tuples(st.sampled_from(whole.GIVERS), TEAM, MONTH, LAST, st.integers(0, 60).map(str)),
    ),
    "exchange_rates": (
        "currency,target,month,basis,rate",
        st.tuples(
            st.sampled_from(["EUR", "JPY"]),
            st.just("USD"),
            MONTH,
            st.sampled_from(["average", "outlook"]),
            st.sampled_from(["1.0851", "0.0065", "0.91"]),
        ),
    ),
    "standard_rates": (
        "role,first_month,currency,amount",
        st.tuples(
            st.sampled_from(["engineer", "manager"]),
            MONTH,
            st.sampled_from(["USD", "EUR"]),
            st.sampled_from(["12000", "9800.55"]),
        ),
    ),
    "nature_policies": (
        "nature,first_month,is_cost",
        st.tuples(
            st.sampled_from(["recoverable_tax", "amortisation"]), MONTH, st.sampled_from(["yes", "no"])
        ),
    ),
    "pay_categories": (
        "category,is_pay",
        st.tuples(st.sampled_from(["Salaries", "Cloud"]), st.sampled_from(["yes", "no"])),
    ),
    "cost_pools": (
        "pool,name,driver,is_overhead",
        st.tuples(
            st.sampled_from(["tools", "rent", "office"]),
            st.just("Shared"),
            st.sampled_from(["headcount", "even", "usage"]),
            st.sampled_from(["yes", "no"]),
        ),
    ),
}


@st.composite
def steps(draw):
    """One change as a function of the store; it may be refused."""
    kind = draw(st.sampled_from([*ROWS, *ROWS, "map", "centre", "team", "costs", "costs", "undo"]))
    if kind in ROWS:
        header, row = ROWS[kind]
        text = "\n".join(
            (header, *(",".join(cells) for cells in draw(st.lists(row, min_size=1, max_size=3))))
        )
        return lambda store: lists.import_list(store, EVERYBODY, kind, text.encode(), f"{kind}.csv")
    if kind == "map":
        area = draw(st.sampled_from(whole.AREAS))
        way = draw(
            st.one_of(
                st.tuples(st.just("team"), TEAM),
                st.tuples(st.just("pool"), st.sampled_from(list(whole.POOLS))),
                st.just(("", "")),
            )
        )
        return lambda store: mapping.map_areas(store, EVERYBODY, whole.SOURCE, [AreaTarget(area, *way)])
    if kind == "centre":
        centre, team = draw(st.sampled_from(whole.AREAS)), draw(TEAM)
        return lambda store: mapping.set_cost_centre(store, EVERYBODY, centre, team)
    if kind == "team":
        starts = draw(st.sampled_from([None, *MONTHS]))
        team = Team("checkout", "Checkout", value_stream="Enrolment", starts=starts)
        return lambda store: structure.save_teams(store, EVERYBODY, [team])
    if kind == "costs":
        found, mode = draw(whole.lines(8)), draw(st.sampled_from([Mode.ADD, Mode.REPLACE]))
        return lambda store: whole.bring_in(store, found, mode)
    back = draw(st.integers(0, 3))
    return lambda store: undo.undo(store, EVERYBODY, max(store.version - back, 1))


@examples(4)
@given(drawn=whole.companies(14), changes=st.lists(steps(), min_size=4, max_size=9))
def test_t9_incremental_is_rebuild_and_undo_is_before(drawn, changes):
    with whole.fresh() as store:
        whole.put(store, drawn.rules)
        whole.bring_in(store, drawn.lines)
        told = {store.version: whole.fingerprint(store)}
        for change in changes:
            carry_out(store, change, told)
        for version, figures in told.items():
            assert as_of(store, version) == figures, "a past version is computed again as it was"
        for version in sorted(told, reverse=True)[:-1]:
            undo.undo(store, EVERYBODY, version)
            assert whole.fingerprint(store) == told[version - 1], f"undo of change {version}"
        assert whole.fingerprint(store) == whole.rebuilt(store)


def carry_out(store, change, told):
    """A change is either refused, and then nothing at all happened, or recorded with exact figures."""
    before = store.version
    try:
        change(store)
    except RoiError:
        assert store.version == before
        assert whole.fingerprint(store) == told[before]
        return
    if store.version > before:
        told[store.version] = whole.fingerprint(store)
        assert told[store.version] == whole.rebuilt(store), "the marts are not what the ledger gives"


def as_of(store, version):
    with store.snapshot() as cursor:
        marts.rebuild_as_of(cursor, version)
        return cursor.execute(statements.query("marts_fingerprint")).fetchall()
