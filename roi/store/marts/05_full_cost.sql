-- Team cost after serving teams and overhead were passed on: own, passed on, received, overhead (decisions D2, D3).
-- grain: basis, month, team, hop, giver, scenario, treatment, category, currency
-- reads: mart_team_cost, mart_role_month, mart_platform_weight, mart_share, mart_cost_bucket, touched_month
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
    where month in (select touched_month.month from touched_month)

    union all

    select month, 'overhead', object, team, weight
    from mart_share
    where kind = 'overhead' and month in (select touched_month.month from touched_month)

),

whole as (

    select month, hop, giver, cast(sum(weight) as bigint) as weight
    from weights
    group by month, hop, giver

),

place as (

    select
        team,
        cast(row_number() over (order by team desc) as bigint) as place,
        cast(count(*) over () + 1 as hugeint) as places
    from weights
    group by team

),

cell as (

    select
        row_number() over () as cell,
        given.*,
        abs(given.amount_minor) as size,
        abs(given.reporting_minor) as reporting_size,
        whole.weight as whole
    from given
    inner join whole on given.month = whole.month and given.hop = whole.hop and given.giver = whole.giver

),

measured as (

    select
        cell.cell,
        weights.team,
        portion(cell.size, weights.weight, cell.whole) as floor_part,
        portion_rest(cell.size, weights.weight, cell.whole) * place.places + place.place as turn,
        portion(cell.reporting_size, weights.weight, cell.whole) as reporting_floor,
        portion_rest(cell.reporting_size, weights.weight, cell.whole) * place.places + place.place as reporting_turn
    from cell
    inner join weights
        on cell.month = weights.month and cell.hop = weights.hop and cell.giver = weights.giver
    inner join place on weights.team = place.team

),

-- The largest remainders get one more, ties to the earlier team: all whose turn is not after the last of them.
last_turn as (

    select
        measured.cell,
        list_sort(list(measured.turn), 'DESC')[
            cast(any_value(cell.size) - sum(measured.floor_part) as bigint)
        ] as turn,
        list_sort(list(measured.reporting_turn), 'DESC')[
            cast(any_value(cell.reporting_size) - sum(measured.reporting_floor) as bigint)
        ] as reporting_turn
    from measured
    inner join cell on measured.cell = cell.cell
    group by measured.cell

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
    cell.basis, cell.month, measured.team, cell.hop, cell.giver, cell.scenario, cell.treatment,
    case cell.hop when 'received' then 'platform' else 'overhead' end as category,
    cell.currency,
    sign(cell.amount_minor)
    * (measured.floor_part + case when measured.turn >= last_turn.turn then 1 else 0 end) as amount_minor,
    sign(cell.reporting_minor) * (
        measured.reporting_floor + case when measured.reporting_turn >= last_turn.reporting_turn then 1 else 0 end
    ) as reporting_minor
from measured
inner join cell on measured.cell = cell.cell
inner join last_turn on measured.cell = last_turn.cell
