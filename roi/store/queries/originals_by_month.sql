-- What the places of actual cost hold together, in its own currencies (law T1).
-- grain: month, currency
-- reads: mart_team_cost
-- units: minor units of currency
-- params: $first and $last as yyyymm, both included
select
    month,
    currency,
    cast(sum(amount_minor) as bigint) as original
from mart_team_cost
where scenario = 'actual' and month between $first and $last
group by month, currency
order by month, currency
