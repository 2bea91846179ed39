-- Every line that a change added as text over every column, ended by a line feed; in any order.
-- grain: ledger line
-- reads: cost_line
-- units: none
select
    origin_change,
    source_row,
    concat_ws(
        chr(31), source_row, source, month, period_first, period_last, team, cost_centre, pool, person_key, category,
        supplier, reference, description, scenario, nature, intent, treatment, line_key, aside, currency,
        amount_minor || chr(10)
    ) as line
from cost_line
where added_by = $change_id
