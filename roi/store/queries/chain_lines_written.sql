-- Every line that a change added as text over every column, ended by a line feed; in any order.
-- grain: ledger line
-- reads: cost_line
-- units: none
select
    origin_change,
    source_row,
    concat(
        source_row, chr(31), source, chr(31), month, chr(31), period_first, chr(31), period_last, chr(31),
        team, chr(31), cost_centre, chr(31), pool, chr(31), person_key, chr(31), category, chr(31),
        supplier, chr(31), reference, chr(31), description, chr(31), scenario, chr(31), nature, chr(31),
        intent, chr(31), treatment, chr(31), line_key, chr(31), aside, chr(31), currency, chr(31),
        amount_minor, chr(10)
    ) as line
from cost_line
where added_by = $change_id
