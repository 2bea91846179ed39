-- Which sources hold pay: their sums are for finance.
-- grain: source
-- reads: mart_team_cost
-- units: none
select distinct source
from mart_team_cost
where is_pay
order by source
