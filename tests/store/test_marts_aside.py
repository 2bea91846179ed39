"""Marts over temporary tables show every row, however many: they hold any past version and any preview."""

from roi.store import marts

ROW_GROUP = 122_880


def test_t9_a_mart_aside_shows_all_rows_of_a_large_insert_in_the_transaction_that_made_it(store):
    """An engine that hides them would find no cost at all in the past of a company of fifty teams."""
    with store.write() as cursor:
        cursor.execute(
            "insert into mart_platform_weight "
            "select 202601, 'platform', 'team ' || range, 1 from range($count)",
            {"count": 2 * ROW_GROUP},
        )
    with store.snapshot() as cursor:
        marts.shadow(cursor, [])
        assert cursor.execute("select sum(weight) from mart_platform_weight").fetchall() == [(None,)]
        cursor.execute("insert into mart_platform_weight select * from roi.mart_platform_weight")
        shown = cursor.execute("select sum(weight), count(receiver) from mart_platform_weight").fetchall()
    assert shown == [(2 * ROW_GROUP, 2 * ROW_GROUP)]


def test_a_mart_aside_is_empty_at_first_where_the_stored_one_is_not(store):
    with store.write() as cursor:
        cursor.execute("insert into mart_platform_weight values (202601, 'platform', 'checkout', 1)")
    with store.snapshot() as cursor:
        marts.shadow(cursor, [])
        for name in ("cost_bucket", "platform_weight", "share", "team_cost", "role_month", "full_cost"):
            assert cursor.execute(f"select * from mart_{name}").fetchall() == []
