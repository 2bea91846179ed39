"""The registry of figures: each is named, defined and versioned once (law T7).

A figure is a value or a reason why there is none (T3), and carries the numbers of its formula (T8).
"""

from dataclasses import dataclass

from roi.domain import figures_checks, figures_delay, figures_parts, figures_value, quickly
from roi.domain.definitions import Definition, Term, Unit

__all__ = ["REGISTRY", "Definition", "Figure", "Unit", "unknown"]


@quickly.made
@dataclass(frozen=True, slots=True)
class Figure:
    """One number, or the reason why there is none, with what it was made of.

    `value`, `low`, `high` are minor units for money, else parts per million for shares, ratios and heads,
    else a count. `inputs` are the named numbers of the formula as they are shown.
    `scope` holds the keys that lead to its rows: team, value_stream, first, last, currency.
    `terms` are the summands of a formula that has `{terms}`; only a trace, which prints it, finds them.
    """

    figure_id: str
    value: int | None
    reason: str = ""
    low: int | None = None
    high: int | None = None
    currency: str = ""
    inputs: tuple[tuple[str, int], ...] = ()
    scope: tuple[tuple[str, str], ...] = ()
    terms: tuple[Term, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether there is a value."""
        return self.value is not None

    @property
    def definition(self) -> Definition:
        """Its one definition."""
        return REGISTRY[self.figure_id]


def unknown(figure_id: str, reason: str, **details: object) -> Figure:
    """A figure that has no value, and why."""
    return Figure(figure_id, None, reason, **details)  # type: ignore[arg-type]


REGISTRY: dict[str, Definition] = {}


def _define(*definitions: Definition) -> None:
    for definition in definitions:
        if definition.figure_id in REGISTRY:
            raise ValueError(definition.figure_id)
        REGISTRY[definition.figure_id] = definition


_define(
    Definition(
        "ledger_total",
        "Ledger",
        Unit.MONEY,
        "Every line of actual cost in the period, exactly as the books sent it.",
        "sum of {lines} ledger lines = {ledger}",
        "Whether all the cost of engineering is in the files that were imported.",
    ),
    Definition(
        "team_cost",
        "Own cost",
        Unit.MONEY,
        "Ledger lines of actual cost that name a team, or a cost area that was mapped to one, and the team's "
        "part of what is shared: people by assignment, pools by their driver. Before serving teams and "
        "overhead are passed on; plans are compared with it.",
        "sum of {lines} lines, whole or in part, placed on a team = {team_cost}",
        "What the team was worth; nor cost that no file has named yet, such as salaries kept elsewhere.",
        better="down",
    ),
    Definition(
        "team_cost_month",
        "Own cost of a month",
        Unit.MONEY,
        "The team's own cost, spread evenly over the months of the period that have any.",
        "own cost {team_cost} ÷ {months} months = {team_cost_month}",
        "What any one month cost; months without a line are left out, and not taken as nought.",
        better="down",
        since="1.4",
    ),
    Definition(
        "overhead_cost",
        "Overhead",
        Unit.MONEY,
        "Cost pools that serve everybody, such as offices. Shared out last, by headcount, over the "
        "teams that "
        "do not pass on their own cost.",
        "sum of the parts of each overhead pool = {overhead}",
        "That a smaller team would make it smaller; most overhead stays when a team goes.",
        better="down",
        since="1.1",
    ),
    Definition(
        "received_cost",
        "Received from serving teams",
        Unit.MONEY,
        "The part of platform and enabling teams' cost that passes on to those they serve, by measured use, "
        "worked out for all serving teams at once (reciprocal method).",
        "sum of what each serving team passes on to it = {received}",
        "What the platform would charge on a market.",
        better="down",
        since="1.1",
    ),
    Definition(
        "passed_on_cost",
        "Passed on",
        Unit.MONEY,
        "What a serving team costs and those it serves carry.",
        "own cost of the months with measured use = {passed_on}",
        "That the serving team is free; its cost stands with its users.",
        since="1.1",
    ),
    Definition(
        "full_cost",
        "Full cost",
        Unit.MONEY,
        "What a team costs after serving teams and overhead are passed on. Over all teams it is the cost of "
        "teams: the own cost of all of them and the overhead, one total seen before and after.",
        "own {team_cost} + received {received} + overhead {overhead} − passed on {passed_on} = {full_cost}",
        "What would be saved without the team.",
        better="down",
        since="1.1",
    ),
    Definition(
        "standard_difference",
        "Difference to standard rates",
        Unit.MONEY,
        "Outside finance people stand at published rates of their role. What the company really pays more "
        "or less is this one line of the whole company, so that the total is exact for everybody.",
        "cost of teams {cost} − the same at standard rates {standard} = {difference}",
        "Which team or person it comes from; only finance sees pay.",
        since="1.1",
    ),
    Definition(
        "spend",
        "Spend",
        Unit.MONEY,
        "The cost base: every line that is cost, on a team, overhead or in suspense, as finance "
        "itself split it.",
        "operating {operating} + capitalised {capitalised} + not stated {not_stated} = {spend}",
        "Cash paid in the period; the books post by month of service or of invoice.",
        better="down",
        since="1.1",
    ),
    Definition(
        "profit_and_loss_charge",
        "Charge to profit and loss",
        Unit.MONEY,
        "What the period's result carries: operating cost and the amortisation of what was "
        "capitalised before.",
        "operating {operating} + amortisation {amortisation} = {charge}",
        "That capitalising saves money; it moves the charge to later periods.",
        since="1.1",
    ),
    Definition(
        "plan_cost",
        "Plan",
        Unit.MONEY,
        "What the current plan gives the team in the months compared, at the plan's own frozen "
        "exchange rate, "
        "before reallocation.",
        "plan over {months} months = {plan}",
        "That the plan was right. It never changes; a new plan is a new version.",
        since="1.1",
    ),
    Definition(
        "plan_variance",
        "Actual minus plan",
        Unit.MONEY,
        "Why actual differs from plan. Currency: the exchange rate alone. Volume: heads more or "
        "fewer, each at "
        "the plan's cost per head. Price: the rest.",
        "actual {actual} − plan {plan} = {variance} = currency {currency} + volume {volume} + price {price}",
        "Whether more cost was worth it.",
        better="down",
        since="1.1",
    ),
    Definition(
        "plan_share",
        "Variance as a share of the plan",
        Unit.SHARE,
        "How far actual cost is above (or below) the plan.",
        "variance {variance} ÷ plan {plan} = {share}",
        "Whether the plan was ambitious.",
        better="down",
        since="1.1",
    ),
    Definition(
        "outlook_cost",
        "Outlook to year end",
        Unit.MONEY,
        "Actual cost of the fiscal year so far and the latest outlook for the months that have not "
        "come, before "
        "reallocation.",
        "actual {actual} + outlook {outlook} = {year}",
        "A promise; an outlook is the latest view and may change each month.",
        better="down",
        since="1.1",
    ),
    Definition(
        "heads",
        "Full-time equivalents",
        Unit.HEADS,
        "Heads by assignment, averaged over the months of the period that have cost. A person shared by two "
        "teams counts in each with the share.",
        "sum of {head_months} head-months ÷ {months} months = {heads}",
        "Hours worked, or output. No person is counted by name.",
        since="1.1",
    ),
    Definition(
        "cost_per_head",
        "Cost per full-time equivalent",
        Unit.MONEY,
        "The team's full cost of the period for each full-time equivalent: pay or standard rate, "
        "contractors, "
        "tools, cloud, platforms and overhead.",
        "full cost {full_cost} ÷ {heads} full-time equivalents = {per_head}",
        "What anybody earns.",
        since="1.1",
    ),
    Definition(
        "suspense",
        "Suspense",
        Unit.MONEY,
        "Ledger lines that nobody has placed on a team yet, by name and reason. Never spread over teams.",
        "ledger {ledger} − cost of teams {team_cost} − excluded {excluded} = {suspense}",
        "That the cost is wrong; only that its team is not known.",
        better="down",
    ),
    Definition(
        "excluded_cost",
        "Excluded natures",
        Unit.MONEY,
        "Lines whose nature is not cash cost: capitalised-labour credit, amortisation, recharge, "
        "accrual, severance, recoverable tax. Each nature is a named row.",
        "sum of {lines} lines of excluded natures = {excluded}",
        "That they are unimportant; they tie the cost base to the books.",
    ),
    Definition(
        "ledger_difference",
        "Difference",
        Unit.MONEY,
        "What would be lost between the ledger and the teams. It is always zero, or nothing is "
        "shown. The cost "
        "of teams is the whole cost here, overhead included.",
        "ledger {ledger} − (teams {team_cost} + excluded {excluded} + suspense {suspense}) = {difference}",
        "Whether the ledger agrees with the general ledger; the control total says that.",
    ),
    Definition(
        "control_difference",
        "Control total",
        Unit.MONEY,
        "What the ledger holds minus the total that finance stated from the books for the same months.",
        "ledger {ledger} − control total {control} = {difference}",
        "Which line explains a difference.",
    ),
    Definition(
        "placed_share",
        "Share placed on teams",
        Unit.SHARE,
        "How much of the cost base belongs to a team.",
        "cost of teams {team_cost} ÷ (cost of teams {team_cost} + suspense {suspense}) = {share}",
        "Whether the placement is right.",
        better="up",
    ),
    Definition(
        "epic_cost",
        "Cost of the epic",
        Unit.MONEY,
        "Of each of its teams the planned share of what reached it in each month from start to delivery, "
        "both included, or to the end of the period; by item-days in months that a log holds. Each month is "
        "split over the team's epics and the rest so that nothing is lost.",
        "{terms} = {epic_cost}",
        "Hours; nobody's time is recorded. Shares of one team above 100% are scaled to 100% and named.",
        version=2,
        better="down",
        terms="planned share of what reached each of its teams, or by item-days where a log holds the month",
    ),
    Definition(
        "unplanned_cost",
        "Run, unplanned, unassigned",
        Unit.MONEY,
        "The team's cost in the period that no epic plans: with the epics it is exactly the team's cost.",
        "what reached the team {team_cost} − epics {epic_cost} = {unplanned}",
        "That this work is waste; keeping a product alive is work too. No value is claimed for it.",
    ),
    Definition(
        "outcome_value",
        "Confirmed value of the outcome",
        Unit.MONEY,
        "Movement × unit value × share due to this work, as finance has confirmed each of the three, for the "
        "months of the period from the one after delivery to the one of the confirmed reading. One month "
        "is rounded once, then counted. Apart stand what months at another level than the last bring more or "
        "less, overlap that was removed, true-ups of closed months, and other exchange rates than the last.",
        "{terms} = {confirmed}",
        "What later months bring: they are assumed to persist, not confirmed, until the next reading.",
        version=3,
        better="up",
        terms="value of a month × months, ± months at another level − overlap removed ± true-ups of closed "
        "months ± exchange rates of other months",
    ),
    Definition(
        "measured_month",
        "Measured value of a month",
        Unit.MONEY,
        "Movement × unit value × share of one month at the level that was read, whether or not finance has "
        "confirmed it.",
        "movement × unit value × share = {per_month} a month",
        "That anybody but the owner agrees. It is in no total.",
        better="up",
    ),
    Definition(
        "expected_month",
        "Expected value of a month",
        Unit.MONEY,
        "What a month is worth if the promised range comes: targets × unit value × likely share.",
        "promised movement × unit value × share = {per_month} a month",
        "That it will come. It is in no total.",
        better="up",
    ),
    Definition(
        "confirmed_cash",
        "Confirmed cash value",
        Unit.MONEY,
        "Growth and retained margin, and cost reduction that the books show on the finance line that it "
        "names, whose movement, unit value and share finance has confirmed (not the owner, and on better "
        "evidence than a statement), for the months of the period from the one after delivery to the one of "
        "the confirmed reading. What names no finance line counts nothing until it does. What several "
        "outcomes claim of one movement counts once. A saving inside engineering is in lower cost already "
        "and counts nothing. The range is P10 and P90 of the sum of shared draws.",
        "sum over {outcomes} confirmed outcomes of value a month × confirmed months = {confirmed}",
        "What would have happened anyway beyond the confirmed share; nor later months.",
        better="up",
    ),
    Definition(
        "protected_value",
        "Also protected, not cash",
        Unit.MONEY,
        "Confirmed value that is not cash: avoided cost, released time, reduced risk, and cost reduction "
        "that the books do not show yet. Never added to cash.",
        "sum over {outcomes} confirmed outcomes of value a month × confirmed months = {protected}",
        "That this money is in the bank.",
        better="up",
    ),
    Definition(
        "return_per_unit",
        "Return per $1",
        Unit.PER_UNIT,
        "Confirmed cash value in the period beside each 1 of full cost in the same period, undiscounted. "
        "Outcomes that are not read or not confirmed count as cost and nothing.",
        "confirmed cash {confirmed} ÷ cost of teams {team_cost} = {return}",
        "ROI or NPV: value of earlier work and cost of later work meet in one period.",
        better="up",
    ),
)
_define(*figures_value.DEFINITIONS)
_define(*figures_checks.DEFINITIONS)
_define(*figures_delay.DEFINITIONS)
_define(*figures_parts.DEFINITIONS)
