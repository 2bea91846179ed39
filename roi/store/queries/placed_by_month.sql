-- Actual cost by its place: a team, overhead, an excluded nature, or suspense; pay and other cost apart.
-- grain: month, currency, placed, team (empty unless placed is team), is_pay
-- reads: mart_team_cost; the variables in_currency and is_converted of this cursor
-- units: original in minor units of currency; amount as shown, NULL where a rate is missing
-- params: $first and $last as yyyymm, both included
select
    month,
    currency,
    placed,
    team,
    is_pay,
    cast(sum(amount_minor) as bigint) as original,
    case
        when not getvariable('is_converted') then cast(sum(amount_minor) as bigint)
        when count(*) = count(reporting_minor) then cast(sum(reporting_minor) as bigint)
    end as amount,
    cast(sum(line_count) as bigint) as line_count
from mart_team_cost
where scenario = 'actual' and month between $first and $last
group by month, currency, placed, team, is_pay
order by month, currency, placed, team, is_pay
