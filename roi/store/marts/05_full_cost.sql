-- Each team's own cost, on both bases, before anything is passed on (decision D2).
-- grain: basis, month, team, scenario, treatment, category, currency
-- reads: mart_team_cost, mart_role_month, mart_cost_bucket, touched_month
-- People at standard rates are actual cost only of months that have actual cost: a planned month is not one.
-- units: minor units of currency, and of the reporting currency (NULL where a rate is missing)
insert into mart_full_cost
with summed as (

    -- One pass for both bases: outside finance without what is pay.
    select
        month, team, scenario, treatment, category, currency,
        sum(amount_minor) as every_minor,
        case when count(*) = count(reporting_minor) then sum(reporting_minor) end as every_reporting,
        count(*) filter (where not is_pay) as bare_rows,
        sum(amount_minor) filter (where not is_pay) as bare_minor,
        case
            when count(*) filter (where not is_pay) = count(reporting_minor) filter (where not is_pay)
                then sum(reporting_minor) filter (where not is_pay)
        end as bare_reporting
    from mart_team_cost
    where placed = 'team' and month in (select touched_month.month from touched_month)
    group by month, team, scenario, treatment, category, currency

),

own as not materialized (

    select
        'actual' as basis, month, team, scenario, treatment, category, currency,
        cast(every_minor as bigint) as amount_minor,
        cast(every_reporting as bigint) as reporting_minor
    from summed

    union all

    select
        'standard', month, team, scenario, treatment, category, currency,
        cast(bare_minor as bigint),
        cast(bare_reporting as bigint)
    from summed
    where bare_rows > 0

    -- only with: assignment
    union all

    select
        'standard', month, team, 'actual', '', 'people at standard rates', currency,
        cast(sum(standard_minor) as bigint),
        case when count(*) = count(reporting_minor) then cast(sum(reporting_minor) as bigint) end
    from mart_role_month
    where
        standard_minor is not null
        and month in (select touched_month.month from touched_month)
        and month in (select mart_cost_bucket.month from mart_cost_bucket where mart_cost_bucket.scenario = 'actual')
    group by month, team, currency
    -- always

)

select
    basis, month, team, 'own' as hop, '' as giver, scenario, treatment, category, currency,
    amount_minor, reporting_minor
from own
