-- Which files the lines that a filter names came from, and how much from each.
-- grain: change that imported the file
-- reads: placed_line (temporary view of this cursor); a filter that is null names everything
-- units: minor units of currency; $first and $last as yyyymm, both included
select
    origin_change,
    file_name,
    source_sha256,
    recorded_at,
    actor,
    cast(sum(amount_minor) as bigint) as amount_minor,
    count(*) as line_count
from placed_line
where
    ($first is null or month between $first and $last)
    and ($scenario is null or scenario = $scenario)
    and ($source is null or source = $source)
    and ($teams is null or (placed = 'team' and list_contains($teams, team)))
    and ($area is null or area = $area)
    and ($currency is null or currency = $currency)
    and ($placed is null or placed = $placed)
    and ($change_id is null or origin_change = $change_id)
group by origin_change, file_name, source_sha256, recorded_at, actor
order by origin_change
