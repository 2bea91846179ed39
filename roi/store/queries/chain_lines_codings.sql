-- What the numbers mean on which a change's lines are booked.
-- grain: coding
-- reads: coding, ledger_line
-- units: none; origin_change is 0, as a coding belongs to no change
select
    0 as origin_change, coding,
    source, team, cost_centre, pool, person_key, category, scenario, nature, intent, treatment, aside, currency
from coding
where coding in (select ledger_line.coding from ledger_line where ledger_line.added_by = $change_id)
order by coding
