"""R3: any life of a store is what a plain list of lines says, and so is its past.

Imports, repeats, overlaps, mappings, undos, closed months and restatements, a killed process, a restart, a
new release's migration, backups, a restore, and a clock that jumps.
"""

import copy
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import event
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule, run_state_machine_as_test

from roi.commands import closing, keeping
from roi.commands.changing.requests import Receipt
from roi.errors import ClosedMonthError, RefusedError
from roi.store import backups, clock, statements
from roi.store.database import Store
from tests.laws.history import Change, History
from tests.laws.ledgers import MONTHS, examples, grouped

LIVES, STEPS = 5, 28
SOAKED_LIVES, SOAKED_STEPS = 25, 50
"""In `make soak`, each round: with its 20 rounds 500 lives."""


class Clock(datetime):
    """A clock that can be set."""

    off = timedelta()

    @classmethod
    def now(cls, tz=None):
        """The time that it shows."""
        return datetime.now(tz) + cls.off


class Life(History):
    """A history, and what happens to the program and its files meanwhile."""

    migrations = ()

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp(prefix="life-"))
        self.kept: list[tuple[Path, dict]] = []
        self.restated: set[int] = set()
        self.generation = 0

    def teardown(self) -> None:
        try:
            super().teardown()
        finally:
            self.store.close()
            Clock.off = timedelta()
            shutil.rmtree(self.folder)

    # Closed months.

    def is_closed(self, month: int) -> bool:
        return f"closed {month}" in self.books.areas

    def closed_sums(self, *, by_area: bool) -> dict[tuple, int]:
        """The figures of closed months, of each area apart or not."""
        held = self.books.sums().items()
        chosen = [(key if by_area else key[:-1], minor) for key, minor in held if self.is_closed(key[0])]
        return {key: minor for key, minor in grouped(chosen).items() if minor}

    def carry(self, work: Callable[[str], Receipt]) -> Receipt:
        try:
            return work("")
        except ClosedMonthError:
            event("restatement")
            receipt = work("as agreed with the auditors")
            self.restated.add(receipt.change_id)
            return receipt

    def accept(self, number: int, change: Change) -> None:
        """D11: what moves a closed figure was named as a restatement, and nothing else was."""
        self.require_dated(number)
        before = [self.closed_sums(by_area=flag) for flag in (False, True)]
        months = {key for key in self.books.areas if key.startswith("closed ")}
        super().accept(number, change)
        if months != {key for key in self.books.areas if key.startswith("closed ")}:
            return
        after = [self.closed_sums(by_area=flag) for flag in (False, True)]
        if before[0] != after[0]:
            assert number in self.restated, f"change {number} moved a closed month without a word"
        if number in self.restated:
            assert before[1] != after[1], f"change {number} moved no closed month"

    def require_dated(self, number: int) -> None:
        """The change bears the moment that the clock shows, also where that was set: else no clock jumped."""
        with self.store.snapshot() as cursor:
            found = cursor.execute("select recorded_at from change where change_id = ?", [number])
            ((recorded_at,),) = found.fetchall()
        assert abs(recorded_at - Clock.now(UTC).replace(tzinfo=None)) < timedelta(days=1)

    @rule(month=st.sampled_from(MONTHS))
    def close(self, month: int) -> None:
        try:
            number = closing.close_months(self.store, self.finance, [month]).change_id
        except RefusedError:
            assert self.is_closed(month) or not any(
                line.month == month and line.scenario == "actual" for line in self.books.lines.values()
            )
            return
        assert not self.is_closed(month)
        event("close")
        self.accept(number, Change({f"closed {month}": ("closed", "")}, {}))

    # What happens to the program and its files.

    def move(self, keep: Callable[[Path, Path], object]) -> None:
        self.generation += 1
        path = self.folder / str(self.generation) / self.store.path.name
        keep(self.store.path.parent, path.parent)
        self.store.close()
        self.store = Store.open(path, purpose="a test")

    @rule(what=st.sampled_from(["kill", "restart", "migrate"]))
    def meanwhile(self, what: str) -> None:
        """Something happens around the store that changes none of its figures."""
        event(what)
        {"kill": self.be_killed, "restart": self.restart, "migrate": self.migrate}[what]()

    @rule(years=st.sampled_from([-11, -2, 9]))
    def set_clock(self, years: int) -> None:
        """Somebody sets the machine's clock, or sets it right again: no figure moves."""
        event("clock")
        Clock.off = timedelta() if Clock.off else timedelta(days=365 * years)

    def be_killed(self) -> None:
        """The files as they lie there in the middle of everything; nothing was closed."""
        ignored = shutil.ignore_patterns("*.lock", "*.spool", "life-*")
        self.move(lambda here, there: shutil.copytree(here, there, ignore=ignored))

    def restart(self) -> None:
        """Stop and start."""
        self.store.close()
        self.store = Store.open(self.store.path, purpose="a test")

    def migrate(self) -> None:
        """A new release comes with one more migration."""
        number = self.migrations[-1][0] + 1
        statement = f"alter table source add column column_{number} varchar"
        type(self).migrations = (*self.migrations, (number, f"{number:04d}_more", statement))
        self.restart()

    @rule()
    def back_up(self) -> None:
        made = keeping.backup(self.store, self.finance)
        assert keeping.backups(self.store, self.finance)[0] == made
        self.kept.append((made, copy.deepcopy(self.model())))
        event("backup")

    @precondition(lambda self: any(path.exists() for path, _ in self.kept))
    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        """Back to what was then, to the last cent; what came later is gone, and the next number is its."""
        there = [(path, model) for path, model in self.kept if path.exists()]
        path, model = there[data.draw(st.integers(0, len(there) - 1))]
        self.store.close()
        keeping.restore(self.store.path, path)
        self.store = Store.open(self.store.path, purpose="a test")
        self.__dict__.update(copy.deepcopy(model))
        event("restore")

    def model(self) -> dict[str, object]:
        names = ("books", "changes", "past", "imported", "added_on_purpose", "restated")
        return {name: getattr(self, name) for name in names}


def test_r3_any_life_of_a_store_is_what_a_plain_list_says(fresh, finance, executive, soaked, rounds):
    known = statements.migrations()
    people = {"fresh": staticmethod(fresh), "finance": finance, "executive": executive}
    with pytest.MonkeyPatch.context() as patch:
        machine = type("LifeHere", (Life,), {**people, "migrations": known})
        patch.setattr(statements, "migrations", lambda: machine.migrations)
        for module in (clock, backups):
            patch.setattr(module, "datetime", Clock)
        steps = STEPS if rounds == 1 else SOAKED_STEPS
        run_state_machine_as_test(machine, settings=examples(LIVES, steps, soak=SOAKED_LIVES))
    soaked("random lives of 50 steps against a plain list", SOAKED_LIVES * rounds)
    assert datetime.now(UTC).year < 2100
