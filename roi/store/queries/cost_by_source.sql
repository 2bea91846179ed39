-- What each source delivered, by month, scenario and currency.
-- grain: source, scenario, currency, month
-- reads: mart_team_cost
-- units: minor units of currency
select
    source,
    scenario,
    currency,
    month,
    cast(sum(amount_minor) as bigint) as amount_minor,
    cast(sum(line_count) as bigint) as line_count
from mart_team_cost
group by source, scenario, currency, month
order by source, scenario, currency, month
