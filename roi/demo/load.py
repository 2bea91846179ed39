"""Loads the demo company through the very commands that a company's own files go through."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from roi.actors import Actor, Role
from roi.commands import closing, costs, lists, loop, structure
from roi.commands.changing.requests import CostImport
from roi.commands.mapping import StatedTotal, state_control_total
from roi.demo import company, files, readings, value
from roi.domain.importing import Mode, Settings
from roi.domain.money import to_decimal
from roi.domain.periods import Span
from roi.store import clock, read
from roi.store.database import Store

FINANCE = Actor("Ines Marsh", frozenset({Role.FINANCE}))
CONTROLLER = Actor("Theo Lang", frozenset({Role.FINANCE}))
LEADER = Actor("Jonas Lindqvist", frozenset({Role.TECH_LEADER, Role.OWNER}))
EXECUTIVE = Actor("Renata Silva", frozenset({Role.EXECUTIVE}))
PRODUCT = Actor(value.OWNER, frozenset({Role.OWNER}))
STUDIES = Actor(value.NAMES["studies"], frozenset({Role.OWNER}))
MEMBERS = (FINANCE, CONTROLLER, LEADER, PRODUCT, STUDIES, EXECUTIVE)

AMERICAS, EUROPE = files.SOURCES[company.AMERICA], files.SOURCES[company.EUROPE]
PLANS = "Plans and outlook"
_EUROPE_COLUMNS = (
    ("month", "Buchungsmonat"),
    ("amount", "Betrag"),
    ("currency", "Währung"),
    ("category", "Kostenart"),
    ("person_key", "Personenschlüssel"),
    ("cost_centre", "Kostenstelle"),
    ("pool", "Topf"),
    ("supplier", "Lieferant"),
    ("description", "Text"),
    ("nature", "Art"),
    ("intent", "Zweck"),
    ("treatment", "Aktivierung"),
)
_AMERICAS_COLUMNS = (
    ("month", "Posting month"),
    ("amount", "Amount"),
    ("currency", "Currency"),
    ("category", "Category"),
    ("person_key", "Person key"),
    ("cost_centre", "Cost centre"),
    ("pool", "Pool"),
    ("supplier", "Supplier"),
    ("description", "Description"),
    ("nature", "Nature"),
    ("intent", "Intent"),
    ("treatment", "Treatment"),
)
_PLAN_COLUMNS = (
    ("month", "Month"),
    ("team", "Team"),
    ("category", "Category"),
    ("amount", "Amount"),
    ("currency", "Currency"),
    ("scenario", "Scenario"),
)
BEGUN = date(2026, 11, 2)
"""The day on which the company began with it: after October's books, in the ten days before its own day."""

_STRUCTURE = ("roles", "standard_rates", "pay_categories", "cost_pools", "pool_drivers")
_RULES = tuple(
    "assignments platform_usage team_structure cost_areas plan_versions exchange_rates plan_headcount".split()
)
_YEARS = (
    ("2024", (202401, 202412)),
    ("2025", (202501, 202512)),
    ("2026-01_to_2026-09", (202601, 202609)),
    ("2026-10", (202610, 202610)),
)

Tell = Callable[[str], None]


def load(store: Store, folder: Path | None = None, tell: Tell | None = None) -> None:
    """Fill an empty store with the demo company: structure, rules, three years of cost, plans, closing.

    `folder` holds the files; without it they are made in memory. `tell` hears what is being done.
    """
    texts = _texts(folder)
    say = tell or _silent
    for what, day, step in _STEPS:
        say(what)
        with clock.dated(day):
            step(store, texts)


def _plans(store: Store, texts: Mapping[str, str]) -> None:
    _import(store, texts, "plans_and_outlook.csv", _Source(PLANS, _PLAN_COLUMNS))


def _silent(_what: str) -> None:
    return


def _texts(folder: Path | None) -> Mapping[str, str]:
    if folder is None:
        return files.all_files()
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.csv"))}


def _structure(store: Store, texts: Mapping[str, str]) -> None:
    structure.save_company(store, LEADER, company.COMPANY)
    first, *others = MEMBERS
    structure.save_member(store, LEADER, first.name, first.roles)
    for member in others:  # once finance is there, finance says who else is
        structure.save_member(store, first, member.name, member.roles)
    _list(store, LEADER, texts, "teams")
    for kind in (*_STRUCTURE, *_RULES):
        _list(store, FINANCE, texts, kind)


def _list(store: Store, actor: Actor, texts: Mapping[str, str], kind: str, file: str = "") -> None:
    name = f"{file or kind}.csv"
    lists.import_list(store, actor, kind, texts[name].encode(), name)


def _costs(store: Store, texts: Mapping[str, str]) -> None:
    for label, source in (
        ("americas", _Source(AMERICAS, _AMERICAS_COLUMNS)),
        ("europe", _Source(EUROPE, _EUROPE_COLUMNS, ",")),
    ):
        for period, _ in _YEARS:
            name = f"costs_{label}_{period}.csv"
            _import(store, texts, name, source)
        for _, (first, last) in _YEARS:
            _control(store, source.name, Span(first, last))


@dataclass(frozen=True, slots=True)
class _Source:
    """A source of cost files, with the columns that were said once."""

    name: str
    columns: tuple[tuple[str, str], ...]
    decimal: str = "."


def _import(
    store: Store, texts: Mapping[str, str], name: str, source: _Source, restatement: str = ""
) -> None:
    request = CostImport(
        texts[name].encode(),
        name,
        source.name,
        Settings(source.columns, decimal=source.decimal),
        mode=Mode.REPLACE if restatement else Mode.ASK,
        restatement=restatement,
    )
    costs.import_costs(store, FINANCE, request)


def _control(store: Store, source: str, span: Span) -> None:
    """What the books show: the ledger itself, to the cent."""
    currency = company.CURRENCY[company.AMERICA if source == AMERICAS else company.EUROPE]
    with store.snapshot() as cursor:
        rows = read.rows(cursor, "source_total", {"source": source, "first": span.first, "last": span.last})
    total = to_decimal(read.whole(rows[0]["amount_minor"]), currency)
    state_control_total(store, FINANCE, StatedTotal(source, "actual", span, total, currency))


def _value(store: Store, texts: Mapping[str, str]) -> None:
    """What finance and owners agree, what was read and confirmed, asked and ended, and planned positions."""
    for kind in value.MONEY:
        _list(store, FINANCE, texts, kind)
    for kind in value.WORK:
        _list(store, LEADER, texts, kind)
    _list(store, FINANCE, texts, "obligations_met")
    _list(store, LEADER, texts, "readings")
    _confirm(store, readings.CONFIRMED_FIRST)
    _list(store, LEADER, texts, "readings", "readings_2026")
    _confirm(store, readings.CONFIRMED)
    _ask(store)
    _list(store, LEADER, texts, "closures")
    _list(store, FINANCE, texts, "planned_positions")


def _confirm(store: Store, given: Sequence[tuple[str, str, str]]) -> None:
    people = {member.name: member for member in MEMBERS}
    for outcome, name, day in given:
        loop.confirm_all(store, people[name], outcome, date.fromisoformat(day))


def _ask(store: Store) -> None:
    """Finance's questions about claims; one has its answer, one has none."""
    people = {member.name: member for member in MEMBERS}
    for outcome, who, asked, text, by, answered, said in readings.ASKED:
        asked_on = date.fromisoformat(asked)
        loop.ask(store, people[who], outcome, asked_on, text)
        if by:
            loop.answer(store, people[by], outcome, asked_on, date.fromisoformat(answered), said)


def _close(store: Store, texts: Mapping[str, str]) -> None:
    """Close 2024 and 2025, then correct November 2025 by a named restatement."""
    months = [month for month in company.MONTHS if month < 202601]
    closing.close_months(store, CONTROLLER, months, "books of 2024 and 2025 are final")
    name = "costs_americas_2025-11_corrected.csv"
    reason = "Data team: a contractor invoice was booked twice"
    _import(store, texts, name, _Source(AMERICAS, _AMERICAS_COLUMNS), reason)
    _control(store, AMERICAS, Span(202501, 202512))


def _confirm_late(store: Store, _texts: Mapping[str, str]) -> None:
    """The last confirmations, after closing."""
    _confirm(store, readings.CONFIRMED_LATE)


_STEPS: tuple[tuple[str, date, Callable[[Store, Mapping[str, str]], None]], ...] = (
    ("teams and people", BEGUN, _structure),
    ("costs", date(2026, 11, 4), _costs),
    ("plans", date(2026, 11, 5), _plans),
    ("epics and outcomes", date(2026, 11, 6), _value),
    ("closing", date(2026, 11, 6), _close),
    ("confirmations after closing", date(2026, 11, 6), _confirm_late),
)
"""What is told on which day, in the order in which it is recorded."""
