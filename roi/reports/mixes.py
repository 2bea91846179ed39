"""What the cost consists of: names in suspense, natures, overhead pools, intents, and the ties to the books."""

from collections.abc import Collection, Iterable

from roi.domain.figures import Figure, unknown
from roi.reports import costs as cost
from roi.reports import hidden
from roi.reports.basis import Basis
from roi.reports.costs import EXCLUDED, OVERHEAD, SUSPENSE, TEAM, Costs
from roi.reports.shapes import NamedAmount, PartRow, SuspenseRow, Ties
from roi.reports.structure import Group
from roi.reports.sums import Sums
from roi.store import read

CAPITAL, OPERATING, AMORTISATION = "capital", "operating", "amortisation"
By = dict[str, tuple[NamedAmount, ...]]


def _span(base: Basis) -> dict[str, object]:
    first, last = (base.span.first, base.span.last) if base.span else (0, 0)
    return {"first": first, "last": last, "pay": not base.at_standard_rates}


def suspense_rows(costs: Costs) -> tuple[SuspenseRow, ...]:
    """Suspense by name and reason, largest first; outside finance pay in it is one row, if it is a group."""
    base = costs.basis
    rows = [
        SuspenseRow(
            read.text(row["source"]),
            read.text(row["object"]),
            read.text(row["reason"]),
            read.whole(row["amount_minor"]),
            read.whole(row["line_count"]),
        )
        for row in read.rows(base.cursor, "suspense_by_name", _span(base))
        if row["amount_minor"] is not None
    ]
    pay = costs.in_period(SUSPENSE).amount - sum(row.amount for row in rows)
    if base.at_standard_rates and pay and not costs.in_period(SUSPENSE).unknown:
        rows.append(SuspenseRow("", hidden.PAY_OFF_TEAMS, "pay that no team carries yet, as one sum", pay, 0))
        rows.sort(key=lambda row: -abs(row.amount))
    return tuple(rows)


def excluded_rows(costs: Costs) -> tuple[NamedAmount, ...]:
    """One row per excluded nature; outside finance pay in them is one row, if it is a group."""
    base = costs.basis
    rows = _named(read.rows(base.cursor, "excluded_by_nature", _span(base)))
    pay = costs.in_period(EXCLUDED).amount - sum(row.amount for row in rows)
    if base.at_standard_rates and pay and not costs.in_period(EXCLUDED).unknown:
        rows.append(NamedAmount(hidden.PAY_OFF_TEAMS, pay))
    return tuple(rows)


def overhead_rows(costs: Costs) -> tuple[PartRow, ...]:
    """Overhead by pool, before it is shared out."""
    base = costs.basis
    rows = _named(read.rows(base.cursor, "overhead_by_pool", _span(base)))
    return tuple(PartRow(OVERHEAD, row.name, row.amount) for row in rows)


def _named(rows: Iterable[read.Row]) -> list[NamedAmount]:
    """Rows with their amounts; one that waits for an exchange rate is left out, as its total says."""
    return [
        NamedAmount(read.text(row["name"]), read.whole(row["amount_minor"]), read.whole(row["line_count"]))
        for row in rows
        if row["amount_minor"] is not None
    ]


def of_teams(costs: Costs, teams: Group) -> By:
    """The own cost of some teams by intent, treatment, category and area; an empty name is not stated.

    Outside finance the people of the teams are one row at standard rates in each of them.
    """
    base = costs.basis
    found = _attributes(base, teams, (TEAM,))
    if base.at_standard_rates:
        own = costs.in_period(TEAM, teams)
        for attribute in ("intent", "treatment", "category", "area"):
            rows = found.get(attribute, [])
            people = own.amount - sum(row.amount for row in rows)
            if people and not own.unknown:
                found[attribute] = [*rows, NamedAmount(hidden.PEOPLE_AT_STANDARD, people)]
    return {attribute: _by_size(rows) for attribute, rows in found.items()}


def of_company(costs: Costs, places: Collection[str] = (TEAM, OVERHEAD)) -> By:
    """The company's cost by intent and treatment, overhead included, exact for everybody.

    Outside finance pay is split only when every month's every part is a group; else it is one row.
    """
    base = costs.basis
    found = _attributes(base, None, places)
    if base.at_standard_rates:
        off = [place for place in places if place != TEAM]
        whole = costs.of_period(costs.whole).amount + sum(
            costs.in_period(place).amount for place in off if place != OVERHEAD
        )
        pay = hidden.pay_by_attribute(base, [*places, SUSPENSE] if costs.is_folded else places)
        for attribute in ("intent", "treatment"):
            rows = _with_pay(found.get(attribute, []), None if pay is None else pay.get(attribute, []))
            rest = whole - sum(row.amount for row in rows)
            if rest and not base.missing_rates:
                rows.append(NamedAmount(hidden.PEOPLE_TOGETHER, rest))
            found[attribute] = rows
    return {attribute: _by_size(rows) for attribute, rows in found.items()}


def _with_pay(rows: list[NamedAmount], pay: list[read.Row] | None) -> list[NamedAmount]:
    found = {row.name: row for row in rows}
    for row in pay or ():
        name, before = read.text(row["name"]), found.get(read.text(row["name"]))
        amount, lines = read.whole(row["amount_minor"]), read.whole(row["line_count"])
        found[name] = NamedAmount(
            name, amount + (before.amount if before else 0), lines + (before.lines if before else 0)
        )
    return list(found.values())


def _by_size(rows: Iterable[NamedAmount]) -> tuple[NamedAmount, ...]:
    return tuple(sorted(rows, key=lambda row: (-abs(row.amount), row.name)))


def _attributes(base: Basis, teams: Group | None, places: Collection[str]) -> dict[str, list[NamedAmount]]:
    """One query for the teams that belong in all months, and one for each other set of months."""
    found: dict[str, dict[str, NamedAmount]] = {}
    for keys, months in _month_sets(base, teams):
        params: dict[str, object] = {"months": months, "teams": keys, "places": list(places)}
        params["pay"] = not base.at_standard_rates
        for row in read.rows(base.cursor, "team_cost_by_attribute", params):
            by_name = found.setdefault(read.text(row["attribute"]), {})
            for named in _named([row]):
                before = by_name.get(named.name, NamedAmount(named.name, 0))
                by_name[named.name] = NamedAmount(
                    named.name, before.amount + named.amount, before.lines + named.lines
                )
    return {attribute: list(by_name.values()) for attribute, by_name in found.items()}


def _month_sets(base: Basis, teams: Group | None) -> list[tuple[list[str] | None, list[int]]]:
    months = base.span.months if base.span else []
    if teams is None:
        return [(None, months)]
    sets: dict[frozenset[int] | None, list[str]] = {}
    for team, its in teams.months.items():
        sets.setdefault(its, []).append(team)
    return [
        (sorted(keys), [month for month in months if its is None or month in its])
        for its, keys in sets.items()
    ]


def ties(costs: Costs) -> Ties:
    """How the company's cost base ties to the books, with every sum (rule V1)."""
    by = {row.name: row.amount for row in of_company(costs, (TEAM, OVERHEAD, SUSPENSE)).get("treatment", ())}
    natures = {row.name: row.amount for row in excluded_rows(costs)}
    parts = _ledger_parts(costs) if costs.basis.ledger else ()
    return Ties(parts, _spend(costs, by), _charge(costs, by, natures), cost.difference(costs))


def _ledger_parts(costs: Costs) -> tuple[PartRow, ...]:
    """Teams, each overhead pool, the difference to standard rates, each excluded nature, suspense."""
    base = costs.basis
    whole, overhead = costs.of_period(costs.whole), costs.in_period(OVERHEAD)
    beyond = costs.in_period(cost.BEYOND) if base.at_standard_rates else Sums()
    teams = whole.minus(overhead).minus(beyond)
    rows = [PartRow(TEAM, "Cost of teams", teams.value, teams.reason), *overhead_rows(costs)]
    if base.at_standard_rates:
        rows.append(PartRow("pay", "Difference to standard rates", beyond.value, beyond.reason))
    rows += [PartRow(EXCLUDED, row.name, row.amount) for row in excluded_rows(costs)]
    found = costs.in_period(SUSPENSE)
    return (*rows, PartRow(SUSPENSE, "Suspense", found.value, found.reason))


def _spend(costs: Costs, by: dict[str, int]) -> Figure:
    whole = costs.of_period(costs.whole).plus(costs.in_period(SUSPENSE))
    why = cost.no_cost(costs.basis) or (hidden.NOT_SPLIT if hidden.PEOPLE_TOGETHER in by else "")
    if why:
        return _unknown(costs, "spend", why)
    named = (by.get(OPERATING, 0), by.get(CAPITAL, 0))
    return cost.money(
        costs.basis,
        "spend",
        whole,
        lambda amount: (
            ("operating", named[0]),
            ("capitalised", named[1]),
            ("not_stated", amount - sum(named)),
            ("spend", amount),
        ),
    )


def _charge(costs: Costs, by: dict[str, int], natures: dict[str, int]) -> Figure:
    operating, amortisation = by.get(OPERATING, 0), natures.get(AMORTISATION, 0)
    rest = sum(amount for name, amount in by.items() if name not in {OPERATING, CAPITAL})
    why = cost.no_cost(costs.basis) or (hidden.NOT_SPLIT if hidden.PEOPLE_TOGETHER in by else "")
    if not why and rest:
        why = "some lines do not say whether they are operating or capital"
    if why:
        return _unknown(costs, "profit_and_loss_charge", why)
    unknown_parts = costs.of_period(costs.whole).plus(costs.in_period(EXCLUDED)).unknown
    sums = Sums(operating + amortisation, 0, unknown_parts)
    inputs = (("operating", operating), ("amortisation", amortisation))
    return cost.money(
        costs.basis, "profit_and_loss_charge", sums, lambda amount: (*inputs, ("charge", amount))
    )


def _unknown(costs: Costs, figure_id: str, why: str) -> Figure:
    return unknown(figure_id, why, currency=costs.basis.currency, scope=costs.basis.keys())
