-- Actual cost that no team carries yet, by its name in the source and the reason; largest first.
-- grain: source, object, reason
-- reads: mart_team_cost
-- units: minor units of $currency; $first and $last as yyyymm, both included
select
    source,
    object,
    reason,
    cast(sum(amount_minor) as bigint) as amount_minor,
    cast(sum(line_count) as bigint) as line_count
from mart_team_cost
where
    scenario = 'actual'
    and placed = 'suspense'
    and currency = $currency
    and month between $first and $last
group by source, object, reason
order by abs(sum(amount_minor)) desc, source, object, reason
