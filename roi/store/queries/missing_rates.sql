-- Exchange rates that ledger lines wait for: the average of the month, or the frozen rate of a plan.
-- grain: month, currency, scenario
-- reads: mart_team_cost
-- units: count of lines
select
    month,
    currency,
    scenario,
    cast(sum(line_count) as bigint) as line_count
from mart_team_cost
where reporting_minor is null
group by month, currency, scenario
order by month, currency, scenario
