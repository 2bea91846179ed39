-- Every line that a change added; in any order.
-- grain: ledger line
-- reads: ledger_line
-- units: minor units of the coding's currency; months as yyyymm
select
    origin_change, source_row, coding, month, period_first, period_last, amount_minor,
    supplier, reference, description, line_key
from ledger_line
where added_by = $change_id
