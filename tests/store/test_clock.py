"""The day of a company: one for every way in, whatever the machine's zone (law T7)."""

import time
from datetime import UTC, date, datetime, timedelta

from roi.store import clock, verify
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


def record(store, actor, name):
    with store.write() as cursor:
        record_rows(cursor, NewChange(actor, "test"), [Put("setting", ({"name": name, "value": "1"},))])


def test_fault_9_a_clock_before_the_last_change_is_told_and_numbers_keep_the_order(store, finance):
    record(store, finance, "first")
    assert store.clock_behind is None
    with clock.dated(date(2099, 1, 1)):
        record(store, finance, "second")
    assert store.clock_behind.date() == date(2099, 1, 1)
    record(store, finance, "third")
    assert store.clock_behind.date() == date(2099, 1, 1), "it is told until the clock is right"
    with store.snapshot() as cursor:
        rows = cursor.execute("select recorded_at from change order by change_id desc limit 3").fetchall()
        verify.deep(cursor, store.head_path, store.upload_folder)
    third, second, first = (at for (at,) in rows)
    assert first <= third < second


def test_a_company_with_a_day_of_its_own_is_not_warned_and_records_on_that_day(store, finance):
    with store.write() as cursor:
        row = {"name": clock.OWN_DAY, "value": "2020-02-29"}
        record_rows(cursor, NewChange(finance, "test"), [Put("setting", (row,))])
    record(store, finance, "later")
    with store.snapshot() as cursor:
        ((last,),) = cursor.execute("select max(recorded_at) from change").fetchall()
    assert last.date() == date(2020, 2, 29)
    assert store.clock_behind is None
