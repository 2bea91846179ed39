"""`bad_inputs_adapter.py FILE [UPLOAD_NAME]`: import a file into a fresh store, print what the ledger holds.

The lists and limits that the store knows come from `manifest.json` beside the file. The file is imported by
the very commands that the page and the command line use; the last line printed is one JSON object with the
outcome, rows, totals, months, warnings, errors and lines, read back from the ledger.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from roi.actors import Actor, Role
from roi.commands import costs, structure
from roi.commands.changing.requests import CostImport
from roi.domain.importing import Limits
from roi.domain.money import to_decimal
from roi.domain.periods import iso_month
from roi.domain.structure import Company, Team
from roi.errors import Issue, RefusedError, RoiError
from roi.store.database import Store

ACTOR = Actor("Corpus", frozenset(Role))
SOURCE = "Corpus"
MEGABYTE = 1024 * 1024
LINES = """
    select line.month, line.currency, line.amount_minor, line.cost_centre, line.description, team.name
    from live_cost_line as line
    left join live_team as team on team.team = line.team
    order by line.source_row
"""


def main(file: str, upload_name: str | None = None) -> None:
    """Print the JSON of one file's import."""
    path = Path(file)
    reference = json.loads((path.parent / "manifest.json").read_text(encoding="utf-8"))["reference"]
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "company.duckdb", purpose="the corpus of bad inputs")
        try:
            prepare(store, reference)
            said = carry_out(store, path.read_bytes(), upload_name or path.name, limits_of(reference))
        finally:
            store.close()
    print(json.dumps(said, ensure_ascii=False))


def prepare(store: Store, reference: dict[str, Any]) -> None:
    """A company with the teams that the reference names."""
    structure.save_company(store, ACTOR, Company("Corpus", "EUR"))
    teams = [Team(f"team-{place}", name) for place, name in enumerate(reference["teams"])]
    structure.save_teams(store, ACTOR, teams)


def limits_of(reference: dict[str, Any]) -> Limits:
    """The limits as the reference states them."""
    stated = reference["limits"]
    months = {edge: int(month.replace("-", "")) for edge, month in reference["months"].items()}
    return Limits(
        content_bytes=stated["max_upload_mb"] * MEGABYTE,
        rows=stated["max_rows"],
        columns=stated["max_columns"],
        name_letters=stated["max_name_chars"],
        description_letters=stated["max_description_chars"],
        first_month=months["first"],
        last_month=months["last"],
        cost_types=tuple(reference["categories"]),
    )


def carry_out(store: Store, content: bytes, name: str, limits: Limits) -> dict[str, Any]:
    """Import one file; the answer says what the ledger holds afterwards."""
    try:
        reading = costs.read_file(store, ACTOR, content, name, SOURCE, limits=limits)
        request = CostImport(content, name, SOURCE, reading.settings, limits=limits)
        preview = costs.preview(store, ACTOR, request)
        costs.import_costs(store, ACTOR, request)
    except RefusedError as error:
        return {"outcome": "refuse", **ledger(store), **said(error.issues)}
    except RoiError as error:
        return {"outcome": "refuse", **ledger(store), "errors": [{"message": str(error)}]}
    outcome = "accept_with_warnings" if preview.warnings else "accept_exact"
    return {"outcome": outcome, **ledger(store), **said(preview.issues)}


def said(issues: tuple[Issue, ...]) -> dict[str, Any]:
    """Warnings as sentences, errors with line and column."""
    warnings = [with_lines(issue) for issue in issues if not issue.is_blocker]
    errors = [
        {"line": issue.line, "column": issue.column, "message": with_lines(issue)}
        for issue in issues
        if issue.is_blocker
    ]
    return {"warnings": warnings, "errors": errors}


def with_lines(issue: Issue) -> str:
    """The sentence, and where the trouble is, as the page shows both."""
    lines = issue.lines or ((issue.line,) if issue.line else ())
    where = f" [line {', '.join(map(str, lines))}]" if lines else ""
    return f"{issue.message}{where}"


def ledger(store: Store) -> dict[str, Any]:
    """Rows, totals, months and lines as the ledger holds them."""
    with store.snapshot() as cursor:
        rows = cursor.execute(LINES).fetchall()
    totals: dict[str, int] = {}
    months: dict[str, dict[str, int]] = {}
    for month, currency, amount, *_ in rows:
        totals[currency] = totals.get(currency, 0) + amount
        of_month = months.setdefault(iso_month(month), {})
        of_month[currency] = of_month.get(currency, 0) + amount
    return {
        "rows": len(rows),
        "totals": major(totals),
        "by_month": {month: major(amounts) for month, amounts in months.items()},
        "lines": [
            {"team": team, "cost_centre": centre, "description": description}
            for _, _, _, centre, description, team in rows
        ],
    }


def major(amounts: dict[str, int]) -> dict[str, str]:
    """Minor units by currency as text in major units."""
    return {currency: f"{to_decimal(amount, currency):f}" for currency, amount in amounts.items()}


if __name__ == "__main__":
    main(*sys.argv[1:3])
