-- Which other sources have live lines in the months and scenarios of the staged file: most often none.
-- grain: source
-- reads: staged_sum, live_cost_line
-- units: names
select distinct live_cost_line.source
from live_cost_line
inner join (select distinct month, scenario from staged_sum) as staged
    on live_cost_line.month = staged.month and live_cost_line.scenario = staged.scenario
where live_cost_line.source != $source
