-- What runs of lines that share their bucket with others bring to the figure: the part of each of what is wanted.
-- grain: adds to the table `wanted_sum` by run
-- reads: what `wanted_line`, `wanted_bucket` and `wanted_run` prepare on this cursor
-- units: minor units of currency; shown as the report shows it, NULL where a rate is missing
insert into wanted_sum by name
with following as (

    select
        run.*,
        row_number() over () as run,
        cast(sum(line) over up_to_here as hugeint) as so_far
    from wanted_run as run
    semi join wanted_several using (bucket)
    window up_to_here as (
        partition by bucket
        order by origin_change, source_row
        rows between unbounded preceding and current row
    )

),

wanted as materialized (

    select following.*, bucket.month, bucket.currency, bucket.whole, bucket.shown, bucket.is_whole
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
    inner join wanted_part((select list(distinct bucket) from wanted where not is_whole)) as place using (bucket)
    group by wanted.run

)

select
    wanted.month, wanted.origin_change, wanted.currency, wanted.line_count,
    case when is_whole then line else spread.part end as amount,
    case
        when is_whole then rounded_part(so_far, line, wanted.shown, wanted.shown, whole)
        when is_known then spread.shown
    end as shown
from wanted
left join spread using (run)
