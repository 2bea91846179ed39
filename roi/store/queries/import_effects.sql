-- What each team costs in the file's months and scenarios; suspense has an empty team.
-- grain: team, currency, month
-- reads: mart_team_cost, staged_sum, live_team
-- units: minor units of currency
select
    mart_team_cost.team,
    coalesce(any_value(live_team.name), '') as name,
    mart_team_cost.currency,
    mart_team_cost.month,
    cast(sum(mart_team_cost.amount_minor) as bigint) as amount_minor
from mart_team_cost
left join live_team on mart_team_cost.team = live_team.team
where
    mart_team_cost.placed != 'excluded'
    and (mart_team_cost.month, mart_team_cost.scenario)
    in (select (staged_sum.month, staged_sum.scenario) from staged_sum)
group by mart_team_cost.team, mart_team_cost.currency, mart_team_cost.month
order by mart_team_cost.team, mart_team_cost.currency, mart_team_cost.month
