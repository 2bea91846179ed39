-- Writes the staged lines into the ledger.
-- grain: line
-- reads: staged_line
-- units: minor units of currency
insert into cost_line by name
select
    cast($change_id as integer) as added_by,
    cast($change_id as integer) as origin_change,
    source_row, source, month, period_first, period_last, team, cost_centre, pool, person_key, category, supplier,
    reference, description, scenario, nature, intent, treatment, line_key, aside, currency, amount_minor
from staged_line
