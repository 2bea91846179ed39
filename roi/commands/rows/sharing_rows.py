"""How rows about shared cost become rows of the store: parts of pools, and who uses which platform."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from enum import StrEnum

from roi.commands.rows.list_kinds import Known, typed
from roi.commands.rows.list_rows import FOREVER, Found, months, number, team_key, worst
from roi.domain import allocation
from roi.domain.money import SHARE_WHOLE
from roi.domain.names import fold
from roi.domain.periods import iso_month
from roi.errors import UNSAVED, Issue, blocker
from roi.ingest import lists
from roi.ingest.lists import ListRow
from roi.store.changes import Row


class Driver(StrEnum):
    """How a pool is shared."""

    HEADCOUNT = "headcount"
    EVEN = "even"
    FIXED = "fixed"
    USAGE = "usage"


def pool_drivers(rows: Sequence[ListRow], known: Known) -> Found:
    """Pool drivers as rows of the store."""
    issues: list[Issue] = []
    made: list[Row] = []
    pools = {fold(name): (name, driver) for name, driver in known.pools.items()}
    for row in rows:
        pool, driver = pools.get(fold(row.text("pool")), ("", ""))
        if not pool or driver not in {Driver.FIXED, Driver.USAGE}:
            issues.append(_pool_issue(row, pool, driver))
        first, last = months(row, issues)
        made.append(
            {
                "pool": pool,
                "team": team_key(row, known, "team", issues),
                "first_month": first,
                "last_month": last,
                "quantity": _quantity(row, driver, issues),
            }
        )
    issues += _above_whole(rows, made, known)
    return made, issues


def _above_whole(rows: Sequence[ListRow], made: Sequence[Row], known: Known) -> Iterator[Issue]:
    """Fixed pools of which more than the whole would be given away, beside what is stored already."""
    mine = {(row["pool"], row["team"], row["first_month"]) for row in made}
    stored = [row for row in known.drivers if (row["pool"], row["team"], row["first_month"]) not in mine]
    fixed = sorted({str(row["pool"]) for row in made if known.pools.get(str(row["pool"])) == Driver.FIXED})
    for pool in fixed:
        every = [row for row in (*made, *stored) if row["pool"] == pool]
        whole, month = worst(every, "quantity")
        if whole > SHARE_WHOLE:
            line = next(row.line for row, one in zip(rows, made, strict=True) if one["pool"] == pool)
            share = f"{whole * 100 // SHARE_WHOLE} %"
            message = (
                f"Row {line}: {share} of the pool “{pool}” would be shared in {iso_month(month)}. {UNSAVED}"
            )
            yield blocker(
                "above_one",
                message,
                line=line,
                column="quantity",
                sent=share,
                expected="at most 100 % over all teams",
                fix="End an earlier share in the month before, or lower one.",
            )


def _pool_issue(row: ListRow, pool: str, driver: str) -> Issue:
    sent = row.text("pool")
    if not pool:
        message = f"Row {row.line}: there is no pool “{sent}”. {UNSAVED}"
        return blocker(
            "unknown_pool", message, line=row.line, column="pool", sent=sent, fix="Add the pool first."
        )
    message = f"Row {row.line}: the pool “{sent}” is shared by {driver}; it takes no quantities. {UNSAVED}"
    return blocker(
        "driver",
        message,
        line=row.line,
        column="pool",
        sent=sent,
        expected="a pool with driver fixed or usage",
    )


def _quantity(row: ListRow, driver: str, issues: list[Issue]) -> int:
    """A share in parts per million for a fixed pool, whole units for usage."""
    reader = lists.share if driver == Driver.FIXED else lists.whole
    try:
        return reader(row.text("quantity"))
    except lists.UnreadableError as error:
        message = f"Row {row.line}: “{row.text('quantity')}” is not {error}. {UNSAVED}"
        issues.append(blocker("quantity", message, line=row.line, column="quantity", expected=str(error)))
        return 0


def platform_usage(rows: Sequence[ListRow], known: Known) -> Found:
    """Platform usage as rows of the store."""
    issues: list[Issue] = []
    made: list[Row] = []
    for row in rows:
        first, last = months(row, issues)
        made.append(
            {
                "platform": team_key(row, known, "platform", issues),
                "consumer": team_key(row, known, "consumer", issues),
                "first_month": first,
                "last_month": last,
                "quantity": typed(row, "quantity", int),
            }
        )
    return made, issues or list(_loops(rows, made, known))


def _loops(rows: Sequence[ListRow], made: Sequence[Row], known: Known) -> Iterator[Issue]:
    """Serving teams that serve only each other have nobody to pass their cost on to: refused by name."""
    mine = {(row["platform"], row["consumer"], row["first_month"]) for row in made}
    every = [*made, *(r for r in known.usage if (r["platform"], r["consumer"], r["first_month"]) not in mine)]
    told: set[str] = set()
    for month in sorted({number(row["first_month"]) for row in every}):
        usage: dict[str, dict[str, int]] = defaultdict(dict)
        for row in every:
            if number(row["first_month"]) <= month <= number(row["last_month"] or FOREVER):
                usage[str(row["platform"])][str(row["consumer"])] = number(row["quantity"])
        for giver, why in allocation.reciprocal(usage).kept.items():
            if "only each other" in why and why not in told:
                told.add(why)
                line = next(
                    (r.line for r, one in zip(rows, made, strict=True) if one["platform"] == giver),
                    rows[0].line,
                )
                message = f"In {iso_month(month)} {why}; their cost would reach nobody. {UNSAVED}"
                yield blocker(
                    "loop",
                    message,
                    line=line,
                    column="platform",
                    sent=giver,
                    fix="Add a team that they serve.",
                )
