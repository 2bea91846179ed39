"""Where the chosen cost areas should go; a team that does not exist yet is made on the spot."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from roi.actors import Action
from roi.commands import mapping, structure
from roi.domain.structure import Team
from roi.reports.shapes import AreaRow
from roi.story import words
from roi.ui import parts, session
from roi.ui.data.area_change import Looked, apply
from roi.ui.outcomes import conflict

Kind = Literal["team", "cost_centre", "pool", ""]
_KINDS: dict[Kind, str] = {
    "team": "A team",
    "cost_centre": "A cost centre",
    "pool": "A shared pool",
    "": "Back to suspense",
}


def draw(looked: Looked, chosen: Sequence[AreaRow], teams: Sequence[Team]) -> None:
    """Say how many are chosen and send them."""
    form = f"send_{looked.source}"
    pressed = conflict.taken(form)
    if not (looked.found or pressed) or not session.actor().may(Action.MAP_COSTS):
        return
    chosen = pressed[0] if pressed else chosen
    parts.section(_chosen(looked, chosen), "" if chosen else "Search for a part of their name, or tick rows.")
    with st.container(horizontal=True, vertical_alignment="bottom", key="areas_target"):
        kind = st.selectbox(
            "Send them to", list(_KINDS), format_func=lambda key: _KINDS[key], key="areas_kind", width=180
        )
        value = _value(kind, teams)
        new = kind == "team" and bool(value) and value not in {team.key for team in teams}
        label = _label(len(chosen), kind, is_new=new)
        is_ready = bool(chosen) and (bool(value) or kind == "")
        st.button(
            label,
            key="areas_apply",
            type="primary",
            disabled=not is_ready,
            on_click=conflict.pressed,
            args=(form, chosen),
        )
    if pressed and is_ready:
        _send(looked.source, chosen, kind, value, teams)


def _chosen(looked: Looked, chosen: Sequence[AreaRow]) -> str:
    if not chosen:
        return "No area is chosen yet"
    sums: dict[str, int] = {}
    for area in chosen:
        sums[area.currency] = sums.get(area.currency, 0) + area.amount
    held = words.listed([words.money(amount, currency) for currency, amount in sums.items()])
    every = " that the search found" if looked.search and len(chosen) == len(looked.found) else ""
    verb = "holds" if len(chosen) == 1 else "hold"
    return f"{words.counted(len(chosen), 'area')}{every} {verb} {held}"


def _value(kind: Kind, teams: Sequence[Team]) -> str:
    """The team's key, or what was typed."""
    if kind == "team":
        names = {team.key: team.name for team in teams}
        chosen = st.selectbox(
            "Team",
            [team.key for team in sorted(teams, key=lambda team: team.name.casefold())],
            index=None,
            key="areas_team",
            format_func=lambda key: names.get(key, key),
            placeholder="choose, or type a new team",
            accept_new_options=True,
            width=300,
        )
        return (chosen or "").strip()
    if kind in {"cost_centre", "pool"}:
        return (
            st.text_input(_KINDS[kind].removeprefix("A ").capitalize(), key="areas_value", width=300) or ""
        ).strip()
    return ""


def _label(count: int, kind: Kind, *, is_new: bool) -> str:
    if not count:
        return "Place them"
    areas = words.counted(count, "area")
    if is_new:
        return f"Create the team and place {areas}"
    return f"Place {areas}" if kind else f"Send {areas} back"


def _send(source: str, chosen: Sequence[AreaRow], kind: Kind, value: str, teams: Sequence[Team]) -> None:
    name = value
    if kind == "team":
        team = _team(value, teams)
        if team is None:
            return
        value, name = team.key, team.name
    targets = [mapping.AreaTarget(area, kind, value) for area in dict.fromkeys(row.area for row in chosen)]
    where = f"placed on {name}" if kind else "sent back to suspense"
    apply(source, targets, f"{words.counted(len(targets), 'area')} {where}")


def _team(value: str, teams: Sequence[Team]) -> Team | None:
    """The team of this key or name; made when there is none, None when it was refused."""
    known = next((team for team in teams if value in {team.key, team.name}), None)
    if known is not None:
        return known
    found, issues = structure.paste_teams(value, teams)
    if issues or not found:
        parts.issue_list(issues)
        return None
    return found[0] if session.do(structure.save_teams, found) is not None else None
