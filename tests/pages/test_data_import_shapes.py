"""The upload wizard on workbooks with sheets, months across, and debit beside credit."""

import re
from datetime import date

from roi.ui.upload.draft import Step
from tests.pages.conftest import shown
from tests.pages.upload_wizard import JUNE, draft, drop, import_all, imports, press, title, widget
from tests.workbooks import Sheet, workbook


def test_a_very_long_name_leaves_room_for_the_rest_of_its_row(wizard):
    drop(wizard, (f"{'n' * 150}.csv", JUNE))
    assert f"{'n' * 31}…{'n' * 12}.csv" in shown(wizard)
    assert "n" * 60 not in re.sub(r"<button.*", "", shown(wizard))


def test_several_sheets_are_asked_for_and_the_chosen_one_is_imported(wizard):
    month = Sheet("June", [("Date", "Expense Area", "Amount"), (date(2015, 6, 1), "GDS", 100.1)])
    drop(wizard, ("2015.xlsx", workbook(month, Sheet("Notes", [("Written", "by")]))))
    assert "Which sheet of 2015.xlsx has the costs?" in shown(wizard)
    assert "cannot be read" not in shown(wizard), "it can, once the sheet is said"
    assert widget(wizard, "button", "cost_go_on").disabled
    widget(wizard, "selectbox", "cost_sheet_2015.xlsx").set_value("June")
    wizard.run()
    press(wizard, "cost_go_on")
    widget(wizard, "selectbox", "cost_currency").set_value("GBP")
    wizard.run()
    press(wizard, "cost_go_on")
    assert title(wizard) == "The one row can be read"
    press(wizard, "cost_go_on")
    press(wizard, "cost_go_on")
    import_all(wizard)
    assert [one.file_name for one in imports(wizard)] == ["2015.xlsx"]


def shaped(wizard, content, shape, **sides):
    """Drop a file, state the currency and where its amounts stand, and read it."""
    drop(wizard, ("budget.csv", content))
    press(wizard, "cost_go_on")
    widget(wizard, "selectbox", "cost_currency").set_value("GBP")
    widget(wizard, "selectbox", "cost_shape").set_value(shape)
    wizard.run()
    for name, header in sides.items():
        widget(wizard, "selectbox", f"cost_{name}").set_value(header)
    wizard.run()
    press(wizard, "cost_go_on")
    assert draft(wizard).step is Step.CHECK, shown(wizard)
    return draft(wizard).files[0].answered.preview


def test_d21_months_across_are_said_once_in_the_wizard(wizard):
    content = b"Expense Area,Jan 2015,Feb 2015\nGDS,1.50,2.00\nOTHER,,3.00\n"
    found = shaped(wizard, content, "across")
    press(wizard, "cost_go_back")
    words = re.findall(r'class="sure [a-z]+">([^<]*)<', shown(wizard))
    assert words[:4] == ["across", "across", "stated", "sure"]
    assert [(one.month, one.amount) for one in found.months] == [(201501, 150), (201502, 500)]


def test_d21_debit_and_credit_are_chosen_in_the_wizard(wizard):
    content = b"Date,Expense Area,Soll,Haben\n31/01/2015,GDS,5.25,\n31/01/2015,GDS,,1.00\n"
    found = shaped(wizard, content, "sides", debit="Soll", credit="Haben")
    assert found.totals == (("GBP", 425),), found.issues


def test_another_sheet_can_be_chosen_afterwards_and_hidden_ones_are_said(wizard):
    june = Sheet("June", [("Date", "Expense Area", "Amount"), (date(2015, 6, 1), "GDS", 100.1)])
    july = Sheet("July", [("When", "Team area", "Cost"), (date(2015, 7, 1), "GDS", 7.5)], state="hidden")
    drop(wizard, ("2015.xlsx", workbook(june, july)))
    page = shown(wizard)
    assert "Only the sheet “June” was read; not read: “July” (hidden)." in page
    assert not widget(wizard, "button", "cost_go_on").disabled
    widget(wizard, "selectbox", "cost_sheet_2015.xlsx").set_value("July")
    wizard.run()
    assert draft(wizard).files[0].reading.sheet == "July"
    assert "The sheet “July” is hidden in the workbook and was read." in shown(wizard)
