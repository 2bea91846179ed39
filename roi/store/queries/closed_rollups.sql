-- What value streams and divisions cost in closed months by the structure as it was after change $change_id, so that
-- a team that is moved in the past does not move them in silence (decisions D5 and D11).
-- grain: month, place, team, currency
-- reads: mart_full_cost, live_closed_month, team, team_structure
-- params: $change_id
-- units: minor units of the currency as booked; team is empty
with cost as (

    select month, team, currency, sum(amount_minor) as amount_minor
    from mart_full_cost
    where
        basis = 'actual'
        and scenario = 'actual'
        and month in (select live_closed_month.month from live_closed_month)
    group by all

),

moves as (

    select team, first_month, value_stream, division
    from team_structure
    where added_by <= $change_id and removed_by > $change_id

),

teams as (

    select team, value_stream, division
    from team
    where added_by <= $change_id and removed_by > $change_id

),

placed as (

    select
        cost.month,
        cost.currency,
        cost.amount_minor,
        coalesce(moves.value_stream, teams.value_stream) as value_stream,
        coalesce(moves.division, teams.division) as division
    from cost
    inner join teams on cost.team = teams.team
    asof left join moves on cost.team = moves.team and cost.month >= moves.first_month

)

select
    month, 'value stream ' || value_stream as place, '' as team, currency,
    cast(sum(amount_minor) as bigint) as amount_minor
from placed
where value_stream != ''
group by all

union all

select month, 'division ' || division, '', currency, cast(sum(amount_minor) as bigint)
from placed
where division != ''
group by all
order by all
