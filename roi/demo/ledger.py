"""The cost lines of the demo company, month by month, as its two finance departments would export them."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from roi.demo import company
from roi.demo.people import Person, everybody
from roi.domain.money import largest_remainder

_SEED = 4711


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a general ledger; amounts in minor units of the division's currency."""

    month: int
    division: str
    amount: int
    category: str
    person_key: str = ""
    team: str = ""
    cost_centre: str = ""
    pool: str = ""
    supplier: str = ""
    description: str = ""
    nature: str = "cash_cost"
    intent: str = ""
    treatment: str = "operating"


def lines() -> list[Line]:
    """Every line of every month, in the order of the books."""
    dice, people = Random(_SEED), everybody()  # noqa: S311 - a demo, not a secret
    return [line for month in company.MONTHS for line in _month(month, people, dice)]


def _month(month: int, people: tuple[Person, ...], dice: Random) -> Iterator[Line]:
    for person in people:
        yield from _pay(person, month)
    yield from _contractors(month, dice)
    yield from _pools(month, dice)
    yield from _excluded(month, dice)
    yield from _odd(month)


def _pay(person: Person, month: int) -> Iterator[Line]:
    """Pay and on-costs, in an operating and a capital part as finance decides it for the home team."""
    pay, team = person.pay(month), person.shares[0][0]
    if not pay:
        return
    percent = company.CAPITAL_PERCENT[team] if person.role.endswith("engineer") else 0
    intent = company.INTENT_BY_TEAM[team]
    on_cost = pay * company.ON_COST_PERCENT[person.division] // 100
    for category, amount in (("Salaries", pay), ("On-costs", on_cost)):
        capital, operating = largest_remainder(amount, [percent, 100 - percent])
        for treatment, part in (("capital", capital), ("operating", operating)):
            if part:
                yield Line(
                    month,
                    person.division,
                    part,
                    category,
                    person_key=person.key,
                    intent=intent,
                    treatment=treatment,
                )


def _division(team: str) -> str:
    return next(found.division for found in company.TEAMS if found.key == team)


def _contractors(month: int, dice: Random) -> Iterator[Line]:
    for team, (monthly, supplier) in company.CONTRACTORS.items():
        amount = round(monthly * 100 * (1 + dice.uniform(-0.15, 0.25)))
        yield Line(
            month,
            _division(team),
            amount,
            "Contractors",
            cost_centre=f"CC-{team.upper()}",
            supplier=supplier,
            description=f"Contract work, {team.replace('-', ' ')}",
            intent=company.INTENT_BY_TEAM[team],
        )


def _pools(month: int, dice: Random) -> Iterator[Line]:
    growth = 100 + (month // 100 - 2024) * 7
    for pool, (monthly, category) in company.POOL_MONTHLY.items():
        amount = round(monthly * growth * (1 + dice.uniform(-0.04, 0.06)))
        yield Line(month, company.AMERICA, amount, category, pool=pool, description=category, intent="run")
    if month % 100 in (3, 9):
        credit = -round(2_150 * 100 * (1 + dice.uniform(0, 0.4)))
        yield Line(
            month, company.AMERICA, credit, "Cloud", pool="cloud", description="Volume credit", intent="run"
        )


def _excluded(month: int, dice: Random) -> Iterator[Line]:
    """Lines that tie the cost base to the books but are no cash cost of the month (rule V1)."""
    amortisation = round(31_000 * 100 * (1 + dice.uniform(-0.01, 0.01)))
    yield Line(
        month, company.AMERICA, amortisation, "Amortisation", cost_centre="CC-ASSETS", nature="amortisation"
    )
    recharge = round(8_400 * 100 * (1 + dice.uniform(-0.05, 0.05)))
    yield Line(
        month, company.EUROPE, recharge, "Recharge", cost_centre="CC-GROUP", nature="intercompany_recharge"
    )
    if month % 100 == 12:
        yield Line(
            month, company.EUROPE, 1_480_000, "Accruals", cost_centre="CC-COURSEWARE", nature="accrual"
        )
    if month % 100 == 1 and month > company.FIRST_MONTH:
        yield Line(
            month,
            company.EUROPE,
            -1_480_000,
            "Accruals",
            cost_centre="CC-COURSEWARE",
            nature="accrual_reversal",
        )
    if month == 202503:
        yield Line(
            month, company.AMERICA, 2_840_000, "Severance", cost_centre="CC-PEOPLE", nature="severance"
        )


def _odd(month: int) -> Iterator[Line]:
    """The small suspense that stays: a cost centre that nobody has placed."""
    if month % 100 in (2, 5, 8):
        yield Line(
            month,
            company.AMERICA,
            318_000 + month % 100 * 1_000,
            "Consulting",
            cost_centre="CC-PROJECTS",
            supplier="Harrow & Pine",
            description="Workplace project",
        )
