"""The reports over the demo company: one total in both views, every figure traced, every sum kept."""

from datetime import date

import pytest

from roi.demo import company, load
from roi.domain.figures import REGISTRY
from roi.domain.periods import Span
from roi.domain.structure import TeamKind
from roi.errors import UnknownKeyError
from roi.reports import data, initiative, initiatives, outcomes, portfolio, team, teams, trace
from roi.reports.booked import by_stream, outlines, returned, work
from roi.reports.booked.booking import JUDGED
from roi.reports.cost import tying
from roi.reports.ground import basis
from roi.reports.ground.structure import Group
from roi.reports.shapes import Scope, TeamOutline

TODAY = date.fromisoformat(company.TODAY)
YEAR, EARLIER = Span(202601, 202610), Span(202407, 202506)
SCOPES = [
    Scope(span=YEAR),
    Scope(span=EARLIER),
    Scope(span=EARLIER, structure="today"),
    Scope(span=YEAR, value_stream="Learning"),
    Scope(span=EARLIER, value_stream="Learning"),
    Scope(span=YEAR, currency="EUR"),
    Scope(span=Span(202603, 202603), currency="USD"),
]
READERS = [load.FINANCE, load.EXECUTIVE]


def value(figure):
    assert figure.value is not None, figure
    return figure.value


@pytest.mark.parametrize("actor", READERS, ids=lambda actor: actor.name)
@pytest.mark.parametrize("scope", [one for one in SCOPES if not one.currency], ids=str)
def test_t1_before_and_after_reallocation_are_one_total(demo, actor, scope):
    report = portfolio.build(demo, actor, scope)
    rows = [row for stream in report.streams for row in stream.teams]
    beyond = report.standard_difference.value if report.standard_difference else 0
    others = 0 if report.other_teams is None else value(report.other_teams)
    after = sum(value(row.full) for row in rows)
    assert after + beyond + others == value(report.cost) + others
    assert value(report.cost) + others + value(report.excluded) + value(report.suspense) == value(
        report.ledger
    )
    if scope.value_stream is None:
        before = sum(value(row.own) for row in rows)
        assert before + value(report.overhead) + beyond == value(report.cost)
        assert sum(part.amount for part in report.ties.ledger) == value(report.ledger)
        assert sum(row.amount for row in report.treatments) == value(report.cost)
        assert sum(row.amount for row in report.intents) == value(report.cost)
    for stream in report.streams:
        assert sum(value(row.full) for row in stream.teams) == value(stream.total.full)
        assert sum(value(row.own) for row in stream.teams) == value(stream.total.own)
    for row in rows:
        moved = value(row.received) + value(row.overhead) - value(row.passed_on)
        assert value(row.own) + moved == value(row.full)
    assert report.difference.value == 0


@pytest.mark.parametrize("actor", READERS, ids=lambda actor: actor.name)
@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_t1_every_month_of_the_teams_makes_its_ledger(demo, actor, scope):
    report = teams.build(demo, actor, scope)
    columns = [row.by_month for row in report.teams]
    columns += [report.by_month_beyond] if report.by_month_beyond else []
    for place, _ in enumerate(report.months):
        assert sum(column[place] or 0 for column in columns) == report.by_month_teams[place]
        off = report.by_month_excluded[place] + report.by_month_suspense[place]
        others = report.by_month_other[place] if report.by_month_other else 0
        assert report.by_month_teams[place] + others + off == report.by_month_ledger[place]


@pytest.mark.parametrize(
    ("actor", "scope", "keys"),
    [
        (load.EXECUTIVE, Scope(span=YEAR), (None, "platform")),
        (load.FINANCE, Scope(span=EARLIER, value_stream="Learning"), ("support-tools",)),
        (load.EXECUTIVE, Scope(span=YEAR, currency="EUR"), (None,)),
    ],
    ids=["executive", "finance", "euro"],
)
def test_t8_every_figure_leads_to_files_and_parts_that_make_it(demo, actor, scope, keys):
    seen = set()
    for figure_id in REGISTRY:
        for key in keys:
            try:
                report = trace.build(demo, actor, scope, figure_id, key)
            except UnknownKeyError:
                continue
            assert report.sums_agree, (figure_id, key, report.figure, report.files, report.parts)
            is_hidden = figure_id == "control_difference" and actor is load.EXECUTIVE
            if report.figure.is_known and not is_hidden:
                report.figure.definition.formula.format_map({"volume": 0} | dict(report.figure.inputs))
                seen.add(figure_id)
    assert {"full_cost", "team_cost", "ledger_total", "suspense"} <= seen


def test_d5_a_team_that_moved_counts_where_it_stood_then_or_where_it_stands_today(demo):
    then = portfolio.build(demo, load.FINANCE, Scope(span=EARLIER))
    today = portfolio.build(demo, load.FINANCE, Scope(span=EARLIER, structure="today"))

    def in_streams(report):
        return {
            stream.name: value(row.own)
            for stream in report.streams
            for row in stream.teams
            if row.key == "support-tools"
        }

    assert set(in_streams(then)) == {"Learning", "Success"}
    assert set(in_streams(today)) == {"Success"}
    assert sum(in_streams(then).values()) == sum(in_streams(today).values())
    months = {
        row.value_stream: [
            month for month, amount in zip(then_teams.months, row.by_month, strict=True) if amount
        ]
        for then_teams in [teams.build(demo, load.FINANCE, Scope(span=EARLIER))]
        for row in then_teams.teams
        if row.key == "support-tools"
    }
    assert months == {"Learning": Span(202407, 202412).months, "Success": Span(202501, 202506).months}


@pytest.mark.parametrize("actor", READERS, ids=lambda actor: actor.name)
def test_v5_plan_variance_and_outlook_add_up(demo, actor):
    report = teams.build(demo, actor, Scope(span=YEAR)).plans
    assert (report.current, report.span) == ("Reforecast July 2026", YEAR)
    assert [(row.name, row.is_current) for row in report.versions] == [
        ("Budget 2026", False),
        ("Reforecast July 2026", True),
    ]
    every = [*report.rows, *([report.difference] if report.difference else [])]
    for name in ("actual", "plan", "variance", "outlook", "plan_year"):
        assert sum(value(getattr(row, name)) for row in every) == value(getattr(report.total, name)), name
    for row in (*report.rows, report.total):
        parts = dict(row.variance.inputs)
        assert value(row.actual) - value(row.plan) == value(row.variance)
        assert parts["currency"] + parts["volume"] + parts["price"] == value(row.variance)
        assert value(row.outlook) > value(row.actual)
    names = "plan", "variance", "share", "outlook"
    shown = dict(zip(("plan_cost", "plan_variance", "plan_share", "outlook_cost"), names, strict=True))
    for figure, name in shown.items():
        found = trace.build(demo, actor, Scope(span=YEAR), figure, today=TODAY)
        assert found.figure == getattr(report.total, name), figure
        assert found.sums_agree, figure
    apart = {row.key: dict(row.variance.inputs) for row in report.rows}
    assert apart["courseware"]["currency"] != 0
    assert apart["onboarding"]["currency"] == 0
    assert apart["data"]["volume"] < 0


def test_t3_without_a_plan_the_comparison_is_unknown_and_not_nought(demo):
    report = teams.build(demo, load.FINANCE, Scope(span=Span(202401, 202412))).plans
    assert {row.variance.value for row in report.rows} == {None}
    assert report.total.plan.reason == "no plan for Jan–Dec 2024"


def test_roles_sum_to_heads_and_show_what_nobody_has(demo):
    report = teams.people(demo, load.EXECUTIVE, Scope(span=YEAR))[0]
    for row in report.rows:
        assert sum(row.by_team) + row.elsewhere + row.unassigned == row.heads
    assert report.unassigned == 200_000
    assert report.heads == sum(report.by_team) + report.unassigned
    stream = teams.people(demo, load.EXECUTIVE, Scope(span=YEAR, value_stream="Learning"))[0]
    assert [key for key, _ in stream.teams] == ["assessments", "courseware"]
    assert stream.heads == report.heads


def test_planned_positions_without_an_epic_come_first(demo):
    rows = teams.people(demo, load.EXECUTIVE, Scope(span=YEAR))[1]
    assert [bool(row.epic) for row in rows] == sorted(bool(row.epic) for row in rows)
    assert {row.position for row in rows} >= {"POS-101", "POS-102", "POS-103"}


def test_a_team_says_from_whom_it_received_and_to_whom_it_gave(demo):
    taken = team.build(demo, load.FINANCE, Scope(span=YEAR), "courseware")
    assert sum(row.amount for row in taken.givers if row.kind == "received") == value(taken.row.received)
    assert sum(row.amount for row in taken.givers if row.kind == "overhead") == value(taken.row.overhead)
    given = team.build(demo, load.FINANCE, Scope(span=YEAR), "platform")
    assert sum(row.amount for row in given.takers) == value(given.row.passed_on)
    assert value(given.row.full) == 0
    here = next(row.amount for row in taken.givers if row.name == "Platform")
    assert here == next(row.amount for row in given.takers if row.name == "Courseware")


def test_coverage_says_which_months_are_closed_or_reconciled(demo):
    report = data.build(demo, load.FINANCE, Scope())
    by_key = {row.key: dict(zip(report.team_months, row.states, strict=True)) for row in report.team_coverage}
    assert by_key["onboarding"][202412] == "closed"
    assert by_key["onboarding"][202603] == "reconciled"
    assert by_key["onboarding"][202610] == "reconciled"
    assert report.closed_months == tuple(month for month in company.MONTHS if month < 202601)
    assert report.open_months == tuple(month for month in company.MONTHS if month >= 202601)
    assert {row.kind: row.rows for row in report.lists}["roles"] == len(company.ROLES)


def test_a_restatement_shows_both_numbers_and_outside_finance_no_pay(demo):
    (full,) = data.build(demo, load.FINANCE, Scope()).restatements
    (hidden,) = data.build(demo, load.EXECUTIVE, Scope()).restatements
    assert full.reason == hidden.reason
    assert full.moved
    assert all(row.before != row.after for row in full.moved)
    assert {row.place for row in hidden.moved} <= {"standard"}
    assert len(hidden.moved) + hidden.hidden == len(full.moved)


@pytest.mark.parametrize("actor", READERS, ids=lambda actor: actor.name)
@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_t2_a_folded_table_says_of_every_team_what_its_row_says(demo, actor, scope, monkeypatch):
    whole, by_team = portfolio.build(demo, actor, scope), teams.build(demo, actor, scope)
    monkeypatch.setattr(by_stream, "MANY", 0)
    opened = (whole.streams[-1].key,)
    for report in (
        portfolio.build(demo, actor, scope, None, opened),
        teams.in_brief(demo, actor, scope, None, opened),
    ):
        for stream, folded in zip(whole.streams, report.streams, strict=True):
            assert folded.total == stream.total
            assert folded.outlines == tuple(map(TeamOutline.of, stream.teams))
            is_shown = len(whole.streams) == 1 or stream.key in opened
            assert folded.teams == (stream.teams if is_shown else ())
    known = {row.key for row in by_team.teams if row.total.value is not None}
    assert report.with_cost == by_team.with_cost == len(known)


@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_t1_what_is_overdue_is_one_figure_on_both_pages(demo, scope):
    today = date(2026, 11, 12)
    figures = [page.build(demo, load.EXECUTIVE, scope, today).overdue_cost for page in (portfolio, outcomes)]
    assert figures[0] == figures[1]


@pytest.mark.parametrize("actor", READERS, ids=lambda actor: actor.name)
@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_t2_an_outline_added_for_all_teams_at_once_is_that_of_each_row(demo, actor, scope):
    with basis.opened(demo, actor, scope) as base:
        cost = tying.load(base)
        jobs = work.load(cost)
        alone = outlines.of_all(cost, jobs)
        for stream in by_stream.rows(cost, jobs):
            group = base.structure.group(stream.key, base.every_month)
            for row in map(TeamOutline.of, stream.teams):
                its = next(one for one in base.teams if one.key == row.key)
                assert alone.of(its, TeamKind(row.kind), group.months[row.key]) == row


@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_v19_what_needs_no_draw_for_a_verdict_lies_as_far_from_the_cost_as_what_is_drawn(demo, scope):
    with basis.opened(demo, load.EXECUTIVE, scope) as base:
        jobs = work.load(tying.load(base))
        for team_key in (team.key for team in base.teams):
            its = Group({team_key: None})
            judged, every = (jobs.summed(its, kinds, JUDGED) for kinds in ((work.CONFIRMED,), work.KINDS))
            low = returned.confirmed(jobs, its, {}).low
            if judged:
                drawn = jobs.range_in(judged)
                for cost in (*drawn, drawn.low - 1, drawn.high + 1, 2 * drawn.high):
                    assert (returned._low(jobs, its, cost, low) >= cost) == (drawn.low >= cost)
            if every:
                drawn = jobs.range_in(every)
                for cost in (*drawn, drawn.likely + 1, drawn.high + 1, drawn.high * 3 // 2, 3 * drawn.high):
                    assert (returned.best_case(jobs, its, cost) >= cost) == (drawn.high >= cost)


@pytest.mark.parametrize("scope", [SCOPES[0], SCOPES[3]], ids=str)
def test_t7_portfolio_and_teams_have_one_plan_and_one_share_of_results(demo, scope):
    first, table = (
        portfolio.build(demo, load.FINANCE, scope, TODAY),
        teams.build(demo, load.FINANCE, scope, TODAY),
    )
    assert first.plan == (table.plans.total if table.plans.current else None)
    assert table.share_of_results == first.checks.share_of_results
    key = next(team.key for stream in first.streams for team in stream.outlined)
    assert team.build(demo, load.FINANCE, scope, key, TODAY).share_of_results == first.checks.share_of_results


def test_v2_what_a_team_books_by_epic_makes_its_confirmed_cash(demo):
    """Also of epics of other teams, which pass their value on to it."""
    for stream in portfolio.build(demo, load.FINANCE, SCOPES[0], TODAY).streams:
        for one in stream.outlined:
            report = team.build(demo, load.FINANCE, SCOPES[0], one.key, TODAY)
            if report.row.confirmed.value is not None:
                assert sum(its.cash for its in report.booked) == report.row.confirmed.value
            if report.row.protected.value is not None:
                its = [amount for epic in report.booked for _, amount in epic.protected]
                assert sum(its) == report.row.protected.value


def test_v6_the_epics_of_an_initiative_add_up_to_it(demo):
    for one in initiatives.build(demo, load.FINANCE, Scope(), TODAY).rows:
        report = initiative.build(demo, load.FINANCE, Scope(), one.initiative.key, TODAY)
        assert [value.epic for value in report.by_epic]
        assert sum(its.confirmed.value or 0 for its in report.by_epic) == (one.confirmed.value or 0)
