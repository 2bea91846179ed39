-- Which files the lines that a filter names came from, and how much from each; where no cost area is asked for.
-- grain: change that imported the file
-- reads: placed_share (temporary view of this cursor); a filter that is null names everything
-- units: minor units as shown, NULL where a rate is missing; $first and $last as yyyymm, both included
-- params: $pay: false leaves pay out
with of_bucket as (

    select
        origin_change, file_name, source_sha256, recorded_at, actor,
        cast(sum(shown_minor) as hugeint) as shown, count(*) = count(shown_minor) as is_known,
        any_value(line_count) as line_count
    from placed_share
    where
        ($first is null or month between $first and $last)
        and ($scenario is null or scenario = $scenario)
        and ($source is null or source = $source)
        and ($teams is null or (placed = 'team' and list_contains($teams, team)))
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
    group by
        origin_change, file_name, source_sha256, recorded_at, actor, month, source, object_kind, object, scenario,
        nature, intent, treatment, category, currency, aside

)

select
    origin_change, file_name, source_sha256, recorded_at, actor,
    case when bool_and(is_known) then cast(sum(shown) as bigint) end as amount_minor,
    cast(sum(line_count) as bigint) as line_count
from of_bucket
group by origin_change, file_name, source_sha256, recorded_at, actor
order by origin_change
