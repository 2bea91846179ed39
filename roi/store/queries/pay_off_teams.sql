-- Pay that is on no team, and how many people stand behind it: outside finance it is shown from five on.
-- grain: month, placed
-- reads: shown_team_cost
-- units: minor units as shown
-- params: $first and $last as yyyymm, both included
with by_person as (

    select
        month,
        placed,
        case object_kind when 'person' then object else '' end as person,
        cast(sum(abs(coalesce(amount_minor, 0))) as bigint) as amount
    from shown_team_cost
    where scenario = 'actual' and is_pay and placed != 'team' and month between $first and $last
    group by all

)

select
    month,
    placed,
    count(*) filter (where person != '') as people,
    count(*) filter (where person = '') as unnamed,
    max(amount) as largest,
    cast(sum(amount) as bigint) as amount
from by_person
group by month, placed
order by month, placed
