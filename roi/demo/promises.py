"""What Alder Learning's work should change: outcomes of every class, their targets, whose money it is."""

from roi.demo import epics, questions
from roi.demo.tables import Rows, table

HEADER = (
    "outcome epic metric unit direction baseline target_low target_likely target_high by_when value_class "
    "unit_value currency value_basis line cell driver planned_share owner confirmer agreed_on "
    "evidence_planned leads_to series horizon_months half_life_months capacity_weeks problem result learning"
).split()

_NAMED = table("""
tests-abandoned | adaptive-tests | tests that are abandoned | % | down
seats-used | team-licences | licensed seats in use each week | % | up
company-licences | team-licences | companies with a licence | companies | up
useful-searches | search-that-answers | searches with a useful result | % | up
checkouts-started | search-that-answers | course pages that lead to a checkout | checkouts a month | up
sign-in-outage | steady-sign-in | minutes in which nobody can sign in | minutes a month | down
weekly-planners | study-plans | learners who plan their week | % | up
active-in-week-four | study-plans | learners still active in week four | % | up
learners-who-cancel | study-plans | learners who cancel | learners a month | down
practice-cancel | practice-tests | learners who cancel | learners a month | down
practised-first | practice-tests | learners who practise before the exam | % | up
next-level | practice-tests | learners who go on to the next level | learners a month | up
trials-that-enrol | first-lesson | trials that enrol | enrolments a month | up
invited-friends | first-lesson | friends who enrol after an invitation | enrolments a month | up
tickets | self-service | questions that become a ticket | tickets a month | down
card-fees | card-routing | fees for card payments | thousand USD a month | down
hours-to-learners | release-path | hours from a finished change to learners | hours | down
cloud-bill | release-path | cloud bill | thousand USD a month | down
saved-and-bought | saved-courses | saved courses that are bought | enrolments a month | up
instalment-enrolments | instalments | enrolments paid in instalments | enrolments a month | up
company-checkouts | company-search | course pages that lead to a checkout | checkouts a month | up
certificates | proctored-exams | certificates sold | certificates a month | up
days-of-outside-help | event-feed | days of outside help for reports | days a month | down
tutored-lessons | chat-tutor | lessons finished with the tutor | % | up
requests-in-time | consent-records | requests to delete data answered in time | % | up
second-courses | recommendations | learners who start a second course | learners a month | up
courses-per-learner | recommendations | courses looked at by a learner | courses a month | up
days-to-publish | lesson-authoring | days from draft to a published lesson | days | down
refunds | wrong-prices | orders refunded for a wrong price | orders a month | down
refund-calls | refund-requests | calls about a refund | calls a month | down
lesson-packs | one-editor | lesson packs sold to companies | packs a month | up
hours-to-restore | tested-backups | hours until lost data is there again | hours | down
gifts-redeemed | gift-courses | gifts that become an enrolment | enrolments a month | up
quicker-checkout | gift-courses | days to change the checkout | days | down
one-page-enrolments | one-page-sign-up | enrolments on one page | enrolments a month | up
""")
_LEVELS = table("""
tests-abandoned | 24 | 20 | 17 | 14
seats-used | 31 | 40 | 50 | 58
company-licences | 210 | 270 | 310 | 350
useful-searches | 70 | 84 | 90 | 93
checkouts-started | 9400 | 9900 | 10400 | 11000
sign-in-outage | 95 | 45 | 30 | 20
weekly-planners | 20 | 25 | 34 | 42
active-in-week-four | 46 | 50 | 54 | 58
learners-who-cancel | 3150 | 2980 | 2850 | 2700
practice-cancel | 3150 | 3050 | 2950 | 2850
practised-first | 52 | 58 | 64 | 70
next-level | 820 | 900 | 980 | 1080
trials-that-enrol | 4200 | 4500 | 4800 | 5200
invited-friends | 130 | 180 | 240 | 300
tickets | 21400 | 19000 | 18000 | 16500
card-fees | 212 | 195 | 185 | 175
hours-to-learners | 46 | 20 | 12 | 6
cloud-bill | 54 | 51 | 48 | 45
saved-and-bought | 0 | 150 | 260 | 380
instalment-enrolments | 0 | 500 | 700 | 900
company-checkouts | 9400 | 9900 | 10400 | 11000
certificates | 1900 | 2300 | 2600 | 2900
days-of-outside-help | 34 | 20 | 12 | 6
tutored-lessons | 58 | 62 | 66 | 70
requests-in-time | 71 | 97 | 99 | 100
second-courses | 2600 | 2800 | 3100 | 3500
courses-per-learner | 3.1 | 3.5 | 4 | 4.6
days-to-publish | 19 | 15 | 12 | 9
refunds | 640 | 420 | 360 | 300
refund-calls | 3900 | 2600 | 1900 | 1400
lesson-packs | 40 | 60 | 90 | 140
hours-to-restore | 31 | 12 | 6 | 3
gifts-redeemed | 0 | 90 | 150 | 230
quicker-checkout | 12 | 8 | 5 | 3
one-page-enrolments | 4800 | 4990 | 5100 | 5230
""")
_MONEY = table("""
tests-abandoned | retention | gross-margin-americas | continuing-learners | margin-per-point-of-tests | 80%
seats-used | not_financial |  |  |  |
company-licences | revenue | gross-margin-europe | companies | margin-per-company | 65%
useful-searches | not_financial |  |  |  |
checkouts-started | revenue | gross-margin-americas | new-learners | margin-per-checkout | 55%
sign-in-outage | risk_reduced |  |  | loss-per-minute | 80%
weekly-planners | not_financial |  |  |  |
active-in-week-four | not_financial |  |  |  |
learners-who-cancel | retention | gross-margin-americas | continuing-learners | margin-of-a-kept-learner | 60%
practice-cancel | retention | gross-margin-americas | continuing-learners | margin-of-a-kept-learner | 50%
practised-first | not_financial |  |  |  |
next-level | revenue | gross-margin-americas | continuing-learners | margin-of-a-next-level | 60%
trials-that-enrol | revenue | gross-margin-americas | new-learners | margin-per-enrolment | 70%
invited-friends | revenue | gross-margin-americas | new-learners | margin-per-invitation | 60%
tickets | released_time |  |  | time-per-ticket | 70%
card-fees | cost_reduction | payment-costs | card-fees | thousand-dollars | 80%
hours-to-learners | released_time |  |  |  |
cloud-bill | cost_reduction | cloud-hosting | cloud | thousand-dollars | 80%
saved-and-bought | revenue | gross-margin-americas | new-learners | margin-per-checkout | 50%
instalment-enrolments | revenue | gross-margin-americas | new-learners | margin-per-checkout | 60%
company-checkouts | revenue | gross-margin-americas | new-learners | margin-per-checkout | 55%
certificates | revenue | gross-margin-europe | certificates | margin-per-certificate | 80%
days-of-outside-help | cost_avoided |  |  | day-of-outside-help | 90%
tutored-lessons | retention | gross-margin-americas | continuing-learners | margin-per-point-of-tutoring | 60%
requests-in-time | not_financial |  |  |  |
second-courses | revenue | gross-margin-americas | continuing-learners | margin-per-second-course | 60%
courses-per-learner | not_financial |  |  |  |
days-to-publish | released_time |  |  | time-per-day-of-authoring | 80%
refunds | cost_reduction | payment-costs | refunds | refund | 90%
refund-calls | released_time |  |  | time-per-call | 80%
lesson-packs | revenue | gross-margin-europe | companies | margin-per-pack | 80%
hours-to-restore | risk_reduced |  |  | loss-per-hour-of-data | 70%
gifts-redeemed | revenue | gross-margin-americas | new-learners | margin-per-enrolment | 70%
quicker-checkout | released_time |  |  |  |
one-page-enrolments | revenue | gross-margin-americas | new-learners | margin-per-enrolment | 70%
""")
_AGREED = table("""
tests-abandoned | studies | controller | 2025-06-30 |  | monthly series since 2023
seats-used | studies |  | 2025-09-30 | company-licences | seats used by week
company-licences | studies | controller | 2025-11-30 |  | before and after
useful-searches | sales |  | 2025-09-30 | checkouts-started | rated sample of 2,000 searches
checkouts-started | sales | finance | 2025-12-19 |  | half of the visitors keep the old search
sign-in-outage | tech | controller | 2026-01-16 |  | outage log since 2024
weekly-planners | sales |  | 2025-10-10 | active-in-week-four | product analytics
active-in-week-four | sales |  | 2025-11-14 | learners-who-cancel | cohorts by week of start
learners-who-cancel | studies | controller | 2026-01-30 |  | monthly series since 2023
practice-cancel | studies | controller | 2026-01-30 |  | regions that had it later
practised-first | studies |  | 2026-01-30 |  | records of practice tests
next-level | studies | finance | 2026-02-13 |  | before and after
trials-that-enrol | sales | finance | 2026-02-27 |  | holdout of one trial in ten
invited-friends | sales | finance | 2026-02-27 |  | codes of invitations
tickets | studies | finance | 2026-04-30 |  | ticket log since 2024
card-fees | finance | controller | 2026-03-26 |  | statements of the card company
hours-to-learners | tech |  | 2026-07-30 |  | release log
cloud-bill | tech | finance | 2026-07-30 |  | invoices of the cloud
saved-and-bought | sales | finance | 2026-05-20 |  | half of the visitors do not have it
instalment-enrolments | sales | finance | 2026-08-13 |  | two regions a month later
company-checkouts | studies | finance | 2026-07-23 |  | half of the visitors keep the old search
certificates | studies | controller | 2026-08-21 |  | exam centres that had it later
days-of-outside-help | tech | finance | 2026-12-04 |  | invoices for outside help
tutored-lessons | sales | controller | 2026-10-30 |  | learners with and without the tutor
requests-in-time | tech |  | 2026-10-31 |  | log of requests
second-courses | sales | finance | 2027-03-31 |  | one learner in ten does not have it
courses-per-learner | sales |  |  |  |
days-to-publish | studies | controller | 2026-11-27 |  | dates of drafts and lessons
refunds | sales | controller | 2026-09-11 |  | before and after
refund-calls | studies | finance | 2027-01-22 |  | telephone log
lesson-packs | studies | controller | 2027-11-26 |  | before and after
hours-to-restore | tech | controller | 2026-12-11 |  | drills, once a month
gifts-redeemed | sales | finance | 2027-09-30 |  | codes of gifts
quicker-checkout | sales |  | 2027-09-30 |  | log of changes to the checkout
one-page-enrolments | sales | finance | 2027-12-10 |  | half of the visitors keep the old pages
""")
_PEOPLE = {"finance": epics.FINANCE, "controller": "Theo Lang", "": ""}
DRAFTS = frozenset({"courses-per-learner"})
_SERIES = {"sign-in-outage": "minutes without sign-in"}
_CAPACITY = {"hours-to-learners": "9.5", "quicker-checkout": "3"}
_LASTS = {
    "checkouts-started": ("36", "18"),
    "trials-that-enrol": ("36", "18"),
    "company-licences": ("48", "24"),
    "refunds": ("24", "12"),
}


def rows() -> Rows:
    """The outcomes with their plans as rows of their list."""
    levels, money, agreed = ({key: rest for key, *rest in one} for one in (_LEVELS, _MONEY, _AGREED))
    return [_row((*row, *levels[row[0]]), money[row[0]], agreed[row[0]]) for row in _NAMED]


def _row(target: tuple[str, ...], money: list[str], agreed: list[str]) -> tuple[str, ...]:
    key, epic = target[:2]
    value_class, line, cell, driver, share = money
    owner, confirmer, by_when, leads_to, evidence = agreed
    plan = (
        line,
        cell,
        driver,
        share,
        epics.person(owner),
        _PEOPLE[confirmer],
        _agreed_on(key, epic),
        evidence,
    )
    lasts = _LASTS.get(key, ("", ""))
    told = questions.ANSWERS.get(key, ("", "", ""))
    beside = (leads_to, _SERIES.get(key, ""), *lasts, _CAPACITY.get(key, ""), *told)
    return (*target, by_when, value_class, "", "", "", *plan, *beside)


def _agreed_on(key: str, epic: str) -> str:
    return "" if key in DRAFTS else epics.agreed_on()[epic]
