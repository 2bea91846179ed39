"""How rows about people and roles become rows of the store: who works where, planned, and at which rate."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from roi.commands.rows.list_kinds import Known, typed
from roi.commands.rows.list_rows import Found, months, team_key, worst
from roi.domain.money import SHARE_WHOLE, to_minor
from roi.domain.names import fold
from roi.domain.periods import iso_month
from roi.errors import UNSAVED, Issue, blocker
from roi.ingest.lists import ListRow
from roi.store import secrets
from roi.store.changes import Row


def assignments(rows: Sequence[ListRow], known: Known) -> Found:
    """Assignments as rows of the store."""
    secret, issues = secrets.person_secret(known.secret_path), list[Issue]()
    made: list[Row] = []
    for row in rows:
        key = row.text("person_key")
        if not any(letter.isdigit() for letter in key):
            message = f"Row {row.line}: “{key}” looks like a name. Use keys, never names. {UNSAVED}"
            issues.append(
                blocker(
                    "name",
                    message,
                    line=row.line,
                    column="person_key",
                    expected="a key with a digit, such as P1042",
                )
            )
        first, last = months(row, issues)
        made.append(
            {
                "person_key": secrets.hidden(secret, key),
                "team": team_key(row, known, "team", issues),
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
        whole, month = worst(every, "share")
        if whole > SHARE_WHOLE:
            line, share = theirs[0][0], f"{whole * 100 // SHARE_WHOLE} %"
            yield blocker(
                "above_one",
                f"Row {line}: this person would have {share} of {iso_month(month)}. {UNSAVED}",
                line=line,
                column="share",
                sent=share,
                expected="at most 100 % over all teams",
                fix="End the earlier assignment in the month before, or lower a share.",
            )


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
        message = f"Row {row.line}: {error}. {UNSAVED}"
        issues.append(blocker("decimals", message, line=row.line, column="amount", sent=str(amount)))
        return 0


def positions(rows: Sequence[ListRow], known: Known) -> Found:
    """Positions as rows of the store."""
    issues: list[Issue] = []
    epics = known.held.epics
    made: list[Row] = []
    for row in rows:
        epic = row.text("epic")
        if epic and epic not in epics:
            message = f"Row {row.line}: there is no epic “{epic}”. {UNSAVED}"
            issues.append(blocker("unknown_epic", message, line=row.line, column="epic", sent=epic))
        made.append(
            {
                "position": row.text("position"),
                "team": team_key(row, known, "team", issues),
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
        first, last = months(row, issues)
        made.append(
            {
                "plan_version": _plan(row, known, issues),
                "team": team_key(row, known, "team", issues),
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
        message = f"Row {row.line}: there is no plan “{sent}”. {UNSAVED}"
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
