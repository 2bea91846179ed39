"""What all views of the teams share: head, numbers under the title, the switch, and what is on no team."""

import streamlit as st

from roi.charts.markup import tag
from roi.reports.shapes import TeamsReport
from roi.story import cost_titles, words
from roi.ui import links, parts
from roi.ui.component import markup

VIEWS = {"return": "Return", "cost": "Cost", "roles": "Shared roles", "mix": "Mix"}


def eyebrow(report: TeamsReport) -> str:
    """Page, period and currency, said once."""
    period = report.span.long_label if report.span else "no costs yet"
    return " · ".join(part for part in ("Teams", period, words.currency_name(report.currency)) if part)


def kpis(report: TeamsReport) -> list[parts.Kpi]:
    """Ledger, and the three places where it is."""
    figures = [report.ledger, report.team_total, report.suspense, report.excluded]
    notes = [
        report.books.value,
        words.counted(report.with_cost, "team"),
        cost_titles.waiting(report.suspense_rows),
        "not cash cost, each by name",
    ]
    if report.other_teams is not None:
        figures.append(report.other_teams)
        notes.append(f"teams outside this {words.group(report.grouped_by)}")
    scale = words.scale_for(
        [figure.value for figure in figures],
        report.currency,
        [([figure.value or 0 for figure in figures[1:]], figures[0].value or 0)],
    )
    names = [figure.definition.name for figure in figures[:4]] + [f"Other {words.group(report.grouped_by)}s"]
    names[1] = "Cost of teams"
    return [
        parts.Kpi(name, scale.text(figure.value), note, None if name == names[-1] else figure)
        for name, figure, note in zip(names, figures, notes, strict=False)
    ]


def chosen() -> str:
    """The view that the address or the switch names; the first one otherwise."""
    asked = links.asked("view")
    start = asked if asked in VIEWS else "return"
    picked = st.segmented_control(
        "View",
        list(VIEWS),
        default=None if links.obey("view", "teams_view", VIEWS) else start,
        required=True,
        format_func=lambda key: VIEWS[key],
        key="teams_view",
        label_visibility="collapsed",
        on_change=_remember,
    )
    return picked or start


def _remember() -> None:
    picked = st.session_state.get("teams_view")
    if picked in VIEWS and picked != "return":
        st.query_params["view"] = picked
    else:
        st.query_params.pop("view", None)


def _exact(amount: int | None, report: TeamsReport) -> str:
    if amount is None:
        return words.DASH
    return f"{words.sign(amount)}{words.plain(amount, report.currency)}"


def suspense(report: TeamsReport) -> None:
    """Everything that no team carries yet, by name and reason."""
    if not report.suspense_rows:
        return
    told = "Nothing is smeared over teams. Each name waits for a decision."
    parts.section("Not on a team yet, by name", told)
    columns = [
        parts.Column("Name", "text"),
        parts.Column("Why", "text", phone=False),
        parts.Column("Lines", phone=False),
        parts.Column("Amount"),
    ]
    shown = report.suspense_rows[:_MOST_ROWS]
    rows = [
        parts.Row(
            (
                parts.Cell(row.label or row.source, phone_note=row.reason),
                parts.Cell(row.reason, tone="quiet"),
                parts.Cell(f"{row.lines:,}"),
                parts.Cell(
                    parts.known_part(words.exact(row.amount, report.currency), "suspense_part", part=row.part)
                ),
            ),
            "flat",
        )
        for row in shown
    ]
    rest = report.suspense_rows[_MOST_ROWS:]
    if rest:
        lines, amount = sum(row.lines for row in rest), sum(row.amount for row in rest)
        name = f"{len(rest):,} smaller ones"
        total = words.exact(amount, report.currency)
        cells = (parts.Cell(name), parts.Cell(), parts.Cell(f"{lines:,}"), parts.Cell(total))
        rows.append(parts.Row(cells, "note"))
    parts.graphic_table("teams-suspense", "Cost that no team carries yet", columns, rows)
    place = parts.link("Say which team each belongs to", links.href("data"))
    markup(tag("p", place, class_="sub"), key="to-data")


_MOST_ROWS = 25
