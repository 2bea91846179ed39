-- Actual cost of some teams by one attribute at a time: each attribute's rows sum to the teams' cost.
-- grain: attribute, name
-- reads: mart_team_cost
-- units: minor units of $currency; $first and $last as yyyymm, both included; $teams a list of team keys
with its_cost as (

    select
        *
    from mart_team_cost
    where
        scenario = 'actual'
        and placed = 'team'
        and currency = $currency
        and month between $first and $last
        and list_contains($teams, team)

),

entries as (

    select 'intent' as attribute, intent as name, amount_minor, line_count from its_cost
    union all
    select 'treatment', treatment, amount_minor, line_count from its_cost
    union all
    select 'category', category, amount_minor, line_count from its_cost
    union all
    select 'area', case object_kind when 'team' then '' else object end, amount_minor, line_count from its_cost

)

select
    attribute,
    name,
    cast(sum(amount_minor) as bigint) as amount_minor,
    cast(sum(line_count) as bigint) as line_count
from entries
group by attribute, name
order by attribute, abs(sum(amount_minor)) desc, name
