"""What the cost consists of: names in suspense, natures, pools, intents, and the ties to the books."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from roi.domain.figures import Figure, unknown
from roi.reports.cost import costs as cost
from roi.reports.cost.costs import EXCLUDED, OVERHEAD, SUSPENSE, TEAM, Costs
from roi.reports.cost.parts import month_sets
from roi.reports.ground import hidden, kept
from roi.reports.ground.basis import Basis
from roi.reports.ground.structure import Group
from roi.reports.ground.sums import NOTHING, Sums, total
from roi.reports.shapes import NamedAmount, PartRow, SuspenseRow, Ties
from roi.store import read

CAPITAL, OPERATING, AMORTISATION = "capital", "operating", "amortisation"
BASE = (TEAM, OVERHEAD, SUSPENSE)
"""The places of the cost base (rule V1)."""

By = dict[str, tuple[NamedAmount, ...]]


@dataclass(frozen=True, slots=True)
class Mix:
    """The company's cost of the period by what it is, as the reader may see it.

    `intents` and `treatments` are of teams and overhead; `base` is the treatment of the whole cost base,
    suspense included; `is_split` is False where fewer than five people stand behind one of its parts.
    """

    excluded: tuple[NamedAmount, ...]
    overhead: tuple[PartRow, ...]
    intents: tuple[NamedAmount, ...]
    treatments: tuple[NamedAmount, ...]
    base: dict[str, int]
    is_split: bool


def load(costs: Costs) -> Mix:
    """One reading of what the period's cost is."""
    base = costs.basis
    months = set(base.span.months) if base.span else set()
    key = (base.currency, base.is_converted, base.may_see_pay)
    every = kept.once(base, "breakdown", key, lambda: read.rows(base.cursor, "cost_breakdown"), (kept.COST,))
    rows = [row for row in every if row["month"] in months and not (base.at_standard_rates and row["is_pay"])]
    pools = {read.text(row["pool"]): read.text(row["name"]) for row in kept.table(base, "cost_pool")}
    excluded = _named(rows, (EXCLUDED,), lambda row: read.text(row["nature"]))
    overhead = _named(
        rows, (OVERHEAD,), lambda row: pools.get(read.text(row["pool"]), read.text(row["pool"]))
    )
    pay = _pay(costs)
    teams = (TEAM, OVERHEAD)
    by = {
        name: _whole(costs, _named(rows, teams, _by(name)), None if pay is None else pay[name])
        for name in SPLITS
    }
    return Mix(
        _with_pay_off_teams(costs, excluded),
        tuple(PartRow(OVERHEAD, row.name, row.amount) for row in overhead),
        by["intent"],
        by["treatment"],
        {row.name: row.amount for row in _base(costs, rows, pay)},
        pay is not None,
    )


SPLITS = ("intent", "treatment")


def _by(name: str) -> Callable[[read.Row], str]:
    return lambda row: read.text(row[name])


def _named(
    rows: Iterable[read.Row], places: Collection[str], name: Callable[[read.Row], str]
) -> list[NamedAmount]:
    """Sums by name, largest first; a name that waits for an exchange rate is left out, as its total says."""
    sums: dict[str, Sums] = {}
    for row in rows:
        if row["placed"] in places:
            amount, lines = row["amount_minor"], read.whole(row["line_count"])
            part = (
                Sums(0, lines, ("a rate is missing",)) if amount is None else Sums(read.whole(amount), lines)
            )
            sums[name(row)] = sums.get(name(row), NOTHING).plus(part)
    return list(
        _by_size(
            NamedAmount(key, found.amount, found.lines) for key, found in sums.items() if not found.unknown
        )
    )


def _by_size(rows: Iterable[NamedAmount]) -> tuple[NamedAmount, ...]:
    return tuple(sorted(rows, key=lambda row: (-abs(row.amount), row.name)))


def _pay(costs: Costs) -> dict[str, list[NamedAmount]] | None:
    """Outside finance: the company's pay by intent and by treatment, None where a part is no group.

    Pay that is on no team is in it, so that no two sums differ by it.
    """
    if not costs.basis.at_standard_rates:
        return {name: [] for name in SPLITS}
    places = (*BASE, EXCLUDED) if EXCLUDED in costs.folded else BASE
    found = hidden.pay_by_attribute(costs.basis, places)
    if found is None:
        return None
    return {
        name: _named(({**row, "placed": TEAM} for row in found.get(name, ())), (TEAM,), _by("name"))
        for name in SPLITS
    }


def _whole(costs: Costs, rows: list[NamedAmount], pay: list[NamedAmount] | None) -> tuple[NamedAmount, ...]:
    """Parts of the whole company's cost; what is not said apart is one row, so that they sum to it."""
    return _complete(rows, pay, costs.of_period(costs.whole))


def _base(
    costs: Costs, rows: Iterable[read.Row], pay: dict[str, list[NamedAmount]] | None
) -> tuple[NamedAmount, ...]:
    whole = costs.of_period(costs.whole).plus(costs.in_period(SUSPENSE))
    named = _named(rows, BASE, _by("treatment"))
    return _complete(named, None if pay is None else pay["treatment"], whole)


def _complete(rows: list[NamedAmount], pay: list[NamedAmount] | None, whole: Sums) -> tuple[NamedAmount, ...]:
    found = {row.name: row for row in rows}
    for row in pay or ():
        before = found.get(row.name, NamedAmount(row.name, 0))
        found[row.name] = NamedAmount(row.name, before.amount + row.amount, before.lines + row.lines)
    rest = whole.amount - sum(row.amount for row in found.values())
    if rest and not whole.unknown:
        name = hidden.PEOPLE_TOGETHER if pay is None else hidden.PAY_OFF_TEAMS
        found[name] = NamedAmount(name, rest)
    return _by_size(found.values())


def _with_pay_off_teams(costs: Costs, rows: list[NamedAmount]) -> tuple[NamedAmount, ...]:
    """Outside finance pay in excluded natures is one row, if it is a group."""
    found = costs.in_period(EXCLUDED)
    pay = found.amount - sum(row.amount for row in rows)
    if costs.basis.at_standard_rates and pay and not found.unknown:
        return (*rows, NamedAmount(hidden.PAY_OFF_TEAMS, pay))
    return tuple(rows)


def suspense_rows(costs: Costs) -> tuple[SuspenseRow, ...]:
    """Suspense by name and reason, largest first; outside finance pay in it is one row, if it is a group."""
    base = costs.basis
    span = base.span
    params = {"first": span.first if span else 0, "last": span.last if span else 0}
    rows = [
        SuspenseRow(
            read.text(row["source"]),
            read.text(row["object"]),
            read.text(row["reason"]),
            read.whole(row["amount_minor"]),
            read.whole(row["line_count"]),
        )
        for row in read.rows(base.cursor, "suspense_by_name", {**params, "pay": not base.at_standard_rates})
        if row["amount_minor"] is not None
    ]
    found = costs.in_period(SUSPENSE)
    pay = found.amount - sum(row.amount for row in rows)
    if base.at_standard_rates and pay and not found.unknown:
        rows.append(SuspenseRow("", hidden.PAY_OFF_TEAMS, "pay that no team carries yet, as one sum", pay, 0))
        rows.sort(key=lambda row: -abs(row.amount))
    return tuple(rows)


def of_teams(costs: Costs, teams: Group) -> By:
    """The own cost of some teams by intent, treatment, category and area; an empty name is not stated.

    Outside finance the people of the teams are one row at standard rates in each of them.
    """
    found = _attributes(costs.basis, costs.months, teams)
    if costs.basis.at_standard_rates:
        own = costs.in_period(TEAM, teams)
        for attribute in ("intent", "treatment", "category", "area"):
            rows = found.get(attribute, [])
            people = own.amount - sum(row.amount for row in rows)
            if people and not own.unknown:
                found[attribute] = [*rows, NamedAmount(hidden.PEOPLE_AT_STANDARD, people)]
    return {attribute: _by_size(rows) for attribute, rows in found.items()}


def _attributes(base: Basis, months: Collection[int], teams: Group) -> dict[str, list[NamedAmount]]:
    """One reading for the teams that belong in all months, and one for each other set of months."""
    found: dict[str, list[read.Row]] = {}
    for keys, its in month_sets(months, teams):
        for row in _every_month(base, keys):
            if row["month"] in its:
                found.setdefault(read.text(row["attribute"]), []).append(row)
    return {attribute: _named(rows, (TEAM,), _by("name")) for attribute, rows in found.items()}


def _every_month(base: Basis, teams: list[str]) -> list[read.Row]:
    """The same of every month there is: whoever looks at a team looks at it in several periods."""
    params = {"teams": teams, "places": [TEAM], "pay": not base.at_standard_rates}

    def made() -> list[read.Row]:
        return [{**row, "placed": TEAM} for row in read.rows(base.cursor, "team_cost_by_attribute", params)]

    key = (tuple(teams), base.currency, base.is_converted, base.at_standard_rates)
    return kept.once(base, "cost by attribute", key, made, (kept.COST,))


def ties(costs: Costs, mix: Mix) -> Ties:
    """How the company's cost base ties to the books, with every sum (rule V1)."""
    parts = _ledger_parts(costs, mix) if costs.basis.ledger else ()
    return Ties(parts, spend(costs, mix), charge(costs, mix), cost.difference(costs))


def _ledger_parts(costs: Costs, mix: Mix) -> tuple[PartRow, ...]:
    """Teams, each overhead pool, the difference to standard rates, each excluded nature, suspense."""
    is_standard = costs.basis.at_standard_rates
    beyond = costs.in_period(cost.BEYOND) if is_standard else NOTHING
    teams = costs.of_period(costs.whole).minus(total((costs.in_period(OVERHEAD), beyond)))
    rows = [PartRow(TEAM, "Own cost of teams", teams.value, teams.reason), *mix.overhead]
    if is_standard:
        rows.append(PartRow("pay", "Difference to standard rates", beyond.value, beyond.reason))
    rows += [PartRow(EXCLUDED, row.name, row.amount) for row in mix.excluded]
    found = costs.in_period(SUSPENSE)
    return (*rows, PartRow(SUSPENSE, "Suspense", found.value, found.reason))


def spend(costs: Costs, mix: Mix) -> Figure:
    """The cost base, as finance itself split it over operating and capitalised."""
    why = cost.no_cost(costs.basis) or ("" if mix.is_split else hidden.NOT_SPLIT)
    if why:
        return _unknown(costs, "spend", why)
    operating, capital = mix.base.get(OPERATING, 0), mix.base.get(CAPITAL, 0)
    known = (("operating", operating), ("capitalised", capital))
    return cost.money(
        costs.basis,
        "spend",
        costs.of_period(costs.whole).plus(costs.in_period(SUSPENSE)),
        lambda amount: (*known, ("not_stated", amount - operating - capital), ("spend", amount)),
    )


def charge(costs: Costs, mix: Mix) -> Figure:
    """What the period's result carries; not known while lines do not say whether they are operating."""
    rest = sum(amount for name, amount in mix.base.items() if name not in {OPERATING, CAPITAL})
    why = cost.no_cost(costs.basis) or ("" if mix.is_split else hidden.NOT_SPLIT)
    if not why and rest:
        why = "some lines do not say whether they are operating or capital"
    if why:
        return _unknown(costs, "profit_and_loss_charge", why)
    operating = mix.base.get(OPERATING, 0)
    amortisation = sum(row.amount for row in mix.excluded if row.name == AMORTISATION)
    waiting = costs.of_period(costs.whole).plus(costs.in_period(EXCLUDED)).unknown
    inputs = (("operating", operating), ("amortisation", amortisation))
    return cost.money(
        costs.basis,
        "profit_and_loss_charge",
        Sums(operating + amortisation, 0, waiting),
        lambda amount: (*inputs, ("charge", amount)),
    )


def _unknown(costs: Costs, figure_id: str, why: str) -> Figure:
    return unknown(figure_id, why, currency=costs.basis.currency, scope=costs.basis.keys())
