"""The upload wizard through the page: one file, many files, what stops it, and what is never lost."""

import pytest

from roi.actors import Actor, Role, local_user
from roi.reports import data as data_report
from roi.reports.shapes import Scope
from roi.ui import session
from roi.ui.upload import keeper, parked
from roi.ui.upload.draft import Step
from tests.pages.conftest import shown
from tests.pages.upload_wizard import (
    BAD,
    JUNE,
    MAY,
    draft,
    drop,
    import_all,
    imports,
    press,
    title,
    to_check,
    to_fixes,
    widget,
)


def test_the_first_step_says_what_is_needed(wizard):
    page = shown(wizard)
    assert "Drop the cost files" in page
    assert "What we need" in page
    assert "roles or person keys" in page
    assert widget(wizard, "button", "cost_go_on").disabled


def test_d17_the_currency_is_never_taken_from_the_company_in_silence(wizard):
    drop(wizard, ("june.csv", JUNE))
    press(wizard, "cost_go_on")
    assert draft(wizard).step is Step.COLUMNS
    assert "Still to choose: currency." in shown(wizard)
    assert widget(wizard, "button", "cost_go_on").disabled


def test_one_file_from_the_drop_to_the_receipt(wizard):
    to_check(wizard, ("june.csv", JUNE))
    assert title(wizard) == "All 2 rows can be read"
    press(wizard, "cost_go_on")
    assert "no team carries it yet" in title(wizard)
    assert "2 rows lead to no team by name or cost area" in shown(wizard)
    assert "have no team yet" not in shown(wizard), "a person or a pool may have its teams"
    press(wizard, "cost_go_on")
    widget(wizard, "text_input", "cost_total_whole").set_value("300.10")
    wizard.run()
    assert "agrees with the books" in title(wizard)
    assert imports(wizard) == []
    import_all(wizard)
    assert title(wizard) == "2 rows are in the ledger"
    assert [one.totals for one in imports(wizard)] == [(("GBP", 30010),)]


def test_d20_two_files_are_two_changes_in_month_order(wizard):
    to_check(wizard, ("june.csv", JUNE), ("may.csv", MAY))
    page = shown(wizard)
    assert page.index("may.csv") < page.index("june.csv")
    press(wizard, "cost_go_on")
    press(wizard, "cost_go_on")
    widget(wizard, "text_input", "cost_total_whole").set_value("350.10")
    wizard.run()
    import_all(wizard)
    assert [one.file_name for one in imports(wizard)] == ["june.csv", "may.csv"]
    report = data_report.build(session.store(), local_user("A test"), Scope())
    assert [(row.span.label, row.difference) for row in report.controls] == [("May–Jun 2015", 0)]


def test_d19_blockers_are_all_shown_at_once_and_nothing_is_saved(small, open_page):
    app = open_page("data", view="import")
    drop(app, ("bad.csv", BAD))
    press(app, "cost_go_on")
    press(app, "cost_go_on")
    page = shown(app)
    assert title(app) == "2 of 3 rows need a fix before anything is saved"
    assert "2015-13" in page
    assert "Onbording" in widget(app, "selectbox", "cost_answer_bad.csv_team_Onbording").label
    assert widget(app, "button", "cost_go_on").disabled
    assert len(imports(app)) == 1


def test_an_unknown_team_is_answered_once(small, open_page):
    app = open_page("data", view="import")
    drop(app, ("bad.csv", BAD.replace(b"2015-13", b"2015-06")))
    press(app, "cost_go_on")
    press(app, "cost_go_on")
    widget(app, "selectbox", "cost_answer_bad.csv_team_Onbording").set_value("onboarding")
    app.run()
    press(app, "cost_answers_bad.csv")
    assert title(app) == "All 3 rows can be read"


def test_unknown_teams_are_created_when_that_is_asked_for(small, open_page):
    app = open_page("data", view="import")
    drop(app, ("bad.csv", BAD.replace(b"2015-13", b"2015-06")))
    press(app, "cost_go_on")
    press(app, "cost_go_on")
    press(app, "cost_create_bad.csv")
    assert title(app) == "All 3 rows can be read"


def test_a_name_that_only_looks_like_a_team_says_why_and_makes_no_second_one(small, open_page):
    alike = (
        "month,team,amount,currency\n2015-06,Onbo\u0430rding,5.00,GBP\n2015-06,Onboard\u200bing,6.00,GBP\n"
    )
    app = to_fixes(open_page, alike.encode())
    page = shown(app)
    assert "Is it Onboarding? Its letter" in page
    assert "(U+0430)" in page
    assert "It holds a sign that cannot be seen (U+200B)." in page
    asked = widget(app, "selectbox", "cost_answer_bad.csv_team_Onbo\u0430rding")
    assert asked.options[0] == "Onboarding"
    assert not [one for one in app.get("button") if one.key == "cost_create_bad.csv"]


def test_a_name_of_a_person_is_refused_and_shown_nowhere(wizard):
    drop(wizard, ("p.csv", b"month,employee id,amount,currency\n2015-06,Maria Keller,5.00,GBP\n"))
    press(wizard, "cost_go_on")
    press(wizard, "cost_go_on")
    page = shown(wizard)
    assert title(wizard) == "The one row needs a fix before anything is saved"
    assert "Use roles or person keys." in page
    assert "not shown" in page
    assert "Keller" not in page


def test_rows_set_aside_go_to_suspense_with_their_reason(small, open_page):
    app = open_page("data", view="import")
    drop(app, ("bad.csv", BAD.replace(b"2015-13", b"2015-06")))
    press(app, "cost_go_on")
    press(app, "cost_go_on")
    widget(app, "text_input", "cost_reason_bad.csv").set_value("team not named yet")
    app.run()
    press(app, "cost_aside_bad.csv")
    assert title(app) == "All 3 rows can be read"
    assert "team not named yet" in shown(app)
    press(app, "cost_take_back_bad.csv")
    assert "needs a fix" in title(app)


def test_f2_leaving_in_mid_import_shows_its_receipts_on_return(wizard):
    to_check(wizard, ("june.csv", JUNE))
    press(wizard, "cost_go_on")
    press(wizard, "cost_go_on")
    widget(wizard, "button", "cost_import").click()
    wizard.run()
    wizard.query_params.clear()
    wizard.run()
    if keeper._RUN in wizard.session_state:
        assert wizard.session_state[keeper._RUN].wait(60)
        wizard.run()
        assert "Your import is over" in shown(wizard)
    wizard.query_params["view"] = "import"
    wizard.run()
    assert title(wizard) == "2 rows are in the ledger"


def test_back_and_leaving_the_page_lose_nothing(wizard, open_page):
    to_check(wizard, ("june.csv", JUNE))
    press(wizard, "cost_go_back")
    assert widget(wizard, "selectbox", "cost_currency").value == "GBP"
    wizard.switch_page("pages/method.py")
    wizard.run()
    wizard.switch_page("pages/data.py")
    wizard.query_params["view"] = "import"
    wizard.run()
    assert draft(wizard).step is Step.COLUMNS
    assert widget(wizard, "selectbox", "cost_currency").value == "GBP"
    press(wizard, "cost_go_on")
    assert title(wizard) == "All 2 rows can be read"


def test_a_difference_needs_a_reason_before_the_button_works(wizard):
    to_check(wizard, ("june.csv", JUNE))
    press(wizard, "cost_go_on")
    press(wizard, "cost_go_on")
    widget(wizard, "text_input", "cost_total_whole").set_value("299.10")
    wizard.run()
    assert title(wizard) == "The total differs from the books"
    assert widget(wizard, "button", "cost_import").disabled
    widget(wizard, "text_input", "cost_unreconciled").set_value("accrual to come")
    wizard.run()
    import_all(wizard)
    assert imports(wizard)[0].control == "differs"
    assert "Imported although the total differs from the books: accrual to come." in shown(wizard)


def test_a_reason_for_a_difference_that_is_gone_is_not_kept_with_the_import(wizard):
    to_check(wizard, ("june.csv", JUNE))
    press(wizard, "cost_go_on")
    press(wizard, "cost_go_on")
    for total in ("300.09", "300.10"):
        widget(wizard, "text_input", "cost_total_whole").set_value(total)
        wizard.run()
        if total == "300.09":
            widget(wizard, "text_input", "cost_unreconciled").set_value("off by a cent")
            wizard.run()
    assert "agrees with the books" in title(wizard)
    import_all(wizard)
    assert [one.receipt.reason for one in draft(wizard).outcomes] == [""]
    assert "although the total differs" not in shown(wizard)


def test_the_same_file_again_is_recognised(wizard):
    to_check(wizard, ("june.csv", JUNE))
    press(wizard, "cost_go_on")
    press(wizard, "cost_go_on")
    import_all(wizard)
    press(wizard, "cost_more")
    drop(wizard, ("copy.csv", JUNE))
    assert "imported on" in shown(wizard)
    press(wizard, "cost_go_on")
    press(wizard, "cost_go_on")
    assert title(wizard) == "All of this was imported before"
    assert widget(wizard, "button", "cost_go_on").disabled


def test_the_second_month_needs_no_answers(wizard):
    to_check(wizard, ("may.csv", MAY))
    press(wizard, "cost_go_on")
    press(wizard, "cost_go_on")
    import_all(wizard)
    press(wizard, "cost_more")
    drop(wizard, ("june.csv", JUNE))
    press(wizard, "cost_go_on")
    assert "as last time" in title(wizard)
    press(wizard, "cost_go_on")
    assert title(wizard) == "All 2 rows can be read"


def test_d20_an_overlap_is_asked_and_replacing_removes_the_old_rows(wizard):
    to_check(wizard, ("june.csv", JUNE))
    press(wizard, "cost_go_on")
    press(wizard, "cost_go_on")
    import_all(wizard)
    press(wizard, "cost_more")
    drop(wizard, ("june again.csv", JUNE.replace(b"200.00", b"250.00")))
    press(wizard, "cost_go_on")
    press(wizard, "cost_go_on")
    press(wizard, "cost_go_on")
    assert "already has costs for Jun 2015" in title(wizard)
    assert widget(wizard, "button", "cost_go_on").disabled
    modes = widget(wizard, "radio", "cost_mode")
    modes.set_value(next(one for one in modes.options if one.startswith("Replace")))
    wizard.run()
    assert "1 new, 1 unchanged, 1 removed" in shown(wizard)
    press(wizard, "cost_go_on")
    import_all(wizard)
    report = data_report.build(session.store(), local_user("A test"), Scope())
    assert [cell.amount for cell in report.coverage[0].cells] == [35010]


def test_undo_of_an_upload_takes_everything_back(wizard):
    to_check(wizard, ("june.csv", JUNE), ("may.csv", MAY))
    press(wizard, "cost_go_on")
    press(wizard, "cost_go_on")
    import_all(wizard)
    assert len(imports(wizard)) == 2
    press(wizard, "cost_undo_all")
    assert imports(wizard) == []


def test_what_is_no_table_is_told_and_can_be_taken_out(wizard):
    drop(wizard, ("page.csv", b"<html><body>Please log in</body></html>"), ("june.csv", JUNE))
    assert "page.csv cannot be read" in shown(wizard)
    assert widget(wizard, "button", "cost_go_on").disabled
    press(wizard, "cost_take_out_page.csv")
    assert not widget(wizard, "button", "cost_go_on").disabled


def test_only_finance_imports(small, open_page, monkeypatch):
    monkeypatch.setattr(session, "actor", lambda: Actor("Eve", frozenset({Role.EXECUTIVE})))
    page = shown(open_page("data", view="import"))
    assert "Costs are imported by finance" in page
    assert "Drop the cost files" not in page


@pytest.mark.real
def test_the_twelve_files_dropped_at_once(seed, open_page, shared):
    folder = shared / "data" / "real" / "uk_cabinet_office_spend_2015"
    files = [(path.name, path.read_bytes()) for path in sorted(folder.glob("*.csv"))]
    app = open_page("data", view="import")
    to_check(app, *files)
    assert title(app) == "All 2,273 rows can be read"
    assert "478,552,886.89" in shown(app)
    press(app, "cost_go_on")
    assert "2,273 rows lead to no team by name or cost area" in shown(app)
    assert "234 names" in shown(app)
    press(app, "cost_go_on")
    widget(app, "text_input", "cost_total_whole").set_value("478,552,886.89")
    app.run()
    import_all(app)
    assert title(app) == "2,273 rows are in the ledger"
    assert len(imports(app)) == 12
    months = [one.months[0] for one in sorted(imports(app), key=lambda one: one.change_id)]
    assert months == list(range(201501, 201513))


def test_a_reload_goes_on_where_the_upload_was_and_only_for_its_own_browser(open_page, wizard, monkeypatch):
    """A reload begins a new session; a pay file is given back to the browser that sent it (law T10)."""
    monkeypatch.setattr(parked, "browser", lambda: "af09")
    to_check(wizard, ("june.csv", JUNE))
    assert title(open_page("data", view="import")) == "All 2 rows can be read"
    monkeypatch.setattr(parked, "browser", lambda: "beef")
    assert "Drop the cost files" in shown(open_page("data", view="import"))
    monkeypatch.setattr(parked, "browser", lambda: "af09")
    press(wizard, "cost_start_over")
    assert "Drop the cost files" in shown(open_page("data", view="import"))
