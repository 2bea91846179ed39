"""What every report stands on: one snapshot, its version, and the scope with its defaults filled in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from roi.actors import Action, Actor
from roi.domain.periods import Span, fiscal_year_to, months_between
from roi.domain.structure import Company, GroupedBy, Team
from roi.errors import NotAllowedError, UnknownKeyError
from roi.reports.ground import building, groups, kept, rates, structure
from roi.reports.ground.structure import Group, Structure
from roi.reports.ground.sums import NOTHING, Sums, total
from roi.reports.shapes import NamedAmount, Scope
from roi.store import read
from roi.store.database import Store

NO_COSTS = "no costs yet"
MonthSums = dict[tuple[int, str], tuple[int, int]]
"""Month and currency to amount and line count, read from ledger lines."""


Keys = tuple[tuple[str, str], ...]
"""Names and values of what a figure is about, by name."""


class _Said(NamedTuple):
    """What is asked for with every figure of one period: worked out once."""

    ledger_total: Sums
    shown: dict[str, str]
    ends: dict[str, str]


@dataclass(frozen=True, slots=True)
class Basis:
    """One version of the store, and which months, stream and currency are looked at.

    `months` are all months with actual cost; `span` is None only while there is none and none was asked for.
    `at_standard_rates`: people stand at published rates, because the reader may not see pay (decision D23).
    """

    cursor: read.Cursor
    version: int
    company: Company | None
    teams: tuple[Team, ...]
    currency: str
    span: Span | None
    months: Span | None
    value_stream: str | None
    ledger: MonthSums
    structure: Structure
    rates: rates.Rates
    shown: Group
    at_standard_rates: bool
    may_see_pay: bool
    by_month: dict[int, Sums]
    shows_currencies: bool = True
    store_key: str = ""
    as_of: int | None = None
    kept_at: kept.Version | None = None
    said: dict[Span | None, _Said] = field(default_factory=dict, repr=False, compare=False)

    @property
    def _of_span(self) -> _Said:
        """What is asked for again and again of the months looked at."""
        found = self.said.get(self.span)
        if found is None:
            months = self.span.months if self.span else ()
            currency = "" if self.is_converted else self.currency
            shown = {"currency": currency, "value_stream": self.value_stream or ""}
            ends = {"first": str(self.span.first), "last": str(self.span.last)} if self.span else {}
            whole = total(self.ledger_month(month) for month in months)
            found = self.said[self.span] = _Said(whole, shown, ends)
        return found

    @property
    def looked_at(self) -> kept.Key:
        """What is looked at, and how: readers of whom this is the same see the same figures of a state."""
        return (
            self.span,
            self.currency,
            self.is_converted,
            self.value_stream,
            self.structure.today,
            self.structure.by,
            self.at_standard_rates,
            self.may_see_pay,
            self.shows_currencies,
        )

    @property
    def is_converted(self) -> bool:
        """Whether every currency is looked at, converted to the company's."""
        return self.rates.is_converted

    @property
    def shown_teams(self) -> tuple[Team, ...]:
        """The teams of the value stream in some month looked at, or all."""
        return tuple(team for team in self.teams if self.is_in(self.shown, team.key))

    def is_in(self, teams: Group, key: str) -> bool:
        """Whether the team belongs to the group in some month looked at."""
        its = teams.months.get(key, frozenset())
        return its is None or any(self.span is not None and self.span.holds(month) for month in its)

    @property
    def every_month(self) -> list[int]:
        """Every month from the first of the ledger to the last looked at."""
        if self.span is None:
            return []
        first = min(self.span.first, self.months.first if self.months else self.span.first)
        return months_between(first, self.span.last)

    @property
    def value_streams(self) -> tuple[str, ...]:
        """The streams that teams belong to, by name."""
        return self.structure.streams(self.every_month or [0])

    @property
    def streams_shown(self) -> frozenset[str] | None:
        """The value streams that are looked at, None for all: of a division those where its teams stand."""
        if self.value_stream is None:
            return None
        if self.structure.by == "value_stream":
            return frozenset((self.value_stream,))
        months = self.span.months if self.span else (0,)
        places = [(team, month) for team in self.shown_teams for month in months]
        its = [self.structure.at(*one).value_stream for one in places if self.shown.holds(one[0].key, one[1])]
        return frozenset(its)

    @property
    def currencies(self) -> tuple[str, ...]:
        """Every currency of the ledger that may be looked at, that of the report first."""
        found = {
            currency for _, currency in self.ledger if self.shows_currencies or currency == self.currency
        }
        return tuple(sorted(found, key=lambda currency: (currency != self.currency, currency)))

    @property
    def other_currencies(self) -> tuple[NamedAmount, ...]:
        """What the ledger holds in the period in other currencies; named beside, never added."""
        return () if self.is_converted else tuple(row for row in self.originals if row.name != self.currency)

    @property
    def originals(self) -> tuple[NamedAmount, ...]:
        """What the ledger holds in the period in each original currency, in that currency."""
        if not self.shows_currencies:
            return ()
        rows = [NamedAmount(currency, *self._original(currency)) for currency in self.currencies]
        return tuple(row for row in rows if row.lines)

    def _original(self, currency: str) -> tuple[int, int]:
        found = [
            sums
            for (month, its_currency), sums in self.ledger.items()
            if its_currency == currency and self.span is not None and self.span.holds(month)
        ]
        return sum(amount for amount, _ in found), sum(lines for _, lines in found)

    def ledger_month(self, month: int) -> Sums:
        """The ledger of a month in the currency of the report, straight from its lines and the rates."""
        return self.by_month.get(month, NOTHING)

    @property
    def ledger_total(self) -> Sums:
        """The ledger of the period in the currency of the report."""
        return self._of_span.ledger_total

    @property
    def missing_rates(self) -> tuple[str, ...]:
        """The exchange rates that the months looked at wait for."""
        return self.ledger_total.unknown

    @property
    def ends(self) -> dict[str, str]:
        """What scopes say of the period looked at."""
        return self._of_span.ends

    def keys(self, **more: str) -> Keys:
        """What a figure's scope says, so that it leads to its rows."""
        said = self._of_span
        found = {**said.shown, **more, **said.ends}
        return tuple(sorted([one for one in found.items() if one[1]]))


@contextmanager
def opened(store: Store, actor: Actor, scope: Scope) -> Iterator[Basis]:
    """One snapshot of the store with the scope's defaults filled in.

    Raises:
        NotAllowedError: the actor may not read figures.
        UnknownKeyError: the scope names a value stream or a change that is not there.
    """
    with building.many_records(), store.snapshot() as cursor:
        version, head = read.newest(cursor)
        at = kept.Version(store.key, head, scope.as_of)
        its = _on(cursor, version, actor, scope, at)
        yield replace(its, store_key=store.key, as_of=scope.as_of, kept_at=at)


def on(cursor: read.Cursor, actor: Actor, scope: Scope) -> Basis:
    """The same on a cursor that is open already and may see what is not stored yet.

    Raises:
        NotAllowedError: the actor may not read figures.
        UnknownKeyError: the scope names a value stream or a change that is not there.
    """
    return _on(cursor, read.version(cursor), actor, scope, None)


@dataclass(frozen=True, slots=True)
class _Standing:
    """What of a version stands whoever looks at it, and at which months."""

    company: Company | None
    teams: tuple[Team, ...]
    ledger: MonthSums
    rates: rates.Known
    moves: dict[str, list[structure.Move]]
    structures: dict[tuple[int | None, GroupedBy], Structure] = field(default_factory=dict)
    by_month: dict[tuple[str, bool], dict[int, Sums]] = field(default_factory=dict)

    def structure(self, today: int | None, by: GroupedBy) -> Structure:
        """Where its teams stand, each month its own or today's for all."""
        return self.structures.setdefault((today, by), Structure(self.teams, self.moves, today, by))


def _on(cursor: read.Cursor, version: int, actor: Actor, scope: Scope, at: kept.Version | None) -> Basis:
    actor.require(Action.READ_FIGURES)
    may_see_pay = actor.may(Action.READ_PAY)
    if scope.as_of is not None:
        if not 1 <= scope.as_of <= version:
            message = f"There is no change {scope.as_of}; the latest is {version}."
            raise UnknownKeyError(message)
        read.look_back(cursor, scope.as_of, pay_as_now=not may_see_pay)
    standing = _standing(cursor) if at is None else kept.at(at, "standing", (), lambda: _standing(cursor))
    return _basis(cursor, version, scope, standing, may_see_pay=may_see_pay)


def _standing(cursor: read.Cursor) -> _Standing:
    company = read.company(cursor)
    known = rates.known(cursor, company)
    return _Standing(company, read.teams(cursor), _ledger(cursor), known, structure.moves(cursor))


def _basis(
    cursor: read.Cursor, version: int, scope: Scope, standing: _Standing, *, may_see_pay: bool
) -> Basis:
    company, teams, ledger = standing.company, standing.teams, standing.ledger
    found = rates.of(company, standing.rates, {currency for _, currency in ledger}, scope.currency)
    currency = found.target if found.is_converted else scope.currency or _default_currency(company, ledger)
    read.look_in(cursor, currency, is_converted=found.is_converted)
    months = sorted({month for month, _ in ledger})
    span = scope.span or _default_span(company, None if found.is_converted else currency, ledger)
    all_months = Span(months[0], months[-1]) if months else None
    newest = months[-1] if months else 299912
    is_hidden = not may_see_pay and bool(read.rows(cursor, "has_pay")[0]["has_pay"])
    shows_currencies = _shows_currencies(cursor, ledger, scope, is_hidden=is_hidden)
    dated = standing.structure(newest if scope.structure == "today" else None, scope.grouped_by)
    return Basis(
        cursor=cursor,
        version=version,
        company=company,
        teams=teams,
        currency=currency,
        span=span,
        months=all_months,
        value_stream=scope.value_stream,
        ledger=ledger,
        structure=dated,
        rates=found,
        shown=_shown(dated, scope.value_stream, span, all_months),
        at_standard_rates=is_hidden,
        may_see_pay=may_see_pay,
        by_month=_by_month(standing, found, currency),
        shows_currencies=shows_currencies,
    )


def _shows_currencies(cursor: read.Cursor, ledger: MonthSums, scope: Scope, *, is_hidden: bool) -> bool:
    """Whether currencies may be looked at one by one: outside finance only if enough people are paid in each.

    Raises:
        NotAllowedError: one was asked for, and it would tell what few people are paid.
    """
    names = {currency for _, currency in ledger}
    if not is_hidden or len(names) < 2 or groups.are_currencies_groups(cursor):
        return True
    if scope.currency in names:
        message = (
            f"Costs in {scope.currency} alone would tell the pay of fewer than five people. "
            "Look at all currencies together, or ask finance."
        )
        raise NotAllowedError(message)
    return False


def _by_month(standing: _Standing, found: rates.Rates, currency: str) -> dict[int, Sums]:
    """The ledger of each month as the report shows it: the same whichever months are looked at."""
    key = currency, found.is_converted
    if key not in standing.by_month:
        by_month: dict[int, Sums] = {}
        for (month, its), (amount, lines) in standing.ledger.items():
            if found.is_converted or its == currency:
                by_month[month] = by_month.get(month, NOTHING).plus(found.sums(amount, lines, its, month))
        standing.by_month[key] = by_month
    return standing.by_month[key]


def _shown(dated: Structure, value_stream: str | None, span: Span | None, all_months: Span | None) -> Group:
    """The teams of the value stream, each with its months there.

    Raises:
        UnknownKeyError: no team ever stood in it.
    """
    ends = [one for one in (span, all_months) if one is not None]
    months = months_between(min(one.first for one in ends), max(one.last for one in ends)) if ends else [0]
    if value_stream:
        if value_stream not in dated.streams(months):
            message = f"There is no {dated.by.replace('_', ' ')} {value_stream!r}."
            raise UnknownKeyError(message)
    elif value_stream == "" and not dated.group("", months):
        message = f"Every team is in a {dated.by.replace('_', ' ')}."
        raise UnknownKeyError(message)
    return dated.group(value_stream, months)


def _ledger(cursor: read.Cursor) -> MonthSums:
    return {
        (read.whole(row["month"]), read.text(row["currency"])): (
            read.whole(row["amount_minor"]),
            read.whole(row["line_count"]),
        )
        for row in read.rows(cursor, "ledger_by_month")
    }


def _default_currency(company: Company | None, ledger: MonthSums) -> str:
    """The company's currency if the ledger has it, else the one with most lines."""
    lines: dict[str, int] = {}
    for (_, currency), (_, count) in ledger.items():
        lines[currency] = lines.get(currency, 0) + count
    if company is not None and (company.currency in lines or not lines):
        return company.currency
    return min(lines, key=lambda currency: (-lines[currency], currency), default="")


def _default_span(company: Company | None, currency: str | None, ledger: MonthSums) -> Span | None:
    """The fiscal year of the newest month that has cost in the currency (None: any), up to that month."""
    newest = max((month for month, its in ledger if currency in {None, its}), default=None)
    return None if newest is None else fiscal_year_to(newest, company.fiscal_start if company else 1)
