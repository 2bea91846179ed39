-- Ledger lines summed by what they name: a team, a cost centre, a pool, a person, or nothing.
-- grain: month, source, object, aside, is_personal, scenario, nature, intent, treatment, category, currency
-- reads: live_cost_line, touched_month
-- units: minor units of currency
insert into mart_cost_bucket
with named as (

    select
        *,
        case
            when team != '' then 'team'
            when cost_centre != '' then 'cost_centre'
            when pool != '' then 'pool'
            when person_key != '' then 'person'
            else 'nothing'
        end as object_kind
    from live_cost_line
    where month in (select touched_month.month from touched_month)

),

summed as (

    select
        month,
        source,
        object_kind,
        case object_kind
            when 'team' then team
            when 'cost_centre' then cost_centre
            when 'pool' then pool
            when 'person' then person_key
            else ''
        end as object,
        aside,
        person_key != '' as is_personal,
        scenario,
        nature,
        intent,
        treatment,
        category,
        currency,
        cast(sum(amount_minor) as bigint) as amount_minor,
        count(*) as line_count
    from named
    group by all

)

select
    row_number() over () as bucket,
    *
from summed
