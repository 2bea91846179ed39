"""Twelve real monthly files in almost twelve layouts: each to the penny, joint cost areas kept whole."""

from dataclasses import replace
from decimal import Decimal

import pytest

from roi.actors import Actor, Role
from roi.commands import costs, mapping, structure
from roi.commands.changing.requests import CostImport
from roi.commands.mapping import AreaTarget
from roi.domain.importing import Correction, Settings
from roi.domain.structure import Team
from roi.store.database import Store

pytestmark = pytest.mark.real

SOURCE = "Ea over"
FINANCE, TECH = Actor("Fiona", frozenset({Role.FINANCE})), Actor("Tara", frozenset({Role.TECH_LEADER}))
MONTHS = (
    (1104, 307, "76362605.67"),
    (1105, 226, "36540871.31"),
    (1106, 269, "34629696.67"),
    (1107, 241, "34681726.47"),
    (1108, 258, "42195391.76"),
    (1109, 296, "41221657.75"),
    (1110, 261, "31938840.08"),
    (1111, 276, "39083156.36"),
    (1112, 338, "55113852.49"),
    (1201, 260, "37525095.26"),
    (1202, 309, "33021831.26"),
    (1203, 890, "129324732.97"),
)
"""Year and month in the file's name, its lines and total as SOURCE.md states them."""

TOTAL, LINES = 59_163_945_805, 3_931
JOINT, JOINT_LINES = 14_151_691_295, 391
SEVERAL_DATES = 7
"""Cells that hold several dates; somebody says which one counts."""


def posted(number):
    return f"20{number // 100}-{number % 100:02d}"


def dated(number):
    """The file's payment dates are its months, as its currency is said once."""
    return Settings(stated=(("currency", "GBP"),)) if number == MONTHS[0][0] else None


def serviced(number):
    """The file's own month is the posting month, its dates are those of the service (decision D6)."""
    stated = (("currency", "GBP"), ("month", posted(number)))
    return Settings(columns=(("month", ""), ("period_start", "Date")), stated=stated)


def fixes(preview, field):
    """What a clerk types: the first of several dates in one cell."""
    found = []
    for issue in preview.blockers:
        assert (issue.column, issue.count) == (field, 1)
        assert " | " in issue.sent
        first = issue.sent.split(" | ")[0]
        day, month, year = first.replace("Sep", "09").replace("-", "/").split("/")
        found.append(Correction(field, f"{year}-{month}-{day}", issue.line, issue.sent))
    return tuple(found)


def take(store, finance, path, settings, field, total):
    content = path.read_bytes()
    reading = costs.read_file(store, finance, content, path.name)
    request = CostImport(
        content, path.name, SOURCE, settings or reading.settings, control_total=Decimal(total)
    )
    preview = costs.preview(store, finance, request)
    if corrections := fixes(preview, field):
        request = replace(request, corrections=corrections)
        preview = costs.preview(store, finance, request)
    assert preview.is_ready, preview.blockers
    assert preview.control.difference == 0
    costs.import_costs(store, finance, request)
    return reading, preview


def ask(store, query):
    with store.cursor() as cursor:
        return cursor.execute(query).fetchall()


def year(shared, tmp_path_factory, settings_of, field):
    """A store with the whole year, and what was read and previewed of each file."""
    store = Store.open(tmp_path_factory.mktemp("agency") / "roi.duckdb", purpose="a test")
    folder = shared / "data" / "real" / "uk_environment_agency_spend_2011_12"
    found = {
        number: take(store, FINANCE, folder / f"ea-over-25k-{number}.csv", settings_of(number), field, total)
        for number, _, total in MONTHS
    }
    return store, found


@pytest.fixture(scope="module")
def by_date(shared, tmp_path_factory):
    store, found = year(shared, tmp_path_factory, dated, "month")
    yield store, found
    store.close()


@pytest.fixture(scope="module")
def by_posting(shared, tmp_path_factory):
    store, found = year(shared, tmp_path_factory, serviced, "period_start")
    yield store, found
    store.close()


def test_the_year_file_by_file_with_the_mapping_of_the_first(by_date):
    store, found = by_date
    for number, lines, _ in MONTHS:
        reading, preview = found[number]
        assert reading.is_known_source == (number > MONTHS[0][0])
        assert preview.rows == lines
    corrected = [one for _, preview in found.values() for one in preview.corrected]
    assert sum(len(one.lines) for one in corrected) == SEVERAL_DATES
    assert ask(store, "select count(*), sum(amount_minor)::bigint from live_cost_line") == [(LINES, TOTAL)]
    assert ask(store, "select count(*) from live_cost_line where month = 201103") == [(35,)]


def test_headers_that_change_their_spelling_are_read_and_said(by_date):
    _, found = by_date
    told = {
        number: {issue.expected: issue.sent for issue in reading.issues if issue.code == "header_changed"}
        for number, (reading, _) in found.items()
    }
    assert told[1104] == {}
    assert told[1105] == {"Transaction no": "Transaction"}


def test_d6_posting_months_agree_with_the_books_whatever_the_payment_dates(by_posting):
    store, _ = by_posting
    by_month = dict(ask(store, "select month, sum(amount_minor)::bigint from live_cost_line group by month"))
    assert by_month == {200000 + number: int(Decimal(total) * 100) for number, _, total in MONTHS}
    assert sum(by_month.values()) == TOTAL
    late = "select count(*) from live_cost_line where period_first = 201103 and month = 201104"
    assert ask(store, late) == [(35,)]


def test_payments_that_stand_in_several_months_are_named(by_posting):
    store, found = by_posting
    twice = (
        "select count(*) from (select reference from live_cost_line group by reference "
        "having count(distinct month) > 1)"
    )
    assert ask(store, twice) == [(59,)]
    again = {
        number: [issue for issue in preview.warnings if issue.code == "reference_again"]
        for number, (_, preview) in found.items()
    }
    assert not again[1104]
    assert again[1112][0].count >= 50
    assert "They are added, as the file says." in again[1112][0].message


def test_lines_that_join_several_areas_stay_whole_until_somebody_says_how_they_split(by_date):
    store, found = by_date
    told = [
        issue.count
        for _, preview in found.values()
        for issue in preview.warnings
        if issue.code == "several_areas"
    ]
    assert sum(told) == JOINT_LINES
    joint = "from live_cost_line where contains(cost_centre, ' |')"
    assert ask(store, f"select count(*), sum(amount_minor)::bigint {joint}") == [(JOINT_LINES, JOINT)]
    places = "select placed, sum(amount_minor)::bigint from mart_team_cost group by placed"
    assert dict(ask(store, places)) == {"suspense": TOTAL}
    ((name, amount),) = ask(
        store, f"select cost_centre, sum(amount_minor)::bigint {joint} group by 1 order by 2 desc limit 1"
    )
    structure.save_teams(store, TECH, (Team("it", "Information systems"),))
    mapping.map_areas(store, FINANCE, SOURCE, [AreaTarget(name, "team", "it")])
    assert dict(ask(store, places)) == {"team": amount, "suspense": TOTAL - amount}
