"""Which team carries which cost centre of the company, and giving one its team, with the money that moves."""

from collections.abc import Mapping, Sequence

import streamlit as st

from roi.actors import Action
from roi.commands import mapping
from roi.domain.names import tidy
from roi.domain.structure import Team
from roi.reports.shapes import CentreRow, DataReport
from roi.story import words
from roi.ui import parts, session
from roi.ui.data.area_change import told
from roi.ui.outcomes import conflict
from roi.ui.parts import Cell, Column, Row

_FORM, _SUSPENSE = "cost_centres", "suspense"
_FEW_AREAS = 3


def draw(report: DataReport, teams: Sequence[Team]) -> None:
    """The cost centres with their teams; for finance the form that gives one to a team, or takes it back."""
    names = {team.key: team.name for team in teams}
    said = [row for row in report.centres if row.is_said]
    may = session.actor().may(Action.MAP_COSTS)
    if not (said or may):
        return
    parts.section(title(said), "A cost centre is the company's, whatever the sources call their areas.")
    if said:
        _table(said, names)
    if may:
        now = {row.cost_centre: names.get(row.team, row.team) or _SUSPENSE for row in report.centres}
        told(conflict.draw(_FORM, now), "Given after looking at what changed")
        conflict.shown(_FORM, report.version, now)
        _form(report.centres, names)


def title(centres: Sequence[CentreRow]) -> str:
    """`Two cost centres have no team yet; they hold £442M`."""
    if not centres:
        return "No cost centre has a team of its own yet"
    waiting = [row for row in centres if row.waits]
    if not waiting:
        return "Every cost centre has its team"
    counted = words.sentence(words.spelled(len(waiting), "cost centre has", "cost centres have"))
    held = words.listed([words.money(minor, currency) for currency, minor in _sums(waiting).items()])
    return f"{counted} no team yet; {'it holds' if len(waiting) == 1 else 'they hold'} {held}"


def _sums(centres: Sequence[CentreRow]) -> dict[str, int]:
    found: dict[str, int] = {}
    for currency, minor in (pair for row in centres for pair in row.held):
        found[currency] = found.get(currency, 0) + minor
    return found


def carried(centre: str, teams: Mapping[str, str]) -> str:
    """`4711 (Platform)`, or that it has no team yet."""
    return f"{centre} ({teams.get(centre) or 'no team yet'})"


def _table(said: Sequence[CentreRow], names: Mapping[str, str]) -> None:
    columns = [
        Column("Cost centre", "text"),
        Column("Team", "text"),
        Column("Areas", "prose", phone=False),
        Column("Lines", phone=False),
        Column("Cost"),
    ]
    rows = [
        Row(
            (
                Cell(row.cost_centre),
                Cell(names.get(row.team, row.team) or "no team yet: in suspense"),
                Cell(_areas(row)),
                Cell(f"{row.lines:,}"),
                Cell(_exact(row) or words.DASH),
            ),
            "flat",
        )
        for row in said
    ]
    parts.graphic_table("cost_centres", "Cost centres, the team of each, and its cost", columns, rows)


def _areas(row: CentreRow) -> str:
    shown = list(row.areas[:_FEW_AREAS])
    more = len(row.areas) - len(shown)
    return ", ".join([*shown, *([f"{more:,} more"] if more else [])]) or words.DASH


def _exact(row: CentreRow) -> str:
    return words.listed([words.exact(minor, currency) for currency, minor in row.held])


def _form(centres: Sequence[CentreRow], names: Mapping[str, str]) -> None:
    known = {tidy(row.cost_centre): row for row in sorted(centres, key=lambda row: not row.is_said)}
    with st.container(horizontal=True, vertical_alignment="bottom", key="centre_form"):
        chosen = st.selectbox(
            "Cost centre",
            list(known),
            index=None,
            key="centre_which",
            placeholder="choose, or type its number",
            accept_new_options=True,
            width=300,
        )
        team = st.selectbox(
            "Carried by",
            ["", *sorted(names, key=lambda key: names[key].casefold())],
            index=None,
            key="centre_team",
            format_func=lambda key: names.get(key, "Nobody yet: suspense"),
            placeholder="choose a team",
            width=300,
        )
        centre = tidy(chosen or "")
        row = known.get(centre, CentreRow(centre, "", is_said=False, areas=(), lines=0, held=()))
        is_new = bool(centre) and team is not None and (team != row.team or not row.is_said)
        to = names.get(team or "", "nobody yet")
        label = f"Give {centre} to {to}" if is_new else "Give it to the team"
        is_pressed = st.button(label, key="centre_apply", type="primary", disabled=not is_new)
    if centre and team is not None:
        parts.callout("note", moved(row, team, names))
    if is_pressed and is_new:
        given = conflict.press(_FORM, mapping.set_cost_centre, centre, team)
        told(given, f"Cost centre {centre} is carried by {to}")


def moved(row: CentreRow, team: str, names: Mapping[str, str]) -> str:
    """What giving the cost centre to this team moves, before anything is shared out."""
    before, after = names.get(row.team, row.team) or _SUSPENSE, names.get(team, team) or _SUSPENSE
    if before == after:
        return f"No cost moves: {row.cost_centre} is with {before} already."
    if not row.lines:
        return f"No cost moves: no line is booked on {row.cost_centre} yet. It is kept for when one is."
    verb = "moves" if len(row.held) == 1 else "move"
    return (
        f"{_exact(row)} in {words.counted(row.lines, 'line')} {verb} from {before} to {after}, before "
        "anything is shared out."
    )
