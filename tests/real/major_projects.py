"""Turns the government's major projects, editions 2016 and 2023, into our own templates.

Each project becomes a team with an initiative and an epic, its department a division. 2016: the budget of
2015/16 is a plan, the forecast an outlook, the whole-life cost what was approved. 2023: the benefits that a
department states become an outcome of evidence grade E with an assumed value, which nobody can confirm. A
cost or benefit that is withheld is left out: it is not zero.
"""

import csv
import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

PLAN = "Budget 2015-16"
LONGEST = 300
_ROWS_2016 = ("name", "department", "rating", "aims", "actions", "start", "end", "schedule")
_MONEY_2016 = ("budget", "forecast", "variance", "whole_life")


@dataclass(frozen=True, slots=True)
class Project:
    """One project; money in pounds, None where it is withheld or no number."""

    key: str
    name: str
    department: str
    started: str
    ends: str
    budget: Decimal | None
    forecast: Decimal | None
    whole_life: Decimal | None
    benefits: Decimal | None = None


def pounds(written: str) -> Decimal | None:
    """Millions as they are written, in pounds; a sentence is no number."""
    bare = re.sub(r"[£,\s]", "", written)
    try:
        return Decimal(bare) * 1_000_000
    except InvalidOperation:
        return None


def _day(written: str) -> str:
    for form in ("%d/%m/%Y", "%d.%m.%Y"):
        try:
            return datetime.strptime(written.strip(), form).replace(tzinfo=UTC).date().isoformat()
        except ValueError:
            continue
    return ""


def _plain(text: str) -> str:
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())[: LONGEST - 20]


def of_2016(folder: Path) -> list[Project]:
    """The edition that lies on its side: a label in the first column, a project in every other."""
    with (folder / "uk_2016.csv").open(encoding="cp1252", newline="") as file:
        rows = list(csv.reader(file))
    named = dict(zip((*_ROWS_2016, *_MONEY_2016), rows, strict=False))
    return [
        Project(
            f"p2016-{place:03}",
            _plain(named["name"][place]),
            _plain(named["department"][place]),
            _day(named["start"][place]),
            _day(named["end"][place]),
            pounds(named["budget"][place]),
            pounds(named["forecast"][place]),
            pounds(named["whole_life"][place]),
        )
        for place in range(1, len(rows[0]))
    ]


def of_2023(folder: Path) -> list[Project]:
    """The edition that a spreadsheet saved with semicolons."""
    with (folder / "uk_2023.csv").open(encoding="cp1252", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    return [
        Project(
            f"p2023-{place:03}",
            _plain(row["project_name"]),
            row["department"],
            _day(row["start_date"]),
            _day(row["end_date"]),
            pounds(row["total_baseline"]),
            pounds(row["forecast_incl_NGC"]),
            pounds(row["wlc_baseline_incl_NCG"]),
            pounds(row["TOTAL Baseline Benefits (£m)"]),
        )
        for place, row in enumerate(rows, start=1)
    ]


def lists(projects: list[Project]) -> dict[str, bytes]:
    """Teams, initiatives, epics and the outcomes that are stated."""
    found = {
        "teams": [
            {"name": f"{one.name} ({one.key})", "division": one.department, "key": one.key}
            for one in projects
        ],
        "plan_versions": [{"plan_version": PLAN, "frozen_on": "2015-03-31", "is_current": "yes"}],
        "initiatives": [_initiative(one) for one in projects],
        "epics": [_epic(one) for one in projects],
        "outcomes": [_outcome(one) for one in projects if one.benefits],
    }
    return {kind: written(rows) for kind, rows in found.items() if rows}


def _initiative(one: Project) -> dict[str, str]:
    return {
        "name": f"{one.name} ({one.key})",
        "owner": f"Senior responsible owner, {one.department}",
        "approved_cost": "" if one.whole_life is None else str(one.whole_life),
        "currency": "" if one.whole_life is None else "GBP",
        "due_on": one.ends,
        "initiative": one.key,
    }


def _epic(one: Project) -> dict[str, str]:
    return {
        "name": f"{one.name} ({one.key})",
        "team": one.key,
        "started": one.started or "2015-04-01",
        "planned_share": "100%",
        "epic": one.key,
        "initiative": one.key,
    }


def _outcome(one: Project) -> dict[str, str]:
    """Stated over the whole life and never read: a year's worth cannot be told, so no month has a value."""
    benefits = one.benefits or Decimal(0)
    return {
        "epic": one.key,
        "metric": f"benefits stated over the life of {one.key}",
        "unit": "pounds",
        "direction": "up" if benefits > 0 else "down",
        "baseline": "0",
        "target_low": str(benefits),
        "target_likely": str(benefits),
        "target_high": str(benefits),
        "value_class": "revenue",
        "value_basis": "assumed",
        "grade": "E",
        "owner": f"Senior responsible owner, {one.department}",
        "outcome": one.key,
    }


def costs(projects: list[Project]) -> bytes:
    """The year 2015/16 of each project: its budget as a plan, its forecast as an outlook."""
    return written(
        [
            {
                "month": "2016-03",
                "amount": str(amount),
                "currency": "GBP",
                "team": one.key,
                "scenario": scenario,
                "period_start": "2015-04",
                "period_end": "2016-03",
            }
            for one in projects
            for scenario, amount in ((f"plan: {PLAN}", one.budget), ("outlook", one.forecast))
            if amount is not None
        ]
    )


def written(rows: list[dict[str, str]]) -> bytes:
    """Rows as the file that a person would upload."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()
