"""R11: one edit or deletion by SQL, in any table, is found; most of them at the next start."""

import struct
from collections import defaultdict
from hashlib import sha256

import pytest

from roi.commands import undo
from roi.errors import StoreDamagedError
from roi.store import arrow, chain, line_hashes, line_texts, verify
from tests import small_company

FOUND_AT_START = (
    "update ledger_line set amount_minor = amount_minor + 1 where source_row = 3 and month = 202601",
    "delete from ledger_line where source_row = 5 and month = 202603",
    "delete from coding where coding = 1",
    "insert into ledger_line select * from ledger_line where source_row = 4 and month = 202601",
    "update ledger_line set removed_by = 4 where source_row = 4 and month = 202601",
    "update ledger_line set month = 202602 where source_row = 4 and month = 202601",
    "delete from mart_team_cost where team = 'checkout'",
    "update mart_team_cost set amount_minor = amount_minor - 100 where team = 'checkout' and month = 202601",
    "update change set actor = 'Nobody' where change_id = 3",
    "update change set role = 'finance' where change_id = 2",
    "update change set reason = 'as agreed' where change_id = 3",
    "update change set recorded_at = recorded_at - interval 1 day where change_id = 3",
    "update change set detail = '{}' where change_id = 3",
    "update change set source_sha256 = repeat('0', 64) where change_id = 3",
    "update change set content_sha256 = repeat('0', 64) where change_id = 2",
    "update change set rows_added = rows_added + 1 where change_id = 2",
    "update change set previous_sha256 = '' where change_id = 3",
    "delete from change where change_id = 2",
    "delete from change where change_id = (select max(change_id) from change)",
    "update change set change_id = 99 where change_id = (select max(change_id) from change)",
)
FOUND_DEEP = (
    "update ledger_line set coding = coding + 1 where source_row = 2 and month = 202601",
    "update coding set team = 'checkout' where team = 'onboarding'",
    "update ledger_line set description = 'harmless' where source_row = 3 and month = 202601",
    "update coding set nature = 'amortisation' where coding = 1",
    "update coding set aside = 'as agreed' where coding = 1",
    """update ledger_line set amount_minor = case source_row when 2 then 825035 else 10000000 end
    where source_row in (2, 3) and month = 202602""",
    "update ledger_line set origin_change = 4 where source_row = 4 and month = 202601",
    "update mart_team_cost set team = 'checkout' where team = 'onboarding' and month = 202601",
    "update setting set value = 'EUR' where name = 'currency'",
    "delete from setting where name = 'fiscal_start'",
    "update team set name = 'Ghosts' where team = 'onboarding'",
    "update team set removed_by = 5 where team = 'course-delivery'",
    "delete from epic",
    "update epic set planned_share = 1 where epic = 'guided-setup'",
    "update outcome set actual = '9999' where removed_by = 2147483647",
    "update outcome set owner = 'Somebody else' where removed_by = 2147483647",
    "delete from outcome where removed_by != 2147483647",
    "update confirmation set confirmed_by = 'Olga' where tick = 'share'",
    "delete from confirmation where tick = 'share'",
    "update control_total set amount_minor = 1",
    "update source set settings = '{}'",
    "insert into member values ('Mallory', 'finance', 2, 2147483647)",
    "insert into value_mapping values ('books', 'cost_centre', 'A', 'team', 'checkout', 3, 2147483647)",
    "delete from live_hash",
    "update schema_version set name = 'another' where version = 2",
    "update schema_version set version = 0 where version = 1",
    "delete from schema_version where version = 3",
    "update schema_version set sha256 = repeat('0', 64) where version = 2",
    "update schema_version set recorded_at = recorded_at - interval 1 day where version = 8",
    "update nature set is_cost = true where nature = 'amortisation'",
    "update nature set is_cost = true where nature = 'severance'",
    "insert into nature values ('gift', false)",
    "delete from nature where nature = 'severance'",
    "delete from currency where currency = 'JPY'",
    "insert into currency values ('XXX', 2)",
    "update currency set minor_digits = 3 where currency = 'EUR'",
    "insert into mart_share values (202601, 'pool', 'Rent', 'checkout', 1000000)",
    "insert into mart_platform_weight values (202601, 'checkout', 'onboarding', 1000000000)",
    "update mart_cost_bucket set category = 'Cloud' where category = 'Rent'",
    "update live_hash set change_id = 4 where change_id = 3",
    "insert into live_hash values (repeat('a', 64), 3)",
)


def test_what_was_accepted_holds(check, company):
    found = check(deep=True)
    assert found.lines == 21
    assert found.uploads == 3
    assert found.months == 3
    assert found.version == company.store.version


@pytest.mark.parametrize("statement", FOUND_AT_START)
def test_r11_an_edit_is_found_at_the_next_start(edit, check, statement):
    assert edit(statement) >= 1
    with pytest.raises(StoreDamagedError):
        check(deep=False)


@pytest.mark.parametrize("statement", FOUND_DEEP)
def test_r11_an_edit_is_found_by_the_deep_check(edit, check, statement):
    assert edit(statement) >= 1
    with pytest.raises(StoreDamagedError):
        check(deep=True)


def test_r11_what_lines_of_the_past_are_booked_on_is_missed_at_the_next_start(edit, check, company, finance):
    """No sum of today tells: none of these lines is live any more."""
    for change_id in company.imports:
        undo.undo(company.store, finance, change_id)
    assert edit("delete from coding where coding = 1") == 1
    with pytest.raises(StoreDamagedError, match="no longer say what they are booked on"):
        check(deep=False)


def test_r11_a_renumbered_line_is_found(edit, check):
    assert edit("update ledger_line set source_row = 44 where source_row = 4") == 3
    with pytest.raises(StoreDamagedError):
        check(deep=True)


def test_r11_an_altered_upload_is_found_and_an_erased_one_is_not_missed(company, check):
    first, second, _ = sorted(company.store.upload_folder.iterdir())
    second.unlink()
    assert check(deep=True).uploads == 2
    first.write_bytes(first.read_bytes() + b"\n")
    with pytest.raises(StoreDamagedError, match="upload"):
        check(deep=True)


def test_a_rewritten_chain_does_not_fit_the_head_file(company, check):
    """Who rewrites the last change and its hash consistently still meets the head file."""
    with company.store.cursor() as cursor:
        names = ", ".join((*chain.HEADER, "previous_sha256"))
        row = cursor.execute(f"select {names} from change order by change_id desc limit 1").fetchall()[0]
        header = dict(zip((*chain.HEADER, "previous_sha256"), row, strict=True))
        header["actor"], header["lines_amount"] = "Nobody", int(header["lines_amount"])
        forged = chain.header_sha256(header, header["previous_sha256"])
        cursor.execute("update change set actor = 'Nobody', sha256 = ? where change_id = ?", [forged, row[0]])
    with pytest.raises(StoreDamagedError, match="exchanged or edited"):
        check(deep=False)


BY_THE_ENGINE = """
    with written as (
        select origin_change, source_row, source_row // 10000 as part, concat_ws(
            chr(31), source_row, source, month, period_first, period_last, team, cost_centre, pool,
            person_key, category, supplier, reference, description, scenario, nature, intent, treatment,
            line_key, aside, currency, amount_minor
        ) as line
        from cost_line where added_by = $change_id
    )
    select origin_change || '/' || part, sha256(string_agg(line, chr(10) order by source_row, line))
    from written group by origin_change, part order by origin_change, part
"""
"""How the first releases had the engine hash a change's lines: what they wrote must stay verifiable."""

MANY_LINES = """
    insert into ledger_line select kept.* replace (
        99 as added_by, 3 + i % 2 as origin_change, i // 2 * 7 as source_row,
        'Zeile ' || i % 5 || chr(10) || 'Ünï ' || i as description)
    from kept, range(18000) as r(i) order by {order}
"""
"""Several lines of one row, rows of several parts and files, line feeds and other scripts among them."""
NUMBERS = "source_row, coding, month, period_first, period_last, amount_minor"
TEXTS = "supplier, reference, description, line_key"
WORDS = "team, cost_centre, pool, person_key, category, scenario, nature, intent, treatment, aside"


def by_the_book(rows, numbers):
    """The hash of rows as `line_hashes` describes it, in plain Python."""
    rows = sorted((row[:numbers], [text.encode() for text in row[numbers:]]) for row in rows)
    digest = sha256(struct.pack("<q", len(rows)))
    for column in zip(*(row[0] for row in rows), strict=True):
        digest.update(struct.pack(f"<{len(rows)}q", *column))
    columns = list(zip(*(row[1] for row in rows), strict=True))
    for column in columns:
        digest.update(struct.pack(f"<{len(rows)}q", *map(len, column)))
    for column in columns:
        digest.update(b"".join(column))
    return digest.hexdigest()


@pytest.fixture(params=[0, 10**9], ids=["columns", "rows"])
def many(request, monkeypatch):
    monkeypatch.setattr(arrow, "MANY", request.param)


@pytest.fixture(params=["source_row", "source_row desc", "hash(source_row, description)"])
def lying(request, company, many):
    """A cursor that sees a change 99 with many lines, in some order."""
    with company.store.cursor() as cursor:
        cursor.execute(
            "create temporary table kept as select * from ledger_line where source_row = 2 limit 1"
        )
        cursor.execute(MANY_LINES.format(order=request.param))
        yield cursor


def test_t9_lines_are_hashed_as_described_and_as_the_first_releases_did_in_whatever_order_they_lie(lying):
    query = f"select origin_change, {NUMBERS}, {TEXTS} from ledger_line where added_by = 99"
    parts = defaultdict(list)
    for origin, *row in lying.execute(query).fetchall():
        parts[origin, row[0] // 10_000].append(tuple(row))
    coding = f"select coding, source, {WORDS}, currency from coding where coding in (select coding from kept)"
    wanted = [
        (f"{origin}/{number}", by_the_book(rows, 6)) for (origin, number), rows in sorted(parts.items())
    ]
    codings = by_the_book(lying.execute(coding).fetchall(), 1)
    assert len(wanted) == 14
    assert line_hashes.added(lying, 99) == [*wanted, ("codings", codings)]
    assert line_texts.added(lying, 99) == lying.execute(BY_THE_ENGINE, {"change_id": 99}).fetchall()
    assert line_texts.added(lying, 98) == []


def test_t9_what_the_first_releases_recorded_still_holds_and_an_edit_of_it_is_found(
    store, finance, tech_leader, monkeypatch
):
    with monkeypatch.context() as before:
        before.setattr(chain, "_by_columns", chain._by_texts)
        small_company.build(store, finance, tech_leader)
    with store.cursor() as cursor:
        assert verify.deep(cursor, store.head_path, store.upload_folder).lines == 21
        cursor.execute("update ledger_line set description = 'harmless' where source_row = 3")
        with pytest.raises(StoreDamagedError, match="are not those that were accepted"):
            verify.deep(cursor, store.head_path, store.upload_folder)
