"""The Data page: books and coverage, imports and undo, cost areas, ledger, lists."""

from datetime import UTC, datetime

import pytest

from roi.actors import Actor, Role, local_user
from roi.commands import closing, undo
from roi.domain.structure import Grade
from roi.reports import data as data_report
from roi.reports import teams as teams_report
from roi.reports.books import coverage
from roi.reports.shapes import AreaRow, Certainty, Moved, Restatement, Scope
from roi.ui import session
from roi.ui.data import area_centres, months
from roi.ui.data.areas import title as areas_title
from tests.pages.conftest import shown
from tests.pages.upload_wizard import press, widget


def report():
    return data_report.build(session.store(), local_user("A test"), Scope())


def acting(monkeypatch, role, name="Eve"):
    monkeypatch.setattr(session, "actor", lambda: Actor(name, frozenset({role})))


def test_an_empty_store_names_the_one_next_step(seed, open_page):
    app = open_page("data")
    page = shown(app)
    assert "Import the first month of costs" in page
    assert app.button[0].label == "Import costs"
    assert "Coverage" in page


def test_coverage_says_in_words_what_the_symbols_mean(small, open_page):
    page = shown(open_page("data"))
    assert "Costs to Mar 2015 are imported; no control total is stated" in page
    assert "January 2015: £15,000.00, 2 lines, no control total" in page
    assert "▨ no control total" in page
    assert "view=ledger" in page


def test_imports_are_told_by_the_lines_that_the_ledger_holds_now(small, open_page):
    held = sum(cell.lines for row in report().coverage for cell in row.cells)
    assert sum(one.rows for one in report().imports) == held
    page = shown(open_page("data"))
    assert f"One import holds <b>{held} lines</b>" in page
    assert "also where a later file took the place of its lines" in page


def test_many_teams_stand_on_pages_and_none_is_left_out(small, open_page, monkeypatch):
    monkeypatch.setattr(months, "_TEAMS", 2)
    app, every = open_page("data"), [row.key for row in report().team_coverage]
    seen = []
    for page, counted in ((1, "Teams 1 to 2 of 3."), (2, "Teams 3 to 3 of 3.")):
        app.session_state["team_coverage_page"] = page
        grid = shown(app.run()).partition("Teams by month: closed")[2]
        assert counted in grid
        seen += [key for key in every if f'href="team?team={key}"' in grid]
    assert seen == every


def test_another_period_asks_the_data_page_nothing_anew(small, open_page, monkeypatch):
    asked, build = [], data_report.build
    monkeypatch.setattr(data_report, "build", lambda *about: asked.append(about) or build(*about))
    app = open_page("data", period="2015-01..2015-03")
    app.query_params["period"] = "2015-02..2015-02"
    app.run()
    assert len(asked) == 1


def test_a_control_total_is_stated_and_compared_to_the_cent(small, open_page):
    app = open_page("data")
    widget(app, "text_input", "control_amount").set_value("50,500.50")
    press(app, next(one.key for one in app.button if one.label == "State it"))
    page = shown(app)
    assert "do not agree with the books" in page
    assert "£0.01" in page
    assert [row.difference for row in report().controls] == [1]


def test_a_total_that_is_none_changes_nothing(small, open_page):
    app = open_page("data")
    widget(app, "text_input", "control_amount").set_value("about 50")
    press(app, next(one.key for one in app.button if one.label == "State it"))
    assert "Nothing was changed" in app.error[0].value
    assert report().controls == ()


def test_t9_undo_asks_why_and_keeps_both_changes_in_the_history(small, open_page):
    small.costs((201504, "onboarding", "", 5))
    change = report().imports[0].change_id
    session.close()
    app = open_page("data", view=f"undo-{change}")
    widget(app, "text_input", "undo_reason").set_value("wrong file")
    app.run()
    press(app, "undo_now")
    changes = report().changes
    assert (changes[0].undoes, changes[0].reason) == (change, "wrong file")
    assert changes[1].undone_by == changes[0].change_id
    assert [one.is_live for one in report().imports] == [False, True]


def test_once_all_imports_are_undone_nothing_asks_for_control_totals(small, open_page):
    undo.undo(session.store(), local_user("A test"), report().imports[0].change_id, "wrong file")
    page = shown(open_page("data"))
    assert "undone by" in page
    assert "Control totals" not in page


@pytest.mark.parametrize("number", ["999", "x", "-1"])
def test_a_link_to_undo_what_does_not_exist_says_so(small, open_page, number):
    assert "Nothing has to be done" in shown(open_page("data", view=f"undo-{number}"))


def test_text_of_a_file_is_text_on_the_page(small, open_page):
    small.costs((201504, "", "<script>alert(1)</script>", 5))
    for view in ("", "areas"):
        assert "<script>" not in shown(open_page("data", view=view))


def test_areas_are_found_by_search_and_placed_on_a_team(small, open_page):
    app = open_page("data", view="areas")
    assert "1 of 1 cost area has no place yet; it holds £2.50k" in shown(app)
    widget(app, "text_input", "areas_search").set_value("facil")
    app.run()
    widget(app, "selectbox", "areas_team").set_value("platform")
    app.run()
    assert widget(app, "button", "areas_apply").label == "Place 1 area"
    press(app, "areas_apply")
    assert [(area.target_kind, area.target) for area in report().areas] == [("team", "platform")]
    found = teams_report.build(session.store(), local_user("A test"), Scope())
    assert {team.key: team.total.value for team in found.teams}["platform"] == 550_051
    assert found.suspense.value == 0


def test_nothing_is_placed_before_something_is_chosen(small, open_page):
    app = open_page("data", view="areas")
    assert widget(app, "button", "areas_apply").disabled
    assert "No area is chosen yet" in shown(app)


def test_suggestions_are_accepted_in_one_click_and_one_change(small, open_page):
    small.costs((201504, "", "ONBOARDING COSTS", 7), (201504, "", "PLATFORM", 9))
    app = open_page("data", view="areas")
    before = len(report().changes)
    press(app, "areas_accept")
    assert len(report().changes) == before + 1
    assert {area.area: area.target for area in report().areas if area.target} == {
        "ONBOARDING COSTS": "onboarding",
        "PLATFORM": "platform",
    }


def test_an_area_goes_back_to_suspense(small, open_page):
    row = {"source": "books", "field": "cost_centre", "sent": "FACILITIES <i>ELM</i>"}
    small.rows("value_mapping", {**row, "kind": "team", "value": "platform"}, months=[201502])
    app = open_page("data", view="areas", area="FACILITIES")
    widget(app, "selectbox", "areas_kind").set_value("")
    app.run()
    press(app, "areas_apply")
    assert report().areas[0].target_kind == ""


def test_who_may_see_no_total_is_shown_no_empty_column_and_no_empty_section(small, open_page, monkeypatch):
    """The column “Total” and the section “Control totals” stood there with nothing in them."""
    finance = shown(open_page("data"))
    assert ">Total<" in finance
    assert "Control totals" in finance
    eve = Actor("Eve", frozenset({Role.EXECUTIVE}))
    monkeypatch.setattr(session, "actor", lambda: eve)
    reader, found = shown(open_page("data")), data_report.build(session.store(), eve, Scope())
    assert "Imports" in reader
    assert (">Total<" in reader) is any(one.totals for one in found.imports)
    assert ("Control totals" in reader) is bool(found.controls)


def test_an_area_is_found_by_its_name_with_more_blanks_than_were_typed(small, open_page):
    """Also by the link that an amount on no team leads by, whatever blanks its name has."""
    small.costs((201503, "", "NORTH  HALL   <2>", 5_000))
    for asked in ("NORTH  HALL   <2>", "north hall", "  Hall  <2> "):
        app = open_page("data", view="areas", area=asked)
        assert not app.exception
        assert widget(app, "button", "areas_apply").label == "Place 1 area", asked


def test_the_title_of_areas_counts_and_adds_up():
    def area(name, amount, kind="", currency="GBP"):
        return AreaRow("books", name, 1, amount, currency, kind, "", "")

    one, two, placed = area("a", 100_000), area("b", 200_000), area("c", 5, "team")
    assert areas_title([one]) == "1 of 1 cost area has no place yet; it holds £1.00k"
    assert areas_title([one, two]) == "None of the 2 cost areas has a place yet; they hold £3.00k"
    assert areas_title([one, two, placed]) == "2 of 3 cost areas have no place yet; they hold £3.00k"
    assert areas_title([one, area("d", 5, currency="EUR"), placed]) == "2 of 3 cost areas have no place yet"
    assert areas_title([placed]) == "Every cost area has its place"


def test_ledger_lines_and_their_exact_sum_are_for_finance(small, open_page):
    app = open_page("data", view="ledger")
    assert "7 lines make £50,500.51" in shown(app)
    table = app.dataframe[0].value
    assert list(table["Line"]) and set(table["File"]) == {"costs.csv"}
    widget(app, "selectbox", "ledger_placed").set_value("suspense")
    app.run()
    assert "1 line make £2,500.50" in shown(app).replace("makes", "make")


def test_t10_others_are_told_why_they_see_no_lines(small, open_page, monkeypatch):
    acting(monkeypatch, Role.EXECUTIVE)
    app = open_page("data", view="ledger")
    assert "read by finance" in shown(app)
    assert not app.dataframe


def test_an_executive_may_look_at_areas_but_not_place_them(small, open_page, monkeypatch):
    acting(monkeypatch, Role.EXECUTIVE)
    app = open_page("data", view="areas")
    assert "finance decides" in shown(app)
    assert not [one for one in app.button if one.key == "areas_apply"]


def test_a_list_of_teams_shows_its_problems_or_its_button(seed, open_page):
    app = open_page("data", view="lists")
    header = app.get("download_button")[0]
    assert "teams" in header.proto.label
    zone = app.get("file_uploader")[0]
    zone.set_value(("teams.csv", b"team,name\n,\n", "text/csv"))
    app.run()
    assert not app.exception, app.exception
    assert not [one for one in app.button if one.key == "list_import"]


def test_a_past_state_shows_the_ledger_of_then(small, open_page):
    small.costs((201504, "onboarding", "", 5))
    latest = report().version
    session.close()
    page = shown(open_page("data", snap=str(latest - 1)))
    assert "Costs to Mar 2015" in page


def test_a_cost_centre_gets_its_team_on_screen_with_the_money_that_moves_and_its_undo(small, open_page):
    row = {"source": "books", "field": "cost_centre", "sent": "FACILITIES <i>ELM</i>"}
    small.rows("value_mapping", {**row, "kind": "cost_centre", "value": "4711"}, months=[201502])
    app = open_page("data", view="areas")
    assert "One cost centre has no team yet; it holds £2.50k" in shown(app)
    assert widget(app, "button", "centre_apply").disabled
    widget(app, "selectbox", "centre_which").set_value("4711")
    widget(app, "selectbox", "centre_team").set_value("platform")
    app.run()
    assert "£2,500.50 in 1 line moves from suspense to Platform" in shown(app)
    press(app, "centre_apply")
    assert [(one.cost_centre, one.team) for one in report().centres if one.is_said] == [("4711", "platform")]
    assert "Every cost centre has its team" in shown(app)
    assert "cost centre 4711 (Platform)" in str(app.dataframe[0].value["Goes to"].tolist())
    assert report().changes[0].kind == "set a cost centre"
    assert widget(app, "button", "areas_undo").label == f"Undo change {report().version}"
    widget(app, "selectbox", "centre_which").set_value("4711")
    widget(app, "selectbox", "centre_team").set_value("")
    app.run()
    assert "£2,500.50 in 1 line moves from Platform to suspense" in shown(app)
    press(app, "centre_apply")
    assert [one.team for one in report().centres if one.is_said] == [""]


def test_a_cost_centre_that_no_line_names_yet_may_have_its_team_before(small, open_page):
    small.rows("cost_centre", {"cost_centre": "9000", "team": "platform"})
    assert "Every cost centre has its team" in shown(open_page("data", view="areas"))
    (row,) = [one for one in report().centres if one.is_said]
    assert (row.cost_centre, row.team, row.lines, row.held) == ("9000", "platform", 0, ())
    names = {"platform": "Platform", "checkout": "Checkout"}
    assert area_centres.moved(row, "checkout", names).startswith("No cost moves: no line is booked on 9000")
    assert "with Platform already" in area_centres.moved(row, "platform", names)


def test_a_cost_centre_in_a_closed_month_is_asked_for_the_restatement(small, open_page):
    row = {"source": "books", "field": "cost_centre", "sent": "FACILITIES <i>ELM</i>"}
    small.rows("value_mapping", {**row, "kind": "cost_centre", "value": "4711"}, months=[201502])
    closing.close_months(session.store(), local_user("A test"), [201502])
    app = open_page("data", view="areas")
    widget(app, "selectbox", "centre_which").set_value("4711")
    widget(app, "selectbox", "centre_team").set_value("platform")
    app.run()
    press(app, "centre_apply")
    assert not [one for one in report().centres if one.team]
    press(app, "restate")
    assert widget(app, "button", "restate_now").disabled  # until there is a reason
    app.session_state["_restating"].command(restatement="It always was theirs")
    assert [one.team for one in report().centres if one.is_said] == ["platform"]
    assert report().restatements


def test_d11_a_restated_value_is_shown_with_both_ranges_and_grades(small, open_page, monkeypatch):
    sures = Certainty(36_800, 63_200, Grade.C), Certainty(10_000, 90_000, Grade.D)
    moved = Moved(201502, "value of “learners”, Onboarding", "", "", "GBP", 50_000, 50_000, *sures)
    told = Restatement(9, datetime(2015, 4, 10, tzinfo=UTC), "Fay", "the share was mistyped", (moved,))
    monkeypatch.setattr(coverage, "restatements", lambda _: (told,))
    page = shown(open_page("data"))
    assert "both likely ranges and evidence grades" in page
    assert page.count("£500.00") == 2
    assert "likely £368.00–£632.00, grade C" in page
    assert "likely £100.00–£900.00, grade D" in page


def test_others_see_which_team_has_which_cost_centre_and_do_not_say_it(small, open_page, monkeypatch):
    small.rows("cost_centre", {"cost_centre": "4711", "team": "platform"})
    acting(monkeypatch, Role.TECH_LEADER)
    app = open_page("data", view="areas")
    assert "4711" in shown(app)
    assert not [one for one in app.button if one.key == "centre_apply"]


def test_d11_a_list_of_what_is_frozen_is_restated_by_finance_where_it_is_dropped(
    small, open_page, monkeypatch
):
    small.outcome("onboarding", is_confirmed=False)
    app = dropped(open_page)
    assert "planned share 50 %, not 40 %" in shown(app)
    (reason,) = restated(app)
    reason.set_value("the plan said 40 %")
    app.run()
    assert "Restated: Guided first lesson: planned share 50 % → 40 %." in shown(app)
    press(app, "list_import")
    change = report().changes[0]
    assert change.kind == "import epics"
    assert "Restated: Guided first lesson: planned share 50 % → 40 %." in change.notes
    monkeypatch.setattr(session, "actor", lambda: Actor("Fay", frozenset({Role.FINANCE})))
    app = open_page("data", view=f"undo-{change.change_id}")
    press(app, "undo_now")
    assert "Undo as a restatement" in [one.label for one in app.button]
    widget(app, "text_input", "undo_reason").set_value("it said 50 %")
    app.run()
    press(app, "undo_now")
    assert report().changes[1].undone_by == change.change_id + 1
    acting(monkeypatch, Role.OWNER)
    app = dropped(open_page)
    assert not restated(app)


FROZEN = (
    b"epic,name,team,started,delivered,planned_share\n"
    b"e1,Guided first lesson,onboarding,2015-01-01,2015-01-31,40%\n"
)
"""A list that plans another share of an epic than it was started with."""


def dropped(open_page):
    """The page with this list dropped."""
    app = open_page("data", view="lists", source="epics")
    app.get("file_uploader")[0].set_value(("epics.csv", FROZEN, "text/csv"))
    app.run()
    return app


def restated(app):
    """The field for the reason of a list that restates, if there is one."""
    return [one for one in app.text_input if one.key.startswith("list_restated_epics")]


def test_d11_a_reason_is_of_the_file_that_it_was_typed_for(small, open_page):
    small.outcome("onboarding", is_confirmed=False)
    app = dropped(open_page)
    restated(app)[0].set_value("the plan said 40 %")
    app.run()
    app.get("file_uploader")[0].set_value(("other.csv", FROZEN.replace(b"40%", b"30%"), "text/csv"))
    app.run()
    assert restated(app)[0].value == ""
