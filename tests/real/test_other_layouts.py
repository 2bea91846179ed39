"""Three single months in other layouts, and a Spanish city's year: each to the last cent."""

from decimal import Decimal

import pytest

from roi.commands import costs
from roi.commands.changing.requests import CostImport
from roi.domain.importing import Settings

pytestmark = pytest.mark.real

GBP = (("currency", "GBP"),)
VAT = (("amount", "Amount Including VAT"),)
LAYOUTS = (
    ("co-spend-data-oct2010.csv", (), 181, "34116839.28", {201010}),
    ("pfs_spend_july_2010.csv", VAT, 526, "62976386.05", {201007}),
    ("transparency_feb12.csv", (), 47, "12458584.18", {201202}),
)


@pytest.mark.parametrize(("name", "columns", "lines", "total", "months"), LAYOUTS)
def test_each_layout_agrees_with_its_stated_total(
    store, finance, shared, name, columns, lines, total, months
):
    content = (shared / "data" / "real" / "uk_spend_other_layouts" / name).read_bytes()
    settings = Settings(columns=columns, stated=GBP)
    request = CostImport(content, name, "Spend", settings, control_total=Decimal(total))
    preview = costs.preview(store, finance, request)
    assert preview.is_ready, preview.blockers
    assert (preview.rows, preview.control.difference) == (lines, 0)
    assert {one.month for one in preview.months} == months
    costs.import_costs(store, finance, request)


def test_v7_an_amount_with_tax_is_never_taken_in_silence(store, finance, shared):
    name = "pfs_spend_july_2010.csv"
    content = (shared / "data" / "real" / "uk_spend_other_layouts" / name).read_bytes()
    preview = costs.preview(store, finance, CostImport(content, name, "Spend", Settings(stated=GBP)))
    (issue,) = preview.blockers
    assert (issue.code, issue.column) == ("missing_column", "amount")
    assert "“Amount Including VAT” may be it" in issue.message


MADRID = (
    ("OBL_RECONOC", "actual", "5287775019.16"),
    ("C_DEFINITIVO", "outlook", "6346158515.98"),
    ("CRED_INICIAL", "plan", "5114688774"),
)


@pytest.mark.parametrize(("header", "scenario", "total"), MADRID)
def test_madrid_latin_1_decimal_comma_semicolon(store, finance, shared, header, scenario, total):
    content = (shared / "data" / "real" / "madrid_budget" / "2019_gastos.csv").read_bytes()
    settings = Settings(
        columns=(
            ("amount", header),
            ("cost_centre", "Descripcion Seccion"),
            ("category", "Descripcion Economico"),
        ),
        stated=(("currency", "EUR"), ("month", "2019-12"), ("scenario", scenario)),
    )
    request = CostImport(content, "gastos.csv", "Madrid", settings, control_total=Decimal(total))
    preview = costs.preview(store, finance, request)
    assert preview.is_ready, preview.blockers
    assert (preview.rows, preview.control.difference) == (8235, 0)
    said = {issue.code for issue in preview.warnings}
    assert {"encoding", "unmapped_areas"} <= said
    assert ("decimal_comma" in said) == ("." in total)
    costs.import_costs(store, finance, request)
    with store.cursor() as cursor:
        found = cursor.execute(
            "select count(*), sum(amount_minor)::bigint, count(distinct cost_centre) from live_cost_line "
            "where scenario = $scenario",
            {"scenario": scenario},
        ).fetchall()
        accents = cursor.execute("select count(*) from live_cost_line where category = 'CÁNONES'").fetchall()[
            0
        ][0]
    assert found == [(8235, int(Decimal(total) * 100), 48)]
    assert accents > 0
