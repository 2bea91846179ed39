"""The pieces that pages are made of."""

from pathlib import Path

from roi.ui import parts
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
