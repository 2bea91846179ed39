-- Lines of excluded natures, which tie the cost base to the books (rule V1).
-- grain: nature
-- reads: mart_team_cost
-- units: minor units of $currency; $first and $last as yyyymm, both included
select
    nature as name,
    cast(sum(amount_minor) as bigint) as amount_minor,
    cast(sum(line_count) as bigint) as line_count
from mart_team_cost
where
    scenario = 'actual'
    and placed = 'excluded'
    and currency = $currency
    and month between $first and $last
group by nature
order by abs(sum(amount_minor)) desc, nature
