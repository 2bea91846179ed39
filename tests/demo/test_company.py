"""What the demo company shows is in its own ledger: teams, streams, currencies, plans, closed years."""

import json

from roi.demo import company, home
from roi.store import read, verify


def asked(store, statement):
    with store.snapshot() as cursor:
        return cursor.execute(statement).fetchall()


def one(store, statement):
    ((found,),) = asked(store, statement)
    return found


def test_it_holds_in_full(demo):
    with demo.snapshot() as cursor:
        verified = verify.deep(cursor, demo.head_path, demo.upload_folder)
    assert verified.lines > 6000
    assert verified.uploads >= 10


def test_it_says_that_it_is_a_demo_and_which_day_it_is(demo):
    with demo.snapshot() as cursor:
        settings = read.settings(cursor)
        company_ = read.company(cursor)
    assert (settings[home.IS_DEMO], settings[home.TODAY]) == ("yes", company.TODAY)
    assert company_ == company.COMPANY


def test_nine_teams_in_four_streams_two_divisions_two_currencies_three_years(demo):
    with demo.snapshot() as cursor:
        teams = read.teams(cursor)
    assert len(teams) == 9
    assert {team.value_stream for team in teams} == {"Enrolment", "Learning", "Success", "Enabling"}
    assert {team.division for team in teams} == {company.AMERICA, company.EUROPE}
    months = asked(demo, "select distinct month from cost_line where scenario = 'actual' order by 1")
    assert [month for (month,) in months] == list(company.MONTHS)
    assert {row[0] for row in asked(demo, "select distinct currency from cost_line")} == {"USD", "EUR"}


def test_no_team_has_cost_from_before_it_started(demo):
    early = asked(
        demo,
        "select distinct team, month from mart_full_cost inner join live_team using (team) "
        "where month < live_team.starts and amount_minor != 0",
    )
    assert early == []


def test_shared_roles_serve_two_or_three_teams_and_part_of_one_person_is_nobodys(demo):
    people = asked(
        demo,
        "select person_key, count(distinct team), sum(share) from live_assignment "
        "where role in ('product-manager', 'agile-lead', 'designer', 'analyst') and first_month <= 202610 "
        "and last_month is null group by 1",
    )
    assert {teams for _, teams, _ in people} == {1, 2, 3}
    assert sorted({int(share) for *_, share in people}) == [800_000, 1_000_000]


def test_the_serving_teams_serve_each_other_and_keep_nothing(demo):
    givers = asked(
        demo,
        "select team, sum(amount_minor) filter (where hop = 'own') > 0, sum(amount_minor) "
        "from mart_full_cost "
        "where basis = 'actual' and scenario = 'actual' and team in ('platform', 'data', 'security-privacy') "
        "group by team order by team",
    )
    assert [(team, own, int(rest)) for team, own, rest in givers] == [
        ("data", True, 0),
        ("platform", True, 0),
        ("security-privacy", True, 0),
    ]
    mutual = asked(
        demo, "select platform, consumer from live_platform_usage where platform in ('data', 'platform')"
    )
    assert {("data", "platform"), ("platform", "data")} <= set(mutual)


def test_t1_actual_cost_ties_to_the_ledger_by_place(demo):
    ledger = one(
        demo, "select sum(amount_minor) from live_cost_line where scenario = 'actual' and currency = 'USD'"
    )
    placed = dict(
        asked(
            demo,
            "select placed, sum(amount_minor) from mart_team_cost "
            "where scenario = 'actual' and currency = 'USD' group by 1",
        )
    )
    assert set(placed) == {"team", "overhead", "excluded", "suspense"}
    assert sum(placed.values()) == ledger
    assert 0 < placed["suspense"] < ledger // 50, "small, and there"


def test_every_figure_is_known_in_the_reporting_currency(demo):
    assert one(demo, "select count(*) from mart_team_cost where reporting_minor is null") == 0
    assert one(demo, "select count(*) from mart_role_month where standard_minor is null") == 0


def test_two_plans_one_of_them_compared_and_an_outlook(demo):
    plans = asked(demo, "select plan_version, is_current from live_plan_version order by frozen_on")
    assert [current for _, current in plans] == [False, True]
    scenarios = {row[0] for row in asked(demo, "select distinct scenario from live_cost_line")}
    assert scenarios == {"actual", "outlook", *(f"plan: {name}" for name, _ in plans)}


def test_two_years_are_closed_and_one_restatement_keeps_both_numbers(demo):
    closed = [month for (month,) in asked(demo, "select month from live_closed_month order by 1")]
    assert closed == [month for month in company.MONTHS if month < 202601]
    restated = [
        json.loads(detail)
        for (detail,) in asked(demo, "select detail from change")
        if "restatement" in json.loads(detail)
    ]
    assert len(restated) == 1
    moved = {(row["place"], row["team"]): row for row in restated[0]["moved"]}
    data = moved["team", "data"]
    assert data["before"] - data["after"] == 184_050


def test_t1_the_books_agree_to_the_cent_for_every_month(demo):
    with demo.snapshot() as cursor:
        rows = read.rows(cursor, "control_against_ledger")
    assert len(rows) == 8
    assert [row for row in rows if row["ledger"] != row["stated"]] == []


def test_support_tools_stood_elsewhere_before(demo):
    rows = asked(demo, "select first_month, value_stream from live_team_structure order by 1")
    assert rows == [(202401, "Learning"), (202501, "Success")]
