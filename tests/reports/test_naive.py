"""T1, T4, V2 to V16: random companies count what a second reckoning says that shares no code with ours.

Alder of the first quarter of 2015 (see `conftest`), with three currencies, caps, copies, slices, losses, ends
and questions. Each is looked at, two months are closed, it is told otherwise, and it is looked at again: what
the closed months count stays, and the difference counts in the open one (V16).
"""

from collections import defaultdict
from datetime import date
from fractions import Fraction
from random import Random

import pytest

from roi.domain.periods import Span
from roi.reports import outcomes, portfolio
from roi.reports.shapes import Scope
from roi.store.changes import End, Put
from tests.reports.conftest import OUTCOME
from tests.reports.naive import TICKS, Books
from tests.reports.value_rows import DEFAULTS

MONTHS = JANUARY, FEBRUARY, MARCH, APRIL, MAY = (201501, 201502, 201503, 201504, 201505)
NEW_YEAR, TODAY = date(2015, 1, 1), date(2015, 5, 20)
TEAMS = ("onboarding", "search", "platform")
KINDS = {"sales": "margin", "abroad": "margin", "fees": "cost_outside", "cloud": "engineering_cost", "": ""}
CURRENCIES = {"sales": "GBP", "abroad": "EUR", "fees": "JPY", "cloud": "GBP"}
RATES = (("EUR", 800_000_000), ("JPY", 5_000_000))
CELLS = [("sales", "new"), ("sales", "old"), ("abroad", "all"), ("fees", "all"), ("cloud", "all")]
CLASSES = {
    "margin": ("revenue", "retention"),
    "cost_outside": ("cost_reduction",),
    "engineering_cost": ("cost_reduction",),
    "": ("cost_avoided", "not_financial"),
}
KEYS = tuple(f"o{number}" for number in range(10))
EPICS = tuple(f"e{number}" for number in range(4))
TABLES = (
    "outcome outcome_plan epic epic_team epic_slice epic_plan finance_line line_month confirmation "
    "confirmed_reading closure question exchange_rate platform_usage"
).split()


def put(table, names, rows):
    """Rows of a table from their cells, in the order of the names."""
    return Put(table, tuple(dict(zip(names.split(), cells, strict=True)) for cells in rows))


def founded(rng):
    """Lines with their cells, rates, and who uses the platform."""
    its = [
        (currency, "GBP", one, "average", rate + one, "bank") for currency, rate in RATES for one in MONTHS
    ]
    use = [("platform", team, JANUARY, None, rng.randint(1, 5)) for team in TEAMS[:2]]
    lines = [(line, line, KINDS[line], currency, "") for line, currency in CURRENCIES.items()]
    return [
        put("finance_line", "line name kind currency source", lines),
        put("line_cell", "line cell name segments", [(*one, one[1], " ".join(one)) for one in CELLS]),
        put("exchange_rate", "currency target month basis rate_billionths rate_source", its),
        put("platform_usage", "platform consumer first_month last_month quantity", use),
    ]


def work(rng):
    """Epics of one team or two, some delivered in slices, some not."""
    epics, teams, slices = [], [], []
    for key in EPICS:
        delivered = rng.choice([None, date(2015, 1, 20), date(2015, 1, 20), date(2015, 2, 10)])
        epics.append((key, key, rng.choice(TEAMS), "feature", date(2015, 1, 2), delivered, 100_000, False))
        if rng.random() < 0.5:
            effort = rng.choice([300_000, 500_000])
            teams += [(key, "search", 0, effort), (key, "platform", 0, 1_000_000 - effort)]
        if rng.random() < 0.4 and delivered != date(2015, 1, 20):
            slices.append((key, "s", "s", date(2015, 1, 10), 600_000))
    return [
        put("epic", "epic name team kind started delivered planned_share is_obligation", epics),
        put("epic_team", "epic team planned_share effort", teams),
        put("epic_slice", "epic slice name delivered share", slices),
    ]


def promised(rng):
    """Outcomes and plans: few metrics, so that they share pools; a copy names an earlier one."""
    made, plans = [], []
    for number, key in enumerate(KEYS):
        line, cell = rng.choice([*CELLS[:3], *CELLS, ("", "")])
        metric, direction = rng.choice([("people", "up"), ("waits", "down")])
        its = {**OUTCOME, "outcome": key, "epic": rng.choice(EPICS), "metric": metric, "direction": direction}
        its["currency"] = CURRENCIES.get(line) or rng.choice(["GBP", "EUR"])
        its["value_class"] = rng.choice(CLASSES[KINDS[line]])
        its["value_basis"] = rng.choice(["booked", "booked", "booked", "agreed", "assumed"])
        its["owner"] = rng.choice(["Olga", "Olga", "Olga", "Fiona"])
        plan = {**DEFAULTS["outcome_plan"], "outcome": key, "line": line, "cell": cell}
        plan["agreed_on"] = rng.choice([NEW_YEAR, NEW_YEAR, date(2015, 2, 20)])
        plan["planned_share"] = rng.choice([None, 300_000, 500_000, 800_000])
        if number and rng.random() < 0.3:
            of = rng.randrange(number)
            plan |= {"line": plans[of]["line"], "cell": plans[of]["cell"], "copied_from": KEYS[of]}
            its |= {one: made[of][one] for one in ("metric", "direction", "currency", "value_class")}
        made.append(its)
        plans.append(plan)
    return made, plans


def told(rng, made):
    """Readings, ticks, caps, ends and questions: what differs between the two looks."""
    read, earlier, ticks = [], [], []
    for one in made:
        key, day = one["outcome"], date(2015, rng.choice([2, 3, 4]), 25)
        level = rng.choice([1100, 1050, 960]) if one["direction"] == "up" else rng.choice([900, 940, 1030])
        share = rng.choice([300_000, 500_000, 900_000])
        shares = {"share_low": share, "share_likely": share, "share_high": share}
        is_read, grade = rng.random() < 0.9, rng.choice("ABCDE")
        read.append(
            {**one, **shares, "grade": grade, "actual": str(level), "read_on": day} if is_read else one
        )
        if rng.random() < 0.3 and one["value_basis"] != "assumed" and is_read and day.month > 2:
            then = {name: one[name] for name in ("outcome", "baseline", "unit_value", "currency")}
            then |= {**shares, "actual": str(2003 - level), "grade": "C", "read_on": date(2015, 2, 15)}
            earlier.append({**then, "confirmed_by": "Frank", "confirmed_on": TODAY, "valid_to": None})
        if is_read and rng.random() < 0.85:
            by = rng.choice(["Frank", "Frank", "Frank", "Fiona"])
            ticks += [(key, tick, by, TODAY, None) for tick in sorted(TICKS)]
    caps = [
        (*cell, month, 0, rng.choice([-5_000, 30_000, 400_000]) * (1 if KINDS[cell[0]] == "margin" else -1))
        for cell in CELLS
        for month in MONTHS
        if rng.random() < 0.5
    ]
    dropped, closed = ({**DEFAULTS["closure"], "outcome": key} for key in rng.sample(KEYS, 2))
    ends = ({**dropped, "ended_by": "dropped", "ended_on": date(2015, 5, 3)}, closed)
    return [
        Put("outcome", tuple(read)),
        Put("confirmed_reading", tuple(earlier)),
        put("confirmation", "outcome tick confirmed_by confirmed_on valid_to", ticks),
        put("line_month", "line cell month baseline_minor actual_minor", caps),
        Put("closure", ends),
        Put("question", ({**DEFAULTS["question"], "outcome": rng.choice(KEYS)},)),
    ]


def change(built, puts, ends=()):
    def do(recorder):
        for end in ends:
            recorder.end(end)
        for one in puts:
            recorder.put(one)
        recorder.touch(MONTHS)

    built._change("tell", do)


def rows_of(built):
    """The live rows of all tables that the second reckoning reads."""
    found = {}
    with built.store.snapshot() as cursor:
        for table in TABLES:
            its = cursor.execute(f"select * from live_{table}")
            names = [one[0] for one in its.description]
            found[table] = [dict(zip(names, cells, strict=True)) for cells in its.fetchall()]
    return found


def told_before(rows):
    """What was told of readings ends before it is told otherwise."""
    keys = {"confirmation": "tick", "confirmed_reading": "read_on", "closure": "", "question": "asked_on"}
    for table, more in keys.items():
        names = ["outcome", more] if more else ["outcome"]
        yield End(table, tuple(tuple(row[name] for name in names) for row in rows[table]))


def naive(rows):
    """Outcome, how it is treated, month and team: what counts in pounds."""
    books = Books(rows, MONTHS)
    return {
        (key, books.treated(key), month, team): amount * part * books.rate(key, month)
        for (key, month), amount in books.counted().items()
        for team, part in books.by_team(key, month).items()
    }


def booked(closed, now, last):
    """V16: months up to the last closed one as they were, and the difference in the one after it."""
    found = defaultdict(Fraction)
    for (key, treated, month, team), amount in now.items():
        found[key, treated, max(month, last + 1), team] += amount
    for (key, treated, month, team), amount in closed.items():
        found[key, treated, month, team] += amount
        found[key, treated, last + 1, team] -= amount
    return found


def compare(built, actor, found):
    """Each month by outcome, by team, and in all."""
    for month in MONTHS:
        scope = Scope(span=Span(month, month))
        sums = defaultdict(Fraction)
        for (key, treated, one, team), amount in found.items():
            for place in ((treated,), (treated, team), (key,) * (treated != "memo")):
                sums[place] += amount if one == month else 0
        for row in outcomes.build(built.store, actor, scope, TODAY).rows:
            key = row.outcome.key
            assert (row.value.value or 0) == pytest.approx(float(sums[key,]), abs=3), (month, key)
        report = portfolio.build(built.store, actor, scope, TODAY)
        teams = [team for stream in report.streams for team in stream.teams]
        for treated, name in (("cash", "confirmed"), ("protected", "protected")):
            its = {team.key: getattr(team, name).value or 0 for team in teams}
            mine = {key: float(sums[treated, key]) for key in its}
            assert its == pytest.approx(mine, abs=20), (month, treated)
            assert sum(its.values()) == (getattr(report, name).value or 0)
            assert sum(its.values()) == pytest.approx(float(sums[treated,]), abs=20)


@pytest.mark.parametrize("seed", [14, 167])
def test_v16_random_companies_count_what_a_second_reckoning_says(company, executive, seed):
    rng = Random(seed)
    company.lines(*({"month": one, "team": "search", "amount_minor": 20_000} for one in (APRIL, MAY)))
    made, plans = promised(rng)
    begun = [*founded(rng), *work(rng), Put("outcome", tuple(made)), Put("outcome_plan", tuple(plans))]
    change(company, [*begun, *told(rng, made)])
    first = naive(rows_of(company))
    assert sum(amount != 0 for amount in first.values()) > len(MONTHS), (
        "little counts: the test tells nothing"
    )
    compare(company, executive, booked({}, first, 0))
    company.put("closed_month", *({"month": month, "reason": ""} for month in (JANUARY, FEBRUARY)))
    closed = {place: amount for place, amount in first.items() if place[2] <= FEBRUARY}
    change(company, told(rng, made), told_before(rows_of(company)))
    compare(company, executive, booked(closed, naive(rows_of(company)), FEBRUARY))
