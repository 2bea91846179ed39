"""What somebody outside finance may see of pay: company sums and groups of five (decision D23, law T10).

Pay never stands by team, category, source, file or person outside finance; people stand at standard rates
there. What is decided here is decided month by month, so that no choice of months tells more than its months.
"""

from collections.abc import Collection

from roi.reports.ground.basis import Basis
from roi.reports.ground.groups import is_group
from roi.store import read

PEOPLE_AT_STANDARD = "people at standard rates"
PEOPLE_TOGETHER = "people, not split for fewer than five"
PAY_OFF_TEAMS = "people on no team"
NOT_SPLIT = "its split would tell the pay of fewer than five people; finance sees it"
FOLDED = "includes the pay of fewer than five people who are on no team, which is not shown on its own"
FOLDED_AWAY = (
    "without the pay of fewer than five people who are on no team: it counts in the cost of teams; "
    "only finance sees it apart"
)
HIDDEN_AMOUNTS = (
    "Amounts of sources and files that hold pay are shown to finance only. Whether they agree is not hidden."
)


def shown_off_teams(base: Basis) -> frozenset[tuple[int, str]]:
    """Months and places (suspense, overhead, excluded) whose pay is a large enough group to be shown."""
    if base.span is None:
        return frozenset()
    params = {"first": base.every_month[0], "last": base.span.last}
    return frozenset(
        (read.whole(row["month"]), read.text(row["placed"]))
        for row in read.rows(base.cursor, "pay_off_teams", params)
        if is_group(row)
    )


def pay_by_attribute(base: Basis, places: Collection[str]) -> dict[str, list[read.Row]] | None:
    """The company's pay by intent and treatment, if every month's every cell is a group; else None."""
    if base.span is None:
        return {}
    params = {"first": base.span.first, "last": base.span.last, "places": list(places)}
    found: dict[str, list[read.Row]] = {}
    for row in read.rows(base.cursor, "pay_by_attribute", params):
        if not is_group(row):
            return None
        found.setdefault(read.text(row["attribute"]), []).append(row)
    return found
