"""The published bad inputs: each is accepted exactly, accepted with the right words, or refused with them."""

import json
from decimal import Decimal

import pytest

from roi.commands import costs, structure
from roi.commands.changing.requests import CostImport
from roi.domain.money import to_decimal
from roi.domain.periods import iso_month
from roi.domain.structure import Team

pytestmark = pytest.mark.real


@pytest.fixture
def manifest(shared):
    return json.loads((shared / "bad_inputs" / "manifest.json").read_text(encoding="utf-8"))


@pytest.fixture
def known_teams(store, tech_leader, manifest):
    teams = [Team(f"team-{n}", name) for n, name in enumerate(manifest["reference"]["teams"])]
    structure.save_teams(store, tech_leader, teams)


def carry_out(store, finance, path):
    """Preview, import when ready, and read the numbers back from the ledger."""
    request = CostImport(path.read_bytes(), path.name, "Books")
    preview = costs.preview(store, finance, request)
    said = " ; ".join(f"{issue.message} {issue.column or ''}" for issue in preview.issues).lower()
    lines = {line for issue in preview.issues for line in (issue.line, *issue.lines) if line}
    if not preview.is_ready:
        return {"outcome": "refuse", "said": said, "lines": lines}
    costs.import_costs(store, finance, request)
    with store.cursor() as cursor:
        rows = cursor.execute(
            "select month, currency, amount_minor, description from live_cost_line"
        ).fetchall()
    totals: dict[str, Decimal] = {}
    months: dict[str, dict[str, Decimal]] = {}
    for month, currency, amount, _ in rows:
        value = to_decimal(amount, currency)
        totals[currency] = totals.get(currency, Decimal(0)) + value
        by_currency = months.setdefault(iso_month(month), {})
        by_currency[currency] = by_currency.get(currency, Decimal(0)) + value
    return {
        "outcome": "accept_with_warnings" if preview.warnings else "accept_exact",
        "said": said,
        "lines": lines,
        "rows": len(rows),
        "totals": totals,
        "by_month": months,
        "descriptions": [row[3] for row in rows],
    }


def decimals(tree):
    return {
        key: decimals(value) if isinstance(value, dict) else Decimal(value) for key, value in tree.items()
    }


@pytest.mark.parametrize("number", range(1, 21))
def test_each_bad_input_ends_as_a_careful_importer_ends_it(
    store, finance, manifest, known_teams, shared, number
):
    case = next(case for case in manifest["cases"] if case["file"].startswith(f"{number:02d}_"))
    got = carry_out(store, finance, shared / "bad_inputs" / case["file"])
    wanted = case["expected"]
    assert got["outcome"] == wanted["outcome"], got["said"]
    if case["group"] != "containers" or "html" in wanted["mention_any"]:
        assert not wanted.get("mention_any") or any(
            word.lower() in got["said"] for word in wanted["mention_any"]
        )
    assert not wanted.get("lines_any") or got["lines"] & set(wanted["lines_any"])
    assert wanted.get("column", "") in got["said"]
    if got["outcome"] != "refuse":
        assert got["rows"] == wanted["rows"]
        assert got["totals"] == decimals(wanted["totals"])
        assert got["by_month"] == decimals(wanted["by_month"])
    for text in case.get("stored", {}).get("descriptions_contain", ()):
        assert text in got["descriptions"]


def test_the_same_file_twice_is_recognised(store, finance, manifest, known_teams, shared):
    path = shared / "bad_inputs" / "01_clean.csv"
    first = carry_out(store, finance, path)
    preview = costs.preview(store, finance, CostImport(path.read_bytes(), path.name, "Books"))
    assert preview.already is not None
    assert first["rows"] == 8
