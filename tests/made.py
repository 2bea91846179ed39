"""What law T8 asks of the parts of a figure about value: they make it, to the minor unit."""

from collections.abc import Callable, Mapping

from roi.domain.figures import Figure
from roi.domain.money import SHARE_WHOLE
from roi.domain.returns import ratio
from roi.reports.shapes import TraceReport

Inputs = Mapping[str, int]


def _less(whole: str, part: str) -> Callable[[Inputs], int]:
    return lambda its: its[whole] - its[part]


def _swapped(its: Inputs) -> int:
    regret = its["second"] * its["months_first"] - its["first"] * its["months_second"]
    return round(regret / its["months_both"])


RECKONED: Mapping[str, Callable[[Inputs], int]] = {
    "npv": _less("benefits", "costs"),
    "forward_npv": _less("benefits", "costs"),
    "roi": lambda its: ratio(its["benefits"] - its["costs"], its["costs"]),
    "started_return": lambda its: ratio(its["confirmed"], its["cost"]),
    "share_of_results": lambda its: ratio(its["confirmed"], its["results"]),
    "explained_cost": lambda its: round(its["epic_cost"] / its["outcomes"]),
    "after_record": lambda its: round(its["expected"] * its["record"] / SHARE_WHOLE),
    "cost_of_delay": _less("benefits", "run"),
    "pause_worth": lambda its: (its["saved"] - its["lost"]) // its["months"],
    "swap_worth": _swapped,
    "pool_unclaimed": _less("movement", "counted"),
    "over_approved": _less("cost", "approved"),
}
"""Figures that are no plain sum of their parts: how the numbers that the parts sum to make them."""

ONLY_FLOWS = frozenset({"payback", "irr"})
"""Not reckoned by a formula: their parts are the flows that they come from."""

TWO_NUMBERS = frozenset(
    {
        *("npv", "roi", "payback", "irr", "started_return", "share_of_results", "pause_worth"),
        "over_approved",
    }
)
"""Figures of which both numbers have to be made by parts."""


def check(report: TraceReport) -> None:
    """The parts make the figure; each leads onward, and never to the very figure that it is a part of."""
    figure, parts = report.figure, report.parts
    inputs, sums = dict(figure.inputs), dict[str, int]()
    for part in parts:
        assert part.amount is not None
        assert part.term, (figure.figure_id, part)
        sums[part.term] = sums.get(part.term, 0) + part.amount
        _leads_on(figure, part.leads)
    assert report.sums_agree, (figure, sums)
    assert sums == {term: inputs[term] for term in sums}, (figure, sums)
    if not figure.value:
        return
    assert sums, (figure, "nothing makes it")
    assert len(sums) == 2 or figure.figure_id not in TWO_NUMBERS, (figure, sums)
    if figure.figure_id in RECKONED:
        # A share of rounded sums is as near to that of the exact ones as a minor unit of cost lets it be.
        near = 1
        if figure.figure_id == "roi":
            near += (inputs["benefits"] + inputs["costs"]) * SHARE_WHOLE // inputs["costs"] ** 2
        assert abs(RECKONED[figure.figure_id](inputs) - figure.value) <= near, figure
    elif figure.figure_id not in ONLY_FLOWS:
        assert sum(sums.values()) == figure.value, (figure, sums)
    assert {row.outcome.key for row in report.outcomes} <= _named(parts)


def _leads_on(figure: Figure, leads: tuple[tuple[str, str], ...]) -> None:
    keys = dict(leads)
    if keys.get("figure") == figure.figure_id:
        mine = dict(figure.scope)
        assert any(mine.get(name) != key for name, key in keys.items() if name != "figure"), (figure, leads)


def _named(parts: tuple[object, ...]) -> set[str]:
    return {dict(part.leads).get("outcome", "") for part in parts}  # type: ignore[attr-defined]
