"""Twelve real monthly files, one by one in calendar order, to the penny."""

from decimal import Decimal

import pytest

from roi.actors import Actor, Role
from roi.commands import costs, mapping, structure, undo
from roi.commands.changing.requests import CostImport
from roi.commands.mapping import AreaTarget
from roi.domain.importing import DateOrder, Settings
from roi.domain.structure import Team
from roi.store import verify
from roi.store.database import Store
from tests import sharing
from tests.kept_company import NAME

pytestmark = pytest.mark.real

MONTHS = (
    ("January_2015__25k_transparency_spend_data_.csv", 219, 777, "35946490.19"),
    ("February_2015__25k_transparency_spend_data_.csv", 150, 754, "61192577.56"),
    ("March_2015__25k_transparency_spend_data_.csv", 296, 698, "107841047.54"),
    ("April_2015__25k_transparency_spend_data_.csv", 402, 591, "35114256.06"),
    ("May_2015__25k_transparency_spend_data.csv", 122, 874, "20381512.36"),
    ("062015_June_2015_-_25k.csv", 200, 799, "27278306.96"),
    ("072015_July_2015_-25k.csv", 135, 864, "18274560.74"),
    ("082015_August_2015_-_25k.csv", 135, 864, "33768665.37"),
    ("092015_September_2015_-_25k.csv", 128, 871, "25327308.67"),
    ("102015October_2015_-_25k.csv", 199, 800, "54812819.95"),
    ("112015_November_2015_-_25k.csv", 130, 869, "20678473.25"),
    ("122015_December_2015_-_25k.csv", 157, 86, "37936868.24"),
)
"""File, lines, blank rows and total as SOURCE.md states them."""

TOTAL_PENCE, LINES = 47_855_288_689, 2_273
SOURCE = "Cabinet Office"
FINANCE = Actor("Fiona", frozenset({Role.FINANCE}))
FIRST = Settings(stated=(("currency", "GBP"),))


@pytest.fixture(scope="module")
def folder(shared):
    return shared / "data" / "real" / "uk_cabinet_office_spend_2015"


def ledger(store):
    with store.cursor() as cursor:
        return cursor.execute(
            "select count(*), coalesce(sum(amount_minor), 0)::bigint, count(distinct month) "
            "from live_cost_line"
        ).fetchall()[0]


def take(store, finance, folder, name, total, settings=None):
    """As a clerk does it: open, accept what is remembered, state the control total, import."""
    content = (folder / name).read_bytes()
    reading = costs.read_file(store, finance, content, name)
    request = CostImport(
        content, name, SOURCE, settings or reading.settings, control_total=Decimal(total) if total else None
    )
    preview = costs.preview(store, finance, request)
    assert preview.is_ready, preview.issues
    return reading, preview, costs.import_costs(store, finance, request)


@pytest.fixture(scope="module")
def year(folder, tmp_path_factory):
    """The folder of a closed store with the whole year; what was read, previewed and held after each file."""
    where, found = tmp_path_factory.mktemp("cabinet"), []
    store = Store.open(where / NAME, purpose="a test")
    for name, _, _, total in MONTHS:
        reading, preview, _ = take(store, FINANCE, folder, name, total, None if found else FIRST)
        found.append((reading, preview, ledger(store)))
    store.close()
    return where, found


@pytest.fixture
def copied(year, tmp_path):
    """A store with the whole year, to change."""
    sharing.copy(year[0], tmp_path / "copied")
    store = Store.open(tmp_path / "copied" / NAME, purpose="a test", check=False)
    yield store
    store.close()


def test_the_year_month_by_month_with_the_mapping_of_the_first(year, copied):
    so_far = 0
    for number, (reading, preview, there) in enumerate(year[1], start=1):
        _, lines, blank, _ = MONTHS[number - 1]
        assert reading.is_known_source == (number > 1)
        assert reading.source == SOURCE or number == 1
        assert (reading.table.records, reading.table.blank_records) == (lines, blank)
        assert (preview.rows, preview.new, preview.removed) == (lines, lines, 0)
        assert preview.used.date_order is DateOrder.DAY_FIRST
        assert [month.month for month in preview.months] == [201500 + number]
        assert preview.control.difference == 0
        so_far += preview.totals[0][1]
        assert there[1:] == (so_far, number)
    assert ledger(copied) == (LINES, TOTAL_PENCE, 12)
    with copied.cursor() as cursor:
        placed = cursor.execute(
            "select placed, sum(amount_minor)::bigint, sum(line_count)::bigint "
            "from mart_team_cost group by placed"
        ).fetchall()
    assert placed == [("suspense", TOTAL_PENCE, LINES)]


def test_what_the_files_say_is_said(year):
    warnings = {
        number: {issue.code for issue in preview.warnings}
        for number, (_, preview, _) in enumerate(year[1], start=1)
    }
    assert {number for number, said in warnings.items() if "encoding" in said} == {4, 6}
    assert {number for number, said in warnings.items() if "unnamed_column" in said} == {6}
    assert {number for number, said in warnings.items() if "duplicate_lines" in said} == {1}
    assert all("unmapped_areas" in said for said in warnings.values())


def test_d22_the_digital_areas_become_teams_and_the_rest_stays_by_name(copied, finance, tech_leader):
    store = copied
    structure.save_teams(store, tech_leader, (Team("verify", "Verify"), Team("digital", "Digital")))
    with store.cursor() as cursor:
        areas = [
            row[0] for row in cursor.execute("select distinct cost_centre from live_cost_line").fetchall()
        ]
    named = {"G CLOUD", "COMMON TECHNOLOGY SERVICES", "PLATFORMS AND STANDARDS", "TECHNOLOGY GOVERNANCE"}
    digital = [area for area in areas if "GDS" in area.upper() or area.upper() in named]
    assert (len(areas), len(digital)) == (234, 21)
    targets = [
        AreaTarget(area, "team", "verify" if area.upper() == "GDS ID ASSURANCE" else "digital")
        for area in digital
    ]
    mapping.map_areas(store, finance, SOURCE, targets)
    with store.cursor() as cursor:
        cost = dict(
            cursor.execute(
                "select team, sum(amount_minor)::bigint from mart_team_cost group by team"
            ).fetchall()
        )
        deep = verify.deep(cursor, store.head_path, store.upload_folder)
    assert cost["verify"] == 1_498_407_037
    assert cost["verify"] + cost["digital"] == 3_622_388_496
    assert sum(cost.values()) == TOTAL_PENCE
    assert deep.uploads == 12


def test_undo_brings_back_what_was_and_the_file_may_come_again(store, finance, folder):
    take(store, finance, folder, *MONTHS[0][::3], FIRST)
    before = ledger(store)
    name, total = MONTHS[1][0], MONTHS[1][3]
    _, _, receipt = take(store, finance, folder, name, total)
    assert ledger(store) != before
    undo.undo(store, finance, receipt.change_id)
    assert ledger(store) == before
    _, _, again = take(store, finance, folder, name, total)
    assert ledger(store)[0] == 219 + 150
    preview = costs.preview(
        store, finance, CostImport((folder / name).read_bytes(), "renamed.csv", "Another name", FIRST)
    )
    assert preview.already.change_id == again.change_id
