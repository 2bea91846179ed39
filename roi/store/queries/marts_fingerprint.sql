-- Exact sums of the marts that figures are read from, to compare the stored ones with those that are built again.
-- grain: every dimension of mart_team_cost, mart_full_cost and mart_role_month
-- reads: mart_team_cost, mart_full_cost, mart_role_month
-- units: minor units of currency
select
    'own' as hop, month, source, object_kind, object, placed, team, rule, pool, reason, is_pay, scenario,
    nature, intent, treatment, category, currency,
    cast(sum(amount_minor) as bigint) as amount_minor,
    cast(sum(reporting_minor) as bigint) as reporting_minor,
    cast(sum(line_count) as bigint) as line_count
from mart_team_cost
group by all

union all

select
    basis || ' ' || hop, month, '', '', giver, '', team, '', '', '', false, scenario, '', '', treatment, category,
    currency, cast(sum(amount_minor) as bigint), cast(sum(reporting_minor) as bigint), 0
from mart_full_cost
group by all

union all

select
    'role ' || role, month, '', '', band, '', team, '', '', cast(sum(people) as varchar), true, '', '', '', '', '',
    coalesce(currency, ''), cast(sum(standard_minor) as bigint), cast(sum(reporting_minor) as bigint),
    cast(sum(share) as bigint)
from mart_role_month
group by all
order by all
