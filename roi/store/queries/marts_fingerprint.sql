-- Exact sums of the placed cost, to compare the stored mart with one that is built again.
-- grain: every dimension of mart_team_cost
-- reads: mart_team_cost
-- units: minor units of currency
select
    month, source, object_kind, object, placed, team, reason, scenario, nature, intent, treatment, category,
    currency,
    cast(sum(amount_minor) as bigint) as amount_minor,
    cast(sum(line_count) as bigint) as line_count
from mart_team_cost
group by all
order by all
