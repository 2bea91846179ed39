-- Why the lines of a change cannot be undone: one that it added was ended since, or one it ended is back.
-- grain: change in the way, how many lines; empty when the change can be undone
-- reads: ledger_line
-- units: lines; a line is known by the change and file row it came from, and its month
with added as (

    select distinct origin_change, source_row, month
    from ledger_line
    where added_by = $change_id

),

ended as (

    select distinct origin_change, source_row, month
    from ledger_line
    where removed_by = $change_id

),

latest as (

    select
        origin_change,
        source_row,
        month,
        max(removed_by) as removed_by,
        max(added_by) as added_by
    from ledger_line
    where
        origin_change in (select added.origin_change from added)
        or origin_change in (select ended.origin_change from ended)
    group by origin_change, source_row, month

)

select latest.removed_by as in_the_way, count(*) as line_count
from added
inner join latest
    on
        added.origin_change = latest.origin_change
        and added.source_row = latest.source_row
        and added.month = latest.month
where latest.removed_by != 2147483647
group by latest.removed_by

union all

select latest.added_by, count(*)
from ended
inner join latest
    on
        ended.origin_change = latest.origin_change
        and ended.source_row = latest.source_row
        and ended.month = latest.month
where latest.removed_by = 2147483647
group by latest.added_by
order by in_the_way desc
