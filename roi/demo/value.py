"""What Alder Learning's work should change and what it did: epics, outcomes, readings, who confirmed them.

Good and bad, read and unread, cash and not: a reading overdue, one that went the wrong way, one that its own
owner confirmed, and an obligation that is judged on its date alone.
"""

from dataclasses import dataclass

_SALES, _STUDIES, _TECH = "Amara Obi", "Lukas Brandt", "Jonas Lindqvist"
_FINANCE = "Ines Marsh"
OWNER = _SALES


@dataclass(frozen=True, slots=True)
class Work:
    """An epic of the demo company; dates as they are written in its file, `delivered` empty while it runs."""

    key: str
    name: str
    team: str
    kind: str
    started: str
    delivered: str
    share: str
    is_obligation: bool = False


EPICS: tuple[Work, ...] = (
    Work("adaptive-tests", "Tests that adapt", "assessments", "feature", "2024-06-03", "2024-12-13", "45%"),
    Work(
        "team-licences",
        "Licences for whole teams",
        "courseware",
        "feature",
        "2024-09-02",
        "2025-05-16",
        "40%",
    ),
    Work(
        "search-that-answers",
        "Search that answers",
        "catalogue-search",
        "feature",
        "2025-01-13",
        "2025-06-20",
        "40%",
    ),
    Work("steady-sign-in", "Steady sign-in", "platform", "technical_debt", "2025-01-20", "2025-07-18", "35%"),
    Work("study-plans", "Weekly study plans", "engagement", "feature", "2025-02-03", "2025-09-12", "45%"),
    Work("first-lesson", "Guided first lesson", "onboarding", "feature", "2025-03-03", "2025-08-29", "35%"),
    Work(
        "self-service",
        "Answers without a ticket",
        "support-tools",
        "feature",
        "2025-04-07",
        "2025-10-24",
        "50%",
    ),
    Work(
        "card-routing", "Cheaper card payments", "data", "technical_debt", "2025-05-05", "2025-09-26", "25%"
    ),
    Work("instalments", "Pay by instalments", "onboarding", "feature", "2025-10-06", "2026-02-13", "30%"),
    Work("proctored-exams", "Exams from home", "assessments", "feature", "2025-11-03", "2026-05-22", "50%"),
    Work(
        "consent-records",
        "Consent records for the privacy law",
        "security-privacy",
        "risk",
        "2026-01-12",
        "2026-09-25",
        "60%",
        is_obligation=True,
    ),
    Work("recommendations", "Courses that fit", "data", "feature", "2026-02-09", "", "40%"),
    Work(
        "lesson-authoring",
        "Faster lesson authoring",
        "courseware",
        "feature",
        "2026-03-02",
        "2026-10-16",
        "45%",
    ),
    Work(
        "wrong-prices",
        "Wrong prices at checkout",
        "catalogue-search",
        "defect",
        "2026-04-06",
        "2026-06-12",
        "15%",
    ),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the metric was read to be, how that is known, and which part of the change is due to the work."""

    actual: str
    read_on: str
    grade: str
    evidence: str
    shares: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Promise:
    """An outcome; numbers as they are written in its file: targets low, likely, high.

    `money` is the value of one unit in a month with its currency and basis; empty where it is not money.
    """

    key: str
    epic: str
    metric: str
    unit: str
    direction: str
    baseline: str
    targets: tuple[str, str, str]
    by_when: str
    value_class: str
    owner: str
    money: tuple[str, str, str] = ("", "", "")
    reading: Reading | None = None


OUTCOMES: tuple[Promise, ...] = (
    Promise(
        "trials-that-enrol",
        "first-lesson",
        "trials that enrol",
        "enrolments a month",
        "up",
        "4200",
        ("4500", "4800", "5200"),
        "2025-12-15",
        "revenue",
        _SALES,
        ("420", "USD", "booked"),
        Reading("4910", "2026-09-30", "A", "holdout of one trial in ten", ("60%", "70%", "80%")),
    ),
    Promise(
        "checkouts-started",
        "search-that-answers",
        "course pages that lead to a checkout",
        "checkouts a month",
        "up",
        "9400",
        ("9900", "10400", "11000"),
        "2025-10-31",
        "revenue",
        _SALES,
        ("340", "USD", "booked"),
        Reading(
            "10350", "2026-09-30", "B", "half of the visitors kept the old search", ("45%", "55%", "70%")
        ),
    ),
    Promise(
        "useful-searches",
        "search-that-answers",
        "searches with a useful result",
        "%",
        "up",
        "70",
        ("84", "90", "93"),
        "2025-09-30",
        "not_financial",
        _SALES,
        reading=Reading("88", "2026-09-30", "B", "rated sample of 2,000 searches", ("100%", "100%", "100%")),
    ),
    Promise(
        "learners-who-cancel",
        "study-plans",
        "learners who cancel",
        "learners a month",
        "down",
        "3150",
        ("2980", "2850", "2700"),
        "2026-01-31",
        "retention",
        _STUDIES,
        ("510", "USD", "booked"),
        Reading("2760", "2026-09-30", "C", "monthly series since 2023", ("50%", "60%", "75%")),
    ),
    Promise(
        "instalment-enrolments",
        "instalments",
        "enrolments paid in instalments",
        "enrolments a month",
        "up",
        "0",
        ("500", "700", "900"),
        "2026-06-30",
        "revenue",
        _SALES,
        ("340", "USD", "booked"),
        Reading("640", "2026-09-30", "B", "two regions a month later", ("50%", "60%", "70%")),
    ),
    Promise(
        "company-licences",
        "team-licences",
        "companies with a licence",
        "companies",
        "up",
        "210",
        ("260", "300", "340"),
        "2025-11-30",
        "revenue",
        _STUDIES,
        ("980", "EUR", "agreed"),
        Reading("312", "2026-09-30", "D", "before and after", ("50%", "65%", "80%")),
    ),
    Promise(
        "tests-abandoned",
        "adaptive-tests",
        "tests that are abandoned",
        "%",
        "down",
        "24",
        ("20", "17", "14"),
        "2025-06-30",
        "retention",
        _STUDIES,
        ("5200", "USD", "agreed"),
        Reading("24.6", "2026-09-30", "C", "monthly series since 2023", ("60%", "80%", "100%")),
    ),
    Promise(
        "tickets",
        "self-service",
        "questions that become a ticket",
        "tickets a month",
        "down",
        "21400",
        ("19000", "18000", "16500"),
        "2026-02-28",
        "released_time",
        _STUDIES,
        ("4.10", "USD", "agreed"),
        Reading("16800", "2026-09-30", "C", "ticket log since 2024", ("60%", "70%", "80%")),
    ),
    Promise(
        "sign-in-outage",
        "steady-sign-in",
        "minutes in which nobody can sign in",
        "minutes a month",
        "down",
        "95",
        ("45", "30", "20"),
        "2025-12-31",
        "risk_reduced",
        _TECH,
        ("2900", "USD", "agreed"),
        Reading("31", "2026-09-30", "C", "outage log since 2023", ("70%", "80%", "90%")),
    ),
    Promise(
        "card-fees",
        "card-routing",
        "fees for card payments",
        "thousand USD a month",
        "down",
        "212",
        ("195", "185", "175"),
        "2025-12-31",
        "cost_reduction",
        _FINANCE,
        ("1000", "USD", "booked"),
        Reading("188", "2026-09-30", "C", "statements of the card company", ("70%", "80%", "90%")),
    ),
    Promise(
        "refunds",
        "wrong-prices",
        "orders refunded for a wrong price",
        "orders a month",
        "down",
        "640",
        ("420", "360", "300"),
        "2026-09-30",
        "retention",
        _SALES,
        ("85", "USD", "agreed"),
        Reading("410", "2026-10-15", "D", "before and after", ("80%", "90%", "100%")),
    ),
    Promise(
        "certificates",
        "proctored-exams",
        "certificates sold",
        "certificates a month",
        "up",
        "1900",
        ("2300", "2600", "2900"),
        "2026-08-31",
        "revenue",
        _STUDIES,
        ("140", "EUR", "agreed"),
    ),
    Promise(
        "requests-in-time",
        "consent-records",
        "requests to delete data that are answered in time",
        "%",
        "up",
        "71",
        ("97", "99", "100"),
        "2026-10-31",
        "not_financial",
        _TECH,
    ),
    Promise(
        "second-courses",
        "recommendations",
        "learners who start a second course",
        "learners a month",
        "up",
        "2600",
        ("2800", "3100", "3500"),
        "2027-03-31",
        "revenue",
        _SALES,
        ("180", "USD", "assumed"),
    ),
    Promise(
        "days-to-publish",
        "lesson-authoring",
        "days from draft to a published lesson",
        "days",
        "down",
        "19",
        ("15", "12", "9"),
        "2027-01-31",
        "released_time",
        _STUDIES,
        ("2400", "EUR", "agreed"),
    ),
)

CONFIRMED_ON = "2026-10-09"
CONFIRMED: tuple[tuple[str, str], ...] = (
    ("trials-that-enrol", _FINANCE),
    ("checkouts-started", _FINANCE),
    ("learners-who-cancel", "Theo Lang"),
    ("instalment-enrolments", _FINANCE),
    ("company-licences", "Theo Lang"),
    ("tests-abandoned", "Theo Lang"),
    ("tickets", _FINANCE),
    ("sign-in-outage", "Theo Lang"),
    ("card-fees", _FINANCE),
)
"""Outcome and who of finance gave all three ticks; the fees were confirmed by their own owner."""

EPIC_HEADER = "name team kind started delivered planned_share is_obligation epic".split()
OUTCOME_HEADER = (
    "epic metric unit direction baseline target_low target_likely target_high by_when value_class unit_value "
    "currency value_basis owner actual read_on grade evidence share_low share_likely share_high outcome"
).split()


def epic_rows() -> list[tuple[str, ...]]:
    """The epics as rows of their list."""
    return [
        (e.name, e.team, e.kind, e.started, e.delivered, e.share, "yes" if e.is_obligation else "no", e.key)
        for e in EPICS
    ]


def outcome_rows() -> list[tuple[str, ...]]:
    """The outcomes with their readings as rows of their list."""
    return [_outcome_row(one) for one in OUTCOMES]


def _outcome_row(one: Promise) -> tuple[str, ...]:
    promised = (one.epic, one.metric, one.unit, one.direction, one.baseline, *one.targets, one.by_when)
    read = one.reading
    told = (read.actual, read.read_on, read.grade, read.evidence, *read.shares) if read else ("",) * 7
    return (*promised, one.value_class, *one.money, one.owner, *told, one.key)
