-- Staged cost that no team carries yet, by what it names.
-- grain: object_kind, area, currency, is_mapped; the largest amounts first
-- reads: staged_line, nature, live_value_mapping, live_cost_centre
-- units: minor units of currency; is_mapped: somebody has said where the area belongs, to a pool
with named as (

    select
        staged_line.*,
        case
            when aside != '' then 'aside'
            when cost_centre != '' then 'cost_centre'
            when pool != '' then 'pool'
            when person_key != '' then 'person'
            else 'nothing'
        end as object_kind
    from staged_line
    inner join nature on staged_line.nature = nature.nature
    where nature.is_cost and (staged_line.team = '' or staged_line.aside != '')

)

select
    named.object_kind,
    case named.object_kind
        when 'aside' then named.aside
        when 'cost_centre' then named.cost_centre
        when 'pool' then named.pool
        else ''
    end as area,
    named.currency,
    count(*) as line_count,
    cast(coalesce(sum(named.amount_minor), 0) as bigint) as amount_minor,
    coalesce(bool_or(live_value_mapping.kind is not null), false) as is_mapped,
    min(named.source_row, 5) as first_lines
from named
left join live_value_mapping
    on
        named.object_kind = 'cost_centre'
        and live_value_mapping.field = 'cost_centre'
        and live_value_mapping.source = $source
        and named.cost_centre = live_value_mapping.sent
left join live_cost_centre
    on
        named.object_kind = 'cost_centre'
        and case live_value_mapping.kind
            when 'cost_centre' then live_value_mapping.value
            else named.cost_centre
        end = live_cost_centre.cost_centre
where
    named.object_kind != 'cost_centre'
    or not (coalesce(live_value_mapping.kind, '') = 'team' or coalesce(live_cost_centre.team, '') != '')
group by all
order by abs(sum(named.amount_minor)) desc, 2, 3
