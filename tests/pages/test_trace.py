"""Trace: formula, files, lines; and who may see lines."""

from dataclasses import replace

import pytest

from roi.actors import Actor, Role
from roi.domain.figures import REGISTRY
from roi.reports.shapes import LedgerLine
from roi.story import words
from roi.ui import session
from roi.ui.views import trace
from roi.ui.views.trace import csv_of
from tests.pages.conftest import shown
from tests.story.test_outcome_titles import UNREAD


def test_t8_formula_files_and_lines_of_a_team(small, open_page):
    app = open_page("trace", figure="team_cost", team="onboarding")
    page = shown(app)
    assert "sum of 3 lines, whole or in part, placed on a team = £33,000.00" in page
    assert "The files sum to the figure" in page
    assert "costs.csv · 2" in page
    assert "£10,000.00" in page
    assert "figure=team_cost" in app.code[0].value


@pytest.mark.parametrize("figure", ["ledger_total", "suspense", "excluded_cost", "ledger_difference",
                                    "placed_share", "confirmed_cash", "return_per_unit"])  # fmt: skip
def test_every_figure_of_the_first_page_has_its_trace(small, open_page, figure):
    small.outcome("onboarding", is_confirmed=True)
    assert REGISTRY[figure].name.replace("$1", "£1") in shown(open_page("trace", figure=figure))


def test_a_value_names_who_confirmed_it(small, open_page):
    small.outcome("onboarding", is_confirmed=True)
    page = shown(open_page("trace", figure="confirmed_cash"))
    assert "Confirmed: movement by Fay on 1 Apr 2015" in page
    assert "Likely £" in page
    assert "Confirmed value of the period comes from 1 of 1 outcomes behind it" in page
    before = shown(open_page("trace", figure="confirmed_cash", period="2015-01"))
    assert "Confirmed: movement by Fay" in before
    assert "Confirmed value of the period comes from 0 of 1 outcomes behind it" in before


@pytest.mark.parametrize("state", ["self-confirmed", "disputed"])
def test_a_state_is_said_once_beside_its_reason(state):
    row = replace(UNREAD, state=state, why_not=f"{state}: somebody else has to")
    assert trace._ticks(row) == f"{words.sentence(state)}. Somebody else has to."
    other = replace(row, why_not="nobody said so")
    assert trace._ticks(other) == f"{words.sentence(state)}. Nobody said so."


def test_an_unknown_figure_leads_back(small, open_page):
    app = open_page("trace", figure="nonsense")
    assert "There is no figure" in shown(app)
    assert [button.label for button in app.button] == ["See Portfolio"]


def test_t10_only_finance_sees_lines(small, open_page):
    small.rows("member", {"name": "Tess", "roles": "tech_leader"})
    page = shown(open_page("trace", figure="team_cost", team="onboarding"))
    assert "costs.csv" in page
    assert "costs.csv · 2" not in page
    assert "finance only" in page


def test_a_download_never_holds_a_formula():
    line = LedgerLine(
        1, "=a.csv", 2, 201501, "books", "+area", "team", "team", "", "c", "@supplier", "", "actual",
        "cash_cost", "", "", "GBP", -1234, "=month",
    )  # fmt: skip
    row = csv_of((line,)).decode("utf-8-sig").splitlines()[1]
    assert row == "'=a.csv,2,2015-01,'+area,team,'@supplier,-12.34,GBP,'=month"


def test_an_answer_is_kept_for_its_version_scope_and_actor_only(small, monkeypatch):
    asked = []

    def build(store, actor, scope):
        asked.append((actor.name, scope))
        return object()

    try:
        first = session.answer(build, "a")
        assert session.answer(build, "a") is first
        assert session.answer(build, "b") is not first
        monkeypatch.setattr(session, "actor", lambda: Actor("Ola", frozenset({Role.OWNER})))
        assert session.answer(build, "a") is not first
        assert len(asked) == 3
        session.close()
        small.company("Other")
        session.answer(build, "a")
        assert len(asked) == 4
    finally:
        session.close()
