"""An executive reads every page and cannot reach anyone's pay by any link, filter, view or export."""

import re
from collections import defaultdict
from decimal import Decimal

import pytest

from roi.actors import Role
from roi.commands import structure
from roi.demo import load
from roi.store.database import Store
from tests.e2e import alder
from tests.e2e.wire import Wire, amounts, sent

PAY = ("Salaries", "On-costs")
EXECUTIVE = load.EXECUTIVE.name

ADDRESSES = (
    "",
    "?period=2026-10",
    "?vs=Learning&period=2026-03..2026-03",
    "teams",
    "teams?view=cost",
    "teams?view=cost&period=2026-10..2026-10&currency=EUR",
    "teams?view=roles",
    "teams?view=roles&vs=Enabling",
    "teams?view=mix",
    "teams?view=mix&currency=USD&period=2026-09..2026-09",
    "teams?view=salaries",
    "team?team=onboarding",
    "team?team=data&period=2026-10..2026-10",
    "team?team=security-privacy&period=2025-11..2025-11",
    "team?team=courseware&currency=EUR",
    "team?team=P9999",
    "outcomes",
    "outcomes?team=onboarding&state=new",
    "epic?epic=adaptive-tests",
    "data",
    "data?view=areas",
    "data?view=areas&source=Alder+Europe+ledger",
    "data?view=lists&source=assignments",
    "data?view=import",
    "data?view=close",
    "data?view=undo-20",
    "trace?figure=ledger_total",
    "trace?figure=team_cost&team=onboarding",
    "trace?figure=team_cost&team=data&period=2026-10..2026-10",
    "trace?figure=full_cost&team=platform",
    "trace?figure=cost_per_head&team=data",
    "trace?figure=standard_difference",
    "trace?figure=plan_variance&team=assessments",
    "trace?figure=nonsense",
    "method",
    "teams?view=cost&snap=30",
    "teams?foo=Salaries2",
)
SHOWN = (
    "",
    "teams?view=cost",
    "team?team=onboarding",
    "data?view=undo-20",
    "trace?figure=full_cost&team=platform",
)
LEDGER = (
    "data?view=ledger",
    "data?view=ledger&source=Alder+Americas+ledger&period=2026-10..2026-10",
    "data?view=ledger&team=data",
    "data?view=ledger&area=CC-DATA&currency=USD",
)
TOLD = "sees sums, never single lines"


def _pay_lines():
    """(month, person, category, currency, minor units) of every line of pay in the demo's own files."""
    for path in sorted(alder.FILES.glob("costs_*.csv")):
        for row in alder.rows(path.name):
            month, written, currency, category, person = list(row.values())[:5]
            if category in PAY:
                yield month, person, category, currency, _minor(written, currency)


def _minor(written, currency):
    marks = ",." if currency == "USD" else ".,"
    return int(Decimal(written.replace(marks[0], "").replace(marks[1], ".")) * 100)


def _owners(person, month):
    """Whose sum a line of pay belongs to, for when, and with which share."""
    yield person, month, 1
    yield person, month[:4], 1
    for row in alder.rows("assignments.csv"):
        is_then = row["first_month"] <= month <= (row["last_month"] or "9999")
        if row["person_key"] == person and is_then:
            for when in (month, month[:4], "ever"):
                yield row["team"], when, Decimal(row["share"])


@pytest.fixture(scope="module")
def pay():
    """Amounts that tell pay: each line, each person by month and year, each team by month, year and ever."""
    rates = {
        row["month"]: Decimal(row["rate"])
        for row in alder.rows("exchange_rates.csv")
        if row["basis"] == "average"
    }
    sums = defaultdict(Decimal)
    for month, person, category, currency, amount in _pay_lines():
        dollars = amount * (rates[month] if currency == "EUR" else 1)
        for value, told in ((Decimal(amount), currency), (dollars, "in USD")):
            for owner, when, share in _owners(person, month):
                sums[owner, when, category, told] += value * share
                sums[owner, when, "all", told] += value * share
    lines = {amount for *_, amount in _pay_lines()}
    found = {round(value) for value in sums.values()} | lines
    assert len(found) > 2000
    return {amount for amount in found if amount >= 100_000}


@pytest.fixture(scope="module")
def people():
    """Every person key of the demo."""
    return {row["person_key"] for row in alder.rows("assignments.csv")}


@pytest.fixture(scope="module")
def executives(demo_files, tmp_path_factory):
    """A server on which every member acts as executive alone, so that its first byte is an executive's."""
    database = alder.copied(demo_files, tmp_path_factory.mktemp("one") / "demo")
    store = Store.open(database, purpose="a test")
    for member in set(load.MEMBERS) - {load.EXECUTIVE}:
        structure.save_member(store, load.FINANCE, member.name, frozenset({Role.EXECUTIVE}))
    store.close()
    started = alder.start(database)
    yield started
    started.stop()


def _leaks(wire, pay, people):
    return sorted(wire.words({*PAY, *people})) + sorted(wire.amounts(pay))


def test_amounts_are_found_in_every_form():
    for written in ("7,412.79", "7.412,79", "7412.79", "741279", "$7,412.79", "x 7 412,79 y", "[741279,1]"):
        assert 741279 in amounts(written), written


def test_nothing_that_the_server_sends_to_an_executive_tells_pay(executives, pay, people):
    """Every address, each by a session of its own, as it goes over the wire."""
    leaks, told = {}, {}
    for address in ADDRESSES:
        text = sent(executives, address)
        told[address] = amounts(text)
        for words in ("could not be drawn", "Traceback"):
            assert words not in text, address
        words = {word for word in (*PAY, *people) if word in text}
        if found := [*words, *(told[address] & pay)]:
            leaks[address] = found
    assert leaks == {}
    assert len(told["teams?view=cost"]) > 20
    assert len(set().union(*told.values())) > 200


def test_no_page_that_an_executive_opens_tells_pay(executives, look, pay, people):
    """What the browser makes of it, with what it asks for besides; no line of the ledger is offered."""
    screen = look(executives)
    wire, leaks = Wire(screen), {}
    for address in (*SHOWN, *LEDGER):
        wire.forget()
        screen.open(address)
        assert len(wire.frames) > 3, address
        for words in ("could not be drawn", "Traceback"):
            assert words not in screen.text, address
        if address in LEDGER:
            assert TOLD in screen.text
            assert "Ledger lines are read by finance" in screen.title
        downloads = screen.page.get_by_test_id("stDownloadButton").filter(has_text=re.compile(r"\blines?\b"))
        if found := [*_leaks(wire, pay, people), *downloads.all_inner_texts()]:
            leaks[address] = found
    assert leaks == {}


def test_the_same_search_finds_pay_where_finance_reads_it_and_choosing_the_executive_ends_it(
    everybody, look, pay, people
):
    screen = look(everybody)
    wire = Wire(screen)
    screen.open("data?view=ledger&period=2026-10..2026-10")
    screen.choose("Acting as", "Ines Marsh")
    screen.wait_for_title("lines make")
    assert set(PAY) & wire.words(PAY)
    assert len(wire.amounts(pay)) > 20
    screen.choose("Acting as", EXECUTIVE)
    screen.wait_for_title("Ledger lines are read by finance")
    assert TOLD in screen.text
    leaks = {}
    for name in ("Portfolio", "Teams", "Outcomes", "Method"):
        wire.forget()
        screen.page.get_by_role("link", name=name).first.click()
        screen.settle()
        if found := _leaks(wire, pay, people):
            leaks[name] = found
    assert leaks == {}
