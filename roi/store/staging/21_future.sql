-- The live lines of every month as they would be after the import; hides the stored view on this cursor.
-- grain: line
-- reads: future_line, staged_sum, ledger_line
-- units: minor units of currency
create or replace temporary view live_ledger_line as
select *
from future_line

union all by name

select month, coding, period_first, period_last, amount_minor
from ledger_line
where removed_by = 2147483647 and month not in (select staged_sum.month from staged_sum)
