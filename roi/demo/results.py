"""Alder Learning's own results by month, what a unit is worth, and the series behind its measures.

The results move with organic growth too; a claim is never more than they moved (rule V8).
"""

from random import Random

from roi.demo import company
from roi.demo.ledger import lines
from roi.demo.tables import Rows, table
from roi.domain.money import to_decimal
from roi.domain.periods import iso_month, months_between

_SEED = 53
RESULT_MONTHS = months_between(202501, company.LAST_MONTH)

LINE_HEADER = "line name kind currency source".split()
LINES = table("""
gross-margin-americas | Gross margin, Americas | margin | USD | management accounts, page 4
gross-margin-europe | Gross margin, Europe | margin | EUR | management accounts, page 5
payment-costs | Payment and refund costs | cost_outside | USD | management accounts, page 7
cloud-hosting | Cloud hosting | engineering_cost | USD | ledger of Alder Americas
""")
CELL_HEADER = "line cell name segments".split()
CELLS = table(
    """
gross-margin-americas ; new-learners ; New learners ; first order
gross-margin-americas ; continuing-learners ; Continuing learners ; renewal|second course
gross-margin-europe ; companies ; Companies ; licence|lesson pack
gross-margin-europe ; certificates ; Certificates ; exam fee|certificate
payment-costs ; card-fees ; Card fees ; cards
payment-costs ; refunds ; Refunds ; refunds
cloud-hosting ; cloud ; Cloud ; all of it
""".replace("|", "\0").replace(";", "|")
)
MONTH_HEADER = "line cell month baseline actual".split()

_BASELINES = {
    ("gross-margin-americas", "new-learners"): 3_400_000,
    ("gross-margin-americas", "continuing-learners"): 5_200_000,
    ("gross-margin-europe", "companies"): 910_000,
    ("gross-margin-europe", "certificates"): 268_000,
    ("payment-costs", "card-fees"): 212_000,
    ("payment-costs", "refunds"): 54_400,
}
_MOVED: dict[tuple[str, str], tuple[tuple[int, int], ...]] = {
    ("gross-margin-americas", "new-learners"): (
        (202501, 190_000),
        (202507, 460_000),
        (202509, 790_000),
        (202601, 930_000),
        (202603, 560_000),
        (202605, 1_270_000),
    ),
    ("gross-margin-americas", "continuing-learners"): (
        (202501, 110_000),
        (202509, 350_000),
        (202601, 540_000),
    ),
    ("gross-margin-europe", "companies"): ((202501, 60_000), (202503, 150_000), (202601, 310_000)),
    ("gross-margin-europe", "certificates"): ((202501, 12_000), (202606, 140_000)),
    ("payment-costs", "card-fees"): ((202501, 1_500), (202510, 27_000)),
    ("payment-costs", "refunds"): ((202501, 1_000), (202607, 24_000)),
}
"""From which month on each cell moved how far against its baseline. In March and April 2026 a price campaign
cost margin, so that new learners brought less than was claimed of them."""
_CLOUD_BASELINE = 54_000

DRIVER_HEADER = "driver name formula currency basis owner source dated".split()
DRIVERS = table("""
margin-per-enrolment | Margin of an enrolment | margin_per_unit | USD | booked
margin-per-checkout | Margin of a checkout | margin_per_unit | USD | booked
margin-of-a-kept-learner | Margin of a learner who stays | retained_margin | USD | booked
margin-of-a-next-level | Margin of a next level | margin_per_unit | USD | agreed
margin-per-company | Margin of a company | margin_per_unit | EUR | agreed
margin-per-certificate | Margin of a certificate | margin_per_unit | EUR | booked
margin-per-pack | Margin of a lesson pack | margin_per_unit | EUR | agreed
margin-per-second-course | Margin of a second course | margin_per_unit | USD | assumed
margin-per-invitation | Margin of an invited friend | margin_per_unit | USD | assumed
margin-per-point-of-tests | Margin of a point of tests | stated | USD | agreed
margin-per-point-of-tutoring | Margin of a point of lessons with the tutor | stated | USD | agreed
loss-per-minute | Loss of a minute without sign-in | downtime | USD | agreed
loss-per-hour-of-data | Loss of an hour without data | expected_loss | USD | agreed
time-per-ticket | Time of a ticket | released_time | USD | agreed
time-per-call | Time of a call | released_time | USD | agreed
time-per-day-of-authoring | Time of authors | released_time | EUR | agreed
day-of-outside-help | A day of outside help | cost_per_unit | USD | agreed
thousand-dollars | A thousand dollars of a bill | cost_per_unit | USD | booked
refund | A refund | cost_per_unit | USD | booked
""")
_SOURCES = table("""
margin-per-enrolment | finance | price list and cost to serve, 2026 | 2026-01-15
margin-per-checkout | finance | price list and cost to serve, 2026 | 2026-01-15
margin-of-a-kept-learner | controller | cohorts of 2024, twelve months | 2026-01-15
margin-of-a-next-level | controller | price list, agreed in March 2026 | 2026-03-02
margin-per-company | controller | contracts of 2025, after support | 2025-11-28
margin-per-certificate | controller | price list and cost of exams, 2026 | 2026-06-30
margin-per-pack | controller | price list, agreed in April 2026 | 2026-04-10
margin-per-second-course | sales |  | 2026-01-19
margin-per-invitation | sales |  | 2025-02-10
margin-per-point-of-tests | controller | agreed with Assessments in May 2024 | 2024-05-06
margin-per-point-of-tutoring | controller | agreed with Engagement in December 2025 | 2025-12-15
loss-per-minute | controller | orders lost in outages of 2024 | 2025-01-06
loss-per-hour-of-data | controller | agreed with insurance, May 2026 | 2026-05-18
time-per-ticket | finance | time study of March 2025 | 2025-03-10
time-per-call | finance | time study of March 2025 | 2025-03-10
time-per-day-of-authoring | controller | time study of February 2026 | 2026-02-09
day-of-outside-help | finance | invoices of 2025 | 2025-10-13
thousand-dollars | finance | the bill itself | 2025-04-14
refund | finance | refunds of 2025, fees included | 2026-03-30
""")
INPUT_HEADER = "driver input low likely high owner source dated".split()
_INPUTS = table("""
margin-per-enrolment | price | 590 | 600 | 610
margin-per-enrolment | margin | 0.68 | 0.70 | 0.72
margin-per-checkout | price | 480 | 500 | 515
margin-per-checkout | margin | 0.66 | 0.68 | 0.70
margin-of-a-kept-learner | customers | 1 | 1 | 1
margin-of-a-kept-learner | margin_per_customer | 470 | 510 | 550
margin-of-a-next-level | price | 250 | 260 | 270
margin-of-a-next-level | margin | 0.68 | 0.70 | 0.72
margin-per-company | price | 1650 | 1800 | 1950
margin-per-company | margin | 0.66 | 0.70 | 0.73
margin-per-certificate | price | 170 | 175 | 180
margin-per-certificate | margin | 0.78 | 0.80 | 0.82
margin-per-pack | price | 140 | 150 | 165
margin-per-pack | margin | 0.70 | 0.80 | 0.85
margin-per-second-course | price | 220 | 240 | 260
margin-per-second-course | margin | 0.60 | 0.75 | 0.80
margin-per-invitation | price | 380 | 420 | 440
margin-per-invitation | margin | 0.55 | 0.65 | 0.70
margin-per-point-of-tests | amount | 4200 | 5200 | 6000
margin-per-point-of-tutoring | amount | 1600 | 2400 | 3000
loss-per-minute | incidents | 1 | 1 | 1
loss-per-minute | hours | 0.02 | 0.02 | 0.02
loss-per-minute | loss | 118000 | 145000 | 170000
loss-per-hour-of-data | events | 0.3 | 0.5 | 0.8
loss-per-hour-of-data | loss | 26000 | 38000 | 55000
time-per-ticket | hours | 0.18 | 0.20 | 0.22
time-per-ticket | rate | 40 | 41 | 42
time-per-ticket | converted | 0.4 | 0.5 | 0.5
time-per-call | hours | 0.25 | 0.30 | 0.33
time-per-call | rate | 40 | 41 | 42
time-per-call | converted | 0.4 | 0.5 | 0.5
time-per-day-of-authoring | hours | 90 | 110 | 125
time-per-day-of-authoring | rate | 46 | 48 | 50
time-per-day-of-authoring | converted | 0.3 | 0.4 | 0.5
day-of-outside-help | units | 1 | 1 | 1
day-of-outside-help | cost | 700 | 760 | 820
thousand-dollars | units | 1 | 1 | 1
thousand-dollars | cost | 1000 | 1000 | 1000
refund | units | 1 | 1 | 1
refund | cost | 80 | 85 | 90
""")

SERIES_HEADER = "series month value source".split()
_BEFORE, _AFTER = (88, 112, 95, 79, 101, 93), (52, 41, 38, 35, 33, 31)


def cells() -> Rows:
    """Cells of the lines as rows of their list."""
    return [tuple(cell.replace("\0", "|") for cell in row) for row in CELLS]


def months() -> Rows:
    """Months of the cells as rows of their list: what would have been, and what was."""
    dice = Random(_SEED)  # noqa: S311 - a demo, not a secret
    found: Rows = []
    for (line, cell), baseline in _BASELINES.items():
        for place, month in enumerate(RESULT_MONTHS):
            base = round(baseline * (1 + 0.004 * place) * (1 + dice.uniform(-0.01, 0.01)))
            moved = round(_moved(line, cell, month) * (1 + dice.uniform(0, 0.05)))
            actual = base - moved if line == "payment-costs" else base + moved
            found.append((line, cell, iso_month(month), f"{base}.00", f"{actual}.00"))
    return found + _cloud()


def _moved(line: str, cell: str, month: int) -> int:
    return max((first, moved) for first, moved in _MOVED[line, cell] if first <= month)[1]


def _cloud() -> Rows:
    """The cloud bill as the ledger has it, beside what finance had expected without the work."""
    bills = dict.fromkeys(RESULT_MONTHS, 0)
    for line in lines():
        if line.pool == "cloud" and line.month in bills:
            bills[line.month] += line.amount
    return [
        (
            "cloud-hosting",
            "cloud",
            iso_month(month),
            f"{_CLOUD_BASELINE}.00",
            f"{to_decimal(bill, 'USD'):f}",
        )
        for month, bill in bills.items()
    ]


def drivers(names: dict[str, str]) -> Rows:
    """Value drivers as rows of their list; `names` says who is meant by a short word."""
    said = _said(names)
    return [(*row, *said[row[0]]) for row in DRIVERS]


def inputs(names: dict[str, str]) -> Rows:
    """Inputs of the drivers as rows of their list; owner, source and date are those of the driver."""
    said = _said(names)
    return [(*row, *said[row[0]]) for row in _INPUTS]


def _said(names: dict[str, str]) -> dict[str, tuple[str, ...]]:
    return {key: (names[owner], *rest) for key, owner, *rest in _SOURCES}


def series() -> Rows:
    """Minutes without sign-in by month, from before the work (rule V14)."""
    found: Rows = []
    for place, month in enumerate(company.MONTHS):
        after = months_between(202508, month) if month >= 202508 else []
        minutes = _AFTER[min(len(after), len(_AFTER)) - 1] - place % 3 if after else _BEFORE[place % 6]
        found.append(("minutes without sign-in", iso_month(month), str(minutes), "status page"))
    return found
