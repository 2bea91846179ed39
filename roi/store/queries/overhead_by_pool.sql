-- Overhead by pool, before it is shared out.
-- grain: pool
-- reads: shown_team_cost, live_cost_pool
-- units: minor units as shown, NULL where a rate is missing
-- params: $first and $last as yyyymm, both included; $pay: false leaves pay out
select
    coalesce(any_value(live_cost_pool.name), shown_team_cost.pool) as name,
    case
        when count(*) = count(shown_team_cost.amount_minor) then cast(sum(shown_team_cost.amount_minor) as bigint)
    end as amount_minor,
    cast(sum(shown_team_cost.line_count) as bigint) as line_count
from shown_team_cost
left join live_cost_pool on shown_team_cost.pool = live_cost_pool.pool
where
    shown_team_cost.scenario = 'actual'
    and shown_team_cost.placed = 'overhead'
    and ($pay or not shown_team_cost.is_pay)
    and shown_team_cost.month between $first and $last
group by shown_team_cost.pool
order by abs(sum(shown_team_cost.amount_minor)) desc, shown_team_cost.pool
