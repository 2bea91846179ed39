-- Actual cost by its place: a team, overhead, an excluded nature, or suspense; pay and other cost apart.
-- grain: month, placed, team (empty unless placed is team), is_pay; only currencies that are looked at
-- reads: mart_team_cost; the variables in_currency and is_converted of this cursor
-- units: amount in minor units as shown, without the currencies in `missing`, for which no rate is known
-- params: $first and $last as yyyymm, both included
with by_currency as (
    select
        month,
        placed,
        team,
        is_pay,
        currency,
        case
            when not getvariable('is_converted') then cast(sum(amount_minor) as bigint)
            when count(*) = count(reporting_minor) then cast(sum(reporting_minor) as bigint)
        end as amount,
        cast(sum(line_count) as bigint) as line_count
    from mart_team_cost
    where
        scenario = 'actual' and month between $first and $last
        and (getvariable('is_converted') or currency = getvariable('in_currency'))
    group by month, placed, team, is_pay, currency
)

select
    month,
    placed,
    team,
    is_pay,
    cast(coalesce(sum(amount), 0) as bigint) as amount,
    list(currency order by currency) filter (where amount is null) as missing,
    cast(sum(line_count) as bigint) as line_count
from by_currency
group by month, placed, team, is_pay
order by month, placed, team, is_pay
