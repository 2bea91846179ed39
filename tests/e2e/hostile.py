"""A company whose every free text is markup: each payload stands somewhere on every kind of page."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from roi.actors import Actor, Role
from roi.commands import costs, mapping, outcomes, structure, undo
from roi.commands.changing.requests import CostImport
from roi.commands.mapping import AreaTarget, StatedTotal
from roi.domain.periods import Span
from roi.domain.structure import Company, Epic, EpicKind, Grade, Outcome, Team, Tick, ValueBasis, ValueClass
from roi.domain.value import Reading
from roi.errors import RoiError
from roi.store.database import Store
from tests import saving
from tests.payloads import MARKUP

HEADER = "month,team,cost_centre,pool,category,supplier,reference,description,amount,currency"
OWNER = MARKUP[0]
"""Who owns every outcome, and looks at the pages."""


def build(path: Path, finance: Actor, leader: Actor) -> None:
    """Teams, streams, areas, pools, lines, epics, outcomes, reasons, files and people named by payloads."""
    store = Store.open(path, purpose="a test")
    structure.save_company(store, leader, Company(MARKUP[5], "USD"))
    structure.save_teams(store, leader, [_team(number) for number in range(len(MARKUP))])
    _bring_in(store, finance, 202601, 5)
    _bring_in(store, finance, 202602, 43)
    mapping.map_areas(store, finance, _source(5), [AreaTarget(_text(1), "team", "t3")])
    mapping.state_control_total(store, finance, _control())
    _outcomes(store, finance, leader)
    structure.save_member(store, leader, OWNER, frozenset(Role))
    undo.undo(store, finance, _bring_in(store, finance, 202603, 7), reason=MARKUP[49])
    store.close()


def _text(number: int) -> str:
    return MARKUP[number % len(MARKUP)]


def _team(number: int) -> Team:
    return Team(
        f"t{number}",
        f"{_text(number)} {number}",
        value_stream=_text(number % 4 + 1),
        division=_text(number + 2),
    )


def _source(number: int) -> str:
    return _text(number)


def _bring_in(store: Store, finance: Actor, month: int, named: int) -> int:
    lines = [HEADER]
    for number in range(len(MARKUP)):
        place = [f"t{number}", "", ""] if number % 3 else ["", _text(number + 1), ""]
        place = ["", "", _text(number + 2)] if number % 7 == 3 else place
        texts = [*place, *(_text(number + more) for more in (3, 4, 5, 6))]
        cells = ",".join('"' + text.replace('"', '""') + '"' for text in texts)
        lines.append(f"{month // 100}-{month % 100:02d},{cells},{1000 + number}.25,USD")
    content = "\n".join((*lines, "")).encode()
    request = CostImport(content, f"{_text(named + 1)}.csv".replace("/", "|"), _source(named))
    return costs.import_costs(store, finance, request).change_id


def _control() -> StatedTotal:
    return StatedTotal(_source(5), "actual", Span(202601, 202601), Decimal(1), "USD", MARKUP[44])


def _outcomes(store: Store, finance: Actor, leader: Actor) -> None:
    epics = [_epic(number) for number in range(len(MARKUP))]
    saving.save_epics(store, leader, epics)
    saving.save_outcomes(store, leader, [_outcome(number) for number in range(len(MARKUP))])
    for number in range(3):
        outcomes.record_reading(
            store,
            leader,
            Reading(
                _outcome_key(number),
                actual=Decimal(2400),
                read_on=date(2026, 3, 31),
                grade=Grade.C,
                evidence=_text(number + 5),
                share_low=400_000,
                share_likely=500_000,
                share_high=600_000,
            ),
        )
        for tick in Tick:
            try:
                outcomes.confirm(store, finance, _outcome_key(number), tick, date(2026, 4, 10), None)
            except RoiError:
                continue


def epic_key(number: int) -> str:
    """Keys of work are texts of a list, as free as names; that of a team is letters, digits and hyphens."""
    return f"{_text(number + 4)} e{number}"


def _outcome_key(number: int) -> str:
    return f"{_text(number + 6)} o{number}"


def _epic(number: int) -> Epic:
    days = date(2026, 1, 5), date(2026, 1, 20)
    named = f"{_text(number)} {number}"
    return Epic(epic_key(number), named, f"t{number}", EpicKind.FEATURE, *days, 500_000)


def _outcome(number: int) -> Outcome:
    return Outcome(
        _outcome_key(number),
        epic_key(number),
        metric=_text(number + 1),
        unit=_text(number + 2),
        direction="up",
        baseline=Decimal(2000),
        target_low=Decimal(2100),
        target_likely=Decimal(2300),
        target_high=Decimal(2500),
        value_class=ValueClass.REVENUE,
        owner=OWNER,
        by_when=date(2026, 3, 31),
        unit_value=Decimal(600),
        currency="USD",
        value_basis=ValueBasis.BOOKED,
        evidence=_text(number + 3),
    )
