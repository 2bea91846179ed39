-- Months that have ledger lines.
-- grain: month
-- reads: live_ledger_line
-- units: months as yyyymm
select distinct month
from live_ledger_line
order by month
