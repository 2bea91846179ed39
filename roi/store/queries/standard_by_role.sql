-- What people cost at standard rates by team and role in each month.
-- grain: month, team, role, currency
-- reads: mart_role_month; the variables in_currency and is_converted of this cursor
-- units: share in parts per million of a head; original in minor units of currency, NULL without a rate;
--        amount as shown, NULL where a rate is missing
-- params: $first and $last as yyyymm, both included
select
    month,
    team,
    role,
    currency,
    cast(sum(share) as bigint) as share,
    case when count(*) = count(standard_minor) then cast(sum(standard_minor) as bigint) end as original,
    case
        when not getvariable('is_converted') and count(*) = count(standard_minor)
            then cast(sum(standard_minor) as bigint)
        when count(*) = count(reporting_minor) then cast(sum(reporting_minor) as bigint)
    end as amount
from mart_role_month
where
    month between $first and $last
    and (
        currency is null or getvariable('is_converted') or currency = getvariable('in_currency')
    )
group by month, team, role, currency
order by month, team, role, currency
