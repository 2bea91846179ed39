"""Where the cost areas of a source go: to a team, a cost centre, a pool, or back to suspense.

Two hundred areas are looked through by search; one apply is one change, which can be undone.
"""

from collections.abc import Mapping, Sequence

import streamlit as st

from roi.actors import Action
from roi.commands import mapping
from roi.domain.structure import Team
from roi.reports import start as start_report
from roi.reports.shapes import AreaRow, DataReport
from roi.story import words
from roi.ui import links, parts, session
from roi.ui.data import area_centres, area_target, common
from roi.ui.data.area_change import LAST, SEARCH, Looked, apply, begin
from roi.ui.data.common import here
from roi.ui.outcomes import conflict

_OPEN, _PLACED, _ALL = "Without a place", "Placed", "All"
_HEIGHT, _FEW = 460, 12


def draw() -> None:
    """Title, suggestions, search, the areas, and where they go."""
    report = common.ask()
    areas = _of_source(report)
    if not areas:
        parts.eyebrow_and_title(here("Cost areas"), "No cost area has come with an import yet")
        parts.empty_state(
            "Cost areas come with the costs", "Import one month first.", ("Import costs", "data")
        )
        return
    source = areas[0].source
    parts.eyebrow_and_title(here("Cost areas"), title(areas), _lede(areas, source))
    if not session.actor().may(Action.MAP_COSTS):
        parts.callout(
            "note", f"{session.actor().name} may look, finance decides. Choose another name under Acting as."
        )
    teams = session.ask(start_report.build).teams
    names = {team.key: team.name for team in teams}
    centres = {row.cost_centre: names.get(row.team, row.team) for row in report.centres}
    _source_choice(report, source)
    _last_change()
    if session.actor().may(Action.MAP_COSTS):
        begin(source, report.version, {area.area: goes_to(area, names, centres) for area in areas})
    _suggestions(areas, teams, source)
    looked = _look(areas, source)
    chosen = _table(looked, names, centres)
    area_target.draw(looked, chosen, teams)
    area_centres.draw(report, teams)


def title(areas: Sequence[AreaRow]) -> str:
    """`213 of 234 cost areas have no place yet; they hold £442M`."""
    areas = [area for area in areas if area.target_kind or area.waits]
    waiting = [area for area in areas if area.waits]
    if not waiting:
        return "Every cost area has its place"
    if len(waiting) == len(areas) > 1:
        return f"None of the {_held(areas, f'{len(areas):,} cost areas has a place yet')}"
    verb = "has" if len(waiting) == 1 else "have"
    counted = f"{len(waiting):,} of {words.counted(len(areas), 'cost area')} {verb} no place yet"
    return _held(waiting, counted)


def _held(waiting: Sequence[AreaRow], counted: str) -> str:
    """The sentence with what the areas hold, when that is one currency."""
    currencies = {area.currency for area in waiting}
    if len(currencies) > 1:
        return counted
    held = words.money(sum(area.amount for area in waiting), currencies.pop())
    return f"{counted}; they hold {held}" if len(waiting) > 1 else f"{counted}; it holds {held}"


def _lede(areas: Sequence[AreaRow], source: str) -> str:
    lines = sum(area.lines for area in areas)
    told = f"Source {source}: {words.counted(lines, 'line')} in {words.counted(len(areas), 'cost area')}."
    return (
        f"{told}{left_out(areas)} What you leave open stays in suspense, by name; it is spread over nobody."
    )


def left_out(areas: Sequence[AreaRow]) -> str:
    """` Two are left out, because they are not cost (severance).`; empty where none is (rule V1)."""
    found = [area for area in areas if area.left_out and not area.target_kind]
    if not found:
        return ""
    natures = sorted({_nature(nature) for area in found for nature in area.left_out})
    one, many = "is left out, because it is not cost", "are left out, because they are not cost"
    return f" {words.sentence(words.spelled(len(found), one, many))} ({', '.join(natures)})."


def _nature(nature: str) -> str:
    return nature.replace("_", " ")


def _of_source(report: DataReport) -> list[AreaRow]:
    """The areas of the source that the address names, else of the one with the most open areas."""
    by_source: dict[str, list[AreaRow]] = {}
    for area in report.areas:
        by_source.setdefault(area.source, []).append(area)
    asked = links.asked("source")
    if asked in by_source:
        return by_source[asked]
    return max(by_source.values(), key=lambda rows: sum(row.waits for row in rows), default=[])


def _source_choice(report: DataReport, source: str) -> None:
    sources = sorted({area.source for area in report.areas})
    if len(sources) < 2:
        return
    chosen = st.selectbox("Source", sources, index=sources.index(source), key=f"areas_source_{source}")
    if chosen != source:
        links.go("data", view="areas", source=chosen)


def _last_change() -> None:
    """The latest apply of this session, with its way back."""
    kept = st.session_state.get(LAST)
    if not isinstance(kept, tuple):
        return
    change_id, told = kept
    with st.container(horizontal=True, vertical_alignment="center", key="areas_last"):
        parts.callout("good", told)
        if st.button(f"Undo change {change_id}", key="areas_undo"):
            st.session_state.pop(LAST)
            links.go("data", view=f"undo-{change_id}")


def _suggestions(areas: Sequence[AreaRow], teams: Sequence[Team], source: str) -> None:
    """Areas whose name suggests a team, all of them in one click, or only some."""
    names = {team.key: team.name for team in teams}
    form = f"suggested_{source}"
    if pressed := conflict.taken(form):
        (kept,) = pressed
        targets = [mapping.AreaTarget(area.area, "team", area.suggestion) for area in kept]
        apply(source, targets, f"{words.counted(len(kept), 'area')} placed as suggested")
    found = [area for area in areas if area.waits and area.suggestion in names]
    if not found or not session.actor().may(Action.MAP_COSTS):
        return
    with st.container(border=True, key="areas_suggestions"):
        told = f"{words.sentence(words.spelled(len(found), 'area'))} sound like one of your teams"
        parts.section(told, "By their names. Take out what is wrong, then accept.")
        kept = st.multiselect(
            "Suggestions",
            found,
            default=found,
            format_func=lambda area: f"{area.area} → {names[area.suggestion]}",
            key=f"areas_suggested_{len(found)}",
            label_visibility="collapsed",
        )
        count = words.counted(len(kept), "suggestion")
        st.button(
            f"Accept {count}",
            key="areas_accept",
            type="primary",
            disabled=not kept,
            on_click=conflict.pressed,
            args=(form, tuple(kept)),
        )


def _look(areas: Sequence[AreaRow], source: str) -> Looked:
    """Search and state narrow what is shown."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="areas_look"):
        asked = links.asked("area")
        search = st.text_input(
            "Search", value=asked, key=SEARCH, live=True, placeholder="part of a name, like GDS"
        )
        state = st.segmented_control(
            "Show", [_OPEN, _PLACED, _ALL], default=_OPEN if _any_open(areas) else _ALL, key="areas_state"
        )
    wanted = (search or "").casefold().split()
    found = [
        area
        for area in areas
        if all(word in area.area.casefold() for word in wanted)
        and (state in {_ALL, None} or (area.waits if state == _OPEN else bool(area.target_kind)))
    ]
    return Looked(source, tuple(found), (search or "").strip())


def _any_open(areas: Sequence[AreaRow]) -> bool:
    return any(area.waits for area in areas)


def _table(looked: Looked, names: Mapping[str, str], centres: Mapping[str, str]) -> tuple[AreaRow, ...]:
    """The areas, largest first; those that are ticked, or all that a search found."""
    if not looked.found:
        parts.callout("note", "No cost area here has this in its name. Search for less, or show all.")
        return ()
    shown = {
        "Cost area": [area.area or "(no name)" for area in looked.found],
        "Amount": [words.exact(area.amount, area.currency) for area in looked.found],
        "Lines": [area.lines for area in looked.found],
        "Goes to": [goes_to(area, names, centres) for area in looked.found],
    }
    picked = st.dataframe(
        shown,
        key=f"areas_table_{looked.source}_{looked.search}_{len(looked.found)}",
        on_select="rerun",
        selection_mode="multi-row",
        hide_index=True,
        height=_HEIGHT if len(looked.found) > _FEW else "content",
        column_config={
            "Cost area": st.column_config.TextColumn(width="medium"),
            "Lines": st.column_config.NumberColumn(format="localized", width="small"),
            "Amount": st.column_config.TextColumn(alignment="right"),
        },
        alt=f"{len(looked.found)} cost areas of {looked.source} with lines, amount and where they go",
    )
    rows = tuple(looked.found[row] for row in picked.selection.rows if row < len(looked.found))
    return rows or (looked.found if looked.search else ())


def goes_to(area: AreaRow, names: Mapping[str, str], centres: Mapping[str, str]) -> str:
    """Where an area goes, in words; `centres` are the teams of cost centres by name."""
    if not area.target_kind:
        natures = ", ".join(_nature(nature) for nature in area.left_out)
        return f"left out: {natures}" if natures else "suspense"
    if area.target_kind == "team":
        return names.get(area.target, area.target)
    if area.target_kind == "cost_centre":
        return f"cost centre {area_centres.carried(area.target, centres)}"
    return f"{area.target_kind.replace('_', ' ')} {area.target}"
