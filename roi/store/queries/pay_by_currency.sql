-- Pay of the whole company by original currency, with the people behind it (group of five).
-- grain: currency, month
-- reads: mart_team_cost
-- units: minor units of currency
with by_person as (

    select
        currency,
        month,
        case object_kind when 'person' then object else '' end as person,
        cast(sum(amount_minor) as bigint) as amount
    from mart_team_cost
    where scenario = 'actual' and is_pay
    group by all

)

select
    currency,
    month,
    count(*) filter (where person != '') as people,
    count(*) filter (where person = '') as unnamed,
    max(abs(amount)) as largest,
    cast(sum(amount) as bigint) as amount
from by_person
group by currency, month
order by currency, month
