"""The shape of a file is guessed from its headers, and only where nothing speaks against it."""

import pytest

from roi.ingest import shapes


@pytest.mark.parametrize(
    ("headers", "shape"),
    [
        (("team", "Jan 2026", "Feb 2026"), (True, "", "")),
        (("team", "2026-01-01", "2026-02-01", "Total"), (True, "", "")),
        (("team", "Jan 2026"), (False, "", "")),
        (("team", "Jan 2026", "01/2026"), (False, "", "")),
        (("month", "team", "Jan 2026", "Feb 2026"), (False, "", "")),
        (("team", "amount", "Jan 2026", "Feb 2026"), (False, "", "")),
        (("Datum", "Konto", "Soll", "Haben"), (False, "Soll", "Haben")),
        (("date", "team", "Debit", "Credit"), (False, "Debit", "Credit")),
        (("date", "team", "Debit", "Debits", "Credit"), (False, "", "")),
        (("date", "team", "Debit", "Credit", "Amount"), (False, "", "")),
        (("month", "team", "amount", "currency"), (False, "", "")),
    ],
)
def test_d21_a_shape_is_guessed_from_the_headers(headers, shape):
    assert shapes.guess(headers) == shape
