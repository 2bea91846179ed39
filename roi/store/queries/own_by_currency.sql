-- Cost placed on teams by scenario in its original currency and converted; pay apart.
-- grain: scenario, team, month, currency, is_pay
-- reads: mart_team_cost; the variables in_currency and is_converted of this cursor
-- units: original in minor units of currency; amount as shown, NULL where a rate is missing
-- params: $scenarios a list; $first and $last as yyyymm, both included
select
    scenario,
    team,
    month,
    currency,
    is_pay,
    cast(sum(amount_minor) as bigint) as original,
    case
        when not getvariable('is_converted') then cast(sum(amount_minor) as bigint)
        when count(*) = count(reporting_minor) then cast(sum(reporting_minor) as bigint)
    end as amount
from mart_team_cost
where
    placed = 'team'
    and list_contains($scenarios, scenario)
    and month between $first and $last
    and (getvariable('is_converted') or currency = getvariable('in_currency'))
group by scenario, team, month, currency, is_pay
order by scenario, team, month, currency, is_pay
