"""Answers that are ready before anybody asks: those of the hot pages, for who looks, and of other periods.

The served form has one thread for it. It answers one question after the other, after the start and after
every change, while nobody has waited for anything for a moment. It gives up at once what it is at as soon as
a page is asked for, a command or an import runs, or the store is written. Each answer is kept under who asks
for it, as if it had been asked for on a page.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from roi.actors import Actor
from roi.demo import home
from roi.reports import (
    assumptions,
    calendar,
    choices,
    data,
    initiatives,
    methods,
    outcomes,
    paybacks,
    portfolio,
    shell,
    start,
    teams,
    trace,
)
from roi.reports.ground import building
from roi.reports.shapes import Scope, ShellReport
from roi.store.database import Store
from roi.ui import frame, heap, preload, quiet, scope_bar, session

_LOG = logging.getLogger("roi.ui")
_MOMENT, _LONGEST, _JOIN = 1.0, 60.0, 30.0
"""Seconds: of quiet before it begins, between two looks at the day, and until it is given up when closed."""
_MADE = 0.01
"""Seconds above which an answer was not at hand, and left memory behind that nobody needs."""

_IN_FULL, _IN_BRIEF = 3, 4
"""For how many people all is prepared, and for how many more the first pages; memory is bounded by both."""
_OFFERED = 100
"""How many periods are prepared that the scope bar offers: of five years all, of more the newest."""

HEADLINE = ("return_per_unit", "confirmed_cash", "full_cost")
"""The figures that everybody looks at first, and then asks where they come from."""

Question = Callable[[], object]
Asks = Callable[[Store, home.Company], Iterable[Question]]


class Worker:
    """The one thread that prepares; started once and closed once."""

    def __init__(self, moment: float = _MOMENT, asks: Asks | None = None) -> None:
        """Begin with `start`; `moment` is for how many seconds nobody may have waited for anything."""
        self._moment, self._asks = moment, asks or questions
        self._closing = threading.Event()
        self._done: dict[home.Company, object] = {}
        self._thread = threading.Thread(target=self._work, name="prepared answers", daemon=True)

    def start(self) -> None:
        """Begin to prepare."""
        self._thread.start()

    def close(self) -> None:
        """Give up what is being prepared, and wait until nothing is read any more."""
        self._closing.set()
        quiet.wake()
        self._thread.join(_JOIN)

    @property
    def is_alive(self) -> bool:
        """Whether it still works or waits for work."""
        return self._thread.is_alive()

    def _work(self) -> None:
        while not self._closing.is_set():
            seen, missing = quiet.moves(), self._moment - quiet.seconds()
            if quiet.is_needed() or missing > 0:
                quiet.wait(seen, _LONGEST if quiet.is_needed() else missing)
            else:
                quiet.wait(seen, _LONGEST if self._everything() else self._moment)

    def _everything(self) -> bool:
        """Prepare what is not ready; whether all of it is, or cannot be."""
        for which in _companies():
            try:
                self._company(which)
            except building.GivenUpError:
                return False
            except Exception:  # noqa: BLE001 - a thread has no caller, and the other company does not wait
                _LOG.exception("the %s company cannot be prepared; its pages say why", which.value)
        return True

    def _company(self, which: home.Company) -> None:
        with quiet.preparing():
            opened, today = session.store_of(which), session.today_of(which)
            with building.politely(partial(self._is_needed, opened)):
                building.give_way()
                state = opened, opened.version, today, quiet.lookers(which.value)
                if self._done.get(which) == state:
                    return
                session.forget_older(opened)
                for question in self._asks(opened, which):
                    _answered(question)
                    building.give_way()
                preload.settle()
            self._done[which] = state

    def _is_needed(self, opened: Store) -> bool:
        return self._closing.is_set() or quiet.is_needed() or opened.is_being_written


def _answered(question: Question) -> None:
    """Answer it; what goes wrong is logged and tried once, and whoever asks for it is told on the page."""
    began = time.monotonic()
    try:
        question()
    except building.GivenUpError:
        raise
    except Exception:  # noqa: BLE001 - a thread has no caller, and the other answers do not wait for this one
        _LOG.exception("an answer could not be prepared")
    if time.monotonic() - began > _MADE:
        heap.give_back()


def _companies() -> list[home.Company]:
    """The companies that are looked at, that of a new session first."""
    first = home.chosen()
    others = [one for one in (home.Company.OWN, home.Company.DEMO) if one is not first]
    return [first, *(one for one in others if quiet.lookers(one.value))]


def questions(opened: Store, which: home.Company) -> Iterator[Question]:
    """What is asked of a company, the most urgent first."""
    today, you = session.today_of(which), session.local()
    known: ShellReport = session.answer_of(opened, you, shell.build, Scope())
    full, brief = _people(known, quiet.lookers(which.value))
    for who in (*full, *brief):
        ask = partial(session.answer_of, opened, who)
        yield partial(ask, shell.build, Scope())
        yield partial(ask, portfolio.build, Scope(), today, ())
        yield partial(_teams, ask, Scope(), today)
        yield partial(ask, start.build)
    for who in full:
        ask = partial(session.answer_of, opened, who)
        yield partial(ask, outcomes.build, Scope(), today)
        yield partial(ask, calendar.build, Scope(), today)
        yield from _others(ask, today)
    usual = [Scope(span=span) for span in scope_bar.usual(known)]
    for scope in usual:
        for who in full:
            yield from _period(partial(session.answer_of, opened, who), scope, today)
    for who in full:
        yield from _traces(partial(session.answer_of, opened, who), Scope(), today)
    yield from _offered(opened, full[0], (known, usual), today)


def _offered(
    opened: Store, who: Actor, its: tuple[ShellReport, Sequence[Scope]], today: date
) -> Iterator[Question]:
    """What can wait: the sources of the usual periods, every other period that the scope bar offers."""
    ask, (known, usual) = partial(session.answer_of, opened, who), its
    for scope in usual:
        yield from _traces(ask, scope, today)
    for span in scope_bar.offered(known)[:_OFFERED]:
        yield from _period(ask, Scope(span=span), today)


def _period(ask: Callable[..., Any], scope: Scope, today: date) -> Iterator[Question]:
    """What the pages of the whole company ask of another period."""
    yield partial(ask, portfolio.build, scope, today, ())
    yield partial(_teams, ask, scope, today)
    yield partial(ask, outcomes.build, scope, today)
    yield partial(ask, calendar.build, scope, today)
    yield partial(ask, portfolio.figures, scope, today)
    yield partial(ask, assumptions.build, scope)
    yield partial(ask, methods.build, scope)


def _others(ask: Callable[..., Any], today: date) -> Iterator[Question]:
    """What Data, Method, the initiatives and the forms about outcomes ask first."""
    yield partial(ask, data.build, Scope())
    yield partial(ask, portfolio.figures, Scope(), today)
    yield partial(ask, assumptions.build, Scope())
    yield partial(ask, methods.build, Scope())
    yield partial(ask, initiatives.build, Scope(), today)
    yield partial(ask, choices.build)


def _traces(ask: Callable[..., Any], scope: Scope, today: date) -> Iterator[Question]:
    """Where the numbers of the headline come from, as their links ask it."""
    none = dict.fromkeys(("epic", "part", "initiative"))
    for figure in HEADLINE:
        yield partial(ask, trace.build, scope, figure, None, None, **none, today=today)


def _teams(ask: Callable[..., Any], scope: Scope, today: object) -> None:
    report = ask(teams.in_brief, scope, today, ())
    if paybacks.are_shown(report):
        ask(paybacks.build, scope, today)


def _people(known: ShellReport, lookers: Iterable[Actor]) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Who a new session acts as and who looked last; then one of each other set of roles."""
    if not known.actors:
        return (session.local(),), ()
    full = dict.fromkeys((frame.first_of(known.actors), *(one for one in lookers if one in known.actors)))
    first = tuple(full)[:_IN_FULL]
    roles = {one.roles for one in first}
    others = {one.roles: one for one in reversed(known.actors) if one.roles not in roles}
    return first, tuple(others.values())[:_IN_BRIEF]
