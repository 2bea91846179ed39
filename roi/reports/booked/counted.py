"""The pool that an outcome claims a share of, in the period: one movement, counted once (law T4, rule V8)."""

from roi.domain.figures import Figure, unknown
from roi.reports.booked.work import Work
from roi.reports.shapes.value import PoolRow
from roi.reports.value import valued
from roi.reports.value.valued import Amount, Valued

_NOTHING = "no confirmed month of it lies in the period"


def pool_of(work: Work, item: Valued) -> PoolRow | None:
    """The pool in the period with everybody who claims on it; None where no money is claimed."""
    counts, span, pool = work.agreed.counts, work.basis.span, item.pool
    keys = counts.claims.get(pool, ())
    if item.outcome.unit_value is None or not keys or span is None:
        return None
    sums = {month: counts.pools[pool, month] for month in span.months if (pool, month) in counts.pools}
    amounts = [Amount(month, its.movement, 0) for month, its in sums.items()]
    moved = valued.converted(work.basis, item.outcome.currency, amounts)
    members = [work.by_key[key] for key in keys if key in work.by_key]
    why = "" if sums and moved is not None else _NOTHING
    movement = sum(one.amount for one in moved or ())
    counted = sum(one.earned for one in members)
    removed = sum(one.removed for one in members)
    rest = movement - counted
    claims = ("outcomes", len(members))
    told = (
        ("pool_movement", movement, (("months", len(sums)), ("movement", movement))),
        ("pool_counted", counted, (claims, ("counted", counted))),
        ("pool_overlap", removed, (claims, ("removed", removed))),
        ("pool_unclaimed", rest, (("movement", movement), ("counted", counted), ("rest", rest))),
    )
    moved_figure, counted_figure, removed_figure, rest_figure = (
        _figure(work, item, why, one) for one in told
    )
    return PoolRow(
        pool,
        item.outcome.metric,
        *_place(work, item),
        moved_figure,
        counted_figure,
        removed_figure,
        rest_figure,
        any(its.is_capped for its in sums.values()),
        tuple((one.outcome.key, one.earned, "" if one.earned else one.why_not) for one in members),
    )


def _place(work: Work, item: Valued) -> tuple[str, str]:
    """The finance line and its cell, by name."""
    line, cell = (item.plan.line, item.plan.cell) if item.plan is not None else ("", "")
    found_line, found_cell = work.values.lines.get(line), work.values.cells.get((line, cell))
    return found_line.name if found_line else line, found_cell.name if found_cell else cell


def _figure(work: Work, item: Valued, why: str, told: tuple[str, int, tuple[tuple[str, int], ...]]) -> Figure:
    figure_id, value, inputs = told
    scope, currency = work.basis.keys(outcome=item.outcome.key), work.basis.currency
    if why:
        return unknown(figure_id, why, currency=currency, scope=scope)
    return Figure(figure_id, value, currency=currency, inputs=inputs, scope=scope)
