-- Months in which lines name certain cost centres, or areas that are mapped to them.
-- grain: month
-- reads: live_cost_line, live_value_mapping
-- units: months as yyyymm
select distinct live_cost_line.month
from live_cost_line
left join live_value_mapping
    on
        live_value_mapping.field = 'cost_centre'
        and live_value_mapping.kind = 'cost_centre'
        and live_cost_line.source = live_value_mapping.source
        and live_cost_line.cost_centre = live_value_mapping.sent
where
    live_cost_line.cost_centre in (select unnest($centres))
    or live_value_mapping.value in (select unnest($centres))
order by live_cost_line.month
