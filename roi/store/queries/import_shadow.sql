-- The live lines of the file's months as they would be after the import; hides the stored view on this cursor.
-- grain: line
-- reads: cost_line, staged_sum, staged_line
-- units: minor units of currency
create or replace temporary table live_cost_line as
with staged_months as (

    select distinct month, scenario from staged_sum

)

select
    month, source, team, cost_centre, pool, person_key, aside, scenario, nature, intent, treatment, category,
    period_first, period_last, currency, amount_minor
from cost_line
where
    removed_by = 2147483647
    and month in (select staged_months.month from staged_months)
    and not (
        $is_replacing
        and source = $source
        and (month, scenario) in (select (staged_months.month, staged_months.scenario) from staged_months)
    )

union all

select
    month, source, team, cost_centre, pool, person_key, aside, scenario, nature, intent, treatment, category,
    period_first, period_last, currency, amount_minor
from staged_line
