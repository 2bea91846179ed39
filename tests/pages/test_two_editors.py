"""Two people at once on the Data page and in the driver box: the second sees both texts and decides."""

from dataclasses import replace
from decimal import Decimal

import pytest

from roi.actors import Role
from roi.commands import closing, drivers, mapping
from roi.commands.mapping import AreaTarget, StatedTotal
from roi.domain.periods import Span
from roi.domain.structure import ValueBasis
from roi.domain.value import DriverInput, ValueDriver
from roi.errors import ConflictError
from roi.reports import data as data_report
from roi.reports.shapes import Scope
from roi.ui import session
from tests.pages.conftest import shown
from tests.pages.test_outcomes import act_as, fill
from tests.pages.test_worth import THEO, put, values
from tests.pages.upload_wizard import press, widget

AREA = "FACILITIES <i>ELM</i>"
SPAN = Span(201501, 201503)


def report():
    return data_report.build(session.store(), THEO, Scope())


def state(amount):
    stated = StatedTotal("books", "actual", SPAN, Decimal(amount), "GBP")
    mapping.state_control_total(session.store(), THEO, stated)


@pytest.fixture
def fay(monkeypatch):
    act_as(monkeypatch, "Fay", Role.FINANCE)


def test_a_control_total_that_somebody_stated_meanwhile_is_shown(small, fay, open_page):
    app = open_page("data")
    widget(app, "text_input", "control_amount").set_value("50,500.50")
    state("50500.51")
    press(app, next(one.key for one in app.button if one.label == "State it"))
    page = shown(app)
    assert "Theo changed control total books" in page
    assert "£50,500.51" in page[page.index("Saved meanwhile") :]
    assert [row.difference for row in report().controls] == [0]
    press(app, "conflict_mine")
    assert [row.difference for row in report().controls] == [1]


def test_a_cost_area_that_somebody_placed_meanwhile_is_shown(small, fay, open_page):
    app = open_page("data", view="areas", area="FACILITIES")
    widget(app, "selectbox", "areas_team").set_value("platform")
    app.run()
    mapping.map_areas(session.store(), THEO, "books", [AreaTarget(AREA, "team", "search")])
    press(app, "areas_apply")
    assert "Theo changed value mapping books" in shown(app)
    assert "It is now" in shown(app)
    assert [area.target for area in report().areas] == ["search"]
    press(app, "conflict_mine")
    assert [area.target for area in report().areas] == ["platform"]


def test_a_cost_area_that_somebody_sent_back_meanwhile_is_shown(small, fay, open_page):
    mapping.map_areas(session.store(), THEO, "books", [AreaTarget(AREA, "team", "search")])
    app = open_page("data", view="areas", area="FACILITIES")
    widget(app, "selectbox", "areas_team").set_value("platform")
    app.run()
    mapping.map_areas(session.store(), THEO, "books", [AreaTarget(AREA, "", "")])
    press(app, "areas_apply")
    assert "Theo took value mapping books" in shown(app)
    assert "suspense" in shown(app)[shown(app).index("It is now") :]
    assert [area.target for area in report().areas] == [""]
    press(app, "conflict_mine")
    assert [area.target for area in report().areas] == ["platform"]


def test_d11_months_that_got_new_costs_since_are_not_closed_unseen(small, fay, open_page):
    app = open_page("data", view="close")
    widget(app, "text_input", "close_reason").set_value("final").run()
    with session.store().write() as cursor:
        cursor.execute(
            "update ledger_line set added_by = (select max(change_id) + 1 from change) where month = 201501"
        )
        cursor.execute(
            "insert into change select * replace (change_id + 1 as change_id, 'Theo' as actor) from change "
            "where change_id = (select max(change_id) from change)"
        )
    with pytest.raises(ConflictError, match="Theo changed the costs of these months"):
        closing.close_months(session.store(), THEO, [201501], "", session.store().version - 1)
    closing.close_months(session.store(), THEO, [201503], "", session.store().version - 1)


def test_d11_a_month_that_somebody_closed_meanwhile_is_told(small, fay, open_page):
    app = open_page("data", view="close")
    widget(app, "text_input", "close_reason").set_value("final").run()
    closing.close_months(session.store(), THEO, [201501])
    press(app, "close_now")
    assert "Theo closed January 2015 on" in shown(app)
    assert report().closed_months == (201501,), "and not the month that stands in its place now"
    assert "Nothing is left to do" in shown(app)
    assert not [one for one in app.button if one.key == "conflict_mine"]


def test_d11_the_months_that_are_left_are_closed_all_the_same(small, fay, open_page):
    app = open_page("data", view="close")
    widget(app, "selectbox", "close_up_to").set_value(201502).run()
    widget(app, "text_input", "close_reason").set_value("final").run()
    closing.close_months(session.store(), THEO, [201501])
    press(app, "close_now")
    assert "closes February 2015." in shown(app)
    press(app, "conflict_mine")
    assert report().closed_months == (201501, 201502)


DRIVER = ValueDriver("own", "My own", "margin_per_unit", "GBP", ValueBasis.ASSUMED)


def save_driver(key, price):
    its = [
        DriverInput(key, name, *(Decimal(one),) * 3)
        for name, one in {"price": price, "margin": "0.5"}.items()
    ]
    drivers.save_drivers(session.store(), THEO, [replace(DRIVER, key=key, name=key)], its)


def test_v7_two_drivers_of_one_formula_keep_their_inputs_apart(small, open_page):
    save_driver("a", "10")
    save_driver("b", "20")
    app = open_page("outcomes", state="new")
    fill(app, value_class="revenue")
    for key, price in {"a": "10", "b": "20"}.items():
        widget(app, "selectbox", "outcome_driver").set_value(key)
        app.run()
        assert widget(app, "text_input", f"outcome_driver_worth_{key}_price_likely").value == price


def test_v7_inputs_that_somebody_saved_meanwhile_are_shown_in_the_driver_box(small, open_page):
    save_driver("a", "10")
    app = open_page("outcomes", state="new")
    fill(app, value_class="revenue")
    widget(app, "selectbox", "outcome_driver").set_value("a")
    app.run()
    for end in ("low", "likely", "high"):
        put(app, "text_input", f"outcome_driver_worth_a_price_{end}", "12")
    save_driver("a", "15")
    press(app, "driver_save")
    page = shown(app)
    assert "Theo changed" in page
    assert "15 (15–15)" in page[page.index("Saved meanwhile") :]
    assert values().inputs["a"][1].likely == 15
