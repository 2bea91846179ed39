-- Actual cost by its place: a team, an excluded nature, or suspense.
-- grain: month, placed, team (empty unless placed is team)
-- reads: mart_team_cost
-- units: minor units of $currency; $first and $last as yyyymm, both included
select
    month,
    placed,
    team,
    cast(sum(amount_minor) as bigint) as amount_minor,
    cast(sum(line_count) as bigint) as line_count
from mart_team_cost
where
    scenario = 'actual'
    and currency = $currency
    and month between $first and $last
group by month, placed, team
order by month, placed, team
