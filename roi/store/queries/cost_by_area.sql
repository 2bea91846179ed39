-- Every cost area of a source, its actual cost over all months, and where that goes.
-- grain: source, area, currency
-- reads: mart_team_cost, live_value_mapping, live_cost_centre
-- units: minor units of currency
-- params: $pay: false leaves pay out
with areas as (

    select
        source,
        object,
        currency,
        cast(sum(case scenario when 'actual' then amount_minor else 0 end) as bigint) as amount_minor,
        cast(sum(case scenario when 'actual' then line_count else 0 end) as bigint) as line_count
    from mart_team_cost
    where object_kind = 'cost_centre' and ($pay or not is_pay)
    group by source, object, currency

)

select
    areas.source,
    areas.object as area,
    areas.currency,
    areas.amount_minor,
    areas.line_count,
    coalesce(live_value_mapping.kind, '') as mapped_kind,
    coalesce(live_value_mapping.value, '') as mapped_value,
    coalesce(live_cost_centre.team, '') as centre_team
from areas
left join live_value_mapping
    on
        live_value_mapping.field = 'cost_centre'
        and areas.source = live_value_mapping.source
        and areas.object = live_value_mapping.sent
left join live_cost_centre on areas.object = live_cost_centre.cost_centre
order by abs(areas.amount_minor) desc, areas.source, areas.object, areas.currency
