-- Of candidates that several places share the part that is wanted.
-- grain: adds to the table `wanted_spread` by ledger line
-- reads: what `wanted_line` and `wanted_candidate` prepare on this cursor, live_ledger_line
-- units: minor units of currency
insert into wanted_spread by name
with following as (

    select
        line.origin_change, line.source_row, line.month, line.amount_minor, bucket.bucket,
        cast(
            sum(line.amount_minor) over (
                partition by bucket.bucket
                order by line.origin_change, line.source_row
                rows between unbounded preceding and current row
            ) as hugeint
        ) as so_far
    from live_ledger_line as line
    inner join wanted_coding as bucket using (month, coding)
    where
        is_wanted_month(line.month)
        and bucket.bucket in (select bucket from wanted_candidate where not is_whole)

)

select
    following.origin_change, following.source_row, following.month,
    cast(
        sum(
            case
                when place.places = 1 then following.amount_minor
                when place.whole = 0 then 0
                else rounded_part(following.so_far, following.amount_minor, place.parts, place.part, place.whole)
            end
        ) as bigint
    ) as part
from following
semi join wanted_candidate using (origin_change, source_row, month)
inner join wanted_part((select list(distinct bucket) from wanted_candidate where not is_whole)) as place
    on following.bucket = place.bucket
group by following.origin_change, following.source_row, following.month
