-- Heads of each team by month, and the roles that have no standard rate or no exchange rate for it.
-- grain: month, team
-- reads: mart_role_month; the variable is_converted of this cursor
-- units: share in parts per million of a head
-- params: $first and $last as yyyymm, both included
select
    month,
    team,
    cast(sum(share) as bigint) as share,
    coalesce(min(role) filter (where standard_minor is null), '') as role_without_rate,
    coalesce(
        min(currency) filter (
            where getvariable('is_converted') and standard_minor is not null and reporting_minor is null
        ),
        ''
    ) as currency_without_rate
from mart_role_month
where month between $first and $last
group by month, team
order by month, team
