"""Which shape a file seems to have, by its headers: months across its columns, or debit beside credit."""

from collections.abc import Sequence

from roi.ingest import columns
from roi.ingest.contracts import normal
from roi.ingest.month_headers import header_month

_FEWEST_MONTHS = 2
_DEBIT = frozenset({"debit", "debit amount", "debits", "dr", "soll", "débit", "debe", "cargo"})
_CREDIT = frozenset({"credit", "credit amount", "credits", "cr", "haben", "crédit", "haber", "abono"})


def guess(headers: Sequence[str]) -> tuple[bool, str, str]:
    """Whether months stand across, and the debit and credit columns; only where no column is the amount."""
    found = {one.field.name: one.confidence for one in columns.guess(headers) if one.cell is not None}
    if found.get("amount") == "sure":
        return False, "", ""
    months = [header for header in headers if header_month(header)]
    if (
        len(months) >= _FEWEST_MONTHS
        and len(set(map(header_month, months))) == len(months)
        and "month" not in found
    ):
        return True, "", ""
    debits = [header for header in headers if normal(header) in _DEBIT]
    credits_ = [header for header in headers if normal(header) in _CREDIT]
    if len(debits) == 1 and len(credits_) == 1:
        return False, debits[0], credits_[0]
    return False, "", ""
