"""A sheet is read some rows and one column at a time, and says the same whatever is taken together."""

import pytest

from roi.ingest import sheet_cells, sheet_parts, workbook
from tests.workbooks import PERCENT, Raw, Sheet
from tests.workbooks import workbook as made

FAILED, UNKNOWN = Raw(' t="e"><v>#N/A</v>'), Raw("><f>SUM(A1)</f>")
SHARE = Raw(f' s="{PERCENT}"><v>0.125</v>')
ROWS = [
    ("month", "amount", "share", "note"),
    ("2026-01", 5.5, SHARE, "one\r\ntwo"),
    ("2026-02", 1e20, SHARE, ""),
    ("2026-03", FAILED, 1, "1.5"),
    ("2026-04", 1e-7, Raw(f" s='{PERCENT}'><v>3</v>"), True),
    ("2026-05", 0.1 + 0.2, "", "a\nb"),
    ("2026-06", 7, UNKNOWN, "x"),
]


@pytest.mark.parametrize("at_once", [1, 2, 3, 1_000])
def test_a_sheet_says_the_same_however_many_rows_are_read_together(monkeypatch, at_once):
    monkeypatch.setattr(sheet_cells, "_AT_ONCE", at_once)
    found = workbook.read(made(Sheet("Costs", ROWS)), "costs.xlsx")
    assert found.text.decode().splitlines() == [
        "month,amount,share,note",
        "2026-01,5.5,12.5%,one two",
        "2026-02,100000000000000000000,12.5%,",
        "2026-03,#N/A,1,1.5",
        "2026-04,0.0000001,300%,TRUE",
        "2026-05,0.3,,a b",
        "2026-06,7,=SUM(A1) (not worked out),x",
    ]
    assert found.number_columns == {1, 2}
    assert [(note.code, note.lines) for note in found.notes] == [
        ("line_breaks", (2, 6)),
        ("formula_errors", (4, 7)),
    ]


@pytest.mark.parametrize("beside", [[("a", "b"), (1, 2)], [("", "")], []])
@pytest.mark.parametrize("is_first", [True, False])
def test_the_sheet_that_was_named_is_read_wherever_it_stands(beside, is_first):
    costs, other = Sheet("Costs", ROWS[:1]), Sheet("Other", beside)
    content = made(costs, other) if is_first else made(other, costs)
    found = workbook.read(content, "costs.xlsx", ("Costs", ()))
    assert found.text == b"month,amount,share,note\n"


@pytest.mark.parametrize(
    "odd",
    [
        *(b'<c\n r="C9"><v>1</v></c>', b"<c r='C9'><v>1</v></c>", b'<c s="1" r="C9"><v>1</v></c>'),
        *(b'<x:c r="C9"><v>1</v></x:c>', b'<c r = "C9"><v>1</v></c>', b'<row r="9"><c r="B9"/><c/></row>'),
    ],
)
def test_a_cell_that_is_written_otherwise_is_seen_among_plain_ones(odd):
    seen = sheet_parts.look_at(b'<row r="2"><c r="A2"><v>1</v></c><c r="B2"/></row>' + odd)
    assert (seen.cells, seen.columns) == (27, 3)
