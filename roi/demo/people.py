"""The people of the demo company as keys: who works where, from when to when, and what a month costs."""

from dataclasses import dataclass
from random import Random

from roi.demo import company
from roi.domain.money import SHARE_WHOLE
from roi.domain.periods import add_months

_SEED = 20260112


@dataclass(frozen=True, slots=True)
class Person:
    """A person key with a role, the months of work, the teams' shares and a monthly base in minor units."""

    key: str
    role: str
    division: str
    first: int
    last: int | None
    shares: tuple[tuple[str, int], ...]
    base: int

    def pay(self, month: int) -> int:
        """Base pay of a month in minor units of the division's currency; zero outside the months of work."""
        if month < self.first or (self.last is not None and month > self.last):
            return 0
        return self.base * company.RAISE_PERCENT[month // 100] // 100


def everybody() -> tuple[Person, ...]:
    """All people, the same in every run."""
    dice = Random(_SEED)  # noqa: S311 - a demo, not a secret
    people: list[Person] = []
    for role, shares in _places():
        people.append(_person(dice, len(people) + 1, role, shares))
    return (*people, *_changes(people))


def _places() -> list[tuple[str, tuple[tuple[str, int], ...]]]:
    places: list[tuple[str, tuple[tuple[str, int], ...]]] = []
    names = ("engineer", "senior-engineer", "quality-engineer")
    for team, counts in company.DEDICATED.items():
        for role, count in zip(names, counts, strict=True):
            places += [(role, ((team, SHARE_WHOLE),))] * count
    return [*places, *company.SHARED]


def _person(dice: Random, number: int, role: str, shares: tuple[tuple[str, int], ...]) -> Person:
    home = next(team for team in company.TEAMS if team.key == shares[0][0])
    cost = next(found for found in company.ROLES if found.key == role)
    base = cost.americas if home.division == company.AMERICA else cost.europe
    first = max(company.FIRST_MONTH, home.starts or company.FIRST_MONTH)
    pay = round(base * (1 + dice.uniform(-0.06, 0.06)) * 100)
    return Person(f"P{1000 + number}", role, home.division, first, None, shares, pay)


def _changes(people: list[Person]) -> tuple[Person, ...]:
    """Three people leave, and the place is filled two months later by somebody new."""
    leaving = {3: 202503, 17: 202509, 31: 202602}
    fresh = []
    for index, last in leaving.items():
        person = people[index]
        people[index] = Person(
            person.key, person.role, person.division, person.first, last, person.shares, person.base
        )
        first = add_months(last, 3)
        key = f"P{2000 + index}"
        fresh.append(
            Person(key, person.role, person.division, first, None, person.shares, person.base * 51 // 50)
        )
    return tuple(fresh)
