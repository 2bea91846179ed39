"""Actual against the current plan, and the outlook to the end of the fiscal year, before reallocation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from roi.domain import variance
from roi.domain.figures import Figure, unknown
from roi.domain.periods import Span, add_months, fiscal_year_to, short_month
from roi.domain.structure import Team
from roi.domain.variance import Side as Amounts
from roi.reports.cost import costs as cost
from roi.reports.cost import tying
from roi.reports.cost.costs import OVERHEAD, TEAM, Costs
from roi.reports.cost.planned import ACTUAL, OUTLOOK, Key, Side, add_people, load, planned_heads
from roi.reports.ground import kept
from roi.reports.ground.structure import Group
from roi.reports.ground.sums import NOTHING, Sums, total
from roi.reports.shapes import PlanReport, PlanRow, PlanVersionRow
from roi.store import read

NO_PLAN = "no current plan"


@dataclass(frozen=True, slots=True)
class _View:
    """All that one comparison needs: cost to the newest month, scenarios, months compared, fiscal year."""

    costs: Costs
    sides: dict[str, Side]
    plan: str
    compared: tuple[int, ...]
    year: Span
    newest: int
    plan_heads: dict[Key, int]
    teams: Group

    def cells(self, teams: Iterable[str], months: Iterable[int]) -> list[Key]:
        """Teams and months that are looked at together."""
        looked = list(months)
        return [(team, month) for team in teams for month in looked if self.teams.holds(team, month)]

    @property
    def to_come(self) -> list[int]:
        """The months of the year that have no actual cost yet."""
        return [month for month in self.year.months if month > self.newest]


def versions(costs: Costs) -> tuple[PlanVersionRow, ...]:
    """Every plan, oldest first."""
    rows = kept.table(costs.basis, "plan_version")
    found = [
        PlanVersionRow(read.text(row["plan_version"]), read.day(row["frozen_on"]), bool(row["is_current"]))
        for row in rows
    ]
    return tuple(sorted(found, key=lambda row: (row.frozen_on, row.name)))


def build(costs: Costs, teams: Group | None = None) -> PlanReport:
    """Each team against the current plan in the months that both have; unknown, not nought, without one."""
    known = versions(costs)
    current = next((row.name for row in known if row.is_current), "")
    if costs.basis.span is None or not current:
        return PlanReport(known, current, None, None, (), None, NO_PLAN)
    view = _view(costs, f"plan: {current}", costs.basis.shown if teams is None else teams)
    span = Span(view.compared[0], view.compared[-1]) if view.compared else None
    why = "" if span else f"no plan for {costs.basis.span.label}"
    rows = tuple(_team(view, team, why) for team in _looked(costs, view.teams))
    whole = teams is None and costs.basis.value_stream is None
    total_row = _total(view, why) if whole else _of(view, None, why)
    beyond = _beyond(total_row, rows) if whole and costs.basis.at_standard_rates else None
    return PlanReport(known, current, span, view.year, rows, total_row, why, beyond)


def whole(costs: Costs) -> PlanRow | None:
    """All that is looked at against the current plan, without a row of each team; None without a plan."""
    current = next((row.name for row in versions(costs) if row.is_current), "")
    if costs.basis.span is None or not current:
        return None
    view = _view(costs, f"plan: {current}", costs.basis.shown)
    why = "" if view.compared else f"no plan for {costs.basis.span.label}"
    return _total(view, why) if costs.basis.value_stream is None else _of(view, None, why)


def _looked(costs: Costs, teams: Group) -> list[Team]:
    return [team for team in costs.basis.teams if costs.basis.is_in(teams, team.key)]


def _view(costs: Costs, plan: str, teams: Group) -> _View:
    base = costs.basis
    span = base.span or Span(0, 0)
    first = fiscal_year_to(span.last, base.company.fiscal_start if base.company else 1).first
    year = Span(first, add_months(first, 11))
    newest = min(base.months.last, year.last) if base.months else span.last
    wide = costs if span.last >= newest else tying.load(replace(base, span=Span(span.first, newest)))
    reach = Span(min(span.first, year.first), max(span.last, year.last))
    sides = load(base, (ACTUAL, plan, OUTLOOK), reach)
    if base.at_standard_rates:
        add_people(base, sides, plan, reach)
    compared = tuple(month for month in span.months if month in sides[plan].months)
    heads = planned_heads(base, plan.removeprefix("plan: "), reach)
    return _View(wide, sides, plan, compared, year, newest, heads, teams)


def _team(view: _View, team: Team, why: str) -> PlanRow:
    return _of(view, team, why)


def _of(view: _View, team: Team | None, why: str) -> PlanRow:
    """One team, or all that are looked at."""
    keys = [team.key] if team else list(view.teams)
    side, cells = view.sides[view.plan], view.cells(keys, view.compared)
    actual = total(_own(view, keys, month) for month in view.compared)
    plan = side.sums(cells)
    so_far = total(_own(view, keys, month) for month in view.year.months if month <= view.newest)
    outlook = _to_year_end(view, keys, so_far)
    year = side.sums(view.cells(keys, view.year.months))
    return _row(view, team, _Sides(actual, plan, outlook, year, _parts(view, cells), cells, so_far), why)


@dataclass(frozen=True, slots=True)
class _Sides:
    """The sums of one row, its parts by original currency, and the teams and months compared."""

    actual: Sums
    plan: Sums | None
    outlook: Sums
    year: Sums | None
    parts: list[tuple[Amounts, Amounts]]
    cells: list[Key]
    so_far: Sums = NOTHING


def _own(view: _View, teams: Iterable[str], month: int) -> Sums:
    by_team = view.costs.places.get(TEAM, {})
    return total(
        by_team[team][month]
        for team in teams
        if month in by_team.get(team, {}) and view.teams.holds(team, month)
    )


def _parts(view: _View, cells: Sequence[Key]) -> list[tuple[Amounts, Amounts]]:
    """Plan and actual by original currency."""
    plan, actual = view.sides[view.plan].by_currency(cells), view.sides[ACTUAL].by_currency(cells)
    return [
        (Amounts(*plan.get(currency, (0, 0))), Amounts(*actual.get(currency, (0, 0))))
        for currency in sorted({*plan, *actual})
    ]


def _to_year_end(view: _View, teams: Sequence[str], so_far: Sums) -> Sums:
    """Actual so far and the outlook for the months to come; not known where the outlook has a gap."""
    found = so_far
    for month in view.to_come:
        more = view.sides[OUTLOOK].sums(view.cells(teams, [month]))
        found = found.plus(more or Sums(0, 0, (f"no outlook for {short_month(month)}",)))
    return found


def _total(view: _View, why: str) -> PlanRow:
    """The whole company, exact for everybody; the currency effect is that of its teams as they are shown."""
    side, months = view.sides[view.plan], view.year.months
    plan = [side.exact[month] for month in view.compared if month in side.exact]
    year = [side.exact[month] for month in months if month in side.exact]
    so_far = total(_whole(view, month) for month in months if month <= view.newest)
    outlook = so_far
    for month in view.to_come:
        gap = Sums(0, 0, (f"no outlook for {short_month(month)}",))
        outlook = outlook.plus(view.sides[OUTLOOK].exact.get(month, gap))
    cells = view.cells(view.teams, view.compared)
    sides = _Sides(
        total(_whole(view, month) for month in view.compared),
        total(plan) if plan else None,
        outlook,
        total(year) if year else None,
        _parts(view, cells),
        cells,
        so_far,
    )
    return _row(view, None, sides, why)


def _whole(view: _View, month: int) -> Sums:
    """The company's cost of teams in a month before overhead is shared out."""
    overhead = view.costs.places.get(OVERHEAD, {}).get("", {}).get(month, NOTHING)
    return view.costs.whole.get(month, NOTHING).minus(overhead)


def _row(view: _View, team: Team | None, sides: _Sides, why: str) -> PlanRow:
    keys = {"team": team.key} if team else {}
    nothing = why or ("the plan has nothing for this team" if team else NO_PLAN)
    months, year = ("months", len(view.compared)), ("months", len(view.year.months))
    plan = _figure(view, "plan_cost", sides.plan, (months,), nothing, keys)
    own = sides.actual if view.compared else None
    actual = _figure(view, "team_cost", own, (("lines", sides.actual.lines),), nothing, keys)
    outlook = sides.outlook if sides.outlook.lines or sides.outlook.unknown else None
    so_far = (("actual", sides.so_far.amount), ("outlook", sides.outlook.amount - sides.so_far.amount))
    side = view.sides[view.plan]
    by_month = [
        side.sums(view.cells([team.key] if team else list(view.teams), [m])) for m in view.costs.months
    ]
    return PlanRow(
        team.key if team else "",
        team.name if team else "",
        actual,
        plan,
        _variance(view, sides, plan, actual, keys),
        _share(view, plan, actual, keys),
        _figure(view, "outlook_cost", outlook, so_far, "no cost in this fiscal year", keys),
        _figure(view, "plan_cost", sides.year, (year,), nothing, keys),
        tuple(None if found is None else found.value for found in by_month),
    )


Known = tuple[tuple[str, int], ...]


def _figure(  # noqa: PLR0913, PLR0917 - a figure is its id, sum and inputs, or a reason, with its keys
    view: _View, figure_id: str, sums: Sums | None, inputs: Known, why: str, keys: dict[str, str]
) -> Figure:
    base = view.costs.basis
    if sums is None:
        return unknown(figure_id, why, currency=base.currency, scope=base.keys(**keys))
    name = {"plan_cost": "plan", "team_cost": "team_cost", "outlook_cost": "year"}[figure_id]
    return cost.money(base, figure_id, sums, lambda amount: (*inputs, (name, amount)), **keys)


def _heads(view: _View, cells: Iterable[Key]) -> tuple[int | None, int | None]:
    """Head-months of plan and actual in the cells compared."""
    looked = list(cells)
    plan = sum(view.plan_heads.get(cell, 0) for cell in looked)
    actual = sum(view.costs.heads.get(team, {}).get(month, 0) for team, month in looked)
    return plan or None, actual or None


def _variance(view: _View, sides: _Sides, plan: Figure, actual: Figure, keys: dict[str, str]) -> Figure:
    base = view.costs.basis
    if plan.value is None or actual.value is None:
        why = plan.reason if plan.value is None else actual.reason
        return unknown("plan_variance", why, currency=base.currency, scope=base.keys(**keys))
    shown = variance.explain_all(sides.parts, *_heads(view, sides.cells))
    apart = actual.value - plan.value
    price = apart - shown.currency - (shown.volume or 0)
    volume = () if shown.volume is None else (("volume", shown.volume),)
    inputs = (
        ("actual", actual.value),
        ("plan", plan.value),
        ("variance", apart),
        ("currency", shown.currency),
        *volume,
        ("price", price),
    )
    why = "" if volume else "heads are not known on both sides, so all of it is price and currency"
    return Figure("plan_variance", apart, why, currency=base.currency, inputs=inputs, scope=base.keys(**keys))


def _share(view: _View, plan: Figure, actual: Figure, keys: dict[str, str]) -> Figure:
    base = view.costs.basis
    if plan.value is None or actual.value is None:
        why = plan.reason if plan.value is None else actual.reason
        return unknown("plan_share", why, currency=base.currency, scope=base.keys(**keys))
    apart = actual.value - plan.value
    found = variance.share_of_plan(apart, plan.value)
    if found is None:
        return unknown("plan_share", "the plan is nought", currency=base.currency, scope=base.keys(**keys))
    inputs = (("variance", apart), ("plan", plan.value), ("share", found))
    return Figure("plan_share", found, currency=base.currency, inputs=inputs, scope=base.keys(**keys))


def _beyond(total_row: PlanRow, rows: Sequence[PlanRow]) -> PlanRow:
    """Outside finance: what the company's exact sums hold beyond the teams at standard rates."""

    def apart(name: str) -> Figure:
        whole: Figure = getattr(total_row, name)
        every: list[Figure] = [getattr(row, name) for row in rows]
        missing = next((found.reason for found in (whole, *every) if found.value is None), "")
        if whole.value is None or missing:
            return replace(whole, value=None, reason=missing or whole.reason, inputs=())
        rest = whole.value - sum(found.value or 0 for found in every)
        return replace(whole, value=rest, inputs=(("difference", rest),))

    share = replace(total_row.share, value=None, reason="a difference has no plan", inputs=())
    return PlanRow(
        "",
        "Difference to standard rates",
        apart("actual"),
        apart("plan"),
        apart("variance"),
        share,
        apart("outlook"),
        apart("plan_year"),
    )
