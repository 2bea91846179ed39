-- Count and exact sum of the ledger lines of each month that are wanted; of a shared line the part that is wanted.
-- grain: month and currency, in it amount_minor; and once more month and change that imported the file, as far as shown in shown_minor
-- reads: what `wanted_run` prepares on this cursor, change
-- units: minor units of currency; as the report shows it, NULL where a rate is missing
select
    wanted_sum.month,
    wanted_sum.currency,
    change.change_id as origin_change,
    change.source_name as file_name,
    change.source_sha256,
    change.recorded_at,
    change.actor,
    cast(sum(wanted_sum.amount) as bigint) as amount_minor,
    case when count(*) = count(wanted_sum.shown) then cast(sum(wanted_sum.shown) as bigint) end as shown_minor,
    cast(sum(wanted_sum.line_count) as bigint) as line_count
from wanted_sum
inner join change on wanted_sum.origin_change = change.change_id
group by
    grouping sets (
        (wanted_sum.month, wanted_sum.currency),
        (wanted_sum.month, change.change_id, change.source_name, change.source_sha256, change.recorded_at, change.actor)
    )
order by wanted_sum.month, wanted_sum.currency, change.change_id
