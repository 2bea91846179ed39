"""The upload wizard as its user: drop files, press, read what stands there."""

import re

from roi.actors import local_user
from roi.reports import data as data_report
from roi.reports.shapes import Scope
from roi.ui import session
from roi.ui.upload import keeper
from tests.pages.conftest import shown

JUNE = b"Date,Expense Area,Amount\n01/06/2015,GDS,100.10\n30/06/2015,OTHER,200.00\n"
MAY = b"Date,Expense Area,Amount\n31/05/2015,GDS,50.00\n"
BAD = (
    b"month,team,amount,currency\n"
    b"2015-13,Onboarding,5.00,GBP\n2015-06,Onbording,6.00,GBP\n2015-06,Onboarding,7.00,GBP\n"
)
MONTHS = (
    b"month,team,amount,currency\n2015-13,Onboarding,5.00,GBP\n2015-13,Onboarding,6.00,GBP\n"
    b"2015-06,Onboarding,7.oo,GBP\n"
)


def widget(app, kind, key):
    return next(one for one in app.get(kind) if one.key == key)


def press(app, key):
    widget(app, "button", key).click()
    app.run()
    assert not app.exception, app.exception
    return app


def drop(app, *files):
    zone = app.get("file_uploader")[0]
    zone.set_value([(name, content, "text/csv") for name, content in files])
    app.run()
    assert not app.exception, app.exception
    return app


def draft(app):
    return app.session_state[keeper._DRAFT]


def title(app):
    return re.search(r"<h1[^>]*>(.*?)</h1>", shown(app)).group(1)


def to_check(app, *files):
    """Drop files, state the currency, and read them."""
    drop(app, *files)
    press(app, "cost_go_on")
    widget(app, "selectbox", "cost_currency").set_value("GBP")
    app.run()
    return press(app, "cost_go_on")


def import_all(app):
    """Press the button and wait for the thread; the page is drawn again afterwards."""
    widget(app, "button", "cost_import").click()
    app.run()
    if keeper._RUN in app.session_state:
        assert app.session_state[keeper._RUN].wait(60)
    app.run()
    assert not app.exception, app.exception
    return app


def imports(app):
    report = data_report.build(session.store(), local_user("A test"), Scope())
    return [one for one in report.imports if one.is_live]


def to_fixes(open_page, content=MONTHS):
    app = open_page("data", view="import")
    drop(app, ("bad.csv", content))
    press(app, "cost_go_on")
    return press(app, "cost_go_on")
