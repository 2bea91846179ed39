"""What is prepared before anybody asks: it is ready after a change, and it is in nobody's way."""

import importlib
import inspect
import logging
import re
import threading
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from roi.actors import Actor, Role
from roi.commands import structure
from roi.demo import home
from roi.domain.periods import parse_span
from roi.domain.structure import Company
from roi.reports import calendar, methods, outcomes, portfolio, shell, start, teams, trace
from roi.reports.ground import building
from roi.reports.shapes import Scope
from roi.ui import prepared, quiet, scope_bar, session

YOU = session.local()
LONG = 20.0
REPORTS = Path(portfolio.__file__).parent
MOST_LOOKS = 40
"""Within a quarter of a second, with a hundredth between two of them."""
EXECUTIVE, FINANCE = Actor("Eve", frozenset({Role.EXECUTIVE})), Actor("Fay", frozenset({Role.FINANCE}))


@pytest.fixture
def store(small, monkeypatch):
    """The small company as the one that is opened first."""
    monkeypatch.setenv("ROI_COMPANY", "own")
    monkeypatch.setenv("ROI_DATABASE", str(small.path))
    quiet._looking.clear()
    yield session.first_store()
    session.close()
    quiet._looking.clear()


@contextmanager
def working(asks=()):
    """A worker that does not wait long, with questions of its own or those of the pages."""
    worker = prepared.Worker(0.01, (lambda _, __: asks) if asks else None)
    worker.start()
    try:
        yield worker
    finally:
        worker.close()
        assert not worker.is_alive


def eventually(is_so):
    """Wait for what another thread does, as long as it takes and no longer."""
    waiting = threading.Event()
    for _ in range(int(LONG / 0.02)):
        if is_so():
            return True
        waiting.wait(0.02)
    return False


def is_ready(store, who, build, *args):
    """Whether the answer is in memory for this actor, as the database is now."""
    key = (store.key, store.version, *session._question(who, build, *args))
    return session._answers().find(key) is not None


def whole(store, who=YOU):
    """Whether the hot pages of today are ready."""
    today = session.today_of(home.Company.OWN)
    return (
        is_ready(store, who, shell.build, Scope())
        and is_ready(store, who, portfolio.build, Scope(), today, ())
        and is_ready(store, who, teams.in_brief, Scope(), today, ())
        and is_ready(store, who, start.build)
        and is_ready(store, who, outcomes.build, Scope(), today)
        and is_ready(store, who, calendar.build, Scope(), today)
    )


def usual(store):
    """Whether the periods that most look at are ready."""
    today, known = session.today_of(home.Company.OWN), session.answer_of(store, YOU, shell.build, Scope())
    spans = scope_bar.usual(known)
    assert spans
    return all(is_ready(store, YOU, portfolio.build, Scope(span=span), today, ()) for span in spans)


def test_hot_pages_are_ready_after_the_start_and_after_every_change(store):
    assert not whole(store)
    with working():
        assert eventually(lambda: whole(store) and usual(store))
        with quiet.busy():
            structure.save_company(store, YOU, Company("Anew", "GBP", 1))
            assert not whole(store)
        assert eventually(lambda: whole(store) and usual(store))
        report = session.answer_of(
            store, YOU, portfolio.build, Scope(), session.today_of(home.Company.OWN), ()
        )
        assert report.company.name == "Anew"


def test_every_period_that_the_bar_offers_is_ready_for_the_pages_of_the_whole_company(store):
    today, known = session.today_of(home.Company.OWN), session.answer_of(store, YOU, shell.build, Scope())
    spans = scope_bar.offered(known)
    assert {known.span, *scope_bar.usual(known), *spans} == {
        span for span in map(parse_span, scope_bar._periods(known)) if span
    } | {known.span}
    scope = Scope(span=spans[-1])
    with working():
        assert eventually(lambda: is_ready(store, YOU, methods.build, scope))
    for build, asked in (
        (portfolio.build, (scope, today, ())),
        (portfolio.figures, (scope, today)),
        (teams.in_brief, (scope, today, ())),
        (outcomes.build, (scope, today)),
    ):
        assert is_ready(store, YOU, build, *asked)


def test_t10_one_answer_serves_all_of_the_same_roles_and_nobody_else(store):
    namesake, today = replace(YOU, name="Fay"), session.today_of(home.Company.OWN)
    given = session.answer_of(store, YOU, portfolio.build, Scope(), today, ())
    assert session.answer_of(store, namesake, portfolio.build, Scope(), today, ()) is given
    assert not is_ready(store, FINANCE, portfolio.build, Scope(), today, ())
    session.answer_of(store, YOU, outcomes.build, Scope(), today)
    assert not is_ready(store, namesake, outcomes.build, Scope(), today), "it says what is one's own"


def test_t10_no_report_that_serves_all_of_the_same_roles_knows_a_name():
    assert session.BY_ROLES
    for name in sorted(session.BY_ROLES):
        said = inspect.getsource(importlib.import_module(name))
        assert not re.search(r"(actor|who)\.(name|key)|\bis_one\(", said), name
    knowing = {path.stem for path in REPORTS.rglob("*.py") if "actor.name" in path.read_text()}
    assert knowing == {"outcomes"}, "what these say may stand in an answer that serves others too"


PAGES = (
    ("data", {}),
    ("method", {}),
    ("outcomes", {"view": "initiatives"}),
    ("trace", {"figure": "return_per_unit"}),
    ("trace", {"figure": "confirmed_cash"}),
    ("trace", {"figure": "full_cost"}),
)


@pytest.mark.parametrize(("page", "asked"), PAGES, ids=str)
def test_a_page_that_everybody_can_open_asks_nothing_that_is_not_ready(store, open_page, page, asked):
    last = scope_bar.usual(session.answer_of(store, YOU, shell.build, Scope()))[-1]
    today = session.today_of(home.Company.OWN)
    with working():
        assert eventually(lambda: is_ready(store, YOU, portfolio.build, Scope(span=last), today, ()))
        assert eventually(lambda: prepared_whole(store, today))
    known = {name for _, _, _, (name, *_), _ in session._answers()._kept}
    before = set(session._answers()._kept)
    open_page(page, **asked)
    new = {name for _, _, _, (name, *_), _ in set(session._answers()._kept) - before}
    assert not new & known, new


def prepared_whole(store, today):
    """Whether the last that is prepared is ready."""
    none = dict.fromkeys(("epic", "part", "initiative"))
    named = session._question(YOU, trace.build, Scope(), "full_cost", None, None, **none, today=today)
    return session._answers().find((store.key, store.version, *named)) is not None


def test_nothing_is_prepared_while_somebody_waits_or_an_import_runs(store):
    with quiet.busy(), working() as worker:
        assert not soon(lambda: worker_did_something(store))
        assert worker.is_alive
    with working():
        assert eventually(lambda: whole(store))


def soon(is_so):
    return any(is_so() or threading.Event().wait(0.05) for _ in range(5))


def worker_did_something(store):
    return is_ready(store, YOU, shell.build, Scope())


def test_it_gives_way_to_a_writer_at_once_and_goes_on_afterwards(store):
    begun, given_up = threading.Event(), threading.Event()

    def endless(opened, actor):
        """A report that is built until somebody needs the machine."""
        begun.set()
        try:
            while not given_up.is_set():
                building.give_way()
        except building.GivenUpError:
            given_up.set()
            raise
        return "ready"

    asks = [lambda: session.answer_of(store, YOU, endless)]
    with working(asks):
        assert begun.wait(LONG)
        with store.write():
            assert given_up.wait(LONG)
            assert not is_ready(store, YOU, endless)
        quiet.wake()
        assert eventually(lambda: is_ready(store, YOU, endless))


def test_what_cannot_be_prepared_is_logged_and_keeps_nothing_else_waiting(store, caplog):
    def broken(opened, actor):
        """A report with a mistake in it."""
        raise ZeroDivisionError

    its = [lambda: session.answer_of(store, YOU, broken), lambda: session.answer_of(store, YOU, start.build)]
    with caplog.at_level(logging.ERROR), working(its) as worker:
        assert eventually(lambda: is_ready(store, YOU, start.build))
        assert worker.is_alive
    assert [record.exc_info[0] for record in caplog.records] == [ZeroDivisionError]


def test_a_company_that_cannot_be_asked_anything_is_logged_and_ends_no_worker(store, caplog):
    def broken(opened, which):
        """Not even what to ask is known."""
        raise ZeroDivisionError

    worker = prepared.Worker(0.01, broken)
    with caplog.at_level(logging.ERROR):
        worker.start()
        assert eventually(lambda: caplog.records)
        assert not soon(lambda: not worker.is_alive)
        worker.close()
    assert [record.exc_info[0] for record in caplog.records] == [ZeroDivisionError]


def test_it_does_not_look_again_and_again_while_a_writer_works(store, monkeypatch):
    """A writer that nobody waits for, as the command of another thread: every look takes from it."""
    looks, today_of = [], session.today_of
    monkeypatch.setattr(session, "today_of", lambda which: looks.append(which) or today_of(which))
    with store.write(), working([lambda: session.answer_of(store, YOU, start.build)]):
        soon(lambda: False)
    assert 1 < len(looks) <= MOST_LOOKS


def test_t10_what_is_prepared_for_finance_is_no_answer_for_anybody_else(store):
    for one in (EXECUTIVE, FINANCE):
        structure.save_member(store, YOU, one.name, one.roles)
    quiet.looked("own", FINANCE)
    with working():
        assert eventually(lambda: whole(store, FINANCE) and whole(store, EXECUTIVE))
    today = session.today_of(home.Company.OWN)
    for who in (FINANCE, EXECUTIVE):
        kept = session.answer_of(store, who, outcomes.build, Scope(), today)
        assert kept == outcomes.build(store, who, Scope(), today)
    both = replace(EXECUTIVE, roles=EXECUTIVE.roles | FINANCE.roles)
    assert not is_ready(store, both, portfolio.build, Scope(), today, ())
    assert not is_ready(store, replace(EXECUTIVE, roles=FINANCE.roles), outcomes.build, Scope(), today)


def test_a_database_is_closed_only_after_what_reads_it_gave_way(store):
    for _ in range(3):
        with working():
            soon(lambda: worker_did_something(session.first_store()))
            session.close()
            assert eventually(lambda: whole(session.first_store()))


def test_answers_of_earlier_versions_are_let_go_of(store):
    first = session.answer_of(store, YOU, start.build)
    key = next(iter(session._answers()._kept))
    structure.save_company(store, YOU, Company("Anew", "GBP", 1))
    session.forget_older(store)
    assert session._answers().find(key) is None
    assert session.answer_of(store, YOU, start.build).version == first.version + 1
