-- Writes the staged lines into the ledger; what they are booked on is there already.
-- grain: line
-- reads: staged_typed
-- units: minor units of currency
insert into ledger_line by name
select
    cast($change_id as integer) as added_by,
    cast($change_id as integer) as origin_change,
    source_row, coding, month, period_first, period_last, supplier, reference, description, line_key, amount_minor
from staged_typed
