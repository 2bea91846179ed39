"""The day of a company: one for every way in, whatever the machine's zone (law T7)."""

import time
from datetime import UTC, datetime, timedelta

from roi.store import clock
from roi.store.changes import NewChange, Put, record_rows


def zone(monkeypatch, name):
    monkeypatch.setenv("TZ", name)
    time.tzset()


def test_t7_the_day_is_the_one_of_the_place_where_the_machine_stands(store, monkeypatch):
    """Twenty-six hours lie between these two, so that they never share a day."""
    days = []
    for name in ("Etc/GMT+12", "Etc/GMT-14"):
        zone(monkeypatch, name)
        days.append(store.today)
    monkeypatch.undo()
    time.tzset()
    assert timedelta(days=1) <= days[1] - days[0] <= timedelta(days=2)
    assert days[0] <= datetime.now(UTC).date() <= days[1]


def test_t7_a_company_with_a_day_of_its_own_is_looked_at_on_that_day(store, finance):
    row = {"name": clock.OWN_DAY, "value": "2020-02-29"}
    with store.write() as cursor:
        record_rows(cursor, NewChange(finance, "test"), [Put("setting", (row,))])
    assert store.today.isoformat() == "2020-02-29"
