-- Actual cost by one attribute at a time: each attribute's rows of a month sum to its cost of the places looked at.
-- grain: month, attribute, name
-- reads: shown_team_cost, live_cost_pool
-- units: minor units as shown, NULL where a rate is missing
-- params: $teams a list of team keys, NULL for all; $places a list; $pay: false leaves pay out
with its_cost as (

    select
        shown_team_cost.*,
        case object_kind
            when 'cost_centre' then object
            when 'pool' then coalesce(live_cost_pool.name, object)
            else ''
        end as area
    from shown_team_cost
    left join live_cost_pool
        on
            shown_team_cost.object_kind = 'pool'
            and shown_team_cost.object = live_cost_pool.pool
    where
        scenario = 'actual'
        and list_contains($places, placed)
        and ($teams is null or list_contains($teams, team))
        and ($pay or not is_pay)

),

entries as (

    select month, 'intent' as attribute, intent as name, amount_minor, line_count from its_cost
    union all
    select month, 'treatment', treatment, amount_minor, line_count from its_cost
    union all
    select month, 'category', category, amount_minor, line_count from its_cost
    union all
    select month, 'area', area, amount_minor, line_count from its_cost

)

select
    month,
    attribute,
    name,
    case when count(*) = count(amount_minor) then cast(sum(amount_minor) as bigint) end as amount_minor,
    cast(sum(line_count) as bigint) as line_count
from entries
group by month, attribute, name
order by month, attribute, name
