-- Every live ledger line with its place, taken from the mart's row for its bucket, with its file.
-- grain: live ledger line
-- reads: live_cost_line, mart_team_cost, change
-- units: minor units of currency
create or replace temporary view placed_line as
with place as (

    select distinct
        month, source, object_kind, object, scenario, nature, intent, treatment, category, currency,
        placed, team, reason
    from mart_team_cost

),

line as (

    select
        *,
        case
            when team != '' then 'team'
            when cost_centre != '' then 'cost_centre'
            when pool != '' then 'pool'
            when person_key != '' then 'person'
            else 'nothing'
        end as object_kind,
        case
            when team != '' then team
            when cost_centre != '' then cost_centre
            when pool != '' then pool
            else ''
        end as object
    from live_cost_line

)

select
    line.origin_change,
    change.source_name as file_name,
    change.source_sha256,
    change.recorded_at,
    change.actor,
    line.source_row,
    line.month,
    line.source,
    case line.object_kind when 'team' then line.cost_centre else line.object end as area,
    place.team,
    place.placed,
    place.reason,
    line.category,
    line.supplier,
    line.description,
    line.scenario,
    line.nature,
    line.intent,
    line.treatment,
    line.currency,
    line.amount_minor
from line
inner join change on line.origin_change = change.change_id
inner join place
    on
        line.month = place.month
        and line.source = place.source
        and line.object_kind = place.object_kind
        and line.object = place.object
        and line.scenario = place.scenario
        and line.nature = place.nature
        and line.intent = place.intent
        and line.treatment = place.treatment
        and line.category = place.category
        and line.currency = place.currency
        and (
            place.placed = 'excluded'
            or case line.aside
                when '' then not starts_with(place.reason, 'set aside: ')
                else place.reason = 'set aside: ' || line.aside
            end
        )
