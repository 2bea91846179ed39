"""What stands before a change, read from its own transaction and only as far as it is asked for."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import NamedTuple, TypeVar

from roi.domain import outcomes as told
from roi.domain import value
from roi.domain.obligations import Met, Obligation
from roi.domain.products import ProductLife
from roi.domain.structure import Confirmation, Epic, Outcome, Team, Tick, Told
from roi.errors import UnknownKeyError
from roi.store import clock, read, read_value
from roi.store.changes import Row
from roi.store.read import Cursor

T = TypeVar("T")


class Measured(NamedTuple):
    """An outcome that names a series by month as its measure, and whose money it is; line may be empty."""

    series: str
    outcome: str
    metric: str
    unit: str
    line: str
    cell: str


class Held:
    """Every kind of record by key, as it stands before the change.

    With `about` what belongs to outcomes (plans, readings, ticks, ends, questions) is that of this one only:
    a change of one outcome does not read twenty thousand.
    """

    def __init__(self, cursor: Cursor, about: str = "") -> None:
        """Read nothing yet."""
        self.cursor = cursor
        self._about = [about] if about else None

    def as_it_stands(self) -> "Held":
        """The same, with epics and what is frozen of them read before they change."""
        _ = self.today, self.teams, self.epics, self.epic_teams, self.worked, self.closed, self.logged
        _ = self.epic_plans, self.slices, self.products
        return self

    @cached_property
    def today(self) -> date:
        """The day of the change; work that started by then has its forecast frozen (law T11)."""
        return clock.today(self.cursor)

    @cached_property
    def teams(self) -> dict[str, Team]:
        """Teams by key."""
        return {one.key: one for one in read.teams(self.cursor)}

    @cached_property
    def epics(self) -> dict[str, Epic]:
        """Epics by key."""
        return {one.key: one for one in read.epics(self.cursor)}

    @cached_property
    def outcomes(self) -> dict[str, Outcome]:
        """Outcomes by key, each with its latest reading."""
        return {one.key: one for one in read.outcomes(self.cursor, self._about)}

    @cached_property
    def outcomes_of(self) -> dict[str, tuple[Outcome, ...]]:
        """The outcomes of each epic, each with its latest reading."""
        return _lists(self.outcomes.values(), lambda one: one.epic)

    def others(self, keys: Iterable[str]) -> dict[str, Outcome]:
        """The outcomes of these keys that are there, whatever this change is about."""
        if self._about is None:
            return {key: self.outcomes[key] for key in keys if key in self.outcomes}
        return {one.key: one for one in read.outcomes(self.cursor, keys)}

    def plans_of(self, keys: Iterable[str]) -> dict[str, value.OutcomePlan]:
        """What was agreed about the outcomes of these keys, whatever this change is about."""
        found = read_value.records(self.cursor, "outcome_plan", value.OutcomePlan, about=keys)
        return {one.outcome: one for one in found}

    @cached_property
    def links(self) -> dict[str, str]:
        """The next outcome of each that leads to one (rule V9), of all outcomes."""
        found = read.rows(self.cursor, "leads_to")
        return {read.text(row["outcome"]): read.text(row["leads_to"]) for row in found}

    @cached_property
    def measured_by_series(self) -> list[Measured]:
        """Every outcome that names a series by month as its measure."""
        rows = read.rows(self.cursor, "measured_by_series")
        return [Measured(*(read.text(row[name]) for name in Measured._fields)) for row in rows]

    def outcome(self, key: str) -> Outcome:
        """The outcome of this key.

        Raises:
            UnknownKeyError: there is none.
        """
        if key not in self.outcomes:
            message = f"There is no outcome “{key}”."
            raise UnknownKeyError(message)
        return self.outcomes[key]

    def epic(self, key: str) -> Epic:
        """The epic of this key.

        Raises:
            UnknownKeyError: there is none.
        """
        if key not in self.epics:
            message = f"There is no epic “{key}”."
            raise UnknownKeyError(message)
        return self.epics[key]

    @cached_property
    def initiatives(self) -> dict[str, value.Initiative]:
        """Initiatives by key."""
        return {one.key: one for one in self._all("initiative", value.Initiative, "initiative")}

    @cached_property
    def measures(self) -> dict[str, value.SuccessMeasure]:
        """Success measures by key."""
        return {one.key: one for one in self._all("success_measure", value.SuccessMeasure, "measure")}

    @cached_property
    def epic_plans(self) -> dict[str, value.EpicPlan]:
        """What was agreed about epics, by epic."""
        return {one.epic: one for one in self._all("epic_plan", value.EpicPlan)}

    @cached_property
    def epic_teams(self) -> dict[str, tuple[value.EpicTeam, ...]]:
        """The teams of each epic that has several."""
        return _lists(self._all("epic_team", value.EpicTeam), lambda one: one.epic)

    @cached_property
    def worked(self) -> frozenset[str]:
        """The epics that a log holds effort of."""
        rows = self.cursor.execute("select distinct epic from live_epic_effort where milli_days > 0")
        return frozenset(read.text(row[0]) for row in rows.fetchall())

    @cached_property
    def closed(self) -> frozenset[int]:
        """The months that are closed (decision D11)."""
        return frozenset(read.whole(row["month"]) for row in read.table(self.cursor, "closed_month"))

    @cached_property
    def logged(self) -> dict[tuple[str, int], dict[str, int]]:
        """The log of each team's closed month, where it has one: thousandths of days by epic."""
        rows = self.cursor.execute(
            "select team, month, epic, milli_days from live_epic_effort "
            "where month in (select closed_month.month from live_closed_month as closed_month)"
        )
        found: dict[tuple[str, int], dict[str, int]] = defaultdict(dict)
        for team, month, epic, milli in rows.fetchall():
            found[read.text(team), read.whole(month)][read.text(epic)] = read.whole(milli)
        return dict(found)

    @cached_property
    def efforts(self) -> dict[tuple[str, int, str], value.Effort]:
        """The whole log by team, month and epic."""
        return {(one.team, one.month, one.epic): one for one in self._all("epic_effort", value.Effort)}

    def closed_since(self, change_id: int) -> frozenset[int]:
        """The closed months that were closed after this change."""
        rows = self.cursor.execute("select month from live_closed_month where added_by > ?", [change_id])
        return frozenset(read.whole(row[0]) for row in rows.fetchall())

    @cached_property
    def slices(self) -> dict[str, tuple[value.Slice, ...]]:
        """The slices of each epic."""
        return _lists(self._all("epic_slice", value.Slice, "slice"), lambda one: one.epic)

    @cached_property
    def waits(self) -> dict[str, tuple[value.Wait, ...]]:
        """What each epic waits for or has waited for."""
        return _lists(self._all("epic_wait", value.Wait), lambda one: one.epic)

    @cached_property
    def obligations(self) -> dict[str, Obligation]:
        """What is demanded of each epic, where it is recorded."""
        return {one.epic: one for one in self._all("obligation", Obligation)}

    @cached_property
    def met(self) -> dict[str, Met]:
        """What came of each obligation, where it is recorded."""
        return {one.epic: one for one in self._all("obligation_met", Met)}

    @cached_property
    def products(self) -> dict[str, ProductLife]:
        """The life of each value stream of which somebody recorded it."""
        return {one.value_stream: one for one in self._all("product_life", ProductLife)}

    @cached_property
    def streams(self) -> frozenset[str]:
        """Every value stream in which a team stands or stood."""
        rows = [*read.table(self.cursor, "team"), *read.table(self.cursor, "team_structure")]
        return frozenset(read.text(row["value_stream"]) for row in rows) - {""}

    @cached_property
    def people(self) -> frozenset[str]:
        """Everybody who is named as a member, an owner or a confirmer."""
        named = {one.name for one in read.members(self.cursor)}
        named |= {one.owner for one in self.initiatives.values()}
        named |= {one.owner for one in self.epic_plans.values()}
        named |= {one.owner for one in self.products.values()}
        named |= {one.owner for one in self.outcomes.values()}
        named |= {one.confirmer for one in self.plans.values()}
        return frozenset(named - {""})

    @cached_property
    def plans(self) -> dict[str, value.OutcomePlan]:
        """What was agreed about outcomes, by outcome."""
        return {one.outcome: one for one in self._its("outcome_plan", value.OutcomePlan)}

    @cached_property
    def frozen(self) -> frozenset[str]:
        """The outcomes whose forecast is frozen."""
        return frozenset(one.outcome for one in self._its("forecast", value.FrozenForecast))

    @cached_property
    def readings(self) -> dict[str, dict[date, value.Reading]]:
        """Every stored reading by outcome and day."""
        found: dict[str, dict[date, value.Reading]] = defaultdict(dict)
        for one in self._its("reading", value.Reading):
            found[one.outcome][one.read_on] = one
        return dict(found)

    @cached_property
    def confirmed(self) -> dict[str, tuple[value.ConfirmedReading, ...]]:
        """Earlier readings as finance confirmed them, by outcome."""
        return _lists(self._its("confirmed_reading", value.ConfirmedReading), lambda one: one.outcome)

    @cached_property
    def closures(self) -> dict[str, value.Closure]:
        """Ends of outcomes."""
        return {one.outcome: one for one in self._its("closure", value.Closure)}

    @cached_property
    def questions(self) -> dict[str, tuple[value.Question, ...]]:
        """What finance asked, by outcome."""
        return _lists(self._its("question", value.Question), lambda one: one.outcome)

    @cached_property
    def lines(self) -> dict[str, value.FinanceLine]:
        """Finance lines by key."""
        return {one.key: one for one in self._all("finance_line", value.FinanceLine, "line")}

    @cached_property
    def cells(self) -> dict[tuple[str, str], value.LineCell]:
        """Cells by line and key."""
        return {(one.line, one.key): one for one in self._all("line_cell", value.LineCell, "cell")}

    @cached_property
    def drivers(self) -> dict[str, value.ValueDriver]:
        """Value drivers by key."""
        return {one.key: one for one in self._all("value_driver", value.ValueDriver, "driver")}

    @cached_property
    def inputs(self) -> dict[str, tuple[value.DriverInput, ...]]:
        """The inputs of each driver."""
        return _lists(self._all("driver_input", value.DriverInput, "input"), lambda one: one.driver)

    @cached_property
    def series(self) -> dict[str, int]:
        """The first month of each metric's series."""
        first: dict[str, int] = {}
        for row in read.table(self.cursor, "metric_month"):
            name, month = read.text(row["series"]), read.whole(row["month"])
            first[name] = min(first.get(name, month), month)
        return first

    def is_measured(self, row: Row) -> bool:
        """Whether this very month of a metric's series is stored."""
        return (row["series"], row["month"], row["value"], row["source"]) in self._measured

    @cached_property
    def _measured(self) -> frozenset[tuple[object, ...]]:
        rows = self.cursor.execute("select series, month, value, source from live_metric_month")
        return frozenset(rows.fetchall())

    @cached_property
    def ticks(self) -> dict[str, dict[Tick, Confirmation]]:
        """Every live tick by outcome."""
        found: dict[str, dict[Tick, Confirmation]] = defaultdict(dict)
        for one in read.confirmations(self.cursor, self._about):
            found[one.outcome][one.tick] = one
        return dict(found)

    @cached_property
    def when_confirmed(self) -> dict[str, dict[Tick, Told]]:
        """What was told when each tick was given, by outcome."""
        (only,) = self._about or ("",)
        found: dict[str, dict[Tick, Told]] = defaultdict(dict)
        for (key, tick), told_then in read.told_when_confirmed(self.cursor, only).items():
            if told_then is not None:
                found[key][tick] = told_then
        return dict(found)

    def standing(self, key: str, given: Iterable[Confirmation] = ()) -> told.Standing:
        """How far the outcome's confirmation is, or would be with some ticks more."""
        return self._standing(key, self.plans[key].line if key in self.plans else "", given)

    def was_confirmed(self, key: str) -> bool:
        """Whether finance has confirmed the latest reading, on a line or before cash needed one (V8, V11)."""
        return self._standing(key, "any").is_confirmed

    def ticks_ended(self, key: str) -> Iterator[int]:
        """The changes that ended ticks on an outcome without finance taking them back, newest first."""
        rows = read.rows(self.cursor, "ticks_ended", {"outcome": key})
        return (read.whole(row["change_id"]) for row in rows)

    def owners_of_reading(self, key: str) -> frozenset[str]:
        """Who has owned an outcome since its reading that stands was recorded."""
        found = read.rows(self.cursor, "owners_of_reading", {"outcome": key})
        return frozenset(read.text(row["owner"]) for row in found)

    def _standing(self, key: str, line: str, given: Iterable[Confirmation] = ()) -> told.Standing:
        outcome = self.outcome(key)
        epic = self.epics.get(outcome.epic)
        now = Told(outcome, epic.delivered if epic else None)
        more = {one.tick: one for one in given}
        ticks = {**self.ticks.get(key, {}), **more}
        then = {**self.when_confirmed.get(key, {}), **dict.fromkeys(more, now)}
        return told.standing(now, ticks, then, line)

    def _its(self, table: str, kind: type[T]) -> list[T]:
        return read_value.records(self.cursor, table, kind, about=self._about)

    def _all(self, table: str, kind: type[T], key: str = "key") -> list[T]:
        return read_value.records(self.cursor, table, kind, key)


def _lists(found: Iterable[T], key: Callable[[T], str]) -> dict[str, tuple[T, ...]]:
    lists: dict[str, list[T]] = defaultdict(list)
    for one in found:
        lists[key(one)].append(one)
    return {name: tuple(its) for name, its in lists.items()}
