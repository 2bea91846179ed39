"""What an import would do to the first page's figure, and what each of its months would hold (ux.md 8)."""

from dataclasses import replace

import streamlit as st

from roi.commands import costs
from roi.commands.changing.requests import MonthEffect
from roi.domain.figures import Figure
from roi.domain.periods import short_month
from roi.reports import headline
from roi.reports.headline import Headline
from roi.story import words
from roi.ui import parts, session
from roi.ui.parts import Column
from roi.ui.upload import answered, keeper
from roi.ui.upload import draft as drafts
from roi.ui.upload.draft import Ahead, Draft
from roi.ui.upload.pieces import before_and_after

_MONTHS = 18


def draw(draft: Draft) -> Draft:
    """Before and after of the headline; of several files it is known after the import only."""
    waiting = answered.waiting(draft)
    if len(waiting) != 1:
        return draft
    file = waiting[0]
    request, version = answered.question_for(draft, file), session.store().version
    scope = replace(session.scope(), as_of=None)
    kept = file.ahead
    if kept is None or (kept.request, kept.version, kept.scope) != (request, version, scope):
        acting = session.actor()
        with st.spinner("Reckoning the headline", show_time=False):
            found = session.do(costs.look_ahead, request, lambda cursor: headline.on(cursor, acting, scope))
        kept = Ahead(request, version, scope, found)
        draft = keeper.keep(drafts.change_file(draft, file.name, lambda one: replace(one, ahead=kept)))
    if kept.after is not None:
        _headline(session.answer(headline.build, scope), kept.after)
    return draft


def _headline(before: Headline, after: Headline) -> None:
    returned = _moved(words.name(after.returned.definition, after.currency), before.returned, after.returned)
    cost = _moved("Cost of teams", before.cost, after.cost)
    span = after.span.label if after.span else ""
    other = before.span is not None and before.span != after.span
    period = f"In {span}" + (f", before in {before.span.label}" if other and before.span else "")
    parts.section("On the first page", f"{returned} {cost} {period}." if span else f"{returned} {cost}")


def _moved(name: str, before: Figure, after: Figure) -> str:
    """One sentence on one figure, before and after."""
    if not after.is_known:
        return f"{name} is not known: {after.reason}."
    told = words.figure(after)
    if not before.is_known:
        return f"{name} becomes {told}; it was not known: {before.reason}."
    was = words.figure(before)
    return f"{name} stays {told}." if was == told else f"{name} moves from {was} to {told}."


def months(draft: Draft) -> None:
    """What the ledger holds in each month before and after, where the files hold several."""
    found = _months(draft)
    for currency in dict.fromkeys(currency for _, currency in found):
        rows = [(month, *found[month, its]) for month, its in sorted(found) if its == currency]
        if len(rows) > 1:
            _table(currency, rows)


def _months(draft: Draft) -> dict[tuple[int, str], tuple[int, int]]:
    sums: dict[tuple[int, str], tuple[int, int]] = {}
    for file in answered.waiting(draft):
        for one in file.answered.preview.month_effects if file.answered else ():
            sums[one.month, one.currency] = _added(sums.get((one.month, one.currency)), one)
    return sums


def _added(so_far: tuple[int, int] | None, one: MonthEffect) -> tuple[int, int]:
    """Two files of one month share its before."""
    if so_far is None:
        return one.before, one.after
    return so_far[0], so_far[1] + one.after - one.before


def _table(currency: str, rows: list[tuple[int, int, int]]) -> None:
    parts.section("Month by month", f"All costs of the files' months, {words.currency_name(currency)}.")
    before, after = sum(row[1] for row in rows), sum(row[2] for row in rows)
    columns = [Column("Month", "text"), Column("Before", phone=False), Column("After"), Column("Change")]
    scale = words.scale_for(
        [number for row in rows for number in row[1:]] + [after],
        currency,
        [([row[1] for row in rows], before), ([row[2] for row in rows], after)],
    )
    shown = [before_and_after(short_month(month), old, new, scale) for month, old, new in rows[:_MONTHS]]
    rest = rows[_MONTHS:]
    if rest:
        name = words.counted(len(rest), "more month")
        shown.append(before_and_after(name, sum(row[1] for row in rest), sum(row[2] for row in rest), scale))
    total = before_and_after("All months", before, after, scale)
    parts.graphic_table(
        f"cost_months_{currency}",
        "Cost by month before and after",
        columns,
        [*shown, replace(total, kind="total")],
    )
