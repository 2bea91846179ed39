"""Turns the extract of the Government of Canada's InfoBase into our own templates.

Programmes become teams, departments divisions, core responsibilities value streams. A year of spending
becomes one line that is posted in the year's last month and covers its twelve months; planned spending is a
plan of its own. A result becomes an initiative, which is its objective, and where a programme answers for
it also an epic of that programme. An indicator becomes an outcome of that epic, else of the initiative,
with its target and actual as they were written and the status that its department stated. The extract has
no baseline and no range of an indicator: made up, they would give every one a share of a promise that
nobody made, so its target stays in words. No unit value is made up either, so there is no money on the side
of value; and nobody publishes how much of a programme's money went to a result, so its epics plan no share
of it and the whole cost stays with the programme. Planned full-time equivalents become planned headcount.
Actual ones are a number of the whole year: each programme's become a series with a point in the year's last
month. The product counts heads by assignments, so the two civil departments also have each equivalent of
the last year as a position of its own, with a number for a key; National Defence has 90,000, of whom nobody
is known, and stays a series.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

LAST_YEAR = 2017
"""The fiscal year that `pa_last_year` means, from April; results reports are of 2017-18."""

LONGEST = 300
"""No name is longer; the whole text of an indicator is kept in what it is shown with."""

_ACTUAL = {f"pa_last_year_{back}_exp": LAST_YEAR + 1 - back for back in (5, 4, 3, 2)} | {
    "pa_last_year_exp": LAST_YEAR
}
_EQUIVALENTS = {column.removesuffix("_exp"): year for column, year in _ACTUAL.items()}
_BY_POSITION = ("TBC", "CPCC")
_PLANNED = {"pa_last_year_planned": LAST_YEAR}
PLAN = "Departmental plan 2017-18"
_BEGINS = {"drr17": "2017-04-01", "dp18": "2018-04-01", "dp19": "2019-04-01"}
"""The first day of the fiscal year that each document is about."""
_STATED = {"met": "met", "not_met": "not met", "not_available": "not available", "future": "to come"}


@dataclass(frozen=True, slots=True)
class Templates:
    """The files that a company would upload, by kind of list, and its cost file."""

    lists: dict[str, bytes]
    costs: bytes
    plan: bytes


def read(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of a file; a blank row at its end is none."""
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.DictReader(file) if any(row.values())]


def templates(folder: Path) -> Templates:
    """Everything of the extract that the product has a place for."""
    return Templates(
        {
            "teams": _csv(_teams(folder)),
            "roles": _csv([{"role": "fte", "name": "Full-time equivalent", "is_shared": "no"}]),
            "plan_versions": _csv([{"plan_version": PLAN, "frozen_on": "2017-03-09", "is_current": "yes"}]),
            "plan_headcount": _csv(_headcount(folder)),
            "assignments": _csv(list(_positions(folder))),
            "metric_series": _csv(list(_equivalents(folder))),
            "initiatives": _csv(_initiatives(folder)),
            "epics": _csv(_epics(folder)),
            "outcomes": _csv(list(_outcomes(folder))),
        },
        _csv(_costs(folder, _ACTUAL, "actual")),
        _csv(_costs(folder, _PLANNED, f"plan: {PLAN}")),
    )


def _csv(rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def key(row: dict[str, str]) -> str:
    """The key of a programme, as results name it."""
    return f"{row['dept_code']}-{row['activity_code']}"


def _named(folder: Path) -> dict[str, dict[str, str]]:
    return {key(row): row for row in read(folder, "program.csv")}


def _teams(folder: Path) -> list[dict[str, str]]:
    streams = {row["id"]: row["name_en"] for row in read(folder, "crso.csv")}
    named = _named(folder)
    keys = dict.fromkeys([*named, *(key(row) for row in read(folder, "program_spending.csv"))])
    return [
        {
            "name": f"{named[one]['name_en']} ({one})" if one in named else one,
            "value_stream": streams.get(named[one]["crso_id"], "") if one in named else "",
            "division": one.partition("-")[0],
            "kind": "stream aligned",
            "key": one.casefold(),
        }
        for one in keys
    ]


def _costs(folder: Path, years: dict[str, int], scenario: str) -> list[dict[str, str]]:
    return [
        {
            "month": f"{year + 1}-03",
            "amount": row[column],
            "currency": "CAD",
            "team": key(row).casefold(),
            "scenario": scenario,
            "period_start": f"{year}-04",
            "period_end": f"{year + 1}-03",
            "description": "programme spending of the fiscal year",
        }
        for row in read(folder, "program_spending.csv")
        for column, year in years.items()
        if row[column]
    ]


def _headcount(folder: Path) -> list[dict[str, str]]:
    return [
        {
            "plan_version": PLAN,
            "team": key(row).casefold(),
            "role": "fte",
            "first_month": f"{LAST_YEAR}-04",
            "last_month": f"{LAST_YEAR + 1}-03",
            "share": row["pa_last_year_planned"],
        }
        for row in read(folder, "program_ftes.csv")
        if row["pa_last_year_planned"] and float(row["pa_last_year_planned"])
    ]


def _equivalents(folder: Path) -> Iterator[dict[str, str]]:
    """What every programme had in every past year, as a point of its series."""
    for row in read(folder, "program_ftes.csv"):
        for column, year in _EQUIVALENTS.items():
            if row[column]:
                yield {
                    "series": f"full-time equivalents of {key(row)}",
                    "month": f"{year + 1}-03",
                    "value": row[column],
                    "source": "Public accounts, full-time equivalents of the fiscal year",
                }


def _positions(folder: Path) -> Iterator[dict[str, str]]:
    """The equivalents of the last year one by one, the part that is left over as the last."""
    for row in read(folder, "program_ftes.csv"):
        if row["dept_code"] not in _BY_POSITION:
            continue
        left, number = Decimal(row["pa_last_year"] or 0), 0
        while left > 0:
            share, number = min(left, Decimal(1)), number + 1
            left -= share
            yield {
                "person_key": f"{key(row)}-{number}",
                "team": key(row).casefold(),
                "first_month": f"{LAST_YEAR}-04",
                "last_month": f"{LAST_YEAR + 1}-03",
                "role": "fte",
                "share": str(share),
            }


def _initiatives(folder: Path) -> list[dict[str, str]]:
    streams = {row["id"]: row["name_en"] for row in read(folder, "crso.csv")}
    named = _named(folder)

    def stream(subject: str) -> str:
        return streams.get(named[subject]["crso_id"] if subject in named else subject, "")

    return [
        {
            "name": _title(row),
            "owner": _official(row),
            "value_stream": stream(row["subject_id"]),
            "result": row["name_en"],
            "initiative": row["id"],
        }
        for row in read(folder, "results.csv")
    ]


def _title(result: dict[str, str]) -> str:
    return f"{plain(result['name_en'])[: LONGEST - 20]} ({result['id']})"


def _official(result: dict[str, str]) -> str:
    return f"Programme official of {result['subject_id'].partition('-')[0]}"


def _of_programmes(folder: Path) -> list[dict[str, str]]:
    """The results that a programme answers for; the others are those of a core responsibility."""
    named = _named(folder)
    return [row for row in read(folder, "results.csv") if row["subject_id"] in named]


def _work(result: str) -> str:
    return f"work-{result}".casefold()


def _epics(folder: Path) -> list[dict[str, str]]:
    return [
        {
            "epic": _work(row["id"]),
            "name": _title(row),
            "team": row["subject_id"].casefold(),
            "started": _BEGINS[row["doc"]],
            "planned_share": "0%",
            "initiative": row["id"],
            "owner": _official(row),
        }
        for row in _of_programmes(folder)
    ]


def _outcomes(folder: Path) -> Iterator[dict[str, str]]:
    """Every indicator; a target that nobody set is told as `none`."""
    results = {row["id"]: row for row in read(folder, "results.csv")}
    carried = {row["id"] for row in _of_programmes(folder)}
    for row in read(folder, "indicators.csv"):
        result = row["result_id"]
        yield {
            "outcome": row["id"],
            "epic": _work(result) if result in carried else "",
            "initiative": "" if result in carried else result,
            "metric": plain(row["name_en"])[:LONGEST],
            "unit": "%" * row["target_type"].startswith("percent"),
            "direction": direction(row),
            "value_class": "not financial",
            "owner": _official(results[result]),
            "target_as_written": target(row) or "none",
            "actual_as_written": actual(row),
            "read_on": "2018-03-31" if row["actual_result_en"] else "",
            "stated": _STATED.get(row["status_key"], ""),
            "evidence": f"Departmental results, {row['doc']}",
        }


def direction(row: dict[str, str]) -> str:
    """Down is better where only an upper bound is set."""
    return "down" if row["target_max"] and not row["target_min"] else "up"


def actual(row: dict[str, str]) -> str:
    """What was read, with its unit; nothing where nothing was."""
    return row["actual_result_en"] + "%" * (row["actual_datatype"] == "percent")


def plain(text: str) -> str:
    """A name on one line; the extract has line breaks and characters that no font shows in some."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def target(row: dict[str, str]) -> str:
    """The target as a person would write it; a sentence stays one."""
    low, high, unit = row["target_min"], row["target_max"], "%" * row["target_type"].startswith("percent")
    if row["target_type"] in {"text", "tbd"}:
        return row["target_narrative_en"]
    if row["target_type"].endswith("range"):
        return f"{low}-{high}{unit}"
    exact = "= " if low and high else ""
    return f"{exact}{low or high}{unit}" if low or high else ""


def every_status(folder: Path) -> Iterator[str]:
    """What departments stated, as our word; empty where they stated nothing."""
    for row in read(folder, "indicators.csv"):
        yield _STATED.get(row["status_key"], "")
