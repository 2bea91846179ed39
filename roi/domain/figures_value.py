"""Definitions of figures about appraisal, the closed loop and forecasts; `figures` registers them."""

from roi.domain.definitions import Definition, Unit

SINCE = "1.2"

DEFINITIONS = (
    Definition(
        "explained_cost",
        "Cost that the reading explains",
        Unit.MONEY,
        "The epic's cost in equal parts over its outcomes, so that a sum over outcomes counts no epic twice. "
        "That of a team which serves others holds what it passes on, as the epics of those teams do too.",
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
        "What an outcome would have brought in the months since delivery that finance has not confirmed, at "
        "the level that was read, else at its likely target, if nobody looked closer.",
        "{per_month} a month × {months} months since delivery that are not confirmed = {said}",
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
        "yet counts at its promised range. The range is P10 to P90 of seeded draws. A feature without a "
        "stated run cost is charged the company's share of its build cost a year (15% unless set otherwise).",
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
        "promised_month",
        "Promised, a month of it",
        Unit.MONEY,
        "One month at the likely target as it was frozen when work started: the cash outcomes, or where none "
        "is cash the others. The range is P10 to P90 of draws over all of them.",
        "sum over {outcomes} outcomes of the promised value of a month = {promised}",
        "That it will come, or for how long.",
        better="up",
        since=SINCE,
    ),
    Definition(
        "expected_sum",
        "Expected, a month of it",
        Unit.MONEY,
        "One month at the level that was read, else at the likely target as it is told today: the cash "
        "outcomes, or where none is cash the others. The range is P10 to P90 of draws over all of them.",
        "sum over {outcomes} outcomes of the value of a month = {expected}",
        "That finance agrees. It is in no total of confirmed value.",
        better="up",
        since=SINCE,
    ),
    Definition(
        "after_record",
        "Expected after the record",
        Unit.MONEY,
        "The expected month multiplied by how much of what they promised this team, or the group above it, "
        "has brought so far. Shown beside the raw forecast, never instead of it.",
        "expected {expected} × record {record} = {after}",
        "That this forecast is as wrong as earlier ones.",
        better="up",
        since=SINCE,
    ),
    Definition(
        "confirmed_so_far",
        "Confirmed cash so far",
        Unit.MONEY,
        "Cash that finance has confirmed for every month since delivery, whatever the period looked at, so "
        "that it stands beside cost since the start.",
        "sum over {outcomes} confirmed outcomes of all confirmed months = {confirmed}",
        "What later months bring.",
        better="up",
        since=SINCE,
    ),
    Definition(
        "protected_so_far",
        "Also protected so far, not cash",
        Unit.MONEY,
        "Confirmed value that is not cash, for every month since delivery. Never added to cash.",
        "sum over {outcomes} confirmed outcomes of all confirmed months = {protected}",
        "That this money is in the bank.",
        better="up",
        since=SINCE,
    ),
    Definition(
        "pool_movement",
        "Movement of the pool",
        Unit.MONEY,
        "What the metric that several outcomes may read moved in money, over the months of the period that "
        "are confirmed. All claims on it together never count more.",
        "measured movement over {months} months = {movement}",
        "Why it moved.",
        since=SINCE,
    ),
    Definition(
        "pool_counted",
        "Counted of the pool",
        Unit.MONEY,
        "What its claims count of the movement, each by its frozen share.",
        "sum over {outcomes} claims of what each counts = {counted}",
        "That the rest is due to nobody; it is only claimed by none.",
        since=SINCE,
    ),
    Definition(
        "pool_overlap",
        "Overlap removed from the pool",
        Unit.MONEY,
        "What claims lost because together they asked for more than the movement, or than finance's line "
        "moved.",
        "claimed by {outcomes} claims − kept = {removed}",
        "That anybody claimed in bad faith.",
        since=SINCE,
    ),
    Definition(
        "pool_unclaimed",
        "Counted by nobody",
        Unit.MONEY,
        "The movement less what its claims count: unclaimed, given back, disputed, or above what the line "
        "moved.",
        "movement {movement} − counted {counted} = {rest}",
        "That it is lost; it only has no owner here.",
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
        "over_approved",
        "Cost above what was approved",
        Unit.MONEY,
        "What the initiative has cost since its epics started, less what the board approved for it.",
        "cost {cost} − approved {approved} = {over}",
        "Whether what came of it is worth more; below zero it has cost less than was approved so far.",
        better="down",
        since="1.4",
    ),
    Definition(
        "obligation_penalty",
        "Penalty if the deadline is missed",
        Unit.MONEY,
        "What law, contract or audit charges when an obligation is not met by its deadline, as it was "
        "recorded, at the exchange rate of the deadline's month or the newest one before it.",
        "recorded penalty, in the currency of the report {penalty}",
        "That it will be paid, or that meeting the deadline is worth so much: it is in no value, no total, "
        "no return and no decision. An obligation is judged on date and cost; no verdict is given.",
        better="down",
        since="1.4",
    ),
    Definition(
        "penalty_paid",
        "Penalty paid",
        Unit.MONEY,
        "What was paid because an obligation missed its deadline, as it was recorded, at the exchange "
        "rate of the deadline's month or the newest one before it.",
        "recorded payment, in the currency of the report {paid}",
        "Which line of the ledger it is: where it was booked it is in the cost already, so it is added to "
        "nothing, and no return and no decision counts it.",
        better="down",
        since="1.4",
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
