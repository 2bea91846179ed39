"""What each role can open of a department in which every small group exists (laws T10, D23)."""

from datetime import date

import pytest

from roi.actors import Actor, Role
from roi.domain.periods import Span
from roi.errors import NotAllowedError
from roi.reports import data, portfolio, shell, team, teams, trace
from roi.reports import ledger as ledger_report
from roi.reports.shapes import LedgerFilter, Scope
from roi.store.database import Store
from roi.story import trust
from tests.reports import department, openable
from tests.reports.conftest import Built
from tests.reports.department import MONTHS, PAY, PEOPLE

TODAY = date(2026, 3, 1)
EXECUTIVE = Actor("Eve", frozenset({Role.EXECUTIVE}))
OTHERS = [role for role in Role if role not in {Role.FINANCE, Role.EXECUTIVE}]
JANUARY = Span(MONTHS[0], MONTHS[0])
SCOPES = [
    Scope(),
    Scope(JANUARY),
    Scope(None, "One"),
    Scope(JANUARY, "Two"),
    Scope(None, "Three", structure="today"),
]


def _made(folder, finance, pay):
    store = Store.open(folder / "roi.duckdb", purpose="a test")
    return department.build(Built(store, finance), pay).store


@pytest.fixture(scope="module")
def store(tmp_path_factory, finance):
    opened = _made(tmp_path_factory.mktemp("first"), finance, PAY)
    yield opened
    opened.close()


def _turned(people):
    """Everybody of these earns what the next one earned; the company pays the same."""
    amounts = [PAY[person] for person in people]
    return PAY | dict(zip(people, amounts[1:] + amounts[:1], strict=True))


@pytest.fixture(scope="module")
def swapped(tmp_path_factory, finance):
    """The same department after everybody paid in dollars has swapped pay, across teams and natures."""
    opened = _made(tmp_path_factory.mktemp("second"), finance, _turned([p for p in PEOPLE if p != "K13"]))
    yield opened
    opened.close()


def everything(store, actor):
    """All that an actor can open: name and report."""
    for scope in SCOPES:
        for name, report in openable.reports(store, actor, scope, TODAY):
            yield f"{scope} {name}", report
    yield from openable.of_company(store, actor, Scope())
    yield from openable.traces(store, actor, Scope(), [None, "alpha", "platform"])


@pytest.fixture(scope="module")
def opened_outside(store):
    """Everything that an executive can open."""
    return list(everything(store, EXECUTIVE))


@pytest.fixture(scope="module")
def opened_by_finance(store, finance):
    """The first pages that finance can open."""
    return [*openable.reports(store, finance, Scope(), TODAY), *openable.of_company(store, finance, Scope())]


def test_the_two_departments_pay_the_same_in_all(store, swapped, finance):
    first, second = (portfolio.build(one, finance, Scope()) for one in (store, swapped))
    assert first.ledger.value == second.ledger.value
    assert first.suspense.value != second.suspense.value
    assert first.excluded.value != second.excluded.value
    assert first.overhead.value != second.overhead.value


def test_p1_p2_who_earns_what_changes_nothing_outside_finance(opened_outside, swapped):
    for (name, first), (_, second) in zip(opened_outside, everything(swapped, EXECUTIVE), strict=True):
        apart = list(openable.differences(first, second))
        assert apart == [], name


@pytest.mark.parametrize("role", OTHERS, ids=str)
def test_p1_p2_every_other_role_sees_what_an_executive_sees(opened_outside, store, role):
    actor = Actor("Somebody", frozenset({role}))
    known = dict(opened_outside)
    for name, report in openable.of_company(store, actor, Scope()):
        assert report == known[name], name
    for name, report in openable.reports(store, actor, Scope(), TODAY):
        assert report == known[f"{Scope()} {name}"], name


def canaries():
    """What anybody is paid in a month or in both, in a half, converted, or together with the team."""
    groups = [[person] for person in PEOPLE] + [list(PEOPLE[:6]), list(PEOPLE[6:8]), ["K7", "K8", "K10"]]
    sums = [sum(PAY[person] for person in group) for group in groups]
    return {number for one in sums for number in (one, 2 * one, one // 2, one * 11 // 10)}


def test_s1_no_pay_stands_in_anything_outside_finance(opened_outside):
    for name, report in opened_outside:
        assert canaries() & {abs(number) for number in openable.whole_numbers(report)} == set(), name


def test_s1_the_test_above_can_fail(opened_by_finance):
    numbers = {abs(number) for _, report in opened_by_finance for number in openable.whole_numbers(report)}
    assert len(canaries() & numbers) > 10


def test_t10_no_person_key_stands_in_anything_for_anybody(opened_outside, opened_by_finance):
    for name, report in (*opened_outside, *opened_by_finance):
        assert set(openable.texts(report)) & set(PEOPLE) == set(), name


def test_d23_company_totals_are_exact_for_everybody_and_rows_sum_to_them(store, finance, executive):
    exact = portfolio.build(store, finance, Scope())
    shown = portfolio.build(store, executive, Scope())
    assert (shown.ledger, shown.at_standard_rates, exact.at_standard_rates) == (exact.ledger, True, False)
    rows = sum(row.full.value for stream in shown.streams for row in stream.teams)
    assert rows + shown.standard_difference.value == shown.cost.value
    assert shown.cost.value + shown.excluded.value + shown.suspense.value == shown.ledger.value
    assert "fewer than five" in shown.cost.reason
    assert "only finance sees it apart" in shown.suspense.reason
    visible = [dict(trust.five_lines(report))["Is it all the cost?"] for report in (shown, exact)]
    assert ["only finance sees it apart" in line for line in visible] == [True, False]
    assert shown.suspense.value == 2 * 44_444
    assert shown.excluded.value == 2 * 66_666
    assert [row.name for row in shown.excluded_rows] == ["amortisation"]
    assert shown.overhead.value == 2 * 55_555
    assert [row.name for row in shown.treatments] == ["people, not split for fewer than five", "operating"]
    assert shown.ties.spend.value is None


def test_d23_a_team_outside_finance_stands_at_standard_rates(store, executive):
    alpha = team.build(store, executive, Scope(), "alpha")
    assert alpha.row.own.value == 2 * (7 * 900_000 + 333_333)
    assert [(row.name, row.heads, row.rate, row.amount) for row in alpha.people] == [
        ("Engineer", 7_000_000, 900_000, 2 * 7 * 900_000)
    ]
    assert {row.name for row in alpha.categories} == {"people at standard rates", "Cloud"}
    assert all("Salaries" not in row.name for row in alpha.categories)


def test_t3_a_missing_standard_rate_makes_the_team_unknown_outside_finance(tmp_path, finance, executive):
    built = Built(Store.open(tmp_path / "roi.duckdb", purpose="a test"), finance)
    department.build(built, PAY)
    built.end("standard_rate", ("engineer", "", 202501))
    built.lines({"month": MONTHS[1], "team": "alpha", "amount_minor": 1, "currency": "USD"}, file="more.csv")
    report = team.build(built.store, executive, Scope(span=Span(MONTHS[1], MONTHS[1])), "alpha")
    assert (report.row.own.value, report.row.own.reason) == (None, "no standard rate for engineer")
    whole = teams.build(built.store, executive, Scope(span=Span(MONTHS[1], MONTHS[1])))
    assert whole.standard_difference.value is None
    assert whole.team_total.value is not None
    received = team.build(built.store, executive, Scope(span=Span(MONTHS[1], MONTHS[1])), "beta").row.received
    assert received.value is None
    assert team.build(built.store, finance, Scope(), "alpha").row.own.value is not None
    built.store.close()


def test_p1_a_currency_in_which_few_are_paid_is_not_shown_alone(store, finance, executive):
    with pytest.raises(NotAllowedError, match="fewer than five"):
        portfolio.build(store, executive, Scope(currency="EUR"))
    with pytest.raises(NotAllowedError, match="fewer than five"):
        portfolio.build(store, executive, Scope(currency="USD"))
    assert shell.build(store, executive, Scope()).currencies == ("USD",)
    assert portfolio.build(store, executive, Scope()).originals == ()
    assert portfolio.build(store, finance, Scope(currency="EUR")).ledger.value == 2 * PAY["K13"]


def test_p1_looking_back_before_pay_was_declared_shows_no_pay(store, executive, finance):
    before = 4  # the change before the category became pay
    with store.snapshot() as cursor:
        ((declared,),) = cursor.execute("select added_by from people_category").fetchall()
    assert declared == before + 1
    then = Scope(as_of=store.version)
    assert portfolio.build(store, executive, then).at_standard_rates
    assert portfolio.build(store, executive, Scope(as_of=declared)).ledger.value is None


@pytest.mark.parametrize("role", Role, ids=str)
def test_s2_role_by_report(store, role):
    """Everybody reads figures; only finance reads lines, pay, and sums of files and sources with pay."""
    actor = Actor("Somebody", frozenset({role}))
    is_finance = role is Role.FINANCE
    found = data.build(store, actor, Scope())
    assert all(bool(row.totals) is is_finance for row in found.imports)
    assert bool(found.controls) is is_finance
    assert bool(found.hidden) is not is_finance
    assert any(cell.amount is not None for row in found.coverage for cell in row.cells) is is_finance
    assert {cell.state for row in found.coverage for cell in row.cells} == {"agrees", "no control"}
    assert bool(shell.build(store, actor, Scope()).latest.totals) is is_finance
    for build in (portfolio.build, teams.build):
        assert build(store, actor, Scope()).at_standard_rates is not is_finance
    back = trace.build(store, actor, Scope(), "team_cost", "alpha")
    assert back.sums_agree
    assert bool(back.lines) is is_finance
    assert sum(file.amount for file in back.files) == (back.figure.value if is_finance else 2 * 333_333)
    if is_finance:
        assert ledger_report.build(store, actor, LedgerFilter()).total_lines == 2 * 19
    else:
        with pytest.raises(NotAllowedError):
            ledger_report.build(store, actor, LedgerFilter())


def test_t10_a_line_that_names_a_team_and_a_person_is_pay_whatever_its_cost_type(built, finance):
    built.company()
    built.team("core", "Core")
    named = {"team": "core", "category": "Allowances", "month": 202601}
    built.lines({**named, "person_key": "a1f0", "amount_minor": 450_000}, {**named, "amount_minor": 1_000})
    with built.store.snapshot() as cursor:
        asked = "select is_pay, amount_minor from mart_team_cost where category = 'Allowances' order by all"
        rows = cursor.execute(asked).fetchall()
    assert rows == [(False, 1_000), (True, 450_000)]
