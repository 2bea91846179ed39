-- Team cost that serving teams and overhead pass on: passed on, received, overhead (decisions D2, D3).
-- grain: basis, month, team, hop, giver, scenario, treatment, category, currency
-- reads: mart_full_cost, mart_team_cost, mart_platform_weight, mart_share, touched_month
-- units: minor units of currency, and of the reporting currency (NULL where a rate is missing)
-- only with: cost_pool, platform_usage
insert into mart_full_cost
with given as (

    select
        basis, month, team as giver, 'received' as hop, scenario, treatment, currency,
        cast(sum(amount_minor) as bigint) as amount_minor,
        case when count(*) = count(reporting_minor) then cast(sum(reporting_minor) as bigint) end as reporting_minor
    from mart_full_cost as own
    semi join mart_platform_weight
        on own.month = mart_platform_weight.month and own.team = mart_platform_weight.giver
    where own.hop = 'own' and own.month in (select touched_month.month from touched_month)
    group by basis, month, team, scenario, treatment, currency

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
-- always
