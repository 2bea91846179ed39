-- Ledger lines summed by what they name: a team, a cost centre, a pool, a person, or nothing.
-- grain: month, source, object, aside, is_personal, scenario, nature, intent, treatment, category, currency
-- reads: live_ledger_line, coding, touched_month
-- units: minor units of currency
insert into mart_cost_bucket
with by_coding as (

    select month, coding, sum(amount_minor) as amount_minor, count(*) as line_count
    from live_ledger_line
    where month in (select touched_month.month from touched_month)
    group by month, coding

),

named as (

    select
        by_coding.* exclude (coding),
        coding.* exclude (coding),
        case
            when coding.team != '' then 'team'
            when coding.cost_centre != '' then 'cost_centre'
            when coding.pool != '' then 'pool'
            when coding.person_key != '' then 'person'
            else 'nothing'
        end as object_kind
    from by_coding
    inner join coding on by_coding.coding = coding.coding

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
        cast(sum(line_count) as bigint) as line_count
    from named
    group by all

)

select
    row_number() over () as bucket,
    *
from summed
