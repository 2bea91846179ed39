"""A company that shares cost in every way there is: random rules and ledgers, and their way into a store."""

import atexit
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from roi.actors import Actor, local_user
from roi.commands import costs, structure
from roi.commands.changing import recording
from roi.commands.changing.requests import CostImport, Receipt
from roi.domain.importing import Mode, Settings
from roi.domain.money import MINOR_DIGITS
from roi.domain.structure import Company, Team, TeamKind
from roi.store import marts, secrets, statements
from roi.store.changes import NewChange, Put, Recorder
from roi.store.database import Store

EVERYBODY = local_user("Everybody")
SOURCE = "books"
MONTHS = (202511, 202512, 202601)
STREAMS = ("onboarding", "checkout", "course-delivery")
GIVERS = ("platform", "data")
TEAMS = (*STREAMS, *GIVERS)
PEOPLE = ("P1", "P2", "P3")
POOLS = {
    "cloud": "usage",
    "tools": "headcount",
    "rent": "even",
    "panel": "fixed",
    "office": "headcount",
}
OVERHEAD = "office"
COLUMNS = (
    "month,team,cost_centre,pool,person_key,category,nature,intent,treatment,scenario,amount,currency".split(
        ","
    )
)
_ROUNDS = int(os.environ.get("ROI_ROUNDS", "1"))

Row = dict[str, object]
Rules = dict[str, list[Row]]
"""Rows of the small tables by table."""


def examples(number: int) -> settings:
    """So many examples; `make soak` makes many more and finds the smallest that fails."""
    phases = tuple(Phase) if _ROUNDS > 1 else (Phase.explicit, Phase.generate)
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    return settings(
        max_examples=number * _ROUNDS,
        deadline=None,
        derandomize=True,
        suppress_health_check=slow,
        phases=phases,
    )


# The store


@cache
def _founded() -> Path:
    folder = Path(mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    store = Store.open(folder / "roi.duckdb", purpose="a test")
    structure.save_company(store, EVERYBODY, Company("Brightwater Courses", "USD"))
    made = [Team(key, key.title(), value_stream="Enrolment" if key == "checkout" else "") for key in STREAMS]
    made += [Team(key, key.title(), TeamKind.PLATFORM) for key in GIVERS]
    structure.save_teams(store, EVERYBODY, made)
    with store.write() as cursor:
        recorder = Recorder(cursor, NewChange(EVERYBODY, "test"))
        pools = [
            {"pool": pool, "name": pool, "driver": driver, "is_overhead": pool == OVERHEAD}
            for pool, driver in POOLS.items()
        ]
        recording.fill(recorder, [Put("cost_pool", tuple(pools))])
        recorder.seal()
    secrets.person_secret(store.path)
    store.close()
    return folder


@contextmanager
def fresh() -> Iterator[Store]:
    """A store with the company, its teams and its pools, for one example."""
    with TemporaryDirectory() as folder:
        for file in _founded().glob("roi.*"):
            if file.is_file() and file.suffix != ".lock":
                shutil.copy(file, folder)
        store = Store.open(Path(folder) / "roi.duckdb", purpose="a test", check=False)
        try:
            yield store
        finally:
            store.close()


def put(store: Store, rules: Mapping[str, Sequence[Row]]) -> None:
    """Put rows of small tables in one change, with the months that they move brought up to date."""
    secret = secrets.person_secret(store.path)
    puts = []
    for table, rows in rules.items():
        made = tuple(
            {**row, "person_key": secrets.hidden(secret, str(row["person_key"]))}
            if "person_key" in row
            else row
            for row in rows
        )
        puts += [Put(table, made)] if made else []
    with store.write() as cursor:
        recorder = Recorder(cursor, NewChange(EVERYBODY, "test"))
        recording.fill(recorder, puts)
        recorder.seal()


def fingerprint(store: Store) -> list[tuple]:
    """Every figure that the store holds."""
    with store.snapshot() as cursor:
        return cursor.execute(statements.query("marts_fingerprint")).fetchall()


def rebuilt(store: Store) -> list[tuple]:
    """Every figure, computed again from the ledger and the rules; shares and weights are the same then."""
    between = statements.query("marts_between_fingerprint")
    with store.snapshot() as cursor:
        stored = cursor.execute(between).fetchall()
        marts.shadow(cursor)
        assert cursor.execute(between).fetchall() == stored, "shares are not what the rules give"
        return cursor.execute(statements.query("marts_fingerprint")).fetchall()


def asked(store: Store, statement: str) -> list[tuple]:
    """The rows of a statement."""
    with store.snapshot() as cursor:
        return cursor.execute(statement).fetchall()


# The ledger


@dataclass(frozen=True, order=True)
class Line:
    """One ledger line: `kind` says which column names what it belongs to."""

    month: int
    kind: str
    name: str
    category: str
    nature: str
    intent: str
    treatment: str
    scenario: str
    currency: str
    minor: int

    def cells(self) -> tuple[str, ...]:
        names = {kind: self.name if kind == self.kind else "" for kind in ("team", "area", "pool", "person")}
        amount = Decimal(self.minor).scaleb(-MINOR_DIGITS[self.currency])
        month = f"{self.month // 100}-{self.month % 100:02d}"
        dimensions = (self.category, self.nature, self.intent, self.treatment, self.scenario)
        return (month, *names.values(), *dimensions, f"{amount:f}", self.currency)


AREAS = ("A100", "A200")
_SMALL = st.integers(-500_000, 5_000_000)
_AMOUNTS = st.one_of(_SMALL, _SMALL, st.integers(-9, 9), st.integers(10**11, 10**12))
_NAMED = st.one_of(
    st.tuples(st.just("team"), st.sampled_from(TEAMS)),
    st.tuples(st.just("area"), st.sampled_from(AREAS)),
    st.tuples(st.just("pool"), st.sampled_from([*POOLS, "unheard-of"])),
    st.tuples(st.just("person"), st.sampled_from([*PEOPLE, "P9"])),
)


def lines(most: int = 30, currencies: Sequence[str] = ("USD", "EUR", "JPY")) -> st.SearchStrategy[list[Line]]:
    """A file's lines of every kind, negative, tiny and huge ones among them."""
    one = st.builds(
        lambda month, named, *rest: Line(month, *named, *rest),
        st.sampled_from(MONTHS),
        _NAMED,
        st.sampled_from(["Salaries", "Cloud", ""]),
        st.sampled_from(["cash_cost", "cash_cost", "cash_cost", "amortisation", "recoverable_tax"]),
        st.sampled_from(["run", "grow", ""]),
        st.sampled_from(["operating", "capital", ""]),
        st.sampled_from(["actual", "actual", "actual", "outlook"]),
        st.sampled_from(list(currencies)),
        _AMOUNTS,
    )
    return st.lists(one, min_size=4, max_size=most)


def file_of(found: Sequence[Line]) -> bytes:
    """The lines as a cost file."""
    return "\n".join((",".join(COLUMNS), *(",".join(line.cells()) for line in found), "")).encode()


def bring_in(
    store: Store, found: Sequence[Line], mode: Mode = Mode.ASK, source: str = SOURCE, actor: Actor = EVERYBODY
) -> Receipt:
    """Import the lines through the real command."""
    request = CostImport(file_of(found), f"{source}.csv", source, Settings(decimal="."), mode=mode)
    return costs.import_costs(store, actor, request)


# The rules

SHARES = (250_000, 333_333, 500_000)


@dataclass(frozen=True)
class Drawn:
    """A ledger and the rules that share it."""

    lines: list[Line]
    rules: Rules = field(default_factory=dict)


def _span(draw: st.DrawFn) -> Row:
    first = draw(st.sampled_from(MONTHS))
    return {
        "first_month": first,
        "last_month": draw(st.sampled_from([None, *(m for m in MONTHS if m >= first)])),
    }


@st.composite
def assignments(draw: st.DrawFn) -> list[Row]:
    """Up to two teams a person, together at most one whole month."""
    rows = []
    for person in PEOPLE:
        for team in draw(st.lists(st.sampled_from(TEAMS), max_size=2, unique=True)):
            row = {"person_key": person, "team": team, **_span(draw), "band": ""}
            role = draw(st.sampled_from(["engineer", "manager", "unpriced"]))
            rows.append({**row, "role": role, "share": draw(st.sampled_from(SHARES))})
    return rows


@st.composite
def pool_drivers(draw: st.DrawFn) -> list[Row]:
    """Units for the pool by usage, zero among them; shares below one for the fixed pool."""
    units = st.dictionaries(st.sampled_from(TEAMS), st.integers(0, 1000))
    rows = [
        {"pool": "cloud", "team": team, **_span(draw), "quantity": many} for team, many in draw(units).items()
    ]
    panel = draw(st.lists(st.sampled_from(TEAMS), max_size=3, unique=True))
    share = draw(st.sampled_from([200_000, 333_333]))
    return rows + [{"pool": "panel", "team": team, **_span(draw), "quantity": share} for team in panel]


@st.composite
def usage(draw: st.DrawFn) -> list[Row]:
    """What teams took from the two serving teams, which may serve each other and themselves."""
    rows = []
    for giver in GIVERS:
        taken = draw(st.dictionaries(st.sampled_from(TEAMS), st.integers(0, 60)))
        rows += [
            {"platform": giver, "consumer": taker, **_span(draw), "quantity": many}
            for taker, many in taken.items()
        ]
    return rows


@st.composite
def exchange_rates(draw: st.DrawFn) -> list[Row]:
    """Rates to the dollar for some months and for what some scenarios need."""
    rows = []
    for currency, middle in (("EUR", 1_085_000_000), ("JPY", 6_543_210)):
        for basis in ("average", "outlook"):
            for month in draw(st.lists(st.sampled_from(MONTHS), unique=True)):
                rate = middle + draw(st.integers(-middle // 10, middle // 10))
                row = {"currency": currency, "target": "USD", "month": month, "basis": basis}
                rows.append({**row, "rate_billionths": rate, "rate_source": ""})
    return rows


@st.composite
def standard_rates(draw: st.DrawFn) -> list[Row]:
    """Rates of two roles, one of them in another currency; the third role has none."""
    return [
        {
            "role": role,
            "band": "",
            "first_month": draw(st.sampled_from(MONTHS)),
            "currency": currency,
            "amount_minor": draw(st.integers(100_000, 2_000_000)),
        }
        for role, currency in (("engineer", "USD"), ("manager", "EUR"))
    ]


@st.composite
def policies(draw: st.DrawFn) -> list[Row]:
    """From some month on a nature is cost, or is not."""
    chosen = draw(st.lists(st.sampled_from(["recoverable_tax", "amortisation", "cash_cost"]), unique=True))
    return [
        {"nature": nature, "first_month": draw(st.sampled_from(MONTHS)), "is_cost": draw(st.booleans())}
        for nature in chosen
    ]


@st.composite
def areas(draw: st.DrawFn) -> list[Row]:
    """Where cost areas of the source go."""
    target = st.one_of(
        st.tuples(st.just("team"), st.sampled_from(TEAMS)),
        st.tuples(st.just("pool"), st.sampled_from(list(POOLS))),
        st.tuples(st.just("cost_centre"), st.just("CC-9")),
    )
    return [
        {"source": SOURCE, "field": "cost_centre", "sent": area, "kind": kind, "value": value}
        for area, (kind, value) in draw(st.dictionaries(st.sampled_from(AREAS), target)).items()
    ]


@st.composite
def rules(draw: st.DrawFn) -> Rules:
    """Everything that says how cost is shared."""
    return {
        "assignment": draw(assignments()),
        "pool_driver": draw(pool_drivers()),
        "platform_usage": draw(usage()),
        "exchange_rate": draw(exchange_rates()),
        "standard_rate": draw(standard_rates()),
        "nature_policy": draw(policies()),
        "value_mapping": draw(areas()),
        "cost_centre": [{"cost_centre": "CC-9", "team": draw(st.sampled_from(["", *TEAMS]))}],
        "people_category": [{"category": "Salaries", "is_pay": draw(st.booleans())}],
    }


def companies(most: int = 30) -> st.SearchStrategy[Drawn]:
    """A ledger with the rules that share it."""
    return st.builds(Drawn, lines(most), rules())
