"""What Alder Learning's work did: readings, who confirmed them, questions, ends, what was learned."""

from roi.demo.epics import FINANCE, STUDIES
from roi.demo.tables import Rows, table

HEADER = (
    "outcome read_on actual grade share_low share_likely share_high evidence "
    "effect_low effect_likely effect_high also_happened"
).split()
CONTROLLER = "Theo Lang"

_FIRST = table("""
tests-abandoned | 2025-01-13 | 23.5 | C | 60% | 80% | 100% | monthly series since 2023
tests-abandoned | 2025-03-14 | 24.1 | C | 60% | 80% | 100% | monthly series since 2023
tests-abandoned | 2025-06-13 | 24.6 | C | 60% | 80% | 100% | monthly series since 2023
seats-used | 2025-06-16 | 38 | C | 100% | 100% | 100% | seats used by week
seats-used | 2025-11-14 | 49 | C | 100% | 100% | 100% | seats used by week
company-licences | 2025-06-16 | 232 | D | 50% | 65% | 80% | contracts signed, before and after
company-licences | 2025-08-15 | 251 | D | 50% | 65% | 80% | contracts signed, before and after
company-licences | 2025-11-28 | 274 | D | 50% | 65% | 80% | contracts signed, before and after
useful-searches | 2025-07-21 | 83 | B | 100% | 100% | 100% | rated sample of 2,000 searches
useful-searches | 2025-09-22 | 87 | B | 100% | 100% | 100% | rated sample of 2,000 searches
checkouts-started | 2025-07-21 | 9930 | B | 45% | 55% | 65% | half of the visitors kept the old search
checkouts-started | 2025-09-22 | 10120 | B | 45% | 55% | 65% | half of the visitors kept the old search
checkouts-started | 2025-12-19 | 10160 | B | 46% | 55% | 64% | half of the visitors kept the old search
sign-in-outage | 2025-08-18 | 52 | C | 70% | 80% | 90% | outage log since 2024
sign-in-outage | 2025-10-17 | 38 | C | 70% | 80% | 90% | outage log since 2024
weekly-planners | 2025-10-10 | 28 | C | 100% | 100% | 100% | product analytics
active-in-week-four | 2025-11-14 | 51 | C | 100% | 100% | 100% | cohorts by week of start
learners-who-cancel | 2025-10-10 | 3020 | C | 50% | 60% | 75% | monthly series since 2023
learners-who-cancel | 2025-12-12 | 2880 | C | 50% | 60% | 75% | monthly series since 2023
practice-cancel | 2025-09-15 | 3110 | B | 35% | 50% | 60% | regions that had it two months later
practice-cancel | 2025-12-12 | 2880 | B | 35% | 50% | 60% | regions that had it two months later
practised-first | 2025-09-15 | 53 | C | 100% | 100% | 100% | records of practice tests
practised-first | 2025-12-12 | 55 | C | 100% | 100% | 100% | records of practice tests
next-level | 2025-11-14 | 870 | D | 40% | 60% | 80% | before and after
trials-that-enrol | 2025-09-29 | 4610 | A | 60% | 70% | 80% | holdout of one trial in ten
trials-that-enrol | 2025-11-28 | 4790 | A | 60% | 70% | 80% | holdout of one trial in ten
invited-friends | 2025-11-28 | 205 | C | 50% | 60% | 70% | codes of invitations
tickets | 2025-11-28 | 18900 | C | 60% | 70% | 80% | ticket log since 2024
card-fees | 2025-10-24 | 201 | C | 70% | 80% | 90% | statements of the card company
""")
_SECOND = table("""
tests-abandoned | 2026-09-30 | 24.6 | C | 60% | 80% | 100% | monthly series since 2023
seats-used | 2026-10-30 | 53 | C | 100% | 100% | 100% | seats used by week
company-licences | 2026-10-30 | 334 | D | 50% | 65% | 80% | contracts signed, before and after
useful-searches | 2025-12-19 | 88 | B | 100% | 100% | 100% | rated sample of 2,000 searches
checkouts-started | 2026-10-30 | 10210 | B | 46% | 55% | 64% | half of the visitors kept the old search
sign-in-outage | 2026-01-16 | 31 | C | 70% | 80% | 90% | outage log since 2024
sign-in-outage | 2026-10-30 | 29 | C | 70% | 80% | 90% | outage log since 2024
weekly-planners | 2026-10-30 | 36 | C | 100% | 100% | 100% | product analytics
active-in-week-four | 2026-10-30 | 53 | C | 100% | 100% | 100% | cohorts by week of start
learners-who-cancel | 2026-03-13 | 2810 | C | 50% | 60% | 75% | monthly series since 2023
learners-who-cancel | 2026-10-30 | 2730 | C | 50% | 60% | 70% | monthly series since 2023
practice-cancel | 2026-02-13 | 2840 | B | 35% | 50% | 60% | regions that had it two months later
practice-cancel | 2026-10-30 | 2730 | B | 40% | 50% | 60% | regions that had it two months later
practised-first | 2026-02-13 | 56 | C | 100% | 100% | 100% | records of practice tests
practised-first | 2026-10-30 | 56 | C | 100% | 100% | 100% | records of practice tests
next-level | 2026-02-13 | 895 | D | 40% | 60% | 80% | before and after
trials-that-enrol | 2026-02-27 | 4870 | A | 60% | 70% | 80% | holdout of one trial in ten
trials-that-enrol | 2026-10-30 | 4910 | A | 60% | 70% | 80% | holdout of one trial in ten
invited-friends | 2026-02-27 | 215 | C | 50% | 60% | 70% | codes of invitations
tickets | 2026-04-30 | 16800 | C | 60% | 70% | 80% | ticket log since 2024
card-fees | 2026-10-30 | 188 | C | 70% | 80% | 90% | statements of the card company
hours-to-learners | 2026-03-02 | 21 | C | 100% | 100% | 100% | release log
hours-to-learners | 2026-07-30 | 14 | C | 100% | 100% | 100% | release log
cloud-bill | 2026-04-30 | 48.6 | C | 60% | 80% | 90% | invoices of the cloud
cloud-bill | 2026-10-30 | 48.1 | C | 60% | 80% | 90% | invoices of the cloud
saved-and-bought | 2026-03-20 | 18 | B | 40% | 50% | 60% | half of the visitors did not have it
saved-and-bought | 2026-05-20 | 6 | B | 40% | 50% | 60% | half of the visitors did not have it
instalment-enrolments | 2026-03-13 | 430 | B | 50% | 60% | 70% | two regions a month later
instalment-enrolments | 2026-08-13 | 640 | B | 50% | 60% | 70% | two regions a month later
instalment-enrolments | 2026-10-30 | 690 | B | 50% | 60% | 70% | two regions a month later
company-checkouts | 2026-07-23 | 10210 | B | 45% | 55% | 65% | half of the visitors kept the old search
certificates | 2026-06-30 | 2290 | B | 70% | 80% | 90% | exam centres that had it later
days-to-publish | 2026-09-28 | 16 | C | 60% | 80% | 90% | dates of drafts and lessons
refunds | 2026-07-10 | 490 | D | 80% | 90% | 100% | before and after
refunds | 2026-10-30 | 450 | D | 80% | 90% | 100% | before and after
""")
_EFFECTS = {
    ("checkouts-started", "2026-10-30"): ("690", "810", "930", ""),
    ("trials-that-enrol", "2026-10-30"): (
        "650",
        "710",
        "770",
        "A price campaign in September, in both groups.",
    ),
    ("company-licences", "2026-10-30"): ("", "", "", "A competitor left the market in spring."),
}
"""Estimates of the movement with their range where there is a comparison, and what else happened (D31)."""

CONFIRMED_FIRST: tuple[tuple[str, str, str], ...] = (
    ("tests-abandoned", CONTROLLER, "2025-07-04"),
    ("company-licences", CONTROLLER, "2025-12-12"),
    ("checkouts-started", FINANCE, "2026-01-09"),
    ("learners-who-cancel", CONTROLLER, "2026-01-09"),
    ("practice-cancel", CONTROLLER, "2026-01-09"),
    ("trials-that-enrol", FINANCE, "2025-12-12"),
)
CONFIRMED: tuple[tuple[str, str, str], ...] = (
    ("tests-abandoned", CONTROLLER, "2026-10-09"),
    ("company-licences", CONTROLLER, "2026-11-06"),
    ("checkouts-started", FINANCE, "2026-11-06"),
    ("sign-in-outage", CONTROLLER, "2026-11-06"),
    ("learners-who-cancel", CONTROLLER, "2026-11-06"),
    ("practice-cancel", CONTROLLER, "2026-11-06"),
    ("tickets", FINANCE, "2026-05-15"),
    ("card-fees", FINANCE, "2026-11-06"),
    ("cloud-bill", FINANCE, "2026-11-06"),
    ("saved-and-bought", FINANCE, "2026-06-05"),
    ("instalment-enrolments", FINANCE, "2026-11-06"),
    ("company-checkouts", FINANCE, "2026-08-07"),
    ("certificates", CONTROLLER, "2026-07-10"),
    ("refunds", CONTROLLER, "2026-11-06"),
)
"""Outcome, who of finance gave all three ticks, and when; the fees were confirmed by their own owner."""

CONFIRMED_LATE: tuple[tuple[str, str, str], ...] = (("trials-that-enrol", FINANCE, "2026-11-06"),)
"""Confirmed when 2025 had closed: what it says of 2025 is a true-up of the first open month (rule V16)."""

ASKED: tuple[tuple[str, str, str, str, str, str, str], ...] = (
    (
        "company-licences",
        CONTROLLER,
        "2025-12-01",
        "Are renewals counted as companies that are new?",
        STUDIES,
        "2025-12-05",
        "No. Only companies that had no licence in the twelve months before.",
    ),
    (
        "next-level",
        FINANCE,
        "2026-03-06",
        "The same learners are counted by the plans of Engagement. Which of the two made them go on?",
        "",
        "",
        "",
    ),
)
"""Outcome, who asked, when and what; who answered, when and what (empty: nobody yet)."""

CLOSURE_HEADER = "outcome ended_on ended_by landed learned reason".split()
CLOSURES: Rows = [
    (
        "tests-abandoned",
        "2026-10-16",
        "closed",
        "not",
        "Tests got harder with each right answer, and learners gave up. Fit a test to the learner's goal.",
        "",
    ),
    (
        "useful-searches",
        "2026-02-06",
        "closed",
        "met",
        "Rated samples of 500 searches would have told us the same in a week.",
        "",
    ),
    (
        "saved-and-bought",
        "2026-06-12",
        "written_off",
        "not",
        "Learners save what they do not mean to buy. Ask before we build a shelf.",
        "Three months after delivery six saved courses are bought a month.",
    ),
]


def first() -> Rows:
    """Readings up to the end of 2025, as rows of their list."""
    return [_row(row) for row in _FIRST]


def second() -> Rows:
    """Readings that came after the first ones were confirmed, as rows of their list."""
    return [_row(row) for row in _SECOND]


def read() -> frozenset[str]:
    """The outcomes that have a reading."""
    return frozenset(row[0] for row in (*_FIRST, *_SECOND))


def _row(row: tuple[str, ...]) -> tuple[str, ...]:
    return (*row, *_EFFECTS.get((row[0], row[1]), ("",) * 4))
