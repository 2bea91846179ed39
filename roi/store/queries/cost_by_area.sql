-- Every cost area of a source, its actual cost over all months, and where that goes. An area whose every
-- line is of a nature that is not cost (rule V1) waits for nothing: those natures are named with what they hold.
-- grain: source, area, currency
-- reads: mart_team_cost, live_value_mapping, live_cost_centre
-- units: minor units of currency
-- params: $pay: false leaves pay out
with areas as (

    select
        source,
        object,
        currency,
        string_agg(distinct nature, ',' order by nature) as natures,
        bool_and(placed = 'excluded') as is_left_out,
        cast(sum(case scenario when 'actual' then amount_minor else 0 end) as bigint) as every_minor,
        cast(sum(case scenario when 'actual' then line_count else 0 end) as bigint) as every_count,
        cast(sum(amount_minor) filter (where scenario = 'actual' and placed != 'excluded') as bigint) as cost_minor,
        cast(sum(line_count) filter (where scenario = 'actual' and placed != 'excluded') as bigint) as cost_count
    from mart_team_cost
    where object_kind = 'cost_centre' and ($pay or not is_pay)
    group by source, object, currency

),

counted as (

    select
        source,
        object,
        currency,
        case when is_left_out then natures else '' end as left_out,
        case when is_left_out then every_minor else coalesce(cost_minor, 0) end as amount_minor,
        case when is_left_out then every_count else coalesce(cost_count, 0) end as line_count
    from areas

)

select
    counted.source,
    counted.object as area,
    counted.currency,
    counted.left_out,
    counted.amount_minor,
    counted.line_count,
    coalesce(live_value_mapping.kind, '') as mapped_kind,
    coalesce(live_value_mapping.value, '') as mapped_value,
    coalesce(live_cost_centre.team, '') as centre_team
from counted
left join live_value_mapping
    on
        live_value_mapping.field = 'cost_centre'
        and counted.source = live_value_mapping.source
        and counted.object = live_value_mapping.sent
left join live_cost_centre on counted.object = live_cost_centre.cost_centre
order by abs(counted.amount_minor) desc, counted.source, counted.object, counted.currency
