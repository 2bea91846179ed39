-- Which files the lines that a filter names came from, and how much from each.
-- grain: change that imported the file
-- reads: placed_line (temporary view of this cursor); a filter that is null names everything
-- units: minor units as shown, NULL where a rate is missing; $first and $last as yyyymm, both included
-- params: $pay: false leaves pay out
select
    origin_change,
    file_name,
    source_sha256,
    recorded_at,
    actor,
    case when count(*) = count(shown_minor) then cast(sum(shown_minor) as bigint) end as amount_minor,
    count(distinct (origin_change, source_row, month)) as line_count
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
    and ($treatment is null or treatment = $treatment)
    and ($nature is null or nature = $nature)
    and ($intent is null or intent = $intent)
    and ($category is null or category = $category)
    and ($reason is null or reason = $reason)
    and ($booked_on is null or list_contains($booked_on, booked_on))
    and ($pay or not is_pay)
group by origin_change, file_name, source_sha256, recorded_at, actor
order by origin_change
