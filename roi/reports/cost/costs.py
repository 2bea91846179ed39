"""Cost by team and month, and how it ties to the ledger: the one place where cost figures are made.

Two views of one total: before reallocation a team has its `own` cost and overhead stands apart; after it the
team has its full cost, own + received + overhead − passed on. Money stays exact in both (laws T1, T2).
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from roi.domain.figures import Figure, unknown
from roi.domain.returns import ratio
from roi.reports.ground.basis import NO_COSTS, Basis
from roi.reports.ground.hidden import FOLDED, FOLDED_AWAY
from roi.reports.ground.structure import Group, group
from roi.reports.ground.sums import NOTHING, Sums, total

TEAM, OVERHEAD, EXCLUDED, SUSPENSE = "team", "overhead", "excluded", "suspense"
RECEIVED, PASSED_ON = "received", "passed_on"
HOPS = (RECEIVED, OVERHEAD, PASSED_ON)
BEYOND = "difference to standard rates"
"""The place of what the company's people really cost more or less than standard rates, outside finance."""

Months = dict[int, Sums]
ByTeam = dict[str, Months]
OfTeams = Mapping[str, Months]
"""The same to be read only: what nobody asks for may not be worked out yet."""
Teams = Group | Collection[str]


@dataclass(frozen=True, slots=True)
class Costs:
    """Actual cost as the reader may see it, from the first month of the ledger to the last looked at.

    `places` hold what makes the ledger: team (own cost), overhead, excluded, suspense, and outside finance
    the difference to standard rates. `hops` hold what reached and left each team afterwards. `whole` is the
    company's cost by month, teams and overhead, exact for everybody. `heads` by team, parts per million.
    `folded` are places whose pay is not shown there, because fewer than five people stand behind it.
    `unpriced` says for a month and team why its people have no standard cost. `furthest` is the same up to
    the ledger's last month, where this ends earlier: what no period changes is worked out of it once. `near`
    keeps what was picked out of the period, `sums` what was added of it for some
    teams, `average` their heads.
    """

    basis: Basis
    places: Mapping[str, OfTeams] = field(default_factory=dict)
    hops: Mapping[str, OfTeams] = field(default_factory=dict)
    whole: Months = field(default_factory=dict)
    heads: Mapping[str, dict[int, int]] = field(default_factory=dict)
    folded: frozenset[str] = frozenset()
    unpriced: dict[tuple[int, str], str] = field(default_factory=dict)
    furthest: "Costs | None" = None
    near: dict[str, ByTeam] = field(default_factory=dict, init=False, repr=False, compare=False)
    average: dict[int, tuple[Teams, int, int, int]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    sums: dict[tuple[str, int], tuple[Teams | None, Sums]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def by_month(self, place: str, teams: Teams | None = None) -> Months:
        """Sums by month of one place, of all months that are known."""
        return _by_month(self.places.get(place, {}), teams)

    def hop_by_month(self, hop: str, teams: Teams) -> Months:
        """What reached (received, overhead) or left (passed on) some teams by month."""
        return _by_month(self.hops.get(hop, {}), teams)

    def full_by_month(self, teams: Teams) -> Months:
        """Full cost by month: own + received + overhead − passed on."""
        found = self.gross_by_month(teams)
        for month, sums in self.hop_by_month(PASSED_ON, teams).items():
            found[month] = found.get(month, NOTHING).minus(sums)
        return found

    def gross_by_month(self, teams: Teams) -> Months:
        """Own + received + overhead: what epics share, also of a team that passes its cost on."""
        found = dict(self.by_month(TEAM, teams))
        for hop in (RECEIVED, OVERHEAD):
            for month, sums in self.hop_by_month(hop, teams).items():
                found[month] = found.get(month, NOTHING).plus(sums)
        return found

    def in_period(self, place: str, teams: Teams | None = None) -> Sums:
        """Sums of the months looked at."""
        return self._once(place, self._looked_at(self.places, place), teams)

    def hop_in_period(self, hop: str, teams: Teams | None = None) -> Sums:
        """What reached or left some teams, or all, in the months looked at."""
        return self._once(f"hop {hop}", self._looked_at(self.hops, hop), teams)

    def of_each(self, place: str) -> dict[str, Sums]:
        """Sums of the months looked at of each team that has any, as `in_period` says them of one."""
        return _added(self._looked_at(self.places, place))

    def hop_of_each(self, hop: str) -> dict[str, Sums]:
        """The same of what reached or left each team."""
        return _added(self._looked_at(self.hops, hop))

    def _once(self, name: str, by_team: OfTeams, teams: Teams | None) -> Sums:
        """Each row asks for its sums several times; its teams are kept, so that no others stand for them."""
        key = name, id(teams)
        if key not in self.sums:
            self.sums[key] = teams, self._summed(by_team, teams)
        return self.sums[key][1]

    def full_in_period(self, teams: Teams) -> Sums:
        """Full cost of the months looked at: own + received + overhead − passed on."""
        gross = total([self.in_period(TEAM, teams), *(self.hop_in_period(hop, teams) for hop in HOPS[:2])])
        found = gross.minus(self.hop_in_period(PASSED_ON, teams))
        return found if not found.unknown else self.of_period(self.full_by_month(teams))

    def own_line(self, teams: Teams) -> tuple[int | None, ...]:
        """Own cost of each month looked at (see `line`)."""
        return self.line(_by_month(self._looked_at(self.places, TEAM), teams))

    def full_line(self, teams: Teams) -> tuple[int | None, ...]:
        """Full cost of each month looked at (see `line`)."""
        places = {TEAM: self._looked_at(self.places, TEAM)}
        hops = {hop: self._looked_at(self.hops, hop) for hop in HOPS}
        return self.line(Costs(self.basis, places, hops).full_by_month(teams))

    def _looked_at(self, parts: Mapping[str, OfTeams], name: str) -> ByTeam:
        """The months looked at of a place or hop, picked out once: every row of a page asks for them."""
        is_place, whole = parts is self.places, self.furthest or self
        key = name if is_place else f"hop {name}"
        found = self.near.get(key)
        if found is None:
            every = whole.places if is_place else whole.hops
            found = self.near[key] = _only(every.get(name, {}), self.months)
        return found

    def _summed(self, by_team: OfTeams, teams: Teams | None) -> Sums:
        """The months looked at of some teams, added; what is not known is said in order of the months."""
        span = self.basis.span
        if span is None:
            return NOTHING
        amount = lines = 0
        for team in by_team if teams is None else teams:
            its = teams.months[team] if isinstance(teams, Group) else None
            for month, sums in by_team.get(team, {}).items():
                if span.first <= month <= span.last and (its is None or month in its):
                    if sums.unknown:
                        return self.of_period(_by_month(by_team, teams))
                    amount += sums.amount
                    lines += sums.lines
        return Sums(amount, lines)

    def of_period(self, by_month: Months) -> Sums:
        """The months looked at, added."""
        span = self.basis.span
        return total(sums for month, sums in by_month.items() if span is not None and span.holds(month))

    def line(self, by_month: Months) -> tuple[int | None, ...]:
        """One amount per month looked at; None where there is no cost, or where it is not known."""
        return tuple(by_month[month].value if month in by_month else None for month in self.months)

    @property
    def months(self) -> tuple[int, ...]:
        """The months looked at."""
        return tuple(self.basis.span.months) if self.basis.span else ()

    @property
    def is_shared(self) -> bool:
        """Whether serving teams or overhead are passed on in a month looked at: the two views differ."""
        hops = [self._looked_at(self.hops, hop) for hop in HOPS]
        return any((*hops, self._looked_at(self.places, OVERHEAD)))


def _only(by_team: OfTeams, months: Collection[int]) -> ByTeam:
    found: ByTeam = {}
    for team, by_month in by_team.items():
        its = {month: by_month[month] for month in months if month in by_month}
        if its:
            found[team] = its
    return found


def _added(by_team: OfTeams) -> dict[str, Sums]:
    return {team: total(months[month] for month in sorted(months)) for team, months in by_team.items()}


def _by_month(by_team: OfTeams, teams: Teams | None) -> Months:
    found: Months = {}
    for team in by_team if teams is None else teams:
        its = teams.months[team] if isinstance(teams, Group) else None
        for month, sums in by_team.get(team, {}).items():
            if its is None or month in its:
                found[month] = found[month].plus(sums) if month in found else sums
    return found


def no_cost(basis: Basis) -> str:
    """Why the ledger holds nothing to look at; empty when it does."""
    if not basis.ledger:
        return NO_COSTS
    if not basis.is_converted and basis.currency not in basis.currencies:
        return f"no costs in {basis.currency}"
    if basis.span is None or not basis.ledger_total.lines:
        return f"no costs in {basis.span.label}" if basis.span else NO_COSTS
    return ""


def ledger_total(basis: Basis) -> Figure:
    """Every line of actual cost in the period."""
    why = no_cost(basis)
    found = basis.ledger_total
    if why:
        return unknown("ledger_total", why, currency=basis.currency, scope=basis.keys())
    return money(basis, "ledger_total", found, lambda amount: (("lines", found.lines), ("ledger", amount)))


def own_cost(costs: Costs, teams: Teams, **keys: str) -> Figure:
    """Cost placed on some teams in the period before reallocation; unknown when none is, never nought."""
    basis = costs.basis
    sums = costs.in_period(TEAM, teams)
    if not sums.lines and not sums.unknown and not sums.amount:
        why = no_cost(basis) or _nothing_placed(basis, teams)
        return unknown("team_cost", why, currency=basis.currency, scope=basis.keys(**keys))
    return money(
        basis, "team_cost", sums, lambda amount: (("lines", sums.lines), ("team_cost", amount)), **keys
    )


def _nothing_placed(basis: Basis, teams: Teams) -> str:
    if not basis.teams:
        return "no team yet"
    if len(teams) == 1:
        return "no cost names this team in the period"
    if teams is not basis.shown or basis.value_stream is not None:
        return "no cost names its teams in the period"
    return "no cost is placed on a team yet"


def team_cost(costs: Costs, teams: Teams, **keys: str) -> Figure:
    """What some teams cost after reallocation; without serving teams and overhead that is their own cost."""
    own = own_cost(costs, teams, **keys)
    if not costs.is_shared:
        return own
    parts = {hop: costs.hop_in_period(hop, teams) for hop in HOPS}
    sums = costs.full_in_period(teams)
    is_touched = any(part.amount or part.unknown for part in parts.values())
    if own.value is None and not is_touched and not sums.unknown:
        return own
    inputs = (
        ("team_cost", costs.in_period(TEAM, teams).amount),
        *((hop, part.amount) for hop, part in parts.items()),
    )
    return money(costs.basis, "full_cost", sums, lambda amount: (*inputs, ("full_cost", amount)), **keys)


def as_full(own: Figure) -> Figure:
    """Own cost as full cost, where nothing is passed on and no overhead is shared."""
    if own.value is None:
        return replace(own, figure_id="full_cost", inputs=())
    nothing = ((RECEIVED, 0), (OVERHEAD, 0), (PASSED_ON, 0))
    inputs = (("team_cost", own.value), *nothing, ("full_cost", own.value))
    return replace(own, figure_id="full_cost", inputs=inputs)


def company_cost(costs: Costs) -> Figure:
    """What all teams cost, overhead included: exact for everybody (decision D23), the same in both views."""
    basis = costs.basis
    sums = costs.of_period(costs.whole)
    if not costs.whole or not sums.lines:
        why = no_cost(basis) or _nothing_placed(basis, basis.shown)
        return unknown("team_cost", why, currency=basis.currency, scope=basis.keys())
    overhead = costs.in_period(OVERHEAD).amount
    if not costs.is_shared:
        found = money(basis, "team_cost", sums, lambda amount: (("lines", sums.lines), ("team_cost", amount)))
    else:
        passed = costs.hop_in_period(PASSED_ON).amount
        inputs = (("received", passed), ("overhead", overhead), ("passed_on", passed))
        found = money(
            basis,
            "full_cost",
            sums,
            lambda amount: (("team_cost", amount - overhead), *inputs, ("full_cost", amount)),
        )
    return _told(found, costs)


def company_own(costs: Costs) -> Figure:
    """What all teams cost before overhead is shared out: the company's total, exact for everybody."""
    basis = costs.basis
    sums = costs.of_period(costs.whole).minus(costs.in_period(OVERHEAD))
    if not sums.lines and not sums.unknown:
        return unknown(
            "team_cost",
            no_cost(basis) or _nothing_placed(basis, basis.shown),
            currency=basis.currency,
            scope=basis.keys(),
        )
    found = money(basis, "team_cost", sums, lambda amount: (("lines", sums.lines), ("team_cost", amount)))
    return _told(found, costs)


def _told(found: Figure, costs: Costs) -> Figure:
    return replace(found, reason=FOLDED) if costs.folded and found.value is not None else found


def hop(costs: Costs, name: str, teams: Teams, **keys: str) -> Figure:
    """What some teams received from serving teams, carry of overhead, or pass on in the period."""
    sums = costs.hop_in_period(name, teams)
    figure_id, label = {
        RECEIVED: ("received_cost", "received"),
        OVERHEAD: ("overhead_cost", "overhead"),
        PASSED_ON: ("passed_on_cost", "passed_on"),
    }[name]
    why = no_cost(costs.basis)
    if why:
        return unknown(figure_id, why, currency=costs.basis.currency, scope=costs.basis.keys(**keys))
    return money(costs.basis, figure_id, sums, lambda amount: ((label, amount),), **keys)


def shown_overhead(costs: Costs) -> Figure:
    """The company's overhead before it is shared out."""
    sums = costs.in_period(OVERHEAD)
    return _tie(costs, "overhead_cost", sums, lambda amount: (("overhead", amount),))


def standard_difference(costs: Costs) -> Figure | None:
    """Outside finance and for the whole company: what people really cost beyond standard rates, else None."""
    if not costs.basis.at_standard_rates or costs.basis.value_stream is not None:
        return None
    whole, sums = costs.of_period(costs.whole), costs.in_period(BEYOND)
    return _tie(
        costs,
        "standard_difference",
        sums,
        lambda amount: (("cost", whole.amount), ("standard", whole.amount - amount), ("difference", amount)),
    )


def excluded(costs: Costs) -> Figure:
    """Lines of excluded natures; nought is a known answer once there is a ledger."""
    sums = costs.in_period(EXCLUDED)
    found = _tie(costs, "excluded_cost", sums, lambda amount: (("lines", sums.lines), ("excluded", amount)))
    return _without(found, costs, EXCLUDED)


def suspense(costs: Costs) -> Figure:
    """Cost that no team carries yet."""
    sums = costs.in_period(SUSPENSE)
    found = _tie(costs, "suspense", sums, lambda amount: (*_parts(costs), ("suspense", amount)))
    return _without(found, costs, SUSPENSE)


def _without(found: Figure, costs: Costs, place: str) -> Figure:
    """The figure with why finance sees another: small groups' pay stands with the teams (decision D23)."""
    return replace(found, reason=FOLDED_AWAY) if place in costs.folded and found.is_known else found


def difference(costs: Costs) -> Figure:
    """Ledger minus teams, excluded and suspense; every month was checked when it was read (see `tying`)."""
    every = (costs.of_period(costs.whole), costs.in_period(EXCLUDED), costs.in_period(SUSPENSE))
    sums = costs.basis.ledger_total.minus(total(every))
    inputs = (*_parts(costs), ("suspense", costs.in_period(SUSPENSE).amount))
    return _tie(costs, "ledger_difference", sums, lambda amount: (*inputs, ("difference", amount)))


def _parts(costs: Costs) -> tuple[tuple[str, int], ...]:
    return (
        ("ledger", costs.basis.ledger_total.amount),
        ("team_cost", costs.of_period(costs.whole).amount),
        ("excluded", costs.in_period(EXCLUDED).amount),
    )


def placed_share(costs: Costs) -> Figure:
    """How much of the company's cost base belongs to a team, or to overhead that teams carry."""
    placed, rest = costs.of_period(costs.whole), costs.in_period(SUSPENSE)
    keys, whole = costs.basis.keys(), placed.plus(rest)
    why = (
        no_cost(costs.basis)
        or whole.reason
        or ("the cost base is not above zero" if whole.amount <= 0 else "")
    )
    if why:
        return unknown("placed_share", why, scope=keys)
    share = ratio(placed.amount, whole.amount)
    inputs = (("team_cost", placed.amount), ("suspense", rest.amount), ("share", share))
    return Figure("placed_share", share, currency=costs.basis.currency, inputs=inputs, scope=keys)


def other_by_month(costs: Costs) -> Months:
    """With a value stream: the rest of the company's cost by month, outside finance with the difference."""
    own = costs.full_by_month(costs.basis.shown)
    return {month: sums.minus(own.get(month, NOTHING)) for month, sums in costs.whole.items()}


def other_teams(costs: Costs) -> Figure | None:
    """With a value stream: the cost of teams outside it, so that parts still make the ledger."""
    if costs.basis.value_stream is None:
        return None
    sums = costs.of_period(other_by_month(costs))
    if not sums.lines and not sums.unknown and not sums.amount:
        return unknown("team_cost", no_cost(costs.basis) or "no cost is placed on a team yet")
    inputs = ("lines", costs.in_period(TEAM, outside(costs.basis)).lines)
    return money(costs.basis, "team_cost", sums, lambda amount: (inputs, ("team_cost", amount)))


def outside(basis: Basis) -> Group:
    """The teams outside the value stream looked at."""
    if basis.value_stream is None:
        return group(())
    shown = basis.shown
    found: dict[str, frozenset[int] | None] = {}
    for team in basis.teams:
        if team.key not in shown:
            found[team.key] = None
        elif (its := shown.months[team.key]) is not None:
            found[team.key] = frozenset(basis.every_month) - its
    return Group(found)


Inputs = Callable[[int], Iterable[tuple[str, int]]]


def _tie(costs: Costs, figure_id: str, sums: Sums, inputs: Inputs) -> Figure:
    why = no_cost(costs.basis)
    if why:
        return unknown(figure_id, why, currency=costs.basis.currency, scope=costs.basis.keys())
    return money(costs.basis, figure_id, sums, inputs)


def money(basis: Basis, figure_id: str, sums: Sums, inputs: Inputs, **keys: str) -> Figure:
    """A figure of money in the report's currency, or the reason why it is not known."""
    scope = basis.keys(**keys)
    if sums.unknown:
        return unknown(figure_id, sums.reason, currency=basis.currency, scope=scope)
    return Figure(
        figure_id, sums.amount, currency=basis.currency, inputs=tuple(inputs(sums.amount)), scope=scope
    )
