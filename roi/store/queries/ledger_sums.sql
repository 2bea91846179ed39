-- Count and exact sum of the ledger lines that are wanted; of a shared line the part that is wanted.
-- grain: currency, in it amount_minor; and once more change that imported the file, as far as shown in shown_minor
-- reads: what `wanted_line` prepares on this cursor, live_ledger_line, change
-- units: minor units of currency; as the report shows it, NULL where a rate is missing
-- Lines of a file in a bucket are one run: parts of lines that follow one another sum to the part of their sum. It
-- is spread over places only where neither all places are wanted nor the bucket has no other run.
with booked as (

    select
        month, coding, origin_change,
        case when getvariable('wanted').area is null then 0 else source_row end as source_row,
        sum(amount_minor) as amount_minor, count(*) as line_count
    from live_ledger_line
    where is_wanted_month(month)
    group by all

),

run as materialized (

    select
        bucket.bucket, booked.origin_change, booked.source_row, is_wanted_line(origin_change, area) as is_wanted,
        bucket.is_whole and (not getvariable('is_converted') or currency = getvariable('in_currency')) as is_plain,
        cast(sum(booked.amount_minor) as hugeint) as line,
        cast(sum(booked.line_count) as bigint) as line_count
    from booked
    inner join named_coding using (coding)
    inner join wanted_bucket as bucket
        using (month, source, object_kind, object, scenario, nature, intent, treatment, category, currency)
    where bucket.is_excluded or named_coding.aside = bucket.aside
    group by all

),

several as materialized (

    select bucket
    from run
    where not is_plain
    group by bucket
    having count(*) > 1

),

following as (

    select
        run.*,
        row_number() over () as run,
        cast(sum(line) over up_to_here as hugeint) as so_far
    from run
    semi join several using (bucket)
    window up_to_here as (
        partition by bucket
        order by origin_change, source_row
        rows between unbounded preceding and current row
    )

),

wanted as materialized (

    select following.*, bucket.currency, bucket.whole, bucket.shown, bucket.is_whole
    from following
    inner join wanted_bucket as bucket using (bucket)
    where following.is_wanted

),

spread as (

    select
        wanted.run,
        sum(
            case
                when place.places = 1 then line
                when place.whole = 0 then 0
                else rounded_part(so_far, line, place.parts, place.part, place.whole)
            end
        ) as part,
        sum(
            case
                when place.places = 1 and (not getvariable('is_converted') or currency = getvariable('in_currency'))
                    then line
                when place.whole = 0 then 0
                else rounded_part(so_far, line, place.all_shown, place.shown, place.whole)
            end
        ) as shown,
        bool_and(place.whole = 0 or place.shown is not null) as is_known
    from wanted
    inner join wanted_part((select list(bucket) from wanted where not is_whole)) as place using (bucket)
    group by wanted.run

),

summed as (

    select
        run.origin_change, bucket.currency, run.line_count,
        case
            when run.is_plain then line
            when bucket.whole = 0 then 0
            else bucket.part
        end as amount,
        case
            when run.is_plain then line
            when bucket.whole = 0 then 0
            else bucket.shown
        end as shown
    from run
    anti join several using (bucket)
    inner join wanted_bucket as bucket using (bucket)
    where run.is_wanted

    union all

    select
        wanted.origin_change, wanted.currency, wanted.line_count,
        case when is_whole then line else spread.part end as amount,
        case
            when is_whole then rounded_part(so_far, line, wanted.shown, wanted.shown, whole)
            when is_known then spread.shown
        end as shown
    from wanted
    left join spread using (run)

)

select
    summed.currency,
    change.change_id as origin_change,
    change.source_name as file_name,
    change.source_sha256,
    change.recorded_at,
    change.actor,
    cast(sum(summed.amount) as bigint) as amount_minor,
    case when count(*) = count(summed.shown) then cast(sum(summed.shown) as bigint) end as shown_minor,
    cast(sum(summed.line_count) as bigint) as line_count
from summed
inner join change on summed.origin_change = change.change_id
group by
    grouping sets (
        (summed.currency),
        (change.change_id, change.source_name, change.source_sha256, change.recorded_at, change.actor)
    )
order by summed.currency, change.change_id
