-- The ledger lines that are wanted, largest first; of a shared line the part that is wanted.
-- grain: live ledger line; team is empty where several teams share it
-- reads: what `wanted_line` prepares on this cursor, live_ledger_line, change
-- units: minor units of currency
-- A part differs from its fraction of the line by less than two units a place. So it is known which lines cannot
-- be among those asked for, and only the others are spread over their places, unless all of these are wanted.
with bounded as (

    select
        line.origin_change, line.source_row, line.month, line.coding, line.amount_minor, bucket.bucket,
        bucket.is_whole,
        case
            when bucket.is_whole or bucket.whole = 0 then abs(cast(line.amount_minor as hugeint))
            else abs(line.amount_minor * bucket.part // bucket.whole)
        end as about,
        case
            when bucket.is_whole then 0
            when bucket.whole = 0 then about
            else 2 * bucket.places + 1
        end as give
    from live_ledger_line as line
    inner join named_coding using (coding)
    inner join wanted_bucket as bucket
        using (month, source, object_kind, object, scenario, nature, intent, treatment, category, currency)
    where
        is_wanted_month(line.month)
        and (bucket.is_excluded or named_coding.aside = bucket.aside)
        and is_wanted_line(line.origin_change, named_coding.area)

),

candidate as materialized (

    select *
    from bounded
    where
        about + give >= (
            select min(at_least)
            from (select about - give as at_least from bounded order by at_least desc limit ($limit + $offset)) as largest
        )

),

following as (

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
    inner join named_coding using (coding)
    inner join (
        select *
        from wanted_bucket
        where bucket in (select bucket from candidate where not is_whole)
    ) as bucket
        using (month, source, object_kind, object, scenario, nature, intent, treatment, category, currency)
    where is_wanted_month(line.month) and (bucket.is_excluded or named_coding.aside = bucket.aside)

),

spread as (

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
    semi join candidate using (origin_change, source_row, month)
    inner join wanted_part((select list(distinct bucket) from candidate where not is_whole)) as place
        on following.bucket = place.bucket
    group by following.origin_change, following.source_row, following.month

),

named as (

    select
        bucket,
        case when count(distinct team) = 1 then min(team) else '' end as team,
        max(placed) as placed,
        case when count(distinct (team, reason)) = 1 then min(reason) else max(rule) end as reason
    from wanted_place
    inner join (select * from wanted_bucket where bucket in (select bucket from candidate)) as bucket
        using (month, source, object_kind, object, scenario, nature, intent, treatment, category, currency, aside)
    where is_wanted
    group by bucket

),

shown as (

    select candidate.*, case when is_whole then candidate.amount_minor else spread.part end as wanted_minor
    from candidate
    left join spread using (origin_change, source_row, month)
    order by abs(wanted_minor) desc, month, origin_change, source_row
    limit $limit offset $offset

)

select
    shown.origin_change,
    change.source_name as file_name,
    shown.source_row,
    shown.month,
    coding.source,
    coding.area,
    named.team,
    named.placed,
    named.reason,
    coding.category,
    line.supplier,
    line.description,
    coding.scenario,
    coding.nature,
    coding.intent,
    coding.treatment,
    coding.currency,
    shown.wanted_minor as amount_minor
from shown
inner join named using (bucket)
inner join named_coding as coding using (coding)
inner join change on shown.origin_change = change.change_id
inner join live_ledger_line as line
    on
        shown.origin_change = line.origin_change
        and shown.source_row = line.source_row
        and shown.month = line.month
order by abs(shown.wanted_minor) desc, shown.month, shown.origin_change, shown.source_row
