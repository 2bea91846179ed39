"""Exchange rates of the months: what is converted, how, and what waits for a rate (rule V5, law T3)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from roi.domain.money import convert
from roi.domain.periods import short_month
from roi.domain.structure import Company
from roi.reports.ground.sums import Sums
from roi.store import read

AVERAGE = "average"
_NO_RATE = "no exchange rate"
Known = Mapping[tuple[str, str, int], int]
"""Basis, currency and month to a rate in billionths."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Rates into `target` by basis, currency and month, in billionths."""

    target: str
    is_converted: bool
    known: Known

    def amount(self, amount: int, currency: str, month: int, basis: str = AVERAGE) -> int | None:
        """The amount in the target currency, rounded once; None where the month has no rate."""
        if currency == self.target:
            return amount
        rate = self.known.get((basis, currency, month))
        return None if rate is None else convert(amount, rate, currency, self.target)

    def sums(self, amount: int, lines: int, currency: str, month: int) -> Sums:
        """A month's amount as the report shows it."""
        if not self.is_converted:
            return Sums(amount, lines)
        found = self.amount(amount, currency, month)
        if found is None:
            return Sums(0, lines, (self.missing(currency, month),))
        return Sums(found, lines)

    def missing(self, currency: str, month: int) -> str:
        """That a rate is missing, in words."""
        return f"{_NO_RATE} {currency} to {self.target} for {short_month(month)}"


def is_missing(why: str) -> bool:
    """Whether this is why something is not known: `Rates.missing` said it."""
    return why.startswith(_NO_RATE)


def known(cursor: read.Cursor, company: Company | None) -> Known:
    """The rates into the company's currency at this version."""
    target = _target(company)
    return {
        (read.text(row["basis"]), read.text(row["currency"]), read.whole(row["month"])): read.whole(
            row["rate_billionths"]
        )
        for row in read.table(cursor, "exchange_rate")
        if row["target"] == target
    }


def of(company: Company | None, found: Known, currencies: Collection[str], asked: str | None) -> Rates:
    """The rates as they are used.

    Everything is converted when no currency is asked for, the ledger has several, and one rate at least is
    known; until then each currency is looked at on its own, and the others are named beside it.
    """
    return Rates(_target(company), asked is None and len(currencies) > 1 and bool(found), found)


def _target(company: Company | None) -> str:
    return company.currency if company is not None else ""
