"""Alder Learning, the fictional online-education firm: who its teams are, what roles cost, what is shared.

Nothing here is random; every number of the demo company follows from these tables and one seed.
"""

from dataclasses import dataclass

from roi.domain.periods import months_between
from roi.domain.structure import Company, Team, TeamKind

COMPANY = Company("Alder Learning", "USD", 1)
FIRST_MONTH, LAST_MONTH = 202401, 202610
MONTHS = months_between(FIRST_MONTH, LAST_MONTH)
PLAN_MONTHS = months_between(202601, 202612)
TODAY = "2026-11-12"
"""The day on which the demo company is looked at, so that its readings stay as due as they were written."""

AMERICA, EUROPE = "Alder Americas", "Alder Europe"
CURRENCY = {AMERICA: "USD", EUROPE: "EUR"}

TEAMS: tuple[Team, ...] = (
    Team("onboarding", "Onboarding", TeamKind.STREAM_ALIGNED, "Enrolment", AMERICA),
    Team("catalogue-search", "Catalogue & search", TeamKind.STREAM_ALIGNED, "Enrolment", AMERICA),
    Team("courseware", "Courseware", TeamKind.STREAM_ALIGNED, "Learning", EUROPE),
    Team("assessments", "Assessments", TeamKind.STREAM_ALIGNED, "Learning", EUROPE),
    Team("engagement", "Engagement", TeamKind.STREAM_ALIGNED, "Success", AMERICA, 202407),
    Team("support-tools", "Support tools", TeamKind.STREAM_ALIGNED, "Success", AMERICA),
    Team("platform", "Platform", TeamKind.PLATFORM, "Enabling", AMERICA),
    Team("data", "Data", TeamKind.PLATFORM, "Enabling", AMERICA),
    Team("security-privacy", "Security & privacy", TeamKind.ENABLING, "Enabling", AMERICA),
)
TEAM_KEYS = tuple(team.key for team in TEAMS)
GIVERS = ("platform", "data", "security-privacy")

EARLIER_STRUCTURE: tuple[tuple[str, str, str, str, str], ...] = (
    ("support-tools", "2024-01", "stream_aligned", "Learning", AMERICA),
    ("support-tools", "2025-01", "stream_aligned", "Success", AMERICA),
)
"""Support tools stood in Learning until the end of 2024 (decision D5)."""


@dataclass(frozen=True, slots=True)
class RoleCost:
    """A role: whether one person usually serves several teams, and what a month costs by division."""

    key: str
    name: str
    americas: int
    europe: int
    is_shared: bool


ROLES: tuple[RoleCost, ...] = (
    RoleCost("engineer", "Software engineer", 11_400, 8_300, is_shared=False),
    RoleCost("senior-engineer", "Senior software engineer", 14_200, 10_400, is_shared=False),
    RoleCost("quality-engineer", "Quality engineer", 9_600, 7_100, is_shared=False),
    RoleCost("product-manager", "Product manager", 13_100, 9_700, is_shared=True),
    RoleCost("agile-lead", "Agile lead", 11_900, 8_800, is_shared=True),
    RoleCost("designer", "Product designer", 10_700, 7_900, is_shared=True),
    RoleCost("analyst", "Data analyst", 10_100, 7_500, is_shared=True),
)
ON_COST_PERCENT = {AMERICA: 19, EUROPE: 24}
RAISE_PERCENT = {2024: 100, 2025: 103, 2026: 106}

DEDICATED: dict[str, tuple[int, int, int]] = {
    "onboarding": (3, 1, 1),
    "catalogue-search": (3, 1, 0),
    "courseware": (4, 2, 1),
    "assessments": (3, 1, 1),
    "engagement": (2, 1, 0),
    "support-tools": (2, 0, 1),
    "platform": (2, 2, 0),
    "data": (2, 1, 0),
    "security-privacy": (1, 1, 0),
}
"""Engineers, senior engineers and quality engineers who work for one team alone."""

SHARED: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = (
    ("product-manager", (("onboarding", 500_000), ("catalogue-search", 500_000))),
    ("product-manager", (("courseware", 600_000), ("assessments", 400_000))),
    ("product-manager", (("engagement", 500_000), ("support-tools", 300_000))),
    ("agile-lead", (("onboarding", 400_000), ("catalogue-search", 300_000), ("engagement", 300_000))),
    ("agile-lead", (("courseware", 500_000), ("assessments", 500_000))),
    ("agile-lead", (("platform", 400_000), ("data", 300_000), ("security-privacy", 300_000))),
    ("designer", (("onboarding", 600_000), ("engagement", 400_000))),
    ("designer", (("courseware", 400_000), ("assessments", 300_000), ("catalogue-search", 300_000))),
    ("analyst", (("catalogue-search", 500_000), ("support-tools", 250_000), ("courseware", 250_000))),
    ("analyst", (("data", 1_000_000),)),
)
"""People who serve several teams, with their shares; one of them has a fifth of the month unassigned."""

POOLS: tuple[tuple[str, str, str, bool], ...] = (
    ("cloud", "Cloud hosting", "usage", False),
    ("developer-tools", "Developer tools", "headcount", False),
    ("research-panel", "User research panel", "fixed", False),
    ("offices", "Offices and administration", "headcount", True),
)
POOL_MONTHLY: dict[str, tuple[int, str]] = {
    "cloud": (41_500, "Cloud"),
    "developer-tools": (12_800, "Software"),
    "research-panel": (6_400, "Research"),
    "offices": (38_900, "Facilities"),
}
CLOUD_USAGE = {
    "onboarding": 210,
    "catalogue-search": 380,
    "courseware": 520,
    "assessments": 260,
    "engagement": 140,
    "support-tools": 90,
    "platform": 160,
    "data": 340,
    "security-privacy": 40,
}
RESEARCH_SHARES = {"onboarding": 400_000, "catalogue-search": 250_000, "engagement": 350_000}

PLATFORM_USAGE: dict[str, dict[str, int]] = {
    "platform": {
        "onboarding": 24,
        "catalogue-search": 22,
        "courseware": 28,
        "assessments": 14,
        "engagement": 12,
        "support-tools": 9,
        "data": 18,
        "security-privacy": 5,
    },
    "data": {
        "onboarding": 90,
        "catalogue-search": 140,
        "courseware": 110,
        "assessments": 120,
        "engagement": 100,
        "support-tools": 60,
        "platform": 40,
    },
    "security-privacy": {
        "onboarding": 3,
        "catalogue-search": 2,
        "courseware": 3,
        "assessments": 4,
        "engagement": 2,
        "support-tools": 2,
        "platform": 3,
        "data": 2,
    },
}
"""Deployments, data requests, reviews a month: each giver's own unit; platform and data serve each other."""

CONTRACTORS: dict[str, tuple[int, str]] = {
    "courseware": (9_200, "Brightwater Studios"),
    "catalogue-search": (7_600, "Fennel Consulting"),
    "security-privacy": (5_900, "Keystone Audit"),
    "data": (6_300, "Fennel Consulting"),
}
INTENT_BY_TEAM = {
    "onboarding": "grow",
    "catalogue-search": "grow",
    "courseware": "grow",
    "assessments": "grow",
    "engagement": "transform",
    "support-tools": "run",
    "platform": "run",
    "data": "transform",
    "security-privacy": "run",
}
CAPITAL_PERCENT = {
    "onboarding": 62,
    "catalogue-search": 58,
    "courseware": 64,
    "assessments": 55,
    "engagement": 60,
    "support-tools": 15,
    "platform": 40,
    "data": 45,
    "security-privacy": 0,
}
"""How much of a team's people cost finance capitalises, as finance itself says on each line."""

PLANS = (("Budget 2026", "2025-12-05", False), ("Reforecast July 2026", "2026-07-03", True))
PLANNED_POSITIONS = (
    ("POS-101", "onboarding", "engineer", "2026-12", 1_000_000, "instalments"),
    ("POS-102", "platform", "senior-engineer", "2027-01", 1_000_000, ""),
    ("POS-103", "assessments", "quality-engineer", "2026-12", 500_000, ""),
)
