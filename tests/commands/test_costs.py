"""Read, preview and import a cost file: one change, whole or not at all, and undone again."""

import json
from decimal import Decimal

import pytest

from roi.commands import costs, mapping, undo
from roi.commands.changing.requests import CostImport
from roi.commands.mapping import AreaTarget
from roi.domain.importing import DateOrder, Limits, Mode, Settings
from roi.domain.structure import Team
from roi.errors import NotAllowedError, RefusedError
from roi.store.database import Store

HEADER = "month,team,cost centre,amount,currency,description\n"
JANUARY = HEADER + "2025-01,Search,,100.00,EUR,a\n2025-01,,GDS CLOUD,50.50,EUR,b\n"


@pytest.fixture
def books(store, finance, tech_leader):
    """Imports and previews texts of the source `Books`; the teams Search and Data exist."""
    from roi.commands import structure

    structure.save_teams(store, tech_leader, (Team("search", "Search"), Team("data", "Data")))

    class Books:
        def request(self, text, **more):
            content = text if isinstance(text, bytes) else text.encode()
            return CostImport(content, more.pop("name", "books.csv"), more.pop("source", "Books"), **more)

        def preview(self, text, **more):
            return costs.preview(store, finance, self.request(text, **more))

        def take(self, text, **more):
            return costs.import_costs(store, finance, self.request(text, **more))

        def ledger(self):
            with store.cursor() as cursor:
                return cursor.execute(
                    "select source_row, month, team, cost_centre, amount_minor, aside, added_by, scenario "
                    "from live_cost_line order by added_by, source_row"
                ).fetchall()

        def total(self):
            return sum(row[4] for row in self.ledger())

        def tables(self):
            names = (
                "change live_hash cost_line coding source value_mapping control_total mart_team_cost".split()
            )
            with store.cursor() as cursor:
                return {
                    name: cursor.execute(f"select * from {name} order by all").fetchall() for name in names
                }

    return Books()


def codes(preview):
    return [issue.code for issue in preview.issues]


def test_an_import_stores_each_line_with_its_row(books):
    receipt = books.take(JANUARY)
    assert [row[:6] for row in books.ledger()] == [
        (2, 202501, "search", "", 10000, ""),
        (3, 202501, "", "GDS CLOUD", 5050, ""),
    ]
    assert receipt.kind == "import costs"
    assert receipt.source_name == "books.csv"
    assert len(receipt.source_sha256) == 64


def test_a_preview_tells_all_and_stores_nothing(books, store):
    before = books.tables()
    preview = books.preview(JANUARY)
    assert books.tables() == before
    assert preview.is_ready
    assert (preview.rows, preview.new, preview.unchanged, preview.removed) == (2, 2, 0, 0)
    assert preview.totals == (("EUR", 15050),)
    assert [(m.month, m.currency, m.scenario, m.rows, m.amount) for m in preview.months] == [
        (202501, "EUR", "actual", 2, 15050)
    ]
    assert {(one.key, one.name): (one.before, one.after) for one in preview.effects} == {
        ("", "Suspense"): (0, 5050),
        ("search", "Search"): (0, 10000),
    }
    assert [(one.area, one.lines, one.amount) for one in preview.suspense] == [("GDS CLOUD", 1, 5050)]
    assert preview.used.header_of("cost_centre") == "cost centre"


def test_the_preview_is_what_the_import_does(books, store):
    books.take(JANUARY)
    february = JANUARY.replace("2025-01", "2025-02").replace("100.00", "120.00")
    effects = {one.key: one.after for one in books.preview(february).effects}
    books.take(february)
    with store.cursor() as cursor:
        rows = cursor.execute(
            "select team, sum(amount_minor)::bigint from mart_team_cost where month = 202502 group by team"
        ).fetchall()
    assert dict(rows) == effects


def test_d18_unknown_areas_are_one_warning_by_name(books):
    preview = books.preview(JANUARY + "2025-01,,ESTATES,1.00,EUR,c\n2025-01,,ESTATES,2.00,EUR,d\n")
    assert codes(preview) == ["unmapped_areas"]
    (issue,) = preview.warnings
    assert "GDS CLOUD" in issue.message
    assert "ESTATES" in issue.message
    assert issue.count == 3


def test_a_mapped_area_warns_no_more_and_belongs_to_its_team(books, store, finance):
    books.take(JANUARY)
    mapping.map_areas(store, finance, "Books", [AreaTarget("GDS CLOUD", "team", "data")])
    preview = books.preview(JANUARY.replace("2025-01", "2025-02"))
    assert codes(preview) == []
    assert preview.suspense == ()
    assert {one.key: one.after for one in preview.effects} == {"search": 10000, "data": 5050}


def test_d19_one_bad_line_and_nothing_of_the_file_is_stored(books):
    before = books.tables()
    with pytest.raises(RefusedError) as refused:
        books.take(JANUARY + "2025-13,Ghosts,,x,EUR,c\n")
    assert sorted(issue.code for issue in refused.value.issues) == [
        "amount_unreadable",
        "month",
        "unknown_team",
    ]
    assert books.tables() == before


def test_d19_a_line_may_be_set_aside_to_suspense_with_a_reason(books):
    text = JANUARY + "2025-01,Ghosts,,7.00,EUR,c\n"
    assert codes(books.preview(text)) == ["unknown_team"]
    books.take(text, set_aside=((4, "asked the controller"),))
    assert books.ledger()[-1][:6] == (4, 202501, "", "", 700, "asked the controller")
    assert books.total() == 15750


def test_the_same_file_again_is_recognised_and_adds_nothing(books):
    first = books.take(JANUARY)
    preview = books.preview(JANUARY)
    assert preview.already.change_id == first.change_id
    assert not preview.is_ready
    with pytest.raises(RefusedError, match=rf"already imported by Fiona on .*change {first.change_id}"):
        books.take(JANUARY, mode=Mode.ADD)
    assert books.total() == 15050


def test_the_same_content_in_other_bytes_is_recognised(books):
    first = books.take(JANUARY)
    other = JANUARY.replace(",", ";").replace("100.00", "100,00").replace("50.50", "50,5").encode("utf-16")
    preview = books.preview(other, name="other.csv", source="Elsewhere")
    assert preview.already.change_id == first.change_id


def test_reading_a_file_says_that_it_was_imported(books, store, finance):
    first = books.take(JANUARY)
    found = costs.read_file(store, finance, JANUARY.encode(), "again.csv")
    assert (found.already.change_id, found.already.actor) == (first.change_id, "Fiona")


def test_upload_undo_upload_works(books, store, finance):
    books.take(JANUARY)
    undo.undo(store, finance, books.ledger()[0][6])
    assert books.ledger() == []
    books.take(JANUARY)
    assert books.total() == 15050


def test_d20_an_overlap_without_a_mode_is_a_question(books):
    books.take(JANUARY)
    corrected = JANUARY.replace("50.50", "60.50") + "2025-02,Data,,1.00,EUR,new\n"
    preview = books.preview(corrected)
    assert [issue.code for issue in preview.blockers] == ["overlap"]
    assert preview.overlap == (202501,)
    assert (preview.new, preview.unchanged, preview.removed) == (2, 1, 1)
    with pytest.raises(RefusedError, match="already has"):
        books.take(corrected)


def test_d20_replacing_ends_the_old_lines_of_those_months(books):
    first = books.take(JANUARY)
    receipt = books.take(JANUARY.replace("50.50", "60.50"), mode=Mode.REPLACE)
    assert books.total() == 16050
    assert {row[6] for row in books.ledger()} == {receipt.change_id}
    assert receipt.change_id == first.change_id + 1


def test_d20_adding_keeps_them(books):
    books.take(JANUARY)
    preview = books.preview(JANUARY + "2025-01,Data,,1.00,EUR,late\n", mode=Mode.ADD)
    assert (preview.new, preview.unchanged, preview.removed) == (3, 0, 0)
    assert "added_again" in codes(preview)
    books.take(JANUARY + "2025-01,Data,,1.00,EUR,late\n", mode=Mode.ADD)
    assert books.total() == 15050 + 15150


def test_identical_lines_count_as_often_as_they_stand(books):
    twice = HEADER + "2025-01,Search,,5.00,EUR,x\n" * 2
    books.take(twice)
    preview = books.preview(twice + "2025-01,Search,,5.00,EUR,x\n")
    assert (preview.new, preview.unchanged, preview.removed) == (1, 2, 0)


def test_lines_that_another_source_has_just_so_are_told_before_they_count_twice(books):
    books.take(JANUARY, source="gl")
    more = JANUARY + "2025-01,Data,,1.00,EUR,late\n"
    preview = books.preview(more, name="all.csv", source="gl2")
    (issue,) = [one for one in preview.issues if one.code == "other_source"]
    assert (issue.count, issue.sent, issue.is_blocker) == (2, "gl", False)
    assert issue.message.startswith("2 of 3 lines are identical to lines that the source gl already has")
    assert "other_source" not in codes(books.preview(more, name="all.csv", source="gl", mode=Mode.ADD))
    elsewhen = more.replace("2025-01", "2025-02")
    assert "other_source" not in codes(books.preview(elsewhen, name="all.csv", source="gl2"))


def test_one_line_is_told_as_often_as_the_other_source_has_it(books):
    line = "2025-01,Search,,5.00,EUR,x\n"
    books.take(HEADER + line, source="gl")
    preview = books.preview(HEADER + 3 * line, name="all.csv", source="gl2")
    told = [one.message for one in preview.issues if one.code == "other_source"]
    assert told[0].startswith("1 of 3 lines is identical")


def test_replacing_leaves_other_sources_months_and_scenarios(books):
    books.take(JANUARY)
    books.take(JANUARY.replace("2025-01", "2025-02"))
    books.take(JANUARY.replace(",a\n", ",other\n"), source="Elsewhere")
    plan = Settings(stated=(("scenario", "plan"),))
    assert books.preview(JANUARY.replace("100.00", "9.00"), settings=plan).overlap == ()
    books.take(JANUARY.replace("100.00", "9.00"), settings=plan)
    books.take(JANUARY.replace("100.00", "101.00"), mode=Mode.REPLACE)
    assert books.total() == 15150 + 15050 + 15050 + 5950


def test_a_file_may_come_back_after_it_was_replaced(books, store, finance):
    books.take(JANUARY)
    corrected = books.take(JANUARY.replace("50.50", "60.50"), mode=Mode.REPLACE)
    again = books.take(JANUARY, mode=Mode.REPLACE)
    assert books.total() == 15050
    undo.undo(store, finance, again.change_id)
    undo.undo(store, finance, corrected.change_id)
    assert books.total() == 15050


def test_settings_are_remembered_and_serve_the_next_month(books, store, finance):
    text = "Buchung,Squad name x,Betrag netto x\n25/01/2025,Search,5.00\n"
    said = Settings(
        columns=(("month", "Buchung"), ("team", "Squad name x"), ("amount", "Betrag netto x")),
        stated=(("currency", "EUR"),),
    )
    books.take(text, settings=said)
    second = text.replace("25/01/2025", "05/02/2025")
    found = costs.read_file(store, finance, second.encode(), "february.csv")
    assert (found.source, found.is_known_source) == ("Books", True)
    assert found.settings.date_order is DateOrder.DAY_FIRST
    assert found.settings.value_of("currency") == "EUR"
    preview = books.preview(second)
    assert preview.is_ready
    assert codes(preview) == ["remembered"]
    assert "EUR" in preview.warnings[0].message
    assert preview.months[0].month == 202502


def test_a_stated_month_is_for_its_file_only(books):
    text = "team,amount,currency\nSearch,5.00,EUR\n"
    books.take(text, settings=Settings(stated=(("month", "2025-01"),)))
    assert "missing_column" in codes(books.preview(text.replace("5.00", "6.00")))


def test_answers_to_words_are_remembered(books):
    text = "month,team,amount,currency,scenario\n2025-01,Serch,5.00,EUR,Ist\n"
    assert codes(books.preview(text)) == ["unknown_team", "scenario"]
    answers = Settings(values=(("team", "Serch", "Search"), ("scenario", "Ist", "actual")))
    books.take(text, settings=answers)
    assert books.ledger()[0][2] == "search"
    assert codes(books.preview(text.replace("2025-01", "2025-02"))) == []


def test_the_change_records_what_was_imported(books, store):
    receipt = books.take(JANUARY, control_total=Decimal("150.50"))
    with store.cursor() as cursor:
        ((detail, sha),) = cursor.execute(
            "select detail, source_sha256 from change where change_id = ?", [receipt.change_id]
        ).fetchall()
    told = json.loads(detail)
    assert (told["source"], told["mode"], told["rows"], told["months"]) == ("Books", "ask", 2, ["2025-01"])
    assert told["totals"] == {"EUR": 15050}
    assert told["control"]["ledger"] == told["control"]["stated"] == 15050
    assert (store.upload_folder / sha).read_bytes() == JANUARY.encode()


def test_the_spool_is_deleted_whatever_happens(books, store, finance):
    books.take(JANUARY)
    books.preview(JANUARY + "2025-13,x,,x,EUR,c\n")
    costs.read_file(store, finance, JANUARY.encode(), "x.csv")
    assert list(store.spool_folder.iterdir()) == []


class Stop(BaseException):
    """What a screen raises to stop a script in the middle."""


@pytest.mark.parametrize("phase", ["reading", "checking", "comparing", "storing", "figures"])
def test_stopped_at_any_moment_nothing_is_left(books, store, finance, phase):
    before = books.tables()

    def stop(now: str, _fraction: float) -> None:
        if now == phase:
            raise Stop

    with pytest.raises(Stop):
        costs.import_costs(store, finance, books.request(JANUARY), stop)
    assert books.tables() == before
    assert list(store.spool_folder.iterdir()) == []
    books.take(JANUARY)
    assert books.total() == 15050


def test_progress_is_told_from_start_to_end(books, store, finance):
    told = []
    costs.import_costs(store, finance, books.request(JANUARY), lambda phase, part: told.append((phase, part)))
    assert told[0][0] == "reading"
    assert told[-1] == ("done", 1.0)
    assert [part for _, part in told] == sorted(part for _, part in told)


def test_only_finance_imports(books, store, executive, tech_leader):
    for actor in (executive, tech_leader):
        for ask in (
            lambda actor=actor: costs.read_file(store, actor, b"", "x"),
            lambda actor=actor: costs.preview(store, actor, books.request(JANUARY)),
            lambda actor=actor: costs.import_costs(store, actor, books.request(JANUARY)),
        ):
            with pytest.raises(NotAllowedError):
                ask()


def test_a_record_that_the_engine_cannot_take_is_an_issue_not_an_error(books, monkeypatch):
    long = JANUARY + "2025-01,Search,,1.00,EUR," + "x" * 9_000_000 + "\n"
    assert codes(books.preview(long)) == ["record_too_long"]
    monkeypatch.setattr("roi.ingest.records._LONGEST", 1 << 30)
    preview = books.preview(long)
    assert codes(preview) == ["unreadable"]
    preview = books.preview(JANUARY + "2025-01,Search,,1.00,EUR," + "x" * 3_000_000 + "\n")
    assert "too_long" in codes(preview)


def test_limits_are_the_browsers_unless_said_otherwise(books):
    assert codes(books.preview(JANUARY, limits=Limits(rows=1))) == ["too_many_rows", "unmapped_areas"]


@pytest.mark.parametrize(
    ("source", "name"), [("", "x.csv"), (" ", "x.csv"), ("s" * 201, "x.csv"), ("s", "n" * 201)]
)
def test_source_and_name_are_checked(books, source, name):
    assert books.preview(JANUARY, source=source, name=name).blockers


def test_d15_person_keys_are_stored_under_a_secret_of_this_database(books, store, finance, tmp_path):
    rows = "2025-01,P1042,5.00,EUR\n2025-01,p1042,6.00,EUR\n2025-01,P7,1.00,EUR\n"
    text = f"month,person_key,amount,currency\n{rows}"
    books.take(text)
    with store.cursor() as cursor:
        keys = [
            row[0]
            for row in cursor.execute("select person_key from cost_line order by source_row").fetchall()
        ]
    assert keys[0] == keys[1] != keys[2]
    assert "1042" not in keys[0]
    secret = store.path.with_suffix(".secret")
    assert secret.stat().st_mode & 0o777 == 0o600
    other = Store.open(tmp_path / "other" / "roi.duckdb", purpose="a test")
    try:
        costs.import_costs(other, finance, books.request(text))
        with other.cursor() as cursor:
            theirs = cursor.execute("select person_key from cost_line order by source_row").fetchall()[0][0]
    finally:
        other.close()
    assert theirs != keys[0]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("April_2015__25k_transparency_spend_data_.csv", "Transparency spend data"),
        ("costs-202601.csv", "Costs"),
        ("2025-03.csv", "Costs"),
        ("General ledger March 2025 (final).csv", "General ledger"),
    ],
)
def test_a_source_is_suggested_without_its_month(name, source):
    suggested = costs.suggested_source(name)
    assert suggested.endswith(source) or suggested == source
