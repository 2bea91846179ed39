"""What Alder Learning works on: initiatives, epics with their teams, slices, effort and success measures.

Delivered and running, cancelled and written off, obligations, a defect, a risk, debt, and a copied epic.
"""

from roi.demo.tables import Rows, table

SALES, STUDIES, TECH, FINANCE = "Amara Obi", "Lukas Brandt", "Jonas Lindqvist", "Ines Marsh"
_PEOPLE = {"sales": SALES, "studies": STUDIES, "tech": TECH, "finance": FINANCE}

INITIATIVE_HEADER = (
    "initiative name owner value_stream approved_on due_on approved_cost currency "
    "problem result measure learning"
).split()
_INITIATIVES = table("""
enrol-more | More visitors become learners | sales | Enrolment | 2024-12-02 | 2026-12-18 | 2900000 | USD
stay-longer | Learners stay and finish | sales | Success | 2025-01-06 | 2026-12-18 | 1600000 | USD
learn-at-work | Companies teach with Alder | studies | Learning | 2024-07-01 | 2027-06-25 | 1900000 | EUR
trusted-tests | Certificates employers trust | studies | Learning | 2024-05-06 | 2026-09-30 | 2100000 | USD
steady-base | A base that does not slow us down | tech | Enabling | 2025-01-06 | 2026-11-27 | 2400000 | USD
""")
_QUESTIONS: dict[str, tuple[str, str, str, str]] = {
    "enrol-more": (
        "Seven in ten visitors leave before they have seen a lesson.",
        "A visitor finds a fitting course and has tried it within ten minutes.",
        "Enrolments and checkouts a month, against a holdout.",
        "Whether it is the search or the first lesson that holds visitors back.",
    ),
    "stay-longer": (
        "A third of all learners cancel within three months.",
        "Learners plan their weeks, keep to them and stay.",
        "Learners who cancel in a month, against the series since 2023.",
        "Whether a plan keeps learners, or only learners who would stay make one.",
    ),
    "learn-at-work": (
        "Companies buy single seats and give up when they have ten of them.",
        "A company licences a whole team in a day and sees what it learns.",
        "Companies with a licence.",
        "Which companies renew, and why.",
    ),
    "trusted-tests": (
        "Employers do not take our certificates for proof.",
        "Exams that cannot be taken by somebody else, and tests that fit the learner.",
        "Certificates sold, and tests that are abandoned.",
        "Whether harder tests cost us learners.",
    ),
    "steady-base": (
        "A change takes two days to reach learners, and sign-in fails too often.",
        "Teams release when they are ready, and learners can always sign in.",
        "Minutes without sign-in, and hours from a finished change to learners.",
        "What the freed weeks are spent on.",
    ),
}

EPIC_HEADER = (
    "epic name team kind started delivered planned_share initiative owner agreed_on due_on run_share "
    "is_obligation is_product_oriented origin launch_cost currency copied_from "
    "ended_on ended_by ended_because"
).split()
_EPICS = table("""
adaptive-tests | Tests that adapt | assessments | feature | 2024-06-03 | 2024-12-13 | 45%
team-licences | Licences for whole teams | courseware | feature | 2024-09-02 | 2025-05-16 | 50%
search-that-answers | Search that answers | catalogue-search | feature | 2025-01-13 | 2025-06-20 | 40%
steady-sign-in | Steady sign-in | platform | technical_debt | 2025-01-20 | 2025-07-18 | 35%
study-plans | Weekly study plans | engagement | feature | 2025-02-03 | 2025-09-12 | 45%
practice-tests | Practice before the exam | assessments | feature | 2025-02-10 | 2025-08-15 | 40%
first-lesson | Guided first lesson | onboarding | feature | 2025-03-03 | 2025-08-29 | 35%
self-service | Answers without a ticket | support-tools | feature | 2025-04-07 | 2025-10-31 | 50%
card-routing | Cheaper card payments | data | technical_debt | 2025-05-05 | 2025-09-26 | 25%
release-path | A shorter way to learners | platform | technical_debt | 2025-08-11 | 2026-01-30 | 40%
saved-courses | Saved courses | catalogue-search | feature | 2025-09-01 | 2026-02-20 | 30%
instalments | Pay by instalments | onboarding | feature | 2025-10-06 | 2026-02-13 | 30%
company-search | Search for companies | courseware | feature | 2025-10-06 | 2026-01-23 | 30%
proctored-exams | Exams from home | assessments | feature | 2025-11-03 | 2026-05-22 | 50%
event-feed | One feed of events | data | technical_debt | 2025-11-10 | 2026-09-04 | 30%
chat-tutor | A tutor to chat with | engagement | feature | 2026-01-12 |  | 30%
consent-records | Consent records for privacy | security-privacy | risk | 2026-01-12 | 2026-10-02 | 60%
recommendations | Courses that fit | data | feature | 2026-02-09 |  | 40%
lesson-authoring | Faster lesson authoring | courseware | feature | 2026-03-02 | 2026-08-28 | 35%
wrong-prices | Wrong prices at checkout | catalogue-search | defect | 2026-04-06 | 2026-06-12 | 15%
refund-requests | Refunds without a call | support-tools | feature | 2026-04-13 | 2026-10-23 | 40%
one-editor | One editor for every lesson | courseware | technical_debt | 2026-05-04 |  | 25%
e-invoices | Invoices as companies must have them | support-tools | risk | 2026-06-08 | 2026-08-14 | 10%
tested-backups | Backups that are tested | platform | risk | 2026-06-08 | 2026-09-11 | 25%
open-to-all | Lessons that everybody can use | courseware | risk | 2026-09-14 |  | 15%
two-step-access | Two steps for who administers | platform | risk | 2026-10-05 |  | 15%
records-to-take | Records that a company takes along | assessments | risk | 2026-10-12 |  | 10%
gift-courses | Courses as a gift | onboarding | feature | 2027-01-11 |  | 40%
one-page-sign-up | Sign up on one page | onboarding | feature | 2027-06-07 |  | 35%
""")
_EPIC_PLANS = table("""
adaptive-tests | trusted-tests | studies | 2024-05-06 | 2024-11-29 | 15%
team-licences | learn-at-work | studies | 2024-07-15 | 2025-04-30 | 15%
search-that-answers | enrol-more | sales | 2024-12-09 | 2025-06-20 | 18%
steady-sign-in | steady-base | tech | 2025-01-06 | 2025-06-27 | 8%
study-plans | stay-longer | sales | 2025-01-20 | 2025-08-29 | 12%
practice-tests | trusted-tests | studies | 2025-01-20 | 2025-07-31 | 10%
first-lesson | enrol-more | sales | 2025-02-10 | 2025-08-29 | 12%
self-service |  | studies | 2025-03-10 | 2025-09-30 | 20%
card-routing | steady-base | finance | 2025-04-14 | 2025-09-26 | 5%
release-path | steady-base | tech | 2025-07-14 | 2026-01-16 | 8%
saved-courses | enrol-more | sales | 2025-08-04 | 2026-01-30 | 12%
instalments | enrol-more | sales | 2025-09-15 | 2026-02-13 | 10%
company-search | learn-at-work | studies | 2025-09-15 | 2026-01-23 | 10%
proctored-exams | trusted-tests | studies | 2025-10-06 | 2026-04-30 | 20%
event-feed | steady-base | tech | 2025-10-13 | 2026-07-31 | 10%
chat-tutor | stay-longer | sales | 2025-12-15 | 2026-07-31 | 30%
consent-records |  | tech | 2025-12-08 | 2026-09-30 | 5%
recommendations | enrol-more | sales | 2026-01-19 | 2026-12-18 | 15%
lesson-authoring | learn-at-work | studies | 2026-02-09 | 2026-08-14 | 10%
wrong-prices |  | sales | 2026-03-30 | 2026-05-29 | 0%
refund-requests |  | studies | 2026-03-16 | 2026-10-30 | 15%
one-editor | learn-at-work | studies | 2026-04-13 | 2027-05-28 | 12%
e-invoices |  | finance | 2026-05-11 | 2026-07-31 | 5%
open-to-all |  | studies | 2026-08-24 | 2026-12-11 | 5%
two-step-access |  | tech | 2026-09-14 | 2027-02-26 | 5%
records-to-take |  | studies | 2026-09-21 | 2027-03-26 | 5%
tested-backups | steady-base | tech | 2026-05-18 | 2026-09-11 | 5%
gift-courses |  | sales | 2026-09-28 | 2027-05-28 | 12%
one-page-sign-up |  | sales | 2026-10-19 | 2027-07-30 | 8%
""")
_ORIGINS = {"event-feed": "dependency", "company-search": "dependency", "wrong-prices": "unplanned"}
_LAUNCH = {
    "team-licences": ("48000.00", "EUR"),
    "first-lesson": ("22500.00", "USD"),
    "instalments": ("31000.00", "USD"),
    "proctored-exams": ("64000.00", "EUR"),
}
_COPIED = {"company-search": "search-that-answers"}
_PROJECTS = frozenset({"wrong-prices", "consent-records", "card-routing", "e-invoices"})
_ENDED = {
    "chat-tutor": (
        "2026-05-29",
        "cancelled",
        "Learners asked the tutor for answers and learned less; an hour of it cost more than a lesson earns.",
    )
}

_OBLIGATIONS = frozenset(
    {"consent-records", "e-invoices", "open-to-all", "two-step-access", "records-to-take"}
)

OBLIGATION_HEADER = "epic kind deadline penalty currency note".split()
OBLIGATIONS = table("""
consent-records | law | 2026-10-31 | 400000 | EUR | privacy act, article 30
e-invoices | contract | 2026-07-31 | 25000 | EUR | with three large companies
open-to-all | law | 2026-12-18 | 90000 | USD | act on accessible services
two-step-access | security | 2027-03-31 |  |  | finding 7 of the yearly security audit
""")
"""Met in time, met late, due soon, and one without a known penalty; `records-to-take` has no deadline yet."""

MET_HEADER = "epic met_on paid currency".split()
MET = table("""
e-invoices |  | 12500 | EUR
""")
"""What came of the one that was met late: half of its penalty was paid."""

EPIC_TEAM_HEADER = "epic team planned_share effort".split()
EPIC_TEAMS = table("""
proctored-exams | assessments | 50% | 80%
proctored-exams | security-privacy | 10% | 20%
recommendations | data | 40% | 60%
recommendations | catalogue-search | 15% | 40%
lesson-authoring | courseware | 35% | 85%
lesson-authoring | platform | 10% | 15%
""")
"""Epics of several teams: the planned share of each, and its frozen part of the value (rule V3)."""

SLICE_HEADER = "epic slice name delivered share".split()
SLICES = table("""
team-licences | seats | Buying seats for a team | 2025-02-14 | 70%
team-licences | reports | Reports for managers | 2025-05-16 | 30%
recommendations | home | Courses that fit at home | 2026-10-30 | 30%
recommendations | mail | Courses that fit by mail |  | 70%
""")

WAIT_HEADER = "epic team waits_for since ended_on note".split()
WAITS = table("""
recommendations | security-privacy |  | 2026-10-05 |  | a yes to sending what a learner looked at by mail
lesson-authoring |  | the new licence of the video supplier | 2026-05-18 | 2026-06-12 | signed by both sides
""")
"""What epics wait for, as their owners recorded it: one still open, one over."""

LIFE_HEADER = "value_stream owner started retired reason".split()
_LIVES = table("""
Enrolment | sales | 2021-09 |  |
Learning | studies | 2019-02 |  |
Success | sales | 2023-04 | 2027-12 | the courses themselves will plan the weeks and answer the questions
""")
"""The products of Alder Learning, which are its value streams; one is to be retired."""

EFFORT_HEADER = "team month epic days".split()
_EFFORT = {"2026-07": (17, 22, 21), "2026-08": (21, 19, 18), "2026-09": (27, 4, 24), "2026-10": (29, 0, 25)}
"""Item-days of the Data team by its own log: recommendations, event feed, run and unplanned."""

MEASURE_HEADER = "name initiative epic unit direction target actual read_on source".split()
_MEASURES = table("""
Visitors who find a fitting course | enrol-more |  | % | up | at least 60%
Minutes to the first lesson | enrol-more |  | minutes | down | at most 10
Learners who would recommend Alder | stay-longer |  | % | up | 45% to 55%
Courses finished of those started | stay-longer |  | % | up | at least 40%
Companies that renew | learn-at-work |  | % | up | at least 85%
Managers who read the reports | learn-at-work |  |  | up | most of them
Employers who accept the certificate | trusted-tests |  | employers | up | 120
Complaints about exams | trusted-tests | proctored-exams | a month | down | at most 15
Teams that release when ready | steady-base |  | teams | up | 9
Records kept as the law asks |  | consent-records | % | up | 100%
""")
_MEASURED = table("""
Visitors who find a fitting course | 64% | 2026-09-30 | survey of 800 visitors
Minutes to the first lesson | 12 | 2026-09-30 | web analytics
Learners who would recommend Alder | 51% | 2026-06-30 | survey twice a year
Courses finished of those started |  |  | course records
Companies that renew | 88% | 2026-09-30 | contracts
Managers who read the reports | some | 2026-06-30 | interviews
Employers who accept the certificate | 87 | 2026-09-30 | letters of acceptance
Complaints about exams | 11 | 2026-10-30 | support log
Teams that release when ready | 7 | 2026-09-30 | release log
Records kept as the law asks | 100% | 2026-10-30 | audit of a sample
""")
"""They stay what they are and are never money (rule V9)."""


def initiatives() -> Rows:
    """Initiatives as rows of their list."""
    return [(key, name, _PEOPLE[owner], *rest, *_QUESTIONS[key]) for key, name, owner, *rest in _INITIATIVES]


def epics() -> Rows:
    """Epics with their plans as rows of their list."""
    agreed = {key: rest for key, *rest in _EPIC_PLANS}
    return [(key, *rest, *_plan(key, agreed[key])) for key, *rest in _EPICS]


def _plan(key: str, agreed: list[str]) -> tuple[str, ...]:
    initiative, owner, agreed_on, due_on, run_share = agreed
    return (
        initiative,
        _PEOPLE[owner],
        agreed_on,
        due_on,
        run_share,
        "yes" if key in _OBLIGATIONS else "no",
        "no" if key in _PROJECTS else "yes",
        _ORIGINS.get(key, "roadmap"),
        *_LAUNCH.get(key, ("", "")),
        _COPIED.get(key, ""),
        *_ENDED.get(key, ("", "", "")),
    )


def agreed_on() -> dict[str, str]:
    """The day on which each epic was agreed."""
    return {row[0]: row[3] for row in _EPIC_PLANS}


def measures() -> Rows:
    """Success measures as rows of their list."""
    came = {name: rest for name, *rest in _MEASURED}
    return [(*row, *came[row[0]]) for row in _MEASURES]


def lives() -> Rows:
    """The lives of products as rows of their list."""
    return [(stream, _PEOPLE[owner], *rest) for stream, owner, *rest in _LIVES]


def effort() -> Rows:
    """Item-days by month as rows of their list."""
    named = ("recommendations", "event-feed", "")
    return [
        ("data", month, epic, str(number))
        for month, days in _EFFORT.items()
        for epic, number in zip(named, days, strict=True)
        if number
    ]


def person(word: str) -> str:
    """Who is meant by a short word of these tables; nobody by an empty one."""
    return _PEOPLE[word] if word else ""
