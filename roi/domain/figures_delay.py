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
    Definition(
        "speed_worth",
        "Worth of freed capacity, before it lands",
        Unit.MONEY,
        "What one quarter of the team-weeks that work should free is worth at today's cost of delay: the "
        "epics of the same team that are planned, not delivered, and due after it, come sooner and are worth "
        "their own cost of delay a month for that time. With W freed team-weeks all of the team's work runs "
        "(13 + W) ÷ 13 as fast for a quarter; nothing comes more than W weeks sooner. Obligations are left "
        "out, and epics whose cost of delay is not known count nothing and are named. Once the work is "
        "delivered it is no longer told: then the money appears in the epics that the capacity is spent on. "
        "The range is P10 to P90 of draws.",
        "with {team_weeks} freed team-weeks a quarter, over {epics} planned epics: "
        "cost of delay a month × months sooner = {worth}",
        "That the team spends the freed weeks on these epics, that they wait for nobody else, or that the "
        "effect comes. It is capacity and no money; expected, never confirmed, and in no total.",
        better="up",
        since=SINCE,
    ),
)
