"""Definitions of what waiting and order cost: expected figures, in no total (rule V21)."""

from roi.domain.definitions import Definition, Unit

SINCE = "1.3"

DEFINITIONS = (
    Definition(
        "cost_of_delay",
        "Cost of delay a month",
        Unit.MONEY,
        "What is lost when the epic is delivered a month later: the first month of what it is still expected "
        "to bring in cash, less the run cost of that month, in money of this month. Value ends when it would "
        "have ended anyway, so a late start does not make it last longer. The range is P10 to P90 of draws.",
        "benefit of the first month {benefits} − its run cost {run}, both discounted = {delay}",
        "That ending a wait brings the delivery forward day for day, or what the people do meanwhile. "
        "It is expected, never confirmed, and in no total.",
        since=SINCE,
    ),
    Definition(
        "swap_worth",
        "Worth of swapping an order",
        Unit.MONEY,
        "Of two epics of one team, planned one after the other: the cost of delay of the second for the "
        "months that the first takes, less that of the first for the months that the second takes, over the "
        "months of both. Above zero, the second should go first (Smith's rule). The range is P10 to P90.",
        "(cost of delay of the second {second} × {months_first} months of the first − cost of delay of the "
        "first {first} × {months_second} months of the second) ÷ {months_both} months of both = {worth}",
        "Whether the second rests on the first, whether it can be started, or what a gap between them is "
        "for; the team that does the work decides. It is expected, never confirmed, and in no total.",
        better="up",
        since=SINCE,
    ),
)
