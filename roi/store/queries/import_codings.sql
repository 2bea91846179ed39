-- Writes what the staged lines are booked on, where no line of the ledger was before.
-- grain: coding
-- reads: staged_coding
-- units: none
insert into coding by name
select distinct
    coding, source, team, cost_centre, pool, person_key, category, scenario, nature, intent, treatment, aside, currency
from staged_coding
where is_new
