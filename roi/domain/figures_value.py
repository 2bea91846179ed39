"""Definitions of figures about appraisal, the closed loop and forecasts; `figures` registers them."""

from roi.domain.definitions import Definition, Unit

SINCE = "1.2"

DEFINITIONS = (
    Definition(
        "explained_cost",
        "Cost that the reading explains",
        Unit.MONEY,
        "The epic's cost in equal parts over its outcomes, so that a sum over outcomes never counts a cost "
        "twice.",
        "cost of the epic {epic_cost} ÷ {outcomes} outcomes = {explained}",
        "That the cost was wasted; only that nobody has looked yet what it brought.",
        better="down",
        since=SINCE,
    ),
    Definition(
        "overdue_cost",
        "Cost behind overdue readings",
        Unit.MONEY,
        "The cost of epics, in equal parts over their outcomes, whose reading is more than two weeks late.",
        "sum over {outcomes} overdue outcomes of the cost that each explains = {explained}",
        "That the work failed.",
        better="down",
        since=SINCE,
    ),
    Definition(
        "said_value",
        "Said to have brought by now",
        Unit.MONEY,
        "What an outcome would have brought since delivery at the level that was read, else at its likely "
        "target, if nobody looked closer.",
        "{per_month} a month × {months} months since delivery = {said}",
        "That it came. Nobody in finance has confirmed it, and it is in no total of value.",
        since=SINCE,
    ),
    Definition(
        "unverified_cost",
        "Unverified cost",
        Unit.MONEY,
        "The cost of epics, in equal parts over their outcomes, whose value nobody confirmed for more than "
        "90 days after delivery, or whose reading is overdue.",
        "sum over {outcomes} unverified outcomes of the cost that each explains = {explained}",
        "That nothing came; only that nobody knows.",
        better="down",
        since=SINCE,
    ),
    Definition(
        "unverified_value",
        "Unverified value",
        Unit.MONEY,
        "What the same outcomes are said to have brought by now.",
        "sum over {outcomes} unverified outcomes of what each is said to have brought = {said}",
        "That any of it came. It is in no total of value.",
        better="down",
        since=SINCE,
    ),
    Definition(
        "npv",
        "Net present value",
        Unit.MONEY,
        "What the investment is worth on the day of its first cost: cash benefits less build, launch and run "
        "cost over the horizon, discounted. Confirmed months as finance confirmed them; after the last "
        "confirmed reading they are assumed to persist and fade by half in each half-life; what is not read "
        "yet counts at its promised range. The range is P10 to P90 of seeded draws. A product without a "
        "stated run cost is charged 15% of its build cost a year.",
        "benefits {benefits} − costs {costs}, both discounted = {npv}",
        "What to do next: cost that is spent already is in it. For that see the forward view.",
        better="up",
        since=SINCE,
    ),
    Definition(
        "roi",
        "ROI over the horizon",
        Unit.SHARE,
        "Discounted benefits less discounted costs, over discounted costs; 0 is break-even. For the whole "
        "horizon, never made into a yearly figure.",
        "(benefits {benefits} − costs {costs}) ÷ costs {costs} = {share}",
        "How large the gain is; rank by net present value.",
        better="up",
        since=SINCE,
    ),
    Definition(
        "payback",
        "Payback",
        Unit.MONTHS,
        "Months from the first cost until the sum of all flows reaches zero and stays there, undiscounted. "
        "The range is P10 to P90 of the same draws.",
        "{months} months from the first cost",
        "What comes after that day, so it never says whether something is worth doing.",
        better="down",
        since=SINCE,
    ),
    Definition(
        "irr",
        "Internal rate of return",
        Unit.SHARE,
        "The yearly rate at which the net present value is zero; shown only where there is exactly one and "
        "the flows span a year.",
        "{share} a year makes the flows worth nothing",
        "Which of two investments is better; net present value decides.",
        better="up",
        since=SINCE,
    ),
    Definition(
        "forward_npv",
        "Forward view",
        Unit.MONEY,
        "The same from this month on, without what is spent and received already: the figure for decisions.",
        "benefits to come {benefits} − costs to come {costs}, both discounted = {npv}",
        "Whether the investment as a whole was right.",
        better="up",
        since=SINCE,
    ),
    Definition(
        "assumed_value",
        "Assumed to persist",
        Unit.MONEY,
        "Value of the months of the period after the last confirmed reading, at the confirmed level, fading "
        "by half in each half-life, until it is renewed.",
        "{months} months after the last confirmed reading = {assumed}",
        "That it still comes: the renewal reading says. It is in no total of confirmed value.",
        better="up",
        since=SINCE,
    ),
    Definition(
        "promised_year",
        "Promised, a year of it",
        Unit.MONEY,
        "Twelve months at the likely target as it was frozen when work started. The range is P10 to P90 of "
        "draws over all outcomes.",
        "sum over {outcomes} outcomes of promised value a month × 12 = {promised}",
        "That it will come, or for how long.",
        better="up",
        since=SINCE,
    ),
    Definition(
        "expected_year",
        "Expected, a year of it",
        Unit.MONEY,
        "Twelve months at the level that was read, else at the likely target as it is told today. The range "
        "is P10 to P90 of draws over all outcomes.",
        "sum over {outcomes} outcomes of value a month × 12 = {expected}",
        "That finance agrees.",
        better="up",
        since=SINCE,
    ),
    Definition(
        "haircut_year",
        "Expected after the record",
        Unit.MONEY,
        "The expected year multiplied by how much of what they promised this team, or the group above it, "
        "has brought so far. Shown beside the raw forecast, never instead of it.",
        "expected {expected} × record {share} = {after}",
        "That this forecast is as wrong as earlier ones.",
        better="up",
        since=SINCE,
    ),
    Definition(
        "initiative_cost",
        "Cost of the initiative",
        Unit.MONEY,
        "The cost of its epics since they started.",
        "sum of the cost of {epics} epics = {cost}",
        "Cost outside engineering, or run cost after delivery.",
        better="down",
        since=SINCE,
    ),
    Definition(
        "approved_cost",
        "Approved cost",
        Unit.MONEY,
        "What the board approved for the initiative.",
        "approved {approved}",
        "What it will cost.",
        since=SINCE,
    ),
    Definition(
        "without_initiative",
        "Epics of no initiative",
        Unit.MONEY,
        "The cost since their start of the epics that belong to no initiative.",
        "sum of the cost of {epics} epics = {cost}",
        "That this work was not wanted.",
        since=SINCE,
    ),
    Definition(
        "team_part_cost",
        "Cost of the team in the epic",
        Unit.MONEY,
        "What this team's work on the epic has cost since it started; the parts of its teams are the cost of "
        "the epic.",
        "the team's part of the epic's cost = {cost}",
        "Hours; nobody's time is recorded.",
        better="down",
        since=SINCE,
    ),
)
