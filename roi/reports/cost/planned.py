"""What plan and outlook hold by team and month, and what actual cost they are compared with.

Outside finance planned pay stands at standard rates, as actual pay does: planned heads of a role × what a
head of that role costs the team at its standard rate. An outlook's people are those of the newest month.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from roi.domain.periods import Span
from roi.reports.ground.basis import Basis
from roi.reports.ground.sums import Sums, total
from roi.store import read

ACTUAL, OUTLOOK = "actual", "outlook"
NOBODY = "no assignment says who works in this team, so its people have no standard rate"
Key = tuple[str, int]
"""Team and month."""


@dataclass(frozen=True, slots=True)
class Side:
    """Amounts of one scenario: by team, month and currency, the original and what the report shows.

    `exact` is the company's sum by month, pay in it, for everybody.
    """

    original: dict[tuple[str, int, str], int] = field(default_factory=lambda: defaultdict(int))
    shown: dict[tuple[str, int, str], Sums] = field(default_factory=dict)
    with_pay: set[Key] = field(default_factory=set)
    exact: dict[int, Sums] = field(default_factory=dict)

    def add(self, key: tuple[str, int, str], original: int, shown: Sums) -> None:
        """Add an amount."""
        self.original[key] += original
        self.shown[key] = self.shown[key].plus(shown) if key in self.shown else shown

    @property
    def months(self) -> set[int]:
        """The months in which some team has an amount."""
        return set(self.exact)

    def sums(self, cells: Iterable[Key]) -> Sums | None:
        """What some teams and months hold; None where they hold nothing."""
        wanted = set(cells)
        found = [sums for key, sums in self.shown.items() if key[:2] in wanted]
        return total(found) if found else None

    def by_currency(self, cells: Iterable[Key]) -> dict[str, tuple[int, int]]:
        """Original and shown amount by original currency."""
        wanted = set(cells)
        found: dict[str, tuple[int, int]] = {}
        for key, sums in self.shown.items():
            if key[:2] in wanted:
                original, shown = found.get(key[2], (0, 0))
                found[key[2]] = original + self.original[key], shown + sums.amount
        return found


@dataclass(frozen=True, slots=True)
class Rate:
    """What the heads of a role cost a team in a month, in the original currency (None: no rate)."""

    currency: str
    share: int
    original: int | None


def load(base: Basis, scenarios: Iterable[str], span: Span) -> dict[str, Side]:
    """The scenarios as the reader may see them."""
    names = list(scenarios)
    found = {name: Side() for name in names}
    params = {"scenarios": names, "first": span.first, "last": span.last}
    for row in read.rows(base.cursor, "own_by_currency", params):
        scenario, team, month, currency = (row[name] for name in ("scenario", "team", "month", "currency"))
        side, key = found[read.text(scenario)], (read.text(team), read.whole(month), read.text(currency))
        if row["is_pay"]:
            side.with_pay.add(key[:2])
        shown = _shown(base, row, read.text(scenario), key)
        side.exact[key[1]] = side.exact[key[1]].plus(shown) if key[1] in side.exact else shown
        if not (row["is_pay"] and base.at_standard_rates):
            side.add(key, read.whole(row["original"]), shown)
    return found


def _shown(base: Basis, row: read.Row, scenario: str, key: tuple[str, int, str]) -> Sums:
    if row["amount"] is not None:
        return Sums(read.whole(row["amount"]), 1)
    return Sums(0, 1, (_missing(base, scenario, key[2], key[1]),))


def _missing(base: Basis, scenario: str, currency: str, month: int) -> str:
    said = base.rates.missing(currency, month)
    return said if scenario == ACTUAL else f"{said} in {scenario}"


def add_people(base: Basis, sides: dict[str, Side], plan: str, span: Span) -> None:
    """Outside finance: add people at standard rates to actual, plan and outlook, where those hold pay."""
    rates, roles = _rates(base, span)
    _actual_people(base, sides[ACTUAL], rates, span)
    heads = _planned_heads(base, plan.removeprefix("plan: "), span)
    for (team, month), by_role in heads.items():
        if (team, month) in sides[plan].with_pay:
            for role, share in by_role.items():
                rate = _rate_of(rates, roles, team, role, month)
                _add_priced(base, sides[plan], _Where(plan, team, month, role), share, rate)
    for team, month in sorted(sides[plan].with_pay - set(heads)):
        why = "its planned people have no heads in the plan, so they have no standard rate"
        sides[plan].add((team, month, base.currency), 0, Sums(0, 1, (why,)))
    for team, month in sorted(sides[OUTLOOK].with_pay):
        newest = max((its for its, known in rates if known == team and its <= month), default=None)
        for role, found in rates.get((newest or 0, team), {}).items():
            _add_priced(base, sides[OUTLOOK], _Where(OUTLOOK, team, month, role), found.share, found)
        if newest is None:
            sides[OUTLOOK].add((team, month, base.currency), 0, Sums(0, 1, (NOBODY,)))


Rates = dict[tuple[int, str], dict[str, Rate]]


def _rates(base: Basis, span: Span) -> tuple[Rates, dict[str, Rate]]:
    """What heads cost by month and team, and the newest rate of each role in any team."""
    first = min(span.first, base.months.first if base.months else span.first)
    rates: Rates = {}
    newest: dict[str, Rate] = {}
    for row in read.rows(base.cursor, "standard_by_role", {"first": first, "last": span.last}):
        original = None if row["original"] is None else read.whole(row["original"])
        rate = Rate(read.text(row["currency"]), read.whole(row["share"]), original)
        rates.setdefault((read.whole(row["month"]), read.text(row["team"])), {})[read.text(row["role"])] = (
            rate
        )
        if original is not None:
            newest[read.text(row["role"])] = rate
    return rates, newest


def _rate_of(rates: Rates, roles: dict[str, Rate], team: str, role: str, month: int) -> Rate | None:
    """The team's own rate of that month, else its newest one before, else the newest of the role."""
    own = [
        (its, by_role[role]) for (its, known), by_role in rates.items() if known == team and role in by_role
    ]
    before = [found for found in own if found[0] <= month] or own
    if before:
        return max(before, key=lambda found: found[0])[1]
    return roles.get(role)


@dataclass(frozen=True, slots=True)
class _Where:
    """A scenario, team and month, and the role whose heads are priced there."""

    scenario: str
    team: str
    month: int
    role: str


def _add_priced(base: Basis, side: Side, where: _Where, share: int, rate: Rate | None) -> None:
    team, month = where.team, where.month
    if rate is None or rate.original is None or not rate.share:
        side.add((team, month, base.currency), 0, Sums(0, 1, (f"no standard rate for {where.role}",)))
        return
    amount = round(Fraction(rate.original * share, rate.share))
    shown: int | None = amount
    if base.is_converted:
        shown = base.rates.amount(amount, rate.currency, month, where.scenario)
    why = () if shown is not None else (_missing(base, where.scenario, rate.currency, month),)
    side.add((team, month, rate.currency), amount, Sums(shown or 0, 1, why))


def _actual_people(base: Basis, side: Side, rates: Rates, span: Span) -> None:
    for row in read.rows(base.cursor, "standard_by_role", {"first": span.first, "last": span.last}):
        team, month = read.text(row["team"]), read.whole(row["month"])
        currency = read.text(row["currency"]) or base.currency
        why = ""
        if row["amount"] is None:
            why = base.rates.missing(currency, month)
        if row["original"] is None:
            why = f"no standard rate for {row['role']}"
        original, amount = (read.whole(row[name] or 0) for name in ("original", "amount"))
        side.add((team, month, currency), original, Sums(amount, 1, (why,) if why else ()))
    for team, month in sorted(side.with_pay):
        if (month, team) not in rates:
            side.add((team, month, base.currency), 0, Sums(0, 1, (NOBODY,)))


def _planned_heads(base: Basis, plan: str, span: Span) -> dict[Key, dict[str, int]]:
    """Heads that the plan gives by team and month, by role."""
    found: dict[Key, dict[str, int]] = {}
    for row in read.table(base.cursor, "plan_headcount"):
        if row["plan_version"] == plan:
            last = 299912 if row["last_month"] is None else read.whole(row["last_month"])
            its = Span(max(read.whole(row["first_month"]), span.first), min(last, span.last))
            for month in its.months:
                by_role = found.setdefault((read.text(row["team"]), month), {})
                role = read.text(row["role"])
                by_role[role] = by_role.get(role, 0) + read.whole(row["share"])
    return found


def planned_heads(base: Basis, plan: str, span: Span) -> dict[Key, int]:
    """Heads that the plan gives by team and month, all roles."""
    return {key: sum(by_role.values()) for key, by_role in _planned_heads(base, plan, span).items()}
