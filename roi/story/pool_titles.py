"""What becomes of a measured movement that outcomes claim shares of: every part of it is said (law T4)."""

from roi.domain.benefits import COUNTED_ONCE
from roi.reports.shapes.value import PoolRow
from roi.story import words


def parts(pool: PoolRow, outcome: str = "") -> str:
    """What counts, what is cut, and whose the rest is: `Of $1.88M $1.04M counts, … is not due to this work`.

    With several claims what counts is told apart: with `outcome`, and with the others. The printed parts sum
    to the printed movement; claims on more than all of it say how much they asked for together.
    """
    movement, counted = pool.movement.value or 0, pool.counted.value or 0
    removed, left = pool.overlap_removed.value or 0, movement - counted
    own = [amount for key, amount, _ in pool.claims if key == outcome]
    here = own[0] if own and len(pool.claims) > 1 else counted
    is_over = (left - removed) * (1 if movement >= 0 else -1) < 0
    cut, rest = (left, 0) if is_over else (removed, left - removed)
    amounts = [here, counted - here, cut, rest]
    scale = words.scale_for([movement, *amounts], pool.movement.currency, [(amounts, movement)])
    named = zip(amounts, _names(pool, outcome), strict=True)
    said = [
        f"{scale.text(amount)} {name}" for place, (amount, name) in enumerate(named) if amount or not place
    ]
    beyond = f", as together {scale.text(counted + removed)} was claimed" if is_over else ""
    return f"Of {scale.text(movement)} in the period {words.listed(said)}{beyond}."


def _names(pool: PoolRow, outcome: str) -> tuple[str, str, str, str]:
    """What each part of the movement is."""
    here = "counts here" if outcome and len(pool.claims) > 1 else "counts"
    return here, f"with {_others(pool)}", "overlap is removed", f"is {_nobody(pool)}"


def _others(pool: PoolRow) -> str:
    return "the other claim" if len(pool.claims) == 2 else "the other claims"


def _nobody(pool: PoolRow) -> str:
    """Whose the rest is: the part that is not due to the work, or what a claim gave back or waits for."""
    idle = [why for _, amount, why in pool.claims if not amount and why and not why.startswith(COUNTED_ONCE)]
    work = "this work" if len(pool.claims) == 1 else "any of them"
    return f"claimed in vain or not due to {work}" if idle else f"not due to {work}"
