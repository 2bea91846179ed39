"""How the rows of a list about sharing cost become rows of the store, with everything that is wrong."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from enum import StrEnum

from roi.commands.list_kinds import Known, typed
from roi.domain import allocation
from roi.domain.money import SHARE_WHOLE, to_minor
from roi.domain.names import fold
from roi.domain.periods import iso_month
from roi.domain.structure import TeamKind
from roi.errors import Issue, blocker
from roi.ingest import lists
from roi.ingest.lists import ListRow
from roi.store import secrets
from roi.store.changes import Row
from roi.store.tables import TABLES

_SAFE = "Nothing has been saved."
_FOREVER = 299912

Found = tuple[list[Row], list[Issue]]
Build = Callable[[Sequence[ListRow], Known], Found]


class Driver(StrEnum):
    """How a pool is shared."""

    HEADCOUNT = "headcount"
    EVEN = "even"
    FIXED = "fixed"
    USAGE = "usage"


class Basis(StrEnum):
    """The fixed words for what a rate is for; a plan's rate is `plan: NAME`."""

    AVERAGE = "average"
    OUTLOOK = "outlook"


def plain(names: str) -> Build:
    """Rows whose cells are stored as they were read, without references to check."""
    columns = names.split()

    def build(rows: Sequence[ListRow], known: Known) -> Found:
        del known
        return [{name: _stored(row.values.get(name)) for name in columns} for row in rows], []

    return build


def _stored(value: object) -> object:
    if isinstance(value, StrEnum):
        return value.value
    return "" if value is None else value


def once(table: str, build: Build) -> Build:
    """The rows as `build` makes them; two rows about the same thing are an issue, not a last word."""

    def build_once(rows: Sequence[ListRow], known: Known) -> Found:
        made, issues = build(rows, known)
        return made, [*issues, *_twice(rows, made, TABLES[table].keys)]

    return build_once


def _twice(rows: Sequence[ListRow], made: Sequence[Row], keys: Sequence[str]) -> Iterator[Issue]:
    seen: dict[tuple[object, ...], int] = {}
    for row, one in zip(rows, made, strict=True):
        key = tuple(one[name] for name in keys)
        if key in seen:
            what = ", ".join(str(one[name]) for name in keys if name != "person_key" and one[name])
            message = f"Row {row.line} is about the same as row {seen[key]}: {what}. {_SAFE}"
            yield blocker("twice", message, line=row.line, column=keys[0], sent=what, fix="Keep one of them.")
        seen[key] = row.line


def _team(row: ListRow, known: Known, name: str, issues: list[Issue]) -> str:
    """The key of the team that the row names; an unknown one is an issue."""
    sent = row.text(name)
    key = known.team_key(sent)
    if key is None:
        message = f"Row {row.line}: there is no team “{sent}”. {_SAFE}"
        issues.append(
            blocker("unknown_team", message, line=row.line, column=name, sent=sent, fix="Add the team first.")
        )
    return key or sent


def _months(row: ListRow, issues: list[Issue]) -> tuple[int, int | None]:
    first, last = typed(row, "first_month", int), row.values.get("last_month")
    if isinstance(last, int) and last < first:
        message = f"Row {row.line} ends before it starts. {_SAFE}"
        issues.append(blocker("dates", message, line=row.line, column="last_month", sent=iso_month(last)))
    return first, last if isinstance(last, int) else None


def assignments(rows: Sequence[ListRow], known: Known) -> Found:
    """Assignments as rows of the store."""
    secret, issues = secrets.person_secret(known.secret_path), list[Issue]()
    made: list[Row] = []
    for row in rows:
        key = row.text("person_key")
        if not any(letter.isdigit() for letter in key):
            message = f"Row {row.line}: “{key}” looks like a name. Use keys, never names. {_SAFE}"
            issues.append(
                blocker(
                    "name",
                    message,
                    line=row.line,
                    column="person_key",
                    expected="a key with a digit, such as P1042",
                )
            )
        first, last = _months(row, issues)
        made.append(
            {
                "person_key": secrets.hidden(secret, key),
                "team": _team(row, known, "team", issues),
                "first_month": first,
                "last_month": last,
                "role": row.text("role"),
                "band": row.text("band"),
                "share": typed(row, "share", int),
            }
        )
    issues += _above_one(rows, made, known)
    return made, issues


def _above_one(rows: Sequence[ListRow], made: Sequence[Row], known: Known) -> Iterator[Issue]:
    """People who would have more than one whole month, beside what is stored already."""
    mine = {(row["person_key"], row["team"], row["first_month"]) for row in made}
    stored = [
        row for row in known.assignments if (row["person_key"], row["team"], row["first_month"]) not in mine
    ]
    people: dict[object, list[tuple[int, Row]]] = defaultdict(list)
    for row, one in zip(rows, made, strict=True):
        people[one["person_key"]].append((row.line, one))
    held: dict[object, list[Row]] = defaultdict(list)
    for one in stored:
        held[one["person_key"]].append(one)
    for person, theirs in people.items():
        every = [*(one for _, one in theirs), *held[person]]
        whole, month = _worst(every, "share")
        if whole > SHARE_WHOLE:
            line, share = theirs[0][0], f"{whole * 100 // SHARE_WHOLE} %"
            yield blocker(
                "above_one",
                f"Row {line}: this person would have {share} of {iso_month(month)}. {_SAFE}",
                line=line,
                column="share",
                sent=share,
                expected="at most 100 % over all teams",
                fix="End the earlier assignment in the month before, or lower a share.",
            )


def _worst(rows: Sequence[Row], name: str) -> tuple[int, int]:
    """The largest sum of a month, and the first month that has it; a sum only grows where a row starts."""
    found = max((_at(rows, month, name), -month) for month in {_number(row["first_month"]) for row in rows})
    return found[0], -found[1]


def _at(rows: Sequence[Row], month: int, name: str) -> int:
    return sum(
        _number(row[name])
        for row in rows
        if _number(row["first_month"]) <= month <= _number(row["last_month"] or _FOREVER)
    )


def _number(value: object) -> int:
    return int(str(value))


def standard_rates(rows: Sequence[ListRow], known: Known) -> Found:
    """Standard rates as rows of the store."""
    del known
    made: list[Row] = []
    issues: list[Issue] = []
    for row in rows:
        currency = row.text("currency")
        made.append(
            {
                "role": row.text("role"),
                "band": row.text("band"),
                "first_month": typed(row, "first_month", int),
                "currency": currency,
                "amount_minor": _minor(row, currency, issues),
            }
        )
    return made, issues


def _minor(row: ListRow, currency: str, issues: list[Issue]) -> int:
    amount = typed(row, "amount", Decimal)
    try:
        return to_minor(amount, currency)
    except ValueError as error:
        message = f"Row {row.line}: {error}. {_SAFE}"
        issues.append(blocker("decimals", message, line=row.line, column="amount", sent=str(amount)))
        return 0


def pool_drivers(rows: Sequence[ListRow], known: Known) -> Found:
    """Pool drivers as rows of the store."""
    issues: list[Issue] = []
    made: list[Row] = []
    pools = {fold(name): (name, driver) for name, driver in known.pools.items()}
    for row in rows:
        pool, driver = pools.get(fold(row.text("pool")), ("", ""))
        if not pool or driver not in {Driver.FIXED, Driver.USAGE}:
            issues.append(_pool_issue(row, pool, driver))
        first, last = _months(row, issues)
        made.append(
            {
                "pool": pool,
                "team": _team(row, known, "team", issues),
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
        whole, month = _worst(every, "quantity")
        if whole > SHARE_WHOLE:
            line = next(row.line for row, one in zip(rows, made, strict=True) if one["pool"] == pool)
            share = f"{whole * 100 // SHARE_WHOLE} %"
            message = (
                f"Row {line}: {share} of the pool “{pool}” would be shared in {iso_month(month)}. {_SAFE}"
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
        message = f"Row {row.line}: there is no pool “{sent}”. {_SAFE}"
        return blocker(
            "unknown_pool", message, line=row.line, column="pool", sent=sent, fix="Add the pool first."
        )
    message = f"Row {row.line}: the pool “{sent}” is shared by {driver}; it takes no quantities. {_SAFE}"
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
        message = f"Row {row.line}: “{row.text('quantity')}” is not {error}. {_SAFE}"
        issues.append(blocker("quantity", message, line=row.line, column="quantity", expected=str(error)))
        return 0


def platform_usage(rows: Sequence[ListRow], known: Known) -> Found:
    """Platform usage as rows of the store."""
    issues: list[Issue] = []
    made: list[Row] = []
    for row in rows:
        first, last = _months(row, issues)
        made.append(
            {
                "platform": _team(row, known, "platform", issues),
                "consumer": _team(row, known, "consumer", issues),
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
    for month in sorted({_number(row["first_month"]) for row in every}):
        usage: dict[str, dict[str, int]] = defaultdict(dict)
        for row in every:
            if _number(row["first_month"]) <= month <= _number(row["last_month"] or _FOREVER):
                usage[str(row["platform"])][str(row["consumer"])] = _number(row["quantity"])
        for giver, why in allocation.reciprocal(usage).kept.items():
            if "only each other" in why and why not in told:
                told.add(why)
                line = next(
                    (r.line for r, one in zip(rows, made, strict=True) if one["platform"] == giver),
                    rows[0].line,
                )
                message = f"In {iso_month(month)} {why}; their cost would reach nobody. {_SAFE}"
                yield blocker(
                    "loop",
                    message,
                    line=line,
                    column="platform",
                    sent=giver,
                    fix="Add a team that they serve.",
                )


def exchange_rates(rows: Sequence[ListRow], known: Known) -> Found:
    """Exchange rates as rows of the store."""
    issues: list[Issue] = []
    made: list[Row] = []
    words = {fold(word): word for word in (*Basis, *(f"plan: {name}" for name in known.plans))}
    for row in rows:
        sent = row.text("basis") or Basis.AVERAGE.value
        basis = words.get(fold(sent))
        if basis is None:
            message = f"Row {row.line}: “{sent}” is no basis of a rate. {_SAFE}"
            expected = ", ".join(words.values())
            issues.append(
                blocker("basis", message, line=row.line, column="basis", sent=sent, expected=expected)
            )
        if row.text("currency") == row.text("target"):
            message = f"Row {row.line}: a currency has no rate to itself. {_SAFE}"
            issues.append(blocker("target", message, line=row.line, column="target", sent=row.text("target")))
        made.append(
            {
                "currency": row.text("currency"),
                "target": row.text("target"),
                "month": typed(row, "month", int),
                "basis": str(basis or sent),
                "rate_billionths": typed(row, "rate", int),
                "rate_source": row.text("source"),
            }
        )
    return made, issues


def positions(rows: Sequence[ListRow], known: Known) -> Found:
    """Positions as rows of the store."""
    issues: list[Issue] = []
    epics = known.held.epics
    made: list[Row] = []
    for row in rows:
        epic = row.text("epic")
        if epic and epic not in epics:
            message = f"Row {row.line}: there is no epic “{epic}”. {_SAFE}"
            issues.append(blocker("unknown_epic", message, line=row.line, column="epic", sent=epic))
        made.append(
            {
                "position": row.text("position"),
                "team": _team(row, known, "team", issues),
                "role": row.text("role"),
                "band": row.text("band"),
                "starts": typed(row, "starts", int),
                "share": row.values["share"] if isinstance(row.values.get("share"), int) else SHARE_WHOLE,
                "epic": epic,
            }
        )
    return made, issues


def plan_headcount(rows: Sequence[ListRow], known: Known) -> Found:
    """Plan headcount as rows of the store."""
    issues: list[Issue] = []
    made: list[Row] = []
    for row in rows:
        first, last = _months(row, issues)
        made.append(
            {
                "plan_version": _plan(row, known, issues),
                "team": _team(row, known, "team", issues),
                "role": row.text("role"),
                "first_month": first,
                "last_month": last,
                "share": typed(row, "share", int),
            }
        )
    return made, issues


def _plan(row: ListRow, known: Known, issues: list[Issue]) -> str:
    sent = row.text("plan_version")
    found = next((name for name in known.plans if fold(name) == fold(sent)), None)
    if found is None:
        message = f"Row {row.line}: there is no plan “{sent}”. {_SAFE}"
        issues.append(
            blocker(
                "unknown_plan",
                message,
                line=row.line,
                column="plan_version",
                sent=sent,
                fix="Add the plan first.",
            )
        )
    return found or sent


def nature_policies(rows: Sequence[ListRow], known: Known) -> Found:
    """Nature policies as rows of the store."""
    issues: list[Issue] = []
    made: list[Row] = []
    for row in rows:
        nature = fold(row.text("nature")).replace(" ", "_")
        if nature not in known.natures:
            message = f"Row {row.line}: “{row.text('nature')}” is no nature of cost. {_SAFE}"
            expected = ", ".join(known.natures)
            issues.append(blocker("nature", message, line=row.line, column="nature", expected=expected))
        made.append(
            {
                "nature": nature,
                "first_month": typed(row, "first_month", int),
                "is_cost": typed(row, "is_cost", bool),
            }
        )
    return made, issues


def team_structure(rows: Sequence[ListRow], known: Known) -> Found:
    """Team structure as rows of the store."""
    issues: list[Issue] = []
    made: list[Row] = [
        {
            "team": _team(row, known, "team", issues),
            "first_month": typed(row, "first_month", int),
            "kind": typed(row, "kind", TeamKind).value,
            "value_stream": row.text("value_stream"),
            "division": row.text("division"),
        }
        for row in rows
    ]
    return made, issues
