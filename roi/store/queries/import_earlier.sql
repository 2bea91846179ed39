-- The live import that holds this content already: every line that it added is still there.
-- grain: at most one row per hash
-- reads: live_hash, change, ledger_line
-- units: none
select
    live_hash.sha256,
    change.change_id,
    change.recorded_at,
    change.actor,
    change.source_name,
    change.lines_added
    = (
        select count(*)
        from ledger_line
        where ledger_line.origin_change = change.change_id and ledger_line.removed_by = 2147483647
    ) as is_whole
from live_hash
inner join change on live_hash.change_id = change.change_id
where live_hash.sha256 in ($raw, $content)
order by change.change_id
