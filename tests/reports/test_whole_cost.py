"""The whole cost of three teams, known by hand: own, received, overhead, converted; plan, roles, methods.

| January 2026 | own      | received | overhead | passed on | full     |
|--------------|---------:|---------:|---------:|----------:|---------:|
| Alpha        |   600.00 |    75.00 |    67.50 |           |   742.50 |
| Beta (€300)  |   330.00 |    25.00 |    22.50 |           |   377.50 |
| Platform     |   100.00 |          |          |    100.00 |     0.00 |
| Offices      |    90.00 |          |          |           |          |

A euro is 1.10 in January and 1.20 in February, when Beta moved from stream One to Two and cost €200.
Alpha has 1.5 heads, Beta 0.5. The plan: Alpha 500.00 with one head; Beta €250 at a frozen 1.00.
"""

from datetime import date

import pytest

from roi.domain.periods import Span
from roi.reports import data, methods, outcomes, portfolio, team, teams, trace
from roi.reports.shapes import NamedAmount, Scope
from roi.story import titles
from tests.reports.conftest import made_once, opened_copy

JANUARY, FEBRUARY = 202601, 202602
ONLY_JANUARY = Scope(Span(JANUARY, JANUARY))
BOTH = Scope(Span(JANUARY, FEBRUARY))


def _rate(month, basis, billionths):
    return {
        "currency": "EUR",
        "target": "USD",
        "month": month,
        "basis": basis,
        "rate_billionths": billionths,
        "rate_source": "bank",
    }


def _assigned(person, team_key, share, role="engineer"):
    return {
        "person_key": person,
        "team": team_key,
        "first_month": 202501,
        "last_month": None,
        "role": role,
        "band": "",
        "share": share,
    }


def _used(consumer, quantity, platform="platform"):
    return {
        "platform": platform,
        "consumer": consumer,
        "first_month": 202501,
        "last_month": None,
        "quantity": quantity,
    }


def _line(month, amount, **more):
    return {"month": month, "amount_minor": amount, "currency": "USD", **more}


def _build(built):
    built.company(currency="USD")
    built.team("alpha", "Alpha", stream="One")
    built.team("beta", "Beta", stream="One")
    built.team("platform", "Platform", kind="platform", stream="Three")
    built.put(
        "team_structure",
        {
            "team": "beta",
            "first_month": FEBRUARY,
            "kind": "stream_aligned",
            "value_stream": "Two",
            "division": "",
        },
    )
    built.put("role", {"role": "engineer", "name": "Engineer", "is_shared": False})
    built.put("role", {"role": "designer", "name": "Designer", "is_shared": True})
    built.put(
        "cost_pool",
        {"pool": "offices", "name": "Offices", "driver": "headcount", "is_overhead": True},
    )
    built.put("platform_usage", _used("alpha", 3), _used("beta", 1))
    built.put(
        "assignment",
        _assigned("P1", "alpha", 1_000_000),
        _assigned("P2", "alpha", 500_000, "designer"),
        _assigned("P2", "beta", 300_000, "designer"),
        _assigned("P3", "beta", 200_000),
        _assigned("P4", "platform", 1_000_000),
    )
    built.put(
        "exchange_rate",
        _rate(JANUARY, "average", 1_100_000_000),
        _rate(FEBRUARY, "average", 1_200_000_000),
        _rate(JANUARY, "plan: Budget", 1_000_000_000),
    )
    built.put("plan_version", {"plan_version": "Budget", "frozen_on": date(2025, 12, 1), "is_current": True})
    heads = {"plan_version": "Budget", "role": "engineer", "first_month": 202601, "last_month": None}
    built.put(
        "plan_headcount",
        {**heads, "team": "alpha", "share": 1_000_000},
        {**heads, "team": "beta", "share": 500_000},
    )
    built.lines(
        _line(JANUARY, 60_000, team="alpha"),
        _line(JANUARY, 30_000, team="beta", currency="EUR", treatment="capital", intent="run"),
        _line(JANUARY, 10_000, team="platform"),
        _line(JANUARY, 9_000, pool="offices"),
        _line(JANUARY, 5_000, team="alpha", nature="amortisation"),
        _line(JANUARY, 700),
        file="january.csv",
    )
    built.lines(_line(FEBRUARY, 20_000, team="beta", currency="EUR"), file="february.csv")
    built.lines(
        _line(JANUARY, 50_000, team="alpha", scenario="plan: Budget"),
        _line(JANUARY, 25_000, team="beta", scenario="plan: Budget", currency="EUR"),
        file="plan.csv",
    )


@pytest.fixture(scope="module")
def shared_files(tmp_path_factory, finance):
    """The closed files of the three teams."""
    return made_once(tmp_path_factory.mktemp("whole"), finance, _build)


@pytest.fixture
def shared_cost(shared_files, tmp_path, finance):
    yield from opened_copy(shared_files, tmp_path, finance)


def _rows(report):
    return {row.key: row for stream in report.streams for row in stream.teams}


def test_d3_own_received_overhead_and_full_cost_are_those_of_the_table(shared_cost, finance):
    rows = _rows(portfolio.build(shared_cost.store, finance, ONLY_JANUARY))
    shown = {
        key: tuple(getattr(row, name).value for name in ("own", "received", "overhead", "passed_on", "full"))
        for key, row in rows.items()
    }
    assert shown == {
        "alpha": (60_000, 7_500, 6_750, 0, 74_250),
        "beta": (33_000, 2_500, 2_250, 0, 37_750),
        "platform": (10_000, 0, 0, 10_000, 0),
    }
    assert rows["alpha"].cost.figure_id == "full_cost"
    assert rows["alpha"].heads.value == 1_500_000
    assert rows["alpha"].cost_per_head.value == 49_500


def test_t1_both_views_sum_to_one_total_and_tie_to_the_ledger(shared_cost, finance):
    report = portfolio.build(shared_cost.store, finance, ONLY_JANUARY)
    assert report.cost.value == 74_250 + 37_750 == 60_000 + 33_000 + 10_000 + 9_000
    assert (report.own.value, report.overhead.value) == (103_000, 9_000)
    assert [(part.kind, part.name, part.amount) for part in report.ties.ledger] == [
        ("team", "Own cost of teams", 103_000),
        ("overhead", "Offices", 9_000),
        ("excluded", "amortisation", 5_000),
        ("suspense", "Suspense", 700),
    ]
    assert report.ledger.value == 117_700
    assert report.ties.difference.value == 0


def test_v1_spend_and_the_charge_to_profit_and_loss(shared_cost, finance):
    report = portfolio.build(shared_cost.store, finance, ONLY_JANUARY)
    assert dict(report.ties.spend.inputs) == {
        "operating": 79_700,
        "capitalised": 33_000,
        "not_stated": 0,
        "spend": 112_700,
    }
    assert dict(report.ties.charge.inputs) == {"operating": 79_700, "amortisation": 5_000, "charge": 84_700}
    assert trace.build(shared_cost.store, finance, ONLY_JANUARY, "profit_and_loss_charge").sums_agree


def test_everything_is_converted_unless_one_currency_is_named(shared_cost, finance):
    store = shared_cost.store
    every = portfolio.build(store, finance, BOTH)
    assert (every.currency, every.is_converted) == ("USD", True)
    assert every.ledger.value == 117_700 + 24_000
    assert every.originals == (NamedAmount("USD", 84_700, 5), NamedAmount("EUR", 50_000, 2))
    euro = portfolio.build(store, finance, Scope(Span(JANUARY, FEBRUARY), currency="EUR"))
    assert (euro.currency, euro.is_converted, euro.ledger.value) == ("EUR", False, 50_000)
    dollar = portfolio.build(store, finance, Scope(Span(JANUARY, FEBRUARY), currency="USD"))
    assert (dollar.ledger.value, dollar.cost.value) == (84_700, 79_000)
    assert dollar.other_currencies == (NamedAmount("EUR", 50_000, 2),)


def test_t3_a_missing_rate_makes_what_it_touches_unknown_and_never_smaller(shared_cost, finance):
    shared_cost.end("exchange_rate", ("EUR", "USD", FEBRUARY, "average"))
    shared_cost.lines(_line(FEBRUARY, 1, team="alpha"), file="more.csv")
    report = portfolio.build(shared_cost.store, finance, BOTH)
    why = "no exchange rate EUR to USD for Feb 2026"
    assert (report.ledger.value, report.ledger.reason) == (None, why)
    assert (report.cost.value, report.cost.reason) == (None, why)
    assert report.missing_rates == (why,)
    assert report.ties.spend.value is None
    rows = _rows(report)
    assert rows["beta"].own.value is None
    assert rows["alpha"].own.value == 60_001
    assert report.excluded.value == 5_000
    months = teams.build(shared_cost.store, finance, BOTH)
    assert months.by_month_ledger == (117_700, None)
    assert months.by_month_suspense == (700, 0)
    assert trace.build(shared_cost.store, finance, BOTH, "ledger_total").sums_agree
    waiting = data.build(shared_cost.store, finance, Scope()).missing_rates
    assert [(row.currency, row.target, row.month, row.basis) for row in waiting] == [
        ("EUR", "USD", FEBRUARY, "average")
    ]


def test_d5_a_team_counts_where_it_stood_in_each_month(shared_cost, finance):
    def own(scope):
        report = portfolio.build(shared_cost.store, finance, scope)
        return {stream.name: stream.total.own.value for stream in report.streams}

    assert own(BOTH) == {"One": 93_000, "Three": 10_000, "Two": 24_000}
    assert own(Scope(BOTH.span, structure="today")) == {"One": 60_000, "Three": 10_000, "Two": 57_000}
    one = portfolio.build(shared_cost.store, finance, Scope(BOTH.span, "One"))
    assert one.own.value == 93_000
    assert one.cost.value == 74_250 + 37_750
    assert (
        one.other_teams.value + one.cost.value == portfolio.build(shared_cost.store, finance, BOTH).cost.value
    )
    back = trace.build(shared_cost.store, finance, BOTH, "full_cost", "beta")
    assert back.sums_agree
    assert (
        trace.build(shared_cost.store, finance, Scope(BOTH.span, "Two"), "team_cost", "beta").figure.value
        == 24_000
    )


def test_a_team_that_moved_to_another_value_stream_is_one_team_in_every_title(shared_cost, finance):
    report = teams.build(shared_cost.store, finance, BOTH)
    assert [len(stream.outlined) for stream in report.streams] == [2, 1, 1]
    assert report.with_cost == 3
    assert titles.teams(report).text.startswith("Three teams cost")
    portfolio_report = portfolio.build(shared_cost.store, finance, BOTH)
    assert titles.portfolio(portfolio_report).text.startswith("Three teams cost")


def test_v5_the_variance_by_hand(shared_cost, finance):
    """Alpha: +100 = half a head × 500 − 150 price. Beta: +80 = currency 300 × 0.1 + price 50, heads equal."""
    report = teams.build(shared_cost.store, finance, BOTH).plans
    assert (report.span, report.year) == (Span(JANUARY, JANUARY), Span(202601, 202612))
    rows = {row.key: row for row in report.rows}
    assert dict(rows["alpha"].variance.inputs) == {
        "actual": 60_000,
        "plan": 50_000,
        "variance": 10_000,
        "currency": 0,
        "volume": 25_000,
        "price": -15_000,
    }
    assert dict(rows["beta"].variance.inputs) == {
        "actual": 33_000,
        "plan": 25_000,
        "variance": 8_000,
        "currency": 3_000,
        "volume": 0,
        "price": 5_000,
    }
    assert rows["beta"].share.value == 320_000
    assert (rows["platform"].plan.value, rows["platform"].plan.reason) == (
        None,
        "the plan has nothing for this team",
    )
    assert rows["alpha"].outlook.reason.startswith("no outlook for Mar 2026")
    assert rows["beta"].by_month == (25_000, None)


def test_v5_the_outlook_is_actual_so_far_and_what_is_to_come(shared_cost, finance):
    later = list(range(202603, 202613))
    shared_cost.put("exchange_rate", *(_rate(month, "outlook", 1_000_000_000) for month in later))
    shared_cost.lines(
        *(_line(month, 1_000, team="alpha", scenario="outlook") for month in later),
        *(_line(month, 100, team="beta", scenario="outlook", currency="EUR") for month in later),
        file="outlook.csv",
    )
    rows = {row.key: row for row in teams.build(shared_cost.store, finance, ONLY_JANUARY).plans.rows}
    assert rows["alpha"].outlook.value == 60_000 + 10_000
    assert rows["beta"].outlook.value == 33_000 + 24_000 + 1_000
    assert dict(rows["beta"].outlook.inputs) == {"actual": 57_000, "outlook": 1_000, "year": 58_000}
    assert rows["platform"].outlook.value is None


def test_roles_by_team_sum_to_heads_with_what_nobody_has(shared_cost, executive):
    found = teams.people(shared_cost.store, executive, BOTH)[0]
    assert (found.month, [key for key, _ in found.teams]) == (FEBRUARY, ["alpha", "beta", "platform"])
    rows = {row.role: row for row in found.rows}
    assert rows["designer"].by_team == (500_000, 300_000, 0)
    assert (rows["designer"].unassigned, rows["designer"].heads) == (200_000, 1_000_000)
    assert rows["designer"].teams_each == 2_000_000
    assert (rows["engineer"].unassigned, rows["engineer"].heads) == (800_000, 3_000_000)


def test_a_shared_role_that_serves_more_than_three_teams_is_a_warning(shared_cost, executive):
    for key in ("gamma", "delta"):
        shared_cost.team(key, key.title())
        shared_cost.put("assignment", _assigned("P2", key, 100_000, "designer"))
    rows = {row.role: row for row in teams.people(shared_cost.store, executive, BOTH)[0].rows}
    assert rows["designer"].warning == "one designer serves more than 3 teams on average"
    assert not rows["engineer"].warning


def test_positions_without_an_epic_come_first(shared_cost, executive):
    shared_cost.epic("search", "alpha", date(2026, 1, 5))
    row = {"team": "alpha", "role": "engineer", "band": "", "starts": 202604, "share": 1_000_000}
    shared_cost.put("planned_position", {**row, "position": "A", "epic": "search"})
    shared_cost.put("planned_position", {**row, "position": "B", "epic": ""})
    found = teams.people(shared_cost.store, executive, BOTH)[1]
    assert [(one.position, one.epic_name, one.role_name) for one in found] == [
        ("B", "", "Engineer"),
        ("A", "Epic search", "Engineer"),
    ]


def test_methods_are_compared_and_only_said_above_two_percent(shared_cost, finance):
    assert methods.build(shared_cost.store, finance, ONLY_JANUARY).rows == ()
    shared_cost.team("data", "Data", kind="platform")
    shared_cost.put(
        "platform_usage", _used("data", 4), _used("platform", 1, "data"), _used("beta", 1, "data")
    )
    shared_cost.lines(_line(JANUARY, 20_000, team="data"), file="data.csv")
    found = methods.build(shared_cost.store, finance, ONLY_JANUARY)
    rows = {row.team: row for row in found.rows}
    # platform 100 and data 200: x = 100 + y/2, y = 200 + x/2; alpha gets 3x/8, beta x/8 + y/2
    assert rows["alpha"].reciprocal == 60_000 + 10_000
    assert rows["alpha"].direct == 60_000 + 7_500
    assert rows["beta"].reciprocal == 33_000 + 3_333 + 16_667
    assert found.order == ("Data", "Platform")
    assert (rows["alpha"].step_down, rows["alpha"].apart) == (75_000, 71_428)
    mine = team.build(shared_cost.store, finance, ONLY_JANUARY, "alpha").method
    assert mine == rows["alpha"]
    assert _rows(portfolio.build(shared_cost.store, finance, ONLY_JANUARY))["alpha"].received.value == 10_000


def test_v2_value_follows_cost_to_those_a_platform_serves(shared_cost, finance, executive):
    """100 learners × 10 × share 0.5 = 500 a month; Alpha has three quarters of it, Beta one."""
    shared_cost.epic("pipeline", "platform", date(2025, 11, 1), delivered=date(2025, 12, 15))
    shared_cost.outcome("fast", "pipeline", currency="USD", actual="1100", read_on=date(2026, 1, 31))
    shared_cost.confirm("fast")
    rows = _rows(portfolio.build(shared_cost.store, executive, ONLY_JANUARY))
    assert rows["alpha"].confirmed.value == 37_500
    assert rows["beta"].confirmed.value == 12_500
    assert (rows["platform"].confirmed.value, rows["platform"].confirmed_own.value) == (None, 50_000)
    assert rows["platform"].confirmed.reason == "its value is booked by the teams it serves"
    assert rows["alpha"].confirmed_own.value is None
    whole = portfolio.build(shared_cost.store, executive, ONLY_JANUARY)
    assert whole.confirmed.value == 50_000
    assert (whole.returned.value, rows["alpha"].returned.value) == (446_429, 505_051)
    back = trace.build(shared_cost.store, finance, ONLY_JANUARY, "return_per_unit", "alpha")
    assert back.sums_agree
    assert [(part.kind, part.amount) for part in back.parts if part.kind == "value"] == [("value", 37_500)]
    assert trace.build(shared_cost.store, finance, ONLY_JANUARY, "confirmed_cash", "platform").sums_agree


def test_an_outcome_in_another_currency_is_converted_month_by_month(shared_cost, executive):
    shared_cost.epic("lesson", "beta", date(2025, 11, 1), delivered=date(2025, 12, 15))
    shared_cost.outcome("learners", "lesson", currency="EUR", actual="1100", read_on=date(2026, 2, 28))
    shared_cost.confirm("learners")
    report = portfolio.build(shared_cost.store, executive, BOTH)
    assert report.confirmed.value == 55_000 + 60_000
    (row,) = outcomes.build(shared_cost.store, executive, BOTH, date(2026, 3, 1)).epics[0].outcomes
    assert row.value.value == 115_000
    assert row.value.reason == "from EUR, each month at its average rate"
    shared_cost.end("exchange_rate", ("EUR", "USD", FEBRUARY, "average"))
    (row,) = outcomes.build(shared_cost.store, executive, BOTH, date(2026, 3, 1)).epics[0].outcomes
    assert (row.value.value, row.value.reason) == (None, "no exchange rate EUR to USD for Feb 2026")


def test_epics_and_the_rest_make_what_reached_the_team(shared_cost, finance):
    shared_cost.epic("search", "alpha", date(2026, 1, 5), planned_share=400_000)
    report = team.build(shared_cost.store, finance, ONLY_JANUARY, "alpha")
    assert [epic.cost_in_period.value for epic in report.epics] == [29_700]
    assert report.rest.value == 74_250 - 29_700
    back = trace.build(shared_cost.store, finance, ONLY_JANUARY, "epic_cost", epic="search")
    assert back.sums_agree
    assert {part.kind for part in back.parts} == {"received", "overhead"}


def test_t8_a_shared_line_stands_once_in_the_ledger_and_with_its_part_under_a_team(shared_cost, finance):
    from roi.reports import ledger
    from roi.reports.shapes import LedgerFilter

    shared_cost.put(
        "cost_pool", {"pool": "tools", "name": "Tools", "driver": "headcount", "is_overhead": False}
    )
    shared_cost.lines(
        _line(JANUARY, 1_000, pool="tools", category="Tools"),
        _line(JANUARY, 1, pool="tools", category="Tools"),
        file="tools.csv",
    )
    every = ledger.build(shared_cost.store, finance, LedgerFilter(currency="USD", span=ONLY_JANUARY.span))
    lines = [line for line in every.lines if line.category == "Tools"]
    assert [(line.amount, line.team, line.placed, line.reason) for line in lines] == [
        (1_000, "", "team", "pool tools"),
        (1, "", "team", "pool tools"),
    ]
    assert dict(every.totals)["USD"] == 84_700 + 1_001
    asked = LedgerFilter(currency="USD", span=ONLY_JANUARY.span, team="alpha")
    shared = [
        line.amount
        for line in ledger.build(shared_cost.store, finance, asked).lines
        if line.category == "Tools"
    ]
    row = _rows(portfolio.build(shared_cost.store, finance, ONLY_JANUARY))["alpha"]
    assert sum(shared) == row.own.value - 60_000
    assert trace.build(shared_cost.store, finance, ONLY_JANUARY, "team_cost", "alpha").sums_agree


@pytest.mark.parametrize("reader", ["finance", "executive"])
def test_t1_each_period_that_is_asked_for_in_turn_is_split_without_a_rest(shared_cost, request, reader):
    """What a team's cost is made of is read once for all periods: each is a slice that sums to its own."""
    actor, told = request.getfixturevalue(reader), set()
    shared_cost.lines(_line(FEBRUARY, 20_000, team="alpha", category="Cloud"), file="cloud.csv")
    shared_cost.lines(_line(FEBRUARY, 3_000, team="platform"), file="platform.csv")
    for scope in (BOTH, ONLY_JANUARY, Scope(Span(FEBRUARY, FEBRUARY)), BOTH):
        for key in ("alpha", "beta"):
            its = team.build(shared_cost.store, actor, scope, key)
            for rows in (its.categories, its.areas, its.intents, its.treatments):
                assert sum(row.amount for row in rows) == its.row.own.value
            got = sum(part.amount for part in its.givers)
            assert got == (its.row.received.value or 0) + (its.row.overhead.value or 0)
            told.add((its.row.own.value, got))
    assert len(told) > 4, "all periods are alike: the test tells nothing"
