-- The changes after $change_id by which what an outcome counts may have moved: a new reading, tick, share, plan,
-- delivery, end, effort of a team, currency or horizon of the company, or movement of a finance line, or how sure it is:
-- an input of a driver (V16).
-- is_restated: the change, or the one that it undoes, is named a restatement of closed months.
-- grain: change
-- reads: change, confirmation, confirmed_reading, closure, driver_input, epic, epic_plan, epic_slice, epic_team,
-- finance_line, line_month, metric_month, outcome, outcome_plan, question, reading, setting, value_driver
-- units: numbers of changes
with touched as (

    select unnest([added_by, removed_by]) as change_id from confirmation
    union all
    select unnest([added_by, removed_by]) as change_id from confirmed_reading
    union all
    select unnest([added_by, removed_by]) as change_id from closure
    union all
    select unnest([added_by, removed_by]) as change_id from driver_input
    union all
    select unnest([added_by, removed_by]) as change_id from epic
    union all
    select unnest([added_by, removed_by]) as change_id from epic_plan
    union all
    select unnest([added_by, removed_by]) as change_id from epic_slice
    union all
    select unnest([added_by, removed_by]) as change_id from epic_team
    union all
    select unnest([added_by, removed_by]) as change_id from finance_line
    union all
    select unnest([added_by, removed_by]) as change_id from line_month
    union all
    select unnest([added_by, removed_by]) as change_id from metric_month
    union all
    select unnest([added_by, removed_by]) as change_id from outcome
    union all
    select unnest([added_by, removed_by]) as change_id from outcome_plan
    union all
    select unnest([added_by, removed_by]) as change_id from question
    union all
    select unnest([added_by, removed_by]) as change_id from reading
    union all
    select unnest([added_by, removed_by]) as change_id from setting
    where name in ('currency', 'horizon_months')
    union all
    select unnest([added_by, removed_by]) as change_id from value_driver

)

select
    touched.change_id,
    bool_or(
        coalesce(json_extract_string(made.detail, '$.restatement'), '') != ''
        or coalesce(json_extract_string(undone.detail, '$.restatement'), '') != ''
    ) as is_restated
from touched
inner join change as made on touched.change_id = made.change_id
left join change as undone on made.undoes = undone.change_id
where
    touched.change_id > $change_id
    and touched.change_id <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
group by touched.change_id
order by touched.change_id
