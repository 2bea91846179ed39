"""Totals as people type them, problems by repair, rejected rows, and the thread that imports."""

import csv
import io
import threading
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from roi.commands.changing.requests import CostImport, Receipt
from roi.commands.cost_files.costs_rejected import Rejected, RejectedRow
from roi.errors import RefusedError, blocker
from roi.ui.upload import problems
from roi.ui.upload.pieces import parse_total
from roi.ui.upload.runner import ImportRun, Job


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("478,552,886.89", "478552886.89"),
        ("478.552.886,89", "478552886.89"),
        ("£8,301,560", "8301560"),
        ("1234,5", "1234.5"),
        ("1,234", "1234"),
        ("(12.50)", "-12.50"),
        ("−3", "-3"),
        ("8 301 560.00", "8301560"),
        ("12.50-", "-12.50"),
        ("£-12.50", "-12.50"),
        (".5", "0.5"),
    ],
)
def test_a_total_is_read_as_people_type_it(typed, amount):
    assert parse_total(typed, 2) == Decimal(amount)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-",
        "()",
        "abc",
        "1e5",
        "1.2.3.4x",
        "NaN",
        "٣",
        "1.2.3",
        "12,34,5",
        "(12",
        "1,23,456",
        "--5",
        "0,123",
    ],
)
def test_what_is_no_amount_is_refused(typed):
    assert parse_total(typed, 2) is None


def test_yen_have_no_decimals():
    assert parse_total("1,234", 0) == Decimal(1234)


def test_rows_with_problems_are_counted_once():
    issues = [
        blocker("team", "unknown team", line=3, column="team", lines=(3, 7), count=2),
        blocker("month", "no month", line=7, column="month"),
        blocker("amount", "no amount", line=9, column="amount", lines=(9, 10), count=40),
    ]
    assert problems.rows_to_fix(issues) == 3 + 1 + 38


def test_a_row_of_months_across_is_one_row_to_fix():
    """Its word stands in every month, so the issue names its line once a month."""
    issues = [blocker("unknown", "team", line=4, lines=(4, 4, 4), count=3), blocker("amount", "x", line=4)]
    assert problems.rows_to_fix(issues) == 1


def test_rejected_rows_are_harmless_in_a_spreadsheet():
    rows = (RejectedRow(2, ("=bad", "no such month"), ('=HYPERLINK("x")', "5")),)
    text = problems.rejected_csv(Rejected(("team", "@amount"), rows, ()))
    assert list(csv.reader(io.StringIO(text))) == [
        ["line", "problem", "team", "'@amount"],
        ["2", "'=bad | no such month", '\'=HYPERLINK("x")', "5"],
    ]


def _job(name):
    return Job(CostImport(b"", name, "books"), None)


def _receipt(number):
    return Receipt(number, datetime(2026, 11, 3, tzinfo=UTC), "Fiona", "import", "", 1, 0)


def test_d20_the_first_refusal_stops_the_rest():
    seen, after = [], []

    def carry_out(request, tell):
        seen.append(request.name)
        tell("reading", 0.5)
        if request.name == "b":
            raise RefusedError("No.", (blocker("x", "bad"),))
        return _receipt(len(seen))

    run = ImportRun([_job("a"), _job("b"), _job("c")], carry_out, lambda: after.append(1))
    assert run.wait(10)
    assert seen == ["a", "b"]
    assert [bool(outcome.receipt) for outcome in run.outcomes] == [True, False]
    assert run.outcomes[1].issues[0].code == "x"
    assert run.outcomes[1].problem == "No. Nothing was changed."
    assert after == []


def test_f2_looking_on_never_stops_the_import():
    gate, entered = threading.Event(), threading.Event()

    def carry_out(request, tell):
        tell("storing", 0.5)
        entered.set()
        assert gate.wait(10)
        return _receipt(1)

    run = ImportRun([_job("a"), _job("b")], carry_out, lambda: None)
    assert entered.wait(10)
    assert not run.is_over
    assert (run.progress.done, run.progress.files, run.progress.file_name) == (0, 2, "a")
    assert run.progress.share == 0.25
    gate.set()
    assert run.wait(10)
    assert len(run.outcomes) == 2


def test_stop_lets_the_file_at_work_finish():
    started, gate = threading.Event(), threading.Event()

    def carry_out(request, tell):
        started.set()
        assert gate.wait(10)
        return _receipt(1)

    run = ImportRun([_job("a"), _job("b")], carry_out, lambda: None)
    assert started.wait(10)
    run.stop()
    gate.set()
    assert run.wait(10)
    assert [outcome.file_name for outcome in run.outcomes] == ["a"]


def test_an_error_of_ours_is_said_and_ends_the_run():
    def carry_out(request, tell):
        raise ZeroDivisionError

    run = ImportRun([_job("a")], carry_out, lambda: None)
    assert run.wait(10)
    assert "rolled back" in run.outcomes[0].problem
