-- Months and scenarios of the staged file in which its source already has live lines.
-- grain: month
-- reads: staged_sum, live_cost_line
-- units: counts of lines
select
    live_cost_line.month,
    count(*) as line_count
from live_cost_line
inner join (select distinct month, scenario from staged_sum) as staged
    on live_cost_line.month = staged.month and live_cost_line.scenario = staged.scenario
where live_cost_line.source = $source
group by live_cost_line.month
order by live_cost_line.month
