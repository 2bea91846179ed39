-- Why the lines of a change cannot be undone: a line it added that somebody ended since, or one it ended that is back.
-- grain: change in the way, how many lines; empty when the change can be undone
-- reads: cost_line
-- units: lines
with added as (

    select distinct origin_change, source_row
    from cost_line
    where added_by = $change_id

),

ended as (

    select distinct origin_change, source_row
    from cost_line
    where removed_by = $change_id

),

latest as (

    select
        origin_change,
        source_row,
        max(removed_by) as removed_by,
        max(added_by) as added_by
    from cost_line
    group by origin_change, source_row

)

select latest.removed_by as in_the_way, count(*) as line_count
from added
inner join latest on added.origin_change = latest.origin_change and added.source_row = latest.source_row
where latest.removed_by != 2147483647
group by latest.removed_by

union all

select latest.added_by, count(*)
from ended
inner join latest on ended.origin_change = latest.origin_change and ended.source_row = latest.source_row
where latest.removed_by = 2147483647
group by latest.added_by
order by in_the_way desc
