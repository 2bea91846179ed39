"""Random ledgers, their files, and a model of where a line belongs: plain Python, whole numbers only."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from roi.actors import Actor
from roi.commands import costs, mapping
from roi.commands.changing.requests import CostImport, Receipt
from roi.commands.mapping import AreaTarget
from roi.domain.importing import Mode, Settings
from roi.errors import UnchangedError
from roi.store.database import Store

SOURCE = "books"
MONTHS = (202511, 202512, 202601)
TEAMS = {"onboarding": "Onboarding", "checkout": "Checkout", "course-delivery": "Course Delivery"}
AREAS = ("A100", "A200", "Straße 7", "rest, of it")
CENTRES = ("A200", "CC-9")
DIGITS = {"USD": 2, "JPY": 0, "KWD": 3}
COLUMNS = "month,team,cost_centre,pool,category,nature,scenario,amount,currency"
_ROUNDS = int(os.environ.get("ROI_ROUNDS", "1"))


def examples(number: int, steps: int = 50, soak: int = 0) -> settings:
    """So many examples, `soak` a round in `make soak`. One that fails is not shrunk: that takes minutes."""
    return settings(
        max_examples=number if _ROUNDS == 1 else (soak or number) * _ROUNDS,
        stateful_step_count=steps,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


@dataclass(frozen=True, order=True)
class Line:
    """One ledger line; at most one of team, area and pool says what it belongs to."""

    month: int
    kind: str
    name: str
    category: str
    nature: str
    scenario: str
    currency: str
    minor: int

    @property
    def team(self) -> str:
        return self.name if self.kind == "team" else ""

    @property
    def area(self) -> str:
        return self.name if self.kind == "area" else ""

    @property
    def pool(self) -> str:
        return self.name if self.kind == "pool" else ""

    @property
    def listed_area(self) -> str:
        """What the ledger page lists as the line's cost area: the pool, when it names one."""
        return self.area or self.pool


@dataclass(frozen=True)
class Company:
    """Where areas of the source go, and which team carries a cost centre."""

    areas: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    centres: Mapping[str, str] = field(default_factory=dict)

    def place(self, line: Line) -> tuple[str, str]:
        """The line's place and team: excluded by nature (V1), the team it leads to, else suspense."""
        if line.nature != "cash_cost":
            return "excluded", ""
        team = line.team or (self._of_area(line.area) if line.area else "")
        return ("team", team) if team else ("suspense", "")

    def _of_area(self, area: str) -> str:
        kind, value = self.areas.get(area, ("", ""))
        if kind == "team":
            return value
        if kind == "pool":
            return ""
        return self.centres.get(value if kind == "cost_centre" else area, "")


_SMALL = st.integers(-5_000_000, 50_000_000)
_HUGE = st.integers(2**53, 10**16)  # a float would round such an amount; a larger one is refused
_MOST_IN_A_FILE = 10**17
_NAMED = st.one_of(
    st.tuples(st.just("team"), st.sampled_from(sorted(TEAMS))),
    st.tuples(st.just("area"), st.sampled_from(AREAS)),
    st.tuples(st.just("pool"), st.sampled_from(["Rent", "Licences"])),
)


def lines(
    months: Sequence[int] = MONTHS, currencies: Sequence[str] = tuple(DIGITS), most: int = 25
) -> st.SearchStrategy[list[Line]]:
    """A file's lines, repeated, negative and huge ones among them."""
    one = st.builds(
        lambda month, named, *rest: Line(month, *named, *rest),
        st.sampled_from(list(months)),
        _NAMED,
        st.sampled_from(["", "Salaries", "Cloud"]),
        st.sampled_from(["cash_cost", "cash_cost", "amortisation", "recoverable_tax"]),
        st.sampled_from(["actual", "actual", "plan"]),
        st.sampled_from(list(currencies)),
        st.one_of(_SMALL, _SMALL, _SMALL, _SMALL, _HUGE),
    )
    return st.lists(one, min_size=1, max_size=most).filter(_is_taken)


def _is_taken(found: Sequence[Line]) -> bool:
    return sum(abs(line.minor) for line in found) <= _MOST_IN_A_FILE


def companies() -> st.SearchStrategy[Company]:
    """Random mappings: areas to teams, cost centres and pools, cost centres to teams or to nobody."""
    target = st.one_of(
        st.tuples(st.just("team"), st.sampled_from(sorted(TEAMS))),
        st.tuples(st.just("cost_centre"), st.sampled_from(CENTRES)),
        st.tuples(st.just("pool"), st.just("Rent")),
    )
    return st.builds(
        Company,
        st.dictionaries(st.sampled_from(AREAS), target),
        st.dictionaries(st.sampled_from(CENTRES), st.sampled_from([*sorted(TEAMS), ""])),
    )


def file_of(found: Iterable[Line]) -> bytes:
    """The lines as a cost file."""
    return "\n".join((COLUMNS, *(_written(line) for line in found), "")).encode()


def _written(line: Line) -> str:
    amount = Decimal(line.minor).scaleb(-DIGITS[line.currency])
    month = f"{line.month // 100}-{line.month % 100:02d}"
    cells = (month, TEAMS.get(line.team, ""), line.area, line.pool, line.category, line.nature, line.scenario)
    return ",".join(f'"{cell}"' for cell in (*cells, f"{amount:f}", line.currency))


def bring_in(
    store: Store,
    actor: Actor,
    found: Sequence[Line],
    mode: Mode = Mode.ASK,
    source: str = SOURCE,
    *,
    restatement: str = "",
) -> Receipt:
    """Import the lines through the real command."""
    asked = Settings(decimal=".")
    request = CostImport(file_of(found), f"{source}.csv", source, asked, mode=mode, restatement=restatement)
    return costs.import_costs(store, actor, request)


def apply(store: Store, actor: Actor, company: Company, found: Sequence[Line]) -> None:
    """Make the mapping so, as far as the areas are in the ledger; what is so already stays."""
    there = {line.area for line in found}
    targets = [
        AreaTarget(area, kind, value) for area, (kind, value) in company.areas.items() if area in there
    ]
    if targets:
        with suppress(UnchangedError):
            mapping.map_areas(store, actor, SOURCE, targets)
    for centre, team in company.centres.items():
        with suppress(UnchangedError):
            mapping.set_cost_centre(store, actor, centre, team)


def grouped(found: Iterable[tuple[tuple, int]]) -> dict[tuple, int]:
    """Key to exact sum."""
    sums: Counter[tuple] = Counter()
    for key, minor in found:
        sums[key] += minor
    return dict(sums)


def placed(found: Iterable[Line], company: Company) -> Iterator[tuple[tuple, int]]:
    """Each line's (month, currency, scenario, place, team, area) and amount, by the model."""
    for line in found:
        key = (line.month, line.currency, line.scenario, *company.place(line), line.listed_area)
        yield key, line.minor
