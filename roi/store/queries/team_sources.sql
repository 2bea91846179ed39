-- Which sources a team's actual cost of a month comes from.
-- grain: month, team, source, currency
-- reads: mart_team_cost
-- units: none
select distinct
    month,
    team,
    source,
    currency
from mart_team_cost
where scenario = 'actual' and placed = 'team'
order by month, team, source, currency
