-- What cost imports brought when they were accepted, whether or not it is still live.
-- grain: change, source, month, currency, scenario
-- reads: cost_line; $changes a list of change numbers
-- units: minor units of currency
select
    origin_change as change_id,
    source,
    month,
    currency,
    scenario,
    cast(sum(amount_minor) as bigint) as amount_minor,
    count(*) as line_count
from cost_line
where added_by = origin_change and list_contains($changes, origin_change)
group by origin_change, source, month, currency, scenario
order by origin_change, source, month, currency, scenario
