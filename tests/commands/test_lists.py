"""Lists by template: all problems at once, all or nothing, and the same list twice is one change."""

from datetime import date
from decimal import Decimal

import pytest

from roi.commands import lists
from roi.domain.structure import EpicKind, Grade, TeamKind, Tick, ValueBasis
from roi.errors import NotAllowedError, RefusedError, UnchangedError, UnknownKeyError
from roi.store import read

KINDS = ("costs", "teams", "epics", "outcomes", "cost_areas")
TEAMS = b"""name,value_stream,division,kind,starts,ends
Search,Catalogue,Products,Platform,2026-01,
Checkout,Enrolment,Products,stream aligned,,2026-12
Onboarding,Enrolment,Products,,,
"""
EPICS = b"""name,team,kind,started,delivered,planned_share,is_obligation
Faster search,Checkout,technical debt,2026-01-05,2026-02-27,12.5%,no
Data protection,course-delivery,risk,2026-02-01,,0.3,yes
"""
OUTCOMES = b"""epic,metric,unit,direction,baseline,target_low,target_likely,target_high,by_when,value_class,\
unit_value,currency,value_basis,owner,grade,evidence,actual,read_on,share_low,share_likely,share_high
Guided setup,time to first lesson,days,down,5,4,3,2,2026-03-31,revenue,1200.50,usd,agreed,Olga,B,report 7,\
2.5,2026-03-31,40%,50%,60%
guided-setup,support calls,calls,down,900,800,700,600,,not financial,,,,Olga,,,,,,,
"""
AREAS = b"""source,area,kind,value
books,SHARED OFFICE,team,Onboarding
cards,TRAVEL,pool,Travel
"""
GOOD = {"teams": TEAMS, "epics": EPICS, "outcomes": OUTCOMES, "cost_areas": AREAS}


def bring_in(company, actor, kind, content=None):
    return lists.import_list(company.store, actor, kind, content or GOOD[kind], f"{kind}.csv")


def look(company, actor, kind, content):
    return lists.read_list(company.store, actor, kind, content, f"{kind}.csv")


def places(issues):
    return [(issue.line, issue.column) for issue in issues]


@pytest.mark.parametrize("kind", KINDS)
def test_the_template_on_disk_is_the_contract(project, kind):
    on_disk = (project / "data" / "templates" / f"{kind}.csv").read_text(encoding="utf-8")
    assert lists.template(kind) == on_disk
    assert len(on_disk.splitlines()) == 1


@pytest.mark.parametrize("kind", sorted(GOOD))
def test_an_empty_template_is_read_and_holds_nothing_yet(company, una, kind):
    preview = look(company, una, kind, lists.template(kind).encode())
    assert [issue.code for issue in preview.issues] == ["empty"]


@pytest.mark.parametrize("kind", sorted(GOOD))
def test_a_list_is_one_change_and_the_same_list_again_is_none(company, una, kind):
    store, version = company.store, company.store.version
    preview = look(company, una, kind, GOOD[kind])
    assert not [issue for issue in preview.issues if issue.is_blocker]
    assert store.version == version
    receipt = bring_in(company, una, kind)
    beside = {"outcomes": 3}.get(kind, 0)  # one reading, and two frozen forecasts
    assert receipt.rows_added - beside == preview.new + preview.changed > 0
    again = look(company, una, kind, GOOD[kind])
    assert (again.new, again.changed, again.unchanged) == (
        0,
        0,
        preview.new + preview.changed + preview.unchanged,
    )
    with pytest.raises(UnchangedError, match="stored already"):
        bring_in(company, una, kind)
    assert store.version == version + 1


def test_teams_are_matched_by_name_and_counted(company, una):
    preview = look(company, una, "teams", TEAMS)
    assert (preview.new, preview.changed, preview.unchanged) == (1, 1, 1)
    bring_in(company, una, "teams")
    with company.store.snapshot() as cursor:
        found = {team.key: team for team in read.teams(cursor)}
    assert (found["search"].kind, found["search"].starts) == (TeamKind.PLATFORM, 202601)
    assert found["checkout"].ends == 202612


def test_epics_name_their_team_by_name_or_key_and_shares_are_exact(company, una):
    bring_in(company, una, "epics")
    with company.store.snapshot() as cursor:
        found = {epic.key: epic for epic in read.epics(cursor)}
    faster, protection = found["faster-search"], found["data-protection"]
    assert (faster.team, faster.kind, faster.planned_share) == ("checkout", EpicKind.TECHNICAL_DEBT, 125_000)
    assert (protection.team, protection.planned_share, protection.is_obligation) == (
        "course-delivery",
        300_000,
        True,
    )


def test_outcomes_carry_what_the_form_carries(company, una):
    bring_in(company, una, "outcomes")
    with company.store.snapshot() as cursor:
        found = {outcome.metric: outcome for outcome in read.outcomes(cursor)}
    days, calls = found["time to first lesson"], found["support calls"]
    assert (days.epic, days.currency, days.unit_value) == ("guided-setup", "USD", Decimal("1200.50"))
    assert (days.actual, days.read_on, days.share_likely) == (Decimal("2.5"), date(2026, 3, 31), 500_000)
    assert (days.value_basis, days.grade) == (ValueBasis.AGREED, Grade.B)
    assert (calls.value_basis, calls.grade, calls.actual) == (ValueBasis.ASSUMED, Grade.E, None)


HEAD = "epic,metric,unit,direction,baseline,target_low,target_likely,target_high,value_class,owner"
BODY = "guided-setup,trial users who pay,users a month,up,2000,2100,2300,2500,revenue,Olga"


def test_columns_that_a_list_does_not_have_leave_what_is_stored(company, una):
    """V12 among them: a list of promises does not take readings back."""
    with pytest.raises(UnchangedError):
        bring_in(company, una, "outcomes", f"{HEAD}\n{BODY}\n".encode())
    bring_in(company, una, "outcomes", f"{HEAD}\n{BODY} Q.\n".encode())
    with company.store.snapshot() as cursor:
        (outcome,) = read.outcomes(cursor)
        assert (outcome.owner, outcome.actual, outcome.unit_value) == ("Olga Q.", Decimal(2400), Decimal(600))
        assert len(read.confirmations(cursor)) == 3


def test_v10_a_reading_by_list_ends_the_ticks_of_movement_and_share(company, una):
    head = f"{HEAD},actual,read_on,evidence,grade,share_low,share_likely,share_high"
    cells = f"{BODY},2450,2026-04-30,series,C,40%,50%,60%"
    bring_in(company, una, "outcomes", f"{head}\n{cells}\n".encode())
    with company.store.snapshot() as cursor:
        assert [tick.tick for tick in read.confirmations(cursor)] == [Tick.UNIT_VALUE]


def test_cost_areas_move_their_cost_at_once(company, una):
    bring_in(company, una, "cost_areas")
    with company.store.cursor() as cursor:
        asked = "select count(*) from mart_team_cost where placed = 'suspense'"
        assert cursor.execute(asked).fetchall() == [(0,)]


def test_a_cost_area_that_no_line_names_is_said(company, una):
    preview = look(company, una, "cost_areas", AREAS)
    assert [(issue.code, issue.line, issue.sent) for issue in preview.issues] == [
        ("unseen_area", 3, "TRAVEL")
    ]


BAD = {
    "teams": (
        b"name,kind,starts,ends\nA,sorcery,2026-1,\n,platform,,\nB,,2026-05,2026-01\nB,,,\n\xd0\xa1heckout,,,\n",
        {(2, "kind"), (2, "starts"), (3, "name"), (4, "ends"), (5, "name"), (6, "name")},
    ),
    "epics": (
        b"""name,team,started,planned_share
A,nobody,2026-01-01,10%
B,Checkout,01/02/2026,ten
C,Checkout,2026-02-30,150%
""",
        {(2, "team"), (3, "started"), (3, "planned_share"), (4, "started"), (4, "planned_share")},
    ),
    "outcomes": (
        b"""epic,metric,unit,direction,baseline,target_low,target_likely,target_high,value_class,owner
none,m,%,up,1,2,3,4,revenue,Olga
guided-setup,m,%,left,1,x,3,4,revenue,
guided-setup,n,%,up,3,3,3,3,revenue,Olga
guided-setup,o,%,up,"1,5",2,3,4,bribe,Olga
""",
        {
            (2, "epic"),
            (3, "direction"),
            (3, "target_low"),
            (3, "owner"),
            (4, "target_likely"),
            (5, "baseline"),
            (5, "value_class"),
        },
    ),
    "cost_areas": (
        b"source,area,kind,value\nbooks,X,team,nobody\nbooks,X,pool,P\nbooks,,pool,P\nbooks,Y,person,P\n",
        {(2, "value"), (3, "area"), (4, "area"), (5, "kind")},
    ),
}


@pytest.mark.parametrize("kind", sorted(BAD))
def test_r7_every_problem_is_told_at_once_with_line_column_sent_expected(company, una, kind):
    content, expected = BAD[kind]
    preview = look(company, una, kind, content)
    assert set(places(issue for issue in preview.issues if issue.is_blocker)) == expected
    assert all(issue.message for issue in preview.issues)
    version = company.store.version
    with pytest.raises(RefusedError) as error:
        bring_in(company, una, kind, content)
    assert error.value.issues == preview.issues
    assert company.store.version == version


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\x00\x01\x02,\n", None),
        (b"PK\x03\x04 not a list", "broken_workbook"),
        (b"<html><body>sign in</body></html>", "html"),
        (b"name;value_stream\nA;B;C;D\n", "too_many_cells"),
        (b'name,value_stream\n"A,B\n', "quotes"),
        (b"name,name\nA,B\n", "twice"),
        (b"value_stream,division\nA,B\n", "missing_column"),
        (b"name,shoe size\nA,43\n", "unknown_column"),
        (b"name,value_stream\n\n,\n", "empty"),
        ("name,value_stream\nÜber,Größe\n".encode("cp1252"), None),
    ],
)
def test_what_is_no_list_is_said_and_never_raised(company, una, content, code):
    preview = look(company, una, "teams", content)
    assert preview.issues
    if code:
        assert code in {issue.code for issue in preview.issues}


def test_a_list_may_have_title_rows_semicolons_and_a_mark_of_order(company, una):
    content = "\ufeffTeams of 2026;;\n\nname;value_stream\nSearch;Catalogue\n".encode()
    preview = look(company, una, "teams", content)
    assert (preview.new, [issue.is_blocker for issue in preview.issues if issue.is_blocker]) == (1, [])
    bring_in(company, una, "teams", content)


def test_an_output_word_in_a_list_is_a_hint_with_its_line(company, una):
    content = OUTCOMES.replace(b"support calls", b"launch of the help centre")
    preview = look(company, una, "outcomes", content)
    assert [(issue.code, issue.line, issue.is_blocker) for issue in preview.issues] == [("output", 3, False)]
    bring_in(company, una, "outcomes", content)


def test_there_are_four_kinds_of_lists(company, una):
    for kind in ("costs", "people"):
        with pytest.raises(UnknownKeyError, match="no kind of list"):
            look(company, una, kind, TEAMS)


def test_s2_a_list_takes_the_right_of_its_form(company, finance, tech_leader, executive):
    for actor, kinds in ((executive, GOOD), (finance, ("epics", "outcomes")), (tech_leader, ("cost_areas",))):
        for kind in kinds:
            for command in (lists.read_list, lists.import_list):
                with pytest.raises(NotAllowedError):
                    command(company.store, actor, kind, GOOD[kind], "x.csv")
