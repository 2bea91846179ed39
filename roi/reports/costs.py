"""Cost by team and month, and how it ties to the ledger: the one place where cost figures are made."""

from collections.abc import Collection
from dataclasses import dataclass

from roi.domain.figures import Figure, unknown
from roi.domain.periods import Span
from roi.domain.returns import ratio
from roi.errors import StoreDamagedError
from roi.reports.basis import NO_COSTS, Basis
from roi.reports.shapes import NamedAmount, SuspenseRow
from roi.store import read

TEAM, EXCLUDED, SUSPENSE = "team", "excluded", "suspense"


@dataclass(frozen=True, slots=True)
class Sums:
    """An amount and how many lines made it."""

    amount: int = 0
    lines: int = 0

    def plus(self, other: "Sums") -> "Sums":
        """Both together."""
        return Sums(self.amount + other.amount, self.lines + other.lines)


@dataclass(frozen=True, slots=True)
class Costs:
    """Actual cost in one currency: (place, team, month) to sums, from the first month of the ledger on."""

    basis: Basis
    cells: dict[tuple[str, str, int], Sums]

    def by_month(self, place: str, teams: Collection[str] | None = None) -> dict[int, Sums]:
        """Sums by month, of all months that are known."""
        found: dict[int, Sums] = {}
        for (its_place, team, month), sums in self.cells.items():
            if its_place == place and (teams is None or team in teams):
                found[month] = found.get(month, Sums()).plus(sums)
        return found

    def in_period(self, place: str, teams: Collection[str] | None = None) -> Sums:
        """Sums of the months looked at."""
        total = Sums()
        for month, sums in self.by_month(place, teams).items():
            if self.basis.span is not None and self.basis.span.holds(month):
                total = total.plus(sums)
        return total

    def month_line(self, place: str, teams: Collection[str] | None = None) -> tuple[int | None, ...]:
        """One amount per month looked at; None where there is no line."""
        found = self.by_month(place, teams)
        return tuple(found[month].amount if month in found else None for month in self.months)

    @property
    def months(self) -> tuple[int, ...]:
        """The months looked at."""
        return tuple(self.basis.span.months) if self.basis.span else ()


def load(basis: Basis) -> Costs:
    """Cost by place and month, checked against the ledger's own lines.

    Raises:
        StoreDamagedError: teams, excluded and suspense are not the ledger in some month; nothing is shown.
    """
    costs = Costs(basis, {})
    if basis.span is not None:
        first = min(basis.span.first, basis.months.first if basis.months else basis.span.first)
        params = {"currency": basis.currency, "first": first, "last": basis.span.last}
        for row in read.rows(basis.cursor, "placed_by_month", params):
            key = read.text(row["placed"]), read.text(row["team"]), read.whole(row["month"])
            costs.cells[key] = Sums(read.whole(row["amount_minor"]), read.whole(row["line_count"]))
        _check(costs, Span(first, basis.span.last))
    return costs


def _check(costs: Costs, span: Span) -> None:
    """Law T1 at the moment of reading: in every month the parts are the ledger."""
    parts: dict[int, int] = {}
    for (_, _, month), sums in costs.cells.items():
        parts[month] = parts.get(month, 0) + sums.amount
    for month in {*parts, *(month for month, _ in costs.basis.ledger if span.holds(month))}:
        ledger = costs.basis.ledger.get((month, costs.basis.currency), (0, 0))[0]
        if ledger != parts.get(month, 0):
            message = f"Ledger and teams differ by {ledger - parts.get(month, 0)} minor units in {month}."
            raise StoreDamagedError(message)


def no_cost(basis: Basis) -> str:
    """Why the ledger holds nothing to look at; empty when it does."""
    if not basis.ledger:
        return NO_COSTS
    if basis.currency not in basis.currencies:
        return f"no costs in {basis.currency}"
    if basis.span is None or not basis.ledger_sum(basis.currency)[1]:
        return f"no costs in {basis.span.label}" if basis.span else NO_COSTS
    return ""


def ledger_total(basis: Basis) -> Figure:
    """Every line of actual cost in the period."""
    why = no_cost(basis)
    if why:
        return unknown("ledger_total", why, currency=basis.currency, scope=basis.keys())
    amount, lines = basis.ledger_sum(basis.currency)
    return _money(basis, "ledger_total", amount, (("lines", lines), ("ledger", amount)))


def team_cost(costs: Costs, teams: Collection[str], **keys: str) -> Figure:
    """The cost of some teams in the period; unknown, not zero, when no line names one of them."""
    basis = costs.basis
    sums = costs.in_period(TEAM, teams)
    if not sums.lines:
        why = no_cost(basis) or _nothing_placed(basis, teams)
        return unknown("team_cost", why, currency=basis.currency, scope=basis.keys(**keys))
    inputs = (("lines", sums.lines), ("team_cost", sums.amount))
    return _money(basis, "team_cost", sums.amount, inputs, **keys)


def _nothing_placed(basis: Basis, teams: Collection[str]) -> str:
    if not basis.teams:
        return "no team yet"
    if len(teams) == 1:
        return "no cost names this team in the period"
    return "no cost is placed on a team yet"


def excluded(costs: Costs) -> Figure:
    """Lines of excluded natures; nought is a known answer once there is a ledger."""
    sums = costs.in_period(EXCLUDED)
    inputs = (("lines", sums.lines), ("excluded", sums.amount))
    return _tie(costs, "excluded_cost", sums.amount, inputs)


def suspense(costs: Costs) -> Figure:
    """Cost that no team carries yet."""
    amount = costs.in_period(SUSPENSE).amount
    return _tie(costs, "suspense", amount, (*_parts(costs), ("suspense", amount)))


def difference(costs: Costs) -> Figure:
    """Ledger minus teams, excluded and suspense: the ledger is read from its lines, the rest from the marts.

    Raises:
        StoreDamagedError: it is not zero.
    """
    parts = dict(_parts(costs))
    amount = parts["ledger"] - sum(costs.in_period(place).amount for place in (TEAM, EXCLUDED, SUSPENSE))
    if amount:
        message = f"Ledger and teams differ by {amount} minor units."
        raise StoreDamagedError(message)
    inputs = (*parts.items(), ("suspense", costs.in_period(SUSPENSE).amount), ("difference", amount))
    return _tie(costs, "ledger_difference", amount, inputs)


def _parts(costs: Costs) -> tuple[tuple[str, int], ...]:
    return (
        ("ledger", costs.basis.ledger_sum(costs.basis.currency)[0]),
        ("team_cost", costs.in_period(TEAM).amount),
        ("excluded", costs.in_period(EXCLUDED).amount),
    )


def placed_share(costs: Costs) -> Figure:
    """How much of the company's cost base belongs to a team."""
    placed, rest = costs.in_period(TEAM).amount, costs.in_period(SUSPENSE).amount
    keys = costs.basis.keys()
    why = no_cost(costs.basis) or ("the cost base is not above zero" if placed + rest <= 0 else "")
    if why:
        return unknown("placed_share", why, scope=keys)
    share = ratio(placed, placed + rest)
    inputs = (("team_cost", placed), ("suspense", rest), ("share", share))
    return Figure("placed_share", share, currency=costs.basis.currency, inputs=inputs, scope=keys)


def other_teams(costs: Costs) -> Figure | None:
    """With a value stream: the cost of teams outside it, so that parts still make the ledger."""
    if costs.basis.value_stream is None:
        return None
    return team_cost(costs, outside(costs.basis))


def outside(basis: Basis) -> frozenset[str]:
    """Keys of the teams outside the value stream looked at."""
    return frozenset(team.key for team in basis.teams) - frozenset(team.key for team in basis.shown_teams)


def _tie(costs: Costs, figure_id: str, amount: int, inputs: tuple[tuple[str, int], ...]) -> Figure:
    why = no_cost(costs.basis)
    if why:
        return unknown(figure_id, why, currency=costs.basis.currency, scope=costs.basis.keys())
    return _money(costs.basis, figure_id, amount, inputs)


def _money(
    basis: Basis, figure_id: str, amount: int, inputs: tuple[tuple[str, int], ...], **keys: str
) -> Figure:
    return Figure(figure_id, amount, currency=basis.currency, inputs=inputs, scope=basis.keys(**keys))


def _span_params(basis: Basis) -> dict[str, object]:
    first, last = (basis.span.first, basis.span.last) if basis.span else (0, 0)
    return {"currency": basis.currency, "first": first, "last": last}


def suspense_rows(basis: Basis) -> tuple[SuspenseRow, ...]:
    """Suspense by name and reason, largest first."""
    return tuple(
        SuspenseRow(
            read.text(row["source"]),
            read.text(row["object"]),
            read.text(row["reason"]),
            read.whole(row["amount_minor"]),
            read.whole(row["line_count"]),
        )
        for row in read.rows(basis.cursor, "suspense_by_name", _span_params(basis))
    )


def excluded_rows(basis: Basis) -> tuple[NamedAmount, ...]:
    """One row per excluded nature."""
    return tuple(_named(row) for row in read.rows(basis.cursor, "excluded_by_nature", _span_params(basis)))


def attributes(basis: Basis, teams: Collection[str]) -> dict[str, tuple[NamedAmount, ...]]:
    """The cost of some teams by intent, treatment, category and area; an empty name is not stated."""
    found: dict[str, tuple[NamedAmount, ...]] = {}
    params = {**_span_params(basis), "teams": sorted(teams)}
    for row in read.rows(basis.cursor, "team_cost_by_attribute", params):
        attribute = read.text(row["attribute"])
        found[attribute] = (*found.get(attribute, ()), _named(row))
    return found


def _named(row: read.Row) -> NamedAmount:
    return NamedAmount(read.text(row["name"]), read.whole(row["amount_minor"]), read.whole(row["line_count"]))
