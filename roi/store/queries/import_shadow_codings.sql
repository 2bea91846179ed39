-- What lines would be booked on after the import; hides the stored table on this cursor.
-- grain: coding
-- reads: coding, staged_coding
-- units: none
create or replace temporary table coding as
select *
from coding

union all by name

select distinct
    coding, source, team, cost_centre, pool, person_key, category, scenario, nature, intent, treatment, aside, currency
from staged_coding
where is_new
