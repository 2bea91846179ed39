"""What the pages about outcomes say: bias, chance, closing note, ticks that are missing, two texts."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

from roi.charts.markup import tag
from roi.domain.figures import unknown
from roi.domain.structure import Epic, EpicKind, Grade, Tick, ValueClass
from roi.domain.value import Closure, Ending, EpicPlan, Landed, OutcomePlan, Reading
from roi.reports.loop import work_rows
from roi.reports.shapes import EpicReport, EpicRow
from roi.reports.shapes.value import CalibrationRow, EpicView, OutcomeDetail, PoolRow, QueueRow
from roi.ui import parts
from roi.ui.outcomes import closing_note, common, epic_outcome, form_texts, money, promise, promises, queue
from tests.charts import value_views as made


def text(markup):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", markup))


def test_v10_a_tick_is_missing_when_the_queue_says_so():
    row = QueueRow(
        "o1", "m", "E", "T", "Olu", "Fay", made.TODAY, "B", ("unit_value",), (), "", made.money(5), False
    )
    assert [tick for tick in Tick if queue.is_missing(row, tick)] == [Tick.UNIT_VALUE]


CLOSURE = Closure("o1", made.TODAY, Ending.CLOSED, Landed.PARTLY, "The <b>video</b> did it.", "")


def detail(**changes):
    given = OutcomeDetail(
        "o1", OutcomePlan("o1", problem="a third leaves"), (), CLOSURE, (), (), None, ("75%", "80%", "85%"),
        date(2026, 1, 5), made.money(1), None, made.money(2), made.money(3), "the company", "",
    )  # fmt: skip
    return replace(given, **changes)


def epic_report(*rows):
    one = Epic("e1", "Guided first lesson", "onboarding", EpicKind.FEATURE, date(2026, 1, 5), None, 250_000)
    row = EpicRow(one, "Onboarding", made.money(500_000_00), rows)
    view = EpicView(
        EpicPlan("e1"), "", (), (), (), made.MOMENTS, (detail(),), made.money(0), made.money(0),
        made.money(0), made.appraisal(),
    )  # fmt: skip
    return EpicReport(7, "USD", None, row, view, ())


def test_the_closing_note_is_one_page_that_stands_alone_and_is_escaped():
    row = made.outcome_row("o1", ticks=(("movement", "Fay", made.TODAY),))
    page = closing_note.page(row, detail(), epic_report(row))
    assert page.startswith("<!doctype html>")
    assert "<b>video</b>" not in page
    said = text(page)
    assert "a third leaves" in said
    assert "Fay, 12 Nov 2026" in said
    assert "Partly: a part of it came" in said
    assert "Closed on 12 Nov 2026" in said
    assert "src=" not in page, "nothing is fetched from anywhere"
    assert "href=" not in page


def test_the_closing_note_is_headed_by_what_whoever_closed_it_says():
    """“…: 6 enrolments a month, partly” stood above “Not: the expected effect did not show”."""
    row, found = made.outcome_row("o1"), detail()
    row = replace(row, outcome=replace(row.outcome, actual=row.outcome.target_low))
    ended = replace(found, closure=replace(found.closure, landed=Landed.NOT))
    head = text(closing_note.page(row, ended, epic_report(row))).split("</h1>")[0]
    title = closing_note.title(row, ended.closure)
    assert title in head
    assert title[0].isupper()
    assert title.endswith(", the expected effect did not show")


def test_what_was_promised_names_its_own_day_and_not_that_of_the_next_reading():
    row = made.outcome_row("o1")
    dated = replace(row, outcome=replace(row.outcome, by_when=date(2027, 2, 12)), due_on=date(2026, 5, 30))
    said = text(closing_note.page(dated, detail(), epic_report(dated)))
    assert "by 12 Feb 2027" in said
    assert "30 May 2026" not in said
    undated = replace(row.outcome, by_when=None)
    assert promise.promised_by(undated) == promise.promised(undated)


def test_t11_a_promise_that_was_told_after_its_reading_says_so():
    at, later = date(2026, 1, 5), date(2026, 4, 2)
    read = (Reading("o1", date(2026, 3, 31), Decimal(81), Grade.C, "log", 0, 0, 0),)
    assert promise.entered(detail(entered_on=at, readings=read)) == ""
    assert promise.entered(detail(entered_on=later)) == ": its owner's word, entered here 2 Apr 2026"
    told = promise.entered(detail(entered_on=later, readings=read))
    assert told == ": its owner's word, entered here 2 Apr 2026, after it was read"
    early = detail(entered_on=date(2026, 3, 30), readings=read)
    assert promise.entered(early) == ": its owner's word, entered here 30 Mar 2026"


def test_the_record_shows_bias_hits_interval_score_and_what_of_the_next_forecast_counts():
    row = CalibrationRow(
        "company", "", "Company", "Company", 24, 7, 16, -140_431, 859_569, (536_212, 666_667, 775_771),
        1_946_720, is_overconfident=False, haircut=859_569,
    )  # fmt: skip
    told = [str(cell.shown) for cell in promises._judged(row).cells]
    assert told == ["Company", "24 (+7 waiting)", "16 of 24 (54%–78%)", "86%", "−14%", "1.95", "86%"]
    assert promises._bias(20_000) == "+2%"


def record(name, judged, **more):
    row = CalibrationRow(
        "team", name, name, judged, 8, 0, 3, 0, 900_000, (1, 2, 3), 1, is_overconfident=True, haircut=900_000
    )
    return replace(row, **more)


def test_whose_record_counts_is_said_by_name_and_why_more_are_judged_than_read():
    company = record("Company", "Company", count=24, given_up=1)
    teams = [record("Search", "Learning"), record("Courseware", "Learning"), record("Data", "Company")]
    assert promises.below_eight([company, *teams]) == (
        "Fewer than eight are read of Search and Courseware: there the record of Learning counts. "
        "Fewer than eight are read of Data: there the record of the company counts."
    )
    assert promises.below_eight([company]) == ""
    assert promises.given_up(company) == (
        "Of the company's 24, one promise was given up before a reading: "
        "it counts here as having brought nothing."
    )
    assert promises.given_up(replace(company, given_up=2)).endswith(
        "two promises were given up before a reading: they count here as having brought nothing."
    )
    assert promises.given_up(replace(company, given_up=0)) == ""


def test_v13_a_saving_is_named_by_where_the_line_lies_that_it_lowers():
    saving = ValueClass.COST_REDUCTION
    assert common.class_name(saving, "cash") == "Cost reduction outside engineering"
    inside = common.class_name(saving, "already in lower cost")
    assert inside == "Cost reduction inside engineering, already in lower cost"
    assert "not cash until the books show it" in common.class_name(saving, "protected")
    assert common.class_name(ValueClass.REVENUE, "already in lower cost") == "Margin from growth"


def test_v13_the_marks_say_that_a_saving_is_in_lower_cost_already():
    row = made.outcome_row("o1")
    saved = text(epic_outcome._saved(row, detail(treated="already in lower cost", memo=97_000_00)))
    assert "Already in lower cost, " in saved
    assert "97.0k in the period" in saved
    assert epic_outcome._saved(row, detail(treated="cash")) is None


def test_t4_the_pool_says_what_counts_and_what_overlap_was_removed():
    pool = PoolRow(
        "p", "m", "Margin", "Schools", made.money(100_000_00), made.money(80_000_00), made.money(30_000_00),
        made.money(0), True, (("o1", 80_000_00, ""), ("o2", 0, "copied")),
    )  # fmt: skip
    said = text(epic_outcome.pool_words(pool))
    assert (
        "Of $100.0k in the period $80.0k counts and $20.0k overlap is removed, as together $110.0k was"
        in said
    )
    assert "Two claims read this pool" in said
    assert "moved less than was claimed" in said


def test_two_editors_see_the_same_fields_of_an_outcome():
    row = made.outcome_row("o1")
    mine = form_texts.of(row.outcome, OutcomePlan("o1", confirmer="Fay"))
    theirs = form_texts.of(replace(row.outcome, owner="Bea"), OutcomePlan("o1", confirmer="Fay"))
    assert [name for name in mine if mine[name] != theirs[name]] == ["Owner"]


def test_no_line_ends_between_a_minus_and_its_amount():
    assert parts.unbroken("Of −$2.50k (−3)") == "Of −\u2060$2.50k (−\u20603)"
    assert parts.unbroken(tag("b", "−$2")) == "<b>−\u2060$2</b>", "markup stays markup"


def test_a_measure_that_stands_twice_in_a_list_is_told_with_its_epic():
    """Two epics may promise fewer learners who cancel; alone the words would be one promise told twice."""
    one = made.outcome_row("cancel")
    other = replace(one, outcome=replace(one.outcome, key="b", metric="share  of Cancel"), epic_name="Plans")
    third = made.outcome_row("pages")
    twice = promises.told_twice([one, other, third])
    told = [str(promises._row(row, None, twice).cells[0].shown) for row in (one, other, third)]
    assert one.epic_name in told[0]
    assert "Plans" in told[1]
    assert third.epic_name not in told[2]
    assert promises.told_twice([one, third]) == set()


def test_t3_a_table_says_none_where_it_is_known_that_there_is_none():
    said = [text(common.shown(unknown("epic_cost", why))).strip() for why in (work_rows.NOT_BEGUN, "no rate")]
    assert said == ["none", "not known yet"]


def test_what_an_appraisal_leaves_out_is_told_on_every_page_that_has_one():
    """Two notes stand whole, the rest as a number: on an epic they are its own, elsewhere of its epics."""
    view = SimpleNamespace(notes=("one has no end", "one has no currency", "a third", "a fourth"))
    told = ["One has no end.", "One has no currency."]
    assert money._left_out(view, "") == [*told, "2 more notes like this."]
    assert money._left_out(view, " on its epics") == [*told, "2 more notes like this on its epics."]
    assert money._left_out(SimpleNamespace(notes=()), "") == []
