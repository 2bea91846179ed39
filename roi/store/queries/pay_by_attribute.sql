-- Pay of the whole company by intent and by treatment, with the people behind each cell (group of five).
-- grain: attribute, name, month
-- reads: shown_team_cost
-- units: minor units as shown, NULL where a rate is missing
-- params: $first and $last as yyyymm, both included; $places a list
with entries as (

    select 'intent' as attribute, intent as name, month, object_kind, object, amount_minor, line_count
    from shown_team_cost
    where scenario = 'actual' and is_pay and list_contains($places, placed) and month between $first and $last

    union all

    select 'treatment', treatment, month, object_kind, object, amount_minor, line_count
    from shown_team_cost
    where scenario = 'actual' and is_pay and list_contains($places, placed) and month between $first and $last

),

by_person as (

    select
        attribute,
        name,
        month,
        case object_kind when 'person' then object else '' end as person,
        case when count(*) = count(amount_minor) then cast(sum(amount_minor) as bigint) end as amount,
        cast(sum(line_count) as bigint) as line_count
    from entries
    group by all

)

select
    attribute,
    name,
    month,
    count(*) filter (where person != '') as people,
    count(*) filter (where person = '') as unnamed,
    coalesce(max(abs(amount)), 0) as largest,
    case when count(*) = count(amount) then cast(sum(amount) as bigint) end as amount_minor,
    cast(sum(line_count) as bigint) as line_count
from by_person
group by attribute, name, month
order by attribute, name, month
