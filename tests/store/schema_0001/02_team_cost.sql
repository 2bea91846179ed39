-- Each bucket's place: excluded nature, the team it names or is mapped to, else suspense with its reason.
-- grain: as mart_cost_bucket; every bucket stands in exactly one row, so sums are kept (law T1)
-- reads: mart_cost_bucket, live_value_mapping, live_cost_centre, nature, touched_month
-- units: minor units of currency
insert into mart_team_cost
with mapped as (

    select
        mart_cost_bucket.*,
        nature.is_cost,
        coalesce(live_value_mapping.kind, '') as mapped_kind,
        coalesce(live_value_mapping.value, '') as mapped_value,
        coalesce(live_cost_centre.team, '') as centre_team
    from mart_cost_bucket
    inner join nature on mart_cost_bucket.nature = nature.nature
    left join live_value_mapping
        on
            mart_cost_bucket.object_kind = 'cost_centre'
            and live_value_mapping.field = 'cost_centre'
            and mart_cost_bucket.source = live_value_mapping.source
            and mart_cost_bucket.object = live_value_mapping.sent
    left join live_cost_centre
        on
            case
                when live_value_mapping.kind = 'cost_centre' then live_value_mapping.value
                when live_value_mapping.kind is null and mart_cost_bucket.object_kind = 'cost_centre'
                    then mart_cost_bucket.object
            end = live_cost_centre.cost_centre
    where mart_cost_bucket.month in (select touched_month.month from touched_month)

),

teamed as (

    select
        *,
        case
            when object_kind = 'team' then object
            when mapped_kind = 'team' then mapped_value
            else centre_team
        end as its_team
    from mapped

),

placed as (

    select
        *,
        case
            when not is_cost then 'excluded'
            when aside != '' or its_team = '' then 'suspense'
            else 'team'
        end as placed
    from teamed

)

select
    month,
    source,
    object_kind,
    object,
    placed,
    case placed when 'team' then its_team else '' end as team,
    case
        when placed = 'team' then ''
        when placed = 'excluded' then nature
        when aside != '' then 'set aside: ' || aside
        when mapped_kind = 'pool' then 'in pool ' || mapped_value || ', which has no driver yet'
        when object_kind = 'pool' then 'in pool ' || object || ', which has no driver yet'
        when object_kind = 'person' then 'person not assigned to a team yet'
        when object_kind = 'nothing' then 'names no team and no cost area'
        else 'cost area not mapped to a team yet'
    end as reason,
    scenario,
    nature,
    intent,
    treatment,
    category,
    currency,
    amount_minor,
    line_count
from placed
