"""The pieces that pages are made of."""

from pathlib import Path

from roi.charts.markup import tag
from roi.domain.structure import Grade
from roi.reports.shapes import Certainty
from roi.story import told
from roi.ui import parts
from roi.ui.data import months
from roi.ui.parts import Cell, Column, Row


def test_decimals_of_a_column_stand_one_under_the_other():
    columns = [Column("Role", "text"), Column("Heads", "decimal"), Column("Lines")]
    numbers = ("4", "0.25", "0.5", "–", "")
    rows = parts._aligned([Row((Cell("a"), Cell(one), Cell("1.5"))) for one in numbers], columns)
    rooms = ['data-room=".00"', "", 'data-room="0"', 'data-room=".00"', ""]
    for row, number, room in zip(rows, numbers, rooms, strict=True):
        assert number in str(row.cells[1].shown)
        assert room in str(row.cells[1].shown)
        assert row.cells[2].shown == "1.5"


def test_no_title_ends_a_line_between_a_minus_and_its_amount(monkeypatch):
    told = []
    monkeypatch.setattr(parts.st, "html", told.append)
    parts.section("It is worth $643k (−$0.29M to $1.77M)")
    assert "(−\u2060$0.29M to $1.77M)" in str(told[0])


def test_the_tab_of_the_browser_names_where_one_is():
    here = parts.crumbs([("Portfolio", "/"), ("A & B", "/x")], "Pay <b>by</b> & by · USD")
    assert parts.tab(here) == "Pay <b>by</b> & by"
    assert parts.tab("Teams · January 2026") == "Teams"


def test_how_to_read_marks_is_hidden_where_the_marks_are(monkeypatch):
    said = []
    monkeypatch.setattr(parts.st, "html", said.append)
    parts.section("The teams", "One row a team.", marks="Dot = best estimate.")
    assert '<span class="marks">Dot = best estimate. </span>One row a team.' in str(said[0])
    css = (Path(parts.__file__).parent / "assets" / "roi.css").read_text()
    phone = css[css.index("@media (max-width: 640px)") :]
    assert ", .sub .marks { display: none }" in phone


def test_no_line_begins_with_what_closes_a_number_that_opens_how_we_know():
    """A browser may end a line after a button: `;` then began the second line of a title on a phone."""
    marked = told.derived("$8.42M", "team_cost")
    shown = str(parts.sentence(f"Nine teams cost {marked}; {told.derived('$9k', 'suspense')} is on none"))
    assert "</button>;</span> " in shown
    assert shown.count(";") - shown.count("&") == 1, "nothing is said twice"
    shown = str(parts.sentence(f"Of it ({marked}) ({marked}), all"))
    assert shown.count("(<button") == shown.count("</button>)") == shown.count("(") == shown.count(")") == 2
    assert str(parts.sentence(f"{marked} is it.")).endswith("</button> is it.")


def test_no_line_ends_within_a_range_nor_before_the_dot_of_a_list():
    shown = parts.unbroken("likely $19.8k–$45.3k a month; 12 (6–20) promised")
    assert shown == (
        'likely <span class="nb">$19.8k–$45.3k</span> a month; 12 <span class="nb">(6–20)</span> promised'
    )
    assert parts.unbroken("33 months · 18 Jun") == '33 <span class="nb">months ·</span> 18 Jun'
    assert parts.unbroken("likely $0.87–$1.02 · dashed") == (
        'likely <span class="nb">$0.87–$1.02 ·</span> dashed'
    )
    day = '<span class="nb">2 Oct 2026</span>'
    assert parts.unbroken("delivered 2 Oct 2026. 31 Octaves") == f"delivered {day}. 31 Octaves"
    assert parts.unbroken("0 in 20 that it is") == '<span class="nb">0 in 20</span> that it is'
    assert parts.unbroken(tag("b", "a", title="1–2 · x")) == '<b title="1–2 · x">a</b>', "attributes stay"
    assert parts.unbroken("<i> & 1–2") == '&lt;i&gt; &amp; <span class="nb">1–2</span>'


def test_the_class_that_keeps_words_together_does():
    css = (Path(parts.__file__).parent / "assets" / "roi.css").read_text()
    assert ".nb { white-space: nowrap }" in css


def test_no_note_of_a_cell_on_a_phone_ends_a_line_within_an_amount():
    shown = parts._cell(
        Cell("−$0.05M", phone_note="likely −$66.9k to −$36.1k"), Column("Cash"), "", is_head=False
    )
    assert "likely −\u2060$66.9k to −\u2060$36.1k</span>" in shown


def test_a_range_under_an_amount_breaks_on_a_phone_and_the_amounts_of_its_row_stay_in_line():
    css = (Path(parts.__file__).parent / "assets" / "data.css").read_text()
    assert 'class="quiet sure"' in str(months._known(1_000, Certainty(900, 1_100, Grade.C), "GBP"))
    assert "tr:has(.sure) :is(th, td) { vertical-align: top }" in css
    assert "table.g .sure { display: inline-block; max-width: 6.4rem; white-space: normal }" in css
