"""Emptied rows go, *Remove* names what still uses a thing, and Undo is seen in the form (T9, ux.md 9)."""

from datetime import date
from decimal import Decimal

import pytest

from roi.actors import Role
from roi.commands import drivers, finance_lines, initiatives
from roi.commands.changing import records
from roi.domain.structure import ValueBasis
from roi.domain.value import DriverInput, LineCell, LineMonth, OutcomePlan, SuccessMeasure, ValueDriver
from roi.store.changes import NewChange, record_rows
from roi.ui import session
from tests.pages.conftest import shown
from tests.pages.test_outcomes import act_as
from tests.pages.test_worth import LINE, THEO, THEO_LEADS, put, save, values
from tests.pages.upload_wizard import press, widget

CELLS = (
    LineCell("margin", "schools", "Schools", frozenset({"public"})),
    LineCell("margin", "firms", "Firms"),
)
MONTHS = (LineMonth("margin", "schools", 201503, 100, 200), LineMonth("margin", "schools", 201504, 100, 300))


@pytest.fixture
def epic(small):
    """One epic with an outcome that is read."""
    small.outcome("onboarding", is_confirmed=False, has_line=False)
    return small


@pytest.fixture
def line(small, monkeypatch):
    """A finance line of two segments, one with two months; Fay of finance looks."""
    small.outcome("onboarding", is_confirmed=False, has_line=False)
    finance_lines.save_lines(session.store(), THEO, [LINE], CELLS)
    finance_lines.save_line_months(session.store(), THEO, MONTHS)
    act_as(monkeypatch, "Fay", Role.FINANCE)


def measured(*keys):
    made = [SuccessMeasure(key, "", "e1", key.upper(), target="50") for key in keys]
    initiatives.save_measures(session.store(), THEO_LEADS, made)


def test_a_measure_whose_name_is_emptied_goes_and_comes_back_by_undo(epic, open_page):
    measured("a", "b")
    app = open_page("epic", epic="e1")
    put(app, "text_input", "measures_e1_a_name", "")
    page = save(app, "Save the measures")
    assert "“A” is removed" in page
    assert [one.key for one in values().measures] == ["b"]
    press(app, "done_undo")
    assert {one.key for one in values().measures} == {"a", "b"}
    names = [one.value for one in app.text_input if "_a_name" in str(one.key)]
    assert names == ["A"], "the form shows what came back"


def test_after_undo_a_row_form_shows_what_is_held(epic, open_page):
    measured("a")
    app = open_page("epic", epic="e1")
    put(app, "text_input", "measures_e1_a_target", "70")
    save(app, "Save the measures")
    press(app, "done_undo")
    assert widget(app, "text_input", "epic_name"), "under its key a browser keeps what was typed"
    (target,) = [one for one in app.text_input if "a_target" in str(one.key)]
    assert target.value == "50"
    put(app, "text_input", str(target.key), "60")
    assert "Nothing was changed yet" not in save(app, "Save the measures"), "nobody else was there"
    assert [one.target for one in values().measures] == ["60"]


def test_the_fields_of_one_epic_are_not_those_of_the_next(epic, open_page):
    """A page that leads to itself kept what stood in its fields: the next epic would have got its name."""
    begun = {"started": date(2015, 1, 1), "delivered": None, "planned_share": 0, "is_obligation": False}
    other = {"epic": "e9", "name": "Search", "team": "search", "kind": "feature", **begun}
    epic.rows("epic", other)
    app = open_page("epic", epic="e9")
    assert widget(app, "text_input", "epic_name").value == "Search"
    app.query_params["epic"] = "e1"
    app.run()
    assert widget(app, "text_input", "epic_name~1").value == "Guided first lesson"


def test_a_segment_whose_row_is_emptied_goes_with_its_months(line, open_page):
    app = open_page("outcomes", view="worth")
    widget(app, "selectbox", "line_chosen").set_value("margin").run()
    for name in ("name", "segments"):
        put(app, "text_input", f"line_margin_cell_schools_{name}", "")
    assert "Schools is removed" in save(app, "Save the line")
    assert (set(values().cells), values().line_months) == ({("margin", "firms")}, ())


def test_a_month_whose_row_is_emptied_goes(line, open_page):
    app = open_page("outcomes", view="worth")
    widget(app, "selectbox", "line_cell").set_value(("margin", "schools")).run()
    for name in ("month", "baseline", "actual"):
        put(app, "text_input", f"months_margin_schools_2015-03_{name}", "")
    assert "Mar 2015 is removed" in save(app, "Save the months")
    assert values().line_months == (MONTHS[1],)


def test_v8_a_line_that_nothing_uses_is_removed_and_undone(line, open_page):
    app = open_page("outcomes", view="worth")
    widget(app, "selectbox", "line_chosen").set_value("margin").run()
    assert "Nothing else uses Course margin. Its 2 segments and 2 months go along." in shown(app)
    press(app, "remove_line_margin_now")
    assert not values().lines
    press(app, "done_undo")
    assert (set(values().lines), values().line_months) == ({"margin"}, MONTHS)


def test_v8_what_is_claimed_on_names_who_claims_and_has_no_button(line, open_page):
    plan = records.put("outcome_plan", [OutcomePlan("o1", line="margin", cell="schools")])
    with session.store().write() as cursor:
        record_rows(cursor, NewChange(THEO, "test"), [plan])
    app = open_page("outcomes", view="worth")
    widget(app, "selectbox", "line_chosen").set_value("margin").run()
    assert "One outcome still uses Course margin, so it stays" in shown(app)
    assert not [one for one in app.button if one.key == "remove_line_margin_now"]
    widget(app, "selectbox", "remove_line_margin_what").set_value("firms").run()
    press(app, "remove_line_margin_now")
    assert set(values().cells) == {("margin", "schools")}


def test_two_editors_what_was_changed_meanwhile_is_shown_before_it_is_removed(line, open_page):
    app = open_page("outcomes", view="worth")
    widget(app, "selectbox", "line_chosen").set_value("margin").run()
    finance_lines.save_line_months(session.store(), THEO, [LineMonth("margin", "firms", 201503, 1, 5)])
    press(app, "remove_line_margin_now")
    assert "Theo changed line month margin firms March 2015" in shown(app)
    assert set(values().lines) == {"margin"}
    press(app, "conflict_mine")
    assert not values().lines


def test_v7_an_owner_removes_a_driver_that_was_assumed(epic, open_page, monkeypatch):
    driver = ValueDriver(
        "own", "My own", "margin_per_unit", "GBP", ValueBasis.ASSUMED, dated=date(2015, 1, 1)
    )
    its = [DriverInput("own", key, Decimal(1), Decimal(1), Decimal(1)) for key in ("price", "margin")]
    drivers.save_drivers(session.store(), THEO_LEADS, [driver], its)
    act_as(monkeypatch, "Olu", Role.OWNER)
    app = open_page("outcomes", view="worth")
    widget(app, "selectbox", "driver_chosen").set_value("own").run()
    press(app, "remove_driver_own_now")
    assert not values().drivers
