-- Team cost after serving teams and overhead were passed on: own, passed on, received, overhead (decisions D2, D3).
-- grain: basis, month, team, hop, giver, scenario, treatment, category, currency
-- reads: mart_team_cost, mart_role_month, mart_platform_weight, mart_share, mart_cost_bucket, touched_month
-- People at standard rates are actual cost only of months that have actual cost: a planned month is not one.
-- units: minor units of currency, and of the reporting currency (NULL where a rate is missing)
insert into mart_full_cost
with own as (

    select
        'actual' as basis, month, team, scenario, treatment, category, currency,
        cast(sum(amount_minor) as bigint) as amount_minor,
        case when count(*) = count(reporting_minor) then cast(sum(reporting_minor) as bigint) end as reporting_minor
    from mart_team_cost
    where placed = 'team' and month in (select touched_month.month from touched_month)
    group by month, team, scenario, treatment, category, currency

    union all

    select
        'standard', month, team, scenario, treatment, category, currency,
        cast(sum(amount_minor) as bigint),
        case when count(*) = count(reporting_minor) then cast(sum(reporting_minor) as bigint) end
    from mart_team_cost
    where placed = 'team' and not is_pay and month in (select touched_month.month from touched_month)
    group by month, team, scenario, treatment, category, currency

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

),

given as (

    select
        basis, month, team as giver, 'received' as hop, scenario, treatment, currency,
        cast(sum(amount_minor) as bigint) as amount_minor,
        case when count(*) = count(reporting_minor) then cast(sum(reporting_minor) as bigint) end as reporting_minor
    from own
    semi join mart_platform_weight
        on own.month = mart_platform_weight.month and own.team = mart_platform_weight.giver
    group by all

    union all

    select
        basis.basis, month, pool as giver, 'overhead' as hop, scenario, treatment, currency,
        cast(sum(amount_minor) as bigint),
        case when count(*) = count(reporting_minor) then cast(sum(reporting_minor) as bigint) end
    from mart_team_cost
    inner join (values ('actual'), ('standard')) as basis (basis) on basis.basis = 'actual' or not is_pay
    where placed = 'overhead' and month in (select touched_month.month from touched_month)
    group by all

),

weights as (

    select month, 'received' as hop, giver, receiver as team, weight
    from mart_platform_weight

    union all

    select month, 'overhead', object, team, weight
    from mart_share
    where kind = 'overhead'

),

joined as (

    select given.*, weights.team, weights.weight
    from given
    inner join weights
        on
            given.month = weights.month
            and given.hop = weights.hop
            and given.giver = weights.giver

),

measured as (

    select
        *,
        cast(abs(amount_minor) as hugeint) * weight // sum(weight) over cell as floor_part,
        cast(abs(amount_minor) as hugeint) * weight % sum(weight) over cell as remainder,
        cast(abs(reporting_minor) as hugeint) * weight // sum(weight) over cell as reporting_floor,
        cast(abs(reporting_minor) as hugeint) * weight % sum(weight) over cell as reporting_remainder
    from joined
    window cell as (partition by basis, month, hop, giver, scenario, treatment, currency)

),

ranked as (

    select
        *,
        abs(amount_minor) - sum(floor_part) over cell
        >= row_number() over (
            partition by basis, month, hop, giver, scenario, treatment, currency
            order by remainder desc, team
        ) as is_one_more,
        abs(reporting_minor) - sum(reporting_floor) over cell
        >= row_number() over (
            partition by basis, month, hop, giver, scenario, treatment, currency
            order by reporting_remainder desc, team
        ) as is_one_more_reporting
    from measured
    window cell as (partition by basis, month, hop, giver, scenario, treatment, currency)

)

select
    basis, month, team, 'own' as hop, '' as giver, scenario, treatment, category, currency,
    amount_minor, reporting_minor
from own

union all

select
    basis, month, giver, 'passed_on', '', scenario, treatment, 'platform', currency,
    -amount_minor, -reporting_minor
from given
where hop = 'received'

union all

select
    basis, month, team, hop, giver, scenario, treatment,
    case hop when 'received' then 'platform' else 'overhead' end as category,
    currency,
    cast(sign(amount_minor) * (floor_part + case when is_one_more then 1 else 0 end) as bigint),
    cast(sign(reporting_minor) * (reporting_floor + case when is_one_more_reporting then 1 else 0 end) as bigint)
from ranked
