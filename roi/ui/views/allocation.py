"""How cost is passed on, in its order, and what other ways to do it would say."""

from roi.reports.shapes import MethodChecks, MethodRow
from roi.story import cost_titles, tied, words
from roi.ui import links, parts

_ORDER = (
    (
        "1. People",
        "To teams by their assignments, month by month. The rest waits in suspense.",
    ),
    (
        "2. Pools",
        "What is shared, by its driver: headcount, even, fixed shares or measured use.",
    ),
    ("3. Serving teams", "To the teams they serve by measured use, all at once (reciprocal method)."),
    ("4. Overhead", "Last, by headcount, over the teams that do not pass on their own cost."),
)


def draw(checks: MethodChecks) -> None:
    """The order of the steps, and each team that another method would move by more than 2 %."""
    told = "Every cent has one place; cents by largest remainder."
    parts.section("How cost is passed on", told, "passed-on")
    parts.facts(_ORDER, key="allocation-order")
    if not checks.teams:
        return
    order = f"Step-down takes {words.listed(checks.order, 'then')}. " if len(checks.order) > 1 else ""
    told = f"{order}Shown above 2%, before overhead, {words.currency_name(checks.currency)}."
    parts.section(cost_titles.methods(checks).text, checks.reason or told)
    if checks.rows and not checks.reason:
        _table(checks)
    for name, why in checks.kept:
        parts.callout("attention", f"The cost of {name} stays with it: {why}.")


def _table(checks: MethodChecks) -> None:
    amounts = [amount for row in checks.rows for amount in (row.direct, row.step_down, row.reciprocal)]
    scale = tied.scale_for(amounts, checks.currency)
    columns = [
        parts.Column("Team", "text"),
        parts.Column("Reciprocal, used here"),
        parts.Column("Step-down", phone=False),
        parts.Column("Direct", phone=False),
        parts.Column("Up to"),
    ]
    rows = [_row(row, scale) for row in checks.rows]
    parts.graphic_table("allocation-methods", "Cost by allocation method", columns, rows)


def _row(row: MethodRow, scale: words.Scale) -> parts.Row:
    cells = (
        parts.Cell(row.name),
        parts.Cell(scale.text(row.reciprocal), tone="strong"),
        parts.Cell(scale.text(row.step_down)),
        parts.Cell(scale.text(row.direct)),
        parts.Cell(f"{words.apart(row.apart).removeprefix('+')} apart", tone="quiet"),
    )
    return parts.Row(cells, "flat", links.href("team", team=row.team))
