-- The figures of the closed months among the touched ones: what each team cost before and after it was passed on.
-- grain: month, place, team, hop, scenario, treatment, currency
-- reads: mart_team_cost, mart_full_cost, live_closed_month, touched_month
-- units: minor units of currency
select
    month, placed as place, team, reason as hop, scenario, treatment, currency,
    cast(sum(amount_minor) as bigint) as amount_minor
from mart_team_cost
semi join live_closed_month on mart_team_cost.month = live_closed_month.month
semi join touched_month on mart_team_cost.month = touched_month.month
group by all

union all

select
    month, basis, team, hop || ' ' || giver, scenario, treatment, currency,
    cast(sum(amount_minor) as bigint)
from mart_full_cost
semi join live_closed_month on mart_full_cost.month = live_closed_month.month
semi join touched_month on mart_full_cost.month = touched_month.month
group by all
order by all
