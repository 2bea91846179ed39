"""Two at once, or stopped in the middle: exactly one import, and nobody ever sees half of one."""

import threading

import pytest

from roi.commands import costs, keeping, undo
from roi.commands.changing.requests import CostImport
from roi.errors import RefusedError, RoiError, UndoRefusedError
from tests.commands.conftest import state_of
from tests.faults import worker

pytestmark = pytest.mark.faults
PHASES = ("reading", "checking", "comparing", "storing", "figures")


def at_once(*works):
    """Run them in threads that start together; what each answered or was refused with."""
    barrier, answers = threading.Barrier(len(works)), [None] * len(works)

    def run(place, work):
        barrier.wait()
        try:
            answers[place] = work()
        except RoiError as error:
            answers[place] = error

    threads = [threading.Thread(target=run, args=one) for one in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def split(answers):
    """Those that were carried out, and those that were refused."""
    refused = [answer for answer in answers if isinstance(answer, Exception)]
    return [answer for answer in answers if not isinstance(answer, Exception)], refused


def test_r8_the_same_content_by_two_at_once_is_one_import(company, finance, rounds, soaked):
    store = company.store
    turns = 5 if rounds == 1 else 10 * rounds
    for _ in range(turns):
        done, refused = split(at_once(lambda: worker.bring_in(store), lambda: worker.bring_in(store)))
        assert (len(done), [type(error) for error in refused]) == (1, [RefusedError])
        assert "already imported" in str(refused[0])
        assert worker.held(store) == worker.LINES
        undo.undo(store, finance, done[0].change_id)
    keeping.verify(store, finance, deep=True)
    soaked("imports of one content by two at once", turns)


def test_two_different_files_of_one_month_at_once_are_one_import_and_one_question(company, finance):
    """D20: the second is asked whether to replace or to add; it is never added in silence."""
    requests = [CostImport(worker.content(lines), f"{lines}.csv", worker.SOURCE) for lines in (300, 400)]
    done, refused = split(
        at_once(*(lambda one=one: costs.import_costs(company.store, finance, one) for one in requests))
    )
    assert len(done) == 1
    assert [issue.code for error in refused for issue in error.issues if issue.is_blocker] == ["overlap"]
    assert worker.held(company.store) in {300, 400}


def test_one_change_is_undone_once_by_two_at_once(company, finance):
    change = company.imports[-1]
    done, refused = split(at_once(*[lambda: undo.undo(company.store, finance, change)] * 3))
    assert (len(done), [type(error) for error in refused]) == (1, [UndoRefusedError] * 2)
    keeping.verify(company.store, finance, deep=True)


@pytest.mark.parametrize("phase", PHASES)
def test_f2_a_click_in_mid_import_rolls_it_back_and_no_reader_saw_half_of_it(company, finance, phase):
    """Streamlit stops a script by raising a `BaseException` wherever the script is."""

    class RerunException(BaseException):
        pass

    store, before, seen = company.store, state_of(company.store), []

    def tell(name, _share):
        if name == phase:
            thread = threading.Thread(target=lambda: seen.append((state_of(store), store.version)))
            thread.start()
            thread.join()
            raise RerunException

    version = store.version
    with pytest.raises(RerunException):
        costs.import_costs(store, finance, CostImport(worker.content(200), "x.csv", worker.SOURCE), tell)
    assert seen == [(before, version)]
    assert state_of(store) == before
    assert store.version == version
    assert list(store.spool_folder.iterdir()) == []
    keeping.verify(store, finance, deep=True)
    assert worker.bring_in(store).change_id == version + 1


def test_readers_see_each_version_whole_while_imports_and_undos_run(company, finance):
    """T1 at every moment: ledger and figures agree in every snapshot, and lines are all or none."""
    store, stop, wrong = company.store, threading.Event(), []

    def look():
        while not stop.is_set():
            with store.snapshot() as cursor:
                asked = "select count(*), cast(coalesce(sum(amount_minor), 0) as bigint) from live_cost_line"
                lines, ledger = cursor.execute(asked).fetchall()[0]
                asked = "select cast(coalesce(sum(amount_minor), 0) as bigint) from mart_team_cost"
                figures = cursor.execute(asked).fetchall()[0][0]
            if lines not in {21, 21 + worker.LINES} or ledger != figures:
                wrong.append((lines, ledger, figures))

    reader = threading.Thread(target=look)
    reader.start()
    for _ in range(3):
        undo.undo(store, finance, worker.bring_in(store).change_id)
    stop.set()
    reader.join()
    assert wrong == []
