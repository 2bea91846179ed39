"""What the board approved: every initiative with what it may cost, what it costs so far, and what came."""

from collections.abc import Sequence

from roi.actors import Action
from roi.charts.markup import Html, tag
from roi.charts.svg import dots
from roi.domain.figures import Figure
from roi.reports import initiatives as initiatives_report
from roi.reports.shapes.value import InitiativeRow
from roi.story import titles, words
from roi.ui import links, parts, session
from roi.ui.outcomes import common, initiative_form
from roi.ui.parts import Cell, Column, Row


def draw() -> None:
    """The list, the cost that belongs to none, and the form for one more."""
    report = session.ask(initiatives_report.build, session.scope(), session.today())
    may = session.actor().may(Action.RECORD_OUTCOME)
    if not report.rows:
        told = "It is what a board approves: several epics, one owner, what it may cost, when it is due."
        parts.section("What this list will show", told)
        if may:
            initiative_form.new(is_open=True)
        return
    parts.section(
        "By due date",
        f"Epics of no initiative: {words.figure(report.without)}." if report.without.is_known else "",
    )
    table(report.rows, "initiatives")
    if report.measures:
        parts.foot(measures(report.measures), key="initiatives_measures")
    if may:
        initiative_form.new()


def table(rows: Sequence[InitiativeRow], key: str) -> None:
    """One row an initiative, which leads to its page."""
    parts.graphic_table(key, "Initiatives", _COLUMNS, [_row(row) for row in rows])


def measures(counts: Sequence[tuple[str, int]]) -> str:
    """How the success measures came out: `113 success measures: 39 met, 18 not met, 56 to come.`."""
    told = ", ".join(f"{count:,} {word}" for word, count in counts)
    return f"{words.counted(sum(count for _, count in counts), 'success measure')}: {told}."


def title() -> str:
    """How many there are, and how many cost more than was approved."""
    report = session.ask(initiatives_report.build, session.scope(), session.today())
    return words.sentence(titles.initiatives(report).known)


_COLUMNS: Sequence[Column] = (
    Column("Initiative", "text"),
    Column("Owner", "text", phone=False),
    Column("Due", "text", phone=False),
    Column("Approved", phone=False),
    Column("Cost so far"),
    Column("Confirmed cash, since start"),
    Column("Epics delivered", phone=False),
    Column("Outcomes read", "graphic", phone=False),
)


def _row(row: InitiativeRow) -> Row:
    initiative = row.initiative
    address = links.href("initiative", initiative=initiative.key)
    due = words.day(initiative.due_on) if initiative.due_on else "no date"
    cells = (
        Cell(initiative.name, phone_note=f"{initiative.owner} · {due}"),
        Cell(initiative.owner),
        Cell(due),
        Cell(_amount(row.approved, "none stated")),
        Cell(common.shown(row.cost, initiative=row.initiative.key), tone="attn" if _is_over(row) else ""),
        Cell(common.shown(row.confirmed, initiative=row.initiative.key)),
        Cell(words.count_of(row.delivered, row.epics)),
        Cell(dots(row.outcomes_read, row.outcomes_overdue, row.outcomes_total)),
    )
    return Row(cells, "flat", address)


def _amount(figure: Figure, otherwise: str) -> Html:
    return common.shown(figure) if figure.is_known else tag("span", otherwise, class_="neu")


def _is_over(row: InitiativeRow) -> bool:
    return (
        row.cost.value is not None and row.approved.value is not None and row.cost.value > row.approved.value
    )
