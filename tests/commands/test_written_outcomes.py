"""Outcomes of a list whose target stands as it was written: shown and compared, never scored, never money."""

from datetime import date

import pytest

from roi.commands import lists, undo
from roi.errors import RefusedError, UnchangedError
from roi.reports import outcomes
from roi.reports.shapes import Scope
from roi.store import read, read_value
from tests.commands.value_files import LISTS

TODAY = date(2026, 6, 30)
NUMBERS = "epic,metric,unit,direction,baseline,target_low,target_likely,target_high,value_class,owner"
HEAD = (
    f"{NUMBERS},outcome,initiative,target_as_written,actual_as_written,read_on,stated,evidence\n"
    "Find lessons,orders in a day,orders,up,50,60,70,80,not financial,Olga,,,,,,,\n"
)
WRITTEN = {
    "sentence": "Find lessons,ease,,up,,,,,not financial,Olga,ease,,better than before,so so,2026-05-31,,\n",
    "share": "Find lessons,answers,%,up,,,,,not financial,Olga,found,,at least 80%,76%,2026-05-31,,log\n",
    "stated": ",schools that renew,%,up,,,,,not financial,Olga,renew,Learn sooner,85-95,96,2026-05-31,met,\n",
    "unread": ",employers who accept it,,up,,,,,not financial,Olga,accept,Learn sooner,none,,,,\n",
}
TEXT = HEAD + "".join(WRITTEN.values())


@pytest.fixture
def bring(company, una):
    def run(text, kind="outcomes"):
        return lists.import_list(company.store, una, kind, text.encode(), f"{kind}.csv")

    run(LISTS["initiatives"], "initiatives")
    run(LISTS["epics"], "epics")
    return run


def stored(store):
    with store.snapshot() as cursor:
        measures = {one.key: one for one in read_value.values(cursor).measures}
        return measures, {one.metric for one in read.outcomes(cursor)}


def test_one_list_brings_outcomes_with_numbers_and_with_words_in_one_change(company, bring, una, state):
    before = state(company.store)
    preview = lists.read_list(company.store, una, "outcomes", TEXT.encode(), "outcomes.csv")
    assert (preview.new, preview.changed, preview.unchanged, preview.issues) == (5, 0, 0, ())
    change = bring(TEXT).change_id
    measures, metrics = stored(company.store)
    assert {"ease", "found", "renew", "accept"} <= set(measures)
    assert "orders in a day" in metrics
    assert not metrics & {"ease", "answers"}
    its = measures["found"]
    assert (its.epic, its.target, its.actual, its.source) == ("find-lessons", "at least 80%", "76%", "log")
    assert measures["renew"].initiative == "learn-sooner"
    with pytest.raises(UnchangedError):
        bring(TEXT)
    again = TEXT.replace("76%", "84%")
    changed = lists.read_list(company.store, una, "outcomes", again.encode(), "outcomes.csv")
    assert (changed.new, changed.changed, changed.unchanged) == (0, 1, 4)
    undo.undo(company.store, una, change)
    assert state(company.store) == before


def test_v9_words_are_shown_and_compared_and_are_no_promise_and_no_money(company, bring, una):
    bring(TEXT)
    report = outcomes.build(company.store, una, Scope(), TODAY)
    came = {row.measure.key: (row.status, row.whose) for row in report.written}
    assert came == {
        "ease": ("cannot be compared", "Find lessons"),
        "found": ("not met", "Find lessons"),
        "renew": ("met", "Learn sooner"),
        "accept": ("to come", "Learn sooner"),
    }
    assert [row.measure.key for row in report.written] == ["found", "renew", "ease", "accept"]
    assert dict(report.written_counts)["met"] == 1
    why = next(row.why for row in report.written if row.measure.key == "ease")
    assert why == "the target is a sentence: shown, not scored"
    assert not {row.outcome for row in report.promises} & set(came)


@pytest.mark.parametrize(
    ("change", "column"),
    [
        (("not financial", "revenue"), "value_class"),
        (("Find lessons,answers,%,up,", "Find lessons,answers,%,up,60"), "baseline"),
        (("Olga", "Pia"), "owner"),
        (("Find lessons", "Nothing"), "epic"),
        (("Find lessons", ""), "initiative"),
        (("2026-05-31", ""), "read_on"),
        (("found,,at least 80%", "trial-to-paid,,at least 80%"), "target_as_written"),
        (("at least 80%", ""), "baseline"),
    ],
    ids=["money", "a number", "another owner", "no epic", "nobody's", "no day", "has numbers", "no target"],
)
def test_t3_what_such_an_outcome_cannot_have_is_refused_with_line_column_and_fix(
    company, bring, change, column
):
    before = stored(company.store)
    with pytest.raises(RefusedError) as error:
        bring(HEAD + WRITTEN["share"].replace(*change))
    issue = next(one for one in error.value.issues if one.column == column)
    assert (issue.line, issue.is_blocker, bool(issue.fix or issue.expected)) == (3, True, True)
    assert stored(company.store) == before


def test_words_beside_numbers_are_refused(bring):
    with pytest.raises(RefusedError, match="belongs to an outcome whose target stands as it was written"):
        bring(HEAD.replace("Olga,,,,,,,", "Olga,,,,,,met,"))


def test_without_the_column_for_words_numbers_are_missed_as_before(bring):
    with pytest.raises(RefusedError) as error:
        bring("epic,metric,unit,direction,value_class,owner\nFind lessons,a,%,up,not financial,Olga\n")
    missed = [issue.column for issue in error.value.issues if issue.code == "missing_column"]
    assert missed == ["baseline", "target_low", "target_likely", "target_high"]
