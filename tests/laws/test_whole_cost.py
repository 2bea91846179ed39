"""T1 and T2 over every hop: shares, pools, serving teams, overhead, currencies."""

from collections import Counter
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from roi.domain import allocation
from roi.domain.money import MINOR_DIGITS, largest_remainder
from roi.store import marts, statements
from tests.laws import whole
from tests.laws.whole import companies, examples

PLACES = (
    "select month, source, scenario, nature, intent, treatment, category, currency, placed, team, rule, "
    "pool, amount_minor, reporting_minor from mart_team_cost"
)
HOPS = (
    "select basis, month, scenario, treatment, currency, team, hop, giver, amount_minor, reporting_minor "
    "from mart_full_cost"
)


def build(store, drawn):
    whole.put(store, drawn.rules)
    whole.bring_in(store, drawn.lines)


def summed(rows):
    sums = Counter()
    for *key, minor in rows:
        sums[tuple(key)] += minor
    return {key: minor for key, minor in sums.items() if minor}


def picked(rows, names, columns):
    """Rows with some columns only and the amount last."""
    places = [columns.index(name) for name in names]
    return summed((*(row[place] for place in places), row[-2]) for row in rows)


def t1_every_line_has_its_place_for_any_grouping(store, drawn):
    columns = "month source scenario nature intent treatment category currency".split()
    rows = whole.asked(store, PLACES)
    ledger = [
        (
            line.month,
            whole.SOURCE,
            line.scenario,
            line.nature,
            line.intent,
            line.treatment,
            line.category,
            line.currency,
            line.minor,
        )
        for line in drawn.lines
    ]
    for size in range(1, 5):
        for names in combinations(columns, size):
            chosen = [columns.index(name) for name in names]
            wanted = summed((*(line[place] for place in chosen), line[-1]) for line in ledger)
            assert picked(rows, names, columns) == wanted, names


def t1_no_hop_loses_or_makes_a_cent(store, drawn):
    """Teams + overhead before = everything after, in each currency, scenario and treatment (decision D2)."""
    columns = "basis month scenario treatment currency team hop giver".split()
    kept = ("month", "scenario", "treatment", "currency")
    rows = [row for row in whole.asked(store, HOPS) if row[0] == "actual"]
    before = whole.asked(
        store,
        "select month, scenario, treatment, currency, amount_minor from mart_team_cost "
        "where placed in ('team', 'overhead')",
    )
    weights = whole.asked(store, "select month, giver, sum(weight) from mart_platform_weight group by all")
    assert picked(rows, kept, columns) == summed(before)
    passed = [row for row in rows if row[columns.index("hop")] in {"passed_on", "received"}]
    assert picked(passed, kept, columns) == {}
    assert {total for *_, total in weights} <= {allocation.WEIGHT_WHOLE}
    givers = {(month, giver) for month, giver, _ in weights}
    left = picked(rows, ("month", "team"), columns)
    assert not givers & set(left), "a team that passes its cost on keeps none"


def d3_the_sql_passes_on_what_the_domain_says(store, drawn):
    """Own cost through `domain.allocation`, cell by cell, is what the marts hold after reallocation."""
    own = summed(
        whole.asked(
            store,
            "select month, scenario, treatment, currency, team, amount_minor from mart_full_cost "
            "where basis = 'actual' and hop = 'own'",
        )
    )
    after = summed(
        whole.asked(
            store,
            "select month, scenario, treatment, currency, team, amount_minor from mart_full_cost "
            "where basis = 'actual' and hop != 'overhead'",
        )
    )
    expected = Counter()
    for cell in {key[:4] for key in own}:
        passed = allocation.reciprocal(used_in(drawn.rules["platform_usage"], cell[0]))
        costs = {key[4]: minor for key, minor in own.items() if key[:4] == cell}
        for team, minor in allocation.pass_on(costs, passed).items():
            expected[(*cell, team)] += minor
    assert after == {key: minor for key, minor in expected.items() if minor}


def used_in(rows, month):
    used = {}
    for row in rows:
        if row["first_month"] <= month <= (row["last_month"] or 299912):
            used.setdefault(row["platform"], {})[row["consumer"]] = row["quantity"]
    return used


def d1_a_bucket_is_split_by_largest_remainder(store, drawn):
    """People and pools: the SQL's parts are those of `domain.money.largest_remainder`."""
    weights = {}
    for month, kind, name, team, weight in whole.asked(store, "select * from mart_share"):
        weights.setdefault((month, kind, name), {})[team] = weight
    found = summed(
        whole.asked(
            store,
            "select month, object_kind, object, scenario, nature, intent, treatment, category, currency, "
            "team, amount_minor from mart_team_cost where object_kind in ('person', 'pool') "
            "and placed != 'overhead' and placed != 'excluded'",
        )
    )
    hidden = dict(whole.asked(store, "select object, object from mart_share where kind = 'person'"))
    buckets = summed(
        whole.asked(
            store,
            "select month, object_kind, object, scenario, nature, intent, treatment, category, currency, "
            "amount_minor from mart_team_cost where object_kind in ('person', 'pool') "
            "and placed != 'overhead' and placed != 'excluded'",
        )
    )
    assert set(hidden) == {name for _, kind, name in weights if kind == "person"}
    expected = Counter()
    for bucket, minor in buckets.items():
        shared = weights.get(bucket[:3], {"": 1})
        teams = sorted(shared)
        for team, part in zip(teams, largest_remainder(minor, [shared[t] for t in teams]), strict=True):
            expected[(*bucket, team)] += part
    assert found == {key: part for key, part in expected.items() if part}


def v5_a_currency_is_converted_once_and_a_missing_rate_is_unknown(store, drawn):
    """The converted cells sum to total × rate rounded once; without a rate all of them are unknown (T3)."""
    rates = {
        (row["currency"], row["month"], row["basis"]): row["rate_billionths"]
        for row in drawn.rules["exchange_rate"]
    }
    rows = whole.asked(
        store,
        "select currency, month, scenario, sum(amount_minor)::bigint, sum(reporting_minor)::bigint, "
        "count(*), count(reporting_minor) from mart_team_cost group by all",
    )
    for currency, month, scenario, minor, reporting, cells, known in rows:
        rate = (
            10**9
            if currency == "USD"
            else rates.get((currency, month, "average" if scenario == "actual" else scenario))
        )
        if rate is None:
            assert (reporting, known) == (None, 0)
            continue
        over = rate * 10 ** MINOR_DIGITS["USD"]
        under = 10**9 * 10 ** MINOR_DIGITS[currency]
        assert known == cells
        assert reporting == (2 * minor * over + under) // (2 * under)


LAWS = (
    t1_every_line_has_its_place_for_any_grouping,
    t1_no_hop_loses_or_makes_a_cent,
    d3_the_sql_passes_on_what_the_domain_says,
    d1_a_bucket_is_split_by_largest_remainder,
    v5_a_currency_is_converted_once_and_a_missing_rate_is_unknown,
)
"""What holds of a company that nothing is done to: asked of each that is drawn, since to build it is dear."""


@examples(8)
@given(drawn=companies())
def test_every_law_holds_of_any_company(drawn):
    with whole.fresh() as store:
        build(store, drawn)
        for law in LAWS:
            law(store, drawn)


@examples(4)
@given(drawn=companies(), data=st.data())
def test_order_of_lines_and_rules_moves_nothing(drawn, data):
    turned = data.draw(st.permutations(drawn.lines))
    tables = data.draw(st.permutations(list(drawn.rules)))
    with whole.fresh() as store:
        build(store, drawn)
        one = whole.fingerprint(store)
    with whole.fresh() as store:
        whole.bring_in(store, turned)
        for table in tables:
            whole.put(store, {table: drawn.rules[table][::-1]})
        assert whole.fingerprint(store) == one


@examples(4)
@given(drawn=companies(), data=st.data())
def test_only_shares_within_a_driver_matter(drawn, data):
    """Twice the units of every team, or four times, is the same share: usage has any unit (methods 2)."""
    times = data.draw(st.sampled_from([2, 4, 8]))
    more = dict(drawn.rules)
    more["platform_usage"] = [
        {**row, "quantity": row["quantity"] * times} for row in drawn.rules["platform_usage"]
    ]
    more["pool_driver"] = [
        {**row, "quantity": row["quantity"] * (times if row["pool"] == "cloud" else 1)}
        for row in drawn.rules["pool_driver"]
    ]
    with whole.fresh() as store:
        build(store, drawn)
        one = whole.fingerprint(store)
        whole.put(store, {name: more[name] for name in ("platform_usage", "pool_driver")})
        assert whole.fingerprint(store) == one


@examples(4)
@given(drawn=companies(), times=st.integers(2, 7))
def test_scaling_the_ledger_scales_every_cell(drawn, times):
    """No cell of `times` the ledger is further from `times` the cell than the rounding of both."""
    cells = (
        "select month, object_kind, object, placed, team, rule, pool, reason, scenario, nature, intent, "
        "treatment, category, currency, amount_minor from mart_team_cost"
    )
    grown = [whole.Line(*line_with(line, line.minor * times)) for line in drawn.lines]
    with whole.fresh() as store:
        build(store, drawn)
        one = summed(whole.asked(store, cells))
    with whole.fresh() as store:
        build(store, whole.Drawn(grown, drawn.rules))
        more = summed(whole.asked(store, cells))
    for key in {*one, *more}:
        assert abs(more.get(key, 0) - times * one.get(key, 0)) <= times + 1, key


def line_with(line, minor):
    cells = [getattr(line, name) for name in line.__dataclass_fields__]
    return [*cells[:-1], minor]


@examples(4)
@given(drawn=companies(), data=st.data())
def test_t2_a_filter_on_months_changes_nobodys_share(drawn, data):
    """A month computed alone is that month of the whole."""
    month = data.draw(st.sampled_from(sorted({line.month for line in drawn.lines})))
    with whole.fresh() as store:
        build(store, drawn)
        stored = [row for row in whole.fingerprint(store) if row[1] == month]
        with store.snapshot() as cursor:
            marts.shadow(cursor, [month])
            alone = cursor.execute(statements.query("marts_fingerprint")).fetchall()
    assert alone == stored


@examples(4)
@given(drawn=companies(), more=whole.lines(12))
def test_t2_lines_of_another_source_move_no_share(drawn, more):
    """What a second file brings comes on top; in original currency no cell of the first one moves."""
    cells = f"{PLACES} where source = '{whole.SOURCE}'"
    with whole.fresh() as store:
        build(store, drawn)
        before = sorted(row[:-1] for row in whole.asked(store, cells))
        if sorted(more) != sorted(drawn.lines):
            whole.bring_in(store, more, source="cards")
        assert sorted(row[:-1] for row in whole.asked(store, cells)) == before


@examples(4)
@given(drawn=companies())
def test_d23_no_standard_figure_holds_a_line_of_pay(drawn):
    """The standard basis is the same when every pay line is another amount: no pay can be read from it."""
    raised = [
        whole.Line(*line_with(line, line.minor * 3 + 7 if is_pay(line, drawn) else line.minor))
        for line in drawn.lines
    ]
    standard = (
        "select month, team, hop, giver, scenario, treatment, category, currency, amount_minor "
        "from mart_full_cost where basis = 'standard'"
    )
    with whole.fresh() as store:
        build(store, drawn)
        one = summed(whole.asked(store, standard))
    with whole.fresh() as store:
        build(store, whole.Drawn(raised, drawn.rules))
        assert summed(whole.asked(store, standard)) == one


def is_pay(line, drawn):
    told = {row["category"]: row["is_pay"] for row in drawn.rules["people_category"]}
    return told.get(line.category, line.kind == "person")
