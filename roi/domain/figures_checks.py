"""Definitions of figures that stand beside the headline: what is expected, removed, checked, decided."""

from roi.domain.definitions import Definition, Unit

SINCE = "1.2"
WIDENED = "1.3"

DEFINITIONS = (
    Definition(
        "still_expected",
        "Still expected, cash",
        Unit.MONEY,
        "What the period could still bring: months after the last confirmed reading, fading by half in each "
        "half-life; what is measured and not confirmed, also what is only stated (grade E), which finance "
        "cannot confirm until it is read again with evidence; what is promised and not read. Each with its "
        "range.",
        "sum over {outcomes} outcomes of assumed {assumed} + expected {open} = {expected}",
        "That it will come. It is hatched and in no confirmed total.",
        better="up",
        since=SINCE,
    ),
    Definition(
        "net_cash",
        "Net cash so far",
        Unit.MONEY,
        "Confirmed cash value less the cost of teams of the same period.",
        "confirmed cash {confirmed} − cost of teams {team_cost} = {net}",
        "What the work of this period will return; its value mostly comes later.",
        better="up",
        since=SINCE,
    ),
    Definition(
        "net_if_lands",
        "Net if it lands",
        Unit.MONEY,
        "Net cash with everything that the period could still bring; the range is of the sum, not a sum of "
        "ranges.",
        "confirmed cash {confirmed} + still expected {expected} − cost of teams {team_cost} = {net}",
        "That it lands.",
        better="up",
        since=SINCE,
    ),
    Definition(
        "class_value",
        "Confirmed value of a class",
        Unit.MONEY,
        "Confirmed value of one class of benefit; cash classes add to confirmed cash, the others never do.",
        "sum over {outcomes} confirmed outcomes of the class = {confirmed}",
        "Anything about another class.",
        better="up",
        since=SINCE,
    ),
    Definition(
        "class_expected",
        "Still expected of a class",
        Unit.MONEY,
        "What the period could still bring of one class of benefit.",
        "sum over {outcomes} outcomes of the class = {expected}",
        "That it will come.",
        better="up",
        since=SINCE,
    ),
    Definition(
        "overlap_removed",
        "Overlap removed",
        Unit.MONEY,
        "What several outcomes claimed of one movement, and what they claimed above the cap that finance set "
        "for a line and cell. It counts in no total.",
        "sum over {outcomes} outcomes of what was cut = {removed}",
        "That anybody claimed in bad faith.",
        since=SINCE,
    ),
    Definition(
        "already_in_lower_cost",
        "Already in lower cost",
        Unit.MONEY,
        "Confirmed savings inside engineering's own cost. They made the cost of teams smaller already, so "
        "they count nothing beside it.",
        "sum over {outcomes} outcomes on lines inside engineering = {memo}",
        "That the saving is worth less.",
        since=SINCE,
    ),
    Definition(
        "old_harvest",
        "From work delivered before",
        Unit.MONEY,
        "The part of the period's confirmed cash whose epics were delivered before the period began.",
        "sum over {outcomes} outcomes of earlier work = {confirmed}",
        "What the work of this period is worth.",
        since=SINCE,
    ),
    Definition(
        "started_return",
        "Return per $1 of work started in the period",
        Unit.PER_UNIT,
        "Confirmed cash of epics that started in the period beside each 1 that they cost in it.",
        "confirmed cash {confirmed} ÷ cost of those epics {cost} = {return}",
        "What they will return once they are delivered and read.",
        better="up",
        since=SINCE,
    ),
    Definition(
        "share_of_results",
        "Claims beside the company's own results",
        Unit.SHARE,
        "Confirmed cash of the months for which finance gave result lines, beside how far those lines moved "
        "against their baselines. Above 100 % more is claimed than happened; nothing may be published then. "
        "Value stands in the month that it is about: a true-up of a closed month counts in a later month and "
        "is compared with its own.",
        "confirmed cash {confirmed} ÷ movement of result lines {results} = {share}",
        "That the work caused the movement.",
        version=2,
        since=SINCE,
    ),
    Definition(
        "planned_value",
        "Value plan",
        Unit.MONEY,
        "What was promised as it stood when work began, at its P50, in the months of the period from the "
        "delivery that was agreed by then to the end of the horizon that was agreed by then; only of "
        "outcomes whose reading fell due. Months are full: fading begins after a reading. A promise that was "
        "copied counts once.",
        "sum over {outcomes} outcomes of frozen promise × months = {planned}",
        "What is promised today; a later edit, of a day or a horizon too, is a new forecast.",
        version=3,
        since=SINCE,
    ),
    Definition(
        "planned_actual",
        "Confirmed of the value plan",
        Unit.MONEY,
        "Confirmed cash of the same outcomes about the same months, as it is known now.",
        "sum over {outcomes} outcomes of confirmed months = {confirmed}",
        "Why it differs.",
        better="up",
        version=2,
        since=SINCE,
    ),
    Definition(
        "planned_late",
        "Value plan of late work",
        Unit.MONEY,
        "What was promised in the months of the period, as it stood when work began, of outcomes that the "
        "value plan does not compare yet: they are not read, their work is not delivered, and the day that "
        "was agreed for it when the promise was frozen has passed. Work that was ended before it was "
        "delivered is among it. A promise that was copied counts once.",
        "sum over {outcomes} outcomes of frozen promise × months = {planned}",
        "What the work may still bring: that is expected, from the day on which it comes.",
        since=SINCE,
    ),
    Definition(
        "true_up",
        "True-up for earlier months",
        Unit.MONEY,
        "The part of the period's confirmed cash that is about months which had closed before it was known. "
        "A closed month keeps what was known when it closed, also its class, its currency, the teams that "
        "book it, its likely range and its evidence grade. What is learned or changed of it later counts in "
        "the month after the latest closed one; where it counts as something else now, it is taken back "
        "there as what it was and booked as what it is. Where only the range or the grade is another, "
        "nothing is booked: that counts from the open month on. Value passes on to the teams that are served "
        "by the shares of the month that it is about. What was wrong is no true-up: finance names it a "
        "restatement, and both numbers stay.",
        "sum over {outcomes} outcomes of what closed months are known to be worth now, less what they "
        "counted when they closed = {confirmed}",
        "Whether the closed figures were wrong when they were closed, or more was learned since.",
        version=4,
        since=SINCE,
    ),
    Definition(
        "true_up_ahead",
        "True-up that counts after the period",
        Unit.MONEY,
        "What is known by now of closed months of the period and was not when they closed. It counts in "
        "later months, each the first that was open when it became known.",
        "sum over {outcomes} outcomes = {confirmed}",
        "That it is missing: a period that reaches the open month holds it.",
        since=SINCE,
    ),
    Definition(
        "cohort_cost",
        "Cost of a cohort",
        Unit.MONEY,
        "What epics that started in one quarter cost in the period, after what serving teams pass on. With "
        "what is run, unplanned and unassigned all cohorts sum to the cost of teams.",
        "sum over {epics} epics = {cost}",
        "What those epics cost in other periods.",
        better="down",
        since=SINCE,
    ),
    Definition(
        "cohort_rest",
        "Run, unplanned, unassigned",
        Unit.MONEY,
        "What the teams cost beside the epics of every quarter: run work, work that nobody planned, and cost "
        "that no epic takes. No value is claimed for it.",
        "cost of teams {team_cost} − cost of all cohorts {cohorts} = {cost}",
        "That it was not needed: products that live have to be run.",
        since=SINCE,
    ),
    Definition(
        "cohort_value",
        "Confirmed cash of a cohort",
        Unit.MONEY,
        "Confirmed cash in the period of epics that started in one quarter.",
        "sum over {outcomes} outcomes = {confirmed}",
        "What they brought in other periods.",
        better="up",
        since=SINCE,
    ),
    Definition(
        "pause_worth",
        "Worth of pausing a month",
        Unit.MONEY,
        "The forward cost of a month less the forward benefit that is given up for each month of work left, "
        "present values at P50; what was spent already counts in neither. The next-best use of the capacity, "
        "the planned epic of the same team that delay costs most, is named beside it with its own cost of "
        "delay a month and is in no sum: the capacity is counted here at what it costs, and cannot be saved "
        "and put to work at once.",
        "(forward cost {saved} − forward benefit {lost}) ÷ {months} months = {worth}",
        "That the people have something better to do; where nothing planned has a known cost of delay, "
        "no next-best use is named.",
        better="up",
        version=2,
        since=SINCE,
    ),
    Definition(
        "value_incl_not_cash",
        "Confirmed value, incl. not cash",
        Unit.MONEY,
        "Confirmed cash value and confirmed value that is not cash in one sum: shown only where a reader "
        "switches it on, and never as cash. The range is P10 to P90 of one sum of draws.",
        "over {outcomes} confirmed outcomes, confirmed cash {confirmed} + not cash {protected} = {worth}",
        "That all of it is in the bank. The verdict stays that of cash.",
        better="up",
        since=WIDENED,
    ),
    Definition(
        "return_incl_not_cash",
        "Return per $1, incl. not cash",
        Unit.PER_UNIT,
        "Confirmed value in the period, cash and not cash, beside each 1 of full cost in the same period, "
        "undiscounted: shown only where a reader switches it on.",
        "(confirmed cash {confirmed} + not cash {protected}) ÷ cost of teams {team_cost} = {return}",
        "ROI or NPV, or that break-even is reached: the verdict stays that of cash.",
        better="up",
        since=WIDENED,
    ),
    Definition(
        "net_incl_not_cash",
        "Net so far, incl. not cash",
        Unit.MONEY,
        "Confirmed value, cash and not cash, less the cost of teams: shown where a reader switches it on.",
        "confirmed cash {confirmed} + not cash {protected} − cost of teams {team_cost} = {net}",
        "Net cash: that is a figure of its own, and the bridge ends there.",
        better="up",
        since=WIDENED,
    ),
)
