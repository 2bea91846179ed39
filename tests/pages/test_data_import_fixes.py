"""The upload wizard where cells cannot be read: fixed, asked about, set aside, and what the change does."""

from tests.pages.conftest import shown
from tests.pages.upload_wizard import MONTHS, draft, import_all, press, title, to_fixes, widget


def fix(app, key, text):
    widget(app, "text_input", key).set_value(text)
    app.run()
    assert not app.exception, app.exception


def test_a_cell_is_fixed_for_all_rows_alike_and_the_receipt_counts_it(small, open_page):
    app = to_fixes(open_page)
    assert title(app) == "3 of 3 rows need a fix before anything is saved"
    fix(app, "cost_fix_bad.csv_month|2015-13", "Jun 2015")
    fix(app, "cost_fix_bad.csv_amount|7.oo", "7,00")
    assert widget(app, "button", "cost_fixes_bad.csv").label == "Check again with 2 fixes"
    press(app, "cost_fixes_bad.csv")
    assert title(app) == "All 3 rows can be read"
    assert "Three cells of bad.csv corrected here" in shown(app)
    press(app, "cost_go_on")
    press(app, "cost_go_on")
    import_all(app)
    assert "3 cells corrected here, kept beside what was sent." in shown(app)


def test_a_cell_to_fix_says_what_it_probably_is(small, open_page):
    app = to_fixes(open_page, MONTHS.replace(b"2015-13", b"2015-W03").replace(b"7.oo", b"7.00 CR"))
    page = shown(app)
    assert "A week may lie in two months" in page
    assert "Write a credit as a negative number" in page


def test_a_fix_for_one_row_leaves_the_others(small, open_page):
    app = to_fixes(open_page)
    widget(app, "checkbox", "cost_alike_bad.csv_month|2015-13").set_value(False)
    fix(app, "cost_fix_bad.csv_month|2015-13", "2015-05")
    press(app, "cost_fixes_bad.csv")
    assert title(app) == "2 of 3 rows need a fix before anything is saved"
    press(app, "cost_uncorrect_bad.csv")
    assert title(app) == "3 of 3 rows need a fix before anything is saved"


def test_what_cannot_be_put_is_said_at_once(small, open_page):
    app = to_fixes(open_page)
    fix(app, "cost_fix_bad.csv_month|2015-13", "soon")
    assert "“soon” cannot be put here" in shown(app)
    assert widget(app, "button", "cost_fixes_bad.csv").disabled


def test_a_fix_that_was_typed_outlives_leaving_the_page(small, open_page):
    app = to_fixes(open_page)
    fix(app, "cost_fix_bad.csv_month|2015-13", "2015-06")
    app.switch_page("pages/method.py")
    app.run()
    app.switch_page("pages/data.py")
    app.query_params["view"] = "import"
    app.run()
    assert widget(app, "text_input", "cost_fix_bad.csv_month|2015-13").value == "2015-06"


def test_a_question_of_dates_is_answered_where_it_is_asked(small, open_page):
    content = b"month,team,amount,currency\n05/06/2015,Onboarding,5.00,GBP\n"
    app = to_fixes(open_page, content)
    asked = widget(app, "radio", "cost_question_date_order")
    asked.set_value(asked.options[0])
    app.run()
    assert title(app) == "The one row can be read"


def test_all_rows_of_a_problem_are_set_aside_not_only_those_that_are_named(small, open_page):
    rows = b"".join(b"2015-06,Ghosts,%d.00,GBP\n" % number for number in range(1, 31))
    app = to_fixes(open_page, b"month,team,amount,currency\n" + rows)
    fix(app, "cost_reason_bad.csv", "asked the controller")
    press(app, "cost_aside_bad.csv")
    assert title(app) == "All 30 rows can be read"
    assert len(draft(app).files[0].set_aside) == 30


def test_the_changes_step_says_what_the_headline_becomes(small, open_page):
    content = MONTHS.replace(b"2015-13", b"2015-06").replace(b"7.oo", b"7.00")
    app = to_fixes(open_page, content)
    press(app, "cost_go_on")
    page = shown(app)
    assert "On the first page" in page
    assert "Return per £1 is not known" in page
    assert "Cost of teams" in page
    press(app, "cost_go_on")
    widget(app, "text_input", "cost_total_whole").set_value("11.00")
    app.run()
    assert "What could explain it" in shown(app)
    assert "Row 4 has that amount." in shown(app)
