"""What every report stands on: one snapshot, its version, and the scope with its defaults filled in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from roi.actors import Action, Actor
from roi.domain.periods import Span, fiscal_year_to
from roi.domain.structure import Company, Team
from roi.errors import UnknownKeyError
from roi.reports.shapes import NamedAmount, Scope
from roi.store import read
from roi.store.database import Store

NO_COSTS = "no costs yet"
MonthSums = dict[tuple[int, str], tuple[int, int]]
"""Month and currency to amount and line count, read from ledger lines."""


@dataclass(frozen=True, slots=True)
class Basis:
    """One version of the store, and which months, stream and currency are looked at.

    `months` are all months with actual cost; `span` is None only while there is none and none was asked for.
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

    @property
    def shown_teams(self) -> tuple[Team, ...]:
        """The teams of the value stream, or all."""
        return tuple(team for team in self.teams if self.value_stream in {None, team.value_stream})

    @property
    def value_streams(self) -> tuple[str, ...]:
        """The streams that teams belong to, by name."""
        return tuple(sorted({team.value_stream for team in self.teams if team.value_stream}))

    @property
    def currencies(self) -> tuple[str, ...]:
        """Every currency of the ledger, that of the report first."""
        found = {currency for _, currency in self.ledger}
        return tuple(sorted(found, key=lambda currency: (currency != self.currency, currency)))

    @property
    def other_currencies(self) -> tuple[NamedAmount, ...]:
        """What the ledger holds in the period in other currencies; named beside, never added."""
        return tuple(
            NamedAmount(currency, *self.ledger_sum(currency))
            for currency in self.currencies
            if currency != self.currency and self.ledger_sum(currency)[1]
        )

    def ledger_sum(self, currency: str) -> tuple[int, int]:
        """Amount and lines of the period in one currency."""
        found = [
            sums
            for (month, its_currency), sums in self.ledger.items()
            if its_currency == currency and self.span is not None and self.span.holds(month)
        ]
        return sum(amount for amount, _ in found), sum(lines for _, lines in found)

    def keys(self, **more: str) -> tuple[tuple[str, str], ...]:
        """What a figure's scope says, so that it leads to its rows."""
        found = {"currency": self.currency, "value_stream": self.value_stream or "", **more}
        if self.span is not None:
            found |= {"first": str(self.span.first), "last": str(self.span.last)}
        return tuple(sorted((name, value) for name, value in found.items() if value))


@contextmanager
def opened(store: Store, actor: Actor, scope: Scope) -> Iterator[Basis]:
    """One snapshot of the store with the scope's defaults filled in.

    Raises:
        NotAllowedError: the actor may not read figures.
        UnknownKeyError: the scope names a value stream or a change that is not there.
    """
    actor.require(Action.READ_FIGURES)
    with store.snapshot() as cursor:
        version = read.version(cursor)
        if scope.as_of is not None:
            if not 1 <= scope.as_of <= version:
                message = f"There is no change {scope.as_of}; the latest is {version}."
                raise UnknownKeyError(message)
            read.look_back(cursor, scope.as_of)
        yield _basis(cursor, version, scope)


def _basis(cursor: read.Cursor, version: int, scope: Scope) -> Basis:
    company, teams, ledger = read.company(cursor), read.teams(cursor), _ledger(cursor)
    currency = scope.currency or _default_currency(company, ledger)
    if scope.value_stream is not None and scope.value_stream not in {team.value_stream for team in teams}:
        message = f"There is no value stream {scope.value_stream!r}."
        raise UnknownKeyError(message)
    span = scope.span or _default_span(company, currency, ledger)
    months = sorted({month for month, _ in ledger})
    all_months = Span(months[0], months[-1]) if months else None
    return Basis(cursor, version, company, teams, currency, span, all_months, scope.value_stream, ledger)


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


def _default_span(company: Company | None, currency: str, ledger: MonthSums) -> Span | None:
    """The fiscal year of the newest month that has cost in the currency, up to that month."""
    newest = max((month for month, its_currency in ledger if its_currency == currency), default=None)
    return None if newest is None else fiscal_year_to(newest, company.fiscal_start if company else 1)
