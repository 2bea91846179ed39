-- The months in which a source has live lines of a scenario.
-- grain: month
-- reads: live_cost_line
-- units: none
select distinct month
from live_cost_line
where source = $source and scenario = $scenario
order by month
