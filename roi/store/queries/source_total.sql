-- What a source's actual lines sum to over some posting months.
-- grain: one row
-- reads: live_cost_line
-- units: minor units; the source has one currency
select cast(coalesce(sum(amount_minor), 0) as bigint) as amount_minor
from live_cost_line
where source = $source and scenario = 'actual' and month between $first and $last
