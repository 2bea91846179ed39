-- The cost areas that a source's lines name.
-- grain: area
-- reads: live_cost_line
-- units: none
select distinct cost_centre as area
from live_cost_line
where source = $source and cost_centre != ''
order by area
