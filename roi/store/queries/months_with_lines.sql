-- Months that have ledger lines.
-- grain: month
-- reads: live_cost_line
-- units: months as yyyymm
select distinct month
from live_cost_line
order by month
