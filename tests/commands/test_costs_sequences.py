"""Uploads one after the other (reliability 5.3, 5.6, 5.7): nothing twice, nothing lost, undo exact."""

import threading
from decimal import Decimal

import pytest

from roi.commands import costs, structure, undo
from roi.commands.changing.requests import CostImport
from roi.domain.importing import Correction, Mode
from roi.domain.structure import Team
from roi.errors import RefusedError, RoiError, UnchangedError
from roi.reports import data as data_report
from roi.reports import portfolio
from roi.reports.shapes import Scope

HEADER = "month,team,amount,currency,reference,description\n"
JANUARY = HEADER + "2025-01,Search,100.00,EUR,R1,a\n2025-01,Data,50.50,EUR,R2,b\n"
FEBRUARY = HEADER + "2025-02,Search,70.00,EUR,R3,c\n"
BOTH = HEADER + "2025-01,Search,100.00,EUR,R1,a\n2025-01,Data,55.50,EUR,R2,b\n2025-02,Search,71.00,EUR,R3,c\n"
OTHER_BYTES = (
    JANUARY.replace("\n", "\r\n").encode("utf-8-sig"),
    JANUARY.replace(",", "\t").encode("utf-16"),
    JANUARY.replace(",", ";").replace("100.00", "100,00").replace("50.50", "50,50").encode(),
    ("Title of the export\n\n" + JANUARY + "\n,,,,,\n").encode(),
    '"{}"'.format('"\n"'.join(JANUARY.strip().split("\n"))).replace(",", '","').encode(),
    HEADER.encode() + b"".join(reversed([line + b"\n" for line in JANUARY.encode().splitlines()[1:]])),
)


@pytest.fixture
def books(store, finance, tech_leader):
    structure.save_teams(store, tech_leader, (Team("search", "Search"), Team("data", "Data")))

    class Books:
        def request(self, text, **more):
            content = text if isinstance(text, bytes) else text.encode()
            return CostImport(content, more.pop("name", "books.csv"), more.pop("source", "Books"), **more)

        def preview(self, text, **more):
            return costs.preview(store, finance, self.request(text, **more))

        def take(self, text, **more):
            return costs.import_costs(store, finance, self.request(text, **more))

        def undo(self, receipt):
            return undo.undo(store, finance, receipt.change_id)

        def state(self):
            """What every line is, and what the first page shows, without what tells of the history."""
            with store.cursor() as cursor:
                lines = cursor.execute(
                    "select month, team, amount_minor, reference, aside from live_cost_line order by all"
                ).fetchall()
                marts = cursor.execute("select * from mart_team_cost order by all").fetchall()
                live = cursor.execute("select sha256 from live_hash order by 1").fetchall()
            shown = portfolio.build(store, finance, Scope())
            return lines, marts, live, shown.cost.value, shown.suspense.value

        def imports(self):
            report = data_report.build(store, finance, Scope())
            return [one for one in report.imports if one.is_live]

        def total(self):
            return sum(row[2] for row in self.state()[0])

    return Books()


def test_r8_the_same_file_twice_adds_nothing(books):
    first = books.take(JANUARY)
    before = books.state()
    for mode in Mode:
        assert books.preview(JANUARY, mode=mode).already.change_id == first.change_id
        with pytest.raises(RefusedError, match="already imported by"):
            books.take(JANUARY, mode=mode)
    assert books.state() == before


@pytest.mark.parametrize("number", range(len(OTHER_BYTES)))
def test_r8_the_same_content_in_other_bytes_adds_nothing(books, number):
    first = books.take(JANUARY)
    before = books.state()
    assert (
        books.preview(OTHER_BYTES[number], name="other.csv", source="Other").already.change_id
        == first.change_id
    )
    with pytest.raises(RefusedError, match="already imported by"):
        books.take(OTHER_BYTES[number], name="other.csv", source="Other", mode=Mode.ADD)
    assert books.state() == before


def test_an_overlap_is_asked_and_either_answer_is_exact(books):
    books.take(JANUARY)
    assert [issue.code for issue in books.preview(BOTH).blockers] == ["overlap"]
    assert books.total() == 15050
    receipt = books.take(BOTH, mode=Mode.REPLACE)
    assert books.total() == 10000 + 5550 + 7100
    books.undo(receipt)
    books.take(BOTH, mode=Mode.ADD)
    assert books.total() == 15050 + 10000 + 5550 + 7100


def test_r9_a_correction_and_its_undo_bring_back_every_figure(books):
    books.take(JANUARY)
    books.take(FEBRUARY)
    before = books.state()
    receipt = books.take(JANUARY.replace("50.50", "60.50"), mode=Mode.REPLACE)
    assert books.state() != before
    books.undo(receipt)
    assert books.state() == before


def test_undo_twice_changes_nothing_more(books):
    receipt = books.take(JANUARY)
    books.undo(receipt)
    before = books.state()
    with pytest.raises((UnchangedError, RoiError)):
        books.undo(receipt)
    assert books.state() == before
    assert books.imports() == []


def test_undo_then_repeat_as_often_as_wished(books):
    for _ in range(3):
        books.undo(books.take(JANUARY))
        assert books.total() == 0
    books.take(JANUARY)
    assert books.total() == 15050
    assert len(books.imports()) == 1


def test_undoing_an_undo_is_the_import_again_and_the_file_is_known(books):
    receipt = books.take(JANUARY)
    before = books.state()
    books.undo(books.undo(receipt))
    assert books.state() == before
    assert books.preview(JANUARY).already is not None


def test_credit_and_rebill_in_one_file_and_in_two(books):
    books.take(JANUARY)
    credit = HEADER + "2025-01,Search,-100.00,EUR,R1,credit of a\n2025-01,Search,101.00,EUR,R4,rebill of a\n"
    books.take(credit, mode=Mode.ADD)
    assert books.total() == 15050 + 100
    later = HEADER + "2025-02,Data,-50.50,EUR,R2,credit of b\n2025-02,Data,49.50,EUR,R5,rebill of b\n"
    books.take(later)
    assert books.total() == 15050 + 100 - 100
    assert books.preview(later).already is not None


def test_a_credit_note_sent_twice_is_named(books):
    credit = HEADER + "2025-01,Search,-100.00,EUR,R9,credit\n"
    books.take(credit)
    again = books.preview(credit.replace("2025-01", "2025-02"))
    assert [issue.code for issue in again.warnings if issue.code == "reference_again"]
    assert again.is_ready


def test_bad_then_repaired_then_the_bad_one_again(books):
    bad = JANUARY.replace("2025-01,Data", "2025-13,Data")
    with pytest.raises(RefusedError):
        books.take(bad)
    assert books.imports() == []
    first = books.take(JANUARY)
    corrected = books.preview(bad, corrections=(Correction("month", "2025-01", line=3),))
    assert corrected.already.change_id == first.change_id
    assert books.total() == 15050


def test_bad_corrected_here_then_repaired_in_the_file_is_the_same(books):
    bad = JANUARY.replace("50.50", "5o.50")
    first = books.take(bad, corrections=(Correction("amount", "50.50", line=3, sent="5o.50"),))
    assert books.preview(JANUARY).already.change_id == first.change_id
    assert books.preview(bad).already.change_id == first.change_id


def test_one_line_more_is_not_the_same_file(books):
    books.take(JANUARY)
    longer = books.preview(JANUARY + "2025-01,Data,50.50,EUR,R2,b\n", mode=Mode.REPLACE)
    assert longer.already is None
    assert (longer.new, longer.unchanged, longer.removed) == (1, 2, 0)


def test_months_may_come_in_any_order(books):
    books.take(FEBRUARY)
    books.take(JANUARY)
    one = books.state()[0]
    for receipt in sorted(books.imports(), key=lambda one: -one.change_id):
        books.undo(receipt)
    books.take(JANUARY)
    books.take(FEBRUARY)
    assert books.state()[0] == one


def together(count, work):
    """Run the work in so many threads that start at one moment; what each came to."""
    gate, found = threading.Barrier(count), []

    def one():
        gate.wait()
        try:
            found.append(work())
        except RoiError as error:
            found.append(error)

    threads = [threading.Thread(target=one) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_r8_two_at_once_are_one_import_every_time(books, rounds):
    for number in range(5 if rounds == 1 else 10 * rounds):
        text = JANUARY.replace("2025-01", f"20{10 + number % 80}-01")
        found = together(2, lambda text=text: books.take(text))
        refused = [one for one in found if isinstance(one, RefusedError)]
        assert len(refused) == 1, found
        assert "already imported by" in str(refused[0])
        assert books.total() == 15050
        for receipt in books.imports():
            books.undo(receipt)


def test_two_corrections_at_once_never_mix(books):
    books.take(JANUARY)
    texts = [JANUARY.replace("50.50", f"6{number}.50") for number in range(2)]
    waiting = list(texts)
    found = together(2, lambda: books.take(waiting.pop(), mode=Mode.REPLACE))
    assert not [one for one in found if isinstance(one, RoiError)], found
    assert books.total() in {10000 + 6050, 10000 + 6150}
    assert len(books.state()[0]) == 2


def test_a_control_total_stated_with_a_file_goes_with_its_undo(books, store, finance):
    receipt = books.take(JANUARY, control_total=Decimal("150.50"))
    assert len(data_report.build(store, finance, Scope()).controls) == 1
    books.undo(receipt)
    assert data_report.build(store, finance, Scope()).controls == ()


def test_a_file_that_contradicts_what_is_remembered_is_a_question(books):
    books.take(JANUARY.replace("2025-01", "31/01/2025"))
    other = FEBRUARY.replace("70.00", '"70,00"')
    assert "decimal_mark" in {issue.code for issue in books.preview(other).blockers}
    american = FEBRUARY.replace("2025-02", "02/28/2025")
    assert "date_order" in {issue.code for issue in books.preview(american).blockers}
