"""The command line from a promise to its end: lists, readings, ticks, questions, ends; each a change."""

import pytest

from roi.cli.main import main
from tests import sharing
from tests.commands.test_tracker import FILE
from tests.commands.value_files import LISTS

KEY = "find-lessons-learners-who-pay"


@pytest.fixture(scope="module")
def listed(company_files, tmp_path_factory):
    """The folder of a company with one good list of each kind that names no more than its teams."""
    folder = tmp_path_factory.mktemp("listed")
    sharing.copy(company_files, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROI_DATABASE", str(folder / "roi.duckdb"))
        for kind, text in LISTS.items():
            path = folder / f"{kind}.csv"
            path.write_text(text)
            assert main(["import", kind, str(path)]) == 0, kind
    return folder


@pytest.fixture
def filled(listed, tmp_path):
    """A copy of its own."""
    sharing.copy(listed, tmp_path)


def test_an_outcome_goes_its_way_by_verbs(roi, filled):
    said = ("--grade", "B", "--evidence", "test 8", "--share", "40%,50%,60%")
    assert roi("outcome", "read", KEY, "2026-06-30", "121.5", *said).code == 0
    assert roi("outcome", "ask", KEY, "2026-07-01", "Which months?").code == 0
    refused = roi("outcome", "confirm", KEY, "2026-07-02")
    assert (refused.code, "“Which months?”, asked by" in refused.err) == (1, True)
    assert roi("outcome", "answer", KEY, "2026-07-01", "2026-07-02", "April to June").code == 0
    assert roi("outcome", "adjust", KEY, "30%,40%,50%", "--reason", "a campaign").code == 0
    one = roi("outcome", "confirm", KEY, "2026-07-03", "--tick", "movement", "--json")
    assert (one.code, one.data["rows_added"]) == (0, 1)
    until = ("outcome", "confirm", KEY, "2026-07-03", "--until", "2027-06-30", "--json")
    assert "searches that find leads to" in roi(*until).out
    assert roi("outcome", "read", "find-lessons-searches-that-find", "2026-06-30", "71", *said).code == 0
    assert roi(*until).data["rows_added"] == 3
    assert roi("outcome", "end", KEY, "2026-09-01", "closed", "--landed", "met").code == 1
    ending = ("--landed", "met", "--learned", "Ask first", "--reason", "no more readings are planned")
    assert roi("outcome", "end", KEY, "2026-09-01", "closed", *ending).code == 0
    assert roi("outcome", "reopen", KEY, "--reason", "one more reading").code == 0


def test_agree_end_of_an_epic_and_appraisal(roi, filled):
    assert roi("outcome", "agree", "find-lessons-searches-that-find", "2026-01-04").code == 0
    assert roi("epic", "end", "later-lessons", "2099-02-01", "cancelled", "--because", "no need").code == 0
    assert roi("epic", "end", "nothing", "2099-02-01", "cancelled", "--because", "no need").code == 1
    assert roi("appraisal", "8%", "48", "24").code == 0
    again = roi("appraisal", "8%", "48", "24", "--json")
    assert (again.code, again.data["outcome"]) == (0, "unchanged")
    more = roi("appraisal", "8%", "48", "24", "--run-cost", "12.5%", "--json")
    assert (more.code, more.data["outcome"], more.data["rows_added"]) == (0, "done", 1)


@pytest.mark.parametrize(
    "wrong",
    [
        ("outcome", "read", KEY, "30.06.2026", "1", "--grade", "B", "--share", "1%,2%,3%"),
        ("outcome", "read", KEY, "2026-06-30", "1", "--grade", "B", "--share", "1%,2%"),
        ("outcome", "read", KEY, "2026-06-30", "1", "--grade", "F", "--share", "1%,2%,3%"),
        ("outcome", "end", KEY, "2026-06-30", "cancelled"),
        ("epic", "end", "x", "2026-06-30", "closed", "--because", "x"),
        ("appraisal", "ten", "36", "12"),
        ("outcome",),
    ],
)
def test_what_cannot_be_meant_is_wrong_usage(roi, wrong):
    assert roi(*wrong).code == 2


def test_a_tracker_is_tried_and_then_brought_in(roi, company_by_cli, tmp_path):
    path = tmp_path / "issues.csv"
    path.write_bytes(FILE)
    tried = roi("import", "tracker", path, "--dry-run", "--json")
    assert (tried.code, tried.data["new"], tried.data["teams"]["Elsewhere"]) == (0, 2, "")
    assert "team “Elsewhere”: not known yet, 1 item" in roi("import", "tracker", path, "--dry-run").out
    said = ("--team", "Elsewhere=checkout", "--planned-share", "20%", "--until", "2026-03-31")
    assert roi("import", "tracker", path, *said).code == 0
    assert roi("import", "tracker", path, *said, "--json").data["outcome"] == "unchanged"
    nowhere = ("--team", "Elsewhere=", "--team", "Checkout=", "--team", "Onboarding=")
    refused = roi("import", "tracker", path, *nowhere)
    assert (refused.code, "words for teams is a team of ours" in refused.err) == (1, True)
    assert roi("import", "tracker", tmp_path / "none.csv").code == 2


def test_a_product_is_told_over_its_life_as_on_the_page(roi, filled):
    said = roi("product", "Enrolment")
    assert said.out.startswith("Enrolment: what it has cost cannot be said")
    assert "2026-01 to 2026-12" in said.out
    found = roi("product", "Enrolment", "--json").data
    assert (found["started"], found["retired"], found["owner"]) == ("2026-01", "2026-12", "Olga")
    assert {"npv", "forward_npv", "roi", "payback", "irr", "confirmed_cash", "cohort_rest"} <= set(
        found["figures"]
    )
    assert roi("product", "Sailing").code != 0


def test_v15_obligations_are_listed_and_exported_as_on_the_page(roi, filled, tmp_path):
    listed = roi("obligations")
    assert (listed.code, "One obligation is not met yet; it is due on 30 Jun 2099" in listed.out) == (0, True)
    (one,) = roi("obligations", "--json").data["obligations"]
    assert (one["epic"], one["deadline"], one["standing"]) == ("later-lessons", "2099-06-30", "due")
    assert (one["penalty_recorded"], one["penalty_currency"]) == ("40000.00", "EUR")
    path = tmp_path / "out.csv"
    assert roi("export", "obligations", "--out", path).code == 0
    assert path.read_text(encoding="utf-8-sig").splitlines()[1].startswith("1,later-lessons,Later lessons,")


def test_a_value_stream_shows_what_it_is_worth_over_its_life(roi, filled):
    plain = roi("show", "--value-stream", "Enrolment")
    assert "epics of Enrolment" in plain.out
    names = (
        "Net present value",
        "Forward view",
        "ROI over the horizon",
        "Payback",
        "Internal rate of return",
    )
    for name in names:
        assert name in plain.out
    found = roi("show", "--value-stream", "Enrolment", "--json").data["over_its_life"]
    traced = roi("trace", "npv", "--value-stream", "Enrolment", "--json").data
    assert list(found["figures"]) == ["npv", "forward_npv", "roi", "payback", "irr"]
    assert found["figures"]["npv"] == {name: traced[name] for name in found["figures"]["npv"]}
    assert found["reason"] or found["chance"]
    assert "over_its_life" not in roi("show", "--json").data
    assert "Net present value" not in roi("show").out
