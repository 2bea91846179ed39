"""Published answers of others (shared/cases, alloc-* and cur-*) through the real store: import to marts."""

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from roi.domain import allocation
from roi.domain.money import largest_remainder
from tests.laws import whole

pytestmark = pytest.mark.real
SERVICE = ("alloc-ab-150-300", "alloc-maintenance-computing")
MONTH = 202601


@pytest.fixture
def case(shared):
    def read(name):
        return json.loads((shared / "cases" / f"{name}.json").read_text(encoding="utf-8"))

    return read


def teams(*names):
    """The case's departments as teams of ours, by their order: what they are called does not matter."""
    return dict(zip(names, whole.TEAMS, strict=False))


def lines_of(costs, keys):
    """One line of cost a department, in whole cents."""
    return [line("team", keys[name], Decimal(str(cost))) for name, cost in costs.items() if cost]


def line(kind, name, amount):
    minor = int(Decimal(str(amount)) * 100)
    return whole.Line(MONTH, kind, name, "Other", "cash_cost", "", "", "actual", "USD", minor)


def usage_of(case, keys):
    return [
        {
            "platform": keys[giver],
            "consumer": keys[taker],
            "first_month": MONTH,
            "last_month": None,
            "quantity": many,
        }
        for giver, takers in case["inputs"]["usage"].items()
        for taker, many in takers.items()
    ]


def after(store):
    """Cost of each team in major units after all hops."""
    rows = whole.asked(
        store,
        "select team, sum(amount_minor)::bigint from mart_full_cost where basis = 'actual' group by team",
    )
    return {team: minor / 100 for team, minor in rows}


@pytest.mark.parametrize("name", SERVICE)
def test_reciprocal_through_the_store(case, name):
    told = case(name)
    inputs, expected = told["inputs"], told["expected"]["reciprocal"]
    keys = teams(*inputs["service"], *inputs["operating"])
    with whole.fresh() as store:
        whole.put(store, {"platform_usage": usage_of(told, keys)})
        whole.bring_in(store, lines_of(inputs["direct_costs"], keys))
        found = after(store)
    for department, amount in expected.items():
        assert found[keys[department]] == pytest.approx(amount, abs=told["tolerance"]["abs"])
    assert all(found[keys[service]] == 0 for service in inputs["service"])
    assert sum(found.values()) == pytest.approx(sum(inputs["direct_costs"].values()))


@pytest.mark.parametrize("name", SERVICE)
@pytest.mark.parametrize("method", ["direct", "step_down"])
def test_the_checks_on_method_give_the_published_answers(case, name, method):
    told = case(name)
    inputs = told["inputs"]
    usage = {giver: dict(takers) for giver, takers in inputs["usage"].items()}
    weights = (
        allocation.direct(usage)
        if method == "direct"
        else allocation.step_down(usage, inputs["step_down_order"])
    )
    costs = {name: int(cost * 10_000) for name, cost in inputs["direct_costs"].items()}
    found = allocation.pass_on(costs, weights)
    for department, amount in told["expected"][method].items():
        assert found[department] / 10_000 == pytest.approx(amount, abs=told["tolerance"]["abs"])


SHARED = "alloc-opencost-shared-overhead"


def test_a_shared_pool_evenly_and_by_weight(case):
    """The third namespace's cost as a pool: by headcount of one each it is even, by units it follows cost."""
    told = case(SHARED)
    own, pool = told["inputs"]["own_cost"], told["inputs"]["share_even"]["pool"]
    receivers = told["inputs"]["share_even"]["to"]
    keys = teams(*receivers)
    for rule, expected in (("even", told["expected"]["even"]), ("weighted", told["expected"]["weighted"])):
        units = {name: 1 if rule == "even" else own[name] for name in receivers}
        drivers = [
            {"pool": "cloud", "team": keys[name], "first_month": MONTH, "last_month": None, "quantity": many}
            for name, many in units.items()
        ]
        with whole.fresh() as store:
            whole.put(store, {"pool_driver": drivers})
            whole.bring_in(
                store, [*lines_of({n: own[n] for n in receivers}, keys), line("pool", "cloud", own[pool])]
            )
            found = after(store)
        for name, amount in expected.items():
            assert found[keys[name]] == pytest.approx(amount, abs=0.01)


def test_a_part_shared_evenly_stays_in_the_sum(case):
    """16 of the first namespace's cost are posted to a pool that three share evenly."""
    told = case(SHARED)
    inputs, expected = told["inputs"], told["expected"]["part_even"]
    part, own = inputs["share_part"], dict(inputs["own_cost"])
    own[part["from"]] -= part["amount"]
    keys = teams(*own)
    drivers = [
        {"pool": "cloud", "team": keys[name], "first_month": MONTH, "last_month": None, "quantity": 1}
        for name in part["to"]
    ]
    with whole.fresh() as store:
        whole.put(store, {"pool_driver": drivers})
        whole.bring_in(store, [*lines_of(own, keys), line("pool", "cloud", part["amount"])])
        found = after(store)
    for name, amount in expected.items():
        assert found[keys[name]] == pytest.approx(amount, abs=told["tolerance"]["abs"] + 0.005)


def test_overhead_weighted_by_own_cost(case):
    """Overhead goes by headcount here: heads in the proportion of own cost give the published answer."""
    told = case(SHARED)
    own, overhead = told["inputs"]["own_cost"], told["inputs"]["overhead"]["amount"]
    keys = teams(*own)
    heads = [
        {
            "person_key": f"P{number}",
            "team": keys[name],
            "first_month": MONTH,
            "last_month": None,
            "role": "engineer",
            "band": "",
            "share": cost * 10_000,
        }
        for number, (name, cost) in enumerate(own.items(), start=1)
    ]
    with whole.fresh() as store:
        whole.put(store, {"assignment": heads})
        whole.bring_in(store, [*lines_of(own, keys), line("pool", whole.OVERHEAD, overhead)])
        found = after(store)
    for name, amount in told["expected"]["overhead"].items():
        assert found[keys[name]] == pytest.approx(amount, abs=told["tolerance"]["abs"] + 0.005)


SPLITS = "cur-largest-remainder-moneyphp"


def test_parts_sum_to_the_whole_as_published(case):
    told = case(SPLITS)
    for split, parts in zip(told["inputs"]["splits"], told["expected"]["parts"], strict=True):
        assert largest_remainder(split["total"], whole_weights(split["weights"])) == parts
    for field, weights in (("zero_weights_total", [0, 0]), ("negative_weight", [1, -1])):
        assert told["expected"][field] == "error"
        with pytest.raises(ValueError, match="weight"):
            largest_remainder(5, weights)


def test_parts_sum_to_the_whole_in_the_store_too(case):
    """Each split as a pool by usage, in a month of its own: the SQL's ties go to the earlier team key, as
    the case's do."""
    told = case(SPLITS)
    ordered = sorted(whole.TEAMS)
    pairs = zip(told["inputs"]["splits"], told["expected"]["parts"], strict=True)
    splits = {MONTH + place // 12 * 100 + place % 12: pair for place, pair in enumerate(pairs)}
    drivers = [
        {"pool": "cloud", "team": team, "first_month": month, "last_month": month, "quantity": weight}
        for month, (split, _) in splits.items()
        for team, weight in zip(ordered, whole_weights(split["weights"]), strict=False)
    ]
    with whole.fresh() as store:
        whole.put(store, {"pool_driver": drivers})
        cost = [line("pool", "cloud", Decimal(split["total"]) / 100) for split, _ in splits.values()]
        whole.bring_in(store, [replace(one, month=month) for month, one in zip(splits, cost, strict=True)])
        query = "select month, team, amount_minor from mart_team_cost where amount_minor != 0"
        found = {(month, team): amount for month, team, amount in whole.asked(store, query)}
    wanted = {
        (month, team): part
        for month, (_, parts) in splits.items()
        for team, part in zip(ordered, parts, strict=False)
        if part
    }
    assert found == wanted


def whole_weights(weights):
    parts = [Fraction(str(weight)) for weight in weights]
    scale = 100 if any(part.denominator > 1 for part in parts) else 1
    return [int(part * scale) for part in parts]
