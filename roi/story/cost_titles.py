"""What the views of cost may claim: against plan, who works where, what the cost is for."""

from collections.abc import Sequence

from roi.domain.money import SHARE_WHOLE
from roi.domain.periods import short_month
from roi.reports.shapes import (
    MethodChecks,
    PlanReport,
    PlanRow,
    PortfolioReport,
    PositionRow,
    RoleMatrix,
    SuspenseRow,
    TeamsReport,
)
from roi.story import told, words
from roi.story.rules import Rule, Said, always, say

INSIDE = 30_000
"""Up to 3 % from plan, in parts per million, is on plan: neither good nor bad."""
MOSTLY = 500_000
"""From half of the difference on, one reason is most of it."""
HALF = 500_000


def against_plan(share: int | None) -> str:
    """`above`, `below` or `inside` three per cent of the plan; empty where it is not known."""
    if share is None:
        return ""
    if abs(share) <= INSIDE:
        return "inside"
    return "above" if share > 0 else "below"


def _total(report: TeamsReport) -> PlanRow | None:
    return report.plans.total if report.plans else None


def _side(report: TeamsReport) -> str:
    total = _total(report)
    return against_plan(total.share.value) if total else ""


def most_of_it(row: PlanRow) -> str:
    """Which of currency, volume and price is at least half of the variance; empty if none is."""
    variance, parts = row.variance.value, dict(row.variance.inputs)
    if not variance:
        return ""
    named = [(name, parts[name]) for name in ("currency", "volume", "price") if name in parts]
    name, amount = max(named, key=lambda one: one[1] * variance, default=("", 0))
    return name if amount * variance > 0 and abs(amount) * SHARE_WHOLE >= MOSTLY * abs(variance) else ""


def _apart(report: TeamsReport) -> str:
    total = _total(report)
    if total is None:
        return ""
    amount = told.known(words.money(abs(total.variance.value or 0), report.currency), total.variance)
    share = words.apart(abs(total.share.value or 0)).removeprefix("+")
    why = most_of_it(total)
    return f"Own cost is {amount} ({share}) {_side(report)} plan" + (f", mostly by {why}" if why else "")


PLAN: tuple[Rule[TeamsReport], ...] = (
    Rule(
        "plan-none",
        lambda r: not (total := _total(r)) or not total.plan.is_known or not total.actual.is_known,
        lambda r: f"Cost of teams is {told.figure(r.team_total)}; there is nothing to compare it with yet",
    ),
    Rule("plan-apart", lambda r: _side(r) in {"above", "below"}, _apart),
    Rule(
        "plan-inside",
        lambda r: _side(r) == "inside",
        lambda r: f"Own cost is within 3% of the plan of {told.figure(_plan(r).plan)}",
    ),
    Rule("plan-neutral", always, lambda _: "Own cost against the plan"),
)


def _plan(report: TeamsReport) -> PlanRow:
    total = _total(report)
    if total is None:
        message = "there is no plan to speak of"
        raise ValueError(message)
    return total


def cost(report: TeamsReport) -> Said:
    """What the table of actual and plan shows."""
    return say(PLAN, report)


def compared(plans: PlanReport) -> str:
    """Which months of which plan are compared, and how to read the difference."""
    if plans.span is None or not plans.current:
        return plans.reason or "No plan is recorded."
    others = [row.name for row in plans.versions if not row.is_current]
    frozen = next((row.frozen_on for row in plans.versions if row.is_current), None)
    when = f", frozen {words.day(frozen)}" if frozen else ""
    kept = f" Earlier: {words.listed(others)}." if others else ""
    return (
        f"{plans.span.label} against “{plans.current}”{when}, before reallocation.{kept} "
        "▲ above, ▼ below plan; grey within 3%."
    )


# Who works where


def _warned(matrix: RoleMatrix) -> int:
    return sum(bool(row.warning) for row in matrix.rows)


def _in(matrix: RoleMatrix) -> str:
    return f" in {short_month(matrix.month)}" if matrix.month else ""


ROLES: tuple[Rule[RoleMatrix], ...] = (
    Rule("roles-none", lambda m: not m.rows, lambda _: "Who works where is not recorded yet"),
    Rule(
        "roles-spread",
        lambda m: _warned(m) > 0,
        lambda m: (
            f"{words.spelled(_warned(m), 'shared role')} {'serves' if _warned(m) == 1 else 'serve'} "
            "more than three teams a person"
        ),
    ),
    Rule(
        "roles-unassigned",
        lambda m: m.unassigned > 0,
        lambda m: f"{words.heads(m.unassigned)} of {words.heads(m.heads)} heads have no team{_in(m)}",
    ),
    Rule(
        "roles-all",
        always,
        lambda m: f"{words.heads(m.heads)} heads work in {words.spelled(len(m.teams), 'team')}{_in(m)}",
    ),
)


def roles(matrix: RoleMatrix) -> Said:
    """What the matrix of roles and teams shows."""
    return say(ROLES, matrix)


Positions = tuple[PositionRow, ...]


def _alone(positions: Positions) -> int:
    return sum(not row.epic for row in positions)


def _of_all(positions: Positions) -> str:
    if len(positions) == 1:
        return "The one planned position has"
    count = words.spelled(_alone(positions), "", " ").strip()
    verb = "has" if count == "one" else "have"
    return f"{count} of {words.spelled(len(positions), 'planned position')} {verb}"


POSITIONS: tuple[Rule[Positions], ...] = (
    Rule("positions-none", lambda p: not p, lambda _: "No position is planned"),
    Rule(
        "positions-alone",
        lambda p: _alone(p) > 0,
        lambda p: f"{_of_all(p)} no outcome behind {'it' if _alone(p) == 1 else 'them'}",
    ),
    Rule("positions-all", always, lambda _: "Every planned position has an outcome behind it"),
)


def positions(rows: Positions) -> Said:
    """What the list of planned positions shows."""
    return say(POSITIONS, rows)


# What the cost is for

INTENTS = ("run", "grow", "transform")
Mixed = TeamsReport | PortfolioReport
_BUYS = {
    "run": "keeps things running",
    "grow": "buys growth",
    "transform": "builds what is not there yet",
}


def _intents(report: Mixed) -> dict[str, int]:
    return {row.name: row.amount for row in report.intents if row.amount > 0}


def _largest(report: Mixed) -> tuple[str, int]:
    """The intent with the largest share of all cost, in parts per million."""
    by, whole = _intents(report), sum(_intents(report).values())
    named = [name for name in INTENTS if name in by]
    if not named:
        return "", 0
    name = max(named, key=lambda one: by[one])
    return name, by[name] * SHARE_WHOLE // whole


def _each(report: Mixed) -> str:
    by, whole = _intents(report), sum(_intents(report).values())
    said = [f"{words.share(by[name] * SHARE_WHOLE // whole)} {name}" for name in INTENTS if name in by]
    return f"The cost is {words.listed(said)}"


MIX: tuple[Rule[Mixed], ...] = (
    Rule("mix-none", lambda r: not _largest(r)[0], lambda _: "What the cost is for, the files do not say"),
    Rule(
        "mix-half",
        lambda r: _largest(r)[1] >= HALF,
        lambda r: f"{words.share(_largest(r)[1])} of the cost {_BUYS[_largest(r)[0]]}",
    ),
    Rule("mix-each", always, _each),
)


def mix(report: Mixed) -> Said:
    """What the bar of intents shows."""
    return say(MIX, report)


# How finance books it


def _capital(report: TeamsReport) -> tuple[int, int]:
    """What finance capitalised, and all of the cost by treatment."""
    by = {row.name: row.amount for row in report.treatments}
    return by.get("capital", 0), sum(by.values())


BOOKED: tuple[Rule[TeamsReport], ...] = (
    Rule("booked-operating", lambda r: _capital(r)[0] == 0, lambda _: "Finance capitalised none of the cost"),
    Rule(
        "booked-share",
        lambda r: 0 < _capital(r)[0] <= _capital(r)[1],
        lambda r: (
            f"Finance capitalised {words.share(_capital(r)[0] * SHARE_WHOLE // _capital(r)[1])} of the cost"
        ),
    ),
    Rule("booked-neutral", always, lambda _: "Capital and operating"),
)


def booked(report: TeamsReport) -> Said:
    """What the bar of capital and operating cost shows."""
    return say(BOOKED, report)


# How cost is passed on

METHODS: tuple[Rule[MethodChecks], ...] = (
    Rule("methods-none", lambda m: not m.teams, lambda _: "No team passes on its cost"),
    Rule("methods-unknown", lambda m: bool(m.reason), lambda _: "The methods cannot be compared yet"),
    Rule(
        "methods-agree",
        lambda m: not m.rows,
        lambda m: f"Other methods agree within 2% for {_every(m.teams)}",
    ),
    Rule(
        "methods-apart",
        always,
        lambda m: (
            f"Another method would move {words.spelled(len(m.rows), 'team')} of {m.teams} "
            f"by up to {words.apart(m.rows[0].apart).removeprefix('+')}"
        ),
    ),
)


def _every(teams: int) -> str:
    return "the one team" if teams == 1 else f"all {words.spelled(teams, 'team')}"


def methods(checks: MethodChecks) -> Said:
    """What the check of other allocation methods shows."""
    return say(METHODS, checks)


# What is on no team

_AREA = "cost area not mapped to a team yet"


def waiting(rows: Sequence[SuspenseRow]) -> str:
    """What waits to be placed: cost areas by their number, people's time, and whatever else has a reason."""
    areas = sum(row.reason == _AREA for row in rows)
    people = sum("person" in row.reason or row.reason.startswith("pay ") for row in rows)
    others = len(rows) - areas - people
    found = [words.counted(areas, "cost area")] if areas else []
    found += ["people's time"] if people else []
    found += [words.counted(others, "other sum" if found else "sum")] if others else []
    if not found:
        return "nothing waits to be placed"
    is_one = len(found) == 1 and (bool(people) or len(rows) == 1)
    return f"{words.listed(found)} {'waits' if is_one else 'wait'} to be placed"
