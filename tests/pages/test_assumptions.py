"""Method: what appraisals assume stands there for all, and finance alone changes it (V11)."""

from roi.actors import Actor, Role
from roi.ui import session
from tests.pages.conftest import shown


def field(app, key):
    return next(one for one in app.number_input if one.key == key)


def save(app):
    next(one for one in app.button if one.label == "Save the assumptions").click()
    app.run()
    assert not app.exception, app.exception
    return shown(app)


def test_they_stand_there_as_the_program_comes(seed, open_page):
    page = shown(open_page("method"))
    assert "10% a year, effective" in page
    assert "36 months." in page
    assert "12 months." in page
    assert "15% of its build cost a year" in page
    assert page.count("nobody set it") == 4


def test_finance_sets_them_twice_and_every_reader_sees_them(small, open_page):
    app = open_page("method")
    field(app, "appraisal_rate").set_value(8.5)
    field(app, "appraisal_horizon").set_value(60)
    field(app, "appraisal_run_cost").set_value(12.5)
    page = save(app)
    assert "8.5% a year, effective" in page
    assert "60 months." in page
    assert "12.5% of its build cost a year" in page
    assert page.count("Set by the company.") == 4
    field(app, "appraisal_half_life").set_value(6)
    assert "6 months." in save(app)


def test_what_somebody_else_set_meanwhile_is_not_overwritten(small, open_page):
    app = open_page("method")
    session.close()
    small.rows("setting", {"name": "discount_rate", "value": "70000"})
    field(app, "appraisal_rate").set_value(8.0)
    page = save(app)
    assert "7% a year, effective" in page
    assert "Nothing was changed yet." in page
    assert "Saved meanwhile" in page
    next(one for one in app.button if one.key == "conflict_mine").click().run()
    assert "8% a year, effective" in shown(app), "mine is saved only on purpose"


def test_others_read_them_without_a_form(small, open_page, monkeypatch):
    monkeypatch.setattr(session, "actor", lambda: Actor("Eve", frozenset({Role.EXECUTIVE})))
    app = open_page("method")
    assert "Finance decides these." in shown(app)
    assert not app.number_input
