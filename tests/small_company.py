"""A small company built through the real commands: two value streams, three teams, three months."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from roi.actors import Actor
from roi.commands import anticipating, costs, finance_lines, outcomes, structure
from roi.commands.changing.requests import CostImport
from roi.domain.importing import Mode
from roi.domain.money import to_minor
from roi.domain.structure import (
    Company,
    Epic,
    EpicKind,
    Grade,
    Outcome,
    Team,
    Tick,
    ValueBasis,
    ValueClass,
)
from roi.domain.value import FinanceLine, LineCell, LineKind, OutcomePlan, Reading
from roi.store.database import Store
from tests import saving

CURRENCY = "USD"
MONTHS = (202601, 202602, 202603)
TEAMS = (
    Team("onboarding", "Onboarding", value_stream="Enrolment", division="Products"),
    Team("checkout", "Checkout", value_stream="Enrolment", division="Products"),
    Team("course-delivery", "Course Delivery", value_stream="Learning", division="Products"),
)
GROWTH = FinanceLine("growth", "Margin from growth", LineKind.MARGIN, CURRENCY)
"""The line on which its value shows; it has no months, so it caps nothing."""
HEADER = "month,team,cost_centre,category,supplier,nature,description,amount,currency"
_EVERY_MONTH = (
    ("Onboarding", "", "Salaries", "", "", "", "100000.00"),
    ("Onboarding", "", "Cloud", "Northwind Hosting", "", "servers", "8250.35"),
    ("Checkout", "", "Salaries", "", "", "", "90000.00"),
    ("Checkout", "", "Contractors", "Contoso Staff", "", "two contractors, part time", "12345.67"),
    ("Course Delivery", "", "Salaries", "", "", "", "120000.10"),
    ("Course Delivery", "", "Software", "Fabrikam", "amortisation", "licences of 2024", "5000.00"),
    ("", "SHARED OFFICE", "Rent", "Tailspin Property", "", "", "15000.00"),
)
TEAM_COST = {"onboarding": 32475105, "checkout": 30703701, "course-delivery": 36000030}
"""Minor units over the three months, added by hand."""
EXCLUDED, SUSPENSE = 1500000, 4500000
LEDGER = 105178836


@dataclass(frozen=True)
class SmallCompany:
    """The store, and the changes that the cost files of the three months are."""

    store: Store
    imports: tuple[int, ...]


def cost_file(month: int) -> bytes:
    """One month's cost file."""
    written = f"{month // 100}-{month % 100:02d}"
    lines = [",".join((written, *_quoted(cells), CURRENCY)) for cells in _EVERY_MONTH]
    return "\n".join((HEADER, *lines, "")).encode()


def _quoted(cells: tuple[str, ...]) -> list[str]:
    return [f'"{cell}"' if "," in cell else cell for cell in cells]


def month_total() -> Decimal:
    """What each month's file sums to."""
    return sum((Decimal(cells[-1]) for cells in _EVERY_MONTH), Decimal(0))


def build(store: Store, finance: Actor, tech_leader: Actor) -> SmallCompany:
    """Company, teams, three months with their control totals, and one outcome that finance confirmed."""
    structure.save_company(store, tech_leader, Company("Brightwater Courses", CURRENCY))
    structure.save_teams(store, tech_leader, TEAMS)
    imports = tuple(_import(store, finance, month) for month in MONTHS)
    _first_return(store, finance, tech_leader)
    return SmallCompany(store, imports)


def _import(store: Store, finance: Actor, month: int) -> int:
    content, name = cost_file(month), f"costs-{month}.csv"
    reading = costs.read_file(store, finance, content, name, "books")
    request = CostImport(content, name, "books", reading.settings, mode=Mode.ASK, control_total=month_total())
    return costs.import_costs(store, finance, request).change_id


def _first_return(store: Store, finance: Actor, tech_leader: Actor) -> None:
    """4 points more of the trial users pay since 10 February; half of it is due to this work."""
    epic = Epic(
        "guided-setup",
        "Guided setup",
        "onboarding",
        EpicKind.FEATURE,
        date(2026, 1, 5),
        date(2026, 2, 10),
        500_000,
    )
    outcome = Outcome(
        "trial-to-paid",
        epic.key,
        "trial users who pay",
        "users a month",
        "up",
        baseline=Decimal(2000),
        target_low=Decimal(2100),
        target_likely=Decimal(2300),
        target_high=Decimal(2500),
        value_class=ValueClass.REVENUE,
        owner="Olga",
        by_when=date(2026, 3, 31),
        unit_value=Decimal(600),
        currency=CURRENCY,
        value_basis=ValueBasis.BOOKED,
    )
    saving.save_epics(store, tech_leader, (epic,))
    finance_lines.save_lines(store, finance, (GROWTH,), (LineCell(GROWTH.key, "all", "All"),))
    anticipating.save_anticipated(store, tech_leader, outcome, OutcomePlan(outcome.key, GROWTH.key, "all"))
    outcomes.record_reading(
        store,
        tech_leader,
        Reading(
            outcome.key,
            actual=Decimal(2400),
            read_on=date(2026, 3, 31),
            grade=Grade.C,
            evidence="monthly series since 2024",
            share_low=400_000,
            share_likely=500_000,
            share_high=600_000,
        ),
    )
    for tick in Tick:
        outcomes.confirm(store, finance, outcome.key, tick, date(2026, 4, 10), None)


def minor(amount: str) -> int:
    """An amount of this company in minor units."""
    return to_minor(Decimal(amount), CURRENCY)
