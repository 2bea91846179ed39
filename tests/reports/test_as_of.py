"""What did we say then? Any past change can be read again, and says what it said (law T9, decision D12)."""

import threading
from dataclasses import replace
from datetime import date

import pytest

from roi.domain.periods import Span
from roi.reports import data, outcomes, portfolio, team, teams, trace
from roi.reports.shapes import Scope

TODAY = date(2015, 4, 30)


def everything(built, actor, scope):
    store = built.store
    return {
        "portfolio": portfolio.build(store, actor, scope, TODAY),
        "teams": teams.build(store, actor, scope),
        "team": team.build(store, actor, scope, "onboarding", TODAY),
        "outcomes": outcomes.build(store, actor, scope, TODAY),
        "data": data.build(store, actor, scope),
        "trace": trace.build(store, actor, scope, "team_cost", team="onboarding"),
    }


def test_t9_every_past_version_says_what_it_said(company, finance):
    said = {}

    def note():
        said[company.store.version] = everything(company, finance, Scope())

    note()
    company.map("Estates", "team", "search", [201501])
    note()
    company.undo_lines(7, [201502])
    note()
    company.epic("lesson", "onboarding", date(2015, 1, 5), delivered=date(2015, 1, 20))
    company.outcome("learners", "lesson", actual="1100", read_on=date(2015, 3, 31))
    note()
    company.confirm("learners")
    company.control(201501, 201501, 168_000)
    note()
    company.outcome("learners", "lesson", actual="1200", read_on=date(2015, 6, 30))
    company.team("onboarding", "First weeks", stream="Growth")
    company.lines({"month": 201504, "team": "onboarding", "amount_minor": 5}, file="april.csv")
    assert len(said) == 5
    for change, reports in said.items():
        again = everything(company, finance, Scope(as_of=change))
        for name, report in reports.items():
            assert replace(again[name], version=0) == replace(report, version=0), (change, name)


def test_looking_back_leaves_the_present_as_it_is(alder, executive):
    now = portfolio.build(alder.store, executive, Scope())
    past = portfolio.build(alder.store, executive, Scope(as_of=6))
    assert past.ledger.value == 168_000
    assert past.span == Span(201501, 201501)
    assert portfolio.build(alder.store, executive, Scope()) == now


def test_before_the_first_file_the_past_knows_nothing(alder, executive):
    report = portfolio.build(alder.store, executive, Scope(as_of=5))
    assert (report.ledger.value, report.ledger.reason) == (None, "no costs yet")
    assert [stream.name for stream in report.streams] == ["Catalogue", "Enrolment", ""]


@pytest.mark.filterwarnings("error")
def test_d12_a_report_sees_one_version_while_others_write(company, executive):
    stop, wrong = threading.Event(), []

    def ask():
        while not stop.is_set():
            report = portfolio.build(company.store, executive, Scope())
            extra = report.version - 8
            if report.ledger.value != 567_699 + extra or report.cost.value != 560_000 + extra:
                wrong.append(report)

    readers = [threading.Thread(target=ask) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(10):
        company.lines({"month": 201503, "team": "search", "amount_minor": 1}, file=f"{number}.csv")
    stop.set()
    for reader in readers:
        reader.join()
    assert not wrong
