-- Heads of a team by role and band, and what they cost at the standard rate of that month (decision D23).
-- grain: month, team, role, band
-- reads: live_assignment, live_standard_rate, live_setting, live_exchange_rate, currency, mart_cost_bucket, touched_month
-- Only months with ledger lines have heads, so that taking the lines back takes their heads back too.
-- units: share in parts per million of a head; money in minor units, NULL without a rate
-- only with: assignment
insert into mart_role_month
with assigned as materialized (

    -- Telling people apart is dear, and needed only where somebody is assigned to the same work twice.
    select
        *,
        count(*) over (partition by person_key, team, role, band) > 1 as is_twice
    from live_assignment

),

present as not materialized (

    select assigned.*, touched_month.month
    from assigned
    inner join touched_month
        on
            assigned.first_month <= touched_month.month
            and coalesce(assigned.last_month, 299912) >= touched_month.month
    where touched_month.month in (select mart_cost_bucket.month from mart_cost_bucket)

),

counted as (

    select month, team, role, band, sum(share) as share, count(*) as people
    from present
    where not is_twice
    group by month, team, role, band

    union all

    select month, team, role, band, sum(share), count(distinct person_key)
    from present
    where is_twice
    group by month, team, role, band

),

heads as (

    select month, team, role, band, cast(sum(share) as bigint) as share, cast(sum(people) as bigint) as people
    from counted
    group by month, team, role, band

),

rate as (

    select
        heads.month,
        heads.team,
        heads.role,
        heads.band,
        arg_max(live_standard_rate.currency, live_standard_rate.first_month) as currency,
        arg_max(live_standard_rate.amount_minor, live_standard_rate.first_month) as amount_minor
    from heads
    inner join live_standard_rate
        on
            heads.role = live_standard_rate.role
            and heads.band = live_standard_rate.band
            and live_standard_rate.first_month <= heads.month
    group by heads.month, heads.team, heads.role, heads.band

),

priced as (

    select
        heads.*,
        rate.currency,
        floor_quotient(2 * cast(heads.share as hugeint) * rate.amount_minor + 1000000, 2000000) as standard_minor
    from heads
    left join rate
        on
            heads.month = rate.month
            and heads.team = rate.team
            and heads.role = rate.role
            and heads.band = rate.band

)

select
    priced.month,
    priced.team,
    priced.role,
    priced.band,
    priced.share,
    priced.people,
    priced.currency,
    cast(priced.standard_minor as bigint) as standard_minor,
    cast(
        case
            when priced.currency = reporting.currency then priced.standard_minor
            else floor_quotient(
                2 * priced.standard_minor * live_exchange_rate.rate_billionths
                * cast(power(10, target.minor_digits) as hugeint)
                + 1000000000 * cast(power(10, original.minor_digits) as hugeint),
                2000000000 * cast(power(10, original.minor_digits) as hugeint)
            )
        end as bigint
    ) as reporting_minor
from priced
left join (select value as currency from live_setting where name = 'currency') as reporting on true
left join currency as target on reporting.currency = target.currency
left join currency as original on priced.currency = original.currency
left join live_exchange_rate
    on
        priced.currency = live_exchange_rate.currency
        and reporting.currency = live_exchange_rate.target
        and priced.month = live_exchange_rate.month
        and live_exchange_rate.basis = 'average'
-- always
