-- The changes after $change_id by which what an outcome counts may have moved: a new reading, tick, share, plan,
-- delivery, end, effort of a team, currency of the company, or movement of a finance line (rule V16).
-- grain: change
-- reads: confirmation, confirmed_reading, closure, epic, epic_plan, epic_slice, epic_team, finance_line, line_month,
-- metric_month, outcome, outcome_plan, question, reading, setting, value_driver
-- units: numbers of changes
with touched as (

    select unnest([added_by, removed_by]) as change_id from confirmation
    union all
    select unnest([added_by, removed_by]) as change_id from confirmed_reading
    union all
    select unnest([added_by, removed_by]) as change_id from closure
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
    where name = 'currency'
    union all
    select unnest([added_by, removed_by]) as change_id from value_driver

)

select distinct touched.change_id
from touched
where
    touched.change_id > $change_id
    and touched.change_id <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
order by touched.change_id
