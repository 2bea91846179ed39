-- Count and exact sum of the ledger lines that a filter names, where no cost area is asked for.
-- grain: currency
-- reads: placed_share (temporary view of this cursor); a filter that is null names everything
-- units: minor units of currency; $first and $last as yyyymm, both included; $pay: false leaves pay out
with of_bucket as (

    select currency, cast(sum(part_minor) as hugeint) as part, any_value(line_count) as line_count
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
        origin_change, month, source, object_kind, object, scenario, nature, intent, treatment, category, currency, aside

)

select currency, cast(sum(part) as bigint) as amount_minor, cast(sum(line_count) as bigint) as line_count
from of_bucket
group by currency
order by currency
