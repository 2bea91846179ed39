"""What value rests on, typed on pages: finance lines with months, drivers with inputs, slices, measures."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from roi.actors import Actor, Role, local_user
from roi.commands import closing, drivers, epics, finance_lines, initiatives
from roi.domain.structure import ValueBasis
from roi.domain.value import (
    DriverInput,
    EpicPlan,
    FinanceLine,
    LineCell,
    LineKind,
    LineMonth,
    Slice,
    SuccessMeasure,
    ValueDriver,
)
from roi.store import read, read_value
from roi.ui import session
from tests.pages.conftest import shown
from tests.pages.test_outcomes import act_as
from tests.pages.upload_wizard import press, widget

THEO = Actor("Theo", frozenset({Role.FINANCE}))
THEO_LEADS = Actor("Theo", frozenset({Role.TECH_LEADER}))
BEGUN = {"started": date(2015, 1, 1), "delivered": None, "planned_share": 0, "is_obligation": False}
LINE = FinanceLine("margin", "Course margin", LineKind.MARGIN, "GBP")


@pytest.fixture
def epic(small):
    """One epic with an outcome that is read."""
    small.outcome("onboarding", is_confirmed=False, has_line=False)
    return small


def values():
    with session.store().snapshot() as cursor:
        return read_value.values(cursor)


def put(app, kind, key, value):
    widget(app, kind, key).set_value(value)


def save(app, label):
    (button,) = [one for one in app.button if one.label == label]
    button.click().run()
    assert not app.exception, app.exception
    return shown(app)


def test_v8_finance_adds_a_line_with_its_segments_and_caps_it_by_months(epic, open_page, monkeypatch):
    act_as(monkeypatch, "Fay", Role.FINANCE)
    app = open_page("outcomes", view="worth")
    assert "Nobody has said yet whose money an outcome is" in shown(app)
    put(app, "text_input", "line__name", "Course margin")
    put(app, "text_input", "line__cell_new0_name", "Schools")
    put(app, "text_input", "line__cell_new0_segments", "public | private")
    put(app, "text_input", "line__cell_new1_name", "Firms")
    page = save(app, "Save the line")
    assert "One finance line caps what may be claimed; no driver yet" in page
    assert values().cells["course-margin", "schools"].segments == {"public", "private"}
    form = "months_course-margin_firms"
    put(app, "text_input", f"{form}_new0_month", "2015-03")
    put(app, "text_input", f"{form}_new0_baseline", "1,000")
    put(app, "text_input", f"{form}_new0_actual", "1,251")
    page = save(app, "Save the months")
    assert values().line_months == (LineMonth("course-margin", "firms", 201503, 100_000, 125_100),)
    assert "+£251" in page, "actual less baseline"


def test_v8_overlapping_segments_are_refused_with_the_fix(epic, open_page, monkeypatch):
    act_as(monkeypatch, "Fay", Role.FINANCE)
    app = open_page("outcomes", view="worth")
    put(app, "text_input", "line__name", "Course margin")
    for place, name in enumerate(("Schools", "Firms")):
        put(app, "text_input", f"line__cell_new{place}_name", name)
        put(app, "text_input", f"line__cell_new{place}_segments", "public")
    assert "Leave public in one of the two" in save(app, "Save the line")
    assert not values().lines


def test_a_month_that_is_no_month_is_told_and_nothing_is_saved(epic, open_page, monkeypatch):
    finance_lines.save_lines(session.store(), THEO, [LINE], [LineCell("margin", "all", "All of it")])
    act_as(monkeypatch, "Fay", Role.FINANCE)
    app = open_page("outcomes", view="worth")
    form = "months_margin_all"
    typed = ("March", "1", ""), ("2015-03", "4,0", "1.001"), ("2015-03", "1", "10" * 12)
    for place, row in enumerate(typed):
        for name, text in zip(("month", "baseline", "actual"), row, strict=True):
            put(app, "text_input", f"{form}_new{place}_{name}", text)
    page = save(app, "Save the months")
    assert "Month · you gave “March” · expected a month such as 2026-09" in page
    assert "March: the actual is left empty." in page
    assert "Actual · you gave “1.001” · expected no more than 2 decimals in GBP" in page
    assert "Actual · you gave “101010101010101010101010” · expected an amount less than" in page
    assert "The month 2015-03 of All of it is there twice" in page, "all at once"
    assert not values().line_months


def test_two_in_finance_who_change_one_line_see_both_texts(epic, open_page, monkeypatch):
    finance_lines.save_lines(session.store(), THEO, [LINE], [LineCell("margin", "all", "All of it")])
    act_as(monkeypatch, "Fay", Role.FINANCE)
    app = open_page("outcomes", view="worth")
    widget(app, "selectbox", "line_chosen").set_value("margin").run()
    put(app, "text_input", "line_margin_source", "page 4")
    finance_lines.save_lines(session.store(), THEO, [replace(LINE, source="page 9")])
    page = save(app, "Save the line")
    assert "Theo changed finance line margin" in page
    assert "page 9" in page
    press(app, "conflict_mine")
    assert values().lines["margin"].source == "page 4"


def test_v7_an_owner_saves_a_driver_as_assumed_and_finance_agrees_it(epic, open_page, monkeypatch):
    act_as(monkeypatch, "Olu", Role.OWNER)
    app = open_page("outcomes", view="worth")
    form = "driver_margin_per_unit_new"
    put(app, "text_input", f"{form}_price_0_low", "few")
    put(app, "text_input", f"{form}_price_0_likely", "50")
    put(app, "text_input", f"{form}_margin_0_high", "0.6")
    page = save(app, "Save the driver")
    assert "Low · you gave “few” · expected a number" in page
    assert "its likely number is left empty" in page
    assert not values().drivers, "an end that cannot be read is never the likely number instead"
    for name in ("price_0_low", "margin_0_high"):
        put(app, "text_input", f"{form}_{name}", "")
    assert widget(app, "selectbox", f"{form}_basis").options == ["assumed: can be measured, never confirmed"]
    put(app, "text_input", f"{form}_name", "Margin of a course")
    for one, likely in {"price": "50", "margin": "0.5"}.items():
        put(app, "text_input", f"{form}_{one}_0_likely", likely)
        put(app, "text_input", f"{form}_{one}_0_owner", "Fay")
        put(app, "text_input", f"{form}_{one}_0_source", "price list")
    put(app, "date_input", f"{form}_price_0_dated", date(2015, 1, 15))
    page = save(app, "Save the driver")
    assert "£25" in page
    assert "25.00 GBP" not in page
    (price,) = [one for one in values().inputs["margin-of-a-course"] if one.key == "price"]
    assert (price.low, price.high, price.owner) == (Decimal(50), Decimal(50), "Fay")
    assert (price.source, price.dated) == ("price list", date(2015, 1, 15))
    act_as(monkeypatch, "Fay", Role.FINANCE)
    app = open_page("outcomes", view="worth")
    widget(app, "selectbox", "driver_chosen").set_value("margin-of-a-course").run()
    widget(app, "selectbox", "driver_margin-of-a-course_basis").set_value("agreed")
    put(app, "text_input", "driver_margin-of-a-course_source", "minutes of May")
    save(app, "Save the driver")
    assert values().drivers["margin-of-a-course"].basis == "agreed"
    act_as(monkeypatch, "Olu", Role.OWNER)
    app = open_page("outcomes", view="worth")
    widget(app, "selectbox", "driver_chosen").set_value("margin-of-a-course").run()
    assert "only finance changes it" in shown(app)


def test_whoever_only_reads_sees_no_form(epic, open_page, monkeypatch):
    act_as(monkeypatch, "Eve", Role.EXECUTIVE)
    app = open_page("outcomes", view="worth")
    assert "No finance line yet" in shown(app)
    assert not [one for one in app.button if one.label.startswith("Save")]


def test_an_epic_is_delivered_in_slices_that_make_its_whole_promise(epic, open_page):
    app = open_page("epic", epic="e1")
    put(app, "text_input", "slices_e1_new0_name", "Search by subject")
    put(app, "text_input", "slices_e1_new0_share", "80")
    put(app, "date_input", "slices_e1_new0_delivered", date(2015, 6, 30))
    put(app, "text_input", "slices_e1_new1_share", "most")
    put(app, "date_input", "slices_e1_new1_delivered", date(2030, 6, 30))
    page = save(app, "Save the slices")
    assert "Part of the promise, % · you gave “most” · expected a number" in page
    assert "The slice has no name." in page, "all at once"
    assert "The slice cannot have been delivered on 2030-06-30" in page
    put(app, "date_input", "slices_e1_new1_delivered", None)
    assert "not all" not in page, "what nobody can read may be the rest"
    put(app, "text_input", "slices_e1_new1_share", "")
    assert "not all" in save(app, "Save the slices")
    put(app, "text_input", "slices_e1_new1_name", "The rest")
    put(app, "text_input", "slices_e1_new1_share", "20")
    page = save(app, "Save the slices")
    assert "80% of the promise, delivered 30 Jun 2015" in page
    put(app, "text_input", "slices_e1~1_the-rest_name", "")
    put(app, "text_input", "slices_e1~1_search-by-subject_share", "100")
    save(app, "Save the slices")
    assert [(one.key, one.share) for one in values().slices["e1"]] == [("search-by-subject", 1_000_000)]


def test_v9_a_success_measure_is_kept_as_it_is_said(epic, open_page):
    app = open_page("epic", epic="e1")
    put(app, "text_input", "measures_e1_new0_target", "60 to 70")
    assert "The measure has no name." in save(app, "Save the measures")
    put(app, "text_input", "measures_e1_new0_name", "Schools that would recommend us")
    put(app, "text_input", "measures_e1_new0_actual", "64")
    assert "a reading needs its date" in save(app, "Save the measures")
    put(app, "date_input", "measures_e1_new0_read_on", date(2015, 9, 1))
    page = save(app, "Save the measures")
    assert "target 60 to 70" in page
    (measure,) = values().measures
    assert (measure.epic, measure.target, measure.actual) == ("e1", "60 to 70", "64")


def test_a_measure_of_another_epic_never_gets_the_same_key(epic, open_page):
    epic.rows("epic", {"epic": "e9", "name": "Search", "team": "search", "kind": "feature", **BEGUN})
    other = SuccessMeasure("e1-nps", "", "e9", "NPS", target="50")
    initiatives.save_measures(session.store(), THEO_LEADS, [other])
    app = open_page("epic", epic="e1")
    put(app, "text_input", "measures_e1_new0_name", "NPS")
    save(app, "Save the measures")
    assert {(one.key, one.epic) for one in values().measures} == {("e1-nps", "e9"), ("e1-nps-2", "e1")}


def in_slices(*named):
    """Somebody else delivers the epic in these slices (key and percent)."""
    with session.store().snapshot() as cursor:
        (one,) = read.epics(cursor)
    made = [Slice("e1", key, key.upper(), None, percent * 10_000) for key, percent in named]
    epics.save_epic(session.store(), THEO_LEADS, one, EpicPlan("e1"), None, made)


def test_t8_a_slice_keeps_its_key_when_one_before_it_goes(epic, open_page):
    in_slices(("a", 20), ("b", 30), ("c", 50))
    app = open_page("epic", epic="e1")
    put(app, "text_input", "slices_e1_a_name", "")
    put(app, "text_input", "slices_e1_b_share", "50")
    save(app, "Save the slices")
    put(app, "text_input", "slices_e1~1_b_name", "Half")
    save(app, "Save the slices")
    assert [(one.key, one.name, one.share) for one in values().slices["e1"]] == [
        ("b", "Half", 500_000),
        ("c", "C", 500_000),
    ]


def test_what_is_only_saved_meanwhile_is_shown_before_it_is_overwritten(epic, open_page):
    in_slices(("a", 100))
    app = open_page("epic", epic="e1")
    put(app, "text_input", "slices_e1_a_name", "All")
    in_slices(("z", 100))
    page = save(app, "Save the slices")
    assert "Z" in page[page.index("Saved meanwhile") :].split("Save mine over it")[0]
    in_slices(("y", 100))
    press(app, "conflict_mine")
    assert [one.key for one in values().slices["e1"]] == ["y"], "what came after is shown first"
    press(app, "conflict_mine")
    assert [one.name for one in values().slices["e1"]] == ["All"]


@pytest.mark.parametrize(("month", "amount"), [("", "1,000"), ("2015-03", "410.000"), ("2015-03", "1.005")])
def test_an_amount_without_its_month_or_cut_to_pennies_is_told(epic, open_page, monkeypatch, month, amount):
    finance_lines.save_lines(session.store(), THEO, [LINE], [LineCell("margin", "all", "All of it")])
    act_as(monkeypatch, "Fay", Role.FINANCE)
    app = open_page("outcomes", view="worth")
    for name, typed in {"month": month, "baseline": "1", "actual": amount}.items():
        put(app, "text_input", f"months_margin_all_new0_{name}", typed)
    assert "Nothing was changed" in save(app, "Save the months")
    assert not values().line_months


def restatements():
    """The reasons by which changes restate closed months, the newest first."""
    with session.store().snapshot() as cursor:
        details = [json.loads(str(row["detail"])) for row in read.rows(cursor, "changes")]
    return [one["restatement"] for one in details if one.get("restatement")]


def test_v16_finance_names_an_error_in_a_line_its_months_or_a_driver(epic, open_page, monkeypatch):
    finance_lines.save_lines(session.store(), THEO, [LINE], [LineCell("margin", "all", "All of it")])
    finance_lines.save_line_months(session.store(), THEO, [LineMonth("margin", "all", 201501, 100, 200)])
    inputs = [DriverInput("unit", key, *[Decimal(1)] * 3) for key in ("price", "margin")]
    made = ValueDriver("unit", "Unit", "margin_per_unit", "GBP", ValueBasis.BOOKED, "Fay", "page 1")
    drivers.save_drivers(session.store(), THEO, [made], inputs)
    closing.close_months(session.store(), local_user("A test"), [201501])
    act_as(monkeypatch, "Fay", Role.FINANCE)
    app = open_page("outcomes", view="worth")
    widget(app, "selectbox", "line_chosen").set_value("margin").run()
    widget(app, "selectbox", "driver_chosen").set_value("unit").run()
    for form, field, value, what in (
        ("line_margin", "source", "page 4", "line"),
        ("months_margin_all", "2015-01_actual", "3", "months"),
        ("driver_unit", "source", "page 4", "driver"),
    ):
        put(app, "text_input", f"{form}_restated", f"the wrong {what}")
        put(app, "text_input", f"{form}_{field}", value)
        save(app, f"Save the {what}")
    assert restatements() == ["the wrong driver", "the wrong months", "the wrong line"]
    assert not [one.value for one in app.text_input if "_restated" in str(one.key) and one.value]
