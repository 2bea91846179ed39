"""Step 4: what the import would change, by team and by what its rows name that leads to no team yet."""

from collections.abc import Iterable

import streamlit as st

from roi.commands.changing.requests import AreaShare, TeamEffect
from roi.domain.importing import Mode
from roi.domain.periods import short_month
from roi.story import words
from roi.ui import parts
from roi.ui.parts import Cell, Column, Row
from roi.ui.upload import answered, keeper, step_headline
from roi.ui.upload import draft as drafts
from roi.ui.upload.draft import Draft
from roi.ui.upload.pieces import before_and_after, sums

_AREAS = 12
_MODES = {
    Mode.ASK: "choose",
    Mode.REPLACE: "Replace what this source has in these months",
    Mode.ADD: "Add these rows to what is there",
}


def title(draft: Draft) -> tuple[str, str]:
    """`This upload adds $0.04M to one team`."""
    if answered.overlaps(draft) and draft.mode is Mode.ASK:
        months = words.listed([short_month(month) for month in answered.overlaps(draft)[:3]])
        return (
            f"{draft.source} already has costs for {months}",
            "Replace them, or add to them? Nothing is decided for you.",
        )
    effects = _added(draft)
    teams = [effect for effect in effects if effect.key and effect.after != effect.before]
    lede = _counts(draft)
    if not teams:
        moved = sum(effect.after - effect.before for effect in effects)
        currency = effects[0].currency if effects else ""
        if currency and moved:
            return f"This upload adds {words.money(moved, currency)}; no team carries it yet", lede
        return "This upload changes the cost of no team", lede
    currencies = {effect.currency for effect in teams}
    moved = sum(effect.after - effect.before for effect in teams)
    who = words.spelled(len({effect.key for effect in teams}), "team")
    if len(currencies) != 1 or not moved:
        return f"This upload moves the cost of {who}", lede
    verb, way = ("adds", "to") if moved > 0 else ("takes", "from")
    return f"This upload {verb} {words.money(abs(moved), currencies.pop())} {way} {who}", lede


def _counts(draft: Draft) -> str:
    found = [file.answered.preview for file in answered.waiting(draft) if file.answered]
    new, same, gone = (sum(getattr(one, name) for one in found) for name in ("new", "unchanged", "removed"))
    span = answered.months(draft)
    where = f"{span.label}. " if span else ""
    return f"{where}{answered.rows(draft):,} rows: {new:,} new, {same:,} unchanged, {gone:,} removed."


def draw(draft: Draft) -> Draft:
    """The question of overlap, before and after by team, suspense by area."""
    if answered.overlaps(draft):
        draft = _mode(draft)
    draft = step_headline.draw(draft)
    effects = _added(draft)
    for currency in dict.fromkeys(effect.currency for effect in effects):
        _teams(currency, [effect for effect in effects if effect.currency == currency])
    step_headline.months(draft)
    _suspense(draft)
    return draft


def _mode(draft: Draft) -> Draft:
    months = words.listed([short_month(month) for month in answered.overlaps(draft)])
    parts.callout(
        "attention", f"{draft.source} already has costs for {months}, or two of the files share them."
    )
    modes = list(_MODES)
    chosen = st.radio(
        "What should happen to these months?",
        modes,
        index=modes.index(draft.mode),
        key="cost_mode",
        format_func=lambda mode: _MODES[mode],
    )
    if chosen is not draft.mode:
        keeper.show(drafts.say_mode(draft, chosen))
    return draft


def _added(draft: Draft) -> list[TeamEffect]:
    """The effects of all files by team and currency, suspense last.

    Files of different months have different befores and afters, which add up; files that share a month
    share its before, so theirs are not added twice.
    """
    sums_: dict[tuple[str, str], TeamEffect] = {}
    seen: set[tuple[str, str, tuple[int, ...]]] = set()
    for file in answered.waiting(draft):
        if file.answered is None:
            continue
        months = tuple(sorted({total.month for total in file.answered.preview.months}))
        for effect in file.answered.preview.effects:
            key = (effect.key, effect.currency)
            before = 0 if (*key, months) in seen else effect.before
            after = before + effect.after - effect.before
            seen.add((*key, months))
            kept = sums_.get(key)
            sums_[key] = TeamEffect(
                effect.key,
                effect.name,
                effect.currency,
                before + (kept.before if kept else 0),
                after + (kept.after if kept else 0),
            )
    return sorted(sums_.values(), key=lambda effect: (effect.key == "", effect.name.casefold()))


def _teams(currency: str, effects: list[TeamEffect]) -> None:
    parts.section("Before and after", f"In the months of the files, {words.currency_name(currency)}.")
    columns = [Column("Team", "text"), Column("Before", phone=False), Column("After"), Column("Change")]
    before, after = sum(e.before for e in effects), sum(e.after for e in effects)
    scale = words.scale_for(
        [n for e in effects for n in (e.before, e.after)] + [after],
        currency,
        [([e.before for e in effects], before), ([e.after for e in effects], after)],
    )
    rows = [
        before_and_after(effect.name or "Suspense: no team yet", effect.before, effect.after, scale)
        for effect in effects
    ]
    total = before_and_after("All costs", before, after, scale)
    parts.graphic_table(
        f"cost_effects_{currency}",
        "Cost by team before and after",
        columns,
        [*rows, Row(total.cells, kind="total")],
    )


def _suspense(draft: Draft) -> None:
    """What rows name that lead to no team, largest first: other lists may place people and pools."""
    areas = _areas(share for preview in answered.previews(draft) for share in preview.suspense)
    if not areas:
        return
    lines = sum(area.lines for area in areas)
    lead = "leads" if lines == 1 else "lead"
    parts.section(
        f"{words.counted(lines, 'row')} {lead} to no team by name or cost area",
        f"{words.counted(len(areas), 'name')}. People go to teams by their assignments, pools by their "
        "drivers, cost areas once somebody says where. What nobody carries waits in suspense, by name.",
    )
    columns = [Column("What they name", "text"), Column("Rows"), Column("Amount")]
    rows = [
        Row(
            (
                Cell(area.area or "(no name)"),
                Cell(f"{area.lines:,}"),
                Cell(words.exact(area.amount, area.currency)),
            ),
            kind="flat",
        )
        for area in areas[:_AREAS]
    ]
    rest = areas[_AREAS:]
    if rest:
        left: dict[str, int] = {}
        for area in rest:
            left[area.currency] = left.get(area.currency, 0) + area.amount
        name = f"{words.counted(len(rest), 'more area', 'more areas')}"
        rows.append(Row((Cell(name), Cell(f"{sum(a.lines for a in rest):,}"), Cell(sums(left))), kind="note"))
    parts.graphic_table("cost_suspense", "What the rows name that lead to no team", columns, rows)


def _areas(shares: Iterable[AreaShare]) -> list[AreaShare]:
    added: dict[tuple[str, str], AreaShare] = {}
    for share in shares:
        kept = added.get((share.area, share.currency))
        lines, amount = (kept.lines, kept.amount) if kept else (0, 0)
        added[share.area, share.currency] = AreaShare(
            share.area, share.currency, lines + share.lines, amount + share.amount
        )
    return sorted(added.values(), key=lambda area: -abs(area.amount))
