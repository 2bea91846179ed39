-- Months in which a source has lines of certain cost areas.
-- grain: month
-- reads: live_cost_line
-- units: months as yyyymm
select distinct month
from live_cost_line
where (source, cost_centre) in (select (unnest($sources), unnest($areas)))
order by month
