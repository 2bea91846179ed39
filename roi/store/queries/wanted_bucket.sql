-- The buckets of which something is wanted, and which codings lie in them.
-- grain: the tables `wanted_bucket` by bucket, `wanted_coding` by month, coding and bucket; a macro by place
-- reads: what `wanted_line` and `wanted_of_all` or `wanted_of_few` prepare on this cursor
-- units: minor units of currency; shown as the report shows it, NULL where a rate is missing
-- What a bucket holds, what of it is wanted, and whether that is all of its places, so that parts sum to lines.
create or replace temporary table wanted_bucket as
select
    cast(row_number() over () as integer) as bucket,
    * exclude (first_team, last_team, first_reason, last_reason, rule, is_all),
    first_team = last_team as is_of_one,
    case when is_of_one then first_team else '' end as team,
    case when is_of_one and first_reason = last_reason then first_reason else rule end as reason,
    whole != 0 and is_all as is_whole,
    is_whole and (not getvariable('is_converted') or currency = getvariable('in_currency')) as is_plain
from wanted_summed;

-- Which codings lie in which of these buckets: lines and words meet here, and nowhere else.
create or replace temporary table wanted_coding as
select bucket.month, coding.coding, bucket.bucket, meets(getvariable('wanted').area, coding.area) as is_area
from named_coding as coding
inner join wanted_bucket as bucket
    using (source, object_kind, object, scenario, nature, intent, treatment, category, currency)
where bucket.is_excluded or coding.aside = bucket.aside;

-- The wanted places of some buckets, with what these hold in all places up to there.
create or replace temporary macro wanted_part(buckets) as table (

    with its as materialized (

        select wanted_place.*, bucket.bucket, bucket.whole
        from wanted_place
        inner join (select * from wanted_bucket where bucket in (select unnest(buckets))) as bucket
            using (month, source, object_kind, object, scenario, nature, intent, treatment, category, currency, aside)

    ),

    place as (

        select
            bucket, whole, placed, team, rule, reason, is_pay, is_wanted,
            cast(sum(amount_minor) as hugeint) as part,
            case when count(*) = count(shown_minor) then cast(sum(shown_minor) as hugeint) end as shown
        from its
        group by all

    )

    select
        *,
        count(*) over (partition by bucket) as places,
        cast(sum(part) over up_to_here as hugeint) as parts,
        cast(sum(shown) over up_to_here as hugeint) as all_shown
    from place
    window up_to_here as (
        partition by bucket
        order by placed, team, rule, reason, is_pay
        rows between unbounded preceding and current row
    )
    qualify is_wanted

)
