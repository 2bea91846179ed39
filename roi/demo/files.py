"""Writes the demo company as the files a company would upload: `python -m roi demo --write`.

The files are made by the program and kept in `data/demo`; a test makes them again and compares.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from roi.demo import company, plans, value
from roi.demo.ledger import Line, lines
from roi.demo.people import Person, everybody
from roi.domain.money import to_decimal
from roi.domain.periods import add_months, iso_month

_AMERICAS = (
    "Posting month,Amount,Currency,Category,Person key,Cost centre,Pool,Supplier,Description,"
    "Nature,Intent,Treatment"
).split(",")
_EUROPE = (
    "Buchungsmonat;Betrag;Währung;Kostenart;Personenschlüssel;Kostenstelle;Topf;Lieferant;Text;"
    "Art;Zweck;Aktivierung"
).split(";")
_PLAN = "Month,Team,Category,Amount,Currency,Scenario".split(",")
SOURCES = {company.AMERICA: "Alder Americas ledger", company.EUROPE: "Alder Europe ledger"}
CORRECTED_MONTH = 202511
OPEN_MONTH = 202610

Rows = Iterable[Sequence[object]]


def all_files() -> dict[str, str]:
    """Every file of the demo company: its name and its text."""
    return {**_structure(), **_sharing(), **_areas(), **_costs(), **_plans(), **_value()}


def write(folder: Path) -> list[Path]:
    """Write every file; answers their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, text in all_files().items():
        path = folder / name
        path.write_text(text, encoding="utf-8", newline="")
        paths.append(path)
    return paths


def _csv(header: Sequence[str], rows: Rows, delimiter: str = ",") -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def _structure() -> dict[str, str]:
    teams = [
        (
            team.name,
            team.value_stream,
            team.division,
            team.kind.value,
            iso_month(team.starts) if team.starts else "",
            "",
        )
        for team in company.TEAMS
    ]
    return {
        "teams.csv": _csv(["name", "value_stream", "division", "kind", "starts", "ends"], teams),
        "team_structure.csv": _csv(
            ["team", "first_month", "kind", "value_stream", "division"],
            [(t, m, k, v, d) for t, m, k, v, d in company.EARLIER_STRUCTURE],
        ),
        "roles.csv": _csv(
            ["role", "name", "is_shared"],
            [(role.key, role.name, "yes" if role.is_shared else "no") for role in company.ROLES],
        ),
        "standard_rates.csv": _csv(
            ["role", "band", "first_month", "currency", "amount"],
            [row for role in company.ROLES for row in _rates(role)],
        ),
        "pay_categories.csv": _csv(["category", "is_pay"], [("Salaries", "yes"), ("On-costs", "yes")]),
    }


def _rates(role: company.RoleCost) -> list[tuple[str, str, str, str, str]]:
    """Published rates: the base of the role with on-costs, rounded to a hundred, from each January."""
    rows = []
    for division, base in ((company.AMERICA, role.americas), (company.EUROPE, role.europe)):
        band = "americas" if division == company.AMERICA else "europe"
        for year, percent in company.RAISE_PERCENT.items():
            loaded = base * percent * (100 + company.ON_COST_PERCENT[division]) // 10_000
            rows.append((role.key, band, f"{year}-01", company.CURRENCY[division], f"{round(loaded, -2)}.00"))
    return rows


def _sharing() -> dict[str, str]:
    assignments = [
        (
            person.key,
            team,
            first,
            last,
            person.role,
            "americas" if person.division == company.AMERICA else "europe",
            _share(share),
        )
        for person in everybody()
        for team, first, last, share in _months_of(person)
    ]
    drivers = [("cloud", team, _since(team), "", str(units)) for team, units in company.CLOUD_USAGE.items()]
    drivers += [
        ("research-panel", team, "2024-07", "", _share(share))
        for team, share in company.RESEARCH_SHARES.items()
    ]
    drivers.append(("research-panel", "onboarding", "2024-01", "2024-06", _share(1_000_000)))
    usage = [
        (giver, taker, max(_since(giver), _since(taker)), "", units)
        for giver, takers in company.PLATFORM_USAGE.items()
        for taker, units in takers.items()
    ]
    return {
        "assignments.csv": _csv(
            ["person_key", "team", "first_month", "last_month", "role", "band", "share"], assignments
        ),
        "cost_pools.csv": _csv(
            ["pool", "name", "driver", "is_overhead"],
            [(pool, name, driver, "yes" if over else "no") for pool, name, driver, over in company.POOLS],
        ),
        "pool_drivers.csv": _csv(["pool", "team", "first_month", "last_month", "quantity"], sorted(drivers)),
        "platform_usage.csv": _csv(["platform", "consumer", "first_month", "last_month", "quantity"], usage),
    }


def _areas() -> dict[str, str]:
    """The cost centres that carry a team's name go to it; the rest stays in suspense by name."""
    rows = [(SOURCES[team.division], f"CC-{team.key.upper()}", "team", team.key) for team in company.TEAMS]
    return {"cost_areas.csv": _csv(["source", "area", "kind", "value"], rows)}


def _value() -> dict[str, str]:
    return {f"{name}.csv": _csv(header, rows) for name, (header, rows) in value.tables().items()}


def _months_of(person: Person) -> Iterator[tuple[str, str, str, int]]:
    """A person's teams with first and last month and share; until a team starts the first one has its."""
    first, last = iso_month(person.first), iso_month(person.last) if person.last else ""
    late = [(team, share) for team, share in person.shares if _since(team) > first]
    early = [(team, share) for team, share in person.shares if _since(team) <= first]
    if late and early:
        team, share = early.pop(0)
        start = max(_since(one) for one, _ in late)
        before = add_months(int(start.replace("-", "")), -1)
        yield team, first, iso_month(before), share + sum(more for _, more in late)
        yield team, start, last, share
    for team, share in early:
        yield team, first, last, share
    for team, share in late:
        yield team, _since(team), last, share


def _since(team: str) -> str:
    """The first month in which a team uses what others offer: that of its start, or the first of all."""
    starts = next(one.starts for one in company.TEAMS if one.key == team)
    return iso_month(max(starts or company.FIRST_MONTH, company.FIRST_MONTH))


def _share(share: int) -> str:
    return str((Decimal(share) / 1_000_000).normalize())


def _costs() -> dict[str, str]:
    files = {}
    for division, label, writer in (
        (company.AMERICA, "americas", _american),
        (company.EUROPE, "europe", _european),
    ):
        own = [line for line in lines() if line.division == division]
        for period, is_in in _periods():
            chosen = [line for line in own if is_in(line.month)]
            files[f"costs_{label}_{period}.csv"] = writer(chosen)
    files[f"costs_americas_{iso_month(CORRECTED_MONTH)}_corrected.csv"] = _american(_corrected())
    return files


def _periods() -> tuple[tuple[str, Callable[[int], bool]], ...]:
    return (
        ("2024", lambda month: month // 100 == 2024),
        ("2025", lambda month: month // 100 == 2025),
        ("2026-01_to_2026-09", lambda month: 202601 <= month < OPEN_MONTH),
        ("2026-10", lambda month: month == OPEN_MONTH),
    )


def _corrected() -> list[Line]:
    """November 2025 with an invoice that had been booked twice taken out."""
    own = [line for line in lines() if line.division == company.AMERICA and line.month == CORRECTED_MONTH]
    return [
        Line(CORRECTED_MONTH, company.AMERICA, line.amount - 184_050, *_rest(line))
        if line.supplier == "Fennel Consulting" and line.cost_centre == "CC-DATA"
        else line
        for line in own
    ]


def _rest(line: Line) -> tuple[str, ...]:
    return (
        line.category,
        line.person_key,
        line.team,
        line.cost_centre,
        line.pool,
        line.supplier,
        line.description,
        line.nature,
        line.intent,
        line.treatment,
    )


def _cells(line: Line, amount: str, currency: str) -> tuple[str, ...]:
    where = (line.category, line.person_key, line.cost_centre, line.pool, line.supplier, line.description)
    return (iso_month(line.month), amount, currency, *where, line.nature, line.intent, line.treatment)


def _american(chosen: list[Line]) -> str:
    return _csv(_AMERICAS, [_cells(line, f"{to_decimal(line.amount, 'USD'):,.2f}", "USD") for line in chosen])


def _european(chosen: list[Line]) -> str:
    swap = str.maketrans(",.", ".,")
    rows = [_cells(line, f"{to_decimal(line.amount, 'EUR'):,.2f}".translate(swap), "EUR") for line in chosen]
    return _csv(_EUROPE, rows, ";")


def _plans() -> dict[str, str]:
    rows = []
    for line in plans.plan_lines():
        currency = plans.currency_of(line.team)
        amount = to_decimal(line.amount, currency)
        scenario = f"{line.scenario}: {line.plan_version}" if line.plan_version else line.scenario
        rows.append((iso_month(line.month), line.team, line.category, amount, currency, scenario))
    rates = [
        (
            "EUR",
            "USD",
            iso_month(month),
            basis,
            f"{Decimal(rate).scaleb(-9).normalize()}",
            "European Central Bank",
        )
        for month, basis, rate in plans.exchange_rates()
    ]
    return {
        "plans_and_outlook.csv": _csv(_PLAN, rows),
        "plan_versions.csv": _csv(
            ["plan_version", "frozen_on", "is_current"],
            [(name, day, "yes" if current else "no") for name, day, current in company.PLANS],
        ),
        "plan_headcount.csv": _csv(
            ["plan_version", "team", "role", "first_month", "last_month", "share"],
            [
                (p.plan_version, p.team, p.role, "2026-01", "2026-12", _share(p.share))
                for p in plans.planned_heads()
            ],
        ),
        "exchange_rates.csv": _csv(["currency", "target", "month", "basis", "rate", "source"], rates),
        "planned_positions.csv": _csv(
            ["position", "team", "role", "starts", "share", "epic"],
            [(p, t, r, m, _share(s), e) for p, t, r, m, s, e in company.PLANNED_POSITIONS],
        ),
    }
